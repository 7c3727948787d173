"""The scripts from the shell: they run anywhere, and whatever is typed gets a clear answer."""

import contextlib
import importlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parent.parent
TRAINING = ["xor.py", "2x2_image_recognition.py", "network1.py", "linear.py", "cubic.py"]
SCRIPTS = [
    "dataset.py",
    "activation.py",
    "2x2_image_predefined_1.py",
    "2x2_image_predefined_2.py",
    *TRAINING,
]
# as few iterations as show the whole of the script
QUICK = {script: ["--iterations", "20"] for script in TRAINING}
QUICK["2x2_image_recognition.py"] += ["--sets", "2"]
DIVERGED = "The training diverged: try a smaller --learning-rate."
each_script = pytest.mark.parametrize("script", SCRIPTS)
each_training = pytest.mark.parametrize("script", TRAINING)


def run(script, *options):
    """Call a script's main; return the exit code, what was printed, and the lines of stderr.

    Any exception but SystemExit, and any warning, ends the test.
    """
    main = importlib.import_module(script.removesuffix(".py")).main
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(option) for option in options])
        except SystemExit as exit:
            code = exit.code or 0
            if isinstance(code, str):  # what sys.exit("…") does in the shell
                print(code, file=sys.stderr)
                code = 1
    plt.close("all")
    return code, out.getvalue(), err.getvalue().splitlines()


def shell(*command, **options):
    """Run Python in a process of its own, warnings as errors, without a display."""
    hidden = "DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "PYTHONWARNINGS"
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    if sys.platform == "linux":
        del env["MPLBACKEND"]  # elsewhere there always is a display
    # pyparsing takes "-W error" for a wish to diagnose grammars, that of matplotlib 3.8 fails
    strict = ["-W", "error", "-W", "ignore:::pyparsing"]
    command = [sys.executable, *strict, *map(str, command)]
    return subprocess.run(command, capture_output=True, text=True, env=env, **options)


@each_script
def test_each_script_alone_runs_in_a_folder_with_spaces_from_another_folder(script, tmp_path):
    alone, elsewhere = tmp_path / "a folder", tmp_path / "elsewhere"
    alone.mkdir(), elsewhere.mkdir()
    for file in {script, "dataset.py", "activation.py"}:
        shutil.copy(ROOT / file, alone)
    elsewhere.chmod(0o555)  # nothing needs to be written there
    optimize = ["-O"] if SCRIPTS.index(script) % 2 else ["-OO"]
    done = shell(*optimize, alone / script, *QUICK.get(script, []), cwd=elsewhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) >= 3
    assert ("--save FILE" in done.stdout) == (script in TRAINING)
    assert not list(elsewhere.iterdir())


def test_saving_from_the_shell_writes_the_figure_and_wrong_options_leave_no_traceback(tmp_path):
    done = shell(ROOT / "cubic.py", "--iterations", "9", "--save", "a b.png", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a b.png").read_bytes().startswith(b"\x89PNG")
    done = shell(ROOT / "linear.py", "--learning-rate", "1e300")
    assert (done.returncode, done.stderr) == (1, DIVERGED + "\n")
    done = shell(ROOT / "xor.py", "--seed", "word")
    assert done.returncode == 2 and done.stdout == "" and "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith(
        "xor.py: error: argument --seed: invalid int"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE")
def test_a_reader_that_has_seen_enough_such_as_head_ends_a_script_quietly():
    command = [sys.executable, ROOT / "xor.py", "--inputs", "10", "--iterations", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b"" and process.wait(60) == -signal.SIGPIPE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
@each_training
def test_ctrl_c_ends_a_script_quietly(script):
    start = "import runpy, sys, matplotlib.pyplot; print('ready', flush=True); del sys.argv[0];"
    start += "sys.path[0] = '.'; runpy.run_path(sys.argv[0], run_name='__main__')"
    command = [sys.executable, "-c", start, script, "--iterations", "100000000"]
    command += ["--learning-rate", "1e-9"]
    with subprocess.Popen(command, stdout=-1, stderr=-1, text=True, cwd=ROOT) as process:
        assert process.stdout.readline() == "ready\n"  # what is slow has been imported
        time.sleep(0.7)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert err == "" and process.returncode == -signal.SIGINT


@each_script
def test_help_lists_every_option(script):
    code, out, err = run(script, "--help")
    source = (ROOT / script).read_text(encoding="utf-8")
    assert (code, err) == (0, []) and out.startswith("usage: ")
    assert all(option in out for option in re.findall(r'add_argument\(\s*"(--\S+)"', source))


@each_training
def test_the_figure_is_written_in_every_format(script, tmp_path):
    starts = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "PNG": b"\x89PNG"}
    for ending in starts if script == "linear.py" else ("png", "svg"):
        file = tmp_path / f"my figure.{ending}"
        code, out, err = run(script, *QUICK[script], "--save", file)
        assert (code, err) == (0, []) and "display" not in out
        assert file.read_bytes().startswith(starts[ending])


@each_training
def test_a_figure_that_cannot_be_written_loses_no_numbers(script, tmp_path):
    _, numbers, _ = run(script, *QUICK[script], "--save", tmp_path / "figure.png")
    missing, folder = tmp_path / "no folder" / "figure.png", tmp_path / "a folder.png"
    folder.mkdir()
    wrong = [missing, folder, tmp_path / "figure.xyz", tmp_path / "figure", tmp_path]
    for file in wrong if script == "linear.py" else wrong[:3]:
        code, out, err = run(script, *QUICK[script], "--save", file)
        assert code == 2 and out == numbers
        assert "--save" in err[-1] and "png, svg or pdf" in err[-1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a folder.png", "figure.png"]


@each_training
def test_the_same_seed_prints_the_same_and_another_seed_something_else(script):
    first, again, other = (
        run(script, *QUICK[script], "--seed", seed)[1] for seed in ("5", "5", "6")
    )
    assert first == again != other


SEEDS = [("--seed", value) for value in ("-1", "1.5", "word", "nan", "")]
TRAIN = [("--iterations", value) for value in ("0", "-5", "1.5", "many", "1e3", "nan")]
TRAIN += [("--learning-rate", value) for value in ("0", "-1", "nan", "inf", "-inf", "fast")]
GREY = [("--grey-range", value) for value in ("0", "-0.1", "0.51", "7", "nan", "inf", "grey")]
WRONG = {
    "dataset.py": SEEDS,
    "activation.py": [("--seed", "1")],
    "2x2_image_predefined_1.py": SEEDS + GREY,
    "2x2_image_predefined_2.py": SEEDS + GREY,
    "xor.py": SEEDS
    + TRAIN
    + [("--gate", gate) for gate in ("XOR", "maybe", "")]
    + [("--inputs", n) for n in ("0", "-1", "40", "1.5", "two")]
    + [("--hidden", n) for n in ("0", "-1", "1.5", "few", "1000000000")],
    "2x2_image_recognition.py": SEEDS
    + TRAIN
    + [("--sets", n) for n in ("0", "-1", "1.5", "all", "1000000000")],
    "network1.py": SEEDS
    + TRAIN
    + [("--momentum", m) for m in ("1", "-0.1", "nan", "inf", "word")]
    + [("--dataset", "mnist"), ("--activation", "ramp"), ("--activation", "tanh")]
    + [("--activation", "tanh", "tanh", "tanh", "tanh"), ("--activation",), ("--shape",)]
    + [("--shape", *shape.split()) for shape in ("3", "3 0 1", "3 -1 1", "2 1", "3 2", "3 x 1")]
    + [("--shape", "3", "1000000000", "1"), ("--shape", "3", "1.5", "1")],
    "linear.py": SEEDS
    + TRAIN
    + [(o, v) for o in ("--slope", "--intercept") for v in ("nan", "inf", "1e400", "steep")],
    "cubic.py": SEEDS
    + TRAIN
    + [("--nodes", n) for n in ("0", "-1", "1.5", "few", "1000000000")]
    + [("--coefficients", *c.split()) for c in ("1", "1 2 3", "1 2 3 nan", "1 2 3 1e400")]
    + [("--coefficients", *"a b c d"), ("--coefficients", "1", "2", "3", "inf")],
}


@pytest.mark.parametrize(
    "script, options",
    [(script, options) for script in WRONG for options in WRONG[script]],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_wrong_options_exit_with_2_and_a_last_line_that_names_the_option(script, options):
    code, out, err = run(script, *options)
    assert code == 2 and out == ""
    assert err[0].startswith("usage: ") and ": error: " in err[-1]
    assert options[0] in err[-1]
    if script != "activation.py":  # which has no options
        assert re.search("expected|invalid (int|float) value|choose from", err[-1])


@pytest.mark.parametrize("script", WRONG)
def test_unknown_options_and_words_are_refused(script):
    for option in "--nonsense", "word":
        code, out, err = run(script, option)
        assert code == 2 and out == "" and option in err[-1]


@pytest.mark.parametrize(
    "script, option, known",
    [
        ("xor.py", "--gate", "and or nand nor xor xnor"),
        ("network1.py", "--dataset", "xor_2_input xor_3_input image2x2 image2x2_set cubic"),
        (
            "network1.py",
            "--activation",
            "step linear sigmoid tanh gaussian relu leaky_relu elu softplus silu",
        ),
    ],
)
def test_unknown_names_are_refused_and_the_known_ones_listed(script, option, known):
    code, _, err = run(script, option, "nonsense")
    assert code == 2 and all(name in err[-1] for name in known.split())


@pytest.mark.parametrize(
    "command",
    [
        "linear.py --learning-rate 10",
        "linear.py --learning-rate 1e300",
        "cubic.py --learning-rate 1e6",
        "cubic.py --learning-rate 1e308",
        "2x2_image_recognition.py --learning-rate 1e300 --sets 1",
        "linear.py --learning-rate 10 --iterations 71",  # huge, but still a number
        "network1.py --learning-rate 1e300",
        "network1.py --learning-rate 1.2e260 --iterations 1",
        "network1.py --learning-rate 1e308 --shape 3 9 1 --activation relu linear",
    ],
)
def test_training_that_diverges_says_so_in_one_line(command):
    code, _, err = run(*command.split())
    assert code == 1 and err == [DIVERGED]


@pytest.mark.parametrize(
    "command, says",
    [
        ("xor.py --hidden 1", "Not learned: . of 4 rows .*\nTry .*--hidden"),
        ("xor.py --iterations 1", "Not learned: . of 4 rows .*\nTry "),
        ("xor.py --hidden 2 --seed 27", "Not learned: .*\nTry .*--seed"),
        ("xor.py --learning-rate 1e308", "Not learned: .*\nTry .*--learning-rate"),
        ("network1.py --shape 3 1", "Not learned: . of 8 outputs .*\nTry .*--shape"),
        ("network1.py --iterations 1", "Not learned: .*\nTry .*--iterations"),
        ("2x2_image_recognition.py --iterations 9 --sets 1", "Not learned well: try .*--sets"),
        ("linear.py --iterations 9", "Not there yet: try .*--iterations"),
        ("cubic.py --nodes 1 --iterations 99", "Not learned well: try .*--nodes"),
    ],
)
def test_training_that_ends_without_having_learned_says_so_and_what_to_try(command, says):
    code, out, err = run(*command.split())
    assert (code, err) == (0, []) and re.search(says, out)


def test_xor_marks_exactly_the_rows_that_are_wrong():
    _, out, _ = run("xor.py", "--hidden", "2", "--seed", "27")
    rows = re.findall(r"^[01] [01] +([01]) +(\d\.\d+)(.*)$", out, re.MULTILINE)
    assert len(rows) == 4 and any("wrong" in marked for *_, marked in rows)
    for desired, predicted, marked in rows:
        assert ("wrong" in marked) == (abs(float(predicted) - float(desired)) >= 0.0995)


@pytest.mark.parametrize(
    "command",
    [
        "xor.py",
        "xor.py --inputs 3 --gate xnor",
        "linear.py --slope -100 --intercept 100",
        "2x2_image_recognition.py",
        "cubic.py",
        "network1.py",
        "network1.py --dataset image2x2 --shape 4 6 4",
    ],
)
def test_the_examples_are_learned(command):
    code, out, err = run(*command.split())
    assert (code, err) == (0, []) and "Not " not in out


def test_huge_and_tiny_losses_can_be_drawn(tmp_path):
    for options in (
        ["--learning-rate", "10", "--iterations", "20"],
        ["--learning-rate", "1", "--iterations", "40"],
        ["--learning-rate", "1e-300"],
        ["--slope", "0", "--intercept", "1e-300"],
    ):
        code, _, err = run("linear.py", *options, "--save", tmp_path / "figure.png")
        assert (code, err) == (0, [])


integers = st.integers(-2, 12).map(str) | st.sampled_from(
    ["1.5", "x", "", "1e3", "99999999999"]
)
reals = (
    st.floats().map(repr)
    | st.floats(0, 1).map(repr)
    | st.sampled_from(["0.2", "1", "5", "1e-320", "1e308", "1e400", "x", "", "-0"])
)
names = st.sampled_from(["xor", "and", "XOR", "", "tanh", "silu", "step", "image2x2", "cubic"])
files = st.sampled_from(["/no folder/figure.png", "figure.xyz", ".", "figure", ".png"])
# what takes time is kept small; the last of an option's values counts
FUZZ = {
    "dataset.py": {"--seed": integers},
    "2x2_image_predefined_1.py": {"--seed": integers, "--grey-range": reals},
    "2x2_image_predefined_2.py": {"--seed": integers, "--grey-range": reals},
    "xor.py": {"--gate": names, "--inputs": integers, "--hidden": integers},
    "2x2_image_recognition.py": {"--sets": st.integers(-1, 9).map(str)},
    "network1.py": {
        "--dataset": names,
        "--shape": st.lists(st.integers(0, 5).map(str), min_size=1, max_size=4),
        "--activation": st.lists(names, min_size=1, max_size=3),
        "--momentum": reals,
    },
    "linear.py": {"--slope": reals, "--intercept": reals},
    "cubic.py": {
        "--coefficients": st.lists(reals, min_size=4, max_size=4)
        | st.lists(st.floats(-9, 9).map(repr), min_size=4, max_size=4)
        | st.lists(reals, max_size=5),
        "--nodes": integers,
    },
}
for training in TRAINING:
    few = st.integers(0, 30).map(str)
    FUZZ[training] |= {"--learning-rate": reals, "--iterations": few, "--seed": integers}
    FUZZ[training] |= {"--save": files}


@st.composite
def command_lines(draw):
    """A script with random values for some of its options."""
    script = draw(st.sampled_from(sorted(FUZZ)))
    options = ["--iterations", "9"] if script in TRAINING else []
    for option in draw(st.lists(st.sampled_from(sorted(FUZZ[script])), max_size=3)):
        value = draw(FUZZ[script][option])
        options += [option, *([value] if isinstance(value, str) else value)]
    return [script, *options]


@settings(max_examples=100)
@given(command_lines())
@example(["cubic.py", "--iterations", "9", "--coefficients", "0", "0", "0", "0"])
@example(["cubic.py", "--iterations", "9", "--coefficients", "0", "0", "0", "0.1"])
@example(["cubic.py", "--iterations", "9", "--coefficients", "0", "0", "1e-320", "0"])
@example(["cubic.py", "--iterations", "9", "--coefficients", "1e-160", "0", "0", "1"])
def test_random_command_lines_get_an_answer(command):
    code, out, err = run(*command)
    if code == 0:
        assert err == [] and out and "nan" not in out.replace("nand", "")
    elif code == 1:
        assert err == [DIVERGED]
    else:
        assert code == 2 and ": error: " in err[-1] and "--" in err[-1]
