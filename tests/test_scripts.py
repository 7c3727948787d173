"""The scripts from the shell: they run anywhere, and whatever is typed gets a clear answer."""

import argparse
import contextlib
import importlib
import inspect
import io
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

import cubic
import dataset
import linear
import network1
import xor
from activation import ACTIVATIONS
from dataset import GATES

recognition = importlib.import_module("2x2_image_recognition")
ROOT = Path(__file__).parent.parent
DIVERGED = "The training diverged: try a smaller --learning-rate."
NO_WINDOW = "No window (no display, or no tkinter or Qt): --save FILE keeps the figure."


def run(command):
    """Call a script's main; return the exit code, what was printed, and the lines of stderr.

    Any exception but SystemExit, any warning, and any letter that not every console can show
    ends the test.
    """
    script, *options = command.split(" ") if isinstance(command, str) else command
    out, err, code = io.StringIO(), io.StringIO(), 0
    plt.close("all")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            importlib.import_module(script.removesuffix(".py")).main(options)
        except SystemExit as exit:
            code = exit.code or 0
    assert (out.getvalue() + err.getvalue()).isascii() and "nan" not in out.getvalue().split()
    return code, out.getvalue(), err.getvalue().splitlines()


# Per option: its default, values at the edge of what is accepted, and values beyond it.
TINY, ABOVE_1000 = "5e-324", "1000.0000000000001"
SEED = {"--seed": (0, "0 18446744073709551616", "-1 1.5 word nan")}
SAVE = {
    "--save": (None, "figure.png figure.SVG a.b.Pdf ./.x.png", "figure.xyz figure png .png .")
}


def training(iterations, learning_rate):
    numbers = (iterations, "1 1000000", "0 -5 1000001 1.5 many 1e3 nan")
    rates = (learning_rate, f"{TINY} 1000", f"0 -1 {ABOVE_1000} nan inf -inf fast")
    return {"--iterations": numbers, "--learning-rate": rates} | SEED | SAVE


def upto(default, most, beyond):
    return (default, f"1 {most}", f"0 -1 {beyond} 1.5 few 1000000000")


MILLION = "1000000 -1000000", "1000001 -1000001 nan inf 1e400 steep"
GREY = {"--grey-range": (0.2, "5e-324 0.5", "0 -0.1 0.5000000000000001 7 nan inf grey")}
OPTIONS = {
    "dataset.py": SEED,
    "activation.py": {},
    "2x2_image_predefined_1.py": SEED | GREY,
    "2x2_image_predefined_2.py": SEED | GREY,
    "xor.py": {
        "--gate": ("xor", " ".join(GATES), "XOR maybe"),
        "--inputs": upto(2, 10, 11),
        "--hidden": upto(4, 1000, 1001),
    }
    | training(2000, 8.0),
    "2x2_image_recognition.py": {"--sets": upto(40, 1000, 1001)} | training(2000, 0.5),
    "network1.py": {
        "--dataset": ("xor_3_input", "xor_3_input", "mnist XOR"),
        "--shape": (
            None,
            "3,1 3,1,1 3,1000,1 3,3,3,1",
            "3 3,0,1 3,-1,1 2,1 3,2 3,x,1 1,1 3,1001,1 3,1.5,1",
        ),
        "--activation": (
            None,
            "tanh,step,linear " + " ".join(f"{name},relu,elu" for name in ACTIVATIONS),
            "ramp tanh tanh,tanh tanh,tanh,tanh,tanh",
        ),
        "--momentum": (0.5, "0 0.9999999999999999", "1 -5e-324 nan inf word"),
        "--batch-size": (None, "1 8", "0 -1 9 1.5 all"),
    }
    | training(10000, 0.05),
    "linear.py": {"--slope": (2.0, *MILLION), "--intercept": (3.0, *MILLION)}
    | training(500, 0.1),
    "cubic.py": {
        "--coefficients": (
            (1, 0, 15, 0),
            "1000000,0,0,-1000000 0,-1000000,1000000,0 0,0,0,0",
            "1 1,2,3 1,2,3,nan 1,2,1000001,4 -1000001,0,0,0 1,2,3,1e400 1,inf,2,3 a,b,c,d",
        ),
        "--hidden": upto(8, 10, 11),
    }
    | training(3000, 0.3),
}
SCRIPTS = list(OPTIONS)
TRAINING = [script for script in SCRIPTS if "--iterations" in OPTIONS[script]]
each_script = pytest.mark.parametrize("script", SCRIPTS)
each_training = pytest.mark.parametrize("script", TRAINING)
each_option = pytest.mark.parametrize(
    "script, option", [(script, option) for script in SCRIPTS for option in OPTIONS[script]]
)


class Reached(Exception):  # noqa: N818
    """All options were accepted, and training begins."""


@pytest.fixture
def no_training(monkeypatch):
    """Training isn't done, but ends with Reached."""

    def reached(*args, **kwargs):
        raise Reached(*args)

    for script in TRAINING:
        module = importlib.import_module(script.removesuffix(".py"))
        owner = module.NN if script == "network1.py" else module
        monkeypatch.setattr(owner, "fit" if script == "cubic.py" else "train", reached)


@each_script
def test_every_option_has_its_default_and_is_explained_by_help(script, monkeypatch):
    def stop(parser, argv):
        raise Reached(parse(parser, argv))

    code, out, err = run([script, "--help"])
    assert (code, err) == (0, []) and out.startswith("usage: ")
    assert set(re.findall(r"^  (--[\w-]+)", out, re.MULTILINE)) == set(OPTIONS[script])
    parse = argparse.ArgumentParser.parse_args
    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", stop)
    with pytest.raises(Reached) as parsed:
        run([script])
    defaults = {f"--{k.replace('_', '-')}": v for k, v in vars(parsed.value.args[0]).items()}
    assert defaults == {option: values[0] for option, values in OPTIONS[script].items()}
    for number in (v for v in defaults.values() if type(v) in (int, float)):
        assert f"default: {number:g}" in out


@each_option
def test_values_at_the_edge_are_accepted_and_reach_the_training(
    script, option, no_training, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    for value in OPTIONS[script][option][1].split():
        command = [script, option, *value.split(",")]
        if script not in TRAINING:
            code, _, err = run(command)
            assert (code, err) == (0, [])
            continue
        with pytest.raises(Reached):
            run(command)


@each_option
def test_values_beyond_the_edge_are_refused_in_a_line_that_names_the_option(
    script, option, no_training
):
    for value in OPTIONS[script][option][2].split():
        code, out, err = run([script, option, *value.split(",")])
        assert code == 2 and out == "" and err[0].startswith("usage: ")
        assert ": error: " in err[-1] and option in err[-1]
        assert re.search("expected|invalid (int|float) value|choose from", err[-1])
    for wrong in "--nonsense", "word":
        code, out, err = run([script, wrong])
        assert code == 2 and out == "" and wrong in err[-1]


@each_training
def test_a_figure_that_could_not_be_saved_is_refused_before_training(
    script, no_training, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    Path("a file.png").touch(), Path("a folder.png").mkdir()
    wrong = ["no folder/figure.png", "a folder.png", "a file.png/figure.png", str(tmp_path)]
    for file in [*wrong, "not writable.png"]:
        if file == "not writable.png":  # root may write everywhere: nothing else would do
            monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
        code, out, err = run([script, "--save", file])
        assert code == 2 and out == ""
        assert "--save FILE.png, .svg or .pdf, in a folder to write to" in err[-1]


def shell(command, env=(), **options):
    """Run Python in a process of its own, warnings as errors, without a display."""
    hidden = "DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "PYTHONWARNINGS", "MPLBACKEND"
    if sys.platform != "linux":  # there always is a display
        hidden = hidden[:-1]
    env = {k: v for k, v in os.environ.items() if k not in hidden} | dict(env)
    env = {k: v for k, v in env.items() if v}
    # pyparsing takes "-W error" for a wish to diagnose grammars, that of matplotlib 3.8 fails
    command = [sys.executable, "-W", "error", "-W", "ignore:::pyparsing", *map(str, command)]
    return subprocess.run(command, capture_output=True, text=True, env=env, **options)


MACHINES = {  # script: an option of Python, and what is special about the machine it runs on
    "dataset.py": ("-O", {"PYTHONIOENCODING": "cp1252"}),
    "activation.py": ("-OO", {"PYTHONIOENCODING": "cp437"}),
    "2x2_image_predefined_1.py": ("-O", {"PYTHONIOENCODING": "ascii"}),
    "2x2_image_predefined_2.py": ("-OO", {"HOME": ""}),
    "xor.py": ("-O", {"PYTHONIOENCODING": "ascii"}),
    "2x2_image_recognition.py": ("-OO", {"MPLBACKEND": "svg"}),
    "network1.py": ("-O", {"PYTHONPATH": "no tkinter"}),
    "linear.py": ("-OO", {"HOME": ""}),
    "cubic.py": ("-O", {"PYTHONIOENCODING": "cp437"}),
}


@each_script
def test_each_script_runs_with_two_modules_through_a_link_from_another_folder_on_any_machine(
    script, tmp_path
):
    optimize, env = MACHINES[script]
    alone, elsewhere, missing = (tmp_path / name for name in ("a folder", "here", "no tkinter"))
    for folder in alone, elsewhere, missing:
        folder.mkdir()
    (missing / "tkinter.py").write_text("raise ImportError")
    if "PYTHONPATH" in env:
        env = {"PYTHONPATH": str(missing)}
    for file in {script, "dataset.py", "activation.py"}:
        shutil.copy(ROOT / file, alone)
    link = elsewhere / "link.py"
    link.symlink_to(alone / script) if sys.platform != "win32" else shutil.copy(script, link)
    elsewhere.chmod(0o555)  # nothing needs to be written there
    quick = ["--iterations", "20"] if script in TRAINING else []
    done = shell([optimize, link, *quick], env, cwd=elsewhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) >= 3
    assert (done.stdout.splitlines()[-1] == NO_WINDOW) == (script in TRAINING)
    assert os.listdir(elsewhere) == ["link.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_ctrl_c_ends_a_training_quietly():
    command = [sys.executable, "-u", ROOT / "linear.py", "--iterations", "1000000"]
    with subprocess.Popen(command, stdout=-1, stderr=-1, text=True) as process:
        assert process.stdout.readline().startswith("start:")
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30)[1] == "" and process.returncode == 130


@each_training
def test_ctrl_c_ends_each_script_with_130(script, monkeypatch):
    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(np.random, "default_rng", interrupt)
    monkeypatch.setattr(sys, "argv", [script])
    with pytest.raises(SystemExit) as exit, contextlib.redirect_stdout(None):
        runpy.run_path(str(ROOT / script), run_name="__main__")
    assert exit.value.code == 130 and exit.value.__suppress_context__


@each_training
def test_the_figure_is_saved_or_shown_or_one_line_says_that_it_cannot_be(
    script, tmp_path, monkeypatch
):
    shown, quick, file = [], [script, "--iterations", "1"], tmp_path / "a figure.PNG"
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.get_fignums()))
    code, out, err = run([*quick, "--save", str(file)])
    assert (code, err) == (0, []) and NO_WINDOW not in out and not shown
    assert file.read_bytes().startswith(b"\x89PNG")
    assert run(quick) == (0, out + NO_WINDOW + "\n", []) and not shown
    monkeypatch.setattr(FigureCanvasAgg, "required_interactive_framework", "tk")
    assert run(quick) == (0, out, []) and shown == [[1]]
    assert run([*quick, "--seed", "1"])[1] != out


def try_next(script):
    """The commands under "Try next" in a script's docstring, with their remarks or ""."""
    text = inspect.getdoc(importlib.import_module(script.removesuffix(".py")))
    after = text.partition("Try next:")[2].partition("Read next:")[0].partition("From")[0]
    lines = [line.strip() for line in after.splitlines()]
    found = [re.fullmatch(r"python (.*?)(?: +\((.*)\))?", line) for line in lines]
    return [(m[1], m[2] or "") for m in found if m]


def mse(out):
    return float(re.search("mse ([0-9.e-]+)", out)[1])


def count(out):
    return int(re.search(r"after (\d+) iterations", out)[1])


def losses():
    return plt.gcf().get_axes()[0].get_lines()[0].get_ydata()


def spikes():
    return (losses() > 1.2 * np.minimum.accumulate(losses())).any()


REMARKS = {  # the start of a remark: whether it is true, given what is printed now and before
    "": lambda out, before: True,
    "other shades": lambda out, before: (
        re.sub(r"0\.\d+", "", out) == re.sub(r"0\.\d+", "", before) and out != before
    ),
    "2 wrong": lambda out, before: out.endswith("\n2 of 16 wrong\n"),
    "stuck: two nodes": lambda out, before: "stuck: try more --hidden nodes" in out,
    "too few images": lambda out, before: "by heart: try more --sets" in out,
    "too slow": lambda out, before: "try more --iterations" in out,
    "too far": lambda out, before: "The loss has grown: try a smaller --learning-rate" in out,
    "two steps are too few": lambda out, before: "try more --hidden nodes" in out,
    "several times the loss": lambda out, before: mse(out) > 3 * mse(before),
    "faster, but": lambda out, before: count(out) < count(before) / 2 and spikes(),
}


@pytest.mark.parametrize("script", [s for s in SCRIPTS if try_next(s)])
def test_what_a_docstring_says_to_try_next_runs_and_its_remark_is_true(script):
    for command, remark in try_next(script):
        (is_true,) = [f for start, f in REMARKS.items() if remark[:6] == start[:6]]
        without = command.replace("--momentum 0", "").replace("--learning-rate 0.2", "")
        _, before, _ = run(without.replace("--seed 1", "").split())
        code, out, err = run(command.split())
        assert (code, err) == (0, []) and is_true(out, before)


def test_the_docstrings_lead_from_script_to_script():
    docs = {s: inspect.getdoc(importlib.import_module(s.removesuffix(".py"))) for s in SCRIPTS}
    following = {s: re.search(r"Read next: +([\w.]+)", doc)[1] for s, doc in docs.items()}
    read = ["dataset.py"]
    while read[-1] in following:
        read.append(following[read[-1]])
    assert sorted(read) == sorted([*SCRIPTS, "README.md"])
    assert all(f"python {script}\n" in doc for script, doc in docs.items())


SMALLER, MORE = "[Tt]ry a smaller --learning-rate", "[Tt]ry more --iterations"
ADVICE = [  # command, what it advises, options that follow the advice: with them it is learned
    ("xor.py --hidden 1", "stuck: try more --hidden", "--hidden 4"),
    ("xor.py --hidden 2 --seed 27", "or another --seed", "--seed 28"),
    ("xor.py --hidden 2 --seed 27 --learning-rate 1", "more --hidden nodes", "--hidden 4"),
    ("xor.py --iterations 1", MORE, "--iterations 2000"),
    ("xor.py --iterations 50", MORE, "--iterations 200"),
    ("xor.py --learning-rate 0.1", MORE, "--iterations 20000"),
    ("xor.py --learning-rate 0.1", "at a --learning-rate near 8", "--learning-rate 8"),
    ("xor.py --learning-rate 100", SMALLER, "--learning-rate 10"),
    ("xor.py --hidden 100", SMALLER, "--learning-rate 2"),
    ("linear.py --iterations 1", MORE, "--iterations 500"),
    ("linear.py --iterations 200", MORE, "--iterations 500"),
    ("linear.py --learning-rate 0.01", MORE, "--iterations 9000"),
    ("linear.py --learning-rate 0.01", "a --learning-rate near 0.1", "--learning-rate 0.1"),
    ("linear.py --learning-rate 0.15", SMALLER, "--learning-rate 0.1"),
    (
        "linear.py --learning-rate 10 --iterations 10",
        SMALLER,
        "--learning-rate 0.1 --iterations 500",
    ),
    (
        "linear.py --learning-rate 10 --iterations 71",
        DIVERGED,
        "--learning-rate 0.1 --iterations 500",
    ),
    ("linear.py --learning-rate 1000", DIVERGED, "--learning-rate 0.1"),
    ("2x2_image_recognition.py --sets 1 --seed 1", "try more --sets", "--sets 40"),
    ("2x2_image_recognition.py --iterations 1", MORE, "--iterations 2000"),
    ("2x2_image_recognition.py --iterations 100", MORE, "--iterations 2000"),
    ("2x2_image_recognition.py --learning-rate 0.01", "near 0.5", "--learning-rate 0.5"),
    (
        "2x2_image_recognition.py --learning-rate 3 --iterations 5",
        SMALLER,
        "--learning-rate 1 --iterations 2000",
    ),
    ("2x2_image_recognition.py --learning-rate 1000", DIVERGED, "--learning-rate 1"),
    ("network1.py --shape 3 1", "stuck: try another --shape", "--shape 3 4 1"),
    (
        "network1.py --activation step step linear",
        "--activation",
        "--activation tanh tanh linear",
    ),
    ("network1.py --iterations 1", MORE, "--iterations 1000"),
    ("network1.py --iterations 50", MORE, "--iterations 1000"),
    ("network1.py --learning-rate 0.001", "--learning-rate near 0.05", "--learning-rate 0.05"),
    ("network1.py --dataset image2x2 --shape 4 6 4", MORE, "--iterations 30000"),
    (
        "network1.py --learning-rate 100 --activation tanh tanh sigmoid",
        SMALLER,
        "--learning-rate 1",
    ),
    ("network1.py --learning-rate 20", DIVERGED, "--learning-rate 0.05"),
    (
        "network1.py --learning-rate 1000 --iterations 1",
        SMALLER,
        "--learning-rate 0.05 --iterations 1000",
    ),
    ("cubic.py --iterations 1", MORE, "--iterations 3000"),
    ("cubic.py --iterations 100", MORE, "--iterations 3000"),
    ("cubic.py --learning-rate 0.01", "near 0.3", "--learning-rate 0.3"),
    ("cubic.py --hidden 1", "try more --hidden", "--hidden 4"),
    ("cubic.py --coefficients 1 0 -15 0 --hidden 2", "try more --hidden", "--hidden 4"),
    ("cubic.py --learning-rate 1", SMALLER, "--learning-rate 0.3"),
    ("cubic.py --learning-rate 1000", DIVERGED, "--learning-rate 0.3"),
]


@pytest.mark.parametrize("command, advice, follow", ADVICE, ids=lambda text: text[:60])
def test_advice_after_failure_is_given_in_that_case_and_helps(command, advice, follow):
    code, out, err = run(command)
    assert re.search(advice, "\n".join([out, *err])) and len(re.findall("[Tt]ry ", out)) < 2
    assert (code, err) == ((1, [DIVERGED]) if advice == DIVERGED else (0, []))
    code, out, err = run(f"{command} {follow}")
    assert (code, err) == (0, []) and not re.search("[Tt]ry |Not ", out)


@pytest.mark.parametrize(
    "command",
    ["xor.py --inputs 3 --gate xnor", "linear.py --slope -1000000 --intercept 1000000"]
    + ["network1.py --dataset cubic", "network1.py --dataset image2x2"]
    + ["cubic.py --coefficients -2 3 20 -7", "cubic.py --coefficients 0 0 0 0"],
)
def test_more_examples_are_learned(command):
    code, out, err = run(command)
    assert (code, err) == (0, []) and not re.search("[Tt]ry |Not ", out)


def drawn():
    """The lines in the two halves of the figure: lists of (x, y)."""
    return [[line.get_xydata().T for line in axes.get_lines()] for axes in plt.gcf().get_axes()]


def assert_drawn(losses, *curves):
    """The left half of the figure shows the losses, the right one curves of y in this order."""
    (left,), right = drawn()
    np.testing.assert_array_equal(left[1], losses)
    for line, y in zip(right, curves, strict=True):
        np.testing.assert_array_equal(line[1], np.ravel(y))


def test_xor_prints_and_draws_what_its_functions_compute():
    X, Y = dataset.truth_table("nand", 3)
    parameters = xor.initialize(3, 5, 1, np.random.default_rng(7))
    losses = xor.train(X, Y, parameters, 30, 2.0)
    Y_hat = xor.predict(X, parameters)
    options = "--inputs 3 --hidden 5 --iterations 30 --learning-rate 2 --seed 7"
    out = run(f"xor.py --gate nand {options}")[1].splitlines()
    wrong = abs(Y_hat - Y) >= 0.1
    assert 0 < wrong.sum() < 8
    for line, x, y, y_hat, off in zip(out[1:9], X, Y, Y_hat, wrong):
        row = "".join("01"[int(v)] for v in x)
        assert line == f"{row}  {y.item():.0f}  {y_hat.item():.3f}" + "  wrong" * off.item()
    assert out[9] == f"mse {np.mean((Y_hat - Y) ** 2):.6f} after 30 iterations"
    assert f"Not learned: {wrong.sum()} of 8 rows are off by 0.1 or more." in out
    assert_drawn(losses, Y, Y_hat)
    assert plt.gcf().get_axes()[0].get_ylim() == (1e-4, 1)


def test_xor_counts_the_iterations_to_a_loss_below_one_hundredth():
    X, Y = dataset.xor_2_input()
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))
    updates = 0
    while np.mean((xor.predict(X, parameters) - Y) ** 2) >= 0.01:
        xor.train(X, Y, parameters, 1)
        updates += 1
    for n, says in (updates, False), (updates + 1, True), (2000, True):
        out = run(f"xor.py --iterations {n}")[1]
        assert (f"\nmse below 0.01 after {updates} iterations\n" in out) == says


def test_recognition_prints_and_draws_what_its_functions_compute():
    rng = np.random.default_rng(1)
    X, Y = dataset.image2x2_set(2, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    losses = recognition.train(X, Y, parameters, 300, 0.4)
    X_new, Y_new = dataset.image2x2_set(2000, rng=rng)
    options = "--sets 2 --iterations 300 --learning-rate 0.4 --seed 1"
    out = run(f"2x2_image_recognition.py {options}")[1].splitlines()
    for line, (x, y) in zip(out, ((X, Y), (X_new, Y_new))):
        y_hat = recognition.predict(x, parameters)
        wrong = ((y_hat > 0.5) != y).any(axis=1)
        mse = np.mean((y_hat - y) ** 2)
        assert line[10:] == f": {wrong.sum()} of {len(x)} images wrong, mse {mse:.6f}"
    left, *images = plt.gcf().get_axes()
    assert left.get_lines()[0].get_ydata().tolist() == losses and len(images) == 16
    first = [*np.flatnonzero(wrong), *np.flatnonzero(~wrong)][:16]
    for axes, i in zip(images, first):
        assert (axes.get_images()[0].get_array().ravel() == X_new[i]).all()
        named = [kind for kind, a in zip(dataset.KINDS, y_hat[i]) if a > 0.5] or ["no name"]
        assert axes.get_title() == " ".join(["x"] * int(wrong[i]) + named)
        assert axes.get_images()[0].get_clim() == (0, 1)


def test_linear_prints_and_draws_what_its_functions_compute():
    X, Y = dataset.polynomial((-3, 10), 0, 4, 5)
    (W, B), lines, losses = parameters = linear.initialize(np.random.default_rng(3)), [], []
    start = f"start:     y = {W.item():.6f} x {B.item():+.6f}"
    for n in 0, 1, 9, 2:
        losses += linear.train(X, Y, parameters[0], n, 0.05)
        lines.append(linear.predict(X, parameters[0]))
    options = "--iterations 12 --learning-rate 0.05 --seed 3"
    out = run(f"linear.py --slope -3 --intercept 10 {options}")[1].splitlines()
    result = f"result:    y = {W.item():.6f} x {B.item():+.6f}"
    assert out[:3] == [start, result, "expected:  y = -3.000000 x +10.000000"]
    assert_drawn(losses, Y, *lines)
    labels = [line.get_label() for line in plt.gcf().get_axes()[1].get_lines()]
    assert labels[1:] == [f"predicted after {n}" for n in (0, 1, 10, 12)]


def test_linear_arrives_when_slope_and_intercept_are_both_right_and_draws_no_rounding_noise():
    for n in range(170, 240, 3):
        out = run(f"linear.py --iterations {n}")[1]
        X, Y = dataset.polynomial((2, 3), 0, 4, 5)
        parameters = linear.initialize(np.random.default_rng(0))
        linear.train(X, Y, parameters, n)
        off = abs(np.ravel(parameters) - [2, 3]).max() > 1e-6
        assert ("Not there yet" in out) == off
    assert (
        run("linear.py --iterations 2000")[0] == 0
        and 1e-28 < losses()[-1] / losses()[0] < 1e-27
    )


def test_network1_prints_and_draws_what_its_methods_compute():
    rng = np.random.default_rng(2)
    X, Y = dataset.image2x2_set(10, rng=rng)
    functions = [None, *(ACTIVATIONS[name] for name in ("elu", "sigmoid"))]
    nn = network1.NN((4, 6, 4), functions, rng)
    losses = nn.train(X, Y, 40, 0.3, 0.8, 50, verbose=False, rng=rng)
    Y_hat = nn.forward(X)
    options = "--iterations 40 --learning-rate 0.3 --momentum 0.8 --batch-size 50 --seed 2"
    network = "--dataset image2x2_set --shape 4 6 4 --activation elu sigmoid"
    out = run(f"network1.py {network} {options}")[1].splitlines()
    mse, off = np.mean((Y_hat - Y) ** 2), (abs(Y_hat - Y) >= 0.25).sum()
    assert out[11] == f"image2x2_set: mse {mse:.3g} after 40 iterations"
    assert out[12] == f"Not learned: {off} of 640 outputs are off by 0.25 or more."
    assert_drawn(losses, Y, Y_hat)
    assert (drawn()[1][0][0] == np.repeat(np.arange(160), 4)).all()
    names = ["xor_2_input", "xor_3_input", "image2x2", "image2x2_set", "cubic"]
    assert list(network1.DATASETS) == names
    for name, shape in zip(names, ((4, 2, 1), (8, 3, 1), (16, 4, 4), (160, 4, 4), (50, 1, 1))):
        X, Y = network1.DATASETS[name](rng)
        assert (len(X), X.shape[1], Y.shape[1]) == shape
    assert abs(Y - (4 * X**3 - 3 * X)).max() < 1e-14 and (X[0], X[-1]) == (-1, 1)


def test_cubic_prints_and_draws_what_its_functions_compute():
    x = np.linspace(-5, 5, 50).reshape(-1, 1)
    y = 2 * x**3 - 3 * x**2 - 4 * x + 5
    curve, losses = cubic.fit(x, y, 3, 6, 20, 0.2)
    options = "--hidden 3 --seed 6 --iterations 20 --learning-rate 0.2"
    out = run(f"cubic.py --coefficients 2 -3 -4 5 {options}")[1].splitlines()
    assert out[0] == f"y = 2 x^3 -3 x^2 -4 x +5, from {y.min():g} to {y.max():g}"
    assert out[2] == f"largest error {abs(curve(x) - y).max():.4g}"
    left, (predicted, desired) = drawn()
    np.testing.assert_allclose(left, [[range(1, 21), losses]], rtol=1e-9)
    np.testing.assert_allclose(predicted, [x[:, 0], curve(x)[:, 0]])
    np.testing.assert_allclose(desired, [x[:, 0], y[:, 0]])


@settings(max_examples=60)
@given(st.sampled_from(SCRIPTS), st.data())
def test_any_accepted_values_get_an_answer(script, data):
    command = [script] + ["--iterations", "9"] * (script in TRAINING)
    for option in data.draw(
        st.lists(st.sampled_from(list(OPTIONS[script]) or [""]), max_size=3)
    ):
        if option not in ("--save", "--iterations", "--sets", ""):
            edges = st.sampled_from(OPTIONS[script][option][1].split())
            floats = st.floats(1e-9, 0.5).map(repr) if " 5e-324" in f" {edges}" else edges
            command += [option, *data.draw(edges | floats).split(",")]
    code, out, err = run(command)
    assert (code, err) in [(0, []), (1, [DIVERGED])] or "for this" in err[-1]
