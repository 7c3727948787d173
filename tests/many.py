"""Train the network of xor.py from many seeds at once, for test_training.py and measure.py.

All networks are computed together, because numpy takes nearly as long for one of them as for a
hundred. test_training.py compares the result with that of xor.train.
"""

import numpy as np

import xor
from activation import sigmoid, tanh
from dataset import truth_table


def initial_parameters(seeds, initialize, *sizes):
    """Return what initialize returns for these seeds, each array with a first axis of seeds."""
    each = [initialize(*sizes, np.random.default_rng(seed)) for seed in seeds]
    return [np.stack(same) for same in zip(*each)]


def train_many(
    seeds,
    gate="xor",
    inputs=2,
    hidden=4,
    iterations=2000,
    learning_rate=8.0,
    momentum=0.0,
    low=-1,
    high=1,
    scale=1.0,
    activation="sigmoid",
    cross_entropy=False,
    hidden_biases=True,
    equal_nodes=False,
    desired=None,
):
    """Train one network for each seed. Return two arrays with a number for each seed.

    seeds is a list, or how many there are from 0 on.

    The first has the largest error of the network's outputs after the training. The second has
    the number of iterations after which the mse is below 0.01, or infinity.

    low, high      what the inputs 0 and 1 are recoded to
    scale          factor on the initial weights
    activation     that of the hidden nodes, sigmoid or tanh
    cross_entropy  whether this is the loss, and not the mse
    hidden_biases  whether the biases of the hidden nodes are trained, or stay at 0
    equal_nodes    whether all hidden nodes start like the first one
    desired        outputs (samples, 1) in place of the gate's

    A network whose outputs are all right to 0.05 counts as trained to its end.
    """
    x, y = truth_table(gate, inputs)
    y = (y if desired is None else desired).T
    a0 = np.where(x.T, high, low)
    f = {"sigmoid": sigmoid, "tanh": tanh}[activation]
    seeds = range(seeds) if isinstance(seeds, int) else seeds
    parameters = initial_parameters(seeds, xor.initialize, inputs, hidden, 1)
    parameters = [scale * parameter for parameter in parameters]
    if equal_nodes:
        W1, B1, W2, B2 = parameters
        W1[:] = W1[:, :1]
        W2[:] = W2[:, :, :1]
    velocity = [np.zeros_like(parameter) for parameter in parameters]

    errors = np.ones(len(seeds))
    reached = np.full(len(seeds), np.inf)
    left = np.arange(len(seeds))  # places of the networks that are still being trained
    for i in range(iterations + 1):
        W1, B1, W2, B2 = parameters
        z1 = W1 @ a0 + B1
        a1 = f(z1)
        a2 = sigmoid(W2 @ a1 + B2)
        error = a2 - y

        mse = (error**2).mean(axis=(1, 2))
        reached[left] = np.where(mse < 0.01, np.minimum(reached[left], i), reached[left])
        if i % 100 == 0 or i == iterations:
            errors[left] = np.abs(error).max(axis=(1, 2))
        if i == iterations:
            break

        dz2 = error / y.size  # with cross-entropy, the slope of the sigmoid cancels
        if not cross_entropy:
            dz2 = 2 * dz2 * a2 * (1 - a2)
        dW2 = dz2 @ a1.transpose(0, 2, 1)
        dB2 = dz2.sum(axis=2, keepdims=True)
        da1 = W2.transpose(0, 2, 1) @ dz2
        dz1 = da1 * (a1 * (1 - a1) if activation == "sigmoid" else 1 - a1**2)
        dW1 = dz1 @ a0.T
        dB1 = dz1.sum(axis=2, keepdims=True) * hidden_biases
        for p, v, gradient in zip(parameters, velocity, [dW1, dB1, dW2, dB2]):
            v *= momentum
            v -= learning_rate * gradient
            p += v

        if i % 100 == 0:
            stay = errors[left] > 0.05
            left = left[stay]
            parameters = [parameter[stay] for parameter in parameters]
            velocity = [v[stay] for v in velocity]
            if len(left) == 0:
                break
    return errors, reached
