"""Say what is right in a network that you have written, what is wrong, and how.

    python -m exercises.check my_network    a copy of by_hand.py, function by function
    python -m exercises.check my_xor        a script with back_propagate, gradient by gradient

A gradient is right if it is the slope of the loss, found by moving a weight a little and
computing the loss again. Which mistake a wrong one is, mistakes.py tells.
"""

import argparse
import copy
import importlib
import inspect
from pathlib import Path

import numpy as np

import xor
from activation import sigmoid
from dataset import truth_table
from exercises.mistakes import NO_FIT, RULES, Wrong, explain, judge, judge_layer, layers, same


def load(name):
    """Return the reader's module, given its name, or its file as the shell completes it."""
    name = ".".join(Path(name.removesuffix(".py")).parts)
    try:
        return importlib.import_module(name)
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and name.startswith(error.name):
            raise Wrong(f"{name}.py isn't here: copy by_hand.py or a script to it.") from None
        raise Wrong(explain(error, name).replace("\n", ": ")) from None


def call(me, name, *args, changes=None, right=None):
    """Return what a function of the reader's returns; of these, only changes may change."""
    before = copy.deepcopy(args)
    try:
        result = getattr(me, name)(*args)
    except Exception as error:
        raise Wrong(explain(error, me.__name__, right)) from error
    for label, old, new in zip(inspect.signature(getattr(me, name)).parameters, before, args):
        arrays = isinstance(new, (list, np.ndarray)) and new is not changes
        if arrays and not all(map(np.array_equal, old, new)):
            hint = "leave that to update" if label == "parameters" else "make a new array"
            raise Wrong(f"{name} changes {label}, as *= and a[i] = b do, also of a.T: {hint}.")
    return result


def slopes(me, x, y, parameters, arrays):
    """Return the slope of the loss along each number of arrays; nan in a corner, as of relu."""
    h, here = 1e-5, me.back_propagate(x, y, parameters)[0]
    below, above = ([np.empty(array.shape) for array in arrays] for _ in range(2))
    for array, *losses in zip(arrays, below, above):
        for i in np.ndindex(array.shape):
            value = array[i]
            for loss, nudge in zip(losses, (-h, h)):
                array[i] = value + nudge
                loss[i] = me.back_propagate(x, y, parameters)[0]
            array[i] = value
    results = [(up - down) / (2 * h) for up, down in zip(above, below)]
    bends = [np.abs(up - 2 * here + down) / h for up, down in zip(above, below)]
    corner = 1e-3 * max(np.abs(result).max() for result in results)
    return [np.where(bend > corner, np.nan, result) for bend, result in zip(bends, results)]


def check_gradients(me, x, y, parameters):
    """Return a line for each gradient; raise Wrong unless each is the slope of the loss."""
    result = call(me, "back_propagate", x, y, parameters)
    gradients = result[1] if isinstance(result, (list, tuple)) and len(result) == 2 else None
    if not isinstance(gradients, (list, tuple)) or np.ndim(result[0]):
        raise Wrong("back_propagate has to return two: the loss and a list of gradients.")
    if not np.isfinite(result[0]):
        raise Wrong(f"The loss is {result[0]}: is a log or a root taken of what isn't above 0?")
    right = slopes(me, x, y, parameters, parameters)
    numbers = range(1, len(right) // 2 + 1) if len(right) > 2 else [""]
    labels = [f"d{letter}{number}" for number in numbers for letter in "WB"]
    scale = max(np.nanmax(np.abs(slope), initial=0) for slope in right)
    there = [any(same(got, slope, scale) for got in gradients) for slope in right]
    if len(gradients) != len(right):
        missing = ", ".join(label for label, found in zip(labels, there) if not found)
        raise Wrong(f"{len(gradients)} gradients for {len(right)} parameters: no {missing}.")
    fine = [same(got, slope, scale) for got, slope in zip(gradients, right)]
    if all(there) and not all(fine):
        raise Wrong(f"The gradients are right, but their order has to be {', '.join(labels)}.")
    lines = []
    for label, good, got, slope in zip(labels, fine, gradients, right):
        lines.append(f"{label:3}  {'right' if good else 'wrong'}")
        if np.shape(got) == slope.shape:
            lines[-1] += f", off by {np.nanmax(np.abs(got - slope), initial=0):.0e}"
    if all(fine):
        return lines
    # the loss of one sample follows z as it follows B: so this is dz, a column for each sample
    columns = [slopes(me, x[[s]], y[[s]], parameters, parameters[1::2]) for s in range(len(x))]
    dz = [np.hstack(column) for column in zip(*columns)]
    try:
        for i, names in layers(x, y, parameters, me.forward(x, parameters), dz, right[-1]):
            pairs = (each[2 * i : 2 * i + 2] for each in (labels, gradients, right))
            judge_layer(*pairs, names, scale)
    except Wrong as wrong:
        lines.append(str(wrong))
    raise Wrong("\n".join(lines))


def check_moves(me, name, args, parameters, gradients, rate):
    """Raise Wrong unless each parameter moves against its gradient, in place."""
    before, arrays = copy.deepcopy(parameters), [*parameters]
    call(me, name, *args, changes=parameters)
    for i, (array, old, gradient) in enumerate(zip(arrays, before, gradients)):
        label, change = f"The change of {'WB'[i % 2]}{i // 2 + 1}", array - old
        if parameters[i] is not array:
            raise Wrong(f"{label}: the list has a new array; change the old one, with -=.")
        if name == "update" or (change * gradient).sum() >= 0:  # train may have momentum
            judge("step", label, change, -rate * gradient, {"gradient": gradient, "rate": rate})


def check_rule(me, name, nodes, samples):
    """Raise Wrong unless one function of a copy of by_hand.py does what it has to."""
    rng, (n_inputs, h, q) = np.random.default_rng(0), nodes[:3]
    x, y = rng.integers(0, 2, (samples, n_inputs)) + 0.0, rng.uniform(0, 1, (samples, q))
    shapes = (h, n_inputs), (h, 1), (q, h), (q, 1)
    W1, B1, W2, B2 = parameters = [rng.normal(0, 1, shape) for shape in shapes]
    gradients = [rng.normal(0, 1, shape) for shape in shapes]
    W, a, (da, z, dz) = W2, rng.uniform(0, 1, (h, samples)), rng.normal(0, 1, (3, q, samples))
    a2, f, slope, p, n, m = sigmoid(z), sigmoid, sigmoid(z, derivative=True), "", "", ""
    names = {**locals(), "outputs": q, "numbers": y.size}
    if name == "back_propagate":
        check_gradients(me, x, y, parameters)
        losses = (script.back_propagate(x, y, parameters)[0] for script in (me, xor))
        judge("loss", "loss", *losses, names)
    elif name == "update":
        check_moves(me, name, (parameters, gradients, 0.3), parameters, gradients, 0.3)
    else:
        arguments, results = RULES[name].split(" -> ")
        results = [result.split(" = ") for result in results.split("; ")]
        for label, formula in results:
            names[label] = eval(formula, {"np": np}, names)
        right = {label: names[label] for label, _ in results}
        got = call(me, name, *eval(f"({arguments},)", names), right=right)
        got = [got] if len(right) == 1 else got
        if not isinstance(got, (tuple, list)) or len(got) != len(right):
            raise Wrong(f"It has to return {', '.join(right)}: is one missing, or a return?")
        for label, value in zip(right, got):
            judge(label, label, value, right[label], names)


def check_training(me, gate="xor", iterations=2000, rate=8.0, note=""):
    """Raise Wrong unless train learns a gate just as xor.py does; return the last loss."""
    X, Y = truth_table(gate)
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))
    losses = np.array(xor.train(X, Y, copy.deepcopy(parameters), iterations + 1, rate))
    got = call(me, "train", X, Y, parameters, iterations, rate, changes=parameters)
    judge("losses", f"{note}losses", got, losses[:-1], {"later": losses[1:]})
    if not same(me.back_propagate(X, Y, parameters)[0], losses[-1]):
        raise Wrong("train has to change the parameters that it is given.")
    return losses[-1]


def check_script(me, nodes, samples):
    """Return a line for each gradient of a script; raise Wrong if something is."""
    rng = np.random.default_rng(0)
    sizes = nodes[: len(inspect.signature(me.initialize).parameters) - 1]
    parameters = call(me, "initialize", *sizes, rng)
    parameters = [p + rng.normal(0, 0.5, p.shape) for p in parameters]  # biases are 0 at first
    x, y = (rng.uniform(0, 1, (samples, len(p))) for p in (parameters[0].T, parameters[-1]))
    lines = check_gradients(me, x, y, parameters)
    loss, gradients = me.back_propagate(x, y, parameters)
    one, two = copy.deepcopy(parameters), copy.deepcopy(parameters)
    check_moves(me, "train", (x, y, one, 1, 1e-3), one, gradients, 1e-3)
    later, gradients = me.back_propagate(x, y, one)
    judge("losses", "losses", me.train(x, y, two, 2, 1e-3), np.array([loss, later]), {})
    first, second = ([q - p for p, q in zip(*pair)] for pair in ((parameters, one), (one, two)))
    if all(map(same, second, first)):
        raise Wrong("The second step is the first again: every iteration has its gradients.")
    if momentum := inspect.signature(me.train).parameters.get("momentum"):
        right = (momentum.default * step - 1e-3 * g for step, g in zip(first, gradients))
        if not all(map(same, second, right)):
            raise Wrong("The second step has to keep momentum times the first.")
    return lines


def attempt(check, *args):
    """Check with sizes that all differ, then with equal ones, where a wrong product fits."""
    try:
        result = check(*args, (3, 5, 7, 13, 17), 11)
    except Wrong as wrong:
        try:
            if NO_FIT in str(wrong):
                check(*args, (4, 4, 4, 4, 4), 4)
        except Exception as then:  # what has a cause says no more than before
            if isinstance(then, Wrong) and then.__cause__ is None:
                last = str(then).splitlines()[-1]
                raise Wrong(f"{wrong}\nWith 4 of everything it runs. {last}") from None
        raise
    check(*args, (4, 4, 4, 4, 4), 4)
    return result


def check_steps(me):
    """Print each function of a copy of by_hand.py that is right, up to the first that isn't."""
    for number, name in enumerate([*RULES, "back_propagate", "update", "train"], 1):
        label = f"{number}. {name:20}"
        try:
            if name != "train":
                attempt(check_rule, me, name)
            else:
                loss = check_training(me)
                check_training(me, "or", 9, 0.5, "OR, 9 iterations, a learning rate of 0.5: ")
        except Wrong as wrong:
            if isinstance(wrong.__cause__, NotImplementedError):
                place = str(wrong).split(": ")[0]
                raise Wrong(f"{label}comes next: it isn't written yet ({place})") from None
            raise Wrong(f"{label}wrong\n{wrong}") from None
        print(f"{label}right")
    print(f"Your network has learned XOR: its loss is {loss:.6f}, as xor.py's.")
    print("xor.py is the same in one piece. Read it next, and go on with exercises/README.md.")


@np.errstate(all="ignore")
def main(argv=None):
    """Check one module; return 0 if all is right, else 1."""
    parser = argparse.ArgumentParser(description="Check a network that you have written.")
    parser.add_argument("name", help="my_network, a copy of by_hand.py, or a script, as xor")
    try:
        me = load(parser.parse_args(argv).name)
        if any(hasattr(me, name) for name in [*RULES][1:]):
            check_steps(me)
        elif hasattr(me, "back_propagate"):
            print("\n".join(attempt(check_script, me)))
            print("All gradients are the slopes of the loss, and train steps against them.")
        else:
            raise Wrong(f"{me.__name__}.py has no back_propagate, nor by_hand.py's functions.")
    except Exception as error:  # Wrong, or from a function of the reader's
        print(error if isinstance(error, Wrong) else explain(error, me.__name__))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
