"""How well cubic.py learns x^3 - 15x with one hidden node to ten.

What it teaches: three nodes are enough for the shape, and more than eight don't help. A sketch
shows the curve, because other pictures show x^3 + 15x, which only rises.

    python -m figures.how_many_nodes
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from dataset import polynomial
from figures import style

COEFFICIENTS, NAME = (1, 0, -15, 0), style.minus("x³ - 15x")
SEEDS = range(5)  # of the networks for each number of nodes
BLUE = style.PREDICTED["color"]
ABOVE = {"xytext": (0, 8), "textcoords": "offset points", "ha": "center", "fontsize": 9}


def error(n_hidden, seed):
    """Return the rms error in percent of the standard deviation of y."""
    x, y = polynomial(COEFFICIENTS, -5, 5, 50)
    parameters, _ = cubic.fit(x, y, n_hidden, np.random.default_rng(seed))
    return 100 * np.sqrt(np.mean((cubic.predict(x, parameters) - y) ** 2)) / y.std()


def sketch(figure):
    """Draw a small curve without axes, in the empty part of the picture."""
    axes = figure.add_axes((0.66, 0.49, 0.24, 0.2))
    x, y = polynomial(COEFFICIENTS, -5, 5, 101)
    axes.plot(x, y, **style.DESIRED)
    axes.axis("off")


@style.sheet
def picture():
    figure, axes = plt.subplots(figsize=(style.WIDTH, 4))
    for n_hidden in range(1, 11):
        errors = [error(n_hidden, seed) for seed in SEEDS]
        aside = n_hidden + np.linspace(-0.15, 0.15, len(errors))
        axes.semilogy(aside, errors, "o", markersize=4, color=BLUE)
        label = style.percent(np.median(errors))
        axes.annotate(label, (n_hidden, max(errors)), **ABOVE)
    axes.text(1, 55, "one S-shaped\nstep: too few", ha="center", va="top", fontsize=9)
    axes.text(2.3, 70, "stuck", va="center", fontsize=9)
    axes.text(5, 2.3, "five nodes need\nmore iterations", ha="center", fontsize=9)
    note = f"a dot: one of {len(SEEDS)} networks, each from another seed,\n"
    note += "after 3,000 iterations\na number: the median of the dots below it"
    axes.text(10.6, 170, note, ha="right", va="top")
    sketch(figure)
    axes.text(8.3, 2.9, f"{NAME} rises,\nfalls and rises", ha="center", va="center")
    axes.set_title(f"Three hidden nodes are enough for the shape of {NAME}")
    axes.set(xlabel="hidden nodes", ylabel="rms error as a share of\ny's standard deviation")
    axes.set(xticks=range(1, 11), xlim=(0.1, 10.7), ylim=(0.1, 200))
    axes.yaxis.set_major_formatter("{x:g} %")  # no small exponents
    return figure


PICTURES = {"how_many_nodes.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
