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
LEFT = 1
RIGHT = 3


@pytest.fixture(scope="module", autouse=True)
def close_figures():
    """Leave windows open until the last test, and draw them only when a test asks for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FigureCanvasBase, "draw_idle", Mock())
        yield
    plt.close("all")


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


# What a reader does, and what a reader sees


def send_mouse(window, kind, pixels, button=LEFT, modifiers=()):
    event = MouseEvent(f"{kind}_event", window.canvas, *pixels, button, modifiers=modifiers)
    event._process()


def send_key(window, key, pixels):
    KeyEvent("key_press_event", window.canvas, key, *pixels)._process()


def click(window, axes, place, button=LEFT, modifiers=()):
    """Click on a place in axes, in the units of its data."""
    pixels = axes.transData.transform(place)
    pixels = np.clip(pixels, axes.bbox.min + 1, axes.bbox.max - 1)
    send_mouse(window, "button_press", pixels, button, modifiers)
    send_mouse(window, "button_release", pixels, button, modifiers)


def choose(window, name):
    """Choose what is to be learned."""
    label = window.choice.labels[window.CHOICES.index(name)]
    extent = label.get_window_extent()
    send_mouse(window, "button_press", (extent.min + extent.max) / 2)


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


def resize(window, width, height):
    """Give a window another size in pixels."""
    dpi = window.figure.dpi
    window.figure.set_size_inches(width / dpi, height / dpi)
    ResizeEvent("resize_event", window.canvas)._process()


def let_pass(window, pictures):
    for _ in range(pictures):
        window.tick()


def message_after_training(window, iterations):
    """Let a window train faster than a reader can, and return what it says then."""
    window.train(iterations)
    window.show()
    return window.message.get_text()


def numbers_in(text):
    """Return the numbers in a text, without those in names as W1."""
    return [float(number) for number in re.findall(r"(?<!\w)\d+(?:\.\d+)?", text)]


def assert_not_wider_than_window(window, text):
    """A text is not cut off at the sides of the window."""
    extent = text.get_window_extent()
    assert extent.x0 >= 0
    assert extent.x1 <= window.figure.bbox.width


def desired(window):
    return window.y[:, 0].tolist()


def weights(window):
    return [parameter.tolist() for parameter in window.parameters]


def assert_trained(window, parameters, iterations, **options):
    """All is as after that much training by the script, if it begins with these parameters."""
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
    learned = "Learned: every output is within 0.1 of the desired one"
    assert message_after_training(xor_window, 20) == ""
    assert message_after_training(xor_window, 500) == learned


def test_after_learning_it_says_whether_training_goes_on(xor_window):
    message_after_training(xor_window, 500)
    press(xor_window, "Start")
    let_pass(xor_window, pictures=1)
    assert xor_window.message.get_text().endswith("Training goes on.")
    press(xor_window, "Pause")
    assert not xor_window.message.get_text().endswith("Training goes on.")


@pytest.mark.parametrize("iterations", [0, 1, 2, 1200])
def test_the_loss_line_ends_with_the_present_loss(xor_window, iterations):
    message_after_training(xor_window, iterations)
    loss, _ = xor.back_propagate(xor_window.x, xor_window.y, xor_window.parameters)
    numbers, losses = xor_window.loss_line.get_data()
    assert numbers[0] == 0
    assert numbers[-1] == iterations
    assert losses[-1] == pytest.approx(loss)


def test_the_predicted_outputs_are_written_beside_the_circles(xor_window):
    message_after_training(xor_window, 100)
    predicted = xor.predict(xor_window.x, xor_window.parameters)[:, 0]
    assert [text.get_text() for text in xor_window.numbers] == [f"{y:.2f}" for y in predicted]


def test_the_square_shows_the_output_of_the_network(xor_window):
    message_after_training(xor_window, 100)
    shown = xor_window.image.get_array()  # the lowest row comes first
    left, right, low, high = xor_window.image.get_extent()
    places = np.array([[left, low], [left, high], [right, low], [right, high]])
    corners = [shown[0, 0], shown[-1, 0], shown[0, -1], shown[-1, -1]]
    assert corners == pytest.approx(xor.predict(places, xor_window.parameters)[:, 0])


def test_each_line_is_where_its_hidden_node_is_at_one_half(xor_window):
    message_after_training(xor_window, 100)
    assert len(xor_window.lines) == 4
    for node, line in enumerate(xor_window.lines):
        ends = line.get_xydata()
        assert ends.shape == (2, 2)
        _, _, a1, _, _ = xor.forward(ends, xor_window.parameters)
        assert a1[node] == pytest.approx(0.5)


def test_a_small_loss_stays_in_the_picture(xor_window):
    slide(xor_window, "learning rate", 30)
    choose(xor_window, "AND")
    message_after_training(xor_window, 200)
    low, _ = xor_window.loss_axes.get_ylim()
    assert low < xor_window.losses[-1] < 1e-4  # the lowest number on the axis


def test_every_gate_can_be_chosen(xor_window):
    choose(xor_window, "ring")
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
    said = message_after_training(xor_window, 1100)
    assert said == "It is stuck: try more hidden nodes, or another seed."


def test_xor_says_when_it_is_stuck_because_the_learning_rate_is_too_large(xor_window):
    slide(xor_window, "learning rate", 100)
    said = message_after_training(xor_window, 1100)
    assert said == "It is stuck: try Reset weights with a learning rate near 8."


def test_slow_training_is_not_called_stuck(xor_window):
    slide(xor_window, "learning rate", 0.01)
    assert message_after_training(xor_window, 1100) == ""


# xor: clicks on the four points of a gate


def test_a_click_turns_the_nearest_point_over_and_keeps_the_weights(xor_window):
    message_after_training(xor_window, 9)
    before = weights(xor_window)
    click(xor_window, xor_window.square, (0.91, 0.91))
    assert desired(xor_window) == [0, 1, 1, 1]
    assert weights(xor_window) == before
    assert xor_window.losses == []
    click(xor_window, xor_window.square, (1, 1))
    assert desired(xor_window) == [0, 1, 1, 0]


def test_a_click_beside_the_circles_changes_nothing(xor_window):
    message_after_training(xor_window, 9)
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
    first = weights(xor_window)
    click(xor_window, xor_window.square, (1, 1))
    press(xor_window, "Start")
    let_pass(xor_window, pictures=2)
    press(xor_window, "Reset weights")
    assert desired(xor_window) == [0, 1, 1, 1]
    assert weights(xor_window) == first
    assert xor_window.losses == []
    assert not xor_window.running
    assert xor_window.message.get_text() == "New weights: the first ones of seed 0"


def test_another_gate_begins_with_the_first_weights_and_goes_on_training(xor_window):
    first = weights(xor_window)
    press(xor_window, "Start")
    let_pass(xor_window, pictures=2)
    choose(xor_window, "AND")
    assert weights(xor_window) == first
    assert xor_window.losses == []
    assert xor_window.running
    assert xor_window.message.get_text() == "New weights: the first ones of seed 0"


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
    assert message_after_training(xor_window, 1000) == "Learned: all points are correct"
    assert xor_window.square.get_title() == "correct: 100 of 100 points"


def test_two_hidden_nodes_get_stuck_on_the_ring(xor_window):
    slide(xor_window, "hidden nodes", 2)
    choose(xor_window, "ring")
    said = message_after_training(xor_window, 1100)
    right = (xor.predict(xor_window.x, xor_window.parameters) > 0.5) == xor_window.y
    assert said == "It is stuck: try more hidden nodes, or another seed."
    assert 70 < right.sum() < 95
    assert xor_window.square.get_title() == f"correct: {right.sum()} of 100 points"


def test_clicks_add_points_of_both_kinds_and_keep_the_weights(xor_window):
    choose(xor_window, "blank")
    before = weights(xor_window)
    click(xor_window, xor_window.square, (0.25, 0.75))
    click(xor_window, xor_window.square, (0.5, 0.5), RIGHT)
    click(xor_window, xor_window.square, (0.75, 0.25), modifiers=["shift"])
    places = np.array([[0.25, 0.75], [0.5, 0.5], [0.75, 0.25]])
    assert xor_window.x == pytest.approx(places, abs=0.01)
    assert desired(xor_window) == [1, 0, 0]
    assert weights(xor_window) == before


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
    click(xor_window, xor_window.square, (1.2, 1.2))
    *_, ones, zeros = xor_window.square.lines
    is_one = xor_window.y[:, 0] == 1
    assert ones.get_markerfacecolor() == "black"
    assert zeros.get_markerfacecolor() == "white"
    assert ones.get_xydata().tolist() == xor_window.x[is_one].tolist()
    assert zeros.get_xydata().tolist() == xor_window.x[~is_one].tolist()


def test_without_points_nothing_is_trained_and_a_line_says_why(xor_window):
    choose(xor_window, "blank")
    before = weights(xor_window)
    press(xor_window, "One iteration")
    assert xor_window.message.get_text() == "There are no points yet: click into the square."
    assert weights(xor_window) == before
    xor_window.canvas.draw()


def test_points_of_ones_own_can_be_learned(xor_window):
    choose(xor_window, "blank")
    for place in [(0, 0), (0.2, 0.4), (0.4, 0)]:
        click(xor_window, xor_window.square, place)
    for place in [(1, 1), (0.7, 1.2)]:
        click(xor_window, xor_window.square, place, RIGHT)
    assert message_after_training(xor_window, 300) == "Learned: all points are correct"


# What one iteration did


def test_one_iteration_says_the_loss_before_and_after(xor_window):
    message_after_training(xor_window, 10)
    before, _ = xor.back_propagate(xor_window.x, xor_window.y, xor_window.parameters)
    press(xor_window, "One iteration")
    after, _ = xor.back_propagate(xor_window.x, xor_window.y, xor_window.parameters)
    said = f"One iteration took the loss from {before:.4g} to {after:.4g}"
    assert xor_window.message.get_text() == said


def test_one_iteration_says_how_far_weights_moved_at_most(window):
    message_after_training(window, 10)
    before = [parameter.copy() for parameter in window.parameters]
    press(window, "One iteration")
    largest = [np.abs(now - then).max() for now, then in zip(window.parameters, before)]
    assert numbers_in(window.hint.get_text()) == pytest.approx(largest, rel=0.06, abs=1e-6)


def test_a_change_below_a_millionth_counts_as_zero(xor_window):
    xor_window.say("", [np.full(4, size) for size in (0.0123, 9e-7, 8.3e-18, 0)])
    xor_window.show()
    assert numbers_in(xor_window.hint.get_text()) == [0.012, 0, 0, 0]


def test_the_weights_that_moved_most_are_marked_on_their_edges(xor_window):
    message_after_training(xor_window, 10)
    _, (dW1, _, dW2, _) = xor.back_propagate(xor_window.x, xor_window.y, xor_window.parameters)
    press(xor_window, "One iteration")
    gradients = np.concatenate([dW1.ravel(), dW2.ravel()])  # in the order of the lines
    is_marked = [bool(line.get_path_effects()) for line in xor_window.network.lines]
    marked = gradients[is_marked]
    assert np.abs(marked).tolist() == [np.abs(dW1).max(), np.abs(dW2).max()]


def test_what_one_iteration_did_is_gone_while_training_runs(window):
    advice = window.hint.get_text()
    press(window, "One iteration")
    assert "Largest change" in window.hint.get_text()
    press(window, window.START)
    let_pass(window, pictures=1)
    assert window.message.get_text() == ""
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
    assert not xor_window.message.get_text().startswith("One iteration")
    assert xor_window.hint.get_text() == advice
    assert not any(line.get_path_effects() for line in xor_window.network.lines)


# cubic


def test_each_slider_sets_its_weight(cubic_window):
    assert len(cubic_window.sliders) == 9
    for (i, k), slider in cubic_window.sliders.items():
        assert slider.label.get_text() == ["W1", "B1", "W2"][i]
        click(cubic_window, slider.ax, (2.5, 0.5))
        assert cubic_window.parameters[i].flat[k] == 2.5


def test_cubic_by_hand_ends_at_the_error_that_the_help_promises(cubic_window):
    (promised,) = re.findall(r"With W2 at 3, 2 and 3 it is (\d+) %", playground.__doc__)
    choose(cubic_window, "x³ + 15x")
    press(cubic_window, "Reset weights")
    for k, value in enumerate([3, 2, 3]):
        click(cubic_window, cubic_window.sliders[2, k].ax, (value, 0.5))
    error = cubic.predict(cubic_window.x, cubic_window.parameters) - cubic_window.y
    rms = 100 * np.sqrt(np.mean(error**2))
    assert f"{rms:.0f}" == promised
    assert error.mean() == pytest.approx(0)  # because the bias B2 sets itself
    assert cubic_window.sum_axes.get_title() == f"iteration 0, rms error {rms:.1f} %"


def test_descent_goes_on_from_the_readers_weights_as_the_script_does(cubic_window):
    click(cubic_window, cubic_window.sliders[2, 1].ax, (2, 0.5))
    parameters = [parameter.copy() for parameter in cubic_window.parameters]
    press(cubic_window, "Descend")
    let_pass(cubic_window, pictures=25)
    assert_trained(cubic_window, parameters, 25 * 5)


def test_the_sliders_follow_the_descent(cubic_window):
    message_after_training(cubic_window, 125)
    for (i, k), slider in cubic_window.sliders.items():
        weight = cubic_window.parameters[i].flat[k]
        written = slider.valtext.get_text().replace("\N{MINUS SIGN}", "-")
        assert slider.val == pytest.approx(weight)
        assert float(written) == pytest.approx(weight, abs=0.005)


def test_the_steps_add_up_to_the_curve(cubic_window):
    message_after_training(cubic_window, 125)
    total = sum(step.get_ydata() for step in cubic_window.steps)
    curve = cubic_window.predicted.get_ydata()[:, 0]
    assert total - total.mean() == pytest.approx(curve - curve.mean())


def test_another_curve_keeps_the_weights_but_for_the_bias_that_sets_itself(cubic_window):
    message_after_training(cubic_window, 9)
    W1, B1, W2, _ = weights(cubic_window)
    choose(cubic_window, "x³ + 15x")
    assert weights(cubic_window)[:3] == [W1, B1, W2]
    error = cubic.predict(cubic_window.x, cubic_window.parameters) - cubic_window.y
    assert error.mean() == pytest.approx(0)
    assert cubic_window.losses == []


def test_cubic_says_when_it_has_learned(cubic_window):
    learned = "Learned: every error is below 0.1 standard deviations"
    assert message_after_training(cubic_window, 20) == ""
    assert message_after_training(cubic_window, 400) == learned


def test_cubic_keeps_the_last_good_weights_when_the_training_diverges(cubic_window):
    press(cubic_window, "Descend")
    let_pass(cubic_window, pictures=2)
    slide(cubic_window, "learning rate", 1000)
    before = weights(cubic_window)
    let_pass(cubic_window, pictures=9)
    assert cubic_window.message.get_text().startswith("The training diverged")
    assert weights(cubic_window) == before
    assert np.isfinite(cubic_window.predicted.get_ydata()).all()
    assert not cubic_window.running


def test_all_is_drawn_when_the_training_diverges_because_the_button_changes(cubic_window):
    press(cubic_window, "Descend")
    slide(cubic_window, "learning rate", 1000)
    cubic_window.canvas.draw()
    cubic_window.canvas.draw_idle.reset_mock()
    let_pass(cubic_window, pictures=9)
    cubic_window.canvas.draw_idle.assert_called_once()


def test_cubic_says_when_it_is_stuck(cubic_window):
    cubic_window.parameters[1] += 1000  # where all steps are flat
    said = message_after_training(cubic_window, 1001)
    assert said == "It is stuck: try Reset weights."


def test_one_iteration_says_the_rms_error_before_and_after(cubic_window):
    press(cubic_window, "One iteration")
    error = cubic.predict(cubic_window.x, cubic_window.parameters) - cubic_window.y
    said = cubic_window.message.get_text()
    assert said.startswith("One iteration took the rms error from 100 % to ")
    after = 100 * np.sqrt(np.mean(error**2))
    assert numbers_in(said) == pytest.approx([100, after], abs=0.06)


# Both windows


def test_letters_grow_and_shrink_with_the_window(xor_window):
    resize(xor_window, 512, 400)
    small = xor_window.hint.get_window_extent(xor_window.canvas.get_renderer())
    resize(xor_window, 1024, 576)  # as at first
    large = xor_window.hint.get_window_extent(xor_window.canvas.get_renderer())
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


def most_nodes(window):
    slide(window, "hidden nodes", 8)
    message_after_training(window, 100)
    press(window, "One iteration")


def one_node(window):
    slide(window, "hidden nodes", 1)


def on_ring(window):
    choose(window, "ring")
    message_after_training(window, 100)


def one_iteration(window):
    message_after_training(window, 50)
    press(window, "One iteration")


@pytest.mark.parametrize(
    "name, prepare",
    [
        pytest.param("xor", most_nodes, id="xor, 8 hidden nodes, after one iteration"),
        pytest.param("xor", one_node, id="xor, 1 hidden node"),
        pytest.param("xor", on_ring, id="xor, ring"),
        pytest.param("cubic", one_iteration, id="cubic, after one iteration"),
    ],
)
def test_texts_are_inside_the_window_and_apart(windows, name, prepare, monkeypatch):
    window = as_at_first(windows[name])
    prepare(window)
    boxes = []
    draw = Text.draw

    def note(text, renderer, *args, **kwargs):
        draw(text, renderer, *args, **kwargs)
        if text.get_visible() and text.get_text().strip():
            boxes.append(Text.get_window_extent(text, renderer))

    monkeypatch.setattr(Text, "draw", note)
    window.canvas.draw()
    assert len(boxes) > 20
    width, height = window.figure.bbox.size
    for box in boxes:
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= width
        assert box.y1 <= height
    for one, other in combinations(boxes, 2):
        assert not one.padded(-1).overlaps(other)


def test_pictures_while_it_trains_are_the_same_as_if_all_was_drawn(window):
    press(window, window.START)
    window.canvas.draw()
    let_pass(window, pictures=1)
    in_training = np.array(window.canvas.buffer_rgba())
    window.canvas.draw()
    assert np.array_equal(in_training, window.canvas.buffer_rgba())


def test_the_names_of_the_inputs_do_not_touch_their_squares(xor_window):
    slide(xor_window, "hidden nodes", 8)
    xor_window.canvas.draw()
    names = [text for text in xor_window.network.texts if text.get_text() in ("x0", "x1")]
    squares = xor_window.network.patches[:2]  # those of the inputs come first
    assert len(names) == 2
    for name, square in zip(names, squares, strict=True):
        assert not name.get_window_extent().overlaps(square.get_window_extent())


def test_it_can_still_train_and_be_drawn_after_random_clicks(window):
    rng = np.random.default_rng(0)
    kinds = ["button_press", "motion_notify", "button_release", "button_release"]
    for _ in range(25):
        send_mouse(window, rng.choice(kinds), rng.uniform(0, window.figure.bbox.max))
    window.canvas.draw()
    press(window, "Reset weights")
    press(window, "One iteration")
    assert len(window.losses) == 1


def test_matplotlibs_keys_for_logarithmic_axes_do_nothing(xor_window):
    before = [(axes.get_xscale(), axes.get_yscale()) for axes in xor_window.figure.axes]
    for axes in xor_window.figure.axes:
        for key in ["l", "k"]:
            send_key(xor_window, key, axes.bbox.min + 2)
    after = [(axes.get_xscale(), axes.get_yscale()) for axes in xor_window.figure.axes]
    assert after == before


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


def test_a_missing_window_is_said_in_a_line(capsys, monkeypatch):
    monkeypatch.setitem(playground.WINDOWS, "cubic", Mock())
    with pytest.raises(SystemExit) as ended:
        playground.main(["cubic"])
    error = capsys.readouterr().err
    assert ended.value.code == 1
    assert error.startswith("No window (no display, or no tkinter or Qt)")
    assert error.count("\n") == 1


def test_the_help_can_be_printed_in_every_console(capsys):
    with pytest.raises(SystemExit):
        playground.main(["--help"])
    printed = capsys.readouterr().out
    assert printed.isascii()
    assert "Choose XOR, 2 hidden nodes, seed 27" in printed


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


def test_a_double_click_on_the_page_is_its_two_clicks_alone():
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
