"""Compare what a student has computed with what is right, and say how it differs.

The mistakes that are known come as rows, from one of the tables in mistakes.py. A row is a
sentence and one or more formulas. If a formula makes the student's numbers, then the sentence
is true.
"""

import numpy as np


class Wrong(Exception):
    """What is wrong, in words for the student.

    is_named   whether it is a mistake that is known by name
    is_misfit  whether a line has stopped because shapes don't fit, and nothing is known that
               would
    """

    def __init__(self, text, is_named=False, is_misfit=False):
        super().__init__(text)
        self.is_named = is_named
        self.is_misfit = is_misfit


def compare(label, got, right, rows, scale=None):
    """Raise Wrong unless got is right: with the mistake that it is, or with the difference."""
    check_type(label, got, right)
    if not same(got, right, scale):
        mistake = mistake_of(label, got, right, rows, scale)
        raise Wrong(mistake or difference_of(label, got, right), is_named=mistake is not None)


def same(got, right, scale=None):
    """Whether both agree to a millionth of scale, or else of the largest number in right.

    A nan in right agrees with every number. What isn't numbers agrees with nothing.
    """
    is_numbers = isinstance(got, (int, float, np.number, np.ndarray))
    if not is_numbers or np.asarray(got).dtype == object:
        return False
    if np.shape(got) != np.shape(right) or not np.isfinite(got).all():
        return False
    return not is_off(got, right, scale).any()


def is_off(got, right, scale=None):
    """Return for each number whether it differs by more than a millionth of scale."""
    if scale is None:
        scale = largest(right)
    return np.abs(got - right) > 1e-6 * scale


def largest(array):
    """Return the largest absolute value in an array, in which there may be nan."""
    return np.nanmax(np.abs(array), initial=0)


def factor_of(got, right):
    """Return the number by which to multiply right so that it comes closest to got.

    Closest means the smallest sum of squared differences.
    """
    return np.nansum(got * right) / np.nansum(right * right)


# --- Mistakes that are known ------------------------------------------------------------------


def mistake_of(label, got, right, rows, scale=None):
    """Return which of the mistakes in rows it is; None if it is none of them."""
    sentence = first_match(rows, lambda value: same(got, value, scale))
    if sentence is None:
        return None
    if np.shape(got) != np.shape(right):
        return f"{label} has the shape {np.shape(got)}, not {np.shape(right)}. {sentence}"
    return f"{label}: {sentence}"


def first_match(rows, fits):
    """Return the sentence of the first row with a formula that fits; None if there is none.

    fits is a function of what a formula makes. A formula is skipped if its shapes don't go
    together, or if it makes nan or infinite numbers.
    """
    for sentence, *formulas in rows:
        for formula in formulas:
            try:
                value = formula()
            except ValueError:  # the shapes don't go together
                continue
            if np.isfinite(value).all() and fits(value):
                return sentence
    return None


# --- Other differences ------------------------------------------------------------------------


def check_type(label, got, right):
    """Raise Wrong unless got is an array or a number, as right is."""
    wrong = None
    if got is None:
        wrong = "is None: is a return missing?"
    elif isinstance(got, (list, tuple, dict)):
        wanted = "an array" if np.ndim(right) > 0 else "a number"
        wrong = f"has to be {wanted}, and it is a {type(got).__name__}."
    elif np.iscomplexobj(got):
        wrong = "has complex numbers in it. Is there a root of a negative number?"
    elif isinstance(got, np.matrix):
        wrong = "is a matrix of numpy. Make an array of it, with np.asarray."
    elif not isinstance(got, (int, float, np.number, np.ndarray)):
        wrong = f"has to be numbers, and it is a {type(got).__name__}."
    elif isinstance(got, np.ndarray) and not np.issubdtype(got.dtype, np.number):
        wrong = "has to be an array of numbers."
    if wrong:
        raise Wrong(f"{label} {wrong}", is_named=True)


def difference_of(label, got, right):
    """Return how an array that is wrong differs from the right one: in shape or in numbers."""
    if np.shape(got) != np.shape(right):
        return f"{label} has the shape {np.shape(got)}, not {np.shape(right)}."
    if not np.isfinite(got).all():
        return f"{label}: There are nan or infinite numbers in it."
    return f"{label}: {difference_in_numbers(got, right)}"


def difference_in_numbers(got, right):
    """Return in which way two arrays of the same shape differ, without naming a cause."""
    if not np.any(right):
        return "It has to be 0: the loss doesn't change with it. Does forward use it?"
    if np.size(got) == 1:
        is_now, has_to_be = unequal(np.ravel(got)[0], np.ravel(right)[0])
        return f"It is {is_now}, and has to be {has_to_be}."
    factor = factor_of(got, right)
    if same(got, factor * right):
        return f"It is {factor:.4g} times what it has to be, everywhere."
    if same(got, np.where(got == 0, 0, right)):
        return "Some of it is right, and the rest is 0: do loops reach all?"
    place = tuple(np.argwhere(is_off(got, right))[0])
    index = ", ".join(str(i) for i in place)
    is_now, has_to_be = unequal(got[place], right[place])
    return f"At [{index}] it is {is_now}, and has to be {has_to_be}."


def unequal(one, other):
    """Return two numbers as texts, with as many digits as it takes to tell them apart."""
    for digits in 4, 8, 17:
        texts = f"{one:.{digits}g}", f"{other:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts
