"""What cubic.py learns with eight hidden nodes, how many it takes, and where it fails.

What it teaches: inside the range of the samples the network's curve lies on the desired one,
if it has three hidden nodes or more. Outside of it the network knows nothing.

    python -m figures.cubic
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from dataset import polynomial
from figures import style

COEFFICIENTS, NAME = (1, 0, -15, 0), style.minus("x³ - 15x")
SEEDS = range(3)  # of the networks for each number of nodes
BLUE = style.PREDICTED["color"]


def percent(error):
    """Return an rms error, in percent, with two digits."""
    return f"{error:#.2g}".rstrip(".") + " %"


def learn(coefficients, n_hidden=8, rng=0):
    """Return the learned curve, and its rms error in percent of the standard deviation."""
    x, y = polynomial(coefficients, -5, 5, 50)
    curve, _ = cubic.fit(x, y, n_hidden, rng)
    return curve, 100 * np.sqrt(np.mean((curve(x) - y) ** 2)) / y.std()


def scaled(coefficients):
    """Return 50 samples, x and y, as cubic.fit scales them (y's mean is 0), and y's spread."""
    x, y = polynomial(coefficients, -5, 5, 50)
    return x / 5, y / y.std(), y.std()


def draw_curves(axes, x, y, y_hat):
    """Draw the predicted curve, and the desired one dashed over it."""
    axes.plot(x, y_hat, linewidth=5, label="predicted", **style.PREDICTED)
    axes.plot(x, y, label="desired", **style.DESIRED)


@style.sheet
def draw_approximation():
    """x^3 + 15x and x^3 - 15x, as cubic.py learns them with eight hidden nodes."""
    figure, panels = plt.subplots(1, 2, figsize=(style.WIDTH, 3.6))
    for axes, name, c in zip(panels, ("x³ + 15x", NAME), (15, -15)):
        curve, error = learn((1, 0, c, 0))
        x, y = polynomial((1, 0, c, 0), -5, 5, 201)
        draw_curves(axes, x, y, curve(x))
        axes.set_title(name, weight="bold", fontsize=13)
        axes.set(xlabel="x", xticks=(-5, 0, 5), ylim=(1.3 * y.min(), 1.1 * y.max()))
        note = f"rms error {percent(error)} of\nthe standard deviation"
        axes.text(5.3, 1.25 * y.min(), note, ha="right")
    panels[0].set_ylabel("y")
    panels[0].legend(loc="upper left")
    return figure


@style.sheet
def draw_outside():
    curve, _ = learn(COEFFICIENTS)
    x, y = polynomial(COEFFICIENTS, -14, 14, 281)
    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.8))
    axes.axvspan(-5, 5, color="0.92")
    draw_curves(axes, x, y, curve(x))
    axes.text(0, -370, style.minus("trained on samples\nfrom -5 to 5"), ha="center")
    axes.text(6.8, 340, f"{NAME} runs away", ha="right")
    axes.text(13.8, 205, "the network\nends flat", ha="right", va="top", color=BLUE)
    axes.set(xlabel="x", ylabel="y", xticks=range(-10, 11, 5), ylim=(-400, 400))
    return figure


@style.sheet
def draw_nodes():
    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.8))
    for n_hidden in range(1, 11):
        errors = [learn(COEFFICIENTS, n_hidden, seed)[1] for seed in SEEDS]
        axes.semilogy([n_hidden] * len(errors), errors, "o", color=BLUE, alpha=0.5)
        label = {"text": percent(np.median(errors)), "xy": (n_hidden, max(errors))}
        axes.annotate(**label, xytext=(0, 8), textcoords="offset points", ha="center")
    axes.text(1.5, 30, "stuck", ha="center")
    note = f"a dot: a network from one of {len(SEEDS)} seeds\nthe number: their median"
    axes.text(10.4, 100, note, ha="right", va="center")
    axes.set(xlabel=f"hidden nodes, for {NAME}", ylabel="rms error, of the standard deviation")
    axes.set(xticks=range(1, 11), ylim=(0.1, 200))
    axes.yaxis.set_major_formatter("{x:g} %")  # no small exponents
    return figure


PICTURES = {
    "approximation.png": draw_approximation,
    "outside.png": draw_outside,
    "nodes.png": draw_nodes,
}

if __name__ == "__main__":
    style.main(PICTURES)
