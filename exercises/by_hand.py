"""The network of chapter 6, for you to write: one small function for each of its rules.

Copy this file to my_network.py, beside xor.py. Write one function after the other, each in
the place of its "raise NotImplementedError", and after each run, in that folder,

    python -m exercises.check my_network

It says what is right, what is wrong and how, and what comes next.

    inputs a0 --W1, B1--> z1 --sigmoid--> a1 --W2, B2--> z2 --sigmoid--> a2 = output

A row of x and y is a sample; everywhere else a column is one. W is (nodes, inputs), B is
(nodes, 1), z and a are (nodes, samples). The derivative of the loss by any of them has its
shape: dW2 is dloss/dW2. sigmoid(z) is f(z), and sigmoid(z, derivative=True) is f'(z).
"""

import numpy as np

from activation import sigmoid


def forward(x, parameters):
    """Return a0, z1, a1, z2, a2 for x (samples, inputs); a0 is x.T, 0 and 1 made -1 and 1."""
    W1, B1, W2, B2 = parameters
    raise NotImplementedError


def from_loss(a2, y):
    """Return the loss, one number, and da2, for a2 (outputs, samples) and y (samples, outputs).

    The loss is the mean of (a2 - y.T)^2 over all samples and outputs.
    """
    raise NotImplementedError


def through_activation(da, z):
    """Return dz of a layer of sigmoids, given its da and z; all have the same shape."""
    raise NotImplementedError


def to_weights(dz, a):
    """Return dW (nodes, inputs), given dz (nodes, samples) and a (inputs, samples)."""
    raise NotImplementedError


def to_bias(dz):
    """Return dB (nodes, 1), given dz (nodes, samples)."""
    raise NotImplementedError


def to_layer_before(W, dz):
    """Return da (inputs, samples) of the layer before, given W (nodes, inputs) and dz."""
    raise NotImplementedError


def back_propagate(x, y, parameters):
    """Return the loss and [dW1, dB1, dW2, dB2], by calling the functions above."""
    W1, B1, W2, B2 = parameters
    raise NotImplementedError


def update(parameters, gradients, learning_rate):
    """Move every parameter a step downhill, changing the array itself; return nothing."""
    raise NotImplementedError


def train(x, y, parameters, iterations=2000, learning_rate=8.0):
    """Return a list: the loss of each iteration, before its update; change parameters."""
    raise NotImplementedError


# When all is written, this is xor.py taken apart: put each line in the place of its call,
# and you have forward, back_propagate and train as they stand there.
