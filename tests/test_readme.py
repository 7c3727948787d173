"""The README says what is: its excerpts, commands, outputs, links, figures and numbers."""

import re
import warnings
from pathlib import Path

import numpy as np
import pytest
from helpers import NO_WINDOW, agree, answer

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
PROSE = re.sub(r"^```.*?^```$", "", TEXT, flags=re.DOTALL | re.MULTILINE)
HEADINGS = re.findall(r"^#+ (.+)$", PROSE, re.MULTILINE)
# commands within the text; softsign isn't there, and try.py is the reader's
INLINE = re.findall(r"`(python (?!try|.*softsign)[\w.]+\.py[^`…]*)`", PROSE)


def blocks(kind, start=""):
    """Return the blocks of code that start so, each with the output that stands below it."""
    pattern = rf"^```{kind}\n({start}.*?)^```$(?:\n\n^```text\n(.*?)^```$)?"
    return re.findall(pattern, TEXT, re.DOTALL | re.MULTILINE)


def test_excerpts_stand_verbatim_in_the_files_they_name():
    excerpts = [code[2:].split("\n", 1) for code, _ in blocks("python", r"# \S+\.py\n")]
    assert len(excerpts) > 5
    for file, excerpt in excerpts:
        assert excerpt in (ROOT / file).read_text(encoding="utf-8"), excerpt


@pytest.mark.parametrize(
    "code, below", blocks("python", r"(?!# \S+\.py\n)"), ids=lambda code: code[:40]
)
def test_snippets_run_and_print_what_stands_below(code, below, capsys, tmp_path, monkeypatch):
    if "import torch" in code:
        pytest.importorskip("torch")
        warnings.simplefilter("ignore")  # the framework's own are not ours to mend
    monkeypatch.chdir(tmp_path)
    exec(code, {"np": np})
    real = capsys.readouterr().out
    assert agree(below, real), f"README:\n{below}\nreal:\n{real}"


@pytest.mark.parametrize(
    "commands, below", [*blocks("sh", "python "), *((command, "") for command in INLINE)]
)
def test_commands_run_and_print_what_stands_below(commands, below):
    answers = [answer(line.removeprefix("python ")) for line in commands.splitlines()]
    real = "".join(out.replace(f"{NO_WINDOW}\n", "") for _, out, *_ in answers)
    assert real and all((code, err) == (0, []) for code, _, err, _ in answers)
    assert not below or agree(below, real), f"README:\n{below}\nreal:\n{real}"


def test_the_first_two_commands_install_and_run_and_fit_a_narrow_page():
    (first, _), (second, _), *_ = blocks("sh")
    assert all(len(line) <= 60 for line in (first + second).splitlines())
    assert "-r requirements.txt " in first and "cubic.py --save cubic.png" in first
    assert "-r requirements-dev.txt " in second and "pytest" in second


def test_every_link_leads_somewhere_and_every_figure_has_an_alt_text_and_a_caption():
    there = {"#" + re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in HEADINGS}
    targets = re.findall(r"\]\(([^)]+)\)", PROSE)
    assert len(targets) > 20
    for target in targets:
        assert target in there or re.match("http", target) or (ROOT / target).exists(), target
    shown = re.findall(r'^<img src="(\S+)" width="640" alt="[^"]{40,}"><br>\n\*', PROSE, re.M)
    assert {ROOT / file for file in shown} == {*(ROOT / "figures").glob("*.[pg][ni][gf]")}
    assert PROSE.count("<img") == len(shown)


def test_every_chapter_is_in_the_contents_and_only_the_exercises_are_numbered():
    chapters = [heading for heading in HEADINGS if heading[0].isdigit()]
    assert chapters == re.findall(r"\[(\d+\. [^\]]+)\]\(#", PROSE)
    # a line of prose that begins with a number and a full stop would become a list
    numbers = re.findall(r"^(\d+)\. ", PROSE, re.MULTILINE)
    assert numbers == [str(n + 1) for n in range(len(numbers))]
