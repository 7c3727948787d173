"""Training as a film: a curve that bends towards x^3 + 15x.

What it teaches: the network finds the rough shape first. Then it takes a long time over the
details.

    python -m figures.learning_cubic
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from dataset import polynomial
from figures import style

COEFFICIENTS, NAME = (1, 0, 15, 0), "x³ + 15x"
# After which iterations there is a frame: after each of the first 30, in which the curve swings
# back and forth, then after fewer and fewer.
MOMENTS = [*range(1, 31), *np.geomspace(32, 1000, 30).astype(int)]


@style.sheet
def picture():
    """Return a figure, a function that draws one frame, and the numbers of the frames."""
    x, y = polynomial(COEFFICIENTS, -5, 5, 50)
    # the loss before the iteration that follows is the loss after this one
    _, losses = cubic.fit(x, y, 8, np.random.default_rng(0), MOMENTS[-1] + 1)
    iterations = np.arange(1, len(losses))
    losses = losses[1:]

    figure, (left, right) = plt.subplots(
        1, 2, figsize=(style.WIDTH, 3.8), width_ratios=(1.6, 1)
    )
    left.plot(x, y, **style.DESIRED)
    (curve,) = left.plot(x, y, linewidth=4, **style.PREDICTED, zorder=1)
    left.set(xlabel="x", ylabel="y", xlim=(-5.5, 8.5), ylim=(-260, 260), xticks=(-5, 0, 5))
    left.text(5, -200, "dashed: desired", ha="right")
    label = left.text(5.2, 0, "predicted", color=style.PREDICTED["color"], va="center")
    right.loglog(iterations, losses, color="0.85")
    (line,) = right.loglog([], [], linewidth=2, **style.LOSS)
    right.set(xlabel="iteration", title="loss (mse of y, scaled)")
    (dot,) = right.plot(1, losses[0], "o", color=style.LOSS["color"])
    # 0.001, because the exponent of a power of ten would be tiny
    for axis in right.xaxis, right.yaxis:
        axis.set_major_formatter(lambda y, _: np.format_float_positional(y, 6, trim="-"))

    @style.sheet
    def update(i):
        n = MOMENTS[i]
        # always the same network, trained for longer
        parameters, _ = cubic.fit(x, y, 8, np.random.default_rng(0), n)
        y_hat = cubic.predict(x, parameters)
        curve.set_ydata(y_hat)
        label.set_y(y_hat[-1, 0])
        left.set_title(f"{NAME}, iteration {n}")
        line.set_data(iterations[:n], losses[:n])
        dot.set_data([n], [losses[n - 1]])

    update(0)
    return figure, update, range(len(MOMENTS))


PICTURES = {"learning_cubic.gif": picture}

if __name__ == "__main__":
    style.main(PICTURES)
