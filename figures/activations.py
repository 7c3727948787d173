"""All activation functions with their derivatives. The three most used ones are large.

What it teaches: where each function is flat. A node learns little where the derivative is near
zero, and nothing where it is zero.

    python -m figures.activations
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Patch

from activation import ACTIVATIONS
from figures import style

LARGE = {  # the limits of y, and the ticks with their names
    "sigmoid": ((-0.15, 1.15), {0: "0", 0.25: "1/4", 0.5: "1/2", 1: "1"}),
    "tanh": ((-1.25, 1.25), {-1: "-1", 0: "0", 1: "1"}),
    "relu": ((-1.25, 4), {0: "0", 1: "1", 4: "4"}),
}
DERIVATIVE = {"color": style.QUIET, "linestyle": ":"}
FLAT = {"facecolor": "0.9"}
DEAD = {"facecolor": "0.78", "hatch": "///", "edgecolor": "white"}
SMALL_SLOPE = 0.05
BOX = {"facecolor": "white", "edgecolor": "none", "pad": 2}


def without_jumps(y):
    """Return y with a gap where it jumps, because no value of the function lies between."""
    return np.where(np.abs(np.diff(y, prepend=y[0])) > 0.2, np.nan, y)


def draw_function(axes, name, width):
    """Draw a function and its derivative, shade where it is flat, and return both lines."""
    z = np.linspace(-6, 6, 601)
    y = ACTIVATIONS[name](z)
    slope = ACTIVATIONS[name](z, derivative=True)
    flat = (np.abs(slope) < SMALL_SLOPE) & (slope != 0)
    axes.fill_between(z, -2, 5, where=flat, linewidth=0, **FLAT)
    axes.fill_between(z, -2, 5, where=slope == 0, linewidth=0, **DEAD)
    axes.axhline(0, color="0.6", linewidth=0.8)
    axes.axvline(0, color="0.6", linewidth=0.8)
    (line,) = axes.plot(z, without_jumps(y), linewidth=width, **style.PREDICTED)
    (dots,) = axes.plot(z, without_jumps(slope), linewidth=width, **DERIVATIVE)
    axes.set(title=name, xlim=(-6, 6), xticks=(-4, 0, 4))
    return line, dots


@style.sheet
def picture():
    figure = plt.figure(figsize=(style.WIDTH, 7))
    above, below = figure.subfigures(2, 1, height_ratios=(1, 1.45))
    large = dict(zip(LARGE, above.subplots(1, 3)))
    for name, (limits, ticks) in LARGE.items():
        line, dots = draw_function(large[name], name, 2.5)
        large[name].set(ylim=limits)
        large[name].set_yticks([*ticks], [style.minus(name) for name in ticks.values()])
    large["sigmoid"].text(3.2, 0.3, "slope 1/4\nat most", ha="center", fontsize=9)
    large["relu"].text(-3, 1.5, "slope 0", ha="center", fontsize=9, bbox=BOX)

    panels = below.subplots(3, 3, sharex=True, sharey=True)
    others = [name for name in ACTIVATIONS if name not in LARGE]
    small = dict(zip(others, panels.flat))
    for name, axes in small.items():
        draw_function(axes, name, 2)
        axes.set(ylim=(-1.25, 2.1), yticks=(-1, 0, 1, 2))
        axes.tick_params(labelbottom=True)
    small["leaky_relu"].text(-3, 1.2, "slope 0.01", ha="center", fontsize=9, bbox=BOX)
    for axes in panels.flat[len(others) :]:
        axes.axis("off")
    below.supxlabel("below every panel: z, the weighted inputs plus the bias", fontsize=10)
    below.legend(
        [line, dots, Patch(**FLAT), Patch(**DEAD)],
        ["the function", "its derivative, the slope",
         f"|slope| below {SMALL_SLOPE}: little is learned", "slope 0: nothing is learned"],
        loc="lower right", bbox_to_anchor=(0.99, 0.1),
    )  # fmt: skip
    return figure


PICTURES = {"activations.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
