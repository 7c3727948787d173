"""What has each function of by_hand.py to return, and which table of mistakes is for it?

Each check raises Wrong unless its function is right. nodes are the numbers of inputs, hidden
nodes and outputs, and perhaps more, which aren't used. program.checked_call calls a function of
the student's, and raises Wrong if it changes one of its arguments other than may_change.
"""

import copy

import numpy as np

import xor
from activation import sigmoid
from dataset import truth_table
from exercises import mistakes
from exercises.checking.compare import Wrong, compare, same
from exercises.checking.gradients import check_gradients
from exercises.checking.layer import Layer, labels_of
from exercises.checking.training import check_that_all_move, check_train


def check_forward(program, nodes, n_samples):
    x, y, parameters = example(nodes, n_samples)
    first, last = layers_of_xor(x, y, parameters)
    results = program.checked_call("forward", x, parameters)
    labels = ["a0", "z1", "a1", "z2", "a2"]
    right = [first.a_in, first.z, first.a, last.z, last.a]
    tables = [
        mistakes.in_a0(x),
        mistakes.in_z(first),
        mistakes.in_a(first),
        mistakes.in_z(last),
        mistakes.in_a(last),
    ]
    formulas = ["2 x.T - 1", "W1 @ a0 + B1", "f(z1)", "W2 @ a1 + B2", "f(z2)"]
    compare_all(labels, results, right, tables, formulas)


def check_from_loss(program, nodes, n_samples):
    _, last = layers_of_xor(*example(nodes, n_samples))
    results = program.checked_call("from_loss", last.a, last.y)
    right = [np.mean((last.a - last.y.T) ** 2), last.da]
    tables = [mistakes.in_loss(last), mistakes.in_da_of_from_loss(last)]
    formulas = ["the mean of (a2 - y.T)^2", "2 / (samples * outputs) times (a2 - y.T)"]
    compare_all(["loss", "da2"], results, right, tables, formulas)


def check_through_activation(program, nodes, n_samples):
    layer = single_layer(nodes, n_samples)
    dz = program.checked_call("through_activation", layer.da, layer.z)
    table = [*mistakes.in_dz(layer), *mistakes.in_any_derivative(layer.dz, layer)]
    compare("dz", dz, layer.dz, table, "It has to be da times the slope f'(z), taken at z.")


def check_to_weights(program, nodes, n_samples):
    layer = single_layer(nodes, n_samples)
    dW = program.checked_call("to_weights", layer.dz, layer.a_in)
    compare("dW", dW, layer.dW, mistakes.in_dW(layer), "It has to be dz @ a.T.")


def check_to_bias(program, nodes, n_samples):
    layer = single_layer(nodes, n_samples)
    dB = program.checked_call("to_bias", layer.dz)
    compare("dB", dB, layer.dB, mistakes.in_dB(layer), "Add up each row of dz.")


def check_to_layer_before(program, nodes, n_samples):
    layer = single_layer(nodes, n_samples)
    da = program.checked_call("to_layer_before", layer.W, layer.dz)
    table = mistakes.in_da_of_to_layer_before(layer)
    compare("da", da, layer.W.T @ layer.dz, table, "It has to be W.T @ dz.")


def check_back_propagate(program, nodes, n_samples):
    x, y, parameters = example(nodes, n_samples)
    loss, _ = check_gradients(program, x, y, parameters)
    right, _ = xor.back_propagate(x, y, parameters)
    if not same(loss, right):
        raise Wrong("The loss isn't the one that from_loss returns for a2 and y.")


def check_update(program, nodes, n_samples):
    _, _, parameters = example(nodes, n_samples)
    gradients = [np.sin(9 * array) for array in parameters]  # any numbers will do
    before = copy.deepcopy(parameters)
    arrays = [*parameters]
    program.checked_call("update", parameters, gradients, 0.3, may_change=parameters)
    for i, (now, old) in enumerate(zip(parameters, arrays)):
        if now is not old:
            raise Wrong(
                f"The list has a new array at {i}. Change the old one, with -=, so that all "
                "who have it see the change."
            )
    steps = [new - old for old, new in zip(before, parameters)]
    labels = labels_of(before)
    check_that_all_move(labels, steps, gradients)
    for label, old, step, gradient in zip(labels, before, steps, gradients):
        table = mistakes.in_step(old, gradient, 0.3, n_samples)
        formula = "It has to be -learning_rate * gradient."
        compare(f"The change of {label}", step, -0.3 * gradient, table, formula)


def check_train_by_hand(program, nodes, n_samples):
    remark = check_train(program, *example(nodes, n_samples), rate=0.3)
    if remark:  # in a script, other steps may be meant so; here they are given
        raise Wrong(remark)


def check_learning(program):
    """Return the losses of 2000 iterations on XOR; raise Wrong unless they are xor.py's."""
    x, y = truth_table("xor")
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))
    right = xor.train(x, y, copy.deepcopy(parameters), 2000, 8.0)
    losses = program.checked_call("train", x, y, parameters, 2000, 8.0, may_change=parameters)
    if not same(np.asarray(losses), np.array(right)):
        raise Wrong("The losses of 2000 iterations are not those of xor.py.")
    return losses


# --- What the functions are given, and what they have to return -------------------------------


def example(nodes, n_samples):
    """Return x, y and the parameters of a network with two layers."""
    rng = np.random.default_rng(0)
    n_inputs, n_hidden, n_outputs = nodes[:3]
    shapes = [(n_hidden, n_inputs), (n_hidden, 1), (n_outputs, n_hidden), (n_outputs, 1)]
    x = rng.integers(0, 2, (n_samples, n_inputs)) + 0.0
    y = rng.uniform(0, 1, (n_samples, n_outputs))
    return x, y, [rng.normal(0, 1, shape) for shape in shapes]


def layers_of_xor(x, y, parameters):
    """Return both layers of the network, with what forward and from_loss have to compute."""
    W1, B1, W2, B2 = parameters
    a0, z1, a1, z2, a2 = xor.forward(x, parameters)
    first = Layer(n=1, W=W1, B=B1, a_in=a0, z=z1, a=a1, f=sigmoid, x=x)
    last = Layer(n=2, W=W2, B=B2, a_in=a1, z=z2, a=a2, f=sigmoid, y=y, before=first)
    last.slope = sigmoid(z2, derivative=True)
    last.da = 2 / y.size * (a2 - y.T)
    last.dz = last.da * last.slope
    last.n_samples, last.n_outputs = y.shape
    last.is_mse = True
    return first, last


def single_layer(nodes, n_samples):
    """Return a layer by itself, with any numbers in W, a_in and da."""
    rng = np.random.default_rng(0)
    _, n_inputs, n_nodes = nodes[:3]
    W = rng.normal(0, 1, (n_nodes, n_inputs))
    a_in = rng.normal(0, 1, (n_inputs, n_samples))
    z = W @ a_in
    da = rng.normal(0, 1, z.shape)
    slope = sigmoid(z, derivative=True)
    dz = da * slope
    dB = dz.sum(axis=1, keepdims=True)
    return Layer(
        W=W, a_in=a_in, z=z, a=sigmoid(z), f=sigmoid, slope=slope,
        da=da, dz=dz, dW=dz @ a_in.T, dB=dB, n_samples=n_samples,
    )  # fmt: skip


def compare_all(labels, results, right, tables, formulas):
    """Compare each of several results; raise Wrong if one is missing, or if their order is."""
    names = ", ".join(labels)
    if not isinstance(results, (tuple, list)) or len(results) != len(labels):
        raise Wrong(f"It has to return {names}: is one missing, or is a return?")
    is_right = [same(result, array) for result, array in zip(results, right, strict=True)]
    all_are_there = all(any(same(result, array) for result in results) for array in right)
    if all_are_there and not all(is_right):
        text = f"All is right but the order, which has to be {names}."
        raise Wrong(text, mistake=text)
    for label, result, array, table, formula in zip(
        labels, results, right, tables, formulas, strict=True
    ):
        compare(label, result, array, table, f"It has to be {formula}.")
