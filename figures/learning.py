"""Training as a film: a curve that bends towards x^3 - 15x, and a surface that folds for XOR.

What it teaches: nothing happens at once. The network first finds the rough shape, and then
for a long time the details.

    python -m figures.learning                              writes both films
    python -m figures.learning learning_xor --show          shows one in a window
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
import xor
from dataset import polynomial, xor_2_input
from figures import style

POINT = style.DESIRED_POINTS | {"fillstyle": "full"}


def draw_loss(axes, moments, losses):
    """Draw the loss in the background; return a function that draws it up to a moment."""
    axes.loglog(1 + np.arange(len(losses)), losses, color="0.85")
    (line,) = axes.loglog([], [], linewidth=2, **style.LOSS)
    axes.set(xlabel="iteration", title="loss (mse)")
    # 0.001, as the exponent of a power of ten would be tiny
    for axis in axes.xaxis, axes.yaxis:
        axis.set_major_formatter(lambda y, _: np.format_float_positional(y, 6, trim="-"))
    return lambda i: line.set_data(1 + np.arange(moments[i]), losses[: moments[i]])


@style.sheet
def draw_cubic():
    """Return a figure, a function that draws one frame, and the numbers of the frames."""
    moments = np.unique(np.round(np.geomspace(1, 1001, 50)).astype(int)) - 1
    X, Y = polynomial((1, 0, -15, 0), -5, 5, 50)
    curves = []
    for iterations in moments:  # each from the start, as train forgets its momentum
        curve, losses = cubic.fit(X, Y, rng=np.random.default_rng(0), iterations=iterations)
        curves.append(curve(X))

    figure, (left, right) = plt.subplots(
        1, 2, figsize=(style.WIDTH, 3.8), width_ratios=(1.6, 1)
    )
    left.plot(X, Y, **style.DESIRED)
    (curve,) = left.plot(X, curves[0], linewidth=4, **style.PREDICTED, zorder=1)
    left.set(xlabel="x", ylabel="y", xlim=(-5.5, 8.5), ylim=(-60, 60), xticks=(-5, 0, 5))
    left.text(-4.3, -46, "desired")
    label = left.text(5.2, 0, "predicted", color=style.PREDICTED["color"], va="center")
    update_loss = draw_loss(right, moments, losses)

    @style.sheet
    def update(i):
        curve.set_ydata(curves[i])
        label.set_y(curves[i][-1, 0])
        left.set_title(f"$x^3 - 15x$ after {moments[i]} iterations")
        update_loss(i)

    update(0)
    return figure, update, range(len(moments))


@style.sheet
def draw_xor():
    """Return a figure, a function that draws one frame, and the numbers of the frames."""
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))
    moments = np.array([*range(0, 100, 5), *range(100, 301, 40)])
    losses, stages = [], []
    for steps in np.diff(moments, prepend=0):
        losses += xor.train(X, Y, parameters, steps)
        stages.append([p.copy() for p in parameters])

    figure = plt.figure(figsize=(style.WIDTH, 4.2))
    grid = figure.add_gridspec(1, 2, width_ratios=(1.6, 1))
    left = figure.add_subplot(grid[0], projection="3d", computed_zorder=False)
    update_loss = draw_loss(figure.add_subplot(grid[1]), moments, losses)
    u, v = np.meshgrid(*[np.linspace(-0.3, 1.3, 17)] * 2)

    @style.sheet
    def update(i):
        output = xor.predict(np.column_stack([u.ravel(), v.ravel()]), stages[i])
        left.clear()
        left.plot_surface(
            u, v, output.reshape(u.shape), cmap=style.OUTPUTS, vmin=-0.2, vmax=1.1,
            edgecolor="white", linewidth=0.4, shade=False, rstride=1, cstride=1,
        )  # fmt: skip
        for (a, b), y, y_hat in zip(X, Y[:, 0], xor.predict(X, stages[i])[:, 0]):
            left.plot([a, a], [b, b], [y_hat, y], color="black", linewidth=1)
            left.plot(a, b, y, markerfacecolor="white", markersize=11, **POINT)
        left.set(xticks=(0, 1), yticks=(0, 1), zticks=(0, 1), zlim=(0, 1))
        left.set(xlabel="a", ylabel="b")
        left.set_title(f"Output for XOR\nafter {moments[i]} iterations")
        left.view_init(35, -65)
        update_loss(i)

    update(0)
    return figure, update, range(len(moments))


PICTURES = {"learning_cubic.gif": draw_cubic, "learning_xor.gif": draw_xor}

if __name__ == "__main__":
    style.main(PICTURES)
