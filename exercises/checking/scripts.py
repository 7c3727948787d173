"""Call the functions of a script, as xor.py, and check what they return."""

import numpy as np

from exercises.checking.compare import Stopped, Wrong, same
from exercises.checking.gradients import check_gradients
from exercises.checking.layer import kinds_of, labels_of
from exercises.checking.training import check_train

RANDOM = "rng", "generator", "seed"  # names of arguments that aren't numbers of nodes


def check_back_propagate(program, nodes, n_samples):
    """Return the gradients of a script, as Gradient; raise Wrong unless all are right."""
    x, y, parameters = example(program, nodes, n_samples)
    try:
        _, gradients = check_gradients(program, x, y, parameters)
    except Stopped as stopped:
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
    """Raise Wrong unless train steps against the gradients.

    Return a remark if its steps are longer, shorter or other ones than usual, else None.
    """
    if not program.has("train"):
        raise Wrong(f"{program.name} has no train.")
    return check_train(program, *example(program, nodes, n_samples), rate=1e-3)


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
    """Raise Wrong if predict returns samples as columns, or what comes before the outputs."""
    x, y, parameters = example(program, nodes, n_samples)
    values = program.forward_values(x, parameters)
    if not program.has("predict") or values is None or len(values) < 2:
        return
    y_hat = program.call("predict", x, parameters)
    if np.shape(y_hat) == y.T.shape != y.shape:
        raise Wrong(
            "But predict returns a column for each sample. It has to be a row: take .T."
        )
    if same(y_hat, values[-2].T) and not same(y_hat, values[-1].T):
        raise Wrong(
            "But predict returns the last but one of what forward returns. Take the last."
        )


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
    for name in RANDOM:
        if name in program.arguments("initialize"):
            options[name] = 0 if name == "seed" else np.random.default_rng(0)
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
