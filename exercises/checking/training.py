"""Does train step against the gradients, and collect the losses?"""

import copy

import numpy as np

from exercises.checking.compare import Wrong, compare, factor_of, largest, mistake_of, same
from exercises.checking.layer import labels_of
from exercises.mistakes import wrong_losses, wrong_step

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

    check_moves(parameters, after_1, after_2)
    check_steps(parameters, changes(parameters, after_1), gradients, rate, len(x))
    right = np.array([loss, loss_after_1])
    later = np.array([loss_after_1, loss_after_2])
    compare("losses", np.asarray(losses), right, wrong_losses(right, later))

    # from here on, all parameters are one long row of numbers
    step_1 = flat(after_1) - flat(parameters)
    step_2 = flat(after_2) - flat(after_1)
    slope = flat(gradients)
    slope_after_1 = flat(gradients_after_1)
    factor = factor_of(step_1, slope)
    if not same(step_1, factor * slope):
        return "Its first step goes downhill, but it is not a multiple of the gradients."
    if same(step_2, step_1) and not same(slope_after_1, slope):
        raise Wrong("The second step is the first again. Every iteration needs its gradients.")
    if not np.isclose(-factor, rate):
        other_rate, _ = trained(program, x, y, parameters, 1, 2 * rate)
        check_rate(step_1, flat(other_rate) - flat(parameters))
    kept = kept_part(step_1, step_2, factor * slope_after_1)
    if "momentum" in program.arguments("train"):
        check_momentum(kept)
    elif kept == 1:
        return (
            "Its second step has all of the first in it. Are the gradients of earlier "
            "iterations added to the new ones?"
        )
    elif kept is not None and kept > 0.05:  # less is seen if the learning rate is lowered
        return f"Its second step keeps {kept:g} times the first, as with momentum."
    if not np.isclose(-factor, rate):
        if np.isclose(-factor, rate * loss):
            raise Wrong("The step is multiplied by the loss. Take the gradient alone.")
        return f"Its first step is {-factor / rate:.4g} times learning_rate * gradient."
    return None


def trained(program, x, y, parameters, iterations, rate):
    """Return what train makes of a copy of the parameters, and the losses that it returns."""
    options = {}
    if "momentum" in program.arguments("train"):
        options["momentum"] = MOMENTUM
    if "batch_size" in program.arguments("train"):
        options["batch_size"] = len(x)
    copies = copy.deepcopy(parameters)
    with program.watched("back_propagate") as calls:
        losses = program.checked_call(
            "train", x, y, copies, iterations, rate, may_change=copies, **options
        )
    check_samples(calls, x, y)
    check_losses(losses, iterations)
    return copies, losses


def check_that_all_move(labels, steps, gradients):
    """Raise Wrong if only some of the parameters that have a gradient have changed."""
    pairs = zip(labels, steps, gradients)
    expected = {label: step for label, step, gradient in pairs if np.any(gradient)}
    staying = [label for label, step in expected.items() if not np.any(step)]
    moving = [label for label in expected if label not in staying]
    if staying and moving:
        raise Wrong(
            f"Only these change: {', '.join(moving)}. These stay as they were: "
            f"{', '.join(staying)}. Does a loop end after its first round, or is something "
            "left out?",
            is_named=True,
        )


def changes(before, after):
    """Return by how much each array has changed."""
    return [new - old for old, new in zip(before, after)]


def flat(arrays):
    """Return the numbers of all arrays in one row."""
    return np.concatenate([np.ravel(array) for array in arrays])


# --- What train passes on and returns ---------------------------------------------------------


def check_samples(calls, x, y):
    """Raise Wrong unless train passes the samples that it was given to back_propagate.

    calls has a list of the arguments of each call. The order of the samples doesn't matter.
    """
    for passed_x, passed_y, *_ in calls:
        if len(passed_x) < len(x):
            raise Wrong(
                f"train passes {len(passed_x)} of {len(x)} samples to back_propagate. "
                "The check follows updates that are made from all samples. For mini-batches, "
                "give train an argument batch_size: the check then sets it to the number of "
                "samples."
            )
        for name, passed, given in ("x", passed_x, x), ("y", passed_y, y):
            if not same(sorted_rows(passed), sorted_rows(given)):
                raise Wrong(
                    f"train passes another {name} to back_propagate than the one that it is "
                    f"given. Take the argument {name}."
                )
        if not same(sorted_rows(passed_x, passed_y), sorted_rows(x, y)):
            raise Wrong(
                "train passes the rows of x and of y in different orders to back_propagate. "
                "Shuffle both alike: x[order] and y[order], with one order for both."
            )


def sorted_rows(*arrays):
    """Return the rows of arrays, side by side, in an order that depends on nothing else."""
    rows = np.hstack(arrays)
    return rows[np.lexsort(rows.T)]


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
    if np.size(losses) > iterations + 1:
        raise Wrong(
            f"train returns {np.size(losses)} losses where {iterations} iterations were asked "
            "for. Is their number written into train? Take the argument, iterations."
        )


# --- Its steps --------------------------------------------------------------------------------


def check_moves(parameters, after_1, after_2):
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


def check_steps(parameters, steps, gradients, rate, n_samples):
    """Raise Wrong if a step is a known mistake, or if all together go uphill.

    How long a step is may be a matter of taste, as with Adam.
    """
    labels = labels_of(parameters)
    check_that_all_move(labels, steps, gradients)
    for label, step, gradient in zip(labels, steps, gradients):
        right = -rate * gradient
        if not same(step, right):
            rows = wrong_step(gradient, rate, n_samples)
            mistake = mistake_of(f"The change of {label}", step, right, rows)
            if mistake:
                raise Wrong(mistake, is_named=True)
    if flat(steps) @ flat(gradients) >= 0:
        raise Wrong("The step doesn't go downhill, against the gradients.")


def check_rate(step, step_with_other_rate):
    """Raise Wrong if the first step is the same with another learning rate."""
    if same(step_with_other_rate, step):
        raise Wrong(
            "The steps are the same for every learning rate. Take the argument, learning_rate."
        )


def kept_part(step_1, step_2, step_2_without_momentum):
    """Return how many times the first step is in the second one; None if that isn't clear."""
    rest = step_2 - step_2_without_momentum
    kept = factor_of(rest, step_1)
    if not same(rest, kept * step_1, largest(step_2)):
        return None
    return round(kept, 3) + 0  # no minus sign before a 0


def check_momentum(kept):
    """Raise Wrong if the second step keeps another part of the first than MOMENTUM.

    A learning rate that is lowered a little from step to step shows as a part a little smaller.
    """
    if kept is not None and abs(kept - MOMENTUM) > 0.1:
        raise Wrong(
            f"With a momentum of {MOMENTUM}, the second step keeps {kept:g} times the first. "
            "Is the velocity kept from one iteration to the next, and multiplied by momentum?"
        )
