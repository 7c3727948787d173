"""Handwritten digits that NN has never seen: some that it reads, and all that it gets wrong.

What it teaches: the network of the 2x2 images reads handwriting, if it has more pixels and more
outputs. The digits that it gets wrong are often hard to read.

    python -m figures.digits     (needs scikit-learn, which has the digits)
"""

import matplotlib.pyplot as plt
import numpy as np

from activation import sigmoid, tanh
from figures import style
from network1 import NN

COLUMNS = 11


def answers():
    """Return images, labels and answers of the test rows of docs/your-own-data.md."""
    from sklearn.datasets import load_digits

    X, label = load_digits(return_X_y=True)
    Y = np.eye(10)[label]
    rng = np.random.default_rng(0)
    test, training = np.split(rng.permutation(len(X)), [600])
    nn = NN((64, 32, 10), [tanh, sigmoid], rng)
    options = {"learning_rate": 0.5, "momentum": 0.9, "batch_size": 32}
    nn.train(X[training] / 16, Y[training], 2000, **options, verbose=False, rng=rng)
    return X[test], label[test], nn.forward(X[test] / 16).argmax(axis=1)


def draw_digit(axes, left, top, image, text):
    """Draw an image of 8 x 8 pixels, each 1 wide, with a text above it."""
    extent = left, left + 8, top + 8, top
    axes.imshow(image.reshape(8, 8), cmap="gray_r", vmin=0, vmax=16, extent=extent)
    axes.add_patch(plt.Rectangle((left, top), 8, 8, fill=False))
    axes.text(left + 4, top - 0.8, text, ha="center", va="bottom", fontsize=9)


@style.sheet
def picture():
    images, label, answer = answers()
    right = answer == label
    wrong = np.flatnonzero(~right)
    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.8))
    for kind in range(10):
        first = np.flatnonzero(right & (label == kind))[0]
        draw_digit(axes, 10 * kind + 5, 0, images[first], f"reads {kind}")
    for i, row in enumerate(wrong):
        text = f"reads {answer[row]}\nis {label[row]}"
        draw_digit(axes, 10 * (i % COLUMNS), 25 + 18 * (i // COLUMNS), images[row], text)
    heading = {"ha": "center", "fontsize": 11}
    text = f"{right.sum()} of {len(label)} new digits are read right, for example:"
    axes.text(54, -6, text, **heading)
    axes.text(54, 16, f"The {len(wrong)} that are read wrong:", **heading)
    axes.set(xlim=(-1, 109), ylim=(52, -9))
    axes.axis("off")
    return figure


PICTURES = {"digits.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
