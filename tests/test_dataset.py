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


class Largest(np.random.Generator):
    """A generator that always draws the largest number below the upper end."""

    def __init__(self):
        super().__init__(np.random.PCG64(0))

    def uniform(self, low=0.0, high=1.0, size=None):
        return np.full(size, np.nextafter(high, low))


class Smallest(Largest):
    def uniform(self, low=0.0, high=1.0, size=None):
        return np.full(size, float(low))


def kind_of(image):
    """The one-hot kind of a 2x2 image, from where its black pixels are."""
    (a, b), (c, d) = image.reshape(2, 2)
    return [
        a == b == c == d,
        a == b and c == d and a != c,
        a == c and b == d and a != b,
        a == d and b == c and a != b,
    ]


@pytest.mark.parametrize("n", range(1, 7))
@pytest.mark.parametrize("gate", TRUTH)
def test_every_row_of_every_gate_is_true_and_counts_up_in_binary(gate, n):
    X, Y = truth_table(gate, n)
    assert X.shape == (2**n, n) and Y.shape == (2**n, 1)
    assert X.dtype == Y.dtype == float
    for number, (x, y) in enumerate(zip(X, Y)):
        bits = [bool(int(digit)) for digit in f"{number:0{n}b}"]
        assert x.tolist() == bits
        assert y.tolist() == [TRUTH[gate](bits)]


def test_whole_numbers_of_any_type_are_good_sizes():
    for number in (int, float, np.int64):
        assert truth_table("xor", number(3))[0].shape == (8, 3)
        assert image2x2_set(number(3))[0].shape == (48, 4)


def test_there_are_exactly_the_six_gates_and_two_inputs_by_default():
    assert sorted(dataset.GATES) == sorted(TRUTH)
    assert truth_table("and")[0].shape == (4, 2)


def test_xor_of_two_and_three_inputs():
    X, Y = dataset.xor_2_input()
    assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]] and Y.ravel().tolist() == [0, 1, 1, 0]
    X, Y = dataset.xor_3_input()
    assert [int("".join(map(str, x))) for x in X.astype(int)] == [
        0,
        1,
        10,
        11,
        100,
        101,
        110,
        111,
    ]
    assert Y.ravel().tolist() == [0, 1, 1, 0, 1, 0, 0, 1]


@pytest.mark.parametrize("gate", ["XOR", "", "nope", None, 3])
def test_unknown_gates_are_refused_and_the_known_ones_listed(gate):
    with pytest.raises(ValueError, match="and, or, nand, nor, xor, xnor"):
        truth_table(gate)


@pytest.mark.parametrize("n", [0, -1, 17, 40, 1.5, "2", None, float("nan")])
def test_impossible_numbers_of_inputs_are_refused(n):
    with pytest.raises(ValueError, match="n_inputs"):
        truth_table("xor", n)


def test_images_are_all_sixteen_each_once_and_of_their_geometric_kind():
    X, Y = image2x2()
    assert X.dtype == Y.dtype == float and Y.shape == (16, 4)
    assert set(map(tuple, X)) == set(itertools.product([0.0, 1.0], repeat=4))
    assert Y.tolist() == [kind_of(x) for x in X]


def test_images_stand_in_the_documented_order():
    drawn = ".. ..|## ##|## ..|.. ##|#. #.|.# .#|#. .#|.# #."
    expected = [[p == "#" for p in image if p != " "] for image in drawn.split("|")]
    assert image2x2()[0][:8].tolist() == expected
    assert image2x2()[1][8:].sum() == 0


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
    st.one_of(st.integers(0, 2**64), st.just(Largest()), st.just(Smallest())),
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
        assert counts.sum() == 64000
        assert np.abs(counts - 6400).max() < 5 * np.sqrt(6400)


def test_shades_come_from_the_generator_that_is_passed_in():
    a, b = (image2x2_set(2, rng=np.random.default_rng(5))[0] for _ in range(2))
    assert (a == b).all()
    rng = np.random.default_rng(5)
    first, second = image2x2_set(2, rng=rng)[0], image2x2_set(2, rng=rng)[0]
    assert (first == a).all() and (second != a).all()
    assert (image2x2_set()[0] != image2x2_set()[0]).any()


@pytest.mark.parametrize("grey_range", [0, -0.1, 0.51, 2, float("nan"), float("inf")])
def test_impossible_grey_ranges_are_refused(grey_range):
    with pytest.raises(ValueError, match="grey_range"):
        image2x2_set(grey_range=grey_range)


@pytest.mark.parametrize(
    "sets", [0, -1, 1.5, "2", None, [2], float("nan"), float("inf"), 10**12]
)
def test_impossible_numbers_of_sets_are_refused(sets):
    with pytest.raises(ValueError, match="no_of_sets"):
        image2x2_set(sets)


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=6), st.integers(2, 9))
def test_polynomials_equal_the_sum_of_their_powers(coefficients, n):
    X, Y = polynomial(coefficients, -5, 5, n)
    assert X.shape == Y.shape == (n, 1)
    assert X[0, 0] == -5 and X[-1, 0] == 5
    assert np.ptp(np.diff(X[:, 0])) < 1e-14
    for x, y in zip(X[:, 0], Y[:, 0]):
        terms = [c * x**power for power, c in enumerate(reversed(coefficients))]
        assert abs(y - sum(terms)) <= 1e-14 * (1 + sum(map(abs, terms)))


def test_printing_the_datasets_shows_every_image(capsys):
    dataset.main(["--seed", "1"])
    assert len(capsys.readouterr().out.splitlines()) == 1 + 4 + 1 + 8 + 1 + 16
