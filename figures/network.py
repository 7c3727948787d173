"""The network of 2x2_image_predefined_2.py, drawn from its weights and biases.

What it teaches: a weight belongs to an edge, a bias to a node. A node adds up what comes in,
times the weights, and its bias; if the sum is above zero, it passes on 1, else 0. Change a
weight in the script, and the picture changes.

    python -m figures.network
"""

import importlib

import matplotlib.pyplot as plt
import numpy as np

from activation import step
from dataset import image2x2
from figures import style

script = importlib.import_module("2x2_image_predefined_2")

GAP = 3.0  # between two layers, in units of the gap between two nodes of a layer
RADIUS = 0.34
HALF = 0.34  # of a node that is a square
LEFT = {"ha": "right", "va": "center", "xytext": (-18, 0), "textcoords": "offset points"}
RIGHT = LEFT | {"ha": "left", "xytext": (18, 0)}
ABOVE = LEFT | {"ha": "center", "va": "bottom", "xytext": (0, 15)}
BELOW = ABOVE | {"va": "top", "xytext": (0, -15)}


def free_place(ends, half, others, places):
    """Return where on an edge a label, so wide, is farthest from other edges and labels."""

    def point(t):
        return ends[0] + t * (ends[1] - ends[0])

    def room(t):
        x, y = point(t)
        above = [np.interp(x + half * np.array([-1, 0, 1]), *other.T) - y for other in others]
        edges = [np.abs(h).min() * (abs(np.sign(h).sum()) == 3) for h in above]  # 0: under it
        labels = [0.4 * np.hypot(*(point(t) - place) / (1, 0.7)) for place in places]
        return round(min(edges + labels, default=0), 6)  # a tie goes to the first

    return point(max(np.linspace(0.2, 0.8, 31), key=room))


def write_weights(axes, W, sources, targets):
    """Write every weight of a layer on its edge, where there is room."""
    edges = {(i, j): np.array([sources[j], targets[i]]) for i, j in np.ndindex(*W.shape)}
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    places = {}
    for node, ends in 3 * [*edges.items()]:  # the first ones see the others in the next round
        others = [other for other_node, other in edges.items() if other_node != node]
        taken = [place for other_node, place in places.items() if other_node != node]
        half = 0.07 * len(style.number(W[node])) + 0.05
        places[node] = free_place(ends, half, others, taken)
    for node, place in places.items():
        text = style.number(W[node])
        axes.text(*place, text, ha="center", va="center", bbox=box, fontsize=9, zorder=2)


def draw_circle(axes, center, value):
    """Draw a node as dark as its value, with the value inside."""
    shade = 1 - 0.8 * np.clip(value, 0, 1)  # as in the images: 0 is white and 1 is black
    circle = plt.Circle(center, RADIUS, facecolor=str(shade), edgecolor="black", zorder=3)
    axes.add_patch(circle)
    color = "white" if shade < 0.5 else "black"
    text = style.number(value)
    axes.text(*center, text, ha="center", va="center", color=color, zorder=4)


def draw_picture(axes, center, outputs):
    """Draw a node as a framed square: its outputs, an array of rows, for all inputs."""
    x, y = center
    extent = x - HALF, x + HALF, y - HALF, y + HALF
    axes.imshow(outputs, cmap=style.OUTPUTS, vmin=0, vmax=1, extent=extent, origin="lower",
                zorder=3, interpolation="bilinear")  # fmt: skip
    frame = plt.Rectangle((x - HALF, y - HALF), 2 * HALF, 2 * HALF, fill=False, zorder=4)
    axes.add_patch(frame)


def draw_network(
    axes, weights, layers, draw_node=draw_circle, numbers=True, extra=False, gap=GAP
):
    """Draw every weight on its edge and all nodes; return their centers, layer by layer.

    weights: an array per layer, as in the scripts. layers: for every layer a list of what
    draw_node(axes, center, entry) draws: the value of a node for draw_circle, its outputs for
    draw_picture. extra: all layers but the last have one more node, at the bottom.
    """
    sizes = [*(len(layer) - extra for layer in layers[:-1]), len(layers[-1])]
    most = max(sizes)
    centers = []
    for x, (size, layer) in enumerate(zip(sizes, layers)):
        spread = (most / size) ** 0.7  # few nodes stand farther apart
        column = [(gap * x, spread * ((size - 1) / 2 - i)) for i in range(size)]
        centers.append(column + [(gap * x, -(most + 1) / 2)] * (len(layer) - size))
    largest = max(np.abs(W).max() for W in weights)
    for W, sources, targets in zip(weights, centers, centers[1:]):
        for i, j in np.ndindex(*W.shape):
            ends = np.array([sources[j], targets[i]])
            axes.plot(*ends.T, **style.weight_line(W[i, j], largest), zorder=1)
        if numbers:
            write_weights(axes, W, sources, targets)
    for layer, column in zip(layers, centers):
        for entry, center in zip(layer, column):
            draw_node(axes, center, entry)
    axes.set_aspect("equal")
    axes.axis("off")
    return centers


def renew(axes, weights, outputs):
    """Give other values to the edges and the pictures of a drawn network: sooner than anew."""
    weights = np.concatenate([W.ravel() for W in weights])
    for line, weight in zip(axes.lines, weights, strict=True):
        line.set(**style.weight_line(weight, np.abs(weights).max()))
    for image, output in zip(axes.images, outputs, strict=True):
        image.set_data(output)


def draw_image(axes, x, left):
    """Draw a 2x2 image with the numbers of its pixels."""
    style.show_image(axes, x, left, -1, 2, vmin=-0.1, vmax=1.25)
    for i, value in enumerate(x):
        place = left + 0.5 + i % 2, 0.5 - i // 2
        color = "white" if value > 0.5 else "black"
        axes.text(*place, f"p{i}", ha="center", va="center", color=color)


def in_words(W, a, bias):
    """Return the sum of a node as the text has it: 1 + 1 - 1.2 = 0.8 -> 1."""
    products = [w * value for w, value in zip(W, a) if value]
    z = sum(products) + bias
    text = " ".join(f"{p:+g}" for p in (*products, bias)).removeprefix("+")
    text = text.replace(" +", " + ").replace(" -", " - ") + f" = {round(z, 2):g}"
    return style.minus(text) + f" \N{RIGHTWARDS ARROW} {step(z):g}"


@style.sheet
def draw():
    x = image2x2()[0][4]  # a vertical line on the left
    W1, B1, W2, B2 = script.W1, script.B1, script.W2, script.B2
    hidden = step(W1 @ x + B1[:, 0])
    output = script.predict(x[np.newaxis])[0]

    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.0))
    inputs, nodes, (last,) = draw_network(axes, [W1, W2], [x, hidden, output])
    for i, center in enumerate(inputs):
        axes.annotate(f"p{i}", center, **LEFT)
    for name, center, W, bias, place in zip(("left", "right"), nodes, W1, B1, (ABOVE, BELOW)):
        axes.annotate(f"bias {style.number(bias[0])}", center, **place)
        farther = place | {"xytext": (0, 2 * place["xytext"][1])}
        axes.annotate(f"{name}: {in_words(W, x, bias[0])}", center, **farther)
    axes.annotate(f"bias {style.number(B2[0, 0])}", last, **ABOVE)
    axes.annotate(in_words(W2[0], hidden, B2[0, 0]), last, **BELOW)
    axes.annotate(f"vertical:\n{'yes' if output[0] else 'no'}", last, **RIGHT)
    draw_image(axes, x, left=-3.6)
    axes.set(xlim=(-3.7, 8.0), ylim=(-2.2, 2.1))
    axes.set_title("Value in the node, bias beside it, weight on the edge")
    style.key(figure, wider=None)
    return figure


PICTURES = {"network.png": draw}

if __name__ == "__main__":
    style.main(PICTURES)
