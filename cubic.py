"""Function approximation: eight sigmoid nodes in one hidden layer learn a cubic.

Each hidden node adds one S-shaped step to the output, at x = -B1 / W1. The
weight W1 makes the step steep or flat. W2 makes it high or low, or turns it
over. The output node is linear, so that any number can come out. Training uses
momentum: each update keeps a part of the update before. This gains speed where
the way down is flat.

    input a0 --W1, B1--> z1 --sigmoid--> a1 --W2, B2--> z2 = y_hat

The figure shows the steps, and the curve that is their sum.

Run it:     python cubic.py
Try next:   python cubic.py --coefficients 1 0 -15 0
            python cubic.py --coefficients 1 0 -15 0 --hidden 2  (gets stuck)
Read next:  docs/your-own-data.md, which fits data from a file
"""

import argparse

import matplotlib.pyplot as plt
import numpy as np

from activation import sigmoid
from dataset import polynomial


def initialize(n_hidden, rng):
    """Return [W1, B1, W2, B2] for one input from -1 to 1 and one output.

    W1 (n_hidden, 1) and B1 (n_hidden, 1) place the steps side by side from -0.6 to 0.6. Each
    step is then moved at random by up to 0.4 / n_hidden. In every second node the sigmoid
    falls. A step is about 4 / 4 = 1 wide, which is half of the way from -1 to 1. W2
    (1, n_hidden) is near 0, so that the curve starts flat, and B2 (1, 1) is 0. The numbers were
    found by trying.
    """
    middle = np.linspace(-0.6, 0.6, n_hidden).reshape(-1, 1)
    middle += rng.uniform(-0.4, 0.4, (n_hidden, 1)) / n_hidden
    W1 = np.resize([4.0, -4.0], (n_hidden, 1))  # 4, -4, 4, -4 ...
    B1 = -W1 * middle  # so that z1 = W1 (x - middle)
    W2 = rng.normal(0, 0.01, (1, n_hidden))
    B2 = np.zeros((1, 1))
    return [W1, B1, W2, B2]


def forward(x, parameters):
    """Return a0, z1, a1, z2, each (nodes, samples), for x (samples, 1)."""
    W1, B1, W2, B2 = parameters
    a0 = x.T
    z1 = W1 @ a0 + B1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + B2
    return a0, z1, a1, z2


def predict(x, parameters):
    """Return Y_hat (samples, 1) for x (samples, 1)."""
    x = np.asarray(x)
    assert x.ndim == 2, f"x must have shape (samples, 1), not {x.shape}"
    return forward(x, parameters)[-1].T


def back_propagate(x, y, parameters):
    """Return the loss and its gradients [dW1, dB1, dW2, dB2]."""
    W1, B1, W2, B2 = parameters
    a0, z1, a1, z2 = forward(x, parameters)
    assert y.T.shape == z2.shape, f"y must have shape {z2.T.shape}, not {y.shape}"
    error = z2 - y.T
    loss = (error**2).sum() / error.size

    dz2 = 2 / error.size * error
    dW2 = dz2 @ a1.T
    dB2 = dz2.sum(axis=1, keepdims=True)

    da1 = W2.T @ dz2
    dz1 = da1 * sigmoid(z1, derivative=True)
    dW1 = dz1 @ a0.T
    dB1 = dz1.sum(axis=1, keepdims=True)
    return loss, [dW1, dB1, dW2, dB2]


def train(x, y, parameters, iterations=3000, learning_rate=0.3, momentum=0.95, velocity=None):
    """Update the parameters in place, and return the loss before each update.

    velocity holds the last step of each parameter, in arrays of the same shapes. If you pass
    one, it is updated in place as well, so that you can train in pieces. Without it, training
    starts from rest.
    """
    if velocity is None:
        velocity = [np.zeros_like(parameter) for parameter in parameters]
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for p, v, gradient in zip(parameters, velocity, gradients, strict=True):
            v[:] = momentum * v - learning_rate * gradient  # [:] changes the array itself
            p += v
        losses.append(loss)
    return losses


def fit(x, y, n_hidden=8, rng=None, iterations=3000, learning_rate=None):
    """Train on x and y (samples, 1). Return the parameters for predict, and the losses.

    For the training, y is scaled to a standard deviation of 1. So a loss of 1 is that of a flat
    line. rng is a numpy.random.Generator, a seed, or None. The learning rate is 0.3 by default,
    and smaller for more than 8 nodes, because with them the loss bends more.

    The parameters take and give the data's own units. Don't pass them to train, which needs
    parameters for scaled data. With more data, fit again.
    Raises ValueError for data that can't be fitted, FloatingPointError if training diverged.
    """
    x = column(x, "x")
    y = column(y, "y")
    if len(x) != len(y):
        raise ValueError(f"x and y must have equally many rows, not {len(x)} and {len(y)}")
    if np.ptp(x) == 0:
        raise ValueError("x must not be constant")
    if learning_rate is None:
        learning_rate = min(0.3, 0.9 / (1 + n_hidden / 4))  # found by trying

    # scale x to -1 ... 1, and y to mean 0 and standard deviation 1
    middle = (x.max() + x.min()) / 2
    half = np.ptp(x) / 2
    mean = y.mean()
    spread = spread_of(y)
    scaled_x = (x - middle) / half
    scaled_y = (y - mean) / spread

    parameters = initialize(n_hidden, np.random.default_rng(rng))
    with np.errstate(all="ignore"):  # numbers that grow too large are reported below
        losses = train(scaled_x, scaled_y, parameters, iterations, learning_rate)
        last_loss, _ = back_propagate(scaled_x, scaled_y, parameters)
    has_grown = not np.max([*losses, last_loss]) <= 2  # not "> 2", which is False for nan
    is_better_than_flat = last_loss < 0.9
    if has_grown and not is_better_than_flat:
        raise FloatingPointError("The training diverged: try a smaller learning rate.")

    # Scaling is a linear layer, and two linear layers are one. So it goes into the weights:
    # W1 (x - middle) / half + B1 = (W1 / half) x + (B1 - W1 / half * middle)
    W1, B1, W2, B2 = parameters
    W1 = W1 / half
    B1 = B1 - W1 * middle
    W2 = W2 * spread
    B2 = B2 * spread + mean
    return [W1, B1, W2, B2], losses


def spread_of(y):
    """Return the standard deviation of y, or 1 for a y that hardly changes or doesn't."""
    spread = y.std()
    if np.ptp(y) == 0 or spread == 0:  # rounding can make one of them 0 and not the other
        return 1.0
    return spread


def column(values, name):
    """Return values as floats. Raise ValueError unless they are finite and (samples, 1)."""
    values = np.asarray(values, dtype=float)
    if values.ndim != 2 or values.shape[1] != 1 or len(values) == 0:
        raise ValueError(f"{name} must have shape (samples, 1), not {values.shape}")
    if not np.isfinite(values).all():
        raise ValueError(f"{name} must not contain infs or NaNs")
    return values


@plt.style.context(["default", {"axes.spines.top": False, "axes.spines.right": False}])
def plot(losses, x, y, parameters):
    """Return a figure of the loss, and of the curve with the steps that add up to it."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.semilogy(losses, color="#7B4FAE")
    left.set_xlim(1, max(2, len(losses)))  # a logarithmic axis has no iteration 0
    left.set_xscale("log")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse of the scaled y)")
    left.xaxis.set_major_formatter("{x:g}")
    left.yaxis.set_major_formatter("{x:g}")

    order = np.argsort(x[:, 0])  # a curve goes from left to right
    x = x[order]
    y = y[order]
    _, _, a1, z2 = forward(x, parameters)
    _, _, W2, _ = parameters
    steps = a1.T * W2  # (samples, nodes); with B2 they add up to the curve
    steps = steps - steps.mean(axis=0) + y.mean()  # all in the middle, to be seen together
    right.plot(x, steps, color="0.6", linewidth=1)
    # a single entry of the legend for all steps
    right.plot([], [], color="0.6", linewidth=1, label="a step of each hidden node, shifted")
    right.plot(x, z2.T, color="tab:blue", linewidth=4, label="predicted: their sum")
    right.plot(x, y, "--", color="black", label="desired")
    right.set(title="What was learned", xlabel="x", ylabel="y")
    right.legend(frameon=False)
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    option = parser.add_argument
    curve = "y is A x^3 + B x^2 + C x + D (1 0 15 0)"
    option("--coefficients", type=float, nargs=4, metavar=("A", "B", "C", "D"), help=curve)
    parser.set_defaults(coefficients=(1, 0, 15, 0))
    option("--hidden", type=int, default=8, help="hidden nodes, 1 to 64 (%(default)s)")
    option("--iterations", type=int, default=3000, help="number of updates (%(default)s)")
    option("--learning-rate", type=float, help="size of the steps (0.3, less for many nodes)")
    option("--seed", type=int, default=0, help="picks the first weights (%(default)s)")
    option("--save", metavar="FILE", help="write the figure to this file, open no window")
    args = parser.parse_args(argv)
    largest = np.abs(args.coefficients).max()
    if not (largest <= 1e9 and 1 <= args.hidden <= 64 and args.seed >= 0):
        parser.error(
            "expected --coefficients from -1e9 to 1e9, --hidden from 1 to 64, --seed from 0"
        )
    rate = args.learning_rate
    if not (args.iterations >= 1 and (rate is None or 0 < rate <= 1000)):
        parser.error("expected --iterations from 1, --learning-rate above 0, up to 1000")

    X, Y = polynomial(args.coefficients, -5, 5, 50)
    try:
        parameters, losses = fit(X, Y, args.hidden, args.seed, args.iterations, rate)
    except FloatingPointError:
        parser.exit(1, "The training diverged: try a smaller --learning-rate.\n")

    Y_hat = predict(X, parameters)
    rms = np.sqrt(np.mean((Y_hat - Y) ** 2))
    percent = 100 * rms / spread_of(Y)
    cubic = "{:g} x^3 {:+g} x^2 {:+g} x {:+g}".format(*args.coefficients)
    print(f"y = {cubic}, from {Y.min():g} to {Y.max():g}")
    print(f"rms error {percent:.2f} % of the standard deviation of y")
    print(f"largest error {np.abs(Y_hat - Y).max():.4g}")
    if percent > 1:
        print("Not learned: the rms error is more than 1 %.")
        print("Try more --iterations, 4 to 16 --hidden, another --learning-rate or --seed.")
        print("docs/when-training-fails.md says which of them helps.")

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
