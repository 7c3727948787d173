"""The quantities of one layer, and which of a network's parameters belongs to which layer."""

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass
class Layer:
    """One layer of a network, with all its quantities as they have to be.

    A quantity that isn't known is None. If a function of by_hand.py is checked by itself, then
    most of them are.
    """

    # the parameters, and what forward computes
    W: Any = None  # (nodes, inputs)
    B: Any = None  # (nodes, 1); None in a network without biases
    a_in: Any = None  # what comes in, (inputs, samples)
    z: Any = None  # W @ a_in + B, (nodes, samples)
    a: Any = None  # what goes out, f(z)

    # the activation
    f: Any = None  # None if it isn't one of activation.py
    is_mirrored: bool = False  # whether a is f(-z)
    slope: Any = None  # f'(z)

    # the derivatives of the loss with respect to a, z, W and B
    da: Any = None
    dz: Any = None
    dW: Any = None
    dB: Any = None

    # the place in the network
    n: Any = ""  # number of the layer: 2 in z2 and a2; empty if it is a layer by itself
    before: Any = None  # the neighbouring layers
    after: Any = None
    n_outputs: int = 1  # of the whole network
    x: Any = None  # inputs as they came, (samples, inputs); only the first layer has them
    y: Any = None  # desired outputs, (samples, outputs); only the last layer has them
    is_mse: bool = False  # whether the loss is the mean of (a - y.T)^2; known of the last layer

    @property
    def is_alone(self):
        """Whether this is a layer by itself, as where a function of by_hand.py is checked."""
        return self.n == ""

    @property
    def p(self):
        """The number of the layer before, which is 0 for the inputs: 1 in a1, if this is z2."""
        return "" if self.is_alone else self.n - 1

    @property
    def n_samples(self):
        return self.dz.shape[1]

    @property
    def slope_matters(self):
        """Whether the slope is known, and isn't 1 everywhere, as it is without activation."""
        return self.slope is not None and not np.all(self.slope == 1)


def kinds_of(parameters):
    """Return the letter and the layer of each of the parameters: ("W", 1), ("B", 1) ...

    An array is the bias of the first layer that it fits and that has none yet. If there is no
    such layer, then the array is the weights of the next layer.
    """
    kinds = []
    without_bias = {}  # {number of the layer: its weights}
    n_layers = 0
    for array in parameters:
        fitting = [number for number, W in without_bias.items() if is_bias(array, W)]
        if fitting:
            kinds.append(("B", fitting[0]))
            del without_bias[fitting[0]]
        else:
            n_layers += 1
            kinds.append(("W", n_layers))
            without_bias[n_layers] = array
    return kinds


def is_bias(array, W):
    """Whether an array has one number for each node of the layer with the weights W.

    A node is a row of W. If samples are rows, as in some networks, then it is a column of W.
    """
    rows, columns = len(W), W.shape[-1]
    shapes = [(rows, 1), (rows,), (columns, 1), (1, columns), (columns,)]
    return array.shape in shapes


def labels_of(parameters):
    """Return W1, B1 ... for each of the parameters; W and B if there is only one layer."""
    kinds = kinds_of(parameters)
    n_layers = max(number for _, number in kinds)
    return [f"{letter}{number if n_layers > 1 else ''}" for letter, number in kinds]
