"""What 2x2_image_recognition.py says about images it has never seen, and how it looks at them.

What it teaches: the network answers with four numbers, and the kind that is over one half
counts. A node of the first layer compares an image with its weights: some pixels have to be
black, others white, and some don't matter.

    python -m figures.recognition         writes recognition.png and recognition_nodes.png
"""

import importlib

import matplotlib.pyplot as plt
import numpy as np

from dataset import KINDS, image2x2, image2x2_set
from figures import style

recognition = importlib.import_module("2x2_image_recognition")

SHOWN = [1, 2, 4, 6, 9, 14]  # of the 16 shapes
RIGHT, WRONG = "\N{CHECK MARK}", "\N{BALLOT X}"


def trained(rng):
    """Return the parameters after training as the script does by default."""
    X, Y = image2x2_set(40, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    recognition.train(X, Y, parameters)
    return parameters


def name(y):
    """Return the kind of shape that four outputs stand for."""
    return " ".join(kind for kind, output in zip(KINDS, y) if output > 0.5) or "no name"


def draw_answer(axes, image, y, y_hat, wrong):
    """Draw an image, beside it the four outputs as bars, and above it the answer."""
    style.show_image(axes, image, 0, 0)
    x = np.arange(4) / 3 + 1.3
    axes.bar(x, y_hat, width=0.25, color=style.PREDICTED["color"])
    axes.plot([1.15, 2.45], [0.5, 0.5], linewidth=1, **style.DESIRED)
    axes.plot([1.15, 2.45], [0, 0], color="black", linewidth=0.8)
    for place, kind in zip(x, KINDS):
        axes.text(place, -0.12, kind[0], ha="center", va="top", fontsize=9)
    answer = f"{WRONG} {name(y_hat)}, is {name(y)}" if wrong else f"{RIGHT} {name(y_hat)}"
    axes.set_title(answer, fontsize=10)
    axes.set(xlim=(-0.05, 2.5), ylim=(-0.4, 1.2), aspect="equal")
    axes.axis("off")


@style.sheet
def draw():
    rng = np.random.default_rng(0)
    parameters = trained(rng)
    figure = plt.figure(figsize=(style.WIDTH, 5.6))
    clear, murky = figure.subfigures(2, 1, height_ratios=(2, 1.1))
    for part, grey_range in (clear, 0.2), (murky, 0.5):
        images, Y = image2x2_set(grey_range=grey_range, rng=rng)
        Y_hat, wrong, _ = recognition.judge(images, Y, parameters)
        count = f"{wrong.sum() or 'none'} of {len(wrong)} wrong"
        part.suptitle(
            f"Images it has never seen: {count}" if part is clear
            else f"In murkier greys: {count}, here three", fontsize=11
        )  # fmt: skip
        shown = SHOWN if part is clear else np.flatnonzero(wrong)[:3]
        panels = part.subplots(len(shown) // 3, 3)
        for axes, i in zip(panels.flat, shown):
            draw_answer(axes, images[i], Y[i], Y_hat[i], wrong[i])
    figure.supxlabel(
        f"bars: the outputs for {', '.join(KINDS)}; over one half counts", fontsize=9
    )
    return figure


def condition(images):
    """Return in words which pixels are the same in all images, and how many images that are."""
    fixed = [j for j in range(4) if np.ptp(images[:, j]) == 0]
    words = [f"p{j} {'black' if images[0, j] else 'white'}" for j in fixed]
    return ", ".join(words), 2 ** (4 - len(fixed))


@style.sheet
def draw_nodes():
    """Draw the four largest of those nodes that are on for all images with certain pixels."""
    parameters = trained(np.random.default_rng(0))
    W1, X = parameters[0], image2x2()[0]
    X = X[np.lexsort(X.T)]
    _, _, a1, *_ = recognition.forward(X, parameters)
    on = [X[a > 0.5] for a in a1]
    nodes = [
        i for i in np.argsort(-np.abs(W1).sum(axis=1)) if condition(on[i])[1] == len(on[i])
    ]
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
        axes.text(1.4, low + 0.72, f"on for {condition(on[i])[0]}", va="center")
        for k, image in enumerate(on[i]):
            style.show_image(axes, image, 1.4 + 0.6 * k, low, 0.5)
    axes.set(xlim=(-0.1, 6.3), ylim=(low - 0.1, 1.1), aspect="equal")
    axes.set_title(
        "Four nodes of the first layer: weights of the pixels,\n"
        "and the images for which the output is above one half"
    )
    axes.axis("off")
    return figure


PICTURES = {"recognition.png": draw, "recognition_nodes.png": draw_nodes}

if __name__ == "__main__":
    style.main(PICTURES)
