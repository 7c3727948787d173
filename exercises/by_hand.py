"""The two-layer network of chapter 6, for you to write. There is one function for each rule.

Copy this file to my_network.py, beside xor.py. Then write one function after the other.
In each function, replace the line "raise NotImplementedError" with your code. After each
function, run this command in the folder of xor.py:

    python -m exercises.check my_network

It tells you which functions are right, what is wrong, and which function comes next. This is
the network:

    inputs a0 --W1, B1--> z1 --sigmoid--> a1 --W2, B2--> z2 --sigmoid--> a2

Its outputs are a2. A sample is a row of x and of y. In z, a and a0, a sample is a column. Each
W has the shape (nodes, inputs), each B (nodes, 1), and each z and a (nodes, samples).

dW2 is the derivative of the loss with respect to W2, and it has the shape of W2. The same
holds for the other derivatives. sigmoid(z) is f(z), and sigmoid(z, derivative=True) is f'(z).
"""

import numpy as np

from activation import sigmoid


def forward(x, parameters):
    """Return a0, z1, a1, z2, a2 for x (samples, inputs).

    The inputs are recoded from 0 and 1 to -1 and 1, so a0 is 2 x.T - 1.
    """
    W1, B1, W2, B2 = parameters
    raise NotImplementedError


def from_loss(a2, y):
    """Return the loss, one number, and da2, for a2 (outputs, samples) and y (samples, outputs).

    The loss is the mean of (a2 - y.T)^2 over all samples and outputs.
    """
    raise NotImplementedError


def through_activation(da, z):
    """Return dz of a layer of sigmoids, given its da and its z. All have the same shape."""
    raise NotImplementedError


def to_weights(dz, a):
    """Return dW (nodes, inputs), given dz (nodes, samples) and a (inputs, samples)."""
    raise NotImplementedError


def to_bias(dz):
    """Return dB (nodes, 1), given dz (nodes, samples)."""
    raise NotImplementedError


def to_layer_before(W, dz):
    """Return da (inputs, samples) of the layer before.

    W (nodes, inputs) and dz (nodes, samples) belong to this layer.
    """
    raise NotImplementedError


def back_propagate(x, y, parameters):
    """Return the loss and the list [dW1, dB1, dW2, dB2]. Call the functions above."""
    W1, B1, W2, B2 = parameters
    raise NotImplementedError


def update(parameters, gradients, learning_rate):
    """Move every parameter one step downhill. Change the arrays themselves, and return nothing.

    parameters and gradients are lists of arrays, in the same order.
    """
    raise NotImplementedError


def train(x, y, parameters, iterations=2000, learning_rate=8.0):
    """Update the parameters once in each iteration, and return a list of the losses.

    The list holds the loss of each iteration, before its update.
    """
    raise NotImplementedError


# When you have written everything, you have all the parts of xor.py. If you replace each call
# of a small function with its lines, you get back_propagate and train of xor.py.
