"""The scripts from the shell: they run anywhere, and whatever is typed gets a clear answer."""

import argparse
import importlib
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import matplotlib.pyplot as plt
import numpy as np
import pytest
from helpers import NO_WINDOW, SCRIPTS, TRAINING, answer, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

ROOT = Path(__file__).parent.parent
MODULES = {script: importlib.import_module(script.removesuffix(".py")) for script in SCRIPTS}
dataset, activation, _, _, xor, recognition, network1, linear, cubic = MODULES.values()
each_script = pytest.mark.parametrize("script", SCRIPTS)
each_training = pytest.mark.parametrize("script", TRAINING)

# Scripts, option, default (or one for each training), values up to the edge of what is
# accepted, and values beyond it, with commas for spaces.
OPTIONS = """
dataset predefined training  --seed  0  0 18446744073709551616  -1 1.5 word nan
training  --save           None  a.png a.b.SVG ./.x.Pdf  a.xyz fig png .png . no/a.png dir.png
training  --save           None  old.png  file.pdf/a.png locked/a.png locked.svg
training  --iterations     2000 1000 10000 500 3000  1 1000000  0 -5 1000001 1.5 many 1e3 nan
training  --learning-rate  8.0 0.5 0.05 0.1 0.3  5e-324 1000  0 -1 1000.0000000000001 nan inf
predefined   --grey-range  0.2  5e-324 0.5  0 -0.1 0.5000000000000001 7 nan inf
xor          --gate        xor  and or nand nor xor xnor  XOR maybe
xor          --inputs      2    1 10             0 -1 11 1.5 two
xor          --hidden      4    1 1000           0 -1 1001 1.5 few
recognition  --sets        40   1 1000           0 -1 1001 1.5 few
network1     --dataset     xor_3_input  xor_2_input image2x2 image2x2_set cubic  mnist XOR
network1     --shape       None  3,1 3,1,1 3,1000,1 3,3,3,1  3 1,1 2,1 3,2 3,0,1 3,1001,1 3,x,1
network1     --activation  None  tanh,tanh,linear step,silu,elu  tanh tanh,tanh tanh,ramp,tanh
network1     --momentum    0.5   0 0.9999999999999999  1 -5e-324 nan inf word
network1     --batch-size  None  1 8             0 -1 9 1.5 all
linear       --slope       2.0   1000000 -1000000  1000001 -1000001 nan inf steep
linear       --intercept   3.0   1000000 -1000000  1000001 -1000001 nan inf steep
cubic  --coefficients  1,0,15,0  1000000,0,0,-1000000  1 1,2,3,x 1,2,3,nan 0,-1000001,1000001,0
cubic        --hidden      8     1 10            0 -1 11 1.5 few
"""
ODD = ["", " 2", "-", "--", "1_0", "0x1", "+3", "-0.0", "1e308", "1e400", *OPTIONS.split()]
DIVERGED = r"The training diverged: try a smaller --learning-rate, near 0\.\d+\."
REFUSED = r"usage: [^\0]*\n\S+: error: .*(expected|invalid .* value|choose from|unrecog).*"


def options(script):
    """Return {option: default}, and as words of the shell what is accepted and what refused."""
    defaults, accepted, refused = {}, [], []
    names = script + " training" * (script in TRAINING)
    for row in OPTIONS.strip().splitlines():
        scripts, option, default, good, bad = re.split("  +", row)
        if any(word in names for word in scripts.split()):
            defaults[option] = default.split()[TRAINING.index(script) if " " in default else 0]
            accepted += [[option, *value.split(",")] for value in good.split()]
            refused += [[option, *value.split(",")] for value in bad.split()]
    return defaults, accepted, refused


@each_script
def test_values_beyond_an_edge_are_refused_before_training(script, monkeypatch, tmp_path):
    if script in TRAINING:
        trains = getattr(MODULES[script], "NN", MODULES[script])
        monkeypatch.setattr(trains, "train", lambda *args, **kwargs: sys.exit("it trains"))
    monkeypatch.chdir(tmp_path)
    Path("dir.png").mkdir(), Path("file.pdf").touch()
    Path("locked").mkdir(), Path("locked.svg").touch(), Path("old.png").touch()
    access = os.access  # which lets root write everywhere
    monkeypatch.setattr(os, "access", lambda p, how: "locked" not in f"{p}" and access(p, how))
    _, accepted, refused = options(script)
    for words in accepted:
        assert run([script, *words])[0] == ("it trains" if script in TRAINING else 0)
    for words in refused:
        code, out, err = run([script, *words])
        assert code == 2 and out == "" and words[0] in err[-1]
        assert re.fullmatch(REFUSED, "\n".join(err))


@each_script
def test_defaults_stand_in_the_help(script, monkeypatch):
    helped = []
    monkeypatch.setattr(argparse.ArgumentParser, "print_help", lambda self: helped.append(self))
    assert run([script, "--help"]) == (0, "", [])
    text, values = helped[0].format_help(), vars(helped[0].parse_args([]))
    values = {f"--{k.replace('_', '-')}": re.sub("[() ]", "", f"{values[k]}") for k in values}
    assert text.isascii() and values == options(script)[0]
    for option, number in [item for item in values.items() if item[1][0].isdigit()]:
        number = number.replace(",", " ").removesuffix(".0")
        assert re.search(rf"^  {option} [^-]*default: {number}$", text, re.MULTILINE)


@each_training
def test_a_figure_is_saved_or_shown_or_a_line_says_why_not(script, tmp_path, monkeypatch):
    shown, quick, file = [], [script, "--iterations", "1"], tmp_path / "a figure.PNG"
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.get_fignums()))
    code, out, err = run([*quick, "--save", str(file)])
    assert (code, err) == (0, []) and NO_WINDOW not in out and not shown
    assert file.read_bytes().startswith(b"\x89PNG")
    assert run(quick) == (0, out + NO_WINDOW + "\n", []) and not shown
    monkeypatch.setattr(FigureCanvasAgg, "required_interactive_framework", "tk")
    assert run(quick) == (0, out, []) and shown == [[1]]
    assert run([*quick, "--seed", "1"])[1] != out


@each_script
@settings(
    max_examples=60, derandomize=True, deadline=None, suppress_health_check=[*HealthCheck]
)
@given(data=st.data())
def test_whatever_is_typed_gets_a_result_or_one_line(script, data, monkeypatch):
    defaults, accepted, refused = options(script)
    odd = st.tuples(st.sampled_from([*defaults, "--nonsense", "-"]), st.sampled_from(ODD))
    words = sum(data.draw(st.lists(st.sampled_from([[], *accepted]), max_size=4)), [script])
    words += data.draw(st.sampled_from([[], *refused]) | odd)
    if script in TRAINING:
        words += ["--iterations", "1"]
        figure = Mock(**{"canvas.required_interactive_framework": None})
        monkeypatch.setattr(MODULES[script], "plot", lambda *args: figure)
    code, out, err = run(words)
    assert re.fullmatch(["", DIVERGED, REFUSED][code], "\n".join(err))
    assert code or out and "inf" not in out and "--nonsense" not in words
    assert code < 2 or not out


@each_script
def test_each_script_imports_nothing_from_here_but_two_modules(script):
    names = re.findall(r"^ *(?:import|from) (\w+)", (ROOT / script).read_text("utf-8"), re.M)
    allowed = {"numpy", "matplotlib", "dataset", "activation", *sys.stdlib_module_names}
    assert len(names) >= 2 and set(names) <= allowed


MACHINES = [  # a script, an option of Python, and what is special about the environment
    ("dataset.py", "-O", {"PYTHONIOENCODING": "cp1252"}),
    ("2x2_image_predefined_1.py", "-OO", {"PYTHONIOENCODING": "cp437"}),
    ("xor.py", "-B", {"PYTHONIOENCODING": "ascii"}),
    ("2x2_image_recognition.py", "-B", {"MPLBACKEND": "svg"}),
]


@pytest.mark.parametrize("script, python, special", MACHINES)
def test_a_script_runs_through_a_link_on_any_machine(script, python, special, tmp_path):
    (tmp_path / "tkinter.py").write_text("raise ImportError")
    here, link = tmp_path / "here", tmp_path / "here" / "link.py"
    here.mkdir()
    if sys.platform != "win32":  # where a link takes special rights
        link.symlink_to(ROOT / script)
    here.chmod(0o555)  # nothing needs to be written there
    # elsewhere there always is a display
    gone = "HOME DISPLAY WAYLAND_DISPLAY" + " MPLBACKEND" * (sys.platform == "linux")
    env = {name: value for name, value in os.environ.items() if name not in gone.split()}
    env |= {"PYTHONPATH": str(tmp_path), **special}
    # pyparsing takes "-W error" for a wish to diagnose grammars, that of matplotlib 3.8 fails
    command = [sys.executable, python, "-W", "error", "-W", "ignore:::pyparsing"]
    command += [link if link.exists() else ROOT / script]
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=here)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.count("\n") >= 3
    assert done.stdout.endswith(f"\n{NO_WINDOW}\n") == (script in TRAINING)
    assert {*os.listdir(here)} <= {"link.py"}


@each_training
def test_ctrl_c_ends_each_script_with_130_and_no_traceback(script, monkeypatch):
    monkeypatch.setattr(np.random, "default_rng", Mock(side_effect=KeyboardInterrupt))
    monkeypatch.setattr(sys, "argv", [script])
    with pytest.raises(SystemExit) as exit:
        runpy.run_path(str(ROOT / script), run_name="__main__")
    assert exit.value.code == 130 and exit.value.__suppress_context__


DOCS = {script: module.__doc__ for script, module in MODULES.items()}
TRIED = re.compile(r"^(?:Try next:)? +python (\S+\.py .*?)(?: +\((.*)\))?$", re.MULTILINE)
REMARKS = {  # what stands in brackets: what it promises of what is printed
    "": "",
    "other shades of grey": "",
    "2 wrong": "\n2 of 16 wrong\n$",
    "stuck, as one seed in twenty is with two": "stuck: try more --hidden nodes",
    "too few images": "images that it knows: try more --sets",
    "too slow": "try more --iterations",
    "too far: each step overshoots": "The loss has grown: try a smaller --learning-rate",
    "with two it gets stuck": "Try more .*--hidden nodes",
    "far slower than with 0.5": "Not learned: .*\nTry more --iterations",
    "faster; the figure shows a spike": r"after [12]\d\d iterations",
}


@pytest.mark.parametrize("command, remark", sum(map(TRIED.findall, DOCS.values()), []))
def test_what_a_docstring_says_to_try_next_is_as_its_remark_says(command, remark):
    code, out, err, losses = answer(command)
    assert (code, err) == (0, []) and out != answer(command.split()[0])[1]
    assert re.search(REMARKS[remark], out)
    assert "spike" not in remark or (losses > 1.2 * np.minimum.accumulate(losses)).any()


def test_the_docstrings_lead_from_script_to_script():
    following = [re.search(r"Read next: +([\w.]+)", DOCS[script])[1] for script in SCRIPTS]
    assert sorted(["dataset.py", *following]) == sorted([*SCRIPTS, "README.md"])


# A training that fails, what is advised, and options (+: more options) with which it learns
ADVICE = r"""
xor.py --hidden 1 --iterations 125 | stuck: try more --hidden nodes or another --seed |
xor.py --learning-rate 12 --iterations 1 | more --iterations |
xor.py --seed 28 --iterations 130 | more --iterations | --seed 28
xor.py --inputs 3 --learning-rate 0.17 | more .* --learning-rate near 8 | --inputs 3 --gate xnor
xor.py --hidden 400 | smaller --learning-rate, near 0.5\. | + --learning-rate 0.5
xor.py --gate nand --inputs 4 --hidden 16 --seed 2 | near 2 | + --learning-rate 2
2x2_image_recognition.py --sets 1 --seed 2 --iterations 300 | try more --iterations.* 0.5 |
2x2_image_recognition.py --sets 2 --seed 4 --iterations 500 | more --sets | --sets 3 --seed 2
2x2_image_recognition.py --learning-rate 1000 --iterations 99 | diverged |
network1.py --shape 3 1 | stuck: try more nodes or layers in --shape |
network1.py --activation step step linear --iterations 2000 | stuck: .* --activation |
network1.py --iterations 9 --learning-rate 5e-324 | more --iterations.* near 0.05 |
network1.py --shape 3 2 1 --iterations 2500 | more --iterations | --shape 3 2 1
network1.py --dataset image2x2 --iterations 2100 | more | --dataset image2x2
network1.py --dataset image2x2 --batch-size 1 --learning-rate 0.001 | more | --dataset cubic
network1.py --learning-rate 99 --iterations 999 --activation tanh tanh sigmoid | grown |
network1.py --learning-rate 20 | diverged |
linear.py --iterations 237 | Not within 0.000001 yet: try more | --iterations 239
linear.py --learning-rate 0.15 | grown: try a smaller --learning-rate, near 0.1 |
linear.py --learning-rate 1000 | diverged | --slope -1000000 --intercept 1000000
cubic.py --coefficients 1 0 -15 0 --hidden 3 | more --iterations and --hidden nodes, at |
cubic.py --hidden 1 | more --iterations and --hidden nodes, at a --learning-rate near 0.3 |
cubic.py --learning-rate 0.9 --iterations 3 | grown on the way | --coefficients -2 3 20 -7
cubic.py --coefficients 0 0 0 0 --learning-rate 1000 | diverged | + --learning-rate 0.3
"""


@pytest.mark.parametrize("case", ADVICE.strip().splitlines())
def test_advice_after_failure_is_given_in_that_case_and_helps(case):
    command, advice, follow = map(str.strip, case.split("|"))
    code, out, err, _ = answer(command)
    assert code == (advice == "diverged") and re.fullmatch(["", DIVERGED][code], "".join(err))
    assert re.search(advice, "\n".join([out, *err])) and len(re.findall("[Tt]ry ", out)) < 2
    before = command if follow[:1] == "+" else command.split()[0]
    code, out, err, _ = answer(f"{before} {follow.strip('+ ')}".strip())
    assert (code, err) == (0, []) and not re.search("[Tt]ry |Not ", out)


def printed_and_drawn(command, losses, *lines, x=None):
    """Return the lines that are printed, and the axes: they show losses, and lines over x."""
    code, out, _ = run(command)
    figure, (left, right) = plt.gcf(), plt.gcf().get_axes()[:2]
    drawn = [[line.get_xydata().T for line in axes.get_lines()] for axes in (left, right)]
    first = command.startswith("cubic")  # whose iterations count from 1, for a logarithm
    np.testing.assert_allclose(drawn[0], [[first + np.arange(len(losses)), losses]], rtol=1e-9)
    expected = [[range(len(y)) if x is None else x, y] for y in lines]
    np.testing.assert_allclose(drawn[1], expected, rtol=1e-9)
    assert (code, left.get_yscale(), right.get_yscale()) == (0, "log", "linear")
    labels = [f"{name:.9}" for name in (left.get_title(), left.get_xlabel(), left.get_ylabel())]
    assert labels == ["Training", "iteration", "loss (mse"] and right.get_title()
    if lines:
        (legend,) = figure.legends or [right.get_legend()]
        named = [text.get_text().split()[0] for text in legend.get_texts()]
        assert {*named} == {"desired", "predicted"} and len(named) == len(lines)
        assert right.get_xlabel() and right.get_ylabel() in ("y", "output")
        figure.draw_without_rendering()
        assert not figure.legends or legend.get_window_extent().x0 > right.bbox.x1
    return out.splitlines(), left, right


def test_xor_prints_and_draws_what_its_functions_compute():
    X, Y = dataset.truth_table("nand", 3)
    parameters = xor.initialize(3, 5, 1, np.random.default_rng(7))
    losses = xor.train(X, Y, parameters, 137, 2.0)  # just not below 0.01
    y, y_hat = Y[:, 0], xor.predict(X, parameters)[:, 0]
    options = "--inputs 3 --hidden 5 --iterations 137 --learning-rate 2 --seed 7"
    out, left, right = printed_and_drawn(f"xor.py --gate nand {options}", losses, y, y_hat)
    wrong = abs(y_hat - y) >= 0.1
    for i in range(8):
        assert out[1 + i] == f"{i:03b}  {y[i]:.0f}  {y_hat[i]:.3f}" + "  wrong" * int(wrong[i])
    assert out[9] == f"mse {np.mean((y_hat - y) ** 2):.6f} after 137 iterations"
    assert out[10] == f"Not learned: {wrong.sum()} of 8 rows are off by 0.1 or more."
    assert 0 < wrong.sum() < 8 and left.get_ylim() == (1e-4, 1) and len(right.get_xticks()) == 8
    run("xor.py --inputs 4 --iterations 1")
    assert [*plt.gcf().get_axes()[1].get_xticks()] == [0, 8]
    figure = xor.plot([0.25, 0], ["0"], [0], [0])  # a perfect end stays in the picture
    assert 0 < figure.axes[0].get_ylim()[0] <= figure.axes[0].get_lines()[0].get_ydata()[-1]


def test_recognition_prints_and_draws_what_its_functions_compute():
    rng = np.random.default_rng(0)
    X, Y = dataset.image2x2_set(3, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    losses = recognition.train(X, Y, parameters, 300, 0.4)
    command = "2x2_image_recognition.py --sets 3 --iterations 300 --learning-rate 0.4"
    out, _, axes = printed_and_drawn(command, losses)
    for line, (x, y) in zip(out, [(X, Y), dataset.image2x2_set(2000, rng=rng)]):
        y_hat = recognition.predict(x, parameters)
        wrong, mse = ((y_hat > 0.5) != y).any(axis=1), np.mean((y_hat - y) ** 2)
        assert line[10:] == f": {wrong.sum()} of {len(x)} images wrong, mse {mse:.6f}"
    first = np.argsort(~wrong, kind="stable")[:12]
    for k, (image, text, i) in enumerate(zip(axes.collections, axes.texts, first, strict=True)):
        assert (image.get_array().ravel() == x[i]).all() and image.get_clim() == (0, 1)
        named = [kind for kind, a in zip(dataset.KINDS, y_hat[i]) if a > 0.5] or ["no name"]
        assert text.get_text() == " ".join(["x"] * int(wrong[i]) + named)
        u, v = 1.6 * (k % 3), k // 3
        corners = np.dstack(np.meshgrid([u, u + 0.3, u + 0.6], [v, v + 0.3, v + 0.6]))
        np.testing.assert_allclose(image.get_coordinates(), corners)
        assert text.get_position() == (u, v - 0.1)
    assert axes.yaxis_inverted() and not axes.get_xticks().size and 0 < wrong.sum() < 12


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
    labels = [line.get_label() for line in right.get_lines()[1:]]
    assert labels == [f"predicted after {n}" for n in (0, 1, 10, 12)]


def test_network1_prints_and_draws_what_its_methods_compute():
    rng = np.random.default_rng(2)
    X, Y = dataset.image2x2_set(10, rng=rng)
    nn = network1.NN((4, 4, 4), [None, activation.elu, activation.sigmoid], rng)
    losses = nn.train(X, Y, 40, 0.3, 0.8, 50, verbose=False, rng=rng)
    y, y_hat = Y.ravel(), nn.forward(X).ravel()
    options = "--iterations 40 --learning-rate 0.3 --momentum 0.8 --batch-size 50 --seed 2"
    options += " --dataset image2x2_set --shape 4 4 4 --activation elu sigmoid"
    samples = np.repeat(np.arange(160), 4)
    out, _, _ = printed_and_drawn(f"network1.py {options}", losses, y, y_hat, x=samples)
    off = (abs(y_hat - y) >= 0.25).sum()
    assert out[11] == f"image2x2_set: mse {np.mean((y_hat - y) ** 2):.3g} after 40 iterations"
    assert out[12] == f"Not learned: {off} of 640 outputs are off by 0.25 or more."
    x, y = network1.DATASETS["cubic"](None)
    assert y == pytest.approx(4 * x**3 - 3 * x) and (x.min(), x.max(), len(x)) == (-1, 1, 50)
    run("network1.py --dataset xor_2_input --iterations 1")
    assert not (plt.gcf().get_axes()[1].get_xticks() % 1).any()  # no half samples
    assert (network1.plot([0.25, 0], y, y).axes[0].get_lines()[0].get_ydata() > 0).all()


def test_cubic_prints_and_draws_what_its_functions_compute():
    x = np.linspace(-5, 5, 50)
    y = 2 * x**3 - 3 * x**2 - 4 * x + 5
    curve, losses = cubic.fit(x[:, None], y[:, None], 3, 6, 20, 0.2)
    y_hat = curve(x[:, None])[:, 0]
    options = "--coefficients 2 -3 -4 5 --hidden 3 --seed 6 --iterations 20 --learning-rate 0.2"
    out, _, _ = printed_and_drawn(f"cubic.py {options}", losses, y_hat, y, x=x)
    rms = 100 * np.sqrt(np.mean((y_hat - y) ** 2)) / y.std()
    assert out[0] == f"y = 2 x^3 -3 x^2 -4 x +5, from {y.min():g} to {y.max():g}"
    assert out[1] == f"rms error {rms:.2f} % of the standard deviation of y"
    assert out[2] == f"largest error {abs(y_hat - y).max():.4g}"
