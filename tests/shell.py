"""What the tests of the scripts and of the README share: a script called as from the shell."""

import contextlib
import functools
import importlib
import io

import matplotlib.pyplot as plt

SCRIPTS = "dataset activation 2x2_image_predefined_1 2x2_image_predefined_2 xor"
SCRIPTS = [f"{s}.py" for s in f"{SCRIPTS} 2x2_image_recognition network1 linear cubic".split()]
TRAINING = SCRIPTS[4:]
NO_WINDOW = "No window (no display, or no tkinter or Qt): --save FILE keeps the figure."


def run(command):
    """Call a script's main; return the exit code, what was printed, and the lines of stderr.

    Any exception but SystemExit, any warning, a nan, and any letter that not every console can
    show end the test.
    """
    script, *options = command.split(" ") if isinstance(command, str) else command
    out, err, code = io.StringIO(), io.StringIO(), 0
    plt.close("all")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            importlib.import_module(script.removesuffix(".py")).main(options)
        except SystemExit as exit:
            code = exit.code or 0
    assert (out.getvalue() + err.getvalue()).isascii() and "nan" not in out.getvalue().split()
    return code, out.getvalue(), err.getvalue().splitlines()


@functools.cache
def answer(command):
    """The same once for all tests; and the losses that are drawn."""
    result = run(command)
    axes = plt.gcf().get_axes()
    return *result, axes[0].get_lines()[0].get_ydata() if axes else None
