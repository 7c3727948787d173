"""Inference: is there a vertical line in an image? The bias is a separate value.

This is the network of 2x2_image_predefined_1.py, with the same weights. There,
the bias is a weight whose input is always 1. Since 1 times the bias is the
bias, it can just as well be added by itself: z = W @ a + B. Here numpy adds
the column B to every column of W @ a, which means to every sample. The inputs
need no extra 1 then. All further scripts do it this way.

    pixels a0 --W1, B1--> z1 --step--> a1 --W2, B2--> z2 --step--> a2

Run it:     python 2x2_image_predefined_2.py
Try next:   python 2x2_image_predefined_2.py --grey-range 0.3 --seed 5
            (the same 2 wrong as in 2x2_image_predefined_1.py)
            make it find horizontal lines: an exercise in exercises/README.md
Read next:  activation.py, which shows what can take the place of the step
"""

import argparse

import numpy as np

from activation import step
from dataset import image2x2_set

# 2x2_image_predefined_1.py explains these weights.
W1 = np.array(
    [  # p0, p1, p2, p3
        [1, -1, 1, -1],  # left
        [-1, 1, -1, 1],  # right
    ]
)
B1 = np.array([[-1.2], [-1.2]])
W2 = np.array([[1, 1]])  # left, right
B2 = np.array([[-0.5]])


def predict(x):
    """Return Y_hat (samples, 1) for images x (samples, 4). 1 means a vertical line."""
    x = np.asarray(x)
    assert x.ndim == 2, f"x must have shape (samples, 4), not {x.shape}"
    assert ((x >= 0) & (x <= 1)).all(), "pixels must be from 0 (white) to 1 (black)"
    a0 = x.T
    z1 = W1 @ a0 + B1
    a1 = step(z1)
    z2 = W2 @ a1 + B2
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
