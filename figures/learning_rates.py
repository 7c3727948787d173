"""One step of linear.py along W, with three learning rates.

What it teaches: the slope says which way is down, but not how far to go. A step is the learning
rate times the slope. It can be too short, or good, or so long that it ends higher than before.

    python -m figures.learning_rates
"""

import matplotlib.pyplot as plt
import numpy as np

import linear
from dataset import polynomial
from figures import style

RATES = {"too small": 0.01, "good": 0.1, "too large": 0.2}
BELOW = -14  # the height of the first arrow, in units of the loss, and the gap to the next
THIN = {"color": style.QUIET, "linewidth": 0.8}

X, Y = polynomial((2, 3), 0, 4, 5)


def at(W):
    """Return the loss and dW for a weight, with a bias of 0."""
    loss, (dW, _) = linear.back_propagate(X, Y, [np.array([[W]]), np.zeros((1, 1))])
    return loss, dW.item()


@style.sheet
def picture():
    figure, axes = plt.subplots(figsize=(style.WIDTH, 4))
    W = np.linspace(-1.2, 7.4, 201)
    axes.plot(W, [at(w)[0] for w in W], linewidth=3, **style.LOSS)

    loss, dW = at(0.0)
    axes.plot(0, loss, "o", color="black")
    text = style.minus(f"start: loss {loss:.0f}, slope dW = {dW:.0f}")
    axes.annotate(text, (0, loss), (10, 2), textcoords="offset points")
    axes.plot([0, 0], [3 * BELOW, loss], **THIN)
    for i, (name, rate) in enumerate(RATES.items()):
        y = BELOW * (i + 1)
        end = -rate * dW
        higher, _ = at(end)
        axes.annotate("", (end, y), (0, y), arrowprops={"arrowstyle": "-|>", "color": "black",
                      "shrinkA": 0, "shrinkB": 0})  # fmt: skip
        axes.plot([end, end], [y, higher], **THIN)
        axes.plot(end, higher, "o", color="black", markerfacecolor="white")
        axes.text(-0.1, y, f"rate {rate}: {name}", ha="right", va="center")
        step = f"{rate} × {-dW:.0f} = {end:g}"
        axes.text(max(end, 0) + 0.1, y, step, va="center")
    axes.annotate(
        f"loss {higher:.0f}:\nhigher than before", (end, higher), (-10, 0),
        textcoords="offset points", ha="right", va="center",
    )  # fmt: skip
    axes.set_title("A step is the learning rate times the slope, downhill")
    axes.set(xlabel="W, with B = 0", ylabel="loss", xlim=(-3.4, 9.6), ylim=(3.6 * BELOW, 125))
    axes.set(xticks=range(0, 8), yticks=(0, 50, 100))
    axes.spines["left"].set_bounds(0, 125)
    return figure


PICTURES = {"learning_rates.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
