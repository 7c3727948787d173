"""What each hidden node of xor.py sees, once the network is trained.

What it teaches: every node divides the square of the two inputs in its own way, and so becomes
a logical function that is easier than XOR; the output node puts these together.

    python -m figures.xor_gates
"""

import matplotlib.pyplot as plt
import numpy as np

import xor
from dataset import GATES, truth_table, xor_2_input
from figures import draw, style

X, Y = xor_2_input()


def gate_of(outputs):
    """Return the name of the gate with these four outputs, or the outputs as 0 and 1."""
    on = np.asarray(outputs) > 0.5
    names = [gate for gate in GATES if np.array_equal(truth_table(gate)[1][:, 0], on)]
    return names[0].upper() if names else "".join(f"{one:d}" for one in on)


def in_words(W2, a1, a2):
    """Return what the output is made of: of the nodes that raise it most and lower it most."""
    up, down = a1[W2.argmax()], a1[W2.argmin()]
    if np.array_equal((up > 0.5) & (down < 0.5), a2 > 0.5):
        return f"{gate_of(up)},\nbut not {gate_of(down)}"
    return gate_of(a2)


@style.sheet
def picture():
    parameters = W1, _, W2, _ = xor.initialize(2, 4, 1, np.random.default_rng(0))
    xor.train(X, Y, parameters)
    _, _, *hidden, _, output = xor.forward(draw.PLANE, parameters)
    squares = [draw.squares(a) for a in (draw.PLANE.T, *hidden, output)]
    _, _, a1, _, a2 = xor.forward(X, parameters)

    figure, axes = plt.subplots(figsize=(style.WIDTH, 4.9))
    centers = draw.network(axes, [W1, W2], squares, gap=2.4)
    names = ["input x0", "input x1"], map(gate_of, a1), [gate_of(a2[0])]
    for texts, places in zip(names, centers):
        for text, (x, y) in zip(texts, places):
            axes.text(x, y + 0.4, text, ha="center", va="bottom")
            points = [x, y] + 2 * draw.NODE * (X - 0.5) / (draw.HIGH - draw.LOW)
            axes.plot(*points.T, "o", color="black", markersize=3, zorder=5)
    ((x, y),) = centers[-1]
    for (a, b), (right, up) in zip(X, points):
        axes.annotate(f"{a:.0f}{b:.0f}", (right, up), (34 * a - 17, 0), fontsize=9, va="center",
                      ha="center", textcoords="offset points")  # fmt: skip
    axes.text(x, y - 0.4, in_words(W2[0], a1, a2[0]), ha="center", va="top")
    axes.set(xlim=(-0.6, 5.7), ylim=(-1.9, 2.2))
    axes.set_title(
        "In each node its output, blue where it is near 1:\n"
        "x0 grows to the right, x1 upwards; at XOR it says which dot is which",
        fontsize=10,
    )
    style.key(figure, wider="wider: stronger")
    return figure


PICTURES = {"xor_gates.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
