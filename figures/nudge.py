"""The derivative as a nudge: how the loss of xor.py changes with one of its weights.

What it teaches: dW is the slope of the loss along one weight. It says what a small nudge does,
and that is how a gradient is checked; and it says which way is down, but not how far.

    python -m figures.nudge
"""

import matplotlib.pyplot as plt
import numpy as np

import xor
from dataset import xor_2_input
from figures import style

MOMENT = 48  # iterations, when the loss is falling fast
NODE = 3  # the weight is W2[0, NODE]
H = 0.8  # to be seen; the check takes 0.00001
RATES = {"too small": 2, "good": 15, "too large": 60}  # for this weight alone
POINT = {"marker": "o", "color": "black", "linestyle": ""}


def along_one_weight():
    """Return the weight, the loss as a function of it, and dW there; all others stay."""
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


def slope(loss, w, h):
    """Return the slope of the line through the loss at w - h and w + h."""
    return (loss(w + h) - loss(w - h)) / (2 * h)


def draw_nudge(axes, w, loss, dW):
    """Draw the loss around w, its tangent, and the line through w - h and w + h."""
    assert abs(slope(loss, w, 1e-5) - dW) < 1e-9
    x = np.array([w - 1.1, w + 1.1])
    axes.plot(x, loss(w) + dW * (x - w), linewidth=2, **style.GRADIENT)
    ends = np.array([w - H, w + H])
    axes.plot(ends, loss(ends), "o-", color=style.QUIET)
    axes.plot(w, loss(w), **POINT)
    for x, name, offset in (
        (w - H, style.minus("w - h"), (8, 3)), (w, "w", (-4, -15)), (w + H, "w + h", (0, 8)),
    ):  # fmt: skip
        axes.annotate(name, (x, loss(x)), offset, textcoords="offset points")
    note = f"line through w - h and w + h: slope {slope(loss, w, H):.3f}\n"
    note += f"h is {H} to be seen; in the check it is 0.00001"
    axes.text(2.4, 0.15, style.minus(note), color=style.QUIET, va="top")
    note = style.minus(f"tangent: its slope is dW = {dW:.3f}")
    axes.text(2.9, 0.018, note, ha="right", color=style.GRADIENT["color"])
    axes.set(title="A nudge to both sides tells the slope", xlim=(1.2, 4.4), ylim=(0, 0.17))


def draw_steps(axes, w, loss, dW):
    """Draw where a step leads to, for three learning rates."""
    axes.plot(w, loss(w), **POINT)
    axes.plot([w, w], [0, loss(w)], color=style.QUIET, linewidth=0.8)
    for y, (name, rate) in zip((0.034, 0.021, 0.008), RATES.items()):
        to = w - rate * dW
        arrow = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, "color": "black"}
        axes.annotate("", (to, y), (w, y), arrowprops=arrow)
        axes.plot([to, to], [y, loss(to)], color=style.QUIET, linewidth=0.8)
        axes.plot(to, loss(to), **POINT | {"fillstyle": "none"})
        axes.text(w - 0.1, y, f"{name}: {rate}", ha="right", va="center")
    axes.text(to - 0.15, loss(to) + 0.004, "higher than before", ha="right")
    axes.text(w + 0.1, loss(w) + 0.006, "before")
    axes.set(title="The step is rate × slope, downhill: three learning rates")
    axes.set(xlim=(0.9, 6.6), ylim=(0, 0.17))


@style.sheet
def picture():
    w, loss, dW = along_one_weight()
    figure, panels = plt.subplots(2, 1, figsize=(style.WIDTH, 7))
    for axes in panels:
        x = np.linspace(0.9, 6.6, 201)
        axes.plot(x, loss(x), linewidth=3, **style.LOSS)
        axes.set_ylabel("loss")
    draw_nudge(panels[0], w, loss, dW)
    draw_steps(panels[1], w, loss, dW)
    panels[1].set_xlabel("one weight of xor.py; all others stay as they are")
    return figure


PICTURES = {"nudge.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
