"""Training a three-layer network, written out by hand, to name the shape in a 2x2 image.

The network is trained on images in shades of grey, and has to name the same sixteen in shades
that it has never seen: only these tell whether it has learned more than its very examples.
With a layer more the pattern shows: each makes dz, dW, dB of its da, and da of the one before.

    pixels a0 --W1, B1--> z1 --tanh--> a1      4 pixels to 16 nodes
              --W2, B2--> z2 --tanh--> a2     16 nodes  to  8 nodes
              --W3, B3--> z3                   8 nodes  to  4 outputs, one per kind of shape

An output over one half names a kind; no name, or two, is an answer as well, right or wrong.
The last layer has no activation: a sigmoid is flat near 0 and 1, and learns slowly there.

Run it:       python 2x2_image_recognition.py
Try next:     python 2x2_image_recognition.py --sets 1 --seed 1    (too few images)
              python 2x2_image_recognition.py --learning-rate 0.01    (too slow)
Read next:    network1.py, where the layers become a loop
"""

import argparse

import matplotlib.pyplot as plt
import numpy as np

from activation import tanh
from dataset import KINDS, image2x2_set


def initialize(n_inputs, n_hidden_1, n_hidden_2, n_outputs, rng):
    """Return [W1, B1, W2, B2, W3, B3]; W (nodes, inputs) is random, B (nodes, 1) is zero.

    With a standard deviation of 1 / sqrt(inputs) z is neither tiny nor so large that tanh
    is flat there, in every layer (LeCun and others, Efficient BackProp, 1998).
    """
    W1 = rng.normal(0, 1 / np.sqrt(n_inputs), (n_hidden_1, n_inputs))
    B1 = np.zeros((n_hidden_1, 1))
    W2 = rng.normal(0, 1 / np.sqrt(n_hidden_1), (n_hidden_2, n_hidden_1))
    B2 = np.zeros((n_hidden_2, 1))
    W3 = rng.normal(0, 1 / np.sqrt(n_hidden_2), (n_outputs, n_hidden_2))
    B3 = np.zeros((n_outputs, 1))
    return [W1, B1, W2, B2, W3, B3]


def forward(x, parameters):
    """Return a0, z1, a1, z2, a2, z3, each (nodes, samples), for x (samples, inputs)."""
    W1, B1, W2, B2, W3, B3 = parameters
    a0 = 2.0 * x.T - 1  # white and black become -1 and 1
    z1 = W1 @ a0 + B1
    a1 = tanh(z1)
    z2 = W2 @ a1 + B2
    a2 = tanh(z2)
    z3 = W3 @ a2 + B3
    return a0, z1, a1, z2, a2, z3


def predict(x, parameters):
    """Return Y_hat (samples, outputs) for x (samples, inputs)."""
    assert x.ndim == 2, f"x must have shape (samples, inputs), not {x.shape}"
    return forward(x, parameters)[-1].T


def back_propagate(x, y, parameters):
    """Return the loss and its gradients [dW1, dB1, dW2, dB2, dW3, dB3]."""
    W1, B1, W2, B2, W3, B3 = parameters
    a0, z1, a1, z2, a2, z3 = forward(x, parameters)
    assert y.T.shape == z3.shape, f"y must have shape {z3.T.shape}, not {y.shape}"
    error = z3 - y.T
    loss = (error**2).sum() / error.size

    dz3 = 2 / error.size * error  # no activation: z3 is the output itself
    dW3 = dz3 @ a2.T
    dB3 = dz3.sum(axis=1, keepdims=True)

    da2 = W3.T @ dz3
    dz2 = da2 * tanh(z2, derivative=True)
    dW2 = dz2 @ a1.T
    dB2 = dz2.sum(axis=1, keepdims=True)

    da1 = W2.T @ dz2
    dz1 = da1 * tanh(z1, derivative=True)
    dW1 = dz1 @ a0.T
    dB1 = dz1.sum(axis=1, keepdims=True)
    return loss, [dW1, dB1, dW2, dB2, dW3, dB3]


def train(x, y, parameters, iterations=1000, learning_rate=0.5):
    """Return the loss before every update; parameters are updated in place."""
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter -= learning_rate * gradient
        losses.append(loss)
    return losses


def judge(x, y, parameters):
    """Return Y_hat, for each image whether its answer is wrong, and the mse."""
    y_hat = predict(x, parameters)
    return y_hat, np.any((y_hat > 0.5) != y, axis=1), np.mean((y_hat - y) ** 2)


@plt.rc_context({"axes.spines.top": False, "axes.spines.right": False})
def plot(losses, unseen, x, y, y_hat):
    """Return a figure of the losses, unseen as (iterations, loss), and of 12 answers."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.semilogy(losses, color="#7B4FAE", label="images trained on")
    left.semilogy(*np.transpose(unseen), "o", c="black", fillstyle="none", label="never seen")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    left.yaxis.set_major_formatter("{x:g}")
    left.legend(frameon=False)
    for i, (image, *answers) in enumerate(zip(x, y > 0.5, y_hat > 0.5)):
        u, v = 2.1 * (i % 3) + np.arange(3) / 3, 0.9 * (i // 3) + np.arange(3) / 3
        right.pcolormesh(u, v, image.reshape(2, 2), cmap="Greys", clim=(0, 1), edgecolor="grey")
        desired, predicted = ("\n".join(np.compress(a, KINDS)) or "no name" for a in answers)
        text = predicted if predicted == desired else f"x {predicted}\nis {desired}"
        right.text(u[2] + 0.1, v[1], text, va="center")
    right.set(title="Images it has never seen", aspect="equal", xlim=(0, 6.3), ylim=(3.5, 0))
    right.axis("off")
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Train three layers to name 2x2 images.")
    parser.add_argument("--sets", type=int, default=40, help="of 16 images each, default: 40")
    parser.add_argument("--iterations", type=int, default=1000, help="default: 1000")
    parser.add_argument("--learning-rate", type=float, default=0.5, help="default: 0.5")
    parser.add_argument("--seed", type=int, default=0, help="of all random numbers, default: 0")
    parser.add_argument("--save", metavar="FILE", help="write the figure, show no window")
    args = parser.parse_args(argv)
    if not (1 <= args.sets <= 1000 and args.seed >= 0):
        parser.error("expected --sets from 1 to 1000, --seed from 0")
    if not (args.iterations >= 1 and 0 < args.learning_rate <= 1000):
        parser.error("expected --iterations from 1, --learning-rate above 0, up to 1000")
    rng = np.random.default_rng(args.seed)
    X, Y = image2x2_set(args.sets, rng=rng)
    parameters = initialize(4, 16, 8, 4, rng)
    X_new, Y_new = image2x2_set(2000, rng=rng)  # 32,000, and nothing is chosen by them
    losses, unseen = [], []
    with np.errstate(all="ignore"):  # numbers that grow too large are met below
        for stop in np.linspace(0, args.iterations, 26, dtype=int):  # in 25 pieces
            losses += train(X, Y, parameters, stop - len(losses), args.learning_rate)
            Y_hat, new_wrong, new_mse = judge(X_new, Y_new, parameters)
            unseen.append((stop, new_mse))
    if not losses[-1] < 1e100:
        parser.exit(1, "The training diverged: try a smaller --learning-rate.\n")
    _, wrong, mse = judge(X, Y, parameters)
    print(f"trained on: {wrong.sum()} of {len(X)} images wrong, mse {mse:.6f}")
    print(f"never seen: {new_wrong.sum()} of {len(X_new)} images wrong, mse {new_mse:.6f}")
    if new_wrong.any():
        print("Not learned: try more --sets or --iterations; see docs/when-training-fails.md.")
    first = np.argsort(~new_wrong, kind="stable")[:12]  # what is wrong comes first
    figure = plot(losses, unseen, X_new[first], Y_new[first], Y_hat[first])
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
