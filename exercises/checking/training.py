"""Does train step against the gradients, and collect the losses?

train is called several times, with few iterations. While it runs, the calls that it makes of
back_propagate are noted. batches.py checks the samples that were passed.
"""

import copy
from dataclasses import dataclass

import numpy as np

from exercises.checking.batches import (
    check_batches,
    check_that_all_are_passed,
    flat,
    mistake_in_rows,
    samples_of_all,
)
from exercises.checking.compare import (
    Stopped,
    Wrong,
    described,
    factor_of,
    first_match,
    is_numbers,
    largest,
    same,
    unequal,
)
from exercises.checking.layer import labels_of
from exercises.mistakes import in_losses, in_step

MOMENTUM = 0.6
ADVICE = (
    "For mini-batches, give train an argument batch_size. The check then sets it to the number "
    "of samples."
)


@dataclass
class TwoIterations:
    """What two iterations of train have done, and what back_propagate returns for them."""

    x: np.ndarray
    y: np.ndarray
    rate: float
    has_momentum: bool  # whether train has this argument
    has_batches: bool
    parameters: list  # before the first iteration
    after_1: list  # the parameters after one iteration
    after_2: list
    collected: list  # the losses that train returns
    has_all_samples: bool  # whether train passes all of x and y to back_propagate, unchanged
    losses: list  # those before the first update, before the second, and after the second
    gradients: list  # those before the first update, and before the second

    # steps and gradients, with those of all parameters in one long row of numbers

    @property
    def step_1(self):
        return flat(self.after_1) - flat(self.parameters)

    @property
    def step_2(self):
        return flat(self.after_2) - flat(self.after_1)

    @property
    def gradient_1(self):
        return flat(self.gradients[0])

    @property
    def gradient_2(self):
        return flat(self.gradients[1])

    @property
    def factor(self):
        """By how much the gradient is multiplied in the first step: -rate, as in xor.py."""
        return factor_of(self.step_1, self.gradient_1)

    @property
    def is_plain(self):
        """Whether the second step is the gradient times the same factor, without momentum."""
        return same(self.step_2, self.factor * self.gradient_2)


def check_train(program, x, y, parameters, rate):
    """Raise Wrong unless train steps against the gradients, and collects the losses.

    Return a remark if it does so in another way than xor.py, else an empty text. A remark says
    what is different, or asks whether it is meant so.
    """
    run = two_iterations(program, x, y, parameters, rate)
    check_first_step(run)
    on_losses = check_losses(program, run)
    on_steps = check_both_steps(program, run)
    if on_losses and not on_steps:
        on_steps = "train steps against the gradients."
    return f"{on_steps} {on_losses}".strip()


# --- Call train -------------------------------------------------------------------------------


def two_iterations(program, x, y, parameters, rate):
    """Call train with one iteration and with two, and return TwoIterations.

    Raise Wrong if train can't be followed, or if it changes nothing.
    """
    after_2, collected, calls = trained(program, x, y, parameters, 2, rate)
    after_1, collected_in_1, _ = trained(program, x, y, parameters, 1, rate)
    after_2_again, _, _ = trained(program, x, y, parameters, 2, rate)
    has_momentum = "momentum" in program.arguments("train")
    has_batches = "batch_size" in program.arguments("train")
    if has_batches:
        # so many iterations that a random choice leaves no sample out
        _, _, calls_in_60 = trained(program, x, y, parameters, 60, rate / 100, batch_size=3)
        check_batches(calls_in_60, x, y, size=3, iterations=60)
    samples = samples_of_all(calls, x, y)
    if not has_batches:
        check_that_all_are_passed(calls, samples, len(x), after_2)
    check_that_it_repeats(after_2, after_2_again, has_batches)
    if np.size(collected) == 1 and np.size(collected_in_1) == 0:
        raise Wrong("train makes one iteration less than iterations says.")
    check_that_it_moves(parameters, after_1, after_2, has_momentum)

    x_1, y_1, x_2, y_2 = x, y, x, y
    if has_batches and samples and len(calls) == 2:
        # a batch may be drawn so that some samples are in it twice, and others not at all
        x_1, y_1 = x[samples[0]], y[samples[0]]
        x_2, y_2 = x[samples[1]], y[samples[1]]
    has_all_samples = len(samples) > 0 and all(len(each) == len(x) for each in samples)
    loss_1, gradients_1 = program.call("back_propagate", x_1, y_1, parameters)
    loss_2, gradients_2 = program.call("back_propagate", x_2, y_2, after_1)
    loss_3, _ = program.call("back_propagate", x, y, after_2)
    return TwoIterations(
        x=x, y=y, rate=rate, has_momentum=has_momentum, has_batches=has_batches,
        parameters=parameters, after_1=after_1, after_2=after_2,
        collected=collected, has_all_samples=has_all_samples,
        losses=[loss_1, loss_2, loss_3], gradients=[gradients_1, gradients_2],
    )  # fmt: skip


def trained(program, x, y, parameters, iterations, rate, batch_size=None):
    """Return what train makes of a copy of the parameters, and the losses that it returns.

    Return also the calls that it makes of back_propagate. A batch has all samples, unless
    batch_size says something else.
    """
    arguments = program.arguments("train")
    options = program.random_arguments("train")
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
    with program.noted("back_propagate") as calls:
        try:
            losses = program.checked_call(
                "train", x, y, copies, *numbers, may_change=copies, **options
            )
        except Stopped as stopped:
            program.check_order("train", ["x", "y", "parameters"], stopped)
            raise Stopped(f"{stopped}{why_it_stops(calls, arguments, stopped)}") from None
    check_types(losses)
    return copies, losses, calls


def why_it_stops(calls, arguments, stopped):
    """Return a question, on a new line, for a train that stops; an empty text if none fits."""
    mistake = mistake_in_rows(calls[-1]) if calls else ""
    if not calls and "batch_size" in arguments:
        mistake = (
            "train hasn't called back_propagate before. Here, batch_size is as large as the "
            "number of samples. Does the loop over the batches leave out the last batch, as "
            "one over range(0, len(x) - batch_size, batch_size) does?"
        )
    if not mistake and "momentum" in arguments and stopped.has_wrong_shapes:
        mistake = "Does every parameter have a velocity of its own, with its own shape?"
    return f"\n{mistake}" if mistake else ""


def check_types(losses):
    """Raise Wrong unless train returns numbers."""
    if losses is None:
        raise Wrong("train returns nothing: is a return missing?")
    if not isinstance(losses, (list, tuple)) and not is_numbers(losses):
        raise Wrong(
            "train has to return a list of losses alone, and it returns a "
            f"{type(losses).__name__}."
        )
    for loss in losses if isinstance(losses, (list, tuple)) else []:
        if isinstance(loss, (list, tuple)) or np.ndim(loss) > 0 or not is_numbers(loss):
            raise Wrong(
                "train has to return a list of losses alone. A loss is one number, and there "
                f"is a {type(loss).__name__} in what train returns."
            )


def check_that_it_repeats(after, after_again, has_batches):
    """Raise Wrong if train does something else when it is called again."""
    if np.allclose(flat(after_again), flat(after), rtol=1e-9):
        return
    text = (
        "train does something else when it is called again with the same numbers. Is a list "
        "changed that is the default of an argument? Or is there something random in it?"
    )
    if has_batches:
        text += (
            " The check can follow train if its generator starts with a number, as that of "
            "np.random.default_rng(0) does."
        )
    else:
        text += f" {ADVICE}"
    raise Wrong(text)


# --- The losses -------------------------------------------------------------------------------


def check_losses(program, run):
    """Raise Wrong unless train has collected the losses before each of two updates.

    Return a remark if it collects something else that makes sense, else an empty text.
    If the steps aren't those of plain gradient descent, then only the first loss has to be
    right. With Nesterov's momentum, for example, the others are computed at other parameters.
    """
    collected = np.asarray(run.collected)
    before = np.array(run.losses[:-1])
    later = np.array(run.losses[1:])
    if same(collected, before):
        return ""
    if run.has_batches and same(collected, later):
        return "train collects the loss after each iteration, and xor.py the one before."
    rows = in_losses(before, later, len(run.parameters))
    sentence = first_match(rows, lambda value: same(collected, value))
    if sentence:
        raise Wrong(f"losses: {sentence}", mistake=f"losses: {sentence}")
    if np.size(collected) > 3:
        raise Wrong(
            f"train returns {np.size(collected)} losses where 2 iterations were asked for. Is "
            "their number written into train? Take the argument, iterations."
        )
    if np.shape(collected) != np.shape(before):
        raise Wrong(described("losses", collected, before))
    if not run.is_plain:
        collected = collected[:1]
        before = before[:1]
    for got, wanted in zip(collected, before):
        if not same(got, wanted):
            return remark_on_a_loss(program, run, collected, before, unequal(got, wanted))
    return ""


def remark_on_a_loss(program, run, collected, losses, texts):
    """Return a remark if what train collects isn't the losses, but makes sense.

    Raise Wrong if it doesn't. texts are a number that train collects, and the loss.
    """
    is_now, loss = texts
    if not run.has_all_samples:
        advice = "The check sets batch_size to the number of samples."
        raise Wrong(
            f"There is {is_now} among the losses, where back_propagate with all of x and y "
            f"makes {loss}. The check can follow train only if it passes all of x and y to "
            "back_propagate, unchanged, and their rows in the same order. "
            f"{advice if run.has_batches else ADVICE}"
        )
    squares = [
        mse_of_predict(program, run.x, run.y, parameters)
        for parameters in (run.parameters, run.after_1, run.after_2)
    ]
    known = {
        "the root of each loss": np.sqrt(losses),
        "the mse of predict": squares[:-1],
        "the mse of predict after each update": squares[1:],
        "the root of the mse of predict": np.sqrt(squares[:-1]),
    }
    for name, numbers in known.items():
        numbers = np.array(numbers[: len(collected)])
        if np.isfinite(numbers).all() and same(collected, numbers):
            return f"train collects {name}, and not the loss that back_propagate returns."
    text = f"train collects {is_now}, where back_propagate returns a loss of {loss}."
    if program.calls("train", "predict") or program.calls("train", "forward"):
        # train measures something of its own
        return text
    factor = collected[0] / losses[0]
    if not same(collected, factor * losses):
        pass
    elif np.isclose(factor, 1 / len(run.x)):
        text += " Is the loss divided by the number of samples?"
    elif np.isclose(factor, len(run.x)):
        text += " Is the loss multiplied by the number of samples?"
    elif len(losses) > 1:
        text += f" It collects {factor:.4g} times each loss."
    raise Wrong(f"{text} Append the loss as it is, unless you mean to collect something else.")


def mse_of_predict(program, x, y, parameters):
    """Return the mean of (predict(x, parameters) - y)^2, or nan if there is none."""
    if not program.has("predict"):
        return np.nan
    try:
        y_hat = program.call("predict", x, parameters)
    except Wrong:
        return np.nan
    if not is_numbers(y_hat) or np.shape(y_hat) != y.shape:
        return np.nan
    return np.mean((y_hat - y) ** 2)


# --- The steps --------------------------------------------------------------------------------


def check_first_step(run):
    """Raise Wrong if a step is a known mistake, or if all together go uphill.

    How long a step is may be a matter of taste, as with Adam.
    """
    rate = run.rate
    gradients = run.gradients[0]
    labels = labels_of(run.parameters)
    steps = [new - old for old, new in zip(run.parameters, run.after_1, strict=True)]
    check_that_all_move(labels, steps, gradients)
    for label, old, step, gradient in zip(
        labels, run.parameters, steps, gradients, strict=True
    ):
        is_zero = largest(gradient) < 1e-9  # or would be, without rounding
        if not is_zero and not same(step, -rate * gradient):
            momentum = MOMENTUM if run.has_momentum else 0
            rows = in_step(old, gradient, rate, len(run.x), momentum, iterations=1)
            sentence = first_match(rows, lambda value, step=step: same(step, value))
            if sentence:
                text = described(f"The change of {label}", step, gradient, sentence)
                raise Wrong(text, mistake=text)
    if run.has_momentum:
        check_velocities(labels, steps, gradients)
    if flat(steps) @ flat(gradients) >= 0:
        raise Wrong("The first step of train goes uphill. It has to go against the gradients.")


def check_velocities(labels, steps, gradients):
    """Raise Wrong if the first step of a parameter has that of the parameter before in it."""
    factor = factor_of(steps[0], gradients[0])
    for i in range(1, len(steps)):
        rest = steps[i] - factor * gradients[i]
        step_before = steps[i - 1]
        if np.any(step_before) and same(rest, MOMENTUM * step_before):
            raise Wrong(
                f"The first step of {labels[i]} has {MOMENTUM} times that of {labels[i - 1]} "
                "in it. Does every parameter have a velocity of its own?"
            )


def check_both_steps(program, run):
    """Raise Wrong if the steps aren't made of the gradients as they should be.

    Return a remark if they may be meant so, and an empty text if they are as in xor.py.
    """
    factor = run.factor
    if not np.any(run.step_2):
        raise Wrong("Only the first iteration of train changes the parameters.")
    if not same(run.step_1, factor * run.gradient_1):
        return (
            "The first step of train goes downhill, but it isn't a multiple of the gradients. "
            "That of Adam isn't either."
        )
    if same(run.step_2, run.step_1) and not same(run.gradient_2, run.gradient_1):
        raise Wrong("The second step is the first again. Every iteration needs its gradients.")
    # with momentum, the second step is factor * gradient_2 + kept * step_1
    kept = factor_of(run.step_2 - factor * run.gradient_2, run.step_1)
    if same(run.step_2, factor * run.gradient_2 + kept * run.step_1):
        if run.has_momentum:
            check_momentum(kept)
        elif kept > 0.99:
            return (
                "The second step of train has all of the first in it. Are the gradients of "
                "earlier iterations added to the new ones?"
            )
    return check_length(program, run)


def check_length(program, run):
    """Return a remark if the first step isn't the learning rate times the gradient.

    Raise Wrong if the learning rate isn't in it, or if the loss is.
    """
    rate = run.rate
    factor = run.factor
    if np.isclose(factor, -rate):
        return ""
    if np.isclose(factor, -rate * run.losses[0]):
        raise Wrong("The step is multiplied by the loss. Take the gradient alone.")
    after_other_rate, _, _ = trained(program, run.x, run.y, run.parameters, 1, 2 * rate)
    if same(flat(after_other_rate), flat(run.after_1)):
        raise Wrong(
            "The steps are the same for every learning rate. Take the argument, learning_rate."
        )
    times = -factor / rate
    text = f"The first step of train is {times:.4g} times learning_rate * gradient."
    count = round(times)
    if 2 <= count <= 20 and np.isclose(times, count):
        times_in_words = "twice" if count == 2 else f"{count} times"
        return f"{text} Is the update made {times_in_words} in each iteration?"
    return text


def check_momentum(kept):
    """Raise Wrong if the second step keeps another part of the first than it should."""
    # a little less is kept if the learning rate is lowered from step to step
    is_usual = abs(kept - MOMENTUM) < 0.1
    # With Nesterov's momentum m, the first velocity is v, and the first step is (1 + m) v. The
    # second step keeps m^2 v, which is m^2 / (1 + m) times the first.
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
