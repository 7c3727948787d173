"""The windows to play in do what their controls say, and nothing that one does breaks them."""

import os
import subprocess
import sys
import urllib.request
from unittest.mock import Mock

import numpy as np
import pytest
from matplotlib.backend_bases import KeyEvent, MouseEvent

import cubic
import xor
from dataset import truth_table
from figures import playground, style
from figures.playground import DIVERGED, SLOWER, Cubic, Xor

ROOT = style.FOLDER.parent
in_xor = pytest.mark.parametrize("play", [Xor], indirect=True)
in_cubic = pytest.mark.parametrize("play", [Cubic], indirect=True)


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


def said_after(play, iterations):
    play.train(iterations)
    play.show()
    return play.message.get_text()


def assert_trained(play, parameters, *options):
    """All is as after that much training by the script, if it begins with these parameters."""
    losses = play.SCRIPT.train(play.x, play.y, parameters, len(play.losses), *options)
    assert play.losses == pytest.approx(losses, 1e-9) and len(losses) > 9
    for ours, expected in zip(play.parameters, parameters, strict=True):
        np.testing.assert_allclose(ours, expected, 1e-9, 1e-12)


@in_xor
def test_xor_learns_as_the_script_does_and_shows_it(play):
    use(play, "seed", 5)
    for name, ticks in ("Start", 15), ("One iteration", 9), ("Start", 0), ("Pause", 9):
        use(play, name, ticks=ticks)
    assert len(play.losses) == 15 * 2 + 1 and play.message.get_text() == ""
    assert_trained(play, xor.initialize(2, 4, 1, np.random.default_rng(5)), 8)
    assert said_after(play, 7000) == Xor.LEARNED
    assert play.loss_axes.get_ylim()[0] < play.losses[-1] < 1e-4
    y_hat = [f"{y:.2f}" for y in xor.predict(play.x, play.parameters)[:, 0]]
    assert [text.get_text() for text in play.square.texts[-4:]] == y_hat


@in_xor
def test_a_click_turns_a_point_over_and_keeps_the_weights_reset_and_a_gate_do_not(play):
    said_after(play, 9)
    weights = play.parameters[0].tolist()
    click(play, play.square, 0.7, 0.8)  # near 1, 1
    assert play.square.get_title() == "desired: OR" and play.y.ravel().tolist() == [0, 1, 1, 1]
    click(play, play.square, 0, 1)
    assert play.square.get_title() == "desired: your own" and not play.losses
    assert play.parameters[0].tolist() == weights
    for name, y in ("Reset weights", [0, 0, 1, 1]), ("AND", [0, 0, 0, 1]):
        use(play, "Start", ticks=2)
        use(play, name)
        assert not play.losses and play.y.ravel().tolist() == y
        assert play.parameters[0].tolist() != weights and play.running == (name == "AND")


@in_xor
def test_what_is_chosen_for_xor_and_what_is_said_of_it(play):
    for seed, gate, hidden, rate, words in (
        *[(27, "XOR", 2, 8, Xor.STUCK), (0, "XNOR", 1, 8, Xor.STUCK), (0, "XOR", 8, 0.01, "")],
        *[(0, "XOR", 4, 100, SLOWER.format(8)), (0, "AND", 1, 8, Xor.LEARNED)],
    ):
        use(play, "hidden nodes", hidden), use(play, "learning rate", rate)
        use(play, "seed", seed), use(play, gate)
        assert np.array_equal(play.y, truth_table(gate.lower())[1])
        assert len(play.parameters[0]) == hidden == len(play.network.images) - 3
        assert play.rate.val == pytest.approx(rate)
        assert said_after(play, 1500) == words and play.square.get_title() == f"desired: {gate}"


@in_cubic
def test_cubic_by_hand_then_by_descent(play):
    use(play, "x³ + 15x")
    for i, k in play.sliders:
        click(play, play.sliders[i, k].ax, i + 1, 0.5)
        assert play.parameters[i].flat[k] == i + 1
    use(play, "Reset weights")
    for k, value in enumerate((3, 2, 3)):
        click(play, play.sliders[2, k].ax, value, 0.5)
    error = cubic.predict(play.x, play.parameters) - play.y
    assert np.sqrt(np.mean(error**2)) == pytest.approx(0.157, abs=5e-4)
    assert play.sum_axes.get_title() == "iteration 0, rms error 15.7 %"
    parameters = [p.copy() for p in play.parameters]
    use(play, "Descend", ticks=25)
    assert_trained(play, parameters)
    knob, weight = play.sliders[1, 0], parameters[1][0, 0]  # it has followed
    assert knob.val == pytest.approx(weight) and knob.valtext.get_text() == style.number(weight)
    assert said_after(play, 200) == Cubic.LEARNED
    use(play, "learning rate", 1000)
    assert said_after(play, 50) == DIVERGED and not play.losses
    use(play, "learning rate", 0.3)
    play.parameters[1] += 1000  # where all steps are flat
    assert said_after(play, 1001) == Cubic.STUCK


def test_nothing_that_one_does_breaks_it(play):
    rng = np.random.default_rng(0)
    place = play.plots[0].bbox.max - 9
    for kind in rng.choice(["button_press", "motion_notify", *2 * ["button_release"]], 100):
        mouse(play, kind, rng.uniform(0, play.figure.bbox.max))
        KeyEvent("key_press_event", play.canvas, rng.choice([*"lkgsq"]), *place)._process()
    play.canvas.draw()
    use(play, "One iteration")
    assert all(np.isfinite(p).all() for p in play.parameters)
    assert play.plots[0].get_xscale() == play.plots[0].get_yscale() == "linear"


def test_the_window_is_saved_or_said_to_be_missing(tmp_path, capsys):
    playground.main(["--save", str(tmp_path / "xor.png")])
    assert (tmp_path / "xor.png").stat().st_size > 20_000
    with pytest.raises(SystemExit, match="1"):
        playground.main(["cubic"])
    assert capsys.readouterr().err.startswith("No window (no display, or no tkinter or Qt)")


def test_a_page_is_served_to_this_computer_only():
    command = [sys.executable, "-m", "figures.playground", "xor", "--browser"]
    env = os.environ | {"BROWSER": "true"}  # a program that does nothing
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE) as process:
        try:
            address = process.stdout.readline().decode().split()[-1]
            assert b"WebAgg" in urllib.request.urlopen(address, timeout=20).read()
            with pytest.raises(OSError):  # nor under another address of this computer
                urllib.request.urlopen(address.replace("0.0.1:", "0.0.2:"), timeout=20)
        finally:
            process.kill()
