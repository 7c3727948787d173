"""Training a two-layer network, written out by hand, on the truth table of XOR.

Training repeats three steps: a forward pass that computes the outputs, back propagation
of their errors, which tells how the loss changes with every single weight and bias, and an
update of all weights and biases by a small step downhill. Nothing below depends on the
number of inputs, nodes, outputs or samples: the matrices carry it.

    inputs a0 --W1, B1--> z1 --sigmoid--> a1 --W2, B2--> z2 --sigmoid--> a2 = output

A column of a0, z1, a1 … is a sample. The loss is the mean of (a2 - y)^2.

Run it:      python xor.py
Try next:    python xor.py --inputs 3
             python xor.py --hidden 2 --seed 27    (stuck: two nodes may be too few)
"""

import argparse
import os
import signal
import sys

import matplotlib.pyplot as plt
import numpy as np

from activation import sigmoid
from dataset import GATES, truth_table


def initialize(n_inputs, n_hidden, n_outputs, rng):
    """Return [W1, B1, W2, B2]: W (nodes, inputs) random and small, B (nodes, 1) zero.

    The more hidden nodes W2 adds up, the smaller each weight: the sum keeps its size.
    """
    W1 = rng.normal(0, 0.4, (n_hidden, n_inputs))
    B1 = np.zeros((n_hidden, 1))
    W2 = rng.normal(0, 2 / np.sqrt(n_hidden), (n_outputs, n_hidden))
    B2 = np.zeros((n_outputs, 1))
    return [W1, B1, W2, B2]


def forward(x, parameters):
    """Return a0, z1, a1, z2, a2, each (nodes, samples), for x (samples, inputs)."""
    W1, B1, W2, B2 = parameters
    a0 = 2 * x.T - 1  # false and true become -1 and 1: a weight on 0 would learn nothing
    z1 = W1 @ a0 + B1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + B2
    a2 = sigmoid(z2)
    return a0, z1, a1, z2, a2


def predict(x, parameters):
    """Return Y_hat (samples, outputs) for x (samples, inputs)."""
    return forward(x, parameters)[-1].T


def back_propagate(x, y, parameters):
    """Return the loss and its gradients [dW1, dB1, dW2, dB2], where dW1 is dloss/dW1."""
    W1, B1, W2, B2 = parameters
    a0, z1, a1, z2, a2 = forward(x, parameters)
    error = a2 - y.T
    loss = (error**2).sum() / error.size

    da2 = 2 / error.size * error
    dz2 = da2 * sigmoid(z2, derivative=True)
    dW2 = dz2 @ a1.T
    dB2 = dz2.sum(axis=1, keepdims=True)

    da1 = W2.T @ dz2
    dz1 = da1 * sigmoid(z1, derivative=True)
    dW1 = dz1 @ a0.T
    dB1 = dz1.sum(axis=1, keepdims=True)
    return loss, [dW1, dB1, dW2, dB2]


@np.errstate(over="raise", invalid="raise")
def train(x, y, parameters, iterations=2000, learning_rate=8.0):
    """Return the loss of every iteration; parameters are updated in place.

    Raises FloatingPointError when the training diverges.
    """
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, gradient in zip(parameters, gradients):
            parameter -= learning_rate * gradient
        losses.append(loss)
    return losses


def plot(losses, y, y_hat):
    """Return a figure of the loss, and of the predicted beside the desired outputs."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.semilogy(losses, color="tab:purple")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    right.plot(y, "o", color="black", markersize=12, fillstyle="none", label="desired")
    right.plot(y_hat, "o", color="tab:blue", label="predicted")
    right.set(title="What was learned", xlabel="row of the truth table", ylabel="output")
    right.xaxis.get_major_locator().set_params(integer=True)
    figure.legend(loc="outside right upper")
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Train two layers on a logical function.")
    parser.add_argument("--gate", choices=GATES, default="xor", help="default: xor")
    parser.add_argument("--inputs", type=int, default=2, help="1 to 10, default: 2")
    parser.add_argument("--hidden", type=int, default=4, help="nodes, 1 to 1000, default: 4")
    parser.add_argument("--iterations", type=int, default=2000, help="default: 2000")
    parser.add_argument("--learning-rate", type=float, default=8.0, help="default: 8")
    parser.add_argument("--seed", type=int, default=0, help="of the first weights, default: 0")
    parser.add_argument("--save", metavar="FILE", help="write the figure: png, svg or pdf")
    args = parser.parse_args(argv)
    if not (1 <= args.inputs <= 10 and 1 <= args.hidden <= 1000 and args.iterations >= 1):
        parser.error("expected --inputs 1 to 10, --hidden 1 to 1000, --iterations 1 or more")
    if not (0 < args.learning_rate < np.inf and args.seed >= 0):
        parser.error("expected a --learning-rate above 0 and a --seed of 0 or more")

    X, Y = truth_table(args.gate, args.inputs)
    parameters = initialize(args.inputs, args.hidden, 1, np.random.default_rng(args.seed))
    try:
        losses = train(X, Y, parameters, args.iterations, args.learning_rate)
    except FloatingPointError:
        sys.exit("The training diverged: try a smaller --learning-rate.")
    Y_hat = predict(X, parameters)
    wrong = np.abs(Y_hat - Y) >= 0.1
    print("row, desired, predicted")
    for x, y, y_hat, off in zip(X.astype(int), Y[:, 0], Y_hat[:, 0], wrong):
        print(*x, f"  {y:.0f}  {y_hat:.3f}{'  wrong' if off else ''}")
    print(f"mse {np.mean((Y_hat - Y) ** 2):.6f} after {args.iterations} iterations")
    if wrong.any():
        print(f"Not learned: {wrong.sum()} of {len(Y)} rows are off by 0.1 or more.")
        print("Try another --seed or number of --hidden nodes, or a smaller --learning-rate.")

    figure = plot(losses, Y, Y_hat)
    if args.save:
        try:
            figure.savefig(args.save, format=os.path.splitext(args.save)[1][1:])
        except (OSError, ValueError, RuntimeError) as error:
            parser.error(f"--save expects a png, svg or pdf file: {error}")
    elif plt.get_backend().lower() == "agg":
        print("There is no display: --save FILE keeps the figure.")
    else:
        figure.canvas.manager.set_window_title("xor.py")
        plt.show()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a traceback
    if hasattr(signal, "SIGPIPE"):  # not on Windows
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # and so does a closed pipe, as of | head
    main()
