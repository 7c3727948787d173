"""The activation functions against their closed forms in 60 digits, and their limits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

import activation
from activation import ACTIVATIONS

INF = float("inf")
HUGE = 1e308
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
each = pytest.mark.parametrize("name", ACTIVATIONS)


def points():
    rng, tiny = np.random.default_rng(1), 10.0 ** np.arange(-300, 0, 20)
    edges = [-0.0, 5e-324, -5e-324, np.nextafter(0.5, 0), 36.7368, -36.7368, 26.6, 27.3]
    ranges = np.linspace(-700, 700, 281), np.linspace(-40, 40, 321)
    draws = rng.uniform(-5, 5, 200), rng.uniform(-700, 700, 200)
    return np.concatenate([*ranges, *draws, tiny, -tiny, edges])


def test_the_ten_functions_are_listed_under_their_names():
    assert sorted(ACTIVATIONS) == sorted(EXACT)
    for name, f in ACTIVATIONS.items():
        assert f is getattr(activation, name) and f.__name__ == name


@each
@pytest.mark.parametrize("derivative, tolerance", [(False, 1e-15), (True, 1e-14)])
def test_values_equal_the_closed_form(name, derivative, tolerance):
    z = points()
    with np.errstate(all="raise", under="ignore"):
        values = ACTIVATIONS[name](z, derivative=derivative)
    with localcontext() as context:
        context.prec = 60
        for x, value in zip(z.tolist(), values.tolist()):
            exact = EXACT[name][derivative](Decimal(x))
            error = abs(Decimal(value) - exact) / max(1, abs(exact))
            assert error <= Decimal(tolerance), f"at {x!r}: {value!r}, off by {error:.3g}"


@each
def test_limits_and_huge_numbers_are_met_without_a_warning(name):
    f = ACTIVATIONS[name]
    with np.errstate(all="raise", under="ignore"):
        for derivative, limits in (False, LIMITS[name][:2]), (True, LIMITS[name][2:]):
            assert f([-INF, INF], derivative=derivative).tolist() == list(limits)
            for z, limit in zip([-HUGE, HUGE], limits):
                # where the function grows for ever it is z itself, or a hundredth of it
                if abs(limit) == INF:
                    limit = z * (0.01 if name == "leaky_relu" and z < 0 else 1)
                assert f(z, derivative=derivative) == pytest.approx(limit, rel=1e-15, abs=0)


@given(st.sampled_from(sorted(ACTIVATIONS)), st.booleans(), st.floats(allow_nan=False))
def test_no_number_warns_or_becomes_nan(name, derivative, z):
    with np.errstate(all="raise", under="ignore"):
        assert not np.isnan(ACTIVATIONS[name](z, derivative=derivative))


shapes = array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)


@each
@pytest.mark.parametrize("derivative", [False, True])
@settings(max_examples=30)
@given(arrays(float, shapes, elements=st.floats(-800, 800)))
def test_all_is_elementwise_for_any_shape_and_leaves_the_argument_alone(name, derivative, z):
    f, before = ACTIVATIONS[name], z.copy()
    value = f(z, derivative=derivative)
    assert np.shape(value) == z.shape and np.asarray(value).dtype == float
    assert (z == before).all() and not np.shares_memory(value, z)
    each_alone = [f(x, derivative=derivative) for x in z.ravel().tolist()]
    # numpy's vectorised loops may differ from the scalar ones in the last digit
    np.testing.assert_allclose(np.ravel(value), each_alone, rtol=1e-14, atol=1e-15)


@each
@pytest.mark.parametrize("derivative", [False, True])
def test_numbers_lists_and_integers_are_as_good_as_floats(name, derivative):
    f = ACTIVATIONS[name]
    expected = f(np.array([-3.0, 0.0, 2.0]), derivative=derivative)
    for z in [-3, 0, 2], (-3.0, 0.0, 2.0), np.array([-3, 0, 2], dtype=np.int8):
        value = f(z, derivative=derivative)
        assert value.dtype == float and (value == expected).all()
    alone = [f(z, derivative=derivative) for z in (-3, 0, 2)]
    assert np.ndim(alone[0]) == 0 and alone == pytest.approx(expected, rel=1e-14)


def test_the_table_shows_every_function_and_derivative(capsys):
    activation.main([])
    head, *rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    z = [Decimal(number) for number in head[1:]]
    assert [row[0] for row in rows[::2]] == list(ACTIVATIONS) and len(z) >= 7
    for (name, *values), (word, *slopes) in zip(rows[::2], rows[1::2], strict=True):
        assert word == "derivative"
        for column, f in zip((values, slopes), EXACT[name]):
            exact = [float(f(x)) for x in z]
            assert [float(v) for v in column] == pytest.approx(exact, abs=5.1e-5)
