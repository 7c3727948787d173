"""Why XOR takes a hidden layer: its four samples before a hidden layer, and after it.

What it teaches: no straight line separates the inputs for which 1 is desired from the others.
The hidden nodes move the samples to other places, and there one line does.

    python -m figures.separable
"""

import matplotlib.pyplot as plt
import numpy as np

import xor
from activation import sigmoid
from dataset import xor_2_input
from figures import draw, style

SEED = 28  # of a network with two hidden nodes that learns


@style.sheet
def picture():
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 2, 1, np.random.default_rng(SEED))
    xor.train(X, Y, parameters)
    _, _, W2, B2 = parameters
    _, _, a1, _, _ = xor.forward(X, parameters)
    # put 10 on the right and 01 at the top, as in the square of the inputs
    order = a1[:, 2].argsort()[::-1]
    a1 = a1[order]
    W2 = W2[:, order]
    on_for = [f"{a:.0f}{b:.0f}" for a, b in X[a1.argmax(axis=1)]]

    figure, (left, right) = plt.subplots(1, 2, figsize=(style.WIDTH, 3.9))
    edge = {"xlim": (draw.LOW, draw.HIGH), "ylim": (draw.LOW, draw.HIGH), "aspect": "equal"}
    left.set(**edge, xticks=(0, 1), yticks=(0, 1), xlabel="input x0", ylabel="input x1")
    for pair in X[[0, 3]], X[[1, 2]]:
        left.plot(*pair.T, color=style.QUIET, linewidth=1, linestyle=":", zorder=0)
    left.text(0.25, 0.34, "joins the 0s", rotation=45, ha="center", va="center", fontsize=9)
    left.text(0.3, 0.76, "joins the 1s", rotation=-45, ha="center", va="center", fontsize=9)
    draw.desired_points(left, X, Y)
    draw.beside_points(left, X, ["00", "01", "10", "11"])
    left.set_title("The inputs: no straight line\nseparates the 1s from the 0s")

    draw.hidden_outputs(right, sigmoid(draw.PLANE @ W2.T + B2), W2, B2)
    draw.desired_points(right, a1.T[:3], Y[:3])  # the fourth lies on the first
    draw.beside_points(right, a1.T[:3].round(), ["00 and 11", "01", "10"])
    right.text(0.45, 0.02, "output 1/2", rotation=-45, fontsize=9)
    right.text(0.75, 0.7, "output near 1", ha="center")
    right.text(-0.27, 0.3, "output\nnear 0", va="center")
    right.set(xlabel=f"hidden node {order[0] + 1}: on for {on_for[0]}")
    right.set(ylabel=f"hidden node {order[1] + 1}: on for {on_for[1]}")
    right.set_title("What the hidden nodes make of\nthem: one line is enough")
    return figure


PICTURES = {"separable.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
