"""The scripts from the shell: they run anywhere, and whatever is typed gets a clear answer."""

import argparse
import functools
import importlib
import inspect
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock, patch

import matplotlib.pyplot as plt
import numpy as np
import pytest
from helpers import NO_WINDOW, SCRIPTS, TRAINING, run, run_once
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


# What is typed


class TrainingBegan(Exception):  # noqa: N818 (it is no error)
    """Raised in place of a training."""


@pytest.fixture
def no_training(monkeypatch):
    """Let each script raise TrainingBegan where its training would begin.

    So TrainingBegan means that the script has accepted its options, and a value that should be
    refused, but isn't, costs no time.
    """
    for script_or_class in xor, recognition, linear, cubic, network1.NN:
        monkeypatch.setattr(script_or_class, "train", Mock(side_effect=TrainingBegan))


def assert_refused(command, message):
    """The script ends at once with argparse's usage, and a last line that has this message."""
    code, out, err = run(command)
    assert code == 2
    assert out == ""
    assert err[0].startswith("usage: ")
    assert f": error: {message}" in err[-1]


REFUSED = [  # script, message, the options that are answered by it
    (
        "dataset.py",
        "expected --seed from 0",
        ["--seed -1"],
    ),
    (
        "2x2_image_predefined_1.py",
        "expected --grey-range above 0, up to 0.5, --seed from 0",
        ["--grey-range 0", "--grey-range 0.51", "--grey-range nan", "--seed -1"],
    ),
    (
        "2x2_image_predefined_2.py",
        "expected --grey-range above 0, up to 0.5, --seed from 0",
        ["--grey-range 0", "--grey-range 0.51", "--grey-range nan", "--seed -1"],
    ),
    (
        "xor.py",
        "expected --inputs from 1 to 10, --hidden from 1 to 10000, --seed from 0",
        ["--inputs 0", "--inputs 11", "--hidden 0", "--hidden 10001", "--seed -1"],
    ),
    (
        "2x2_image_recognition.py",
        "expected --sets from 1 to 1000, --seed from 0",
        ["--sets 0", "--sets 1001", "--seed -1"],
    ),
    (
        "network1.py",
        "--shape must begin with 3, the inputs, and end with 1, the outputs",
        ["--shape 2 8 1", "--shape 3 8 2", "--shape 3"],
    ),
    (
        "network1.py",
        "--shape must begin with 4, the inputs, and end with 4, the outputs",
        ["--dataset image2x2 --shape 3 4"],
    ),
    (
        "network1.py",
        "--shape: shape must be two or more numbers from 1 to 10000",
        ["--dataset image2x2 --shape 4", "--shape 3 0 1", "--shape 3 10001 1"],
    ),
    (
        "network1.py",
        "--activation needs one name for each layer after the inputs, 3 in all",
        ["--activation tanh linear"],
    ),
    (
        "network1.py",
        "--activation needs one name for each layer after the inputs, 1 in all",
        ["--shape 3 1 --activation tanh linear"],
    ),
    (
        "network1.py",
        "argument --activation: invalid choice: 'word'",
        ["--activation word tanh linear"],
    ),
    (
        "network1.py",
        "--batch-size must be from 1 to 8, the number of samples",
        ["--batch-size 0", "--batch-size 9"],
    ),
    (
        "network1.py",
        "expected --momentum from 0 to below 1, --seed from 0",
        ["--momentum 1", "--momentum -0.1", "--momentum nan", "--seed -1"],
    ),
    (
        "linear.py",
        "expected --slope, --intercept from -1000000 to 1000000, --seed from 0",
        [
            "--slope 1000001",
            "--slope -1000001",
            "--slope nan",
            "--intercept 1000001",
            "--intercept -1000001",
            "--seed -1",
        ],
    ),
    (
        "cubic.py",
        "expected --coefficients from -1e9 to 1e9, --hidden from 1 to 64, --seed from 0",
        [
            "--coefficients 1 2 3 1.1e9",
            "--coefficients -1100000000 2 3 4",  # argparse takes -1.1e9 for an option
            "--coefficients 1 nan 3 4",
            "--hidden 0",
            "--hidden 65",
            "--seed -1",
        ],
    ),
]


def each_command(rows):
    """Return a case for each option of these rows: a command, and its error message."""
    cases = []
    for script, message, options in rows:
        for option in options:
            command = f"{script} {option}"
            cases.append(pytest.param(command, message, id=command))
    return cases


@pytest.mark.parametrize("command, message", each_command(REFUSED))
def test_a_wrong_value_is_refused_before_anything_is_computed(command, message, no_training):
    assert_refused(command, message)


@each_training_script
@pytest.mark.parametrize(
    "option",
    ["--iterations 0", "--learning-rate 0", "--learning-rate 1000.1", "--learning-rate nan"],
)
def test_each_training_script_refuses_iterations_below_1_and_learning_rates_out_of_range(
    script, option, no_training
):
    message = "expected --iterations from 1, --learning-rate above 0, up to 1000"
    assert_refused(f"{script} {option}", message)


@each_training_script
def test_each_training_script_refuses_a_learning_rate_that_is_no_number(script, no_training):
    message = "argument --learning-rate: invalid float value: 'word'"
    assert_refused(f"{script} --learning-rate word", message)


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("xor.py --inputs 1", id="fewest inputs"),
        pytest.param("xor.py --inputs 10", id="most inputs"),
        pytest.param("xor.py --hidden 1", id="xor: fewest hidden nodes"),
        pytest.param("xor.py --hidden 10000", id="xor: most hidden nodes"),
        pytest.param("2x2_image_recognition.py --sets 1", id="fewest sets"),
        pytest.param("2x2_image_recognition.py --sets 1000", id="most sets"),
        pytest.param("network1.py --shape 3 1", id="no hidden layer"),
        pytest.param("network1.py --shape 3 10000 1", id="largest layer"),
        pytest.param("network1.py --momentum 0", id="no momentum"),
        pytest.param("network1.py --momentum 0.999", id="momentum just below 1"),
        pytest.param("network1.py --batch-size 1", id="smallest batch"),
        pytest.param("network1.py --batch-size 8", id="largest batch"),
        pytest.param("linear.py --slope 1000000 --intercept -1000000", id="steepest line"),
        pytest.param("cubic.py --coefficients 1e9 0 0 -1000000000", id="largest coefficients"),
        pytest.param("cubic.py --hidden 1", id="cubic: fewest hidden nodes"),
        pytest.param("cubic.py --hidden 64", id="cubic: most hidden nodes"),
    ],
)
def test_a_value_at_the_edge_of_its_range_is_accepted(command, no_training, few_images):
    with pytest.raises(TrainingBegan):
        run(command)


def test_network1_accepts_another_activation_for_each_layer(no_training):
    with pytest.raises(TrainingBegan):
        run("network1.py --activation tanh step silu")


@each_training_script
@pytest.mark.parametrize(
    "option",
    [
        pytest.param("--iterations 1", id="one iteration"),
        pytest.param("--learning-rate 1000", id="largest rate"),
        pytest.param("--learning-rate 5e-324", id="smallest number above 0"),
        pytest.param("--seed 0", id="smallest seed"),
    ],
)
def test_each_training_script_accepts_the_edges_of_the_options_that_all_share(
    script, option, no_training, few_images
):
    with pytest.raises(TrainingBegan):
        run(f"{script} {option}")


@each_training_script
def test_each_training_script_accepts_a_seed_of_more_than_64_bits(
    script, no_training, few_images
):
    with pytest.raises(TrainingBegan):
        run(f"{script} --seed {2**64}")


@pytest.mark.parametrize("script", ["2x2_image_predefined_1.py", "2x2_image_predefined_2.py"])
def test_the_widest_grey_range_is_accepted(script):
    code, _, err = run(f"{script} --grey-range 0.5")
    assert (code, err) == (0, [])


# The help


def options_of(script):
    """Return {"--option": what argparse knows about it} of a script, without --help."""
    # The script ends where it would read the options, because then its parser is complete.
    with patch.object(
        argparse.ArgumentParser, "parse_args", autospec=True, side_effect=SystemExit
    ) as parse_args:
        run(script)
    parser = parse_args.call_args.args[0]  # parse_args is a method, so this is its self
    options = {action.option_strings[-1]: action for action in parser._actions}
    del options["--help"]
    return options


@each_script
def test_the_help_shows_the_docstring_as_it_stands(script):
    code, helped, err = run(f"{script} --help")
    assert (code, err) == (0, [])
    assert f"\n\n{MODULES[script].__doc__.strip()}\n" in helped


@each_script
def test_a_docstring_fits_a_narrow_console(script):
    for line in MODULES[script].__doc__.splitlines():
        assert len(line) <= 79  # in some consoles an empty line follows 80 letters


@each_script
def test_each_option_has_a_help_text(script):
    options = options_of(script)
    assert bool(options) == (script != "activation.py")  # the only one without options
    for name, option in options.items():
        assert option.help, name


@pytest.mark.parametrize(
    "script, function, shared",
    [
        ("2x2_image_predefined_1.py", dataset.image2x2_set, {"grey_range"}),
        ("2x2_image_predefined_2.py", dataset.image2x2_set, {"grey_range"}),
        ("xor.py", xor.train, {"iterations", "learning_rate"}),
        ("2x2_image_recognition.py", recognition.train, {"iterations", "learning_rate"}),
        (
            "network1.py",
            network1.NN.train,
            {"iterations", "learning_rate", "momentum", "batch_size"},
        ),
        ("linear.py", linear.train, {"iterations", "learning_rate"}),
        ("cubic.py", cubic.fit, {"iterations", "learning_rate"}),
    ],
)
def test_an_option_has_the_default_of_the_function_that_uses_it(script, function, shared):
    parameters = inspect.signature(function).parameters
    options = {option.dest: option for option in options_of(script).values()}
    assert options.keys() & parameters.keys() == shared
    for name in shared:
        assert options[name].default == parameters[name].default


def test_the_defaults_in_cubics_help_are_those_of_its_train():
    options = options_of("cubic.py")
    parameters = inspect.signature(cubic.train).parameters
    assert options["--iterations"].default == parameters["iterations"].default
    learning_rate = parameters["learning_rate"].default
    assert f"({learning_rate}, less for many nodes)" in options["--learning-rate"].help


# These helps say the default in words, where %(default)s would print None or a tuple.
@pytest.mark.parametrize(
    "command, option, words, values",
    [
        ("cubic.py", "--coefficients", "(1 0 15 0)", "1 0 15 0"),
        ("cubic.py", "--learning-rate", "(0.3, less for many nodes)", "0.3"),
        ("cubic.py --hidden 64", "--learning-rate", "less for many nodes", f"{0.9 / 17}"),
        ("network1.py", "--shape", "(inputs 8 8 outputs)", "3 8 8 1"),
        ("network1.py", "--activation", "(tanh, linear last)", "tanh tanh linear"),
        ("network1.py", "--batch-size", "(all)", "8"),
    ],
)
def test_a_default_that_the_help_has_in_words_is_the_one_that_is_used(
    command, option, words, values
):
    script = command.split()[0]
    assert words in options_of(script)[option].help
    without = run_once(f"{command} --iterations 20")
    given = run_once(f"{command} --iterations 20 {option} {values}")
    assert given.out == without.out
    np.testing.assert_allclose(given.losses, without.losses, rtol=1e-9)


# The figure, in a window or a file


@pytest.fixture
def show(monkeypatch, few_images):
    """Record the calls of plt.show, which would open a window. Measure on few images."""
    show = Mock()
    monkeypatch.setattr(plt, "show", show)
    return show


@functools.cache
def numbers(script):
    """Return what a script prints after one iteration, without the line about the window.

    A test that calls this needs few_images. The tests of a script share one run.
    """
    with patch.object(plt, "get_backend", return_value="agg"):
        _, out, _ = run(f"{script} --iterations 1")
    return out.removesuffix(f"{NO_WINDOW}\n")


# test_plots.py looks into the files that the scripts write
@each_training_script
def test_save_passes_the_file_name_to_savefig_and_opens_no_window(script, show, monkeypatch):
    savefig = Mock()
    monkeypatch.setattr(Figure, "savefig", savefig)
    file = "a figure.PNG"  # a name with a space and capitals is taken as it is
    result = run([script, "--iterations", "1", "--save", file])
    assert savefig.call_args.args == (file,)
    show.assert_not_called()
    assert result == (0, numbers(script), [])


@pytest.mark.parametrize(
    "script, backend",
    [
        ("xor.py", "TkAgg"),
        ("2x2_image_recognition.py", "TkAgg"),
        ("network1.py", "TkAgg"),
        ("linear.py", "TkAgg"),
        ("cubic.py", "TkAgg"),
        pytest.param("linear.py", "module://matplotlib_inline", id="notebook"),
    ],
)
def test_the_figure_is_shown_if_there_can_be_a_window(script, backend, show, monkeypatch):
    monkeypatch.setattr(plt, "get_backend", lambda: backend)
    code, out, err = run(f"{script} --iterations 1")
    assert (code, err) == (0, [])
    assert NO_WINDOW not in out
    assert out == numbers(script)
    show.assert_called_once_with()


@each_training_script
def test_one_line_says_that_there_can_be_no_window(script, show, monkeypatch):
    monkeypatch.setattr(plt, "get_backend", lambda: "Agg")  # older matplotlibs' capital
    result = run(f"{script} --iterations 1")
    assert result == (0, f"{numbers(script)}{NO_WINDOW}\n", [])
    show.assert_not_called()


@pytest.mark.parametrize(
    "script, error",
    [
        ("xor.py", OSError("no folder")),
        ("2x2_image_recognition.py", OSError("no folder")),
        ("network1.py", OSError("no folder")),
        ("linear.py", OSError("no folder")),
        ("cubic.py", OSError("no folder")),
        ("linear.py", ValueError("no format")),
        ("linear.py", RuntimeError("no TeX")),
    ],
)
def test_a_figure_that_cannot_be_saved_ends_in_an_error_message_after_the_numbers(
    script, error, few_images, monkeypatch
):
    monkeypatch.setattr(Figure, "savefig", Mock(side_effect=error))
    code, out, err = run(f"{script} --iterations 1 --save figure.png")
    assert code == 2
    assert out == numbers(script)
    assert err[-1].endswith(f": error: --save: {error}")


# A script stands alone


@each_script
def test_a_script_imports_only_dataset_and_activation_of_this_collection(script):
    source = (ROOT / script).read_text(encoding="utf-8")
    imported = re.findall(r"^ *(?:import|from) (\w+)", source, re.MULTILINE)
    allowed = {"numpy", "matplotlib", "dataset", "activation", *sys.stdlib_module_names}
    assert "numpy" in imported  # so the pattern finds something
    assert set(imported) <= allowed


@each_script
def test_a_script_that_is_imported_prints_and_draws_nothing(script, capsys):
    runpy.run_path(ROOT / script, run_name="imported")
    assert capsys.readouterr().out == ""
    assert plt.get_fignums() == []


@each_script
def test_a_script_that_is_run_calls_main(script, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", [script, "--help"])
    with pytest.raises(SystemExit):
        runpy.run_path(ROOT / script, run_name="__main__")
    assert capsys.readouterr().out.startswith(f"usage: {script}")


@each_script
def test_a_docstring_names_a_file_to_read_next(script):
    (file,) = re.findall(r"Read next: +([\w./-]+\w)", MODULES[script].__doc__)
    assert (ROOT / file).exists()


# The other scripts find their modules, and choose between a window and a line, as xor.py does.
def test_xor_runs_from_elsewhere_without_a_display_or_tkinter(tmp_path):
    (tmp_path / "tkinter.py").write_text("raise ImportError")
    removed = ["DISPLAY", "WAYLAND_DISPLAY"]
    if sys.platform == "linux":
        # Matplotlib has to find out by itself that no window can open. Elsewhere there always
        # is a display, so there conftest.py's choice stays.
        removed.append("MPLBACKEND")
    environment = {name: value for name, value in os.environ.items() if name not in removed}
    environment["PYTHONPATH"] = str(tmp_path)  # where our tkinter is
    done = subprocess.run(
        [sys.executable, ROOT / "xor.py", "--iterations", "1"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.startswith("inputs, desired, predicted\n")
    assert done.stdout.endswith(f"\n{NO_WINDOW}\n")


# What the docstrings say under "Try next"

SPIKE = "network1.py --learning-rate 0.2"
WITH_A_REMARK = [  # command, what the docstring remarks about it, what is printed then
    pytest.param(
        "2x2_image_predefined_1.py --grey-range 0.3 --seed 5",
        "(2 wrong: with a grey range above 0.2 these weights can fail)",
        "2 of 16 wrong",
    ),
    pytest.param(
        "2x2_image_predefined_2.py --grey-range 0.3 --seed 5",
        "(the same 2 wrong as in 2x2_image_predefined_1.py)",
        "2 of 16 wrong",
    ),
    pytest.param("linear.py --learning-rate 0.01", "(too slow)", "Try more --iterations"),
    pytest.param("linear.py --learning-rate 0.15", "(what happens now?)", "The loss has grown"),
    pytest.param(
        "xor.py --hidden 2 --seed 27", "(stuck, like 1 seed in 20)", "Try other --hidden"
    ),
    pytest.param(
        "2x2_image_recognition.py --sets 1 --seed 1",
        "(too few images)",
        "try more --sets",
        marks=pytest.mark.long,
    ),
    pytest.param(
        "2x2_image_recognition.py --learning-rate 0.01",
        "(too slow)",
        "Try more --iterations",
        marks=pytest.mark.long,
    ),
    pytest.param(
        "network1.py --dataset cubic --momentum 0",
        "(far slower)",
        "Try other --iterations",
        marks=pytest.mark.long,
    ),
    pytest.param(
        "cubic.py --coefficients 1 0 -15 0 --hidden 2", "(gets stuck)", "4 to 16 --hidden"
    ),
]
CHANGES_WHAT_IS_PRINTED = [
    "dataset.py --seed 1",
    "linear.py --slope -3 --intercept 10",
    "xor.py --inputs 3",
    "network1.py --shape 3 4 4 1 --activation tanh tanh sigmoid",
    "cubic.py --coefficients 1 0 -15 0",
]


def assert_suggested(command, remark=""):
    """The docstring of a script says to try this command, with this remark behind it."""
    script = command.split()[0]
    docstring = " ".join(MODULES[script].__doc__.split())
    assert f"python {command} {remark}" in f"{docstring} "


@pytest.mark.parametrize("command, remark, words", WITH_A_REMARK)
def test_what_a_docstring_suggests_with_a_remark_prints_words_that_fit_it(
    command, remark, words
):
    assert_suggested(command, remark)
    code, out, err, _ = run_once(command)
    assert (code, err) == (0, [])
    assert words in out
    without_options = run_once(command.split()[0])
    assert words not in without_options.out


def test_a_larger_learning_rate_makes_network1_faster_but_with_a_spike():
    assert_suggested(SPIKE, "(faster, but with a spike)")
    code, _, err, losses = run_once(SPIKE)
    assert (code, err) == (0, [])
    assert len(losses) < len(run_once("network1.py").losses)
    lowest_so_far = np.minimum.accumulate(losses)
    assert (losses > 1.2 * lowest_so_far).any()  # a spike, not only a little wave


@pytest.mark.parametrize("command", CHANGES_WHAT_IS_PRINTED)
def test_what_a_docstring_suggests_prints_something_else_than_without_options(command):
    assert_suggested(command)
    script, *options = command.split()
    few_iterations = ["--iterations", "20"] if script in TRAINING else []
    code, out, err = run([script, *options, *few_iterations])
    assert (code, err) == (0, [])
    assert out != run([script, *few_iterations]).out


def test_each_command_that_a_docstring_suggests_is_tested_above():
    docstrings = "\n".join(module.__doc__ for module in MODULES.values())
    # a command ends with its line, or two spaces before a remark
    suggested = re.findall(r"python (\S+\.py --.+?)(?:  |\n)", docstrings)
    with_a_remark = [row.values[0] for row in WITH_A_REMARK]
    assert sorted(suggested) == sorted([SPIKE, *with_a_remark, *CHANGES_WHAT_IS_PRINTED])


def test_both_predefined_networks_print_the_same():
    options = "--grey-range 0.3 --seed 5"
    first = run_once(f"2x2_image_predefined_1.py {options}")
    second = run_once(f"2x2_image_predefined_2.py {options}")
    assert first.out == second.out


def test_both_predefined_networks_have_the_same_weights_and_biases():
    bias_as_weight = MODULES["2x2_image_predefined_1.py"]
    bias_apart = MODULES["2x2_image_predefined_2.py"]
    W1_and_B1 = np.hstack([bias_apart.W1, bias_apart.B1])
    W2_and_B2 = np.hstack([bias_apart.W2, bias_apart.B2])
    np.testing.assert_array_equal(bias_as_weight.W1, W1_and_B1)
    np.testing.assert_array_equal(bias_as_weight.W2, W2_and_B2)


# What a script says about its training

TRY_SMALLER_RATE = "The loss has grown: try a smaller --learning-rate.\n"
SEE_DOCS = "docs/when-training-fails.md says which of them helps.\n"


@pytest.mark.parametrize(
    "command, words",
    [
        pytest.param(
            "xor.py --hidden 1 --iterations 500",
            "Not learned: 4 of 4 rows are off by 0.1 or more.\n"
            f"Try other --hidden, --seed, --iterations or --learning-rate.\n{SEE_DOCS}",
            id="xor: too few nodes",
        ),
        pytest.param(
            "xor.py --learning-rate 1000 --iterations 50",
            TRY_SMALLER_RATE,
            id="xor: loss has grown",
        ),
        pytest.param(
            "2x2_image_recognition.py --sets 1 --seed 8",
            "Learned the images trained on, but not yet the kinds: try more --sets.\n",
            id="recognition: too few images",
        ),
        pytest.param(
            "2x2_image_recognition.py --learning-rate 0.01 --iterations 99",
            "Not learned, not even on the images trained on.\n"
            f"Try more --iterations or another --learning-rate.\n{SEE_DOCS}",
            id="recognition: too few iterations",
        ),
        pytest.param(
            "2x2_image_recognition.py --iterations 2 --learning-rate 100",
            TRY_SMALLER_RATE,
            id="recognition: loss has grown",
        ),
        pytest.param(
            "network1.py --shape 3 1 --iterations 99",
            "Not learned: 8 of 8 outputs are off by 0.25 or more.\n"
            "Try other --iterations, --learning-rate, --momentum or --batch-size,\n"
            f"or other --shape, --activation or --seed.\n{SEE_DOCS}",
            id="network1: no hidden layer",
        ),
        pytest.param(
            "network1.py --learning-rate 99 --activation tanh tanh sigmoid --iterations 30",
            TRY_SMALLER_RATE,
            id="network1: loss has grown",
        ),
        pytest.param(
            "linear.py --iterations 237",
            "Not learned: the line is more than 0.000001 off.\n"
            f"Try more --iterations or another --learning-rate.\n{SEE_DOCS}",
            id="linear: one iteration too few",
        ),
        pytest.param(
            "linear.py --learning-rate 0.15", TRY_SMALLER_RATE, id="linear: loss has grown"
        ),
        pytest.param(
            "cubic.py --coefficients 1 0 -15 0 --iterations 200",
            "Not learned: the rms error is more than 1 %.\n"
            "Try more --iterations, 4 to 16 --hidden, another --learning-rate or --seed.\n"
            f"{SEE_DOCS}",
            id="cubic: too few iterations",
        ),
    ],
)
def test_training_that_has_not_learned_says_what_to_try(command, words, few_images):
    code, out, err = run(command)
    assert (code, err) == (0, [])
    assert words in out
    assert "mse below" not in out  # which xor.py prints when it has learned
    assert len(re.findall("[Tt]ry ", out)) == 1  # a single piece of advice


@pytest.mark.parametrize(
    "command, proof",
    [
        pytest.param("xor.py", "mse below 0.01 after", id="xor"),
        pytest.param("xor.py --inputs 1", "mse below 0.01 after", id="xor: one input"),
        pytest.param("2x2_image_recognition.py", "seen: 0 of 32000", id="recognition"),
        pytest.param("network1.py", "e-06 after", id="network1"),  # a small mse
        pytest.param("linear.py", "result:    y = 2.000000 x +3.000000", id="linear"),
        pytest.param(
            "linear.py --iterations 238",
            "result:    y = 2.000000 x +2.999999",
            id="linear: just enough iterations",
        ),
        pytest.param("cubic.py", "rms error 0.", id="cubic"),  # less than 1 %
        pytest.param(
            "cubic.py --coefficients 0 0 0 5 --hidden 1",
            "rms error 0.00 %",
            id="cubic: a constant",
        ),
    ],
)
def test_training_that_has_learned_gives_no_advice(command, proof):
    code, out, err, _ = run_once(command)
    assert (code, err) == (0, [])
    assert proof in out
    assert not re.search("[Tt]ry |Not ", out)


# xor.py can't diverge, because its outputs stay between 0 and 1
@pytest.mark.parametrize(
    "command",
    [
        "2x2_image_recognition.py --learning-rate 1000 --iterations 60",
        "network1.py --learning-rate 20",
        "linear.py --learning-rate 1000",
        "cubic.py --learning-rate 1000 --iterations 1",
    ],
)
def test_training_that_diverged_says_so_in_one_line_and_draws_nothing(command, few_images):
    code, _, err = run(command)
    assert code == 1
    assert err == ["The training diverged: try a smaller --learning-rate."]
    assert plt.get_fignums() == []


# What a script prints and draws is what its functions compute


def lines_printed_by(command):
    """Run a command, and return the lines that it prints. Its figure stays open."""
    code, out, err = run(command)
    assert (code, err) == (0, [])
    return out.splitlines()


def assert_drawn(losses):
    """The figure that is open shows these losses on its left."""
    left = plt.gcf().axes[0]
    drawn = left.get_lines()[0].get_ydata()
    np.testing.assert_allclose(drawn, losses, rtol=1e-9)


def test_xor_prints_what_its_functions_compute():
    X, Y = dataset.truth_table("nand", 3)
    parameters = xor.initialize(3, 5, 1, np.random.default_rng(7))
    losses = xor.train(X, Y, parameters, iterations=137, learning_rate=2.0)
    y = Y[:, 0]
    y_hat = xor.predict(X, parameters)[:, 0]
    wrong = abs(y_hat - y) >= 0.1
    assert 0 < wrong.sum() < 8  # so that rows with and without "wrong" are printed

    options = "--inputs 3 --hidden 5 --iterations 137 --learning-rate 2 --seed 7"
    out = lines_printed_by(f"xor.py --gate nand {options}")
    assert_drawn(losses)
    for i in range(8):
        remark = "  wrong" if wrong[i] else ""
        assert out[1 + i] == f"{i:03b}  {y[i]:.0f}  {y_hat[i]:.3f}{remark}"
    assert out[9] == f"mse {np.mean((y_hat - y) ** 2):.6f} after 137 iterations"
    assert out[10] == f"Not learned: {wrong.sum()} of 8 rows are off by 0.1 or more."


class TrainedRecognition:
    """2x2_image_recognition.py, trained like the command, with the script's functions."""

    SETS = 3
    ITERATIONS = 200
    RATE = 0.4
    command = (
        f"2x2_image_recognition.py --sets {SETS} --iterations {ITERATIONS} "
        f"--learning-rate {RATE}"
    )

    def __init__(self):
        rng = np.random.default_rng(0)  # it is used in the same order as in main
        self.X, self.Y = dataset.image2x2_set(self.SETS, rng=rng)
        self.parameters = recognition.initialize(4, 16, 8, 4, rng)
        self.X_new, self.Y_new = dataset.image2x2_set(4, rng=rng)  # see few_images
        self.losses = []
        self.unseen = []  # after how many iterations, and the mse on new images
        for stop in range(0, self.ITERATIONS + 1, self.ITERATIONS // 25):
            self.losses += recognition.train(
                self.X, self.Y, self.parameters, stop - len(self.losses), self.RATE
            )
            y_hat = recognition.predict(self.X_new, self.parameters)
            self.unseen.append([stop, np.mean((y_hat - self.Y_new) ** 2)])


def test_recognition_prints_how_many_images_are_wrong(few_images):
    trained = TrainedRecognition()
    _, wrong, mse = recognition.judge(trained.X, trained.Y, trained.parameters)
    _, wrong_new, mse_new = recognition.judge(trained.X_new, trained.Y_new, trained.parameters)
    assert 0 < wrong.sum() < 48  # neither none nor all, which would be easy to guess
    assert 0 < wrong_new.sum() < 64

    out = lines_printed_by(trained.command)
    assert_drawn(trained.losses)
    assert out[0] == f"trained on: {wrong.sum()} of 48 images wrong, mse {mse:.6f}"
    assert out[1] == f"never seen: {wrong_new.sum()} of 64 images wrong, mse {mse_new:.6f}"


def test_recognition_draws_the_loss_on_new_images_at_the_start_and_25_times_after(few_images):
    trained = TrainedRecognition()
    run(trained.command)
    left, _ = plt.gcf().axes
    np.testing.assert_allclose(left.get_lines()[1].get_xydata(), trained.unseen, rtol=1e-9)


def test_recognition_shows_twelve_new_images_and_the_wrong_ones_first(few_images):
    trained = TrainedRecognition()
    _, wrong, _ = recognition.judge(trained.X_new, trained.Y_new, trained.parameters)
    assert 0 < wrong.sum() < 12  # so that images of both kinds are shown
    wrong_ones_first = np.concatenate([trained.X_new[wrong], trained.X_new[~wrong]])

    run(trained.command)
    _, right = plt.gcf().axes
    # pcolormesh has made one collection per image
    shown = [image.get_array().ravel() for image in right.collections]
    assert np.array_equal(shown, wrong_ones_first[:12])


def test_linear_prints_and_draws_what_its_functions_compute():
    X, Y = dataset.polynomial((-3, 10), 0, 4, 5)
    parameters = linear.initialize(np.random.default_rng(3))
    W, B = parameters
    start = f"start:     y = {W.item():.6f} x {B.item():+.6f}"
    first_line = linear.predict(X, parameters)
    expected = [Y, first_line]
    losses = []
    for stop in 1, 10, 12:  # the lines after so many iterations are drawn
        iterations = stop - len(losses)
        losses += linear.train(X, Y, parameters, iterations, learning_rate=0.05)
        expected.append(linear.predict(X, parameters))

    options = "--slope -3 --intercept 10 --iterations 12 --learning-rate 0.05 --seed 3"
    out = lines_printed_by(f"linear.py {options}")
    assert_drawn(losses)
    assert out[0] == start
    assert out[1] == f"result:    y = {W.item():.6f} x {B.item():+.6f}"
    assert out[2] == "expected:  y = -3.000000 x +10.000000"
    drawn = [line.get_ydata() for line in plt.gcf().axes[1].get_lines()]
    np.testing.assert_allclose(drawn, np.array(expected)[..., 0])


def test_network1_prints_what_its_methods_compute():
    rng = np.random.default_rng(2)
    X, Y = dataset.image2x2_set(10, rng=rng)
    nn = network1.NN((4, 4, 4), [activation.elu, activation.sigmoid], rng)
    losses = nn.train(
        X,
        Y,
        iterations=800,
        learning_rate=0.3,
        momentum=0.8,
        batch_size=50,
        verbose=False,
        rng=rng,
    )
    y_hat = nn.forward(X)
    n_off = (abs(y_hat - Y) >= 0.25).sum()

    options = "--iterations 800 --learning-rate 0.3 --momentum 0.8 --batch-size 50 --seed 2"
    options += " --dataset image2x2_set --shape 4 4 4 --activation elu sigmoid"
    *progress, result, advice = lines_printed_by(f"network1.py {options}")[:12]
    assert_drawn(losses)
    assert all(line.startswith("iteration ") for line in progress)
    assert result == f"image2x2_set: mse {np.mean((y_hat - Y) ** 2):.3g} after 800 iterations"
    assert advice == f"Not learned: {n_off} of 640 outputs are off by 0.25 or more."


def test_cubic_prints_what_its_functions_compute():
    X, Y = dataset.polynomial((0.002, -0.003, -0.04, 0.5), -5, 5, 50)
    parameters, losses = cubic.fit(X, Y, n_hidden=3, rng=6, iterations=20, learning_rate=0.2)
    y_hat = cubic.predict(X, parameters)
    rms = 100 * np.sqrt(np.mean((y_hat - Y) ** 2)) / Y.std()

    options = "--hidden 3 --seed 6 --iterations 20 --learning-rate 0.2 --coefficients"
    options += " 0.002 -0.003 -0.04 0.5"
    out = lines_printed_by(f"cubic.py {options}")
    assert_drawn(losses)
    assert out[0] == f"y = 0.002 x^3 -0.003 x^2 -0.04 x +0.5, from {Y.min():g} to {Y.max():g}"
    assert out[1] == f"rms error {rms:.2f} % of the standard deviation of y"
    assert out[2] == f"largest error {abs(y_hat - Y).max():.4g}"
