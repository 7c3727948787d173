"""The activation functions against their closed forms in 60 digits, and their limits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

import activation
from activation import ACTIVATIONS

INF = float("inf")
HUGE = 1e308


def sigmoid(z):
    return 1 / (1 + (-z).exp())


def tanh(z):
    return (z.exp() - (-z).exp()) / (z.exp() + (-z).exp())


EXACT = {  # name: (the function, its derivative: the left one at 0)
    "step": (lambda z: Decimal(z > 0), lambda z: Decimal(0)),
    "linear": (lambda z: z, lambda z: Decimal(1)),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "tanh": (tanh, lambda z: 1 - tanh(z) ** 2),
    "gaussian": (lambda z: (-z * z).exp(), lambda z: -2 * z * (-z * z).exp()),
    "relu": (lambda z: max(z, Decimal(0)), lambda z: Decimal(z > 0)),
    "leaky_relu": (
        lambda z: z if z > 0 else z / 100,
        lambda z: Decimal(1) if z > 0 else Decimal(1) / 100,
    ),
    "elu": (lambda z: z if z > 0 else z.exp() - 1, lambda z: Decimal(1) if z > 0 else z.exp()),
    "softplus": (lambda z: (1 + z.exp()).ln(), sigmoid),
    "silu": (
        lambda z: z * sigmoid(z),
        lambda z: sigmoid(z) + z * sigmoid(z) * sigmoid(-z),
    ),
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
KINKED = ("step", "relu", "leaky_relu")
each = pytest.mark.parametrize("name", ACTIVATIONS)


def points():
    rng = np.random.default_rng(1)
    small = 10.0 ** np.arange(-300, 0, 20)
    return np.concatenate(
        [
            np.linspace(-700, 700, 701),
            np.linspace(-40, 40, 321),
            rng.uniform(-5, 5, 300),
            rng.uniform(-700, 700, 300),
            small,
            -small,
            [-0.0, 5e-324, -5e-324, np.nextafter(0.5, 0), 36.7368, -36.7368, 26.6, 27.3],
        ]
    )


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
            assert error <= Decimal(tolerance), (
                f"{name}({x!r}) is {value!r}, off by {error:.3g}"
            )


@each
def test_limits_are_reached_without_a_warning(name):
    f = ACTIVATIONS[name]
    with np.errstate(all="raise", under="ignore"):
        values = f([-INF, INF]).tolist() + f([-INF, INF], derivative=True).tolist()
    assert values == list(LIMITS[name])


@each
def test_huge_numbers_are_met_without_a_warning(name):
    f = ACTIVATIONS[name]
    for derivative, limits in (False, LIMITS[name][:2]), (True, LIMITS[name][2:]):
        for z, limit in zip([-HUGE, HUGE], limits):
            # where the function grows for ever it is z itself, or a hundredth of it
            if abs(limit) == INF:
                limit = z * (0.01 if name == "leaky_relu" and z < 0 else 1)
            with np.errstate(all="raise", under="ignore"):
                assert f(z, derivative=derivative) == pytest.approx(limit, rel=1e-15, abs=0)


@each
@given(st.floats(allow_nan=False))
def test_no_number_warns_or_becomes_nan(name, z):
    with np.errstate(all="raise", under="ignore"):
        for derivative in False, True:
            assert not np.isnan(ACTIVATIONS[name](z, derivative=derivative))


@each
@given(st.data())
def test_all_is_elementwise_for_any_shape_and_leaves_the_argument_alone(name, data):
    f = ACTIVATIONS[name]
    shape = data.draw(array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
    z = data.draw(arrays(float, shape, elements=st.floats(-800, 800)))
    before = z.copy()
    for derivative in False, True:
        value = f(z, derivative=derivative)
        assert np.shape(value) == shape and np.asarray(value).dtype == float
        assert (z == before).all() and not np.shares_memory(value, z)
        each_alone = [f(x, derivative=derivative) for x in z.ravel().tolist()]
        # numpy's vectorised loops may differ from the scalar ones in the last digit
        np.testing.assert_allclose(np.ravel(value), each_alone, rtol=1e-14, atol=1e-15)


@each
def test_numbers_lists_and_integers_are_as_good_as_floats(name):
    f = ACTIVATIONS[name]
    for derivative in False, True:
        expected = f(np.array([-3.0, 0.0, 2.0]), derivative=derivative)
        for z in ([-3, 0, 2], (-3.0, 0.0, 2.0), np.array([-3, 0, 2], dtype=np.int8)):
            value = f(z, derivative=derivative)
            assert value.dtype == float and (value == expected).all()
        for z, alone in zip([-3, 0, 2], expected):
            assert np.ndim(f(z, derivative=derivative)) == 0
            assert f(z, derivative=derivative) == pytest.approx(alone, rel=1e-14)


@each
def test_derivatives_are_the_left_ones_at_zero(name):
    assert ACTIVATIONS[name](0, derivative=True) == float(EXACT[name][1](Decimal(0)))
    assert ACTIVATIONS[name](-0.0, derivative=True) == float(EXACT[name][1](Decimal(0)))


@each
@given(st.floats(-30, 30))
def test_derivatives_equal_central_differences(name, z):
    f, h = ACTIVATIONS[name], 1e-3
    if name in (*KINKED, "elu") and abs(z) < 3 * h:
        return
    # two differences, extrapolated: the error is of the order h**4
    wide, narrow = ((f(z + d) - f(z - d)) / (2 * d) for d in (2 * h, h))
    assert f(z, derivative=True) == pytest.approx((4 * narrow - wide) / 3, abs=2e-10)


def test_the_table_shows_every_function(capsys):
    activation.main([])
    printed = capsys.readouterr().out
    assert all(f"\n{name} " in printed for name in ACTIVATIONS)
    assert len(printed.splitlines()) == 1 + 2 * len(ACTIVATIONS)
