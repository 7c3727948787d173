"""How well cubic.py learns with one hidden node to ten.

What it teaches: three nodes give the shape, and beyond eight more of them don't help.

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


def error(n_hidden, seed):
    """Return the rms error in percent of the standard deviation of y."""
    x, y = polynomial(COEFFICIENTS, -5, 5, 50)
    parameters, _ = cubic.fit(x, y, n_hidden, np.random.default_rng(seed))
    return 100 * np.sqrt(np.mean((cubic.predict(x, parameters) - y) ** 2)) / y.std()


@style.sheet
def picture():
    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.8))
    for n_hidden in range(1, 11):
        errors = [error(n_hidden, seed) for seed in SEEDS]
        aside = n_hidden + np.linspace(-0.15, 0.15, len(errors))
        axes.semilogy(aside, errors, "o", markersize=4, color=BLUE)
        label = {"text": style.percent(np.median(errors)), "xy": (n_hidden, max(errors))}
        axes.annotate(**label, xytext=(0, 8), textcoords="offset points", ha="center")
    axes.text(0.55, 50, "best of\none step", va="top", fontsize=9)
    axes.text(2.1, 50, "stuck", ha="center", va="top", fontsize=9)
    axes.text(5, 2.1, "only\nslower", ha="center")
    note = f"a dot: a network from one of {len(SEEDS)} seeds,\nafter 3,000 iterations\n"
    note += "the number: their median"
    axes.text(10.4, 100, note, ha="right", va="center")
    axes.set(xlabel=f"hidden nodes, for {NAME}", ylabel="rms error, of y's standard deviation")
    axes.set(xticks=range(1, 11), ylim=(0.1, 200))
    axes.yaxis.set_major_formatter("{x:g} %")  # no small exponents
    return figure


PICTURES = {"how_many_nodes.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
