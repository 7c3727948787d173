"""The exercise datasets: truth tables, the sixteen 2x2 images, and the same in shades of grey.

What it teaches: a dataset is a list of inputs with the desired output of each. The names of
the images are read from their one-hot columns.

    python -m figures.datasets                    writes truth_tables.png and images.png
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


@style.sheet
def draw_tables():
    figure, (left, right) = plt.subplots(1, 2, figsize=(style.WIDTH, 2.4), width_ratios=(2, 1))
    tables = [truth_table(gate) for gate in GATES]
    outputs = np.hstack([Y for X, Y in tables])
    table(left, tables[0][0], outputs, ["a", "b", *GATES], "Two inputs, six gates")
    table(right, *truth_table("xor", 3), ["a", "b", "c", "xor"], "XOR of three inputs")
    return figure


def name(y):
    """Return the kind of shape that four outputs, desired or predicted, stand for."""
    return " ".join(kind for kind, output in zip(KINDS, y) if output > 0.5) or "no name"


def draw_all(axes, images, Y, title):
    """Draw the sixteen images in two rows; two of a kind stand side by side."""
    for i, (image, y) in enumerate(zip(images, Y)):
        left, low = i % 8 * 1.1 + i % 8 // 2 * 0.5, -1.5 * (i // 8)
        style.show_image(axes, image, left, low)
        if i % 2 == 0:
            axes.text(left + 1.05, low + 1.08, name(y), ha="center", va="bottom")
    axes.set(xlim=(-0.1, 10.3), ylim=(-1.6, 1.4))
    axes.set_title(title)
    axes.axis("off")


@style.sheet
def draw_images():
    X, Y = image2x2()
    grey, _ = image2x2_set(rng=np.random.default_rng(0))
    figure, (top, bottom) = plt.subplots(2, 1, figsize=(style.WIDTH, 4.5))
    draw_all(top, X, Y, "All 2x2 images in black and white")
    draw_all(bottom, grey, Y, "The same in shades of grey")
    return figure


PICTURES = {"truth_tables.png": draw_tables, "images.png": draw_images}

if __name__ == "__main__":
    style.main(PICTURES)
