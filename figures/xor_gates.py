"""What each hidden node of xor.py sees, once the network is trained.

What it teaches: every node divides the square of the two inputs in its own way, and so becomes
a gate that is easier than XOR. The output node puts these gates together.

    python -m figures.xor_gates
"""

import matplotlib.pyplot as plt
import numpy as np

import xor
from dataset import GATES, truth_table, xor_2_input
from figures import draw, style


def gate_of(outputs):
    """Return the name of the gate that has these four outputs."""
    on = np.asarray(outputs) > 0.5
    (name,) = [gate for gate in GATES if np.array_equal(truth_table(gate)[1][:, 0], on)]
    return name.upper()


@style.sheet
def picture():
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))
    xor.train(X, Y, parameters)
    W1, _, W2, _ = parameters
    _, _, *hidden, _, output = xor.forward(draw.PLANE, parameters)
    squares = [draw.squares(a) for a in (draw.PLANE.T, *hidden, output)]
    _, _, a1, _, a2 = xor.forward(X, parameters)

    figure, axes = plt.subplots(figsize=(style.WIDTH, 4.9))
    centers = draw.network(axes, [W1, W2], squares, gap=2.4)
    for line in axes.lines:
        line.set_linewidth(max(line.get_linewidth(), 1.8))  # thinner dashes look like dots
    centers = np.concatenate(centers)
    names = ["input x0", "input x1", *[gate_of(outputs) for outputs in a1]]
    for (x, y), name in zip(centers, names):
        axes.text(x, y + 0.4, name, ha="center", va="bottom", bbox=draw.BOX)
    dots = 2 * draw.NODE * (X - 0.5) / (draw.HIGH - draw.LOW)  # from the middle of a square
    for place in centers:
        axes.plot(*(place + dots).T, "o", color="black", markersize=3, zorder=5)

    # the samples are named above and below the output's square, where no edge arrives
    x, y = centers[-1]
    for (a, b), (aside, _) in zip(X, dots):
        height = y + 0.45 if b else y - 0.45
        axes.text(x + aside, height, f"{a:.0f}{b:.0f}", ha="center", va="center", fontsize=9)
    axes.text(x, y + 0.57, gate_of(a2[0]), ha="center", va="bottom")
    axes.text(x, y - 0.57, "OR,\nbut not AND", ha="center", va="top")
    axes.set(xlim=(-0.6, 5.7), ylim=(-1.9, 2.2))
    axes.set_title(
        "Each node shows its output, which is near 1 where it is blue.\n"
        "x0 grows to the right, x1 upwards. The dots are the four samples.",
        fontsize=10,
    )
    style.key(figure, wider="wider: stronger")
    return figure


PICTURES = {"xor_gates.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
