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


@style.sheet
def picture():
    """Draw four of the nodes that are on for just the images with two certain pixels.

    Those whose lowest output for these is farthest from the highest for all others.
    """
    W1, B1, *_ = parameters = trained()
    X, _ = image2x2()
    X = X[np.lexsort(X.T)]
    _, _, a1, *_ = recognition.forward(X, parameters)
    on = [X[a > 0.5] for a in a1]
    gap = np.array([a[a > 0.5].min() - a[a <= 0.5].max() for a in a1])
    nodes = [i for i in np.argsort(-gap) if len(on[i]) == 4 and len(in_common(on[i])) == 2]
    largest = 1.4 * np.abs(W1).max()  # the darkest colours are too dark for black numbers

    figure, axes = plt.subplots(figsize=(style.WIDTH, 5.2))
    for row, i in enumerate(nodes[:2]):
        low = -1.35 * row
        colors = {"cmap": style.WEIGHTS, "vmin": -largest, "vmax": largest}
        draw.image(axes, W1[i], 0, low, **colors)
        for j, weight in enumerate(W1[i]):
            place = 0.25 + j % 2 / 2, low + 0.75 - j // 2 / 2
            text = style.minus(f"p{j}\n{round(weight, 1) + 0.0:+.1f}")
            axes.text(*place, text, ha="center", va="center", fontsize=9)
        axes.text(1.2, low + 0.5, style.minus(f"bias\n{B1[i, 0]:+.1f}"), va="center")
        axes.text(2.1, low + 0.72, f"on for {', '.join(in_common(on[i]))}", va="center")
        for k, image in enumerate(on[i]):
            draw.image(axes, image, 2.1 + 0.6 * k, low, 0.5)
    axes.set(xlim=(-0.1, 5), ylim=(low - 0.1, 1.1), aspect="equal")
    axes.set_title(
        style.minus(
            "Four nodes of the first layer: weights of the pixels (black is 1,\n"
            "white -1), bias, and the images for which the output is over 1/2"
        )
    )
    axes.axis("off")
    return figure


PICTURES = {"recognition_nodes.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
