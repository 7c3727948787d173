"""The curve that cubic.py has learned, beyond the range of its samples.

What it teaches: outside the range of its samples, the network knows nothing.

    python -m figures.outside
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from dataset import polynomial
from figures import draw, style

COEFFICIENTS, NAME = (1, 0, -15, 0), style.minus("x³ - 15x")
BLUE = style.PREDICTED["color"]


@style.sheet
def picture():
    samples = polynomial(COEFFICIENTS, -5, 5, 50)
    parameters, _ = cubic.fit(*samples, rng=np.random.default_rng(0))
    x, y = polynomial(COEFFICIENTS, -14, 14, 281)
    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.8))
    axes.axvspan(-5, 5, color="0.92")
    draw.curves(axes, x, y, cubic.predict(x, parameters))
    axes.text(0, -370, style.minus("trained on samples\nfrom -5 to 5"), ha="center")
    axes.text(8.6, 340, f"{NAME}\nruns away", va="center")
    axes.text(13.8, 205, "the network\nends flat", ha="right", va="top", color=BLUE)
    axes.set_title("Outside the range of its samples, the network knows nothing")
    axes.set(xlabel="x", ylabel="y", xticks=range(-10, 11, 5), ylim=(-400, 400))
    return figure


PICTURES = {"outside.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
