"""How three hidden nodes of cubic.py add up to a cubic, and how much better eight are.

What it teaches: each hidden node is one S-shaped step, and the curve is the sum of the steps.
Three steps make a cubic. With eight steps, less is left over.

    python -m figures.steps
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from dataset import polynomial
from figures import draw, style

COEFFICIENTS, NAME = (1, 0, -15, 0), style.minus("x³ - 15x")
TITLES = "up on the left", "+ down in the middle", "+ up on the right"
AT = 140  # the place where the numbers are: x = 2


def learn(n_hidden):
    """Return the parameters of cubic.py, and the rms error in percent of y's spread."""
    x, y = polynomial(COEFFICIENTS, -5, 5, 50)
    parameters, _ = cubic.fit(x, y, n_hidden, np.random.default_rng(0))
    loss, _ = cubic.back_propagate(x, y, parameters)
    return parameters, 100 * np.sqrt(loss) / y.std()


def steps(x, parameters):
    """Return what each hidden node adds, (nodes, samples), less its mean, and the rest.

    The rest is a constant: the sum of these means and of the output node's bias.
    """
    _, _, W2, B2 = parameters
    _, _, a1, _ = cubic.forward(x, parameters)
    parts = W2.T * a1
    means = parts.mean(axis=1, keepdims=True)
    return parts - means, means.sum() + B2.item()


def mark(axes, x, y, text):
    """Mark a place of a curve, and write its value below it."""
    axes.plot(x, y, "o", color="black", zorder=3)
    place = {"xytext": (0, -18), "textcoords": "offset points", "ha": "center"}
    axes.annotate(style.minus(text), (x, y), **place)


@style.sheet
def picture():
    x, y = polynomial(COEFFICIENTS, -5, 5, 201)
    three, error = learn(3)
    parts, rest = steps(x, three)
    assert abs(rest) < 0.5  # too small to be seen
    rises = three[0][:, 0] * three[2][0] > 0

    figure = plt.figure(figsize=(style.WIDTH, 7))
    above, below = figure.subfigures(2, 1, height_ratios=(1, 2))
    panels = above.subplots(1, 3, sharey=True)
    for axes, title, part, rise in zip(panels, TITLES, parts, rises):
        axes.plot(x, part, linewidth=2.5, **(style.POSITIVE if rise else style.NEGATIVE))
        axes.set_title(title, fontsize=10)
        axes.set(xlabel="x", ylim=(-100, 100), yticks=(-100, -50, 0, 50, 100))
        mark(axes, x[AT, 0], part[AT], round(part[AT]))
    panels[0].set_ylabel("y")

    total, left_over = below.subplots(2, 1, sharex=True, height_ratios=(1.5, 1))
    y_hat = cubic.predict(x, three)
    draw.curves(total, x, y, y_hat)
    a, b, c = parts[:, AT].round().astype(int)
    mark(total, x[AT, 0], y_hat[AT, 0], f"{a} - {-b} - {-c} = {a + b + c}")
    total.set_title(f"= {NAME}, nearly", fontsize=10)
    total.set(ylabel="y", ylim=(-70, 70), yticks=(-50, 0, 50))
    total.legend(loc="upper center")

    eight, smaller = learn(8)
    left_over.plot(x, y_hat - y, linewidth=1.5, color=style.QUIET)
    left_over.plot(x, cubic.predict(x, eight) - y, linewidth=3, **style.PREDICTED)
    left_over.set_title("What is left over, on a finer scale", fontsize=10)
    note = f"thin: three nodes, rms {style.percent(error)} of y's standard deviation"
    left_over.text(0, 0.9, note, ha="center")
    note = f"thick: eight nodes, rms {style.percent(smaller)}"
    left_over.text(0, -1.2, note, ha="center", color=style.PREDICTED["color"])
    left_over.set(xlabel="x", ylim=(-1.5, 1.5), yticks=(-1, 0, 1))
    for axes in (*panels, total, left_over):
        axes.axhline(0, color="0.8", linewidth=0.8, zorder=0)
        axes.set(xticks=(-5, 0, 2, 5))
    return figure


PICTURES = {"steps.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
