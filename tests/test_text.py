"""The pages say what is: their excerpts, snippets, commands, outputs, links and figures."""

import contextlib
import importlib.util
import io
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from helpers import NO_WINDOW, agree, answer

ROOT = Path(__file__).parent.parent
FILES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("exercises/*.md")]
PAGES = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in FILES}
PROSE = {
    name: re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    for name, text in PAGES.items()
}
LINK, FORMULA = r"\]\(([^)]+)\)", r"\$\$?([^$]+)\$\$?"
# softsign isn't there, and what begins with my_ or try is the reader's
COMMAND = r"`(python (?!try|my_|.*softsign)[\w.]+\.py[^`…]*)`"
each_page = pytest.mark.parametrize("page", PAGES)


def blocks(page, kind, start=""):
    """Return the blocks of code that start so, each with the output that stands below it."""
    pattern = rf"^```{kind}\n({start}.*?)^```$(?:\n\n^```text\n(.*?)^```$)?"
    return re.findall(pattern, PAGES[page], re.DOTALL | re.MULTILINE)


def anchors(page):
    """Return the links that lead to the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", PROSE[page], re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def test_what_is_looked_for_is_found():
    for kind, start in ("python", r"# \S+\.py\n"), ("python", "import "), ("sh", "python "):
        assert sum(len(blocks(page, kind, start)) for page in PAGES) >= 5
    for pattern in LINK, FORMULA, COMMAND:
        assert sum(len(re.findall(pattern, prose)) for prose in PROSE.values()) >= 20


@each_page
def test_excerpts_stand_verbatim_in_the_files_they_name(page):
    for code, _ in blocks(page, "python", r"# \S+\.py\n"):
        file, excerpt = code[2:].split("\n", 1)
        assert excerpt in (ROOT / file).read_text(encoding="utf-8"), excerpt


@each_page
def test_snippets_run_in_turn_and_print_what_stands_below(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for code, below in blocks(page, "python", r"(?!# \S+\.py\n)"):
        needed = [m for m in ("torch", "keras", "sklearn") if re.search(rf"\b{m}\b", code)]
        if any(importlib.util.find_spec(module) is None for module in needed):
            continue  # only the snippets of frameworks that are installed are run
        out = io.StringIO()
        with warnings.catch_warnings(), contextlib.redirect_stdout(out):
            if "torch" in needed or "keras" in needed:
                warnings.simplefilter("ignore")  # the framework's own are not ours to mend
            exec(code, {"__name__": "snippet"})
        assert agree(below, out.getvalue()), f"{page}:\n{below}\nreal:\n{out.getvalue()}"


def printed(command):
    """Return what a command prints, that of a script or of a module with python -m."""
    words = command.removeprefix("python ").split()
    if words[0] != "-m":
        code, out, err, _ = answer(" ".join(words))
        assert (code, err) == (0, []), command
        return out.replace(f"{NO_WINDOW}\n", "")
    return subprocess.check_output([sys.executable, *words], cwd=ROOT, text=True)


@each_page
def test_commands_with_an_output_below_print_it(page):
    for commands, below in blocks(page, "sh", "python "):
        if below:
            real = "".join(printed(line) for line in commands.splitlines())
            texts = [re.sub(r"\de-\d\d", "nearly 0", text) for text in (below, real)]
            assert agree(*texts), f"{page}:\n{below}\nreal:\n{real}"


@each_page
def test_commands_of_scripts_within_the_text_run(page):
    for command in re.findall(COMMAND, PROSE[page]):
        assert printed(command), command


def test_the_first_two_commands_name_their_requirements_and_fit_a_narrow_page():
    (first, _), (second, _), *_ = blocks("README.md", "sh")
    assert all(len(line) <= 60 for line in (first + second).splitlines())
    assert "-r requirements.txt " in first and "cubic.py --save cubic.png" in first
    assert "-r requirements-dev.txt " in second and "pytest" in second


@each_page
def test_every_link_within_the_collection_leads_somewhere(page):
    for target in re.findall(LINK, PROSE[page]):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        file = (ROOT / page).parent / path if path else ROOT / page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(str(file.resolve().relative_to(ROOT))), target


@each_page
def test_every_formula_stands_in_one_line_without_what_markdown_would_take_from_it(page):
    for formula in re.findall(FORMULA, PROSE[page]):
        assert re.fullmatch(r"(\\[A-Za-z]|[^\\\n])+", formula), formula  # \, would lose its \


def test_every_figure_is_shown_with_an_alt_text_and_a_caption():
    shown = set()
    for page, prose in PROSE.items():
        pattern = r'^<img src="(\S+)" width="640" alt="[^"]{40,}"><br>\n\*'
        files = re.findall(pattern, prose, re.MULTILINE)
        assert prose.count("<img") == len(files), page
        shown |= {((ROOT / page).parent / file).resolve() for file in files}
    assert shown == {*(ROOT / "figures").glob("*.png"), *(ROOT / "figures").glob("*.gif")}


def test_the_pages_stay_short():
    for page, text in PAGES.items():
        lines, words = len(text.splitlines()), len(text.split())
        assert lines <= (720 if page == "README.md" else 200) and words <= 7500, page
