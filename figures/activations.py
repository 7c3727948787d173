"""Five activation functions with their derivatives.

What it teaches: where each function is flat. A node learns little where the derivative is near
zero, and nothing where it is zero.

    python -m figures.activations
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Patch

from activation import ACTIVATIONS
from figures import style

NAMES = "sigmoid", "tanh", "relu", "linear", "step"  # those of README's table
DERIVATIVE = {"color": style.QUIET, "linestyle": ":"}
FLAT = {"facecolor": "0.9"}
DEAD = {"facecolor": "0.78", "hatch": "///", "edgecolor": "white"}
SMALL_SLOPE = 0.05


def without_jumps(y):
    """Return y with a gap where it jumps, because no value of the function lies between."""
    return np.where(np.abs(np.diff(y, prepend=y[0])) > 0.2, np.nan, y)


def draw_function(axes, name):
    """Draw a function and its derivative, shade where it is flat, and return both lines."""
    z = np.linspace(-5, 5, 501)
    y = ACTIVATIONS[name](z)
    slope = ACTIVATIONS[name](z, derivative=True)
    flat = (np.abs(slope) < SMALL_SLOPE) & (slope != 0)
    axes.fill_between(z, -2, 3, where=flat, linewidth=0, **FLAT)
    axes.fill_between(z, -2, 3, where=slope == 0, linewidth=0, **DEAD)
    axes.axhline(0, color="0.6", linewidth=0.8)
    (line,) = axes.plot(z, without_jumps(y), linewidth=2.5, **style.PREDICTED)
    (dots,) = axes.plot(z, without_jumps(slope), linewidth=2.5, **DERIVATIVE)
    axes.set(title=name, xlabel="z", xlim=(-5, 5), ylim=(-1.25, 2.25))
    axes.set(xticks=(-4, 0, 4), yticks=(-1, 0, 1, 2))
    return line, dots


@style.sheet
def picture():
    figure, panels = plt.subplots(2, 3, figsize=(style.WIDTH, 4.8))
    for axes, name in zip(panels.flat, NAMES):
        line, dots = draw_function(axes, name)
    panels[1, 2].axis("off")
    panels[1, 2].legend(
        [line, dots, Patch(**FLAT), Patch(**DEAD)],
        ["the function", "its slope", "slope near 0:\nlearns little",
         "slope 0:\nlearns nothing"], loc="center", fontsize=10, handlelength=2,
    )  # fmt: skip
    figure.suptitle("Where an activation function is flat, training can do little")
    return figure


PICTURES = {"activations.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
