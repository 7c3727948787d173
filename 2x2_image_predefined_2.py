"""Inference: does a 2x2 image show a vertical line? The bias is a separate value.

The same network with the same weights as in 2x2_image_predefined_1.py. There the bias is
a weight whose input is always 1; since 1 times the bias is the bias, it can as well be
added by itself, z = W @ a + B, where numpy adds the column B to every column of W @ a, that
is to every sample. The inputs need no extra 1. All further scripts do so.

    p0 p1 p2 p3 --W1, B1--> z1 --step--> a1 --W2, B2--> z2 --step--> a2

Run it:       python 2x2_image_predefined_2.py
Try next:     python 2x2_image_predefined_2.py --grey-range 0.3 --seed 5    (2 wrong)
              make it find horizontal lines, one of the tasks in exercises/README.md
Read next:    activation.py, what can take the place of the step
"""

import argparse

import numpy as np

from activation import step
from dataset import image2x2_set

# How these weights are found stands in 2x2_image_predefined_1.py.
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
    """Return Y_hat (samples, 1), 1 for a vertical line, for images x (samples, 4)."""
    assert x.ndim == 2, f"x must have shape (samples, 4), not {x.shape}"
    a0 = x.T
    z1 = W1 @ a0 + B1
    a1 = step(z1)
    z2 = W2 @ a1 + B2
    a2 = step(z2)
    return a2.T


def main(argv=None):
    parser = argparse.ArgumentParser(description="Find vertical lines with given weights.")
    parser.add_argument("--grey-range", type=float, default=0.2, help="default: 0.2")
    parser.add_argument("--seed", type=int, default=0, help="of the shades, default: 0")
    args = parser.parse_args(argv)
    if not (0 < args.grey_range <= 0.5 and args.seed >= 0):
        parser.error("expected 0 < --grey-range <= 0.5, --seed >= 0")
    X, Y = image2x2_set(vertical_only=True, grey_range=args.grey_range, rng=args.seed)
    Y_hat = predict(X)
    print("  p0    p1  /   p2    p3      predicted  desired")
    for x, y_hat, y in zip(X, Y_hat[:, 0], Y[:, 0]):
        print("{:.3f} {:.3f} / {:.3f} {:.3f}".format(*x), f"{y_hat:9.0f} {y:9.0f}")
    print(f"{np.sum(Y_hat != Y)} of {len(Y)} wrong")


if __name__ == "__main__":
    main()
