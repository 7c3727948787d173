"""Where the two sums of back propagation come from: two nodes, two nodes, and two samples.

What it teaches: a weight acts on the loss once for each sample, so its gradient is a sum over
the samples. A hidden node acts on the loss along each edge that leaves it, so its gradient is
a sum over these edges. A matrix product does these sums for all weights or nodes at once.

    python -m figures.sums
"""

import matplotlib.pyplot as plt
import numpy as np

from figures import style

a1 = np.array([[0.5, 1.0], [2.0, 0.0]])  # rows are hidden nodes, columns samples
W2 = np.array([[1.0, 2.0], [3.0, -1.0]])  # rows are outputs, columns hidden nodes
dz2 = np.array([[0.1, -0.2], [0.3, 0.4]])  # rows are outputs, columns samples

VALUE, GRADIENT = style.PREDICTED["color"], style.GRADIENT["color"]
USED = "#F6DCE3"  # behind the numbers that a sum is made of
CENTER = {"ha": "center", "va": "center"}

# In points, 1/72 inch.
CELL_WIDTH, CELL_HEIGHT = 42, 22
LEFT, RIGHT, HEIGHTS = 50, 220, (177, 120)  # of the nodes


def node(axes, x, y, name, value, color):
    """Draw a node with a value in it and the value's name above."""
    axes.add_patch(plt.Circle((x, y), 17, facecolor="white", edgecolor="black", zorder=3))
    axes.text(x, y, style.number(value), weight="bold", zorder=4, **CENTER)
    axes.text(x, y + 25, name, color=color, **CENTER)


def add_up(axes, ones, others, name):
    """Write the products of two pairs of numbers below each other, a line, and their sum."""
    for one, other, y in zip(ones, others, HEIGHTS):
        text = f"{style.number(one)} × {style.number(other)} = {style.number(one * other)}"
        axes.text(350, y, text, **CENTER)
    axes.plot([278, 422], [106, 106], color="black", linewidth=0.8)
    text = f"sum: {name} = {style.number(ones @ others)}"
    axes.text(350, 94, text, weight="bold", **CENTER)


def matrix(axes, left, name, entries, color, used):
    """Draw a matrix with its name above it. used: the entries that are shaded, as a mask."""
    for (i, j), value in np.ndenumerate(entries):
        x = left + j * CELL_WIDTH
        y = (1 - i) * CELL_HEIGHT
        face = USED if used[i][j] else "white"
        weight = "bold" if used[i][j] else "normal"
        axes.add_patch(plt.Rectangle((x, y), CELL_WIDTH, CELL_HEIGHT, fc=face, ec="0.6"))
        place = x + CELL_WIDTH / 2, y + CELL_HEIGHT / 2
        axes.text(*place, style.number(value), weight=weight, **CENTER)
    axes.text(left + CELL_WIDTH, 2 * CELL_HEIGHT + 10, name, color=color, **CENTER)


def equation(axes, left, right, result):
    """Draw one matrix @ another = a third, each with its name, its entries and its colour.

    Shaded are a row of the first, a column of the second, and the sum of their products.
    """
    matrix(axes, 25, *left, used=[[1, 1], [0, 0]])
    matrix(axes, 178, *right, used=[[1, 0], [1, 0]])
    matrix(axes, 331, *result, used=[[1, 0], [0, 0]])
    axes.text(144, CELL_HEIGHT, "@", fontsize=12, **CENTER)
    axes.text(297, CELL_HEIGHT, "=", fontsize=12, **CENTER)
    axes.text(220, -15, "@: the matrix product, each row times each column", **CENTER)


def sheet_of_paper(title):
    """Return a figure with a title, and its axes, whose unit is a point."""
    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.7))
    axes.set_title(title)
    axes.set(xlim=(0, 440), ylim=(-24, 210), aspect="equal")
    axes.axis("off")
    return figure, axes


@style.sheet
def sum_over_samples():
    """Draw dW2[0, 0]: one edge, twice, for two samples."""
    dW2 = dz2 @ a1.T
    figure, axes = sheet_of_paper("The gradient of one weight is a sum over the samples")
    for sample, y in enumerate(HEIGHTS):
        axes.plot([LEFT, RIGHT], [y, y], color="black")
        axes.text((LEFT + RIGHT) / 2, y + 10, f"W2[0, 0] in sample {sample}", **CENTER)
        node(axes, LEFT, y, f"a1[0, {sample}]", a1[0, sample], VALUE)
        node(axes, RIGHT, y, f"dz2[0, {sample}]", dz2[0, sample], GRADIENT)
    add_up(axes, dz2[0], a1[0], "dW2[0, 0]")
    equation(axes, ("dz2", dz2, GRADIENT), ("a1.T", a1.T, VALUE), ("dW2", dW2, GRADIENT))
    return figure


@style.sheet
def sum_over_edges():
    """Draw da1[0, 0]: two edges that leave one node, for one sample."""
    da1 = W2.T @ dz2
    figure, axes = sheet_of_paper("The gradient of one hidden node is a sum over its edges")
    node(axes, LEFT, 148, "da1[0, 0]", da1[0, 0], GRADIENT)
    for output, y in enumerate(HEIGHTS):
        axes.plot([LEFT, RIGHT], [148, y], color="black")
        text = f"W2[{output}, 0] = {style.number(W2[output, 0])}"
        away = 18 - 36 * output  # above the upper edge, below the lower one
        axes.text((LEFT + RIGHT) / 2, (148 + y) / 2 + away, text, **CENTER)
        node(axes, RIGHT, y, f"dz2[{output}, 0]", dz2[output, 0], GRADIENT)
    add_up(axes, W2[:, 0], dz2[:, 0], "da1[0, 0]")
    equation(axes, ("W2.T", W2.T, "black"), ("dz2", dz2, GRADIENT), ("da1", da1, GRADIENT))
    return figure


PICTURES = {"sum_over_samples.png": sum_over_samples, "sum_over_edges.png": sum_over_edges}

if __name__ == "__main__":
    style.main(PICTURES)
