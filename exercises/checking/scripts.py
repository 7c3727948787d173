"""Call the functions of a script, as xor.py, and check what they return."""

import numpy as np

from activation import ACTIVATIONS, linear
from exercises.checking.compare import Stopped, Wrong, is_numbers, same
from exercises.checking.gradients import check_gradients
from exercises.checking.layer import kinds_of, labels_of
from exercises.checking.program import RANDOM
from exercises.checking.training import check_train


def check_back_propagate(program, nodes, n_samples):
    """Return the gradients of a script, as Gradient; raise Wrong unless all are right."""
    x, y, parameters = example(program, nodes, n_samples)
    try:
        _, gradients = check_gradients(program, x, y, parameters)
    except Stopped as stopped:
        program.check_order("back_propagate", ["x", "y", "parameters"], stopped)
        check_shapes(parameters, stopped)
        raise
    return gradients


def check_shapes(parameters, stopped):
    """Raise Wrong with more words than in stopped, if weights or biases have an odd shape."""
    for label, W, B in zip(labels_of(parameters), parameters, parameters[1:]):
        if W.ndim != 2:  # it isn't weights, but biases
            continue
        nodes, inputs = W.shape
        text = f"{stopped}\ninitialize returns {label} of shape {W.shape}"
        if nodes != inputs and B.shape == (inputs, 1):
            raise Wrong(
                f"{text}, for {inputs} nodes. In xor.py weights are (nodes, inputs), so it "
                f"would be {W.T.shape}."
            ) from None
        if nodes > 1 and B.shape in [(nodes,), (1, nodes)]:
            raise Wrong(
                f"{text}, and then an array of shape {B.shape}. In xor.py biases are (nodes, "
                f"1), so it would be {(nodes, 1)}."
            ) from None


def check_training(program, nodes, n_samples):
    """Raise Wrong unless train steps against the gradients, and collects the losses.

    Return a remark if it does so in an unusual way, else an empty text.
    """
    if not program.has("train"):
        raise Wrong(f"{program.name} has no train.")
    remark = check_train(program, *example(program, nodes, n_samples), rate=1e-3)
    if remark.endswith("."):  # and not with a question
        remark += " This is fine if it is meant so."
    return remark


def check_initialize(program, nodes, n_samples):
    """Raise Wrong if hidden nodes start equal, because then they stay equal."""
    parameters = initialized(program, nodes)
    arrays = dict(zip(kinds_of(parameters), parameters, strict=True))
    for n in range(1, len(arrays)):
        # a hidden node has a bias, weights that come in, and weights that go out
        of_nodes = [arrays.get(kind) for kind in (("W", n), ("B", n), ("W", n + 1))]
        if all(array is not None and np.ptp(array) == 0 for array in of_nodes):
            raise Wrong(
                f"But initialize makes all weights of W{n} equal, and all of W{n + 1}. Hidden "
                "nodes that start equal stay equal, so draw the weights at random."
            )


def check_predict(program, nodes, n_samples):
    """Raise Wrong if predict doesn't return what forward puts out, in a row for each sample."""
    x, y, parameters = example(program, nodes, n_samples)
    values = program.forward_values(x, parameters)
    if not program.has("predict") or values is None or len(values) < 2:
        return
    try:
        y_hat, inputs_of_predict = result_and_inputs(program, "predict", x, parameters)
    except Stopped as stopped:
        program.check_order("predict", ["x", "parameters"], stopped)
        raise
    _, inputs = result_and_inputs(program, "back_propagate", x, y, parameters)
    if len(inputs) == 1 and not same(inputs[0], x):  # back_propagate recodes x, and not forward
        values = program.forward_values(inputs[0], parameters) or values
    if np.shape(y_hat) == y.T.shape != y.shape:
        raise Wrong(
            "But predict returns a column for each sample. It has to be a row: take .T."
        )
    output = values[-1] if values[-1].shape == y.shape else values[-1].T
    if same(y_hat, output):
        return
    if same(y_hat, values[-2].T):
        raise Wrong(
            "But predict returns the last but one of what forward returns. Take the last."
        )
    for i, value in enumerate(values):
        if np.shape(y_hat) != y.shape and same(y_hat, value.T):
            raise Wrong(f"But predict returns [{i}] of what forward returns. Take the last.")
    if len(inputs) == len(inputs_of_predict) == 1 and not same(inputs_of_predict[0], inputs[0]):
        raise Wrong(
            "But predict passes other numbers to forward than back_propagate does, for the "
            "same x. Is x recoded twice, or changed in another way?"
        )
    if output.shape == y.shape and is_numbers(y_hat):  # else they can't be compared
        check_outputs(y_hat, output, values)


def result_and_inputs(program, name, *args):
    """Return what a function returns, and a list of the arrays x that it passes to forward."""
    with program.noted("forward") as calls:
        result = program.checked_call(name, *args)
    inputs = [call[0] for call in calls if call and isinstance(call[0], np.ndarray)]
    return result, inputs


def check_outputs(y_hat, output, values):
    """Raise Wrong if what predict returns, y_hat, isn't made of the outputs of forward.

    values are all that forward returns, and output is the last of them, with samples as rows.
    """
    if same(y_hat, np.reshape(output.T, output.shape)):
        raise Wrong("But predict reshapes the outputs. Only .T makes columns into rows.")
    for f in ACTIVATIONS.values():
        if f is not linear and same(values[-1], f(values[-2])) and same(y_hat, f(output)):
            raise Wrong("But predict applies the activation once more to the outputs.")
    if not has_its_order(y_hat, output):
        raise Wrong(
            "But predict returns other numbers than forward puts out for x. Is x changed, or "
            "are other parameters taken?"
        )


def has_its_order(y_hat, output):
    """Whether y_hat can be made of output by a step, rounding, another scale, or softmax.

    None of them makes the smaller of two outputs the larger one. It is also right to return
    for each sample which of its outputs is the largest.
    """
    n_samples, n_outputs = output.shape
    if np.size(y_hat) == np.size(output):
        y_hat = np.reshape(y_hat, output.shape)
        in_rows = n_outputs > 1 and all(map(is_ordered, y_hat, output))
        return in_rows or is_ordered(y_hat.ravel(), output.ravel())
    if np.size(y_hat) == n_samples and np.array_equal(y_hat, np.round(y_hat)):
        numbers_of_kinds = np.ravel(y_hat)
        kinds = output.argmax(axis=1)
        return all(np.ptp(numbers_of_kinds[kinds == kind]) == 0 for kind in set(kinds))
    return True  # something of its own


def is_ordered(numbers, others):
    """Whether none of the numbers is smaller than one with a smaller number among others."""
    numbers_in_order = numbers[np.argsort(others)] + 0.0
    return (np.diff(numbers_in_order) > -1e-9).all()


def example(program, nodes, n_samples):
    """Return x, y and parameters for a script.

    The desired outputs are 0 and 1. If there are several, exactly one of each sample is 1. So
    they can be read as probabilities, as cross-entropy reads them.
    """
    rng = np.random.default_rng(0)
    parameters = initialized(program, nodes)
    n_numbers = len(number_arguments(program))
    if n_numbers >= 3:
        n_inputs, n_outputs = nodes[0], nodes[n_numbers - 1]
    else:
        n_inputs, n_outputs = parameters[0].shape[1], len(parameters[-1])
    # biases are 0 at first, and shouldn't stay so
    parameters = [array + rng.normal(0, 0.5, array.shape) for array in parameters]
    x = rng.uniform(0, 1, (n_samples, n_inputs))
    kinds = rng.permutation(np.arange(n_samples) % max(2, n_outputs))
    y = np.eye(n_outputs)[kinds] if n_outputs > 1 else kinds.reshape(-1, 1) + 0.0
    return x, y, parameters


def number_arguments(program):
    """Return the names of the arguments of initialize that are numbers of nodes."""
    arguments = program.arguments("initialize")
    needed = [name for name, each in arguments.items() if each.default is each.empty]
    return [name for name in needed if name not in RANDOM]


def initialized(program, nodes):
    """Return what initialize returns, called with numbers of nodes, and perhaps rng."""
    if not program.has("initialize"):
        raise Wrong(f"{program.name} has no initialize, which returns the parameters.")
    options = dict(zip(number_arguments(program), nodes))
    options.update(program.random_arguments("initialize"))
    try:
        parameters = program.call("initialize", **options)
    except Wrong as wrong:
        raise Wrong(
            f"{wrong}\nThe check calls initialize with numbers of nodes, and with a generator "
            "of random numbers if it has an argument rng or generator."
        ) from None
    is_list = isinstance(parameters, (list, tuple)) and len(parameters) > 0
    if not is_list or not all(isinstance(array, np.ndarray) for array in parameters):
        raise Wrong(
            "The check expects that initialize returns a list of arrays, as [W1, B1, W2, B2]."
        )
    for label, array in zip(labels_of(parameters), parameters, strict=True):
        if not np.issubdtype(array.dtype, np.inexact):
            raise Wrong(
                f"initialize returns {label} as an array of integers, which takes no small "
                "steps. Make it an array of floats."
            )
        if label.startswith("W") and array.ndim != 2:
            raise Wrong(
                f"initialize returns {label} of shape {array.shape}. Weights have to be "
                "(nodes, inputs). rng.normal takes a mean, a standard deviation and a shape."
            )
    return parameters
