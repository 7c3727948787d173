"""Is every gradient of a student's network the slope of its loss?

Nothing but the loss is needed to know the slopes: a weight is moved a little to both sides, and
the loss is computed again. If a gradient isn't the slope, then cause.py looks for the mistake.
"""

from dataclasses import dataclass

import numpy as np

from exercises.checking.cause import raise_cause
from exercises.checking.compare import Wrong, check_type, largest, same
from exercises.checking.layer import kinds_of, labels_of
from exercises.checking.slopes import slopes_of


@dataclass
class Gradient:
    """One gradient that a student's back_propagate has returned."""

    label: str  # dW1
    letter: str  # W or B
    layer: int
    got: np.ndarray  # what back_propagate has returned
    slope: np.ndarray  # what it has to be
    scale: float  # the largest slope of the whole network

    def is_right(self):
        return same(self.got, self.slope, self.scale)

    def __str__(self):
        """Return a line that says whether the gradient is right, and how far off it is."""
        verdict = f"{self.label:3}  {'right' if self.is_right() else 'wrong'}"
        if np.shape(self.got) != np.shape(self.slope):
            return verdict
        off = largest(self.got - self.slope)
        if off < 1e-9:
            return f"{verdict}, off by less than 1e-9"
        return f"{verdict}, off by {float(f'{off:.1g}'):g}"  # one digit: 20, and not 2e+01


def check_gradients(program, x, y, parameters):
    """Return the loss, and the gradients as Gradient; raise Wrong unless all are right."""
    loss, arrays = loss_and_arrays(program, x, y, parameters)
    check_digits(program, loss, arrays, x, parameters)
    check_repeats(program, loss, x, y, parameters)
    check_that_every_sample_matters(program, loss, x, y, parameters)
    check_order_of_samples(program, loss, x, y, parameters)
    slopes = slopes_of(program, x, y, parameters, parameters)
    scale = max(largest(slope) for slope in slopes)
    labels = [f"d{label}" for label in labels_of(parameters)]
    check_number_and_order(labels, arrays, slopes, scale)
    gradients = []
    for label, kind, got, slope in zip(
        labels, kinds_of(parameters), arrays, slopes, strict=True
    ):
        check_type(label, got, slope)
        letter, layer = kind
        gradients.append(Gradient(label, letter, layer, got, slope, scale))
    if not all(gradient.is_right() for gradient in gradients):
        try:
            raise_cause(program, x, y, parameters, loss, gradients)
        except Wrong as cause:
            lines = [str(gradient) for gradient in gradients]  # to stand above the cause
            raise Wrong("\n".join([*lines, str(cause)]), cause.mistake) from None
    return loss, gradients


def loss_and_arrays(program, x, y, parameters):
    """Return what back_propagate returns; raise Wrong unless it is a number and a list."""
    result = program.checked_call("back_propagate", x, y, parameters)
    if result is None:
        raise Wrong("back_propagate returns nothing: is a return missing?")
    lists = list, tuple
    if not isinstance(result, lists) or len(result) != 2 or not isinstance(result[1], lists):
        raise Wrong("back_propagate has to return two: the loss, and then a list of gradients.")
    loss, arrays = result
    check_type("The loss", loss, 0)
    if np.ndim(loss) > 0:
        raise Wrong(f"The loss has to be one number, and it has the shape {np.shape(loss)}.")
    if not np.isfinite(loss):
        raise Wrong(f"The loss is {loss}. Is a log or a root taken of what isn't above 0?")
    return loss, arrays


def check_digits(program, loss, arrays, x, parameters):
    """Raise Wrong if the network computes with 7 digits, too few for slopes from nudges."""
    values = {"the loss": loss}
    for i, array in enumerate(arrays, start=1):
        values[f"gradient {i}"] = array
    names = "a0", "z1", "a1", "z2", "a2", "z3", "a3", "z4", "a4"
    for name, array in zip(names, program.forward_values(x, parameters) or []):
        values[f"{name}, which forward returns,"] = array
    for name, value in values.items():
        kind = getattr(value, "dtype", None)
        if kind in (np.float32, np.float16):
            raise Wrong(
                f"This can't be checked, because {kind} has too few digits, and {name} is of "
                "that type. Compute with float64 while you check."
            )


def check_repeats(program, loss, x, y, parameters):
    """Raise Wrong if the loss differs from call to call."""
    again, _ = program.call("back_propagate", x, y, parameters)
    if not np.isclose(again, loss, rtol=1e-9, atol=0):
        raise Wrong(
            "This can't be checked, because the loss differs from call to call: "
            f"{loss:.6g}, and then {again:.6g} for the same x, y and parameters. Is there "
            "something random in it, as dropout? Switch it off while you check."
        )


def check_that_every_sample_matters(program, loss, x, y, parameters):
    """Raise Wrong unless the loss changes with the y of every sample."""
    ignored = [
        i for i in range(len(x)) if not loss_depends_on(i, program, loss, x, y, parameters)
    ]
    if not ignored:
        return
    if len(ignored) == len(x):
        text = "The loss is the same for every y. Is y used in it?"
    else:
        numbers = ", ".join(str(i) for i in ignored)
        text = (
            f"The loss doesn't change with the y of sample {numbers}. Does every sample count? "
            "In a loop over the samples, add each loss to the sum with +=, and return only "
            "after the loop."
        )
    raise Wrong(text, mistake=text)


def loss_depends_on(i, program, loss, x, y, parameters):
    """Whether the loss changes with the y of sample i."""
    # with one of these it may stay the same by chance, but not with all
    for other in 1 - y[i], np.roll(y[i], 1), 0 * y[i]:
        other_y = y.copy()
        other_y[i] = other
        other_loss, _ = program.call("back_propagate", x, other_y, parameters)
        if other_loss != loss:
            return True
    return False


def check_order_of_samples(program, loss, x, y, parameters):
    """Raise Wrong unless the loss is the same if the samples come in another order."""
    reverse_loss, _ = program.call("back_propagate", x[::-1], y[::-1], parameters)
    if np.isclose(reverse_loss, loss, rtol=1e-9, atol=0):
        return
    takes_no_single_sample = program.forward_values(x[:1], parameters) is None  # it stops
    if takes_no_single_sample and program.has("forward"):
        text = "forward can't be called with a single sample. Is a sample a column in it?"
    else:
        text = (
            "The loss changes if the samples come in another order, x and y alike. If each "
            "sample has a weight or a mask of its own, the check can't test it. Otherwise, "
            "is the output of one sample compared with the y of another? Take y.T, because a "
            "reshape would mix the samples."
        )
    raise Wrong(text, mistake=text)


def check_number_and_order(labels, arrays, slopes, scale):
    """Raise Wrong unless there are as many gradients as parameters, in the same order."""
    missing = []  # labels of slopes that no array has
    for label, slope in zip(labels, slopes, strict=True):
        if not any(same(array, slope, scale) for array in arrays):
            missing.append(label)
    if len(arrays) != len(slopes):
        text = f"{len(arrays)} gradients for {len(slopes)} parameters"
        raise Wrong(f"{text}: no {', '.join(missing)}." if missing else f"{text}.")
    in_order = [same(array, slope, scale) for array, slope in zip(arrays, slopes, strict=True)]
    if not missing and not all(in_order):
        order = ", ".join(labels)
        raise Wrong(f"The gradients are right, but their order has to be {order}.")
