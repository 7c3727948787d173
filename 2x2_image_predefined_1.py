"""Inference: is there a vertical line in an image? The bias is one more weight.

Inference means computing a network's outputs from its inputs. The weights are
given, and nothing is trained. A node multiplies each input by a weight, and
adds up the products and a constant, which is called the bias. In this script
the bias is the last weight of each node, and the input of that weight is
always 1.

    pixels and 1 --W1--> z1 --step--> a1
        a1 and 1 --W2--> z2 --step--> a2

An image has 2x2 pixels: p0 p1 in the upper row and p2 p3 in the lower one.
White is 0, and black is 1. The two nodes between the inputs and the output are
called hidden nodes. One looks for a line on the left, the other for a line on
the right. The output node fires, which means that it gives 1, if at least one
of the hidden nodes fires.

Run it:     python 2x2_image_predefined_1.py
Try next:   python 2x2_image_predefined_1.py --grey-range 0.3 --seed 5
            (2 wrong: with a grey range above 0.2 these weights can fail)
            change both -1.2 to -0.5
            (8 wrong: one black pixel more on one side is enough then)
Read next:  2x2_image_predefined_2.py, where the bias is a value of its own
"""

import argparse

import numpy as np

from activation import step
from dataset import image2x2_set

# The left node computes p0 - p1 + p2 - p3 - 1.2, and fires if that is above 0. A black line on
# the left brings it above 0. A single black pixel isn't enough. A black pixel on the right
# cancels one on the left. docs/thought-out-weights.md says how these weights were found.
W1 = np.array(
    [  # p0, p1, p2, p3, bias
        [1, -1, 1, -1, -1.2],  # left
        [-1, 1, -1, 1, -1.2],  # right
    ]
)
# The output is above 0 if at least one of the two fires.
W2 = np.array([[1, 1, -0.5]])  # left, right, bias


def predict(x):
    """Return Y_hat (samples, 1) for images x (samples, 4). 1 means a vertical line.

    A row of W1 is a node, and a column of a0 is a sample. W1 @ a0 multiplies each row with
    each column, number by number, and adds up the products.
    """
    x = np.asarray(x)
    assert x.ndim == 2, f"x must have shape (samples, 4), not {x.shape}"
    assert ((x >= 0) & (x <= 1)).all(), "pixels must be from 0 (white) to 1 (black)"
    one = np.ones((1, len(x)))
    a0 = np.vstack([x.T, one])
    z1 = W1 @ a0
    a1 = np.vstack([step(z1), one])
    z2 = W2 @ a1
    a2 = step(z2)
    return a2.T


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    option = parser.add_argument
    option(
        "--grey-range", type=float, default=0.2, help="white is from 0 to this (%(default)s)"
    )
    option("--seed", type=int, default=0, help="picks the shades of grey (%(default)s)")
    args = parser.parse_args(argv)
    if not (0 < args.grey_range <= 0.5 and args.seed >= 0):
        parser.error("expected --grey-range above 0, up to 0.5, --seed from 0")

    X, Y = image2x2_set(vertical_only=True, grey_range=args.grey_range, rng=args.seed)
    Y_hat = predict(X)
    print("  p0    p1  /   p2    p3      predicted  desired")
    for x, y_hat, y in zip(X, Y_hat[:, 0], Y[:, 0]):
        pixels = "{:.3f} {:.3f} / {:.3f} {:.3f}".format(*x)
        print(f"{pixels} {y_hat:9.0f} {y:9.0f}")
    print(f"{np.sum(Y_hat != Y)} of {len(Y)} wrong")


if __name__ == "__main__":
    main()
