"""Inference: does a 2x2 image show a vertical line? The bias is one more weight.

Inference is computing a network's outputs from its inputs; the weights are given, nothing
is trained. A node multiplies each input by a weight, and adds up the products and a
constant, the bias. Here the bias is the last weight, and its input is always 1.

    p0 p1 p2 p3, and 1 --W1--> z1 --step--> a1, and 1 --W2--> z2 --step--> a2

The two nodes between inputs and output, called hidden, look for a line on the left and on
the right; the output node fires, that is gives 1, if one of them does.

Run it:       python 2x2_image_predefined_1.py
Try next:     python 2x2_image_predefined_1.py --grey-range 0.3 --seed 5    (2 wrong)
              change both -1.2 to -0.5    (8 wrong: one black pixel more is enough)
Read next:    2x2_image_predefined_2.py, the same with the bias as a value of its own
"""

import argparse

import numpy as np

from activation import step
from dataset import image2x2_set

# The node for the left computes p0 - p1 + p2 - p3 - 1.2. Two black pixels on the left bring
# it above 0, where it fires, as 0.8 + 0.8 - 0.2 - 0.2 = 1.2 even in the faintest greys; one
# alone does not, and a third on the right undoes it.
# docs/thought-out-weights.md proves that no others like them bear all shades of a range of 0.2.
W1 = np.array(
    [  # p0, p1, p2, p3, bias
        [1, -1, 1, -1, -1.2],  # left
        [-1, 1, -1, 1, -1.2],  # right
    ]
)
W2 = np.array([[1, 1, -0.5]])  # left, right, bias: at least one of the two


def predict(x):
    """Return Y_hat (samples, 1), 1 for a vertical line, for images x (samples, 4).

    x.T makes each sample a column. In W1 @ a0 each row of W1, a node, is multiplied with each
    column, number by number, and added up: the sums of all nodes for all samples.
    """
    one = np.ones((1, len(x)))
    a0 = np.vstack([x.T, one])
    z1 = W1 @ a0
    a1 = np.vstack([step(z1), one])
    z2 = W2 @ a1
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
