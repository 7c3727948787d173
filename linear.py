"""Function approximation with the smallest network: one node, no activation.

The node computes z = W x + B, which is a straight line. It gets a few points
of the line y = a x + b, and has to find W = a and B = b. The loss says how
wrong its line is. The loss is the mean of (z - y)^2, which is also called the
mean squared error, or mse. Drawn above the plane of W and B, the loss has the
shape of a bowl. The gradient says how fast the loss grows with W and with B.
Gradient descent takes steps against the gradient, down to the lowest point of
the bowl.

    input a0 --W, B--> z1 = y_hat

Run it:     python linear.py
Try next:   python linear.py --slope -3 --intercept 10
            python linear.py --learning-rate 0.01  (too slow)
            python linear.py --learning-rate 0.15  (what happens now?)
Read next:  xor.py, which has a hidden layer
"""

import argparse

import matplotlib.pyplot as plt
import numpy as np

from dataset import polynomial


def initialize(rng):
    """Return [W, B], each (1, 1): a random line."""
    W = rng.normal(0, 1, (1, 1))
    B = rng.normal(0, 1, (1, 1))
    return [W, B]


def forward(x, parameters):
    """Return a0 and z1, each (1, samples), for x (samples, 1)."""
    W, B = parameters
    a0 = x.T
    z1 = W @ a0 + B
    return a0, z1


def predict(x, parameters):
    """Return Y_hat (samples, 1) for x (samples, 1)."""
    x = np.asarray(x)
    assert x.ndim == 2, f"x must have shape (samples, 1), not {x.shape}"
    return forward(x, parameters)[-1].T


def back_propagate(x, y, parameters):
    """Return the loss and its gradients [dW, dB], where dW is dloss/dW."""
    a0, z1 = forward(x, parameters)
    assert y.T.shape == z1.shape, f"y must have shape {z1.T.shape}, not {y.shape}"
    error = z1 - y.T
    loss = (error**2).sum() / error.size

    dz1 = 2 / error.size * error  # the derivative of error^2 / size
    dW = dz1 @ a0.T  # W multiplies a0, and @ adds up the samples
    dB = dz1.sum(axis=1, keepdims=True)  # B multiplies 1
    return loss, [dW, dB]


def train(x, y, parameters, iterations=500, learning_rate=0.1):
    """Update the parameters in place, and return the loss before each update."""
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            # -= changes the array itself. parameter = parameter - ... would make a new one.
            parameter -= learning_rate * gradient
        losses.append(loss)
    return losses


@plt.style.context(["default", {"axes.spines.top": False, "axes.spines.right": False}])
def plot(losses, x, y, lines):
    """Return a figure of the loss, and of the points with {iterations: predicted line}."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    # Numbers are rounded to about 1e-16 of their size, and the loss is a square.
    rounding = (1e-15 * np.abs(y).max()) ** 2
    shown = np.where(np.array(losses) > rounding, losses, np.nan)
    left.semilogy(shown, color="#7B4FAE")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")

    right.plot(x, y, "o", color="black", markersize=10, fillstyle="none", label="desired")
    styles = [":", "-.", "--", "-"]
    styles = styles[-len(lines) :]  # the last line is solid, however many there are
    for (n, y_hat), style in zip(lines.items(), styles):
        unit = "iteration" if n == 1 else "iterations"
        label = f"predicted after {n} {unit}"
        # If training diverged, the last line is so far away that it would flatten the others.
        # Then the axis doesn't follow it.
        is_last = n == len(losses)
        distance = np.abs(y_hat - y).min()
        is_far = is_last and distance > np.ptp(right.get_ylim())
        if is_far:
            label += " (far outside)"
        right.plot(x, y_hat, style, color="tab:blue", label=label, scaley=not is_far)
    right.set(title="What was learned", xlabel="x", ylabel="y")
    right.legend(frameon=False)
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    option = parser.add_argument
    option("--slope", type=float, default=2.0, help="a of y = a x + b (%(default)s)")
    option("--intercept", type=float, default=3.0, help="b of y = a x + b (%(default)s)")
    option("--iterations", type=int, default=500, help="number of updates (%(default)s)")
    option("--learning-rate", type=float, default=0.1, help="size of the steps (%(default)s)")
    option("--seed", type=int, default=0, help="picks the first line (%(default)s)")
    option("--save", metavar="FILE", help="write the figure to this file, open no window")
    args = parser.parse_args(argv)
    largest = np.abs([args.slope, args.intercept]).max()
    if not (largest <= 10**6 and args.seed >= 0):
        parser.error("expected --slope, --intercept from -1000000 to 1000000, --seed from 0")
    if not (args.iterations >= 1 and 0 < args.learning_rate <= 1000):
        parser.error("expected --iterations from 1, --learning-rate above 0, up to 1000")

    X, Y = polynomial((args.slope, args.intercept), 0, 4, 5)
    rng = np.random.default_rng(args.seed)
    parameters = initialize(rng)
    W, B = parameters  # train changes these arrays themselves
    print(f"start:     y = {W.item():.6f} x {B.item():+.6f}")

    losses = []
    lines = {0: predict(X, parameters)}
    with np.errstate(all="ignore"):  # numbers that grow too large are reported below
        for stop in 1, 10, args.iterations:  # the figure shows the line at each stop
            remaining = min(stop, args.iterations) - len(losses)
            losses += train(X, Y, parameters, remaining, args.learning_rate)
            lines[len(losses)] = predict(X, parameters)
    if not losses[-1] < 1e100:  # or if it is nan
        parser.exit(1, "The training diverged: try a smaller --learning-rate.\n")

    Y_hat = predict(X, parameters)
    largest_error = max(abs(W.item() - args.slope), abs(B.item() - args.intercept))
    print(f"result:    y = {W.item():.6f} x {B.item():+.6f}")
    print(f"expected:  y = {args.slope:.6f} x {args.intercept:+.6f}")
    if np.mean((Y_hat - Y) ** 2) > losses[0]:
        print("The loss has grown: try a smaller --learning-rate.")
    elif largest_error > 1e-6:
        print("Not learned: the line is more than 0.000001 off.")
        print("Try more --iterations or another --learning-rate.")
        print("docs/when-training-fails.md says which of them helps.")

    figure = plot(losses, X, Y, lines)
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
