"""The same network as in network.png, with its biases as weights: 2x2_image_predefined_1.py.

What it teaches: a bias is nothing but a weight, that of an extra node which is always 1.

    python -m figures.network_bias
"""

import importlib

import matplotlib.pyplot as plt
import numpy as np

from activation import step
from dataset import image2x2
from figures import style
from figures.network import ABOVE, BELOW, LEFT, RIGHT, draw_image, draw_network

script = importlib.import_module("2x2_image_predefined_1")


@style.sheet
def draw():
    x = image2x2()[0][4]  # a vertical line on the left
    hidden = step(script.W1 @ [*x, 1])
    output = script.predict(x[np.newaxis])[0]
    layers = [*x, 1], [*hidden, 1], output

    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.5))
    centers = draw_network(axes, [script.W1, script.W2], layers, extra=True)
    (*inputs, below), (left, right, below_hidden), (last,) = centers
    for i, center in enumerate(inputs):
        axes.annotate(f"p{i}", center, **LEFT)
    axes.annotate("left", left, **ABOVE)
    axes.annotate("right", right, **BELOW)
    axes.annotate(f"vertical:\n{'yes' if output[0] else 'no'}", last, **RIGHT)
    axes.annotate("always 1", below, **LEFT)
    axes.annotate("always 1", below_hidden, **BELOW)
    draw_image(axes, x, left=-3.6)
    axes.set(xlim=(-3.7, 8.0), ylim=(-3.3, 2.1))
    axes.set_title("The bias as the weight of a node that is always 1")
    style.key(figure)
    return figure


PICTURES = {"network_bias.png": draw}

if __name__ == "__main__":
    style.main(PICTURES)
