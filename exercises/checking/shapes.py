"""Say what would fit in the place of an expression in which shapes don't fit.

The expression isn't computed. It is read as a tree, with ast, Python's own parser. The shape of
its result is worked out from the shapes of its arrays. Then the same is done with one thing
changed: a .T more or less, @ for *, the other order, or another layer's array.
"""

import ast
import copy

import numpy as np

from activation import ACTIVATIONS

# functions that return an array of the shape that they are given
ELEMENTWISE = {*ACTIVATIONS, "abs", "absolute", "exp", "log", "sqrt", "square", "zeros_like"}


class Unknown(Exception):
    """The shape of an expression isn't known."""


class Misfit(Exception):
    """The shapes in an expression don't fit."""


def remedies(node, values, wanted):
    """Return what would fit in the place of an expression, as code.

    values are those of its variables, {name: value}, and wanted is the shape that it has to
    make, or None if that isn't known. One thing is changed; if that isn't enough, then an array
    is transposed as well.
    """
    try:
        if fits(node, values, wanted):
            return []
        once = list(variants(node, values))
        fitting = [each for each in once if fits(each, values, wanted)]
        if not fitting:
            for changed in [*transposed(node, values), *operated(node)]:
                for twice in transposed(changed, values):
                    if fits(twice, values, wanted):
                        fitting.append(twice)
    except Unknown:
        return []
    texts = list(dict.fromkeys(ast.unparse(each) for each in fitting))
    fewest = min((text.count(".T") for text in texts), default=0)
    return [text for text in texts if text.count(".T") <= fewest + 1]


def fits(node, values, wanted):
    """Whether the shapes in an expression fit, and make the wanted one, if that is known."""
    try:
        shape = shape_of(node, values)
    except Misfit:
        return False
    return wanted is None or shape == wanted


def shape_of(node, values):
    """Return the shape of an expression; raise Misfit if there is none, or Unknown."""
    if isinstance(node, ast.Constant):
        return ()
    if isinstance(node, ast.Name):
        value = values.get(node.id)
        if isinstance(value, (np.ndarray, float, int)):
            return np.shape(value)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return shape_of(node.value, values)[::-1]
    if isinstance(node, ast.Attribute) and node.attr == "size":
        return ()
    if isinstance(node, ast.UnaryOp):
        return shape_of(node.operand, values)
    if isinstance(node, ast.BinOp):
        left = shape_of(node.left, values)
        right = shape_of(node.right, values)
        return shape_of_both(node.op, left, right)
    if isinstance(node, ast.Call) and node.args:
        return shape_of_call(node, values)
    raise Unknown


def shape_of_call(node, values):
    """Return the shape of what a function returns, if it is one of those that are known."""
    name = getattr(node.func, "attr", getattr(node.func, "id", None))
    first = shape_of(node.args[0], values)
    if name in ELEMENTWISE:
        return first
    if name in ("dot", "matmul") and len(node.args) == 2:
        return shape_of_both(ast.MatMult(), first, shape_of(node.args[1], values))
    raise Unknown


def shape_of_both(operator, left, right):
    """Return the shape of what an operator makes of two arrays."""
    if isinstance(operator, ast.MatMult):
        if len(left) != 2 or len(right) != 2 or left[1] != right[0]:
            raise Misfit
        return left[0], right[1]
    try:
        return np.broadcast_shapes(left, right)
    except ValueError:
        raise Misfit from None


def variants(tree, values):
    """Yield the expression with one thing changed, in all ways."""
    yield from transposed(tree, values)
    yield from operated(tree)
    yield from of_another_layer(tree, values)


def transposed(tree, values):
    """Yield the expression with one array transposed, or no longer transposed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "T":
            yield replaced(tree, node, node.value)
        if is_array(node, values):
            yield replaced(tree, node, ast.Attribute(node, "T", ast.Load()))


def operated(tree):
    """Yield the expression with * for @, @ for *, or a product in the other order."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            yield replaced(tree, node, ast.BinOp(node.left, ast.Mult(), node.right))
            yield replaced(tree, node, ast.BinOp(node.right, ast.MatMult(), node.left))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            yield replaced(tree, node, ast.BinOp(node.left, ast.MatMult(), node.right))
        if isinstance(node, ast.Call) and len(node.args) == 2:  # np.dot
            yield replaced(tree, node, ast.BinOp(node.args[0], ast.Mult(), node.args[1]))
            yield replaced(tree, node, ast.Call(node.func, node.args[::-1], node.keywords))


def of_another_layer(tree, values):
    """Yield the expression with W1, for example, in the place of W2."""
    for node in ast.walk(tree):
        if is_array(node, values):
            for name in values:
                if differ_in_number(name, node.id):
                    yield replaced(tree, node, ast.Name(name, ast.Load()))


def is_array(node, values):
    return isinstance(node, ast.Name) and isinstance(values.get(node.id), np.ndarray)


def differ_in_number(other, name):
    """Whether two names differ in their number only, as W1 and W2 do."""
    letters = name.rstrip("0123456789")
    return other != name and other.rstrip("0123456789") == letters != name


def replaced(tree, old, new):
    """Return a copy of a tree in which new stands in the place of the node old."""
    if tree is old:
        return new
    result = copy.copy(tree)
    for field, value in ast.iter_fields(tree):
        if isinstance(value, ast.AST):
            setattr(result, field, replaced(value, old, new))
        elif isinstance(value, list):
            setattr(result, field, [replaced(each, old, new) for each in value])
    return result
