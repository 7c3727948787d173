"""Two networks with two hidden nodes, one that has learned XOR and one that is stuck.

What it teaches: the output node sees nothing but what the hidden nodes make of the inputs. If
these put two samples with different desired outputs in one place, no line can part them: the
errors of the two cancel, and so do the gradients.

    python -m figures.stuck
"""

import matplotlib.pyplot as plt
import numpy as np

import xor
from activation import sigmoid
from dataset import xor_2_input
from figures import draw, style

LEARNS, STUCK = 28, 27  # seeds

X, Y = xor_2_input()


def trained(seed):
    """Return the outputs of the two hidden nodes and of the network, and W2 and B2."""
    parameters = _, _, W2, B2 = xor.initialize(2, 2, 1, np.random.default_rng(seed))
    xor.train(X, Y, parameters)
    _, _, a1, _, a2 = xor.forward(X, parameters)
    return a1.T, a2[0], W2, B2


def draw_learned(axes):
    places, _, W2, B2 = trained(LEARNS)
    draw.hidden_outputs(axes, sigmoid(draw.PLANE @ W2.T + B2), W2, B2)
    draw.desired_points(axes, places[:3], Y[:3])  # the fourth lies on the first
    draw.beside_points(axes, places[:3].round(), ["00 and 11", "01", "10"])
    axes.set_title(f"Learned, seed {LEARNS}: one line\nparts the 1s from the 0s")


def draw_stuck(axes):
    places, y_hat, W2, B2 = trained(STUCK)
    draw.hidden_outputs(axes, sigmoid(draw.PLANE @ W2.T + B2), W2, B2)
    draw.desired_points(axes, places[:2], Y[:2])
    draw.beside_points(axes, [[0, 0.9], [1, 0]], ["00", "01"])
    both = {"fillstyle": "left", "markerfacecolor": "black", "markerfacecoloralt": "white"}
    axes.plot(*places[2], "o", markersize=15, markeredgecolor="black", **both)
    axes.text(
        0.9, 1.17, "10, desired 1, and\n11, desired 0", ha="right", va="center", fontsize=9
    )
    first, second = y_hat[2:] - Y[2:, 0]
    note = (
        f"both: output {y_hat[2]:.2f},\nerrors {first:+.2f}\nand {second:+.2f},\nwhich cancel"
    )
    axes.annotate(style.minus(note), (0.92, 1.0), (-0.27, 0.4), fontsize=9,
                  arrowprops={"arrowstyle": "-"})  # fmt: skip
    axes.tick_params(labelleft=True)
    axes.set_title(f"Stuck, seed {STUCK}: no line parts\ntwo samples in one place")


@style.sheet
def picture():
    figure, (left, right) = plt.subplots(1, 2, figsize=(style.WIDTH, 3.9), sharey=True)
    draw_learned(left)
    draw_stuck(right)
    left.text(0.45, 0.02, "output 1/2", rotation=-45, fontsize=9)
    right.text(-0.02, -0.2, "output 1/2", rotation=44, fontsize=9)
    left.text(0.75, 0.7, "output near 1", ha="center")
    right.text(0.8, 0.3, "output near 1", ha="center")
    for axes in left, right:
        axes.set_xlabel("output of hidden node 1")
    left.set_ylabel("output of hidden node 2")
    return figure


PICTURES = {"stuck.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
