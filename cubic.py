"""Function approximation: one hidden layer of eight sigmoid nodes learns a cubic curve.

Every hidden node adds one S-shaped step to the output, at x = -B1 / W1: W1 makes it steeper,
W2 higher, or turns it over. The output node is linear, so that any value can come out. Updates
have momentum: each keeps a part of the last one, to gain speed where the way down is flat.

    input a0 --W1, B1--> z1 --sigmoid--> a1 --W2, B2--> z2 = y_hat

Run it:       python cubic.py
Try next:     python cubic.py --coefficients 1 0 -15 0 --hidden 2    (with two it gets stuck)
Read next:    docs/your-own-data.md, how to fit data from a file
"""

import argparse

import matplotlib.pyplot as plt
import numpy as np

from activation import sigmoid
from dataset import polynomial


def initialize(n_hidden, rng):
    """Return [W1, B1, W2, B2] for one input from -1 to 1 and one output.

    The steps stand side by side from -0.6 to 0.6, moved at random by up to 0.4 / n_hidden. Each
    is half as wide as the range, 4 / W1; every second one falls. W2 is near 0: it starts flat.
    """
    middle = np.linspace(-0.6, 0.6, n_hidden).reshape(-1, 1)
    middle += rng.uniform(-0.4, 0.4, (n_hidden, 1)) / n_hidden
    W1 = np.resize([4.0, -4.0], (n_hidden, 1))
    B1 = -W1 * middle  # so that z1 = W1 (x - middle)
    W2, B2 = rng.normal(0, 0.01, (1, n_hidden)), np.zeros((1, 1))
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
    """Return the loss before every update; parameters and velocity are updated in place."""
    losses = []
    velocity = [np.zeros_like(p) for p in parameters] if velocity is None else velocity
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for p, v, gradient in zip(parameters, velocity, gradients, strict=True):
            v[:] = momentum * v - learning_rate * gradient
            p += v
        losses.append(loss)
    return losses


def fit(x, y, n_hidden=8, rng=None, iterations=3000, learning_rate=None):
    """Train on x and y (samples, 1); return parameters for predict, and the losses.

    x is scaled to -1 ... 1, y, also in the losses, to mean 0 and standard deviation 1; the
    scaling, which is linear, then goes into the layers. More nodes get a smaller learning rate.
    Raises ValueError for unfit data, FloatingPointError if training diverged.
    """
    x, y = np.asarray_chkfinite(x, dtype=float), np.asarray_chkfinite(y, dtype=float)
    if not (x.shape == y.shape == (x.size, 1) and np.ptp(x) > 0):
        raise ValueError(f"expected x and y (samples, 1), x not constant: {x.shape}, {y.shape}")
    middle, half = (x.max() + x.min()) / 2, np.ptp(x) / 2
    mean, spread = y.mean(), y.std() if np.ptp(y) > 0 else 1.0
    rate = min(0.3, 0.9 / (1 + n_hidden / 4)) if learning_rate is None else learning_rate
    W1, B1, W2, B2 = parameters = initialize(n_hidden, np.random.default_rng(rng))
    with np.errstate(all="ignore"):  # numbers that grow too large are met below
        losses = train((x - middle) / half, (y - mean) / spread, parameters, iterations, rate)
    if not losses[-1] < 0.9 and max(losses) > 2:  # a flat line has 1
        raise FloatingPointError("The training diverged: try a smaller learning rate.")
    return [W1 / half, B1 - W1 / half * middle, W2 * spread, B2 * spread + mean], losses


@plt.rc_context({"axes.spines.top": False, "axes.spines.right": False})
def plot(losses, x, y, y_hat):
    """Return a figure of the loss, and of the desired over the predicted curve."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.semilogy(losses, color="#7B4FAE")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse of the scaled y)")
    left.yaxis.set_major_formatter("{x:g}")
    order = np.argsort(x[:, 0])
    right.plot(x[order], y_hat[order], color="tab:blue", linewidth=4, label="predicted")
    right.plot(x[order], y[order], "--", color="black", label="desired")
    right.set(title="What was learned", xlabel="x", ylabel="y")
    right.legend(frameon=False)
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Approximate a polynomial of degree three.")
    parser.add_argument("--coefficients", type=float, nargs=4, metavar=("A", "B", "C", "D"),
        default=(1, 0, 15, 0), help="A x^3 + B x^2 + C x + D, default: 1 0 15 0")  # fmt: skip
    parser.add_argument("--hidden", type=int, default=8, help="nodes, 1 to 64, default: 8")
    parser.add_argument("--iterations", type=int, default=3000, help="default: 3000")
    parser.add_argument("--learning-rate", type=float, help="default: 0.3, less for > 8 nodes")
    parser.add_argument("--seed", type=int, default=0, help="of the first weights, default: 0")
    parser.add_argument("--save", metavar="FILE", help="write the figure, show no window")
    args = parser.parse_args(argv)
    rate, largest = args.learning_rate, np.abs(args.coefficients).max()
    if not (largest <= 1e9 and 1 <= args.hidden <= 64 and args.seed >= 0):
        parser.error("expected --coefficients within 1e9, --hidden from 1 to 64, --seed from 0")
    if not (args.iterations >= 1 and (rate is None or 0 < rate <= 1000)):
        parser.error("expected --iterations from 1, --learning-rate above 0, up to 1000")
    X, Y = polynomial(args.coefficients, -5, 5, 50)
    try:
        parameters, losses = fit(X, Y, args.hidden, args.seed, args.iterations, rate)
    except FloatingPointError as error:
        parser.exit(1, f"{error}\n")
    Y_hat = predict(X, parameters)
    rms = 100 * np.sqrt(np.mean((Y_hat - Y) ** 2)) / (Y.std() if np.ptp(Y) > 0 else 1)
    print("y = {:g} x^3 {:+g} x^2 {:+g} x {:+g}".format(*args.coefficients), end=", ")
    print(f"from {Y.min():g} to {Y.max():g}")
    print(f"rms error {rms:.2f} % of the standard deviation of y")
    print(f"largest error {np.abs(Y_hat - Y).max():.4g}")
    if rms > 1:
        print("Try more --iterations, 4 to 16 --hidden nodes; see docs/when-training-fails.md.")
    figure = plot(losses, X, Y, Y_hat)
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
