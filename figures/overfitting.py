"""The loss on images trained on and on images never seen, for one set of images and for 40.

What it teaches: trained on a few images a network gets better and better at these, and soon no
better at others. With many images it gets better at both.

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
KNOWN = {"linewidth": 1.5} | style.LOSS
UNSEEN = {"linewidth": 6, "color": "#BFA9E0"}


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
        axes.semilogy(moments, unseen, **UNSEEN)
        axes.semilogy(moments, known, **KNOWN)
        axes.set_title(f"Trained on {16 * sets} images", weight="bold")
        axes.set(xlabel="iteration", xticks=(0, 1000, 2000, 3000))
        ends.append((known[-1], unseen[-1]))
    left, right = panels
    (known, unseen), (both, _) = ends
    left.text(3000, 0.05, f"never seen: {style.number(unseen, 2)}", ha="right")
    assert 0.5e-8 < known < 1.5e-8
    left.text(3000, 6e-9, "trained on:\n1 / 100 million", ha="right", va="top")
    right.text(3000, 0.015, f"both: {style.number(both, 1)}", ha="right")
    left.set(ylabel="loss (mse)", ylim=(3e-10, 1), yticks=(1, 1e-2, 1e-4, 1e-6, 1e-8))
    left.minorticks_off()
    left.set_yticklabels(["1", "1 / 100", "1 / 10,000", "1 / million", "1 / 100 million"])
    return figure


PICTURES = {"overfitting.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
