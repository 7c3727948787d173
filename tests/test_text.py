"""The pages say what is: their excerpts, snippets, commands, outputs, links and figures."""

import ast
import contextlib
import importlib.util
import io
import re
import runpy
import subprocess
import sys
import warnings
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

import pytest
from helpers import NO_WINDOW, TRAINING, agree, run, run_once

ROOT = Path(__file__).parent.parent
FILES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("exercises/*.md")]
PAGES = {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in FILES}
PROSE = {
    page: re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    for page, text in PAGES.items()
}


class Block(NamedTuple):
    """A block of code in a page, and the block of text right below it, which is its output."""

    page: str
    line: int
    section: str
    language: str
    code: str
    output: str

    def __str__(self):
        return f"{self.page}:{self.line}"


def blocks_of(page):
    """Return all blocks of code of a page, in order."""
    pattern = r"^```(\w*)\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?"
    blocks = []
    for match in re.finditer(pattern, PAGES[page], re.DOTALL | re.MULTILINE):
        language, code, output = match.groups()
        above = PAGES[page][: match.start()]
        section = re.findall(r"^##? (.+)$", above, re.MULTILINE)[-1]
        line = above.count("\n") + 1
        blocks.append(Block(page, line, section, language, code, output or ""))
    return blocks


BLOCKS = list(chain.from_iterable(map(blocks_of, PAGES)))
PYTHON = [block for block in BLOCKS if block.language == "python"]
EXCERPTS = [block for block in PYTHON if re.match(r"# \S+\.py\n", block.code)]
SNIPPETS = [block for block in PYTHON if block not in EXCERPTS]
COMMANDS = [block for block in BLOCKS if block.language == "sh" and block.output]
COMPARISONS = [block for block in BLOCKS if block.language == "diff"]

FRAMEWORKS = ["torch", "keras", "sklearn", "pandas"]

# A section with one of these lines is run only by `.ci/run numbers` and `.ci/run frameworks`,
# because it takes as long as many other tests.
LONG = [
    "for shape in [(2, 64, 1), (2, 14, 14, 1), (2, 10, 10, 10, 1)]:",
    "for seed in range(30):",
    "for iterations in 3000, 30000:",
    "from sklearn.neural_network import MLPRegressor",
    "from sklearn.datasets import load_digits",
]


def sections():
    """Return pytest parameters, each the list of a section's snippets in order.

    They are run together, because a snippet may read a file that one above it has written.
    """
    parameters = []
    for _, snippets in groupby(SNIPPETS, key=lambda block: (block.page, block.section)):
        section = list(snippets)
        code = "".join(block.code for block in section)
        takes_long = any(line in code for line in LONG)
        marks = [pytest.mark.long] if takes_long else []
        parameters.append(pytest.param(section, marks=marks, id=str(section[0])))
    return parameters


def found_in_prose(pattern):
    """Return pytest parameters for all that a pattern finds: page, and what was found."""
    parameters = []
    for page, prose in PROSE.items():
        for found in dict.fromkeys(re.findall(pattern, prose)):
            parameters.append(pytest.param(page, found, id=f"{page}: {found}"))
    return parameters


@pytest.mark.parametrize("block", EXCERPTS, ids=str)
def test_an_excerpt_stands_verbatim_in_the_file_that_it_names(block):
    first_line, excerpt = block.code.split("\n", 1)
    file = ROOT / first_line.removeprefix("# ")
    assert excerpt in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("block", SNIPPETS, ids=str)
def test_a_snippet_is_python(block):
    compile(block.code, str(block), "exec")


@pytest.mark.parametrize("section", sections())
def test_the_snippets_of_a_section_print_what_stands_below_them(section, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for block in section:
        needed = [name for name in FRAMEWORKS if re.search(rf"\b{name}\b", block.code)]
        for name in needed:
            if importlib.util.find_spec(name) is None:
                pytest.skip(f"{name} isn't installed")
        printed = io.StringIO()
        with warnings.catch_warnings(), contextlib.redirect_stdout(printed):
            if needed:
                warnings.simplefilter("ignore")  # a framework's own are not ours to mend
            Path("snippet.py").write_text(block.code, encoding="utf-8")
            runpy.run_path("snippet.py", run_name="snippet")
        assert agree(block.output, printed.getvalue()), f"{block} prints\n{printed.getvalue()}"


def printed_by(command):
    """Return what a command prints, that of a script or of a module with python -m."""
    _, *words = command.split()
    if words[0] == "-m":
        return subprocess.check_output([sys.executable, *words], cwd=ROOT, text=True)
    code, out, err, _ = run_once(" ".join(words))
    assert (code, err) == (0, []), command
    return out.replace(f"{NO_WINDOW}\n", "")


@pytest.mark.parametrize("block", COMMANDS, ids=str)
def test_commands_print_what_stands_below_them(block):
    printed = "".join(printed_by(command) for command in block.code.splitlines())
    # only the size of a rounding error is the same on all machines
    expected = re.sub(r"\de-\d\d", "tiny", block.output)
    real = re.sub(r"\de-\d\d", "tiny", printed)
    assert agree(expected, real), f"{block} prints\n{printed}"


# What begins with my_ or try is the reader's own file, softsign the reader's own function.
COMMAND_IN_PROSE = r"`(python (?!try|my_|.*softsign)[\w.]+\.py[^`…]*)`"
each_command_in_a_sentence = pytest.mark.parametrize(
    "page, command", found_in_prose(COMMAND_IN_PROSE)
)


@each_command_in_a_sentence
def test_a_command_in_a_sentence_is_accepted(page, command, few_images):
    _, script, *options = command.split()
    if script in TRAINING:
        options += ["--iterations", "1"]  # the last one counts
    code, out, err = run([script, *options])
    assert (code, err) == (0, [])
    assert out


@pytest.mark.long
@each_command_in_a_sentence
def test_a_command_in_a_sentence_runs_to_its_end(page, command):
    assert printed_by(" ".join(command.split()))


def statements(lines):
    """Return lines of code without comments, indentation and empty lines."""
    code = (line.partition("  #")[0].strip() for line in lines)
    return [line for line in code if line and not line.startswith("#")]


def back_propagate_of(script):
    """Return the statements of a script's back_propagate, its docstring left out."""
    source = (ROOT / script).read_text(encoding="utf-8")
    (function,) = [
        node for node in ast.parse(source).body if getattr(node, "name", "") == "back_propagate"
    ]
    _docstring, first, *_, last = function.body
    return statements(source.splitlines()[first.lineno - 1 : last.end_lineno])


@pytest.mark.parametrize("block", COMPARISONS, ids=str)
@pytest.mark.parametrize("sign, script", [("-", "xor.py"), ("+", "2x2_image_recognition.py")])
def test_a_comparison_shows_the_end_of_back_propagate_of_both_scripts(block, sign, script):
    shown = [line[1:] for line in block.code.splitlines() if line[:1] in (sign, " ")]
    expected = statements(shown)
    assert expected[0].startswith("error = ")
    assert back_propagate_of(script)[-len(expected) :] == expected


@pytest.mark.parametrize("block", COMPARISONS, ids=str)
def test_a_comparison_calls_no_statement_different_that_both_scripts_have(block):
    lines = block.code.splitlines()
    only_xor = statements(line[1:] for line in lines if line[:1] == "-")
    only_recognition = statements(line[1:] for line in lines if line[:1] == "+")
    assert not set(only_xor) & set(only_recognition)


def anchors(file):
    """Return the links that lead to the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", PROSE[file.relative_to(ROOT).as_posix()], re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page, target", found_in_prose(r"\]\((?!http)([^)]+)\)"))
def test_a_link_within_the_collection_leads_somewhere(page, target):
    path, _, anchor = target.partition("#")
    file = (ROOT / page).parent / path if path else ROOT / page
    assert file.exists()
    if anchor:
        assert anchor in anchors(file.resolve())


@pytest.mark.parametrize("page, formula", found_in_prose(r"\$\$?([^$]+)\$\$?"))
def test_a_formula_stands_in_one_line_without_what_markdown_would_take_from_it(page, formula):
    # in Markdown, a backslash before a sign such as the comma disappears
    assert re.fullmatch(r"(\\[A-Za-z]|[^\\\n])+", formula)


@pytest.mark.parametrize("page, image", found_in_prose(r"<img[^>]*>.*\n.*"))
def test_an_image_has_an_alternative_text_and_a_caption(page, image):
    assert re.match(r'<img src="\S+" width="640" alt="[^"]{40,}"><br>\n\*', image)


def test_every_picture_in_figures_is_shown_and_every_shown_picture_is_there():
    shown = set()
    for page, prose in PROSE.items():
        for source in re.findall(r'<img src="(\S+)"', prose):
            shown.add(((ROOT / page).parent / source).resolve())
    drawn = {*(ROOT / "figures").glob("*.png"), *(ROOT / "figures").glob("*.gif")}
    assert shown == drawn


def test_the_pages_have_something_of_each_kind_to_check():
    assert len(EXCERPTS) >= 5
    assert len(sections()) >= 5
    assert len(COMMANDS) >= 4
    assert len(found_in_prose(COMMAND_IN_PROSE)) >= 20


@pytest.mark.parametrize("line", LONG)
def test_a_snippet_that_takes_long_is_in_a_page(line):
    assert any(line in block.code for block in SNIPPETS)
