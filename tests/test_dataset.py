"""The datasets are complete, true, in order, and strictly within their shades of grey."""

import functools
import itertools
import operator
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dataset
from dataset import image2x2, image2x2_set, polynomial, truth_table

TRUTH = {
    "and": all,
    "or": any,
    "nand": lambda bits: not all(bits),
    "nor": lambda bits: not any(bits),
    "xor": lambda bits: functools.reduce(operator.xor, bits),
    "xnor": lambda bits: not functools.reduce(operator.xor, bits),
}
NAN, INF = float("nan"), float("inf")


class Fixed(np.random.Generator):
    """A generator that draws nothing but the lowest, or the highest, number there is."""

    def __init__(self, highest):
        super().__init__(np.random.PCG64(0))
        self.highest = highest

    def uniform(self, low=0.0, high=1.0, size=None):
        return np.full(size, np.nextafter(high, low) if self.highest else float(low))


def kind_of(image):
    """The one-hot kind of a 2x2 image, from where its black pixels are."""
    (a, b), (c, d) = image.reshape(2, 2)
    return [a == b == c == d, a == b != c == d, a == c != b == d, a == d != b == c]


@pytest.mark.parametrize("gate, n", [*itertools.product(TRUTH, [1, 2, 3, 6])])
def test_every_row_of_every_gate_is_true_and_counts_up_in_binary(gate, n):
    X, Y = truth_table(gate, n)
    assert X.shape == (2**n, n) and Y.shape == (2**n, 1) and X.dtype == Y.dtype == float
    for number, (x, y) in enumerate(zip(X, Y)):
        bits = [bool(int(digit)) for digit in f"{number:0{n}b}"]
        assert x.tolist() == bits and y.tolist() == [TRUTH[gate](bits)]


def test_there_are_exactly_six_gates_and_two_inputs_by_default():
    assert sorted(dataset.GATES) == sorted(TRUTH) and truth_table("and")[0].shape == (4, 2)
    for n, (X, Y) in (2, dataset.xor_2_input()), (3, dataset.xor_3_input()):
        assert X.shape == (2**n, n) and Y[:, 0].tolist() == [TRUTH["xor"](x) for x in X > 0]


def test_sizes_may_be_of_any_type_up_to_their_limits():
    for number in (int, float, np.int64):
        assert truth_table("xor", number(3))[0].shape == (8, 3)
        assert image2x2_set(number(3))[0].shape == (48, 4)
    assert truth_table("xor", 16)[0].shape == (2**16, 16)
    assert image2x2_set(100_000)[1].shape == (1_600_000, 4)
    assert image2x2_set(grey_range=0.5)[0].shape == (16, 4)


@pytest.mark.parametrize(
    "f, message, values",
    [
        (truth_table, "and, or, nand, nor, xor, xnor", ["XOR", "", "nope", None, 3]),
        (lambda n: truth_table("or", n), "n_inputs", [0, -1, 17, 40, 1.5, "2", None, NAN]),
        (image2x2_set, "no_of_sets", [0, -1, 1.5, "2", None, NAN, INF, 100_001]),
        (lambda g: image2x2_set(1, False, g), "grey_range", [0, -0.1, 0.51, 2, NAN, INF]),
    ],
)
def test_impossible_values_are_refused(f, message, values):
    for value in values:
        with pytest.raises(ValueError, match=message):
            f(value)


def test_images_are_all_sixteen_each_once_of_their_geometric_kind_and_in_order():
    X, Y = image2x2()
    assert X.dtype == Y.dtype == float and Y.shape == (16, 4)
    assert set(map(tuple, X)) == set(itertools.product([0.0, 1.0], repeat=4))
    assert Y.tolist() == [kind_of(x) for x in X]
    drawn = ".. ..|## ##|## ..|.. ##|#. #.|.# .#|#. .#|.# #."
    assert X[:8].tolist() == [[p == "#" for p in i if p != " "] for i in drawn.split("|")]
    X[:], Y[:] = 7, 7
    assert image2x2()[0].max() == image2x2()[1].max() == 1  # fresh copies


@settings(max_examples=60)
@given(
    st.integers(1, 5),
    st.floats(1e-12, 0.5),
    st.booleans(),
    st.integers(0, 2**64) | st.builds(Fixed, st.booleans()),
)
def test_shades_stay_strictly_within_their_half_open_ranges(sets, grey_range, vertical, rng):
    X, Y = image2x2_set(sets, vertical, grey_range, np.random.default_rng(rng))
    black = np.tile(image2x2()[0], (sets, 1)) == 1
    assert X.shape == black.shape and Y.shape == (len(X), 1 if vertical else 4)
    assert Y.tolist() == [kind_of(x)[2:3] if vertical else kind_of(x) for x in black]
    assert (X[~black] >= 0).all() and (X[~black] < grey_range).all()
    assert (X[black] >= 1 - grey_range).all() and (X[black] < 1).all()


def test_shades_fill_their_ranges_evenly_and_come_from_the_generator():
    X, again = (image2x2_set(2000, rng=np.random.default_rng(3))[0] for _ in range(2))
    black = np.tile(image2x2()[0], (2000, 1)) == 1
    for shades, low in (X[~black], 0.0), (X[black], 0.8):
        counts, _ = np.histogram(shades, bins=10, range=(low, low + 0.2))
        assert counts.sum() == 64000 and np.abs(counts - 6400).max() < 5 * np.sqrt(6400)
    assert not (X - again).any() and (image2x2_set()[0] != image2x2_set()[0]).any()
    assert image2x2_set()[0].shape == (16, 4) and image2x2(True)[1].shape == (16, 1)


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=6), st.integers(2, 9))
def test_polynomials_equal_the_sum_of_their_powers(coefficients, n):
    X, Y = polynomial(coefficients, -5, 5, n)
    assert X.shape == Y.shape == (n, 1)
    assert X[0, 0] == -5 and X[-1, 0] == 5 and np.ptp(np.diff(X[:, 0])) < 1e-14
    for x, y in zip(X[:, 0], Y[:, 0]):
        terms = [c * x**power for power, c in enumerate(reversed(coefficients))]
        assert abs(y - sum(terms)) <= 1e-14 * (1 + sum(map(abs, terms)))


def test_printing_the_datasets_shows_every_row_of_them(capsys):
    dataset.main(["--seed", "1"])
    out = capsys.readouterr().out
    pairs = [(float(x), float(y)) for x, y in re.findall(r"(-?\d+) -> (-?\d+)(?= )", out)]
    assert pairs == [(x, x**3 + 15 * x) for x in (-2, -1, 0, 1, 2)]
    headings = re.findall(r"^(\S[^:,\n]*)", out, re.MULTILINE)
    assert headings == ["XOR of 2 inputs", "XOR of 3 inputs", "x^3 + 15x", "2x2 images"]
    lines = out.replace("->", "").replace("/", "").splitlines()
    rows = [[float(word) for word in line.split()] for line in lines if line[0] == " "]
    two, three = (np.hstack(truth_table("xor", n)) for n in (2, 3))
    assert rows[:4] == two.tolist() and rows[4:12] == three.tolist()
    images, shades = np.hstack(image2x2()), image2x2_set(rng=np.random.default_rng(1))[0]
    np.testing.assert_allclose(rows[12:], np.hstack([images, shades]), atol=5.1e-4)
