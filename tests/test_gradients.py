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
    """The output, the loss, and its slopes along each of the parameters.

    With every value go its own slopes, in an axis more at the front: dW, dB, dz, da. functions
    are those of activation.py, whose derivatives test_activation.py checks.
    """
    ends = np.cumsum([p.size for p in parameters])
    ones = np.split(np.eye(ends[-1]), ends[:-1], axis=1)
    ones = [one.reshape(-1, *p.shape) for one, p in zip(ones, parameters)]
    a, da = a0, np.zeros((1, *a0.shape))
    for i, f in enumerate(functions):
        (W, B), (dW, dB) = parameters[2 * i : 2 * i + 2], ones[2 * i : 2 * i + 2]
        z, dz = W @ a + B, dW @ a + W @ da + dB
        a, da = f(z), f(z, derivative=True) * dz
    error = a - y.T
    slopes = np.mean(2 * error * da, axis=(1, 2))
    return a, np.mean(error**2), [np.tensordot(slopes, one, 1) for one in ones]


def assert_same(arrays, expected):
    for array, e in zip(arrays, expected, strict=True):
        assert np.shape(array) == np.shape(e)
        assert np.linalg.norm(array - e) <= 1e-12 * np.linalg.norm(e) + 1e-300


SCRIPTS = {  # a script: its momentum, its activations, its sizes for n nodes
    linear: (0, [identity], lambda n: ()),
    cubic: (0.95, [sigmoid, identity], lambda n: (n,)),
    xor: (0, [sigmoid, sigmoid], lambda n: (3, n, 2)),
    recognition: (0, [tanh, tanh, identity], lambda n: (4, n, n + 1, 3)),
}


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_compute_gradients_and_train_downhill_in_place_if_y_fits(script, seed):
    momentum, functions, sizes = SCRIPTS[script]
    rng = np.random.default_rng(seed)
    parameters = script.initialize(*sizes(rng.integers(1, 7)), rng)
    for parameter in parameters:  # biases are zero at the start: test them elsewhere, too
        parameter += rng.normal(0, 0.5, parameter.shape)
    x = rng.uniform(-1, 1, (seed % 7 + 2, parameters[0].shape[1]))
    y = rng.normal(0, 1, (len(x), len(parameters[-1])))
    a0 = 2 * x.T - 1 if script in (xor, recognition) else x.T
    velocity = [0 * p for p in parameters]
    goes_on = {"velocity": [0 * p for p in parameters]} if momentum else {}
    for _ in range(3):
        a, loss, slopes = exact(parameters, functions, a0, y)
        mse, gradients = script.back_propagate(x, y, parameters)
        assert_same([script.predict(x, parameters).T, mse, *gradients], [a, loss, *slopes])
        velocity = [momentum * v - 0.1 * slope for v, slope in zip(velocity, slopes)]
        expected = [p + v for p, v in zip(parameters, velocity)]
        losses = script.train(x, y, parameters, 1, 0.1, **goes_on)
        assert_same([*losses, *parameters], [loss, *expected])
    for wrong in y[:, 0], y[:1], np.hstack([y, y]):
        with pytest.raises(ValueError, match="y must have shape"):
            script.train(x, wrong, parameters)


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
    velocity = [0 * p for p in parameters]
    for _ in range(3):
        a, loss, slopes = exact(parameters, functions, x.T, y)
        mse, dW, dB = nn.gradients(x, y)
        assert_same([nn.forward(x).T, mse, *dW, *dB], [a, loss, *slopes[::2], *slopes[1::2]])
        velocity = [0.9 * v - 0.1 * slope for v, slope in zip(velocity, slopes)]
        expected = [p + v for p, v in zip(parameters, velocity)]
        assert_same([nn.back_propagation(x, y, 0.1, 0.9), *parameters], [loss, *expected])
