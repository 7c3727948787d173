"""How the hidden nodes of cubic.py add up to a cubic: three of them, and eight.

What it teaches: each hidden node is one S-shaped step, and the curve is their sum. Three steps
make a cubic. With eight nodes the network finds the same three, made of several steps each.

    python -m figures.steps
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from dataset import polynomial
from figures import draw, style

COEFFICIENTS, NAME = (1, 0, -15, 0), style.minus("x³ - 15x")
WIDE = {"color": "0.8", "linewidth": 7}  # a sum of several steps


def steps(n_hidden):
    """Return x, what each step adds to y there, whether it rises, its place; the rms error.

    Each step has a mean of 0: what it had before goes into the bias, and the sum is the same.
    """
    x, y = polynomial(COEFFICIENTS, -5, 5, 50)
    spread = y.std()
    x, y = x / 5, y / spread
    W1, B1, W2, B2 = parameters = cubic.initialize(n_hidden, np.random.default_rng(0))
    cubic.train(x, y, parameters)
    loss, _ = cubic.back_propagate(x, y, parameters)
    x = np.linspace(-5, 5, 201).reshape(-1, 1)
    _, _, a1, z2 = cubic.forward(x / 5, parameters)
    parts = spread * W2.T * a1
    means = parts.mean(axis=1, keepdims=True)
    parts, bias = parts - means, spread * B2 + means.sum()
    assert np.allclose(parts.sum(axis=0) + bias, spread * z2)
    assert abs(bias) < 0.5  # too small to be seen
    return x[:, 0], parts, W1 * W2.T > 0, -5 * B1 / W1, 100 * np.sqrt(loss)


def add_up(sums):
    """Return the first place from x = 2 on where rounded numbers add up, and the numbers."""
    numbers = np.round([*sums, np.sum(sums, axis=0)]).astype(int)
    place = next(i for i in range(140, 201) if numbers[:3, i].sum() == numbers[3, i])
    return place, numbers[:, place]


def mark(axes, x, y, text):
    """Mark a place of a curve, and write its value below it."""
    axes.plot(x, y, "o", color="black", zorder=3)
    place = {"xytext": (0, -18), "textcoords": "offset points", "ha": "center"}
    axes.annotate(style.minus(text), (x, y), **place)


def draw_sum(n_hidden, titles):
    """Draw the steps in three panels, by their place, and below them the sum of all."""
    x, parts, rises, places, error = steps(n_hidden)
    figure = plt.figure(figsize=(style.WIDTH, 5.6))
    above, below = figure.subfigures(2, 1, height_ratios=(1, 1.3))
    panels, total = above.subplots(1, 3, sharey=True), below.subplots()
    column = np.searchsorted((-3, 3), places.ravel())
    for part, rise, i in zip(parts, rises, column):
        line = {"linewidth": 2.5 if n_hidden == 3 else 1.6}
        line |= style.POSITIVE if rise else style.NEGATIVE
        panels[i].plot(x, part, **line)
    sums = [parts[column == i].sum(axis=0) for i in range(3)]
    at, (a, b, c, d) = add_up(sums)
    for i, (axes, title, y) in enumerate(zip(panels, titles, sums)):
        axes.set_title(title, fontsize=10)
        mark(axes, x[at], y[at], (a, b, c)[i])
        if np.sum(column == i) > 1:
            axes.plot(x, y, zorder=1, **WIDE)
    if n_hidden > 3:
        panels[0].text(5, -90, "grey: their sum", ha="right")
        panels[1].text(0, -90, "flat two: nearly one line", ha="center", fontsize=9)
    y_hat = parts.sum(axis=0)
    draw.curves(total, x, np.polyval(COEFFICIENTS, x), y_hat)
    signs = f"{a} {b:+} {c:+}".replace("+", "+ ").replace("-", "- ")
    mark(total, x[at], y_hat[at], f"{signs} = {d}")
    total.set_title(f"= {NAME}, with an rms error of {style.percent(error)}")
    total.legend(loc="upper center")
    for axes in (*panels, total):
        axes.axhline(0, color="0.8", linewidth=0.8, zorder=0)
        axes.set(xticks=(-5, 0, 5), ylim=(-100, 100), yticks=(-50, 0, 50))
    total.set(xlabel="x", ylabel="y", ylim=(-70, 70))
    return figure


@style.sheet
def draw_three():
    return draw_sum(3, ("up on the left", "+ down in the middle", "+ up on the right"))


@style.sheet
def draw_eight():
    return draw_sum(8, ("two up on the left", "+ two down, two flat", "+ two up on the right"))


PICTURES = {"steps.png": draw_three, "eight_steps.png": draw_eight}

if __name__ == "__main__":
    style.main(PICTURES)
