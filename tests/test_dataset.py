"""The datasets are complete, true and in order; predefined weights are right for all images."""

import importlib
import itertools
import re
from functools import partial

import numpy as np
import pytest

import dataset
from dataset import image2x2, image2x2_set, truth_table

SCRIPTS = [importlib.import_module(f"2x2_image_predefined_{n}") for n in (1, 2)]
both = pytest.mark.parametrize("script", SCRIPTS)


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_every_row_of_every_gate_is_true_and_the_rows_count_up_in_binary(n):
    rows = [[int(digit) for digit in f"{number:0{n}b}"] for number in range(2**n)]
    gates = [("and", "nand", all), ("or", "nor", any), ("xor", "xnor", lambda r: sum(r) % 2)]
    for gate, opposite, true in gates:
        X, Y = truth_table(gate, n)
        assert X.tolist() == rows and X.dtype == float
        assert Y.tolist() == [[true(row)] for row in rows] and Y.dtype == float
        assert (truth_table(opposite, n)[1] == 1 - Y).all()


def test_shortcuts_for_xor_and_the_default_and_the_largest_number_of_inputs():
    assert dataset.xor_2_input()[1].tolist() == [[0], [1], [1], [0]]
    assert dataset.xor_3_input()[1].tolist() == [[0], [1], [1], [0], [1], [0], [0], [1]]
    assert [truth_table("or")[0].shape, truth_table("or", 16)[0].shape] == [(4, 2), (2**16, 16)]


NOT_FROM_1 = [0, -1, 1.5, "2", None, np.nan, np.inf]
REFUSED = [  # a function, what it refuses, and what it says
    (truth_table, ["XOR", "", None, 3], "and, or, nand, nor, xor, xnor"),
    (partial(truth_table, "or"), [*NOT_FROM_1, 17], "n_inputs must be .* from 1 to 16"),
    (image2x2_set, [*NOT_FROM_1, 100_001], "no_of_sets must be from 1 to 100000"),
    (partial(image2x2_set, 1, False), [0, -0.1, 0.51, 2, np.nan], r"must be in \(0, 0.5\]"),
]


@pytest.mark.parametrize("function, values, message", REFUSED)
def test_what_cannot_be_meant_is_refused_in_words(function, values, message):
    for value in values:
        with pytest.raises(ValueError, match=message):
            function(value)


def test_images_are_all_sixteen_each_once_in_order_and_of_their_kind():
    X, Y = image2x2()
    drawn = "....  ####  ##..  ..##  #.#.  .#.#  #..#  .##."
    assert X[:8].tolist() == [[pixel == "#" for pixel in image] for image in drawn.split()]
    assert len(X) == 16 and set(map(tuple, X)) == set(itertools.product([0, 1], repeat=4))
    assert Y.tolist() == [*np.repeat(np.eye(4), 2, axis=0).tolist(), *[[0] * 4] * 8]
    for _, vertical in image2x2(vertical_only=True), image2x2_set(1, True):
        assert vertical.tolist() == Y[:, 2:3].tolist()
    assert X.dtype == Y.dtype == float


@pytest.mark.parametrize("grey_range", [0.01, 0.2, 0.5])
@pytest.mark.parametrize("sets", [1, 2000])
def test_shades_fill_their_half_open_ranges_evenly(sets, grey_range):
    images, kinds = (np.tile(array, (sets, 1)) for array in image2x2())
    X, Y = image2x2_set(sets, grey_range=grey_range, rng=np.random.default_rng(3))
    assert np.array_equal(Y, kinds)
    for shades, low in (X[images == 0], 0), (X[images == 1], 1 - grey_range):
        assert (low <= shades).all() and (shades < low + grey_range).all()
        counts, _ = np.histogram(shades, bins=10, range=(low, low + grey_range))
        assert np.abs(counts - counts.mean()).max() < 5 * np.sqrt(counts.mean())


def test_a_polynomial_has_its_highest_power_first():
    X, Y = dataset.polynomial((2, 0, -1), -1, 3, 5)
    assert X.tolist() == [[-1], [0], [1], [2], [3]]
    assert Y.tolist() == [[1], [-1], [1], [7], [17]]


def test_the_script_prints_every_row_of_every_dataset(capsys):
    dataset.main(["--seed", "1"])
    printed = re.findall(r"(?<![\w^])-?\d+(?:\.\d+)?", capsys.readouterr().out)
    shades, _ = image2x2_set(rng=np.random.default_rng(1))
    # the numbers in each heading, and then the rows
    expected = [2, *np.hstack(truth_table("xor", 2)).flat]
    expected += [3, *np.hstack(truth_table("xor", 3)).flat]
    expected += [15, *np.hstack(dataset.polynomial((1, 0, 15, 0), -2, 2, 5)).flat]
    expected += [2, *np.hstack([*image2x2(), shades]).flat]
    np.testing.assert_allclose([float(n) for n in printed], expected, atol=5.1e-4)


@both
def test_predefined_weights_are_right_at_all_corners_of_the_shades_of_all_images(script):
    white, black = (0.0, np.nextafter(0.2, 0)), (0.8, np.nextafter(1, 0))
    for image, desired in zip(*image2x2(vertical_only=True)):
        shades = [black if pixel else white for pixel in image]
        corners = np.array(list(itertools.product(*shades)))
        assert (script.predict(corners) == desired).all()
        assert all((script.predict(corner[None]) == desired).all() for corner in corners)


@both
def test_a_single_image_without_its_axis_of_samples_is_refused(script):
    with pytest.raises((ValueError, AssertionError)):
        script.predict(np.ones(4))


@both
@pytest.mark.parametrize("grey_range, seed, wrong", [(0.2, 0, 0), (0.3, 5, 2), (0.5, 2, 1)])
def test_the_script_prints_rows_and_how_many_are_wrong(script, grey_range, seed, wrong, capsys):
    script.main(["--grey-range", f"{grey_range}", "--seed", f"{seed}"])
    _, *lines, last = capsys.readouterr().out.splitlines()
    rows = np.array([[float(word) for word in line.replace("/", "").split()] for line in lines])
    X, Y = image2x2_set(1, True, grey_range, np.random.default_rng(seed))
    np.testing.assert_allclose(rows, np.hstack([X, script.predict(X), Y]), atol=5.1e-4)
    assert last == f"{wrong} of 16 wrong" and (rows[:, 4] != rows[:, 5]).sum() == wrong
