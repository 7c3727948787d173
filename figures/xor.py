"""What the network of xor.py puts out over the whole unit square, as it learns.

What it teaches: a hidden node draws a line across the square, and the output is built from
these lines. XOR needs two of them; four nodes find good ones from every seed.

    python -m figures.xor
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patheffects import withStroke

import xor
from dataset import xor_2_input
from figures import style

MOMENTS = 0, 60, 2000  # iterations
EDGE = -0.3, 1.3, -0.3, 1.3  # of what is seen of the plane of the two inputs
PLANE = np.stack(np.meshgrid(*[np.linspace(-0.3, 1.3, 41)] * 2), axis=-1).reshape(-1, 2)


def draw_square(axes, X, Y, parameters):
    """Draw what the network puts out for all a and b: shades, and the points it has to learn.

    X (samples, 2), Y (samples, 1): a point says which output is desired. For every hidden
    node there is the line beyond which it is on, where its output is over one half.
    """
    output = xor.predict(PLANE, parameters).reshape(41, 41)
    axes.imshow(output, cmap=style.OUTPUTS, vmin=0, vmax=1, extent=EDGE, origin="lower",
                interpolation="bilinear")  # fmt: skip
    draw_lines(axes, parameters)
    axes.plot(*X.T, "o", markersize=15, markeredgecolor="black", markerfacecolor="white")
    for place, y in zip(X, Y[:, 0]):
        axes.text(*place, f"{y:.0f}", ha="center", va="center_baseline", fontsize=9)
    axes.set(xlim=EDGE[:2], ylim=EDGE[2:], xticks=(0, 1), yticks=(0, 1), xlabel="a", ylabel="b")


def write_outputs(axes, X, texts):
    """Write a text above or below each point of the square."""
    for (a, b), text in zip(X, texts):
        place = a, b + (0.17 if b else -0.17)
        axes.text(*place, text, ha="center", va="center", fontsize=9)


def draw_lines(axes, parameters):
    """Draw each hidden node's line, z = 0, and an arrow to the side on which it is on."""
    W1, B1, W2, _ = parameters
    slopes = 2 * W1 + 1e-300  # of z along a and b, as xor.py makes 2 a - 1 and 2 b - 1 of them
    # The point of each line nearest to the middle, where z is B1, and directions; 1e-12, as a
    # line with a slope of 0 is nowhere.
    feet = 0.5 - B1 * slopes / ((slopes**2).sum(axis=1, keepdims=True) + 1e-12)
    across = slopes / np.hypot(*slopes.T)[:, np.newaxis]
    along = across @ [[0, 1], [-1, 0]]
    lines = [style.weight_line(w, np.abs(W2).max()) for w in W2[0]]
    for i in np.argsort(-np.abs(W2[0])):  # the thin ones on top
        halo = [withStroke(linewidth=lines[i]["linewidth"] + 1.5, foreground="white")]
        far = feet[i] + along[i] * (1 + np.abs(feet[i]).max())  # old versions want two points
        axes.axline(feet[i], far, **lines[i], path_effects=halo)
    starts = feet + along * 0.24 * (np.arange(len(W1))[:, np.newaxis] - (len(W1) - 1) / 2)
    axes.quiver(*starts.T, *across.T, color=[line["color"] for line in lines], scale=8,
                width=0.02, headwidth=3.5, headlength=3.5, headaxislength=3.5, zorder=3,
                edgecolor="white", linewidth=0.7)  # fmt: skip


def count_lines(axes, parameters):
    """Write beside the lines on either side of the middle how many they are: some coincide."""
    W1, B1, _, _ = parameters
    where = -B1[:, 0] / W1.sum(axis=1)  # along the diagonal of the square; 0: in the middle
    for side, ha, va in (-1, "left", "bottom"), (1, "right", "top"):
        corner = 0.5 + 0.78 * side
        if count := np.sum(side * where > 0):
            text = f"{count} lines" if count > 1 else "1 line"
            axes.text(corner, corner, text, fontsize=9, ha=ha, va=va)


def explain_lines(figure, wider="wider: by more"):
    """Say above and below the picture what its lines are."""
    text = "Each line is a hidden node, which is on where its arrow points"
    figure.suptitle(text, fontsize=10)
    style.key(figure, "raises the output", "lowers the output", wider)


@style.sheet
def draw():
    figure, panels = plt.subplots(1, 3, figsize=(style.WIDTH, 3.2), sharey=True)
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))
    for axes, start, end in zip(panels, (0, *MOMENTS), MOMENTS):
        xor.train(X, Y, parameters, end - start)
        draw_square(axes, X, Y, parameters)
        count_lines(axes, parameters)
        loss, _ = xor.back_propagate(X, Y, parameters)
        moment = f"{end} iterations" if end else "untrained"
        axes.set_title(f"{moment}\nloss {style.number(loss, 2)}", fontsize=10)
        axes.label_outer()
    explain_lines(figure)
    return figure


PICTURES = {"xor.png": draw}

if __name__ == "__main__":
    style.main(PICTURES)
