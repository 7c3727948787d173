"""What exercises/check.py says: each mistake by its name, and nothing of what is right.

by_hand.py is filled in, or a script copied, with one thing written otherwise.
"""

import importlib
import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from exercises import check, mistakes

ROOT = Path(__file__).parent.parent
FRESH = (f"reader_{n}" for n in itertools.count())  # a name that was never imported
SOLUTION = {
    "forward": """a0 = 2 * x.T - 1; z1 = W1 @ a0 + B1; a1 = sigmoid(z1)
    z2 = W2 @ a1 + B2; a2 = sigmoid(z2); return a0, z1, a1, z2, a2""",
    "from_loss": "e = a2 - y.T; return (e**2).mean(), 2 / e.size * e",
    "through_activation": "return da * sigmoid(z, derivative=True)",
    "to_weights": "return dz @ a.T",
    "to_bias": "return dz.sum(axis=1, keepdims=True)",
    "to_layer_before": "return W.T @ dz",
    "back_propagate": """a0, z1, a1, z2, a2 = forward(x, parameters)
    loss, da2 = from_loss(a2, y)
    dz2 = through_activation(da2, z2)
    dW2, dB2 = to_weights(dz2, a1), to_bias(dz2)
    da1 = to_layer_before(W2, dz2)
    dz1 = through_activation(da1, z1)
    dW1, dB1 = to_weights(dz1, a0), to_bias(dz1)
    return loss, [dW1, dB1, dW2, dB2]""",
    "update": "for p, g in zip(parameters, gradients): p -= learning_rate * g",
    "train": """losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        update(parameters, gradients, learning_rate)
        losses.append(loss)
    return losses""",
}


def by_hand(**bodies):
    """The text of by_hand.py with these bodies."""
    text = (ROOT / "exercises" / "by_hand.py").read_text(encoding="utf-8")
    for name, body in bodies.items():
        before, start, after = text.partition(f"def {name}(")
        text = before + start + after.replace("raise NotImplementedError", body, 1)
    return text


@pytest.fixture
def says(tmp_path, monkeypatch, capsys):
    """A function: the exit code of check for a module with this text, and what it prints."""
    monkeypatch.syspath_prepend(tmp_path)

    def answer(text):
        name = next(FRESH)
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        importlib.invalidate_caches()
        code = check.main([name])
        printed = capsys.readouterr().out.replace(name, "mine")
        assert printed.isascii() and "Traceback" not in printed
        return code, printed

    return answer


# function | what is right -> what stands in its place | what is said
HAND = r"""
forward | @ a0 -> @ x.T | z1: It is made of x; take a0
forward | 2 * x.T - 1 -> x.T | a0: The inputs are not recoded
forward | W1 @ a0 + B1 -> W1 @ a0 | z1: The bias B1 is not added
forward | + B1 -> + B1.T | They fit with B1 for B1.T.
forward | return a0, z1, a1, z2, a2 -> return a2 | It has to return a0, z1, a1, z2, a2: is
forward | 2 * x.T - 1 -> 2 * (x.T - 1) | a0: This is 2 (x - 1)
forward | a0 = 2 * x.T - 1 -> a0 = x.T; a0[a0 == 0] = -1 | forward changes x, as *= and a[i]
from_loss | a2 - y.T -> a2 - y | They fit with a2.T or y.T.
from_loss | 2 / e.size -> 2 / y.shape[0] * y.shape[1] | da2: e / m * q is (e / m) * q
from_loss | (e**2).mean() -> e**2 / e.size | The squares are not added up
from_loss | 2 / e.size -> 1 / e.size | da2: It is half of what it has to be
from_loss | 2 / e.size -> 2 / len(e) | da2: It lacks a division by the number of samples
from_loss | 2 / e.size * e -> e | da2: The factor 2 / (samples * outputs) is missing.
from_loss | 2 / e.size * e -> -2 / e.size * e | da2: The sign is wrong
from_loss | (e**2).mean() -> e.mean() | loss: Square the errors first
from_loss | .mean() -> .mean(keepdims=True) | The number is right, but an array: leave keepdims
through_activation | da * sigmoid(z, derivative=True) -> da | The slope is missing
through_activation | (z, d -> (sigmoid(z), d | The slope f' is taken at a; take it at z
through_activation | , derivative=True -> | take the slope, f'(z): derivative=True
through_activation | (z, derivative=True) -> (z) * 1 - sigmoid(z) | a * 1 - a lacks brackets
to_weights | dz @ a.T -> dz @ a | They fit with a.T.
to_weights | dz @ a.T -> (dz @ a.T) * (np.arange(a.shape[0]) < 2) | do loops reach all?
to_weights | dz @ a.T -> a @ dz.T | dW has the shape (5, 7), not (7, 5). It has to be tr
to_bias | axis=1 -> axis=0 | (1, 11), not (7, 1). It is summed over the nodes
to_bias | sum -> mean | dB: It is divided by the number of samples once too often
to_layer_before | W.T -> W | They fit with W.T.
back_propagate | (a2, y) -> (y, a2) | da2 is (11, 7), and a2 is (7, 11): how is da2 made?
back_propagate | a0, z1, a1, z2, a2 -> z1, a1, z2, a2 | Count the names
back_propagate | (x, parameters) -> (parameters, x) | forward is to be called as
back_propagate | (W2, dz2) -> (W1, dz2) | da1 is made with W1, not with W2.T
back_propagate | (W2, dz2) -> (W2, da2) | da1 is made of da2; what goes back through W2 is dz2.
back_propagate | (da1, z1) -> (da1, a0) | another layer's?
back_propagate | (da2, z2) -> (da2, z1) | The slope is taken at z1; take it at z2
back_propagate | dW1, dB1, dW2, dB2] -> dW2, dB2, dW1, dB1] | their order has to be dW1, dB1
back_propagate | da1 = -> update(parameters[2:], [dW2, dB2], 1); da1 = | a.T: leave that to
back_propagate | dW2, dB2] -> dW2, dB2], 0 | has to return two: the loss and a list of gradients
update | p -= -> p = p - | The change of W1: It stays as it was
update | learning_rate * g -> g | The change of W1: The learning rate is missing
update | p -= -> g *= 2; p -= | update changes gradients, as *= and
update | for p, g in zip(parameters, gradients): p -= -> parameters -= gradients * 2.0  # \
| take their arrays one by one.
train | range(iterations) -> range(2000) | OR, 9 iterations, a learning rate of 0.5: losses
train | = [] -> = []; x, y = __import__("dataset").xor_2_input() | OR, 9 iterations, a learning
train | append(loss) -> append(back_propagate(x, y, parameters)[0]) | Each is the loss after
train | = [] -> = []; parameters = [p + 0 for p in parameters] | train has to change the par
train | losses.append(loss) -> pass | (0,), not (2000,). Nothing is collected: append
train | update(parameters, gradients, learning_rate) -> pass | losses: It stays: every
""".replace("\\\n", "")
# script | what is right -> what stands in its place | what is said, in one or more parts
SCRIPTS = r"""
xor | sigmoid(z2, derivative=True) -> sigmoid(a2, derivative=True) | taken at a2; take it at z2
xor | W2.T @ dz2 -> W1.T @ dz2 | another layer's? -> da1 is made with W1, not with W2.T
xor | dz1 @ a0.T -> dz1 @ x | dW1: It is made with x as it came
xor | parameter -= -> parameter = parameter - | The change of W1: It stays as it was
xor | (error**2).sum() / error.size -> np.log(-error.size) | The loss is nan: is a log or a root
xor | loss, gradients = back_propagate(x, y, parameters) -> loss, g = back_propagate(x, y, \
parameters); gradients = gradients if losses else g | The second step is the first again
xor | return loss, [dW1, dB1, dW2 -> return loss, [dW1, dB1 | for 4 parameters: no dW2.
xor | return losses -> return | losses is None: is a return missing?
xor | a1 = sigmoid(z1) -> a1 = np.tanh(z1) | The slope is that of sigmoid; forward doesn't
2x2_image_recognition | W3.T @ dz3 -> W3.T @ dz3 * 2 | dW2 and dB2 are made: It is twice
2x2_image_recognition | dz2 @ a1.T -> dz2 @ a2.T | dW2 has the shape (7, 7), not (7, 5)
cubic | v[:] = momentum * v - -> v[:] = momentum * v + | The change of W1: It goes uphill
cubic | v[:] = momentum -> v = momentum | has to keep momentum times the first
cubic | z2 = W2 @ a1 + B2 -> z2 = W2 @ a1 | dB2: It has to be 0
linear | dz1 @ a0.T -> dz1 @ a0 | They fit with dz1.T or a0.T
""".replace("\\\n", "")


def rows(text):
    """The rows of a table: which, what is replaced by what, and the sentence."""
    for row in text.strip().splitlines():
        which, change, said = row.split(" | ")
        old, new = re.fullmatch(r"(.*?) ->(?: (.*))?", change).groups()
        yield pytest.param(which, old, new or "", said, id=f"{which}: {change}")


def named(printed):
    """How many of the mistakes that check knows are named in what it printed."""
    sentences = {row.split(" | ")[2] for row in mistakes.MISTAKES.strip().splitlines()}
    patterns = {re.sub(r"\\\{.*?\\\}", r"\\S*", re.escape(sentence)) for sentence in sentences}
    return sum(bool(re.search(pattern, printed)) for pattern in patterns)


@pytest.mark.parametrize("function, old, new, said", [*rows(HAND)])
def test_a_mistake_in_by_hand_is_named(says, function, old, new, said):
    assert old in SOLUTION[function]
    wrong = SOLUTION[function].replace(old, new, 1)
    code, printed = says(by_hand(**SOLUTION | {function: wrong}))
    *right, rest = re.split(r"^\d\. \w+ +right\n", printed, flags=re.MULTILINE)
    assert code == 1 and len(right) == [*SOLUTION].index(function)
    assert re.match(rf"\d\. {function} +wrong\n", rest) and said in rest and named(rest) <= 1


@pytest.mark.parametrize("script, old, new, said", [*rows(SCRIPTS)])
def test_a_mistake_in_a_script_is_named(says, script, old, new, said):
    text = (ROOT / f"{script}.py").read_text(encoding="utf-8")
    assert old in text
    code, printed = says(text.replace(old, new, 1))
    assert code == 1 and all(part in printed for part in said.split(" -> "))
    assert named(printed) <= 1


RIGHT = """
from_loss | m, q = y.shape; e = a2 - y.T; return np.vdot(e, e) / m / q, e * 2 / m / q
through_activation | a = sigmoid(z); return a * (1 - a) * da
to_weights | return sum(np.outer(dz[:, s], a[:, s]) for s in range(a.shape[1]))
to_bias | return dz @ np.ones((dz.shape[1], 1))
update | parameters[0] -= learning_rate * gradients[0]; update(parameters[1:], gradients[1:], \
learning_rate) if parameters[1:] else None
update | for i in range(4): parameters[i][:] = parameters[i] - learning_rate * gradients[i]
train | return [[back_propagate(x, y, parameters)[0], update(parameters, back_propagate(x, y, \
parameters)[1], learning_rate)][0] for _ in range(iterations)]
"""


@pytest.mark.parametrize("row", RIGHT.strip().splitlines())
def test_what_is_right_but_written_otherwise_passes(says, row):
    function, body = row.split(" | ")
    code, printed = says(by_hand(**SOLUTION | {function: body}))
    assert code == 0 and "Your network has learned XOR: its loss is 0.000105" in printed


def test_arguments_may_have_other_names(says):
    text = by_hand(**SOLUTION)
    for name in "parameters", "gradients", "learning_rate", "x", "y", "da", "dz", "W", "a", "z":
        text = re.sub(rf"\b{name}\b", f"my_{name}", text)
    assert says(text)[0] == 0


@pytest.mark.parametrize("script", ["xor", "linear", "cubic", "2x2_image_recognition"])
def test_every_gradient_of_a_script_is_right_and_off_by_next_to_nothing(script, capsys):
    assert check.main([script]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    layers = {"linear": [""], "2x2_image_recognition": "123"}.get(script, "12")
    assert [line.split()[0] for line in lines] == [f"d{c}{n}" for n in layers for c in "WB"]
    assert all(re.search("right, off by [0-9]e-1[0-9]$", line) for line in lines)
    assert last == "All gradients are the slopes of the loss, and train steps against them."


EXERCISES = {  # several at once: another activation, another loss
    "from activation import sigmoid": "from activation import leaky_relu, sigmoid",
    "sigmoid(z1": "leaky_relu(z1",
    "(error**2).sum() / error.size": "-np.mean(y.T * np.log(a2) + (1 - y.T) * np.log(1 - a2))",
    "dz2 = da2 * sigmoid(z2, derivative=True)": "dz2 = error / error.size",
}


def test_another_activation_and_another_loss_pass_with_their_own_gradients(says):
    text = (ROOT / "xor.py").read_text(encoding="utf-8")
    for old, new in EXERCISES.items():
        assert old in text
        text = text.replace(old, new)
    assert says(text)[0] == 0
    code, printed = says(text.replace("error / error.size\n", "2 * error / error.size\n"))
    assert code == 1 and "dz2, of which dW2 and dB2 are made: It is twice" in printed


def test_at_a_corner_of_relu_any_slope_is_right():  # nan stands for any
    class Relu:
        def back_propagate(x, y, parameters):  # noqa: N805
            return 100 * np.maximum(parameters[0], 0).sum(), []

    (slope,) = check.slopes(Relu, None, None, [W := np.array([[-1.0, 0, 1]])], [W])
    assert np.allclose(slope, [[0, np.nan, 100]], equal_nan=True)
    assert check.same(np.array([[0, 30, 100]]), slope) and not check.same(W, slope)


@pytest.mark.parametrize(
    "text, said",
    [
        ("", r"mine\.py has no back_propagate, nor by_hand\.py's functions\."),
        (by_hand(), r"1\. forward +comes next: it isn't written yet \(mine\.py, line 25\)"),
        ("x = 1\ndef f(:\n", r"SyntaxError: invalid syntax \(mine\.py, line 2\)"),
        ("x = 1 / 0", r"mine\.py, line 1: x = 1 / 0: ZeroDivisionError: .*"),
    ],
)
def test_what_cannot_be_checked_yet_takes_one_line(says, text, said):
    code, printed = says(text)
    assert code == 1 and re.fullmatch(said + "\n", printed)


def test_a_module_that_is_not_there_takes_one_line(capsys):
    assert check.main(["my_netwrok.py"]) == 1
    said = "my_netwrok.py isn't here: copy by_hand.py or a script to it.\n"
    assert capsys.readouterr().out == said


def test_the_page_shows_what_is_said_of_a_forgotten_keepdims(says):
    page = (ROOT / "exercises" / "README.md").read_text(encoding="utf-8")
    forgotten = SOLUTION["to_bias"].replace(", keepdims=True", "")
    _, printed = says(by_hand(**SOLUTION | {"to_bias": forgotten}))
    assert f"```text\n{printed}```" in page
