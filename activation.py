"""Activation functions with their derivatives, for numbers, lists and arrays.

A node adds up its weighted inputs and its bias, z = W @ a + B. Then it passes
the sum through an activation function, a = f(z). Without activation functions,
two layers would be no more than one, because W2 @ (W1 @ a) = (W2 @ W1) @ a. A
network of any depth would be a linear function. Training needs the derivative
as well: it says how much a moves when z moves.

    f(z)                    the function
    f(z, derivative=True)   its derivative

At a corner, such as relu's at 0, the derivative is the slope on its left.

All functions work elementwise, on arrays of any shape, and return float64.
None of them overflows or warns. For an infinite z they return the limit. For
nan they return nan, except the derivatives of step and linear, which are the
same number everywhere.

Run it:     python activation.py  (prints a table)
Try next:   add a function of your own: exercise 8 of exercises/README.md
Read next:  linear.py, the smallest network that learns
"""

import argparse

import numpy as np


def step(z, derivative=False):
    """1 where z > 0, else 0. Its derivative is 0, so nothing can be learned through a step."""
    z = np.asarray(z, dtype=float)
    if derivative:
        return np.zeros_like(z)
    return np.heaviside(z, 0)  # the second number is its value at 0


def linear(z, derivative=False):
    """z itself, which is no activation at all. A node with it can output any number."""
    z = np.asarray(z, dtype=float)
    if derivative:
        return np.ones_like(z)
    return z.copy()


def sigmoid(z, derivative=False):
    """1 / (1 + exp(-z)), which rises from 0 to 1."""
    z = np.asarray(z, dtype=float)
    a = 0.5 + 0.5 * np.tanh(0.5 * z)  # equal but for rounding, and exp(-z) would overflow
    if derivative:
        return a * (1 - a)
    return a


def tanh(z, derivative=False):
    """The hyperbolic tangent, 2 sigmoid(2 z) - 1, which rises from -1 to 1."""
    z = np.asarray(z, dtype=float)
    a = np.tanh(z)
    if derivative:
        return 1 - a * a
    return a


def gaussian(z, derivative=False):
    """exp(-z^2), a bell of height 1 around zero."""
    z = np.asarray(z, dtype=float)
    z = np.clip(z, -30, 30)  # the bell is 0 there already, and z * z could overflow
    a = np.exp(-z * z)
    if derivative:
        return -2 * z * a
    return a


def relu(z, derivative=False):
    """The rectified linear unit: z where z > 0, else 0."""
    z = np.asarray(z, dtype=float)
    if derivative:
        return np.heaviside(z, 0)
    return np.maximum(z, 0)


def leaky_relu(z, derivative=False):
    """z where z > 0, else 0.01 z. Unlike a relu, it still learns where z is negative."""
    z = np.asarray(z, dtype=float)
    if derivative:
        return 0.01 + 0.99 * np.heaviside(z, 0)
    return np.maximum(z, 0.01 * z)


def elu(z, derivative=False):
    """The exponential linear unit: z where z > 0, else exp(z) - 1."""
    z = np.asarray(z, dtype=float)
    negative = np.minimum(z, 0)  # exp of a large z would overflow
    if derivative:
        return np.exp(negative)
    return np.maximum(z, 0) + np.expm1(negative)  # one of the two is always 0


def softplus(z, derivative=False):
    """log(1 + exp(z)), a smooth relu. Its derivative is the sigmoid."""
    z = np.asarray(z, dtype=float)
    if derivative:
        return sigmoid(z)
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))  # equal, without overflow


def silu(z, derivative=False):
    """z * sigmoid(z), the sigmoid linear unit (swish): a smooth relu with a dip below zero."""
    z = np.asarray(z, dtype=float)
    z = np.maximum(z, -750)  # silu is 0 there already, but -inf * 0 would be nan
    if derivative:
        a = sigmoid(z)
        z = np.minimum(z, 750)  # here the slope is 1 already, but inf * 0 would be nan
        return a + z * a * (1 - a)
    # exp(-softplus(-z)) is the sigmoid, exact even where sigmoid(z) is rounded to 0
    return z * np.exp(-softplus(-z))


ACTIVATIONS = {
    f.__name__: f
    for f in (step, linear, sigmoid, tanh, gaussian, relu, leaky_relu, elu, softplus, silu)
}


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args(argv)  # there is only --help

    z = [-4, -2, -1, 0, 1, 2, 4]
    row = "{:12}" + "{:8.4f}" * len(z)
    print(row.format("z", *z))
    for name, f in ACTIVATIONS.items():
        print(row.format(name, *f(z)))
        print(row.format("  derivative", *f(z, derivative=True)))


if __name__ == "__main__":
    main()
