"""Every output and every gradient, against automatic differentiation, one number at a time."""

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
seeds = st.integers(0, 2**32)


class Dual:
    """A number and its slopes along all parameters: the rules for sum, product and chain."""

    def __init__(self, value, slopes=0.0):
        self.value, self.slopes = value, slopes

    def __add__(self, other):
        return Dual(self.value + other.value, self.slopes + other.slopes)

    def __mul__(self, other):
        slopes = self.slopes * other.value + self.value * other.slopes
        return Dual(self.value * other.value, slopes)

    def through(self, f):
        return Dual(f(self.value), f(self.value, derivative=True) * self.slopes)


def node_by_node(parameters, functions, a0, y):
    """The values of all layers z1, a1, z2 ..., the loss, and its gradients.

    functions are those of activation.py, whose derivatives test_activation.py checks.
    """
    along = iter(np.eye(sum(p.size for p in parameters)))
    duals = [[[Dual(v, next(along)) for v in row] for row in p.tolist()] for p in parameters]
    a, layers, loss = [[Dual(v) for v in row] for row in a0.tolist()], [], Dual(0.0)
    for W, B, f in zip(duals[::2], duals[1::2], functions, strict=True):
        samples = [*zip(*a)]
        z = [
            [sum((w * v for w, v in zip(ws, sample)), b) for sample in samples]
            for ws, (b,) in zip(W, B)
        ]
        a = [[number.through(f) for number in row] for row in z]
        layers += [[[number.value for number in row] for row in layer] for layer in (z, a)]
    for outputs, desired in zip(a, y.T.tolist()):
        for output, value in zip(outputs, desired):
            error = output + Dual(-value)
            loss += error * error * Dual(1 / y.size)
    ends = np.cumsum([p.size for p in parameters])
    parts = np.split(loss.slopes, ends[:-1])
    return layers, loss.value, [g.reshape(p.shape) for g, p in zip(parts, parameters)]


def assert_gradients(gradients, exact):
    for gradient, derivative in zip(gradients, exact, strict=True):
        assert gradient.shape == derivative.shape
        norm = np.linalg.norm(derivative)
        assert np.linalg.norm(gradient - derivative) <= 1e-12 * norm + 1e-300


def centred(x):
    return 2 * x - 1


SCRIPTS = {  # name: module, what becomes of an input, activations, sizes for n hidden nodes
    "xor": (xor, centred, "sigmoid sigmoid", lambda n: (2, n, 1)),
    "xor, 2 outputs": (xor, centred, "sigmoid sigmoid", lambda n: (3, n, 2)),
    "recognition": (recognition, centred, "tanh tanh linear", lambda n: (4, n, n + 1, 3)),
    "as it runs": (recognition, centred, "tanh tanh linear", lambda n: (4, 16, 8, 4)),
    "linear": (linear, lambda x: x, "linear", lambda n: ()),
    "cubic": (cubic, lambda x: x, "sigmoid linear", lambda n: (n,)),
}


@pytest.mark.parametrize("name", SCRIPTS)
@settings(max_examples=15)
@given(seeds, st.integers(1, 6), st.integers(1, 7))
def test_the_scripts_compute_each_node_and_the_gradient_of_the_mse(name, seed, nodes, samples):
    script, code, names, sizes = SCRIPTS[name]
    rng, functions = np.random.default_rng(seed), [ACTIVATIONS[f] for f in names.split()]
    parameters = script.initialize(*sizes(nodes), rng)
    for parameter in parameters:  # biases are zero at the start: test them elsewhere, too
        parameter += rng.normal(0, 0.5, parameter.shape)
    x = rng.uniform(-1, 1, (samples, parameters[0].shape[1]))
    y = rng.normal(0, 1, (samples, len(parameters[-1])))
    before = [parameter.copy() for parameter in parameters]
    layers, exact_loss, exact = node_by_node(parameters, functions, code(x).T, y)
    arrays = script.forward(x, parameters)  # where a layer without activation has only one
    for array, values in zip(arrays, [code(x).T, *layers]):
        np.testing.assert_allclose(array, values, rtol=1e-12, atol=1e-13)
    assert len(arrays) == 1 + len(layers) - (functions[-1] is ACTIVATIONS["linear"])
    assert (script.predict(x, parameters) == arrays[-1].T).all()
    loss, gradients = script.back_propagate(x, y, parameters)
    assert loss == pytest.approx(exact_loss, rel=1e-12)
    assert_gradients(gradients, exact)
    assert all((p == b).all() for p, b in zip(parameters, before))


@pytest.mark.parametrize("last", sorted(ACTIVATIONS))
@settings(max_examples=12)
@given(st.lists(st.sampled_from(sorted(ACTIVATIONS)), max_size=3), seeds)
def test_so_does_a_network_of_any_shape_with_any_activations(last, names, seed):
    rng, functions = np.random.default_rng(seed), [ACTIVATIONS[f] for f in [*names, last]]
    nn = NN(rng.integers(1, 5, len(functions) + 1), [None, *functions], rng)
    for B in nn.bias:
        B += rng.normal(0, 0.5, B.shape)
    n = rng.integers(1, 6)
    x, y = rng.normal(0, 1, (n, nn.shape[0])), rng.normal(0, 1, (n, nn.shape[-1]))
    before = [p.copy() for p in nn.weight + nn.bias + nn.velocity]
    parameters = [p for pair in zip(nn.weight, nn.bias) for p in pair]
    layers, exact_loss, exact = node_by_node(parameters, functions, x.T, y)
    loss, dW, dB = nn.gradients(x, y)
    np.testing.assert_allclose(nn.forward(x).T, layers[-1], rtol=1e-12, atol=1e-13)
    assert loss == pytest.approx(exact_loss, rel=1e-12)
    assert_gradients(dW, exact[::2]), assert_gradients(dB, exact[1::2])
    assert all((p == b).all() for p, b in zip(nn.weight + nn.bias + nn.velocity, before))
