"""One step of linear.py: five points, a line, and the errors before and after.

What it teaches: an error is the distance from a point to the line, up or down. The loss is the
mean of the squared errors, and one step against the gradient makes nearly all errors smaller.

    python -m figures.one_step
"""

import matplotlib.pyplot as plt
import numpy as np

import linear
from dataset import polynomial
from figures import style

LEARNING_RATE = 0.1
ERROR = {"color": style.GRADIENT["color"], "linewidth": 3}


def draw_line(axes, x, y, parameters, title):
    """Draw the points, the line of the parameters, and each error as a vertical bar."""
    W, B = parameters
    loss, _ = linear.back_propagate(x, y, parameters)
    y_hat = linear.predict(x, parameters)
    axes.plot(x, y_hat, linewidth=3, **style.PREDICTED)
    axes.vlines(x, y, y_hat, **ERROR)
    points = style.DESIRED_POINTS | {"fillstyle": "full", "markerfacecolor": "white"}
    axes.plot(x, y, markersize=9, **points)
    for point, desired, predicted in zip(x[:, 0], y[:, 0], y_hat[:, 0]):
        text = style.number(predicted - desired)
        aside = 1.2 if desired >= predicted else -1.2  # above the point, or below it
        axes.text(point, desired + aside, text, ha="center", va="center", color=ERROR["color"])
    line = f"W = {style.number(W.item())}, B = {style.number(B.item())}"
    axes.set_title(f"{title}, loss {style.number(loss, 3)}:\n{line}")
    axes.set(xlabel="x", xticks=range(5), xlim=(-0.5, 4.5))


@style.sheet
def picture():
    X, Y = polynomial((2, 3), 0, 4, 5)
    parameters = [np.zeros((1, 1)), np.zeros((1, 1))]
    figure, (left, right) = plt.subplots(1, 2, figsize=(style.WIDTH, 4.3), sharey=True)
    draw_line(left, X, Y, parameters, "Start")
    linear.train(X, Y, parameters, iterations=1, learning_rate=LEARNING_RATE)
    draw_line(right, X, Y, parameters, "One step")

    left.set(ylabel="y", ylim=(-2, 17), yticks=range(0, 16, 5))
    left.text(0, 13, "circles: the five points\nred: the error of each")
    blue = {"color": style.PREDICTED["color"], "va": "center"}
    left.text(2, -0.9, "the line y = W x + B", ha="center", **blue)
    right.text(2.6, 11.5, "the line", ha="right", **blue)
    figure.supxlabel("loss = mean of the squared errors")
    right.tick_params(labelleft=True)
    return figure


PICTURES = {"one_step.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
