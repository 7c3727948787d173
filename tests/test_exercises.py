"""What exercises/check.py prints. It accepts right code in any style, and names each mistake.

The files that are checked here stand for those of students. Each is by_hand.py filled in, or a
script such as xor.py, with something in it written in another way.
"""

import functools
import importlib
import inspect
import re
import subprocess
import sys

import numpy as np
import pytest
from students import (
    ALL_RIGHT,
    BY_HAND,
    CALL,
    CROSS_ENTROPY,
    CROSS_ENTROPY_OF_SOFTMAX,
    DA2,
    DZ1,
    DZ2,
    IMAGES,
    LOSS,
    OTHER_LOSSES,
    ROOT,
    SOLUTION,
    THE_REST,
    UPDATE,
    replaced,
    script_with,
    solved_by_hand,
    solved_with,
)

import xor
from activation import ACTIVATIONS, linear, relu, sigmoid, tanh
from exercises import by_hand, check, mistakes
from exercises.checking.compare import first_match, same
from exercises.checking.layer import Layer
from exercises.checking.slopes import NUDGE, slopes_of

LEARNED = """\
Your network has learned XOR: its loss is 0.000106, as that of xor.py.
xor.py is the same in one piece. Read it next, and go on with exercises/README.md.
"""

# --- Files of students ------------------------------------------------------------------------


def with_train(function):
    """Return a pair that puts a function in the place of train of xor.py."""
    return inspect.getsource(xor.train), function


NO_BIASES = [  # pairs that leave the biases of xor.py out
    (" + B1", ""),
    (" + B2", ""),
    ("W1, B1, W2, B2 = parameters", "W1, W2 = parameters"),
    ("[W1, B1, W2, B2]", "[W1, W2]"),
    ("[dW1, dB1, dW2, dB2]", "[dW1, dW2]"),
]


# There are two kinds of tables below. In the first, a mistake is one line that is wrong:
#
#     (place, right code): {wrong code: what is said of it}
#
# The place is a function of by_hand.py, a script, or one of OTHER_LOSSES. In the second, a file
# needs several replacements:
#
#     name of the file, or what is said of it: (script, pair, pair ...)
#
# What is said is part of what is printed. A \n at its end means that the line ends there.
# The check takes 3 inputs, 5 hidden nodes, 7 outputs and 11 samples, and then 4 of each. So in
# what is said, z1 for example has the shape (5, 11).


def one_row_each(table):
    """Return (place, right code, wrong code, what is said) for each mistake of such a table."""
    rows = []
    for (place, right), what_is_said in table.items():
        for wrong, said in what_is_said.items():
            rows.append((place, right, wrong, said))
    return rows


# --- What is right ----------------------------------------------------------------------------


def test_by_hand_filled_in_is_right_function_by_function(check_text):
    code, printed = check_text(solved_by_hand())
    assert (
        printed
        == (
            "1. forward             right\n"
            "2. from_loss           right\n"
            "3. through_activation  right\n"
            "4. to_weights          right\n"
            "5. to_bias             right\n"
            "6. to_layer_before     right\n"
            "7. back_propagate      right\n"
            "8. update              right\n"
            "9. train               right\n"
        )
        + LEARNED
    )
    assert code == 0


@pytest.mark.parametrize("function", ["forward", "back_propagate", "train"])
def test_by_hand_has_the_arguments_and_defaults_of_xor(function):
    of_by_hand = inspect.signature(getattr(by_hand, function))
    assert of_by_hand == inspect.signature(getattr(xor, function))


def test_a_learning_rate_that_shrinks_makes_other_losses_than_those_of_xor(check_text):
    shrinks = "losses.append(loss)\n        learning_rate *= 0.999"
    code, printed = check_text(solved_with("train", ("losses.append(loss)", shrinks)))
    assert printed.endswith("The losses of 2000 iterations are not those of xor.py.\n")
    assert code == 1


OTHER_STYLE = {
    "forward": """a0 = np.where(x.T > 0.5, 1.0, -1.0)
    z1 = W1 @ a0 + B1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + B2
    a2 = sigmoid(z2)
    return a0, z1, a1, z2, a2""",
    "from_loss": """m, q = y.shape
    e = a2 - y.T
    return np.vdot(e, e) / m / q, e * 2 / m / q""",
    "through_activation": """a = sigmoid(z)
    return a * (1 - a) * da""",
    "to_weights": "return sum(np.outer(dz[:, s], a[:, s]) for s in range(a.shape[1]))",
    "to_bias": "return dz @ np.ones((dz.shape[1], 1))",
    "to_layer_before": "return np.einsum('ij,is->js', W, dz)",
    "update": """for i in range(4):
        parameters[i][:] = parameters[i] - learning_rate * gradients[i]""",
    "train": """losses = np.zeros(iterations)
    for i in range(iterations):
        losses[i], gradients = back_propagate(x, y, parameters)
        update(parameters, gradients, learning_rate)
    return losses""",
}


def test_functions_that_are_right_in_another_style_pass(check_text):
    code, printed = check_text(solved_by_hand(**OTHER_STYLE))
    assert printed.endswith(LEARNED)
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
    gradients = "".join(f"{label:3}  right, off by less than 1e-9\n" for label in labels)
    assert capsys.readouterr().out == f"back_propagate\n{gradients}train\n{ALL_RIGHT}{THE_REST}"


@pytest.mark.parametrize("name", OTHER_LOSSES)
def test_a_script_with_another_loss_passes(check_text, name):
    code, printed = check_text(script_with(name))
    assert printed.endswith(ALL_RIGHT + THE_REST)
    assert code == 0


SAMPLES_AS_ROWS = """\
import numpy as np

from activation import sigmoid


def initialize(n_inputs, n_hidden, n_outputs, rng):
    W1 = rng.normal(0, 0.4, (n_inputs, n_hidden))
    B1 = np.zeros(n_hidden)
    W2 = rng.normal(0, 1, (n_hidden, n_outputs))
    B2 = np.zeros(n_outputs)
    return [W1, B1, W2, B2]


def forward(x, parameters):
    W1, B1, W2, B2 = parameters
    a0 = 2 * x - 1
    z1 = a0 @ W1 + B1
    a1 = sigmoid(z1)
    z2 = a1 @ W2 + B2
    a2 = sigmoid(z2)
    return a0, z1, a1, z2, a2


def predict(x, parameters):
    return forward(x, parameters)[-1]


def back_propagate(x, y, parameters):
    W1, B1, W2, B2 = parameters
    a0, z1, a1, z2, a2 = forward(x, parameters)
    error = a2 - y
    loss = (error**2).mean()
    da2 = 2 / error.size * error
    dz2 = da2 * sigmoid(z2, derivative=True)
    dW2 = a1.T @ dz2
    dB2 = dz2.sum(axis=0)
    da1 = dz2 @ W2.T
    dz1 = da1 * sigmoid(z1, derivative=True)
    dW1 = a0.T @ dz1
    dB1 = dz1.sum(axis=0)
    return loss, [dW1, dB1, dW2, dB2]


def train(x, y, parameters, iterations, learning_rate):
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, gradient in zip(parameters, gradients):
            parameter -= learning_rate * gradient
        losses.append(loss)
    return losses
"""


def test_a_script_whose_samples_are_rows_passes(check_text):
    code, printed = check_text(SAMPLES_AS_ROWS)
    assert printed.endswith(ALL_RIGHT + THE_REST)
    assert code == 0


MINI_BATCHES = """\
def train(x, y, parameters, iterations, learning_rate, batch_size):
    rng = np.random.default_rng(0)  # so that each call of train draws the same batches
    losses = []
    for _ in range(iterations):
        batch = rng.permutation(len(x))[:batch_size]
        loss, gradients = back_propagate(x[batch], y[batch], parameters)
        for parameter, gradient in zip(parameters, gradients):
            parameter -= learning_rate * gradient
        losses.append(loss)
    return losses
"""
MOMENTUM = """\
def train(x, y, parameters, iterations, learning_rate, momentum):
    velocity = [np.zeros_like(parameter) for parameter in parameters]
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, v, gradient in zip(parameters, velocity, gradients):
            v[:] = momentum * v - learning_rate * gradient
            parameter += v
        losses.append(loss)
    return losses
"""
NESTEROVS_MOMENTUM = """\
def train(x, y, parameters, iterations, learning_rate, momentum):
    velocity = [np.zeros_like(parameter) for parameter in parameters]
    losses = []
    for _ in range(iterations):
        ahead = [p + momentum * v for p, v in zip(parameters, velocity)]
        loss, gradients = back_propagate(x, y, ahead)
        for parameter, v, gradient in zip(parameters, velocity, gradients):
            v[:] = momentum * v - learning_rate * gradient
            parameter += v
        losses.append(loss)
    return losses
"""
NEW_ARRAYS_IN_THE_LIST = """\
def train(x, y, parameters, iterations, learning_rate):
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for i in range(len(parameters)):
            parameters[i] = parameters[i] - learning_rate * gradients[i]
        losses.append(loss)
    return np.array(losses)
"""

RIGHT_SCRIPTS = {  # what is special about a script: script, replacements
    # other names, arguments and containers
    "other names": (
        "xor",
        ("parameters", "theta"),
        ("learning_rate", "eta"),
        ("iterations", "epochs"),
    ),
    "generator is the name of rng": ("xor", ("rng", "generator")),
    "initialize without a generator": (
        "xor",
        ("n_outputs, rng):", "n_outputs):\n    rng = np.random.default_rng(0)"),
    ),
    "a further argument of initialize": (
        "xor",
        ("n_outputs, rng):", "n_outputs, rng, spread=0.4):"),
        ("(0, 0.4,", "(0, spread,"),
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
    "gradients and losses in tuples": (
        "xor",
        ("return loss, [dW1, dB1, dW2, dB2]", "return loss, (dW1, dB1, dW2, dB2)"),
        ("return losses\n", "return tuple(losses)\n"),
    ),
    "only the parameters begin as float32": (
        "xor",
        ("[W1, B1, W2, B2]\n", "[p.astype(np.float32) for p in (W1, B1, W2, B2)]\n"),
    ),
    # other formulas for the same network
    "einsum, np.dot and a loop over samples": (
        "xor",
        ("dW1 = dz1 @ a0.T", "dW1 = np.einsum('hs,is->hi', dz1, a0)"),
        ("z2 = W2 @ a1 + B2", "z2 = np.dot(W2, a1) + B2"),
        (
            "dW2 = dz2 @ a1.T",
            """dW2 = np.zeros_like(W2)
    for s in range(len(x)):
        dW2 += np.outer(dz2[:, s], a1[:, s])""",
        ),
    ),
    "dz2 is made in place, from da2": ("xor", (DZ2, "dz2 = da2\n    dz2 *= a2 * (1 - a2)")),
    # other networks and losses
    "relu": (
        "xor",
        ("a1 = sigmoid(z1)", "a1 = np.maximum(0, z1)"),
        (DZ1, "dz1 = da1 * (z1 > 0)"),
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
    "half of the squares": ("xor", (LOSS, f"{LOSS} / 2"), (DA2, "da2 = error / error.size")),
    "mean absolute error": (
        IMAGES,
        (LOSS, "loss = abs(error).mean()"),
        ("dz3 = 2 / error.size * error", "dz3 = np.sign(error) / error.size"),
    ),
    "cross-entropy of 0 and 1 only": (
        "xor with cross-entropy",
        (CROSS_ENTROPY, "loss = -np.log(np.where(y.T == 1, a2, 1 - a2)).mean()"),
    ),
    # other ways to train
    "arguments of train in another order": (
        "xor",
        ("iterations=2000, learning_rate=8.0", "learning_rate=8.0, iterations=2000"),
    ),
    "arguments by name": (
        "xor",
        (CALL, "loss, gradients = back_propagate(parameters=parameters, y=y, x=x)"),
    ),
    "samples in another order": (
        "xor",
        (
            CALL,
            """i = np.random.default_rng(0).permutation(len(x))
        loss, gradients = back_propagate(x[i], y[i], parameters)""",
        ),
    ),
    "new arrays in the list, and an array of losses": (
        "xor",
        with_train(NEW_ARRAYS_IN_THE_LIST),
    ),
    "mini-batches with an argument": ("xor", with_train(MINI_BATCHES)),
    "momentum without an argument": (
        "xor",
        with_train(
            replaced(MOMENTUM, (", momentum):", "):"), ("momentum * v", "0.9 * v")),
        ),
    ),
    "momentum and a learning rate that is lowered": (
        "xor",
        with_train(MOMENTUM),
        ("losses.append(loss)", "losses.append(loss)\n        learning_rate *= 0.99"),
    ),
    "Nesterov's momentum": ("xor", with_train(NESTEROVS_MOMENTUM)),
}


@pytest.mark.parametrize("style", RIGHT_SCRIPTS)
def test_a_script_that_is_right_in_another_style_passes(check_text, style):
    code, printed = check_text(script_with(*RIGHT_SCRIPTS[style]))
    assert printed.endswith(ALL_RIGHT + THE_REST)
    assert code == 0


UNUSUAL_STEPS = {  # the remark on them: script, replacements
    "The first step of train is 0.25 times learning_rate * gradient. This is fine": (
        "xor",
        (UPDATE, "parameter -= learning_rate * gradient / 4"),
    ),
    "The first step of train goes downhill, but it isn't a multiple of the gradients.": (
        "xor",
        (UPDATE, "parameter -= learning_rate * np.sign(gradient)"),
    ),
    # the gradients of all iterations are added up
    "The second step of train has all of the first in it.": (
        "xor",
        with_train(
            replaced(MOMENTUM, (", momentum):", "):"), ("momentum * v", "v")),
        ),
    ),
}


@pytest.mark.parametrize("remark", UNUSUAL_STEPS)
def test_unusual_steps_pass_with_a_remark(check_text, remark):
    code, printed = check_text(script_with(*UNUSUAL_STEPS[remark]))
    assert f"All gradients are the slopes of the loss. {remark}" in printed
    assert code == 0


# --- Mistakes in a copy of by_hand.py ---------------------------------------------------------

ONE_MISTAKE_IN_EACH_FUNCTION = {
    ("forward", "return a0, z1, a1, z2, a2"): {
        "return a0, a1, z1, z2, a2": "All is right but the order, which has to be a0, z1",
    },
    ("from_loss", "return loss, da2"): {
        "return da2, loss": "All is right but the order, which has to be loss, da2",
    },
    ("through_activation", "return da * sigmoid(z, derivative=True)"): {
        "return da, sigmoid(z, derivative=True)": "dz has to be an array, and it is a tuple",
    },
    ("to_weights", "return dz @ a.T"): {
        "return dz + a": "dz is (7, 11), a is (5, 11)",
    },
    ("to_bias", "return dz.sum(axis=1, keepdims=True)"): {
        "return [[row.sum()] for row in dz]": "dB has to be an array, and it is a list",
    },
    ("to_layer_before", "return W.T @ dz"): {
        "return W.T @ dz[1:]": "W is (7, 5), dz is (7, 11)",
    },
    ("back_propagate", "da1 = to_layer_before(W2, dz2)"): {
        "da1 = to_layer_before(W1, dz2)": "to_layer_before is right, but it stops with",
    },
    ("update", "p -= learning_rate * g"): {
        "p -= learning_rate * g\n        break": "Only these change: W1. These stay",
    },
    ("train", "return losses"): {
        "pass": "train returns nothing: is a return missing?",
    },
}


@pytest.mark.parametrize(
    "function, right, wrong, said", one_row_each(ONE_MISTAKE_IN_EACH_FUNCTION)
)
def test_a_mistake_is_named_below_its_function_and_those_before_it_are_right(
    check_text, function, right, wrong, said
):
    code, printed = check_text(solved_with(function, (right, wrong)))
    verdicts, _, below = printed.partition(" wrong\n")
    *functions_before, last_function = verdicts.splitlines()
    assert all(line.endswith(" right") for line in functions_before)
    assert last_function.split()[1] == function
    assert said in below
    assert code == 1


@pytest.fixture
def check_function(check_text, monkeypatch):
    """Return a function that checks only one function of by_hand.py, with a wrong line in it.

    The functions before it are right, and needn't be checked each time.
    """

    def checked(function, right, wrong):
        monkeypatch.setattr(check, "CHECKS", {function: check.CHECKS[function]})
        return check_text(solved_with(function, (right, wrong)))

    return checked


# What is returned, what is changed, and what stops
MISTAKES_BY_HAND = {
    ("forward", "a0 = 2 * x.T - 1"): {
        "a0 = x.T\n    a0[a0 == 0] = -1": "forward changes the x",
    },
    ("forward", "z1 = W1 @ a0 + B1"): {
        "z1 = np.dot(a0, W1) + B1": "a0 is (3, 11), W1 is (5, 3)",
    },
    ("forward", "return a0, z1, a1, z2, a2"): {
        "return a2": "It has to return a0, z1, a1",
    },
    ("from_loss", "error = a2 - y.T"): {
        "error = a2 - y": "4 samples it runs. Then: loss: y is not transposed. Take y.T",
        "error = a2 - y[:4].T": "4 samples it is right. Is a 4 written into it",
        "error = a2 - Y": "NameError: name 'Y' is not defined",
    },
    ("from_loss", "return loss, da2"): {
        "return 'mse', da2": "loss has to be numbers, and it is a str",
    },
    ("to_bias", "return dz.sum(axis=1, keepdims=True)"): {
        "dz.sum(axis=1, keepdims=True)": "is a return missing?",
    },
    ("back_propagate", "a0, z1, a1, z2, a2 = forward(x, parameters)"): {
        "z1, a1, z2, a2 = forward(x, parameters)": "too many values",
    },
    ("back_propagate", "dB1 = to_bias(dz1)"): {
        "dB1 = None": "dB1 is None. Is it never computed",
        "dB1 = to_bias(dz1)\n    W1 -= dW1": "changes the parameters",
    },
    ("back_propagate", "return loss, [dW1, dB1, dW2, dB2]"): {
        "return loss, [dW2, dB2, dW1, dB1]": "their order has to",
        "return loss, [dW1, dB1, dW2, dB1]": "dB2: These are the numbers of dB1",
        "return loss, [dW1, dB1, dW2, dB2], 0": "has to return two: the loss, and",
    },
    ("update", "p -= learning_rate * g"): {
        "p -= learning_rate * gradients": "gradients is a list of length 4",
        "g -= p": "update changes the gradients",
    },
    ("train", "losses = []"): {
        "losses = []\n    x = x / 2": "only if it passes all of x and y",
        "losses = []\n    parameters = [+p for p in parameters]":
            "Are the updates made to copies",
    },
    ("train", "range(iterations)"): {
        "range(50)": "50 losses where 2 iterations were asked",
        "range(iterations - 1)": "one iteration less than",
    },
    ("train", "update(parameters, gradients, learning_rate)"): {
        "update(parameters, gradients, 2 * learning_rate)": "is 2 times learning_rate",
        "update(parameters, gradients, 8.0)": "The steps are the same for every learning rate",
        "update(parameters, gradients, learning_rate * loss)":
            "The step is multiplied by the loss",
        "parameters = update(parameters, gradients, learning_rate)":
            "parameters is None, as append and functions without return give it",
    },
    ("train", "losses.append(loss)"): {
        "losses = losses.append(loss)": "losses is None, as append and",
    },
    ("train", "return losses"): {
        "return losses, parameters": "is a list in what train returns",
    },
}  # fmt: skip


@pytest.mark.parametrize("function, right, wrong, said", one_row_each(MISTAKES_BY_HAND))
def test_a_mistake_by_hand_is_named(check_function, function, right, wrong, said):
    code, printed = check_function(function, right, wrong)
    assert printed.startswith(f"1. {function:20}wrong\n")
    assert said in printed
    assert code == 1


def test_global_arrays_in_the_place_of_arguments_are_named(check_text):
    text = solved_with("train", ("back_propagate(x, y, ", "back_propagate(X, y, "))
    text = replaced(text, ("def forward", "X = np.zeros((4, 3))\n\n\ndef forward"))
    code, printed = check_text(text)
    assert "X is an array of your file, (4, 3), and not of this function" in printed
    assert code == 1


# One wrong line for each formula in mistakes.py, written as a student would write it. The test
# of the tables takes the formulas as they are. So only these planted lines show that a formula
# is the mistake which its sentence describes. Formulas that only a script needs follow below.
WRONG_FORMULAS_BY_HAND = {
    ("forward", "a0 = 2 * x.T - 1"): {
        "a0 = x.T": "a0: The inputs are not recoded",
        "a0 = 2 * (x.T - 1)": "a0: This is 2 (x - 1).",
        "a0 = 1 - 2 * x.T": "a0: This makes 1 of 0, and -1 of 1",
        "a0 = 2 * x.T": "a0: This makes 0 and 2 of 0 and 1",
        "a0 = 2 * x.T + 1": "a0: This makes 1 and 3 of 0 and 1",
        "a0 = x.T - 1": "a0: This makes -1 and 0 of 0 and 1",
        "a0 = 1 - x.T": "a0: This makes 1 and 0 of 0 and 1",
        "a0 = x.T - 0.5": "a0: This makes -0.5 and 0.5 of 0 and 1",
        "a0 = 2 * x.reshape(x.T.shape) - 1": "a0: The inputs of different samples are mixed",
        "a0 = x.reshape(x.T.shape)": "a0: The inputs of different samples are mixed",
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
        "z1 = W1 @ x.T + B1": "z1: It is made of x. Take a0, the recoded inputs.\n",
        "z1 = W1 @ x + B1": "It is made of x. Take a0, the recoded inputs.\n",
        "z1 = W1 @ a0 + B1.T": "z1: The bias is transposed",
        "z1 = a0.T @ W1.T + B1": "A sample has to be a column: W1 @ a0 + B1",
    },
    ("forward", "a1 = sigmoid(z1)"): {
        "a1 = z1": "a1: This is z1 itself: the activation",
        "a1 = 1 / 1 + np.exp(-z1)": "lack its brackets?",
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
        "a2 = sigmoid(z1)": "It is f(z1). It has to be f(z2)",
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
        "loss = (error * 2).mean()": "loss: The mean of 2 * error is taken",
        "loss = error.mean()": "loss: It is the mean of the errors",
        "loss = error.mean() ** 2": "Square each error first",
        "loss = error.sum() ** 2 / error.size": "Square each error first",
        "loss = error.sum() ** 2": "Square each error first",
        "loss = (error**2).mean() / 2": "loss: It is half of the mean",
        "loss = (error**4).mean()": "loss: The errors are squared twice",
        "loss = ((2 / error.size * error) ** 2).mean()":
            "loss: The errors are multiplied by 2 / size before they are squared",
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
        "loss = -(y.T * np.log(a2)).mean()": "loss: It is -y ln a, which is one of the two",
        "loss = -(y.T * np.log(a2)).sum() / len(y)": "loss: It is -y ln a, which is one of the",
    },
    ("from_loss", "da2 = 2 / error.size * error"): {
        "da2 = -2 / error.size * error":
            "da2: The sign is wrong: an error is what is predicted minus",
        "da2 = error": "da2: The factor 2 / (samples * outputs) is missing",
        "da2 = 2 / 4 * error": "da2: It is 0.5 times the error, which is 2 / 4. Is a number",
        "da2 = error / len(y)": "da2: It is error / samples. It has to be 2 * error",
        "da2 = error / len(a2)": "da2: It is error / outputs. It has to be 2 * error",
        "da2 = error / (2 * len(y))": "da2: It is error / (2 * samples). It has to be 2",
        "da2 = 2 / 5 * error": "It is 0.4 times the error, which is 2 / 5",
        "da2 = -error": "da2: Sign and factor are wrong",
        "da2 = 2 * error.mean()": "Take no mean, but divide each error by samples",
        # 0 * error gives a number the shape of the errors
        "da2 = 0 * error + 2 * error.mean()": "Take no mean, but divide each error by samples",
        "da2 = 2 * error.mean(axis=0)": "Take no mean, but divide each error by samples",
        "da2 = 2 * error.mean(axis=1, keepdims=True)":
            "Take no mean, but divide each error by samples",
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
        "da2 = 2 * a2 - y.T / error.size": "da2: a2 - y.T lacks brackets",
        "da2 = 2 / error.size * a2 - y.T": "da2: a2 - y.T lacks brackets",
        "da2 = 2 / error.size * error * loss": "da2: It is multiplied by the loss",
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
        "da2 = 2 / len(error) * error":
            "da2: It is what it has to be times the number of samples. The loss is a mean",
        "da2 = 2 / len(y) * error": "da2: It is what it has to be times the number of outputs",
        "da2 = 2 * error": "da2: It is what it has to be times samples * outputs",
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
        "return da + sigmoid(z, derivative=True)": "dz: The slope f'(z) is added to da",
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
        "return da * sigmoid(z, derivative=True) * (1 - sigmoid(z, derivative=True))":
            "It is multiplied by the slope f'(z), and by 1 - f'(z), too. Leave 1 - f'(z) out",
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
            "4 samples it runs. Then: dz: @ adds up products. Multiply da by the slope",
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
        "return dz @ a.T * a.shape[1]":
            "dW: It is what it has to be times the number of samples",
        "return np.sign(dz @ a.T)": "dW: Only its sign is left",
        "return 0 * dz @ a.T": "dW: It is 0 everywhere",
        "return dz @ a": "4 samples it runs. Then: dW: a is not transposed. Take dz @ a.T",
        "return dz.T @ a": "dz is transposed. Take dz @ a.T",
        "return dz.T @ a.T": "dz is transposed. Take dz @ a.T",
        "return a @ dz.T": "The product is the wrong way round. Take dz @ a.T",
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
    ("back_propagate", "loss, da2 = from_loss(a2, y)"): {
        "loss, da2 = from_loss(y, a2)": "a2 and y are exchanged",
        "loss, da2 = from_loss(z2, y)": "The loss: It is made of z2",
    },
    ("back_propagate", "dz2 = through_activation(da2, z2)"): {
        "dz2 = through_activation(da2, a2)": "The slope f' is taken at a2. Take it at z2",
        "dz2 = da2": "It is da2. Is the slope f'(z2) missing",
        "dz2 = through_activation(z2, z2)":
            "z2 is taken for da2. It has to be da2 times f'(z2)",
    },
    ("back_propagate", "dW2 = to_weights(dz2, a1)"): {
        "dW2 = W2": "dW2: This is W2 itself, and not its derivative",
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
        "dB2 = B2": "dB2: This is B2 itself, and not its derivative",
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
    ("update", "p -= learning_rate * g"): {
        "p = p - learning_rate * g": "of W1: It stays as it was",
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
    ("train", "update(parameters, gradients, learning_rate)"): {
        "update(parameters, gradients, iterations)": "or iterations taken for it?",
    },
    ("train", "losses.append(loss)"): {
        "pass": "losses: Nothing is collected",
        "losses.append(back_propagate(x, y, parameters)[0])":
            "losses: Each is the loss after its update",
        "losses.append(loss + sum(losses[-1:]))":  # losses[-1:] has the sum so far, or nothing
            "losses: The losses are added up. Append each as it is.\n",
        "losses.append(round(loss, 3))": "losses: The losses are rounded. Append each as it is",
        "losses.append(round(loss, 1))": "losses: The losses are rounded. Append each as it is",
        "losses.append(round(loss, 6))": "losses: The losses are rounded. Append each as it is",
        "losses.insert(0, loss)": "losses: The newest loss comes first. Append each at the end",
        "losses += [loss, loss]": "losses: Each loss is there twice",
    },
    ("train", "return losses"): {
        "return loss": "losses: This is only the last loss. Collect one in every iteration",
        "return losses[0]": "losses: This is only the first loss",
        "return losses + [back_propagate(x, y, parameters)[0]]":
            "losses: The loss after the last update is too many",
    },
    ("train", SOLUTION["train"]): {
        """losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        update(parameters, gradients, learning_rate)
    losses.append(loss)
    return losses""": "losses: Only the last loss is there",
        """losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        update(parameters, gradients, learning_rate)
        losses.append(loss)
        return losses""": "losses: This is only the first loss: does return stand in the loop",
        """losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        losses.append(loss)
    update(parameters, gradients, learning_rate)
    return losses""":
            "losses: It is the first loss each time. Is a new loss computed in every",
    },
}  # fmt: skip


@pytest.mark.parametrize("function, right, wrong, said", one_row_each(WRONG_FORMULAS_BY_HAND))
def test_a_wrong_formula_by_hand_is_named(check_function, function, right, wrong, said):
    code, printed = check_function(function, right, wrong)
    assert printed.startswith(f"1. {function:20}wrong\n")
    assert said in printed
    assert code == 1


UNKNOWN_MISTAKES_BY_HAND = {
    ("through_activation", "return da * sigmoid(z, derivative=True)"): {
        "return da * sigmoid(np.sin(z), derivative=True)":
            "It has to be da times the slope f'(z), taken at z.\n",
    },
    ("to_weights", "return dz @ a.T"): {
        """dW = np.zeros((len(dz), len(a)))
    for i in range(len(dz) - 1):
        dW[i] = dz[i] @ a.T
    return dW""":
            "dW: Some of it is right, and the rest is 0: do loops reach all? It has to be dz",
    },
    ("to_layer_before", "return W.T @ dz"): {
        "return W.T @ abs(dz)": "It has to be W.T @ dz.\n",
    },
}  # fmt: skip


@pytest.mark.parametrize("function, right, wrong, said", one_row_each(UNKNOWN_MISTAKES_BY_HAND))
def test_of_a_mistake_without_a_name_by_hand_it_is_said_what_it_has_to_be(
    check_function, function, right, wrong, said
):
    code, printed = check_function(function, right, wrong)
    assert said in printed
    assert code == 1


# --- Mistakes in a script ---------------------------------------------------------------------

ONE_LINE_MISTAKES_IN_A_SCRIPT = {
    # initialize and predict
    ("xor", "W1 = rng.normal(0, 0.4, (n_hidden, n_inputs))"): {
        "W1 = rng.normal(0, 0.4, (n_inputs, n_hidden))":
            "initialize returns W1 of shape (3, 5), for 5 nodes",
        "W1 = rng.normal(0.4, (n_hidden, n_inputs))":
            "initialize returns W1 of shape (2,). Weights have to be (nodes, inputs)",
        "W1 = rng.integers(-1, 2, (n_hidden, n_inputs))":
            "initialize returns W1 as an array of integers",
    },
    ("xor", "B1 = np.zeros((n_hidden, 1))"): {
        "B1 = np.zeros(n_hidden)":
            "initialize returns W1 of shape (5, 3), and then an array of shape (5,)",
    },
    ("xor", "return forward(x, parameters)[-1].T"): {
        "return forward(x, parameters)[-1]": "predict returns a column for each sample",
        "return forward(x, parameters)[-2].T": "predict returns the last but one",
    },
    # forward
    ("xor", "z2 = W2 @ a1 + B2"): {
        "z2 = W2 @ a1": """dB2: It has to be 0 everywhere.
forward should return a0, z1, a1 and so on, and its z2 isn't W2 @ a1 + B2. The bias B2""",
        "z2 = W2 @ a1 + 0.5": "forward doesn't use B2. Is another array in its place?",
        "z2 = W2 @ a1 + B1": "z2: It is made with B1. Take B2",
        "z2 = W2 @ z1 + B2": "its z2 isn't W2 @ a1 + B2. It is made of z1. Take a1",
    },
    ("xor", "a1 = sigmoid(z1)"): {
        "a1 = np.tanh(z1)": "The slope is that of sigmoid, but forward applies tanh there",
    },
    # the loss
    ("xor", LOSS): {
        "loss = np.log(error).mean()": "The loss is nan. Is a log or a root taken",
        "loss = (error**2).sum() / error.size / 2":
            "but the loss is another one. It is half of the mean",
        "loss = (error[:, :-1] ** 2).sum() / error.size":
            "The loss doesn't change with the y of sample 10. Does every",
        CROSS_ENTROPY:
            "This is dz2 of the mean of the squared errors, but the loss is another one",
        "loss = ((z2 - y.T) ** 2).mean()": "The loss: It is made of z2. Take a2",
    },
    ("xor with cross-entropy", CROSS_ENTROPY): {
        "loss = (y.T * np.log(a2) + (1 - y.T) * np.log(1 - a2)).mean()":
            "The loss is below 0",
        "loss = -(y.T * np.log(a2)).mean()":
            "has the loss both parts, -y ln a and -(1 - y) ln (1 - a), with",
    },
    ("images with softmax", "np.exp(z3).sum(axis=0)"): {
        "np.exp(z3).sum(axis=1, keepdims=True)":
            "What forward puts out for a sample changes with the other samples",
    },
    ("images with softmax", CROSS_ENTROPY_OF_SOFTMAX): {
        "loss = -np.sum(np.log(a3)) / len(y)": "The loss is the same for every y",
    },
    (IMAGES, LOSS): {
        "loss = (error**2).sum() / error.size + 0.001 * abs(W3).sum()":
            "dW3: The loss has something else in it that depends on W3",
    },
    (IMAGES, "error = z3 - y.T"): {
        "error = z3 - y.reshape(z3.shape)":
            "is the output of one sample compared with the y of another?",
    },
    ("linear", "dz1 = 2 / error.size * error"): {
        "dz1 = 2 / error.size * np.abs(error)":
            "The sign is wrong, or lost: an error is what is predicted minus",
    },
    ("linear", "error = z1 - y.T"): {
        "error = z1 - y": "z1 - y has the shape (11, 11): numpy subtracts every y from every",
    },
    # dz of the last layer
    ("xor", "error = a2 - y.T"): {
        "error = y.T - a2": "dz2, of which dW2 and dB2 are made: The sign is wrong",
    },
    ("xor", DA2): {
        "da2 = 2 / error.size * (z2 - y.T)": "made: It is made of z2. Take a2, the output",
    },
    ("xor", DZ2): {
        "dz2 = error / error.size": "This is a2 - y.T, divided, as for cross-entropy. The loss",
        """a2 -= y.T
    dz2 = da2 * a2 * (1 - a2)""": "Has a2 been changed, as by a2 -= y.T?",
    },
    (IMAGES, "dz3 = 2 / error.size * error"): {
        "dz3 = 2 / error.size * error * (1 - z3**2)":
            "1 - a^2 is the slope of tanh, but forward applies no activation",
    },
    ("xor with cross-entropy", "dz2 = error / error.size"): {
        "dz2 = error / error.size * a2 * (1 - a2)":
            "It is multiplied by the slope of sigmoid. With cross-entropy, a2 - y.T has",
        "dz2 = -y.T * (1 - a2) / error.size":
            "One of the parts of cross-entropy is missing in it",
        "dz2 = (1 - y.T) * a2 / error.size":
            "One of the parts of cross-entropy is missing in it",
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
    },
    ("images with softmax", "dz3 = error / len(y)"): {
        "dz3 = 2 / error.size * error":
            "as for the mean of the squared errors, but the loss is another one",
        "dz3 = -y.T / a3 / len(y)":
            "This is the derivative with respect to the outputs of softmax",
        "dz3 = -y.T / a3 / len(y) * a3 * (1 - a3)":
            "The slope of softmax isn't only a (1 - a), because each output depends on each z",
        "dz3 = (z3 - y.T) / len(y)": "It is made of z3. Take the output, a3",
        "dz3 = a3 / len(y)": "y is missing: this is made of the outputs alone",
        "dz3 = error":
            "dz3, of which dW3 and dB3 are made: It is what it has to be times the number",
        "dz3 = error / len(y) * tanh(z3, derivative=True)":
            "It is multiplied by the slope of tanh. With cross-entropy, a3 - y.T has",
        "dz3 = error / len(y) * a3 * (1 - a3)":
            "It is multiplied by a (1 - a). With cross-entropy, a3 - y.T has",
    },
    # dz of a hidden layer
    (IMAGES, "dz2 = da2 * tanh(z2, derivative=True)"): {
        "dz2 = da2 * tanh(z3, derivative=True)": "The slope f' is taken at z3. Take it at z2",
        "dz2 = da2 * tanh(z1, derivative=True)": "The slope f' is taken at z1. Take it at z2",
        "dz2 = da2 * tanh(a1, derivative=True)": "The slope f' is taken at a1. Take it at z2",
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
    ("cubic", DZ1): {
        "dz1 = da1 * sigmoid(z2, derivative=True)":
            "The slope f' is taken at z2. Take it at z1",
        "dz1 = da1 * sigmoid(a0, derivative=True)":
            "The slope f' is taken at a0. Take it at z1",
    },
    # da
    (IMAGES, "da2 = W3.T @ dz3"): {
        "da2 = 2 * W3.T @ dz3": "dz2, of which dW2 and dB2 are made: It is twice what",
    },
    ("xor", "da1 = W2.T @ dz2"): {
        "da1 = dz2.T @ W2": "da1 is (11, 5), z1 is (5, 11)",
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
    ("cubic", "da1 = W2.T @ dz2"): {
        "da1 = dz2": "da2 stands in the place of da1. It has to be W2.T",
        "da1 = W1 @ dz2": "da1 is made with W1",
        "da1 = W2.T @ error": "da1 is made of the error, z2 - y.T",
        "da1 = W2.T @ z2": "da1 is made of z2",
    },
    (IMAGES, "da1 = W2.T @ dz2"): {
        "da1 = W3.T @ dz3": "da2 stands in the place of da1",
        "da1 = W2.T @ dz3": "da1 is made with dz3",
        "da1 = W3.T @ dz2": "da1 is made with W3",
    },
    # dW and dB
    ("linear", "dW = dz1 @ a0.T"): {
        "dW = np.sum(dz1 * a0)": "The number is right. Make it an array (1, 1), as W is",
        "dW = np.sum(dz1 * x, keepdims=True)": "or each dz is multiplied by each a",
        "dW = dz1 * a0": "dz and a are multiplied number by number",
    },
    ("linear", "dB = dz1.sum(axis=1, keepdims=True)"): {
        "dB = np.sum(dz1)": "The number is right. Make it an array (1, 1), as B is",
    },
    ("cubic", "dW2 = dz2 @ a1.T"): {
        "dW2 = dz2 * a1": "dz and a are multiplied number by number",
        "dW2 = dz2 @ z1.T": "dW2: It is made with z1",
    },
    ("cubic", "dW1 = dz1 @ a0.T"): {
        "dW1 = dz1 @ a1.T": "made with a1, which goes out",
    },
    ("xor", "dW2 = dz2 @ a1.T"): {
        "dW2 = dz2 @ a0.T":
            "dW2 has the shape (7, 3), not (7, 5). It is made with what comes into layer 1",
        "dW2 = dz2 @ sigmoid(a1).T": "made with f(a1)",
    },
    ("xor", "dW1 = dz1 @ a0.T"): {
        "dW1 = dz1 @ x": "dW1: It is made with x as it came",
        "dW1 = dz1 @ a0.T + W1": "dW1: 1 times W1 is added to what is right",
        "dW1 = dz1 @ a0.T * len(x)": "dW1: It is what it has to be times the number of samples",
        "dW1 = dz1 @ a0.T * y.size": "dW1: It is what it has to be times samples * outputs. Is",
        "dW1 = dz1 @ a0.T * y.size / 2": "it has to be times samples * outputs / 2. Is a",
        "dW1 = dz1 @ a0.T * len(W2)": "it has to be times the number of outputs. Is a division",
    },
    (IMAGES, "dW3 = dz3 @ a2.T"): {
        "dW3 = error @ a2.T": "dW3: It is made of the error, z3 - y.T",
    },
    (IMAGES, "dW2 = dz2 @ a1.T"): {
        "dW2 = dz3 @ a1.T": "It is made of dz3. Take dz2, of its own layer",
    },
    (IMAGES, "dW1 = dz1 @ a0.T"): {
        "dW1 = dz2 @ a0.T": "It is made of dz2. Take dz1, of its own layer",
        "dW1 = dz1 @ a1.T": "It is made with a1, which goes out",
    },
    ("images with weight decay", "dW3 = dz3 @ a2.T + 0.002 * W3"): {
        "dW3 = dz3 @ a2.T":
            "multiple of W3^2 in it, whose slope is 0.002 times W3. It isn't in dW3",
        "dW3 = dz3 @ a2.T + 0.001 * W3": "Half of it is here: is the 2 of 2 W missing",
        "dW3 = dz3 @ a2.T - 0.002 * W3":
            "whose slope is 0.002 times W3. It is subtracted here",
        "dW3 = dz3 @ a2.T + 0.002 * W3**2": "Take that slope, and not W3^2",
        "dW3 = dz3 @ a2.T + 0.001 * W3**2": "Take that slope, and not W3^2",
        "dW3 = dz3 @ a2.T + 0.002": "is 0.002 times W3. W3 is missing here",
        "dW3 = dz3 @ a2.T + 0.002 * W3 / len(x)":
            "It is divided by the number of samples here",
    },
    ("xor", "dB1 = dz1.sum(axis=1, keepdims=True)"): {
        "dB1 = dz1.sum(axis=1, keepdims=True) + B1":
            "dB1: 1 times B1 is added to what is right",
    },
    ("xor", "return loss, [dW1, dB1, dW2, dB2]"): {
        "return loss, [dW1, dB1, dB2]": "3 gradients for 4 parameters: no dW2",
        "return loss, [dW1 + 0j, dB1, dW2, dB2]": "dW1 has complex numbers",
        "return loss, [dW1, dB1, dz1 @ a1.T, dB2]": "made of dz1. Take dz2, of its own layer",
        "return loss, [dW1, dB1, da1 @ a1.T, dB2]": "made of da1. Take dz2, of its own layer",
        "return loss, [dW1, dB1, dW2, da1.sum(axis=1, keepdims=True)]":
            "It is made of da1. Take dz2, of its own layer",
    },
    # train
    ("xor", UPDATE): {
        "parameter -= 8.0 * gradient": "for every learning rate. Take the argument",
        "parameter =- learning_rate * gradient":
            "parameter = ... and parameter =- ... make new arrays",
    },
    ("xor", "        losses.append(loss)"): {
        # one step further to the right, in the loop over the parameters
        "            losses.append(loss)": "losses: Each is there once for every parameter",
        "        losses.append(loss)\n        learning_rate = 0":
            "Only the first iteration of train changes the parameters",
    },
    ("linear", UPDATE): {
        "parameter -= learning_rate * gradient / len(x)":
            "W: It is divided by the number of samples. Leave that out",
        "parameter -= learning_rate * gradient * len(x)":
            "W: It is multiplied by the number of samples. Leave that out",
    },
    ("cubic", "v[:] = momentum * v - learning_rate * gradient"): {
        "v[:] = momentum * v + learning_rate * gradient": "W1: It goes uphill",
        "v[:] = -momentum * v - learning_rate * gradient": "keeps -0.6 times the first",
        "v = momentum * v - learning_rate * gradient":
            "keeps 0 times the first. So the velocity isn't kept",
        "v[:] = momentum * (v - learning_rate * gradient)":
            "W1: It is multiplied by momentum",
        "v[:] = momentum - learning_rate * gradient":
            "The momentum itself is added. Multiply the velocity by it",
    },
    ("cubic", "np.zeros_like(parameter) for"): {
        "parameter.copy() for": "W1: The velocity begins with the parameter itself",
        "-parameter for": "W1: The velocity begins with the parameter itself.",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    "script, right, wrong, said", one_row_each(ONE_LINE_MISTAKES_IN_A_SCRIPT)
)
def test_a_mistake_in_one_line_of_a_script_is_named(check_text, script, right, wrong, said):
    code, printed = check_text(script_with(script, (right, wrong)))
    assert said in printed
    assert code == 1


def own_sigmoid(body):
    """Return a pair that puts a function sigmoid with this body in the place of its import."""
    function = f"def sigmoid(z, derivative=False):\n    {body}\n"
    return "from activation import sigmoid\n", function


OWN_F = "def f(z, derivative):\n    return np.sin(z)\n\n\n"
SOFTSIGN = ("a2 = sigmoid(z2)", "a2 = z2 / (1 + abs(z2))")
BATCHES_WITH_OTHER_Y = replaced(MINI_BATCHES, ("y[batch]", "y[:batch_size]"))
ALL_AT_ONCE = replaced(MINI_BATCHES, ("x[batch], y[batch]", "x, y"))
ALWAYS_THE_FIRST = replaced(
    MINI_BATCHES, ("x[batch], y[batch]", "x[:batch_size], y[:batch_size]")
)
TWO_BATCHES_FOR_ONE_UPDATE = """\
def train(x, y, parameters, iterations, learning_rate, batch_size):
    rng = np.random.default_rng(0)
    losses = []
    for _ in range(iterations):
        for _ in range(2):
            batch = rng.permutation(len(x))[:batch_size]
            loss, gradients = back_propagate(x[batch], y[batch], parameters)
        for parameter, gradient in zip(parameters, gradients):
            parameter -= learning_rate * gradient
        losses.append(loss)
    return losses
"""
GRADIENTS_OF_THE_FIRST_ITERATION = """\
def train(x, y, parameters, iterations, learning_rate):
    _, first_gradients = back_propagate(x, y, parameters)
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, gradient in zip(parameters, first_gradients):
            parameter -= learning_rate * gradient
        losses.append(loss)
    return losses
"""
STEPS_THAT_GROW_FROM_CALL_TO_CALL = """\
def train(x, y, parameters, iterations, learning_rate, calls=[]):
    calls.append("one more")
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, gradient in zip(parameters, gradients):
            parameter -= learning_rate * gradient * len(calls)
        losses.append(loss)
    return losses
"""
VELOCITY_USED_TOO_EARLY = """\
def train(x, y, parameters, iterations, learning_rate, momentum):
    velocity = [np.zeros_like(parameter) for parameter in parameters]
    losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, v, gradient in zip(parameters, velocity, gradients):
            parameter += v
            v[:] = momentum * v - learning_rate * gradient
        losses.append(loss)
    return losses
"""

MISTAKES_IN_A_SCRIPT = {  # what is said: script, replacements
    "forward can't be called with a single sample. Is a sample a column in it?": (
        "xor",
        ("a0 = 2.0 * x.T - 1", "a0 = 2.0 * x - 1"),
    ),
    "initialize makes all weights of W1 equal, and all of W2": (
        "xor",
        ("rng.normal(0, 0.4, ", "np.ones("),
        ("rng.normal(0, 2 / np.sqrt(n_hidden), ", "np.zeros("),
    ),
    "a2 is f(-z2). Has a minus sign been lost": (
        "xor",
        own_sigmoid("a = 1 / (1 + np.exp(z))\n    return a * (1 - a) if derivative else a"),
    ),
    "dz2, of which dW2 and dB2 are made: a2 is 1 + exp(-z2). Does 1 / (1 + exp(-z2)) lack": (
        "xor",
        own_sigmoid("a = 1 / 1 + np.exp(-z)\n    return a * (1 - a) if derivative else a"),
    ),
    "made: a2 is 1 + exp(-z2). Does 1 / (1 + exp(-z2)) lack its brackets": (
        "xor",
        own_sigmoid(
            "a = 1 / (1 + np.exp(-z))\n"
            "    return a * (1 - a) if derivative else 1 / 1 + np.exp(-z)"
        ),
    ),
    "The outputs of a sample don't add up to 1, as those of softmax do": (
        IMAGES,
        (LOSS, "loss = (error**4).mean()"),
        ("dz3 = 2 / error.size * error", "dz3 = error / len(y)"),
    ),
    "It is da2. Is the slope f'(z2) missing": ("xor", SOFTSIGN, (DZ2, "dz2 = da2")),
    "The slope f'(z2) is missing, too": ("xor", SOFTSIGN, (DZ2, "dz2 = error")),
    "Where z1 is below 0, the slope is 0.1 in forward, and here it is 0.": (
        "xor",
        ("a1 = sigmoid(z1)", "a1 = np.where(z1 > 0, z1, 0.1 * z1)"),
        (DZ1, "dz1 = da1 * (z1 > 0)"),
    ),
    "Where z1 is below 0, the slope is 0 in forward, and here it is 0.01": (
        "xor",
        ("a1 = sigmoid(z1)", "a1 = np.maximum(0, z1)"),
        (DZ1, "dz1 = da1 * np.where(z1 > 0, 1, 0.01)"),
    ),
    "The slope is 0 where z1 is above 0, and 1 where it is below 0. It has to be": (
        "xor",
        ("a1 = sigmoid(z1)", "a1 = np.maximum(0, z1)"),
        (DZ1, "dz1 = da1 * (z1 < 0)"),
    ),
    "It is da1 times f(z1, True). That isn't the slope": (
        "xor",
        ("def initialize", OWN_F + "def initialize"),
        (DZ1, "dz1 = da1 * f(z1, True)"),
    ),
    "All gradients are 0. If a loop adds them up, then it has to say gradient += part": (
        "linear",
        ("dW = dz1 @ a0.T", "dW = np.zeros((1, 1))"),
        ("dB = dz1.sum(axis=1, keepdims=True)", "dB = np.zeros((1, 1))"),
    ),
    # these outputs are below every y, so errors that have lost their sign have the wrong sign
    "The sign is wrong, or lost. Is it that of the error": (
        "xor",
        ("a2 = sigmoid(z2)", "a2 = sigmoid(z2) - 2"),
        (DZ2, "dz2 = abs(da2) * sigmoid(z2, derivative=True)"),
    ),
    "The slope is made of the error. Has a2 been changed, as by a2 -= y.T?": (
        "xor",
        ("a2 = sigmoid(z2)", "a2 = np.tanh(z2)"),
        (DZ2, "a2 -= y.T\n    dz2 = da2 * (1 - a2**2)"),
    ),
    # train
    "train does something else when it is called again": (
        "xor",
        with_train(STEPS_THAT_GROW_FROM_CALL_TO_CALL),
    ),
    "The second step is the first again": (
        "xor",
        with_train(GRADIENTS_OF_THE_FIRST_ITERATION),
    ),
    "train passes x[4] to back_propagate with another row of y than y[4]": (
        "xor",
        with_train(BATCHES_WITH_OTHER_Y),
    ),
    "With a batch_size of 3, train passes 11 samples": ("xor", with_train(ALL_AT_ONCE)),
    "With a batch_size of 3, train never uses 8 of 11 samples": (
        "xor",
        with_train(ALWAYS_THE_FIRST),
    ),
    "Between two mini-batches nothing changes": (
        "xor",
        with_train(TWO_BATCHES_FOR_ONE_UPDATE),
    ),
    "Is the velocity used before it is changed": ("xor", with_train(VELOCITY_USED_TOO_EARLY)),
}


@pytest.mark.parametrize("said", MISTAKES_IN_A_SCRIPT)
def test_a_mistake_in_several_lines_of_a_script_is_named(check_text, said):
    code, printed = check_text(script_with(*MISTAKES_IN_A_SCRIPT[said]))
    assert said in printed
    assert code == 1


MISTAKES_WITH_ANOTHER_FORWARD = {  # what is said: script, replacements
    # forward returns a list of z and a list of a
    "dz1, of which dW1 and dB1 are made: It is da1": (
        "xor",
        ("return a0, z1, a1, z2, a2\n", "return [z1, z2], [a0, a1, a2]\n"),
        ("a0, z1, a1, z2, a2 = forward", "(z1, z2), (a0, a1, a2) = forward"),
        (DZ1, "dz1 = da1"),
    ),
    # forward takes one sample after the other
    "dW2: Only one sample counts. Add up all.": (
        "xor",
        ("z1 = W1 @ a0 + B1", "z1 = np.array([W1 @ a + B1[:, 0] for a in a0.T]).T"),
        ("dW2 = dz2 @ a1.T", "dW2 = dz2[:, -1:] @ a1[:, -1:].T"),
    ),
}


@pytest.mark.parametrize("said", MISTAKES_WITH_ANOTHER_FORWARD)
def test_a_mistake_is_named_also_if_forward_is_written_in_another_way(check_text, said):
    code, printed = check_text(script_with(*MISTAKES_WITH_ANOTHER_FORWARD[said]))
    assert said in printed
    assert code == 1


UNKNOWN_MISTAKES_IN_A_SCRIPT = {  # what is said, as a regular expression: script, replacements
    r"its z3 isn't W3 @ a2 \+ B3\.\n": (
        IMAGES,
        ("z3 = W3 @ a2 + B3", "z3 = tanh(W3 @ a2 + B3)"),
    ),
    r"cross-entropy, but the loss is another one\.\n": (
        "images with softmax",
        (CROSS_ENTROPY_OF_SOFTMAX, "loss = -np.sum(y.T * np.log10(a3)) / len(y)"),
    ),
    r"dW1 and dB1 are wrong\. Both are made of dz1, so look there\. dW1: At \[0, 0\] it is": (
        "xor",
        (DZ1, "dz1 = da1 * np.sin(z1)"),
    ),
    r"dW: It is \S+, and has to be \S+\. It has to be dz1 @ a0\.T\.\n": (
        "linear",
        ("dW = dz1 @ a0.T", "dW = dz1 @ (a0 + 1).T"),
    ),
    r"dW1: At \[0, 0\] it is \S+, and has to be \S+\. It has to be dz1 @ a0\.T\.\n": (
        "xor",
        ("dW1 = dz1 @ a0.T", "dW1 = dz1 @ np.sin(a0.T)"),
    ),
    r"It has to be dz3 @ a2\.T, plus the slope of what else in the loss depends on W3\.\n": (
        IMAGES,
        (LOSS, f"{LOSS} + 0.001 * abs(W3).sum()"),
        ("dW3 = dz3 @ a2.T", "dW3 = dz3 @ a2.T + 0.002"),
    ),
}


@pytest.mark.parametrize("said", UNKNOWN_MISTAKES_IN_A_SCRIPT)
def test_of_a_mistake_without_a_name_in_a_script_it_is_said_how_the_numbers_differ(
    check_text, said
):
    code, printed = check_text(script_with(*UNKNOWN_MISTAKES_IN_A_SCRIPT[said]))
    assert re.search(said, printed)
    assert code == 1


# --- What can't be checked --------------------------------------------------------------------

NOT_CHECKABLE = {  # what is said: script, replacements
    "float32 has too few digits, and a0, which forward returns, is of that type": (
        "xor",
        ("a0 = 2.0 * x.T - 1", "a0 = (2.0 * x.T - 1).astype(np.float32)"),
    ),
    "the loss differs from call to call": (
        "xor",
        ("a1 = sigmoid(z1)", "a1 = sigmoid(z1) * (np.random.random(z1.shape) < 0.5)"),
    ),
    "because it finds dz by moving the biases, and a layer has none": (
        "xor",
        *NO_BIASES,
        ("da1 = W2.T @ dz2", "da1 = W2.T @ da2"),
    ),
    "train passes 4 of 11 samples to back_propagate": (
        "xor",
        (CALL, "loss, gradients = back_propagate(x[:4], y[:4], parameters)"),
    ),
    "with a generator of random numbers if it has an argument rng or": (
        "xor",
        ("rng", "random"),
    ),
}


@pytest.mark.parametrize("said", NOT_CHECKABLE)
def test_what_cannot_be_checked_is_said_and_why(check_text, said):
    code, printed = check_text(script_with(*NOT_CHECKABLE[said]))
    assert said in printed
    assert code == 1


UNFINISHED = {  # what is said: script, replacements
    "mine.py has no initialize": ("xor", ("def initialize", "def begin")),
    "mine.py has no train": ("xor", ("def train", "def learn")),
    "NotImplementedError\nThis function isn't written yet.": (
        "xor",
        (DZ2, "raise NotImplementedError"),
    ),
    ": raise SystemExit\nThis ends the program. Leave that to main.": (
        "xor",
        ("    losses = []\n", "    losses = []\n    raise SystemExit\n"),
    ),
}


@pytest.mark.parametrize("said", UNFINISHED)
def test_what_is_missing_or_ends_the_program_is_said(check_text, said):
    code, printed = check_text(script_with(*UNFINISHED[said]))
    assert said in printed
    assert code == 1


@pytest.mark.parametrize(
    "text, beginning",
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
def test_a_file_that_has_nothing_to_check_takes_a_line_or_two(check_text, text, beginning):
    code, printed = check_text(text)
    assert printed.startswith(beginning)
    assert printed.count("\n") <= 2
    assert code == 1


def test_a_function_that_is_not_written_yet_comes_next(check_text):
    code, printed = check_text(BY_HAND)
    assert printed.startswith("1. forward             comes next\nmine.py, line ")
    assert printed.endswith("This function isn't written yet.\n")
    assert code == 1


def test_a_module_that_is_not_there_takes_one_line(capsys):
    assert check.main(["my_netwrok.py"]) == 1  # mistyped
    said = "my_netwrok.py isn't here. Copy by_hand.py or a script to it first.\n"
    assert capsys.readouterr().out == said


@pytest.mark.parametrize(
    "name", ["{}/a.b/my_xor.py", "{}/a.b/my_xor", "{}/a.b/../a.b/my_xor.py"]
)
def test_a_path_may_have_dots_and_lack_py(name, tmp_path):
    (tmp_path / "a.b").mkdir()
    (tmp_path / "a.b" / "my_xor.py").write_text(script_with("xor"), encoding="utf-8")
    assert check.main([name.format(tmp_path)]) == 0


def test_the_activation_of_the_students_folder_is_taken(tmp_path, capsys):
    (tmp_path / "my_xor.py").write_text(script_with("xor"), encoding="utf-8")
    own = script_with("activation", ("return a * (1 - a)", "return a"))
    (tmp_path / "activation.py").write_text(own, encoding="utf-8")
    assert check.main([str(tmp_path / "my_xor.py")]) == 1
    # this slope of sigmoid is sigmoid itself, so dz2 is da2 * sigmoid(z2)
    assert "It is da2 times f(z2)" in capsys.readouterr().out


def test_a_file_that_has_been_mended_is_read_again(tmp_path):
    file = tmp_path / "my_xor.py"
    file.write_text(script_with("xor", (DA2, "da2 = error")), encoding="utf-8")
    assert check.main([str(file)]) == 1
    file.write_text(script_with("xor"), encoding="utf-8")
    assert check.main([str(file)]) == 0


def test_the_line_that_stops_is_shown_as_the_file_is_now(check_text):
    check_text(solved_by_hand(forward="return first_try"))
    _, printed = check_text(solved_by_hand(forward="return second_try + 1"))
    assert ": return second_try + 1\nNameError: " in printed


def test_the_check_leaves_the_imported_activation_in_place():
    before = importlib.import_module("activation")
    check.main(["xor"])
    assert importlib.import_module("activation") is before


def test_run_as_a_file_it_says_how_to_run_it():
    command = [sys.executable, ROOT / "exercises" / "check.py", "xor"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.stderr == "Run it from the main folder: python -m exercises.check NAME\n"
    assert run.returncode == 1


def test_without_a_guard_main_is_named(check_text, monkeypatch):
    # main of the script reads the command line of the check, and refuses it
    monkeypatch.setattr(sys, "argv", ["check.py", "my_xor"])
    text = script_with("xor", ('if __name__ == "__main__":\n    main()', "main()"))
    code, printed = check_text(text)
    assert re.fullmatch(r"mine.py, line \d+: main\(\)\n.*__name__.*\n", printed)
    assert code == 1


# --- What is printed, and how often something runs --------------------------------------------


def test_what_a_function_prints_is_shown_once_below_its_verdict(check_text):
    text = solved_by_hand(
        to_bias="print('summing')\n    return dz.sum(axis=1, keepdims=True)",
        train="raise NotImplementedError",  # so that the check needn't train on XOR
    )
    _, printed = check_text(text)
    assert "5. to_bias             right\n    prints: summing\n6. to_layer" in printed
    assert printed.count("summing") == 1


def test_of_many_printed_lines_the_first_are_shown(check_text):
    loop = "    for i in range(99):\n        print(i)\n"
    text = script_with("xor", ("    losses = []\n", loop + "    losses = []\n"))
    code, printed = check_text(text)
    shown = re.findall(r"^    prints: (.*)$", printed, flags=re.MULTILINE)
    assert shown == [str(i) for i in range(10)]
    assert "    ... and 89 lines more\n" in printed
    assert code == 0


def test_a_step_is_named_before_it_runs(check_text):
    # as Ctrl-C stops a forward that never ends
    code, printed = check_text(solved_by_hand(forward="raise KeyboardInterrupt"))
    assert printed.startswith("1. forward")
    assert code == 1


def test_ctrl_c_ends_the_check_and_says_the_line_that_runs_and_the_line_that_called_it(
    check_text,
):
    stop = "    raise KeyboardInterrupt\n    z1 = W1"
    code, printed = check_text(script_with("xor", ("    z1 = W1", stop)))
    stopped = r"\nStopped in mine.py, line \d+: raise KeyboardInterrupt,\n"
    caller = r"called from mine.py, line \d+: a0, z1, .* = forward\(.*\n"
    assert re.search(stopped + caller + r"\Z", printed)
    assert code == 1


def test_back_propagate_runs_twice_for_each_parameter_and_at_most_60_times_more(tmp_path):
    count = "COUNT = []\n\n\ndef back_propagate(x, y, parameters):\n    COUNT.append(1)\n"
    text = script_with("xor", ("def back_propagate(x, y, parameters):\n", count))
    (tmp_path / "mine.py").write_text(text, encoding="utf-8")
    program = check.Program(str(tmp_path / "mine.py"))
    check.check_program(program)
    n_parameters = (5 * 3 + 5 + 7 * 5 + 7) + (4 * 4 + 4 + 4 * 4 + 4)  # of both networks
    # The other calls try the order of the samples and the y of each sample, or come from train.
    assert 2 * n_parameters < len(program.module.COUNT) <= 2 * n_parameters + 60


# --- Slopes -----------------------------------------------------------------------------------


class ProgramWithLoss:
    """Stands for a program whose loss is a function of the first of the parameters."""

    def __init__(self, loss):
        self.loss = loss

    def call(self, name, x, y, parameters):
        return self.loss(parameters[0]), []


def slope_of(loss, W):
    """Return the slope of a loss, which is a function of W alone."""
    x = None
    y = None
    (slope,) = slopes_of(ProgramWithLoss(loss), x, y, parameters=[W], arrays=[W])
    return slope


def test_slopes_are_those_of_the_loss():
    W = np.array([[-1.0, 0.5, 2.0]])
    assert np.allclose(slope_of(lambda W: (W**3).sum(), W), 3 * W**2)


@pytest.mark.parametrize("factor", [0.01, 1, 100])
def test_at_a_corner_of_relu_there_is_no_slope(factor):
    W = np.array([[-1.0, 0, 1]])
    slope = slope_of(lambda W: factor * relu(W).sum(), W)
    assert np.allclose(slope, [[0, np.nan, factor]], equal_nan=True)


def test_any_number_agrees_with_a_slope_that_is_not_there():
    assert same(np.array([0, 30, 100]), np.array([0, np.nan, 100]))


def test_numbers_agree_that_differ_by_less_than_a_millionth_of_the_largest():
    assert same(np.array([0.0000019, 2.0]), np.array([0.0, 2.0]))
    assert not same(np.array([0.0000021, 2.0]), np.array([0.0, 2.0]))


# --- The tables of mistakes -------------------------------------------------------------------


def chain_of(f, nodes, n_samples, rng, mean_bias=0, is_mse=False, other_part=None):
    """Return the layers of a network with f in each, linked, with all quantities known.

    nodes are the numbers of inputs, of nodes in layer 1, and so on. a_in and da of each layer
    are random, and not what the other layers make them, because a table only looks at one layer
    at a time. mean_bias is the mean of all B. is_mse says whether the loss is the mean of
    squares. If the loss has a second part, such as weight decay, then other_part(W) is its
    slope.
    """
    chain = []
    for n in range(1, len(nodes)):
        W = rng.normal(0, 1, (nodes[n], nodes[n - 1]))
        B = rng.normal(mean_bias, 1, (nodes[n], 1))
        a_in = rng.normal(0, 1, (nodes[n - 1], n_samples))
        z = W @ a_in + B
        layer = Layer(n=n, W=W, B=B, a_in=a_in, z=z, a=f(z))
        layer.n_samples = n_samples
        layer.n_outputs = nodes[-1]
        layer.da = rng.normal(0, 1, z.shape)
        if f in ACTIVATIONS.values():
            layer.f = f
            layer.slope = f(z, derivative=True)
        else:
            layer.slope = (f(z + NUDGE) - f(z - NUDGE)) / (2 * NUDGE)
            layer.own_results = {"f(z)": rng.uniform(0, 1, z.shape)}
        chain.append(layer)
    for before, after in zip(chain, chain[1:]):
        before.after = after
        after.before = before
    chain[0].x = rng.uniform(0, 1, (n_samples, nodes[0]))
    last = chain[-1]
    last.y = rng.uniform(0, 1, (n_samples, nodes[-1]))
    last.is_mse = is_mse
    if is_mse:
        last.da = 2 / last.y.size * last.error
    for layer in chain:
        layer.dz = layer.da * layer.slope
        layer.dW = layer.dz @ layer.a_in.T
        if other_part:
            layer.dW = layer.dW + other_part(layer.W)
        layer.dB = layer.dz.sum(axis=1, keepdims=True)
    return chain


def layers_of_all_kinds():
    """Return layers for which, together, every row of every table can be said."""
    networks = [  # numbers of nodes, number of samples
        ((3, 5, 7, 3), 11),  # so that a formula of other shapes makes other numbers
        ((4, 4, 4, 4), 4),  # so that no formula stops because of its shapes
        ((1, 1), 5),  # some rows are only for a dW of a single number, as in linear.py
    ]
    rng = np.random.default_rng(0)
    layers = []
    for nodes, n_samples in networks:
        # sigmoid, tanh and relu have rows of their own, and so has a layer without activation
        layers += chain_of(sigmoid, nodes, n_samples, rng, is_mse=True)
        layers += chain_of(linear, nodes, n_samples, rng, is_mse=True)
        layers += chain_of(tanh, nodes, n_samples, rng)
        layers += chain_of(relu, nodes, n_samples, rng)
        # all z below 0, because otherwise an earlier row names the slope of leaky_relu, too
        layers += chain_of(relu, nodes, n_samples, rng, mean_bias=-20)
        # weight decay, and another part of the loss
        layers += chain_of(tanh, nodes, n_samples, rng, other_part=lambda W: 0.1 * W)
        layers += chain_of(tanh, nodes, n_samples, rng, other_part=np.sign)
        # a function that isn't in activation.py, as softmax isn't
        layers += chain_of(np.arctan, nodes, n_samples, rng)
        # sigmoid with a lost minus sign, and without the brackets of 1 / (1 + exp(-z))
        layers += chain_of(lambda z: sigmoid(-z), nodes, n_samples, rng)
        layers += chain_of(lambda z: 1 + np.exp(-z), nodes, n_samples, rng)
    return layers


LAYERS = layers_of_all_kinds()
LAST = [layer for layer in LAYERS if layer.y is not None]
LAST_WITH_SQUARES = [layer for layer in LAST if layer.is_mse]
LAST_WITH_ANOTHER_LOSS = [layer for layer in LAST if not layer.is_mse]
WITH_SIGMOID = [layer for layer in LAYERS if layer.f is sigmoid]
PARAMETER = np.array([[3.0, 1]])
GRADIENT = np.array([[0.5, -1]])

# The lists of arguments with which each table is called. The other tables take any layer.
CALLS = {
    "in_a0": [[np.array([[0.0, 0, 1], [0, 1, 0], [1, 1, 1], [1, 0, 1]])]],
    "in_a": [[layer] for layer in WITH_SIGMOID],
    "in_loss": [[layer] for layer in LAST],
    "in_error": [[layer] for layer in LAST],
    "in_cross_entropy": [[layer] for layer in LAST],
    "in_last_da": [[layer] for layer in LAST_WITH_SQUARES],
    "in_da_of_from_loss": [[layer] for layer in LAST_WITH_SQUARES],
    "in_slope_of_sigmoid": [[layer] for layer in WITH_SIGMOID],
    "in_slope_of_tanh": [[layer] for layer in LAYERS if layer.f is tanh],
    "in_dz_of_another_loss": [[layer] for layer in LAST_WITH_ANOTHER_LOSS],
    "in_dz_of_cross_entropy": [[layer] for layer in LAST if layer.f in (sigmoid, None)],
    "in_hidden_da": [[layer] for layer in LAYERS if layer.after is not None],
    "in_any_derivative": [[layer.dz, layer] for layer in LAYERS],
    "in_array_taken_for_dz": [
        [layer, lambda dz: dz.sum(axis=1, keepdims=True)] for layer in LAYERS
    ],
    "in_decay": [[layer, layer.dz @ layer.a_in.T, 0.1] for layer in LAYERS],
    # parameter, gradient, learning rate, samples; and for train also momentum and iterations
    "in_step": [[PARAMETER, GRADIENT, 0.3, 11], [PARAMETER, GRADIENT, 0.3, 11, 0.6, 2]],
    # the losses before each update, and those after it; and the number of parameters
    "in_losses": [[np.array([0.5, 0.4]), np.array([0.4, 0.35]), 4]],
}
TABLES = [name for name in vars(mistakes) if name.startswith("in_")]


@functools.cache
def rows_and_reachable(table):
    """Return two sets of formulas of a table: all, and those that are reachable.

    A formula is given as its sentence, and its place among the formulas of that sentence. It is
    reachable if for some layer no row above its own makes the same numbers. The numbers in a
    sentence become #, so that rows which a loop makes count as one.
    """
    rows = set()
    reachable = set()
    for arguments in CALLS.get(table, [[layer] for layer in LAYERS]):
        above = []
        for sentence, *formulas in getattr(mistakes, table)(*arguments):
            values = []
            for i, formula in enumerate(formulas):
                row = re.sub(r"-?\d+(\.\d+)?", "#", sentence), i
                rows.add(row)
                # first_match skips a formula that stops, or that makes nan, too
                try:
                    value = formula()
                    is_finite = np.isfinite(value).all()
                except (ValueError, TypeError, AttributeError):
                    continue
                if not is_finite:
                    continue
                values.append(value)
                if row not in reachable and not any(same(value, other) for other in above):
                    reachable.add(row)
            above += values
    return rows, reachable


@pytest.mark.parametrize("table", TABLES)
@np.errstate(all="ignore")
def test_no_row_is_hidden_by_the_rows_above_it(table):
    """Whether a formula is the mistake that its sentence describes, the planted lines say."""
    rows, reachable = rows_and_reachable(table)
    assert rows
    # Many tables end with the rows of in_any_derivative. An earlier row may make the same
    # numbers as one of these, and that is fine.
    if table != "in_any_derivative":
        rows = rows - rows_and_reachable("in_any_derivative")[0]
    assert rows - reachable == set()


@pytest.mark.parametrize("table", TABLES)
def test_each_sentence_ends_as_a_sentence(table):
    for arguments in CALLS.get(table, [[layer] for layer in LAYERS]):
        for sentence, *_ in getattr(mistakes, table)(*arguments):
            assert sentence[-1] in ".?"


def test_the_first_row_that_fits_is_the_one_that_is_said():
    rows = [("no", lambda: 1.0), ("yes", lambda: 3.0, lambda: 2.0), ("late", lambda: 2.0)]
    assert first_match(rows, lambda value: value == 2.0) == "yes"


# --- The page ---------------------------------------------------------------------------------


def test_the_page_shows_what_is_said_of_a_forgotten_keepdims(check_text):
    page = (ROOT / "exercises" / "README.md").read_text(encoding="utf-8")
    _, printed = check_text(solved_with("to_bias", (", keepdims=True", "")))
    assert f"```text\n{printed}```" in page
