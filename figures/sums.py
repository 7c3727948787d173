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
LEFT, RIGHT, RESULT = 50, 220, 350  # of the sketches


def node(axes, x, y, name, value, color):
    """Draw a node with a value in it and the value's name above."""
    axes.add_patch(plt.Circle((x, y), 16, facecolor="white", edgecolor="black", zorder=3))
    axes.text(x, y, style.number(value), color=color, weight="bold", zorder=4, **CENTER)
    axes.text(x, y + 24, name, color=color, **CENTER)


def product(axes, y, one, other):
    """Write the product of two numbers, beside the edge that it belongs to."""
    text = f"{style.number(one)} × {style.number(other)} = {style.number(one * other)}"
    axes.text(RESULT, y, text, color=GRADIENT, **CENTER)


def total(axes, y, name, value):
    """Draw a line below the products, and below the line their sum."""
    axes.plot([RESULT - 72, RESULT + 72], [y + 14, y + 14], color="black", linewidth=0.8)
    text = f"sum: {name} = {style.number(value)}"
    axes.text(RESULT, y, text, color=GRADIENT, weight="bold", **CENTER)


def matrix(axes, left, middle, name, entries, what, used):
    """Draw a matrix, with its name above it, and below it what its rows and columns are.

    used: the indices of the entries that belong to the sum. They are shaded.
    """
    low = middle - CELL_HEIGHT
    for (i, j), value in np.ndenumerate(entries):
        marked = (i, j) in used
        x = left + j * CELL_WIDTH
        y = low + (1 - i) * CELL_HEIGHT
        face = USED if marked else "white"
        axes.add_patch(plt.Rectangle((x, y), CELL_WIDTH, CELL_HEIGHT, fc=face, ec="0.6"))
        text = style.number(value)
        weight = "bold" if marked else "normal"
        axes.text(x + CELL_WIDTH / 2, y + CELL_HEIGHT / 2, text, weight=weight, **CENTER)
    axes.text(left + CELL_WIDTH, low + 2 * CELL_HEIGHT + 11, name, **CENTER)
    rows, columns = what
    note = f"rows: {rows}\ncolumns: {columns}"
    axes.text(left + CELL_WIDTH, low - 5, note, fontsize=9, ha="center", va="top")


def equation(axes, *matrices):
    """Draw one matrix @ another = a third. matrices: for each of them, what matrix() takes."""
    for left, sign, entry in zip((25, 178, 331), ("", "@", "="), matrices):
        matrix(axes, left, 58, *entry)
        axes.text(left - 34, 58, sign, fontsize=12, **CENTER)


def draw_weight(axes):
    """Draw dW2[0, 0]: one edge, twice, for two samples."""
    dW2 = dz2 @ a1.T
    axes.set_title("The gradient of one weight, W2[0, 0]: a sum over the samples")
    axes.text(RESULT, 232, "dz2 × a1", color=GRADIENT, **CENTER)
    for sample, y in (0, 208), (1, 150):
        axes.plot([LEFT, RIGHT], [y, y], color="black")
        axes.text((LEFT + RIGHT) / 2, y + 10, f"W2[0, 0], sample {sample}", **CENTER)
        node(axes, LEFT, y, f"a1[0, {sample}]", a1[0, sample], VALUE)
        node(axes, RIGHT, y, f"dz2[0, {sample}]", dz2[0, sample], GRADIENT)
        product(axes, y, dz2[0, sample], a1[0, sample])
    total(axes, 124, "dW2[0, 0]", dW2[0, 0])
    equation(
        axes,
        ("dz2", dz2, ("outputs", "samples"), [(0, 0), (0, 1)]),
        ("a1.T", a1.T, ("samples", "hidden"), [(0, 0), (1, 0)]),
        ("dW2", dW2, ("outputs", "hidden"), [(0, 0)]),
    )


def draw_node(axes):
    """Draw da1[0, 0]: two edges that leave one node, for one sample."""
    da1 = W2.T @ dz2
    axes.set_title("The gradient of one hidden node for sample 0: a sum over its edges")
    axes.text(RESULT, 232, "W2 × dz2", color=GRADIENT, **CENTER)
    middle = 179
    node(axes, LEFT, middle, "da1[0, 0]", da1[0, 0], GRADIENT)
    for output, y in (0, 208), (1, 150):
        weight = W2[output, 0]
        axes.plot([LEFT, RIGHT], [middle, y], color="black")
        text = f"W2[{output}, 0] = {style.number(weight)}"
        away = 18 - 36 * output  # above the upper edge, below the lower one
        axes.text((LEFT + RIGHT) / 2, (middle + y) / 2 + away, text, **CENTER)
        node(axes, RIGHT, y, f"dz2[{output}, 0]", dz2[output, 0], GRADIENT)
        product(axes, y, weight, dz2[output, 0])
    total(axes, 124, "da1[0, 0]", da1[0, 0])
    equation(
        axes,
        ("W2.T", W2.T, ("hidden", "outputs"), [(0, 0), (0, 1)]),
        ("dz2", dz2, ("outputs", "samples"), [(0, 0), (1, 0)]),
        ("da1", da1, ("hidden", "samples"), [(0, 0)]),
    )


@style.sheet
def picture():
    figure, (above, below) = plt.subplots(2, 1, figsize=(style.WIDTH, 7.6))
    draw_weight(above)
    draw_node(below)
    names = (
        "a1: the output of a hidden node. dz2: how the loss changes with z2 of an output.\n"
        "In brackets, counted from 0: [node, sample], and for a weight [output, hidden node]."
    )
    figure.suptitle(names, fontsize=9)
    note = "The shaded numbers make the sum. The matrix product does all such sums at once."
    figure.supxlabel(note, fontsize=9)
    for axes in above, below:
        axes.set(xlim=(0, 440), ylim=(5, 245), aspect="equal")
        axes.axis("off")
    return figure


PICTURES = {"sums.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
