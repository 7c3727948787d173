"""For all tests: no windows, and figures are closed after each of them.

For the tests that ask for it: 2x2_image_recognition.py measures on fewer images, and the check
looks at what a student has written.
"""

import importlib
import os

# pyplot reads this when it is imported
os.environ["MPLBACKEND"] = "agg"
os.environ.setdefault("OMP_NUM_THREADS", "1")  # several threads slow down such small matrices

import matplotlib.pyplot as plt
import pytest

from dataset import image2x2_set
from exercises import check


@pytest.fixture(autouse=True)
def close_figures():
    """Close all figures after each test. test_playground.py has a fixture in place of this."""
    yield
    plt.close("all")


@pytest.fixture
def few_images(monkeypatch):
    """Let 2x2_image_recognition.py measure on 64 new images instead of 32,000.

    The tests of what this script prints fail if it measures on another number of sets.
    """
    sets_in_the_script = 2000

    def fewer_sets(no_of_sets, **options):
        if no_of_sets == sets_in_the_script:
            no_of_sets = 4
        return image2x2_set(no_of_sets, **options)

    recognition = importlib.import_module("2x2_image_recognition")
    monkeypatch.setattr(recognition, "image2x2_set", fewer_sets)


@pytest.fixture
def check_text(tmp_path, capsys):
    """Return a function that checks a file with a given text.

    It returns the exit code, and what is printed, which must be ASCII.
    """

    def checked(text):
        file = tmp_path / "mine.py"
        file.write_text(text, encoding="utf-8")
        code = check.main([str(file)])
        printed = capsys.readouterr().out
        assert printed.isascii()
        last_line = printed.splitlines()[-1]
        is_of_python = "mine.py" in last_line or "Error: " in last_line
        if not is_of_python:  # but of the check, whose messages end as sentences
            assert last_line[-1] in ".?"
        return code, printed

    return checked
