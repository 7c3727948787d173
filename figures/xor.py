"""What the network of xor.py puts out over the whole unit square, as it learns.

What it teaches: a hidden node draws a line across the square, and the output is built from
these lines. XOR needs two of them. Four nodes find two good lines from every seed; two nodes
may end up with lines that leave two points on the fence, at one half, and stay there.

    python -m figures.xor
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D

import xor
from dataset import xor_2_input
from figures import style

MOMENTS = 0, 60, 2000  # iterations


def draw_square(axes, parameters):
    """Draw the output as shades, the line of each hidden node, and the four points."""
    W1, B1, W2, _ = parameters
    u, v = np.meshgrid(*[np.linspace(-0.3, 1.3, 81)] * 2)
    grid = np.column_stack([u.ravel(), v.ravel()])
    output = xor.predict(grid, parameters)
    shades = axes.contourf(
        u, v, output.reshape(u.shape), np.linspace(0, 1, 11), cmap=style.OUTPUTS, alpha=0.85
    )
    _, z1, *_ = xor.forward(grid, parameters)
    for z, weight in zip(z1, W2[0]):  # the line of a node is where its z is zero
        line = style.weight_line(weight, 9)
        axes.contour(
            u, v, z.reshape(u.shape), [0], colors=line["color"],
            linestyles=line["linestyle"], linewidths=line["linewidth"],
        )  # fmt: skip
    for (a, b), y in zip(*xor_2_input()):
        axes.plot(a, b, "o", markersize=15, markeredgecolor="black", markerfacecolor="white")
        axes.text(a, b, f"{y[0]:.0f}", ha="center", va="center_baseline")
    axes.set(aspect="equal", xticks=(0, 1), yticks=(0, 1))
    return shades


@style.sheet
def draw():
    figure, rows = plt.subplots(2, 3, figsize=(style.WIDTH, 5.9), sharex=True, sharey=True)
    X, Y = xor_2_input()
    for row, n_hidden, seed in (rows[0], 4, 0), (rows[1], 2, 27):
        parameters = xor.initialize(2, n_hidden, 1, np.random.default_rng(seed))
        for axes, start, end in zip(row, (0, *MOMENTS), MOMENTS):
            xor.train(X, Y, parameters, end - start)
            shades = draw_square(axes, parameters)
            loss, _ = xor.back_propagate(X, Y, parameters)
            moment = f"{end} iterations" if end else "untrained"
            axes.set_title(f"{moment}, loss {loss:.2g}", fontsize=10)
        result = "learned" if loss < 0.01 else "stuck"
        row[0].set_ylabel(f"{n_hidden} hidden nodes: {result}\n\nb")
    for axes in rows[1]:
        axes.set_xlabel("a")
    figure.colorbar(shades, ax=rows, label="output", ticks=(0, 0.5, 1), shrink=0.5)
    figure.legend(
        [Line2D([], [], **style.weight_line(sign, 1.5)) for sign in (1, -1)],
        ["where a hidden node has z = 0, positive weight", "negative weight; wide: large"],
        loc="outside lower center", ncols=2,
    )  # fmt: skip
    return figure


PICTURES = {"xor.png": draw}

if __name__ == "__main__":
    style.main(PICTURES)
