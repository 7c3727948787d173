"""Training a three-layer network, written out by hand, to name the shape in a 2x2 image.

The images come in shades of grey, and no two of them are alike. The network is trained on
some and has to name others that it has never seen: only these tell whether it has learned
what a line is, or the images by heart. One layer more than in xor.py, and the pattern of
back propagation shows: every layer does the same with what the next one hands back.

    pixels a0 --W1, B1--> z1 --tanh--> a1      4 pixels to 16 nodes
              --W2, B2--> z2 --tanh--> a2     16 nodes  to  8 nodes
              --W3, B3--> z3 = a3              8 nodes  to  4 outputs, one per kind of shape

An image belongs to the kind whose output is over one half, and to none if no output is.
The last layer has no activation: a sigmoid there would be flat where it is surely wrong.

Run it:      python 2x2_image_recognition.py
Try next:    python 2x2_image_recognition.py --sets 1
             python 2x2_image_recognition.py --learning-rate 0.01
"""

import argparse
import os
import signal
import sys

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
    a0 = 2 * x.T - 1  # white and black become -1 and 1
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


@np.errstate(over="raise", invalid="raise")
def train(x, y, parameters, iterations=2000, learning_rate=0.5):
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


def label(y_hat):
    """Return the kinds of shape whose output is over one half, in words."""
    return " ".join(kind for kind, output in zip(KINDS, y_hat) if output > 0.5) or "none"


def plot(losses, x, y_hat):
    """Return a figure of the loss, and of 16 images with their predicted labels."""
    figure = plt.figure(figsize=(10, 4), layout="constrained")
    left, right = figure.subfigures(1, 2)
    axes = left.subplots()
    axes.semilogy(losses, color="tab:purple")
    axes.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    right.suptitle("Images it has never seen, and what it says")
    for axes, image, output in zip(right.subplots(4, 4).flat, x, y_hat):
        axes.imshow(image.reshape(2, 2), cmap="gray_r", vmin=0, vmax=1)
        axes.set(title=label(output), xticks=[], yticks=[])
        axes.title.set_size(9)
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Train three layers to name 2x2 images.")
    parser.add_argument("--sets", type=int, default=40, help="of 16 images each, default: 40")
    parser.add_argument("--iterations", type=int, default=2000, help="default: 2000")
    parser.add_argument("--learning-rate", type=float, default=0.5, help="default: 0.5")
    parser.add_argument("--seed", type=int, default=0, help="of all random numbers, default: 0")
    parser.add_argument("--save", metavar="FILE", help="write the figure: png, svg or pdf")
    args = parser.parse_args(argv)
    if not (1 <= args.sets <= 1000 and args.iterations >= 1):
        parser.error("expected --sets 1 to 1000, --iterations 1 or more")
    if not (0 < args.learning_rate < np.inf and args.seed >= 0):
        parser.error("expected a --learning-rate above 0 and a --seed of 0 or more")

    rng = np.random.default_rng(args.seed)
    X, Y = image2x2_set(args.sets, grey_range=0.25, rng=rng)  # a little harder than the test
    parameters = initialize(4, 16, 8, 4, rng)
    try:
        losses = train(X, Y, parameters, args.iterations, args.learning_rate)
        if losses[-1] > 1e100:
            raise FloatingPointError
    except FloatingPointError:
        sys.exit("The training diverged: try a smaller --learning-rate.")
    X_test, Y_test = image2x2_set(2000, rng=rng)
    for name, x, y in ("trained on", X, Y), ("never seen", X_test, Y_test):
        Y_hat = predict(x, parameters)
        wrong = np.sum(np.any((Y_hat > 0.5) != y, axis=1))
        print(f"{name}: {wrong} of {len(y)} images wrong, mse {np.mean((Y_hat - y) ** 2):.6f}")
    if wrong:
        print("Not learned well: try more --sets, --iterations or another --learning-rate.")

    figure = plot(losses, X_test[:16], Y_hat[:16])
    if args.save:
        try:
            figure.savefig(args.save, format=os.path.splitext(args.save)[1][1:])
        except (OSError, ValueError, RuntimeError) as error:
            parser.error(f"--save expects a png, svg or pdf file: {error}")
    elif plt.get_backend().lower() == "agg":
        print("There is no display: --save FILE keeps the figure.")
    else:
        figure.canvas.manager.set_window_title("2x2_image_recognition.py")
        plt.show()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a traceback
    main()
