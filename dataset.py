"""Exercise datasets for supervised learning.

Supervised learning starts from examples: inputs X together with the outputs Y that are
desired for them. A row is a sample, a column one input or one output. This module makes
three kinds of exercises that are small enough to check by eye:

    truth tables     X = 0 1        Y = 1            (XOR: one of the two, but not both)
    2x2 images       X = 1 0 1 0    Y = 0 0 1 0      (a black column on the left: vertical)
    a polynomial     X = 2.0        Y = 38.0         (x^3 + 15x)

Run it to see them:    python dataset.py
Try next:              python dataset.py --seed 1    (other shades of grey)
Read next:             2x2_image_predefined_1.py, where a neural network looks at the images
"""

import argparse
import itertools

import numpy as np

GATES = {  # name -> the desired output, given how many of the n inputs are true
    "and": lambda trues, n: trues == n,
    "or": lambda trues, n: trues > 0,
    "nand": lambda trues, n: trues < n,
    "nor": lambda trues, n: trues == 0,
    "xor": lambda trues, n: trues % 2 == 1,
    "xnor": lambda trues, n: trues % 2 == 0,
}

KINDS = ("solid", "horizontal", "vertical", "diagonal")  # Y has a column for each
IMAGES = {  # pixels p0 p1 in the upper row, then p2 p3 in the lower one: 0 white, 1 black
    "solid": ("0000", "1111"),
    "horizontal": ("1100", "0011"),
    "vertical": ("1010", "0101"),
    "diagonal": ("1001", "0110"),
    "no name": ("1000", "0100", "0010", "0001", "0111", "1011", "1101", "1110"),
}


def truth_table(gate, n_inputs=2):
    """Return X (2**n, n) and Y (2**n, 1) of a logical gate; the rows count up in binary.

    gate is a key of GATES, n_inputs a whole number from 1 to 16. XOR of n inputs is true
    for an odd number of trues. Raises ValueError for any other gate or number.
    """
    if gate not in GATES:
        raise ValueError(f"gate must be one of {', '.join(GATES)}, not {gate!r}")
    if n_inputs not in range(1, 17):
        raise ValueError(f"n_inputs must be a whole number from 1 to 16, not {n_inputs}")
    X = np.array(list(itertools.product([0.0, 1.0], repeat=int(n_inputs))))
    return X, GATES[gate](X.sum(axis=1, keepdims=True), n_inputs).astype(float)


def xor_2_input():
    """Return X (4, 2) and Y (4, 1): the truth table of XOR with two inputs."""
    return truth_table("xor", 2)


def xor_3_input():
    """Return X (8, 3) and Y (8, 1): the truth table of XOR with three inputs."""
    return truth_table("xor", 3)


def image2x2(vertical_only=False):
    """Return X (16, 4) and Y (16, 4): all black-and-white 2x2 images and their kind.

    Y has a column for each of KINDS, with a 1 where the image is of that kind; an image
    without a name has four zeros. With vertical_only Y is the vertical column, (16, 1).
    """
    images = [(image, kind) for kind in IMAGES for image in IMAGES[kind]]
    X = np.array([[float(pixel) for pixel in image] for image, _ in images])
    Y = np.array([[float(kind == column) for column in KINDS] for _, kind in images])
    return X, Y[:, [KINDS.index("vertical")]] if vertical_only else Y


def image2x2_set(no_of_sets=1, vertical_only=False, grey_range=0.2, rng=None):
    """Return image2x2 once per set, in grey: X (16 * no_of_sets, 4), Y as there.

    White becomes a shade drawn evenly from [0, grey_range), black one drawn evenly from
    [1 - grey_range, 1). rng is a numpy.random.Generator, None for a new one. Raises
    ValueError unless no_of_sets is a whole number from 1 to 100000 and 0 < grey_range <= 0.5.
    """
    if no_of_sets not in range(1, 100_001):
        raise ValueError(f"no_of_sets must be from 1 to 100000, not {no_of_sets}")
    if not 0 < grey_range <= 0.5:
        raise ValueError(f"grey_range must be in (0, 0.5], not {grey_range}")
    X, Y = (np.tile(array, (int(no_of_sets), 1)) for array in image2x2(vertical_only))
    shade = np.random.default_rng(rng).uniform(0, grey_range, X.shape)
    return np.where(X == 0, shade, 1 - grey_range + shade), Y


def polynomial(coefficients, low, high, n_samples):
    """Return X (n_samples, 1), evenly spaced from low to high, and Y, the polynomial there.

    coefficients has the highest power first, as in numpy.polyval.
    """
    X = np.linspace(low, high, n_samples).reshape(-1, 1)
    return X, np.polyval(coefficients, X)


def main(argv=None):
    parser = argparse.ArgumentParser(description="Print the exercise datasets.")
    parser.add_argument("--seed", type=int, default=0, help="of the shades, default: 0")
    args = parser.parse_args(argv)
    if args.seed < 0:
        parser.error("expected 0 <= --seed")
    for X, Y in xor_2_input(), xor_3_input():
        print(f"XOR of {X.shape[1]} inputs")
        for x, y in zip(X.astype(int), Y[:, 0]):
            print("  ", *x, f" -> {y:.0f}")
    X, Y = polynomial((1, 0, 15, 0), -2, 2, 5)
    print("x^3 + 15x:", *(f"{x:g} -> {y:g} " for x, y in zip(X[:, 0], Y[:, 0])))
    print("2x2 images, p0 p1 / p2 p3 -> solid, horizontal, vertical, diagonal, and in grey")
    (X, Y), (grey, _) = image2x2(), image2x2_set(rng=np.random.default_rng(args.seed))
    for x, y, g in zip(X.astype(int), Y.astype(int), np.char.mod("%.3f", grey)):
        print("  ", *x[:2], "/", *x[2:], " ->", *y, "  ", *g[:2], "/", *g[2:])


if __name__ == "__main__":
    main()
