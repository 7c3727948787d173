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


def draw_node(axes, center, value, text):
    shade = 1 - 0.8 * np.clip(value, 0, 1)  # as in the images: white is 0 and black is 1
    axes.add_patch(
        plt.Circle(center, RADIUS, facecolor=str(shade), edgecolor="black", zorder=3)
    )
    color = "white" if shade < 0.5 else "black"
    axes.text(*center, text, ha="center", va="center", color=color, zorder=4)


def along(ends, t):
    return ends[0] + t * (ends[1] - ends[0])


def free_place(ends, others, places):
    """Return the point of an edge that is farthest from other edges and their labels."""

    def room(t):
        x, y = point = along(ends, t)
        edges = [abs(np.interp(x, *other.T) - y) for other in others]
        labels = [0.4 * np.hypot(*(point - place) / (1, 0.7)) for place in places]
        return round(min(edges + labels, default=0), 6)  # a tie goes to the first

    return along(ends, max(np.linspace(0.24, 0.76, 27), key=room))


def draw_network(axes, weights, biases, values, names):
    """Draw the nodes in one column per layer, and every weight on its edge.

    weights and biases: an array per layer, as in the scripts; without biases the last column
    of a weight array belongs to an extra node, whose value is 1. values: an array per layer,
    what its nodes pass on, drawn as shades. names: a text per node, layer by layer.
    """
    most = max(len(a) for a in values)
    columns = [
        [(GAP * layer, ((len(a) - 1) / 2 - i) * (most / len(a)) ** 0.7) for i in range(len(a))]
        for layer, a in enumerate(values)
    ]
    for layer, (column, a) in enumerate(zip(columns, values)):
        for i, (center, value) in enumerate(zip(column, a)):
            inside = style.number(biases[layer - 1][i, 0]) if biases and layer else ""
            draw_node(axes, center, value, inside or style.number(value))
    for column, labels in zip(columns, names):
        side = "left" if column is columns[0] else "right" if column is columns[-1] else "top"
        (dx, dy), ha, va = {
            "left": ((-0.5, 0), "right", "center"),
            "right": ((0.5, 0), "left", "center"),
            "top": ((0, 0.42), "center", "bottom"),
        }[side]
        for (x, y), text in zip(column, labels):
            axes.text(x + dx, y + dy, text, ha=ha, va=va)
    if not biases:
        for column in columns[:-1]:
            center = column[0][0], -(most + 1) / 2
            column.append(center)
            draw_node(axes, center, 1, "1")
            axes.text(center[0] - 0.5, center[1], "always 1", ha="right", va="center")

    largest = max(np.abs(W).max() for W in weights)
    for W, sources, targets in zip(weights, columns, columns[1:]):
        edges = {(i, j): np.array([sources[j], targets[i]]) for i, j in np.ndindex(*W.shape)}
        places = []
        for (i, j), ends in edges.items():
            axes.plot(*ends.T, **style.weight_line(W[i, j], largest), zorder=1)
            others = [edge for key, edge in edges.items() if key != (i, j)]
            places.append(free_place(ends, others, places))
            box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
            text = style.number(W[i, j])
            axes.text(*places[-1], text, ha="center", va="center", bbox=box, zorder=2)
    axes.set_aspect("equal")
    axes.axis("off")


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
    x = image2x2()[0][4]  # a vertical line on the left
    answer = "yes" if bias_as_value.predict(x[np.newaxis]).item() else "no"
    names = ["p0", "p1", "p2", "p3"], ["left", "right"], [f"vertical: {answer}"]

    W1, W2 = bias_as_weight.W1, bias_as_weight.W2
    hidden = step(W1 @ [*x, 1])
    output = bias_as_weight.predict(x[np.newaxis])[0]
    draw_network(rows[0], [W1, W2], None, [x, hidden, output], names)
    rows[0].set_title("The bias as one more weight, from an extra node that is always 1")

    W1, B1, W2, B2 = (getattr(bias_as_value, name) for name in ("W1", "B1", "W2", "B2"))
    hidden = step(W1 @ x[:, np.newaxis] + B1)[:, 0]
    output = bias_as_value.predict(x[np.newaxis])[0]
    draw_network(rows[1], [W1, W2], [B1, B2], [x, hidden, output], names)
    rows[1].set_title("The same network, the bias as a value inside the node")

    for axes in rows:
        axes.imshow(
            x.reshape(2, 2), cmap="gray_r", vmin=-0.1, vmax=1.25, extent=(-4, -2, -1, 1)
        )
        axes.add_patch(plt.Rectangle((-4, -1), 2, 2, fill=False))
        for i, value in enumerate(x):
            place = -3.5 + i % 2, 0.5 - i // 2
            color = "white" if value > 0.5 else "black"
            axes.text(*place, f"p{i}", ha="center", va="center", color=color)
        axes.set(xlim=(-4.2, 8.2), ylim=(-3 if axes is rows[0] else -2, 2))
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
