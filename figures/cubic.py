"""What the eight hidden nodes of cubic.py add up to, and where it fails.

What it teaches: each hidden node adds one S-shaped step, and their sum is the curve. Inside
the trained range the error is tiny; outside of it the network knows nothing. Three hidden
nodes are the fewest that do.

    python -m figures.cubic
"""

import matplotlib.pyplot as plt
import numpy as np

import cubic
from dataset import polynomial
from figures import style

COEFFICIENTS = 1, 0, -15, 0
SEEDS = range(5)
ITERATIONS = 2000  # enough to see it, and soon done


def trained():
    """Return parameters, mean and scale: what cubic.fit trains, and how it scales y."""
    X, Y = polynomial(COEFFICIENTS, -5, 5, 50)
    mean, scale = Y.mean(), Y.std()
    parameters = cubic.initialize(8, np.random.default_rng(0))
    cubic.train(X / 5, (Y - mean) / scale, parameters)
    return parameters, mean, scale


def predict(X, parameters, mean, scale):
    """Return Y_hat in the function's own units."""
    return mean + scale * cubic.predict(X / 5, parameters)


def draw_sum(axes, network):
    """Draw the hidden nodes, weighted, and their sum, the output."""
    parameters, mean, scale = network
    _, _, W2, B2 = parameters
    X, _ = polynomial(COEFFICIENTS, -5, 5, 201)
    _, _, a1, _ = cubic.forward(X / 5, parameters)
    for weight, a in zip(W2[0], a1):
        axes.plot(X, scale * weight * a, **style.weight_line(weight, 1, widest=1.5))
    axes.plot(X, predict(X, *network), linewidth=4, **style.PREDICTED)
    bias = mean + scale * B2.item()
    axes.plot([-5, 5], [bias, bias], color=style.QUIET, linestyle=":")
    axes.text(-4.8, 105, "positive weight", color=style.POSITIVE["color"])
    axes.text(-4.8, -120, "negative weight", color=style.NEGATIVE["color"])
    axes.text(1, 75, "dotted: bias", color=style.QUIET)
    axes.text(5, 60, "sum", color=style.PREDICTED["color"], ha="right", weight="bold")
    axes.set(title="Eight weighted hidden nodes, and their sum", xlabel="x", ylabel="y")


def draw_error(axes, network):
    X, Y = polynomial(COEFFICIENTS, -5, 5, 201)
    axes.axhline(0, linewidth=1, **style.DESIRED)
    axes.plot(X, predict(X, *network) - Y, **style.PREDICTED)
    low, high = style.number(Y.min()), style.number(Y.max())
    axes.set_title(f"The error, where y goes from {low} to {high}")
    axes.set(xlabel="x", ylabel="predicted \N{MINUS SIGN} desired")


def draw_outside(axes, network):
    X, Y = polynomial(COEFFICIENTS, -10, 10, 201)
    axes.axvspan(-5, 5, color="0.92")
    axes.plot(X, predict(X, *network), linewidth=4, **style.PREDICTED)
    axes.plot(X, Y, **style.DESIRED)
    axes.text(0, -560, "trained range", ha="center")
    axes.text(6.5, 480, "desired", ha="right")
    axes.text(-9.8, 0, "predicted", color=style.PREDICTED["color"])
    axes.set_title("Outside the range it was trained on")
    axes.set(xlabel="x", ylabel="y", ylim=(-600, 600))


def draw_nodes(axes):
    for n_hidden in range(1, 11):
        for seed in SEEDS:
            _, Y, Y_hat, _ = cubic.fit(COEFFICIENTS, n_hidden, seed, iterations=ITERATIONS)
            rms = np.sqrt(np.mean((Y_hat - Y) ** 2))
            axes.semilogy(n_hidden, rms, "o", alpha=0.6, color=style.PREDICTED["color"])
    axes.text(10, 5, f"{len(SEEDS)} seeds each,\n{ITERATIONS} iterations", ha="right")
    axes.set(title="How many hidden nodes it takes", xlabel="hidden nodes", ylabel="rms error")
    axes.set_xticks(range(1, 11))
    axes.yaxis.set_major_formatter("{x:g}")  # no small exponents


@style.sheet
def draw():
    figure, ((a, b), (c, d)) = plt.subplots(2, 2, figsize=(style.WIDTH, 6.6))
    network = trained()
    draw_sum(a, network)
    draw_error(b, network)
    draw_outside(c, network)
    draw_nodes(d)
    return figure


PICTURES = {"cubic.png": draw}

if __name__ == "__main__":
    style.main(PICTURES)
