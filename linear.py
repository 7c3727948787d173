"""Function approximation with the smallest network: one node without activation.

The node computes z = W x + B, a straight line. From a few points of y = a x + b it has to
find W = a and B = b. The loss is a bowl above the plane of W and B, and gradient descent
walks down to its lowest point.

    input a0 --W, B--> z1 = y_hat

Run it:      python linear.py
Try next:    python linear.py --slope -3 --intercept 10
             python linear.py --learning-rate 0.01    (too slow)
             python linear.py --learning-rate 0.15    (too far: each step overshoots)
"""

import argparse
import os
import signal
import sys

import matplotlib.pyplot as plt
import numpy as np

from dataset import polynomial


def initialize(rng):
    """Return [W, B], each (1, 1): a random line."""
    return [rng.normal(0, 1, (1, 1)), rng.normal(0, 1, (1, 1))]


def forward(x, parameters):
    """Return a0 and z1, each (1, samples), for x (samples, 1)."""
    W, B = parameters
    a0 = x.T
    z1 = W @ a0 + B
    return a0, z1


def predict(x, parameters):
    """Return Y_hat (samples, 1) for x (samples, 1)."""
    return forward(x, parameters)[-1].T


def back_propagate(x, y, parameters):
    """Return the loss and its gradients [dW, dB]."""
    a0, z1 = forward(x, parameters)
    error = z1 - y.T
    loss = (error**2).sum() / error.size

    dz1 = 2 / error.size * error
    dW = dz1 @ a0.T
    dB = dz1.sum(axis=1, keepdims=True)
    return loss, [dW, dB]


@np.errstate(over="raise", invalid="raise")
def train(x, y, parameters, iterations=500, learning_rate=0.1):
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


def plot(losses, x, y, before, after):
    """Return a figure of the loss, and of the points with the line before and after."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.semilogy(losses, color="tab:purple")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    right.plot(x, y, "o", color="black", markersize=10, fillstyle="none", label="desired")
    right.plot(x, before, ":", color="tab:blue", label="predicted before training")
    right.plot(x, after, color="tab:blue", label="predicted after training")
    right.set(title="What was learned", xlabel="x", ylabel="y")
    right.legend()
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Fit y = a x + b with a single node.")
    parser.add_argument("--slope", type=float, default=2.0, help="a, default: 2")
    parser.add_argument("--intercept", type=float, default=3.0, help="b, default: 3")
    parser.add_argument("--iterations", type=int, default=500, help="default: 500")
    parser.add_argument("--learning-rate", type=float, default=0.1, help="default: 0.1")
    parser.add_argument("--seed", type=int, default=0, help="of the first line, default: 0")
    parser.add_argument("--save", metavar="FILE", help="write the figure: png, svg or pdf")
    args = parser.parse_args(argv)
    if not (abs(args.slope) <= 1e6 and abs(args.intercept) <= 1e6 and args.iterations >= 1):
        parser.error("expected --slope and --intercept -1e6 to 1e6, --iterations 1 or more")
    if not (0 < args.learning_rate < np.inf and args.seed >= 0):
        parser.error("expected a --learning-rate above 0 and a --seed of 0 or more")

    X, Y = polynomial((args.slope, args.intercept), 0, 4, 5)
    parameters = W, B = initialize(np.random.default_rng(args.seed))
    before = predict(X, parameters)
    print(f"start:     y = {W.item():.6f} x {B.item():+.6f}")
    try:
        losses = train(X, Y, parameters, args.iterations, args.learning_rate)
        if losses[-1] > 1e100:
            raise FloatingPointError
    except FloatingPointError:
        sys.exit("The training diverged: try a smaller --learning-rate.")
    print(f"result:    y = {W.item():.6f} x {B.item():+.6f}")
    print(f"expected:  y = {args.slope:.6f} x {args.intercept:+.6f}")
    if max(abs(W.item() - args.slope), abs(B.item() - args.intercept)) > 1e-6:
        print("Not there yet: try more --iterations or a --learning-rate near 0.1.")

    figure = plot(losses, X, Y, before, predict(X, parameters))
    if args.save:
        try:
            figure.savefig(args.save, format=os.path.splitext(args.save)[1][1:])
        except (OSError, ValueError, RuntimeError) as error:
            parser.error(f"--save expects a png, svg or pdf file: {error}")
    elif plt.get_backend().lower() == "agg":
        print("There is no display: --save FILE keeps the figure.")
    else:
        figure.canvas.manager.set_window_title("linear.py")
        plt.show()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a traceback
    main()
