"""The activation functions against their closed forms in 60 digits, and their limits."""

import functools
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

import activation
from activation import ACTIVATIONS

INF = float("inf")
ONE, HUNDREDTH = Decimal(1), Decimal(1) / 100


def sigmoid(z):
    return 1 / (1 + (-z).exp())


def tanh(z):
    return (z.exp() - (-z).exp()) / (z.exp() + (-z).exp())


EXACT = {  # name: (the function, its derivative: the left one at 0)
    "step": (lambda z: Decimal(z > 0), lambda z: Decimal(0)),
    "linear": (lambda z: z, lambda z: ONE),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "tanh": (tanh, lambda z: 1 - tanh(z) ** 2),
    "gaussian": (lambda z: (-z * z).exp(), lambda z: -2 * z * (-z * z).exp()),
    "relu": (lambda z: max(z, Decimal(0)), lambda z: Decimal(z > 0)),
    "leaky_relu": (lambda z: z if z > 0 else z / 100, lambda z: ONE if z > 0 else HUNDREDTH),
    "elu": (lambda z: z if z > 0 else z.exp() - 1, lambda z: ONE if z > 0 else z.exp()),
    "softplus": (lambda z: (1 + z.exp()).ln(), sigmoid),
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z))),
}
LIMITS = {  # name: at -inf, at inf, the derivative at -inf, at inf
    "step": (0, 1, 0, 0),
    "linear": (-INF, INF, 1, 1),
    "sigmoid": (0, 1, 0, 0),
    "tanh": (-1, 1, 0, 0),
    "gaussian": (0, 0, 0, 0),
    "relu": (0, INF, 0, 1),
    "leaky_relu": (-INF, INF, 0.01, 1),
    "elu": (-1, INF, 0, 1),
    "softplus": (0, INF, 0, 1),
    "silu": (0, INF, 0, 1),
}
each = pytest.mark.parametrize("name", EXACT)


@each
@pytest.mark.parametrize("derivative, tolerance", [(False, 1e-15), (True, 1e-14)])
def test_values_equal_the_closed_form(name, derivative, tolerance):
    rng, tiny = np.random.default_rng(1), 10.0 ** np.arange(-300, 0, 20)
    edges = [-0.0, 5e-324, -5e-324, np.nextafter(0.5, 0), 36.7368, -36.7368, 26.6, 27.3]
    ranges = np.linspace(-700, 700, 281), np.linspace(-40, 40, 321), rng.uniform(-5, 5, 300)
    z = np.concatenate([*ranges, tiny, -tiny, edges])
    with np.errstate(all="raise", under="ignore"), localcontext() as context:
        values, context.prec = ACTIVATIONS[name](z, derivative=derivative), 60
        for x, value in zip(z.tolist(), values.tolist()):
            exact = EXACT[name][derivative](Decimal(x))
            error = abs(Decimal(value) - exact) / max(1, abs(exact))
            assert error <= Decimal(tolerance), f"at {x!r}: {value!r}, off by {error:.3g}"


@pytest.mark.parametrize("name", ACTIVATIONS)  # a reader's own as well
def test_derivatives_equal_small_differences(name):
    f, z, h = ACTIVATIONS[name], np.linspace(-3, 3, 8), 1e-6
    difference = (f(z + h) - f(z - h)) / (2 * h)
    assert f(z, derivative=True) == pytest.approx(difference, abs=1e-8)


@each
@pytest.mark.parametrize("derivative", [False, True])
def test_limits_and_huge_numbers_are_met_without_a_warning(name, derivative):
    f, limits = ACTIVATIONS[name], LIMITS[name][2 * derivative : 2 * derivative + 2]
    with np.errstate(all="raise", under="ignore"):
        assert f([-INF, INF], derivative=derivative).tolist() == list(limits)
        for z, limit in zip([-1e308, 1e308], limits):
            # where the function grows for ever it is z itself, or a hundredth of it
            if abs(limit) == INF:
                limit = z * (0.01 if name == "leaky_relu" and z < 0 else 1)
            assert f(z, derivative=derivative) == pytest.approx(limit, rel=1e-15, abs=0)


shapes = array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
numbers = st.floats(-800, 800) | st.integers(-9, 9).map(float) | st.just(1e300)


@each
@settings(max_examples=30)
@given(arrays(float, shapes, elements=numbers))
def test_all_is_elementwise_for_numbers_lists_and_arrays(name, z):
    before, flat, whole = z.copy(), z.ravel().tolist(), np.clip(z, -9, 9).astype(np.int8)
    for f in ACTIVATIONS[name], functools.partial(ACTIVATIONS[name], derivative=True):
        value = f(z)
        assert np.shape(value) == z.shape and np.asarray(value).dtype == float
        assert (z == before).all() and not np.shares_memory(value, z)
        assert np.array_equal(np.ravel(value), f(flat))
        # numpy's vectorised loops may differ from the scalar ones in the last digit
        alone = [f(x) for x in flat]
        np.testing.assert_allclose(np.ravel(value), alone, rtol=1e-14, atol=1e-15)
        value = f(whole)
        assert value.dtype == float and (value == f(whole.astype(float))).all()


def test_the_table_shows_every_function_and_derivative(capsys):
    assert set(EXACT) <= set(ACTIVATIONS) == {f.__name__ for f in ACTIVATIONS.values()}
    activation.main([])
    (_, *z), *rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [float(number) for number in z] == [-4, -2, -1, 0, 1, 2, 4]
    for (name, *values), (word, *slopes) in zip(rows[::2], rows[1::2], strict=True):
        assert word == "derivative" and name in ACTIVATIONS
        for column, f in zip((values, slopes), EXACT.get(name, ())):
            exact = [float(f(Decimal(number))) for number in z]
            assert [float(v) for v in column] == pytest.approx(exact, abs=5.1e-5)
