"""What tests share: a script called as from the shell, and whether two texts agree."""

import contextlib
import functools
import importlib
import io
import re

import matplotlib.pyplot as plt

TRAINING = ["xor.py", "2x2_image_recognition.py", "network1.py", "linear.py", "cubic.py"]
SCRIPTS = [
    "dataset.py",
    "activation.py",
    "2x2_image_predefined_1.py",
    "2x2_image_predefined_2.py",
    *TRAINING,
]
NO_WINDOW = "No window (no display, or no tkinter or Qt): --save FILE keeps the figure."


def run(command):
    """Call a script's main. Return the exit code, what was printed, and the lines of stderr.

    command is what one types after python, as one text or a list of words. A test ends if the
    script raises anything but SystemExit, prints a nan, or prints a letter that not every
    console can show.
    """
    words = command.split() if isinstance(command, str) else command
    script, *options = words
    module = importlib.import_module(script.removesuffix(".py"))
    out = io.StringIO()
    err = io.StringIO()
    code = 0
    plt.close("all")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            module.main(options)
        except SystemExit as exit:
            code = exit.code or 0
    printed = out.getvalue()
    errors = err.getvalue()
    assert printed.isascii()
    assert errors.isascii()
    if "--help" not in options:
        assert not re.search(r"\bnan\b", printed)
    return code, printed, errors.splitlines()


@functools.cache
def answer(command):
    """Return what run does, and the losses that the script draws, or None without a figure.

    Each command is run only once, for all tests.
    """
    code, out, err = run(command)
    axes = plt.gcf().get_axes()
    losses = axes[0].get_lines()[0].get_ydata() if axes else None
    return code, out, err, losses


def agree(expected, real):
    """Return whether two texts have the same words, and numbers that are nearly the same.

    Whole numbers must be equal. Numbers with decimals may differ by 5 %, or by one in the last
    digit. Spaces and the sort of minus sign don't matter.
    """
    expected = words_and_decimals(expected)
    real = words_and_decimals(real)
    # every second part is a number with decimals
    same_words = expected[::2] == real[::2]
    return same_words and all(map(nearly_equal, expected[1::2], real[1::2]))


def words_and_decimals(text):
    """Return the parts of a text: what stands before a number with decimals, that number ..."""
    text = " ".join(text.split()).replace("\N{MINUS SIGN}", "-")
    return re.split(r"(-?\d+\.\d+(?:e-?\d+)?)", text)


def nearly_equal(expected, real):
    """Return whether two numbers, given as texts, differ by 5 % or one in the last digit."""
    mantissa, _, exponent = expected.partition("e")
    decimals = len(mantissa.partition(".")[2])
    last_digit = 10.0 ** (int(exponent or 0) - decimals)
    margin = max(abs(float(expected)) / 20, last_digit)
    return abs(float(expected) - float(real)) <= margin * (1 + 1e-9)
