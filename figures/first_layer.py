"""How 2x2_image_recognition.py looks at an image.

What it teaches: a node of the first layer compares an image with its weights: some pixels have
to be black, others white, and some matter little.

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
    """Return the nodes that are on for just the images with two certain pixels.

    outputs: (nodes, images). Of all such nodes these are the ones whose lowest output for
    their images is farthest from the highest for the others.
    """
    gaps = {}
    for i, a in enumerate(outputs):
        on = a > 0.5
        if on.sum() == 4 and len(in_common(images[on])) == 2:
            gaps[i] = a[on].min() - a[~on].max()
    return sorted(gaps, key=gaps.get, reverse=True)[:count]


def draw_node(axes, low, W, bias, images):
    """Draw a node's weights, its bias, and the images that it is on for."""
    limit = 1.4 * np.abs(W).max()  # the darkest colours are too dark for black numbers
    draw.image(axes, W, 0, low, cmap=style.WEIGHTS, vmin=-limit, vmax=limit)
    for j, weight in enumerate(W):
        place = 0.25 + j % 2 / 2, low + 0.75 - j // 2 / 2
        text = style.minus(f"p{j}\n{weight:+.1f}")
        axes.text(*place, text, ha="center", va="center", fontsize=9)
    axes.text(1.15, low + 0.5, style.minus(f"bias\n{bias:+.1f}"), va="center")
    axes.text(1.85, low + 0.82, f"on for {', '.join(in_common(images))}", va="center")
    for k, image in enumerate(images):
        draw.image(axes, image, 1.85 + 0.7 * k, low, 0.6)


@style.sheet
def picture():
    W1, B1, *_ = parameters = trained()
    X, _ = image2x2()
    X = X[np.lexsort(X.T)]
    _, _, a1, *_ = recognition.forward(X, parameters)
    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.9))
    for row, i in enumerate(choose(a1, X, 2)):
        draw_node(axes, -1.4 * row, W1[i], B1[i, 0], X[a1[i] > 0.5])
    axes.set(xlim=(-0.05, 4.6), ylim=(-1.45, 1.05), aspect="equal")
    axes.set_title("Two of the 16 nodes of the first layer, and what they look for")
    axes.axis("off")
    note = "left: the weights of the pixels, which count 1 where black and -1 where white"
    figure.supxlabel(style.minus(note), fontsize=9)
    return figure


PICTURES = {"first_layer.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
