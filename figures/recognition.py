"""What 2x2_image_recognition.py says about images it has never seen, and how it looks at them.

What it teaches: the network answers with four numbers, and the kind that is over one half
counts. A node of the first layer compares an image with its weights: some pixels have to be
black, others white, and some matter little.

    python -m figures.recognition         writes recognition.png and recognition_nodes.png
"""

import importlib
from functools import cache

import matplotlib.pyplot as plt
import numpy as np

from dataset import KINDS, image2x2, image2x2_set
from figures import style
from figures.datasets import name

recognition = importlib.import_module("2x2_image_recognition")

SHOWN = [1, 2, 4, 6, 9, 14]  # of the 16 shapes
WHICH = ("white", "black", "top", "bottom", "left", "right", "\\", "/")  # those with a name
RIGHT, WRONG = "\N{CHECK MARK}", "\N{BALLOT X}"


@cache
def trained():
    """Return the parameters after training as the script does by default."""
    rng = np.random.default_rng(0)
    X, Y = image2x2_set(40, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    recognition.train(X, Y, parameters)
    return parameters


def draw_answer(axes, image, y_hat, answer):
    """Draw an image, beside it the four outputs as bars, and above it the answer."""
    style.show_image(axes, image, 0, 0)
    x = np.arange(4) / 3 + 1.3
    axes.bar(x, y_hat, width=0.25, color=style.PREDICTED["color"])
    axes.plot([1.15, 2.45], [0.5, 0.5], linewidth=1, **style.DESIRED)
    for height in 0, 1:
        axes.plot([1.15, 2.45], [height, height], color="black", linewidth=0.8, zorder=0)
    for height in 0, 0.5, 1:
        axes.text(2.5, height, f"{height:g}", va="center", fontsize=9)
    for place, kind in zip(x, KINDS):
        axes.text(place, -0.28, kind[0], ha="center", va="top", fontsize=9)
    axes.set_title(answer, fontsize=10)
    axes.set(xlim=(-0.05, 2.8), ylim=(-0.56, 1.2), aspect="equal")
    axes.axis("off")


@style.sheet
def draw():
    rng = np.random.default_rng(1)
    figure = plt.figure(figsize=(style.WIDTH, 5.8))
    clear, murky = figure.subfigures(2, 1, height_ratios=(2, 1.2))
    for part, grey_range in (clear, 0.2), (murky, 0.5):
        images, Y = image2x2_set(2000, grey_range=grey_range, rng=rng)
        Y_hat, wrong, _ = recognition.judge(images, Y, trained())
        if part is clear:
            part.suptitle(f"Images it has never seen: {wrong.sum()} of {len(wrong)} wrong")
            shown = SHOWN
        else:
            part.suptitle(f"In murkier greys: {100 * wrong.mean():.0f} % wrong, such as these")
            shown = [np.flatnonzero(wrong & (Y[:, kind] == 1))[0] for kind in range(3)]
        panels = part.subplots(len(shown) // 3, 3)
        for axes, i in zip(panels.flat, shown):
            answer = f"{RIGHT} {name(Y_hat[i])}"
            if wrong[i]:
                answer = f"{WRONG} {name(Y_hat[i])};\nis {name(Y[i])}, {WHICH[i % 16]}"
            draw_answer(axes, images[i], Y_hat[i], answer)
    figure.supxlabel(
        f"bars: the outputs for {', '.join(KINDS)}; over one half counts", fontsize=9
    )
    return figure


def in_common(images):
    """Return in words which pixels are the same in all images."""
    same = [j for j in range(4) if np.ptp(images[:, j]) == 0]
    return [f"p{j} {'black' if images[0, j] else 'white'}" for j in same]


@style.sheet
def draw_nodes():
    """Draw four of the nodes that are on for just the images with two certain pixels.

    Those whose lowest output for these is farthest from the highest for all others.
    """
    W1, B1, *_ = trained()
    X, _ = image2x2()
    X = X[np.lexsort(X.T)]
    _, _, a1, *_ = recognition.forward(X, trained())
    on = [X[a > 0.5] for a in a1]
    gap = np.array([a[a > 0.5].min() - a[a <= 0.5].max() for a in a1])
    nodes = [i for i in np.argsort(-gap) if len(on[i]) == 4 and len(in_common(on[i])) == 2]
    largest = 1.4 * np.abs(W1).max()  # the darkest colours are too dark for black numbers

    figure, axes = plt.subplots(figsize=(style.WIDTH, 5.2))
    for row, i in enumerate(nodes[:4]):
        low = -1.35 * row
        colors = {"cmap": style.WEIGHTS, "vmin": -largest, "vmax": largest}
        style.show_image(axes, W1[i], 0, low, **colors)
        for j, weight in enumerate(W1[i]):
            place = 0.25 + j % 2 / 2, low + 0.75 - j // 2 / 2
            text = style.minus(f"p{j}\n{round(weight, 1) + 0.0:+.1f}")
            axes.text(*place, text, ha="center", va="center", fontsize=9)
        axes.text(1.2, low + 0.5, style.minus(f"bias\n{B1[i, 0]:+.1f}"), va="center")
        axes.text(2.1, low + 0.72, f"on for {', '.join(in_common(on[i]))}", va="center")
        for k, image in enumerate(on[i]):
            style.show_image(axes, image, 2.1 + 0.6 * k, low, 0.5)
    axes.set(xlim=(-0.1, 5), ylim=(low - 0.1, 1.1), aspect="equal")
    axes.set_title(
        style.minus(
            "Four nodes of the first layer: weights of the pixels (black is 1,\n"
            "white -1), bias, and the images for which the output is over 1/2"
        )
    )
    axes.axis("off")
    return figure


PICTURES = {"recognition.png": draw, "recognition_nodes.png": draw_nodes}

if __name__ == "__main__":
    style.main(PICTURES)
