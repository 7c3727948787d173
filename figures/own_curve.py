"""The curve that cubic.fit learns from a file with two columns, over its points.

What it teaches: the points scatter, and the curve goes through their middle.

    python -m figures.own_curve
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from figures import style


def data(rng):
    """Return the two columns of the file in docs/your-own-data.md."""
    hours = np.arange(0, 24, 0.5).reshape(-1, 1)
    noise = rng.normal(0, 0.5, hours.shape)
    return hours, (15 - 6 * np.cos(2 * np.pi * (hours - 3) / 24) + noise).round(1)


@style.sheet
def picture():
    rng = np.random.default_rng(0)
    X, Y = data(rng)
    parameters, _ = cubic.fit(X, Y, rng=rng)
    x = np.linspace(0, 23.5, 200).reshape(-1, 1)

    figure, axes = plt.subplots(figsize=(style.WIDTH, 3.4))
    axes.plot(x, cubic.predict(x, parameters), linewidth=3, **style.PREDICTED)
    axes.plot(X, Y, **style.DESIRED_POINTS)
    axes.set_title("A curve through the middle of measured points")
    axes.text(11, 10.8, "points: the rows of the file")
    axes.text(11, 9.4, "line: what eight nodes have learned", color=style.PREDICTED["color"])
    axes.set(xlabel="hour of the day", ylabel="temperature (°C)", xticks=range(0, 25, 4))
    return figure


PICTURES = {"own_curve.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
