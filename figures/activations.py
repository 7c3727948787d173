"""All activation functions with their derivatives, in panels with the same axes.

What it teaches: which of them are flat, where, and on which side; where the derivative is
near zero, nothing can be learned.

    python -m figures.activations
"""

import matplotlib.pyplot as plt
import numpy as np

from activation import ACTIVATIONS
from figures import style

DERIVATIVE = {"color": style.QUIET, "linestyle": ":"}


def without_jumps(y):
    """Return y with a gap where it jumps, for a line there would be no value of it."""
    return np.where(np.abs(np.diff(y, prepend=y[0])) > 0.1, np.nan, y)


@style.sheet
def draw():
    figure, panels = plt.subplots(2, 5, figsize=(style.WIDTH, 3.9), sharex=True, sharey=True)
    z = np.linspace(-3, 3, 601)
    for axes, (name, f) in zip(panels.flat, ACTIVATIONS.items()):
        axes.axhline(0, color="0.8", linewidth=0.8)
        axes.axvline(0, color="0.8", linewidth=0.8)
        line = axes.plot(z, without_jumps(f(z)), linewidth=2.5, **style.PREDICTED)
        slope = axes.plot(z, without_jumps(f(z, derivative=True)), linewidth=2, **DERIVATIVE)
        axes.set_title(name)
        axes.set(xlim=(-3, 3), ylim=(-1.3, 3), xticks=(-2, 0, 2), aspect="equal")
    figure.supxlabel("z, the weighted inputs plus the bias", fontsize=10)
    figure.legend(
        line + slope, ["f(z)", "its derivative: where it is near 0, little is learned"],
        loc="outside upper center", ncols=2,
    )  # fmt: skip
    return figure


PICTURES = {"activations.png": draw}

if __name__ == "__main__":
    style.main(PICTURES)
