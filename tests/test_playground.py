"""The windows to play in do what their controls say, and nothing that one does breaks them."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import matplotlib.pyplot as plt
import numpy as np
import pytest
import tornado.websocket
from matplotlib.backend_bases import CloseEvent, KeyEvent, MouseEvent

import cubic
import xor
from dataset import truth_table
from figures import draw, playground, style
from figures.playground import DIVERGED, SLOWER, Cubic, Xor

ROOT = Path(__file__).parent.parent


@pytest.fixture(params=[Xor, Cubic])
def play(request):
    """A window, which is drawn only when it is asked for."""
    play = request.param()
    play.canvas.draw_idle = Mock()
    return play


def mouse(play, kind, place):
    MouseEvent(f"{kind}_event", play.canvas, *place, 1)._process()


def click(play, axes, *place):
    """Click on a place in axes, in the units of its data."""
    place = np.clip(axes.transData.transform(place), axes.bbox.min + 1, axes.bbox.max - 1)
    mouse(play, "button_press", place)
    mouse(play, "button_release", place)


def use(play, name, value=0.5, ticks=0):
    """Choose what is to be learned, press a button, or slide a slider; let time go by."""
    if name in play.CHOICES:
        extent = play.choice.labels[play.CHOICES.index(name)].get_window_extent()
        return mouse(play, "button_press", (extent.min + extent.max) / 2)
    controls = {c.label.get_text(): c for c in play.controls if c is not play.choice}
    click(play, controls[name].ax, value, 0.5)
    for _ in range(ticks):
        play.tick()


def train(play, iterations):
    play.train(iterations)
    play.show()


def assert_trained(play, parameters, *options):
    """All is as after that much training by the script, if it begins with these parameters."""
    losses = play.SCRIPT.train(play.x, play.y, parameters, len(play.losses), *options)
    assert play.losses == pytest.approx(losses, 1e-9) and len(losses) > 9
    for ours, expected in zip(play.parameters, parameters, strict=True):
        np.testing.assert_allclose(ours, expected, 1e-9, 1e-12)


@pytest.mark.parametrize("play", [Xor], indirect=True)
def test_xor_learns_as_the_script_does_and_shows_it(play):
    use(play, "seed", 5)
    for name, ticks in ("Start", 15), ("One iteration", 9), ("Start", 0), ("Pause", 9):
        use(play, name, ticks=ticks)
    assert len(play.losses) == 15 * 2 + 1 and play.message.get_text() == ""
    assert_trained(play, xor.initialize(2, 4, 1, np.random.default_rng(5)), 8)
    train(play, 7000)
    assert play.losses[-1] < 1e-4 and play.loss_axes.get_ylim()[0] < play.losses[-1]
    assert play.message.get_text() == Xor.LEARNED
    y_hat = [f"{y:.2f}" for y in xor.predict(play.x, play.parameters)[:, 0]]
    assert [text.get_text() for text in play.square.texts[-4:]] == y_hat
    output = play.network.images[-1].get_array().ravel()
    assert (output == xor.predict(draw.PLANE, play.parameters)[:, 0]).all()


@pytest.mark.parametrize("play", [Xor], indirect=True)
def test_a_click_turns_a_point_over_and_only_reset_and_another_gate_renew_the_weights(play):
    train(play, 9)
    drawn, weights = play.canvas.draw_idle.call_count, play.parameters[0].tolist()
    click(play, play.square, 0.7, 0.8)  # near 1, 1
    assert play.canvas.draw_idle.call_count > drawn and play.parameters[0].tolist() == weights
    assert play.square.get_title() == "desired: OR" and play.y.ravel().tolist() == [0, 1, 1, 1]
    click(play, play.square, 0, 1)
    assert play.square.get_title() == "desired: your own" and not play.losses
    for name, y in ("Reset weights", [0, 0, 1, 1]), ("AND", [0, 0, 0, 1]):
        use(play, "Start", ticks=2)
        use(play, name)
        assert not play.losses and play.y.ravel().tolist() == y
        assert play.parameters[0].tolist() != weights and play.running == (name == "AND")


@pytest.mark.parametrize("play", [Xor], indirect=True)
def test_what_is_chosen_for_xor_and_what_is_said_of_it(play):
    for seed, gate, hidden, rate, words in (
        *[(27, "XOR", 2, 8, Xor.STUCK), (0, "XNOR", 1, 8, Xor.STUCK), (0, "XOR", 8, 0.01, "")],
        *[(0, "XOR", 4, 100, SLOWER.format(8)), (0, "AND", 1, 8, Xor.LEARNED)],
    ):
        use(play, "hidden nodes", hidden), use(play, "learning rate", rate)
        use(play, "seed", seed), use(play, gate)
        assert np.array_equal(play.y, truth_table(gate.lower())[1])
        assert len(play.parameters[0]) == hidden == len(play.network.images) - 3
        assert play.rate.val == pytest.approx(rate) == float(play.rate.valtext.get_text())
        train(play, 1500)
        assert play.message.get_text() == words and play.square.get_title().endswith(gate)
    use(play, "learning rate", 4), use(play, "XOR")
    # stuck: 1,000 iterations without a gain of a tenth, after as many before
    for best, half, words in (0.91, 1000, Xor.STUCK), (0.89, 1000, ""), (0.91, 999, ""):
        play.losses = half * [1.0] + [best] + half * [1.0]  # it may go up and down
        play.show()
        assert play.message.get_text() == words


@pytest.mark.parametrize("play", [Cubic], indirect=True)
def test_cubic_by_hand_then_by_descent(play):
    use(play, "x³ + 15x")
    for (i, k), name, value in zip(play.sliders, 3 * ["W1", "B1", "W2"], range(-4, 5)):
        assert play.sliders[i, k].label.get_text() == name
        click(play, play.sliders[i, k].ax, value, 0.5)
        assert play.parameters[i].flat[k] == value
    use(play, "seed", 50), use(play, "seed", 0)
    first = cubic.initialize(3, np.random.default_rng(0))
    assert all(map(np.array_equal, play.parameters[:3], first[:3]))
    for k, value in enumerate((3, 2, 3)):
        click(play, play.sliders[2, k].ax, value, 0.5)
    error = cubic.predict(play.x, play.parameters) - play.y
    assert np.sqrt(np.mean(error**2)) == pytest.approx(0.157, abs=5e-4)
    assert play.sum_axes.get_title() == "iteration 0, rms error 15.7 %"
    assert max(abs(error.mean()), abs(play.plots[1].lines[0].get_ydata().mean())) < 1e-12
    parameters = [p.copy() for p in play.parameters]
    use(play, "Descend", ticks=25)
    assert_trained(play, parameters)
    knob, weight = play.sliders[1, 0], parameters[1][0, 0]  # it has followed
    assert knob.val == pytest.approx(weight) and knob.valtext.get_text() == style.number(weight)
    train(play, 200)
    assert play.message.get_text() == Cubic.LEARNED
    click(play, knob.ax, 5, 0.5)
    assert not any(v.any() for v in play.options["velocity"]) and not play.sum_axes.texts


@pytest.mark.parametrize("play", [Cubic], indirect=True)
def test_a_cubic_that_diverges_is_reset_and_steps_that_are_far_off_are_stuck(play):
    use(play, "learning rate", 1000), use(play, "One iteration")
    assert play.sum_axes.texts[0].get_text() == "out of the picture"
    train(play, 50)
    assert play.message.get_text() == DIVERGED and not play.losses
    use(play, "learning rate", 0.3)
    play.parameters[1] += 1000  # where all steps are flat
    train(play, 1001)
    assert play.message.get_text() == Cubic.STUCK


def test_nothing_that_one_does_breaks_it(play):
    rng, play.timer.stop = np.random.default_rng(0), Mock()
    for i in range(250):
        kind = rng.choice(["button_press", "motion_notify", *2 * ["button_release"]])
        mouse(play, kind, rng.uniform(0, play.figure.bbox.max))
        if i % 50 == 0:
            place = play.plots[0].bbox.max - 9
            KeyEvent("key_press_event", play.canvas, rng.choice([*"lkgsq"]), *place)._process()
            play.canvas.draw()
            play.run(True)
            play.tick()
    assert all(np.isfinite(p).all() for p in play.parameters)
    assert play.plots[0].get_xscale() == play.plots[0].get_yscale() == "linear"
    CloseEvent("close_event", play.canvas)._process()
    assert play.timer.stop.called


def test_the_window_is_saved_or_said_to_be_missing(tmp_path, monkeypatch, capsys):
    playground.main(["--save", str(tmp_path / "xor.png")])
    film = Mock(return_value=(plt.figure(), Mock(), range(2)))
    monkeypatch.setattr(playground, "film", film)
    playground.main(["cubic", "--save", str(tmp_path / "cubic.gif")])
    assert film.call_args.args == (Cubic,) and (tmp_path / "cubic.gif").exists()
    assert (tmp_path / "xor.png").stat().st_size > 20_000
    with pytest.raises(SystemExit, match="1"):
        playground.main(["cubic"])
    assert capsys.readouterr().err.startswith("No window (no display, or no tkinter or Qt)")


async def press_start(address, event, count):
    """Ask for pictures as a browser does, and press the button; return the next pictures."""
    socket = await tornado.websocket.websocket_connect(address)
    pictures, event = [], {"figure_id": "1", "modifiers": [], "guiEvent": {}} | event
    for kind in "supports_binary", "refresh", "button_press", "button_release":
        await socket.write_message(json.dumps(event | {"type": kind, "value": True}))
    while len(pictures) < count:
        message = await asyncio.wait_for(socket.read_message(), 20)
        if isinstance(message, bytes):
            pictures.append(message)
        elif json.loads(message)["type"] == "draw":
            await socket.write_message(json.dumps(event | {"type": "draw"}))
    socket.close()
    return pictures


def test_a_page_trains_when_start_is_pressed_and_is_served_to_this_computer_only():
    left, bottom, width, height = playground.PLACES["Start"]
    x, y = 1024 * (left + width / 2), 576 * (1 - bottom - height / 2)
    command = [sys.executable, "-m", "figures.playground", "xor", "--browser"]
    env = os.environ | {"BROWSER": "true"}  # a program that does nothing
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE) as process:
        try:
            address = process.stdout.readline().decode().split()[-1]
            assert address.startswith("http://127.0.0.1:")
            event = {"x": x, "y": y, "button": 0, "buttons": 1, "step": 0}
            socket = address.replace("http", "ws") + "/1/ws"
            assert len({*asyncio.run(press_start(socket, event, 5))}) == 5  # each is another
            if sys.platform != "win32":
                process.send_signal(signal.SIGINT)
                assert process.wait(10) in (0, -signal.SIGINT)
        finally:
            process.kill()
