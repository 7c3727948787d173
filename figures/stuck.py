"""A network with two hidden nodes that is stuck: it can't learn XOR any more.

What it teaches: the output node sees only what the hidden nodes make of the inputs. If the
hidden nodes put two samples with different desired outputs in one place, no line can separate
them. The errors of the two cancel, and so do the gradients.

    python -m figures.stuck
"""

import matplotlib.pyplot as plt
import numpy as np

import xor
from activation import sigmoid
from dataset import xor_2_input
from figures import draw, style

SEED = 27


def draw_pair(axes, place, y):
    """Draw two samples in one place: a disc of two halves with their desired outputs, y."""
    halves = {"fillstyle": "left", "markerfacecolor": "black", "markerfacecoloralt": "white"}
    axes.plot(*place, "o", markersize=23, markeredgecolor="black", **halves)
    font = {"ha": "center", "va": "center_baseline", "fontsize": 9}
    axes.text(place[0] - 0.05, place[1], f"{y[0]:.0f}", color="white", **font)
    axes.text(place[0] + 0.05, place[1], f"{y[1]:.0f}", color="black", **font)


@style.sheet
def picture():
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 2, 1, np.random.default_rng(SEED))
    xor.train(X, Y, parameters)
    _, _, a1, _, a2 = xor.forward(X, parameters)
    _, _, W2, B2 = parameters
    # node 2 to the right and node 1 upwards, as in separable.py
    places = a1[::-1].T  # of the samples 00, 01, 10 and 11
    W2 = W2[:, ::-1]
    y_hat = a2[0]

    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.9))
    draw.hidden_outputs(axes, sigmoid(draw.PLANE @ W2.T + B2), W2, B2)
    draw.desired_points(axes, places[:2], Y[:2])
    draw_pair(axes, places[2], Y[2:, 0])
    draw.beside_points(axes, places[:2], ["00", "01"])
    axes.text(1.28, 0.74, "10 and 11", ha="right", va="center", fontsize=9)
    axes.text(0.3, 0.7, "output near 1", ha="center")
    axes.text(0.65, 0.3, "output near 0", ha="center")

    first, second = y_hat[2:] - Y[2:, 0]
    note = (
        "For 10 and 11:\n\n"
        f"desired: {Y[2, 0]:.0f} and {Y[3, 0]:.0f}\n"
        f"output: {y_hat[2]:.2f} for both\n"
        f"errors: {first:+.2f} and {second:+.2f}\n\n"
        "The errors cancel, so the\n"
        "weights of the output node\n"
        "hardly change any more."
    )
    axes.text(1.4, 0.5, style.minus(note), va="center")
    axes.set(xlabel="output of hidden node 2", ylabel="output of hidden node 1", aspect="equal")
    figure.suptitle("XOR stuck: inputs 10 and 11 are in one place, and no line separates them")
    return figure


PICTURES = {"stuck.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
