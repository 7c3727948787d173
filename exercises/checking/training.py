"""Does train step against the gradients, and collect the losses?"""

import copy

import numpy as np

from exercises.checking.compare import (
    Wrong,
    described,
    factor_of,
    first_match,
    largest,
    same,
    unequal,
)
from exercises.checking.layer import labels_of
from exercises.mistakes import in_losses, in_step

MOMENTUM = 0.6


def check_train(program, x, y, parameters, rate):
    """Raise Wrong unless train steps against the gradients, and collects the losses.

    Return a remark if its steps aren't learning_rate * gradient, else None.
    """
    after_2, losses = trained(program, x, y, parameters, 2, rate)
    after_1, losses_of_1 = trained(program, x, y, parameters, 1, rate)
    after_2_again, _ = trained(program, x, y, parameters, 2, rate)
    loss_1, gradients_1 = program.call("back_propagate", x, y, parameters)
    loss_2, gradients_2 = program.call("back_propagate", x, y, after_1)
    loss_3, _ = program.call("back_propagate", x, y, after_2)
    has_momentum = "momentum" in program.arguments("train")

    check_batches(program, x, y, parameters, rate)
    check_that_it_repeats(after_2, after_2_again)
    if np.size(losses) == 1 and np.size(losses_of_1) == 0:
        raise Wrong("train makes one iteration less than iterations says.")
    check_that_it_moves(parameters, after_1, after_2, has_momentum)
    check_first_step(parameters, after_1, gradients_1, rate, len(x), has_momentum)

    # from here on, all parameters are one long row of numbers
    step_1 = flat(after_1) - flat(parameters)
    step_2 = flat(after_2) - flat(after_1)
    gradient_1 = flat(gradients_1)
    gradient_2 = flat(gradients_2)
    factor = factor_of(step_1, gradient_1)  # -rate, if the step is as in xor.py
    is_plain = same(step_2, factor * gradient_2)
    check_losses(losses, [loss_1, loss_2, loss_3], is_plain, len(parameters))
    if not np.any(step_2):
        raise Wrong("Only the first iteration of train changes the parameters.")
    if not same(step_1, factor * gradient_1):
        return (
            "The first step of train goes downhill, but it isn't a multiple of the gradients. "
            "This is fine if it is meant so, as in Adam."
        )
    if same(step_2, step_1) and not same(gradient_2, gradient_1):
        raise Wrong("The second step is the first again. Every iteration needs its gradients.")
    # with momentum, the second step is factor * gradient_2 + kept * step_1
    kept = factor_of(step_2 - factor * gradient_2, step_1)
    if same(step_2, factor * gradient_2 + kept * step_1):
        if has_momentum:
            check_momentum(kept)
        elif kept > 0.99:
            return (
                "The second step of train has all of the first in it. Are the gradients of "
                "earlier iterations added to the new ones?"
            )
    if np.isclose(factor, -rate):
        return None
    if np.isclose(factor, -rate * loss_1):
        raise Wrong("The step is multiplied by the loss. Take the gradient alone.")
    after_other_rate, _ = trained(program, x, y, parameters, 1, 2 * rate)
    if same(flat(after_other_rate), flat(after_1)):
        raise Wrong(
            "The steps are the same for every learning rate. Take the argument, learning_rate."
        )
    text = f"The first step of train is {-factor / rate:.4g} times learning_rate * gradient."
    if np.isclose(factor, -2 * rate):
        return f"{text} Is the update made twice?"
    return f"{text} This is fine if it is meant so."


def trained(program, x, y, parameters, iterations, rate, batch_size=None):
    """Return what train makes of a copy of the parameters, and the losses that it returns.

    A batch has all samples, unless batch_size says something else.
    """
    arguments = program.arguments("train")
    options = {}
    if "momentum" in arguments:
        options["momentum"] = MOMENTUM
    if "batch_size" in arguments:
        options["batch_size"] = batch_size or len(x)
    numbers = [iterations, rate]
    if "iterations" in arguments and "learning_rate" in arguments:  # in whichever order
        options["iterations"] = iterations
        options["learning_rate"] = rate
        numbers = []
    copies = copy.deepcopy(parameters)
    losses = program.checked_call("train", x, y, copies, *numbers, may_change=copies, **options)
    check_types(losses)
    return copies, losses


def check_batches(program, x, y, parameters, rate):
    """Raise Wrong unless mini-batches are what they have to be.

    train is called again, and the calls that it makes of back_propagate are noted.
    """
    has_batches = "batch_size" in program.arguments("train")
    size = 3 if has_batches else len(x)
    with program.noted("back_propagate") as calls:
        # so many iterations that a random choice leaves no sample out
        trained(program, x, y, parameters, 60 if has_batches else 1, rate / 100, size)
    used = set()
    for x_batch, y_batch, *_ in calls:
        rows = [np.flatnonzero((x == row).all(axis=1)) for row in x_batch]
        if any(len(row) != 1 for row in rows):  # samples that train has made
            return
        rows = np.concatenate(rows)
        if len(rows) > size:
            raise Wrong(
                f"With a batch_size of {size}, train passes {len(rows)} samples to "
                "back_propagate at once."
            )
        if not np.array_equal(y[rows], y_batch):
            raise Wrong(
                "train passes x and y to back_propagate in different orders. If you shuffle "
                "the rows of x, shuffle those of y in the same way."
            )
        used.update(rows)
    if calls and not has_batches and len(calls[0][0]) < len(x):
        raise Wrong(
            f"train passes {len(calls[0][0])} of {len(x)} samples to back_propagate. The check "
            "can follow mini-batches only if train has an argument batch_size. The check then "
            "sets it to the number of samples."
        )
    if calls and len(used) < len(x):
        raise Wrong(
            f"With a batch_size of {size}, train never uses {len(x) - len(used)} of {len(x)} "
            "samples."
        )
    if has_batches and len(calls) > 1:
        first, second = calls[0][2], calls[1][2]
        if np.array_equal(flat(first), flat(second)):
            raise Wrong("Between two mini-batches nothing changes. Update after each of them.")


def check_types(losses):
    """Raise Wrong unless train returns numbers."""
    if losses is None:
        raise Wrong("train returns nothing: is a return missing?")
    for loss in losses if isinstance(losses, (list, tuple)) else []:
        if isinstance(loss, (list, tuple)) or np.ndim(loss) > 0:
            raise Wrong(
                "train has to return a list of losses alone. A loss is one number, and there "
                f"is a {type(loss).__name__} in what train returns."
            )


def check_losses(losses, right, is_plain, n_parameters):
    """Raise Wrong unless losses are those before each of two updates.

    right has also the loss after the last update. If the steps aren't those of plain gradient
    descent, then only the first loss has to be right. With Nesterov's momentum, for example,
    the others are computed at other parameters.
    """
    losses = np.asarray(losses)
    before = np.array(right[:-1])
    later = np.array(right[1:])
    rows = in_losses(before, later, n_parameters)
    sentence = first_match(rows, lambda value: same(losses, value))
    if sentence and not same(losses, before):
        raise Wrong(f"losses: {sentence}", mistake=f"losses: {sentence}")
    if np.size(losses) > 3:
        raise Wrong(
            f"train returns {np.size(losses)} losses where 2 iterations were asked for. Is "
            "their number written into train? Take the argument, iterations."
        )
    if np.shape(losses) != np.shape(before):
        raise Wrong(described("losses", losses, before))
    for got, wanted in zip(losses, before if is_plain else before[:1]):
        if not same(got, wanted):
            is_now, all_samples = unequal(got, wanted)
            raise Wrong(
                f"There is {is_now} among the losses, where back_propagate with all of x and y "
                f"makes {all_samples}. The check can follow train only if it passes all of x "
                "and y to back_propagate, unchanged, and their rows in the same order. For "
                "mini-batches, give train an argument batch_size. The check then sets it to "
                "the number of samples."
            )


def check_momentum(kept):
    """Raise Wrong if the second step keeps another part of the first than it should."""
    # a little less is kept if the learning rate is lowered from step to step
    is_usual = abs(kept - MOMENTUM) < 0.1
    is_nesterov = np.isclose(kept, MOMENTUM**2 / (1 + MOMENTUM))
    if is_usual or is_nesterov:
        return
    text = (
        f"With a momentum of {MOMENTUM}, the second step of train keeps "
        f"{round(kept, 3) + 0:g} times the first."
    )
    if np.isclose(kept, 0, atol=1e-6):
        raise Wrong(
            f"{text} So the velocity isn't kept. Is it made anew in every iteration? Or does a "
            "loop over the velocities say v = ..., which makes a new array? Write v[:] = ... "
            "there, which changes the old one."
        )
    raise Wrong(
        f"{text} It should be v[:] = momentum * v - learning_rate * gradient, then p += v."
    )


def check_that_it_repeats(after, after_again):
    """Raise Wrong if train does something else when it is called again."""
    if not np.allclose(flat(after_again), flat(after), rtol=1e-9):
        raise Wrong(
            "train does something else when it is called again with the same numbers. Is a "
            "list changed that is the default of an argument? Or is there something random "
            "in it? For mini-batches, give train an argument batch_size. The check then sets "
            "it to the number of samples."
        )


def check_that_it_moves(parameters, after_1, after_2, has_momentum):
    """Raise Wrong if the first iteration leaves the parameters as they were."""
    if not np.array_equal(flat(after_1), flat(parameters)):
        return
    if not np.array_equal(flat(after_2), flat(parameters)):
        text = "One iteration of train changes nothing, and two iterations do. "
        text += "The check expects that the last update stays."
        if has_momentum:
            text += " Is the velocity used before it is changed by the gradient?"
        raise Wrong(text)
    raise Wrong(
        "train leaves the parameters that it is given as they were. Are the updates made "
        "to copies, or to others? parameter = ... and parameter =- ... make new arrays, and "
        "parameter -= ... changes the old one. Or does a loop end before the first update?"
    )


def check_first_step(parameters, after_1, gradients, rate, n_samples, has_momentum):
    """Raise Wrong if a step is a known mistake, or if all together go uphill.

    How long a step is may be a matter of taste, as with Adam.
    """
    labels = labels_of(parameters)
    steps = [new - old for old, new in zip(parameters, after_1, strict=True)]
    check_that_all_move(labels, steps, gradients)
    for label, old, step, gradient in zip(labels, parameters, steps, gradients, strict=True):
        is_zero = largest(gradient) < 1e-9  # or would be, without rounding
        if not is_zero and not same(step, -rate * gradient):
            momentum = MOMENTUM if has_momentum else 0
            rows = in_step(old, gradient, rate, n_samples, momentum, iterations=1)
            sentence = first_match(rows, lambda value, step=step: same(step, value))
            if sentence:
                text = described(f"The change of {label}", step, gradient, sentence)
                raise Wrong(text, mistake=text)
    if flat(steps) @ flat(gradients) >= 0:
        raise Wrong("The first step of train goes uphill. It has to go against the gradients.")


def check_that_all_move(labels, steps, gradients):
    """Raise Wrong if only some of the parameters that have a gradient have changed."""
    moving = []
    staying = []
    for label, step, gradient in zip(labels, steps, gradients, strict=True):
        if np.any(step):
            moving.append(label)
        elif largest(gradient) > 1e-9:  # so it isn't only rounded
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
