"""How 2x2_image_recognition.py looks at an image.

What it teaches: a node of the first layer compares an image with its weights. Some pixels have
to be black, others have to be white, and some matter little.

    python -m figures.first_layer
"""

import importlib

import matplotlib.pyplot as plt
import numpy as np

from dataset import image2x2, image2x2_set
from figures import draw, style

recognition = importlib.import_module("2x2_image_recognition")

NODES = 15, 3  # Each is on for four images, and clearly off for the others.


def trained():
    """Return the parameters after training as the script does by default."""
    rng = np.random.default_rng(0)
    X, Y = image2x2_set(40, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    recognition.train(X, Y, parameters)
    return parameters


def in_common(images):
    """Return in words which pixels are the same in all images."""
    same = [j for j in range(4) if np.ptp(images[:, j]) == 0]
    return [f"p{j} {'black' if images[0, j] else 'white'}" for j in same]


def draw_node(axes, low, W, bias, images):
    """Draw a node's weights, its bias, and the images that it is on for, at this height."""
    limit = 1.4 * np.abs(W).max()  # the darkest colours are too dark for black numbers
    draw.image(axes, W, 0, low, cmap=style.WEIGHTS, vmin=-limit, vmax=limit)
    for j, weight in enumerate(W):
        row, column = divmod(j, 2)
        text = style.minus(f"p{j}\n{weight:+.1f}")
        x = 0.25 + column / 2
        axes.text(x, low + 0.75 - row / 2, text, ha="center", va="center", fontsize=9)
    axes.text(0.5, low - 0.08, style.minus(f"bias {bias:+.1f}"), ha="center", va="top")
    axes.text(1.6, low + 0.86, "looks for " + " and ".join(in_common(images)), va="center")
    for k, image in enumerate(images):
        left = 1.6 + 0.75 * k
        draw.image(axes, image, left, low, 0.65)
        # between the pixels, in a grey that can be seen on black and on white
        axes.hlines(low + 0.325, left, left + 0.65, color="0.6", linewidth=0.8)
        axes.vlines(left + 0.325, low, low + 0.65, color="0.6", linewidth=0.8)


@style.sheet
def picture():
    parameters = trained()
    W1, B1, *_ = parameters
    X, _ = image2x2()
    X = X[np.lexsort(X.T)]
    _, _, a1, *_ = recognition.forward(X, parameters)
    figure, axes = plt.subplots(figsize=(style.WIDTH, 4.1))
    for row, i in enumerate(NODES):
        draw_node(axes, -1.5 * row, W1[i], B1[i, 0], X[a1[i] > 0.5])
    axes.text(0.5, 1.12, "its weights", ha="center", va="bottom")
    axes.text(1.6, 1.12, "all images for which the node is on", va="bottom")
    axes.set(xlim=(-0.15, 4.6), ylim=(-1.85, 1.4), aspect="equal")
    title = "What two nodes of the first layer look for: black counts 1, and white -1.\n"
    title += "A green weight asks for black, an orange one for white, a pale one for nothing."
    axes.set_title(style.minus(title), fontsize=10)
    axes.axis("off")
    return figure


PICTURES = {"first_layer.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
