"""Both predefined networks are right for every grey image that can be drawn."""

import importlib
import itertools

import numpy as np
import pytest

from dataset import image2x2, image2x2_set

first = importlib.import_module("2x2_image_predefined_1")
second = importlib.import_module("2x2_image_predefined_2")
both = pytest.mark.parametrize("script", [first, second])


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
    assert (script.predict(X) == Y).all()
    assert all(script.predict(x[None]).tolist() == [y.tolist()] for x, y in zip(X, Y))


def test_right_at_all_corner_shades_in_every_order_of_summation():
    assert (np.hstack([second.W1, second.B1]) == first.W1).all()
    assert (np.hstack([second.W2, second.B2]) == first.W2).all()
    X, _ = corner_shades(0.2)
    for W, B in zip(second.W1, second.B1[:, 0]):
        is_line = ((X >= 0.5) == (W > 0)).all(axis=1)
        terms = np.column_stack([X * W, np.full(len(X), B)])
        for order in itertools.permutations(range(5)):
            a, b, c, d, e = terms[:, order].T
            for total in (((a + b) + c) + d) + e, ((a + b) + (c + d)) + e:
                assert ((total > 0) == is_line).all(), order


def test_no_other_weights_of_this_form_allow_a_wider_range():
    """One node per line, +1 -k +1 -k with bias -t, is tried at every corner."""
    near = np.arange(-9, 10) / 1000
    grids = np.meshgrid(*(np.r_[0:2.01:0.05, best + near].round(3) for best in (1, 1.2)))
    k, t = (grid.reshape(-1, 1) for grid in grids)
    for grey_range, best in (0.2 - 1e-9, {(1, 1.2)}), (0.2001, set()):
        X, Y = corner_shades(grey_range)
        left, right = X[:, 0] + X[:, 2], X[:, 1] + X[:, 3]
        fired = (left - k * right > t) | (right - k * left > t)
        is_right = (fired == Y[:, 0]).all(axis=1)
        assert set(zip(k[is_right, 0], t[is_right, 0])) == best  # not 2 and 1, the obvious ones


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
