"""Training a two-layer network, written out by hand, on the truth table of XOR.

Training repeats three steps. The forward pass computes the outputs. Back
propagation finds how the loss changes with every weight and every bias. The
update moves each of them a little way downhill. The code is the same for any
number of nodes.

    inputs a0 --W1, B1--> z1 --sigmoid--> a1 --W2, B2--> z2 --sigmoid--> a2

A column of a0, z1, a1, z2 or a2 belongs to one sample. The outputs are a2, and
the loss is the mean of (a2 - y)^2.

The figure shows the output of every node for every sample. Look for hidden
nodes that have become a gate of their own, such as OR or NOR.

Run it:     python xor.py
Try next:   python xor.py --inputs 3
            python xor.py --hidden 2 --seed 27  (stuck, like 1 seed in 20)
Read next:  2x2_image_recognition.py, which has one layer more
"""

import argparse

import matplotlib.pyplot as plt
import numpy as np

from activation import sigmoid
from dataset import GATES, truth_table


def initialize(n_inputs, n_hidden, n_outputs, rng):
    """Return [W1, B1, W2, B2]: random weights (nodes, inputs) and biases of zero (nodes, 1).

    The weights are random because hidden nodes that start equal stay equal. W1 is small, so
    that every z1 starts near 0, where the sigmoid is steep. z2 is a sum over the hidden nodes.
    So W2 is smaller if there are more of them, and z2 doesn't grow with their number. The
    numbers 0.4 and 2 were found by trying.
    """
    W1 = rng.normal(0, 0.4, (n_hidden, n_inputs))
    B1 = np.zeros((n_hidden, 1))
    W2 = rng.normal(0, 2 / np.sqrt(n_hidden), (n_outputs, n_hidden))
    B2 = np.zeros((n_outputs, 1))
    return [W1, B1, W2, B2]


def forward(x, parameters):
    """Return a0, z1, a1, z2, a2, each (nodes, samples), for x (samples, inputs)."""
    W1, B1, W2, B2 = parameters
    a0 = 2.0 * x.T - 1  # from 0 and 1 to -1 and 1: inputs around 0 train better
    z1 = W1 @ a0 + B1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + B2
    a2 = sigmoid(z2)
    return a0, z1, a1, z2, a2


def predict(x, parameters):
    """Return Y_hat (samples, outputs) for x (samples, inputs)."""
    x = np.asarray(x)
    assert x.ndim == 2, f"x must have shape (samples, inputs), not {x.shape}"
    return forward(x, parameters)[-1].T


def back_propagate(x, y, parameters):
    """Return the loss and its gradients [dW1, dB1, dW2, dB2], where dW1 is dloss/dW1.

    By the chain rule, each step back multiplies by one more derivative: f'(z) on the way
    through an activation, and a weight on the way through a sum.
    """
    W1, B1, W2, B2 = parameters
    a0, z1, a1, z2, a2 = forward(x, parameters)
    assert y.T.shape == a2.shape, f"y must have shape {a2.T.shape}, not {y.shape}"
    error = a2 - y.T
    loss = (error**2).sum() / error.size

    da2 = 2 / error.size * error
    dz2 = da2 * sigmoid(z2, derivative=True)
    dW2 = dz2 @ a1.T  # a weight multiplies a1, and @ adds up the samples
    dB2 = dz2.sum(axis=1, keepdims=True)  # a bias multiplies 1

    da1 = W2.T @ dz2  # a hidden node acts through every node that it feeds
    dz1 = da1 * sigmoid(z1, derivative=True)
    dW1 = dz1 @ a0.T
    dB1 = dz1.sum(axis=1, keepdims=True)
    return loss, [dW1, dB1, dW2, dB2]


def train(x, y, parameters, iterations=2000, learning_rate=8.0):
    """Update the parameters in place, and return the loss before each update."""
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            # -= changes the array itself. parameter = parameter - ... would make a new one.
            parameter -= learning_rate * gradient  # 8 is fine: XOR's loss bends little
        losses.append(loss)
    return losses


def row_names(x):
    """Return the rows of a truth table as strings of digits, such as "01"."""
    return ["".join(f"{value:.0f}" for value in row) for row in x]


@plt.style.context(["default", {"axes.spines.top": False, "axes.spines.right": False}])
def plot(losses, x, y, parameters):
    """Return a figure of the loss, and of the output of every node for every sample."""
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(10, 4), width_ratios=[2, 3], layout="constrained"
    )
    left.semilogy(losses, color="#7B4FAE")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    lowest = max(losses[-1], 1e-30)  # a logarithmic axis has no 0
    left.set_ylim(min(lowest, 1e-4), 1)  # 1e-4 at the most, so that a stuck loss looks high
    left.yaxis.set_major_formatter("{x:g}")

    a0, z1, a1, z2, a2 = forward(x, parameters)
    gap = np.full((len(x), 1), np.nan)  # imshow leaves nan blank
    table = np.hstack([x, gap, a1.T, gap, a2.T, gap, y])
    # without the 2 the blue of a 1 would be too dark for black numbers
    right.imshow(table, "Blues", vmin=0, vmax=2, aspect="auto", interpolation="nearest")
    right.set_facecolor("0.85")  # seen in the gaps
    right.set(title="What was learned: white is 0, blue is 1", ylabel="sample")
    if max(table.shape) <= 16:  # more numbers than that have no room
        for (row, column), value in np.ndenumerate(table):
            if not np.isnan(value):
                right.text(column, row, f"{value:.2f}", ha="center", va="center", fontsize=8)

    hidden_column = x.shape[1] + 1  # the first one, if the columns are counted from 0
    predicted_column = hidden_column + len(a1) + 1
    desired_column = predicted_column + 2
    middle_of_inputs = (x.shape[1] - 1) / 2
    middle_of_hidden = hidden_column + (len(a1) - 1) / 2
    columns = [middle_of_inputs, middle_of_hidden, predicted_column, desired_column]
    # every second label is one line lower, so that none touches the next
    right.set_xticks(columns, ["inputs", "\nhidden nodes", "predicted", "\ndesired"])
    rows = range(len(x))
    if len(x) > 16:  # too many to name each
        rows = [0, len(x) - 1]
    right.set_yticks(rows, row_names(x[rows]))
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    option = parser.add_argument
    option("--gate", choices=GATES, default="xor", help="what to learn (%(default)s)")
    option("--inputs", type=int, default=2, help="number of inputs, 1 to 10 (%(default)s)")
    option("--hidden", type=int, default=4, help="number of hidden nodes (%(default)s)")
    option("--iterations", type=int, default=2000, help="number of updates (%(default)s)")
    option("--learning-rate", type=float, default=8.0, help="size of the steps (%(default)s)")
    option("--seed", type=int, default=0, help="picks the first weights (%(default)s)")
    option("--save", metavar="FILE", help="write the figure to this file, open no window")
    args = parser.parse_args(argv)
    if not (1 <= args.inputs <= 10 and 1 <= args.hidden <= 10000 and args.seed >= 0):
        parser.error("expected --inputs from 1 to 10, --hidden from 1 to 10000, --seed from 0")
    if not (args.iterations >= 1 and 0 < args.learning_rate <= 1000):
        parser.error("expected --iterations from 1, --learning-rate above 0, up to 1000")

    X, Y = truth_table(args.gate, args.inputs)
    rng = np.random.default_rng(args.seed)
    parameters = initialize(args.inputs, args.hidden, 1, rng)
    losses = train(X, Y, parameters, args.iterations, args.learning_rate)
    Y_hat = predict(X, parameters)

    wrong = np.abs(Y_hat - Y)[:, 0] >= 0.1
    print("inputs, desired, predicted")
    for row, y, y_hat, is_wrong in zip(row_names(X), Y[:, 0], Y_hat[:, 0], wrong):
        print(f"{row}  {y:.0f}  {y_hat:.3f}{'  wrong' if is_wrong else ''}")
    mse = np.mean((Y_hat - Y) ** 2)
    print(f"mse {mse:.6f} after {args.iterations} iterations")
    if mse > losses[0]:
        print("The loss has grown: try a smaller --learning-rate.")
    elif wrong.any():
        print(f"Not learned: {wrong.sum()} of {len(Y)} rows are off by 0.1 or more.")
        print("Try other --hidden, --seed, --iterations or --learning-rate.")
        print("docs/when-training-fails.md says which of them helps.")
    elif min(losses) < 0.01:
        first = np.flatnonzero(np.less(losses, 0.01))[0]
        print(f"mse below 0.01 after {first} iterations")

    figure = plot(losses, X, Y, parameters)
    if args.save:
        try:
            figure.savefig(args.save, facecolor="auto")
        except (OSError, ValueError, RuntimeError) as error:
            parser.error(f"--save: {error}")
    elif plt.get_backend().lower() == "agg":  # matplotlib's choice if no window can open
        print("No window (no display, or no tkinter or Qt): --save FILE keeps the figure.")
    else:
        plt.show()


if __name__ == "__main__":
    main()
