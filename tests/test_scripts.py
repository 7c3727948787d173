"""The scripts from the shell: they run anywhere, and whatever is typed gets a clear answer."""

import argparse
import ast
import contextlib
import functools
import importlib
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from shell import NO_WINDOW, SCRIPTS, TRAINING, answer, run

import cubic
import dataset
import linear
import network1
import xor
from activation import ACTIVATIONS, elu, sigmoid

recognition = importlib.import_module("2x2_image_recognition")
ROOT = Path(__file__).parent.parent
DIVERGED = r"The training diverged: try a smaller --learning-rate, near 0\.\d+\."


# script, option, default, values up to the edge of what is accepted, values beyond the edge
LIMITS = """
dataset.py                 --seed           0    0 18446744073709551616  -1 1.5 word nan
2x2_image_predefined_1.py  --grey-range     0.2
2x2_image_predefined_2.py  --grey-range     0.2
xor.py                     --gate           xor  and or nand nor xor xnor  XOR maybe
xor.py                     --inputs         2    1 10      0 -1 11 1.5 two
xor.py                     --hidden         4    1 1000    0 -1 1001 1.5 few
xor.py                     --iterations     2000
xor.py                     --learning-rate  8.0
2x2_image_recognition.py   --sets           40   1 1000    0 -1 1001 1.5 few
2x2_image_recognition.py   --iterations     1000
2x2_image_recognition.py   --learning-rate  0.5
network1.py  --dataset        xor_3_input   DATASETS     mnist XOR
network1.py  --shape          None          3,1 3,1,1 3,1000,1 3,3,3,1  3 3,0,1 3,-1,1 2,1 3,2
network1.py  --shape          None          3,8,1        3,x,1 1,1 3,1001,1 3,1.5,1
network1.py  --activation     None          tanh,tanh,linear  tanh,ramp,tanh tanh tanh,tanh
network1.py  --activation     None          ALL          tanh,tanh,tanh,tanh
network1.py  --momentum       0.5           0 0.9999999999999999  1 -5e-324 nan inf word
network1.py  --batch-size     None          1 8          0 -1 9 1.5 all
network1.py  --iterations     10000
network1.py  --learning-rate  0.05
linear.py    --slope          2.0           1000000 -1000000  1000001 -1000001 nan inf steep
linear.py    --intercept      3.0           1000000 -1000000  1000001 -1000001 nan inf steep
linear.py    --iterations     500
linear.py    --learning-rate  0.1
cubic.py     --coefficients   (1,0,15,0)    1000000,0,0,-1000000 0,-1000000,1000000,0  1 1,2,3
cubic.py     --coefficients   (1,0,15,0)    0,0,0,0      1,2,3,nan 1,2,1000001,4 -1000001,0,0,0
cubic.py     --coefficients   (1,0,15,0)    0,0,0,0      1,2,3,1e400 1,inf,2,3 a,b,c,d
cubic.py     --hidden         8             1 10         0 -1 11 1.5 few
cubic.py     --iterations     3000
cubic.py     --learning-rate  0.3
"""
COMMON = {
    "--seed": ["0", "0 18446744073709551616", "-1 1.5 word nan"],
    "--grey-range": ["5e-324 0.5", "0 -0.1 0.5000000000000001 7 nan inf"],
    "--iterations": ["1 1000000", "0 -5 1000001 1.5 many 1e3 nan"],
    "--learning-rate": ["5e-324 1000", "0 -1 1000.0000000000001 nan inf -inf fast"],
    "--save": ["None", "fig.png fig.SVG a.b.Pdf ./.x.png", "fig.xyz fig png .png . no/fig.png"],
}
each_script = pytest.mark.parametrize("script", SCRIPTS)
each_training = pytest.mark.parametrize("script", TRAINING)


def limits():
    """Yield script, option, default, accepted and refused values."""
    rows = [re.split("  +", line) for line in LIMITS.strip().splitlines()]
    rows += [[script, "--seed", *COMMON["--seed"]] for script in SCRIPTS[2:]]
    rows += [[script, "--save", *COMMON["--save"]] for script in TRAINING]
    for script, option, default, *values in rows:
        accepted, refused = values or COMMON[option]
        accepted = accepted.replace("ALL", " ".join(f"{a},step,relu" for a in ACTIVATIONS))
        accepted = accepted.replace("DATASETS", " ".join(network1.DATASETS))
        with contextlib.suppress(ValueError):
            default = ast.literal_eval(default)
        yield pytest.param(script, option, default, accepted.split(), refused.split())


ROWS = [*limits()]


class Reached(Exception):  # noqa: N818
    """All options were accepted, and training begins."""


@pytest.fixture
def no_training(monkeypatch, tmp_path):
    """Training isn't done, but ends with Reached."""

    def reached(*args, **kwargs):
        raise Reached

    for module in recognition, xor, linear:
        monkeypatch.setattr(module, "train", reached)
    monkeypatch.setattr(cubic, "fit", reached)
    monkeypatch.setattr(network1.NN, "train", reached)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("script, option, default, accepted, refused", ROWS)
def test_values_are_accepted_up_to_the_edge_and_refused_beyond_it_before_training(
    script, option, default, accepted, refused, no_training
):
    for value in accepted:
        with pytest.raises(Reached) if script in TRAINING else contextlib.nullcontext():
            assert run([script, option, *value.split(",")])[0] == 0
    for value in refused:
        code, out, err = run([script, option, *value.split(",")])
        assert code == 2 and out == "" and err[0].startswith("usage: ")
        assert ": error: " in err[-1] and option in err[-1]
        assert re.search("expected|invalid (int|float) value|choose from", err[-1])


@each_script
def test_defaults_stand_in_the_help(script, monkeypatch):
    code, out, err = run([script, "--help"])
    assert (code, err) == (0, []) and out.startswith("usage: ")
    parse, parsed = argparse.ArgumentParser.parse_args, {}

    def keep(parser, argv):
        parsed.update(vars(parse(parser, argv)))
        raise Reached

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", keep)
    with pytest.raises(Reached):
        run([script])
    options = {f"--{name.replace('_', '-')}": value for name, value in parsed.items()}
    rows = [row.values for row in ROWS if row.values[0] == script]
    assert options == {option: default for _, option, default, *_ in rows}
    assert set(re.findall(r"^  (--[\w-]+)", out, re.MULTILINE)) == set(options)
    for number in (v for v in options.values() if type(v) in (int, float)):
        assert f"default: {number:g}" in out


@each_training
def test_a_figure_that_could_not_be_saved_is_refused_before_training(
    script, no_training, monkeypatch
):
    Path("a file.png").touch(), Path("a folder.png").mkdir(), Path("protected").mkdir()
    Path("protected.png").touch()
    access = os.access  # which lets root write everywhere
    monkeypatch.setattr(
        os, "access", lambda p, mode: "protected" not in f"{p}" and access(p, mode)
    )
    for file in "a folder.png", "a file.png/a.png", "protected/a.png", "protected.png":
        code, out, err = run([script, "--save", file])
        assert code == 2 and out == ""
        assert "--save FILE.png, .svg or .pdf, in a folder to write to" in err[-1]


@each_training
def test_a_figure_is_saved_or_shown_or_one_line_says_that_it_cannot_be(
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


ODD = "-1 0 1 2 3 10 11 1000 1001 0.5 1.5 -0.0 5e-324 1e308 -1e308 nan -inf 1_0 0x1 +3 1e400"
ODD = [*ODD.split(), "", " 2", "word", "1,2", "1,2,3,4", "3,1", "-", "--", "a.png", "a.gif"]


@each_script
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_typed_is_answered_by_a_result_or_by_one_line(
    script, data, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    if script in TRAINING:
        module = importlib.import_module(script.removesuffix(".py"))
        canvas = SimpleNamespace(required_interactive_framework=None)
        figure = SimpleNamespace(canvas=canvas, savefig=lambda file: file.touch())
        monkeypatch.setattr(module, "plot", lambda *args: figure)
    good, odd = {}, {"--nonsense": ODD, "-": ODD}
    for _, option, _, accepted, refused in (row.values for row in ROWS):
        good[option] = good.get(option, []) + accepted
        odd[option] = odd.get(option, ODD) + refused
    good["--iterations"], odd["--iterations"] = ["1", "2"], ["0", "-5", "1.5", "nan"]
    own = [row.values[1] for row in ROWS if row.values[0] == script]
    words = [script, "--iterations", "1"] if script in TRAINING else [script]
    for option in data.draw(st.lists(st.sampled_from(own), max_size=4) if own else st.just([])):
        words += [option, *data.draw(st.sampled_from(good[option])).split(",")]
    for option in data.draw(st.lists(st.sampled_from([*own, "--nonsense", "-"]), max_size=1)):
        words += [option, *data.draw(st.sampled_from(odd[option])).split(",")]
    code, out, err = run(words)
    if code == 0:
        assert out and not err and "inf" not in out and "--nonsense" not in words
    elif code == 1:
        assert script in TRAINING and len(err) == 1 and re.fullmatch(DIVERGED, err[0])
    else:
        assert code == 2 and not out and err[0].startswith("usage: ")
        assert [": error: " in line for line in err].index(True) == len(err) - 1


@each_script
def test_each_script_imports_nothing_from_here_but_two_modules(script):
    nodes = list(ast.walk(ast.parse((ROOT / script).read_text("utf-8"))))
    names = [n.module for n in nodes if isinstance(n, ast.ImportFrom)]
    names += [alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names]
    allowed = {"numpy", "matplotlib", "dataset", "activation", *sys.stdlib_module_names}
    assert {name.partition(".")[0] for name in names} <= allowed


MACHINES = {  # script: an option of Python, and what is special about the machine it runs on
    "dataset.py": ("", {"PYTHONIOENCODING": "cp1252"}),
    "2x2_image_predefined_1.py": ("-O", {"PYTHONIOENCODING": "cp437"}),
    "2x2_image_predefined_2.py": ("-OO", {"PYTHONIOENCODING": "ascii"}),
    "activation.py": ("", {"HOME": None}),
    "xor.py": ("", {"PYTHONIOENCODING": "ascii", "HOME": None}),
    "2x2_image_recognition.py": ("", {"MPLBACKEND": "svg"}),
    "network1.py": ("", {}),  # no tkinter, as with all of them
}


@pytest.mark.parametrize("script", MACHINES)
def test_a_script_runs_beside_two_modules_through_a_link_on_any_machine(script, tmp_path):
    alone, here, path = (tmp_path / name for name in ("a folder", "here", "no tkinter"))
    alone.mkdir(), here.mkdir(), path.mkdir()
    (path / "tkinter.py").write_text("raise ImportError")
    for file in {script, "dataset.py", "activation.py"}:
        shutil.copy(ROOT / file, alone)
    link = alone / script
    if sys.platform != "win32":  # where a link takes special rights
        link = here / "link.py"
        link.symlink_to(alone / script)
    here.chmod(0o555)  # nothing needs to be written there
    python, special = MACHINES[script]
    env = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "PYTHONPATH": str(path), **special}
    if sys.platform == "linux":  # elsewhere there always is a display
        env = {"MPLBACKEND": None, **env}
    env = {name: value for name, value in {**os.environ, **env}.items() if value is not None}
    # pyparsing takes "-W error" for a wish to diagnose grammars, that of matplotlib 3.8 fails
    command = [sys.executable, *python.split(), "-W", "error", "-W", "ignore:::pyparsing", link]
    command += ["--iterations", "20"] if script in TRAINING else []
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=here)
    assert (done.returncode, done.stderr) == (0, "") and len(done.stdout.splitlines()) >= 3
    assert (done.stdout.splitlines()[-1] == NO_WINDOW) == (script in TRAINING)
    assert set(os.listdir(here)) <= {"link.py"}


@each_training
def test_ctrl_c_ends_each_script_with_130(script, monkeypatch):
    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(np.random, "default_rng", interrupt)
    monkeypatch.setattr(sys, "argv", [script])
    with pytest.raises(SystemExit) as exit, contextlib.redirect_stdout(None):
        runpy.run_path(str(ROOT / script), run_name="__main__")
    assert exit.value.code == 130 and exit.value.__suppress_context__


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGINT for one process alone")
def test_ctrl_c_in_the_middle_of_a_training_leaves_no_traceback():
    command = [sys.executable, "-u", ROOT / "linear.py", "--iterations", "1000000"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    listen = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, preexec_fn=listen, **pipes) as process:
        assert process.stdout.readline().startswith("start: ")  # and then it trains
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", "") and process.returncode == 130


DOCS = {s: importlib.import_module(s.removesuffix(".py")).__doc__ for s in SCRIPTS}


def number(pattern, out):
    return float(re.search(pattern, out)[1])


def faster_with_a_spike(now, before):
    spike = (now[3] > 1.2 * np.minimum.accumulate(now[3])).any()
    return spike and number(r"after (\d+)", now[1]) < number(r"after (\d+)", before[1]) / 2


def other_shades(now, before):
    return (
        now != before and len({re.sub(r"0\.\d+", "", out) for _, out, *_ in (now, before)}) == 1
    )


REMARKS = {  # what stands in brackets: what it promises of what is printed
    "": "",
    "2 wrong": "\n2 of 16 wrong\n$",
    "stuck, as one seed in twenty is with two": "stuck: try more --hidden nodes",
    "too few images": "images that it knows: try more --sets",
    "too slow": "try more --iterations",
    "too far: each step overshoots": "The loss has grown: try a smaller --learning-rate",
    "with two it gets stuck": "Try more .*--hidden nodes",
    # or a function of what is printed now, and without the last option
    "other shades of grey": other_shades,
    "far slower than with 0.5": lambda *both: (
        np.divide(*[number("mse (.+) a", out) for _, out, *_ in both]) > 3
    ),
    "faster; the figure shows a spike": faster_with_a_spike,
}
TRIED = re.compile(r"^(?:Try next:)? +python (\S+\.py .*?)(?: +\((.*)\))?$", re.MULTILINE)


@pytest.mark.parametrize(
    "command, remark", [try_ for s in SCRIPTS for try_ in TRIED.findall(DOCS[s])]
)
def test_what_a_docstring_says_to_try_next_is_as_its_remark_says(command, remark):
    now, promise = answer(command), REMARKS[remark]
    assert now[0] == 0 and now[2] == []
    if isinstance(promise, str):
        assert re.search(promise, now[1])
    else:
        assert promise(now, answer(re.sub(r" --\S+ \S+$", "", command)))


def test_the_docstrings_lead_from_script_to_script():
    following, read = {s: re.search(r"Read next: +([\w.]+)", DOCS[s])[1] for s in SCRIPTS}, []
    script = "dataset.py"
    while script in following:
        read.append(script)
        script = following.pop(script)
        assert f"python {read[-1]}\n" in DOCS[read[-1]]
    assert script == "README.md" and not following


# A training that fails; what is advised; what follows the advice and must learn: a command,
# or options that come after the first one.
ADVICE = r"""
xor.py --hidden 1 | stuck: try more --hidden | xor.py
xor.py --hidden 2 --seed 27 | stuck: .* another --seed | xor.py --hidden 2 --seed 28
xor.py --hidden 2 --seed 27 --learning-rate 1 | stuck: | xor.py --seed 27 --learning-rate 1
xor.py --iterations 1 | more --iterations | xor.py
xor.py --inputs 3 --seed 3 --iterations 126 | more --it | xor.py --inputs 3 --seed 3
xor.py --inputs 3 --hidden 1 --learning-rate 1.25 | more --it | xor.py --inputs 3
xor.py --inputs 3 --learning-rate 0.17 | more --it | xor.py --inputs 3
xor.py --seed 28 --iterations 130 | more --it | xor.py --seed 28
xor.py --learning-rate 0.3 | more --it | xor.py --learning-rate 0.3 --iterations 5000
xor.py --learning-rate 0.1 | --learning-rate near 8 | xor.py
xor.py --learning-rate 1e-6 | more --it | xor.py
xor.py --learning-rate 12 --iterations 1 | more --it | xor.py
xor.py --hidden 1 --iterations 125 | stuck: | xor.py
xor.py --learning-rate 100 | smaller --learning-rate, near 8\. | xor.py --learning-rate 10
xor.py --hidden 100 | smaller --learning-rate, near 2\. | xor.py --hidden 100 --learning-rate 2
xor.py --hidden 400 | near 0.5\. | + --learning-rate 0.5
xor.py --gate nand --inputs 4 --hidden 16 --seed 2 | near 2 | + --learning-rate 2
linear.py --iterations 1 | more --iterations | linear.py
linear.py --iterations 237 | Not within 0.000001 yet: try more | linear.py --iterations 239
linear.py --learning-rate 0.01 | more --it | linear.py --learning-rate 0.01 --iterations 9000
linear.py --learning-rate 0.01 | --learning-rate near 0.1 | linear.py
linear.py --learning-rate 0.148 --iterations 5 | more --it | linear.py
linear.py --learning-rate 0.15 | grown: try a smaller | linear.py
linear.py --learning-rate 10 --iterations 10 | grown: try a smaller | linear.py
linear.py --learning-rate 10 --iterations 71 | diverged | linear.py
linear.py --learning-rate 1000 | diverged | linear.py
recognition --sets 1 --seed 1 | more --sets | recognition
recognition --sets 2 --seed 4 --iterations 500 | more --sets | recognition
recognition --sets 1 --seed 2 --iterations 300 | try more --iterations | recognition
recognition --iterations 1 | more --iterations | recognition
recognition --learning-rate 0.01 | --learning-rate near 0.5 | recognition
recognition --learning-rate 3 --iterations 5 | near 0.5 | recognition
recognition --learning-rate 1000 --iterations 99 | diverged | recognition
network1.py --shape 3 1 | stuck: try more nodes or layers in --shape | network1.py
network1.py --activation step step linear --iterations 2000 | stuck: .* --act | network1.py
network1.py --iterations 1 | more --iterations | network1.py
network1.py --iterations 9 --learning-rate 5e-324 | more --iterations | network1.py
network1.py --learning-rate 0.001 --iterations 999 | --learning-rate near | network1.py
network1.py --iterations 2000 --learning-rate 0.0001 | --learning-rate near | network1.py
network1.py --shape 3 2 1 --iterations 2500 | more --it | network1.py --shape 3 2 1
network1.py --dataset image2x2 --iterations 2100 | more | network1.py --dataset image2x2
network1.py --learning-rate 99 --iter 999 --activation tanh tanh sigmoid | grown | network1.py
network1.py --learning-rate 20 | diverged | network1.py
network1.py --shape 3 500 1 | diverged | + --learning-rate 0.01
network1.py --dataset image2x2 --batch-size 1 --learning-rate 0.001 | more | network1.py
cubic.py --iterations 1 | more --iterations | cubic.py
cubic.py --learning-rate 1e-6 | more --iterations .* near 0.3 | cubic.py
cubic.py --learning-rate 1000 --iterations 1 | --learning-rate near 0.3 | cubic.py
cubic.py --iterations 100 | more --iterations | cubic.py
cubic.py --learning-rate 0.01 | --learning-rate near 0.3 | cubic.py
cubic.py --hidden 1 | and --hidden nodes, at | cubic.py
cubic.py --hidden 2 --iterations 5 | more --iterations and --hidden nodes | cubic.py
cubic.py --hidden 3 --learning-rate 1 | grown on the way: try a smaller | cubic.py --hidden 3
cubic.py --coefficients 1 0 -15 0 --hidden 2 | and --hidden nodes, at | cubic.py
cubic.py --learning-rate 1 | grown on the way: try a smaller | cubic.py
cubic.py --learning-rate 0.9 --iterations 3 | grown on the way: try a smaller | cubic.py
cubic.py --learning-rate 1000 | diverged | cubic.py
"""


def is_learned(command):
    code, out, err, _ = answer(command)
    return (code, err) == (0, []) and not re.search("[Tt]ry |Not ", out)


@pytest.mark.parametrize("case", ADVICE.strip().splitlines())
def test_advice_after_failure_is_given_in_that_case_and_helps(case):
    case = case.replace("recognition", "2x2_image_recognition.py")
    command, advice, follow = case.split(" | ")
    code, out, err, _ = answer(command)
    assert re.search(advice, "\n".join([out, *err])) and len(re.findall("[Tt]ry ", out)) < 2
    if advice == "diverged":
        assert code == 1 and len(err) == 1 and re.fullmatch(DIVERGED, err[0])
    else:
        assert (code, err) == (0, [])
    assert is_learned(follow.replace("+", command))


LEARNED = ["xor.py --inputs 3 --gate xnor", "linear.py --slope -1000000 --intercept 1000000"]
LEARNED += ["network1.py --dataset cubic", "cubic.py --coefficients -2 3 20 -7"]
LEARNED += ["cubic.py --coefficients 0 0 0 0", "2x2_image_recognition.py --sets 3 --seed 2"]


@pytest.mark.parametrize("command", LEARNED)
def test_what_is_learned_needs_no_advice(command):
    assert is_learned(command)


def printed_and_drawn(command):
    """The lines that a script prints, and y of the lines in the two halves of its figure."""
    code, out, _ = run(command)
    figure, (left, right) = plt.gcf(), plt.gcf().get_axes()[:2]
    assert code == 0 and left.get_yscale() == "log" and right.get_yscale() == "linear"
    assert left.get_xlabel() == "iteration" and left.get_ylabel().startswith("loss (mse")
    assert left.get_title().startswith("Training") and right.get_title()
    if "recognition" not in command:
        assert right.get_title() == "What was learned" and right.get_xlabel()
        assert right.get_ylabel() in ("y", "output")
        (legend,) = figure.legends or [right.get_legend()]
        named = [text.get_text().split()[0] for text in legend.get_texts()]
        assert {*named} == {"desired", "predicted"} and len(named) == len(right.get_lines())
        figure.draw_without_rendering()
        assert not figure.legends or legend.get_window_extent().x0 > right.bbox.x1
    return out.splitlines(), *(
        [[*line.get_ydata()] for line in a.get_lines()] for a in (left, right)
    )


def test_xor_prints_and_draws_what_its_functions_compute():
    X, Y = dataset.truth_table("nand", 3)
    parameters = xor.initialize(3, 5, 1, np.random.default_rng(7))
    losses = xor.train(X, Y, parameters, 30, 2.0)
    Y_hat = xor.predict(X, parameters)
    options = "--inputs 3 --hidden 5 --iterations 30 --learning-rate 2 --seed 7"
    out, left, right = printed_and_drawn(f"xor.py --gate nand {options}")
    wrong = abs(Y_hat - Y) >= 0.1
    for line, x, y, y_hat, off in zip(out[1:9], X, Y, Y_hat, wrong):
        row = "".join("01"[int(v)] for v in x)
        assert line == f"{row}  {y.item():.0f}  {y_hat.item():.3f}" + "  wrong" * off.item()
    assert out[9] == f"mse {np.mean((Y_hat - Y) ** 2):.6f} after 30 iterations"
    assert out[10] == f"Not learned: {wrong.sum()} of 8 rows are off by 0.1 or more."
    assert left == [losses] and right == [[*Y[:, 0]], [*Y_hat[:, 0]]] and 0 < wrong.sum() < 8
    assert plt.gcf().get_axes()[0].get_ylim() == (1e-4, 1)
    for n, rows in (3, range(8)), (4, (0, 8)):
        run(f"xor.py --inputs {n} --iterations 1")
        assert [*plt.gcf().get_axes()[1].get_xticks()] == [*rows]
    _, out, _, drawn = answer("xor.py --learning-rate 1")
    below = int(number(r"mse below 0.01 after (\d+) iterations", out))
    assert [*np.flatnonzero(drawn < 0.01)] == [*range(below, 2000)]
    assert "mse below" not in run(f"xor.py --learning-rate 1 --iterations {below}")[1]


@pytest.mark.parametrize("sets, seed, some_right", [(2, 1, False), (3, 0, True)])
def test_recognition_prints_and_draws_what_its_functions_compute(sets, seed, some_right):
    rng = np.random.default_rng(seed)
    X, Y = dataset.image2x2_set(sets, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    losses = recognition.train(X, Y, parameters, 300, 0.4)
    options = f"--sets {sets} --iterations 300 --learning-rate 0.4 --seed {seed}"
    out, left, _ = printed_and_drawn(f"2x2_image_recognition.py {options}")
    for line in out[:2]:
        y_hat = recognition.predict(X, parameters)
        wrong, mse = ((y_hat > 0.5) != Y).any(axis=1), np.mean((y_hat - Y) ** 2)
        assert line[10:] == f": {wrong.sum()} of {len(X)} images wrong, mse {mse:.6f}"
        if len(X) == 16 * sets:
            X, Y = dataset.image2x2_set(2000, rng=rng)
    assert left == [losses] and len(X) == 32000 and (wrong.sum() < 12) == some_right
    first = [*np.flatnonzero(wrong), *np.flatnonzero(~wrong)][:12]
    axes, places = plt.gcf().get_axes()[1], set()
    for image, text, i in zip(axes.collections, axes.texts, first, strict=True):
        assert (image.get_array().ravel() == X[i]).all() and image.get_clim() == (0, 1)
        named = [kind for kind, a in zip(dataset.KINDS, y_hat[i]) if a > 0.5] or ["no name"]
        assert text.get_text() == " ".join(["x"] * int(wrong[i]) + named)
        u, v = image.get_coordinates()[0, 0]
        edges = np.meshgrid([u, u + 0.3, u + 0.6], [v, v + 0.3, v + 0.6])
        np.testing.assert_allclose(image.get_coordinates(), np.moveaxis(edges, 0, -1))
        assert text.get_position() == pytest.approx((u, v - 0.1))  # just above it
        places.add((float(u), float(v)))
    assert len(places) == 12 and {v for _, v in places} == {0, 1, 2, 3}
    assert axes.yaxis_inverted() and not axes.get_xticks().size


def test_linear_prints_and_draws_what_its_functions_compute():
    X, Y = dataset.polynomial((-3, 10), 0, 4, 5)
    W, B = parameters = linear.initialize(np.random.default_rng(3))
    expected = [f"start:     y = {W.item():.6f} x {B.item():+.6f}"]
    lines, losses = [[*Y[:, 0]]], []
    for n in 0, 1, 9, 2:
        losses += linear.train(X, Y, parameters, n, 0.05)
        lines.append([*linear.predict(X, parameters)[:, 0]])
    expected += [f"result:    y = {W.item():.6f} x {B.item():+.6f}"]
    expected += ["expected:  y = -3.000000 x +10.000000"]
    options = "--iterations 12 --learning-rate 0.05 --seed 3"
    out, left, right = printed_and_drawn(f"linear.py --slope -3 --intercept 10 {options}")
    assert out[:3] == expected and left == [losses] and right == lines
    labels = [line.get_label() for line in plt.gcf().get_axes()[1].get_lines()]
    assert labels[1:] == [f"predicted after {n}" for n in (0, 1, 10, 12)]


def test_network1_prints_and_draws_what_its_methods_compute():
    sizes = [len(make(np.random.default_rng(0))[0]) for make in network1.DATASETS.values()]
    assert sizes == [4, 8, 16, 160, 50]
    x, y = network1.DATASETS["cubic"](None)
    assert y == pytest.approx(4 * x**3 - 3 * x) and (x.min(), x.max()) == (-1, 1)
    rng = np.random.default_rng(2)
    X, Y = dataset.image2x2_set(10, rng=rng)
    nn = network1.NN((4, 4, 4), [None, elu, sigmoid], rng)
    losses = nn.train(X, Y, 40, 0.3, 0.8, 50, verbose=False, rng=rng)
    Y_hat = nn.forward(X)
    options = "--iterations 40 --learning-rate 0.3 --momentum 0.8 --batch-size 50 --seed 2"
    network = "--dataset image2x2_set --shape 4 4 4 --activation elu sigmoid"
    out, left, right = printed_and_drawn(f"network1.py {network} {options}")
    mse, off = np.mean((Y_hat - Y) ** 2), (abs(Y_hat - Y) >= 0.25).sum()
    assert out[11] == f"image2x2_set: mse {mse:.3g} after 40 iterations"
    assert out[12] == f"Not learned: {off} of 640 outputs are off by 0.25 or more."
    assert left == [losses] and right == [[*Y.ravel()], [*Y_hat.ravel()]]
    for line in plt.gcf().get_axes()[1].get_lines():
        assert (line.get_xdata() == np.repeat(np.arange(160), 4)).all()
    run("network1.py --dataset xor_2_input --iterations 1")
    assert not (plt.gcf().get_axes()[1].get_xticks() % 1).any()  # no half samples


def test_cubic_prints_and_draws_what_its_functions_compute():
    x = np.linspace(-5, 5, 50).reshape(-1, 1)
    y = 2 * x**3 - 3 * x**2 - 4 * x + 5
    curve, losses = cubic.fit(x, y, 3, 6, 20, 0.2)
    options = "--hidden 3 --seed 6 --iterations 20 --learning-rate 0.2"
    out, left, right = printed_and_drawn(f"cubic.py --coefficients 2 -3 -4 5 {options}")
    assert out[0] == f"y = 2 x^3 -3 x^2 -4 x +5, from {y.min():g} to {y.max():g}"
    rms = 100 * np.sqrt(np.mean((curve(x) - y) ** 2)) / y.std()
    assert out[1] == f"rms error {rms:.2f} % of the standard deviation of y"
    assert out[2] == f"largest error {abs(curve(x) - y).max():.4g}"
    np.testing.assert_allclose(left, [losses], rtol=1e-9)
    np.testing.assert_allclose(right, np.hstack([curve(x), y]).T, rtol=1e-9)
    (loss,), (predicted, desired) = (a.get_lines() for a in plt.gcf().get_axes())
    assert [*loss.get_xdata()] == [*range(1, 21)]
    assert (predicted.get_xdata() == x[:, 0]).all() and (desired.get_xdata() == x[:, 0]).all()
