"""The activation functions against their closed forms in 60 digits, and at their limits."""

from decimal import Decimal, Overflow, localcontext

import numpy as np
import pytest

import activation
from activation import ACTIVATIONS


def sigmoid(z):
    return 1 / (1 + (-z).exp())


def softplus(z):
    # ln(1 + e^z), written so that e^z doesn't overflow
    return max(z, Decimal(0)) + (1 + (-abs(z)).exp()).ln()


FUNCTION = {
    "step": lambda z: Decimal(z > 0),
    "linear": lambda z: z,
    "sigmoid": sigmoid,
    "tanh": lambda z: 2 * sigmoid(2 * z) - 1,
    "gaussian": lambda z: (-z * z).exp(),
    "relu": lambda z: max(z, Decimal(0)),
    "leaky_relu": lambda z: z if z > 0 else z / 100,
    "elu": lambda z: z if z > 0 else z.exp() - 1,
    "softplus": softplus,
    "silu": lambda z: z * sigmoid(z),
}
DERIVATIVE = {  # at 0, where there are two, the left one
    "step": lambda z: Decimal(0),
    "linear": lambda z: Decimal(1),
    "sigmoid": lambda z: sigmoid(z) * sigmoid(-z),
    "tanh": lambda z: 4 * sigmoid(2 * z) * sigmoid(-2 * z),
    "gaussian": lambda z: -2 * z * (-z * z).exp(),
    "relu": lambda z: Decimal(z > 0),
    "leaky_relu": lambda z: Decimal(1) if z > 0 else Decimal("0.01"),
    "elu": lambda z: Decimal(1) if z > 0 else z.exp(),
    "softplus": sigmoid,
    "silu": lambda z: sigmoid(z) * (1 + z * sigmoid(-z)),
}
each_function = pytest.mark.parametrize("name", ACTIVATIONS)


def exact(name, z, derivative):
    """Return the value of a function or of its derivative, computed in 60 digits."""
    closed_form = DERIVATIVE[name] if derivative else FUNCTION[name]
    with localcontext() as context:
        context.prec = 60
        context.traps[Overflow] = False
        return closed_form(Decimal(z))


def numbers_of_all_sizes():
    usual = [np.linspace(-limit, limit, 301) for limit in (5, 40, 700)]
    tiny = 10.0 ** np.arange(-300, 0, 20)
    huge = 10.0 ** np.array([3, 64, 125, 186, 247, 308])
    # around 0, and where a function's rounding or its limits of safety begin
    edges = [-0.0, 5e-324, -5e-324, np.nextafter(0.5, 0), 36.7368, -36.7368, 26.6, 27.3]
    return np.concatenate([*usual, tiny, -tiny, huge, -huge, edges])


def test_the_table_of_activations_has_every_function():
    assert set(ACTIVATIONS) == set(FUNCTION)


@each_function
@pytest.mark.parametrize("derivative, tolerance", [(False, 1e-15), (True, 1e-14)])
def test_values_equal_the_closed_form_for_tiny_and_for_huge_numbers(
    name, derivative, tolerance
):
    z = numbers_of_all_sizes()
    with np.errstate(all="raise", under="ignore"):
        values = ACTIVATIONS[name](z, derivative=derivative)
    for x, value in zip(z.tolist(), values.tolist()):
        expected = exact(name, x, derivative)
        error = abs(Decimal(value) - expected) / max(1, abs(expected))
        assert error <= tolerance, f"at {x!r}: {value!r}"


@each_function
@pytest.mark.parametrize("derivative", [False, True])
def test_infinity_gives_the_limit_without_a_warning(name, derivative):
    limits = [float(exact(name, far, derivative)) for far in ("-1e400", "1e400")]
    with np.errstate(all="raise", under="ignore"):
        values = ACTIVATIONS[name]([-np.inf, np.inf], derivative=derivative)
    assert values.tolist() == limits


@each_function
@pytest.mark.parametrize("derivative", [False, True])
def test_nan_gives_nan_without_a_warning_unless_the_value_is_the_same_for_all_z(
    name, derivative
):
    is_constant = derivative and name in ("step", "linear")
    with np.errstate(all="raise", under="ignore"):
        value = ACTIVATIONS[name](np.nan, derivative=derivative)
    assert np.isnan(value) == (not is_constant)


@each_function
@pytest.mark.parametrize("derivative", [False, True])
@pytest.mark.parametrize("shape", [(), (0,), (9,), (2, 3, 0), (2, 3, 4, 5)])
class TestElementwise:
    """Each function takes numbers, lists and arrays of any shape, one element at a time."""

    def z(self, shape):
        """Return whole numbers, so that all types can hold them."""
        return np.asarray(np.random.default_rng(1).normal(0, 9, shape).round())

    def test_the_result_has_the_shape_of_z_and_is_float(self, name, derivative, shape):
        for dtype in float, np.int8:
            value = ACTIVATIONS[name](self.z(shape).astype(dtype), derivative=derivative)
            assert np.shape(value) == shape
            assert np.asarray(value).dtype == float

    def test_z_stays_as_it_is_and_shares_no_memory(self, name, derivative, shape):
        z = self.z(shape)
        value = ACTIVATIONS[name](z, derivative=derivative)
        assert np.array_equal(z, self.z(shape))
        assert not np.shares_memory(value, z)

    def test_lists_whole_numbers_and_single_numbers_give_the_same(
        self, name, derivative, shape
    ):
        f = ACTIVATIONS[name]
        z = self.z(shape)
        value = np.ravel(f(z, derivative=derivative))
        one_by_one = [float(f(x, derivative=derivative)) for x in z.ravel().tolist()]
        for same in [
            one_by_one,
            np.ravel(f(z.tolist(), derivative=derivative)),
            np.ravel(f(z.astype(np.int8), derivative=derivative)),
        ]:
            # the last digit may differ, because numpy computes several numbers at once
            np.testing.assert_allclose(value, same, rtol=1e-14, atol=1e-15)


def test_the_script_prints_every_function_and_its_derivative(capsys):
    activation.main([])
    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    z = [-4, -2, -1, 0, 1, 2, 4]
    expected = [("z", z)]
    for function in ACTIVATIONS.values():
        expected.append((function.__name__, function(z)))
        expected.append(("derivative", function(z, derivative=True)))
    assert printed == [[word, *(f"{v:.4f}" for v in values)] for word, values in expected]
