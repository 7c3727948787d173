"""The network of 2x2_image_predefined_2.py, drawn from its weights and biases.

What it teaches: a weight belongs to an edge, a bias to a node. A node adds up what comes in,
times the weights, and its bias; if the sum is above zero, it passes on 1, else 0.

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
    """Return the sum of a node as the text has it: 1 + 1 - 1.2 = 0.8 -> 1."""
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
    assert np.abs(np.concatenate([W1.ravel(), W2.ravel()])).tolist() == 10 * [1]  # see the key
    inputs, nodes, (last,) = places = draw.place_nodes([4, 2, 1])
    draw.edges(axes, [W1, W2], places)
    for place, value in zip(np.concatenate(places), [*x, *hidden, *output]):
        draw.circle(axes, place, value)
    for i, place in enumerate(inputs):
        axes.annotate(f"p{i}", place, **draw.LEFT)
    for name, center, W, bias, place in zip(
        ("left", "right"), nodes, W1, B1, (draw.ABOVE, draw.BELOW)
    ):
        text = f"{name}, bias {style.number(bias[0])}:\n{in_words(W, x, bias[0])}"
        axes.annotate(text, center, **place)
    axes.annotate(f"bias {style.number(B2[0, 0])}:", last, **draw.ABOVE)
    axes.annotate(in_words(W2[0], hidden, B2[0, 0]), last, **draw.BELOW)
    axes.annotate(f"vertical:\n{'yes' if output[0] else 'no'}", last, **draw.RIGHT)
    draw.numbered_image(axes, x, left=-3.6)
    axes.set(xlim=(-3.7, 8.0), ylim=(-2.3, 2.2))
    axes.set_title("In each node its output, beside it its bias and its sum")
    style.key(figure, "weight 1", style.minus("weight -1"), wider=None)
    return figure


PICTURES = {"vertical_line.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
