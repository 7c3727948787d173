"""What 2x2_image_recognition.py says about images it has never seen, and how it looks at them.

What it teaches: the network answers with four numbers, and the kind that is over one half
counts. A node of the first layer is a small image of weights: it compares.

    python -m figures.recognition
"""

import importlib

import matplotlib.pyplot as plt
import numpy as np

from dataset import KINDS, image2x2_set
from figures import style

recognition = importlib.import_module("2x2_image_recognition")

SHOWN = [0, 2, 4, 5, 6, 9, 11, 14]  # of the 16 shapes


def draw_answers(part, images, Y, parameters):
    """Draw each image with what the network says, and below it the four outputs."""
    pictures, bars = part.subplots(2, 8, height_ratios=(1, 0.7))
    Y_hat = recognition.predict(images, parameters)
    for picture, bar, image, y, y_hat in zip(pictures, bars, images, Y, Y_hat):
        style.show_image(picture, image)
        verdict = "right" if np.all((y_hat > 0.5) == y) else "WRONG"
        picture.set_title(f"{recognition.label(y_hat)}\n{verdict}", fontsize=9.5)
        bar.bar(range(4), y_hat, color=style.PREDICTED["color"])
        bar.axhline(0.5, linewidth=1, **style.DESIRED)
        bar.set_xticks(range(4), [kind[0] for kind in KINDS])
        bar.set(ylim=(-0.3, 1.3), yticks=(0, 1) if bar is bars[0] else [])


def draw_weights(panels, W1):
    """Draw the weights of each node as an image."""
    largest = np.abs(W1).max()
    for axes, weights in zip(panels.flat, W1):
        style.show_image(axes, weights, cmap=style.WEIGHTS, vmin=-largest, vmax=largest)
        for i, weight in enumerate(weights):
            text = style.number(round(weight, 1))
            axes.text(i % 2, i // 2, text, ha="center", va="center", fontsize=9)


@style.sheet
def draw():
    rng = np.random.default_rng(0)
    X, Y = image2x2_set(40, grey_range=0.25, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    recognition.train(X, Y, parameters)

    figure = plt.figure(figsize=(style.WIDTH, 7.6))
    parts = figure.subfigures(3, 1, height_ratios=(1.1, 1.1, 1.25))
    outputs = f"the answers, and the outputs ({', '.join(KINDS)})"
    titles = f"Never seen: {outputs}", "Never seen, in murkier greys"
    for part, title, grey_range in zip(parts, titles, (0.2, 0.5)):
        part.suptitle(title, fontsize=11)
        images, Y = image2x2_set(grey_range=grey_range, rng=rng)
        draw_answers(part, images[SHOWN], Y[SHOWN], parameters)
    parts[2].suptitle(
        "What each of the 16 nodes of the first layer looks for: its weights", fontsize=11
    )
    draw_weights(parts[2].subplots(2, 8), parameters[0])
    return figure


PICTURES = {"recognition.png": draw}

if __name__ == "__main__":
    style.main(PICTURES)
