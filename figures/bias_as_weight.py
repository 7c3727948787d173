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

PALE = 0.75  # grey


@style.sheet
def picture():
    x = image2x2()[0][4]  # a vertical line on the left
    hidden = step(script.W1 @ [*x, 1])
    output = script.predict(x[np.newaxis])[0]
    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.5))

    places = draw.place_nodes([4, 2, 1])
    inputs, nodes, (last,) = places
    for sources, targets in zip(places, places[1:]):
        for start in sources:
            for end in targets:
                axes.plot(*zip(start, end), color=str(PALE), linewidth=1, zorder=1)
    for place, value in zip(np.concatenate(places), [*x, *hidden, *output]):
        draw.circle(axes, place, value)
    for i, place in enumerate(inputs):
        axes.annotate(f"p{i}", place, **draw.LEFT)
    axes.annotate("left", nodes[0], **draw.ABOVE)
    axes.annotate("right", nodes[1], **draw.BELOW)
    axes.annotate(f"vertical:\n{'yes' if output[0] else 'no'}", last, **draw.RIGHT)

    first = np.array([[inputs[0, 0], -2.5]])  # the place of the extra node below the inputs
    second = np.array([[nodes[0, 0], -2.5]])
    for W, place, targets in (script.W1, first, nodes), (script.W2, second, [last]):
        B = W[:, -1:]
        draw.edges(axes, [B], [place, targets])
        draw.numbers(axes, B, place, targets, share=0.62)
        draw.circle(axes, place[0], 1)
    axes.annotate("always 1", first[0], **draw.LEFT)
    axes.annotate("always 1", second[0], **draw.BELOW)
    draw.numbered_image(axes, x, left=-3.6)
    axes.set(xlim=(-3.7, 8.0), ylim=(-3.2, 2.1))
    title = "The same network: its biases are now weights,\nthose of nodes that are always 1"
    axes.set_title(title)
    style.key(figure, positive=None, negative="negative weight, as before", wider=None)
    return figure


PICTURES = {"bias_as_weight.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
