"""The way of linear.py down the loss, for three learning rates.

What it teaches: the loss is a valley above the plane of W and B, steep across and nearly flat
along. A step goes straight downhill, across the rings. Steps that are too small don't arrive;
steps that are too large jump from slope to slope, higher each time.

    python -m figures.descent
"""

import matplotlib.pyplot as plt
import numpy as np

import linear
from dataset import polynomial
from figures import style

RATES = {"too small": 0.01, "good (the dotted frame)": 0.1, "too large": 0.15}
STEPS = 12
STRONG = 4  # arrows; where the path goes to and fro, the later ones would cover them
RINGS = 0.3, 1, 3, 10, 30, 100, 300  # the loss there
ON_RINGS = (0.4, 1.2), (1, 2.2), (1.4, 2.6), (2.5, 2.3), (1.85, 2.7)  # where it is written
SLOPE, INTERCEPT = 2, 3
PALE = "#7FB2D9"  # of style.PREDICTED
RING = "#B9A3D3"  # a pale style.LOSS, also in grey
W, B = np.linspace(-1.2, 5.8, 141), np.linspace(-1.6, 4.5, 123)
BOX = {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}}
NEAR = -0.45, 4.25, -0.75, 4.45  # W and B that the large panel shows


def path(x, y, learning_rate):
    """Return W and B before training and after every step, and the loss before and after."""
    parameters = linear.initialize(np.random.default_rng(0))
    points = [np.ravel(parameters)]
    losses = []
    for _ in range(STEPS):
        losses += linear.train(x, y, parameters, 1, learning_rate)
        points.append(np.ravel(parameters))
    return np.array(points), losses[0], linear.back_propagate(x, y, parameters)[0]


def draw_path(axes, loss, points):
    """Draw rings of equal loss, an arrow for every step, and a dot where it ends."""
    blue = style.PREDICTED["color"]
    rings = axes.contour(W, B, loss, RINGS, colors=RING, linewidths=0.8)
    axes.plot(*points.T, "o-", linewidth=0.6, markersize=3, color=PALE)
    axes.plot(*points[: STRONG + 1].T, "o", markersize=3, color=blue)
    steps = np.diff(points, axis=0)[:STRONG]
    axes.quiver(*points[:STRONG].T, *steps.T, angles="xy", scale_units="xy", scale=1,
                color=blue, units="dots", width=3.5, headwidth=5, zorder=3)  # fmt: skip
    axes.plot(*points[0], "o", color=blue)
    axes.plot(SLOPE, INTERCEPT, markersize=10, **style.DESIRED_POINTS)
    axes.set(xlim=(W[0], W[-1]), ylim=(B[0], B[-1]), aspect="equal")
    return rings


@style.sheet
def picture():
    X, Y = polynomial((SLOPE, INTERCEPT), 0, 4, 5)
    loss = [[linear.back_propagate(X, Y, [w, b])[0] for w in W.reshape(-1, 1, 1)]
            for b in B.reshape(-1, 1, 1)]  # fmt: skip
    figure = plt.figure(figsize=(style.WIDTH, 5.2), layout="none")
    edges = {"left": 0.08, "right": 0.98, "bottom": 0.09, "top": 0.9}
    grid = figure.add_gridspec(2, 2, **edges, width_ratios=(1, 1.8), wspace=0.2, hspace=0.55)
    panels = [figure.add_subplot(place) for place in (grid[0, 0], grid[:, 1], grid[1, 0])]
    small, good, large = panels
    for axes, (name, rate) in zip(panels, RATES.items()):
        points, first, last = path(X, Y, rate)
        rings = draw_path(axes, loss, points)
        if axes is good:
            axes.clabel(
                rings, fontsize=9, fmt="%g", manual=ON_RINGS, colors=style.LOSS["color"]
            )
        result = f"loss {style.number(first, 2)} to {style.number(last, 2)}"
        axes.set_title(f"rate {rate}: {name}\n{STEPS} steps: {result}", fontsize=10)
        axes.set_ylabel("B", labelpad=2)
        axes.annotate(
            "start", points[0], (0, -12), textcoords="offset points", ha="center", **BOX
        )
        if axes is large:
            for i, offset in (1, (8, -3)), (2, (-8, 0)), (3, (8, 3)):
                place = {"xytext": offset, "textcoords": "offset points"}
                axes.annotate(i, points[i], ha="center", va="center", **place, fontsize=9)
    left, right, low, high = NEAR
    good.set(xlim=(left, right), ylim=(low, high), xlabel="W")
    for axes in small, large:
        axes.set_xlabel("W", labelpad=1)
        frame = plt.Rectangle(
            (left, low), right - left, high - low, fill=False, ls=":", zorder=0
        )
        axes.add_patch(frame)
    note = "on a ring\nloss is equal"
    good.text(-0.4, 4.4, note, va="top", color=style.LOSS["color"], **BOX)
    place = {"xytext": (9, -2), "textcoords": "offset points"}
    good.annotate("lowest loss", (SLOPE, INTERCEPT), **place, **BOX)
    return figure


PICTURES = {"descent.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
