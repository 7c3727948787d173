"""What weight, bias and output weight each do to one sigmoid step.

What it teaches: a hidden node with one input adds W2 sigmoid(W1 x + B1) to the output. The
weight says how steep the step is, and whether it rises or falls. The bias says where the step
is, and the output weight says how high. A network builds its curve from such steps.

    python -m figures.sigmoid
"""

import matplotlib.pyplot as plt
import numpy as np

from activation import sigmoid
from figures import style

STEP = {"W1": 2, "B1": 0, "W2": 1}  # the step that all panels have in common
PANELS = {  # the number that changes, its values, and what it does
    "W1": ((-2, -0.25, 0, 0.25, 2), "the weight: how steep, and whether up or down"),
    "B1": ((-6, -3, 0, 3, 6), "the bias: how far to the left or to the right"),
    "W2": ((-1, -0.5, 0.5, 1, 1.5), "the output weight: how high, or upside down"),
}
# The limits of y. All panels have the same scale.
LIMITS = {"W1": (-0.15, 1.15), "B1": (-0.15, 1.15), "W2": (-1.15, 1.65)}
SAME = {"linewidth": 4, "zorder": 3} | style.PREDICTED
SHADES = "0.72", "0.6", "0.48", "0.36", "0.24"  # the larger the number, the darker


@style.sheet
def picture():
    x = np.linspace(-4.5, 4.5, 301)
    figure, panels = plt.subplots(
        3, 1, figsize=(style.WIDTH, 6.4), sharex=True, height_ratios=(1.3, 1.3, 2.8)
    )
    for axes, (name, (values, title)) in zip(panels, PANELS.items()):
        for value, shade in zip(values, SHADES):
            W1, B1, W2 = (STEP | {name: value}).values()
            y = W2 * sigmoid(W1 * x + B1)
            line = SAME if value == STEP[name] else {"linewidth": 2, "color": shade}
            axes.plot(x, y, **line)
            label = style.number(value)
            if name == "B1" and value != 0:  # in the middle of each thin step
                white = {"facecolor": "white", "edgecolor": "none", "pad": 1}
                axes.text(-B1 / W1, 0.5, label, ha="center", va="center", bbox=white, zorder=4)
            elif name != "B1":  # at the right end
                axes.text(4.6, y[-1], label, va="center")
        axes.set_title(f"{name}, {title}", loc="left")
        axes.set(xlim=(-4.5, 5.2), xticks=range(-4, 5, 2), ylim=LIMITS[name], yticks=(0, 1))
    same = ", ".join(f"{name} = {value}" for name, value in STEP.items())
    panels[-1].set(xlabel="x", yticks=(-1, 0, 1))
    figure.suptitle(f"What a node adds: W2 × sigmoid(W1 × x + B1)\nthick blue: always {same}")
    return figure


PICTURES = {"sigmoid.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
