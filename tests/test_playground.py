"""The windows to play in do what their controls say, and nothing that one does breaks them."""

import numpy as np
import pytest
from matplotlib.backend_bases import CloseEvent, KeyEvent, MouseEvent
from PIL import Image

import cubic
import xor
from dataset import GATES, truth_table
from figures import playground
from figures.playground import Cubic, Xor


def open_window(window, seed=0):
    """Return a window that draws only what a test draws."""
    play = window(seed)
    play.canvas.draw_idle = lambda: None
    return play


def mouse(play, kind, x, y):
    """Send a mouse event at a place in pixels."""
    name = {"press": "button_press", "move": "motion_notify", "release": "button_release"}[kind]
    button = None if kind == "move" else 1
    MouseEvent(f"{name}_event", play.canvas, x, y, button)._process()


def click(play, axes, x=0.5, y=0.5, data=False):
    """Click on a place in axes, from 0 to 1 or in the units of the data."""
    place = (axes.transData if data else axes.transAxes).transform((x, y))
    place = np.clip(place, axes.bbox.min + 1, axes.bbox.max - 1)
    mouse(play, "press", *place)
    mouse(play, "release", *place)


def control(play, label):
    """Return the axes of a button or of a slider."""
    return next(c.ax for c in play.controls if c.label.get_text() == label)


def press(play, *labels):
    for label in labels:
        click(play, control(play, label))


def slide(play, label, value):
    axes = control(play, label) if isinstance(label, str) else label.ax
    click(play, axes, value, 0.5, data=True)


def run(play, ticks):
    press(play, play.START)
    for _ in range(ticks):
        play.tick()


def same(a, b):
    return all(np.array_equal(p, q) for p, q in zip(a, b, strict=True))


def test_xor_learns_as_the_script_does():
    play = open_window(Xor, 5)
    run(play, 60)
    X, Y = truth_table("xor")
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(5))
    xor.train(X, Y, parameters, play.done, 8)
    assert play.done > 100 and same(parameters, play.parameters)
    assert play.message.get_text().startswith("Learned")
    press(play, "Pause")
    play.tick()
    xor.train(X, Y, parameters, 1, 8)
    press(play, "One step")
    assert same(parameters, play.parameters) and play.start.label.get_text() == "Start"


def test_controls_of_xor():
    play = open_window(Xor)
    for gate in GATES:
        press(play, gate.upper())
        assert np.array_equal(play.Y, truth_table(gate)[1])
        assert play.square.get_title() == f"learns {gate.upper()}"
    for hidden in 1, 8, 3:
        slide(play, "hidden nodes", hidden)
        assert (
            play.parameters[0].shape == (hidden, 2) and len(play.network.images) == hidden + 3
        )
    for rate in 0.01, 0.3, 100, 800:
        slide(play, "learning rate", np.log10(rate))
        assert play.rate == rate and play.rate_slider.valtext.get_text() == f"{rate:g}"
    press(play, "Another seed")
    assert "seed 1," in play.network.get_title()
    assert same(play.parameters, xor.initialize(2, 3, 1, np.random.default_rng(1)))


def test_a_click_turns_a_point_over_and_training_goes_on():
    play = open_window(Xor)
    run(play, 60)
    before, done = [p.copy() for p in play.parameters], play.done
    click(play, play.square, 1, 1, data=True)
    assert play.Y.ravel().tolist() == [0, 1, 1, 1] and play.square.get_title() == "learns OR"
    assert same(before, play.parameters) and play.done == done
    for _ in range(60):
        play.tick()
    assert play.message.get_text().startswith("Learned")
    click(play, play.square, 0.5, 0.5, data=True)  # not on a point
    assert play.Y.sum() == 3


@pytest.mark.parametrize(
    "seed, gate, hidden, rate, words",
    [
        (27, "XOR", 2, 8, "It is stuck: try more hidden nodes or another seed."),
        (0, "XOR", 1, 8, "It is stuck: try more hidden nodes or another seed."),
        (0, "XOR", 4, 100, "Try a smaller learning rate, near 8."),
        (0, "AND", 1, 8, "Learned: every output is within 0.1 of the desired one"),
        (26, "XOR", 2, 8, "Learned: every output is within 0.1 of the desired one"),
        (0, "XOR", 4, 0.01, ""),
    ],
)
def test_what_is_said_of_xor(seed, gate, hidden, rate, words):
    play = open_window(Xor, seed)
    press(play, gate)
    slide(play, "hidden nodes", hidden)
    slide(play, "learning rate", np.log10(rate))
    while play.done < 1500:
        play.train(25)
    play.show()
    assert play.message.get_text() == words


def test_cubic_by_hand_then_by_descent():
    play = open_window(Cubic)
    press(play, "x³ + 15x")
    for i, value in zip((2, 5, 8), (3, 2, 3)):
        slide(play, play.weights[i][0], value)
        assert play.weights[i][1] == pytest.approx(value, abs=0.02)
    error = cubic.predict(play.x, play.parameters) - play.y
    assert 0.1 < np.sqrt(np.mean(error**2)) < 0.2 and abs(error.mean()) < 1e-12
    assert "rms error 15.7 %" in play.sum.get_title()
    parameters = [p.copy() for p in play.parameters]
    run(play, 60)
    cubic.train(play.x, play.y, parameters, play.done, 0.3, play.momentum_slider.val)
    assert same(parameters, play.parameters)
    assert play.weights[0][0].val == parameters[0][0, 0]  # the sliders have followed
    slide(play, "momentum", 0.5)
    assert play.momentum_slider.val == pytest.approx(0.5, abs=0.01)
    press(play, "Reset")
    assert not play.running and play.done == 0
    assert same(play.parameters[:3], cubic.initialize(3, np.random.default_rng(0))[:3])


def test_a_descent_that_diverges_is_stopped():
    play = open_window(Cubic)
    slide(play, "learning rate", 3)
    before = [p.copy() for p in play.parameters]
    run(play, 200)
    words = "The training diverged: try a smaller learning rate, near 0.3."
    assert play.message.get_text() == words and not play.running
    assert same(before[:3], play.parameters[:3]) and np.isfinite(play.parameters[3]).all()
    slide(play, "learning rate", np.log10(0.9))
    run(play, 60)
    words = "The loss has grown: try a smaller learning rate."
    assert play.message.get_text() == words and play.running


@pytest.mark.parametrize("window", [Xor, Cubic])
def test_nothing_that_one_does_breaks_it(window):
    play, rng = open_window(window), np.random.default_rng(0)
    width, height = play.canvas.get_width_height()
    for i in range(500):
        kind = rng.choice(["press", "move", "release", "release"])
        mouse(play, kind, rng.uniform(0, width), rng.uniform(0, height))
        if i % 50 == 0:
            KeyEvent(
                "key_press_event", play.canvas, rng.choice([*"lkgsq"]), 300, 300
            )._process()
            play.canvas.draw()
            play.running = True
        if i % 20 == 0:
            play.tick()
    assert all(np.isfinite(p).all() for p in play.parameters)


def test_closing_stops_the_timer(monkeypatch):
    play = open_window(Xor)
    run(play, 1)
    stopped = []
    monkeypatch.setattr(play.timer, "stop", lambda: stopped.append(True))
    CloseEvent("close_event", play.canvas)._process()
    play.tick()
    assert stopped and play.done == 1


def test_save(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(Cubic, "film", lambda self: 2 * [self.step])
    for window, file in ("xor", "xor.png"), ("cubic", "cubic.png"), ("cubic", "cubic.gif"):
        playground.main([window, "--save", str(tmp_path / file)])
    with Image.open(tmp_path / "cubic.gif") as film:
        assert film.n_frames == 2
    assert len(list(tmp_path.iterdir())) == 3
    for wrong in ["x.svg"], ["no/folder.png"], ["x.png", "--seed", "-1"]:
        with pytest.raises(SystemExit) as exit:
            playground.main(["xor", "--save", str(tmp_path / wrong[0]), *wrong[1:]])
        assert (
            exit.value.code == 2 and "expected --s" in capsys.readouterr().err.splitlines()[-1]
        )


def test_without_a_window(capsys):
    playground.main(["cubic"])
    words = "No window (no display, or no tkinter or Qt): --save FILE keeps a picture.\n"
    assert capsys.readouterr().out == words
