"""What exercises/check.py says: each mistake by its name, and nothing of what is right.

A student's file is by_hand.py filled in, or a script, with something written otherwise.
"""

import importlib
import itertools
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from activation import ACTIVATIONS, linear, relu, sigmoid, tanh
from exercises import check, mistakes
from exercises.checking.compare import first_match, same
from exercises.checking.layer import Layer
from exercises.checking.slopes import slopes_of

ROOT = Path(__file__).parent.parent
IMAGES = "2x2_image_recognition"
ALL_RIGHT = "All gradients are the slopes of the loss, and train steps against them.\n"
LEARNED = "Your network has learned XOR: its loss is 0.000106"

SOLUTION = {
    "forward": """a0 = 2 * x.T - 1
    z1 = W1 @ a0 + B1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + B2
    a2 = sigmoid(z2)
    return a0, z1, a1, z2, a2""",
    "from_loss": """error = a2 - y.T
    loss = (error**2).mean()
    da2 = 2 / error.size * error
    return loss, da2""",
    "through_activation": "return da * sigmoid(z, derivative=True)",
    "to_weights": "return dz @ a.T",
    "to_bias": "return dz.sum(axis=1, keepdims=True)",
    "to_layer_before": "return W.T @ dz",
    "back_propagate": """a0, z1, a1, z2, a2 = forward(x, parameters)
    loss, da2 = from_loss(a2, y)
    dz2 = through_activation(da2, z2)
    dW2 = to_weights(dz2, a1)
    dB2 = to_bias(dz2)
    da1 = to_layer_before(W2, dz2)
    dz1 = through_activation(da1, z1)
    dW1 = to_weights(dz1, a0)
    dB1 = to_bias(dz1)
    return loss, [dW1, dB1, dW2, dB2]""",
    "update": """for p, g in zip(parameters, gradients):
        p -= learning_rate * g""",
    "train": """losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        update(parameters, gradients, learning_rate)
        losses.append(loss)
    return losses""",
}


def replaced(text, *replacements):
    """The text with replacements, (old, new). What is replaced has to be there."""
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text


def script_with(script, *replacements):
    """The text of a script with replacements."""
    return replaced((ROOT / f"{script}.py").read_text(encoding="utf-8"), *replacements)


def solved_by_hand(**bodies):
    """The text of by_hand.py with all functions written, those of bodies otherwise."""
    text = (ROOT / "exercises" / "by_hand.py").read_text(encoding="utf-8")
    for name, body in {**SOLUTION, **bodies}.items():
        before, start, after = text.partition(f"def {name}(")
        text = before + start + after.replace("raise NotImplementedError", body, 1)
    return text


def one_row_each(mistakes_in):
    """Return a row for each mistake: (place, right code, wrong code, what is said of it).

    mistakes_in is {(place, right code): {wrong code: what is said of it}}. The place is a
    function of by_hand.py, or a script.
    """
    rows = []
    for (place, right), what_is_said in mistakes_in.items():
        for wrong, said in what_is_said.items():
            rows.append((place, right, wrong, said))
    return rows


def solved_with(function, *replacements):
    """The text of by_hand.py with all functions written, and replacements in one of them."""
    return solved_by_hand(**{function: replaced(SOLUTION[function], *replacements)})


NUMBERS = itertools.count()


@pytest.fixture
def check_text(tmp_path, capsys):
    """A function: the exit code of check for a file with this text, and what it prints.

    The file gets a new name each time, because Python remembers lines of files. In what is
    printed, the name is mine.py.
    """

    def answer(text):
        file = tmp_path / f"student_{next(NUMBERS)}.py"
        file.write_text(text, encoding="utf-8")
        code = check.main([str(file)])
        printed = capsys.readouterr().out.replace(file.stem, "mine")
        assert printed.isascii()
        return code, printed

    return answer


# --- Mistakes in a copy of by_hand.py ---------------------------------------------------------

MISTAKES_BY_HAND = [  # function, right code, wrong code, what is said
    ("forward", "z1 = W1 @ a0 + B1", "z1 = W1 @ x.T + B1", "z1: It is made of x. Take a0"),
    ("forward", "z1 = W1 @ a0 + B1", "z1 = W1 @ a0 + B1.T", "z1: The bias is transposed"),
    ("forward", "z1 = W1 @ a0 + B1", "z1 = np.dot(a0, W1) + B1", "a0 is (3, 11), W1 is (5, 3)"),
    ("forward", "a1 = sigmoid(z1)", "a1 = 1 / 1 + np.exp(-z1)", "lack its brackets?"),
    ("forward", "a0 = 2 * x.T - 1", "a0 = x.T\n    a0[a0 == 0] = -1", "forward changes the x"),
    ("forward", "return a0, z1, a1, z2, a2", "return a2", "It has to return a0, z1, a1"),
    ("forward", "return a0, z1, a1", "return a0, a1, z1", "All is right but the order"),
    ("from_loss", "error = a2 - y.T", "error = a2 - y", "y is not transposed. Take y.T"),
    ("from_loss", "error = a2 - y.T", "error = a2 - Y", "NameError: name 'Y' is not defined"),
    ("from_loss", "error = a2 - y.T", "error = a2 - y[:4].T", "Is a 4 written into it"),
    ("from_loss", "(error**2).mean()", "(error**2).mean() / 2", "loss: It is half of the mean"),
    ("from_loss", "2 / error.size * error", "error", "factor 2 / (samples * outputs) is"),
    ("from_loss", "2 / error.size * error", "2 / 4 * error", "da2: It is made with 2 / 4."),
    ("from_loss", "return loss, da2", "return da2, loss", "All is right but the order"),
    ("from_loss", "return loss", "return 'mse'", "loss has to be numbers, and it is a str"),
    ("through_activation", "return da *", "return da @", "@ adds up products. Multiply"),
    ("through_activation", "da * sigmoid(z", "da + sigmoid(z", "f'(z) is added to da"),
    ("through_activation", "sigmoid(z,", "sigmoid(np.sin(z),", "It has to be da times"),
    ("to_weights", "return dz @ a.T", "return dz @ a", "dz is (7, 11), a is (5, 11)"),
    ("to_weights", "return dz @ a.T", "return a @ dz.T", "The product is the wrong way round"),
    ("to_weights", "return dz @ a.T", "return dz @ a.T * (a.T[0] > 0)", "is 0: do loops reach"),
    ("to_bias", SOLUTION["to_bias"], "return [[row.sum()] for row in dz]", "and it is a list"),
    ("to_bias", SOLUTION["to_bias"], "dz.sum(axis=1)", "is a return missing?"),
    ("to_layer_before", "return W.T @ dz", "return W.T @ abs(dz)", "It has to be W.T @ dz."),
    ("back_propagate", "from_loss(a2, y)", "from_loss(y, a2)", "a2 and y are exchanged"),
    ("back_propagate", "from_loss(a2, y)", "from_loss(z2, y)", "The loss: It is made of z2"),
    ("back_propagate", "a0, z1, a1, z2, a2 =", "z1, a1, z2, a2 =", "too many values"),
    ("back_propagate", "before(W2, dz2)", "before(W1, dz2)", "to_layer_before is right, but"),
    ("back_propagate", "before(W2, dz2)", "before(W1, dz2)", "da1 is made with W1"),
    ("back_propagate", "dW1, dB1, dW2, dB2]", "dW2, dB2, dW1, dB1]", "their order has to"),
    ("back_propagate", "dW2, dB2]", "dW2, dB1]", "dB2: These are the numbers of dB1"),
    ("back_propagate", "dB1 = to_bias(dz1)", "dB1 = None", "dB1 is None. Is it never computed"),
    ("back_propagate", "dW2, dB2]", "dW2, dB2], 0", "has to return two: the loss, and"),
    ("back_propagate", "dB1 = to", "W1 -= dW1\n    dB1 = to", "changes the parameters"),
    ("update", "p -=", "p = p -", "The change of W1: It stays as it was"),
    ("update", "* g", "* g\n        break", "Only these change: W1. These stay"),
    ("update", "p -= learning_rate * g", "g -= p", "update changes the gradients"),
    ("update", "* g", "* gradients", "gradients is a list of 4"),
    ("train", "range(iterations)", "range(50)", "50 losses where 2 iterations were asked"),
    ("train", "range(iterations)", "range(iterations - 1)", "one iteration less than"),
    ("train", "learning_rate)\n", "2 * learning_rate)\n", "is 2 times learning_rate"),
    ("train", "learning_rate)\n", "iterations)\n", "or iterations taken for it?"),
    ("train", "learning_rate)\n", "8.0)\n", "The steps are the same for every learning rate"),
    ("train", "losses = []", "losses = []\n    x = x / 2", "only if it passes all of x and y"),
    ("train", "losses = []", "losses = []\n    parameters = [+p for p in parameters]", "to"),
    ("train", "        losses.append(", "    losses.append(", "Only the last loss is there"),
    ("train", "return losses", "return losses, parameters", "is a list in what train returns"),
    ("train", "return losses", "pass", "train returns nothing: is a return missing?"),
    ("train", "losses.append", "losses = losses.append", "losses is None, as append and"),
]  # fmt: skip


# For the formulas of the tables: student code that makes the mistake is their reference.
OF_ONE_LINE = {  # function, right code: wrong codes, what is said of each
    ("forward", "a0 = 2 * x.T - 1"): {
        "a0 = x.T": "a0: The inputs are not recoded",
        "a0 = 2 * (x.T - 1)": "a0: This is 2 (x - 1).",
        "a0 = 1 - 2 * x.T": "a0: This makes 1 of 0, and -1 of 1",
        "a0 = 2 * x.T": "a0: This makes 0 and 2 of 0 and 1",
        "a0 = 2 * x.T + 1": "a0: This makes 1 and 3 of 0 and 1",
        "a0 = x.T - 1": "a0: This makes -1 and 0 of 0 and 1",
        "a0 = 1 - x.T": "a0: This makes 1 and 0 of 0 and 1",
        "a0 = x.T - 0.5": "a0: This makes -0.5 and 0.5 of 0 and 1",
    },
    ("forward", "z1 = W1 @ a0 + B1"): {
        "z1 = W1 @ a0": "z1: The bias B1 is not added",
        "z1 = W1 @ a0 - B1": "z1: The bias B1 is subtracted",
        "z1 = W1 @ a0 * B1": "z1: The bias B1 multiplies",
        "z1 = sigmoid(W1 @ a0 + B1)": "z1: This is a1: the activation is applied",
        "z1 = W1.T @ a0 + B1": "This is W1.T @ a0 + B1. It has to be W1 @ a0",
        "z1 = a0 @ W1 + B1": "The product is the wrong way round. It has to be W1 @ a0",
        "z1 = W1 @ a0.T + B1": "a0 is transposed here. It has to be W1 @ a0",
        "z1 = W1 @ (a0 + B1)": "The bias is added to a0. Add it to the product",
        "z1 = W1 * a0 + B1": "W1 * a0 multiplies number by number",
        "z1 = W1 @ x + B1": "It is made of x. Take a0, the recoded inputs.\n",
        "z1 = a0.T @ W1.T + B1": "A sample has to be a column: W1 @ a0 + B1",
    },
    ("forward", "a1 = sigmoid(z1)"): {
        "a1 = z1": "a1: This is z1 itself: the activation",
        "a1 = 1 / (1 + np.exp(z1))": "a1: It is f(-z1). Has a minus sign been lost",
        "a1 = sigmoid(z1, True)": "a1: It is the slope f'(z1)",
        "a1 = sigmoid(sigmoid(z1))": "a1: The activation is applied twice",
        "a1 = sigmoid(a0)": "a1: It is f(a0). It has to be f(z1)",
    },
    ("forward", "z2 = W2 @ a1 + B2"): {
        "z2 = W2 @ z1 + B2": "z2: It is made of z1. Take a1",
        "z2 = W2 @ a1 + B1": "z2: It is made with B1. Take B2, of its own layer",
        "z2 = W1 @ a1 + B2": "z2: It is made with W1. Take W2, of its own layer",
        "z2 = W2 @ a0 + B2": "z2: It is made of what comes into layer 1. Take a1",
    },
    ("forward", "a2 = sigmoid(z2)"): {
        "a2 = np.tanh(z2)": "a2: It is what tanh(z2) makes. It has to be sigmoid(z2)",
        "a2 = np.maximum(0, z2)": "a2: It is what relu(z2) makes",
        "a2 = sigmoid(a1)": "It is f(a1). It has to be f(z2)",
    },
    ("forward", "return a0, z1, a1, z2, a2"): {
        "return x, z1, a1, z2, a2": "neither recoded, as 2 x - 1, nor transposed",
        "return 2 * x - 1, z1, a1, z2, a2": "A sample has to become a column",
        "return a0, z1.T, a1, z2, a2": "A sample has to be a column: W1 @ a0 + B1",
        "return a0, z1, a1.T, z2, a2": "A sample has to be a column. Here it is a row",
    },
    ("from_loss", "error = a2 - y.T"): {
        "error = a2 - y.reshape(a2.shape)":
            "loss: y is not transposed. Take y.T. A reshape",
        "error = a2 + y.T": "loss: The error is a2 + y.T. Subtract",
        "error = (a2 > 0.5) - y.T": "loss: The outputs are rounded in it",
    },
    ("from_loss", "loss = (error**2).mean()"): {
        "loss = np.sqrt((error**2).mean())": "loss: The root is taken of the mean",
        "loss = abs(error).mean()": "loss: It is the mean of abs(error)",
        "loss = (error * 2).mean()": "loss: It is 2 * error, and not error**2",
        "loss = error.mean()": "loss: It is the mean of the errors",
        "loss = error.mean() ** 2": "Square each error first",
        "loss = error.sum() ** 2 / error.size": "Square each error first",
        "loss = error.sum() ** 2": "Square each error first",
        "loss = (error**4).mean()": "loss: The errors are squared twice",
        "loss = -(error**2).mean()": "loss: It is minus the mean",
        "loss = (error**2).sum()": "loss: The squares are added up, but not divided",
        "loss = (error**2).sum() / 2": "loss: The squares are added up and halved",
        "loss = (error**2).sum() / len(y)": "loss: The squares are divided by samples only",
        "loss = (error**2).sum() / (2 * len(y))":
            "loss: The squares are divided by 2 * samples",
        "loss = (error**2).sum() / len(a2)": "loss: The squares are divided by outputs only",
        "loss = (error**2).mean(keepdims=True)": "It is an array with one number",
        "loss = error**2":
            "loss has the shape (7, 11), not (). The squares are not all added up",
        "loss = error**2 / error.size": "The squares are not all added up",
        "loss = (error**2).mean(axis=0)": "The squares are not all added up",
        "loss = (error**2).mean(axis=1)": "The squares are not all added up",
        "loss = (error**2).mean(axis=0, keepdims=True)": "The squares are not all added up",
        "loss = (error**2).mean(axis=1, keepdims=True)": "The squares are not all added up",
        "loss = (error**2).sum(axis=0) / error.size": "The squares are not all added up",
        "loss = (error**2).sum(axis=1) / error.size": "The squares are not all added up",
        "loss = -(y.T * np.log(a2) + (1 - y.T) * np.log(1 - a2)).mean()":
            "loss: It is cross-entropy",
        "loss = -(y.T * np.log(a2) + (1 - y.T) * np.log(1 - a2)).sum() / len(y)":
            "loss: It is cross-entropy",
        "loss = -(y.T * np.log(a2)).mean()": "loss: It is -y ln a, which is one of the two parts",
        "loss = -(y.T * np.log(a2)).sum() / len(y)": "loss: It is -y ln a, which is one of the",
    },
    ("from_loss", "da2 = 2 / error.size * error"): {
        "da2 = -2 / error.size * error":
            "da2: The sign is wrong: an error is what is predicted minus",
        "da2 = -error": "da2: Sign and factor are wrong",
        "da2 = 2 * error.mean()": "Take no mean. Each output of each sample",
        "da2 = 0 * error + 2 * error.mean()": "Take no mean. Each output of each sample",
        "da2 = 2 * error.mean(axis=0)": "Take no mean. Each output of each sample",
        "da2 = 2 * error.mean(axis=1, keepdims=True)":
            "Take no mean. Each output of each sample",
        "da2 = 2 / error.size * error**2":
            "da2: The derivative of error^2 is 2 error. Here it is still squared",
        "da2 = error**2 / error.size": "da2: The derivative of error^2 is 2 error",
        "da2 = error**2": "da2: The derivative of error^2 is 2 error",
        "da2 = 2 / error.size * abs(error)": "da2: It is made of errors without their signs",
        "da2 = 2 * error / len(error) * len(y)":
            "da2: A product in a denominator needs brackets",
        "da2 = 2 * error / len(y) * len(error)":
            "da2: A product in a denominator needs brackets",
        "da2 = 2 / error.size * (a2 - y.reshape(a2.shape))":
            "da2: y is not transposed. Take y.T. A reshape",
        "da2 = 2 / error.size * (y - a2.T)": "a2 and y are exchanged",
        "da2 = 2 / error.size * error * a2": "da2: It is multiplied by a2. Leave that out",
        "da2 = 2 / error.size / error": "da2: It is divided by the error. Multiply by it",
        "da2 = 2 * loss * error": "da2: The loss stands in the place of 1 / size",
        "da2 = 2 / error.size * loss + 0 * error":
            "da2: It is made of the loss. Take the errors",
        "da2 = 2 / error.size * a2": "da2: y is missing: this is made of the outputs alone",
        "da2 = loss": "This is the loss itself. Take its derivative",
        "da2 = 0 * error": "da2: It is 0 everywhere",
        "da2 = (2 / error.size * error).T": "It has to be transposed",
        "da2 = np.sign(error)": "da2: Only its sign is left",
        "da2 = 1 / error.size * error":
            "da2: It is half of what it has to be. Is the 2 of the square missing",
        "da2 = 4 / error.size * error": "da2: It is twice what it has to be",
        "da2 = 2 / len(error) * error": "da2: It is the number of samples times what it has to be. The loss is a mean",
        "da2 = 2 / len(y) * error": "da2: It is the number of outputs times what it has to be",
        "da2 = 2 * error": "da2: It is samples * outputs times what it has to be",
        "da2 = 2 / error.size * error / len(y)":
            "da2: It is divided by the number of samples once too often",
        "da2 = 2 / error.size * error / len(a2)":
            "da2: It is divided by the number of outputs once too often",
        "da2 = 2 / error.size**2 * error":
            "da2: It is divided by samples * outputs once too often",
        "da2 = 2 / error.size * error * a2 * (1 - a2)":
            "da2: This is dz2. The slope of the activation comes",
        "da2 = error / (a2 * (1 - a2)) / error.size": "da2: This is da of cross-entropy",
    },
    ("from_loss", "return loss, da2"): {
        "return da2, da2": "This is da2. Return the loss first",
    },
    ("through_activation", "return da * sigmoid(z, derivative=True)"): {
        "return da": "dz: It is da. Is the slope f'(z) missing",
        "return sigmoid(z, derivative=True)": "dz: It is the slope f'(z) alone",
        "return da / sigmoid(z, derivative=True)":
            "dz: da is divided by the slope f'(z). Multiply",
        "return da * sigmoid(z, derivative=True) ** 2":
            "dz: The slope f'(z) is multiplied in once too often",
        "return da * sigmoid(z)": "dz: It is da times f(z), and not times the slope f'(z)",
        "return da * sigmoid(sigmoid(z), derivative=True)":
            "dz: The slope f' is taken at a. Take it at z",
        "return da * sigmoid(da, derivative=True)":
            "dz: The slope f' is taken at da. Take it at z",
        "return z * sigmoid(da, derivative=True)": "dz: da and z are exchanged",
        "return sigmoid(da * z, derivative=True)": "dz: The slope f' is taken at da * z",
        "return z * da * sigmoid(z, derivative=True)":
            "dz: It is multiplied by z. Leave z out",
        "return sigmoid(z) * da * sigmoid(z, derivative=True)":
            "dz: It is multiplied by a. Leave a out",
        "return z * sigmoid(z, derivative=True)":
            "dz: z is taken for da. It has to be da times f'(z)",
        "return sigmoid(z) * sigmoid(z, derivative=True)":
            "dz: a is taken for da. It has to be da times f'(z)",
        "return da * z * (1 - z)": "a = f(z), and not z (1 - z)",
        "return da * sigmoid(z) * (1 - z)": "a = f(z), and not a (1 - z)",
        "return da * (1 - sigmoid(z))": "a = f(z), and not 1 - a.",
        "return da * (1 - sigmoid(z)) ** 2": "a = f(z), and not (1 - a)^2",
        "return da * sigmoid(z) ** 2": "a = f(z), and not a^2",
        "return da * sigmoid(z) * (1 + sigmoid(z))": "a = f(z), and not a (1 + a)",
        "return da * sigmoid(z) * 1 - sigmoid(z)": "dz: a * 1 - a lacks brackets",
        "return da * sigmoid(z) - sigmoid(z) * sigmoid(z)": "dz: a - a * a lacks brackets",
        "return da * (1 - np.tanh(z) ** 2)":
            "dz: The slope is that of tanh, but forward applies sigmoid",
        "return da * (z > 0)": "dz: The slope is that of relu, but forward applies sigmoid",
        "return da * (1 - sigmoid(z) ** 2)":
            "dz: 1 - a^2 is the slope of tanh, but forward applies sigmoid",
        "return da @ sigmoid(z, derivative=True)":
            "dz: @ adds up products. Multiply da by the slope",
    },
    ("to_weights", "return dz @ a.T"): {
        "return dz[:, -1:] @ a[:, -1:].T": "dW: Only one sample counts. Add up all",
        "return dz[:, :1] @ a[:, :1].T": "dW: Only one sample counts. Add up all",
        "return np.outer(dz.sum(axis=1), a.sum(axis=1))":
            "dW: dz and a are added up before they are multiplied",
        "return np.outer(dz.sum(axis=1), a.mean(axis=1))":
            "dW: dz and a are added up before they are multiplied",
        "return np.outer(dz.mean(axis=1), a.mean(axis=1))":
            "dW: dz and a are added up before they are multiplied",
        "return dz @ np.ones_like(a.T)":
            "dW: The inputs a are missing: this is the same in every",
        "return dz @ np.ones_like(a.T) / dz.shape[1]":
            "dW: The inputs a are missing: this is the same",
        "return -dz @ a.T": "dW: It has the wrong sign",
        "return 2 * dz @ a.T": "dW: It is twice what it has to be: is there a 2 too many",
        "return dz @ a.T / 2": "dW: It is half of what it has to be.\n",
        "return dz @ a.T / a.shape[1]":
            "dW: It is divided by the number of samples once too often",
        "return dz @ a.T * a.shape[1]": "dW: It is the number of samples times what it has to be",
        "return np.sign(dz @ a.T)": "dW: Only its sign is left",
        "return 0 * dz @ a.T": "dW: It is 0 everywhere",
        "return dz @ a": "a is not transposed. Take dz @ a.T",
        "return dz.T @ a": "dz is transposed. Take dz @ a.T",
        "return dz.T @ a.T": "dz is transposed. Take dz @ a.T",
        "return a @ dz": "The product is the wrong way round. Take dz @ a.T",
        "return a.T @ dz": "The product is the wrong way round. Take dz @ a.T",
        "return dz * a": "dz and a are multiplied number by number",
        "return dz * a.T": "dz and a are multiplied number by number",
    },
    ("to_bias", "return dz.sum(axis=1, keepdims=True)"): {
        "return dz.mean(axis=1)": "This is a mean. Take the sum, kept a column",
        "return dz.mean(axis=1, keepdims=True)":
            "dB: This is a mean. Take the sum, kept a column",
        "return dz.sum(axis=0)": "It is summed over the nodes. Sum over the samples",
        "return dz.sum(axis=0, keepdims=True)":
            "It is summed over the nodes. Sum over the samples",
        "return dz.sum(axis=0, keepdims=True).T":
            "It is summed over the nodes. Sum over the samples",
        "return dz.sum()": "It is summed over everything. Sum over the samples",
        "return dz.sum(keepdims=True)": "It is summed over everything. Sum over the samples",
        "return np.full((len(dz), 1), dz.sum())":
            "dB: It is summed over everything. Sum over the samples",
        "return dz.mean()": "It is a mean of everything. Sum over the samples",
        "return dz.mean(keepdims=True)": "It is a mean of everything. Sum over the samples",
        "return np.full((len(dz), 1), dz.mean())":
            "dB: It is a mean of everything. Sum over the samples",
        "return dz": "It is not summed. A bias acts on every sample, so add them up.\n",
        "return dz[:, -1:]": "dB: It is not summed. A bias acts on every sample",
        "return dz[:, :1]": "dB: It is not summed. A bias acts on every sample",
    },
    ("to_layer_before", "return W.T @ dz"): {
        "return W[-1:].T @ dz[-1:]": "da: Only the last node counts. Add up those of all",
        "return W.T @ dz / len(W)": "da: It is a mean. Add up what comes back from all nodes",
        "return (W.T @ dz).T": "It has to be transposed",
        "return dz.T @ W": "It has to be transposed",
        "return W @ dz": "W is not transposed. It has to be W.T @ dz",
        "return dz @ W": "The product is the wrong way round. It has to be W.T @ dz",
        "return dz @ W.T": "The product is the wrong way round. It has to be W.T @ dz",
        "return W.T @ dz.T": "dz is transposed here. It has to be W.T @ dz",
        "return W @ dz.T": "dz is transposed here. It has to be W.T @ dz",
        "return W.T * dz": "W multiplies dz number by number. It has to be W.T @ dz",
        "return W * dz": "W multiplies dz number by number. It has to be W.T @ dz",
    },
    ("back_propagate", "dz2 = through_activation(da2, z2)"): {
        "dz2 = through_activation(da2, a2)": "The slope f' is taken at a2. Take it at z2",
        "dz2 = da2": "It is da2. Is the slope f'(z2) missing",
        "dz2 = through_activation(z2, z2)":
            "z2 is taken for da2. It has to be da2 times f'(z2)",
    },
    ("back_propagate", "dW2 = to_weights(dz2, a1)"): {
        "dW2 = to_weights(dz2, z1)":
            "dW2: It is made with z1. A weight multiplies what comes in",
        "dW2 = to_weights(dz2, sigmoid(a1))": "dW2: It is made with f(a1). A weight multiplies",
        "dW2 = to_weights(dz2, a2)": "It is made with a2, which goes out",
        "dW2 = to_weights(da2, a1)": "dW2: It is made of da2. Take dz2, which has the slope",
        "dW2 = to_weights(z2, a1)": "dW2: It is made of z2. Take dz2",
        "dW2 = to_weights(a2, a1)": "dW2: It is made of a2. Take dz2",
        "dW2 = to_weights(a2 - y.T, a1)": "dW2: It is made of the error, a2 - y.T. Take dz2",
    },
    ("back_propagate", "dB2 = to_bias(dz2)"): {
        "dB2 = to_bias(da2)": "dB2: It is made of da2. Take dz2",
        "dB2 = to_bias(dW2)": "dB2: It is the sum of dW2. Take that of dz2",
        "dB2 = to_bias(dz2) * B2": "dB2: It is multiplied by B",
        "dB2 = to_bias(dz2)\n    dW2 = W2": "dW2: This is W2 itself, and not its derivative",
    },
    ("back_propagate", "da1 = to_layer_before(W2, dz2)"): {
        "da1 = to_layer_before(W2, da2)": "da1 is made of da2. It has to be W2.T @ dz2",
        "da1 = to_layer_before(W2, z2)": "da1 is made of z2. It has to be W2.T @ dz2",
        "da1 = to_layer_before(W2, a2)": "da1 is made of a2. It has to be W2.T @ dz2",
        "da1 = to_layer_before(W2, a2 - y.T)": "da1 is made of the error, a2 - y.T",
        "da1 = to_layer_before(dW2, dz2)": "da1 is made with dW2. It has to be W2.T @ dz2",
        "da1 = to_layer_before(W2[-1:], dz2[-1:])": "da1 is made of a single node of layer 2",
        "da1 = to_layer_before(W2, through_activation(dz2, z2))":
            "dz2 is multiplied by the slope f'(z2) in da1",
        "da1 = to_layer_before(W2, dz2).T": "da1 has to be transposed",
    },
    ("back_propagate", "dz1 = through_activation(da1, z1)"): {
        "dz1 = through_activation(da1, a1)": "The slope f' is taken at a1. Take it at z1",
        "dz1 = da1 * a1": "It is da1 times f(z1), and not times the slope",
        "dz1 = through_activation(a1, z1)":
            "a1 is taken for da1. It has to be da1 times f'(z1)",
    },
    ("back_propagate", "dW1 = to_weights(dz1, a0)"): {
        "dW1 = to_weights(dz1, z1)": "It is made with z1. A weight multiplies",
        "dW1 = to_weights(dz1, x.T)": "dW1: It is made with x as it came",
        "dW1 = to_weights(dz2, a0)": "It is made of dz2. Take dz1, of its own layer",
    },
    ("back_propagate", "dB1 = to_bias(dz1)"): {
        "dB1 = to_bias(da1)": "dB1: It is made of da1. Take dz1",
        "dB1 = to_bias(dz2)": "dB1: These are the numbers of dB2",
    },
    ("back_propagate", "return loss, [dW1, dB1, dW2, dB2]"): {
        "return loss, [dW1, dB1, dW2, B2]": "dB2: This is B2 itself, and not its derivative",
    },
    ("update", "p -= learning_rate * g"): {
        "p += learning_rate * g": "of W1: It goes uphill. The gradient points up",
        "p += g": "of W1: It goes uphill. The gradient points up",
        "p -= g / learning_rate":
            "of W1: The gradient is divided by the learning rate. Multiply",
        "p -= g": "of W1: The learning rate is missing: multiply the gradient by it",
        "p -= learning_rate": "of W1: The learning rate itself is subtracted",
        "p -= learning_rate * p": "of W1: The parameter is subtracted: where is the gradient",
        "p[:] = -learning_rate * g": "of W1: It becomes the step itself. Subtract the step",
        "p[:] = learning_rate * g": "of W1: It becomes the step itself. Subtract the step",
        "p -= learning_rate - g":
            "of W1: The gradient is subtracted from the learning rate, or added",
        "p -= learning_rate + g":
            "of W1: The gradient is subtracted from the learning rate, or added",
        "p -= learning_rate * abs(g)": "of W1: The gradient has lost its sign",
        "p -= learning_rate * g**2": "of W1: The gradient is squared",
        "p -= learning_rate / g":
            "of W1: The learning rate is divided by the gradient. Multiply",
        "p -= learning_rate * g * p": "of W1: It is multiplied by the parameter",
        "p -= learning_rate * g.mean()": "of W1: A mean of the gradient is taken. Leave it out",
        "p -= learning_rate**2 * g": "of W1: The learning rate is squared. Multiply by it once",
    },
    (
        "train",
        "        update(parameters, gradients, learning_rate)\n        losses.append(loss)",
    ): {
        "        losses.append(loss)\n    update(parameters, gradients, learning_rate)":
            "The loss stays as it is. Call back_propagate and update",
    },
    ("train", "losses.append(loss)"): {
        "losses.append(back_propagate(x, y, parameters)[0])":
            "losses: Each is the loss after its update",
        "losses.append(loss + sum(losses[-1:]))":
            "losses: The losses are added up. Append each as it is.\n",
        "losses.append(round(loss, 3))": "losses: The losses are rounded. Append each as it is",
        "losses.append(round(loss, 1))": "losses: The losses are rounded. Append each as it is",
        "losses.append(round(loss, 6))": "losses: The losses are rounded. Append each as it is",
        "losses.insert(0, loss)": "losses: The newest loss comes first. Append each at the end",
    },
    ("train", "(loss)"): {
        "(loss)\n        losses.append(loss)": "Each loss is there twice",
    },
    ("train", "    return losses"): {
        "        return losses": "This is only the first loss: does return stand in the loop",
    },
    ("train", "return losses"): {
        "return loss": "This is only the last loss. Collect one in every iteration",
        "return losses[0]": "This is only the first loss",
        "losses.append(back_propagate(x, y, parameters)[0])\n    return losses":
            "The loss after the last update is too many",
    },
}  # fmt: skip


@pytest.mark.parametrize("function, right, wrong, said", MISTAKES_BY_HAND)
def test_a_mistake_in_by_hand_is_named_below_its_function(
    check_text, function, right, wrong, said
):
    code, printed = check_text(solved_with(function, (right, wrong)))
    assert code == 1
    assert said in printed
    last_verdict = re.findall(r"^\d\. (\w+) +(\w+)$", printed, flags=re.MULTILINE)[-1]
    assert last_verdict == (function, "wrong")


@pytest.mark.parametrize(
    "function, right, wrong, said",
    one_row_each(OF_ONE_LINE),
)
def test_a_mistake_in_one_line_by_hand_is_named(
    check_text, monkeypatch, function, right, wrong, said
):
    # the functions before it are right, and needn't be checked each time
    monkeypatch.setattr(check, "CHECKS", {function: check.CHECKS[function]})
    code, printed = check_text(solved_with(function, (right, wrong)))
    assert code == 1
    assert said in printed


def test_global_arrays_in_the_place_of_arguments_are_named(check_text):
    text = solved_with("train", ("back_propagate(x, y, ", "back_propagate(X, y, "))
    text = replaced(text, ("def forward", "X = np.zeros((4, 3))\n\n\ndef forward"))
    _, printed = check_text(text)
    assert "X is an array of your file, (4, 3), and not of this function" in printed


def test_what_update_makes_none_is_named(check_text):
    wrong = ("        update(", "        parameters = update(")
    _, printed = check_text(solved_with("train", wrong))
    assert "parameters is None, as append and functions without return give it" in printed


# --- Mistakes in a script ---------------------------------------------------------------------

LOSS = "loss = (error**2).sum() / error.size"
DA2 = "da2 = 2 / error.size * error"
DZ2 = "dz2 = da2 * sigmoid(z2, derivative=True)"
DZ3 = "dz3 = 2 / error.size * error"
SLOPE1 = "sigmoid(z1, derivative=True)"
UPDATE = "parameter -= learning_rate * gradient"
PAIRS = "for parameter, gradient in zip(parameters, gradients, strict=True):"
BATCH = "loss, gradients = back_propagate(x, y, parameters)"
RANDOM_BATCH = """\
batch = np.random.default_rng(len(losses)).permutation(len(x))[:batch_size]
        loss, gradients = back_propagate(x[batch], y[batch], parameters)"""
BATCH_SIZE = "learning_rate=8.0):", "learning_rate=8.0, batch_size=2):"
SOFTSIGN = ("a2 = sigmoid(z2)", "a2 = z2 / (1 + abs(z2))")
CROSS_ENTROPY = "loss = -(y.T * np.log(a2) + (1 - y.T) * np.log(1 - a2)).mean()"
DECAY = f"{LOSS} + 0.001 * sum((W**2).sum() for W in (W1, W2, W3))"


def softmax_with(dz3, loss="loss = -np.sum(y.T * np.log(a3)) / len(y)"):
    """Replacements that give the images softmax and cross-entropy."""
    a3 = "    a3 = np.exp(z3) / np.exp(z3).sum(axis=0)\n"
    return [
        ("z3 = W3 @ a2 + B3\n", f"z3 = W3 @ a2 + B3\n{a3}"),
        ("return a0, z1, a1, z2, a2, z3", "return a0, z1, a1, z2, a2, z3, a3"),
        ("a0, z1, a1, z2, a2, z3 = forward", "a0, z1, a1, z2, a2, z3, a3 = forward"),
        ("y.T.shape == z3.shape", "y.T.shape == a3.shape"),
        ("error = z3 - y.T", "error = a3 - y.T"),
        (LOSS, loss),
        (DZ3, dz3),
    ]


def own_sigmoid(returned):
    """A replacement for the import of sigmoid by a function of the student's own."""
    function = "def sigmoid(z, derivative=False):\n"
    return "from activation import sigmoid\n", f"{function}    {returned}\n"


MISTAKES_IN_A_SCRIPT = {  # what is said: script, replacements
    # forward and initialize
    "a2 is f(-z2). Has a minus sign been lost": (
        "xor",
        own_sigmoid("a = 1 / (1 + np.exp(z))\n    return a * (1 - a) if derivative else a"),
    ),
    "a2 is 1 + exp(-z2). Does 1 / (1 + exp(-z2)) lack its brackets": (
        "xor",
        own_sigmoid(
            "a = 1 / (1 + np.exp(-z))\n    return a * (1 - a) if derivative else 1 + 1 / a - 1"
        ),
    ),
    "its z2 isn't W2 @ a1 + B2. It is made of z1. Take a1": ("xor", ("W2 @ a1", "W2 @ z1")),
    "its z2 isn't W2 @ a1 + B2. The bias B2 is not added": ("xor", (" + B2", "")),
    "dB2: It has to be 0 everywhere.\nforward should return": (
        "xor",
        ("z2 = W2 @ a1 + B2", "z2 = W2 @ a1"),
    ),
    "All gradients are 0. If a loop adds them up, then it has to say gradient += part": (
        "linear",
        ("dW = dz1 @ a0.T", "dW = 0 * a0"),
        ("dB = dz1.sum(axis=1, keepdims=True)", "dB = 0 * dW"),
    ),
    "It has to be dz3 @ a2.T, plus the slope of what else in the loss depends on W3": (
        IMAGES,
        (LOSS, f"{LOSS} + 0.001 * abs(W3).sum()"),
        ("dz3 @ a2.T", "dz3 @ a2.T + 0.002"),
    ),
    "forward doesn't use B2. Is another array in its place?": ("xor", (" + B2", " + 0.5")),
    "z2: It is made with B1. Take B2": ("xor", (" + B2", " + B1")),
    "its z3 isn't W3 @ a2 + B3.\n": (IMAGES, ("= W3 @ a2 + B3", "= tanh(W3 @ a2 + B3)")),
    "What forward puts out for a sample changes with the other samples": (
        IMAGES,
        *softmax_with("dz3 = error / len(y)"),
        ("sum(axis=0)", "sum(axis=1, keepdims=True)"),
    ),
    "initialize returns W1 of shape (3, 5), for 5 nodes": (
        "xor",
        ("(n_hidden, n_inputs)", "(n_inputs, n_hidden)"),
    ),
    "initialize returns W1 of shape (2,). Weights have to be (nodes, inputs)": (
        "xor",
        ("rng.normal(0, 0.4, (n_hidden, n_inputs))", "rng.normal(0.4, (n_hidden, n_inputs))"),
    ),
    "initialize returns W1 of shape (5, 3), and then an array of shape (5,)": (
        "xor",
        ("np.zeros((n_hidden, 1))", "np.zeros(n_hidden)"),
    ),
    "initialize returns W1 as an array of integers": (
        "xor",
        ("rng.normal(0, 0.4,", "rng.integers(-1, 2,"),
    ),
    "initialize makes all weights of W1 equal, and all of W2": (
        "xor",
        ("rng.normal(0, 0.4, ", "np.ones("),
        ("rng.normal(0, 2 / np.sqrt(n_hidden), ", "np.zeros("),
    ),
    "predict returns a column for each sample": ("xor", ("[-1].T", "[-1]")),
    "predict returns the last but one": ("xor", ("[-1].T", "[-2].T")),
    # the loss
    "The loss is nan. Is a log or a root taken": ("xor", (LOSS, "loss = np.log(-error.size)")),
    "but the loss is another one. It is half of the mean": ("xor", (LOSS, f"{LOSS} / 2")),
    "The loss is below 0": (
        "xor",
        (LOSS, CROSS_ENTROPY.replace("-(", "(")),
        (DZ2, "dz2 = error / error.size"),
    ),
    "Has it both parts, -y ln a and -(1 - y) ln (1 - a), with": (
        "xor",
        (LOSS, "loss = -(y.T * np.log(a2)).mean()"),
        (DZ2, "dz2 = error / error.size"),
    ),
    "for the mean of the squared errors, but the loss is another one": (
        IMAGES,
        *softmax_with(DZ3),
    ),
    "but the loss is another one.\n": (
        IMAGES,
        *softmax_with("dz3 = error / len(y)", "loss = -np.sum(y.T * np.log10(a3)) / len(y)"),
    ),
    "The loss is the same for every y": (
        IMAGES,
        *softmax_with("dz3 = error / len(y)", "loss = -np.sum(np.log(a3)) / len(y)"),
    ),
    "The outputs of a sample don't add up to 1, as those of softmax do": (
        IMAGES,
        (LOSS, "loss = (error**4).mean()"),
        (DZ3, "dz3 = error / len(y)"),
    ),
    "is the output of one sample compared with the y of another?": (
        IMAGES,
        ("error = z3 - y.T", "error = z3 - y.reshape(z3.shape)"),
    ),
    "The loss doesn't change with the y of sample 10. Does every": (
        "xor",
        (LOSS, "loss = (error[:, :-1] ** 2).sum() / error.size"),
    ),
    "z1 - y has the shape (11, 11), every output minus every y": (
        "linear",
        ("error = z1 - y.T", "error = z1 - y"),
    ),
    # dz and da
    "dz2, of which dW2 and dB2 are made: The sign is wrong": (
        "xor",
        ("error = a2 - y.T", "error = y.T - a2"),
    ),
    "da1 is made of the error, z2 - y.T": ("cubic", ("W2.T @ dz2", "W2.T @ error")),
    "It is da2. Is the slope f'(z2) missing": ("xor", SOFTSIGN, (DZ2, "dz2 = da2")),
    "The slope f'(z2) is missing, too": ("xor", SOFTSIGN, (DZ2, "dz2 = error")),
    "Where z1 is below 0, its slope is 0.1 in forward, and here it is 0.": (
        "xor",
        ("a1 = sigmoid(z1)", "a1 = np.where(z1 > 0, z1, 0.1 * z1)"),
        (SLOPE1, "(z1 > 0)"),
    ),
    "Has a2 been changed, as by a2 -= y.T?": (
        "xor",
        (DZ2, "a2 -= y.T\n    dz2 = da2 * a2 * (1 - a2)"),
    ),
    "It is da1 times f(z1, True). That isn't the slope": (
        "xor",
        ("def initialize", "def f(z, d):\n    return np.sin(z)\n\n\ndef initialize"),
        (SLOPE1, "f(z1, True)"),
    ),
    "dz1, of which dW1 and dB1 are made: It is da1": (
        "xor",
        ("return a0, z1, a1, z2, a2\n", "return [z1, z2], [a0, a1, a2]\n"),
        ("a0, z1, a1, z2, a2 = forward", "(z1, z2), (a0, a1, a2) = forward"),
        ("da1 * " + SLOPE1, "da1"),
    ),
    "da1 is made with W1": ("cubic", ("W2.T @ dz2", "W1 @ dz2")),
    "da1 is (11, 5), z1 is (5, 11)": ("xor", ("W2.T @ dz2", "dz2.T @ W2")),
    "Both are made of dz1, so look there": ("xor", (SLOPE1, "np.sin(z1)")),
    # dW and dB
    "dW2 has the shape (7, 3), not (7, 5). It is made with what comes into layer 1": (
        "xor",
        ("dz2 @ a1.T", "dz2 @ a0.T"),
    ),
    "dW1: 1 times W1 is added to what is right": ("xor", ("dz1 @ a0.T", "dz1 @ a0.T + W1")),
    "dB1: 1 times B1 is added to what is right": (
        "xor",
        ("dB1 = dz1.sum(axis=1, keepdims=True)", "dB1 = dz1.sum(axis=1, keepdims=True) + B1"),
    ),
    "dW3: The loss has a multiple of W3^2 in it": (IMAGES, (LOSS, DECAY)),
    "or each dz is multiplied by each a": (
        "linear",
        ("dz1 @ a0.T", "np.sum(dz1 * x, keepdims=True)"),
    ),
    "dW: It is -1.557, and has to be -0.4667": ("linear", ("dz1 @ a0.T", "dz1 @ (a0 + 1).T")),
    "dW1: At [0, 0] it is": ("xor", ("dz1 @ a0.T", "dz1 @ np.sin(a0.T)")),
    "3 gradients for 4 parameters: no dW2": ("xor", ("dB1, dW2, dB2]\n\n", "dB1, dB2]\n\n")),
    "dW2: Only one sample counts. Add up all.": (
        "xor",
        ("z1 = W1 @ a0 + B1", "z1 = np.array([W1 @ a + B1[:, 0] for a in a0.T]).T"),
        ("dz2 @ a1.T", "dz2[:, -1:] @ a1[:, -1:].T"),
    ),
    "dW1 has complex numbers": ("xor", ("return loss, [dW1, ", "return loss, [dW1 + 0j, ")),
    # train
    "for every learning rate. Take the argument": ("xor", ("-= learning_rate *", "-= 8.0 *")),
    "parameter = ... and parameter =- ... make new arrays": (
        "xor",
        ("parameter -= learning_rate", "parameter =- learning_rate"),
    ),
    "losses: Each is there once for every parameter": (
        "xor",
        ("        losses.append(loss)", "            losses.append(loss)"),
    ),
    "train does something else when it is called again": (
        "xor",
        ("learning_rate=8.0):", "learning_rate=8.0, old=[]):\n    old.append(0)"),
        (UPDATE, "parameter -= learning_rate * gradient * len(old)"),
    ),
    "Only the first iteration of train changes the parameters": (
        "xor",
        ("losses.append(loss)", "losses.append(loss)\n        learning_rate = 0"),
    ),
    "The second step is the first again": (
        "xor",
        (PAIRS, "step = gradients if not losses else step\n        " + PAIRS),
        ("zip(parameters, gradients, strict=True)", "zip(parameters, step)"),
    ),
    "W1: It goes uphill": ("cubic", ("v[:] = momentum * v -", "v[:] = momentum * v +")),
    "train passes x and y to back_propagate in different orders": (
        "xor",
        BATCH_SIZE,
        (BATCH, RANDOM_BATCH.replace("y[batch]", "y[:batch_size]")),
    ),
    "With a batch_size of 3, train passes 11 samples": ("xor", BATCH_SIZE),
    "With a batch_size of 3, train never uses 8 of 11 samples": (
        "xor",
        BATCH_SIZE,
        (BATCH, BATCH.replace("x, y", "x[:batch_size], y[:batch_size]")),
    ),
    "Between two mini-batches nothing changes": (
        "xor",
        BATCH_SIZE,
        (BATCH, "for _ in range(2):\n            " + RANDOM_BATCH.replace("    ", "      ")),
    ),
    "keeps 0 times the first. So the velocity isn't kept": (
        "cubic",
        ("v[:] = momentum", "v = momentum"),
    ),
    "keeps -0.6 times the first": ("cubic", ("momentum * v -", "-momentum * v -")),
    "W1: It is multiplied by momentum": (
        "cubic",
        ("v - learning_rate * gradient", "(v - learning_rate * gradient)"),
    ),
    "W1: The velocity begins with the parameter itself": (
        "cubic",
        ("np.zeros_like(parameter) for", "parameter.copy() for"),
    ),
    "Is the velocity used before it is changed": (
        "cubic",
        ("            v[:] = momentum", "            p += v\n            v[:] = momentum"),
        ("itself\n            p += v", "itself"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("said", MISTAKES_IN_A_SCRIPT)
def test_a_mistake_in_a_script_is_named(check_text, said):
    script, *replacements = MISTAKES_IN_A_SCRIPT[said]
    code, printed = check_text(script_with(script, *replacements))
    assert said in printed
    assert code == 1


OF_ONE_LINE_OF_A_SCRIPT = {  # script, right code: wrong codes, what is said of each
    (IMAGES, "loss = (error**2).sum() / error.size"): {
        "loss = (error**2).sum() / error.size + 0.001 * abs(W3).sum()":
            "dW3: The loss has something else in it that depends on W3",
    },
    (IMAGES, "dz1 = da1 * tanh(z1, derivative=True)"): {
        "dz1 = da1 * (1 - z1**2)": "and not 1 - z^2",
        "dz1 = da1 * (1 - a1)": "with a = f(z1), and not 1 - a.",
        "dz1 = da1 * (1 + a1**2)": "with a = f(z1), and not 1 + a^2",
        "dz1 = da1 * (1 - a1) ** 2": "with a = f(z1), and not (1 - a)^2",
        "dz1 = da1 * 1 - a1**2": "1 - a**2 lacks brackets. Write (1 - a**2)",
        "dz1 = da1 * 1 - tanh(a1) ** 2": "1 - tanh(a1)**2 lacks brackets",
        "dz1 = da1 * a1 * (1 - a1)":
            "a (1 - a) is the slope of sigmoid, but forward applies tanh there",
    },
    ("xor", "a1 = sigmoid(z1)"): {
        "a1 = np.tanh(z1)": "The slope is that of sigmoid, but forward applies tanh there",
    },
    (IMAGES, "dz3 = 2 / error.size * error"): {
        "dz3 = 2 / error.size * error * (1 - z3**2)":
            "1 - a^2 is the slope of tanh, but forward applies none there",
    },
    ("cubic", "dz1 = da1 * sigmoid(z1, derivative=True)"): {
        "dz1 = da1 * sigmoid(z2, derivative=True)":
            "The slope f' is taken at z2. Take it at z1",
        "dz1 = da1 * sigmoid(a0, derivative=True)":
            "The slope f' is taken at a0. Take it at z1",
    },
    ("cubic", "da1 = W2.T @ dz2"): {
        "da1 = dz2": "da2 stands in the place of da1. It has to be W2.T @ dz2",
        "da1 = W2.T @ z2": "da1 is made of z2",
    },
    ("cubic", "v[:] = momentum * v - learning_rate * gradient"): {
        "v[:] = momentum - learning_rate * gradient":
            "The momentum itself is added. Multiply the velocity by it",
    },
    ("cubic", "np.zeros_like(parameter) for"): {
        "-parameter for": "W1: The velocity begins with the parameter itself.",
    },
    ("linear", "parameter -= learning_rate * gradient"): {
        "parameter -= learning_rate * gradient / len(x)":
            "W: It is divided by the number of samples. Leave that out",
        "parameter -= learning_rate * gradient * len(x)":
            "W: It is multiplied by the number of samples. Leave that out",
    },
    ("linear", "dW = dz1 @ a0.T"): {
        "dW = np.sum(dz1 * a0)": "The number is right. Make it an array (1, 1), as W is",
        "dW = dz1 * a0": "dz and a are multiplied number by number",
    },
    ("cubic", "dW2 = dz2 @ a1.T"): {
        "dW2 = dz2 * a1": "dz and a are multiplied number by number",
        "dW2 = dz2 @ z1.T": "dW2: It is made with z1",
    },
    ("cubic", "dW1 = dz1 @ a0.T"): {
        "dW1 = dz1 @ a1.T": "made with a1, which goes out",
    },
    ("xor", "dW1 = dz1 @ a0.T"): {
        "dW1 = dz1 @ x": "dW1: It is made with x as it came",
    },
    ("xor", "dW2 = dz2 @ a1.T"): {
        "dW2 = dz2 @ sigmoid(a1).T": "made with f(a1)",
    },
    (IMAGES, "dW3 = dz3 @ a2.T"): {
        "dW3 = error @ a2.T": "dW3: It is made of the error, z3 - y.T",
    },
    (IMAGES, "da2 = W3.T @ dz3"): {
        "da2 = 2 * W3.T @ dz3": "dz2, of which dW2 and dB2 are made: It is twice what",
    },
    (IMAGES, "dW2 = dz2 @ a1.T"): {
        "dW2 = dz3 @ a1.T": "It is made of dz3. Take dz2, of its own layer",
    },
    ("xor", "da1 = W2.T @ dz2"): {
        "da1 = W2 @ dz2": "W2 is not transposed in da1",
        "da1 = dz2 @ W2": "The product of da1 is the wrong way round",
        "da1 = dz2 @ W2.T": "The product of da1 is the wrong way round",
        "da1 = W2.T @ dz2.T": "dz2 is transposed in da1",
        "da1 = W2 @ dz2.T": "dz2 is transposed in da1",
        "da1 = W1.T @ dz2": "da1 is made with W1.",
        "da1 = W1 @ dz2": "da1 is made with W1. It has to be W2.T",
        "da1 = dz2": "dz2 stands in the place of da1",
        "da1 = W2.T * dz2": "W2 multiplies dz2 number by number in da1",
        "da1 = W2 * dz2": "W2 multiplies dz2 number by number in da1",
    },
    (IMAGES, "da1 = W2.T @ dz2"): {
        "da1 = W3.T @ dz3": "da2 stands in the place of da1",
        "da1 = W2.T @ dz3": "da1 is made with dz3",
        "da1 = W3.T @ dz2": "da1 is made with W3",
    },
    ("xor", "dz2 = da2 * sigmoid(z2, derivative=True)"): {
        "dz2 = error / error.size": "This is dz2 of cross-entropy. The loss is the mean",
    },
    ("xor", "loss = (error**2).sum() / error.size"): {
        CROSS_ENTROPY: "This is dz2 of the mean of the squared errors, but the loss is another one",
        "loss = ((z2 - y.T) ** 2).mean()": "The loss: It is made of z2. Take a2",
    },
    (IMAGES, "dz2 = da2 * tanh(z2, derivative=True)"): {
        "dz2 = da2 * tanh(z3, derivative=True)": "The slope f' is taken at z3. Take it at z2",
        "dz2 = da2 * tanh(z1, derivative=True)": "The slope f' is taken at z1. Take it at z2",
        "dz2 = da2 * tanh(a1, derivative=True)": "The slope f' is taken at a1. Take it at z2",
    },
    (IMAGES, "dW1 = dz1 @ a0.T"): {
        "dW1 = dz2 @ a0.T": "It is made of dz2. Take dz1, of its own layer",
        "dW1 = dz1 @ a1.T": "It is made with a1, which goes out",
    },
    ("xor", "return loss, ["): {
        "dW2 = dz1 @ a1.T\n    return loss, [": "made of dz1. Take dz2, of its own layer",
        "dW2 = da1 @ a1.T\n    return loss, [": "made of da1. Take dz2, of its own layer",
        "dB2 = da1.sum(axis=1, keepdims=True)\n    return loss, [":
            "It is made of da1. Take dz2, of its own layer",
    },
}  # fmt: skip
OF_CROSS_ENTROPY = {  # wrong code for dz2 of xor.py with cross-entropy: what is said
    "dz2 = error / error.size * a2 * (1 - a2)":
        "It is multiplied by the slope of sigmoid. With cross-entropy, a2 - y.T has",
    "dz2 = -y.T * (1 - a2) / error.size": "One of the parts of cross-entropy is missing in it",
    "dz2 = (1 - y.T) * a2 / error.size": "One of the parts of cross-entropy is missing in it",
    "dz2 = (-y.T * (1 - a2) - (1 - y.T) * a2) / error.size":
        "The parts of cross-entropy are in it, but one has the wrong sign",
    "dz2 = (y.T * (1 - a2) + (1 - y.T) * a2) / error.size":
        "The parts of cross-entropy are in it, but one has the wrong sign",
    "dz2 = (z2 - y.T) / error.size": "It is made of z2. Take the output, a2",
    "dz2 = (z2 - y.T) / len(y)": "It is made of z2. Take the output, a2",
    "dz2 = a2 / error.size": "y is missing: this is made of the outputs alone",
    "dz2 = a2 / len(y)": "y is missing: this is made of the outputs alone",
    "dz2 = 2 * error / error.size":
        "dz2, of which dW2 and dB2 are made: It is twice what it has to be",
}  # fmt: skip
OF_SOFTMAX = {  # wrong code for dz3 of the images with softmax and cross-entropy: what is said
    "dz3 = 2 / error.size * error":
        "This is 2 (a - y.T) / size, as for the mean of the squared errors, but",
    "dz3 = -y.T / a3 / len(y)": "This is the derivative with respect to the outputs of softmax",
    "dz3 = (z3 - y.T) / len(y)": "It is made of z3. Take the output, a3",
    "dz3 = a3 / len(y)": "y is missing: this is made of the outputs alone",
    "dz3 = error":
        "dz3, of which dW3 and dB3 are made: It is the number of samples times what it has",
    "dz3 = error / len(y) * tanh(z3, derivative=True)":
        "It is multiplied by the slope of tanh. With cross-entropy, a3 - y.T has",
    "dz3 = error / len(y) * a3 * (1 - a3)":
        "It is multiplied by a (1 - a). With cross-entropy, a3 - y.T has",
}  # fmt: skip
OF_WEIGHT_DECAY = {  # wrong code for dW3 of the images with weight decay: what is said
    "dz3 @ a2.T + 0.001 * W3": "Half of it is here: where is the 2 of 2 W",
    "dz3 @ a2.T - 0.002 * W3":
        "whose slope is 0.002 times W3. It is subtracted here",
    "dz3 @ a2.T + 0.002 * W3**2": "Take that slope, and not W3^2",
    "dz3 @ a2.T + 0.001 * W3**2": "Take that slope, and not W3^2",
    "dz3 @ a2.T + 0.002": "is 0.002 times W3. W3 is missing here",
    "dz3 @ a2.T + 0.002 * W3 / len(x)": "It is divided by the number of samples here",
}  # fmt: skip


@pytest.mark.parametrize(
    "script, right, wrong, said",
    one_row_each(OF_ONE_LINE_OF_A_SCRIPT),
)
def test_a_mistake_in_one_line_of_a_script_is_named(check_text, script, right, wrong, said):
    code, printed = check_text(script_with(script, (right, wrong)))
    assert said in printed
    assert code == 1


@pytest.mark.parametrize("dz2, said", OF_CROSS_ENTROPY.items())
def test_a_mistake_in_dz_with_cross_entropy_is_named(check_text, dz2, said):
    code, printed = check_text(script_with("xor", (LOSS, CROSS_ENTROPY), (DZ2, dz2)))
    assert said in printed
    assert code == 1


@pytest.mark.parametrize("dz3, said", OF_SOFTMAX.items())
def test_a_mistake_in_dz_with_softmax_is_named(check_text, dz3, said):
    code, printed = check_text(script_with(IMAGES, *softmax_with(dz3)))
    assert said in printed
    assert code == 1


@pytest.mark.parametrize("dW3, said", OF_WEIGHT_DECAY.items())
def test_a_mistake_in_weight_decay_is_named(check_text, dW3, said):
    code, printed = check_text(script_with(IMAGES, (LOSS, DECAY), ("dz3 @ a2.T", dW3)))
    assert said in printed
    assert code == 1


# --- What is right, in other words ------------------------------------------------------------

VELOCITY = ("losses = []\n", "losses = []\n    velocity = [0 * p for p in parameters]\n")
TRIPLES = (PAIRS, "for parameter, gradient, v in zip(parameters, gradients, velocity):")
MOMENTUM = ("learning_rate=8.0):", "learning_rate=8.0, momentum=0.9):")


def lines_of_update(*lines):
    """A replacement for the line of the update."""
    return UPDATE, "\n            ".join(lines)


NO_BIASES = [
    (" + B1", ""),
    (" + B2", ""),
    ("W1, B1, W2, B2 = parameters", "W1, W2 = parameters"),
    ("[W1, B1, W2, B2]", "[W1, W2]"),
    ("[dW1, dB1, dW2, dB2]", "[dW1, dW2]"),
]
RIGHT_SCRIPTS = {
    "einsum, np.dot and a loop over samples": (
        "xor",
        ("dz1 @ a0.T", "np.einsum('hs,is->hi', dz1, a0)"),
        ("W2 @ a1", "np.dot(W2, a1)"),
        (
            "dW2 = dz2 @ a1.T",
            "dW2 = np.zeros_like(W2)\n    for s in range(len(x)):\n"
            "        dW2 += np.outer(dz2[:, s], a1[:, s])",
        ),
    ),
    "dz in the place of da": ("xor", (DZ2, "dz2 = da2\n    dz2 *= a2 * (1 - a2)")),
    "gradients and losses in other containers": (
        "xor",
        ("[dW1, dB1, dW2, dB2]\n\n", "(dW1, dB1, dW2, dB2)\n\n"),
        ("return losses\n", "return tuple(losses)\n"),
    ),
    "relu": ("xor", ("a1 = sigmoid(z1)", "a1 = np.maximum(0, z1)"), (SLOPE1, "(z1 > 0)")),
    "generator is the name of rng": ("xor", ("rng", "generator")),
    "half of the squares": ("xor", (LOSS, f"{LOSS} / 2"), (DA2, "da2 = error / error.size")),
    "mean absolute error": (
        IMAGES,
        (LOSS, "loss = abs(error).mean()"),
        (DZ3, "dz3 = np.sign(error) / error.size"),
    ),
    "cross-entropy of 0 and 1 only": (
        "xor",
        (LOSS, "loss = -np.log(np.where(y.T == 1, a2, 1 - a2)).mean()"),
        (DZ2, "dz2 = error / error.size"),
    ),
    "softmax and cross-entropy": (IMAGES, *softmax_with("dz3 = error / len(y)")),
    "weight decay": (
        IMAGES,
        (LOSS, DECAY),
        ("dz1 @ a0.T", "dz1 @ a0.T + 0.002 * W1"),
        ("dz2 @ a1.T", "dz2 @ a1.T + 0.002 * W2"),
        ("dz3 @ a2.T", "dz3 @ a2.T + 0.002 * W3"),
    ),
    "only the parameters begin as float32": (
        "xor",
        ("[W1, B1, W2, B2]\n", "[p.astype(np.float32) for p in (W1, B1, W2, B2)]\n"),
    ),
    "no biases": ("xor", *NO_BIASES),
    "the bias as a weight": (
        "xor",
        *NO_BIASES,
        ("a0 = 2.0 * x.T - 1", "a0 = np.vstack([2.0 * x.T - 1, np.ones((1, len(x)))])"),
        ("a1 = sigmoid(z1)", "a1 = np.vstack([sigmoid(z1), np.ones((1, len(x)))])"),
        ("(n_hidden, n_inputs))", "(n_hidden, n_inputs + 1))"),
        ("(n_outputs, n_hidden))", "(n_outputs, n_hidden + 1))"),
        ("W2.T @ dz2", "W2[:, :-1].T @ dz2"),
    ),
    "samples as rows": (
        "xor",
        ("np.zeros((n_hidden, 1))", "np.zeros(n_hidden)"),
        ("np.zeros((n_outputs, 1))", "np.zeros(n_outputs)"),
        ("(n_hidden, n_inputs)", "(n_inputs, n_hidden)"),
        ("(n_outputs, n_hidden)", "(n_hidden, n_outputs)"),
        ("2.0 * x.T", "2.0 * x"),
        ("W1 @ a0", "a0 @ W1"),
        ("W2 @ a1", "a1 @ W2"),
        ("[-1].T", "[-1]"),
        ("y.T", "y"),
        ("a2.T", "a2"),
        ("dz2 @ a1.T", "a1.T @ dz2"),
        ("dz1 @ a0.T", "a0.T @ dz1"),
        ("W2.T @ dz2", "dz2 @ W2.T"),
        ("axis=1, keepdims=True", "axis=0"),
    ),
    "weights first, then biases": (
        "xor",
        ("W1, B1, W2, B2 = parameters", "W1, W2, B1, B2 = parameters"),
        ("[W1, B1, W2, B2]", "[W1, W2, B1, B2]"),
        ("[dW1, dB1, dW2, dB2]", "[dW1, dW2, dB1, dB2]"),
    ),
    "forward returns another order": (
        "xor",
        ("return a0, z1, a1, z2, a2\n", "return z1, z2, a0, a1, a2\n"),
        ("a0, z1, a1, z2, a2 = forward", "z1, z2, a0, a1, a2 = forward"),
    ),
    "forward takes each array": (
        "xor",
        ("def forward(x, parameters):", "def forward(x, W1, B1, W2, B2):"),
        ("    W1, B1, W2, B2 = parameters\n    a0 = 2", "    a0 = 2"),
        ("forward(x, parameters)", "forward(x, *parameters)"),
    ),
    "other names": (
        "xor",
        ("parameters", "theta"),
        ("learning_rate", "eta"),
        ("iterations", "epochs"),
    ),
    "arguments of train in another order": (
        "xor",
        ("iterations=2000, learning_rate=8.0", "learning_rate=8.0, iterations=2000"),
    ),
    "initialize without a generator": (
        "xor",
        ("n_outputs, rng):", "n_outputs):\n    rng = np.random.default_rng(0)"),
    ),
    "a further argument of initialize": (
        "xor",
        ("n_outputs, rng):", "n_outputs, rng, spread=0.4):"),
        ("(0, 0.4,", "(0, spread,"),
    ),
    "new arrays in the list, and an array of losses": (
        "xor",
        (PAIRS, "for i in range(len(parameters)):"),
        (UPDATE, "parameters[i] = parameters[i] - learning_rate * gradients[i]"),
        ("return losses\n", "return np.array(losses)\n"),
    ),
    "samples in another order": (
        "xor",
        (
            BATCH,
            "i = np.random.default_rng(0).permutation(len(x))\n"
            "        loss, gradients = back_propagate(x[i], y[i], parameters)",
        ),
    ),
    "arguments by name": (
        "xor",
        (BATCH, "loss, gradients = back_propagate(parameters=parameters, y=y, x=x)"),
    ),
    "mini-batches with an argument": (
        "xor",
        BATCH_SIZE,
        (BATCH, RANDOM_BATCH),
    ),
    "momentum without an argument": (
        "xor",
        VELOCITY,
        TRIPLES,
        lines_of_update("v[:] = 0.9 * v - learning_rate * gradient", "parameter += v"),
    ),
    "momentum and a learning rate that is lowered": (
        "xor",
        MOMENTUM,
        VELOCITY,
        TRIPLES,
        lines_of_update("v[:] = momentum * v - learning_rate * gradient", "parameter += v"),
        ("losses.append(loss)", "losses.append(loss)\n        learning_rate *= 0.99"),
    ),
    "Nesterov's momentum": (
        "xor",
        MOMENTUM,
        VELOCITY,
        TRIPLES,
        (
            BATCH,
            "ahead = [p + momentum * v for p, v in zip(parameters, velocity)]\n"
            "        loss, gradients = back_propagate(x, y, ahead)",
        ),
        lines_of_update("v[:] = momentum * v - learning_rate * gradient", "parameter += v"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", RIGHT_SCRIPTS)
def test_a_script_that_is_right_in_another_style_passes(check_text, style):
    script, *replacements = RIGHT_SCRIPTS[style]
    code, printed = check_text(script_with(script, *replacements))
    assert printed.endswith(f"{ALL_RIGHT}The other functions, such as main, aren't checked.\n")
    assert code == 0


@pytest.mark.parametrize(
    "replacements, remark",
    [
        pytest.param(
            [(UPDATE, "parameter -= learning_rate * gradient / 4")],
            "The first step of train is 0.25 times learning_rate * gradient. This is fine",
            id="a quarter",
        ),
        pytest.param(
            [(UPDATE, "parameter -= learning_rate * np.sign(gradient)")],
            "The first step of train goes downhill, but it isn't a multiple of the gradients.",
            id="only the sign",
        ),
        pytest.param(
            [
                VELOCITY,
                TRIPLES,
                lines_of_update("v += gradient", "parameter -= learning_rate * v"),
            ],
            "The second step of train has all of the first in it.",
            id="gradients that are added up",
        ),
    ],
)
def test_unusual_steps_pass_with_a_remark(check_text, replacements, remark):
    code, printed = check_text(script_with("xor", *replacements))
    assert f"All gradients are the slopes of the loss. {remark}" in printed
    assert code == 0


OTHER_STYLE = {
    "forward": SOLUTION["forward"].replace("2 * x.T - 1", "np.where(x.T > 0.5, 1.0, -1.0)"),
    "from_loss": "m, q = y.shape\n    e = a2 - y.T\n"
    "    return np.vdot(e, e) / m / q, e * 2 / m / q",
    "through_activation": "a = sigmoid(z)\n    return a * (1 - a) * da",
    "to_weights": "return sum(np.outer(dz[:, s], a[:, s]) for s in range(a.shape[1]))",
    "to_bias": "return dz @ np.ones((dz.shape[1], 1))",
    "to_layer_before": "return np.einsum('ij,is->js', W, dz)",
    "update": "for i in range(4):\n"
    "        parameters[i][:] = parameters[i] - learning_rate * gradients[i]",
    "train": "losses = np.zeros(iterations)\n    for i in range(iterations):\n"
    "        losses[i], gradients = back_propagate(x, y, parameters)\n"
    "        update(parameters, gradients, learning_rate)\n"
    "    return losses",
}


def test_functions_that_are_right_in_another_style_pass(check_text):
    code, printed = check_text(solved_by_hand(**OTHER_STYLE))
    assert LEARNED in printed
    assert code == 0


@pytest.mark.parametrize("script", ["linear", "xor", "cubic", IMAGES])
def test_every_gradient_of_a_script_is_right_and_off_by_next_to_nothing(script, capsys):
    assert check.main([script]) == 0
    text = r"back_propagate\n(d[WB]\d?  ? right, off by less than 1e-9\n){2,6}train\n"
    assert re.match(text + re.escape(ALL_RIGHT), capsys.readouterr().out)


# --- What can't be checked --------------------------------------------------------------------

CANNOT = {  # what is said: replacements in xor.py
    "float32 has too few digits, and a0, which forward returns, is of that type": [
        ("a0 = 2.0 * x.T - 1", "a0 = (2.0 * x.T - 1).astype(np.float32)")
    ],
    "the loss differs from call to call": [
        ("a1 = sigmoid(z1)", "a1 = sigmoid(z1) * (np.random.random(z1.shape) < 0.5)")
    ],
    "because it finds dz by moving the biases, and a layer has none": [
        *NO_BIASES,
        ("W2.T @ dz2", "W2.T @ da2"),
    ],
    "train passes 4 of 11 samples to back_propagate": [
        (BATCH, "loss, gradients = back_propagate(x[:4], y[:4], parameters)")
    ],
    ": raise SystemExit\nThis ends the program. Leave that to main.": [
        ("    losses = []\n", "    losses = []\n    raise SystemExit\n")
    ],
    "with a generator of random numbers if it has an argument rng or": [("rng", "random")],
    "mine.py has no initialize": [("def initialize", "def begin")],
    "mine.py has no train": [("def train", "def learn")],
    "NotImplementedError\nThis function isn't written yet.": [
        (DZ2, "raise NotImplementedError")
    ],
}


@pytest.mark.parametrize("said", CANNOT)
def test_what_cannot_be_checked_is_said_and_why(check_text, said):
    code, printed = check_text(script_with("xor", *CANNOT[said]))
    assert said in printed
    assert code == 1


@pytest.mark.parametrize(
    "text, lines",
    [
        ("", "mine.py has no function back_propagate, nor those of by_hand.py. Methods of"),
        ("x = 1\ndef f(:\n", "SyntaxError: "),
        ("x = 1 / 0", "mine.py, line 1: x = 1 / 0\nZeroDivisionError: division by zero\n"),
        (
            "import sys\nsys.exit()\n",
            "mine.py, line 2: sys.exit()\nThis ends the program while",
        ),
    ],
)
def test_a_file_that_has_nothing_to_check_takes_a_line_or_two(check_text, text, lines):
    code, printed = check_text(text)
    assert printed.startswith(lines)
    assert printed.count("\n") <= 2
    assert code == 1


def test_a_function_that_is_not_written_yet_comes_next(check_text):
    code, printed = check_text((ROOT / "exercises" / "by_hand.py").read_text(encoding="utf-8"))
    assert printed.startswith("1. forward             comes next\nmine.py, line ")
    assert printed.endswith("This function isn't written yet.\n")
    assert code == 1


def test_a_module_that_is_not_there_takes_one_line(capsys):
    assert check.main(["my_netwrok.py"]) == 1
    said = "my_netwrok.py isn't here. Copy by_hand.py or a script to it first.\n"
    assert capsys.readouterr().out == said


@pytest.mark.parametrize(
    "name", ["{}/a.b/my_xor.py", "{}/a.b/my_xor", "{}/a.b/../a.b/my_xor.py"]
)
def test_a_file_in_any_folder_is_found(name, tmp_path):
    (tmp_path / "a.b").mkdir()
    (tmp_path / "a.b" / "my_xor.py").write_text(script_with("xor"), encoding="utf-8")
    assert check.main([name.format(tmp_path)]) == 0


def test_the_activation_of_the_students_folder_is_taken(tmp_path, capsys):
    (tmp_path / "my_xor.py").write_text(script_with("xor"), encoding="utf-8")
    own = script_with("activation", ("return a * (1 - a)", "return a"))
    (tmp_path / "activation.py").write_text(own, encoding="utf-8")
    check.main([str(tmp_path / "my_xor.py")])
    assert "It is da2 times f(z2)" in capsys.readouterr().out


def test_a_file_that_has_been_mended_is_read_again(tmp_path):
    file = tmp_path / "my_xor.py"
    file.write_text(script_with("xor", (DA2, "da2 = error")), encoding="utf-8")
    assert check.main([str(file)]) == 1
    file.write_text(script_with("xor"), encoding="utf-8")
    assert check.main([str(file)]) == 0


def test_the_modules_of_others_stay_as_they_were():
    before = importlib.import_module("activation")
    check.main(["xor"])
    assert importlib.import_module("activation") is before


def test_run_as_a_file_it_says_how_to_run_it():
    command = [sys.executable, ROOT / "exercises" / "check.py", "xor"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.stderr == "Run it from the main folder: python -m exercises.check NAME\n"
    assert run.returncode == 1


def test_without_a_guard_main_is_named(check_text):
    text = script_with("xor", ('if __name__ == "__main__":\n    main()', "main()"))
    code, printed = check_text(text)
    assert re.fullmatch(r"mine.py, line \d+: main\(\)\n.*__name__.*\n", printed)
    assert code == 1


# --- What is printed, and how often something runs --------------------------------------------


def test_what_a_function_prints_is_shown_once_below_its_verdict(check_text):
    text = solved_with("to_bias", ("return", "print('summing')\n    return"))
    _, printed = check_text(text)
    assert "5. to_bias             right\n    prints: summing\n6. to_layer" in printed
    assert printed.count("summing") == 1


def test_of_many_printed_lines_the_first_are_shown(check_text):
    lines = "    for i in range(99):\n        print(i)\n"
    _, printed = check_text(
        script_with("xor", ("    losses = []\n", lines + "    losses = []\n"))
    )
    shown = re.findall(r"^    prints: (.*)$", printed, flags=re.MULTILINE)
    assert shown == [str(i) for i in range(10)]
    assert "    ... and 89 lines more\n" in printed


def test_a_step_is_named_before_it_runs(check_text):
    _, printed = check_text(solved_by_hand(forward="raise KeyboardInterrupt"))
    assert printed.startswith("1. forward")


def test_ctrl_c_ends_with_the_line_that_runs_and_the_line_that_called_it(check_text):
    stop = "    raise KeyboardInterrupt\n    z1 = W1"
    code, printed = check_text(script_with("xor", ("    z1 = W1", stop)))
    stopped = r"\nStopped in mine.py, line \d+: raise KeyboardInterrupt,\n"
    caller = r"called from mine.py, line \d+: a0, z1, .* = forward\("
    assert re.search(stopped + caller, printed)
    assert code == 1


def test_a_right_back_propagate_runs_no_more_than_its_slopes_need(tmp_path):
    count = "COUNT = []\n\n\ndef back_propagate(x, y, parameters):\n    COUNT.append(1)\n"
    text = script_with("xor", ("def back_propagate(x, y, parameters):\n", count))
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    program = check.Program(str(tmp_path / "mine.py"))
    check.check_program(program)
    weights = (5 * 3 + 5 + 7 * 5 + 7) + (4 * 4 + 4 + 4 * 4 + 4)
    assert len(program.module.COUNT) <= 2 * weights + 60


# --- Slopes -----------------------------------------------------------------------------------


class OfTheLoss:
    """Stands for a program whose loss is a function of the first of the parameters."""

    def __init__(self, loss):
        self.loss = loss

    def call(self, name, x, y, parameters):
        return self.loss(parameters[0]), []


def test_slopes_are_those_of_the_loss():
    W = np.array([[-1.0, 0.5, 2.0]])
    (slope,) = slopes_of(OfTheLoss(lambda W: (W**3).sum()), None, None, [W], [W])
    assert np.allclose(slope, 3 * W**2)


def test_at_a_corner_of_relu_there_is_no_slope():
    W = np.array([[-1.0, 0, 1]])
    (slope,) = slopes_of(OfTheLoss(lambda W: 100 * relu(W).sum()), None, None, [W], [W])
    assert np.allclose(slope, [[0, np.nan, 100]], equal_nan=True)


def test_any_number_agrees_with_a_slope_that_is_not_there():
    assert same(np.array([0, 30, 100]), np.array([0, np.nan, 100]))


def test_numbers_that_differ_by_more_than_a_millionth_do_not_agree():
    assert not same(np.array([1.0, 2.00001]), np.array([1.0, 2.0]))


# --- The tables of mistakes -------------------------------------------------------------------


def layers_of_all_kinds():
    """Layers with any numbers in W, B, a_in, da and y; the rest follows from these.

    They are linked, and each layer has one of several activations.
    """
    rng = np.random.default_rng(0)
    layers = []
    for f in (
        sigmoid,
        tanh,
        linear,
        relu,
        np.arctan,
        lambda z: sigmoid(-z),
        lambda z: 1 + np.exp(-z),
    ):
        for sizes, samples in ((3, 5, 7, 3), 11), ((4, 4, 4, 4), 4), ((1, 1), 5):
            chain = []
            for n in range(1, len(sizes)):
                W = rng.normal(0, 1, (sizes[n], sizes[n - 1]))
                B = rng.normal(0, 1, (sizes[n], 1))
                a_in = rng.normal(0, 1, (sizes[n - 1], samples))
                z = W @ a_in + B
                layer = Layer(n=n, W=W, B=B, a_in=a_in, z=z, a=f(z))
                layer.n_samples = samples
                layer.n_outputs = sizes[-1]
                layer.da = rng.normal(0, 1, z.shape)
                layer.slope = rng.uniform(0, 1, z.shape)
                if f in ACTIVATIONS.values():
                    layer.f = f
                    layer.slope = f(z, derivative=True)
                chain.append(layer)
            for before, after in zip(chain, chain[1:]):
                before.after = after
                after.before = before
            chain[0].x = rng.uniform(0, 1, (samples, sizes[0]))
            last = chain[-1]
            last.y = rng.uniform(0, 1, (samples, sizes[-1]))
            last.is_mse = f in (sigmoid, linear)
            if last.is_mse:
                last.da = 2 / last.y.size * (last.a - last.y.T)
            for layer in chain:
                layer.dz = layer.da * layer.slope
                layer.dW = layer.dz @ layer.a_in.T
                if f is tanh:  # weight decay, and something like it
                    layer.dW = layer.dW + (
                        0.1 * layer.W if len(chain) > 1 else np.sign(layer.W)
                    )
                layer.dB = layer.dz.sum(axis=1, keepdims=True)
            layers += chain
    return layers


LAYERS = layers_of_all_kinds()
LAST = [layer for layer in LAYERS if layer.y is not None]
OTHERS = {
    "in_a0": [np.array([[0.0, 0, 1], [0, 1, 0], [1, 1, 1], [1, 0, 1]])],
    "in_a": [layer for layer in LAYERS if layer.f is sigmoid],
    "in_loss": LAST,
    "in_error": LAST,
    "in_cross_entropy": LAST,
    "in_last_da": [layer for layer in LAST if layer.is_mse],
    "in_slope_of_sigmoid": [layer for layer in LAYERS if layer.f is sigmoid],
    "in_slope_of_tanh": [layer for layer in LAYERS if layer.f is tanh],
    "in_da_of_from_loss": [layer for layer in LAST if layer.is_mse],
    "in_dz_of_another_loss": [layer for layer in LAST if not layer.is_mse],
    "in_dz_of_cross_entropy": [layer for layer in LAST if layer.f in (sigmoid, None)],
    "in_hidden_da": [layer for layer in LAYERS if layer.after is not None],
}
ARGUMENTS = {
    "in_any_derivative": [(layer.dz, layer) for layer in LAYERS],
    "in_array_taken_for_dz": [(layer, lambda array: array.sum(axis=1, keepdims=True)) for layer in LAYERS],
    "in_decay": [(layer, layer.dz @ layer.a_in.T, 0.1) for layer in LAYERS],
    "in_step": [
        (np.array([[3.0, 1]]), np.array([[0.5, -1]]), 0.3, 11, 0.6, 2),
        (np.array([[3.0, 1]]), np.array([[0.5, -1]]), 0.3, 11),
    ],
    "in_losses": [(np.array([0.5, 0.4]), np.array([0.4, 0.35]), 4)],
}
TABLES = [name for name in vars(mistakes) if name.startswith("in_")]


def all_and_said(table):
    """The formulas of a table, (sentence, which of its formulas): all, and those that are said.

    A formula is said if no row above its own makes the same numbers.
    """
    there = set()
    said = set()
    arguments = ARGUMENTS.get(table) or [(each,) for each in OTHERS.get(table, LAYERS)]
    for each in arguments:
        above = []
        for sentence, *formulas in getattr(mistakes, table)(*each):
            values = []
            for i, formula in enumerate(formulas):
                name = re.sub(r"-?\d+(\.\d+)?", "#", sentence), i
                there.add(name)
                try:
                    value = formula()
                    is_finite = np.isfinite(value).all()
                except (ValueError, TypeError, AttributeError):
                    continue
                if is_finite:
                    values.append(value)
                    if name not in said and not any(same(value, other) for other in above):
                        said.add(name)
            above += values
    return there, said


@pytest.mark.parametrize("table", TABLES)
@np.errstate(all="ignore")
def test_every_formula_of_a_table_is_said_of_its_own_mistake(table):
    there, said = all_and_said(table)
    if table != "in_any_derivative":  # other tables end with these, and have some before
        there -= all_and_said("in_any_derivative")[0]
    assert there - said == set()


def test_the_first_row_that_fits_is_the_one_that_is_said():
    rows = [("no", lambda: 1.0), ("yes", lambda: 3.0, lambda: 2.0), ("late", lambda: 2.0)]
    assert first_match(rows, lambda value: value == 2.0) == "yes"


# --- The page ---------------------------------------------------------------------------------


def test_the_page_shows_what_is_said_of_a_forgotten_keepdims(check_text):
    page = (ROOT / "exercises" / "README.md").read_text(encoding="utf-8")
    _, printed = check_text(solved_with("to_bias", (", keepdims=True", "")))
    assert f"```text\n{printed}```" in page
