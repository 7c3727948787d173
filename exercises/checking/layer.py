"""The quantities of one layer, and which of a network's parameters belongs to which layer."""

from dataclasses import dataclass, field

import numpy as np

from activation import sigmoid
from exercises.checking.compare import same


@dataclass
class Layer:
    """One layer of a network, with its quantities as they have to be; None if unknown."""

    n: int = ""  # number of the layer: 2 in z2; empty if a function is checked by itself

    # the parameters, and what forward computes
    W: np.ndarray = None  # (nodes, inputs)
    B: np.ndarray = None  # (nodes, 1)
    a_in: np.ndarray = None  # what comes in, (inputs, samples)
    z: np.ndarray = None  # W @ a_in + B, (nodes, samples)
    a: np.ndarray = None  # what goes out, f(z); the same array as z if there is no f
    f: object = None  # the activation, if it is one of activation.py
    slope: np.ndarray = None  # f'(z)
    # what functions of the student's make of z and a: {"f(z1)": array}
    own_results: dict = field(default_factory=dict)

    # the derivatives of the loss with respect to a, z, W and B
    da: np.ndarray = None
    dz: np.ndarray = None
    dW: np.ndarray = None
    dB: np.ndarray = None

    # the place in the network
    before: object = None  # the neighbouring layers
    after: object = None
    x: np.ndarray = None  # inputs as they came, (samples, inputs); only in the first layer
    y: np.ndarray = None  # desired outputs, (samples, outputs); only in the last layer
    n_samples: int = None
    n_outputs: int = 1  # of the whole network

    # the loss, known in the last layer
    is_mse: bool = False  # whether it is the mean of (a - y.T)^2
    loss_sentence: str = ""  # a sentence that says which other loss it is, if that is known

    @property
    def before_n(self):
        """The number of the layer before. It is 0 for the inputs, which are a0."""
        return self.n - 1 if self.n else ""

    @property
    def after_n(self):
        """The number of the layer after."""
        return self.n + 1 if self.n else ""

    @property
    def error(self):
        """What goes out minus what is desired, (outputs, samples); None in a hidden layer."""
        return None if self.y is None else self.a - self.y.T

    @property
    def has_activation(self):
        return self.a is not self.z

    @property
    def is_softmax(self):
        """Whether what goes out adds up to 1 for each sample, as probabilities do."""
        sums = self.a.sum(axis=0)
        return len(self.a) > 1 and same(sums, np.ones(sums.shape))

    @property
    def has_cross_entropy(self):
        """Whether dz is a - y.T, divided, as cross-entropy makes it of sigmoid or softmax."""
        if self.y is None or not (self.f is sigmoid or self.is_softmax):
            return False
        by_samples = self.error / len(self.y)
        by_size = self.error / self.y.size
        return same(self.dz, by_samples) or same(self.dz, by_size)

    @property
    def output_name(self):
        """The name of what goes out: a2, or z2 if no activation follows."""
        return f"a{self.n}" if self.has_activation else f"z{self.n}"


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
    return array.shape in [(rows, 1), (rows,), (columns, 1), (1, columns), (columns,)]


def labels_of(parameters):
    """Return W1, B1 ... for each of the parameters; W and B if there is only one layer."""
    kinds = kinds_of(parameters)
    n_layers = max(number for _, number in kinds)
    return [f"{letter}{number if n_layers > 1 else ''}" for letter, number in kinds]
