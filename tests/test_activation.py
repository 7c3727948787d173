"""The activation functions against their closed forms in 60 digits, and their limits."""

import functools
from decimal import Decimal, Overflow, localcontext

import numpy as np
import pytest

import activation
from activation import ACTIVATIONS


def sigmoid(z):
    return 1 / (1 + (-z).exp())


EXACT = {  # name: (the function, its derivative: the left one at 0)
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


@each
@pytest.mark.parametrize("derivative, tolerance", [(False, 1e-15), (True, 1e-14)])
def test_values_equal_the_closed_form_up_to_infinity(name, derivative, tolerance):
    f, closed_form = ACTIVATIONS[name], EXACT[name][derivative]
    ranges = np.linspace(-700, 700, 281), np.linspace(-40, 40, 321), np.linspace(-5, 5, 301)
    sizes = 10.0 ** np.r_[-300:0:20, 3:308:61, 308]
    edges = [-0.0, 5e-324, -5e-324, np.nextafter(0.5, 0), 36.7368, -36.7368, 26.6, 27.3]
    z = np.concatenate([*ranges, sizes, -sizes, edges])
    with np.errstate(all="raise", under="ignore"), localcontext() as context:
        values = f(z, derivative=derivative)
        context.prec, context.traps[Overflow] = 60, False
        for x, value in zip(z.tolist(), values.tolist()):
            exact = closed_form(Decimal(x))
            error = abs(Decimal(value) - exact) / max(1, abs(exact))
            assert error <= tolerance, f"at {x!r}: {value!r}, off by {error:.3g}"
        far = [float(closed_form(Decimal(x))) for x in ("-1e400", "1e400")]
        assert f([-np.inf, np.inf], derivative=derivative).tolist() == far


@pytest.mark.parametrize("name", ACTIVATIONS)  # a reader's own as well
def test_derivatives_equal_small_differences(name):
    f, z, h = ACTIVATIONS[name], np.linspace(-3, 3, 8), 1e-6
    difference = (f(z + h) - f(z - h)) / (2 * h)
    assert f(z, derivative=True) == pytest.approx(difference, abs=1e-8)


@each
@pytest.mark.parametrize("derivative", [False, True])
def test_all_is_elementwise_for_numbers_lists_and_arrays(name, derivative):
    f = functools.partial(ACTIVATIONS[name], derivative=derivative)
    for shape in (), (0,), (9,), (2, 0, 3), (2, 3, 4, 5):
        z = np.asarray(np.random.default_rng(1).normal(0, 9, shape))
        before, flat, whole = z.copy(), z.ravel().tolist(), z.astype(np.int8)
        value = np.asarray(f(z))
        assert value.shape == shape and value.dtype == f(whole).dtype == float
        assert (z == before).all() and not np.shares_memory(value, z)
        for others in f(flat), [f(x) for x in flat]:  # whose last digit may differ
            np.testing.assert_allclose(value.ravel(), others, rtol=1e-14, atol=1e-15)
        assert np.array_equal(f(whole), f(whole.astype(float)))


def test_the_table_shows_every_function_and_derivative(capsys):
    assert set(EXACT) <= set(ACTIVATIONS) == {f.__name__ for f in ACTIVATIONS.values()}
    activation.main([])
    z = [-4, -2, -1, 0, 1, 2, 4]
    rows = [("z", z)]
    for name, f in ACTIVATIONS.items():
        rows += (name, f(z)), ("derivative", f(z, derivative=True))
    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert printed == [[word, *(f"{v:.4f}" for v in values)] for word, values in rows]
