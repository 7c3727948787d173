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
MOMENTS = np.arange(0, 1001, 100)  # iterations


def train(sets, seed):
    """Return the losses on known and on unseen images at each moment.

    The random numbers are those of the script.
    """
    rng = np.random.default_rng(seed)
    known = image2x2_set(sets, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    unseen = image2x2_set(200, rng=rng)
    losses = []
    for iterations in np.diff(MOMENTS, prepend=0):
        recognition.train(*known, parameters, iterations)
        losses.append([recognition.judge(*data, parameters)[2] for data in (known, unseen)])
    return np.transpose(losses)


@style.sheet
def picture():
    figure, panels = plt.subplots(1, 2, figsize=(style.WIDTH, 3.5), sharey=True)
    for axes, (sets, seed) in zip(panels, RUNS.items()):
        known, unseen = train(sets, seed)
        axes.semilogy(MOMENTS, known, linewidth=6, **style.LOSS)
        axes.semilogy(MOMENTS, unseen, linewidth=1, **style.UNSEEN)
        note = f"never seen: {style.number(unseen[-1], 2)}"
        axes.text(1000, 0.05, note, ha="right")
        note = f"trained on: {style.number(known[-1], 1)}"
        axes.text(1000, known[-1] / 1.6, note, ha="right", va="top", color=style.LOSS["color"])
        axes.set_title(f"Trained on {16 * sets} images")
        axes.set(xlabel="iteration", xticks=(0, 500, 1000), ylim=(3e-5, 1))
        axes.yaxis.set_major_formatter("{x:g}")
        axes.tick_params(labelleft=True)
    panels[0].set_ylabel("loss")
    return figure


PICTURES = {"overfitting.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
