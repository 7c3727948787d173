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


@style.sheet
def draw():
    rng = np.random.default_rng(0)
    X, Y = image2x2_set(100, grey_range=0.25, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    recognition.train(X, Y, parameters)
    images, _ = image2x2_set(rng=rng)
    Y_hat = recognition.predict(images, parameters)

    figure = plt.figure(figsize=(style.WIDTH, 8))
    top, bottom = figure.subfigures(2, 1, height_ratios=(1.35, 1))
    top.suptitle("Images it has never seen: the answer, and its four outputs", fontsize=11)
    panels = top.subplots(4, 8, height_ratios=(1, 0.6) * 2)
    for pictures, bars, part in (panels[0], panels[1], slice(8)), (panels[2], panels[3], slice(8, 16)):
        for picture, bar, image, y_hat in zip(pictures, bars, images[part], Y_hat[part]):
            picture.imshow(image.reshape(2, 2), cmap="gray_r", vmin=0, vmax=1)
            picture.spines[:].set_visible(True)
            picture.set(xticks=[], yticks=[])
            picture.set_title(recognition.label(y_hat), fontsize=9.5)
            bar.bar(range(4), y_hat, color=style.PREDICTED["color"])
            bar.axhline(0.5, linewidth=1, **style.DESIRED)
            bar.set_xticks(range(4), [kind[0] for kind in KINDS])
            bar.set(ylim=(-0.2, 1.2), yticks=(0, 1) if bar is bars[0] else [])

    bottom.suptitle("The weights of the 16 nodes of the first layer, as images", fontsize=11)
    W1 = parameters[0]
    for axes, weights in zip(bottom.subplots(2, 8).flat, W1):
        largest = np.abs(W1).max()
        axes.imshow(weights.reshape(2, 2), cmap=style.WEIGHTS, vmin=-largest, vmax=largest)
        axes.spines[:].set_visible(True)
        axes.set(xticks=[], yticks=[])
        for i, weight in enumerate(weights):
            text = f"{weight:.1f}".replace("-", "\N{MINUS SIGN}")
            axes.text(i % 2, i // 2, text, ha="center", va="center", fontsize=9)
    return figure


PICTURES = {"recognition.png": draw}

if __name__ == "__main__":
    style.main(PICTURES)
