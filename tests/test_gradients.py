"""Every gradient, of all weights and biases, against differences and a tape."""

import importlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cubic
import linear
import xor
from activation import ACTIVATIONS
from network1 import NN

recognition = importlib.import_module("2x2_image_recognition")
KINKED = ("step", "relu", "leaky_relu", "elu")
names = st.lists(st.sampled_from(sorted(ACTIVATIONS)), min_size=1, max_size=4)
seeds = st.integers(0, 2**32)


def difference(loss, parameter, index, h=1e-3):
    """Central differences of three widths, extrapolated: the error is of the order h**6."""
    value, slopes = parameter[index], []
    for width in (4 * h, 2 * h, h):
        parameter[index] = value + width
        above = loss()
        parameter[index] = value - width
        below = loss()
        parameter[index] = value
        slopes.append((above - below) / (2 * width))
    wide, middle, narrow = slopes
    rough, fine = (4 * middle - wide) / 3, (4 * narrow - middle) / 3
    return (16 * fine - rough) / 15


def assert_gradients(loss, parameters, gradients, tolerance=1e-9):
    assert [g.shape for g in gradients] == [p.shape for p in parameters]
    scale = max(1e-3, max(np.abs(g).max() for g in gradients))
    for parameter, gradient in zip(parameters, gradients):
        for index in np.ndindex(parameter.shape):
            slope = difference(loss, parameter, index)
            assert abs(gradient[index] - slope) <= tolerance * scale


SCRIPTS = {
    "xor": (xor, lambda rng, n: xor.initialize(2, n, 1, rng), 2, 1),
    "xor, 3 inputs, 2 outputs": (xor, lambda rng, n: xor.initialize(3, n, 2, rng), 3, 2),
    "recognition": (
        recognition,
        lambda rng, n: recognition.initialize(4, n, n + 1, 3, rng),
        4,
        3,
    ),
    "linear": (linear, lambda rng, n: linear.initialize(rng), 1, 1),
    "cubic": (cubic, lambda rng, n: cubic.initialize(n, rng), 1, 1),
}


@pytest.mark.parametrize("name", SCRIPTS)
@settings(max_examples=15)
@given(seeds, st.integers(1, 6), st.integers(1, 7))
def test_gradients_of_the_scripts_equal_differences(name, seed, nodes, samples):
    script, initialize, n_inputs, n_outputs = SCRIPTS[name]
    rng = np.random.default_rng(seed)
    parameters = initialize(rng, nodes)
    for parameter in parameters:  # biases are zero at the start: test them elsewhere, too
        parameter += rng.normal(0, 0.5, parameter.shape)
    x, y = rng.uniform(-1, 1, (samples, n_inputs)), rng.normal(0, 1, (samples, n_outputs))
    before = [parameter.copy() for parameter in parameters]

    def mse():
        return np.mean((script.predict(x, parameters) - y) ** 2)

    loss, gradients = script.back_propagate(x, y, parameters)
    assert loss == pytest.approx(mse(), rel=1e-14)
    assert all((p == b).all() for p, b in zip(parameters, before))
    assert_gradients(mse, parameters, gradients)


def test_gradients_of_recognition_in_its_own_size_equal_differences():
    rng = np.random.default_rng(0)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    x, y = rng.uniform(0, 1, (16, 4)), rng.uniform(0, 1, (16, 4))
    _, gradients = recognition.back_propagate(x, y, parameters)

    def mse():
        return np.mean((recognition.predict(x, parameters) - y) ** 2)

    assert_gradients(mse, parameters, gradients)


def random_network(names, seed):
    """An NN with these activations and random nodes, weights, biases, samples."""
    rng = np.random.default_rng(seed)
    shape = rng.integers(1, 5, len(names) + 1)
    nn = NN(shape, [None] + [ACTIVATIONS[name] for name in names], rng)
    for B in nn.bias:
        B += rng.normal(0, 0.5, B.shape)
    samples = rng.integers(1, 6)
    x, y = rng.normal(0, 1, (samples, shape[0])), rng.normal(0, 1, (samples, shape[-1]))
    return nn, x, y


@settings(max_examples=60)
@given(names, seeds)
def test_gradients_of_random_networks_equal_differences(names, seed):
    nn, x, y = random_network(names, seed)
    z, _ = nn.layers(x)
    near_a_kink = any(
        np.abs(sums).min() < 0.1 for sums, name in zip(z[1:], names) if name in KINKED
    )
    if near_a_kink:
        return
    loss, dW, dB = nn.gradients(x, y)
    assert loss == pytest.approx(np.mean((nn.forward(x) - y) ** 2), rel=1e-14)
    assert_gradients(
        lambda: np.mean((nn.forward(x) - y) ** 2), nn.weight + nn.bias, dW + dB, 1e-7
    )


class Tape:
    """Automatic differentiation in reverse: a number that knows what it was made from.

    parents is a list of (Tape, the partial derivative of this number with respect to it).
    """

    def __init__(self, value, parents=()):
        self.value, self.parents, self.gradient = value, parents, 0.0

    def __add__(self, other):
        return Tape(self.value + other.value, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        return Tape(self.value * other.value, [(self, other.value), (other, self.value)])

    def apply(self, f):
        function, derivative = f
        return Tape(function(self.value), [(self, derivative(self.value))])

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack += [(node, True)] + [(parent, False) for parent, _ in node.parents]
        self.gradient = 1.0
        for node in reversed(order):
            for parent, partial in node.parents:
                parent.gradient += partial * node.gradient


def logistic(z):
    return 1 / (1 + np.exp(-z))


RULES = {  # name: (function, derivative), written independently of activation.py
    "step": (lambda z: float(z > 0), lambda z: 0.0),
    "linear": (lambda z: z, lambda z: 1.0),
    "sigmoid": (logistic, lambda z: 1 / (2 + np.exp(z) + np.exp(-z))),
    "tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "gaussian": (lambda z: np.exp(-(z**2)), lambda z: -2 * z * np.exp(-(z**2))),
    "relu": (lambda z: z if z > 0 else 0.0, lambda z: 1.0 if z > 0 else 0.0),
    "leaky_relu": (lambda z: z if z > 0 else z / 100, lambda z: 1.0 if z > 0 else 0.01),
    "elu": (lambda z: z if z > 0 else np.expm1(z), lambda z: 1.0 if z > 0 else np.exp(z)),
    "softplus": (lambda z: np.log1p(np.exp(z)), logistic),
    "silu": (
        lambda z: z * logistic(z),
        lambda z: logistic(z) * (1 + z * logistic(-z)),
    ),
}


def automatic_gradients(nn, names, x, y):
    """The loss of an NN and its gradients dW and dB from a tape, one number at a time."""
    W = [[[Tape(w) for w in row] for row in weight.tolist()] for weight in nn.weight]
    B = [[Tape(b) for b in bias.ravel().tolist()] for bias in nn.bias]
    loss = Tape(0.0)
    for sample, desired in zip(x.tolist(), y.tolist()):
        a = [Tape(value) for value in sample]
        for name, weights, biases in zip(names, W, B):
            sums = []
            for row, z in zip(weights, biases):
                for w, value in zip(row, a):
                    z = z + w * value
                sums.append(z)
            a = [z.apply(RULES[name]) for z in sums]
        for output, value in zip(a, desired):
            error = output + Tape(-value)
            loss = loss + error * error
    loss = loss * Tape(1 / y.size)
    loss.backward()
    dW = [np.array([[w.gradient for w in row] for row in weights]) for weights in W]
    return loss.value, dW, [np.array([[b.gradient] for b in biases]) for biases in B]


def assert_automatic_gradients(names, seed):
    nn, x, y = random_network(names, seed)
    loss, dW, dB = nn.gradients(x, y)
    exact_loss, exact_dW, exact_dB = automatic_gradients(nn, names, x, y)
    assert loss == pytest.approx(exact_loss, rel=1e-12)
    for gradient, exact in zip(dW + dB, exact_dW + exact_dB, strict=True):
        assert gradient.shape == exact.shape
        assert np.linalg.norm(gradient - exact) <= 1e-12 * np.linalg.norm(exact)


@settings(max_examples=150)
@given(names, seeds)
def test_gradients_of_random_networks_equal_automatic_differentiation(names, seed):
    assert_automatic_gradients(names, seed)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_gradients_of_each_activation_equal_automatic_differentiation(name):
    for seed in range(5):
        assert_automatic_gradients([name, "tanh", name], seed)


def test_gradients_change_nothing():
    nn, x, y = random_network(["tanh", "elu"], 3)
    before = [p.copy() for p in nn.weight + nn.bias + nn.velocity]
    nn.gradients(x, y)
    assert all((p == b).all() for p, b in zip(nn.weight + nn.bias + nn.velocity, before))
