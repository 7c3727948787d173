"""The way of linear.py down the loss, for three learning rates.

What it teaches: the loss is a valley above the plane of W and B, steep across and nearly flat
along. Steps that are too small don't arrive; steps that are too large jump from slope to slope.

    python -m figures.descent
"""

import matplotlib.pyplot as plt
import numpy as np

import linear
from dataset import polynomial
from figures import style

RATES = {"too small": 0.01, "right": 0.1, "too large": 0.15}
STEPS = 50
SLOPE, INTERCEPT = 2, 3


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
    W, B = np.linspace(-2.8, 6.8, 65), np.linspace(-1, 5.4, 65)
    loss = [[linear.back_propagate(X, Y, [w, b])[0] for w in W.reshape(-1, 1, 1)]
            for b in B.reshape(-1, 1, 1)]  # fmt: skip

    figure, panels = plt.subplots(1, 3, figsize=(style.WIDTH, 3.7), sharex=True, sharey=True)
    for axes, (name, rate) in zip(panels, RATES.items()):
        points, last = path(X, Y, rate)
        axes.contour(W, B, loss, np.geomspace(0.1, 300, 9), colors=style.LOSS["color"],
                     linewidths=0.8, alpha=0.6)  # fmt: skip
        axes.plot(*points.T, marker=".", markersize=4, linewidth=0.8, **style.PREDICTED)
        axes.plot(*points[0], "o", color=style.PREDICTED["color"])
        axes.plot(SLOPE, INTERCEPT, markersize=10, **style.DESIRED_POINTS)
        result = f"{float(f'{last:.2g}'):g}"  # two digits
        axes.set_title(f"{name}: {rate}\nloss after {STEPS} steps: {result}", fontsize=10)
        axes.set(xlabel="W", xlim=(W[0], W[-1]), ylim=(B[0], B[-1]))
    panels[0].set_ylabel("B")
    panels[0].annotate("start", points[0], (8, -10), textcoords="offset points")
    panels[0].annotate("lowest loss", (SLOPE, INTERCEPT), (12, 4), textcoords="offset points")
    note = {"color": style.LOSS["color"], "bbox": {"facecolor": "white", "edgecolor": "none"}}
    panels[0].text(6.6, 5.2, "on a ring the\nloss is the same", ha="right", va="top", **note)
    return figure


PICTURES = {"descent.png": draw}

if __name__ == "__main__":
    style.main(PICTURES)
