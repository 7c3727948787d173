"""When to stop: the errors of training and validation rows while NN learns a table.

What it teaches: the error of the rows that a network is trained on keeps falling; that of rows
it has never seen falls, then rises, and where it is lowest one stops.

    python -m figures.early_stopping      needs scikit-learn, whose table of diabetes it takes
"""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_diabetes

from figures import style
from network1 import NN


def errors():
    """Return iterations, and the errors of training and validation rows after these.

    The network, its rows and its random numbers are those of docs/your-own-data.md.
    """
    X, disease = load_diabetes(return_X_y=True, scaled=False)
    Y = disease.reshape(-1, 1)
    rng = np.random.default_rng(0)
    _, validation, training = np.split(rng.permutation(len(X)), [88, 176])
    x = (X - X[training].mean(axis=0)) / X[training].std(axis=0)
    y_std = Y[training].std()
    y = (Y - Y[training].mean()) / y_std
    nn = NN((10, 8, 1), rng=rng)
    iterations, rms = np.arange(0, 1001, 25), []
    for i in iterations:
        if i > 0:
            nn.train(x[training], y[training], 25, verbose=False)
        off = y_std * (nn.forward(x) - y)
        rms.append([np.sqrt(np.mean(off[rows] ** 2)) for rows in (training, validation)])
    return iterations, *np.array(rms).T


@style.sheet
def picture():
    iterations, training, validation = errors()
    stop = validation.argmin()
    figure, axes = plt.subplots(figsize=(style.WIDTH, 4))
    axes.plot(iterations, training, linewidth=2.5, **style.LOSS)
    axes.plot(iterations, validation, marker=".", color="black")
    axes.plot(iterations[stop], validation[stop], "o", color="black", markersize=9)
    axes.axvline(iterations[stop], color=style.QUIET, linewidth=0.8, zorder=0)
    axes.text(
        iterations[stop] + 12, 72, f"lowest after {iterations[stop]} iterations: stop here"
    )
    axes.annotate(
        "", (400, 68), (iterations[stop], 68), arrowprops={"arrowstyle": "->", "color": "black"}
    )
    axes.text(420, 68, "from here on it learns the\ntraining rows by heart", va="center")
    axes.text(
        580,
        60.5,
        "validation rows: it isn't trained on\nthese (dots: every 25 iterations)",
        ha="center",
    )
    axes.text(580, 48.5, "training rows", color=style.LOSS["color"])
    axes.set(
        xlabel="iterations",
        ylabel="rms error of the disease score",
        xlim=(-5, 1010),
        ylim=(40, 75),
    )
    axes.set_title("Stop where the error of rows not trained on is lowest")
    return figure


PICTURES = {"early_stopping.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
