"""The exercise datasets: truth tables, the sixteen 2x2 images, and the same in shades of grey.

What it teaches: a dataset is a list of inputs with the desired output of each. The names of
the images are read from their one-hot columns.

    python -m figures.datasets
"""

import matplotlib.pyplot as plt
import numpy as np

from dataset import GATES, KINDS, image2x2, image2x2_set, truth_table
from figures import style


def table(axes, X, Y, names, title):
    """Draw a truth table: a row per sample, true in black."""
    cells = np.hstack([X, Y])
    axes.imshow(cells, cmap="gray_r", vmin=-0.1, vmax=1.25, aspect="auto")
    for (i, j), value in np.ndenumerate(cells):
        color = "white" if value else "black"
        axes.text(j, i, f"{value:.0f}", ha="center", va="center", color=color)
    axes.set_xticks(range(len(names)), names)
    axes.set_yticks([])
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(False)
    for line in np.arange(1, cells.shape[1]):
        gap = 6 if line == X.shape[1] else 2  # a broad gap between inputs and outputs
        axes.axvline(line - 0.5, color="white", linewidth=gap)
    for line in np.arange(1, len(cells)):
        axes.axhline(line - 0.5, color="white", linewidth=2)
    axes.set_title(title)


def name(y):
    """Return the kind of shape that a one-hot row stands for."""
    return " ".join(kind for kind, one in zip(KINDS, y) if one) or "no name"


@style.sheet
def draw():
    figure = plt.figure(figsize=(style.WIDTH, 7.4))
    top, middle, bottom = figure.subfigures(3, 1, height_ratios=(1.1, 1, 0.85))
    left, right = top.subplots(1, 2, width_ratios=(2, 1))
    gates = [truth_table(gate) for gate in GATES]
    outputs = np.hstack([Y for X, Y in gates])
    table(left, gates[0][0], outputs, ["a", "b", *GATES], "Two inputs, six gates")
    table(right, *truth_table("xor", 3), ["a", "b", "c", "xor"], "XOR of three inputs")

    X, Y = image2x2()
    grey, _ = image2x2_set(rng=np.random.default_rng(0))
    for part, images, title in (
        (middle, X, "All 2x2 images in black and white"),
        (bottom, grey, "The same in shades of grey, never twice alike"),
    ):
        part.suptitle(title, fontsize=11)
        for axes, image, y in zip(part.subplots(2, 8).flat, images, Y):
            style.show_image(axes, image)
            if part is middle:
                axes.set_title(name(y), fontsize=9)
    return figure


PICTURES = {"datasets.png": draw}

if __name__ == "__main__":
    style.main(PICTURES)
