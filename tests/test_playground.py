"""The windows to play in do what their controls say, and nothing that one does breaks them."""

import json
import os
import re
import runpy
import subprocess
import sys
import urllib.error
import urllib.request
from itertools import combinations
from unittest.mock import Mock

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.backend_bases import FigureCanvasBase, KeyEvent, MouseEvent, ResizeEvent
from matplotlib.text import Text
from matplotlib.widgets import Slider

import cubic
import xor
from dataset import truth_table
from figures import playground, style

ROOT = style.FOLDER.parent
LEFT = 1  # mouse buttons
RIGHT = 3
LONG_ENOUGH = 1100  # no training is called stuck in its first 1000 iterations


@pytest.fixture(scope="module", autouse=True)
def close_figures():
    """Close the windows after the last test, because all tests share them.

    In this file it takes the place of the fixture in conftest.py, which closes them each time.
    """
    yield
    plt.close("all")


@pytest.fixture(scope="module", autouse=True)
def draw_idle():
    """Record the calls of draw_idle, which asks for a picture of the whole window.

    It draws nothing, because that takes long. A test that needs a picture calls canvas.draw.
    """
    draw_idle = Mock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FigureCanvasBase, "draw_idle", draw_idle)
        yield draw_idle


@pytest.fixture(scope="module")
def windows():
    """Both windows. All tests share them, because it takes long to build one."""
    return {"xor": playground.Xor(), "cubic": playground.Cubic()}


def as_at_first(window):
    """Return a window after all its controls have gone back to where they were at first."""
    for control in window.controls:
        if isinstance(control, Slider):
            control.reset()
    window.choice.set_active(0)
    window.reset()
    window.say("")
    window.show()
    return window


@pytest.fixture
def xor_window(windows):
    return as_at_first(windows["xor"])


@pytest.fixture
def cubic_window(windows):
    return as_at_first(windows["cubic"])


@pytest.fixture(params=["xor", "cubic"])
def window(request, windows):
    return as_at_first(windows[request.param])


# What a user does, and what a user sees


def send_mouse(window, kind, pixels, button=LEFT, modifiers=()):
    event = MouseEvent(f"{kind}_event", window.canvas, *pixels, button, modifiers=modifiers)
    event._process()


def send_key(window, key, pixels):
    KeyEvent("key_press_event", window.canvas, key, *pixels)._process()


def click(window, axes, place, button=LEFT, modifiers=()):
    """Click on a place in axes, in the units of its data."""
    pixels = axes.transData.transform(place)
    send_mouse(window, "button_press", pixels, button, modifiers)
    send_mouse(window, "button_release", pixels, button, modifiers)


def choose(window, name):
    """Choose what is to be learned."""
    label = window.choice.labels[window.CHOICES.index(name)]
    extent = label.get_window_extent()
    middle = (extent.min + extent.max) / 2
    send_mouse(window, "button_press", middle)  # a radio button acts on the press


def axes_of(window, name):
    """Return the axes of the button or slider with this name."""
    (found,) = [
        control.ax
        for control in window.controls
        if control is not window.choice and control.label.get_text() == name
    ]
    return found


def press(window, name):
    click(window, axes_of(window, name), (0.5, 0.5))


def slide(window, name, value):
    click(window, axes_of(window, name), (value, 0.5))


def set_weight(window, name, step, value):
    """Click into the slider of a weight. The steps of cubic are counted from 1."""
    slider = window.sliders[["W1", "B1", "W2"].index(name), step - 1]
    click(window, slider.ax, (value, 0.5))


def resize(window, width, height):
    """Give a window another size in pixels."""
    dpi = window.figure.dpi
    window.figure.set_size_inches(width / dpi, height / dpi)
    ResizeEvent("resize_event", window.canvas)._process()


def let_pass(window, pictures):
    for _ in range(pictures):
        window.tick()


def train(window, more_iterations):
    """Let a window train without its buttons, which is faster."""
    window.train(more_iterations)
    window.show()


def said(window):
    """Return what the line on top says."""
    return window.message.get_text()


def numbers_in(text):
    """Return the numbers in a text, without those in names such as W1."""
    return [float(number) for number in re.findall(r"(?<!\w)\d+(?:\.\d+)?", text)]


def assert_not_wider_than_window(window, text):
    """A text is not cut off at the sides of a window."""
    extent = text.get_window_extent()
    assert extent.x0 >= 0
    assert extent.x1 <= window.figure.bbox.width


def desired(window):
    return window.y[:, 0].tolist()


def parameters_of(window):
    """Return [W1, B1, W2, B2] as lists, which don't change when the window trains."""
    return [parameter.tolist() for parameter in window.parameters]


def loss_of_xor(window):
    """Return the loss that xor.py computes for a window's points and parameters."""
    loss, _ = xor.back_propagate(window.x, window.y, window.parameters)
    return loss


def assert_trained(window, parameters, iterations, **options):
    """Losses and parameters are those of the script's train, from these first parameters.

    train changes these parameters.
    """
    losses = window.SCRIPT.train(window.x, window.y, parameters, iterations, **options)
    assert window.losses == pytest.approx(losses, 1e-9)
    for ours, expected in zip(window.parameters, parameters, strict=True):
        np.testing.assert_allclose(ours, expected, 1e-9, 1e-12)


# xor: what is learned


def test_xor_trains_as_the_script_does_while_it_is_started(xor_window):
    slide(xor_window, "seed", 5)
    press(xor_window, "Start")
    let_pass(xor_window, pictures=15)  # of five iterations each
    press(xor_window, "Pause")
    let_pass(xor_window, pictures=9)
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(5))
    assert_trained(xor_window, parameters, 15 * 5, learning_rate=8)


def test_one_iteration_trains_once_and_pauses(xor_window):
    press(xor_window, "Start")
    let_pass(xor_window, pictures=3)
    press(xor_window, "One iteration")
    let_pass(xor_window, pictures=3)
    assert len(xor_window.losses) == 3 * 5 + 1


def test_xor_says_when_it_has_learned(xor_window):
    train(xor_window, more_iterations=20)
    assert said(xor_window) == ""
    train(xor_window, more_iterations=500)
    assert said(xor_window) == "Learned: every output is within 0.1 of the desired one"


def test_after_learning_it_says_whether_training_goes_on(xor_window):
    train(xor_window, 500)
    learned = said(xor_window)
    press(xor_window, "Start")
    let_pass(xor_window, pictures=1)
    assert said(xor_window) == f"{learned}. Training goes on."
    press(xor_window, "Pause")
    assert said(xor_window) == learned


@pytest.mark.parametrize(
    "iterations",
    [0, 1, 2, 1200],  # more than 500 aren't all drawn
)
def test_the_loss_line_ends_with_the_present_loss(xor_window, iterations):
    train(xor_window, iterations)
    iterations_drawn, losses = xor_window.loss_line.get_data()
    assert iterations_drawn[0] == 0
    assert iterations_drawn[-1] == iterations
    assert losses[-1] == pytest.approx(loss_of_xor(xor_window))


def test_the_predicted_outputs_are_written_beside_the_circles(xor_window):
    train(xor_window, 100)
    predicted = xor.predict(xor_window.x, xor_window.parameters)[:, 0]
    assert [text.get_text() for text in xor_window.numbers] == [f"{y:.2f}" for y in predicted]
    for text, circle in zip(xor_window.numbers, xor_window.x, strict=True):
        x, y = text.get_position()
        assert x == circle[0]
        assert abs(y - circle[1]) < 0.25  # above or below, but not at another circle


def test_the_square_shows_the_output_of_the_network(xor_window):
    train(xor_window, 100)
    shown = xor_window.image.get_array()  # the lowest row comes first
    rows, columns = shown.shape
    left, right, low, high = xor_window.image.get_extent()
    x0, x1 = np.meshgrid(np.linspace(left, right, columns), np.linspace(low, high, rows))
    places = np.column_stack([x0.ravel(), x1.ravel()])
    outputs = xor.predict(places, xor_window.parameters)
    np.testing.assert_allclose(shown, outputs.reshape(rows, columns))


def test_each_line_is_where_its_hidden_node_is_at_one_half(xor_window):
    train(xor_window, 100)
    assert len(xor_window.lines) == 4
    for node, line in enumerate(xor_window.lines):
        ends = line.get_xydata()
        assert ends.shape == (2, 2)
        _, _, a1, _, _ = xor.forward(ends, xor_window.parameters)
        assert a1[node] == pytest.approx(0.5)


def test_a_small_loss_stays_in_the_picture(xor_window):
    slide(xor_window, "learning rate", 30)
    choose(xor_window, "AND")
    train(xor_window, 200)
    loss = loss_of_xor(xor_window)
    lowest_label = min(xor_window.loss_axes.get_yticks())
    low, _ = xor_window.loss_axes.get_ylim()
    assert low < loss < lowest_label


def test_every_gate_can_be_chosen(xor_window):
    choose(xor_window, "ring")  # so that the first gate replaces other points, too
    for gate in ["XNOR", "AND", "NAND", "OR", "NOR", "XOR"]:
        choose(xor_window, gate)
        assert np.array_equal(xor_window.y, truth_table(gate.lower())[1])
        assert xor_window.square.get_title() == f"desired: {gate}"


def test_the_number_of_hidden_nodes_can_be_chosen(xor_window):
    for hidden in (1, 8):
        slide(xor_window, "hidden nodes", hidden)
        assert len(xor_window.parameters[0]) == hidden
        assert len(xor_window.lines) == hidden
        assert len(xor_window.network.images) == 2 + hidden + 1


def test_xor_says_when_it_is_stuck_and_what_to_try(xor_window):
    slide(xor_window, "hidden nodes", 2)
    slide(xor_window, "seed", 27)
    train(xor_window, 1000)
    assert said(xor_window) == ""
    train(xor_window, LONG_ENOUGH - 1000)
    assert said(xor_window) == "It is stuck: try more hidden nodes, or another seed."


def test_xor_says_when_it_is_stuck_because_the_learning_rate_is_too_large(xor_window):
    slide(xor_window, "learning rate", 100)
    train(xor_window, LONG_ENOUGH)
    assert said(xor_window) == "It is stuck: try Reset weights with a learning rate near 8."


def test_slow_training_is_not_called_stuck(xor_window):
    slide(xor_window, "learning rate", 0.01)
    train(xor_window, LONG_ENOUGH)
    assert said(xor_window) == ""


# xor: clicks on the four points of a gate


def test_a_click_turns_the_nearest_point_over_and_keeps_the_weights(xor_window):
    train(xor_window, 9)
    before = parameters_of(xor_window)
    click(xor_window, xor_window.square, (0.91, 0.91))
    assert desired(xor_window) == [0, 1, 1, 1]
    assert parameters_of(xor_window) == before
    assert xor_window.losses == []
    click(xor_window, xor_window.square, (1, 1))
    assert desired(xor_window) == [0, 1, 1, 0]


def test_a_click_beside_the_circles_changes_nothing(xor_window):
    train(xor_window, 9)
    for place in [(0.7, 0.8), (1, 0.83), (1.25, 1.25)]:
        click(xor_window, xor_window.square, place)
    assert desired(xor_window) == [0, 1, 1, 0]
    assert len(xor_window.losses) == 9


def test_the_title_and_the_choice_follow_the_points(xor_window):
    click(xor_window, xor_window.square, (1, 1))
    assert xor_window.square.get_title() == "desired: OR"
    assert xor_window.choice.value_selected == "OR"
    assert xor_window.choice.activecolor != "white"
    click(xor_window, xor_window.square, (0, 1))
    assert xor_window.square.get_title() == "desired: your own"
    assert xor_window.choice.activecolor == "white"  # no choice is marked


def test_reset_keeps_the_points_and_goes_back_to_the_first_weights(xor_window):
    first = parameters_of(xor_window)
    click(xor_window, xor_window.square, (1, 1))
    press(xor_window, "Start")
    let_pass(xor_window, pictures=2)
    press(xor_window, "Reset weights")
    assert desired(xor_window) == [0, 1, 1, 1]
    assert parameters_of(xor_window) == first
    assert xor_window.losses == []
    assert not xor_window.running
    assert said(xor_window) == "New weights: the first ones of seed 0"


def test_another_gate_begins_with_the_first_weights_and_goes_on_training(xor_window):
    first = parameters_of(xor_window)
    press(xor_window, "Start")
    let_pass(xor_window, pictures=2)
    choose(xor_window, "AND")
    assert parameters_of(xor_window) == first
    assert xor_window.losses == []
    assert xor_window.running
    assert said(xor_window) == "New weights: the first ones of seed 0"


# xor: points in a plane


def test_the_ring_is_a_hundred_points_with_the_ones_inside():
    X, Y = playground.ring()
    distance = np.hypot(*(X - 0.5).T)
    is_one = Y[:, 0] == 1
    assert is_one.sum() == 40
    assert (~is_one).sum() == 60
    assert distance[is_one].max() < 0.25
    assert distance[~is_one].min() > 0.4


def test_three_hidden_nodes_learn_the_ring(xor_window):
    slide(xor_window, "hidden nodes", 3)
    choose(xor_window, "ring")
    train(xor_window, 1000)
    assert said(xor_window) == "Learned: all points are correct"
    assert xor_window.square.get_title() == "correct: 100 of 100 points"


def test_two_hidden_nodes_get_stuck_on_the_ring(xor_window):
    slide(xor_window, "hidden nodes", 2)
    choose(xor_window, "ring")
    train(xor_window, LONG_ENOUGH)
    correct = (xor.predict(xor_window.x, xor_window.parameters) > 0.5) == xor_window.y
    assert said(xor_window) == "It is stuck: try more hidden nodes, or another seed."
    assert 70 < correct.sum() < 95  # far from all, but more than the 60 of "all are 0"
    assert xor_window.square.get_title() == f"correct: {correct.sum()} of 100 points"


def test_clicks_add_points_of_both_kinds_and_keep_the_weights(xor_window):
    choose(xor_window, "blank")
    before = parameters_of(xor_window)
    click(xor_window, xor_window.square, (0.25, 0.75))
    click(xor_window, xor_window.square, (0.5, 0.5), RIGHT)
    click(xor_window, xor_window.square, (0.75, 0.25), modifiers=["shift"])
    places = np.array([[0.25, 0.75], [0.5, 0.5], [0.75, 0.25]])
    assert xor_window.x == pytest.approx(places, abs=0.01)
    assert desired(xor_window) == [1, 0, 0]
    assert parameters_of(xor_window) == before


def test_clicks_on_a_point_turn_it_into_a_zero_and_then_remove_it(xor_window):
    choose(xor_window, "ring")
    place = xor_window.x[7].copy()
    assert desired(xor_window)[7] == 1
    click(xor_window, xor_window.square, place)
    assert desired(xor_window)[7] == 0
    assert len(xor_window.y) == 100
    click(xor_window, xor_window.square, place)
    assert place.tolist() not in xor_window.x.tolist()
    assert len(xor_window.x) == len(xor_window.y) == 99


def test_every_point_is_drawn_in_the_colour_of_its_kind(xor_window):
    choose(xor_window, "ring")
    click(xor_window, xor_window.square, (1.2, 1.2))  # and one of the user's own
    *_, ones, zeros = xor_window.square.lines
    is_one = xor_window.y[:, 0] == 1
    assert ones.get_markerfacecolor() == "black"
    assert zeros.get_markerfacecolor() == "white"
    assert ones.get_xydata().tolist() == xor_window.x[is_one].tolist()
    assert zeros.get_xydata().tolist() == xor_window.x[~is_one].tolist()


def test_without_points_nothing_is_trained_and_a_line_says_why(xor_window):
    choose(xor_window, "blank")
    before = parameters_of(xor_window)
    press(xor_window, "One iteration")
    assert said(xor_window) == "There are no points yet: click into the square."
    assert parameters_of(xor_window) == before


def test_a_window_without_points_can_be_drawn(xor_window):
    choose(xor_window, "blank")
    xor_window.canvas.draw()
    assert xor_window.square.get_title() == "no points"


def test_points_of_ones_own_can_be_learned(xor_window):
    choose(xor_window, "blank")
    for place in [(0, 0), (0.2, 0.4), (0.4, 0)]:
        click(xor_window, xor_window.square, place)
    for place in [(1, 1), (0.7, 1.2)]:
        click(xor_window, xor_window.square, place, RIGHT)
    train(xor_window, 300)
    assert said(xor_window) == "Learned: all points are correct"


# What one iteration did


def test_one_iteration_says_the_loss_before_and_after(xor_window):
    train(xor_window, 10)
    before = loss_of_xor(xor_window)
    press(xor_window, "One iteration")
    after = loss_of_xor(xor_window)
    assert said(xor_window) == f"One iteration took the loss from {before:.4g} to {after:.4g}"


def test_one_iteration_says_how_far_weights_moved_at_most(window):
    train(window, 10)
    before = [parameter.copy() for parameter in window.parameters]
    press(window, "One iteration")
    largest = [np.abs(now - then).max() for now, then in zip(window.parameters, before)]
    hint = numbers_in(window.hint.get_text())  # with two digits each
    assert hint == pytest.approx(largest, rel=0.06, abs=1e-6)


def test_a_change_below_a_millionth_counts_as_zero(xor_window):
    changes = [np.full(4, size) for size in (0.0123, 9e-7, 8.3e-18, 0)]  # of W1, B1, W2, B2
    xor_window.say("", changes)
    xor_window.show()
    assert numbers_in(xor_window.hint.get_text()) == [0.012, 0, 0, 0]


def test_the_weights_that_moved_most_are_marked_on_their_edges(xor_window):
    train(xor_window, 10)
    W1_before, _, W2_before, _ = [p.copy() for p in xor_window.parameters]
    press(xor_window, "One iteration")
    W1, _, W2, _ = xor_window.parameters
    moved_1 = np.abs(W1 - W1_before)
    moved_2 = np.abs(W2 - W2_before)
    moved = np.concatenate([moved_1.ravel(), moved_2.ravel()])  # in the order of the lines
    is_marked = [bool(line.get_path_effects()) for line in xor_window.network.lines]
    assert moved[is_marked].tolist() == [moved_1.max(), moved_2.max()]


def test_what_one_iteration_did_is_gone_while_training_runs(window):
    advice = window.hint.get_text()
    press(window, "One iteration")
    assert "Largest change" in window.hint.get_text()
    press(window, window.START)
    let_pass(window, pictures=1)
    assert said(window) == ""
    assert window.hint.get_text() == advice


@pytest.mark.parametrize(
    "action",
    [
        pytest.param(lambda window: press(window, "Start"), id="start"),
        pytest.param(lambda window: press(window, "Reset weights"), id="reset"),
        pytest.param(lambda window: slide(window, "learning rate", 20), id="learning rate"),
        pytest.param(lambda window: slide(window, "seed", 3), id="seed"),
        pytest.param(lambda window: slide(window, "hidden nodes", 3), id="hidden nodes"),
        pytest.param(lambda window: choose(window, "AND"), id="another gate"),
        pytest.param(lambda window: click(window, window.square, (1, 1)), id="a circle"),
    ],
)
def test_what_one_iteration_did_is_gone_after_the_next_action(xor_window, action):
    advice = xor_window.hint.get_text()
    press(xor_window, "One iteration")
    assert xor_window.hint.get_text() != advice
    action(xor_window)
    assert not said(xor_window).startswith("One iteration")
    assert xor_window.hint.get_text() == advice
    assert not any(line.get_path_effects() for line in xor_window.network.lines)


# cubic


def test_each_slider_sets_its_weight(cubic_window):
    for i, name in enumerate(["W1", "B1", "W2"]):
        for step in 1, 2, 3:
            assert cubic_window.sliders[i, step - 1].label.get_text() == name
            set_weight(cubic_window, name, step, value=2.5)
            assert cubic_window.parameters[i].flat[step - 1] == 2.5


def test_cubic_by_hand_ends_at_the_error_that_the_help_promises(cubic_window):
    (promised,) = re.findall(r"With W2 at 3, 2 and 3 it is (\d+) %", playground.__doc__)
    choose(cubic_window, "x³ + 15x")
    press(cubic_window, "Reset weights")
    set_weight(cubic_window, "W2", step=1, value=3)
    set_weight(cubic_window, "W2", step=2, value=2)
    set_weight(cubic_window, "W2", step=3, value=3)
    error = cubic.predict(cubic_window.x, cubic_window.parameters) - cubic_window.y
    rms = 100 * np.sqrt(np.mean(error**2))
    assert f"{rms:.0f}" == promised
    assert error.mean() == pytest.approx(0)  # because the bias B2 sets itself
    assert cubic_window.sum_axes.get_title() == f"iteration 0, rms error {rms:.1f} %"


def test_descent_goes_on_from_the_readers_weights_as_the_script_does(cubic_window):
    set_weight(cubic_window, "W2", step=2, value=2)
    parameters = [parameter.copy() for parameter in cubic_window.parameters]
    press(cubic_window, "Descend")
    let_pass(cubic_window, pictures=25)
    assert_trained(cubic_window, parameters, 25 * 5)


def test_the_sliders_follow_the_descent(cubic_window):
    train(cubic_window, 125)
    for (i, k), slider in cubic_window.sliders.items():
        weight = cubic_window.parameters[i].flat[k]
        written = slider.valtext.get_text().replace("\N{MINUS SIGN}", "-")
        assert slider.val == pytest.approx(weight)
        assert float(written) == pytest.approx(weight, abs=0.005)


def test_the_steps_add_up_to_the_curve(cubic_window):
    train(cubic_window, 125)
    total = sum(step.get_ydata() for step in cubic_window.steps)
    curve = cubic_window.predicted.get_ydata()[:, 0]
    assert total - total.mean() == pytest.approx(curve - curve.mean())


def test_another_curve_keeps_the_weights_but_for_the_bias_that_sets_itself(cubic_window):
    train(cubic_window, 9)
    W1, B1, W2, _ = parameters_of(cubic_window)
    choose(cubic_window, "x³ + 15x")
    assert parameters_of(cubic_window)[:3] == [W1, B1, W2]
    error = cubic.predict(cubic_window.x, cubic_window.parameters) - cubic_window.y
    assert error.mean() == pytest.approx(0)
    assert cubic_window.losses == []


def test_cubic_says_when_it_has_learned(cubic_window):
    train(cubic_window, more_iterations=20)
    assert said(cubic_window) == ""
    train(cubic_window, more_iterations=400)
    assert said(cubic_window) == "Learned: every error is below 0.1 standard deviations"


def test_cubic_keeps_the_last_good_weights_when_the_training_diverges(cubic_window):
    press(cubic_window, "Descend")
    let_pass(cubic_window, pictures=2)
    slide(cubic_window, "learning rate", 1000)
    before = parameters_of(cubic_window)
    let_pass(cubic_window, pictures=9)
    assert said(cubic_window).startswith("The training diverged")
    assert parameters_of(cubic_window) == before
    assert np.isfinite(cubic_window.predicted.get_ydata()).all()
    assert not cubic_window.running


def test_a_divergence_draws_the_whole_window_because_a_button_has_changed(
    cubic_window, draw_idle
):
    press(cubic_window, "Descend")
    slide(cubic_window, "learning rate", 1000)
    cubic_window.canvas.draw()
    draw_idle.reset_mock()
    let_pass(cubic_window, pictures=9)
    draw_idle.assert_called_once()


def test_cubic_says_when_it_is_stuck(cubic_window):
    cubic_window.parameters[1] += 1000  # where all steps are flat
    train(cubic_window, LONG_ENOUGH)
    assert said(cubic_window) == "It is stuck: try Reset weights."


def test_one_iteration_says_the_rms_error_before_and_after(cubic_window):
    press(cubic_window, "One iteration")
    error = cubic.predict(cubic_window.x, cubic_window.parameters) - cubic_window.y
    after = 100 * np.sqrt(np.mean(error**2))
    message = said(cubic_window)
    assert message.startswith("One iteration took the rms error from 100 % to ")
    assert numbers_in(message) == pytest.approx([100, after], abs=0.06)  # with one decimal


# How the windows look


def test_letters_grow_and_shrink_with_the_window(window):
    resize(window, 512, 400)
    small = window.hint.get_window_extent(window.canvas.get_renderer())
    resize(window, 1024, 576)  # as at first
    large = window.hint.get_window_extent(window.canvas.get_renderer())
    assert large.width == pytest.approx(2 * small.width, rel=0.05)


MESSAGES = [
    playground.NO_POINTS,
    playground.DIVERGED,
    playground.SLOWER.format(0.3),
    playground.Xor.STUCK,
    playground.Cubic.STUCK,
    playground.Xor.LEARNED + playground.GOES_ON,
    playground.Xor.LEARNED_POINTS + playground.GOES_ON,
    playground.Cubic.LEARNED + playground.GOES_ON,
    "New weights: the first ones of seed 50",
    "One iteration took the loss from 0.0001234 to 0.0001233",
    "One iteration took the rms error from 0.123 % to 0.122 %",
]


@pytest.mark.parametrize("message", MESSAGES)
def test_each_message_fits_into_the_window(xor_window, message):
    xor_window.message.set_text(message)
    assert_not_wider_than_window(xor_window, xor_window.message)


def test_the_hints_fit_into_the_window(xor_window, cubic_window):
    changes = ["0.0000012"] * 4
    hints = [
        playground.Xor.CLICK_CIRCLES + playground.Xor.LINES,
        playground.Xor.CLICK_POINTS + playground.Xor.LINES,
        playground.Xor.CHANGES.format(*changes),
        cubic_window.advice(),
        playground.Cubic.CHANGES.format(*changes),
    ]
    for hint in hints:
        xor_window.hint.set_text(hint)
        assert_not_wider_than_window(xor_window, xor_window.hint)


def prepare_most_nodes(window):
    slide(window, "hidden nodes", 8)
    train(window, 100)
    press(window, "One iteration")


def prepare_one_node(window):
    slide(window, "hidden nodes", 1)


def prepare_ring(window):
    choose(window, "ring")
    train(window, 100)


def prepare_one_iteration(window):
    train(window, 50)
    press(window, "One iteration")


@pytest.mark.parametrize(
    "name, prepare",
    [
        pytest.param("xor", prepare_most_nodes, id="xor, 8 hidden nodes, after one iteration"),
        pytest.param("xor", prepare_one_node, id="xor, 1 hidden node"),
        pytest.param("xor", prepare_ring, id="xor, ring"),
        pytest.param("cubic", prepare_one_iteration, id="cubic, after one iteration"),
    ],
)
def test_texts_are_inside_the_window_and_apart(windows, name, prepare, monkeypatch):
    window = as_at_first(windows[name])
    prepare(window)
    boxes = []
    draw = Text.draw

    def draw_and_note(text, renderer, *args, **kwargs):
        """Draw a text, and only then note where, because drawing moves some of them."""
        draw(text, renderer, *args, **kwargs)
        if text.get_visible() and text.get_text().strip():
            boxes.append(Text.get_window_extent(text, renderer))

    monkeypatch.setattr(Text, "draw", draw_and_note)
    window.canvas.draw()
    assert len(boxes) > 20
    width, height = window.figure.bbox.size
    for box in boxes:
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= width
        assert box.y1 <= height
    for one, other in combinations(boxes, 2):
        assert not one.padded(-1).overlaps(other)  # a pixel may be common


def test_drawing_only_what_moves_gives_the_same_picture_as_drawing_all(window):
    press(window, window.START)
    window.canvas.draw()
    before = np.array(window.canvas.buffer_rgba())
    let_pass(window, pictures=1)
    only_what_moves = np.array(window.canvas.buffer_rgba())
    window.canvas.draw()
    assert not np.array_equal(only_what_moves, before)
    assert np.array_equal(only_what_moves, window.canvas.buffer_rgba())


def test_the_names_of_the_inputs_do_not_touch_their_squares(xor_window):
    slide(xor_window, "hidden nodes", 8)
    xor_window.network.apply_aspect()  # which draw would do
    names = [text for text in xor_window.network.texts if text.get_text() in ("x0", "x1")]
    squares = xor_window.network.patches[:2]  # those of the inputs come first
    assert len(names) == 2
    for name, square in zip(names, squares, strict=True):
        assert not name.get_window_extent().overlaps(square.get_window_extent())


# What can happen to a window


def test_it_can_still_train_and_be_drawn_after_random_clicks(window):
    rng = np.random.default_rng(0)
    # the release stands here twice, so that most presses end before the next one
    kinds = ["button_press", "motion_notify", "button_release", "button_release"]
    for _ in range(25):
        send_mouse(window, rng.choice(kinds), rng.uniform(0, window.figure.bbox.max))
    window.canvas.draw()
    press(window, "Reset weights")
    press(window, "One iteration")
    assert len(window.losses) == 1


def scales(window):
    return [(axes.get_xscale(), axes.get_yscale()) for axes in window.figure.axes]


def test_matplotlibs_keys_for_logarithmic_axes_do_nothing(xor_window):
    before = scales(xor_window)
    for axes in xor_window.figure.axes:
        inside = axes.bbox.min + 2
        send_key(xor_window, "l", inside)
        send_key(xor_window, "k", inside)
    assert scales(xor_window) == before


def next_picture_is_planned(window):
    return window.waiting


def test_a_picture_is_followed_by_the_next_while_it_trains(xor_window):
    press(xor_window, "Start")
    xor_window.canvas.draw()
    let_pass(xor_window, pictures=1)
    assert next_picture_is_planned(xor_window)


def test_a_closed_page_pauses_the_training(xor_window, monkeypatch):
    press(xor_window, "Start")
    xor_window.canvas.draw()
    nobody = set()  # looks at the page
    monkeypatch.setattr(xor_window.canvas.manager, "web_sockets", nobody, raising=False)
    let_pass(xor_window, pictures=1)
    assert not next_picture_is_planned(xor_window)


# The command line


def test_the_window_is_saved_as_a_picture(tmp_path):
    file = tmp_path / "xor.png"
    playground.main(["--save", str(file)])
    assert plt.imread(file).shape == (576, 1024, 4)


def test_without_a_display_one_line_says_so(capsys, monkeypatch):
    monkeypatch.setitem(playground.WINDOWS, "cubic", Mock())  # which is quick to build
    with pytest.raises(SystemExit) as ended:
        playground.main(["cubic"])
    error = capsys.readouterr().err
    assert ended.value.code == 1
    assert error.startswith("No window (no display, or no tkinter or Qt)")
    assert error.count("\n") == 1


def test_the_help_is_the_docstring_and_can_be_printed_in_every_console(capsys):
    with pytest.raises(SystemExit):
        playground.main(["--help"])
    printed = capsys.readouterr().out
    assert f"\n\n{playground.__doc__.strip()}\n" in printed
    assert printed.isascii()


def test_run_as_a_file_it_says_how_to_run_it():
    with pytest.raises(SystemExit, match="python -m figures.playground xor"):
        runpy.run_path(playground.__file__, run_name="__main__")


@pytest.fixture(scope="module")
def address():
    """The address of a page that is served while tests are run."""
    pytest.importorskip("tornado")
    command = [sys.executable, "-m", "figures.playground", "xor", "--browser"]
    env = os.environ | {"BROWSER": "true"}  # a program that does nothing
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE) as process:
        yield process.stdout.readline().decode().split()[-1]
        process.kill()


def read(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read().decode()


def test_the_page_has_a_name_of_its_own(address):
    assert "<title>Playground: neural networks in numpy</title>" in read(address)


@pytest.mark.parametrize(
    "file", ["js/mpl.js", "_static/js/mpl_tornado.js", "_static/css/mpl.css"]
)
def test_the_files_that_the_page_needs_are_served(address, file):
    assert f'"{file}"' in read(address)
    assert read(f"{address}/{file}")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address")
def test_the_page_is_served_to_this_computer_only(address):
    # a server for everyone would answer at this address of the same computer, too
    elsewhere = address.replace("127.0.0.1", "127.0.0.2")
    with pytest.raises(urllib.error.URLError) as refused:
        read(elsewhere)
    assert isinstance(refused.value.reason, ConnectionRefusedError)


def test_the_page_ignores_the_event_that_a_double_click_adds_to_its_two_clicks():
    pytest.importorskip("tornado")
    figure = plt.figure()
    figure.canvas.manager.handle_json = Mock()
    socket = object.__new__(playground.page_application().WebSocket)  # without a connection
    socket.fignum = figure.number
    kinds = ["button_press", "button_release", "button_press", "button_release"]
    for kind in [*kinds, "dblclick"]:
        socket.on_message(json.dumps({"type": kind}))
    heard = [call.args[0]["type"] for call in figure.canvas.manager.handle_json.call_args_list]
    assert heard == kinds
