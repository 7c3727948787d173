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


def choose(outputs, images, count):
    """Return the nodes that are on for exactly the four images with two certain pixels.

    outputs: (nodes, images). Of all such nodes, these are the ones whose lowest output for
    their images is farthest above the highest one for the others.
    """
    gaps = {}
    for i, a in enumerate(outputs):
        on = a > 0.5
        if on.sum() == 4 and len(in_common(images[on])) == 2:
            gaps[i] = a[on].min() - a[~on].max()
    return sorted(gaps, key=gaps.get, reverse=True)[:count]


def draw_node(axes, low, W, bias, images):
    """Draw a node's weights, its bias, and the images that it is on for, at this height."""
    limit = 1.4 * np.abs(W).max()  # the darkest colours are too dark for black numbers
    draw.image(axes, W, 0, low, cmap=style.WEIGHTS, vmin=-limit, vmax=limit)
    for j, weight in enumerate(W):
        row, column = divmod(j, 2)
        text = style.minus(f"p{j}\n{weight:+.1f}")
        x = 0.25 + column / 2
        axes.text(x, low + 0.75 - row / 2, text, ha="center", va="center", fontsize=9)
    axes.text(1.1, low + 0.5, style.minus(f"bias\n{bias:+.1f}"), va="center")
    axes.text(1.85, low + 0.82, " and ".join(in_common(images)), va="center")
    for k, image in enumerate(images):
        left = 1.85 + 0.7 * k
        draw.image(axes, image, left, low, 0.6)
        # between the pixels, in a grey that can be seen on black and on white
        axes.hlines(low + 0.3, left, left + 0.6, color="0.6", linewidth=0.8)
        axes.vlines(left + 0.3, low, low + 0.6, color="0.6", linewidth=0.8)


@style.sheet
def picture():
    parameters = trained()
    W1, B1, *_ = parameters
    X, _ = image2x2()
    X = X[np.lexsort(X.T)]
    _, _, a1, *_ = recognition.forward(X, parameters)
    figure, axes = plt.subplots(figsize=(style.WIDTH, 4.4))
    for row, i in enumerate(choose(a1, X, 2)):
        draw_node(axes, -1.4 * row, W1[i], B1[i, 0], X[a1[i] > 0.5])
    axes.text(0, 1.12, "its weights", va="bottom")
    axes.text(1.85, 1.12, "the four images, of 16, that it is on for", va="bottom")
    axes.set(xlim=(-0.05, 4.6), ylim=(-1.45, 1.35), aspect="equal")
    axes.set_title("Two of the 16 nodes of the first layer, and what each one looks for")
    axes.axis("off")
    note = (
        "A black pixel counts 1, a white one -1. So a positive weight (green) asks for\n"
        "black, a negative one (orange) for white, and a small one doesn't care.\n"
        "The node is on if the weighted sum and the bias together are above 0."
    )
    figure.supxlabel(style.minus(note), fontsize=9)
    return figure


PICTURES = {"first_layer.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
