"""The truth tables of the gates.

What it teaches: a dataset is a list of inputs with the desired output of each.

    python -m figures.truth_tables
"""

import matplotlib.pyplot as plt
import numpy as np

from dataset import GATES, truth_table
from figures import style

ROWS = 8  # of the larger table: in both they are equally high


def table(axes, X, Y, names, title):
    """Draw a truth table: a row per sample, true in black; there is room for ROWS rows."""
    cells = np.hstack([X, Y])
    n_inputs = X.shape[1]
    axes.imshow(cells, cmap="gray_r", vmin=-0.1, vmax=1.25, aspect="auto")
    for (i, j), value in np.ndenumerate(cells):
        color = "white" if value else "black"
        axes.text(j, i, f"{value:.0f}", ha="center", va="center", color=color)
    axes.set_xticks(range(len(names)), names)
    axes.set_yticks([])
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(False)
    for line in np.arange(1, cells.shape[1]):
        gap = 14 if line == n_inputs else 2  # a broad gap between inputs and outputs
        axes.axvline(line - 0.5, color="white", linewidth=gap)
    for line in np.arange(1, len(cells)):
        axes.axhline(line - 0.5, color="white", linewidth=2)
    for part, middle in ("inputs", n_inputs / 2), ("desired", (n_inputs + len(names)) / 2):
        axes.text(middle - 0.5, -1.5, part, ha="center", va="center")
    axes.set_ylim(ROWS - 0.5, -0.5)
    axes.set_title(title, pad=34)  # above the names and the two parts


@style.sheet
def picture():
    figure, (left, right) = plt.subplots(1, 2, figsize=(style.WIDTH, 3.2), width_ratios=(2, 1))
    tables = [truth_table(gate) for gate in GATES]
    outputs = np.hstack([Y for X, Y in tables])
    table(
        left,
        tables[0][0],
        outputs,
        ["x0", "x1", *map(str.upper, GATES)],
        "Two inputs, six gates",
    )
    table(right, *truth_table("xor", 3), ["x0", "x1", "x2", "XOR"], "XOR of three inputs")
    return figure


PICTURES = {"truth_tables.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
