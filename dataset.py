"""Exercise datasets for supervised learning.

In supervised learning, a network learns from examples: inputs X, together with
the outputs Y that are desired for them. A row is a sample. A column is one
input or one output. This module makes three kinds of datasets, which are small
enough to check by eye:

    truth tables    X = 0 1       Y = 1         (XOR: one of the two, not both)
    2x2 images      X = 1 0 1 0   Y = 0 0 1 0   (left column black: vertical)
    a polynomial    X = 2.0       Y = 38.0      (x^3 + 15x)

Run it:     python dataset.py  (prints them)
Try next:   python dataset.py --seed 1  (other shades of grey)
Read next:  2x2_image_predefined_1.py, where a network looks at the images
"""

import argparse
import itertools

import numpy as np

# The desired output of each gate, given trues, how many of its n inputs are true
GATES = {
    "and": lambda trues, n: trues == n,
    "or": lambda trues, n: trues > 0,
    "nand": lambda trues, n: trues < n,
    "nor": lambda trues, n: trues == 0,
    "xor": lambda trues, n: trues % 2 == 1,
    "xnor": lambda trues, n: trues % 2 == 0,
}

KINDS = ("solid", "horizontal", "vertical", "diagonal")  # Y has a column for each
# The pixels p0 p1 of the upper row, then p2 p3 of the lower one: 0 is white, 1 is black
IMAGES = {
    "solid": ("0000", "1111"),
    "horizontal": ("1100", "0011"),
    "vertical": ("1010", "0101"),
    "diagonal": ("1001", "0110"),
    "no name": ("1000", "0100", "0010", "0001", "0111", "1011", "1101", "1110"),
}


def truth_table(gate, n_inputs=2):
    """Return X (2**n, n) and Y (2**n, 1) of a logical gate. The rows count up in binary.

    gate is a key of GATES, and n_inputs is a whole number from 1 to 16. XOR of n inputs is
    true if an odd number of them is true. Raises ValueError for any other gate or number.
    """
    if gate not in GATES:
        raise ValueError(f"gate must be one of {', '.join(GATES)}, not {gate!r}")
    if n_inputs not in range(1, 17):
        raise ValueError(f"n_inputs must be a whole number from 1 to 16, not {n_inputs}")
    rows = itertools.product([0.0, 1.0], repeat=int(n_inputs))  # it takes no 2.0 for 2
    X = np.array(list(rows))
    trues = X.sum(axis=1, keepdims=True)
    Y = GATES[gate](trues, n_inputs).astype(float)
    return X, Y


def xor_2_input():
    """Return X (4, 2) and Y (4, 1): the truth table of XOR with two inputs."""
    return truth_table("xor", 2)


def xor_3_input():
    """Return X (8, 3) and Y (8, 1): the truth table of XOR with three inputs."""
    return truth_table("xor", 3)


def image2x2(vertical_only=False):
    """Return X (16, 4) and Y (16, 4): all black-and-white 2x2 images, and their kinds.

    Y has a column for each of KINDS, with a 1 where the image is of that kind. An image
    without a name has four zeros. With vertical_only, Y is only the vertical column, (16, 1).
    """
    X = []
    Y = []
    for kind, images in IMAGES.items():
        for image in images:
            X.append([float(pixel) for pixel in image])
            Y.append([float(kind == name) for name in KINDS])
    X = np.array(X)
    Y = np.array(Y)
    if vertical_only:
        vertical = KINDS.index("vertical")
        Y = Y[:, [vertical]]  # a list of one column, so that Y stays a table
    return X, Y


def image2x2_set(no_of_sets=1, vertical_only=False, grey_range=0.2, rng=None):
    """Return the images of image2x2 in random shades of grey, no_of_sets times.

    X is (16 * no_of_sets, 4), and Y has the columns that image2x2 returns. White becomes a
    shade drawn evenly from [0, grey_range), and black one drawn evenly from
    [1 - grey_range, 1). rng is a numpy.random.Generator, a seed, or None. Raises ValueError
    unless no_of_sets is a whole number from 1 to 100000 and 0 < grey_range <= 0.5.
    """
    if no_of_sets not in range(1, 100_001):
        raise ValueError(
            f"no_of_sets must be a whole number from 1 to 100000, not {no_of_sets}"
        )
    if not 0 < grey_range <= 0.5:
        raise ValueError(f"grey_range must be above 0, up to 0.5, not {grey_range}")
    X, Y = image2x2(vertical_only)
    X = np.tile(X, (int(no_of_sets), 1))
    Y = np.tile(Y, (int(no_of_sets), 1))
    shade = np.random.default_rng(rng).uniform(0, grey_range, X.shape)
    grey = np.where(X == 0, shade, 1 - grey_range + shade)
    return grey, Y


def polynomial(coefficients, low, high, n_samples):
    """Return X (n_samples, 1), evenly spaced from low to high, and Y (n_samples, 1).

    Y has the values of the polynomial at X. The coefficients begin with the highest power, as
    in numpy.polyval.
    """
    X = np.linspace(low, high, n_samples).reshape(-1, 1)
    Y = np.polyval(coefficients, X)
    return X, Y


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=0, help="picks the shades (%(default)s)")
    args = parser.parse_args(argv)
    if args.seed < 0:
        parser.error("expected --seed from 0")

    for n_inputs in 2, 3:
        print(f"XOR of {n_inputs} inputs")
        X, Y = truth_table("xor", n_inputs)
        for x, y in zip(X.astype(int), Y[:, 0]):
            print("  ", *x, f" -> {y:.0f}")

    X, Y = polynomial((1, 0, 15, 0), -2, 2, 5)
    pairs = [f"{x:g} -> {y:g}" for x, y in zip(X[:, 0], Y[:, 0])]
    print("x^3 + 15x:", "  ".join(pairs))

    print("2x2 images, p0 p1 / p2 p3 -> solid, horizontal, vertical, diagonal, and in grey")
    X, Y = image2x2()
    grey, _ = image2x2_set(rng=np.random.default_rng(args.seed))
    for x, y, image in zip(X.astype(int), Y.astype(int), grey):
        shades = "{:.3f} {:.3f} / {:.3f} {:.3f}".format(*image)
        print("  ", *x[:2], "/", *x[2:], " ->", *y, "  ", shades)


if __name__ == "__main__":
    main()
