"""The datasets are complete, true and in order; predefined weights are right for all images."""

import importlib
import itertools
import re

import numpy as np
import pytest

import dataset
from dataset import image2x2, image2x2_set, truth_table

PREDEFINED = [importlib.import_module(f"2x2_image_predefined_{n}") for n in (1, 2)]
VERTICAL = list(zip(*image2x2(vertical_only=True)))
each_script = pytest.mark.parametrize(
    "script", PREDEFINED, ids=["predefined_1", "predefined_2"]
)


# Truth tables


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 6])
def test_rows_of_a_truth_table_count_up_in_binary(n_inputs):
    X, _ = truth_table("and", n_inputs)
    assert ["".join(f"{value:.0f}" for value in row) for row in X] == [
        f"{number:0{n_inputs}b}" for number in range(2**n_inputs)
    ]


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 6])
@pytest.mark.parametrize(
    "gate, is_true",
    [
        ("and", lambda trues, n_inputs: trues == n_inputs),
        ("or", lambda trues, n_inputs: trues >= 1),
        ("nand", lambda trues, n_inputs: trues < n_inputs),
        ("nor", lambda trues, n_inputs: trues == 0),
        ("xor", lambda trues, n_inputs: trues % 2 == 1),
        ("xnor", lambda trues, n_inputs: trues % 2 == 0),
    ],
)
def test_every_row_of_every_gate_is_true(gate, is_true, n_inputs):
    X, Y = truth_table(gate, n_inputs)
    expected = [[is_true(row.sum(), n_inputs)] for row in X]
    assert Y.tolist() == expected


def test_truth_tables_are_floats():
    X, Y = truth_table("or")
    assert X.dtype == float
    assert Y.dtype == float


def test_a_truth_table_has_two_inputs_unless_more_are_wanted():
    X, Y = truth_table("or")
    assert X.shape == (4, 2)
    assert Y.shape == (4, 1)


def test_a_truth_table_has_up_to_16_inputs():
    X, Y = truth_table("or", 16)
    assert X.shape == (2**16, 16)
    assert Y.shape == (2**16, 1)


@pytest.mark.parametrize(
    "shortcut, n_inputs", [(dataset.xor_2_input, 2), (dataset.xor_3_input, 3)]
)
def test_shortcuts_for_xor_give_its_truth_tables(shortcut, n_inputs):
    X, Y = shortcut()
    expected_X, expected_Y = truth_table("xor", n_inputs)
    assert X.tolist() == expected_X.tolist()
    assert Y.tolist() == expected_Y.tolist()


# What can't be meant

NOT_FROM_1 = [0, -1, 1.5, "2", None, np.nan, np.inf]


@pytest.mark.parametrize("gate", ["XOR", "", None, 3])
def test_an_unknown_gate_is_refused_with_a_list_of_all(gate):
    with pytest.raises(ValueError, match="and, or, nand, nor, xor, xnor"):
        truth_table(gate)


@pytest.mark.parametrize("n_inputs", [*NOT_FROM_1, 17])
def test_a_wrong_number_of_inputs_is_refused(n_inputs):
    with pytest.raises(ValueError, match="n_inputs must be .* from 1 to 16"):
        truth_table("or", n_inputs)


@pytest.mark.parametrize("no_of_sets", [*NOT_FROM_1, 100_001])
def test_a_wrong_number_of_sets_is_refused(no_of_sets):
    with pytest.raises(ValueError, match="no_of_sets must be a whole number .*to 100000"):
        image2x2_set(no_of_sets)


@pytest.mark.parametrize("grey_range", [0, -0.1, 0.51, 2, np.nan])
def test_a_wrong_grey_range_is_refused(grey_range):
    with pytest.raises(ValueError, match="grey_range must be above 0, up to 0.5"):
        image2x2_set(1, grey_range=grey_range)


# Images


def test_images_are_listed_by_their_kind_and_those_without_a_name_come_last():
    kinds = ["solid", "horizontal", "vertical", "diagonal", "no name"]
    assert list(dataset.IMAGES) == kinds


def test_images_with_a_name_come_first_and_in_order():
    X, _ = image2x2()
    drawn = ["....", "####", "##..", "..##", "#.#.", ".#.#", "#..#", ".##."]
    assert X[:8].tolist() == [[pixel == "#" for pixel in image] for image in drawn]


def test_images_are_all_sixteen_each_once():
    X, _ = image2x2()
    assert len(X) == 16
    assert set(map(tuple, X)) == set(itertools.product([0, 1], repeat=4))


def test_the_desired_output_of_an_image_is_a_1_in_the_column_of_its_kind():
    _, Y = image2x2()
    solid, horizontal, vertical, diagonal = np.eye(4).tolist()
    no_name = [0, 0, 0, 0]
    named = [solid] * 2 + [horizontal] * 2 + [vertical] * 2 + [diagonal] * 2
    assert Y.tolist() == named + [no_name] * 8


def test_images_are_floats():
    X, Y = image2x2()
    assert X.dtype == float
    assert Y.dtype == float


def test_vertical_only_gives_the_column_of_vertical():
    _, kinds = image2x2()
    _, black_and_white = image2x2(vertical_only=True)
    _, grey = image2x2_set(1, vertical_only=True)
    assert black_and_white.tolist() == kinds[:, [2]].tolist()
    assert grey.tolist() == kinds[:, [2]].tolist()


@pytest.mark.parametrize("grey_range", [0.01, 0.2, 0.5])
@pytest.mark.parametrize("sets", [1, 2000])
def test_shades_fill_their_half_open_ranges_evenly(sets, grey_range):
    images = np.tile(image2x2()[0], (sets, 1))
    X, _ = image2x2_set(sets, grey_range=grey_range, rng=np.random.default_rng(3))
    for shades, low in [(X[images == 0], 0), (X[images == 1], 1 - grey_range)]:
        assert (shades >= low).all()
        assert (shades < low + grey_range).all()
        counts, _ = np.histogram(shades, bins=10, range=(low, low + grey_range))
        five_standard_deviations = 5 * np.sqrt(counts.mean())
        assert np.abs(counts - counts.mean()).max() < five_standard_deviations


@pytest.mark.parametrize("sets", [1, 3])
def test_every_set_has_all_sixteen_images_in_order(sets):
    X, Y = image2x2_set(sets, rng=np.random.default_rng(3))
    images, kinds = image2x2()
    assert np.array_equal(X.round(), np.tile(images, (sets, 1)))
    assert np.array_equal(Y, np.tile(kinds, (sets, 1)))


# Polynomials


def test_a_polynomial_has_its_highest_power_first():
    X, Y = dataset.polynomial((2, 0, -1), -1, 3, 5)
    assert X.tolist() == [[-1], [0], [1], [2], [3]]
    assert Y.tolist() == [[1], [-1], [1], [7], [17]]


# The scripts


def test_the_script_prints_every_row_of_every_dataset(capsys):
    dataset.main(["--seed", "1"])
    printed = re.findall(r"(?<![\w^])-?\d+(?:\.\d+)?", capsys.readouterr().out)
    shades, _ = image2x2_set(rng=np.random.default_rng(1))
    # a heading with a number in it comes first, then the rows
    expected = [2, *np.hstack(truth_table("xor", 2)).flat]
    expected += [3, *np.hstack(truth_table("xor", 3)).flat]
    expected += [15, *np.hstack(dataset.polynomial((1, 0, 15, 0), -2, 2, 5)).flat]
    expected += [2, *np.hstack([*image2x2(), shades]).flat]
    np.testing.assert_allclose([float(n) for n in printed], expected, atol=5.1e-4)


def corners(image, grey_range=0.2):
    """Return every image in which each pixel is at one end of its range of shades."""
    darkest_white = np.nextafter(grey_range, 0)
    darkest_black = np.nextafter(1, 0)
    white = (0.0, darkest_white)
    black = (1 - grey_range, darkest_black)
    shades = [black if pixel else white for pixel in image]
    return np.array(list(itertools.product(*shades)))


@each_script
@pytest.mark.parametrize("image, desired", VERTICAL)
def test_predefined_weights_are_right_at_all_corners_of_the_shades(script, image, desired):
    assert (script.predict(corners(image)) == desired).all()


@each_script
@pytest.mark.parametrize("image, desired", VERTICAL)
def test_predefined_weights_are_right_for_one_image_at_a_time(script, image, desired):
    # a product with a single column may be rounded in another order
    for corner in corners(image):
        assert script.predict(corner.reshape(1, 4)) == desired


@each_script
def test_a_single_image_without_its_axis_of_samples_is_refused(script):
    with pytest.raises((ValueError, AssertionError)):
        script.predict(np.ones(4))


@each_script
@pytest.mark.parametrize("grey_range, seed, wrong", [(0.2, 0, 0), (0.3, 5, 2), (0.5, 2, 1)])
def test_the_script_prints_its_rows_and_how_many_are_wrong(
    script, grey_range, seed, wrong, capsys
):
    script.main(["--grey-range", str(grey_range), "--seed", str(seed)])
    _heading, *lines, last = capsys.readouterr().out.splitlines()
    printed = [[float(word) for word in line.replace("/", "").split()] for line in lines]
    X, Y = image2x2_set(1, True, grey_range, np.random.default_rng(seed))
    predicted = script.predict(X)
    np.testing.assert_allclose(printed, np.hstack([X, predicted, Y]), atol=5.1e-4)
    assert (predicted != Y).sum() == wrong
    assert last == f"{wrong} of 16 wrong"
