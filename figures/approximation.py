"""What cubic.py learns with eight hidden nodes: x^3 + 15x and x^3 - 15x.

What it teaches: inside the range of the samples the network's curve lies on the desired one.

    python -m figures.approximation
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from dataset import polynomial
from figures import draw, style


def learn(coefficients):
    """Return the learned curve, and its rms error in percent of the standard deviation."""
    x, y = polynomial(coefficients, -5, 5, 50)
    curve, _ = cubic.fit(x, y, rng=0)
    return curve, 100 * np.sqrt(np.mean((curve(x) - y) ** 2)) / y.std()


@style.sheet
def picture():
    figure, panels = plt.subplots(1, 2, figsize=(style.WIDTH, 3.6))
    for axes, name, c in zip(panels, ("x³ + 15x", style.minus("x³ - 15x")), (15, -15)):
        curve, error = learn((1, 0, c, 0))
        x, y = polynomial((1, 0, c, 0), -5, 5, 201)
        draw.curves(axes, x, y, curve(x))
        axes.set_title(name, weight="bold", fontsize=13)
        axes.set(xlabel="x", xticks=(-5, 0, 5), ylim=(1.3 * y.min(), 1.1 * y.max()))
        note = f"rms error {style.percent(error)} of\nthe standard deviation"
        axes.text(5.3, 1.25 * y.min(), note, ha="right")
    panels[0].set_ylabel("y")
    panels[0].legend(loc="upper left")
    return figure


PICTURES = {"approximation.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
