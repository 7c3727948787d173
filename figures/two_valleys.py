"""A loss with two valleys: that of xor.py with two hidden nodes.

What it teaches: gradient descent goes downhill, and ends in the valley in which it began, which
may not be the deepest one. In one of these two valleys, a network has learned XOR. In the other
one, a network is stuck.

    python -m figures.two_valleys
"""

import matplotlib.pyplot as plt
import numpy as np

import xor
from dataset import xor_2_input
from figures import style

LEARNS = 28  # seeds
STUCK = 27


@style.sheet
def picture():
    X, Y = xor_2_input()
    ends = []
    for seed in LEARNS, STUCK:
        parameters = xor.initialize(2, 2, 1, np.random.default_rng(seed))
        xor.train(X, Y, parameters)
        ends.append(parameters)

    def loss(way):
        parameters = [(1 - way) * a + way * b for a, b in zip(*ends)]
        return xor.back_propagate(X, Y, parameters)[0]

    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.4))
    way = np.linspace(-0.45, 1.25, 341)
    axes.plot(way, np.vectorize(loss)(way), linewidth=3, **style.LOSS)
    for place, note in (0, "learned"), (1, "stuck"):
        axes.plot(place, loss(place), "o", color="black", zorder=3)
        text = f"{note}:\nloss {style.number(round(loss(place), 4), 3)}"
        axes.text(place, loss(place) - 0.03, text, ha="center", va="top")
    axes.text(0.45, 0.31, "downhill to either side", ha="center")
    axes.set_title("Which valley training ends in depends on where it starts")
    axes.set(xlabel="all weights together, from those of network A to those of network B")
    axes.set(ylabel="loss", ylim=(-0.11, 0.36), yticks=(0, 0.1, 0.2, 0.3))
    axes.set_xticks([0, 1], ["A", "B"])
    return figure


PICTURES = {"two_valleys.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
