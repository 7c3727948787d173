"""How three hidden nodes of cubic.py add up to a cubic.

What it teaches: each hidden node is one S-shaped step, and the curve is the sum of the steps.

    python -m figures.steps
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from dataset import polynomial
from figures import draw, style

COEFFICIENTS, NAME = (1, 0, -15, 0), style.minus("x³ - 15x")
TITLES = "a step up", "+ a step down", "+ a step up"
AT = 140  # the place where the numbers are: x = 2


def steps(x, parameters):
    """Return what each hidden node adds, (nodes, samples), less its mean."""
    _, _, W2, _ = parameters
    _, _, a1, _ = cubic.forward(x, parameters)
    parts = W2.T * a1
    return parts - parts.mean(axis=1, keepdims=True)


def mark(axes, x, y, text):
    """Mark a place of a curve, and write its value below it."""
    axes.plot(x, y, "o", color="black", zorder=3)
    place = {"xytext": (0, -18), "textcoords": "offset points", "ha": "center"}
    axes.annotate(style.minus(text), (x, y), **place)


@style.sheet
def picture():
    samples = polynomial(COEFFICIENTS, -5, 5, 50)
    parameters, _ = cubic.fit(*samples, 3, np.random.default_rng(0))
    x, y = polynomial(COEFFICIENTS, -5, 5, 201)
    parts = steps(x, parameters)

    figure, panels = plt.subplot_mosaic(
        "012;sss", figsize=(style.WIDTH, 5.4), height_ratios=(1, 1.5)
    )
    for i, part in enumerate(parts):
        rises = part[-1] > part[0]
        axes = panels[str(i)]
        axes.plot(x, part, linewidth=2.5, **(style.POSITIVE if rises else style.NEGATIVE))
        axes.set_title(TITLES[i])
        mark(axes, x[AT, 0], part[AT], round(part[AT]))

    total = panels["s"]
    y_hat = cubic.predict(x, parameters)
    draw.curves(total, x, y, y_hat)
    a, b, c = parts[:, AT].round().astype(int)
    mark(total, x[AT, 0], y_hat[AT, 0], f"{a} - {-b} - {-c} = {a + b + c}")
    total.set_title("= the output of the network")
    total.legend(loc="upper center", labels=["predicted", f"desired: {NAME}"])
    for axes in panels.values():
        axes.axhline(0, color="0.8", linewidth=0.8, zorder=0)
        axes.set(xlabel="x", xticks=(-5, 0, 2, 5), ylim=(-85, 85), yticks=(-50, 0, 50))
    panels["0"].set_ylabel("y")
    total.set_ylabel("y")
    figure.suptitle(f"Three nodes add up to {NAME}")
    return figure


PICTURES = {"steps.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
