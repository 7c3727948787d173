"""The network of 2x2_image_predefined_2.py, drawn from its weights and biases.

What it teaches: a weight belongs to an edge, and a bias belongs to a node. A node multiplies
what comes in by the weights, and adds everything up with its bias. If the sum is above zero,
the node passes on 1, otherwise 0.

    python -m figures.vertical_line
"""

import importlib

import matplotlib.pyplot as plt
import numpy as np

from activation import step
from dataset import image2x2
from figures import draw, style

script = importlib.import_module("2x2_image_predefined_2")


def in_words(W, a, bias):
    """Return the sum of a node as README writes it: 1 + 1 - 1.2 = 0.8 -> 1."""
    products = [w * value for w, value in zip(W, a) if value]
    z = sum(products) + bias
    text = " ".join(f"{p:+g}" for p in (*products, bias)).removeprefix("+")
    text = text.replace(" +", " + ").replace(" -", " - ") + f" = {round(z, 2):g}"
    return style.minus(text) + f" \N{RIGHTWARDS ARROW} {step(z):g}"


@style.sheet
def picture():
    x = image2x2()[0][4]  # a vertical line on the left
    W1, B1, W2, B2 = script.W1, script.B1, script.W2, script.B2
    hidden = step(W1 @ x + B1[:, 0])
    output = script.predict(x[np.newaxis])[0]

    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.0))
    places = draw.image_network(axes, x, hidden, output)
    draw.edges(axes, [W1, W2], places)
    _, nodes, (last,) = places
    for i, name, side in (0, "left", draw.ABOVE), (1, "right", draw.BELOW):
        bias = B1[i, 0]
        text = f"{name}, bias {style.number(bias)}:\n{in_words(W1[i], x, bias)}"
        axes.annotate(text, nodes[i], **side)
    bias = B2[0, 0]
    text = f"bias {style.number(bias)}:\n{in_words(W2[0], hidden, bias)}"
    axes.annotate(text, last, **draw.ABOVE)
    axes.set(xlim=(-3.7, 8.0), ylim=(-2.3, 2.2))
    axes.set_title("Is one column black and the other white? A sum above 0 gives 1")
    style.key(figure, "weight 1", style.minus("weight -1"), wider=None)
    return figure


PICTURES = {"vertical_line.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
