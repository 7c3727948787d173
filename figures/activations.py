"""All activation functions with their derivatives, in panels with the same axes.

What it teaches: which of them are flat, where, and on which side; where the derivative is
near zero, little can be learned, and where it is zero, nothing.

    python -m figures.activations
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Patch

from activation import ACTIVATIONS
from figures import style

DERIVATIVE = {"color": style.QUIET, "linestyle": ":"}
FLAT = {"facecolor": "0.9"}
BOX = {"facecolor": "white", "edgecolor": "none", "pad": 2}
DEAD = {"facecolor": "0.78", "hatch": "///", "edgecolor": "white"}


def without_jumps(y):
    """Return y with a gap where it jumps, for a line there would be no value of it."""
    return np.where(np.abs(np.diff(y, prepend=y[0])) > 0.2, np.nan, y)


@style.sheet
def picture():
    figure, panels = plt.subplots(4, 3, figsize=(style.WIDTH, 5.9), sharex=True, sharey=True)
    z = np.linspace(-6, 6, 601)
    for axes, (name, f) in zip(panels.flat, ACTIVATIONS.items()):
        y, slope = f(z), f(z, derivative=True)
        for where, look in ((np.abs(slope) < 0.05) & (slope != 0), FLAT), (slope == 0, DEAD):
            axes.fill_between(z, -2, 4, where=where, linewidth=0, **look)
        axes.axhline(0, color="0.6", linewidth=0.8)
        axes.axvline(0, color="0.6", linewidth=0.8)
        (line,) = axes.plot(z, without_jumps(y), linewidth=2.5, **style.PREDICTED)
        (dots,) = axes.plot(z, without_jumps(slope), linewidth=2, **DERIVATIVE)
        if name.endswith("relu"):  # relu and leaky_relu look the same
            text = f"slope {f(-1, derivative=True):g}"
            axes.text(-3, 2, text, ha="center", va="center", bbox=BOX)
        elif name == "gaussian":  # where it is flat here is too narrow to be seen
            axes.text(0, 2.7, "slope 0 at the top", ha="center", va="center", bbox=BOX)
        axes.set_title(name)
        axes.set(xlim=(-6, 6), ylim=(-1.5, 4), xticks=(-4, 0, 4), yticks=(0, 2, 4))
        axes.set_aspect("equal")
    for axes in panels.flat[len(ACTIVATIONS) :]:
        axes.axis("off")
    for axes in panels[2, 1:]:
        axes.tick_params(labelbottom=True)
    figure.supxlabel("z, the weighted inputs plus the bias", fontsize=10)
    figure.legend(
        [line, dots, Patch(**FLAT), Patch(**DEAD)],
        ["the function", "its derivative, the slope", "|slope| below 0.05: little is learned",
         "slope 0: nothing is learned"],
        loc="lower right", bbox_to_anchor=(0.99, 0.08),
    )  # fmt: skip
    return figure


PICTURES = {"activations.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
