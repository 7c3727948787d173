"""What 2x2_image_recognition.py says about images it has never seen.

What it teaches: the network answers with four numbers, and the kind that is over one half
counts.

    python -m figures.answers
"""

import importlib

import matplotlib.pyplot as plt
import numpy as np

from dataset import KINDS, image2x2_set
from figures import draw, style

recognition = importlib.import_module("2x2_image_recognition")

SHOWN = [1, 2, 4, 6, 9, 14]  # of the 16 shapes
WHICH = ("white", "black", "top", "bottom", "left", "right", "\\", "/")  # those with a name
RIGHT, WRONG = "\N{CHECK MARK}", "\N{BALLOT X}"


def trained():
    """Return the parameters after training as the script does by default."""
    rng = np.random.default_rng(0)
    X, Y = image2x2_set(40, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    recognition.train(X, Y, parameters)
    return parameters


def name(y):
    """Return the kind of shape that four outputs, desired or predicted, stand for."""
    return " ".join(kind for kind, output in zip(KINDS, y) if output > 0.5) or "no name"


def draw_answer(axes, image, y_hat, answer):
    """Draw an image, beside it the four outputs as bars, and above it the answer."""
    draw.image(axes, image, 0, 0)
    x = np.arange(4) / 3 + 1.3
    axes.bar(x, y_hat, width=0.25, color=style.PREDICTED["color"])
    axes.plot([1.15, 2.45], [0.5, 0.5], linewidth=1, **style.DESIRED)
    for height in 0, 1:
        axes.plot([1.15, 2.45], [height, height], color="black", linewidth=0.8, zorder=0)
    for height in 0, 0.5, 1:
        axes.text(2.5, height, f"{height:g}", va="center", fontsize=9)
    for place, kind in zip(x, KINDS):
        axes.text(place, -0.28, kind[0], ha="center", va="top", fontsize=9)
    axes.set_title(answer, fontsize=10)
    axes.set(xlim=(-0.05, 2.8), ylim=(-0.56, 1.2), aspect="equal")
    axes.axis("off")


@style.sheet
def picture():
    rng = np.random.default_rng(1)
    parameters = trained()
    figure = plt.figure(figsize=(style.WIDTH, 5.8))
    clear, murky = figure.subfigures(2, 1, height_ratios=(2, 1.2))
    for part, grey_range in (clear, 0.2), (murky, 0.5):
        images, Y = image2x2_set(2000, grey_range=grey_range, rng=rng)
        Y_hat, wrong, _ = recognition.judge(images, Y, parameters)
        if part is clear:
            part.suptitle(f"Images it has never seen: {wrong.sum()} of {len(wrong)} wrong")
            shown = SHOWN
        else:
            part.suptitle(f"In murkier greys: {100 * wrong.mean():.0f} % wrong, such as these")
            shown = [np.flatnonzero(wrong & (Y[:, kind] == 1))[0] for kind in range(3)]
        panels = part.subplots(len(shown) // 3, 3)
        for axes, i in zip(panels.flat, shown):
            answer = f"{RIGHT} {name(Y_hat[i])}"
            if wrong[i]:
                answer = f"{WRONG} says {name(Y_hat[i])},\nis {name(Y[i])} ({WHICH[i % 16]})"
            draw_answer(axes, images[i], Y_hat[i], answer)
    figure.supxlabel(
        f"bars: the outputs for {', '.join(KINDS)}; over one half counts, and below 0 can be",
        fontsize=9,
    )
    return figure


PICTURES = {"answers.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
