"""Back propagation with its numbers: one small network and one sample, there and back.

What it teaches: the forward pass leaves a value at every node. Back propagation goes the same
way in the other direction. At each link it multiplies by the slope of the link: the weight of
an edge, or the slope of an activation. The gradient of a weight is dz after its edge, times a
before it.

    python -m figures.back_propagation
"""

from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np

import xor
from activation import sigmoid
from figures import style

FORWARD = style.PREDICTED
BACKWARD = style.GRADIENT
SHADED = "#F6DCE3"  # behind what the gradient is made of
X = np.ones((1, 1))  # xor.py recodes x, so a0 is 2 x - 1 = 1
Y = np.ones((1, 1))
PARAMETERS = [np.array([[value]]) for value in (1.0, -1.0, 2.0, -1.0)]

ARROW = {"arrowstyle": "-|>", "linewidth": 1.5}

# In points, 1/72 inch. The network lies along y = 0.
PLACE = {"a0": 32, "z1": 124, "a1": 196, "z2": 288, "a2": 360, "loss": 434}
WORD = {"a0": "input", "a1": "output", "a2": "output", "z1": "sum", "z2": "sum", "loss": ""}


def calculate():
    """Return all numbers of the picture by their names, computed as in xor.py, line by line."""
    W1, B1, W2, B2 = PARAMETERS
    a0, z1, a1, z2, a2 = xor.forward(X, PARAMETERS)
    loss, gradients = xor.back_propagate(X, Y, PARAMETERS)
    dW1, dB1, dW2, dB2 = gradients

    da2 = 2 * (a2 - Y.T)
    slope2 = sigmoid(z2, derivative=True)
    dz2 = da2 * slope2
    da1 = W2.T @ dz2
    slope1 = sigmoid(z1, derivative=True)
    dz1 = da1 * slope1
    numbers = {
        "W1": W1, "B1": B1, "W2": W2, "B2": B2, "Y": Y,
        "a0": a0, "z1": z1, "a1": a1, "z2": z2, "a2": a2, "loss": loss,
        "da2": da2, "slope2": slope2, "dz2": dz2, "dW2": dW2, "dB2": dB2,
        "da1": da1, "slope1": slope1, "dz1": dz1, "dW1": dW1, "dB1": dB1,
    }  # fmt: skip
    return {name: str(Fraction(np.asarray(x).item())) for name, x in numbers.items()}


def write(axes, x, y, text, color="black", **font):
    axes.text(x, y, style.minus(text), color=color, **{"ha": "center", "va": "center"} | font)


def draw_values(axes, x, y, height, values, face="white"):
    """Draw a box with names, and below each name its value. values: {name: (value, line)}."""
    axes.add_patch(plt.Rectangle((x - 24, y - height / 2), 48, height, fc=face, ec="black"))
    middles = y + height / 2 - 21, y - 20
    for (name, (value, line)), middle in zip(values.items(), middles):
        write(axes, x, middle + 9, name, line["color"], fontsize=9)
        write(axes, x, middle - 9, value, line["color"], fontsize=14, weight="bold")


def draw_hop(axes, start, end, line, formula, numbers):
    """Draw an arc from value to value, and write what is done on the way."""
    x = PLACE[start]
    to = PLACE[end]
    side, y, va = (1, 64, "bottom") if to > x else (-1, -46, "top")  # the way back is below
    arrow = ARROW | line | {"connectionstyle": "arc3,rad=-0.3"}
    axes.annotate("", (to - 9 * side, y), (x + 9 * side, y), arrowprops=arrow)
    text = f"{formula}\n{numbers}"
    write(axes, (x + to) / 2, y + side * 17, text, line["color"], va=va, fontsize=9)


def draw_header(axes, start, end, y, line, text):
    """Draw a long arrow with a text on it."""
    axes.annotate("", (end, y), (start, y), arrowprops=ARROW | line | {"linewidth": 2})
    font = {"fontsize": 12, "weight": "bold", "bbox": {"fc": "white", "ec": "none"}}
    write(axes, (start + end) / 2, y, text, line["color"], **font)


def draw_network(axes, v):
    """Draw each value above its derivative, the weights on the edges, and the biases."""
    for left, name in (96, "hidden node, B1"), (260, "output node, B2"):
        axes.add_patch(plt.Rectangle((left, -46), 128, 106, color="0.92"))
        write(axes, left + 64, 50, f"{name} = {v[name[-2:]]}", fontsize=9.5)
    for name, x in PLACE.items():
        values = {f"{WORD[name]} {name}": (v[name], FORWARD)}
        if f"d{name}" in v:
            values[f"d{name}"] = v[f"d{name}"], BACKWARD
        draw_values(axes, x, 0, 82, values)
    write(axes, PLACE["loss"], -20, f"desired\ny = {v['Y']}", fontsize=9)
    for x, i in (76, 1), (242, 2):
        axes.plot([x - 20, x + 22], [0, 0], color="black")
        write(axes, x, 10, f"W{i} = {v[f'W{i}']}", fontsize=9)


def lead(axes, start, end):
    """Draw an arrow that leads from a value down, sideways, and down to the gradient."""
    axes.plot([start, start, end], [-41, -98, -98], linewidth=0.8, color=style.QUIET)
    arrow = {"arrowstyle": "-|>", "linewidth": 0.8, "color": style.QUIET}
    axes.annotate("", (end, -109), (end, -97), arrowprops=arrow)


def draw_gradient(axes, v, layer, before):
    """Draw dB below dz, and dW, which is dz times what came in, below its edge."""
    dz = f"dz{layer}"
    x = PLACE[f"z{layer}"]
    lead(axes, PLACE[before], x - 70)
    lead(axes, x, x - 52)
    lead(axes, x, x)
    rules = {
        f"dW{layer}": (x - 61, f"{dz} × {before}\n{v[dz]} × {v[before]}"),
        f"dB{layer}": (x, dz),
    }
    for name, (x, rule) in rules.items():
        draw_values(axes, x, -130, 42, {name: (v[name], BACKWARD)}, SHADED)
        write(axes, x, -156, rule, BACKWARD["color"], va="top", fontsize=9)


@style.sheet
def picture():
    v = calculate()
    figure, axes = plt.subplots(figsize=(style.WIDTH, 5.5))
    draw_network(axes, v)
    for i, before in (1, "a0"), (2, "a1"):
        z = f"z{i}"
        a = f"a{i}"
        weight = v[f"W{i}"]
        bias = v[f"B{i}"]
        slope = v[f"slope{i}"]
        numbers = f"{weight} × {v[before]} + {bias}".replace("+ -", "- ")
        draw_hop(axes, before, z, FORWARD, f"W{i} × {before} + B{i}", numbers)
        draw_hop(axes, z, a, FORWARD, f"sigmoid({z})", f"sigmoid({v[z]})")
        draw_hop(axes, a, z, BACKWARD, f"× slope\n{a} (1 - {a})", f"= {slope}")
        draw_gradient(axes, v, i, before)
    draw_hop(axes, "z2", "a1", BACKWARD, "× weight\nW2", f"= {v['W2']}")
    numbers = f"({v['a2']} - {v['Y']})"
    draw_hop(axes, "a2", "loss", FORWARD, "(a2 - y)²", f"{numbers}²")
    draw_hop(axes, "loss", "a2", BACKWARD, "2 × (a2 - y)", f"2 × {numbers}")
    write(axes, 397, -130, "the four shaded ones\nare the gradient", fontsize=12)
    draw_header(axes, 10, 456, 126, FORWARD, "forward: the values")
    draw_header(axes, 456, 10, -200, BACKWARD, "back: how the loss changes with each of them")
    axes.set(xlim=(5, 461), ylim=(-214, 139))
    axes.axis("off")
    return figure


PICTURES = {"back_propagation.png": picture}

if __name__ == "__main__":
    style.main(PICTURES)
