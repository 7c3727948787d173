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

RATES = {"too small": 0.01, "good": 0.1, "too large": 0.15}
STEPS = 12
SLOPE, INTERCEPT = 2, 3
BOX = {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}}


def path(x, y, learning_rate):
    """Return W and B before training and after every step, and the loss after the last."""
    parameters = linear.initialize(np.random.default_rng(0))
    points = [np.ravel(parameters)]
    for _ in range(STEPS):
        linear.train(x, y, parameters, 1, learning_rate)
        points.append(np.ravel(parameters))
    return np.array(points), linear.back_propagate(x, y, parameters)[0]


@style.sheet
def draw():
    X, Y = polynomial((SLOPE, INTERCEPT), 0, 4, 5)
    W, B = np.linspace(-1.2, 5.8, 71), np.linspace(-1.6, 4.4, 61)
    loss = [[linear.back_propagate(X, Y, [w, b])[0] for w in W.reshape(-1, 1, 1)]
            for b in B.reshape(-1, 1, 1)]  # fmt: skip

    figure, panels = plt.subplots(1, 3, figsize=(style.WIDTH, 2.8), sharex=True, sharey=True)
    for axes, (name, rate) in zip(panels, RATES.items()):
        points, last = path(X, Y, rate)
        axes.contour(W, B, loss, np.geomspace(0.3, 300, 7), colors=style.LOSS["color"],
                     linewidths=0.8, alpha=0.6)  # fmt: skip
        axes.quiver(*points[:-1].T, *np.diff(points, axis=0).T, angles="xy", scale_units="xy",
                    scale=1, color=style.PREDICTED["color"], width=0.012, zorder=3)  # fmt: skip
        axes.plot(*points[0], "o", color=style.PREDICTED["color"])
        axes.plot(SLOPE, INTERCEPT, markersize=10, **style.DESIRED_POINTS)
        axes.set_title(f"learning rate {rate}:\n{name}")
        result = f"{STEPS} steps:\nloss {style.number(last, 2)}"
        axes.text(5.6, -1.4, result, ha="right", va="bottom", **BOX)
        axes.set(xlabel="W", xlim=(W[0], W[-1]), ylim=(B[0], B[-1]), aspect="equal")
    panels[0].set_ylabel("B")
    panels[0].annotate("start", points[0], (0, -12), textcoords="offset points", ha="center")
    note = {"color": style.LOSS["color"], "fontsize": 9}
    panels[1].text(5.75, 4.35, "on a ring\nloss is equal", ha="right", va="top", **note, **BOX)
    panels[0].annotate(
        "lowest\nloss", (SLOPE, INTERCEPT), (8, -4), textcoords="offset points", **BOX
    )
    return figure


PICTURES = {"descent.png": draw}

if __name__ == "__main__":
    style.main(PICTURES)
