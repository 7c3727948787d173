"""Does train step against the gradients, and collect the losses?"""

import copy

import numpy as np

from exercises.checking.compare import Wrong, compare, described, factor_of, first_match, same
from exercises.checking.layer import labels_of
from exercises.mistakes import in_losses, in_step

MOMENTUM = 0.5


def check_train(program, x, y, parameters, rate):
    """Raise Wrong unless train steps against the gradients, and collects the losses.

    Return a note on how long its steps are, or None if they are learning_rate * gradient.
    """
    after_2, losses = trained(program, x, y, parameters, 2, rate)
    after_1, losses_of_1 = trained(program, x, y, parameters, 1, rate)
    if np.size(losses) == 1 and np.size(losses_of_1) == 0:
        raise Wrong("train makes one iteration less than iterations says.")
    loss, gradients = program.call("back_propagate", x, y, parameters)
    loss_after_1, gradients_after_1 = program.call("back_propagate", x, y, after_1)
    loss_after_2, _ = program.call("back_propagate", x, y, after_2)

    check_that_it_moves(parameters, after_1, after_2)
    check_first_step(parameters, after_1, gradients, rate, len(x))
    right = np.array([loss, loss_after_1])
    later = np.array([loss_after_1, loss_after_2])
    compare("losses", np.asarray(losses), right, in_losses(right, later), OTHER_SAMPLES)

    # from here on, all parameters are one long row of numbers
    step_1 = flat(after_1) - flat(parameters)
    step_2 = flat(after_2) - flat(after_1)
    gradient_1 = flat(gradients)
    gradient_2 = flat(gradients_after_1)
    factor = factor_of(step_1, gradient_1)
    if not same(step_1, factor * gradient_1):
        return "Its first step goes downhill, but it is not a multiple of the gradients."
    if same(step_2, step_1) and not same(gradient_2, gradient_1):
        raise Wrong("The second step is the first again. Every iteration needs its gradients.")
    # with momentum, the second step is factor * gradient_2 + kept * step_1
    kept = factor_of(step_2 - factor * gradient_2, step_1)
    if "momentum" in program.arguments("train"):
        is_clear = same(step_2, factor * gradient_2 + kept * step_1)
        # a little less is kept if the learning rate is lowered from step to step
        is_usual = abs(kept - MOMENTUM) < 0.1
        is_nesterov = np.isclose(kept, MOMENTUM**2 / (1 + MOMENTUM))
        if is_clear and not is_usual and not is_nesterov:
            raise Wrong(
                f"With a momentum of {MOMENTUM}, the second step keeps {round(kept, 3):g} "
                "times the first. Is the velocity kept from one iteration to the next, and "
                "multiplied by momentum?"
            )
    elif kept > 0.99:
        return (
            "Its second step has all of the first in it. Are the gradients of earlier "
            "iterations added to the new ones?"
        )
    if np.isclose(-factor, rate):
        return None
    after_other_rate, _ = trained(program, x, y, parameters, 1, 2 * rate)
    if same(flat(after_other_rate) - flat(parameters), step_1):
        raise Wrong(
            "The steps are the same for every learning rate. Take the argument, learning_rate."
        )
    if np.isclose(-factor, rate * loss):
        raise Wrong("The step is multiplied by the loss. Take the gradient alone.")
    return f"Its first step is {-factor / rate:.4g} times learning_rate * gradient."


OTHER_SAMPLES = (
    "Does train pass all of x and y to back_propagate, and their rows in the same order? For "
    "mini-batches, give train an argument batch_size. The check then sets it to the number of "
    "samples."
)


def trained(program, x, y, parameters, iterations, rate):
    """Return what train makes of a copy of the parameters, and the losses that it returns."""
    arguments = program.arguments("train")
    options = {}
    if "momentum" in arguments:
        options["momentum"] = MOMENTUM
    if "batch_size" in arguments:
        options["batch_size"] = len(x)
    numbers = [iterations, rate]
    if "iterations" in arguments and "learning_rate" in arguments:  # in whichever order
        options["iterations"] = iterations
        options["learning_rate"] = rate
        numbers = []
    copies = copy.deepcopy(parameters)
    losses = program.checked_call("train", x, y, copies, *numbers, may_change=copies, **options)
    check_losses(losses, iterations)
    return copies, losses


def check_losses(losses, iterations):
    """Raise Wrong unless train returns numbers, and about as many as there were iterations."""
    if losses is None:
        raise Wrong("train returns nothing: is a return missing?")
    if isinstance(losses, tuple):
        raise Wrong(f"train returns a tuple of {len(losses)}. Return the list of losses alone.")
    for loss in losses if isinstance(losses, list) else []:
        if isinstance(loss, (list, tuple)) or np.ndim(loss) > 0:
            raise Wrong(
                "train has to return a list of losses. A loss is one number, and there is a "
                f"{type(loss).__name__} in the list."
            )
    if np.size(losses) > 2 * iterations:
        raise Wrong(
            f"train returns {np.size(losses)} losses where {iterations} iterations were asked "
            "for. Is their number written into train? Take the argument, iterations."
        )


def check_that_it_moves(parameters, after_1, after_2):
    """Raise Wrong if the first iteration leaves the parameters as they were."""
    if not np.array_equal(flat(after_1), flat(parameters)):
        return
    if not np.array_equal(flat(after_2), flat(parameters)):
        raise Wrong(
            "The first step is 0, and the second isn't. Is the velocity used before it is "
            "changed by the gradient?"
        )
    raise Wrong(
        "train leaves the parameters that it is given as they were. Are the updates made "
        "to copies, or to others? parameter = parameter - ... makes a new array, and "
        "parameter -= ... changes the old one."
    )


def check_first_step(parameters, after_1, gradients, rate, n_samples):
    """Raise Wrong if a step is a known mistake, or if all together go uphill.

    How long a step is may be a matter of taste, as with Adam.
    """
    labels = labels_of(parameters)
    steps = [new - old for old, new in zip(parameters, after_1, strict=True)]
    check_that_all_move(labels, steps, gradients)
    for label, old, step, gradient in zip(labels, parameters, steps, gradients, strict=True):
        if not same(step, -rate * gradient):
            rows = in_step(old, gradient, rate, n_samples)
            sentence = first_match(rows, lambda value, step=step: same(step, value))
            if sentence:
                text = described(f"The change of {label}", step, gradient, sentence)
                raise Wrong(text, mistake=text)
    if flat(steps) @ flat(gradients) >= 0:
        raise Wrong("The step doesn't go downhill, against the gradients.")


def check_that_all_move(labels, steps, gradients):
    """Raise Wrong if only some of the parameters that have a gradient have changed."""
    moving = []
    staying = []
    for label, step, gradient in zip(labels, steps, gradients, strict=True):
        if np.any(step):
            moving.append(label)
        elif np.any(gradient):
            staying.append(label)
    if staying and moving:
        text = (
            f"Only these change: {', '.join(moving)}. These stay as they were: "
            f"{', '.join(staying)}. Does a loop end after its first round, or is something "
            "left out?"
        )
        raise Wrong(text, mistake=text)


def flat(arrays):
    """Return the numbers of all arrays in one row."""
    return np.concatenate([np.ravel(array) for array in arrays])
