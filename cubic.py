"""Function approximation: one hidden layer of eight sigmoid nodes learns a cubic curve.

Every hidden node adds one S-shaped step to the output; it can be moved (B1), made steeper
(W1) and made higher or turned over (W2). Eight of them add up to a curve. The output node
is linear, so that any value can come out.

    input a0 --W1, B1--> z1 --sigmoid--> a1 --W2, B2--> z2 = y_hat

Three things make it train well: x and y are scaled to about -1 … 1, the steps start side by
side, and the updates have momentum, which gains speed where the way down is long and flat.

Run it:      python cubic.py
Try next:    python cubic.py --coefficients -2 3 20 -7
             python cubic.py --nodes 2    (enough for the first curve, not for the second)
"""

import argparse
import os
import signal
import sys

import matplotlib.pyplot as plt
import numpy as np

from activation import sigmoid
from dataset import polynomial


def initialize(n_hidden, rng):
    """Return [W1, B1, W2, B2] for one input from -1 to 1 and one output.

    The steps of the hidden nodes are spread over the middle of that range, half of them rise
    and half of them fall; rng shifts each a little and draws W2.
    """
    center = np.linspace(-0.6, 0.6, n_hidden) + rng.uniform(-0.4, 0.4, n_hidden) / n_hidden
    W1 = 4.0 * (-1.0) ** np.arange(n_hidden).reshape(-1, 1)
    B1 = -W1 * center.reshape(-1, 1)  # z1 = W1 (x - center) is zero where the step is
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


@np.errstate(over="raise", invalid="raise")
def train(x, y, parameters, iterations=10000, learning_rate=None, momentum=0.95):
    """Return the loss of every iteration; parameters are updated in place.

    The default learning rate is 1/3, and less with more than eight hidden nodes. Raises
    FloatingPointError when the training diverges.
    """
    if learning_rate is None:  # the more nodes move at once, the shorter each step
        learning_rate = 4 / (4 + max(8, len(parameters[0])))
    losses = []
    velocities = [np.zeros_like(parameter) for parameter in parameters]
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, velocity, gradient in zip(parameters, velocities, gradients):
            velocity *= momentum
            velocity -= learning_rate * gradient
            parameter += velocity
        losses.append(loss)
    return losses


def fit(coefficients, n_hidden=8, rng=None, iterations=10000, learning_rate=None):
    """Approximate a polynomial on -5 … 5: return X, Y, Y_hat (each (50, 1)) and losses.

    X, Y and Y_hat are in the function's own units. The network sees x and y scaled, and
    losses are the mse of the scaled y: 1 is the variance of the function.
    """
    X, Y = polynomial(coefficients, -5, 5, 50)
    mean, scale = Y.mean(), Y.std() or 1.0  # a constant has no spread to divide by
    parameters = initialize(n_hidden, np.random.default_rng(rng))
    losses = train(X / 5, (Y - mean) / scale, parameters, iterations, learning_rate)
    return X, Y, mean + scale * predict(X / 5, parameters), losses


def formula(coefficients):
    """Return a polynomial of degree three as text, such as x^3 -15x."""
    terms = (f"{c:+g}{x}" for c, x in zip(coefficients, ("x^3", "x^2", "x", "")) if c)
    return " ".join(terms).replace("+1x", "+x").replace("-1x", "-x").lstrip("+") or "0"


def plot(fits):
    """Return a figure with a row per {formula: (X, Y, Y_hat, losses)}: loss and curve."""
    size = (10, 4 * len(fits))
    figure, rows = plt.subplots(len(fits), 2, figsize=size, layout="constrained", squeeze=False)
    for (left, right), (name, (X, Y, Y_hat, losses)) in zip(rows, fits.items()):
        left.semilogy(losses, color="tab:purple")
        left.set(title="Training", xlabel="iteration", ylabel="loss (mse of the scaled y)")
        right.plot(X, Y_hat, color="tab:blue", linewidth=4, label="predicted")
        right.plot(X, Y, "--", color="black", label="desired")
        right.set(title=f"${name}$", xlabel="x", ylabel="y")
        right.legend()
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Approximate polynomials of degree three.")
    both = [(1, 0, 15, 0), (1, 0, -15, 0)]
    parser.add_argument(
        "--coefficients", type=float, nargs=4, metavar=tuple("ABCD"), action="append",
        help="A x^3 + B x^2 + C x + D, default: x^3 + 15x and x^3 - 15x",
    )  # fmt: skip
    parser.add_argument("--nodes", type=int, default=8, help="hidden, 1 to 100, default: 8")
    parser.add_argument("--iterations", type=int, default=10000, help="default: 10000")
    parser.add_argument("--learning-rate", type=float, help="default: min(1/3, 4/(4+nodes))")
    parser.add_argument("--seed", type=int, default=0, help="of the first weights, default: 0")
    parser.add_argument("--save", metavar="FILE", help="write the figure: png, svg or pdf")
    args = parser.parse_args(argv)
    polynomials = args.coefficients or both
    if not (1 <= args.nodes <= 100 and args.iterations >= 1):
        parser.error("expected --nodes 1 to 100, --iterations 1 or more")
    if args.seed < 0 or args.learning_rate is not None and not 0 < args.learning_rate < np.inf:
        parser.error("expected a --learning-rate above 0 and a --seed of 0 or more")
    if not np.all(np.abs(polynomials) <= 1e6):
        parser.error("expected --coefficients -1e6 to 1e6")

    fits = {}
    for coefficients in polynomials:
        rng, name = np.random.default_rng(args.seed), formula(coefficients)
        try:
            fits[name] = fit(coefficients, args.nodes, rng, args.iterations, args.learning_rate)
            _, Y, Y_hat, losses = fits[name]
            if losses[-1] > 1e100:
                raise FloatingPointError
        except FloatingPointError:
            sys.exit("The training diverged: try a smaller --learning-rate.")
        rms, spread = np.sqrt(np.mean((Y_hat - Y) ** 2)), Y.std() or 1
        print(f"{name}, from {Y.min():.4g} to {Y.max():.4g}:")
        print(f"  rms error {rms:.4g}, {rms / spread:.2%} of the standard deviation")
        print(f"  largest error {np.abs(Y_hat - Y).max():.4g}")
        if rms > 0.01 * spread:
            print("  Not learned well: try other --nodes, --iterations or --learning-rate.")

    figure = plot(fits)
    if args.save:
        try:
            figure.savefig(args.save, format=os.path.splitext(args.save)[1][1:])
        except (OSError, ValueError, RuntimeError) as error:
            parser.error(f"--save expects a png, svg or pdf file: {error}")
    elif plt.get_backend().lower() == "agg":
        print("There is no display: --save FILE keeps the figure.")
    else:
        figure.canvas.manager.set_window_title("cubic.py")
        plt.show()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a traceback
    main()
