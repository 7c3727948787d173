"""What the network of xor.py puts out over the whole unit square, as it learns.

What it teaches: a hidden node draws a line across the square, and the output is built from
these lines. XOR needs two of them; four nodes find good ones from every seed.

    python -m figures.xor_lines
"""

import matplotlib.pyplot as plt
import numpy as np

import xor
from dataset import xor_2_input
from figures import draw, style

MOMENTS = 0, 60, 2000  # iterations


def count_lines(axes, parameters):
    """Write beside the lines on either side of the middle how many they are: some coincide."""
    W1, B1, _, _ = parameters
    where = -B1[:, 0] / W1.sum(axis=1)  # along the diagonal of the square; 0: in the middle
    for side, ha, va in (-1, "left", "bottom"), (1, "right", "top"):
        corner = 0.5 + 0.78 * side
        if count := np.sum(side * where > 0):
            text = f"{count} lines" if count > 1 else "1 line"
            axes.text(corner, corner, text, fontsize=9, ha=ha, va=va)


@style.sheet
def picture():
    figure, panels = plt.subplots(1, 3, figsize=(style.WIDTH, 3.2), sharey=True)
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))
    for axes, start, end in zip(panels, (0, *MOMENTS), MOMENTS):
        xor.train(X, Y, parameters, end - start)
        draw.square(axes, xor.predict(draw.PLANE, parameters), *parameters[:3])
        draw.desired_points(axes, X, Y)
        count_lines(axes, parameters)
        loss, _ = xor.back_propagate(X, Y, parameters)
        moment = f"{end} iterations" if end else "untrained"
        axes.set_title(f"{moment}\nloss {style.number(loss, 2)}", fontsize=10)
        axes.label_outer()
    draw.explain_lines(figure)
    return figure


PICTURES = {"xor.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
