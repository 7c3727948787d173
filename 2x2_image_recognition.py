"""Training a three-layer network, written out by hand, to name 2x2 images.

The network is trained on images in shades of grey. Then it has to name the
same sixteen images in shades that it has never seen. Only these tell whether
it has learned more than the very images it was trained on.

    pixels a0 --W1, B1--> z1 --tanh--> a1     4 pixels to 16 nodes
              --W2, B2--> z2 --tanh--> a2    16 nodes  to  8 nodes
              --W3, B3--> z3                  8 nodes  to  4 outputs

There is one output for each kind of image. If an output is above one half, the
network says that the image is of that kind. If no output is above one half, it
says that the image has no name. The last layer has no activation function. A
sigmoid would learn slowly, because it is flat near 0 and 1, where the outputs
have to go.

The third layer makes the pattern of back propagation visible. From its da,
each layer computes dz, dW and dB, and then the da of the layer before.

Run it:     python 2x2_image_recognition.py
Try next:   python 2x2_image_recognition.py --sets 1 --seed 1  (too few images)
            python 2x2_image_recognition.py --learning-rate 0.01  (too slow)
Read next:  network1.py, where the layers become a loop
"""

import argparse

import matplotlib.pyplot as plt
import numpy as np

from activation import tanh
from dataset import KINDS, image2x2_set


def initialize(n_inputs, n_hidden_1, n_hidden_2, n_outputs, rng):
    """Return [W1, B1, W2, B2, W3, B3]: random weights (nodes, inputs), biases of 0 (nodes, 1).

    The standard deviation of the weights is 1 / sqrt(inputs of the layer). Then in every layer
    z is neither tiny, nor so large that tanh is flat there (LeCun and others, Efficient
    BackProp, 1998).
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
    x = np.asarray(x)
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
    """Update the parameters in place, and return the loss before each update."""
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter -= learning_rate * gradient
        losses.append(loss)
    return losses


def judge(x, y, parameters):
    """Return Y_hat (samples, outputs), wrong (samples,) and the mse.

    wrong is True where the answer to an image is wrong.
    """
    y_hat = predict(x, parameters)
    wrong = np.any((y_hat > 0.5) != (y > 0.5), axis=1)
    mse = np.mean((y_hat - y) ** 2)
    return y_hat, wrong, mse


def answer(outputs):
    """Return in words what the four outputs for an image say, one line per kind."""
    names = [kind for kind, output in zip(KINDS, outputs) if output > 0.5]
    return "\n".join(names) or "no name"


@plt.style.context(["default", {"axes.spines.top": False, "axes.spines.right": False}])
def plot(losses, unseen, x, y, y_hat):
    """Return a figure of the losses, and of the answers to 12 images.

    losses has one number per iteration. unseen has pairs (iteration, loss on images never
    seen). x (12, 4) are the images, y (12, 4) their kinds, and y_hat (12, 4) the answers.
    """
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(10, 4), width_ratios=[2, 3], layout="constrained"
    )
    left.semilogy(losses, color="#7B4FAE", linewidth=3, label="images trained on")
    iterations, unseen_losses = np.transpose(unseen)
    left.semilogy(
        iterations, unseen_losses, ".-", color="black", linewidth=1, label="never seen"
    )
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    left.set_ylim(bottom=min(losses[-1], 1e-3))  # so that a loss that stays high looks high
    left.yaxis.set_major_formatter("{x:g}")
    left.legend(frameon=False)

    edges = np.array([0, 1, 2]) / 3  # two pixels have three edges
    for i in range(len(x)):
        row, column = divmod(i, 3)
        across = 2.5 * column + edges  # this far apart, there is room for words between
        down = 1.15 * row + edges
        image = x[i].reshape(2, 2)
        right.pcolormesh(across, down, image, cmap="Greys", vmin=0, vmax=1, edgecolor="grey")
        words = answer(y_hat[i])
        desired = answer(y[i])
        if words != desired:
            words = f"\N{BALLOT X} says {words}\nis {desired}"
        right.text(across[2] + 0.1, down[1], words, va="center")
    right.set_title("What it says of images it has never seen (\N{BALLOT X}: wrong)")
    right.set(aspect="equal", anchor="N", xlim=(-0.4, 7.5), ylim=(4.2, -0.1))
    right.axis("off")
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    option = parser.add_argument
    option("--sets", type=int, default=40, help="sets of 16 images to train on (%(default)s)")
    option("--iterations", type=int, default=1000, help="number of updates (%(default)s)")
    option("--learning-rate", type=float, default=0.5, help="size of the steps (%(default)s)")
    option("--seed", type=int, default=0, help="picks all random numbers (%(default)s)")
    option("--save", metavar="FILE", help="write the figure to this file, open no window")
    args = parser.parse_args(argv)
    if not (1 <= args.sets <= 1000 and args.seed >= 0):
        parser.error("expected --sets from 1 to 1000, --seed from 0")
    if not (args.iterations >= 1 and 0 < args.learning_rate <= 1000):
        parser.error("expected --iterations from 1, --learning-rate above 0, up to 1000")

    rng = np.random.default_rng(args.seed)
    X, Y = image2x2_set(args.sets, rng=rng)
    parameters = initialize(4, 16, 8, 4, rng)
    X_new, Y_new = image2x2_set(2000, rng=rng)  # only to measure, never to choose a setting

    losses = []
    unseen = []
    with np.errstate(all="ignore"):  # numbers that grow too large are reported below
        # measured once at the start, and then 25 times
        for stop in np.linspace(0, args.iterations, 26, dtype=int):
            losses += train(X, Y, parameters, stop - len(losses), args.learning_rate)
            Y_hat_new, wrong_new, mse_new = judge(X_new, Y_new, parameters)
            unseen.append((stop, mse_new))
    if not losses[-1] < 1e100:  # or if it is nan
        parser.exit(1, "The training diverged: try a smaller --learning-rate.\n")

    _, wrong, mse = judge(X, Y, parameters)
    print(f"trained on: {wrong.sum()} of {len(X)} images wrong, mse {mse:.6f}")
    print(f"never seen: {wrong_new.sum()} of {len(X_new)} images wrong, mse {mse_new:.6f}")
    if mse > losses[0]:
        print("The loss has grown: try a smaller --learning-rate.")
    elif wrong.any():
        print("Not learned, not even on the images trained on.")
        print("Try more --iterations or another --learning-rate.")
        print("docs/when-training-fails.md says which of them helps.")
    elif wrong_new.any():
        print("Learned the images trained on, but not yet the kinds: try more --sets.")

    wrong_rows = np.flatnonzero(wrong_new)
    right_rows = np.flatnonzero(~wrong_new)
    shown = np.concatenate([wrong_rows, right_rows])[:12]  # wrong answers come first
    figure = plot(losses, unseen, X_new[shown], Y_new[shown], Y_hat_new[shown])
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
