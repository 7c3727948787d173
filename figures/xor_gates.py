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

X, Y = xor_2_input()


def gate_of(outputs):
    """Return the name of the gate with these four outputs, or the outputs as 0 and 1."""
    on = np.asarray(outputs) > 0.5
    names = [gate for gate in GATES if np.array_equal(truth_table(gate)[1][:, 0], on)]
    return names[0].upper() if names else "".join(f"{one:d}" for one in on)


def in_words(W2, a1, a2):
    """Return what the output is made of, if two gates are enough: "OR, but not AND".

    These are the nodes that raise it most and lower it most.
    """
    up = a1[W2.argmax()]
    down = a1[W2.argmin()]
    if np.array_equal((up > 0.5) & (down < 0.5), a2 > 0.5):
        return f"{gate_of(up)},\nbut not {gate_of(down)}"
    return gate_of(a2)


@style.sheet
def picture():
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))
    xor.train(X, Y, parameters)
    W1, _, W2, _ = parameters
    _, _, *hidden, _, output = xor.forward(draw.PLANE, parameters)
    squares = [draw.squares(a) for a in (draw.PLANE.T, *hidden, output)]
    _, _, a1, _, a2 = xor.forward(X, parameters)

    figure, axes = plt.subplots(figsize=(style.WIDTH, 4.9))
    centers = draw.network(axes, [W1, W2], squares, gap=2.4)
    gates = [gate_of(outputs) for outputs in a1]
    names = [["input x0", "input x1"], gates]
    for texts, places in zip(names, centers):
        for text, (x, y) in zip(texts, places):
            axes.text(x, y + 0.4, text, ha="center", va="bottom")
    dots = 2 * draw.NODE * (X - 0.5) / (draw.HIGH - draw.LOW)  # from the middle of a square
    for place in np.concatenate(centers):
        axes.plot(*(place + dots).T, "o", color="black", markersize=3, zorder=5)

    # the samples are named above and below the output's square, where no edge arrives
    ((x, y),) = centers[-1]
    for (a, b), (aside, _) in zip(X, dots):
        height = y + 0.45 if b else y - 0.45
        name = f"{a:.0f}{b:.0f}"
        axes.text(x + aside, height, name, ha="center", va="center", fontsize=9)
    axes.text(x, y + 0.57, gate_of(a2[0]), ha="center", va="bottom")
    axes.text(x, y - 0.57, in_words(W2[0], a1, a2[0]), ha="center", va="top")
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
