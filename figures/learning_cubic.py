"""Training as a film: a curve that bends towards x^3 - 15x.

What it teaches: nothing happens at once. The network first finds the rough shape, and then
for a long time the details.

    python -m figures.learning_cubic
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from dataset import polynomial
from figures import style

COEFFICIENTS = 1, 0, -15, 0


@style.sheet
def picture():
    """Return a figure, a function that draws one frame, and the numbers of the frames."""
    moments = np.unique(np.round(np.geomspace(1, 1001, 50)).astype(int)) - 1
    x, y = polynomial(COEFFICIENTS, -5, 5, 50)
    spread = y.std()
    x, y = x / 5, y / spread
    parameters = cubic.initialize(8, np.random.default_rng(0))
    velocity = [np.zeros_like(p) for p in parameters]
    curves, losses = [], []
    for steps in np.diff(moments, prepend=0):
        losses += cubic.train(x, y, parameters, steps, velocity=velocity)
        curves.append(spread * cubic.predict(x, parameters))

    figure, (left, right) = plt.subplots(
        1, 2, figsize=(style.WIDTH, 3.8), width_ratios=(1.6, 1)
    )
    left.plot(5 * x, spread * y, **style.DESIRED)
    (curve,) = left.plot(5 * x, curves[0], linewidth=4, **style.PREDICTED, zorder=1)
    left.set(xlabel="x", ylabel="y", xlim=(-5.5, 8.5), ylim=(-60, 60), xticks=(-5, 0, 5))
    left.text(-4.3, -46, "desired")
    label = left.text(5.2, 0, "predicted", color=style.PREDICTED["color"], va="center")
    right.loglog(1 + np.arange(len(losses)), losses, color="0.85")
    (line,) = right.loglog([], [], linewidth=2, **style.LOSS)
    right.set(xlabel="iteration", title="loss (mse)")
    # 0.001, as the exponent of a power of ten would be tiny
    for axis in right.xaxis, right.yaxis:
        axis.set_major_formatter(lambda y, _: np.format_float_positional(y, 6, trim="-"))

    @style.sheet
    def update(i):
        curve.set_ydata(curves[i])
        label.set_y(curves[i][-1, 0])
        left.set_title(f"$x^3 - 15x$ after {moments[i]} iterations")
        line.set_data(1 + np.arange(moments[i]), losses[: moments[i]])

    update(0)
    return figure, update, range(len(moments))


PICTURES = {"learning_cubic.gif": picture}

if __name__ == "__main__":
    style.main(PICTURES)
