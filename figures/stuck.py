"""A network with two hidden nodes that is stuck: xor.py --hidden 2 --seed 27.

What it teaches: the output node sees nothing but what the hidden nodes make of the inputs. If
these can't tell two inputs apart, the errors of the two cancel, and so do the gradients.

    python -m figures.stuck
"""

import matplotlib.pyplot as plt
import numpy as np

import xor
from dataset import xor_2_input
from figures import draw, style


@style.sheet
def picture():
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 2, 1, np.random.default_rng(27))
    xor.train(X, Y, parameters)
    _, _, a1, _, a2 = xor.forward(X, parameters)
    names = np.array([f"{a:.0f}{b:.0f}" for a, b in X])
    figure, (left, right) = plt.subplots(1, 2, figsize=(style.WIDTH, 4))

    draw.square(left, xor.predict(draw.PLANE, parameters), *parameters[:3])
    draw.desired_points(left, X, Y)
    left.set_title("What comes out for each input", fontsize=10)
    texts = [f"{name} \N{RIGHTWARDS ARROW} {y_hat:.2f}" for name, y_hat in zip(names, a2[0])]
    draw.beside_points(left, X, texts)

    seen = a1[np.argsort(-parameters[2][0])]  # what raises the output comes first
    same = np.hypot(*(seen - seen[:, [2]])) < 0.02  # as for the input 10
    for place, name in zip(seen.T[~same], names[~same]):
        right.annotate(name, place, (0, 9), textcoords="offset points", ha="center")
    errors = " and ".join(f"{e:+.2f}" for e in (a2 - Y.T)[0, same])
    text = f"{' and '.join(names[same])} are one point:\ntheir errors\n{errors}\ncancel"
    place = {"xytext": (0.5, 0.55), "ha": "center", "va": "center"}
    arrow = {"arrowstyle": "->", "shrinkB": 8}
    right.annotate(style.minus(text), seen.T[2], **place, arrowprops=arrow)
    right.plot(*seen, markersize=10, **style.DESIRED_POINTS)
    right.set_title("What the output node sees", fontsize=10)
    right.set(
        xlim=draw.EDGE[:2], ylim=draw.EDGE[2:], xticks=(0, 1), yticks=(0, 1), aspect="equal"
    )
    right.set(xlabel="output of the solid node", ylabel="output of the dashed node")
    draw.explain_lines(figure, wider=None)  # both are as wide
    return figure


PICTURES = {"xor_stuck.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
