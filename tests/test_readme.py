"""The README says what is: its excerpts, commands, outputs, links, figures and numbers."""

import math
import re
import warnings
from pathlib import Path

import numpy as np
import pytest
from shell import NO_WINDOW, answer

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
PROSE = re.sub(r"^```.*?^```$", "", TEXT, flags=re.DOTALL | re.MULTILINE)
EXCERPTS = [code for kind, code in BLOCKS if re.match(r"# \S+\.py\n", code)]
SNIPPETS = [
    (code, following[1] if following[0] == "text" else None)
    for (kind, code), following in zip(BLOCKS, BLOCKS[1:] + [("", "")])
    if kind == "python" and code not in EXCERPTS
]
SHELL = [
    (code, following[1] if following[0] == "text" else None)
    for (kind, code), following in zip(BLOCKS, BLOCKS[1:])
    if kind == "sh" and code.startswith("python ")
]
INLINE = sorted(set(re.findall(r"`python (\S+\.py[^`…]*)`", PROSE)))


def printed(command):
    """What a command such as `xor.py --inputs 3` prints, without the line on the window."""
    code, out, err, _ = answer(command)
    assert (code, err) == (0, [])
    return out.replace(f"{NO_WINDOW}\n", "")


def assert_same(expected, real):
    """The words are the same, the numbers nearly."""
    number = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
    words, real_words = (re.sub(number, "#", text).split() for text in (expected, real))
    assert words == real_words, f"README:\n{expected}\nreal:\n{real}"
    for a, b in zip(re.findall(number, expected), re.findall(number, real)):
        decimals = 0 if "e" in a else len(a.partition(".")[2])
        if not decimals and "e" not in a:
            assert a == b, real
            continue
        last_digit = 1.1 * 10**-decimals if decimals else 0.0
        assert math.isclose(float(a), float(b), rel_tol=0.1, abs_tol=last_digit), (a, b, real)


@pytest.mark.parametrize("code", EXCERPTS, ids=lambda code: code[:40])
def test_excerpts_stand_verbatim_in_the_file_they_name(code):
    first, excerpt = code.split("\n", 1)
    assert excerpt in (ROOT / first[2:]).read_text(encoding="utf-8")


@pytest.mark.parametrize("code, expected", SNIPPETS, ids=lambda code: (code or "")[:40])
def test_snippets_run_and_print_what_stands_below(
    code, expected, capsys, tmp_path, monkeypatch
):
    if "import torch" in code:
        pytest.importorskip("torch")
        warnings.simplefilter("ignore")  # the framework's own are not ours to mend
    monkeypatch.chdir(tmp_path)
    exec(code, {"np": np})
    assert_same(expected or "", capsys.readouterr().out)


@pytest.mark.parametrize("code, expected", SHELL, ids=lambda code: (code or "")[:40])
def test_commands_print_what_stands_below(code, expected):
    real = "".join(printed(line.removeprefix("python ")) for line in code.splitlines())
    if expected is not None:
        assert_same(expected, real)


@pytest.mark.parametrize(
    "command", [c for c in INLINE if "/" not in c and "softsign" not in c and c != "try.py"]
)
def test_commands_in_the_text_run(command):
    assert printed(command)


def test_the_first_two_commands_install_and_run_and_fit_a_narrow_page():
    first, second = [code for kind, code in BLOCKS if kind == "sh"][:2]
    assert all(len(line) <= 60 for line in (first + second).splitlines())
    assert "-r requirements.txt " in first and "cubic.py --save cubic.png" in first
    assert "-r requirements-dev.txt " in second and "pytest" in second


def test_links_figures_and_anchors_exist():
    headings = re.findall(r"^#+ (.+)$", PROSE, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
    targets = re.findall(r"\]\(([^)]+)\)", PROSE) + re.findall(r'src="([^"]+)"', PROSE)
    assert len(targets) > 30
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in anchors
        elif not target.startswith("http"):
            assert (ROOT / target).exists(), target


def test_every_figure_is_shown_with_an_alt_text_and_a_caption():
    figures = re.findall(
        r'^<img src="(\S+)" width="640" alt="([^"]{40,})"><br>\n\*', PROSE, re.M
    )
    shown = {Path(file).name for file, _ in figures}
    assert shown == {file.name for file in (ROOT / "figures").glob("*.[pg][ni][gf]")}
    assert PROSE.count("<img") == len(figures)


def test_every_chapter_is_in_the_contents():
    chapters = re.findall(r"^## (\d+\. .+)$", PROSE, re.MULTILINE)
    assert chapters == re.findall(r"\[(\d+\. [^\]]+)\]\(#", PROSE)


def test_only_the_exercises_are_numbered():
    """A line of prose that begins with a number and a full stop would become a list."""
    numbers = re.findall(r"^(\d+)\. ", PROSE, re.MULTILINE)
    assert numbers == [str(n + 1) for n in range(len(numbers))]
