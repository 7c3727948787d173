"""The scripts from the shell: they run anywhere, and whatever is typed gets a clear answer."""

import functools
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

import activation
import cubic
import dataset
import linear
import network1
import xor

ROOT = Path(__file__).parent.parent
MODULES = {script: importlib.import_module(script.removesuffix(".py")) for script in SCRIPTS}
recognition = MODULES["2x2_image_recognition.py"]
each_script = pytest.mark.parametrize("script", SCRIPTS)
each_training_script = pytest.mark.parametrize("script", TRAINING)


@pytest.fixture
def it_trains(monkeypatch):
    """Let each script end with the words "it trains" where its training would begin."""

    def train(*args, **kwargs):
        sys.exit("it trains")

    for module in xor, recognition, linear, cubic, network1.NN:
        monkeypatch.setattr(module, "train", train)


def assert_refused(script, options, words):
    """The script ends at once with argparse's usage, and a last line that has these words."""
    code, out, err = run([script, *options])
    assert code == 2
    assert out == ""
    assert err[0].startswith("usage: ")
    assert ": error: " in err[-1]
    assert words in err[-1]


RATES = "expected --iterations from 1, --learning-rate above 0, up to 1000"
GREYS = "expected --grey-range above 0, up to 0.5, --seed from 0"
SIZES = "expected --inputs from 1 to 10, --hidden from 1 to 10000, --seed from 0"
LINES = "expected --slope, --intercept from -1000000 to 1000000, --seed from 0"
CURVES = "expected --coefficients from -1e9 to 1e9, --hidden from 1 to 64, --seed from 0"
ENDS = "--shape must begin with 3, the inputs, and end with 1, the outputs"
LAYERS = "--shape: shape must be two or more numbers from 1 to 10000"

REFUSED = [
    ("dataset.py", "--seed -1", "expected --seed from 0"),
    ("2x2_image_predefined_1.py", "--grey-range 0", GREYS),
    ("2x2_image_predefined_1.py", "--grey-range 0.51", GREYS),
    ("2x2_image_predefined_1.py", "--seed -1", GREYS),
    ("2x2_image_predefined_2.py", "--grey-range 0", GREYS),
    ("2x2_image_predefined_2.py", "--grey-range 0.51", GREYS),
    ("2x2_image_predefined_2.py", "--seed -1", GREYS),
    ("xor.py", "--inputs 0", SIZES),
    ("xor.py", "--inputs 11", SIZES),
    ("xor.py", "--hidden 0", SIZES),
    ("xor.py", "--seed -1", SIZES),
    ("2x2_image_recognition.py", "--sets 0", "expected --sets from 1 to 1000, --seed from 0"),
    ("2x2_image_recognition.py", "--sets 1001", "expected --sets from 1 to 1000"),
    ("2x2_image_recognition.py", "--seed -1", "expected --sets from 1 to 1000, --seed from 0"),
    ("network1.py", "--shape 2 8 1", ENDS),
    ("network1.py", "--shape 3 8 2", ENDS),
    ("network1.py", "--shape 3", ENDS),
    ("network1.py", "--shape 3 0 1", LAYERS),
    ("network1.py", "--shape 3 20000 1", LAYERS),
    ("network1.py", "--dataset image2x2 --shape 4", LAYERS),
    ("network1.py", "--dataset image2x2 --shape 3 4", "--shape must begin with 4, the inputs"),
    (
        "network1.py",
        "--activation tanh linear",
        "--activation needs one name for each layer after the inputs, 3 in all",
    ),
    ("network1.py", "--shape 3 1 --activation tanh linear", "layer after the inputs, 1 in all"),
    (
        "network1.py",
        "--batch-size 0",
        "--batch-size must be from 1 to 8, the number of samples",
    ),
    ("network1.py", "--batch-size 9", "--batch-size must be from 1 to 8"),
    ("network1.py", "--dataset cubic --batch-size 51", "--batch-size must be from 1 to 50"),
    ("network1.py", "--momentum 1", "expected --momentum from 0 to below 1, --seed from 0"),
    ("network1.py", "--momentum -0.1", "expected --momentum from 0 to below 1"),
    ("network1.py", "--seed -1", "expected --momentum from 0 to below 1, --seed from 0"),
    ("linear.py", "--slope 1000001", LINES),
    ("linear.py", "--intercept -1000001", LINES),
    ("linear.py", "--seed -1", LINES),
    ("cubic.py", "--coefficients 1 2 3 1.1e9", CURVES),
    ("cubic.py", "--hidden 0", CURVES),
    ("cubic.py", "--hidden 65", CURVES),
    ("cubic.py", "--seed -1", CURVES),
]


@pytest.mark.parametrize("script, options, words", REFUSED)
def test_a_value_that_does_not_fit_is_refused_before_training(
    script, options, words, it_trains
):
    assert_refused(script, options.split(), words)


@pytest.mark.parametrize("script", TRAINING)
@pytest.mark.parametrize(
    "options", ["--iterations 0", "--learning-rate 0", "--learning-rate 1000.1"]
)
def test_every_training_script_refuses_no_iterations_and_a_rate_beyond_its_range(
    script, options, it_trains
):
    assert_refused(script, options.split(), RATES)


ACCEPTED = [
    "xor.py --inputs 10 --hidden 1000 --gate xnor",
    "2x2_image_recognition.py --sets 1",
    "2x2_image_recognition.py --sets 1000",
    "network1.py --shape 3 1 --momentum 0 --batch-size 1",
    "network1.py --shape 3 1 1 --activation step silu --batch-size 8",
    "network1.py --dataset image2x2 --shape 4 8 8 4 --activation tanh tanh linear",
    "linear.py --slope 1000000 --intercept -1000000",
    "cubic.py --coefficients 1e9 0 0 -1000000 --hidden 64",
]


@pytest.mark.parametrize("command", ACCEPTED)
@pytest.mark.parametrize(
    "options",
    ["--iterations 1 --learning-rate 1000", f"--learning-rate 5e-324 --seed {2**64}"],
)
def test_a_value_at_an_edge_is_accepted(command, options, it_trains):
    code, _, _ = run(f"{command} {options}")
    assert code == "it trains"


def options_that_take_a_value(script):
    """Return all options of a script but --help and --save, from its help."""
    _, helped, _ = run([script, "--help"])
    return re.findall(r"^  (--(?!help|save)[\w-]+)", helped, re.MULTILINE)


OPTIONS = [
    (script, option) for script in SCRIPTS for option in options_that_take_a_value(script)
]


@pytest.mark.parametrize("script, option", OPTIONS)
@pytest.mark.parametrize("word", ["word", "nan", ""])
def test_what_is_no_number_is_refused_by_every_option_and_named(
    script, option, word, it_trains
):
    assert_refused(script, [option, word], option)


def options_in_help(script, monkeypatch):
    """Return {option: what the help says about it}, without --help itself."""
    monkeypatch.setenv("COLUMNS", "300")  # a line for each option
    code, helped, err = run([script, "--help"])
    assert (code, err) == (0, [])
    _, options = re.split("\n(?:options|optional arguments):\n", helped)
    # the option and what it takes, two spaces or a new line, and what it does
    pattern = r"^  (--[\w-]+)(?: \S+)*?\s{2,}(\S.*)$"
    return dict(re.findall(pattern, options, re.MULTILINE))


@each_script
def test_the_help_shows_the_docstring_as_it_stands(script):
    _, helped, _ = run([script, "--help"])
    assert f"\n\n{MODULES[script].__doc__.strip()}\n" in helped


@each_script
def test_a_docstring_fits_a_narrow_console(script):
    for line in MODULES[script].__doc__.splitlines():
        assert len(line) <= 79
        assert line.isascii()


@each_script
def test_the_help_says_in_words_what_each_option_does(script, monkeypatch):
    for option, words in options_in_help(script, monkeypatch).items():
        assert re.search("[a-z]{2}", words), option


@each_script
def test_the_usage_before_an_error_is_short(script):
    _, helped, _ = run([script, "--help"])
    usage = helped.split("\n\n")[0].splitlines()
    assert len(usage) <= 4
    assert max(map(len, usage)) <= 80


def defaults_in_help(script, monkeypatch):
    """Return {option: words}, the values that the help has in brackets at the end of a line."""
    defaults = {}
    for option, words in options_in_help(script, monkeypatch).items():
        found = re.search(r"\(([\d. ]+|xor|xor_3_input)\)$", words)
        if found:
            defaults[option] = found[1].split()
    return defaults


@pytest.mark.parametrize("script", [script for script in SCRIPTS if script != "activation.py"])
def test_a_script_does_the_same_if_it_is_given_the_defaults_of_its_help(script, monkeypatch):
    defaults = defaults_in_help(script, monkeypatch)
    assert defaults
    words = [script]
    for option, values in defaults.items():
        words += [option, *values]
    _, printed_with, _, losses_with = answer(" ".join(words))
    _, printed_without, _, losses_without = answer(script)
    assert printed_with == printed_without
    assert np.array_equal(losses_with, losses_without)


@each_training_script
def test_a_default_in_the_help_is_that_of_train(script, monkeypatch):
    train = network1.NN.train if script == "network1.py" else MODULES[script].train
    parameters = inspect.signature(train).parameters
    compared = 0
    for option, values in defaults_in_help(script, monkeypatch).items():
        name = option.removeprefix("--").replace("-", "_")
        if name in parameters:
            assert parameters[name].default == float(*values)
            compared += 1
    assert compared >= 1


@pytest.fixture
def window(monkeypatch):
    """A window that the script would open, in place of the real one."""
    show = Mock()
    monkeypatch.setattr(plt, "show", show)
    return show


@functools.cache
def numbers_of(script):
    """Return what a script prints after one iteration, without the line about the window."""
    _, out, _ = run([script, "--iterations", "1"])
    return out.removesuffix(f"{NO_WINDOW}\n")


@each_training_script
def test_save_writes_the_figure_and_opens_no_window(script, tmp_path, window):
    file = tmp_path / "a figure.PNG"
    result = run([script, "--iterations", "1", "--save", str(file)])
    assert result == (0, numbers_of(script), [])
    assert file.read_bytes().startswith(b"\x89PNG")
    assert window.call_count == 0


WINDOW = [(script, "TkAgg") for script in TRAINING]
WINDOW += [("linear.py", "webagg"), ("linear.py", "module://matplotlib_inline")]


@pytest.mark.parametrize("script, backend", WINDOW)
def test_the_figure_is_shown_if_there_can_be_a_window(script, backend, window, monkeypatch):
    monkeypatch.setattr(plt, "get_backend", lambda: backend)
    assert run([script, "--iterations", "1"]) == (0, numbers_of(script), [])
    assert window.call_count >= 1


NO_WINDOW_POSSIBLE = [(script, "Agg") for script in TRAINING]
NO_WINDOW_POSSIBLE += [("linear.py", "agg")]


@pytest.mark.parametrize("script, backend", NO_WINDOW_POSSIBLE)
def test_one_line_says_that_there_can_be_no_window(script, backend, window, monkeypatch):
    monkeypatch.setattr(plt, "get_backend", lambda: backend)
    assert run([script, "--iterations", "1"]) == (0, f"{numbers_of(script)}{NO_WINDOW}\n", [])
    assert window.call_count == 0


@each_training_script
@pytest.mark.parametrize(
    "error", [OSError("no folder"), ValueError("no format"), RuntimeError("no TeX")], ids=str
)
def test_a_figure_that_cannot_be_saved_ends_in_one_line_after_the_numbers(
    script, error, monkeypatch
):
    monkeypatch.setattr(Figure, "savefig", Mock(side_effect=error))
    code, out, err = run([script, "--iterations", "1", "--save", "figure.png"])
    assert code == 2
    assert out == numbers_of(script)
    assert err[-1].endswith(f": error: --save: {error}")


def source(script):
    return (ROOT / script).read_text(encoding="utf-8")


@each_script
def test_a_script_imports_only_dataset_and_activation_of_this_collection(script):
    imported = re.findall(r"^ *(?:import|from) (\w+)", source(script), re.MULTILINE)
    allowed = {"numpy", "matplotlib", "dataset", "activation", *sys.stdlib_module_names}
    assert len(imported) >= 2
    assert set(imported) <= allowed


@each_script
def test_a_script_that_is_imported_runs_nothing(script):
    assert source(script).endswith('\n\nif __name__ == "__main__":\n    main()\n')


@each_script
def test_a_docstring_names_a_file_to_read_next(script):
    (file,) = re.findall(r"Read next: +([\w./-]+\w)", MODULES[script].__doc__)
    assert (ROOT / file).exists()


@pytest.mark.parametrize("script", ["dataset.py", "xor.py"])
def test_a_script_runs_from_elsewhere_without_a_display_a_home_or_tkinter(script, tmp_path):
    (tmp_path / "tkinter.py").write_text("raise ImportError")
    missing = ["HOME", "DISPLAY", "WAYLAND_DISPLAY"]
    if sys.platform == "linux":  # elsewhere there always is a display
        missing.append("MPLBACKEND")
    environment = {name: value for name, value in os.environ.items() if name not in missing}
    environment["PYTHONPATH"] = str(tmp_path)
    environment["PYTHONIOENCODING"] = "ascii"
    # matplotlib 3.8 can't be imported if all warnings of pyparsing are errors
    options = ["-OO", "-W", "error", "-W", "ignore:::pyparsing"]
    done = subprocess.run(
        [sys.executable, *options, ROOT / script],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.count("\n") >= 3
    assert done.stdout.endswith(f"\n{NO_WINDOW}\n") == (script in TRAINING)


# What a docstring says under "Try next", and its remark in brackets
TRY_NEXT = re.compile(r"^(?:Try next:)? +python (\S+\.py .*?)(?:\s+\((.*)\))?$", re.MULTILINE)
PROMISES = {  # remark: a pattern of what the script then prints
    "": "",
    "other shades of grey": "",
    "2 wrong: with a grey range above 0.2 these weights can fail": "\n2 of 16 wrong\n$",
    "the same 2 wrong as in 2x2_image_predefined_1.py": "\n2 of 16 wrong\n$",
    "stuck, like 1 seed in 20": "Not learned: .*\nTry other --hidden",
    "too few images": "trained on: 0 of 16 .*\n.*\nLearned the images .*: try more --sets",
    "too slow": "Try more --iterations",
    "what happens now?": "The loss has grown: try a smaller --learning-rate",
    "gets stuck": "Try more .*4 to 16 --hidden",
    "far slower": "Not learned: .*\nTry other --iterations",
    "faster, but with a spike": r"after [12]\d\d iterations",
}
SUGGESTED = [
    suggestion for script in SCRIPTS for suggestion in TRY_NEXT.findall(MODULES[script].__doc__)
]


def test_every_remark_in_a_docstring_is_tested():
    assert {remark for _, remark in SUGGESTED} == set(PROMISES)


@pytest.mark.parametrize("command, remark", SUGGESTED)
def test_what_a_docstring_says_to_try_next_is_as_its_remark_says(command, remark):
    code, out, err, losses = answer(command)
    assert (code, err) == (0, [])
    assert re.search(PROMISES[remark], out)
    if "spike" in remark:
        lowest_so_far = np.minimum.accumulate(losses)
        assert (losses > 1.2 * lowest_so_far).any()


@pytest.mark.parametrize("command, remark", SUGGESTED)
def test_what_a_docstring_says_to_try_next_differs_from_the_script_without_options(
    command, remark
):
    script = command.split()[0]
    assert answer(command)[1] != answer(script)[1]


WHICH = "docs/when-training-fails.md says which of them helps.\n"
GROWN = "The loss has grown: try a smaller --learning-rate.\n"

NOT_LEARNED = [
    (
        "xor.py --hidden 1",
        "Not learned: 4 of 4 rows are off by 0.1 or more.\n"
        f"Try other --hidden, --seed, --iterations or --learning-rate.\n{WHICH}",
    ),
    ("xor.py --inputs 10 --gate and", "Not learned: 1 of 1024 rows are off by 0.1 or more.\n"),
    ("xor.py --learning-rate 1000", GROWN),
    (
        "2x2_image_recognition.py --sets 1 --seed 2",
        "Learned the images trained on, but not yet the kinds: try more --sets.\n",
    ),
    (
        "2x2_image_recognition.py --learning-rate 0.01",
        "Not learned, not even on the images trained on.\n"
        f"Try more --iterations or another --learning-rate.\n{WHICH}",
    ),
    ("2x2_image_recognition.py --iterations 2 --learning-rate 100", GROWN),
    (
        "network1.py --shape 3 1 --iterations 99",
        "Not learned: 8 of 8 outputs are off by 0.25 or more.\n"
        "Try other --iterations, --learning-rate, --momentum or --batch-size,\n"
        f"or other --shape, --activation or --seed.\n{WHICH}",
    ),
    (
        "network1.py --dataset image2x2_set --batch-size 1 --iterations 20 --seed 3",
        "outputs are off by 0.25 or more.\n",
    ),
    ("network1.py --learning-rate 99 --activation tanh tanh sigmoid", GROWN),
    (
        "linear.py --iterations 237",
        "Not learned: the line is more than 0.000001 off.\n"
        f"Try more --iterations or another --learning-rate.\n{WHICH}",
    ),
    ("linear.py --learning-rate 0.15", GROWN),
    (
        "cubic.py --coefficients 1 0 -15 0 --iterations 200",
        "Not learned: the rms error is more than 1 %.\n"
        "Try more --iterations, 4 to 16 --hidden, another --learning-rate or --seed.\n"
        f"{WHICH}",
    ),
]


@pytest.mark.parametrize("command, words", NOT_LEARNED)
def test_training_that_has_not_learned_says_what_to_try(command, words):
    code, out, err, _ = answer(command)
    assert (code, err) == (0, [])
    assert words in out
    assert "mse below" not in out
    assert len(re.findall("[Tt]ry ", out)) == 1


DIVERGED = [
    "cubic.py --iterations 1 --learning-rate 1000",
    "2x2_image_recognition.py --learning-rate 1000 --iterations 99",
    "network1.py --learning-rate 20",
    "linear.py --learning-rate 1000",
    "cubic.py --coefficients 1 0 -15 0 --hidden 24 --learning-rate 0.3",
]


@pytest.mark.parametrize("command", DIVERGED)
def test_training_that_diverged_says_so_in_one_line_and_draws_nothing(command):
    code, _, err, losses = answer(command)
    assert code == 1
    assert losses is None
    (line,) = err
    assert line == "The training diverged: try a smaller --learning-rate."


LEARNED = [
    "linear.py --iterations 239",
    "cubic.py --coefficients 0 0 0 5 --hidden 1",
    "xor.py --inputs 1",
    "network1.py",
    "2x2_image_recognition.py",
]


@pytest.mark.parametrize("command", LEARNED)
def test_training_that_has_learned_gives_no_advice(command):
    code, out, err, _ = answer(command)
    assert (code, err) == (0, [])
    assert not re.search("[Tt]ry |Not ", out)


def printed(command, losses):
    """Return the lines that a script prints; its figure shows these losses."""
    code, out, err = run(command)
    assert (code, err) == (0, [])
    drawn = plt.gcf().axes[0].get_lines()[0].get_ydata()
    np.testing.assert_allclose(drawn, losses, rtol=1e-9)
    return out.splitlines()


def test_xor_prints_what_its_functions_compute():
    X, Y = dataset.truth_table("nand", 3)
    parameters = xor.initialize(3, 5, 1, np.random.default_rng(7))
    losses = xor.train(X, Y, parameters, 137, 2.0)
    y = Y[:, 0]
    y_hat = xor.predict(X, parameters)[:, 0]
    wrong = abs(y_hat - y) >= 0.1
    options = "--inputs 3 --hidden 5 --iterations 137 --learning-rate 2 --seed 7"
    out = printed(f"xor.py --gate nand {options}", losses)
    for i in range(8):
        remark = "  wrong" if wrong[i] else ""
        assert out[1 + i] == f"{i:03b}  {y[i]:.0f}  {y_hat[i]:.3f}{remark}"
    assert out[9] == f"mse {np.mean((y_hat - y) ** 2):.6f} after 137 iterations"
    assert out[10] == f"Not learned: {wrong.sum()} of 8 rows are off by 0.1 or more."
    assert 0 < wrong.sum() < 8


def test_recognition_prints_and_draws_what_its_functions_compute():
    rng = np.random.default_rng(0)
    X, Y = dataset.image2x2_set(3, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    X_new, Y_new = dataset.image2x2_set(2000, rng=rng)
    losses = []
    unseen = []
    for stop in range(0, 301, 12):  # in 25 pieces
        losses += recognition.train(X, Y, parameters, stop - len(losses), 0.4)
        mse = np.mean((recognition.predict(X_new, parameters) - Y_new) ** 2)
        unseen.append([stop, mse])
    command = "2x2_image_recognition.py --sets 3 --iterations 300 --learning-rate 0.4"
    out = printed(command, losses)
    left, right = plt.gcf().axes
    np.testing.assert_allclose(left.get_lines()[1].get_xydata(), unseen, rtol=1e-9)

    _, wrong, mse = recognition.judge(X, Y, parameters)
    assert out[0] == f"trained on: {wrong.sum()} of 48 images wrong, mse {mse:.6f}"
    _, wrong, mse = recognition.judge(X_new, Y_new, parameters)
    assert out[1] == f"never seen: {wrong.sum()} of 32000 images wrong, mse {mse:.6f}"

    assert 0 < wrong.sum() < 12
    wrong_ones_first = np.concatenate([X_new[wrong], X_new[~wrong]])
    shown = [image.get_array().ravel() for image in right.collections]
    assert np.array_equal(shown, wrong_ones_first[:12])


def test_linear_prints_and_draws_what_its_functions_compute():
    X, Y = dataset.polynomial((-3, 10), 0, 4, 5)
    parameters = linear.initialize(np.random.default_rng(3))
    W, B = parameters
    start = f"start:     y = {W.item():.6f} x {B.item():+.6f}"
    losses = []
    lines = [Y, linear.predict(X, parameters)]
    for stop in 1, 10, 12:  # the lines after so many iterations are drawn
        losses += linear.train(X, Y, parameters, stop - len(losses), 0.05)
        lines.append(linear.predict(X, parameters))
    options = "--slope -3 --intercept 10 --iterations 12 --learning-rate 0.05 --seed 3"
    out = printed(f"linear.py {options}", losses)
    assert out[0] == start
    assert out[1] == f"result:    y = {W.item():.6f} x {B.item():+.6f}"
    assert out[2] == "expected:  y = -3.000000 x +10.000000"
    shown = [line.get_ydata() for line in plt.gcf().axes[1].get_lines()]
    np.testing.assert_allclose(shown, np.array(lines)[..., 0])


def test_network1_prints_what_its_methods_compute():
    rng = np.random.default_rng(2)
    X, Y = dataset.image2x2_set(10, rng=rng)
    nn = network1.NN((4, 4, 4), [activation.elu, activation.sigmoid], rng)
    losses = nn.train(X, Y, 800, 0.3, 0.8, 50, verbose=False, rng=rng)
    y_hat = nn.forward(X)
    options = "--iterations 800 --learning-rate 0.3 --momentum 0.8 --batch-size 50 --seed 2"
    options += " --dataset image2x2_set --shape 4 4 4 --activation elu sigmoid"
    out = printed(f"network1.py {options}", losses)
    off = (abs(y_hat - Y) >= 0.25).sum()
    assert out[10] == f"image2x2_set: mse {np.mean((y_hat - Y) ** 2):.3g} after 800 iterations"
    assert out[11] == f"Not learned: {off} of 640 outputs are off by 0.25 or more."


def test_cubic_prints_what_its_functions_compute():
    X, Y = dataset.polynomial((0.002, -0.003, -0.04, 0.5), -5, 5, 50)
    parameters, losses = cubic.fit(X, Y, 3, 6, 20, 0.2)
    y_hat = cubic.predict(X, parameters)
    options = "--hidden 3 --seed 6 --iterations 20 --learning-rate 0.2 --coefficients"
    options += " 0.002 -0.003 -0.04 0.5"
    out = printed(f"cubic.py {options}", losses)
    rms = 100 * np.sqrt(np.mean((y_hat - Y) ** 2)) / Y.std()
    assert out[0] == f"y = 0.002 x^3 -0.003 x^2 -0.04 x +0.5, from {Y.min():g} to {Y.max():g}"
    assert out[1] == f"rms error {rms:.2f} % of the standard deviation of y"
    assert out[2] == f"largest error {abs(y_hat - Y).max():.4g}"
