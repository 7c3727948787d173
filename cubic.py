"""Function approximation: one hidden layer of eight sigmoid nodes learns a cubic curve.

Every hidden node adds one S-shaped step to the output; it can be moved (B1), made steeper
(W1) and made higher or turned over (W2). Eight of them add up to a curve. The output node
is linear, so that any value can come out. The updates have momentum: each keeps a part of
the last one, which gains speed where the way down is long and flat.

    input a0 --W1, B1--> z1 --sigmoid--> a1 --W2, B2--> z2 = y_hat

Run it:       python cubic.py
Try next:     python cubic.py --coefficients 1 0 -15 0
              python cubic.py --coefficients 1 0 -15 0 --hidden 2    (with two it gets stuck)
Read next:    README.md, chapter 8: how to fit your own data
"""

import argparse
import os
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from activation import sigmoid
from dataset import polynomial


def fit(x, y, n_hidden=8, rng=None, iterations=3000, learning_rate=0.3):
    """Train on x and y (samples, 1); return the learned curve, a function of x, and losses.

    The network sees x from -1 to 1, and y with mean 0 and standard deviation 1, so that one
    learning rate fits all curves; the losses are those of that y. Raises ValueError for shapes
    and values that can't be scaled so.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    fits = x.shape == y.shape == (len(x), 1) and np.isfinite(x + y).all()
    if not (fits and np.ptp(x) > 0):
        raise ValueError("x and y must have shape (samples, 1) and be finite, x not constant")
    middle, half = (x.max() + x.min()) / 2, (x.max() - x.min()) / 2
    mean, spread = y.mean(), y.std() if np.ptp(y) > 1e-100 else 1.0  # a constant has none
    parameters = initialize(n_hidden, np.random.default_rng(rng))
    scaled_x, scaled_y = (x - middle) / half, (y - mean) / spread
    losses = train(scaled_x, scaled_y, parameters, iterations, learning_rate)
    return lambda x: mean + spread * predict((x - middle) / half, parameters), losses


def initialize(n_hidden, rng):
    """Return [W1, B1, W2, B2] for one input from -1 to 1 and one output.

    The steps stand side by side from -0.6 to 0.6, each moved at random by up to 0.4 / n_hidden.
    A step is about half as wide as the range, 4 / W1; every second one falls. W2 is near 0, so
    the curve starts flat. All these numbers were found by trying.
    """
    place = np.linspace(-0.6, 0.6, n_hidden).reshape(-1, 1)
    place += rng.uniform(-0.4, 0.4, (n_hidden, 1)) / n_hidden
    W1 = np.full((n_hidden, 1), 4.0)
    W1[1::2] = -4.0
    B1 = -W1 * place  # so that z1 = W1 (x - place)
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
    return forward(x, parameters)[-1].T


def back_propagate(x, y, parameters):
    """Return the loss and its gradients [dW1, dB1, dW2, dB2]."""
    W1, B1, W2, B2 = parameters
    a0, z1, a1, z2 = forward(x, parameters)
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
    """Return the loss of every iteration; parameters are updated in place.

    velocity, a list like parameters, is updated too: with it a later call goes on smoothly.
    Raises ValueError unless y has the shape of the prediction: numpy would stretch it to fit.
    """
    if y.shape != predict(x, parameters).shape:
        raise ValueError(f"y must have shape {predict(x, parameters).shape}, not {y.shape}")
    losses = []
    velocity = [np.zeros_like(p) for p in parameters] if velocity is None else velocity
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for p, v, gradient in zip(parameters, velocity, gradients, strict=True):
            v *= momentum
            v -= learning_rate * gradient
            p += v
        losses.append(loss)
    return losses


def plot(losses, x, y, y_hat):
    """Return a figure of the loss, and of the desired over the predicted curve."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.loglog(range(1, len(losses) + 1), losses, color="tab:purple")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse of the scaled y)")
    right.plot(x, y_hat, color="tab:blue", linewidth=4, label="predicted")
    right.plot(x, y, "--", color="black", label="desired")
    right.set(title="What was learned", xlabel="x", ylabel="y")
    right.legend()
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Approximate a polynomial of degree three.")
    parser.add_argument("--coefficients", type=float, nargs=4, metavar=("A", "B", "C", "D"),
        default=(1, 0, 15, 0), help="A x^3 + B x^2 + C x + D, default: 1 0 15 0")  # fmt: skip
    parser.add_argument("--hidden", type=int, default=8, help="nodes, default: 8")
    parser.add_argument("--iterations", type=int, default=3000, help="default: 3000")
    parser.add_argument("--learning-rate", type=float, default=0.3, help="default: 0.3")
    parser.add_argument("--seed", type=int, default=0, help="of the first weights, default: 0")
    parser.add_argument("--save", metavar="FILE", type=Path, help="png, svg or pdf; no window")
    args = parser.parse_args(argv)
    within = np.all(np.abs(args.coefficients) <= 10**6)  # nan isn't, either
    if not (within and 1 <= args.hidden <= 10 and args.seed >= 0):
        parser.error("expected --coefficients up to 1000000, 1 <= --hidden <= 10, --seed >= 0")
    if not (1 <= args.iterations <= 10**6 and 0 < args.learning_rate <= 1000):
        parser.error("expected 1 <= --iterations <= 1000000, 0 < --learning-rate <= 1000")
    if args.save:
        known = args.save.suffix.lower() in (".png", ".svg", ".pdf") and not args.save.is_dir()
        place = args.save if args.save.exists() else f"{args.save.parent}/"
        if not (known and os.access(place, os.W_OK)):
            parser.error("expected --save FILE.png, .svg or .pdf, in a folder to write to")

    X, Y = polynomial(args.coefficients, -5, 5, 50)
    rng = np.random.default_rng(args.seed)
    spread = Y.std() if np.ptp(Y) > 1e-100 else 1  # as in fit
    with np.errstate(all="ignore"):  # numbers that grow too large are met below
        curve, losses = fit(X, Y, args.hidden, rng, args.iterations, args.learning_rate)
        Y_hat = curve(X)
        rms = 100 * np.sqrt(np.mean(((Y_hat - Y) / spread) ** 2))
    if not rms < 1e50:
        parser.exit(1, "The training diverged: try a smaller --learning-rate, near 0.3.\n")
    a, b, c, d = args.coefficients
    print(f"y = {a:g} x^3 {b:+g} x^2 {c:+g} x {d:+g}, from {Y.min():g} to {Y.max():g}")
    print(f"rms error {rms:.2f} % of the standard deviation of y")
    print(f"largest error {np.abs(Y_hat - Y).max():.4g}")
    if rms > 1:
        if max(losses) > 2 * losses[0]:
            print("The loss has grown on the way: try a smaller --learning-rate.")
        else:
            print("Try more --iterations and --hidden nodes, at a --learning-rate near 0.3.")

    figure = plot(losses, X, Y, Y_hat)
    if args.save:
        figure.savefig(args.save)
    elif figure.canvas.required_interactive_framework is None:
        print("No window (no display, or no tkinter or Qt): --save FILE keeps the figure.")
    else:
        plt.show()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
