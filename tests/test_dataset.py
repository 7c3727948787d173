"""The datasets are complete, true, in order, and strictly within their shades of grey."""

import functools
import itertools
import operator

import numpy as np
import pytest
from hypothesis import given
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
    solid, horizontal = a == b == c == d, a == b != c == d
    return [solid, horizontal, a == c != b == d, a == d != b == c]


@pytest.mark.parametrize("n", [1, 2, 3, 6])
@pytest.mark.parametrize("gate", TRUTH)
def test_every_row_of_every_gate_is_true_and_counts_up_in_binary(gate, n):
    X, Y = truth_table(gate, n)
    assert X.shape == (2**n, n) and Y.shape == (2**n, 1)
    assert X.dtype == Y.dtype == float
    for number, (x, y) in enumerate(zip(X, Y)):
        bits = [bool(int(digit)) for digit in f"{number:0{n}b}"]
        assert x.tolist() == bits and y.tolist() == [TRUTH[gate](bits)]


def test_there_are_exactly_the_six_gates_and_two_inputs_by_default():
    assert sorted(dataset.GATES) == sorted(TRUTH)
    assert truth_table("and")[0].shape == (4, 2)
    for n, (X, Y) in (2, dataset.xor_2_input()), (3, dataset.xor_3_input()):
        assert X.shape == (2**n, n) and Y[:, 0].tolist() == [TRUTH["xor"](x) for x in X > 0]


def test_sizes_may_be_of_any_type_up_to_their_limits():
    for number in (int, float, np.int64):
        assert truth_table("xor", number(3))[0].shape == (8, 3)
        assert image2x2_set(number(3))[0].shape == (48, 4)
    assert truth_table("xor", 16)[0].shape == (2**16, 16)
    assert image2x2_set(100_000)[1].shape == (1_600_000, 4)


@pytest.mark.parametrize("gate", ["XOR", "", "nope", None, 3])
def test_unknown_gates_are_refused_and_the_known_ones_listed(gate):
    with pytest.raises(ValueError, match="and, or, nand, nor, xor, xnor"):
        truth_table(gate)


@pytest.mark.parametrize("n", [0, -1, 17, 40, 1.5, "2", None, float("nan")])
def test_impossible_numbers_of_inputs_are_refused(n):
    with pytest.raises(ValueError, match="n_inputs"):
        truth_table("xor", n)


@pytest.mark.parametrize("sets", [0, -1, 1.5, "2", None, float("nan"), float("inf"), 100_001])
def test_impossible_numbers_of_sets_are_refused(sets):
    with pytest.raises(ValueError, match="no_of_sets"):
        image2x2_set(sets)


@pytest.mark.parametrize("grey_range", [0, -0.1, 0.51, 2, float("nan"), float("inf")])
def test_impossible_grey_ranges_are_refused(grey_range):
    with pytest.raises(ValueError, match="grey_range"):
        image2x2_set(grey_range=grey_range)


def test_images_are_all_sixteen_each_once_of_their_geometric_kind_and_in_order():
    X, Y = image2x2()
    assert X.dtype == Y.dtype == float and Y.shape == (16, 4)
    assert set(map(tuple, X)) == set(itertools.product([0.0, 1.0], repeat=4))
    assert Y.tolist() == [kind_of(x) for x in X]
    drawn = ".. ..|## ##|## ..|.. ##|#. #.|.# .#|#. .#|.# #."
    assert X[:8].tolist() == [[p == "#" for p in i if p != " "] for i in drawn.split("|")]


def test_vertical_only_is_the_column_of_the_vertical_line():
    for X, Y in (image2x2(True), image2x2_set(3, True, rng=np.random.default_rng(0))):
        assert Y.shape == (len(X), 1)
        assert Y.tolist() == [[kind_of(x > 0.5)[2]] for x in X]


def test_datasets_are_fresh_copies():
    X, Y = image2x2()
    X[:], Y[:] = 7, 7
    assert image2x2()[0].max() == image2x2()[1].max() == 1


@given(
    st.integers(1, 5),
    st.floats(1e-12, 0.5),
    st.booleans(),
    st.integers(0, 2**64) | st.builds(Fixed, st.booleans()),
)
def test_shades_stay_strictly_within_their_half_open_ranges(sets, grey_range, vertical, rng):
    X, Y = image2x2_set(sets, vertical, grey_range, np.random.default_rng(rng))
    black_and_white, kinds = image2x2(vertical)
    black = np.tile(black_and_white, (sets, 1)) == 1
    assert X.shape == black.shape and Y.tolist() == kinds.tolist() * sets
    assert (X[~black] >= 0).all() and (X[~black] < grey_range).all()
    assert (X[black] >= 1 - grey_range).all() and (X[black] < 1).all()


def test_shades_fill_their_ranges_evenly():
    X, _ = image2x2_set(2000, rng=np.random.default_rng(3))
    black = np.tile(image2x2()[0], (2000, 1)) == 1
    for shades, low in (X[~black], 0.0), (X[black], 0.8):
        counts, _ = np.histogram(shades, bins=10, range=(low, low + 0.2))
        assert counts.sum() == 64000 and np.abs(counts - 6400).max() < 5 * np.sqrt(6400)


def test_shades_come_from_the_generator_that_is_passed_in():
    a, b = (image2x2_set(2, rng=np.random.default_rng(5))[0] for _ in range(2))
    rng = np.random.default_rng(5)
    first, second = image2x2_set(2, rng=rng)[0], image2x2_set(2, rng=rng)[0]
    assert (a == b).all() and (first == a).all() and (second != a).all()
    assert image2x2_set()[0].shape == (16, 4) and (image2x2_set()[0] != image2x2_set()[0]).any()


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
    lines = capsys.readouterr().out.replace("->", "").replace("/", "").splitlines()
    rows = [[float(word) for word in line.split()] for line in lines if line[0] == " "]
    two, three = (np.hstack(truth_table("xor", n)) for n in (2, 3))
    assert rows[:4] == two.tolist() and rows[4:12] == three.tolist()
    images, shades = np.hstack(image2x2()), image2x2_set(rng=np.random.default_rng(1))[0]
    np.testing.assert_allclose(rows[12:], np.hstack([images, shades]), atol=5.1e-4)
