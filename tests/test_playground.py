"""The windows to play in do what their controls say, and nothing that one does breaks them."""

import json
import os
import re
import runpy
import subprocess
import sys
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
from figures.playground import DIVERGED, NO_POINTS, SLOWER, Cubic, Xor

ROOT = style.FOLDER.parent
LEFT = 1
RIGHT = 3
in_xor = pytest.mark.parametrize("play", [Xor], indirect=True)
in_cubic = pytest.mark.parametrize("play", [Cubic], indirect=True)


@pytest.fixture(scope="module", autouse=True)
def close_figures():
    """Leave all windows open until the last test, and draw them only when a test asks for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FigureCanvasBase, "draw_idle", Mock())
        yield
    plt.close("all")


@pytest.fixture(scope="module")
def windows():
    """Both windows. All tests share them, because it takes long to build one."""
    return {window: window() for window in (Xor, Cubic)}


@pytest.fixture(params=[Xor, Cubic])
def play(request, windows):
    """A window as it is at first."""
    play = windows[request.param]
    for control in play.controls:
        if isinstance(control, Slider):
            control.reset()
    play.choice.set_active(0)
    play.reset()
    play.say("")
    play.show()
    return play


# What a reader does, and what a reader sees


def send_mouse(play, kind, place, button=LEFT, modifiers=()):
    event = MouseEvent(f"{kind}_event", play.canvas, *place, button, modifiers=modifiers)
    event._process()


def click(play, axes, place, button=LEFT, modifiers=()):
    """Click on a place in axes, in the units of its data."""
    pixels = axes.transData.transform(place)
    pixels = np.clip(pixels, axes.bbox.min + 1, axes.bbox.max - 1)
    send_mouse(play, "button_press", pixels, button, modifiers)
    send_mouse(play, "button_release", pixels, button, modifiers)


def choose(play, name):
    """Choose what is to be learned."""
    label = play.choice.labels[play.CHOICES.index(name)]
    extent = label.get_window_extent()
    send_mouse(play, "button_press", (extent.min + extent.max) / 2)


def control(play, name):
    (found,) = [
        control
        for control in play.controls
        if control is not play.choice and control.label.get_text() == name
    ]
    return found


def press(play, name):
    click(play, control(play, name).ax, (0.5, 0.5))


def slide(play, name, value):
    click(play, control(play, name).ax, (value, 0.5))


def let_pass(play, pictures):
    for _ in range(pictures):
        play.tick()


def train(play, iterations):
    """Let a window train, and return what it then says."""
    play.train(iterations)
    play.show()
    return play.message.get_text()


def numbers_in(text):
    """Return the numbers in a text, without those in names as W1."""
    return [float(number) for number in re.findall(r"(?<!\w)\d+(?:\.\d+)?", text)]


def desired(play):
    return play.y[:, 0].tolist()


def weights(play):
    return [parameter.tolist() for parameter in play.parameters]


def assert_trained(play, parameters, *options):
    """All is as after that much training by the script, if it begins with these parameters."""
    losses = play.SCRIPT.train(play.x, play.y, parameters, len(play.losses), *options)
    assert len(losses) > 9
    assert play.losses == pytest.approx(losses, 1e-9)
    for ours, expected in zip(play.parameters, parameters, strict=True):
        np.testing.assert_allclose(ours, expected, 1e-9, 1e-12)


# xor: what is learned


@in_xor
def test_xor_trains_as_the_script_does_while_it_is_started(play):
    slide(play, "seed", 5)
    press(play, "Start")
    let_pass(play, pictures=15)
    press(play, "Pause")
    let_pass(play, pictures=9)
    assert len(play.losses) == 15 * 5  # five iterations per picture
    assert_trained(play, xor.initialize(2, 4, 1, np.random.default_rng(5)), 8)


@in_xor
def test_one_iteration_trains_once_and_pauses(play):
    press(play, "Start")
    let_pass(play, pictures=3)
    press(play, "One iteration")
    let_pass(play, pictures=3)
    assert len(play.losses) == 3 * 5 + 1


@in_xor
def test_xor_says_when_it_has_learned(play):
    assert train(play, 20) == ""
    assert train(play, 2000) == "Learned: every output is within 0.1 of the desired one"


@in_xor
def test_what_is_learned_is_said_to_be_trained_on(play):
    train(play, 2000)
    press(play, "Start")
    let_pass(play, pictures=1)
    assert play.message.get_text().endswith(" (still training)")
    press(play, "Pause")
    assert not play.message.get_text().endswith(" (still training)")


@in_xor
def test_the_loss_line_ends_with_the_present_loss(play):
    for iterations in range(3):
        loss, _ = xor.back_propagate(play.x, play.y, play.parameters)
        numbers, losses = play.loss_line.get_data()
        assert list(numbers) == list(range(iterations + 1))
        assert losses[-1] == pytest.approx(loss)
        press(play, "One iteration")


@in_xor
def test_a_long_loss_line_still_ends_with_the_present_loss(play):
    train(play, 3000)
    loss, _ = xor.back_propagate(play.x, play.y, play.parameters)
    numbers, losses = play.loss_line.get_data()
    assert numbers[-1] == 3000
    assert losses[-1] == pytest.approx(loss)


@in_xor
def test_the_predicted_outputs_are_written_beside_the_circles(play):
    train(play, 100)
    predicted = xor.predict(play.x, play.parameters)[:, 0]
    assert [text.get_text() for text in play.numbers] == [f"{y:.2f}" for y in predicted]


@in_xor
def test_the_square_shows_the_output_of_the_network(play):
    train(play, 100)
    shown = play.image.get_array()  # the lowest row comes first
    left, right, low, high = play.image.get_extent()
    places = np.array([[left, low], [left, high], [right, low], [right, high]])
    corners = [shown[0, 0], shown[-1, 0], shown[0, -1], shown[-1, -1]]
    assert corners == pytest.approx(xor.predict(places, play.parameters)[:, 0])


@in_xor
def test_each_line_is_where_its_hidden_node_is_at_one_half(play):
    train(play, 100)
    for node, line in enumerate(play.lines):
        places = line.get_xydata()
        _, _, a1, _, _ = xor.forward(places, play.parameters)
        assert a1[node] == pytest.approx(0.5)


@in_xor
def test_a_small_loss_stays_in_the_picture(play):
    train(play, 7000)
    low, _ = play.loss_axes.get_ylim()
    assert low < play.losses[-1] < 1e-4


@in_xor
def test_every_gate_can_be_chosen(play):
    choose(play, "ring")
    for gate in ["XNOR", "AND", "NAND", "OR", "NOR", "XOR"]:
        choose(play, gate)
        assert np.array_equal(play.y, truth_table(gate.lower())[1])
        assert play.square.get_title() == f"desired: {gate}"


@in_xor
def test_the_number_of_hidden_nodes_can_be_chosen(play):
    for hidden in range(1, 9):
        slide(play, "hidden nodes", hidden)
        assert len(play.parameters[0]) == hidden
        assert len(play.lines) == hidden
        assert len(play.network.images) == 2 + hidden + 1


@in_xor
@pytest.mark.parametrize(
    "seed, gate, hidden, rate, said",
    [
        pytest.param(27, "XOR", 2, 8, Xor.STUCK, id="two nodes, a seed that fails"),
        pytest.param(0, "ring", 1, 8, Xor.TOO_FEW, id="one node, and a ring"),
        pytest.param(0, "XNOR", 1, 8, Xor.TOO_FEW, id="one node"),
        pytest.param(0, "XOR", 4, 100, SLOWER.format(8), id="too fast"),
        pytest.param(0, "XOR", 8, 0.01, "", id="slow, but not yet stuck"),
    ],
)
def test_xor_says_when_it_is_stuck_and_what_to_try(play, seed, gate, hidden, rate, said):
    slide(play, "hidden nodes", hidden)
    slide(play, "learning rate", rate)
    slide(play, "seed", seed)
    choose(play, gate)
    assert train(play, 1500) == said


@in_xor
def test_a_click_between_a_circle_and_its_letters_chooses(play):
    label = play.choice.labels[play.CHOICES.index("AND")].get_window_extent()
    send_mouse(play, "button_press", (label.x0 - 4, (label.y0 + label.y1) / 2))
    assert play.choice.value_selected == "AND"


# xor: clicks on the four points of a gate


@in_xor
def test_a_click_turns_the_nearest_point_over_and_keeps_the_weights(play):
    train(play, 9)
    before = weights(play)
    click(play, play.square, (0.91, 0.91))
    assert desired(play) == [0, 1, 1, 1]
    assert weights(play) == before
    assert play.losses == []


@in_xor
@pytest.mark.parametrize("place", [(0.7, 0.8), (0.5, 0.5), (1, 0.83), (1.25, 1.25)])
def test_a_click_beside_the_circles_changes_nothing(play, place):
    train(play, 9)
    click(play, play.square, place)
    assert desired(play) == [0, 1, 1, 0]
    assert len(play.losses) == 9


@in_xor
def test_two_clicks_turn_a_point_over_twice(play):
    click(play, play.square, (1, 1))
    click(play, play.square, (1, 1))
    assert desired(play) == [0, 1, 1, 0]


@in_xor
def test_the_title_and_the_choice_follow_the_points(play):
    click(play, play.square, (1, 1))
    assert play.square.get_title() == "desired: OR"
    assert play.choice.value_selected == "OR"
    click(play, play.square, (0, 1))
    assert play.square.get_title() == "desired: your own"


@in_xor
def test_reset_keeps_the_points_and_goes_back_to_the_first_weights(play):
    first = weights(play)
    click(play, play.square, (1, 1))
    press(play, "Start")
    let_pass(play, pictures=2)
    press(play, "Reset weights")
    assert desired(play) == [0, 1, 1, 1]
    assert weights(play) == first
    assert play.losses == []
    assert not play.running
    assert play.message.get_text() == "New weights: the first ones of seed 0"


@in_xor
def test_another_gate_says_that_its_weights_are_new(play):
    choose(play, "AND")
    assert play.message.get_text() == "New weights: the first ones of seed 0"


@in_xor
def test_another_gate_begins_with_the_first_weights_and_goes_on_training(play):
    first = weights(play)
    press(play, "Start")
    let_pass(play, pictures=2)
    choose(play, "AND")
    assert weights(play) == first
    assert play.losses == []
    assert play.running


# xor: points in a plane


@in_xor
def test_the_ring_is_a_hundred_points_with_the_ones_inside(play):
    choose(play, "ring")
    distance = np.hypot(*(play.x - 0.5).T)
    is_one = play.y[:, 0] == 1
    assert is_one.sum() == 40
    assert (~is_one).sum() == 60
    assert distance[is_one].max() < 0.25
    assert distance[~is_one].min() > 0.4


@in_xor
def test_three_hidden_nodes_learn_the_ring(play):
    slide(play, "hidden nodes", 3)
    choose(play, "ring")
    assert train(play, 1000) == "Learned: all points are correct"
    assert play.square.get_title() == "correct: 100 of 100 points"


@in_xor
def test_two_hidden_nodes_get_stuck_on_the_ring(play):
    slide(play, "hidden nodes", 2)
    choose(play, "ring")
    assert train(play, 2000) == Xor.TOO_FEW
    right = (xor.predict(play.x, play.parameters) > 0.5) == play.y
    assert 70 < right.sum() < 95
    assert play.square.get_title() == f"correct: {right.sum()} of 100 points"


@in_xor
@pytest.mark.parametrize(
    "button, modifiers, kind",
    [
        pytest.param(LEFT, [], 1, id="click"),
        pytest.param(RIGHT, [], 0, id="right click"),
        pytest.param(LEFT, ["shift"], 0, id="click with Shift"),
    ],
)
def test_a_click_adds_a_point_and_keeps_the_weights(play, button, modifiers, kind):
    choose(play, "blank")
    before = weights(play)
    click(play, play.square, (0.25, 0.75), button, modifiers)
    assert play.x == pytest.approx(np.array([[0.25, 0.75]]), abs=0.01)
    assert desired(play) == [kind]
    assert weights(play) == before


@in_xor
def test_clicks_on_a_point_turn_it_into_a_zero_and_then_remove_it(play):
    choose(play, "ring")
    place = play.x[7].copy()
    assert desired(play)[7] == 1
    click(play, play.square, place)
    assert desired(play)[7] == 0
    assert len(play.y) == 100
    click(play, play.square, place)
    assert place.tolist() not in play.x.tolist()
    assert len(play.x) == len(play.y) == 99


@in_xor
def test_every_point_is_drawn_in_the_colour_of_its_kind(play):
    choose(play, "ring")
    click(play, play.square, (1.2, 1.2))
    *_, ones, zeros = play.square.lines
    assert ones.get_markerfacecolor() == "black"
    assert zeros.get_markerfacecolor() == "white"
    assert ones.get_xydata().tolist() == play.x[play.y[:, 0] == 1].tolist()
    assert zeros.get_xydata().tolist() == play.x[play.y[:, 0] == 0].tolist()


@in_xor
def test_without_points_nothing_is_trained_and_a_line_says_why(play):
    choose(play, "blank")
    before = weights(play)
    assert train(play, 9) == NO_POINTS
    assert weights(play) == before
    press(play, "One iteration")
    assert play.message.get_text() == NO_POINTS
    play.canvas.draw()


@in_xor
def test_points_of_ones_own_can_be_learned(play):
    choose(play, "blank")
    for place in [(0, 0), (0.2, 0.4), (0.4, 0)]:
        click(play, play.square, place)
    for place in [(1, 1), (0.7, 1.2)]:
        click(play, play.square, place, RIGHT)
    assert train(play, 300) == "Learned: all points are correct"


# What one iteration did


@in_xor
def test_one_iteration_says_the_loss_before_and_after(play):
    train(play, 10)
    before, _ = xor.back_propagate(play.x, play.y, play.parameters)
    press(play, "One iteration")
    after, _ = xor.back_propagate(play.x, play.y, play.parameters)
    said = f"One iteration took the loss from {before:.4g} to {after:.4g}"
    assert play.message.get_text() == said


@in_xor
def test_one_iteration_says_when_the_loss_hardly_changes(play):
    slide(play, "hidden nodes", 1)
    train(play, 2000)
    press(play, "One iteration")
    assert play.message.get_text() == "One iteration hardly changed the loss, 0.25"


@pytest.mark.parametrize("play", [Xor, Cubic], indirect=True)
def test_one_iteration_says_how_far_weights_moved_at_most(play):
    train(play, 10)
    before = [parameter.copy() for parameter in play.parameters]
    press(play, "One iteration")
    largest = [np.abs(now - then).max() for now, then in zip(play.parameters, before)]
    assert numbers_in(play.hint.get_text()) == pytest.approx(largest, rel=0.06, abs=1e-6)


def test_a_change_below_a_millionth_counts_as_zero(play):
    play.say("", [np.full(4, size) for size in (0.0123, 9e-7, 8.3e-18, 0)])
    play.show()
    assert numbers_in(play.hint.get_text()) == [0.012, 0, 0, 0]


@in_xor
def test_the_weights_that_moved_most_are_marked_on_their_edges(play):
    train(play, 10)
    _, (dW1, _, dW2, _) = xor.back_propagate(play.x, play.y, play.parameters)
    press(play, "One iteration")
    gradients = np.concatenate([dW1.ravel(), dW2.ravel()])  # in the order of the lines
    is_marked = [bool(line.get_path_effects()) for line in play.network.lines]
    marked = gradients[is_marked]
    assert np.abs(marked).tolist() == [np.abs(dW1).max(), np.abs(dW2).max()]


@in_xor
def test_what_one_iteration_did_is_gone_after_the_next_action(play):
    press(play, "One iteration")
    press(play, "Start")
    let_pass(play, pictures=1)
    assert play.message.get_text() == ""
    assert play.hint.get_text() == play.advice()
    assert not any(line.get_path_effects() for line in play.network.lines)


# cubic


@in_cubic
def test_each_slider_sets_its_weight(play):
    assert len(play.sliders) == 9
    for (i, k), slider in play.sliders.items():
        assert slider.label.get_text() == ["W1", "B1", "W2"][i]
        click(play, slider.ax, (2.5, 0.5))
        assert play.parameters[i].flat[k] == 2.5


@in_cubic
def test_cubic_by_hand_ends_at_the_error_that_the_help_promises(play):
    choose(play, "x³ + 15x")
    press(play, "Reset weights")
    for k, value in enumerate([3, 2, 3]):
        click(play, play.sliders[2, k].ax, (value, 0.5))
    error = cubic.predict(play.x, play.parameters) - play.y
    assert np.sqrt(np.mean(error**2)) == pytest.approx(0.157, abs=5e-4)
    assert error.mean() == pytest.approx(0)
    assert play.sum_axes.get_title() == "iteration 0, rms error 15.7 %"


@in_cubic
def test_descent_goes_on_from_the_readers_weights_as_the_script_does(play):
    click(play, play.sliders[2, 1].ax, (2, 0.5))
    parameters = [parameter.copy() for parameter in play.parameters]
    press(play, "Descend")
    let_pass(play, pictures=25)
    assert_trained(play, parameters)


@in_cubic
def test_the_sliders_follow_the_descent(play):
    train(play, 125)
    slider = play.sliders[1, 0]
    weight = play.parameters[1][0, 0]
    assert slider.val == pytest.approx(weight)
    assert slider.valtext.get_text() == style.number(weight)


@in_cubic
def test_the_steps_add_up_to_the_curve(play):
    train(play, 125)
    total = sum(step.get_ydata() for step in play.steps)
    curve = play.predicted.get_ydata()[:, 0]
    assert total - total.mean() == pytest.approx(curve - curve.mean())


@in_cubic
def test_another_curve_keeps_the_weights(play):
    train(play, 9)
    W1, B1, W2, _ = weights(play)
    choose(play, "x³ + 15x")
    assert weights(play)[:3] == [W1, B1, W2]
    assert play.losses == []


@in_cubic
def test_cubic_says_when_it_has_learned(play):
    assert train(play, 20) == ""
    assert train(play, 400) == Cubic.LEARNED


@in_cubic
def test_cubic_keeps_the_last_good_weights_when_the_training_diverges(play):
    press(play, "Descend")
    let_pass(play, pictures=2)
    slide(play, "learning rate", 1000)
    before = weights(play)
    let_pass(play, pictures=9)
    assert play.message.get_text() == DIVERGED
    assert weights(play) == before
    assert np.isfinite(play.predicted.get_ydata()).all()
    assert not play.running


@in_cubic
def test_cubic_says_when_it_is_stuck(play):
    play.parameters[1] += 1000  # where all steps are flat
    assert train(play, 1001) == Cubic.STUCK


@in_cubic
def test_one_iteration_says_the_rms_error_before_and_after(play):
    press(play, "One iteration")
    loss = np.mean((cubic.predict(play.x, play.parameters) - play.y) ** 2)
    said = play.message.get_text()
    assert said.startswith("One iteration took the rms error from 100 % to ")
    assert float(said.split()[-2]) == pytest.approx(100 * np.sqrt(loss), abs=0.06)


# Both windows


def test_letters_grow_and_shrink_with_the_window():
    play = Xor()
    play.figure.set_size_inches(400 / play.figure.dpi, 300 / play.figure.dpi)
    ResizeEvent("resize_event", play.canvas)._process()
    assert play.figure.bbox.size == pytest.approx([400, 300])
    assert play.figure.dpi == pytest.approx(400 / style.WIDTH)


def test_no_line_is_wider_than_the_window(play):
    width = play.figure.bbox.width
    hints = [play.advice(), play.CHANGES.format(*["0.0000012"] * 4)]
    if isinstance(play, Xor):
        choose(play, "blank")
        hints.append(play.advice())
    for hint in hints:
        play.hint.set_text(hint)
        extent = play.hint.get_window_extent()
        assert 0 <= extent.x0 < extent.x1 <= width
    said = [DIVERGED, NO_POINTS, "Learned: all points are correct (still training)", play.STUCK]
    if isinstance(play, Xor):
        said.append("Learned: every output is within 0.1 of the desired one (still training)")
    else:
        said.append(play.LEARNED + " (still training)")
    for text in said:
        play.message.set_text(text)
        extent = play.message.get_window_extent()
        assert 0 <= extent.x0 < extent.x1 <= width


def most_nodes(play):
    slide(play, "hidden nodes", 8)
    train(play, 100)
    press(play, "One iteration")


def one_node(play):
    slide(play, "hidden nodes", 1)


def on_ring(play):
    choose(play, "ring")
    train(play, 100)


def one_iteration(play):
    train(play, 50)
    press(play, "One iteration")


@pytest.mark.parametrize(
    "play, prepare",
    [
        pytest.param(Xor, most_nodes),
        pytest.param(Xor, one_node),
        pytest.param(Xor, on_ring),
        pytest.param(Cubic, one_iteration),
    ],
    indirect=["play"],
)
def test_texts_are_inside_the_window_and_apart(play, prepare, monkeypatch):
    prepare(play)
    boxes = []
    draw = Text.draw

    def note(text, renderer, *args, **kwargs):
        draw(text, renderer, *args, **kwargs)
        if text.get_visible() and text.get_text().strip():
            boxes.append(Text.get_window_extent(text, renderer))

    monkeypatch.setattr(Text, "draw", note)
    play.canvas.draw()
    assert len(boxes) > 20
    width, height = play.figure.bbox.size
    for box in boxes:
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= width
        assert box.y1 <= height
    for one, other in combinations(boxes, 2):
        assert not one.padded(-1).overlaps(other)


@in_xor
@pytest.mark.parametrize("hidden", [1, 4, 8])
def test_the_names_of_the_inputs_do_not_touch_their_squares(play, hidden):
    slide(play, "hidden nodes", hidden)
    play.canvas.draw()
    names = [text for text in play.network.texts if text.get_text() in ("x0", "x1")]
    assert len(names) == 2
    for name, square in zip(names, play.network.patches):
        assert not name.get_window_extent().overlaps(square.get_window_extent())


def test_nothing_that_one_does_breaks_it(play):
    rng = np.random.default_rng(0)
    axes = play.figure.axes[-1]
    kinds = ["button_press", "motion_notify", "button_release", "button_release"]
    for _ in range(60):
        send_mouse(play, rng.choice(kinds), rng.uniform(0, play.figure.bbox.max))
        key = rng.choice(["l", "k", "g", "s", "q"])
        KeyEvent("key_press_event", play.canvas, key, *axes.bbox.min + 9)._process()
    play.canvas.draw()
    press(play, "One iteration")
    assert all(np.isfinite(parameter).all() for parameter in play.parameters)


def test_no_key_changes_the_scale_of_an_axis(play):
    before = [(axes.get_xscale(), axes.get_yscale()) for axes in play.figure.axes]
    for axes in play.figure.axes:
        for key in ["l", "k"]:
            KeyEvent("key_press_event", play.canvas, key, *axes.bbox.min + 2)._process()
    assert [(axes.get_xscale(), axes.get_yscale()) for axes in play.figure.axes] == before


# The command line


def test_the_window_is_saved_as_a_picture(tmp_path):
    file = tmp_path / "xor.png"
    playground.main(["--save", str(file)])
    assert file.stat().st_size > 20_000


def test_a_missing_window_is_said_in_a_line(capsys, monkeypatch):
    monkeypatch.setitem(playground.WINDOWS, "cubic", Mock())
    with pytest.raises(SystemExit, match="1"):
        playground.main(["cubic"])
    error = capsys.readouterr().err
    assert error.startswith("No window (no display, or no tkinter or Qt)")
    assert error.count("\n") == 1


def test_the_help_can_be_printed_in_every_console(capsys):
    with pytest.raises(SystemExit, match="0"):
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


def test_the_page_has_a_name_of_its_own(address):
    page = urllib.request.urlopen(address, timeout=20).read().decode()
    assert "<title>Playground: neural networks in numpy</title>" in page


@pytest.mark.parametrize(
    "file", ["js/mpl.js", "_static/js/mpl_tornado.js", "_static/css/mpl.css"]
)
def test_the_files_that_the_page_needs_are_served(address, file):
    page = urllib.request.urlopen(address, timeout=20).read().decode()
    assert f'"{file}"' in page
    assert urllib.request.urlopen(f"{address}/{file}", timeout=20).status == 200


def test_a_double_click_on_the_page_is_its_two_clicks_alone():
    pytest.importorskip("tornado")
    figure = plt.figure()
    figure.canvas.manager.handle_json = Mock()
    socket = object.__new__(playground.page_application().WebSocket)
    socket.fignum = figure.number
    kinds = ["button_press", "button_release", "button_press", "button_release"]
    for kind in [*kinds, "dblclick"]:
        socket.on_message(json.dumps({"type": kind}))
    heard = [call.args[0]["type"] for call in figure.canvas.manager.handle_json.call_args_list]
    assert heard == kinds


def test_the_page_is_served_to_this_computer_only(address):
    elsewhere = address.replace("0.0.1:", "0.0.2:")  # another address of this computer
    with pytest.raises(OSError):
        urllib.request.urlopen(elsewhere, timeout=20)
