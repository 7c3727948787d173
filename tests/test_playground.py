"""The windows to play in do what their controls say, and nothing that one does breaks them."""

import numpy as np
import pytest
from matplotlib.backend_bases import CloseEvent, KeyEvent, MouseEvent
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

import cubic
import xor
from dataset import GATES, truth_table
from figures import playground, style
from figures.playground import Cubic, Xor

LEARNED = "Learned: every output is within 0.1 of the desired one"


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


def use(play, label, value=0.5):
    """Press a button, or slide a slider to a value."""
    click(play, next(c.ax for c in play.controls if c.label.get_text() == label), value, 0.5)


def run(play, ticks=5):
    """Start it, and return what it says in the end."""
    play.canvas.draw()
    use(play, play.START)
    for _ in range(ticks):
        play.tick()
    if play.running:
        play.train(100)
    play.paint()
    return play.message.get_text()


def same(a, b):
    return all(map(np.array_equal, a, b))


def test_xor_learns_as_the_script_does_and_a_click_turns_a_point_over():
    play = Xor(5)
    assert run(play) == LEARNED
    X, Y = truth_table("xor")
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(5))
    xor.train(X, Y, parameters, play.done, 8)
    assert play.done > 100 and same(parameters, play.parameters)
    use(play, "Pause")
    play.tick()
    xor.train(X, Y, parameters, 1, 8)
    use(play, "One step")
    assert same(parameters, play.parameters) and play.start.label.get_text() == "Start"
    click(play, play.square, 0.5, 0.5)  # not on a point
    click(play, play.square, 1, 1)
    assert play.y.ravel().tolist() == [0, 1, 1, 1] and same(parameters, play.parameters)
    done = play.done
    assert run(play) == LEARNED and play.done > done


def test_controls_of_xor():
    play = Xor()
    for gate in GATES:
        use(play, gate.upper())
        assert np.array_equal(play.y, truth_table(gate)[1])
        play.update()
        assert play.square.texts[-5].get_text() == f"learns {gate.upper()}"
    for hidden in 1, 8, 3:
        use(play, "hidden nodes", hidden)
        assert len(play.parameters[0]) == hidden == len(play.network.images) - 3
    for rate in 0.01, 0.3, 100, 800:
        use(play, "learning rate", np.log10(rate))
        assert play.rate == rate and play.power.valtext.get_text() == f"{rate:g}"
    use(play, "Another seed")
    play.paint()
    assert "seed 1," in play.network.get_title()
    assert same(play.parameters, xor.initialize(2, 3, 1, np.random.default_rng(1)))


def test_what_is_said_of_xor():
    play = Xor()
    stuck = "It is stuck: try more hidden nodes or another seed."
    one = "It is stuck: try more hidden nodes."
    fast = "It is stuck: slide the learning rate to about 8, and press Reset."
    for play.seed, gate, hidden, rate, words in (
        *[(27, "XOR", 2, 8, stuck), (0, "XOR", 1, 8, one), (0, "XOR", 4, 100, fast)],
        *[(0, "AND", 1, 8, LEARNED), (26, "XOR", 2, 8, LEARNED), (0, "XOR", 4, 0.01, "")],
    ):
        use(play, "hidden nodes", hidden)
        use(play, "learning rate", np.log10(rate))
        use(play, gate)
        while play.done < 1500:
            play.train(25)
        play.paint()
        assert play.message.get_text() == words


def test_cubic_by_hand_then_by_descent():
    play = Cubic()
    use(play, "x³ + 15x")
    for k, value in enumerate((3, 2, 3)):
        click(play, play.sliders[2, k].ax, value, 0.5)
        assert play.parameters[2][0, k] == value
    error = cubic.predict(play.x, play.parameters) - play.y
    assert 0.1 < np.sqrt(np.mean(error**2)) < 0.2 and abs(error.mean()) < 1e-12
    play.update()
    assert play.sum.texts[0].get_text() == "0 iterations, rms error 15.7 %"
    parameters = [p.copy() for p in play.parameters]
    run(play)
    cubic.train(play.x, play.y, parameters, play.done)
    assert same(parameters, play.parameters)
    knob = play.sliders[0, 0]  # the sliders have followed, to the next half
    assert abs(knob.val - parameters[0][0, 0]) <= 0.25
    assert knob.valtext.get_text() == style.number(parameters[0][0, 0])
    use(play, "Reset")
    first = cubic.initialize(3, np.random.default_rng(0))
    assert not play.running and play.done == 0 and same(play.parameters[:3], first[:3])
    use(play, "learning rate", 3)
    words = "The training diverged: try a smaller learning rate, near 0.3."
    assert run(play, 60) == words and not play.running
    assert same(play.parameters[:3], first[:3]) and np.isfinite(play.parameters[3]).all()
    use(play, "learning rate", np.log10(0.3))
    play.parameters[1] += 1000  # all steps are far off, where they are flat
    play.train(1001)
    play.paint()
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
            play.running = True
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
    with Image.open(tmp_path / "cubic.gif") as film:
        assert film.n_frames == 2
    assert len(list(tmp_path.iterdir())) == 2
    for wrong in ["x.svg"], ["no/folder.png"], ["x.png", "--seed", "-1"]:
        with pytest.raises(SystemExit, match="2"):
            playground.main(["xor", "--save", str(tmp_path / wrong[0]), *wrong[1:]])
        assert "expected --s" in capsys.readouterr().err.splitlines()[-1]
    playground.main(["cubic"])
    words = "No window (no display, or no tkinter or Qt): --save FILE keeps a picture.\n"
    assert capsys.readouterr().out == words
