"""Exercise datasets for supervised learning.

Supervised learning starts from examples: inputs X together with the outputs Y that are
desired for them. A row is a sample, a column one input or one output. This module makes
two kinds of exercises that are small enough to check by eye, and one for curves:

    truth tables     X = 0 1        Y = 1            (XOR: one of the two, but not both)
    2x2 images       X = 1 0 1 0    Y = 0 0 1 0      (pixels 0 1 / 2 3: a vertical line)
    a polynomial     X = 2.0        Y = 38.0         (x^3 + 15x)

Run it to see them:    python dataset.py
Try next:              python dataset.py --seed 1, then read xor.py
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

KINDS = ("solid", "horizontal", "vertical", "diagonal")  # the columns of Y of an image

IMAGES = np.array(
    [  # pixels 0 1 / 2 3, 0 is white and 1 is black
        [0, 0, 0, 0],  # solid
        [1, 1, 1, 1],
        [1, 1, 0, 0],  # horizontal
        [0, 0, 1, 1],
        [1, 0, 1, 0],  # vertical
        [0, 1, 0, 1],
        [1, 0, 0, 1],  # diagonal
        [0, 1, 1, 0],
        [1, 0, 0, 0],  # the rest has no name: one black pixel,
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
        [0, 1, 1, 1],  # or one white pixel
        [1, 0, 1, 1],
        [1, 1, 0, 1],
        [1, 1, 1, 0],
    ],
    dtype=float,
)


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
    trues = X.sum(axis=1, keepdims=True)
    return X, GATES[gate](trues, n_inputs).astype(float)


def xor_2_input():
    """Return X (4, 2) and Y (4, 1): the truth table of XOR with two inputs."""
    return truth_table("xor", 2)


def xor_3_input():
    """Return X (8, 3) and Y (8, 1): the truth table of XOR with three inputs."""
    return truth_table("xor", 3)


def image2x2(vertical_only=False):
    """Return X (16, 4) and Y (16, 4): all black-and-white 2x2 images and their kind.

    Y is one-hot: one column per kind (see KINDS), 1 in the image's own column and 0 in
    the others; a shape without a name has no 1 at all. With vertical_only Y is the
    column of the vertical line alone, (16, 1).
    """
    Y = np.vstack([np.repeat(np.eye(4), 2, axis=0), np.zeros((8, 4))])
    return IMAGES.copy(), Y[:, [2]] if vertical_only else Y


def image2x2_set(no_of_sets=1, vertical_only=False, grey_range=0.2, rng=None):
    """Return the 16 images once per set, in grey: X (16 * no_of_sets, 4) and Y likewise.

    White becomes a shade drawn evenly from [0, grey_range), black one drawn evenly from
    [1 - grey_range, 1). rng is a numpy.random.Generator, None for a new one. Raises
    ValueError unless no_of_sets is a whole number from 1 to 100,000 and 0 < grey_range <= 0.5.
    """
    if no_of_sets not in range(1, 100_001):
        raise ValueError(f"no_of_sets must be from 1 to 100000, not {no_of_sets}")
    if not 0 < grey_range <= 0.5:
        raise ValueError(f"grey_range must be in (0, 0.5], not {grey_range}")
    X, Y = image2x2(vertical_only)
    X, Y = np.tile(X, (int(no_of_sets), 1)), np.tile(Y, (int(no_of_sets), 1))
    shade = np.random.default_rng(rng).uniform(0, grey_range, X.shape)
    below_1 = np.nextafter(1, 0)  # about once in 2**53 draws the sum would round up to 1
    return np.where(X == 0, shade, np.minimum(1 - grey_range + shade, below_1)), Y


def polynomial(coefficients, low, high, n_samples):
    """Return X (n_samples, 1), evenly spaced from low to high, and Y, the polynomial there.

    coefficients has the highest power first, as in numpy.polyval.
    """
    X = np.linspace(low, high, n_samples).reshape(-1, 1)
    return X, np.polyval(coefficients, X)


def main(argv=None):
    parser = argparse.ArgumentParser(description="Print the exercise datasets.")
    parser.add_argument("--seed", type=int, default=0, help="of the shades of grey (0)")
    args = parser.parse_args(argv)
    if args.seed < 0:
        parser.error("argument --seed: expected a whole number from 0 on")
    for X, Y in xor_2_input(), xor_3_input():
        print(f"XOR of {X.shape[1]} inputs")
        for x, y in zip(X, Y):
            print("  ", *x.astype(int), " ->", int(y[0]))
    print("2x2 images: pixels 0 1 / 2 3 -> solid, horizontal, vertical, diagonal, and in grey")
    (X, Y), (grey, _) = image2x2(), image2x2_set(rng=np.random.default_rng(args.seed))
    for x, y, g in zip(X.astype(int), Y.astype(int), grey):
        shades = "{:.3f} {:.3f} / {:.3f} {:.3f}".format(*g)
        print("  ", *x[:2], "/", *x[2:], " ->", *y, "  ", shades)


if __name__ == "__main__":
    main()
