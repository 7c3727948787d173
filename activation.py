"""Activation functions with their derivatives, for numbers, lists and arrays of any shape.

A node adds up its weighted inputs and its bias, z = W @ a + B, and passes the sum through
an activation function, a = f(z). Without one, two layers of nodes would be no more than one,
W2 @ (W1 @ a) = (W2 @ W1) @ a, and a network of any depth no more than a linear function.
Training needs the derivative as well: how much a moves when z does.

    f(z)                    the function
    f(z, derivative=True)   its derivative; in a corner, as relu has at 0, the slope to its left

All are elementwise and return float64. None of them overflows or warns; for an infinite z
the result is the limit; nan gives nan, but for slopes that are the same everywhere.

Run it to see a table:    python activation.py
Try next:                 add a function of your own: exercise 8 of exercises/README.md
Read next:                linear.py, the smallest network that learns
"""

import argparse

import numpy as np


def step(z, derivative=False):
    """1 where z > 0, else 0. Its derivative is 0: nothing can be learned through a step."""
    z = np.asarray(z, dtype=float)
    return np.zeros_like(z) if derivative else np.heaviside(z, 0)


def linear(z, derivative=False):
    """z itself: no activation at all, as in a node that outputs any number."""
    z = np.asarray(z, dtype=float)
    return np.ones_like(z) if derivative else z.copy()


def sigmoid(z, derivative=False):
    """1 / (1 + exp(-z)), from 0 to 1; with tanh, which never overflows, to 16 decimals."""
    a = 0.5 + 0.5 * np.tanh(0.5 * np.asarray(z, dtype=float))
    return a * (1 - a) if derivative else a


def tanh(z, derivative=False):
    """The hyperbolic tangent, 2 sigmoid(2 z) - 1, between -1 and 1 and centred on zero."""
    a = np.tanh(np.asarray(z, dtype=float))
    return 1 - a * a if derivative else a


def gaussian(z, derivative=False):
    """exp(-z^2), a bell of height 1 around zero."""
    z = np.clip(np.asarray(z, dtype=float), -30, 30)  # beyond 30 it is 0, and z * z overflows
    a = np.exp(-z * z)
    return -2 * z * a if derivative else a


def relu(z, derivative=False):
    """The rectified linear unit: z where z > 0, else 0."""
    z = np.asarray(z, dtype=float)
    return np.heaviside(z, 0) if derivative else np.maximum(z, 0)


def leaky_relu(z, derivative=False):
    """z where z > 0, else 0.01 z: a relu that still learns where z is negative."""
    z = np.asarray(z, dtype=float)
    return np.maximum(np.heaviside(z, 0), 0.01) if derivative else np.maximum(z, 0.01 * z)


def elu(z, derivative=False):
    """The exponential linear unit: z where z > 0, else exp(z) - 1."""
    z = np.asarray(z, dtype=float)
    below = np.minimum(z, 0)
    return np.exp(below) if derivative else np.maximum(z, 0) + np.expm1(below)


def softplus(z, derivative=False):
    """log(1 + exp(z)), a smooth relu; its derivative is the sigmoid."""
    z = np.asarray(z, dtype=float)
    if derivative:
        return sigmoid(z)
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))  # the same, and never overflows


def silu(z, derivative=False):
    """z * sigmoid(z), the sigmoid linear unit (swish): a smooth relu with a dip below zero."""
    z = np.maximum(np.asarray(z, dtype=float), -750)  # where it is 0, and -inf * 0 is not
    if derivative:
        a = sigmoid(z)
        return a + np.minimum(z, 750) * a * (1 - a)
    return z * np.exp(-softplus(-z))  # exact also where z is large and a tiny


ACTIVATIONS = {
    f.__name__: f
    for f in (step, linear, sigmoid, tanh, gaussian, relu, leaky_relu, elu, softplus, silu)
}


def main(argv=None):
    argparse.ArgumentParser(description="Print all functions and slopes.").parse_args(argv)
    z = [-4, -2, -1, 0, 1, 2, 4]
    row = "{:12}" + "{:8.4f}" * len(z)
    print(row.format("z", *z))
    for name, f in ACTIVATIONS.items():
        print(row.format(name, *f(z)))
        print(row.format("  derivative", *f(z, derivative=True)))


if __name__ == "__main__":
    main()
