"""Compare what a student has computed with what is right, and say how it differs."""

import numpy as np


class Wrong(Exception):
    """What is wrong, in words for the student.

    mistake is the part of the text that names the mistake. It is empty if the check only knows
    where something is wrong.
    """

    def __init__(self, text, mistake=""):
        super().__init__(text)
        self.mistake = mistake


class NotWritten(Wrong):
    """A function still raises NotImplementedError."""


class Stopped(Wrong):
    """A line of the student's program has ended with an error.

    has_wrong_shapes says whether the shapes of the arrays in that line don't fit.
    """

    def __init__(self, text, has_wrong_shapes=False):
        super().__init__(text)
        self.has_wrong_shapes = has_wrong_shapes


def compare(label, got, right, rows, otherwise=""):
    """Raise Wrong unless got is right.

    rows is one of the tables of mistakes.py. If the mistake isn't in it, then the text says how
    the numbers differ, and ends with the sentence otherwise.
    """
    check_type(label, got, right)
    if same(got, right):
        return
    sentence = first_match(rows, lambda value: same(got, value))
    if sentence:
        text = described(label, got, right, sentence)
        raise Wrong(text, mistake=text)
    raise Wrong(f"{described(label, got, right)} {otherwise}".strip())


def first_match(rows, fits):
    """Return the sentence of the first row with a formula that fits; None if there is none.

    fits(value) says whether what a formula makes is what the student has. A formula is skipped
    if it makes nan or infinite numbers, or if it can't be computed: ValueError comes where
    shapes don't go together. Where this layer lacks something, it is None. Then None @ dz
    raises a TypeError, and None.T an AttributeError.
    """
    for sentence, *formulas in rows:
        for formula in formulas:
            try:
                value = formula()
                is_finite = np.isfinite(value).all()
            except (ValueError, TypeError, AttributeError):
                continue
            if is_finite and fits(value):
                return sentence
    return None


# --- Whether two arrays agree -----------------------------------------------------------------


def same(got, right, scale=None):
    """Whether no number of got differs from that of right by more than a millionth of scale.

    scale is the largest number in right, unless it is given. Rounding and the errors of the
    slopes are far below a millionth. A nan in right agrees with every number: it stands for a
    slope that isn't there, as at a corner of relu. What isn't numbers agrees with nothing.
    """
    if not is_numbers(got) or np.shape(got) != np.shape(right):
        return False
    return np.isfinite(got).all() and not is_off(got, right, scale).any()


def is_numbers(value):
    """Whether a value is a number, or an array of numbers."""
    return isinstance(value, (int, float, np.number, np.ndarray)) and np.issubdtype(
        np.asarray(value).dtype, np.number
    )


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


# --- How they differ --------------------------------------------------------------------------


def check_type(label, got, right):
    """Raise Wrong unless got is an array or a number, as right is."""
    trouble = None
    if got is None:
        trouble = "is None. Is it never computed, or is a return missing?"
    elif isinstance(got, (list, tuple, dict)):
        wanted = "an array" if np.ndim(right) > 0 else "a number"
        trouble = f"has to be {wanted}, and it is a {type(got).__name__}."
    elif np.iscomplexobj(got):
        trouble = "has complex numbers in it. Is there a root of a negative number?"
    elif not is_numbers(got):
        trouble = f"has to be numbers, and it is a {type(got).__name__}."
    if trouble:
        raise Wrong(f"{label} {trouble}", mistake=f"{label} {trouble}")


def described(label, got, right, sentence=None):
    """Return in words what is wrong with an array: the sentence, or else how it differs."""
    if np.shape(got) != np.shape(right):
        text = f"{label} has the shape {np.shape(got)}, not {np.shape(right)}."
        return f"{text} {sentence}" if sentence else text
    return f"{label}: {sentence or difference_in_numbers(got, right)}"


def difference_in_numbers(got, right):
    """Return in which way two arrays of the same shape differ, without naming a cause."""
    if not np.isfinite(got).all():
        return "There are nan or infinite numbers in it."
    if np.size(got) == 1:
        is_now, has_to_be = unequal(np.ravel(got)[0], np.ravel(right)[0])
        return f"It is {is_now}, and has to be {has_to_be}."
    if largest(right) == 0:
        return "It has to be 0 everywhere."
    factor = factor_of(got, right)
    if same(got, factor * right):
        return f"It is {factor:.4g} times what it has to be, everywhere."
    if same(got, np.where(got == 0, 0, right)):  # where it isn't 0, it is right
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
