"""Twelve steps down a narrow valley, without momentum and with it.

What it teaches: the steps of plain gradient descent go to and fro across the valley, and only
slowly along it. Momentum keeps a part of each step. Parts in opposite directions cancel, and
parts in the same direction add up.

    python -m figures.momentum
"""

import matplotlib.pyplot as plt
import numpy as np

from activation import linear
from dataset import polynomial
from figures import draw, style
from network1 import NN

SLOPE = 2
INTERCEPT = 3
START = 4.0, -1.0  # W and B, on the floor of the valley
LEARNING_RATE = 0.14  # plain descent diverges from 0.15 on
STEPS = 12
RINGS = 0.3, 1, 3, 10, 30  # the loss on each of them
RING = "#B9A3D3"  # a pale style.LOSS


def path(x, y, momentum):
    """Return W and B before training and after each step, (steps + 1, 2), and the last loss."""
    nn = NN((1, 1), [linear])
    nn.weight[0][:] = START[0]
    nn.bias[0][:] = START[1]
    points = [START]
    for _ in range(STEPS):
        nn.back_propagation(x, y, LEARNING_RATE, momentum)
        points.append((nn.weight[0].item(), nn.bias[0].item()))
    loss, _, _ = nn.gradients(x, y)
    return np.array(points), loss


def draw_rings(axes, x, y):
    """Draw rings of equal loss around the lowest one, and mark that."""
    W, B = np.meshgrid(np.linspace(0.4, 4.6, 127), np.linspace(-1.8, 4.8, 199))
    errors = W * x.reshape(-1, 1, 1) + B - y.reshape(-1, 1, 1)
    axes.contour(W, B, (errors**2).mean(axis=0), RINGS, colors=RING, linewidths=0.8)
    axes.plot(SLOPE, INTERCEPT, markersize=10, **style.DESIRED_POINTS)
    axes.annotate("lowest loss", (SLOPE, INTERCEPT), **draw.RIGHT)
    axes.set(xlabel="W", xticks=range(1, 5), yticks=range(-1, 5), aspect="equal")


@style.sheet
def picture():
    x, y = polynomial((SLOPE, INTERCEPT), 0, 4, 5)
    blue = style.PREDICTED["color"]
    figure, panels = plt.subplots(1, 2, figsize=(style.WIDTH, 4.9), sharey=True)
    for axes, momentum in zip(panels, (0, 0.5)):
        draw_rings(axes, x, y)
        points, loss = path(x, y, momentum)
        axes.plot(*points.T, "o-", linewidth=1.5, markersize=4, color=blue)
        axes.plot(*START, "o", markersize=8, color=blue)
        axes.annotate("start", START, **draw.BELOW)
        name = f"With momentum {momentum}" if momentum else "Without momentum"
        axes.set_title(f"{name}:\nloss {style.number(loss, 2)} after {STEPS} steps")
    panels[0].set_ylabel("B")
    note = "On each ring the loss is the same. Momentum keeps half of the step before."
    figure.supxlabel(note)
    return figure


PICTURES = {"momentum.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
