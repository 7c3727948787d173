"""What several pictures draw: images, a network, the square of two inputs, curves.

These functions take arrays. None of them knows which script the arrays come from.
"""

import matplotlib.pyplot as plt
import numpy as np

from figures import style

# Networks, in units of the gap between two nodes of a layer.
LAYER_GAP = 3.0
NODE = 0.34  # the radius of a circle, half the side of a square
BOX = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # so that lines cross no text
LABEL = {"bbox": BOX, "fontsize": 9}
LEFT = {"ha": "right", "va": "center", "xytext": (-18, 0), "textcoords": "offset points"}
RIGHT = LEFT | {"ha": "left", "xytext": (18, 0)}
ABOVE = LEFT | {"ha": "center", "va": "bottom", "xytext": (0, 15)}
BELOW = ABOVE | {"va": "top", "xytext": (0, -15)}

# The square of two inputs, with something around it.
LOW = -0.3
HIGH = 1.3
SIDE = 41  # points
EDGE = LOW, HIGH, LOW, HIGH
PLANE = np.stack(np.meshgrid(*[np.linspace(LOW, HIGH, SIDE)] * 2), axis=-1).reshape(-1, 2)


def image(axes, pixels, left, low, size=1, **options):
    """Draw four numbers as a framed 2x2 image. 0 is white; left and low are its corner."""
    options = {"cmap": "gray_r", "vmin": 0, "vmax": 1} | options
    extent = [left, left + size, low, low + size]
    axes.imshow(pixels.reshape(2, 2), extent=extent, **options)
    axes.add_patch(plt.Rectangle((left, low), size, size, fill=False))


def curves(axes, x, y, y_hat):
    """Draw the predicted curve, and the desired one dashed over it."""
    axes.plot(x, y_hat, linewidth=5, label="predicted", **style.PREDICTED)
    axes.plot(x, y, label="desired", **style.DESIRED)


def place_nodes(sizes, gap=LAYER_GAP):
    """Return the places of the nodes: for each layer, from left to right, an array (nodes, 2).

    sizes: how many nodes each layer has. gap: the distance between layers.
    """
    places = []
    for layer, size in enumerate(sizes):
        spread = (max(sizes) / size) ** 0.7  # a layer of few nodes has wider gaps
        heights = spread * ((size - 1) / 2 - np.arange(size))
        places.append(np.column_stack([np.full(size, gap * layer), heights]))
    return places


def edges(axes, weights, places):
    """Draw a line for every weight. weights: an array (nodes, inputs) for each layer."""
    largest = max(np.abs(W).max() for W in weights)
    for W, sources, targets in zip(weights, places, places[1:]):
        for i, j in np.ndindex(*W.shape):
            way = targets[i] - sources[j]
            start = sources[j] + way * NODE / np.hypot(*way)  # so that dashes begin at the node
            x, y = np.transpose([start, targets[i]])
            axes.plot(x, y, **style.weight_line(W[i, j], largest), zorder=1)
    axes.set_aspect("equal")
    axes.axis("off")


def circle(axes, place, value):
    """Draw a node as dark as its value, with the value inside."""
    shade = 1 - 0.8 * np.clip(value, 0, 1)  # as in the images, 0 is white and 1 is black
    color = "white" if shade < 0.5 else "black"
    axes.add_patch(plt.Circle(place, NODE, facecolor=str(shade), edgecolor="black", zorder=3))
    text = style.number(value)
    axes.text(*place, text, ha="center", va="center", color=color, zorder=4)


def image_network(axes, pixels, hidden, output):
    """Draw a 2x2 image and the nodes of a network that looks at it. Return their places.

    hidden, output: the outputs of the two hidden nodes and of the output node.
    """
    places = place_nodes([4, 2, 1])
    for place, value in zip(np.concatenate(places), [*pixels, *hidden, *output]):
        circle(axes, place, value)
    image(axes, pixels, -3.6, -1, 2)
    for i, value in enumerate(pixels):
        row, column = divmod(i, 2)
        color = "white" if value > 0.5 else "black"
        axes.text(column - 3.1, 0.5 - row, f"p{i}", ha="center", va="center", color=color)
        axes.annotate(f"p{i}", places[0][i], **LEFT)
    answer = "yes" if output[0] else "no"
    axes.annotate(f"vertical:\n{answer}", places[2][0], **RIGHT)
    return places


def network(axes, weights, outputs, gap=LAYER_GAP):
    """Draw a network, each node as a framed square, and return the places of the nodes.

    outputs: for each layer an array (nodes, rows, columns), a node's outputs over the square.
    """
    places = place_nodes([len(layer) for layer in outputs], gap)
    edges(axes, weights, places)
    for (x, y), output in zip(np.concatenate(places), np.concatenate(outputs)):
        extent = [x - NODE, x + NODE, y - NODE, y + NODE]
        axes.imshow(output, cmap=style.OUTPUTS, vmin=0, vmax=1, extent=extent, origin="lower",
                    zorder=3, interpolation="bilinear")  # fmt: skip
        frame = plt.Rectangle((x - NODE, y - NODE), 2 * NODE, 2 * NODE, fill=False, zorder=4)
        axes.add_patch(frame)
    return places


def renew(axes, weights, outputs):
    """Give the edges and the squares of a drawn network other values.

    This is faster than drawing them again. outputs: as for network, or all nodes in one array.
    """
    weights = np.concatenate([W.ravel() for W in weights])
    for line, weight in zip(axes.lines, weights, strict=True):
        line.set(**style.weight_line(weight, np.abs(weights).max()))
    for shown, output in zip(axes.images, outputs, strict=True):
        shown.set_data(output)


def squares(outputs):
    """Return outputs (nodes, points of PLANE) as an array (nodes, rows, columns)."""
    return np.reshape(outputs, (-1, SIDE, SIDE))


def hidden_lines(W1, B1):
    """Return where in the square each hidden node's line is, on which z1 = 0.

    Returns the ends of the lines, a little outside of the square, (nodes, 2 ends, 2), and for
    the arrows to the sides on which the nodes are on their directions and feet, (nodes, 2).
    """
    lengths = np.linalg.norm(W1, axis=1, keepdims=True)
    across = W1 / lengths
    along = across @ [[0, -1], [1, 0]] * np.copysign(1, across[:, :1])  # downwards
    nearest = (1 - B1 / lengths * across) / 2  # of each line, the point nearest to the middle

    # how far from that point each line enters the square and leaves it
    with np.errstate(divide="ignore"):
        crossings = np.sort([(LOW - nearest) / along, (HIGH - nearest) / along], axis=0)
    enter = crossings[0].max(axis=1, keepdims=True)
    leave = crossings[1].min(axis=1, keepdims=True)
    ends = np.stack([nearest + (enter - 0.1) * along, nearest + (leave + 0.1) * along], axis=1)

    # the arrows are near the middle of each line, and apart where lines coincide
    apart = (np.arange(len(W1)).reshape(-1, 1) + 0.5) / len(W1) - 0.5
    feet = nearest + along * ((enter + leave) / 2 + (leave - enter) / 2 * apart)
    return ends, across, feet


def hidden_outputs(axes, outputs, W2, B2):
    """Draw the output over the square of two hidden nodes' outputs, and the line at 1/2.

    outputs: for each point of PLANE, 0 to 1. W2, B2: of the output node.
    """
    axes.imshow(squares(outputs)[0], cmap=style.OUTPUTS, vmin=0, vmax=1, extent=EDGE,
                origin="lower", interpolation="bilinear")  # fmt: skip
    x = np.array([LOW, HIGH])
    axes.plot(x, -(W2[0, 0] * x + B2.item()) / W2[0, 1], color="black")  # there z2 is 0
    axes.set(xlim=EDGE[:2], ylim=EDGE[2:], xticks=(0, 1), yticks=(0, 1))


def desired_points(axes, X, Y):
    """Draw the samples X (samples, 2) with their desired outputs Y (samples, 1) in circles."""
    for place, y in zip(X, Y[:, 0]):
        face = "black" if y else "white"
        ink = "white" if y else "black"
        axes.plot(*place, "o", markersize=15, markeredgecolor="black", markerfacecolor=face)
        axes.text(*place, f"{y:.0f}", ha="center", va="center_baseline", fontsize=9, color=ink)


def beside_points(axes, X, texts, distance=0.17, **font):
    """Write a text above or below each point of the square."""
    for (a, b), text in zip(X, texts):
        up = distance if b > 0.5 else -distance
        axes.text(a, b + up, text, ha="center", va="center", **{"fontsize": 9} | font)
