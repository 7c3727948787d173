"""What tests share: a script called as from the shell, and whether two texts agree."""

import contextlib
import functools
import importlib
import io
import re
import sys
from typing import NamedTuple
from unittest import mock

import matplotlib.pyplot as plt
import numpy as np

TRAINING = ["xor.py", "2x2_image_recognition.py", "network1.py", "linear.py", "cubic.py"]
SCRIPTS = [
    "dataset.py",
    "activation.py",
    "2x2_image_predefined_1.py",
    "2x2_image_predefined_2.py",
    *TRAINING,
]
NO_WINDOW = "No window (no display, or no tkinter or Qt): --save FILE keeps the figure."


class Result(NamedTuple):
    """What a script did: its exit code, what it printed, and its lines of error messages."""

    code: int
    out: str
    err: list


class ResultWithLosses(NamedTuple):
    """A Result, and the losses that the figure shows, or None if there is no figure."""

    code: int
    out: str
    err: list
    losses: np.ndarray | None


def run(command):
    """Call a script's main in this process, and return its Result.

    command is what one types after python, as one text or as a list of words. Any exception
    besides SystemExit passes on to the caller. Everything that the script prints is checked by
    assert_readable. The script's figure stays open, and plt.gcf() returns it.
    """
    words = command.split() if isinstance(command, str) else command
    script, *options = words
    module = importlib.import_module(script.removesuffix(".py"))
    out = io.StringIO()
    err = io.StringIO()
    code = 0
    plt.close("all")
    with (
        mock.patch.object(sys, "argv", words),  # argparse takes the script's name from it
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            module.main(options)
        except SystemExit as ended:
            code = ended.code or 0
    assert_readable(out.getvalue())
    assert_readable(err.getvalue())
    return Result(code, out.getvalue(), err.getvalue().splitlines())


def assert_readable(printed):
    """Every console can show the text, and no number in it is a nan."""
    assert printed.isascii()
    # The help and error messages begin with "usage: ". They may speak of nan, because the help
    # of activation.py does, and because an error repeats what was typed.
    before_usage = printed.split("usage: ")[0]
    assert not re.search(r"\bnan\b", before_usage)


@functools.cache
def run_once(command):
    """Call run, and return its Result together with the losses in the figure.

    The same command is run only once, and all tests share its result. So this is not for tests
    with the fixture few_images. If a test looks at the losses, the command must be of a script
    that trains.
    """
    result = run(command)
    axes = plt.gcf().get_axes()
    losses = axes[0].get_lines()[0].get_ydata() if axes else None
    return ResultWithLosses(*result, losses)


def agree(expected, real):
    """Return whether two texts have the same words, and numbers that are nearly the same.

    Numbers with decimals may differ by 5 %, or by one in the last digit that expected shows.
    Numbers without a decimal point, such as 12 or 1e-05, must be equal. Spaces and the sort of
    minus sign don't matter.
    """
    expected = words_and_decimals(expected)
    real = words_and_decimals(real)
    # every second part is a number
    same_words = expected[::2] == real[::2]
    same_numbers = all(map(nearly_equal, expected[1::2], real[1::2]))
    return same_words and same_numbers


def words_and_decimals(text):
    """Return [words, number, words, number, ..., words]. Each number has decimals."""
    text = " ".join(text.split()).replace("\N{MINUS SIGN}", "-")
    return re.split(r"(-?\d+\.\d+(?:e-?\d+)?)", text)


def nearly_equal(expected, real):
    """Return whether two numbers, given as texts, differ by no more than agree allows."""
    mantissa, _, exponent = expected.partition("e")
    decimals = len(mantissa.partition(".")[2])
    last_digit = 10.0 ** (int(exponent or 0) - decimals)
    margin = max(abs(float(expected)) / 20, last_digit)
    difference = abs(float(expected) - float(real))
    return difference <= margin * (1 + 1e-9)  # 0.30 - 0.29 is a little more than 0.01
