"""The windows to play in do what their controls say, and nothing that one does breaks them."""

import numpy as np
import pytest
from matplotlib.backend_bases import CloseEvent, KeyEvent, MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

import cubic
import xor
from dataset import truth_table
from figures import playground, style
from figures.playground import LEARNED, STUCK, Cubic, Xor


@pytest.fixture(autouse=True)
def draw_only_what_is_asked_for(monkeypatch):
    monkeypatch.setattr(FigureCanvasAgg, "draw_idle", lambda self: None)


def mouse(play, kind, place):
    MouseEvent(f"{kind}_event", play.canvas, *place, 1)._process()


def click(play, axes, *place):
    """Click on a place in axes, in the units of its data."""
    place = np.clip(axes.transData.transform(place), axes.bbox.min + 1, axes.bbox.max - 1)
    mouse(play, "button_press", place)
    mouse(play, "button_release", place)


def use(play, name, value=0.5):
    """Choose what is to be learned, press a button, or slide a slider to a value."""
    if name in play.CHOICES:
        extent = play.choice.labels[play.CHOICES.index(name)].get_window_extent()
        return mouse(play, "button_press", (extent.min + extent.max) / 2)
    controls = {c.label.get_text(): c for c in play.controls if c is not play.choice}
    click(play, controls[name].ax, value, 0.5)


def same(a, b):
    return all(p.shape == q.shape and np.allclose(p, q, 1e-9, 1e-12) for p, q in zip(a, b))


def test_xor_learns_as_the_script_does_and_a_click_turns_a_point_over():
    play, (X, Y) = Xor(), truth_table("xor")
    use(play, "seed", 5)
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(5))
    assert same(parameters, play.parameters)
    play.canvas.draw()
    use(play, "Start")
    for _ in range(60):
        play.tick()
    assert play.message.get_text() == LEARNED and len(play.losses) > 100
    use(play, "Pause")
    play.tick()
    use(play, "One step")
    losses = xor.train(X, Y, parameters, len(play.losses), 8)
    assert play.losses == pytest.approx(losses, 1e-9)
    assert same(parameters, play.parameters) and play.start.label.get_text() == "Start"
    click(play, play.square, 0.5, 0.5)  # not on a point
    click(play, play.square, 1, 1)
    assert play.y.ravel().tolist() == [0, 1, 1, 1] and same(parameters, play.parameters)
    assert play.square.get_title() == "desired: OR" and play.message.get_text() == ""
    use(play, "Reset")
    assert same(play.parameters, xor.initialize(2, 4, 1, np.random.default_rng(5)))


def test_controls_of_xor_and_what_it_says():
    play = Xor()
    for rate, shown in (0.01, "0.01"), (0.3, "0.3"), (100, "100"), (1000, "1000"):
        use(play, "learning rate", rate)
        assert play.rate.val == pytest.approx(rate) and play.rate.valtext.get_text() == shown
    for seed, gate, hidden, rate, words in (
        *[(27, "XOR", 2, 8, STUCK), (0, "XNOR", 1, 8, STUCK), (0, "XOR", 4, 100, STUCK)],
        *[(0, "AND", 1, 8, LEARNED), (26, "XOR", 2, 8, LEARNED), (0, "NOR", 8, 0.01, "")],
    ):
        use(play, "hidden nodes", hidden), use(play, "learning rate", rate)
        use(play, "seed", seed), use(play, gate)
        assert np.array_equal(play.y, truth_table(gate.lower())[1])
        assert len(play.parameters[0]) == hidden == len(play.network.images) - 3
        play.train(1500)
        play.show()
        assert play.message.get_text() == words and play.square.get_title().endswith(gate)


def test_cubic_by_hand_then_by_descent():
    play = Cubic()
    use(play, "x³ + 15x")
    for k, value in enumerate((3, 2, 3)):
        click(play, play.sliders[2, k].ax, value, 0.5)
        assert play.parameters[2][0, k] == value
    error = cubic.predict(play.x, play.parameters) - play.y
    assert 0.1 < np.sqrt(np.mean(error**2)) < 0.2 and abs(error.mean()) < 1e-12
    assert play.sum.get_title() == "0 iterations, rms error 15.7 %"
    parameters = [p.copy() for p in play.parameters]
    play.canvas.draw()
    use(play, "Descend")
    for _ in range(40):
        play.tick()
    losses = cubic.train(play.x, play.y, parameters, len(play.losses))
    assert play.losses == pytest.approx(losses, 1e-9)
    assert same(parameters, play.parameters)
    knob = play.sliders[0, 0]  # the sliders have followed, to the next half
    assert abs(knob.val - parameters[0][0, 0]) <= 0.25
    assert knob.valtext.get_text() == style.number(parameters[0][0, 0])
    use(play, "learning rate", 3)
    for _ in range(60):
        play.tick()
    first = cubic.initialize(3, np.random.default_rng(0))
    words = "The training diverged: try a smaller learning rate, near 0.3."
    assert play.message.get_text() == words and not play.running and play.losses == []
    assert same(play.parameters[:3], first[:3]) and np.isfinite(play.parameters[3]).all()
    use(play, "learning rate", 0.3)
    play.parameters[1] += 1000  # all steps are far off, where they are flat
    play.train(1001)
    play.show()
    assert play.message.get_text() == "It is stuck: press Reset."


@pytest.mark.parametrize("window", [Xor, Cubic])
def test_nothing_that_one_does_breaks_it(window):
    play, rng = window(), np.random.default_rng(0)
    for i in range(500):
        kind = rng.choice(["button_press", "motion_notify", *2 * ["button_release"]])
        mouse(play, kind, rng.uniform(0, play.figure.bbox.max))
        if i % 50 == 0:
            KeyEvent("key_press_event", play.canvas, rng.choice([*"lkgsq"]), 9, 9)._process()
            play.canvas.draw()
            play.run(True)
            play.tick()
    assert all(np.isfinite(p).all() for p in play.parameters)
    stopped = []
    play.timer.stop = lambda: stopped.append(True)
    CloseEvent("close_event", play.canvas)._process()
    assert stopped


def test_save_and_no_window(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(Cubic, "film", lambda self: 2 * [lambda: self.train(1)])
    for window, file in ("xor", "xor.png"), ("cubic", "cubic.gif"):
        playground.main([window, "--save", str(tmp_path / file)])
    with Image.open(tmp_path / "xor.png") as png, Image.open(tmp_path / "cubic.gif") as gif:
        assert png.format == "PNG" and gif.n_frames == 2
    for wrong in "x.foo", "no/folder.png":
        with pytest.raises(SystemExit, match="2"):
            playground.main(["xor", "--save", str(tmp_path / wrong)])
        assert "expected --save FILE.png or .gif" in capsys.readouterr().err.splitlines()[-1]
    playground.main(["cubic"])
    words = "No window (no display, or no tkinter or Qt): --save FILE keeps a picture.\n"
    assert capsys.readouterr().out == words
