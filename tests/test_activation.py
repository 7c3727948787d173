"""The activation functions against their closed forms in 60 digits, and at their limits."""

from decimal import Decimal, Overflow, localcontext

import numpy as np
import pytest

import activation
from activation import ACTIVATIONS


def sigmoid(z):
    return 1 / (1 + (-z).exp())


EXACT = {  # name: (the function, its derivative: the left one at 0), of a Decimal
    "step": (lambda z: Decimal(z > 0), lambda z: Decimal(0)),
    "linear": (lambda z: z, lambda z: Decimal(1)),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "tanh": (lambda z: 2 * sigmoid(2 * z) - 1, lambda z: 4 * sigmoid(2 * z) * sigmoid(-2 * z)),
    "gaussian": (lambda z: (-z * z).exp(), lambda z: -2 * z * (-z * z).exp()),
    "relu": (lambda z: max(z, Decimal(0)), lambda z: Decimal(z > 0)),
    "leaky_relu": (lambda z: max(z, z / 100), lambda z: Decimal(1 if z > 0 else "0.01")),
    "elu": (lambda z: z if z > 0 else z.exp() - 1, lambda z: min(z, Decimal(0)).exp()),
    "softplus": (lambda z: max(z, Decimal(0)) + (1 + (-abs(z)).exp()).ln(), sigmoid),
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z))),
}
each = pytest.mark.parametrize("name", EXACT)
function_and_derivative = pytest.mark.parametrize("derivative", [False, True])


@each
@function_and_derivative
def test_values_equal_the_closed_form_for_tiny_and_for_huge_numbers(name, derivative):
    usual = np.concatenate([np.linspace(-n, n, 301) for n in (5, 40, 700)])
    sizes = 10.0 ** np.array([*range(-300, 0, 20), 3, 64, 125, 186, 247, 308])
    # around 0, and where a function's rounding or its limits of safety begin
    edges = [-0.0, 5e-324, -5e-324, np.nextafter(0.5, 0), 36.7368, -36.7368, 26.6, 27.3]
    z = np.concatenate([usual, sizes, -sizes, edges])
    with np.errstate(all="raise", under="ignore"):
        values = ACTIVATIONS[name](z, derivative=derivative)
    with localcontext() as context:
        context.prec, context.traps[Overflow] = 60, False
        for x, value in zip(z.tolist(), values.tolist()):
            exact = EXACT[name][derivative](Decimal(x))
            error = abs(Decimal(value) - exact) / max(1, abs(exact))
            assert error <= (1e-14 if derivative else 1e-15), f"at {x!r}: {value!r}"


@each
@function_and_derivative
def test_infinity_has_its_limit_and_nan_gives_nan_without_a_warning(name, derivative):
    f = ACTIVATIONS[name]
    with localcontext() as context:
        context.traps[Overflow] = False
        limits = [float(EXACT[name][derivative](Decimal(z))) for z in ("-1e400", "1e400")]
    with np.errstate(all="raise", under="ignore"):
        assert f([-np.inf, np.inf], derivative=derivative).tolist() == limits
        constant = derivative and name in ("step", "linear")
        assert np.isnan(f(np.nan, derivative=derivative)) != constant


@each
@function_and_derivative
@pytest.mark.parametrize("shape", [(), (0,), (9,), (2, 3, 0), (2, 3, 4, 5)])
def test_all_are_elementwise_for_numbers_lists_and_arrays(name, derivative, shape):
    def f(z):
        return np.asarray(ACTIVATIONS[name](z, derivative=derivative))

    z = np.asarray(np.random.default_rng(1).normal(0, 9, shape).round())
    before, value = z.copy(), f(z)
    assert value.shape == shape and value.dtype == f(z.astype(np.int8)).dtype == float
    assert np.array_equal(z, before) and not np.shares_memory(value, z)
    one_by_one = [f(number) for number in z.ravel().tolist()]  # whose last digit may differ
    for same in one_by_one, f(z.astype(np.int8)).ravel(), f(z.tolist()).ravel():
        np.testing.assert_allclose(value.ravel(), same, rtol=1e-14, atol=1e-15)


def test_the_table_shows_every_function_and_derivative(capsys):
    activation.main([])
    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    z = [-4, -2, -1, 0, 1, 2, 4]
    rows = [("z", z)]
    for f in ACTIVATIONS.values():
        rows += [(f.__name__, f(z)), ("derivative", f(z, derivative=True))]
    assert printed == [[word, *(f"{v:.4f}" for v in values)] for word, values in rows]
