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
    for text, ink, aside in zip(y, ("white", "black"), (-5, 5)):
        axes.annotate(
            f"{text:.0f}", place, (aside, 0), textcoords="offset points",
            ha="center", va="center_baseline", fontsize=9, color=ink,
        )  # fmt: skip


@style.sheet
def picture():
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 2, 1, np.random.default_rng(SEED))
    xor.train(X, Y, parameters)
    _, _, a1, _, a2 = xor.forward(X, parameters)
    _, _, W2, B2 = parameters
    places = a1.T  # of the samples 00, 01, 10 and 11
    y_hat = a2[0]

    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.9))
    draw.hidden_outputs(axes, sigmoid(draw.PLANE @ W2.T + B2), W2, B2)
    draw.desired_points(axes, places[:2], Y[:2])
    draw.beside_points(axes, places[:2].round(), ["00", "01"])
    draw_pair(axes, places[2], Y[2:, 0])
    x, y = places[2]
    axes.text(x - 0.12, y, "10 and 11", ha="right", va="center", fontsize=9)
    axes.text(-0.02, -0.2, "output 1/2", rotation=44, fontsize=9)
    axes.text(0.8, 0.3, "output near 1", ha="center")
    axes.text(0.1, 0.55, "output near 0", ha="center")

    first, second = y_hat[2:] - Y[2:, 0]
    note = (
        "10 and 11 are in one place.\n"
        "No line separates them.\n\n"
        f"desired: {Y[2, 0]:.0f} and {Y[3, 0]:.0f}\n"
        f"output: {y_hat[2]:.2f} for both\n"
        f"errors: {first:+.2f} and {second:+.2f}\n\n"
        "The errors cancel, so the\n"
        "weights of the output node\n"
        "hardly change any more."
    )
    axes.text(1.4, 1.22, style.minus(note), va="top")
    axes.set(xlabel="output of hidden node 1", ylabel="output of hidden node 2", aspect="equal")
    axes.set_title(f"XOR with two hidden nodes, seed {SEED}: stuck")
    return figure


PICTURES = {"stuck.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
