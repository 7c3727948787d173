"""The network of 2x2_image_predefined_1.py: that of vertical_line.py, its biases as weights.

What it teaches: a bias can be the weight of an extra node that is always 1. Everything else is
as before, and therefore pale.

    python -m figures.bias_as_weight
"""

import importlib

import matplotlib.pyplot as plt
import numpy as np

from activation import step
from dataset import image2x2
from figures import draw, style

script = importlib.import_module("2x2_image_predefined_1")


@style.sheet
def picture():
    x = image2x2()[0][4]  # a vertical line on the left
    hidden = step(script.W1 @ [*x, 1])
    output = script.predict(x[np.newaxis])[0]
    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.5))

    places = draw.image_network(axes, x, hidden, output)
    draw.edges(axes, [script.W1[:, :-1], script.W2[:, :-1]], places)
    for line in axes.lines:
        line.set_alpha(0.25)

    inputs, nodes, (last,) = places
    first = np.array([[inputs[0, 0], -2.5]])  # the place of the extra node below the inputs
    second = np.array([[nodes[0, 0], -2.5]])
    for W, place, targets in (script.W1, first, nodes), (script.W2, second, [last]):
        B = W[:, -1:]
        draw.edges(axes, [B], [place, targets])
        for bias, (x, y) in zip(B[:, 0], (place + targets) / 2):
            axes.text(x, y, style.number(bias), ha="center", va="center", **draw.LABEL)
        draw.circle(axes, place[0], 1)
    axes.annotate("always 1", first[0], **draw.LEFT)
    axes.annotate("always 1", second[0], **draw.BELOW)
    axes.set(xlim=(-3.7, 8.0), ylim=(-3.2, 2.1))
    axes.set_title("A bias is the weight of a node that is always 1")
    return figure


PICTURES = {"bias_as_weight.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
