"""Run what a student has written, and say where it stopped if it did."""

import contextlib
import copy
import importlib.util
import inspect
import io
import linecache
import re
import sys
import traceback
from pathlib import Path

import numpy as np

from exercises.checking.compare import NotWritten, Stopped, Wrong

SHOWN_LINES = 10  # of what is printed
RANDOM = "rng", "generator", "seed"  # names of arguments from which random numbers come


class Program:
    """A module that a student has written, and its functions.

    name is a module, as my_xor, or its file, as my_xor.py or ../anna/my_xor.py. known_right has
    the names of functions that have been checked. If one of them stops, then the line that
    calls it is to blame.
    """

    def __init__(self, name):
        self.name = name
        self.file = None  # until it is loaded
        self.module = None
        self.known_right = set()
        self.called = set()  # functions that have been called
        self.printed = io.StringIO()  # what they have printed
        self.shown = set()  # lines of it that have been shown

    def load(self):
        """Import the module; raise Wrong if it isn't there, or stops."""
        self.file = find(self.name)
        self.name = self.file.name
        spec = importlib.util.spec_from_file_location(f"{self.name} (checked)", self.file)
        self.module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = self.module
        linecache.checkcache()
        out = contextlib.redirect_stdout(self.printed)
        no_errors = contextlib.redirect_stderr(io.StringIO())  # of a command line
        try:
            with imported_afresh(self.file.parent), out, no_errors:
                spec.loader.exec_module(self.module)
        except SystemExit as error:
            raise Wrong(
                f"{self.line(self.frames(error)[0])}\nThis ends the program while the file is "
                'imported. Write if __name__ == "__main__": above it, and indent it.'
            ) from None
        except SyntaxError as error:
            file = Path(error.filename or self.file).name
            text = f"{type(error).__name__}: {error.msg} ({file}, line {error.lineno})"
            raise Wrong(text) from None
        except Exception as error:
            raise self.stopped(error) from None

    def has(self, name):
        return callable(getattr(self.module, name, None))

    def arguments(self, name):
        """Return the arguments of a function, {name: inspect.Parameter}."""
        return inspect.signature(getattr(self.module, name)).parameters

    def random_arguments(self, name):
        """Return the arguments of a function from which random numbers come, with values."""
        values = {label: np.random.default_rng(0) for label in RANDOM}
        values["seed"] = 0
        return {label: values[label] for label in RANDOM if label in self.arguments(name)}

    def check_order(self, name, labels, stopped):
        """Raise Wrong with more words than in stopped, if the arguments have another order."""
        own_labels = [label.lower() for label in self.arguments(name)]
        places = [own_labels.index(label) for label in labels if label in own_labels]
        if places != sorted(places):
            raise Wrong(
                f"{stopped}\nThe check calls {name}({', '.join(labels)}), in this order. Here "
                f"the arguments are {', '.join(own_labels)}."
            ) from None

    def calls(self, name, other):
        """Whether other, the name of a function, stands in the code of a function."""
        code = getattr(getattr(self.module, name), "__code__", None)
        return code is not None and other in code.co_names

    def call(self, name, *args, **options):
        """Return what a function returns; raise Wrong if it stops.

        What it prints is kept when it is called for the first time, and dropped from then on.
        """
        out = io.StringIO() if name in self.called else self.printed
        self.called.add(name)
        try:
            with contextlib.redirect_stdout(out):
                return getattr(self.module, name)(*args, **options)
        except NotImplementedError as error:
            line = self.line(self.frames(error)[-1])
            raise NotWritten(f"{line}\nThis function isn't written yet.") from None
        except SystemExit as error:
            line = self.line(self.frames(error)[-1])
            raise Wrong(f"{line}\nThis ends the program. Leave that to main.") from None
        except Exception as error:
            raise self.stopped(error) from None

    def checked_call(self, name, *args, may_change=None, **options):
        """Return what call returns; raise Wrong if the function changes its arguments.

        Only may_change, one of the arguments, may be changed.
        """
        before = copy.deepcopy(args)
        result = self.call(name, *args, **options)
        for label, old, new in zip(self.arguments(name), before, args):
            if new is not may_change and not is_equal(old, new):
                text = f"{name} changes the {label} that it is given."
                if isinstance(new, list) and may_change is not None:
                    raise Wrong(f"{text} Change the parameters instead.")
                if isinstance(new, list):
                    raise Wrong(f"{text} Leave that to the update.")
                raise Wrong(
                    f"{text} A line such as x *= 2, x -= 1 or x[0] = 1 does that. So does a0 "
                    "*= 2 after a0 = x.T, because x.T is another view of the same numbers. "
                    "Write a0 = 2 * a0, for example, which makes a new array."
                )
        return result

    def what_functions_make(self, name, array):
        """Return what functions that back_propagate calls make of an array with this name.

        Their derivatives belong to it as well: {"f(z1)": array, "f(z1, True)": array}.
        """
        code = getattr(self.module.back_propagate, "__code__", None)
        functions = [each for each in code.co_names if self.has(each)] if code else []
        made = {}
        for function in functions:
            with contextlib.suppress(Wrong):
                made[f"{function}({name}, True)"] = self.call(function, array.copy(), True)
        for function in functions:
            with contextlib.suppress(Wrong):
                made[f"{function}({name})"] = self.call(function, array.copy())
        return made

    def forward_values(self, x, parameters):
        """Return what forward returns, a list; None if it can't be called, or isn't arrays.

        If it returns two lists, those of z and of a, then they are put together.
        """
        if not self.has("forward"):
            return None
        try:
            values = self.call("forward", x, parameters)
        except Wrong:
            return None
        if not isinstance(values, (list, tuple)):
            return None
        if len(values) == 2 and all(isinstance(each, list) for each in values):
            z, a = sorted(values, key=len)  # a is longer, because a0 has no z
            values = [a[0]] if a else []
            for pair in zip(z, a[1:]):
                values += pair
        return values if all(isinstance(array, np.ndarray) for array in values) else None

    @contextlib.contextmanager
    def noted(self, name):
        """Yield a list to which each call of a function adds a copy of its arguments.

        They have the order in which the function names them, however it is called.
        """
        function = getattr(self.module, name)
        signature = inspect.signature(function)
        calls = []

        def note(*args, **options):
            # the function itself says which argument is missing, if one is
            with contextlib.suppress(TypeError):
                arguments = signature.bind(*args, **options).arguments.values()
                calls.append(copy.deepcopy([*arguments]))
            return function(*args, **options)

        setattr(self.module, name, note)
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

    def line(self, frame_and_number):
        """Return my_xor.py, line 9: and what stands there."""
        _, number = frame_and_number
        code = linecache.getline(str(self.file), number).strip()
        return f"{self.name}, line {number}: {code}"

    def where(self, error):
        """Return the line that was running when an error came, and those that called it."""
        lines = [self.line(frame) for frame in self.frames(error)]
        if not lines:
            return self.name
        return ",\ncalled from ".join(reversed(lines))

    def stopped(self, error):
        """Return a Stopped that says in which line an error arose, and with which arrays."""
        text = f"{type(error).__name__}: {error}"
        # numpy's words for this are hard to read; if they change, they are printed as they are
        pattern = "broadcast|core dimension|not aligned"
        has_wrong_shapes = re.search(pattern, str(error)) is not None
        if has_wrong_shapes:
            text = (
                "The shapes don't fit. Is it the wrong array, or is a .T missing or too many?"
            )
        frames = self.frames(error)
        if not frames:
            return Stopped(text)
        for i in range(1, len(frames)):
            name = frames[i][0].f_code.co_name
            if name in self.known_right:
                frames = frames[:i]
                text = f"{name} is right, but it stops with what it is given here. {text}"
                has_wrong_shapes = False  # they are inside of it, and not in the line shown
                break
        text = f"{self.line(frames[-1])}\n{text}\n{self.values(*frames[-1])}".rstrip()
        return Stopped(text, has_wrong_shapes)

    def values(self, frame, number):
        """Return what the variables of a line are: "W2 is (7, 5), dz2 is (7, 11)."."""
        code = linecache.getline(str(self.file), number).split("#")[0]
        variables = {**frame.f_globals, **frame.f_locals}
        texts = []
        for name in dict.fromkeys(re.findall(r"\w+", code)):
            value = variables.get(name, "no variable")
            if isinstance(value, np.ndarray) and name not in frame.f_locals:
                other = f"an array of your file, {value.shape}, and not of this function"
                texts.append(f"{name} is {other}")
            elif isinstance(value, np.ndarray):
                texts.append(f"{name} is {value.shape}")
            elif isinstance(value, (list, tuple)):
                kind = type(value).__name__
                if len(value) == 0:
                    texts.append(f"{name} is an empty {kind}")
                else:
                    texts.append(f"{name} is a {kind} of length {len(value)}")
            elif isinstance(value, (int, float)):
                texts.append(f"{name} is {value:.4g}")
            elif value is None:
                texts.append(f"{name} is None, as append and functions without return give it")
        return f"{', '.join(texts)}." if texts else ""


@contextlib.contextmanager
def imported_afresh(folder):
    """Let the modules of a folder be imported as their files are now.

    Python remembers modules that it has imported. In a notebook, or if another folder has an
    activation.py of its own, it would take an old one or another one.
    """
    names = {file.stem for file in folder.glob("*.py")} & set(sys.modules)
    remembered = {name: sys.modules.pop(name) for name in names}
    importlib.invalidate_caches()
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
