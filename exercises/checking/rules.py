"""What has each function of by_hand.py to return, and which table of mistakes is for it?"""

import copy

import numpy as np

import xor
from activation import sigmoid
from dataset import truth_table
from exercises import mistakes
from exercises.checking.compare import Wrong, compare, same
from exercises.checking.gradients import check_gradients
from exercises.checking.layer import Layer, labels_of
from exercises.checking.training import changes, check_that_all_move, check_train


class Example:
    """Random numbers of the right shapes, and what each rule has to make of them."""

    def __init__(self, nodes, n_samples):
        rng = np.random.default_rng(0)
        n_inputs, n_hidden, n_outputs = nodes[:3]
        shapes = [(n_hidden, n_inputs), (n_hidden, 1), (n_outputs, n_hidden), (n_outputs, 1)]
        x = rng.integers(0, 2, (n_samples, n_inputs)) + 0.0
        y = rng.uniform(0, 1, (n_samples, n_outputs))
        self.x = x
        self.y = y
        self.parameters = [rng.normal(0, 1, shape) for shape in shapes]
        self.gradients = [rng.normal(0, 1, shape) for shape in shapes]

        # forward and from_loss: the two layers of a network
        W1, B1, W2, B2 = self.parameters
        a0, z1, a1, z2, a2 = xor.forward(x, self.parameters)
        slope = sigmoid(z2, derivative=True)
        error = a2 - y.T
        da = 2 / error.size * error
        self.loss = np.mean(error**2)
        self.first = Layer(W=W1, B=B1, a_in=a0, z=z1, a=a1, f=sigmoid, n=1, x=x)
        self.last = Layer(W=W2, B=B2, a_in=a1, z=z2, a=a2, f=sigmoid, n=2, y=y)
        self.last.before = self.first
        self.last.n_outputs = n_outputs
        self.last.slope = slope
        self.last.da = da
        self.last.dz = da * slope

        # through_activation, to_weights and to_bias: a layer by itself, with any da or dz
        da = rng.normal(0, 1, (n_outputs, n_samples))
        dz = rng.normal(0, 1, (n_outputs, n_samples))
        dB = dz.sum(axis=1, keepdims=True)
        self.through = Layer(z=z2, f=sigmoid, slope=slope, da=da, dz=da * slope)
        self.back = Layer(W=W2, B=B2, a_in=a1, dz=dz, dW=dz @ a1.T, dB=dB)


# --- Functions that compute something ---------------------------------------------------------


def arguments_and_results(example):
    """Return for each function its arguments, and what it has to return.

    The latter is {label: (array, table of mistakes)}.
    """
    first, last, through, back = example.first, example.last, example.through, example.back
    return {
        "forward": (
            (example.x, example.parameters),
            {
                "a0": (first.a_in, mistakes.wrong_a0(example.x)),
                "z1": (first.z, mistakes.wrong_z(first)),
                "a1": (first.a, mistakes.wrong_a(first)),
                "z2": (last.z, mistakes.wrong_z(last)),
                "a2": (last.a, mistakes.wrong_a(last)),
            },
        ),
        "from_loss": (
            (last.a, last.y),
            {
                "loss": (example.loss, mistakes.wrong_loss(last)),
                "da2": (last.da, mistakes.wrong_da_of_from_loss(last)),
            },
        ),
        "through_activation": (
            (through.da, through.z),
            {"dz": (through.dz, mistakes.wrong_dz(through))},
        ),
        "to_weights": ((back.dz, back.a_in), {"dW": (back.dW, mistakes.wrong_dW(back))}),
        "to_bias": ((back.dz,), {"dB": (back.dB, mistakes.wrong_dB(back))}),
        "to_layer_before": (
            (back.W, back.dz),
            {"da": (back.W.T @ back.dz, mistakes.wrong_da_of_to_layer_before(back))},
        ),
    }


FORMULAS = {  # said where a mistake has no name
    "dz": "It has to be da times the slope f'(z), which is taken at z.",
    "dW": "It has to be dz @ a.T.",
    "dB": "It has to be the sum of each row of dz.",
    "da": "It has to be W.T @ dz.",
}


def check_results(program, name, nodes, n_samples):
    """Raise Wrong unless a function returns what the README computes."""
    arguments, expected = arguments_and_results(Example(nodes, n_samples))[name]
    arrays = {label: array for label, (array, _) in expected.items()}
    results = program.checked_call(name, *arguments, expected=arrays)
    if len(expected) == 1:
        results = [results]
    labels = ", ".join(expected)
    if not isinstance(results, (tuple, list)) or len(results) != len(expected):
        raise Wrong(f"It has to return {labels}: is one missing, or is a return?")
    is_right = all(map(same, results, arrays.values()))
    if not is_right and all(is_among(array, results) for array in arrays.values()):
        raise Wrong(f"All is right but the order, which has to be {labels}.", is_named=True)
    for result, (label, (array, table)) in zip(results, expected.items()):
        try:
            compare(label, result, array, table)
        except Wrong as wrong:
            if wrong.is_named or label not in FORMULAS:
                raise
            raise Wrong(f"{wrong} {FORMULAS[label]}") from None


def is_among(array, results):
    """Whether an array is one of several results."""
    return any(same(result, array) for result in results)


# --- back_propagate, update and train ---------------------------------------------------------


def check_back_propagate(program, name, nodes, n_samples):
    """Raise Wrong unless back_propagate returns the loss of from_loss, and its slopes."""
    example = Example(nodes, n_samples)
    x, y, parameters = example.x, example.y, example.parameters
    loss, _ = check_gradients(program, x, y, parameters)
    right, _ = xor.back_propagate(x, y, parameters)
    if not same(loss, right):
        raise Wrong("The loss isn't the one that from_loss returns for a2 and y.")


def check_update(program, name, nodes, n_samples):
    """Raise Wrong unless update moves each array itself, by -learning_rate * gradient."""
    example = Example(nodes, n_samples)
    parameters, gradients = example.parameters, example.gradients
    before = copy.deepcopy(parameters)
    arrays = [*parameters]
    program.checked_call("update", parameters, gradients, 0.3, may_change=parameters)
    for i, (now, old) in enumerate(zip(parameters, arrays)):
        if now is not old:
            raise Wrong(
                f"The list has a new array at {i}. Change the old one, with -=, so that all "
                "who have it see the change."
            )
    steps = changes(before, parameters)
    check_that_all_move(labels_of(before), steps, gradients)
    for label, step, gradient in zip(labels_of(before), steps, gradients):
        table = mistakes.wrong_step(gradient, 0.3, n_samples)
        compare(f"The change of {label}", step, -0.3 * gradient, table)


def check_learning(program):
    """Raise Wrong unless train learns XOR as xor.py does."""
    x, y = truth_table("or")
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))
    parameters = [array + 0.1 for array in parameters]  # biases are 0 at first
    note = check_train(program, x, y, parameters, rate=0.3)
    if note:
        raise Wrong(note)

    x, y, parameters = start_of_xor()
    losses = program.checked_call("train", x, y, parameters, 2000, 8.0, may_change=parameters)
    if not same(np.asarray(losses), losses_of_xor()):
        raise Wrong("The losses of 2000 iterations are not those of xor.py.")


def losses_of_xor():
    """Return the losses of xor.py, one for each of 2000 iterations."""
    return np.array(xor.train(*start_of_xor(), 2000, 8.0))


def start_of_xor():
    """Return x, y and the parameters with which xor.py begins."""
    x, y = truth_table("xor")
    return x, y, xor.initialize(2, 4, 1, np.random.default_rng(0))


CHECKS = {  # in the order in which the functions are written
    "forward": check_results,
    "from_loss": check_results,
    "through_activation": check_results,
    "to_weights": check_results,
    "to_bias": check_results,
    "to_layer_before": check_results,
    "back_propagate": check_back_propagate,
    "update": check_update,
}
