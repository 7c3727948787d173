"""How well cubic.py learns x^3 - 15x with one hidden node to ten.

What it teaches: three nodes are enough for the shape, and more than eight don't help. An inset
shows the shape, because other pictures show x^3 + 15x, which only rises.

    python -m figures.how_many_nodes
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from dataset import polynomial
from figures import style

COEFFICIENTS, NAME = (1, 0, -15, 0), style.minus("x³ - 15x")
NODES = 1, 2, 3, 4, 8, 10
ABOVE = {"xytext": (0, 8), "textcoords": "offset points", "ha": "center"}


def error(n_hidden):
    """Return the rms error in percent of the standard deviation of y."""
    x, y = polynomial(COEFFICIENTS, -5, 5, 50)
    parameters, _ = cubic.fit(x, y, n_hidden, np.random.default_rng(0))
    return 100 * np.sqrt(np.mean((cubic.predict(x, parameters) - y) ** 2)) / y.std()


@style.sheet
def picture():
    figure, axes = plt.subplots(figsize=(style.WIDTH, 4))
    errors = [error(n_hidden) for n_hidden in NODES]
    axes.semilogy(NODES, errors, "o", markersize=8, color=style.PREDICTED["color"])
    for place in zip(NODES, errors):
        axes.annotate(f"{style.number(place[1], 2)} %", place, **ABOVE)
    axes.text(1.5, 35, "too few", ha="center")
    axes.text(2.7, 1.5, "enough", ha="right", va="center")
    axes.text(9, 0.16, "beyond 8: no better", ha="center")
    axes.set_title(f"Three hidden nodes are enough for the shape of {NAME}")
    axes.set(xlabel="hidden nodes", ylabel="error (rms) as a share\nof y's standard deviation")
    axes.set(xticks=NODES, xlim=(0, 11), ylim=(0.1, 200))
    axes.yaxis.set_major_formatter("{x:g} %")  # no small exponents

    inset = axes.inset_axes((0.55, 0.5, 0.4, 0.36), xticks=(), yticks=())
    inset.plot(*polynomial(COEFFICIENTS, -5, 5, 101), **style.DESIRED)
    inset.spines[:].set_visible(True)
    inset.set_title("the shape to learn", fontsize=10)
    return figure


PICTURES = {"how_many_nodes.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
