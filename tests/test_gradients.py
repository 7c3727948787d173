"""Every output and every gradient, against one that was computed in another way."""

import importlib
import math

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
seeds = st.integers(0, 2**32)


def logistic(z):
    return 1 / (1 + math.exp(-z))


SCRIPTS = {  # name: module, the sizes that its initialize takes, for n hidden nodes
    "xor": (xor, lambda n: (2, n, 1)),
    "xor, 2 outputs": (xor, lambda n: (3, n, 2)),
    "recognition": (recognition, lambda n: (4, n, n + 1, 3)),
    "recognition as it runs": (recognition, lambda n: (4, 16, 8, 4)),
    "linear": (linear, lambda n: ()),
    "cubic": (cubic, lambda n: (n,)),
}
FORWARD = {  # module: what becomes of an input, and the activation of each layer
    xor: (lambda x: 2 * x - 1, [logistic, logistic]),
    recognition: (lambda x: 2 * x - 1, [math.tanh, math.tanh, None]),
    linear: (lambda x: x, [None]),
    cubic: (lambda x: x, [logistic, None]),
}


def node_by_node(script, x, parameters):
    """All that forward returns: a0, z1, a1 ..., where a layer without activation has only z."""
    code, activations = FORWARD[script]
    a = [[code(value) for value in row] for row in x.T.tolist()]
    arrays = [a]
    for W, B, f in zip(parameters[::2], parameters[1::2], activations, strict=True):
        columns = list(zip(*a))
        z = [[np.dot(w, column) + b for column in columns] for w, b in zip(W, B[:, 0])]
        a = [[f(value) for value in row] for row in z] if f else None
        arrays += [z, a] if f else [z]
    return arrays


def slope(loss, parameter, index, h=1e-3):
    """Central differences of three widths, extrapolated: the error is of the order h**6."""
    value, slopes = parameter[index], []
    for width in (4 * h, 2 * h, h):
        parameter[index] = value + width
        above = loss()
        parameter[index] = value - width
        slopes.append((above - loss()) / (2 * width))
        parameter[index] = value
    wide, middle, narrow = slopes
    rough, fine = (4 * middle - wide) / 3, (4 * narrow - middle) / 3
    return (16 * fine - rough) / 15


@pytest.mark.parametrize("name", SCRIPTS)
@settings(max_examples=15)
@given(seeds, st.integers(1, 6), st.integers(1, 7))
def test_the_scripts_compute_the_outputs_of_each_node_and_the_slopes_of_the_mse(
    name, seed, nodes, samples
):
    script, sizes = SCRIPTS[name]
    rng = np.random.default_rng(seed)
    parameters = script.initialize(*sizes(nodes), rng)
    for parameter in parameters:  # biases are zero at the start: test them elsewhere, too
        parameter += rng.normal(0, 0.5, parameter.shape)
    x = rng.uniform(-1, 1, (samples, parameters[0].shape[1]))
    y = rng.normal(0, 1, (samples, len(parameters[-1])))
    before = [parameter.copy() for parameter in parameters]

    arrays = script.forward(x, parameters)
    for array, exact in zip(arrays, node_by_node(script, x, parameters), strict=True):
        np.testing.assert_allclose(array, exact, rtol=1e-12, atol=1e-13)
    assert (script.predict(x, parameters) == arrays[-1].T).all()

    def mse():
        return np.mean((script.predict(x, parameters) - y) ** 2)

    loss, gradients = script.back_propagate(x, y, parameters)
    assert loss == pytest.approx(mse(), rel=1e-14)
    assert all((p == b).all() for p, b in zip(parameters, before))
    scale = max(1e-3, max(np.abs(g).max() for g in gradients))
    for parameter, gradient in zip(parameters, gradients, strict=True):
        slopes = [slope(mse, parameter, index) for index in np.ndindex(parameter.shape)]
        assert gradient.shape == parameter.shape
        np.testing.assert_allclose(gradient.ravel(), slopes, rtol=0, atol=1e-9 * scale)


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

    def apply(self, function, derivative):
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


RULES = {  # name: (function, derivative), written independently of activation.py
    "step": (lambda z: float(z > 0), lambda z: 0.0),
    "linear": (lambda z: z, lambda z: 1.0),
    "sigmoid": (logistic, lambda z: 1 / (2 + math.exp(z) + math.exp(-z))),
    "tanh": (math.tanh, lambda z: 1 / math.cosh(z) ** 2),
    "gaussian": (lambda z: math.exp(-(z**2)), lambda z: -2 * z * math.exp(-(z**2))),
    "relu": (lambda z: z if z > 0 else 0.0, lambda z: 1.0 if z > 0 else 0.0),
    "leaky_relu": (lambda z: z if z > 0 else z / 100, lambda z: 1.0 if z > 0 else 0.01),
    "elu": (lambda z: z if z > 0 else math.expm1(z), lambda z: 1.0 if z > 0 else math.exp(z)),
    "softplus": (lambda z: math.log1p(math.exp(z)), logistic),
    "silu": (lambda z: z * logistic(z), lambda z: logistic(z) * (1 + z * logistic(-z))),
}


def automatic_gradients(nn, names, x, y):
    """The loss of an NN and its gradients dW + dB from a tape, one number at a time."""
    W = [[[Tape(w) for w in row] for row in weight.tolist()] for weight in nn.weight]
    B = [[[Tape(b)] for b in bias.ravel().tolist()] for bias in nn.bias]
    loss = Tape(0.0)
    for sample, desired in zip(x.tolist(), y.tolist()):
        a = [Tape(value) for value in sample]
        for name, weights, biases in zip(names, W, B):
            sums = []
            for row, (z,) in zip(weights, biases):
                for w, value in zip(row, a):
                    z = z + w * value
                sums.append(z)
            a = [z.apply(*RULES[name]) for z in sums]
        for output, value in zip(a, desired):
            error = output + Tape(-value)
            loss = loss + error * error
    loss = loss * Tape(1 / y.size)
    loss.backward()
    return loss.value, [np.array([[n.gradient for n in r] for r in m]) for m in W + B]


@pytest.mark.parametrize("last", RULES)
@settings(max_examples=12)
@given(st.lists(st.sampled_from(sorted(RULES)), max_size=3), seeds)
def test_gradients_of_any_network_equal_automatic_differentiation(last, names, seed):
    rng, names = np.random.default_rng(seed), [*names, last]
    shape = rng.integers(1, 5, len(names) + 1)
    nn = NN(shape, [None] + [ACTIVATIONS[name] for name in names], rng)
    for B in nn.bias:
        B += rng.normal(0, 0.5, B.shape)
    samples = rng.integers(1, 6)
    x, y = rng.normal(0, 1, (samples, shape[0])), rng.normal(0, 1, (samples, shape[-1]))
    before = [p.copy() for p in nn.weight + nn.bias + nn.velocity]
    loss, dW, dB = nn.gradients(x, y)
    exact_loss, exact = automatic_gradients(nn, names, x, y)
    assert loss == pytest.approx(exact_loss, rel=1e-12)
    assert loss == pytest.approx(np.mean((nn.forward(x) - y) ** 2), rel=1e-14)
    for gradient, derivative in zip(dW + dB, exact, strict=True):
        assert gradient.shape == derivative.shape
        norm = np.linalg.norm(derivative)
        assert np.linalg.norm(gradient - derivative) <= 1e-12 * norm
    assert all((p == b).all() for p, b in zip(nn.weight + nn.bias + nn.velocity, before))
