"""The sixteen 2x2 images in black and white, and the same in shades of grey.

What it teaches: which images there are, and what their kinds are called. The names come from
the one-hot columns.

    python -m figures.images
"""

import matplotlib.pyplot as plt
import numpy as np

from dataset import KINDS, image2x2, image2x2_set
from figures import draw, style


def draw_all(axes, images, Y, title):
    """Draw the sixteen images in two rows, two of a kind side by side."""
    for i, (image, y) in enumerate(zip(images, Y)):
        row, column = divmod(i, 8)
        left = 1.1 * column + 0.5 * (column // 2)
        low = -1.5 * row
        draw.image(axes, image, left, low)
        if i % 2 == 0:
            name = KINDS[y.argmax()] if y.any() else "no name"
            axes.text(left + 1.05, low + 1.08, name, ha="center", va="bottom")
    axes.set(xlim=(-0.1, 10.3), ylim=(-1.6, 1.4))
    axes.set_title(title)
    axes.axis("off")


@style.sheet
def picture():
    X, Y = image2x2()
    grey, _ = image2x2_set(rng=np.random.default_rng(0))
    figure, (top, bottom) = plt.subplots(2, 1, figsize=(style.WIDTH, 4.1))
    draw_all(top, X, Y, "All 2x2 images in black and white")
    draw_all(bottom, grey, Y, "The same in shades of grey")
    return figure


PICTURES = {"images.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
