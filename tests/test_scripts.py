"""The scripts from the shell: they run anywhere, and whatever is typed gets a clear answer."""

import importlib
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import matplotlib.pyplot as plt
import numpy as np
import pytest
from helpers import NO_WINDOW, SCRIPTS, TRAINING, answer, run
from matplotlib.figure import Figure

ROOT = Path(__file__).parent.parent
MODULES = {script: importlib.import_module(script.removesuffix(".py")) for script in SCRIPTS}
dataset, activation, _, _, xor, recognition, network1, linear, cubic = MODULES.values()
each_script = pytest.mark.parametrize("script", SCRIPTS)


@pytest.fixture
def it_trains(monkeypatch):
    """Make each training, instead of being done, end the script with these words."""
    for module in xor, recognition, linear, cubic, network1.NN:
        monkeypatch.setattr(module, "train", lambda *args, **kwargs: sys.exit("it trains"))


def rows(table):
    return pytest.mark.parametrize("row", table.strip().splitlines())


def assert_refused(words, *command):
    code, out, err = run(command)
    assert (code, out) == (2, "") and err[0].startswith("usage: ")
    assert ": error: " in err[-1] and words in err[-1]


REFUSED = """
training      | --seed -1 | --seed from 0
training      | --iterations 0; --learning-rate 0; --learning-rate 1000.1 | above 0, up to 1000
dataset.py    | --seed -1 | expected 0 <= --seed
xor.py        | --inputs 0; --inputs 11; --hidden 0 | --inputs from 1 to 10, --hidden from 1
network1.py   | --shape 2 8 1; --shape 3 8 2; --shape 3 0 1 | expected --shape 3...1, 2 --a
network1.py   | --dataset image2x2 --shape 3 4 | expected --shape 4...4, 1 --act
network1.py   | --activation tanh linear | expected --shape 3...1, 3 --activation names
network1.py   | --batch-size 0; --batch-size 9; --dataset cubic --batch-size 51 | from 1 to
network1.py   | --momentum 1; --momentum -0.1 | expected --momentum from 0 to below 1, --seed
linear.py     | --slope 1000001; --intercept -1000001 | --slope, --intercept from -1000000 to
cubic.py      | --coefficients 1 2 3 1.1e9; --hidden 0; --hidden 65 | expected --coefficients wi
2x2_image_recognition.py  | --sets 0; --sets 1001 | expected --sets from 1 to 1000, --seed from
2x2_image_predefined_1.py | --grey-range 0; --grey-range 0.51; --seed -1 | < --grey-range <= 0.5
2x2_image_predefined_2.py | --grey-range 0; --grey-range 0.51; --seed -1 | < --grey-range <= 0.5
"""


@rows(REFUSED)
def test_a_value_that_does_not_fit_is_refused_before_training_in_one_line(row, it_trains):
    scripts, options, words = re.split(r" +\| ", row)
    for script in TRAINING if scripts == "training" else [scripts]:
        for option in options.split("; "):
            assert_refused(words, script, *option.split())


ACCEPTED = """
xor.py --inputs 10 --hidden 1000 --gate xnor
2x2_image_recognition.py --sets 1
2x2_image_recognition.py --sets 1000
network1.py --shape 3 1 --momentum 0 --batch-size 1
network1.py --shape 3 1 1 --activation step silu --batch-size 8
network1.py --dataset image2x2 --shape 4 8 8 4 --activation tanh tanh linear
linear.py --slope 1000000 --intercept -1000000
cubic.py --coefficients 1e9 0 0 -1000000 --hidden 64
"""


@rows(ACCEPTED)
def test_a_value_at_an_edge_is_accepted(row, it_trains):
    assert run(f"{row} --iterations 1 --learning-rate 1000")[0] == "it trains"
    assert run(f"{row} --learning-rate 5e-324 --seed {2**64}")[0] == "it trains"


@each_script
@pytest.mark.parametrize("word", ["word", "nan", ""])
def test_what_is_no_number_is_refused_by_every_option_and_named(script, word, it_trains):
    options = re.findall(r"^  (--(?!save)[\w-]+)", run([script, "--help"])[1], re.MULTILINE)
    assert options or script == "activation.py"
    for option in options:
        assert_refused(option, script, option, word)


@each_script
def test_what_the_help_calls_default_is_what_main_and_train_do_without(script, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")  # a line for each option
    code, helped, _ = run([script, "--help"])
    defaults = re.findall(r"^  (--[\w-]+)[^:-]*default: ([\d. ]+|xor)", helped, re.MULTILINE)
    assert code == 0 and not re.search(r"\n  --\S+ [A-Z_]+[^a-z\n]*\n(?!   )", helped)
    assert re.search(r"\n\n[A-Z].+\.\n\noptions:\n", helped) and "--save SAVE" not in helped
    given, without = answer(" ".join([script, *sum(defaults, ())])), answer(script)
    assert given[1] == without[1] and np.array_equal(given[3], without[3])
    train = getattr(MODULES[script], "train", network1.NN.train)
    parameters = inspect.signature(train).parameters
    for option, value in defaults:
        parameter = parameters.get(option[2:].replace("-", "_"))
        assert parameter is None or parameter.default == float(value)


@pytest.mark.parametrize("script", TRAINING)
def test_a_figure_is_saved_or_shown_or_one_line_says_why_not(script, tmp_path, monkeypatch):
    quick, file, show = [script, "--iterations", "1"], tmp_path / "a figure.PNG", Mock()
    monkeypatch.setattr(plt, "show", show)
    numbers = run(quick)[1].removesuffix(f"{NO_WINDOW}\n")
    assert run([*quick, "--save", str(file)]) == (0, numbers, [])
    assert file.read_bytes().startswith(b"\x89PNG")
    for backend in "cairo", "svg", "TkAgg", "module://matplotlib_inline":
        monkeypatch.setattr(plt, "get_backend", lambda backend=backend: backend)
        line = f"{NO_WINDOW}\n" if backend in ("cairo", "svg") else ""
        assert run(quick) == (0, numbers + line, [])
    assert show.call_count == 2
    for error in OSError("no folder"), ValueError("no format"), RuntimeError("no TeX"):
        monkeypatch.setattr(Figure, "savefig", Mock(side_effect=error))
        code, out, err = run([*quick, "--save", "figure.png"])
        assert (code, out) == (2, numbers) and err[-1].endswith(f": error: --save: {error}")


@each_script
def test_a_script_imports_only_dataset_and_activation_and_names_the_next(script):
    text = (ROOT / script).read_text(encoding="utf-8")
    names = re.findall(r"^ *(?:import|from) (\w+)", text, re.MULTILINE)
    allowed = {"numpy", "matplotlib", "dataset", "activation", *sys.stdlib_module_names}
    assert len(names) >= 2 and set(names) <= allowed
    assert text.endswith('\n\nif __name__ == "__main__":\n    main()\n')
    (file,) = re.findall(r"Read next: +([\w./-]+\w)", text)
    assert (ROOT / file).exists()


@pytest.mark.parametrize("script", ["dataset.py", "xor.py"])
def test_a_script_runs_from_elsewhere_without_a_display_a_home_or_tkinter(script, tmp_path):
    (tmp_path / "tkinter.py").write_text("raise ImportError")
    # elsewhere than on Linux there always is a display
    gone = "HOME DISPLAY WAYLAND_DISPLAY" + " MPLBACKEND" * (sys.platform == "linux")
    env = {name: value for name, value in os.environ.items() if name not in gone.split()}
    # matplotlib 3.8 can't be imported if all warnings of pyparsing are errors
    command = [sys.executable, "-OO", "-W", "error", "-W", "ignore:::pyparsing", ROOT / script]
    env |= {"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=env)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.count("\n") >= 3
    assert done.stdout.endswith(f"\n{NO_WINDOW}\n") == (script in TRAINING)


TRY_NEXT = re.compile(r"^(?:Try next:)? +python (\S+\.py .*?)(?: +\((.*)\))?$", re.MULTILINE)
REMARKS = {  # what stands in brackets: what it promises of what is printed
    "": "",
    "other shades of grey": "",
    "2 wrong": "\n2 of 16 wrong\n$",
    "stuck, as one seed in twenty is with two": "Not learned: .* Try other\n--hidden",
    "too few images": "trained on: 0 of 16 .*\n.*\nNot learned: try more --sets",
    "too slow": "try more .*--iterations",
    "too far: each step overshoots": "The loss has grown: try a smaller --learning-rate",
    "with two it gets stuck": "Try more .*--hidden nodes",
    "far slower than with 0.5": "Not learned: .*\nTry other --iterations",
    "faster; the figure shows a spike": r"after [12]\d\d iterations",
}
SUGGESTED = sum([TRY_NEXT.findall(MODULES[script].__doc__) for script in SCRIPTS], [])
assert {remark for _, remark in SUGGESTED} == {*REMARKS}


@pytest.mark.parametrize("command, remark", SUGGESTED)
def test_what_a_docstring_says_to_try_next_is_as_its_remark_says(command, remark):
    code, out, err, losses = answer(command)
    assert (code, err) == (0, []) and out != answer(command.split()[0])[1]
    assert re.search(REMARKS[remark], out)
    if "spike" in remark:
        assert (losses > 1.2 * np.minimum.accumulate(losses)).any()


VERDICTS = """
xor.py --hidden 1                           | Not learned: 4 of 4 rows are off by 0.1 or more.
xor.py --inputs 10 --gate and               | Not learned: 1 of 1024 rows are off
2x2_image_recognition.py --sets 1 --seed 2  | Not learned: try more --sets or --iterations; s
network1.py --shape 3 1                     | Not learned: 8 of 8 outputs are off by 0.25
network1.py --learning-rate 99 --activation tanh tanh sigmoid | The loss has grown: try
network1.py --dataset image2x2_set --batch-size 1 --iterations 20 --seed 3 | outputs are o
linear.py --iterations 237                  | Not within 0.000001: try more --iterations; see
cubic.py --coefficients 1 0 -15 0 --iterations 200 | Try more --iterations, 4 to 16 --hi
2x2_image_recognition.py --learning-rate 1000 --iterations 99 | diverged
network1.py --learning-rate 20              | diverged
linear.py --learning-rate 1000              | diverged
cubic.py --coefficients 1 0 -15 0 --hidden 24 --learning-rate 0.3 | diverged
linear.py --iterations 239                  | learned
cubic.py --coefficients 0 0 0 5 --hidden 1  | learned
xor.py --inputs 1                           | learned
"""


@rows(VERDICTS)
def test_the_verdict_is_right_and_says_what_to_try(row):
    command, words = re.split(r" +\| ", row)
    code, out, err, losses = answer(command)
    if words == "diverged":
        assert code == 1 and losses is None
        assert re.fullmatch("The training diverged: try a smaller (--)?learning[- ]rate.", *err)
    elif words == "learned":
        assert (code, err) == (0, []) and not re.search("[Tt]ry |Not ", out)
    else:
        assert (code, err) == (0, []) and words in out and "mse below" not in out
        assert len(re.findall("[Tt]ry ", out)) == 1


def printed_and_drawn(command, losses, *lines, x=None):
    """Return the lines that are printed, and the axes: they show losses, and lines over x."""
    code, out, err = run(command)
    left, right, *_ = plt.gcf().get_axes()
    assert (code, err) == (0, []) and plt.gcf().get_size_inches().tolist() == [10, 4]
    assert (left.get_title(), left.get_xlabel()) == ("Training", "iteration")
    assert left.get_ylabel().startswith("loss (mse") and right.get_title()
    assert (left.get_yscale(), right.get_yscale()) == ("log", "linear")
    assert plt.gcf().get_layout_engine() and left.yaxis.get_major_formatter()(0.01) == "0.01"
    assert not any(a.spines[s].get_visible() for a in (left, right) for s in ("top", "right"))
    assert left.get_lines()[0].get_color() == "#7B4FAE"
    np.testing.assert_allclose(left.get_lines()[0].get_ydata(), losses, rtol=1e-9)
    drawn = [line.get_xydata().T for line in right.get_lines()]
    expected = [[range(len(y)) if x is None else x, y] for y in lines]
    np.testing.assert_allclose(drawn, expected, rtol=1e-9)
    if lines:
        (legend,) = plt.gcf().legends or [right.get_legend()]
        named = [text.get_text().split()[0] for text in legend.get_texts()]
        assert {*named} == {"desired", "predicted"} and len(named) == len(lines)
        assert {line.get_color() for line in right.get_lines()} == {"black", "tab:blue"}
        assert right.get_xlabel() and right.get_ylabel() and not legend.get_frame_on()
    return out.splitlines(), left, right


def test_xor_prints_and_draws_what_its_functions_compute():
    X, Y = dataset.truth_table("nand", 3)
    parameters = xor.initialize(3, 5, 1, np.random.default_rng(7))
    losses = xor.train(X, Y, parameters, 137, 2.0)
    y, y_hat = Y[:, 0], xor.predict(X, parameters)[:, 0]
    options = "--inputs 3 --hidden 5 --iterations 137 --learning-rate 2 --seed 7"
    out, left, right = printed_and_drawn(f"xor.py --gate nand {options}", losses, y, y_hat)
    wrong = abs(y_hat - y) >= 0.1
    for i in range(8):
        assert out[1 + i] == f"{i:03b}  {y[i]:.0f}  {y_hat[i]:.3f}{'  wrong' * int(wrong[i])}"
    assert out[9] == f"mse {np.mean((y_hat - y) ** 2):.6f} after 137 iterations"
    assert out[10] == f"Not learned: {wrong.sum()} of 8 rows are off by 0.1 or more. Try other"
    assert 0 < wrong.sum() < 8 and left.get_ylim() == (1e-4, 1) and len(right.get_xticks()) == 8
    left, many = xor.plot([1, 1e-6], [f"{i:04b}" for i in range(16)], [0] * 16, [0] * 16).axes
    assert many.get_xticks().tolist() == [0, 8] and left.get_ylim() == (1e-6, 1)


def test_recognition_prints_and_draws_what_its_functions_compute():
    rng = np.random.default_rng(0)
    X, Y = dataset.image2x2_set(3, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    X_new, Y_new = dataset.image2x2_set(2000, rng=rng)
    losses, circles = [], []
    for stop in range(0, 301, 12):  # in 25 pieces
        losses += recognition.train(X, Y, parameters, stop - len(losses), 0.4)
        circles.append([stop, np.mean((recognition.predict(X_new, parameters) - Y_new) ** 2)])
    command = "2x2_image_recognition.py --sets 3 --iterations 300 --learning-rate 0.4"
    out, left, right = printed_and_drawn(command, losses)
    np.testing.assert_allclose(left.get_lines()[1].get_xydata(), circles, rtol=1e-9)
    labels = [text.get_text() for text in left.get_legend().get_texts()]
    assert labels == ["images trained on", "never seen"] and "never seen" in right.get_title()
    for line, start, x, y in zip(out, labels, [X, X_new], [Y, Y_new]):
        y_hat = recognition.predict(x, parameters)
        wrong, mse = ((y_hat > 0.5) != y).any(axis=1), np.mean((y_hat - y) ** 2)
        start = start.removeprefix("images ")
        assert line == f"{start}: {wrong.sum()} of {len(x)} images wrong, mse {mse:.6f}"
    assert 0 < wrong.sum() < 12 and not right.axison
    kinds = np.array(dataset.KINDS)
    shown = np.argsort(~wrong, kind="stable")[:12]  # the wrong ones first
    plt.gcf().draw_without_rendering()
    boxes, frame = [], right.get_window_extent().padded(1)
    for image, text, i in zip(right.collections, right.texts, shown, strict=True):
        assert (image.get_array().ravel() == x[i]).all()
        assert (image.get_clim(), image.cmap.name) == ((0, 1), "Greys")
        predicted, desired = ("\n".join(kinds[a[i] > 0.5]) or "no name" for a in (y_hat, y))
        assert text.get_text() == (f"x {predicted}\nis {desired}" if wrong[i] else predicted)
        pixels, words = image.get_window_extent(), text.get_window_extent()
        assert all(frame.contains(*corner) for corner in pixels.corners())
        assert -pixels.height == pytest.approx(pixels.width)  # rows run down
        assert abs(pixels.y0 + pixels.y1 - words.y0 - words.y1) < 8
        boxes += [pixels, words]
    assert sum(one.overlaps(other) for one in boxes for other in boxes) == len(boxes)
    assert [len({round(x) for x in xs}) for xs in zip(*(p.min for p in boxes[::2]))] == [3, 4]


def test_linear_prints_and_draws_what_its_functions_compute():
    X, Y = dataset.polynomial((-3, 10), 0, 4, 5)
    W, B = parameters = linear.initialize(np.random.default_rng(3))
    start, losses, lines = f"start:     y = {W.item():.6f} x {B.item():+.6f}", [], [Y[:, 0]]
    for n in 0, 1, 9, 2:
        losses += linear.train(X, Y, parameters, n, 0.05)
        lines.append(linear.predict(X, parameters)[:, 0])
    options = "--slope -3 --intercept 10 --iterations 12 --learning-rate 0.05 --seed 3"
    out, _, right = printed_and_drawn(f"linear.py {options}", losses, *lines)
    assert out[:2] == [start, f"result:    y = {W.item():.6f} x {B.item():+.6f}"]
    assert out[2] == "expected:  y = -3.000000 x +10.000000"
    labels = [(line.get_label(), line.get_alpha()) for line in right.get_lines()[1:]]
    assert labels == [(f"predicted after {n}", i / 4) for i, n in enumerate((0, 1, 10, 12), 1)]


def test_network1_prints_and_draws_what_its_methods_compute():
    rng = np.random.default_rng(2)
    X, Y = dataset.image2x2_set(10, rng=rng)
    nn = network1.NN((4, 4, 4), [activation.elu, activation.sigmoid], rng)
    losses = nn.train(X, Y, 800, 0.3, 0.8, 50, verbose=False, rng=rng)
    y, y_hat = Y.ravel(), nn.forward(X).ravel()
    options = "--iterations 800 --learning-rate 0.3 --momentum 0.8 --batch-size 50 --seed 2"
    options += " --dataset image2x2_set --shape 4 4 4 --activation elu sigmoid"
    samples = np.repeat(np.arange(160), 4)
    out, _, _ = printed_and_drawn(f"network1.py {options}", losses, y, y_hat, x=samples)
    off = (abs(y_hat - y) >= 0.25).sum()
    assert out[10] == f"image2x2_set: mse {np.mean((y_hat - y) ** 2):.3g} after 800 iterations"
    assert out[11] == f"Not learned: {off} of 640 outputs are off by 0.25 or more."
    assert not (network1.plot([1], *np.ones((2, 2, 1))).axes[1].get_xticks() % 1).any()


def test_cubic_prints_and_draws_what_its_functions_compute():
    X, Y = dataset.polynomial((0.002, -0.003, -0.04, 0.5), -5, 5, 50)
    parameters, losses = cubic.fit(X, Y, 3, 6, 20, 0.2)
    x, y, y_hat = X[:, 0], Y[:, 0], cubic.predict(X, parameters)[:, 0]
    options = "--hidden 3 --seed 6 --iterations 20 --learning-rate 0.2 --coefficients"
    options += " 0.002 -0.003 -0.04 0.5"
    out, _, _ = printed_and_drawn(f"cubic.py {options}", losses, y_hat, y, x=x)
    rms = 100 * np.sqrt(np.mean((y_hat - y) ** 2)) / y.std()
    assert out[0] == f"y = 0.002 x^3 -0.003 x^2 -0.04 x +0.5, from {y.min():g} to {y.max():g}"
    assert out[1] == f"rms error {rms:.2f} % of the standard deviation of y"
    assert out[2] == f"largest error {abs(y_hat - y).max():.4g}"


def test_cubic_draws_samples_in_no_order_as_one_curve():
    x = np.array([[3.0], [1.0], [2.0]])
    right = cubic.plot([1, 0.5], x, 10 * x, 11 * x).axes[1]
    predicted, desired = (line.get_xydata().tolist() for line in right.get_lines())
    assert predicted == [[1, 11], [2, 22], [3, 33]] and desired == [[1, 10], [2, 20], [3, 30]]
