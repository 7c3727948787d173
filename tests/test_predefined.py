"""Both predefined networks are right for every grey image that can be drawn."""

import importlib
import itertools

import numpy as np
import pytest

from dataset import image2x2, image2x2_set

first = importlib.import_module("2x2_image_predefined_1")
second = importlib.import_module("2x2_image_predefined_2")
both = pytest.mark.parametrize("script", [first, second])
GREY = 0.2


def corner_shades(grey_range):
    """All 16 images with each pixel at either end of its range of shades, and Y."""
    white = 0.0, np.nextafter(grey_range, 0)
    black = 1 - grey_range, np.nextafter(1, 0)
    images, kinds = image2x2(vertical_only=True)
    X = [list(itertools.product(*(black if p else white for p in image))) for image in images]
    return np.concatenate(X), np.repeat(kinds, 16, axis=0)


def fires(k, t, grey_range):
    """Whether one node per line, +1 -k +1 -k with bias -t, is right at every corner."""
    X, Y = corner_shades(grey_range)
    k, t = np.broadcast_arrays(k, t)
    left, right = X[:, [0]] + X[:, [2]], X[:, [1]] + X[:, [3]]
    fired = (left - k.ravel() * right > t.ravel()) | (right - k.ravel() * left > t.ravel())
    return (fired == (Y == 1)).all(axis=0).reshape(k.shape)


@both
def test_right_at_all_corner_shades_of_all_images_together_and_alone(script):
    X, Y = corner_shades(GREY)
    assert X.shape == (256, 4) and Y.sum() == 32
    assert (script.predict(X) == Y).all()
    assert all(script.predict(x[None]).tolist() == [y.tolist()] for x, y in zip(X, Y))


def test_right_at_all_corner_shades_in_every_order_of_summation():
    X, Y = corner_shades(GREY)
    for W, B in zip(second.W1, second.B1[:, 0]):
        line = np.flatnonzero(W > 0)
        is_line = (X[:, line].min(axis=1) >= 0.5) & (np.delete(X, line, 1).max(axis=1) < 0.5)
        terms = np.column_stack([X * W, np.full(len(X), B)])
        for order in itertools.permutations(range(5)):
            a, b, c, d, e = terms[:, order].T
            for total in (((a + b) + c) + d) + e, ((a + b) + (c + d)) + e:
                assert ((total > 0) == is_line).all(), order


@both
def test_right_on_a_hundred_thousand_random_images(script):
    X, Y = image2x2_set(6250, vertical_only=True, rng=np.random.default_rng(0))
    assert (script.predict(X) == Y).all()


def test_both_have_the_same_weights_and_give_the_same_answers():
    assert (np.hstack([second.W1, second.B1]) == first.W1).all()
    assert (np.hstack([second.W2, second.B2]) == first.W2).all()
    for grey_range in 0.2, 0.35, 0.5:
        X, _ = image2x2_set(1000, grey_range=grey_range, rng=np.random.default_rng(1))
        X = np.vstack([X, corner_shades(grey_range)[0]])
        assert (first.predict(X) == second.predict(X)).all()


def test_no_other_weights_of_this_form_allow_a_wider_range():
    k, t = np.meshgrid(np.linspace(0, 2, 41).round(10), np.linspace(0, 2, 41).round(10))
    assert fires(k, t, 0.19).any() and not fires(k, t, 0.21).any()
    right = fires(k, t, 0.2 - 1e-9)
    assert (k[right], t[right]) == (1, 1.2) and not fires(2, 1, 0.2)
    near = np.arange(-9, 10) / 1000
    assert not fires(1 + near, 1.2 + near[:, None], 0.2001).any()


def test_the_popular_weights_fail_where_these_do_not():
    X, Y = image2x2_set(20000, vertical_only=True, rng=np.random.default_rng(0))
    wrong = ((X @ [1, -2, 1, -2] > 1) | (X @ [-2, 1, -2, 1] > 1)) != (Y[:, 0] == 1)
    assert 0.003 < wrong.mean() < 0.005


@both
@pytest.mark.parametrize("options, right", [("", True), ("--grey-range 0.5 --seed 2", False)])
def test_the_script_prints_predicted_desired_and_how_many_are_wrong(
    script, options, right, capsys
):
    script.main(options.split())
    _, *rows, last = capsys.readouterr().out.replace("/", "").splitlines()
    rows = np.array([[float(word) for word in row.split()] for row in rows])
    assert rows.shape == (16, 6) and (rows[:, [5]] == image2x2(True)[1]).all()
    margin = 0.21 if right else 0.51
    assert (abs(rows[:, :4] - image2x2()[0]) < margin).all()
    wrong = (rows[:, 4] != rows[:, 5]).sum()
    assert last == f"{wrong} of 16 wrong" and (wrong == 0) == right
