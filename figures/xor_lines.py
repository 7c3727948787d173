"""What the network of xor.py puts out over the whole unit square, before training and after.

What it teaches: a hidden node draws a line across the square, training moves the lines, and the
output is built from them. XOR needs two; here three of the four nodes come to share one.

    python -m figures.xor_lines
"""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patheffects import withStroke

import xor
from dataset import xor_2_input
from figures import draw, style

ITERATIONS = 2000
HALO = [withStroke(linewidth=2, foreground="white")]  # around texts that lines run through


def draw_moment(axes, X, Y, parameters, moment):
    draw.square(axes, xor.predict(draw.PLANE, parameters), *parameters[:3])
    draw.desired_points(axes, X, Y)
    loss, _ = xor.back_propagate(X, Y, parameters)
    axes.set_title(f"{moment}: loss {style.number(loss, 2)}")


@style.sheet
def picture():
    figure, (left, right) = plt.subplots(1, 2, figsize=(style.WIDTH, 4.75), sharey=True)
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))

    draw_moment(left, X, Y, parameters, "Untrained")
    assert np.ptp(xor.predict(X, parameters)) < 0.03
    left.set_title(
        left.get_title() + f",\noutput about {xor.predict(X, parameters).mean():.1f}"
    )
    draw.beside_points(left, X, ["00", "01", "10", "11"], path_effects=HALO)

    xor.train(X, Y, parameters, ITERATIONS)
    draw_moment(right, X, Y, parameters, f"{ITERATIONS} iterations")
    right.set_ylabel("")
    right.text(1.27, 1.19, "AND", ha="right", weight="bold")
    right.text(-0.27, -0.22, "NOR, NOR", weight="bold")
    right.text(0.12, 0.7, "OR", weight="bold")
    right.annotate("three lines", (0.6, -0.1), (0.98, -0.22), ha="center", fontsize=9,
                   arrowprops={"arrowstyle": "-"})  # fmt: skip
    right.text(0.5, 0.5, "output near 1", ha="center", va="center")

    figure.suptitle(
        "Each line is a hidden node, which is on where its arrow points", fontsize=10
    )
    style.key(figure, "raises the output", "lowers the output", "wider: by more")
    return figure


PICTURES = {"xor_lines.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
