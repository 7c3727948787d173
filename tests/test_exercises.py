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

from activation import ACTIVATIONS, linear, relu, sigmoid, softplus, tanh
from exercises import check, mistakes
from exercises.checking.compare import first_match, same
from exercises.checking.slopes import slopes_of

ROOT = Path(__file__).parent.parent
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
ALL_RIGHT = "All gradients are the slopes of the loss"
LEARNED = "Your network has learned XOR: its loss is 0.000106"


def by_hand(**bodies):
    """The text of by_hand.py, right but for these bodies."""
    text = (ROOT / "exercises" / "by_hand.py").read_text(encoding="utf-8")
    for name, body in {**SOLUTION, **bodies}.items():
        before, start, after = text.partition(f"def {name}(")
        text = before + start + after.replace("raise NotImplementedError", body, 1)
    return text


def by_hand_with(function, old, new):
    """The text of by_hand.py, right but for one replacement in one function."""
    assert old in SOLUTION[function]
    return by_hand(**{function: SOLUTION[function].replace(old, new, 1)})


def script_with(script, *replacements):
    """The text of a script with replacements, (old, new)."""
    text = (ROOT / f"{script}.py").read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text


NUMBERS = itertools.count()
ANSWERS = {}  # of texts that were checked already, for another test


@pytest.fixture
def says(tmp_path, capsys):
    """A function: the exit code of check for a file with this text, and what it prints."""

    def answer(text):
        if text not in ANSWERS:
            file = tmp_path / f"student_{next(NUMBERS)}.py"
            file.write_text(text, encoding="utf-8")
            code = check.main([str(file)])
            printed = capsys.readouterr().out.replace(file.stem, "mine")
            assert printed.isascii()
            ANSWERS[text] = code, printed
        return ANSWERS[text]

    return answer


# --- Mistakes in a copy of by_hand.py ---------------------------------------------------------

BY_HAND = [  # function, what is right, what stands in its place, what is said
    ("forward", "W1 @ a0", "W1 @ x.T", "z1: It is made of x. Take a0"),
    ("forward", "2 * x.T - 1", "x.T", "a0: The inputs are not recoded"),
    ("forward", "2 * x.T - 1", "2 * (x.T - 1)", "a0: This is 2 (x - 1)"),
    ("forward", "2 * x.T - 1", "1 - 2 * x.T", "a0: This makes 1 of 0, and -1 of 1"),
    ("forward", "2 * x.T - 1", "2 * x - 1", "a0: A sample has to become a column"),
    ("forward", "W1 @ a0 + B1", "W1 @ a0", "z1: The bias B1 is not added"),
    ("forward", "+ B1", "+ B1.T", "This would fit: W1 @ a0 + B1\n"),
    ("forward", "W1 @ a0", "np.dot(a0, W1)", "This would fit: np.dot(W1, a0) + B1\n"),
    ("forward", "a1 = sigmoid(z1)", "a1 = np.tanh(z1)", "a1: It is tanh(z1)"),
    ("forward", "a1 = sigmoid(z1)", "a1 = 1 / (1 + np.exp(z1))", "a1: It is f(-z1)"),
    ("forward", "a2 = sigmoid(z2)", "a2 = z2", "a2: This is z2 itself"),
    (
        "forward",
        "return a0, z1, a1, z2, a2",
        "return a2",
        "It has to return a0, z1, a1, z2, a2",
    ),
    (
        "forward",
        "a0, z1, a1, z2",
        "a0, a1, z1, z2",
        "order, which has to be a0, z1, a1, z2, a2",
    ),
    (
        "forward",
        "2 * x.T - 1",
        "x.T\n    a0[a0 == 0] = -1",
        "forward changes x, as *= and a[i]",
    ),
    ("from_loss", "a2 - y.T", "a2 - y", "This would fit: a2.T - y, or a2 - y.T\n"),
    ("from_loss", "a2 - y.T", "a2 - Y.T", "NameError: name 'Y' is not defined"),
    ("from_loss", "2 / error.size", "2 / y.shape[0] * y.shape[1]", "e / m * q is (e / m) * q"),
    ("from_loss", "(error**2).mean()", "error**2 / error.size", "are not all added up"),
    ("from_loss", "(error**2).mean()", "error.mean()", "loss: It is the mean of the errors"),
    (
        "from_loss",
        "(error**2).mean()",
        "error.sum() ** 2 / error.size",
        "Square each error first",
    ),
    ("from_loss", "(error**2).mean()", "(error**2).mean() / 2", "Leave the 1/2 out"),
    ("from_loss", ".mean()", ".mean(keepdims=True)", "Leave keepdims out"),
    (
        "from_loss",
        "y.T",
        "y.reshape(a2.shape)",
        "loss: y is reshaped, and reshape is no transpo",
    ),
    ("from_loss", "2 / error.size", "1 / error.size", "is the 2 of the square missing?"),
    ("from_loss", "2 / error.size", "2 / len(error)", "division by the number of samples"),
    ("from_loss", "2 / error.size", "2 / len(y)", "division by the number of outputs"),
    ("from_loss", "2 / error.size", "2", "division by samples * outputs"),
    (
        "from_loss",
        "2 / error.size * error",
        "error",
        "factor 2 / (samples * outputs) is missing",
    ),
    (
        "from_loss",
        "2 / error.size",
        "-2 / error.size",
        "what is predicted minus what is desired",
    ),
    ("from_loss", "2 / error.size * error", "2 * error.mean()", "da2 has the shape (), not"),
    ("from_loss", "loss, da2", "da2, loss", "All is right but the order"),
    ("through_activation", "da * sigmoid(z, derivative=True)", "da", "The slope is missing"),
    (
        "through_activation",
        "(z, d",
        "(sigmoid(z), d",
        "The slope f' is taken at a. Take it at z",
    ),
    ("through_activation", ", derivative=True", "", "Take the slope, f'(z): derivative=True"),
    ("through_activation", "da *", "da @", "fit: da * sigmoid(z, derivative=True)\n"),
    (
        "through_activation",
        "sigmoid(z,",
        "sigmoid(da,",
        "It has to be da times the slope f'(z), which is taken at z.",
    ),
    ("to_layer_before", "W.T @ dz", "np.linalg.pinv(W) @ dz", "It has to be W.T @ dz."),
    (
        "through_activation",
        "sigmoid(z, derivative=True)",
        "sigmoid(z) * 1 - sigmoid(z)",
        "a * 1 - a lacks brackets",
    ),
    ("to_weights", "dz @ a.T", "dz @ a", "This would fit: dz @ a.T\n"),
    ("to_weights", "dz @ a.T", "dz * a", "This would fit: dz @ a.T\n"),
    ("to_weights", "dz @ a.T", "dz.T @ a", "This would fit: dz @ a.T\n"),
    ("to_weights", "dz @ a.T", "-dz @ a.T", "dW: It has the wrong sign.\n"),
    ("to_weights", "dz @ a.T", "a @ dz.T", "the shape (5, 7), not (7, 5). It has to be transp"),
    (
        "to_weights",
        "dz @ a.T",
        "(dz @ a.T) * (np.arange(a.shape[0]) < 2)",
        "do loops reach all?",
    ),
    ("to_bias", "axis=1", "axis=0", "It is summed over the nodes"),
    ("to_bias", "sum", "mean", "dB: This is a mean. Take the sum"),
    ("to_bias", "dz.sum(axis=1, keepdims=True)", "dz", "It is not summed"),
    (
        "to_bias",
        "dz.sum(axis=1, keepdims=True)",
        "[[row.sum()] for row in dz]",
        "dB has to be an array, and it is a list",
    ),
    pytest.param(
        "to_weights",
        "dz @ a.T",
        "np.asmatrix(dz @ a.T)",
        "dW is a matrix of numpy",
        marks=pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    ),
    ("from_loss", "return loss", "return 'mse'", "loss has to be numbers, and it is a str"),
    ("to_bias", "return ", "", "dB is None: is a return missing?"),
    ("to_layer_before", "W.T", "W", "This would fit: W.T @ dz\n"),
    ("back_propagate", "(a2, y)", "(y, a2)", "da is (11, 7), z is (7, 11)"),
    ("back_propagate", "(a2, y)", "(z2, y)", "The loss is made of z2"),
    ("back_propagate", "a0, z1, a1, z2, a2", "z1, a1, z2, a2", "4 names to the left of ="),
    ("back_propagate", "(x, parameters)", "(parameters, x)", "x is a list of 4"),
    ("back_propagate", "(W2, dz2)", "(W1, dz2)", "da1 is made with W1"),
    ("back_propagate", "(W2, dz2)", "(W2.T, dz2)", "W2 is not transposed in da1"),
    ("back_propagate", "(W2, dz2)", "(W2, da2)", "da1 is made of da2"),
    ("back_propagate", "(da1, z1)", "(da1, a0)", "da is (5, 11), z is (3, 11)"),
    ("back_propagate", "(da1, z1)", "(da1, z2)", "f' is taken at z2. Take it at z1"),
    ("back_propagate", "(da2, z2)", "(da2, z1)", "f' is taken at z1. Take it at z2"),
    ("back_propagate", "(dz2, a1)", "(dz2, z1)", "dW2: It is made with z1"),
    ("back_propagate", "(dz2, a1)", "(da2, a1)", "dW2: It is made of da2"),
    ("back_propagate", "to_bias(dz2)", "to_bias(da2)", "dB2: It is made of da2"),
    (
        "back_propagate",
        "dW1, dB1, dW2, dB2]",
        "dW2, dB2, dW1, dB1]",
        "order has to be dW1, dB1",
    ),
    ("back_propagate", "dW2, dB2]", "dW2, dB1]", "dB2: This is dB1"),
    ("back_propagate", "dW1, dB1, dW2, dB2]", "W1, B1, W2, B2]", "dW2: This is W2 itself"),
    ("back_propagate", "dW2, dB2]", "dW2, dB2], 0", "has to return two: the loss, and then a"),
    (
        "back_propagate",
        "    da1 =",
        "    update(parameters[2:], [dW2, dB2], 1)\n    da1 =",
        "back_propagate changes parameters",
    ),
    ("update", "p -=", "p = p -", "The change of W1: It stays as it was"),
    ("update", "p -=", "p +=", "The change of W1: It goes uphill"),
    (
        "update",
        "p -= learning_rate * g",
        "p -= learning_rate * g\n        break",
        "Only these change: W1. These stay as they were: B1, W2, B2. Does a loop end",
    ),
    ("update", "learning_rate * g", "g", "The change of W1: The learning rate is missing"),
    ("update", "p -=", "g *= 2\n        p -=", "update changes gradients"),
    ("update", "* g", "* gradients", "gradients is not an array, but a list of 4"),
    ("train", "range(iterations)", "range(2000)", "2000 losses where 2 iterations were asked"),
    ("train", "range(iterations)", "range(iterations - 1)", "one iteration less than"),
    (
        "train",
        "        update(",
        "        update(parameters, gradients, learning_rate)\n        update(",
        "Its first step is 2 times learning_rate * gradient",
    ),
    ("train", "learning_rate)", "8.0)", "The steps are the same for every learning rate"),
    ("train", "= []", "= []\n    x = 0.5 * x", "train passes another x to back_propagate"),
    (
        "train",
        "append(loss)",
        "append(back_propagate(x, y, parameters)[0])",
        "Each is the loss after its update",
    ),
    (
        "train",
        "= []",
        "= []\n    parameters = [p + 0 for p in parameters]",
        "train leaves the parameters that it is given as they were",
    ),
    ("train", "losses.append(loss)", "pass", "Nothing is collected"),
    ("train", "        losses.append", "    losses.append", "Only the last loss is there"),
    ("train", "    return losses", "        return losses", "does return stand in the loop?"),
    ("train", "return losses", "return losses, parameters", "train returns a tuple of 2"),
    ("train", "return losses", "pass", "train returns nothing: is a return missing?"),
    ("train", "append(loss)", "append(gradients)", "there is a list in the list"),
    (
        "train",
        "losses.append(loss)",
        "losses = losses.append(loss)",
        "write losses.append(loss) without losses = before it",
    ),
    (
        "train",
        "        update(",
        "        parameters = update(",
        "Does update return nothing?",
    ),
    (
        "train",
        "        update(parameters, gradients, learning_rate)\n        losses.append(loss)",
        "        losses.append(loss)\n    update(parameters, gradients, learning_rate)",
        "The loss stays as it is",
    ),
]


@pytest.mark.parametrize("function, old, new, said", BY_HAND)
def test_a_mistake_in_by_hand_is_named(says, function, old, new, said):
    code, printed = says(by_hand_with(function, old, new))
    assert code == 1
    assert said in printed


@pytest.mark.parametrize("function, old, new, said", BY_HAND)
def test_the_function_with_the_mistake_is_the_one_that_is_called_wrong(
    says, function, old, new, said
):
    _, printed = says(by_hand_with(function, old, new))
    verdicts = re.findall(r"^\d\. (\w+) +(right|wrong)$", printed, flags=re.MULTILINE)
    before = itertools.takewhile(lambda name: name != function, SOLUTION)
    assert verdicts == [(name, "right") for name in before] + [(function, "wrong")]


def test_a_global_array_in_the_place_of_an_argument_is_named(says):
    text = by_hand_with("from_loss", "a2 - y.T", "a2 - Y.T")
    text = text.replace("def forward", "Y = np.zeros((4, 1))\n\n\ndef forward")
    _, printed = says(text)
    assert "Y is an array of your file, (4, 1), and not of this function" in printed


def test_global_arrays_in_a_call_are_named(says):
    text = by_hand_with("train", "back_propagate(x, y, ", "back_propagate(X, Y, ")
    text = text.replace("def forward", "X = Y = np.zeros((4, 3))\n\n\ndef forward")
    _, printed = says(text)
    assert "x is (4, 3), y is (4, 3), parameters is a list of 4" in printed
    assert "X is an array of your file, (4, 3), and not of this function" in printed


# --- Mistakes in a script ---------------------------------------------------------------------

IMAGES = "2x2_image_recognition"
LOSS = "loss = (error**2).sum() / error.size"
DA2 = "da2 = 2 / error.size * error"
DZ2 = "dz2 = da2 * sigmoid(z2, derivative=True)"
SLOPE1 = "sigmoid(z1, derivative=True)"
TANH = ("a1 = sigmoid(z1)", "a1 = np.tanh(z1)")
CROSS_ENTROPY = "loss = -(y.T * np.log(a2) + (1 - y.T) * np.log(1 - a2)).mean()"
DECAY = f"{LOSS} + 0.001 * sum((W**2).sum() for W in (W1, W2, W3))"
SOFTMAX = [
    (
        "z3 = W3 @ a2 + B3\n",
        "z3 = W3 @ a2 + B3\n    a3 = np.exp(z3) / np.exp(z3).sum(axis=0)\n",
    ),
    ("return a0, z1, a1, z2, a2, z3", "return a0, z1, a1, z2, a2, z3, a3"),
    ("a0, z1, a1, z2, a2, z3 = forward", "a0, z1, a1, z2, a2, z3, a3 = forward"),
    ("y.T.shape == z3.shape", "y.T.shape == a3.shape"),
    ("error = z3 - y.T", "error = a3 - y.T"),
    (LOSS, "loss = -np.sum(y.T * np.log(a3)) / len(y)"),
]
DZ3 = "dz3 = 2 / error.size * error"

ORDERS = "the rows of x and of y in different orders"

SCRIPTS = [  # script, replacements (right, wrong), what is said
    ("xor", [("sigmoid(z2, d", "sigmoid(a2, d")], "The slope f' is taken at a2. Take it at z2"),
    ("xor", [("error = a2 - y.T", "error = y.T - a2")], "predicted minus what is desired"),
    ("xor", [(DA2, "da2 = 2 * error")], "It lacks a division by samples * outputs"),
    ("xor", [(DA2, "da2 = 2 / 4 * error")], "It is made with 2 / 4. Is a number of samples"),
    (
        "xor",
        [("(n_hidden, n_inputs)", "(n_inputs, n_hidden)")],
        "W1 of shape (3, 5), for 5 nod",
    ),
    (
        "xor",
        [("(n_hidden, n_inputs)", "(n_inputs, n_hidden)"), ("W1 @ a0", "W1.T @ a0")],
        "\ndB1  right",
    ),
    ("xor", [("rng.normal(0, 0.4,", "rng.integers(-1, 2,")], "W1 as an array of integers"),
    (
        "xor",
        [("x, y, parameters)\n        for", "x[::-1], y, parameters)\n        for")],
        ORDERS,
    ),
    ("xor", [("W2.T @ dz2", "W1.T @ dz2")], "This would fit: W2.T @ dz2\n"),
    ("xor", [("W2.T @ dz2", "W2.T @ error")], "da1 is made of the error, a2 - y.T"),
    ("xor", [("dz1 @ a0.T", "dz1 @ x")], "dW1: It is made with x as it came"),
    (
        "xor",
        [("dz2 @ a1.T", "dz2 @ a1.T / len(x)")],
        "dW2: It is divided by the number of samp",
    ),
    ("xor", [("dz1 @ a0.T", "dz1 @ a0.T + W1")], "dW1: 1 times W1 is added to what is right"),
    ("xor", [("dB1 = dz1.sum", "dB1 = dz1.mean")], "dB1: This is a mean"),
    (
        "xor",
        [("a2 = sigmoid(z2)", "a2 = z2 / (1 + abs(z2))"), (DZ2, "dz2 = da2")],
        "The slope is missing: dz2 is da2 times f'(z2)",
    ),
    (
        "xor",
        [("a2 = sigmoid(z2)", "a2 = z2 / (1 + abs(z2))"), (DZ2, "dz2 = error")],
        "The factor 2 / (samples * outputs) is missing. The slope f'(z2) is missing, too",
    ),
    ("xor", [("da1 * sigmoid", "da1 + sigmoid")], "The slope f'(z1) is added to da1"),
    ("xor", [TANH], "The slope is that of sigmoid, but forward applies tanh there"),
    ("xor", [TANH, (SLOPE1, "(1 - z1**2)")], "The slope is 1 - a^2"),
    ("xor", [TANH, (SLOPE1, "a1 * (1 - a1)")], "a (1 - a) is the slope of sigmoid, but"),
    ("xor", [(LOSS, "loss = np.log(-error.size)")], "The loss is nan. Is a log or a root"),
    ("xor", [(LOSS, f"{LOSS} / 2")], "is another one. It is half of the mean"),
    ("xor", [(LOSS, "loss = error.sum() ** 2 / error.size")], "Square each error first"),
    ("xor", [(LOSS, CROSS_ENTROPY)], "is another one. It is cross-entropy"),
    ("xor", [(DZ2, "dz2 = error / error.size")], "This is dz2 of cross-entropy"),
    (
        "xor",
        [(LOSS, CROSS_ENTROPY), (DZ2, "dz2 = 2 * error / error.size")],
        "dz2, of which dW2 and dB2 are made: It is twice",
    ),
    (
        "xor",
        [(LOSS, CROSS_ENTROPY.replace("-(", "(")), (DZ2, "dz2 = error / error.size")],
        "The loss is below 0",
    ),
    (
        "xor",
        [(LOSS, "loss = -(y.T * np.log(a2)).mean()"), (DZ2, "dz2 = error / error.size")],
        "Does it have both parts, y ln a and (1 - y) ln (1 - a)?",
    ),
    (
        "xor",
        [("return loss, [dW1, dB1, dW2, ", "return loss, [dW1, dB1, ")],
        "4 parameters: no dW2",
    ),
    ("xor", [("dW1, dB1, dW2, dB2]\n", "dB1, dW1, dW2, dB2]\n")], "has to be dW1, dB1, dW2"),
    ("xor", [("dz1 @ a0.T", "dz1 @ a1.T")], "the shape (5, 5), not (5, 3). It is made with a1"),
    ("xor", [("dz2 @ a1.T", "dz2 @ a0.T")], "the shape (7, 3), not (7, 5). It is made with a0"),
    ("xor", [("W2.T @ dz2", "dz2.T @ W2")], "da1 is (11, 5), and has to be (5, 11)"),
    (
        "xor",
        [
            ("da2 * sigmoid(", "np.dot(da2, sigmoid("),
            ("z2, derivative=True)", "z2, derivative=True))"),
        ],
        "This would fit: da2 * sigmoid(z2, derivative=True)",
    ),
    ("xor", [("a1 = sigmoid(z1)", "a1 = sigmoid(a0)")], "a1 is (3, 11), and has to be (5, 11)"),
    ("xor", [("a1 + B2", "a1 + B1")], "This would fit: W2 @ a1 + B2\n"),
    (
        "xor",
        [("losses.append(loss)", "losses.append(loss / 11)")],
        "0.09091 times what it has to",
    ),
    ("xor", [("return loss, [dW1, ", "return loss, [dW1 + 0j, ")], "dW1 has complex numbers"),
    ("xor", [("return loss, [", "return loss + 0j, [")], "The loss has complex numbers"),
    ("xor", [("        parameter -=", "        parameter = parameter -")], "as they were"),
    ("xor", [("return losses\n", "return\n")], "train returns nothing: is a return missing?"),
    ("xor", [("-= learning_rate *", "-= 8.0 *")], "Take the argument, learning_rate"),
    (
        "xor",
        [("range(iterations)", "range(2000)")],
        "2000 losses where 2 iterations were asked",
    ),
    (
        "xor",
        [
            ("    losses = []\n", "    losses = []\n    step = None\n"),
            (
                "        for parameter, gradient in",
                "        step = step or gradients\n        for parameter, gradient in",
            ),
            ("zip(parameters, gradients, strict=True)", "zip(parameters, step)"),
        ],
        "The second step is the first again",
    ),
    (
        IMAGES,
        [("error = z3 - y.T", "error = z3 - y.reshape(z3.shape)")],
        "reshape is no transpose",
    ),
    (
        IMAGES,
        [
            *SOFTMAX,
            ("sum(axis=0)", "sum(axis=1, keepdims=True)"),
            (DZ3, "dz3 = error / len(y)"),
        ],
        "What forward puts out for a sample changes with the other samples",
    ),
    (IMAGES, [("W3.T @ dz3", "W3.T @ dz3 * 2")], "dW2 and dB2 are made: It is twice"),
    (IMAGES, [("dz2 @ a1.T", "dz2 @ a2.T")], "dW2 has the shape (7, 7), not (7, 5)"),
    (IMAGES, [("W2.T @ dz2", "W3.T @ dz3")], "da1 is the same as da2, W3.T @ dz3"),
    (IMAGES, [("W2.T @ dz2", "W2.T @ da2")], "da1 is made of da2"),
    (IMAGES, [("da2 * tanh(z2", "da2 * tanh(z3")], "fit: da2 * tanh(z2, derivative=True)\n"),
    (IMAGES, [("dB2 = dz2.sum", "dB2 = dz3.sum")], "dB2: This is dB3"),
    (IMAGES, [(DZ3, f"{DZ3} * (1 - z3**2)")], "1 - a^2 is the slope of tanh, but forward appl"),
    (IMAGES, [(LOSS, DECAY)], "dW3: The loss has a multiple of W3^2 in it"),
    (
        IMAGES,
        [
            (LOSS, DECAY),
            ("dz1 @ a0.T", "dz1 @ a0.T + 0.002 * W1"),
            ("dz3 @ a2.T", "dz3 @ a2.T + 0.002 * W3"),
        ],
        "dW2: The loss has a multiple of W2^2 in it, whose slope is 0.002 times W2",
    ),
    (
        IMAGES,
        [*SOFTMAX, (DZ3, "dz3 = error")],
        "dz3, of which dW3 and dB3 are made: It lacks a",
    ),
    (IMAGES, SOFTMAX, "as for the mean of the squared errors, but the loss is another one"),
    (IMAGES, [("= W3 @ a2 + B3", "= tanh(W3 @ a2 + B3)")], "its z3 isn't W3 @ a2 + B3"),
    (
        IMAGES,
        [
            ("return a0, z1, a1, z2, a2, z3", "return a0, a1, z1, a2, z2, z3"),
            ("a0, z1, a1, z2, a2, z3 =", "a0, a1, z1, a2, z2, z3 ="),
            ("dz2 @ a1.T", "dz2 @ z1.T"),
        ],
        "its z1 isn't W1 @ a0 + B1",
    ),
    ("cubic", [("W2.T @ dz2", "W1.T @ dz2")], "This would fit: W1 @ dz2, or W2.T @ dz2\n"),
    ("cubic", [("W2.T @ dz2", "W1 @ dz2")], "da1 is made with W1. It has to be W2.T @ dz2"),
    ("cubic", [("v[:] = momentum * v -", "v[:] = momentum * v +")], "W1: It goes uphill"),
    (
        "cubic",
        [
            ("            v[:] = momentum", "            p += v\n            v[:] = momentum"),
            ("itself\n            p += v", "itself"),
        ],
        "Is the velocity used before it is changed by the gradient?",
    ),
    (
        "cubic",
        [("v[:] = momentum", "v = momentum")],
        "the second step keeps 0 times the first",
    ),
    ("cubic", [("momentum * v -", "-momentum * v -")], "the second step keeps -0.5 times the"),
    ("cubic", [("momentum * v -", "0.95 * v -")], "the second step keeps 0.95 times the first"),
    ("cubic", [("z2 = W2 @ a1 + B2", "z2 = W2 @ a1")], "dB2: It has to be 0"),
    (
        "cubic",
        [("dW2 = dz2 @ a1.T", "dW2 = a1 @ dz2.T")],
        "the shape (3, 1), not (1, 3). It has",
    ),
    (
        "linear",
        [("dz1 @ a0.T", "np.sum(dz1 * x, keepdims=True)")],
        "then dz * x makes all pairs: transpose x",
    ),
    (
        "linear",
        [("error = z1 - y.T", "error = z1 - y")],
        "z1 - y has the shape (11, 11), every",
    ),
    ("linear", [("dz1 @ a0.T", "dz1 @ a0")], "This would fit: dz1 @ a0.T\n"),
    (
        "linear",
        [("dz1 @ a0.T", "dz1 @ (a0 + 1).T")],
        "dW: It is -0.6539, and has to be -0.1515",
    ),
    (
        "linear",
        [("* gradient", "* gradient / len(x)")],
        "W: It is divided by the number of sampl",
    ),
]


@pytest.mark.parametrize("script, replacements, said", SCRIPTS)
def test_a_mistake_in_a_script_is_named(says, script, replacements, said):
    code, printed = says(script_with(script, *replacements))
    assert code == 1
    assert said in printed


def test_a_sigmoid_that_has_lost_its_sign_is_named_though_its_forward_pass_is_consistent(says):
    own = "def sigmoid(z, derivative=False):\n    a = 1 / (1 + np.exp(z))\n"
    own += "    return a * (1 - a) if derivative else a\n"
    _, printed = says(script_with("xor", ("from activation import sigmoid\n", own)))
    assert "a2 is f(-z2), and its slope is that of f(z2)" in printed


# --- What is right, in other words ------------------------------------------------------------

UPDATE = "parameter -= learning_rate * gradient"
PAIRS = "for parameter, gradient in zip(parameters, gradients, strict=True):"
NO_BIASES = [
    (" + B1", ""),
    (" + B2", ""),
    ("W1, B1, W2, B2 = parameters", "W1, W2 = parameters"),
    ("[W1, B1, W2, B2]", "[W1, W2]"),
    ("[dW1, dB1, dW2, dB2]", "[dW1, dW2]"),
]
BIAS_AS_WEIGHT = [
    *NO_BIASES,
    ("a0 = 2.0 * x.T - 1", "a0 = np.vstack([2.0 * x.T - 1, np.ones((1, len(x)))])"),
    ("a1 = sigmoid(z1)", "a1 = np.vstack([sigmoid(z1), np.ones((1, len(x)))])"),
    ("(n_hidden, n_inputs))", "(n_hidden, n_inputs + 1))"),
    ("(n_outputs, n_hidden))", "(n_outputs, n_hidden + 1))"),
    ("W2.T @ dz2", "W2[:, :-1].T @ dz2"),
]
SAMPLES_AS_ROWS = [
    ("np.zeros((n_hidden, 1))", "np.zeros(n_hidden)"),
    ("np.zeros((n_outputs, 1))", "np.zeros(n_outputs)"),
    ("(n_hidden, n_inputs)", "(n_inputs, n_hidden)"),
    ("(n_outputs, n_hidden)", "(n_hidden, n_outputs)"),
    ("2.0 * x.T", "2.0 * x"),
    ("W1 @ a0", "a0 @ W1"),
    ("W2 @ a1", "a1 @ W2"),
    ("y.T", "y"),
    ("a2.T", "a2"),
    ("dz2 @ a1.T", "a1.T @ dz2"),
    ("dz1 @ a0.T", "a0.T @ dz1"),
    ("W2.T @ dz2", "dz2 @ W2.T"),
    ("axis=1, keepdims=True", "axis=0"),
]
VELOCITY = (
    "    losses = []\n",
    "    losses = []\n    velocity = [0 * p for p in parameters]\n",
)
TRIPLES = (PAIRS, "for parameter, gradient, v in zip(parameters, gradients, velocity):")
MOMENTUM = ("learning_rate=8.0):", "learning_rate=8.0, momentum=0.9):")


def lines_of_update(*lines):
    return (UPDATE, "\n            ".join(lines))


RIGHT_SCRIPTS = {
    "einsum": ("xor", [("dz2 @ a1.T", "np.einsum('qs,hs->qh', dz2, a1)")]),
    "np.dot and np.matmul": (
        "xor",
        [("dz2 @ a1.T", "np.dot(dz2, a1.T)"), ("W2 @ a1", "np.matmul(W2, a1)")],
    ),
    "loops": (
        "xor",
        [
            (
                "dW2 = dz2 @ a1.T",
                "dW2 = np.zeros_like(W2)\n    for s in range(len(x)):\n"
                "        dW2 += np.outer(dz2[:, s], a1[:, s])",
            )
        ],
    ),
    "a transpose made before": (
        "xor",
        [("dW2 = dz2 @ a1.T", "a1T = a1.T\n    dW2 = dz2 @ a1T")],
    ),
    "dz in the place of da": ("xor", [(DZ2, "dz2 = da2\n    dz2 *= a2 * (1 - a2)")]),
    "gradients in a tuple": ("xor", [("[dW1, dB1, dW2, dB2]\n", "(dW1, dB1, dW2, dB2)\n")]),
    "relu": ("xor", [("a1 = sigmoid(z1)", "a1 = np.maximum(0, z1)"), (SLOPE1, "(z1 > 0)")]),
    "leaky relu": (
        "xor",
        [
            ("a1 = sigmoid(z1)", "a1 = np.where(z1 > 0, z1, 0.01 * z1)"),
            (SLOPE1, "np.where(z1 > 0, 1, 0.01)"),
        ],
    ),
    "tanh": ("xor", [TANH, (SLOPE1, "(1 - a1**2)")]),
    "an activation of one's own": (
        "xor",
        [("a1 = sigmoid(z1)", "a1 = z1 / (1 + abs(z1))"), (SLOPE1, "1 / (1 + abs(z1)) ** 2")],
    ),
    "half of the squares": (
        "xor",
        [(LOSS, f"{LOSS} / 2"), (DA2, "da2 = error / error.size")],
    ),
    "mean absolute error": (
        "xor",
        [(LOSS, "loss = abs(error).mean()"), (DA2, "da2 = np.sign(error) / error.size")],
    ),
    "cross-entropy": ("xor", [(LOSS, CROSS_ENTROPY), (DZ2, "dz2 = error / error.size")]),
    "cross-entropy of 0 and 1 only": (
        "xor",
        [
            (LOSS, "loss = -np.log(np.where(y.T == 1, a2, 1 - a2)).mean()"),
            (DZ2, "dz2 = error / error.size"),
        ],
    ),
    "softmax and cross-entropy": (IMAGES, [*SOFTMAX, (DZ3, "dz3 = error / len(y)")]),
    "weight decay": (
        IMAGES,
        [
            (LOSS, DECAY),
            ("dz1 @ a0.T", "dz1 @ a0.T + 0.002 * W1"),
            ("dz2 @ a1.T", "dz2 @ a1.T + 0.002 * W2"),
            ("dz3 @ a2.T", "dz3 @ a2.T + 0.002 * W3"),
        ],
    ),
    "weights that begin as float32": (
        "xor",
        [
            (
                "return [W1, B1, W2, B2]",
                "return [p.astype(np.float32) for p in (W1, B1, W2, B2)]",
            )
        ],
    ),
    "no biases": ("xor", NO_BIASES),
    "the bias as a weight": ("xor", BIAS_AS_WEIGHT),
    "samples as rows": ("xor", SAMPLES_AS_ROWS),
    "weights first, then biases": (
        "xor",
        [
            ("W1, B1, W2, B2 = parameters", "W1, W2, B1, B2 = parameters"),
            ("[W1, B1, W2, B2]", "[W1, W2, B1, B2]"),
            ("[dW1, dB1, dW2, dB2]", "[dW1, dW2, dB1, dB2]"),
        ],
    ),
    "forward returns another order": (
        "xor",
        [
            ("return a0, z1, a1, z2, a2\n", "return a2, z2, a1, z1, a0\n"),
            ("a0, z1, a1, z2, a2 = forward", "a2, z2, a1, z1, a0 = forward"),
        ],
    ),
    "forward takes each array": (
        "xor",
        [
            ("def forward(x, parameters):", "def forward(x, W1, B1, W2, B2):"),
            ("    W1, B1, W2, B2 = parameters\n    a0 = 2", "    a0 = 2"),
            ("forward(x, parameters)", "forward(x, *parameters)"),
        ],
    ),
    "other names": (
        "xor",
        [("parameters", "theta"), ("learning_rate", "eta"), ("iterations", "epochs")],
    ),
    "initialize without a generator": (
        "xor",
        [("n_outputs, rng):", "n_outputs):\n    rng = np.random.default_rng(0)")],
    ),
    "a further argument of initialize": (
        "xor",
        [("n_outputs, rng):", "n_outputs, rng, spread=0.4):"), ("(0, 0.4,", "(0, spread,")],
    ),
    "new arrays in the list": (
        "xor",
        [
            (PAIRS, "for i in range(len(parameters)):"),
            (UPDATE, "parameters[i] = parameters[i] - learning_rate * gradients[i]"),
        ],
    ),
    "losses in an array": ("xor", [("return losses\n", "return np.array(losses)\n")]),
    "an end before all iterations": (
        "xor",
        [
            (
                "losses.append(loss)",
                "losses.append(loss)\n        if loss < 1e-4:\n            break",
            )
        ],
    ),
    "samples in another order": (
        "xor",
        [
            (
                "        loss, gradients = back_propagate(x, y, parameters)",
                "        i = np.random.default_rng(0).permutation(len(x))\n"
                "        loss, gradients = back_propagate(x[i], y[i], parameters)",
            )
        ],
    ),
    "mini-batches with an argument": (
        "xor",
        [
            ("learning_rate=8.0):", "learning_rate=8.0, batch_size=2):"),
            (
                "        loss, gradients = back_propagate(x, y, parameters)",
                "        i = np.random.default_rng(0).permutation(len(x))[:batch_size]\n"
                "        loss, gradients = back_propagate(x[i], y[i], parameters)",
            ),
        ],
    ),
    "momentum without an argument": (
        "xor",
        [
            VELOCITY,
            TRIPLES,
            lines_of_update("v[:] = 0.9 * v - learning_rate * gradient", "parameter += v"),
        ],
    ),
    "momentum with an argument": (
        "xor",
        [
            MOMENTUM,
            VELOCITY,
            TRIPLES,
            lines_of_update("v[:] = momentum * v - learning_rate * gradient", "parameter += v"),
        ],
    ),
    "momentum and a learning rate that is lowered": (
        "xor",
        [
            MOMENTUM,
            VELOCITY,
            TRIPLES,
            lines_of_update("v[:] = momentum * v - learning_rate * gradient", "parameter += v"),
            ("losses.append(loss)", "losses.append(loss)\n        learning_rate *= 0.99"),
        ],
    ),
    "momentum of the gradients": (
        "xor",
        [
            MOMENTUM,
            VELOCITY,
            TRIPLES,
            lines_of_update(
                "v[:] = momentum * v + (1 - momentum) * gradient",
                "parameter -= learning_rate * v",
            ),
        ],
    ),
    "steps divided by the size of the gradient": (
        "xor",
        [(UPDATE, "parameter -= learning_rate * gradient / np.sqrt(gradient**2 + 1e-8)")],
    ),
}


@pytest.mark.parametrize("name", RIGHT_SCRIPTS)
def test_a_script_that_is_right_in_another_style_passes(says, name):
    script, replacements = RIGHT_SCRIPTS[name]
    code, printed = says(script_with(script, *replacements))
    assert ALL_RIGHT in printed
    assert code == 0


@pytest.mark.parametrize(
    "update, note",
    [
        ("parameter -= learning_rate * gradient / 2", "is 0.5 times learning_rate * gradient."),
        (
            "parameter -= learning_rate * np.sign(gradient)",
            "goes downhill, but it is not a multiple of the gradients.",
        ),
    ],
)
def test_steps_of_another_length_pass_with_a_note(says, update, note):
    code, printed = says(script_with("xor", (UPDATE, update)))
    assert printed.endswith(f"{ALL_RIGHT}Its first step {note}\n")
    assert code == 0


def test_a_learning_rate_that_is_lowered_after_each_iteration_gets_no_note(says):
    lowered = "losses.append(loss)\n        learning_rate *= 0.99"
    code, printed = says(script_with("xor", ("losses.append(loss)", lowered)))
    assert printed.endswith(ALL_RIGHT)
    assert code == 0


def test_gradients_that_are_added_up_from_one_iteration_to_the_next_get_a_note(says):
    adding = lines_of_update("v += gradient", "parameter -= learning_rate * v")
    code, printed = says(script_with("xor", VELOCITY, TRIPLES, adding))
    assert "Its second step has all of the first in it." in printed
    assert code == 0


RIGHT_BY_HAND = [
    ("forward", SOLUTION["forward"].replace("2 * x.T - 1", "np.where(x.T > 0.5, 1.0, -1.0)")),
    ("forward", SOLUTION["forward"].replace("a0, z1, a1, z2, a2", "[a0, z1, a1, z2, a2]")),
    (
        "from_loss",
        "m, q = y.shape\n    e = a2 - y.T\n    return np.vdot(e, e) / m / q, e * 2 / m / q",
    ),
    ("from_loss", "e = a2 - y.T\n    return float(np.mean(e**2)), 2 * e / e.size"),
    ("through_activation", "a = sigmoid(z)\n    return a * (1 - a) * da"),
    ("to_weights", "return sum(np.outer(dz[:, s], a[:, s]) for s in range(a.shape[1]))"),
    ("to_bias", "return dz @ np.ones((dz.shape[1], 1))"),
    ("to_bias", "return dz.sum(axis=1).reshape(-1, 1)"),
    ("to_layer_before", "return np.einsum('ij,is->js', W, dz)"),
    (
        "update",
        "for i in range(4):\n"
        "        parameters[i][:] = parameters[i] - learning_rate * gradients[i]",
    ),
    (
        "train",
        "losses = np.zeros(iterations)\n    for i in range(iterations):\n"
        "        losses[i] = back_propagate(x, y, parameters)[0]\n"
        "        update(parameters, back_propagate(x, y, parameters)[1], learning_rate)\n"
        "    return losses",
    ),
]


@pytest.mark.parametrize("function, body", RIGHT_BY_HAND)
def test_a_function_that_is_right_in_another_style_passes(says, function, body):
    code, printed = says(by_hand(**{function: body}))
    assert LEARNED in printed
    assert code == 0


def test_arguments_of_by_hand_may_have_other_names(says):
    text = by_hand()
    for name in "parameters", "gradients", "learning_rate", "x", "y", "da", "dz", "W", "a", "z":
        text = re.sub(rf"\b{name}\b", f"my_{name}", text)
    code, _ = says(text)
    assert code == 0


@pytest.mark.parametrize(
    "script, labels",
    [
        ("linear", ["dW", "dB"]),
        ("xor", ["dW1", "dB1", "dW2", "dB2"]),
        ("cubic", ["dW1", "dB1", "dW2", "dB2"]),
        (IMAGES, ["dW1", "dB1", "dW2", "dB2", "dW3", "dB3"]),
    ],
)
def test_every_gradient_of_a_script_is_right_and_off_by_next_to_nothing(script, labels, capsys):
    assert check.main([script]) == 0
    lines = [f"{label:3}  right, off by less than 1e-9\n" for label in labels]
    assert (
        capsys.readouterr().out == "back_propagate\n" + "".join(lines) + "train\n" + ALL_RIGHT
    )


@pytest.mark.parametrize(
    "wrong, label",
    [
        (("da1 * sigmoid(z1, derivative=True)", "da1"), "dW1 is made: The slope is missing"),
        (("dz1 @ a0.T", "dz1 @ x"), "dW1: It is made with x as it came"),
        ((DA2, "da2 = error"), "dW2 is made: The factor 2 / (samples * outputs) is missing"),
    ],
)
def test_without_biases_mistakes_are_named_as_well(says, wrong, label):
    _, printed = says(script_with("xor", *NO_BIASES, wrong))
    assert label in printed


def test_with_the_bias_as_a_weight_mistakes_are_named_as_well(says):
    wrong = "da1 * sigmoid(z1, derivative=True)", "da1 * sigmoid(z1)"
    _, printed = says(script_with("xor", *BIAS_AS_WEIGHT, wrong))
    assert "dW1 is made: It is da1 times f(z1)" in printed


# --- What can't be checked --------------------------------------------------------------------

CANNOT = {
    "float32": (
        [("a0 = 2.0 * x.T - 1", "a0 = (2.0 * x.T - 1).astype(np.float32)")],
        "float32 has too few digits, and array 1 that forward returns is of that type",
    ),
    "dropout": (
        [("a1 = sigmoid(z1)", "a1 = sigmoid(z1) * (np.random.random(z1.shape) < 0.5)")],
        "the loss differs from call to call",
    ),
    "mini-batches": (
        [
            (
                "        loss, gradients = back_propagate(x, y, parameters)",
                "        loss, gradients = back_propagate(x[:4], y[:4], parameters)",
            )
        ],
        "train passes 4 of 11 samples to back_propagate",
    ),
    "sys.exit": (
        [("    losses = []\n", "    losses = []\n    raise SystemExit\n")],
        ": raise SystemExit\nThis ends the program. Leave that to main.",
    ),
    "sys.exit at the top": (
        [("import argparse\n", "import argparse\n\nraise SystemExit\n")],
        "raise SystemExit\nThis ends the program while the file is imported",
    ),
    "a generator of another name": (
        [("rng", "generator")],
        "with a generator of random numbers if it has an argument rng",
    ),
    "no initialize": ([("def initialize", "def begin")], "mine.py has no initialize"),
    "no train": ([("def train", "def learn")], "mine.py has no train"),
}


@pytest.mark.parametrize("name", CANNOT)
def test_what_cannot_be_checked_is_said_and_why(says, name):
    replacements, said = CANNOT[name]
    code, printed = says(script_with("xor", *replacements))
    assert said in printed
    assert code == 1


@pytest.mark.parametrize(
    "text, said",
    [
        ("", r"mine\.py has no function back_propagate, nor those of by_hand\.py\."),
        ("x = 1\ndef f(:\n", r"SyntaxError: invalid syntax \(mine\.py, line 2\)"),
        ("x = 1 / 0", r"mine\.py, line 1: x = 1 / 0: ZeroDivisionError: .*"),
    ],
)
def test_a_file_that_has_nothing_to_check_takes_one_line(says, text, said):
    code, printed = says(text)
    assert re.fullmatch(said + "\n", printed)
    assert code == 1


def test_a_function_that_is_not_written_yet_comes_next(says):
    code, printed = says((ROOT / "exercises" / "by_hand.py").read_text(encoding="utf-8"))
    said = r"1\. forward +comes next: it isn't written yet \(mine\.py, line \d+\)\n"
    assert re.fullmatch(said, printed)
    assert code == 1


def test_a_module_that_is_not_there_takes_one_line(capsys):
    assert check.main(["my_netwrok.py"]) == 1
    said = "my_netwrok.py isn't here. Copy by_hand.py or a script to it first.\n"
    assert capsys.readouterr().out == said


@pytest.mark.parametrize(
    "name", ["{}/a.b/my_xor.py", "{}/a.b/my_xor", "{}/a.b/../a.b/my_xor.py"]
)
def test_a_file_in_any_folder_is_found(name, tmp_path, capsys):
    (tmp_path / "a.b").mkdir()
    (tmp_path / "a.b" / "my_xor.py").write_text(script_with("xor"), encoding="utf-8")
    assert check.main([name.format(tmp_path)]) == 0


def test_the_activation_of_the_students_folder_is_taken(tmp_path, capsys):
    (tmp_path / "my_xor.py").write_text(script_with("xor"), encoding="utf-8")
    own = script_with("activation", ("return a * (1 - a)", "return a"))
    (tmp_path / "activation.py").write_text(own, encoding="utf-8")
    check.main([str(tmp_path / "my_xor.py")])
    assert "It is da2 times f(z2)" in capsys.readouterr().out


def test_a_file_that_has_been_mended_is_read_again(tmp_path, capsys):
    file = tmp_path / "my_xor.py"
    file.write_text(script_with("xor", (DA2, "da2 = error")), encoding="utf-8")
    assert check.main([str(file)]) == 1
    file.write_text(script_with("xor"), encoding="utf-8")
    assert check.main([str(file)]) == 0


def test_the_modules_of_others_stay_as_they_were(capsys):
    before = importlib.import_module("activation")
    check.main(["xor"])
    assert importlib.import_module("activation") is before


def test_run_as_a_file_it_says_how_to_run_it():
    command = [sys.executable, ROOT / "exercises" / "check.py", "xor"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.stderr == "Run it from the main folder so: python -m exercises.check NAME\n"
    assert run.returncode == 1


def test_without_a_guard_main_is_named(tmp_path):
    text = script_with("xor", ('if __name__ == "__main__":\n    main()', "main()"))
    (tmp_path / "my_xor.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "exercises.check", tmp_path / "my_xor.py"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert re.fullmatch(r"my_xor.py, line \d+: main\(\)\n.*__name__.*\n", run.stdout)
    assert run.stderr == ""


# --- What is printed, and how often something runs --------------------------------------------


def test_what_a_function_prints_is_shown_once_below_its_verdict(says):
    _, printed = says(by_hand_with("to_bias", "return", "print('summing')\n    return"))
    assert "5. to_bias             right\n    prints: summing\n6. to_layer" in printed
    assert printed.count("summing") == 1


def test_of_many_printed_lines_the_first_are_shown(says):
    body = SOLUTION["train"].replace("losses.append", "print(_)\n        losses.append")
    _, printed = says(by_hand(train="for i in range(99):\n        print(i)\n    " + body))
    shown = re.findall(r"^    prints: (.*)$", printed, flags=re.MULTILINE)
    assert shown == [str(i) for i in range(10)]
    assert "    ... and 91 lines more\n" in printed


def test_a_step_is_named_before_it_runs(tmp_path, monkeypatch, capsys):
    def stop(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "check_step", stop)
    (tmp_path / "mine.py").write_text(by_hand(), encoding="utf-8")
    check.main([str(tmp_path / "mine.py")])
    assert capsys.readouterr().out.startswith("1. forward")


def test_ctrl_c_ends_with_the_students_line(says):
    text = by_hand_with("to_bias", "return", "raise KeyboardInterrupt\n    return")
    code, printed = says(text)
    assert re.search(r"\nStopped in mine.py, line \d+: raise KeyboardInterrupt\n$", printed)
    assert code == 1


def test_ctrl_c_says_from_where_the_line_was_called(says):
    _, printed = says(
        script_with("xor", ("    z1 = W1", "    raise KeyboardInterrupt\n    z1 = W1"))
    )
    stopped = r"\nStopped in mine.py, line \d+: raise KeyboardInterrupt,\n"
    assert re.search(
        stopped + r"called from mine.py, line \d+: a0, z1, .* = forward\(", printed
    )


def test_a_right_back_propagate_runs_no_more_than_its_slopes_need(tmp_path, capsys):
    count = "COUNT = []\n\n\ndef back_propagate(x, y, parameters):\n    COUNT.append(1)\n"
    text = script_with("xor", ("def back_propagate(x, y, parameters):\n", count))
    text = text.replace("def train(", "def train_not_here(")
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    program = check.Program(str(tmp_path / "mine.py"))
    check.check_program(program)
    weights = (5 * 3 + 5 + 7 * 5 + 7) + (4 * 4 + 4 + 4 * 4 + 4)
    assert len(program.module.COUNT) <= 2 * weights + 2 * 3


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


# --- The page ---------------------------------------------------------------------------------


def test_the_page_shows_what_is_said_of_a_forgotten_keepdims(says):
    page = (ROOT / "exercises" / "README.md").read_text(encoding="utf-8")
    _, printed = says(by_hand_with("to_bias", ", keepdims=True", ""))
    assert f"```text\n{printed}```" in page
