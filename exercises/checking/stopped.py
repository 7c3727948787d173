"""Say why a line of the student's program has stopped with an error, if that can be seen.

The class of an error says of which kind it is. The words of its message aren't looked at,
because they change with the versions of Python and numpy. The variables of the line say the
rest: one of them may be None, a list, or an array of the wrong shape.
"""

import ast
import tokenize
from dataclasses import dataclass

import numpy as np

from exercises.checking.shapes import remedies


class Stop:
    """A line that has stopped, with all that can be known of it.

    expected are the arrays that its function should make, {name: array}, if they are known.
    """

    def __init__(self, error, frame, number, file, expected):
        with tokenize.open(file) as stream:
            tree = ast.parse(stream.read())
        self.error = error
        self.expected = expected
        self.arguments = arguments_of(frame)
        self.own_variables = frame.f_locals
        self.variables = {**frame.f_globals, **frame.f_locals}
        self.statement = statement_at(tree, number)
        self.assignments = assignments_in(tree, frame)
        # the variables in the line, {name: value}, and those that are arrays
        names = names_in(self.statement)
        self.values = {name: self.variables[name] for name in names if name in self.variables}
        self.arrays = {}
        for name, value in self.values.items():
            if isinstance(value, np.ndarray):
                self.arrays[name] = value


@dataclass
class Why:
    """Why a line has stopped, in words."""

    text: str
    is_misfit: bool = False  # whether shapes don't fit, and nothing is known that would


# --- Each of these returns a Why, or None if it isn't this cause ------------------------------


def why_it_stopped(stop):
    """The first cause that can be seen, of those that such an error may have."""
    if stop.statement is None:
        return None
    for errors, cause in CAUSES:
        if isinstance(stop.error, errors):
            why = cause(stop)
            if why:
                return why
    return None


def why_a_call_stopped(stop, called):
    """The cause if the line calls a function that is right by itself; called is its frame."""
    why = why_none(stop)
    if not why:
        names = arguments_of(called)
        got = [f"{name} is {describe(called.f_locals.get(name))}" for name in names]
        call = f"{called.f_code.co_name}({', '.join(names)})"
        why = Why(f"{call} stops when it is called so: {', '.join(got)}.")
        not_its_own = why_global(stop)
        if not_its_own:
            why.text += f"\n{not_its_own.text}"
    why.is_misfit = isinstance(stop.error, ValueError)
    return why


def why_none(stop):
    """A variable of the line is None."""
    for name, value in stop.values.items():
        if value is None and name in stop.assignments:
            call = stop.assignments[name]
            return Why(
                f"{name} is None. Does {ast.unparse(call.func)} return nothing? Then write "
                f"{ast.unparse(call)} without {name} = before it."
            )
        if value is None:
            return Why(f"{name} is None.")
    return None


def why_list(stop):
    """A list or a tuple stands where an array is needed."""
    operands = []
    for node in ast.walk(stop.statement):
        if isinstance(node, ast.BinOp):
            operands += [node.left, node.right]
        elif isinstance(node, ast.AugAssign):
            operands += [node.target, node.value]
        elif isinstance(node, ast.Attribute) and node.attr == "T":
            operands.append(node.value)
    for operand in operands:
        name = getattr(operand, "id", None)
        value = stop.values.get(name)
        if isinstance(value, (list, tuple)):
            value = describe(value)
            return Why(f"{name} is not an array, but {value}. Take its arrays one by one.")
    return None


def why_unpack(stop):
    """The number of names to the left of = may not be that of the values."""
    statement = stop.statement
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if isinstance(target, (ast.Tuple, ast.List)) and isinstance(statement.value, ast.Call):
        called = ast.unparse(statement.value.func)
        return Why(
            f"There are {len(target.elts)} names to the left of =. Does {called} return as "
            "many values?"
        )
    return None


def why_global(stop):
    """An array of the line isn't the function's own."""
    for name, array in stop.arrays.items():
        if name not in stop.own_variables:
            own = ", ".join(stop.arguments)
            return Why(
                f"{name} is an array of your file, {array.shape}, and not of this function, "
                f"whose arguments are {own}."
            )
    return None


def why_shapes(stop):
    """Shapes don't fit; say what would."""
    if not stop.arrays:
        return None
    target = target_of(stop.statement)
    for name, array in stop.arrays.items():
        wanted = shape_like(name, stop)
        if name != target and wanted not in (None, array.shape):
            text = f"{name} is {array.shape}, and has to be {wanted}. How is it made?"
            return Why(text, is_misfit=True)
    shapes = ", ".join(f"{name} is {array.shape}" for name, array in stop.arrays.items())
    fitting = []
    if hasattr(stop.statement, "value"):
        fitting = remedies(stop.statement.value, stop.variables, wanted_shape(stop, target))
    if 1 <= len(fitting) <= 3:
        return Why(f"{shapes}. This would fit: {', or '.join(fitting)}")
    return Why(f"{shapes}.", is_misfit=not fitting)


CAUSES = [  # the classes of errors, and a cause that they may have
    ((TypeError, AttributeError), why_none),
    ((TypeError, AttributeError), why_list),
    ((ValueError, TypeError), why_unpack),
    ((ValueError, AssertionError), why_global),
    ((ValueError,), why_shapes),
]


# --- Shapes -----------------------------------------------------------------------------------


def wanted_shape(stop, target):
    """Return the shape that a line has to make, or None if it isn't known."""
    if isinstance(stop.statement, ast.Return) and len(stop.expected) == 1:
        return np.shape(*stop.expected.values())
    return shape_like(target, stop)


def shape_like(name, stop):
    """Return the shape that a variable has to have, or None if it isn't known.

    dz2 has that of z2, because it is the derivative by each number of z2; and so has a2.
    """
    if name in stop.expected:
        return np.shape(stop.expected[name])
    like = None
    if name.startswith("d"):
        like = stop.variables.get(name[1:])
    elif name.startswith("a"):
        like = stop.variables.get(f"z{name[1:]}")
    return like.shape if isinstance(like, np.ndarray) else None


def describe(value):
    """Return what a value is, in a few words: (5, 11), or a list of 4."""
    if isinstance(value, np.ndarray):
        return f"{value.shape}"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    return f"a {type(value).__name__}"


# --- The code around it -----------------------------------------------------------------------


def arguments_of(frame):
    """Return the names of the arguments of the function that a frame belongs to."""
    code = frame.f_code
    return code.co_varnames[: code.co_argcount]


def statement_at(tree, number):
    """Return the statement at a line.

    Return None if there are several, or if it has others in it, as a loop has.
    """
    around = []
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node.lineno <= number <= node.end_lineno:
            around.append(node)
    fewest = min((node.end_lineno - node.lineno for node in around), default=0)
    shortest = [node for node in around if node.end_lineno - node.lineno == fewest]
    if len(shortest) != 1 or hasattr(shortest[0], "body"):
        return None
    return shortest[0]


def names_in(statement):
    """Return the names of variables in a statement, in their order, each once."""
    if statement is None:
        return []
    names = [each for each in ast.walk(statement) if isinstance(each, ast.Name)]
    names.sort(key=lambda name: (name.lineno, name.col_offset))
    return list(dict.fromkeys(name.id for name in names))


def target_of(statement):
    """Return the name to the left of =; empty if there is none, or more than one."""
    target = getattr(statement, "target", None)  # of +=
    if isinstance(statement, ast.Assign):
        target = statement.targets[0]
    return getattr(target, "id", "")


def assignments_in(tree, frame):
    """Return each name = call(...) in the function of a frame, {name: call}."""
    assignments = {}
    for function in ast.walk(tree):
        if getattr(function, "lineno", None) == frame.f_code.co_firstlineno:
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                    assignments[ast.unparse(node.targets[0])] = node.value
    return assignments
