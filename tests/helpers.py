"""What tests share: a script called as from the shell, and whether two texts agree."""

import contextlib
import functools
import importlib
import io
import re
from decimal import Decimal

import matplotlib.pyplot as plt

TRAINING = ["xor.py", "2x2_image_recognition.py", "network1.py", "linear.py", "cubic.py"]
SCRIPTS = ["dataset.py", "activation.py"]
SCRIPTS += ["2x2_image_predefined_1.py", "2x2_image_predefined_2.py", *TRAINING]
NO_WINDOW = "No window (no display, or no tkinter or Qt): --save FILE keeps the figure."


def run(command):
    """Call a script's main; return the exit code, what was printed, and the lines of stderr.

    command is what one types after python, as one text or a list of words. Any exception but
    SystemExit, any warning, a nan, and any letter that not every console can show end the test.
    """
    script, *options = command.split() if isinstance(command, str) else command
    out, err, code = io.StringIO(), io.StringIO(), 0
    plt.close("all")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            importlib.import_module(script.removesuffix(".py")).main(options)
        except SystemExit as exit:
            code = exit.code or 0
    printed, errors = out.getvalue(), err.getvalue()
    assert printed.isascii() and errors.isascii()
    assert not re.search(r"\bnan\b", printed)
    return code, printed, errors.splitlines()


@functools.cache
def answer(command):
    """The same, called once for all tests; and the losses that the script draws."""
    code, out, err = run(command)
    axes = plt.gcf().get_axes()
    return code, out, err, axes[0].get_lines()[0].get_ydata() if axes else None


def agree(expected, real):
    """Whether words and whole numbers are the same, decimals but for 5 % or a last digit."""
    texts = (" ".join(text.split()).replace("\N{MINUS SIGN}", "-") for text in (expected, real))
    a, b = (re.split(r"(-?\d+\.\d+(?:e-?\d+)?)", text) for text in texts)
    pairs = [(Decimal(x), Decimal(y)) for x, y in zip(a[1::2], b[1::2])]
    return a[::2] == b[::2] and all(
        abs(x - y) <= max(abs(x) / 20, Decimal(10) ** x.as_tuple().exponent) for x, y in pairs
    )
