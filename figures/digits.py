"""Handwritten digits that NN has never seen: some that it reads, and all that it gets wrong.

What it teaches: the network of the 2x2 images reads handwriting, if it has more pixels and more
outputs. The digits that it gets wrong are often hard to read.

    python -m figures.digits     (needs scikit-learn, which has the digits)
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

from activation import sigmoid, tanh
from figures import style
from network1 import NN


def answers():
    """Return images, labels and answers of the test rows of docs/your-own-data.md."""
    X, label = load_digits(return_X_y=True)
    Y = np.eye(10)[label]
    rng = np.random.default_rng(0)
    test, training = np.split(rng.permutation(len(X)), [600])
    nn = NN((64, 32, 10), [tanh, sigmoid], rng)
    options = {"learning_rate": 0.5, "momentum": 0.9, "batch_size": 32}
    nn.train(X[training] / 16, Y[training], 2000, **options, verbose=False, rng=rng)
    return X[test], label[test], nn.forward(X[test] / 16).argmax(axis=1)


def draw_digits(part, n_columns, images, titles):
    """Draw images beside each other, each with its title."""
    n_rows = -(-len(images) // n_columns)
    panels = part.subplots(n_rows, n_columns)
    for axes in panels.flat:
        axes.axis("off")
    for axes, image, title in zip(panels.flat, images, titles):
        axes.imshow(image.reshape(8, 8), cmap="gray_r", vmin=0, vmax=16)
        axes.add_patch(plt.Rectangle((-0.5, -0.5), 8, 8, fill=False))
        axes.set_title(title, fontsize=10)


@style.sheet
def picture():
    images, label, answer = answers()
    right = answer == label
    wrong = ~right
    firsts = [np.flatnonzero(right & (label == kind))[0] for kind in range(10)]
    seconds = [np.flatnonzero(right & (label == kind))[1] for kind in range(10)]
    two_a_kind = firsts + seconds
    figure = plt.figure(figsize=(style.WIDTH, 5.8))
    above, below = figure.subfigures(2, 1, height_ratios=(2, 3.6))
    above.suptitle(
        f"{100 * right.mean():.0f} % of {len(label)} unseen digits are right, as these"
    )
    draw_digits(above, 10, images[two_a_kind], answer[two_a_kind])
    below.suptitle(f"The {wrong.sum()} that it gets wrong: what it reads, and what it is")
    titles = [f"{says}, is {truth}" for says, truth in zip(answer[wrong], label[wrong])]
    draw_digits(below, 8, images[wrong], titles)
    return figure


PICTURES = {"digits.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
