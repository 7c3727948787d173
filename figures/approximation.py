"""What cubic.py learns with eight hidden nodes: x^3 + 15x, and by how much it misses it.

What it teaches: inside the range of the samples, the network's curve lies on the desired one.

    python -m figures.approximation
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from dataset import polynomial
from figures import draw, style

COEFFICIENTS, NAME = (1, 0, 15, 0), "x³ + 15x"


@style.sheet
def picture():
    samples = polynomial(COEFFICIENTS, -5, 5, 50)
    parameters, _ = cubic.fit(*samples, rng=np.random.default_rng(0))
    x, y = polynomial(COEFFICIENTS, -5, 5, 201)

    figure, (above, below) = plt.subplots(
        2, 1, figsize=(style.WIDTH, 5.4), sharex=True, height_ratios=(2, 1)
    )
    draw.curves(above, x, y, cubic.predict(x, parameters))
    above.set_title(f"Eight hidden nodes learn {NAME}")
    above.set(ylabel="y", ylim=(-220, 220), yticks=(-200, -100, 0, 100, 200))
    above.legend(loc="upper left")

    # this panel is half as high, and goes from -1 to 1 instead of from -220 to 220
    below.axhline(0, color=style.QUIET, linewidth=0.8)
    below.plot(x, cubic.predict(x, parameters) - y, linewidth=2, color="black")
    below.set_title("The error, drawn 110 times larger")
    below.set(xlabel="x", xticks=range(-5, 6))
    below.set(ylabel=style.minus("predicted\n- desired"), ylim=(-1, 1), yticks=(-1, 0, 1))
    return figure


PICTURES = {"approximation.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
