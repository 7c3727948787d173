"""Run what a student has written, and say where it stopped if it did."""

import contextlib
import copy
import importlib.util
import inspect
import io
import linecache
import sys
import traceback
from pathlib import Path

import numpy as np

from exercises.checking.compare import Wrong
from exercises.checking.stopped import Stop, why_a_call_stopped, why_it_stopped

SHOWN_LINES = 10  # of what is printed


class NotWritten(Wrong):
    """A function still raises NotImplementedError."""


class Program:
    """A module that a student has written, and its functions.

    name is a module, as my_xor, or its file, as my_xor.py or ../anna/my_xor.py. known_right has
    the names of functions that have been checked: if one of them stops, the line that calls it
    is to blame.
    """

    def __init__(self, name):
        self.file = find(name)
        self.name = self.file.name
        self.module = None  # until it is loaded
        self.known_right = set()
        self.called = set()  # functions that have been called
        self.printed = io.StringIO()  # what they have printed
        self.shown = set()  # lines of it that have been shown

    def load(self):
        """Import the module; raise Wrong if it stops."""
        name = f"{self.file.stem} (checked)"
        spec = importlib.util.spec_from_file_location(name, self.file)
        self.module = importlib.util.module_from_spec(spec)
        sys.modules[name] = self.module
        out = contextlib.redirect_stdout(self.printed)
        no_errors = contextlib.redirect_stderr(io.StringIO())  # of a command line
        try:
            with imported_afresh(self.file.parent), out, no_errors:
                spec.loader.exec_module(self.module)
        except SystemExit as error:
            first = self.frames(error)[0]
            raise Wrong(
                f"{self.line(first)}\nThis ends the program while the file is imported. "
                'Write if __name__ == "__main__": above it, and indent it.'
            ) from None
        except SyntaxError as error:
            file = Path(error.filename or self.file).name
            text = f"{type(error).__name__}: {error.msg} ({file}, line {error.lineno})"
            raise Wrong(text) from None
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
            frames = self.frames(error)
            raise Wrong(f"{self.line(frames[-1])}: {text}" if frames else text) from None

    def has(self, name):
        return callable(getattr(self.module, name, None))

    def arguments(self, name):
        """Return the arguments of a function, {name: inspect.Parameter}."""
        return inspect.signature(getattr(self.module, name)).parameters

    def call(self, name, *args, expected=None, **options):
        """Return what a function returns; raise Wrong if it stops.

        What it prints is kept when it is called for the first time, and dropped from then on.
        expected are the arrays that it should make, {name: array}, if they are known.
        """
        out = io.StringIO() if name in self.called else self.printed
        self.called.add(name)
        try:
            with contextlib.redirect_stdout(out):
                return getattr(self.module, name)(*args, **options)
        except NotImplementedError as error:
            last = self.frames(error)[-1]
            raise NotWritten(self.place(last)) from None
        except SystemExit as error:
            last = self.frames(error)[-1]
            raise Wrong(
                f"{self.line(last)}\nThis ends the program. Leave that to main."
            ) from None
        except Exception as error:
            raise self.stopped(error, expected or {}) from None

    def checked_call(self, name, *args, may_change=None, **options):
        """Return what call returns; raise Wrong if the function changes its arguments.

        Only may_change, one of the arguments, may be changed.
        """
        before = copy.deepcopy(args)
        result = self.call(name, *args, **options)
        for label, old, new in zip(self.arguments(name), before, args):
            if new is not may_change and not is_equal(old, new):
                text = f"{name} changes {label}, as *= and a[i] = b do, also of a.T."
                if isinstance(new, list):
                    raise Wrong(f"{text} Leave that to the update.")
                raise Wrong(f"{text} Make a new array.")
        return result

    def forward_values(self, x, parameters):
        """Return what forward returns, a list; None if it can't be called, or isn't arrays."""
        try:
            values = self.call("forward", x, parameters)
        except (Wrong, AttributeError):
            return None
        if not isinstance(values, (list, tuple)):
            return None
        return values if all(isinstance(array, np.ndarray) for array in values) else None

    @contextlib.contextmanager
    def watched(self, name):
        """Note how a function is called: yield a list to which each call adds its arguments."""
        function = getattr(self.module, name)
        signature = inspect.signature(function)
        calls = []

        def noting(*args, **options):
            calls.append([*signature.bind(*args, **options).arguments.values()])
            return function(*args, **options)

        setattr(self.module, name, noting)
        try:
            yield calls
        finally:
            setattr(self.module, name, function)

    def show_printed(self):
        """Print the first lines that were printed since the last time, but each only once."""
        lines = self.printed.getvalue().splitlines()
        self.printed = io.StringIO()
        for line in lines[:SHOWN_LINES]:
            if line not in self.shown:
                print(f"    prints: {line}")
                self.shown.add(line)
        if len(lines) > SHOWN_LINES:
            print(f"    ... and {len(lines) - SHOWN_LINES} lines more")

    # --- where it stopped ---------------------------------------------------------------------

    def frames(self, error):
        """Return the calls in the student's file that led to an error: (frame, line number).

        The first is the outermost, and the last is that of the line which stopped.
        """
        frames = traceback.walk_tb(error.__traceback__)
        return [each for each in frames if each[0].f_code.co_filename == str(self.file)]

    def place(self, frame_and_number):
        """Return my_xor.py, line 9."""
        _, number = frame_and_number
        return f"{self.name}, line {number}"

    def line(self, frame_and_number):
        """Return my_xor.py, line 9: and what stands there."""
        _, number = frame_and_number
        code = linecache.getline(str(self.file), number).strip()
        return f"{self.place(frame_and_number)}: {code}"

    def stopped(self, error, expected):
        """Return a Wrong that says in which line an error arose, and why if that is clear."""
        text = f"{type(error).__name__}: {error}".rstrip(": ")
        frames = self.frames(error)
        if not frames:
            return Wrong(text)
        called = None  # the frame of a function that is right by itself
        for i in range(1, len(frames)):
            if frames[i][0].f_code.co_name in self.known_right:
                called = frames[i][0]
                frames = frames[:i]
                break
        stop = Stop(error, *frames[-1], self.file, expected)
        why = why_it_stopped(stop) if called is None else why_a_call_stopped(stop, called)
        text = f"{self.line(frames[-1])}\n{text}"
        return Wrong(f"{text}\n{why.text}", is_misfit=why.is_misfit) if why else Wrong(text)


@contextlib.contextmanager
def imported_afresh(folder):
    """Let the modules of a folder be imported as their files are now.

    Python remembers modules that it has imported. So in a notebook, or if another folder has an
    activation.py of its own, it would take an old or another one.
    """
    linecache.checkcache()
    importlib.invalidate_caches()
    remembered = {}
    for file in folder.glob("*.py"):
        if file.stem in sys.modules:
            remembered[file.stem] = sys.modules.pop(file.stem)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        sys.modules.update(remembered)


def find(name):
    """Return the file of a module, given its name or its path; raise Wrong if there is none."""
    file = Path(f"{name.removesuffix('.py')}.py")
    dotted = Path(f"{name.replace('.', '/')}.py")  # as exercises.my_network
    for each in file, dotted:
        if each.is_file():
            return each.resolve()
    raise Wrong(f"{file} isn't here. Copy by_hand.py or a script to it first.")


def is_equal(old, new):
    """Whether an argument is as it was; a list of arrays as well as an array."""
    if isinstance(new, (list, tuple)):
        return len(old) == len(new) and all(map(is_equal, old, new))
    if isinstance(new, np.ndarray):
        return np.array_equal(old, new)
    return True
