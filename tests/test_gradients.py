"""Every output, gradient and step, against differentiation forward through the network."""

import importlib

import numpy as np
import pytest

import cubic
import linear
import xor
from activation import ACTIVATIONS, sigmoid, tanh
from activation import linear as identity
from network1 import NN

recognition = importlib.import_module("2x2_image_recognition")


def exact(parameters, functions, a0, y):
    """The values of a0, z1, a1, z2 ..., the loss, and its slopes along each of the parameters.

    With every value go its own slopes, in an axis more at the front: dW, dB, dz, da. functions
    are those of activation.py, whose derivatives test_activation.py checks.
    """
    ends = np.cumsum([p.size for p in parameters])
    ones = np.split(np.eye(ends[-1]), ends[:-1], axis=1)
    ones = [one.reshape(-1, *p.shape) for one, p in zip(ones, parameters)]
    layers, da = [a0], np.zeros((1, *a0.shape))
    for i, f in enumerate(functions):
        (W, B), (dW, dB) = parameters[2 * i : 2 * i + 2], ones[2 * i : 2 * i + 2]
        z, dz = W @ layers[-1] + B, dW @ layers[-1] + W @ da + dB
        da = f(z, derivative=True) * dz
        layers += [z, f(z)]
    error = layers[-1] - y.T
    slopes = np.mean(2 * error * da, axis=(1, 2))
    return layers, np.mean(error**2), [np.tensordot(slopes, one, 1) for one in ones]


def three_steps(parameters, functions, a0, y, momentum):
    """The losses, and the parameters after three steps downhill at a learning rate of 0.1."""
    velocity, losses = [0] * len(parameters), []
    for _ in range(3):
        _, loss, slopes = exact(parameters, functions, a0, y)
        losses.append(loss)
        velocity = [momentum * v - 0.1 * slope for v, slope in zip(velocity, slopes)]
        parameters = [p + v for p, v in zip(parameters, velocity)]
    return losses, parameters


def assert_same(arrays, expected):
    for array, e in zip(arrays, expected, strict=True):
        assert np.shape(array) == np.shape(e)
        assert np.linalg.norm(array - e) <= 1e-12 * np.linalg.norm(e) + 1e-300


SCRIPTS = {  # a script: what becomes of its input, its activations, its sizes for n nodes
    linear: (lambda x: x, [identity], lambda n: ()),
    cubic: (lambda x: x, [sigmoid, identity], lambda n: (n,)),
    xor: (lambda x: 2 * x - 1, [sigmoid, sigmoid], lambda n: (3, n, 2)),
    recognition: (lambda x: 2 * x - 1, [tanh, tanh, identity], lambda n: (4, n, n + 1, 3)),
}


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_compute_each_node_and_gradient_and_train_downhill_in_place(script, seed):
    code, functions, sizes = SCRIPTS[script]
    rng = np.random.default_rng(seed)
    parameters = script.initialize(*sizes(rng.integers(1, 7)), rng)
    for parameter in parameters:  # biases are zero at the start: test them elsewhere, too
        parameter += rng.normal(0, 0.5, parameter.shape)
    x = rng.uniform(-1, 1, (seed % 7 + 1, parameters[0].shape[1]))
    y = rng.normal(0, 1, (len(x), len(parameters[-1])))
    network = parameters, functions, code(x).T, y
    (layers, loss, slopes), momentum = exact(*network), 0.95 if script is cubic else 0
    losses, expected = three_steps(*network, momentum)
    if len(script.forward(x, parameters)) < len(layers):
        layers.pop()  # a layer without activation is one array only
    assert_same(
        [*script.forward(x, parameters), script.predict(x, parameters).T], [*layers, layers[-1]]
    )
    own_loss, gradients = script.back_propagate(x, y, parameters)
    assert_same([own_loss, *gradients], [loss, *slopes])
    goes_on = {"velocity": [0 * p for p in parameters]} if script is cubic else {}
    parts = [script.train(x, y, parameters, n, 0.1, **goes_on) for n in (2, 0, 1)]
    assert_same(sum(parts, []), losses), assert_same(parameters, expected)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("last", ACTIVATIONS.values())
def test_so_does_a_network_of_any_shape_with_any_activations(last, seed):
    rng = np.random.default_rng(seed)
    functions = [*rng.choice([*ACTIVATIONS.values()], seed), last]
    nn = NN(rng.integers(1, 5, len(functions) + 1), [None, *functions], rng)
    for B in nn.bias:
        B += rng.normal(0, 0.5, B.shape)
    x, y = (rng.normal(0, 1, (seed + 1, nn.shape[i])) for i in (0, -1))
    parameters = [p for pair in zip(nn.weight, nn.bias, strict=True) for p in pair]
    layers, loss, slopes = exact(parameters, functions, x.T, y)
    losses, expected = three_steps(parameters, functions, x.T, y, 0.9)
    own_loss, dW, dB = nn.gradients(x, y)
    assert_same(
        [nn.forward(x).T, own_loss, *dW, *dB], [layers[-1], loss, *slopes[::2], *slopes[1::2]]
    )
    own = nn.train(x, y, 2, 0.1, 0.9, verbose=False) + [nn.back_propagation(x, y, 0.1, 0.9)]
    assert_same(own, losses), assert_same(parameters, expected)
