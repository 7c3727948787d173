"""Call the functions of a script, as xor.py, and check what they return."""

import numpy as np

from exercises.checking.compare import Wrong
from exercises.checking.gradients import check_gradients
from exercises.checking.layer import labels_of
from exercises.checking.sizes import DIFFERENT
from exercises.checking.training import check_train


def check_back_propagate(program, nodes, n_samples):
    """Return the gradients of a script, as Gradient; raise Wrong unless all are right."""
    x, y, parameters = example_for(program, nodes, n_samples)
    try:
        _, gradients = check_gradients(program, x, y, parameters)
    except Wrong as wrong:
        check_weights(parameters, wrong)
        raise
    return gradients


def check_weights(parameters, wrong):
    """Raise Wrong with more words than in wrong, if initialize returns transposed weights."""
    for label, W, B in zip(labels_of(parameters), parameters, parameters[1:]):
        if W.ndim == 2 and W.shape[0] != W.shape[1] and B.shape == (W.shape[1], 1):
            raise Wrong(
                f"initialize returns {label} of shape {W.shape}, for {len(B)} nodes. In xor.py "
                f"weights are (nodes, inputs), so it would be {W.T.shape}.\n{wrong}"
            ) from None


def check_training(program):
    """Raise Wrong unless a script's train steps against the gradients.

    Return a note on how long its steps are, or None.
    """
    if not program.has("train"):
        raise Wrong(f"{program.name} has no train.")
    return check_train(program, *example_for(program, *DIFFERENT), rate=1e-3)


def example_for(program, nodes, n_samples):
    """Return x, y and parameters for a script.

    The desired outputs are 0 and 1. If there are several, exactly one of each sample is 1. So
    they can be read as probabilities, as cross-entropy reads them.
    """
    rng = np.random.default_rng(0)
    parameters, n_inputs, n_outputs = initialized(program, nodes, rng)
    x = rng.uniform(0, 1, (n_samples, n_inputs))
    kinds = rng.permutation(np.arange(n_samples) % max(2, n_outputs))
    y = np.eye(n_outputs)[kinds] if n_outputs > 1 else kinds.reshape(-1, 1) + 0.0
    return x, y, parameters


def initialized(program, nodes, rng):
    """Return the parameters of a script, and its numbers of inputs and outputs.

    The arguments of initialize have to be numbers of nodes, and perhaps rng. If there are fewer
    than three numbers, then those of inputs and outputs are seen in the shapes of the arrays.
    """
    if not program.has("initialize"):
        raise Wrong(f"{program.name} has no initialize, which returns the parameters.")
    arguments = program.arguments("initialize")
    needed = [name for name, each in arguments.items() if each.default is each.empty]
    sizes = dict(zip([name for name in needed if name != "rng"], nodes))
    generator = {"rng": rng} if "rng" in arguments else {}
    try:
        parameters = program.call("initialize", **sizes, **generator)
    except Wrong as wrong:
        raise Wrong(
            f"{wrong}\nThe check calls initialize with numbers of nodes, and with a generator "
            "of random numbers if it has an argument rng."
        ) from None
    is_list = isinstance(parameters, (list, tuple)) and len(parameters) > 0
    if not is_list or not all(isinstance(array, np.ndarray) for array in parameters):
        raise Wrong("initialize has to return a list of arrays, as [W1, B1, W2, B2].")
    for label, array in zip(labels_of(parameters), parameters):
        if np.issubdtype(array.dtype, np.integer):
            raise Wrong(
                f"initialize returns {label} as an array of integers, which takes no small "
                "steps. Make it an array of floats."
            )
    # biases are 0 at first, and shouldn't stay so
    parameters = [array + rng.normal(0, 0.5, array.shape) for array in parameters]
    if len(sizes) >= 3:
        return parameters, nodes[0], nodes[len(sizes) - 1]
    return parameters, parameters[0].shape[1], len(parameters[-1])
