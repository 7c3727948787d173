"""docs/table.py reads a messy table, predicts a number or a kind, and says how well."""

import importlib
import importlib.util
import json
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from helpers import agree

pd = pytest.importorskip("pandas")

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/your-own-data.md").read_text(encoding="utf-8")


def load_table(path=ROOT / "docs/table.py"):
    """Return a fresh module of docs/table.py, whose settings a test may change."""
    spec = importlib.util.spec_from_file_location("my_table", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def table(tmp_path, monkeypatch):
    """The program with quick settings, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    module = load_table()
    module.DATES = {}
    module.LEAVE_OUT = []
    module.ITERATIONS = 100
    module.TRIES = [(4, 0.95)]
    return module


def invent_flats(n_rows=60):
    """Return a messy table: decimal commas, thousands, dates, words, a constant column."""
    rng = np.random.default_rng(0)
    lines = ["district;area;built;city;rent;quick"]
    for row in range(n_rows):
        district = ["Nord", "Süd"][row % 2]
        area = rng.uniform(20, 99)
        rent = 1000 + 10 * area + 300 * (district == "Süd")
        quick = "yes" if rent < 1700 else "no"
        thousands = f"{rent:,.1f}".translate(str.maketrans(",.", ".,"))
        cells = [district, f"{area:.1f}".replace(".", ",")]
        cells += [f"{row % 28 + 1}.6.1990", "Ort", thousands, quick]
        lines.append(";".join(cells))
    return lines


def write_flats(table, lines):
    """Write the lines as the file that the program reads."""
    Path("flats.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    table.FILE = "flats.csv"
    table.DATES = {"built": "%d.%m.%Y"}
    table.LEAVE_OUT = ["quick"]


NEW_FLAT = {"district": "Süd", "area": 50.0, "built": "1.6.1990", "city": "Ort"}


def test_numbers_dates_and_words_become_columns_of_numbers(table):
    write_flats(table, invent_flats())
    rows = table.read_table()
    columns = table.describe(rows)
    assert columns == {
        "district": ["Nord", "Süd"],
        "area": "number",
        "built": "%d.%m.%Y",
        "city": ["Ort"],
        "rent": "number",
    }
    del columns["rent"]
    x = table.to_numbers(pd.DataFrame([{**NEW_FLAT, "built": "3.1.2000"}]), columns)
    assert x.tolist() == [[0, 1, 50, 2, 1]]


def test_points_between_thousands_and_decimal_commas_are_understood(table):
    write_flats(table, invent_flats())
    rents = table.read_table()["rent"]
    assert 1200 <= rents.min() < rents.max() <= 2290


def test_rows_with_gaps_are_left_out_and_counted(table, capsys):
    lines = invent_flats()
    lines[1] = "Nord;;1.6.1990;Ort;1.500,0;yes"
    lines[2] = "Nord;50,0;;Ort;1.500,0;yes"
    lines[3] = "Nord;50,0;1.6.1990;Ort;;yes"
    write_flats(table, lines)
    assert len(table.read_table()) == 57
    assert "60 rows, 3 left out because of gaps" in capsys.readouterr().out


def test_gaps_are_counted_for_each_column(table, capsys):
    lines = invent_flats()
    lines[1] = "Nord;;1.6.1990;Ort;1.500,0;yes"
    lines[2] = "Nord;;;Ort;1.500,0;yes"
    write_flats(table, lines)
    table.read_table()
    out = capsys.readouterr().out
    assert "  area: 2 gaps\n  built: 1 gaps\n" in out
    assert "city:" not in out


def test_a_delimiter_at_the_end_of_each_line_shows_as_a_column_of_gaps(table, capsys):
    write_flats(table, [line + ";" for line in invent_flats()])
    with pytest.raises(ValueError, match="at least 25 rows without a gap"):
        table.main()
    assert "Unnamed: 6: 60 gaps" in capsys.readouterr().out


def test_the_range_of_the_column_to_be_predicted_is_printed(table, capsys):
    write_flats(table, invent_flats())
    rents = table.read_table()["rent"]
    table.main()
    expected = f"rent: numbers from {rents.min():.9g} to {rents.max():.9g} (to be predicted)"
    assert expected in capsys.readouterr().out


@pytest.mark.parametrize("stray", ["17,2*", "k.A."])
def test_a_stray_value_among_numbers_is_named(table, stray):
    lines = invent_flats()
    cells = lines[31].split(";")
    cells[1] = stray
    lines[31] = ";".join(cells)
    write_flats(table, lines)
    expected = f"different words (the first that isn't a number: {stray})"
    with pytest.raises(ValueError, match=re.escape(expected)):
        table.main()


def test_a_stray_value_in_a_column_with_few_numbers_stands_in_the_list(table, capsys):
    lines = [line.replace("Ort", "3") for line in invent_flats()]
    lines[31] = lines[31].replace(";3;", ";3*;")
    write_flats(table, lines)
    table.main()
    assert "city: the words 3, 3*" in capsys.readouterr().out


def test_the_line_beside_the_network_is_the_least_squares_line_of_the_known_rows(table, capsys):
    rng = np.random.default_rng(3)
    x = rng.normal(size=50)
    y = np.round(x**2 + rng.normal(size=50), 6)
    x = np.round(x, 6)
    pd.DataFrame({"x": x, "y": y}).to_csv("curve.csv", index=False)
    table.FILE, table.READ, table.TARGET = "curve.csv", {}, "y"
    table.main()
    order = np.random.default_rng(table.SEED).permutation(50)
    test, known = order[:10], order[10:]
    expected = np.polyval(np.polyfit(x[known], y[known], 1), x[test])
    rms = np.sqrt(np.mean((expected - y[test]) ** 2))
    mean = np.sqrt(np.mean((y[known].mean() - y[test]) ** 2))
    out = capsys.readouterr().out
    assert f"straight line: {rms:.4g}\n" in out
    assert f"always the mean: {mean:.4g}\n" in out


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param((0, 0, 0), id="the straight line"),
        pytest.param((4, 0.95, 50), id="a network"),
    ],
)
def test_the_error_printed_is_that_of_the_saved_network_on_the_test_rows(table, capsys, chosen):
    write_flats(table, invent_flats())
    table.choose = lambda *arguments: chosen
    table.main()
    out = capsys.readouterr().out
    rows = table.read_table()
    test = np.random.default_rng(table.SEED).permutation(60)[:12]
    answers = table.answer(rows.iloc[test])
    rms = np.sqrt(np.mean((answers - rows["rent"].to_numpy()[test]) ** 2))
    assert f"network: {rms:.4g}\n" in out


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param((0, 0, 0), id="the straight line"),
        pytest.param((4, 1, 100), id="a network"),
    ],
)
def test_a_saved_network_predicts_the_number_of_a_new_row(table, chosen):
    write_flats(table, invent_flats())
    table.choose = lambda *arguments: chosen
    table.main()
    (rent,) = table.answer([NEW_FLAT])
    assert rent == pytest.approx(1800, abs=30)  # 1000 + 10 * 50 + 300


def test_the_order_of_columns_in_a_new_row_does_not_matter(table):
    write_flats(table, invent_flats())
    table.main()
    turned = dict(reversed(NEW_FLAT.items()))
    assert table.answer([turned]) == table.answer([NEW_FLAT])


def test_the_right_answers_for_each_kind_are_printed(table, capsys):
    write_flats(table, invent_flats())
    table.TARGET, table.PREDICT, table.LEAVE_OUT = "quick", "kind", ["rent"]
    table.main()
    out = capsys.readouterr().out
    rows = table.read_table()
    test = np.random.default_rng(table.SEED).permutation(60)[:12]
    desired = rows["quick"].to_numpy()[test]
    right = np.array(table.answer(rows.iloc[test])) == desired
    assert f"12 rows never seen\n  network: {100 * right.mean():.1f} %\n" in out
    for kind in "no", "yes":
        of_this_kind = right[desired == kind]
        assert f"'{kind}': right in {of_this_kind.sum()} of {len(of_this_kind)} rows" in out


# Four rows: the first is "no", the others are "yes". "no" is the rarer kind.
Y_OF_KINDS = np.array([[1, 0], [0, 1], [0, 1], [0, 1]])
OUTPUTS = np.array([[0.4, 0.6], [0.35, 0.65], [0.2, 0.8], [0.1, 0.9]])
ON_THE_LINE = np.array([[0.9, 0.1], [0.6, 0.4], [0.7, 0.3], [0.1, 0.9]])
SHARE = np.array([0.2, 0.8])


def test_right_answers_are_counted_for_the_network_the_line_and_the_commonest_kind(capsys):
    load_table().report_kinds(Y_OF_KINDS, OUTPUTS, ON_THE_LINE, SHARE, ["no", "yes"])
    out = capsys.readouterr().out
    assert "4 rows never seen\n  network: 75.0 %" in out
    assert "'no': right in 0 of 1 rows" in out
    assert "'yes': right in 3 of 3 rows" in out
    assert "straight line: 50.0 %" in out
    assert "always 'yes': 75.0 %" in out


def test_what_other_thresholds_find_of_the_rarer_kind_is_printed(capsys):
    load_table().report_kinds(Y_OF_KINDS, OUTPUTS, ON_THE_LINE, SHARE, ["no", "yes"])
    out = capsys.readouterr().out
    assert "'no' with other values of THRESHOLD\n  0.5: 0 found, 0 false alarms" in out
    assert "  0.3: 1 found, 1 false alarms" in out
    assert "  0.2: 1 found, 1 false alarms" in out
    assert "  0.1: 1 found, 2 false alarms" in out


def test_the_threshold_decides_when_the_rarer_kind_is_answered(table):
    write_flats(table, invent_flats())
    table.TARGET, table.PREDICT, table.LEAVE_OUT = "quick", "kind", ["rent"]
    table.main()
    table.THRESHOLD = -100
    (rare,) = table.answer([NEW_FLAT])
    table.THRESHOLD = 100
    (common,) = table.answer([NEW_FLAT])
    quick = [line.split(";")[-1] for line in invent_flats()[1:]]
    assert quick.count(rare) < quick.count(common)


def test_of_three_kinds_the_one_with_the_largest_output_is_answered():
    outputs = np.array([[0.4, 0.3, 0.3], [0.1, 0.2, 0.7]])
    picked = load_table().pick(outputs, [0.1, 0.5, 0.4], threshold=0.5)
    assert picked.tolist() == [0, 2]


def test_three_kinds_have_no_threshold(capsys):
    load_table().report_kinds(np.eye(3), np.eye(3), np.eye(3), np.ones(3) / 3, ["a", "b", "c"])
    assert "THRESHOLD" not in capsys.readouterr().out


def test_kinds_written_as_numbers_stay_what_they_are_in_the_file(table):
    lines = [line.replace("yes", "1").replace("no", "0") for line in invent_flats()]
    write_flats(table, lines)
    table.TARGET, table.PREDICT, table.LEAVE_OUT = "quick", "kind", ["rent"]
    table.main()
    assert set(table.answer([NEW_FLAT])) <= {"0", "1"}


def test_words_and_kinds_are_saved_with_the_network(table):
    write_flats(table, invent_flats())
    table.TARGET, table.PREDICT, table.LEAVE_OUT = "quick", "kind", ["rent"]
    table.main()
    saved = json.loads(Path(f"{table.SAVE}.json").read_text(encoding="utf-8"))
    assert saved["kinds"] == ["no", "yes"]
    assert saved["columns"]["district"] == ["Nord", "Süd"]


def test_decay_makes_weights_smaller_but_not_biases(table):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(30, 2))
    y = rng.normal(size=(30, 1))
    plain = table.NN([2, 3, 1], rng=0)
    decayed = table.NN([2, 3, 1], rng=0)
    table.train_a_little(plain, x, y, decay=1)
    table.train_a_little(decayed, x, y, decay=0.5)
    for W, V in zip(plain.weight, decayed.weight):
        np.testing.assert_allclose(V, 0.5 * W)
    for B, C in zip(plain.bias, decayed.bias):
        np.testing.assert_array_equal(B, C)


def test_a_network_without_hidden_nodes_is_the_least_squares_line(table):
    x = np.linspace(-1, 1, 30)
    y = x**3 + x**2
    line = table.straight_line(x.reshape(-1, 1), y.reshape(-1, 1))
    expected = np.polyval(np.polyfit(x, y, 1), x)
    np.testing.assert_allclose(line.forward(x.reshape(-1, 1))[:, 0], expected)


def test_the_line_wins_unless_a_network_is_better_on_the_validation_rows(table):
    x = np.random.default_rng(0).normal(size=(60, 1))
    validation, training = np.split(np.arange(60), [20])
    table.ITERATIONS = 500
    table.TRIES = [(8, 1)]
    straight, _, _ = table.choose(x, 2 * x, training, validation)
    bent, _, _ = table.choose(x, x**2 - 1, training, validation)
    assert (straight, bent) == (0, 8)


def test_without_tries_the_saved_network_answers_with_the_line_that_is_printed(table, capsys):
    write_flats(table, invent_flats())
    table.TRIES = []
    table.main()
    out = capsys.readouterr().out
    assert "best tried: the straight line" in out
    rows = table.read_table()
    test = np.random.default_rng(table.SEED).permutation(60)[:12]
    rms = np.sqrt(np.mean((table.answer(rows.iloc[test]) - rows["rent"].to_numpy()[test]) ** 2))
    assert f"straight line: {rms:.4g}\n" in out


def test_training_that_still_improves_at_its_end_asks_for_more(table, capsys):
    write_flats(table, invent_flats())
    table.choose = lambda *arguments: (4, 0.95, table.ITERATIONS)
    table.main()
    assert "try more ITERATIONS" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change, message",
    [
        pytest.param({"district": "West"}, "must be one of Nord, Süd, not 'West'", id="word"),
        pytest.param({"area": None}, "each row needs a value for 'area'", id="gap"),
        pytest.param({"built": None}, "each row needs a value for 'built'", id="no date"),
        pytest.param({"area": "50,0"}, "'area' must be numbers, not ['50,0']", id="text"),
        pytest.param(
            {"area": "big"}, "'area' must be numbers, not 'big'", id="word for number"
        ),
        pytest.param({"built": "1990-06-01"}, "dates in the form %d.%m.%Y", id="date"),
    ],
)
def test_a_new_row_that_training_has_not_seen_the_like_of_is_refused(table, change, message):
    write_flats(table, invent_flats())
    table.main()
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        table.answer([NEW_FLAT | change])
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize(
    "settings, message",
    [
        pytest.param({"FILE": "none.csv"}, "No such file", id="no file"),
        pytest.param(
            {"TARGET": "Rent"}, "no column is called 'Rent', only ['district'", id="name"
        ),
        pytest.param({"READ": {"sep": ","}}, "no column is called 'rent'", id="separator"),
        pytest.param(
            {"READ": {"sep": ";"}}, "(the first that isn't a number: ", id="decimal comma"
        ),
        pytest.param({"DATES": {"built": "%Y"}}, "dates in the form %Y, not", id="date"),
        pytest.param(
            {"TARGET": "district"}, "'district' must be numbers, not 'Nord'", id="words"
        ),
        pytest.param(
            {"PREDICT": "kind"}, "number: none): correct READ, DATES or P", id="kinds"
        ),
        pytest.param({"TARGET": "quick"}, "LEAVE_OUT must be a list", id="target left out"),
        pytest.param({"LEAVE_OUT": "quick"}, 'a list such as ["name"]', id="a string"),
        pytest.param(
            {"READ": {"seperator": ";"}}, "options of pandas.read_csv: read", id="option"
        ),
        pytest.param({"PREDICT": "word"}, 'must be "number" or "kind"', id="predict"),
    ],
)
def test_a_wrong_setting_gives_one_line_that_says_what_is_expected(table, settings, message):
    write_flats(table, invent_flats())
    for name, value in settings.items():
        setattr(table, name, value)
    with pytest.raises((ValueError, OSError), match=re.escape(message)):
        table.main()


def test_too_few_rows_are_refused(table):
    write_flats(table, invent_flats(24))
    with pytest.raises(ValueError, match="at least 25 rows without a gap are needed, not 24"):
        table.main()


@pytest.mark.parametrize(
    "columns, message",
    [
        pytest.param(["area"], "besides 'area', there must be a column", id="alone"),
        pytest.param(["area", "city"], "'city' is the same in all rows", id="constant"),
    ],
)
def test_a_target_that_nothing_predicts_or_that_never_changes_is_refused(
    table, columns, message
):
    write_flats(table, invent_flats())
    rows = table.read_table()[columns]
    rows.to_csv("few.csv", index=False)
    table.FILE, table.READ, table.DATES, table.LEAVE_OUT = "few.csv", {}, {}, []
    table.TARGET = columns[-1]
    with pytest.raises(ValueError, match=message):
        table.main()


def test_a_single_row_that_is_not_in_a_list_is_refused(table):
    write_flats(table, invent_flats())
    table.main()
    with pytest.raises(ValueError, match="a list, even for a single row"):
        table.answer(NEW_FLAT)


def test_the_line_that_the_page_replaces_makes_the_newest_rows_test(tmp_path, capsys):
    newest_first = "order = np.arange(len(x))[::-1]"
    assert f"begins with `order =` by `{newest_first}`" in " ".join(PAGE.split())
    program = (ROOT / "docs/table.py").read_text(encoding="utf-8")
    program, replaced = re.subn(r"(?m)^    order = .*$", f"    {newest_first}", program)
    assert replaced == 1
    (tmp_path / "my_table.py").write_text(program, encoding="utf-8")
    module = load_table(tmp_path / "my_table.py")
    rows = pd.DataFrame({"day": range(50), "y": [0] * 20 + [1] * 20 + [100.5] * 10})
    rows.to_csv(tmp_path / "days.csv", index=False)
    module.FILE = tmp_path / "days.csv"
    module.SAVE = tmp_path / "days"
    module.READ = {}
    module.DATES = {}
    module.LEAVE_OUT = []
    module.TARGET = "y"
    module.TRIES = []
    module.main()
    assert "always the mean: 100\n" in capsys.readouterr().out  # 100.5 - 0.5


def test_run_where_it_stands_the_program_says_in_one_line_where_to_copy_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "network1", None)  # so that it can't be imported
    with pytest.raises(SystemExit, match=r"^.*: copy this file beside network1\.py, .*$"):
        runpy.run_path(ROOT / "docs/table.py", run_name="__main__")


def test_an_error_ends_the_program_with_one_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match=r"^.*No such file.*rents\.csv.*$"):
        runpy.run_path(ROOT / "docs/table.py", run_name="__main__")


def test_a_file_in_another_encoding_gets_a_line_that_says_what_to_write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("rents.csv").write_bytes("\n".join(invent_flats()).encode("cp1252"))
    with pytest.raises(SystemExit, match='^.*write "encoding": "cp1252" into READ$'):
        runpy.run_path(ROOT / "docs/table.py", run_name="__main__")


# What docs/your-own-data.md shows


def blocks(kind):
    """Return the blocks of a kind on the page, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


SHOWN_BY_TABLE, SHOWN_BY_KINDS, SHOWN_BY_TRY, *_ = blocks("text")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The current folder, with the files that the page tells its reader to write."""
    monkeypatch.chdir(tmp_path)
    for name in "network1.py", "activation.py", "dataset.py":
        shutil.copy(ROOT / name, tmp_path)
    program = (ROOT / "docs/table.py").read_text(encoding="utf-8")
    (tmp_path / "my_table.py").write_text(program, encoding="utf-8")

    changes, ask, *_ = blocks("py")
    for line in changes.splitlines():
        setting = line.split(" = ")[0]
        program = re.sub(rf"^{setting} = .*$", line, program, flags=re.MULTILINE)
    (tmp_path / "my_kinds.py").write_text(program, encoding="utf-8")
    (tmp_path / "try.py").write_text(ask, encoding="utf-8")

    (make_file,) = [code for code in blocks("python") if "rents.csv" in code and "rng" in code]
    (tmp_path / "make.py").write_text(make_file, encoding="utf-8")
    runpy.run_path("make.py")
    return tmp_path


def words_only(text):
    """Return a text in which each number is replaced by a sign."""
    return re.sub(r"\d+(\.\d+)?", "#", text)


@pytest.fixture
def printed(folder, capsys):
    """What the page's program prints after a short training."""
    table = load_table(folder / "my_table.py")
    table.ITERATIONS = 10
    table.main()
    return capsys.readouterr().out


def test_the_page_shows_what_the_program_finds_in_the_file(printed):
    found, _, _ = printed.partition("best tried")
    shown, _, _ = SHOWN_BY_TABLE.partition("best tried")
    assert agree(shown, found)


def test_the_page_shows_in_which_words_the_program_reports_a_number(printed):
    _, _, report = printed.partition("typical error")
    _, _, shown = SHOWN_BY_TABLE.partition("typical error")
    assert words_only(report) == words_only(shown)


def test_the_page_shows_how_many_kinds_are_right(folder, capsys):
    kinds = load_table(folder / "my_kinds.py")
    kinds.ITERATIONS = 130  # the page says that the best are 110
    kinds.main()
    printed = capsys.readouterr().out
    printed = printed[printed.index("best tried") :]  # the page leaves out what stands above
    assert agree(SHOWN_BY_KINDS, printed), printed


def test_the_program_that_asks_prints_a_number_as_the_page_shows(folder, capsys, monkeypatch):
    monkeypatch.syspath_prepend(folder)
    my_table = importlib.import_module("my_table")
    my_table.ITERATIONS = 10
    my_table.main()
    capsys.readouterr()
    runpy.run_path(folder / "try.py")
    monkeypatch.delitem(sys.modules, "my_table")
    assert words_only(capsys.readouterr().out) == words_only(SHOWN_BY_TRY)


@pytest.mark.long
def test_the_page_shows_the_numbers_that_the_program_prints(folder):
    for file, shown in [
        ("my_table.py", SHOWN_BY_TABLE),
        ("my_kinds.py", SHOWN_BY_KINDS),
        ("try.py", SHOWN_BY_TRY),
    ]:
        done = subprocess.run(
            [sys.executable, "-W", "error", file], capture_output=True, encoding="utf-8"
        )
        assert done.stderr == ""
        printed = done.stdout
        if file == "my_kinds.py":  # the page leaves out what stands above
            printed = printed[printed.index("best tried") :]
        assert agree(shown, printed), printed
