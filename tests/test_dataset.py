"""The datasets are complete, true and in order; predefined weights are right for all images."""

import importlib
import itertools
import re

import numpy as np
import pytest

import dataset
from dataset import image2x2, image2x2_set, truth_table

first = importlib.import_module("2x2_image_predefined_1")
second = importlib.import_module("2x2_image_predefined_2")
both = pytest.mark.parametrize("script", [first, second])
GATES = [("and", "nand", all), ("or", "nor", any), ("xor", "xnor", lambda bits: sum(bits) % 2)]


class Highest(np.random.Generator):
    """A generator that draws nothing but the highest number there is."""

    def uniform(self, low=0.0, high=1.0, size=None):
        return np.full(size, np.nextafter(high, low))


@pytest.mark.parametrize("gate, opposite, true", GATES)
def test_every_row_of_every_gate_is_true_and_counts_up_in_binary(gate, opposite, true):
    tables = [(n, truth_table(gate, n)) for n in (1, 2, 3, 6.0)] + [(2, truth_table(gate))]
    for n, (X, Y) in tables:
        bits = [[int(digit) for digit in f"{row:0{n:.0f}b}"] for row in range(int(2**n))]
        assert X.tolist() == bits and Y.tolist() == [[true(row)] for row in bits]
        assert X.dtype == Y.dtype == float and (truth_table(opposite, n)[1] == 1 - Y).all()
    assert len(dataset.GATES) == 6 and truth_table(gate, 16)[0].shape == (2**16, 16)


def test_impossible_values_are_refused():
    for f, message, values in (
        (truth_table, "and, or, nand, nor, xor, xnor", ["XOR", "", None, 3]),
        (lambda n: truth_table("or", n), "n_inputs", [0, -1, 17, 1.5, "2", None, np.nan]),
        (image2x2_set, "no_of_sets", [0, -1, 1.5, "2", None, np.nan, np.inf, 100_001]),
        (lambda g: image2x2_set(1, False, g), "grey_range", [0, -0.1, 0.51, 2, np.nan, np.inf]),
    ):
        for value in values:
            with pytest.raises(ValueError, match=message):
                f(value)


def test_images_are_all_sixteen_each_once_in_order_and_of_their_kind():
    X, Y = image2x2()
    drawn = "....  ####  ##..  ..##  #.#.  .#.#  #..#  .##."
    assert X[:8].tolist() == [[pixel == "#" for pixel in image] for image in drawn.split()]
    assert Y.tolist() == [*np.repeat(np.eye(4), 2, axis=0).tolist(), *[[0] * 4] * 8]
    assert len(X) == 16 and set(map(tuple, X)) == set(itertools.product([0, 1], repeat=4))
    assert X.dtype == Y.dtype == float


@pytest.mark.parametrize("rng", [0, 1, Highest(np.random.PCG64(0))])
def test_shades_stay_strictly_within_their_half_open_ranges(rng):
    greys = [1e-12, *np.linspace(0.01, 0.5, 50)]
    for sets, vertical, grey in itertools.product([1, 3.0], [False, True], greys):
        X, Y = image2x2_set(sets, vertical, grey, rng)
        images, kinds = (np.tile(array, (int(sets), 1)) for array in image2x2())
        white, black = X[images == 0], X[images == 1]
        assert np.array_equal(Y, kinds[:, 2:3] if vertical else kinds)
        assert (white >= 0).all() and (white < grey).all()
        assert (black >= 1 - grey).all() and (black < 1).all()


def test_shades_fill_their_ranges_evenly_and_come_from_the_generator():
    X, again = (image2x2_set(2000, rng=np.random.default_rng(3))[0] for _ in range(2))
    black = np.tile(image2x2()[0], (2000, 1)) == 1
    for shades, low in (X[~black], 0.0), (X[black], 0.8):
        counts, _ = np.histogram(shades, bins=10, range=(low, low + 0.2))
        assert counts.sum() == 64000 and np.abs(counts - 6400).max() < 5 * np.sqrt(6400)
    assert not (X - again).any() and (image2x2_set()[0] != image2x2_set()[0]).any()
    assert len(image2x2_set()[0]) == 16 and image2x2_set(100_000)[1].shape == (1_600_000, 4)


def test_printing_the_datasets_shows_every_row_of_them(capsys):
    dataset.main(["--seed", "1"])
    printed = re.findall(r"(?<![\w^])-?\d+(?:\.\d+)?", capsys.readouterr().out)
    xor = [n for k in (2, 3) for n in (k, *np.hstack(truth_table("xor", k)).flat)]
    cubic = [n for x in range(-2, 3) for n in (x, x**3 + 15 * x)]
    shades, _ = image2x2_set(rng=np.random.default_rng(1))
    expected = [*xor, 15, *cubic, 2, *np.hstack([*image2x2(), shades]).flat]
    np.testing.assert_allclose([float(n) for n in printed], expected, atol=5.1e-4)


def corner_shades(grey_range):
    """All 16 images with each pixel at either end of its range of shades, and Y."""
    white = 0.0, np.nextafter(grey_range, 0)
    black = 1 - grey_range, np.nextafter(1, 0)
    images, kinds = image2x2(vertical_only=True)
    X = [list(itertools.product(*(black if p else white for p in image))) for image in images]
    return np.concatenate(X), np.repeat(kinds, 16, axis=0)


@both
def test_right_at_all_corner_shades_of_all_images_together_and_alone(script):
    X, Y = corner_shades(0.2)
    assert X.shape == (256, 4) and Y.sum() == 32
    assert (np.hstack([second.W2, second.B2]) == first.W2).all()  # the same network
    assert (script.predict(X) == Y).all()
    assert all(script.predict(x[None]).tolist() == [y.tolist()] for x, y in zip(X, Y))


@both
def test_the_script_prints_predicted_desired_and_how_many_are_wrong(script, capsys):
    for grey_range, seed, options in (0.2, 0, ""), (0.5, 2, "--grey-range 0.5 --seed 2"):
        script.main(options.split())
        _, *rows, last = capsys.readouterr().out.replace("/", "").splitlines()
        rows = np.array([[float(word) for word in row.split()] for row in rows])
        X, Y = image2x2_set(1, True, grey_range, np.random.default_rng(seed))
        np.testing.assert_allclose(np.delete(rows, 4, axis=1), np.hstack([X, Y]), atol=5.1e-4)
        wrong = (rows[:, 4] != rows[:, 5]).sum()
        assert last == f"{wrong} of 16 wrong" and (wrong == 0) == (grey_range == 0.2)
