"""Training a three-layer network, written out by hand, to name the shape in a 2x2 image.

The network is trained on some images in shades of grey and has to name others that it has
never seen: only these tell whether it has learned what a line is, or memorised the images.
With a layer more the pattern shows: each does the same with what the next one hands back.

    pixels a0 --W1, B1--> z1 --tanh--> a1      4 pixels to 16 nodes
              --W2, B2--> z2 --tanh--> a2     16 nodes  to  8 nodes
              --W3, B3--> z3 = a3              8 nodes  to  4 outputs, one per kind of shape

An output over one half names a kind; no name, or two, is an answer as well, right or wrong.
The last layer has no activation: a sigmoid far off is flat, and learns slowly there.

Run it:       python 2x2_image_recognition.py
Try next:     python 2x2_image_recognition.py --sets 1 --seed 1    (too few images)
              python 2x2_image_recognition.py --learning-rate 0.01    (too slow)
Read next:    network1.py, where the layers become a loop
"""

import argparse
import os
from pathlib import Path

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
    """Return a0, z1, a1, z2, a2, a3, each (nodes, samples), for x (samples, inputs)."""
    W1, B1, W2, B2, W3, B3 = parameters
    a0 = 2.0 * x.T - 1  # white and black become -1 and 1
    z1 = W1 @ a0 + B1
    a1 = tanh(z1)
    z2 = W2 @ a1 + B2
    a2 = tanh(z2)
    a3 = W3 @ a2 + B3
    return a0, z1, a1, z2, a2, a3


def predict(x, parameters):
    """Return Y_hat (samples, outputs) for x (samples, inputs)."""
    return forward(x, parameters)[-1].T


def back_propagate(x, y, parameters):
    """Return the loss and its gradients [dW1, dB1, dW2, dB2, dW3, dB3]."""
    W1, B1, W2, B2, W3, B3 = parameters
    a0, z1, a1, z2, a2, a3 = forward(x, parameters)
    error = a3 - y.T
    loss = (error**2).sum() / error.size

    dz3 = 2 / error.size * error  # no activation: da3 and dz3 are the same
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
    """Return the loss of every iteration; parameters are updated in place.

    Raises ValueError unless y has the shape of the prediction: numpy would stretch it to fit.
    """
    if y.shape != predict(x, parameters).shape:
        raise ValueError(f"y must have shape {predict(x, parameters).shape}, not {y.shape}")
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


def plot(losses, x, y_hat, wrong):
    """Return a figure of the loss, and of 12 images with their answers, wrong ones crossed."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.semilogy(losses, color="tab:purple")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    for i, (image, output, crossed) in enumerate(zip(x, y_hat, wrong)):
        u, v = 1.6 * (i % 3), i // 3
        pixels, edges = image.reshape(2, 2), np.array([0, 0.3, 0.6])
        right.pcolormesh(u + edges, v + edges, pixels, cmap="Greys", vmin=0, vmax=1, ec="grey")
        answer = " ".join(kind for kind, a in zip(KINDS, output) if a > 0.5) or "no name"
        right.text(u, v - 0.1, f"x {answer}" if crossed else answer)
    right.set(title="Images it has never seen, wrong answers (x) first", aspect="equal")
    right.set(xlim=(-0.1, 5), ylim=(3.7, -0.4), xticks=[], yticks=[], frame_on=False)
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Train three layers to name 2x2 images.")
    parser.add_argument("--sets", type=int, default=40, help="of 16 images each, default: 40")
    parser.add_argument("--iterations", type=int, default=1000, help="default: 1000")
    parser.add_argument("--learning-rate", type=float, default=0.5, help="default: 0.5")
    parser.add_argument("--seed", type=int, default=0, help="of all random numbers, default: 0")
    parser.add_argument("--save", metavar="FILE", type=Path, help="png, svg or pdf; no window")
    args = parser.parse_args(argv)
    if not (1 <= args.sets <= 1000 and args.seed >= 0):
        parser.error("expected 1 <= --sets <= 1000, --seed >= 0")
    if not (1 <= args.iterations <= 10**6 and 0 < args.learning_rate <= 1000):
        parser.error("expected 1 <= --iterations <= 1000000, 0 < --learning-rate <= 1000")
    if args.save:
        known = args.save.suffix.lower() in (".png", ".svg", ".pdf") and not args.save.is_dir()
        place = args.save if args.save.exists() else f"{args.save.parent}/"
        if not (known and os.access(place, os.W_OK)):
            parser.error("expected --save FILE.png, .svg or .pdf, in a folder to write to")

    rng = np.random.default_rng(args.seed)
    X, Y = image2x2_set(args.sets, rng=rng)
    parameters = initialize(4, 16, 8, 4, rng)
    with np.errstate(all="ignore"):  # numbers that grow too large are met below
        losses = train(X, Y, parameters, args.iterations, args.learning_rate)
    if not losses[-1] < 1e100:
        parser.exit(1, "The training diverged: try a smaller --learning-rate, near 0.5.\n")
    _, wrong, mse = judge(X, Y, parameters)
    X_new, Y_new = image2x2_set(2000, rng=rng)  # seen once, here
    Y_hat, new_wrong, new_mse = judge(X_new, Y_new, parameters)
    print(f"trained on: {wrong.sum()} of {len(X)} images wrong, mse {mse:.6f}")
    print(f"never seen: {new_wrong.sum()} of {len(X_new)} images wrong, mse {new_mse:.6f}")
    if new_wrong.any() and new_mse > 2 * mse:
        print("It does better on images that it knows: try more --sets.")
    elif new_wrong.any():
        print("Not learned: try more --iterations, at a --learning-rate near 0.5.")

    first = np.argsort(~new_wrong, kind="stable")[:12]  # what is wrong comes first
    figure = plot(losses, X_new[first], Y_hat[first], new_wrong[first])
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
