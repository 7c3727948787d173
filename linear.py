"""Function approximation with the smallest network: one node without activation.

The node computes z = W x + B, a straight line. From a few points of y = a x + b it has to
find W = a and B = b. How wrong it is tells the loss, the mean of (z - y)^2, also called mean
squared error or mse: a bowl above the plane of W and B. The gradient says how fast the loss
grows with W and with B; gradient descent takes steps against it, to the lowest point.

    input a0 --W, B--> z1 = y_hat

Run it:       python linear.py
Try next:     python linear.py --slope -3 --intercept 10
              python linear.py --learning-rate 0.01    (too slow)
              python linear.py --learning-rate 0.15    (too far: each step overshoots)
Read next:    xor.py, with a hidden layer
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
    assert x.ndim == 2, f"x must have shape (samples, 1), not {x.shape}"
    return forward(x, parameters)[-1].T


def back_propagate(x, y, parameters):
    """Return the loss and its gradients [dW, dB]: dW is the derivative of the loss by W."""
    a0, z1 = forward(x, parameters)
    assert y.T.shape == z1.shape, f"y must have shape {z1.T.shape}, not {y.shape}"
    error = z1 - y.T
    loss = (error**2).sum() / error.size

    dz1 = 2 / error.size * error  # the derivative of error^2 / size
    dW = dz1 @ a0.T  # a0 is the slope of z1 along W; @ adds up over the samples
    dB = dz1.sum(axis=1, keepdims=True)  # along B it is 1
    return loss, [dW, dB]


def train(x, y, parameters, iterations=500, learning_rate=0.1):
    """Return the loss before every update; parameters are updated in place."""
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter -= learning_rate * gradient  # parameter = ... would leave W and B alone
        losses.append(loss)
    return losses


@plt.rc_context({"axes.spines.top": False, "axes.spines.right": False})
def plot(losses, x, y, lines):
    """Return a figure of the loss, and of the points with {iterations: predicted line}."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    shown = [loss for loss in losses if loss > 1e-28 * losses[0]]  # below is only rounding
    left.semilogy(shown, color="#7B4FAE")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    left.yaxis.set_major_formatter("{x:g}")
    right.plot(x, y, "o", color="black", markersize=10, fillstyle="none", label="desired")
    for i, (n, fit) in enumerate(lines.items(), 1):
        right.plot(x, fit, color="tab:blue", alpha=i / len(lines), label=f"predicted after {n}")
    right.set(title="What was learned", xlabel="x", ylabel="y")
    right.legend(frameon=False)
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Fit y = a x + b with a single node.")
    parser.add_argument("--slope", type=float, default=2.0, help="a, default: 2")
    parser.add_argument("--intercept", type=float, default=3.0, help="b, default: 3")
    parser.add_argument("--iterations", type=int, default=500, help="default: 500")
    parser.add_argument("--learning-rate", type=float, default=0.1, help="default: 0.1")
    parser.add_argument("--seed", type=int, default=0, help="of the first line, default: 0")
    parser.add_argument("--save", metavar="FILE", help="write the figure, show no window")
    args = parser.parse_args(argv)
    if not (np.abs([args.slope, args.intercept]).max() <= 10**6 and args.seed >= 0):
        parser.error("expected --slope, --intercept from -1000000 to 1000000, --seed from 0")
    if not (args.iterations >= 1 and 0 < args.learning_rate <= 1000):
        parser.error("expected --iterations from 1, --learning-rate above 0, up to 1000")

    X, Y = polynomial((args.slope, args.intercept), 0, 4, 5)
    W, B = parameters = initialize(np.random.default_rng(args.seed))
    print(f"start:     y = {W.item():.6f} x {B.item():+.6f}")
    lines, losses = {0: predict(X, parameters)}, []
    with np.errstate(all="ignore"):  # numbers that grow too large are met below
        for stop in sorted({1, min(10, args.iterations), args.iterations}):
            losses += train(X, Y, parameters, stop - len(losses), args.learning_rate)
            lines[stop] = predict(X, parameters)
    if not losses[-1] < 1e100:
        parser.exit(1, "The training diverged: try a smaller --learning-rate.\n")
    print(f"result:    y = {W.item():.6f} x {B.item():+.6f}")
    print(f"expected:  y = {args.slope:.6f} x {args.intercept:+.6f}")
    if np.mean((lines[stop] - Y) ** 2) > losses[0]:
        print("The loss has grown: try a smaller --learning-rate.")
    elif max(abs(W.item() - args.slope), abs(B.item() - args.intercept)) > 1e-6:
        print("Not within 0.000001: try more --iterations; see docs/when-training-fails.md.")

    figure = plot(losses, X, Y, lines)
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
