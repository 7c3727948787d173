"""When to stop: the errors of training and validation rows while NN learns a table.

What it teaches: the error of the rows that a network is trained on keeps falling. The error of
rows that it has never seen falls, then rises again. Training should stop where it is lowest.

    python -m figures.early_stopping     (needs scikit-learn, which has the table of diabetes)
"""

import matplotlib.pyplot as plt
import numpy as np

from figures import style
from network1 import NN


def errors():
    """Return iterations, and the errors of training and validation rows after them.

    The network has eight hidden nodes. 88 of the 442 rows are left for a test.
    """
    from sklearn.datasets import load_diabetes

    X, disease = load_diabetes(return_X_y=True, scaled=False)
    Y = disease.reshape(-1, 1)
    rng = np.random.default_rng(0)
    _, validation, training = np.split(rng.permutation(len(X)), [88, 176])
    x = (X - X[training].mean(axis=0)) / X[training].std(axis=0)
    y_std = Y[training].std()
    y = (Y - Y[training].mean()) / y_std
    nn = NN((10, 8, 1), rng=rng)
    iterations = np.arange(0, 1001, 25)
    rms = []
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
    axes.plot(iterations, validation, **style.UNSEEN)
    axes.plot(iterations[stop], validation[stop], "o", color="black", markersize=9)
    axes.axvline(iterations[stop], color=style.QUIET, linewidth=0.8, zorder=0)
    best = iterations[stop]
    axes.text(best + 12, 72, f"lowest after {best} iterations: stop here")
    arrow = {"arrowstyle": "->", "color": "black"}
    axes.annotate("", (400, 68), (best, 68), arrowprops=arrow)
    axes.text(420, 68, "from here on it learns the\ntraining rows by heart", va="center")
    note = "validation rows: it isn't trained on\nthese (dots: every 25 iterations)"
    axes.text(580, 60.5, note, ha="center")
    axes.text(580, 48.5, "training rows", color=style.LOSS["color"])
    axes.set(xlabel="iteration", ylabel="rms error of the disease score")
    axes.set(xlim=(-5, 1010), ylim=(40, 75))
    axes.set_title("Stop where the error of rows not trained on is lowest")
    return figure


PICTURES = {"early_stopping.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
