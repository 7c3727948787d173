"""The loss on images trained on and on images never seen, for one set of images and for 40.

What it teaches: a network that is trained on a few images gets better and better at these, but
soon no better at others. A network that is trained on many images gets better at both.

    python -m figures.overfitting
"""

import importlib

import matplotlib.pyplot as plt
import numpy as np

from dataset import image2x2_set
from figures import style

recognition = importlib.import_module("2x2_image_recognition")

RUNS = {1: 1, 40: 0}  # sets of 16 images, and the seed of the run in the README
ITERATIONS = 3000
TICKS = {  # in words where one would have to count zeros
    1: "1",
    1e-2: "0.01",
    1e-4: "0.0001",
    1e-6: "a millionth",
    1e-8: "a hundred-\nmillionth",
}


def train(sets, seed):
    """Return moments, in iterations, and at each the loss on known and on unseen images.

    The random numbers are those of the script.
    """
    rng = np.random.default_rng(seed)
    known = image2x2_set(sets, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    unseen = image2x2_set(2000, rng=rng)
    moments = np.linspace(0, ITERATIONS, 61).astype(int)
    losses = []
    for steps in np.diff(moments, prepend=0):
        recognition.train(*known, parameters, steps)
        losses.append([recognition.judge(*data, parameters)[2] for data in (known, unseen)])
    return moments, *np.transpose(losses)


@style.sheet
def picture():
    figure, panels = plt.subplots(1, 2, figsize=(style.WIDTH, 3.7), sharey=True)
    ends = []
    for axes, (sets, seed) in zip(panels, RUNS.items()):
        moments, known, unseen = train(sets, seed)
        axes.semilogy(moments, known, linewidth=6, **style.LOSS)
        axes.semilogy(moments, unseen, linewidth=1, markevery=5, **style.UNSEEN)
        axes.set_title(f"Trained on {16 * sets} images")
        axes.set(xlabel="iteration", xticks=(0, 1000, 2000, 3000))
        ends.append((known[-1], unseen[-1]))

    left, right = panels
    purple = style.LOSS["color"]
    known, unseen = ends[0]
    left.text(3000, 0.05, f"never seen: {style.number(unseen, 2)}", ha="right")
    in_words = TICKS[float(f"{known:.0e}")]  # the same words as on the axis
    left.text(850, 6e-9, f"trained on:\n{in_words}", ha="center", color=purple)
    known, unseen = ends[1]
    right.text(3000, 0.012, f"never seen: {style.number(unseen, 1)}", ha="right")
    note = f"trained on: {style.number(known, 1)}"
    right.text(3000, 4e-4, note, ha="right", va="top", color=purple)
    left.set(ylabel="loss (mse)", ylim=(3e-10, 1))
    left.set_yticks(list(TICKS), TICKS.values())
    left.minorticks_off()
    figure.suptitle("The loss on 2x2 images in shades of grey", fontsize=11)
    return figure


PICTURES = {"overfitting.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
