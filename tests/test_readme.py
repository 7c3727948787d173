"""The README says what is: its excerpts, commands, outputs, links, figures and numbers."""

import importlib
import math
import re
import shlex
import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

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


def run(command, capsys):
    """What a command such as `xor.py --inputs 3` prints, without the line on the display."""
    script, *options = shlex.split(command)
    importlib.import_module(script.removesuffix(".py")).main(options)
    plt.close("all")
    printed = capsys.readouterr().out
    return re.sub(r"There is no display.*\n", "", printed)


def assert_same(expected, real):
    """The words are the same, the numbers nearly; … stands for lines that are left out."""
    if "…" in expected:
        pattern = re.escape(expected).replace("…\\\n", "(?:.*\n)*?")
        assert re.fullmatch(pattern, real), f"README:\n{expected}\nreal:\n{real}"
        return
    number = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
    words, real_words = (re.sub(number, "#", text).split() for text in (expected, real))
    assert words == real_words, f"README:\n{expected}\nreal:\n{real}"
    for a, b in zip(re.findall(number, expected), re.findall(number, real)):
        decimals = 0 if "e" in a else len(a.partition(".")[2])
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
    for package in "torch", "keras":
        if f"import {package}" in code:
            monkeypatch.setenv("KERAS_BACKEND", "torch")
            pytest.importorskip(package)
            warnings.simplefilter("ignore")  # the frameworks' own are not ours to mend
    monkeypatch.chdir(tmp_path)
    seeds = 12
    exec(code.replace("seeds=1000", f"seeds={seeds}"), {})
    real = capsys.readouterr().out
    if "seeds=1000" not in code:
        assert_same(expected, real)
        return
    for line, real_line in zip(expected.splitlines(), real.splitlines(), strict=True):
        label, counts = re.fullmatch(r"(.*(?::|->)) ([\d ]+)", line).groups()
        real_counts = real_line.removeprefix(label).split()
        for count, real_count in zip(counts.split(), real_counts, strict=True):
            share = int(count) / 1000
            tolerance = 4 * math.sqrt(share * (1 - share) / seeds) + 0.01
            assert abs(int(real_count) / seeds - share) <= tolerance, (line, real_line)


@pytest.mark.parametrize("code, expected", SHELL, ids=lambda code: (code or "")[:40])
def test_commands_print_what_stands_below(code, expected, capsys):
    real = "".join(run(line.removeprefix("python "), capsys) for line in code.splitlines())
    if expected is not None:
        assert_same(expected, real)


@pytest.mark.parametrize("command", [c for c in INLINE if "/" not in c and "softsign" not in c])
def test_commands_in_the_text_run(command, capsys):
    assert run(command, capsys)


def test_the_first_two_commands_are_one_line_each():
    first, second = [code for kind, code in BLOCKS if kind == "sh"][:2]
    assert first.count("\n") == second.count("\n") == 1
    assert "-r requirements.txt " in first and "cubic.py --save cubic.png" in first
    assert "-r requirements-dev.txt " in second and "pytest" in second


def test_links_figures_and_anchors_exist():
    headings = re.findall(r"^#+ (.+)$", PROSE, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
    targets = re.findall(r"\]\(([^)]+)\)", PROSE)
    assert len(targets) > 30
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in anchors
        elif not target.startswith("http"):
            assert (ROOT / target).exists(), target


def test_every_figure_has_an_alt_text_and_every_chapter_is_in_the_contents():
    assert all(len(alt) > 40 for alt in re.findall(r"!\[([^\]]*)\]", PROSE))
    chapters = re.findall(r"^## (\d+\. .+)$", PROSE, re.MULTILINE)
    listed = re.findall(r"^(\d+\. )\[([^\]]+)\]\(#", PROSE, re.MULTILINE)
    assert chapters == [number + title for number, title in listed]
