"""The derivative as a nudge: how the loss of xor.py changes with one of its weights.

What it teaches: dW is the slope of the loss along one weight. Two nudges of the weight, up and
down, give nearly the same slope. That is how a gradient is checked.

    python -m figures.nudge
"""

import matplotlib.pyplot as plt
import numpy as np

import xor
from dataset import xor_2_input
from figures import style

MOMENT = 44  # iterations, when the loss is falling fast
NODE = 3  # the weight is W2[0, NODE]
H = 0.8  # large enough to be seen. The check takes 0.00001.


def along_one_weight():
    """Return the weight, the loss as a function of this weight alone, and dW there."""
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))
    xor.train(X, Y, parameters, MOMENT)
    _, gradients = xor.back_propagate(X, Y, parameters)
    W2 = parameters[2]
    w = W2[0, NODE]

    def loss(value):
        W2[0, NODE] = value
        return xor.back_propagate(X, Y, parameters)[0]

    return w, np.vectorize(loss), gradients[2][0, NODE]


@style.sheet
def picture():
    w, loss, dW = along_one_weight()
    figure, axes = plt.subplots(figsize=(style.WIDTH, 4))
    x = np.linspace(0.7, 4, 201)
    axes.plot(x, loss(x), linewidth=3, **style.LOSS)

    tangent = np.array([w - 1.1, w + 1.1])
    axes.plot(tangent, loss(w) + dW * (tangent - w), linewidth=2, **style.GRADIENT)
    nudged = np.array([w - H, w + H])
    axes.plot(nudged, loss(nudged), "o-", color=style.QUIET)
    axes.plot(w, loss(w), "o", color="black")
    for end in nudged:
        axes.annotate("", (end, 0.008), (w, 0.008), arrowprops={"arrowstyle": "<->"})
        axes.text((w + end) / 2, 0.011, "h", ha="center", va="bottom")
        axes.plot([end, end], [0, loss(end)], color=style.QUIET, linewidth=0.6, linestyle=":")

    labels = [("W - h", w - H, (8, 3)), ("W", w, (-4, -15)), ("W + h", w + H, (0, 8))]
    for name, x, offset in labels:
        axes.annotate(style.minus(name), (x, loss(x)), offset, textcoords="offset points")
    slope = (loss(w + H) - loss(w - H)) / (2 * H)
    note = style.minus(f"line through W - h and W + h: slope {slope:.4f}")
    axes.text(1.6, 0.22, note, color=style.QUIET)
    note = style.minus(f"tangent, dashed: slope dW = {dW:.4f}")
    axes.text(1.6, 0.2, note, color=style.GRADIENT["color"])
    axes.set_title("Two points near W give nearly the slope at W (h is drawn large)")
    axes.set(xlabel="W, one of the weights", ylabel="loss", xlim=(0.7, 4), ylim=(0, 0.25))
    return figure


PICTURES = {"nudge.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
