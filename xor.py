"""Training a two-layer network, written out by hand, on the truth table of XOR.

Training repeats three steps: a forward pass computes the outputs; back propagation of their
errors tells how the loss changes with every single weight and bias; and an update moves all
of them a little way downhill. The code is the same for any number of nodes.

    inputs a0 --W1, B1--> z1 --sigmoid--> a1 --W2, B2--> z2 --sigmoid--> a2 = output

A column of a0, z1, a1, z2 and a2 is a sample. The loss is the mean of (a2 - y)^2.

Run it:       python xor.py
Try next:     python xor.py --inputs 3
              python xor.py --hidden 2 --seed 27    (stuck, as one seed in twenty is with two)
Read next:    2x2_image_recognition.py, with one layer more
"""

import argparse

import matplotlib.pyplot as plt
import numpy as np

from activation import sigmoid
from dataset import GATES, truth_table


def initialize(n_inputs, n_hidden, n_outputs, rng):
    """Return [W1, B1, W2, B2]: W (nodes, inputs) random, as equal nodes stay equal; B zero.

    W1 is small, so that every sigmoid starts where it is steep, near z1 = 0. z2 is a sum over
    n_hidden nodes: the more, the smaller is W2, so that it doesn't grow. (0.4, 2: by trial.)
    """
    W1 = rng.normal(0, 0.4, (n_hidden, n_inputs))
    B1 = np.zeros((n_hidden, 1))
    W2 = rng.normal(0, 2 / np.sqrt(n_hidden), (n_outputs, n_hidden))
    B2 = np.zeros((n_outputs, 1))
    return [W1, B1, W2, B2]


def forward(x, parameters):
    """Return a0, z1, a1, z2, a2, each (nodes, samples), for x (samples, inputs)."""
    W1, B1, W2, B2 = parameters
    a0 = 2.0 * x.T - 1  # to -1 and 1: an input of 0 would not move its weights
    z1 = W1 @ a0 + B1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + B2
    a2 = sigmoid(z2)
    return a0, z1, a1, z2, a2


def predict(x, parameters):
    """Return Y_hat (samples, outputs) for x (samples, inputs)."""
    assert x.ndim == 2, f"x must have shape (samples, inputs), not {x.shape}"
    return forward(x, parameters)[-1].T


def back_propagate(x, y, parameters):
    """Return the loss and its gradients [dW1, dB1, dW2, dB2], where dW1 is dloss/dW1.

    The chain rule: da2, dz2 ... are each the last one times a slope, f'(z) or a weight.
    """
    W1, B1, W2, B2 = parameters
    a0, z1, a1, z2, a2 = forward(x, parameters)
    assert y.T.shape == a2.shape, f"y must have shape {a2.T.shape}, not {y.shape}"
    error = a2 - y.T
    loss = (error**2).sum() / error.size

    da2 = 2 / error.size * error
    dz2 = da2 * sigmoid(z2, derivative=True)
    dW2 = dz2 @ a1.T  # a weight multiplies a1; @ adds up over the samples
    dB2 = dz2.sum(axis=1, keepdims=True)  # a bias multiplies 1

    da1 = W2.T @ dz2  # a hidden node acts through all nodes that it feeds
    dz1 = da1 * sigmoid(z1, derivative=True)
    dW1 = dz1 @ a0.T
    dB1 = dz1.sum(axis=1, keepdims=True)
    return loss, [dW1, dB1, dW2, dB2]


def train(x, y, parameters, iterations=2000, learning_rate=8.0):
    """Return the loss before every update; parameters are updated in place."""
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            # in place: parameter = parameter - ... would leave the arrays of parameters alone
            parameter -= learning_rate * gradient  # XOR's are below 0.15: 8 suits few nodes
        losses.append(loss)
    return losses


@plt.rc_context({"axes.spines.top": False, "axes.spines.right": False})
def plot(losses, rows, y, y_hat):
    """Return a figure of the loss, and of the predicted beside the desired outputs."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.semilogy(losses, color="#7B4FAE")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    left.set_ylim(min(1e-4, max(losses[-1], 1e-30)), 1)  # so that a stuck loss looks high
    left.yaxis.set_major_formatter("{x:g}")
    right.plot(rows, y, "o", color="black", markersize=12, fillstyle="none", label="desired")
    right.plot(rows, y_hat, "o", color="tab:blue", label="predicted")
    right.set(title="What was learned", xlabel="inputs", ylabel="output")
    right.set_xticks(range(0, len(rows), 1 if len(rows) <= 8 else len(rows) // 2))
    figure.legend(loc="outside right upper", frameon=False)
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Train two layers on a logical function.")
    parser.add_argument("--gate", choices=GATES, default="xor", help="default: xor")
    parser.add_argument("--inputs", type=int, default=2, help="1 to 10, default: 2")
    parser.add_argument("--hidden", type=int, default=4, help="nodes, default: 4")
    parser.add_argument("--iterations", type=int, default=2000, help="default: 2000")
    parser.add_argument("--learning-rate", type=float, default=8.0, help="default: 8")
    parser.add_argument("--seed", type=int, default=0, help="of the first weights, default: 0")
    parser.add_argument("--save", metavar="FILE", help="write the figure, show no window")
    args = parser.parse_args(argv)
    if not (1 <= args.inputs <= 10 and args.hidden >= 1 and args.seed >= 0):
        parser.error("expected --inputs from 1 to 10, --hidden from 1, --seed from 0")
    if not (args.iterations >= 1 and 0 < args.learning_rate <= 1000):
        parser.error("expected --iterations from 1, --learning-rate above 0, up to 1000")

    X, Y = truth_table(args.gate, args.inputs)
    parameters = initialize(args.inputs, args.hidden, 1, np.random.default_rng(args.seed))
    losses = train(X, Y, parameters, args.iterations, args.learning_rate)
    Y_hat = predict(X, parameters)
    rows = ["".join(row) for row in X.astype(int).astype(str)]
    wrong = np.abs(Y_hat - Y)[:, 0] >= 0.1
    print("inputs, desired, predicted")
    for row, y, y_hat, off in zip(rows, Y[:, 0], Y_hat[:, 0], wrong):
        print(f"{row}  {y:.0f}  {y_hat:.3f}{'  wrong' if off else ''}")
    print(f"mse {np.mean((Y_hat - Y) ** 2):.6f} after {args.iterations} iterations")
    if wrong.any():
        print(f"Not learned: {wrong.sum()} of {len(Y)} rows are off by 0.1 or more. Try other")
        print("--hidden, --seed, --iterations, --learning-rate (docs/when-training-fails.md).")
    elif min(losses) < 0.01:
        print(f"mse below 0.01 after {np.argmax(np.less(losses, 0.01))} iterations")
    figure = plot(losses, rows, Y, Y_hat)
    if args.save:
        try:
            figure.savefig(args.save)
        except (OSError, ValueError, RuntimeError) as error:
            parser.error(f"--save: {error}")
    elif plt.get_backend().lower() in ("agg", "cairo", "pdf", "pgf", "ps", "svg"):  # files only
        print("No window (no display, or no tkinter or Qt): --save FILE keeps the figure.")
    else:
        plt.show()


if __name__ == "__main__":
    main()
