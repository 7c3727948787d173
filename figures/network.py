"""The network of the predefined scripts, drawn from their weights; and that of xor.py, trained.

What it teaches: a weight belongs to an edge, a bias to a node. The bias can be seen as one
more weight, that of an extra node whose value is always 1, or as a value inside the node.
Change a weight in the script, and the picture changes.

    python -m figures.network                   writes network.png and network_xor.png
    python -m figures.network network_xor       writes one of them
"""

import importlib

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D

import xor
from activation import step
from dataset import image2x2, xor_2_input
from figures import style

bias_as_weight = importlib.import_module("2x2_image_predefined_1")
bias_as_value = importlib.import_module("2x2_image_predefined_2")

GAP = 3.0  # between two layers, in units of the gap between two nodes of a layer
RADIUS = 0.34
PLACES = [  # of the name of an input, a hidden node and an output
    {"xytext": (-27, 0), "ha": "right", "va": "center", "textcoords": "offset points"},
    {"xytext": (0, 22), "ha": "center", "va": "bottom", "textcoords": "offset points"},
    {"xytext": (27, 0), "ha": "left", "va": "center", "textcoords": "offset points"},
]


def draw_node(axes, center, value, text):
    """Draw a node as dark as its value, with a text inside."""
    shade = 1 - 0.8 * np.clip(value, 0, 1)  # as in the images: 0 is white and 1 is black
    circle = plt.Circle(center, RADIUS, facecolor=str(shade), edgecolor="black", zorder=3)
    axes.add_patch(circle)
    color = "white" if shade < 0.5 else "black"
    axes.text(*center, text, ha="center", va="center", color=color, zorder=4)


def free_place(ends, others, places):
    """Return the point of an edge that is farthest from the other edges and their labels."""

    def point(t):
        return ends[0] + t * (ends[1] - ends[0])

    def room(t):
        x, y = point(t)
        edges = [abs(np.interp(x, *other.T) - y) for other in others]
        labels = [0.4 * np.hypot(*(point(t) - place) / (1, 0.7)) for place in places]
        return round(min(edges + labels, default=0), 6)  # a tie goes to the first

    return point(max(np.linspace(0.24, 0.76, 27), key=room))


def draw_edges(axes, W, sources, targets, widest):
    """Draw every weight of a layer as a line, with its number on it."""
    edges = {(i, j): np.array([sources[j], targets[i]]) for i, j in np.ndindex(*W.shape)}
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    places = []
    for node, ends in edges.items():
        others = [other for other_node, other in edges.items() if other_node != node]
        places.append(free_place(ends, others, places))
        axes.plot(*ends.T, **style.weight_line(W[node], widest), zorder=1)
        text = style.number(W[node])
        axes.text(*places[-1], text, ha="center", va="center", bbox=box, zorder=2)


def draw_network(axes, weights, biases, values, names):
    """Draw the nodes in one column per layer, and every weight on its edge.

    weights and biases: an array per layer, as in the scripts; without biases the last column
    of a weight array belongs to an extra node, whose value is 1. values: an array per layer,
    what its nodes pass on, drawn as shades. names: a text per node, layer by layer.
    """
    most = max(len(a) for a in values)
    columns = []
    for layer, (a, labels) in enumerate(zip(values, names)):
        spread = (most / len(a)) ** 0.7  # few nodes stand farther apart
        y = spread * ((len(a) - 1) / 2 - np.arange(len(a)))
        columns.append([(GAP * layer, height) for height in y])
        inside = biases[layer - 1][:, 0] if biases and layer else a
        place = PLACES[0 if layer == 0 else 2 if layer == len(values) - 1 else 1]
        for center, value, number, label in zip(columns[-1], a, inside, labels):
            draw_node(axes, center, value, style.number(number))
            axes.annotate(label, center, **place)
    if not biases:
        for column in columns[:-1]:
            column.append((column[0][0], -(most + 1) / 2))
            draw_node(axes, column[-1], 1, "1")
            axes.annotate("always 1", column[-1], **PLACES[0])

    largest = max(np.abs(W).max() for W in weights)
    for W, sources, targets in zip(weights, columns, columns[1:]):
        draw_edges(axes, W, sources, targets, largest)
    axes.set_aspect("equal")
    axes.axis("off")


def draw_image(axes, x, left):
    """Draw a 2x2 image with the numbers of its pixels."""
    extent = left, left + 2, -1, 1
    axes.imshow(x.reshape(2, 2), cmap="gray_r", vmin=-0.1, vmax=1.25, extent=extent)
    axes.add_patch(plt.Rectangle((left, -1), 2, 2, fill=False))
    for i, value in enumerate(x):
        place = left + 0.5 + i % 2, 0.5 - i // 2
        color = "white" if value > 0.5 else "black"
        axes.text(*place, f"p{i}", ha="center", va="center", color=color)


def key(figure):
    """Explain the lines and the shades."""
    node = {"linestyle": "", "marker": "o", "color": "black", "markersize": 11}
    figure.legend(
        [Line2D([], [], **style.weight_line(sign, 1)) for sign in (1, -1)]
        + [Line2D([], [], markerfacecolor="0.2", **node)],
        ["positive weight", "negative weight; wide: large", "dark node: its value is near 1"],
        loc="outside lower center", ncols=3,
    )  # fmt: skip


@style.sheet
def draw():
    """The bias as an extra node, and inside the node."""
    figure, rows = plt.subplots(2, 1, figsize=(style.WIDTH, 7.6), height_ratios=(5, 4.1))
    rows[0].set_title("The bias as one more weight, from an extra node that is always 1")
    rows[1].set_title("The same network, the bias as a value inside the node")
    x = image2x2()[0][4]  # a vertical line on the left
    for axes, script in zip(rows, (bias_as_weight, bias_as_value)):
        W1, W2 = script.W1, script.W2
        biases = [script.B1, script.B2] if script is bias_as_value else None
        z1 = W1 @ x[:, np.newaxis] + biases[0] if biases else W1 @ np.array([[*x, 1]]).T
        output = script.predict(x[np.newaxis])[0]
        answer = "vertical: yes" if output[0] else "vertical: no"
        names = ["p0", "p1", "p2", "p3"], ["left", "right"], [answer]
        draw_network(axes, [W1, W2], biases, [x, step(z1)[:, 0], output], names)
        draw_image(axes, x, left=-4)
        axes.set(xlim=(-4.2, 8.2), ylim=(-2 if biases else -3, 2))
    key(figure)
    return figure


@style.sheet
def draw_xor():
    """The network of xor.py after its training."""
    X, Y = xor_2_input()
    parameters = W1, B1, W2, B2 = xor.initialize(2, 4, 1, np.random.default_rng(0))
    xor.train(X, Y, parameters)
    a0, _, a1, _, a2 = (a[:, 0] for a in xor.forward(X[[1]], parameters))
    figure, axes = plt.subplots(figsize=(style.WIDTH, 4.4))
    names = ["a: false", "b: true"], [""] * 4, [f"output {style.number(a2[0])}"]
    draw_network(axes, [W1, W2], [B1, B2], [a0, a1, a2], names)
    axes.set_title("XOR after its training: weights on the edges, biases in the nodes")
    axes.set(xlim=(-1.5, 7.9), ylim=(-2, 2))
    key(figure)
    return figure


PICTURES = {"network.png": draw, "network_xor.png": draw_xor}

if __name__ == "__main__":
    style.main(PICTURES)
