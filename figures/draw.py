"""What several pictures draw: images, a network, the square of two inputs, curves.

Arrays come in, and nothing here knows the script that they come from.
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patheffects import withStroke

from figures import style

# Networks, in units of the gap between two nodes of a layer.
LAYER_GAP = 3.0
NODE = 0.34  # the radius of a circle, half the side of a square
ON_EDGE = 0.24, 0.47  # where on an edge a number stands: 0 is where it begins
LABEL = {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 0.8}, "fontsize": 9}
LEFT = {"ha": "right", "va": "center", "xytext": (-18, 0), "textcoords": "offset points"}
RIGHT = LEFT | {"ha": "left", "xytext": (18, 0)}
ABOVE = LEFT | {"ha": "center", "va": "bottom", "xytext": (0, 15)}
BELOW = ABOVE | {"va": "top", "xytext": (0, -15)}

# The square of two inputs, with something around it.
LOW, HIGH, SIDE = -0.3, 1.3, 41
EDGE = LOW, HIGH, LOW, HIGH
PLANE = np.stack(np.meshgrid(*[np.linspace(LOW, HIGH, SIDE)] * 2), axis=-1).reshape(-1, 2)


def image(axes, pixels, left, low, size=1, **options):
    """Draw four numbers as a framed 2x2 image, 0 white; its lower left corner is at a place."""
    options = {"cmap": "gray_r", "vmin": 0, "vmax": 1} | options
    extent = left, left + size, low, low + size
    axes.imshow(pixels.reshape(2, 2), extent=extent, **options)
    axes.add_patch(plt.Rectangle((left, low), size, size, fill=False))


def numbered_image(axes, pixels, left):
    """Draw a large 2x2 image, in each pixel its name."""
    image(axes, pixels, left, -1, 2, vmin=-0.1, vmax=1.25)
    for i, value in enumerate(pixels):
        place = left + 0.5 + i % 2, 0.5 - i // 2
        color = "white" if value > 0.5 else "black"
        axes.text(*place, f"p{i}", ha="center", va="center", color=color)


def curves(axes, x, y, y_hat):
    """Draw the predicted curve, and the desired one dashed over it."""
    axes.plot(x, y_hat, linewidth=5, label="predicted", **style.PREDICTED)
    axes.plot(x, y, label="desired", **style.DESIRED)


def place_nodes(sizes, gap=LAYER_GAP):
    """Return the places of the nodes, for each layer an array (nodes, 2), the first one left.

    sizes: how many nodes each layer has. gap: between layers.
    """
    places = []
    for layer, size in enumerate(sizes):
        spread = (max(sizes) / size) ** 0.7  # few nodes stand farther apart
        heights = spread * ((size - 1) / 2 - np.arange(size))
        places.append(np.column_stack([np.full(size, gap * layer), heights]))
    return places


def edges(axes, weights, places):
    """Draw a line for every weight; weights: an array (nodes, inputs) per layer."""
    largest = max(np.abs(W).max() for W in weights)
    for W, sources, targets in zip(weights, places, places[1:]):
        for i, j in np.ndindex(*W.shape):
            way = targets[i] - sources[j]
            start = sources[j] + way * NODE / np.hypot(*way)  # a dash begins at the node
            x, y = np.transpose([start, targets[i]])
            axes.plot(x, y, **style.weight_line(W[i, j], largest), zorder=1)
    axes.set_aspect("equal")
    axes.axis("off")


def numbers(axes, W, sources, targets, places=ON_EDGE):
    """Write every weight of a layer on its edge, for neighbours in turn at these two places."""
    for i, j in np.ndindex(*W.shape):
        place = sources[j] + places[i % 2] * (targets[i] - sources[j])
        text = style.number(W[i, j])
        axes.text(*place, text, ha="center", va="center", zorder=2, **LABEL)


def circle(axes, place, value):
    """Draw a node as dark as its value, with the value inside."""
    shade = 1 - 0.8 * np.clip(value, 0, 1)  # as in the images: 0 is white and 1 is black
    color = "white" if shade < 0.5 else "black"
    axes.add_patch(plt.Circle(place, NODE, facecolor=str(shade), edgecolor="black", zorder=3))
    text = style.number(value)
    axes.text(*place, text, ha="center", va="center", color=color, zorder=4)


def network(axes, weights, outputs, gap=LAYER_GAP):
    """Draw a network, each node as a framed square; return the places of the nodes.

    outputs: for each layer an array (nodes, rows, columns), a node's outputs over the square.
    """
    places = place_nodes([len(layer) for layer in outputs], gap)
    edges(axes, weights, places)
    for (x, y), output in zip(np.concatenate(places), np.concatenate(outputs)):
        extent = x - NODE, x + NODE, y - NODE, y + NODE
        axes.imshow(output, cmap=style.OUTPUTS, vmin=0, vmax=1, extent=extent, origin="lower",
                    zorder=3, interpolation="bilinear")  # fmt: skip
        corner = x - NODE, y - NODE
        axes.add_patch(plt.Rectangle(corner, 2 * NODE, 2 * NODE, fill=False, zorder=4))
    return places


def renew(axes, weights, outputs):
    """Give other values to the edges and the squares of a drawn network: sooner than anew.

    outputs: as for network, or all nodes in one array.
    """
    weights = np.concatenate([W.ravel() for W in weights])
    for line, weight in zip(axes.lines, weights, strict=True):
        line.set(**style.weight_line(weight, np.abs(weights).max()))
    for shown, output in zip(axes.images, outputs, strict=True):
        shown.set_data(output)


def squares(outputs):
    """Return outputs (nodes, points of PLANE) as an array (nodes, rows, columns)."""
    return np.reshape(outputs, (-1, SIDE, SIDE))


def square(axes, outputs, W1, B1, W2):
    """Draw the output over the square of the inputs x0 and x1, and the lines of hidden nodes.

    outputs: for each point of PLANE, 0 to 1. W1, B1, W2: of the network, which sees them as
    -1 for 0 and 1 for 1.
    """
    axes.imshow(squares(outputs)[0], cmap=style.OUTPUTS, vmin=0, vmax=1,
                extent=EDGE, origin="lower", interpolation="bilinear")  # fmt: skip
    lines(axes, W1, B1, W2)
    axes.set(xlim=EDGE[:2], ylim=EDGE[2:], xticks=(0, 1), yticks=(0, 1))
    axes.set(xlabel="x0", ylabel="x1")


def lines(axes, W1, B1, W2):
    """Draw each hidden node's line, z1 = 0, and an arrow to the side on which it is on."""
    lengths = np.linalg.norm(W1, axis=1, keepdims=True)
    across = W1 / lengths
    along = across @ [[0, -1], [1, 0]] * np.copysign(1, across[:, :1])  # downwards
    feet = (1 - B1 / lengths * across) / 2  # of each line the point nearest to the middle
    looks = [style.weight_line(w, np.abs(W2).max()) for w in W2[0]]
    for i in np.argsort(-np.abs(W2[0])):  # the thin ones on top
        halo = [withStroke(linewidth=looks[i]["linewidth"] + 1.5, foreground="white")]
        far = feet[i] + along[i] * (1 + np.abs(feet[i]).max())  # old versions want two points
        axes.axline(feet[i], far, **looks[i], path_effects=halo)
    with np.errstate(divide="ignore"):  # how far from its foot a line enters and leaves
        ends = np.sort([(LOW - feet) / along, (HIGH - feet) / along], axis=0)
    enter, leave = ends[0].max(axis=1, keepdims=True), ends[1].min(axis=1, keepdims=True)
    # near the middle of what is seen, and apart where lines coincide
    apart = (np.arange(len(W1)).reshape(-1, 1) + 0.5) / len(W1) - 0.5
    starts = feet + along * ((enter + leave) / 2 + (leave - enter) / 2 * apart)
    axes.quiver(*starts.T, *across.T, color=[look["color"] for look in looks], scale=8,
                width=0.02, headwidth=3.5, headlength=3.5, headaxislength=3.5, zorder=3,
                edgecolor="white", linewidth=0.7)  # fmt: skip


def hidden_outputs(axes, outputs, W2, B2):
    """Draw the output over the square of two hidden nodes' outputs, and the line at 1/2.

    outputs: for each point of PLANE, 0 to 1. W2, B2: of the output node.
    """
    axes.imshow(squares(outputs)[0], cmap=style.OUTPUTS, vmin=0, vmax=1, extent=EDGE,
                origin="lower", interpolation="bilinear")  # fmt: skip
    (w0, w1), b = W2[0], B2.item()
    axes.axline((0, -b / w1), slope=-w0 / w1, color="black")
    axes.set(xlim=EDGE[:2], ylim=EDGE[2:], xticks=(0, 1), yticks=(0, 1))


def desired_points(axes, X, Y):
    """Draw the samples X (samples, 2) with the desired outputs Y (samples, 1): 1 is black."""
    for place, y in zip(X, Y[:, 0]):
        face, ink = ("black", "white") if y else ("white", "black")
        axes.plot(*place, "o", markersize=15, markeredgecolor="black", markerfacecolor=face)
        axes.text(*place, f"{y:.0f}", ha="center", va="center_baseline", fontsize=9, color=ink)


def beside_points(axes, X, texts, distance=0.17, **font):
    """Write a text above or below each point of the square."""
    for (a, b), text in zip(X, texts):
        place = a, b + (distance if b else -distance)
        axes.text(*place, text, ha="center", va="center", **{"fontsize": 9} | font)
