"""exercises/find_the_fault.py: each fault is planted, ends in no error, and is found."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import run

from exercises import check, find_the_fault
from exercises.find_the_fault import FAULTS, plant

ROOT = Path(__file__).parent.parent
XOR = (ROOT / "xor.py").read_text(encoding="utf-8")
ANSWERS = (ROOT / "exercises" / "answers.md").read_text(encoding="utf-8")
each_fault = pytest.mark.parametrize("number", range(1, len(FAULTS) + 1))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a copy of xor.py, where find_the_fault writes, and Python imports from."""
    (tmp_path / "xor.py").write_text(XOR, encoding="utf-8")
    monkeypatch.setattr(find_the_fault, "FOLDER", tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    importlib.invalidate_caches()
    yield tmp_path
    for number in range(1, len(FAULTS) + 1):
        sys.modules.pop(f"my_fault_{number}", None)


def written(folder, number):
    """Call the program as a reader does, and return the text of the file that it writes."""
    find_the_fault.main([str(number)])
    return (folder / f"my_fault_{number}.py").read_text(encoding="utf-8")


@each_fault
def test_a_copy_differs_from_xor_in_one_line(folder, number):
    right, wrong = FAULTS[number - 1]
    lines = XOR.splitlines()
    copied = written(folder, number).splitlines()
    assert len(copied) == len(lines)
    different = [pair for pair in zip(lines, copied) if pair[0] != pair[1]]
    assert len(different) == 1
    assert different[0][1] == different[0][0].replace(right, wrong)


def test_no_two_faults_are_the_same():
    assert len(set(FAULTS)) == len(FAULTS)


@pytest.mark.parametrize("times", [0, 2])
def test_a_right_line_that_does_not_stand_exactly_once_is_refused(times):
    text = "b = 1  # a = 1\n" + "    a = 1  # a comment\n" * times
    with pytest.raises(ValueError, match=f"one line 'a = 1', but it has {times}"):
        plant(text, "a = 1", "a = 2")


def test_a_changed_xor_is_said_in_one_line(folder):
    (folder / "xor.py").write_text("print()\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="^xor.py should .* Has your xor.py been changed"):
        find_the_fault.main(["1"])
    assert not (folder / "my_fault_1.py").exists()


# The array that the check has to name for each fault, in the order of FAULTS. It is the array
# that is made wrongly, except for number 9: z1 is made without B1, and dB1 shows it.
PLACES = ["dz2", "dW2", "dW1", "dz2", "dz2", "dB1", "dz1", "da1", "dB1", "dz2", "dz1", "dz2"]


@pytest.mark.parametrize(
    "number, place", list(zip(range(1, len(FAULTS) + 1), PLACES, strict=True))
)
def test_the_check_says_where_a_fault_is(folder, capsys, number, place):
    written(folder, number)
    capsys.readouterr()
    assert check.main([f"my_fault_{number}"]) == 1
    printed = capsys.readouterr().out
    # the list of the gradients names them all, so only what is said beside it counts
    said = re.sub(r"^d[WB]\d +(right|wrong).*$", "", printed, flags=re.MULTILINE)
    assert re.search(rf"\b{place}\b", said), printed
    assert "Error" not in printed


def test_the_check_calls_a_mended_copy_right(folder, capsys):
    right, wrong = FAULTS[2]
    mended = plant(written(folder, 3), wrong, right)
    (folder / "my_fault_3.py").write_text(mended, encoding="utf-8")
    assert check.main(["my_fault_3"]) == 0


@each_fault
def test_a_copy_runs_to_its_end_without_an_error(folder, number):
    written(folder, number)
    code, out, errors = run(f"my_fault_{number}.py --iterations 50")
    assert (code, errors) == (0, [])
    assert "after 50 iterations" in out


def test_the_answers_list_every_fault_in_order():
    rows = re.findall(r"^\| (\d+) \| `([^`]+)` \|", ANSWERS, re.MULTILINE)
    assert rows == [(str(number), wrong) for number, (_, wrong) in enumerate(FAULTS, 1)]


def test_a_file_that_is_there_stays_as_it_is(folder):
    mine = folder / "my_fault_3.py"
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit, match="^my_fault_3.py is there already.*$"):
        find_the_fault.main(["3"])
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "words, said",
    [
        ([], "required: number"),
        (["0"], "expected a number from 1 to 12"),
        (["13"], "expected a number from 1 to 12"),
        (["three"], "invalid int value: 'three'"),
        (["1", "2"], "unrecognized arguments: 2"),
    ],
)
def test_without_a_number_of_a_fault_it_is_said_how_to_run_it(folder, capsys, words, said):
    with pytest.raises(SystemExit) as stop:
        find_the_fault.main(words)
    lines = capsys.readouterr().err.splitlines()
    assert stop.value.code == 2
    assert lines[0] == "usage: python -m exercises.find_the_fault [-h] number"
    assert lines[1].endswith(said)
    assert not list(folder.glob("my_*"))


def test_the_help_is_the_docstring(capsys):
    with pytest.raises(SystemExit):
        find_the_fault.main(["--help"])
    assert find_the_fault.__doc__.strip() in capsys.readouterr().out


def test_the_run_button_of_an_editor_says_how_to_run_it():
    script = ROOT / "exercises" / "find_the_fault.py"
    result = subprocess.run([sys.executable, script], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (2, "")
    assert "python -m exercises.find_the_fault [-h] number" in result.stderr


def test_the_docstring_says_how_many_faults_there_are():
    assert f"from 1 to {len(FAULTS)} " in find_the_fault.__doc__
