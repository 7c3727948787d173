"""For all tests: no windows, and figures are closed after each of them.

For the tests that ask for it: 2x2_image_recognition.py measures on fewer images.
"""

import importlib
import os

# pyplot reads this when it is imported
os.environ["MPLBACKEND"] = "agg"
os.environ.setdefault("OMP_NUM_THREADS", "1")  # several threads slow down such small matrices

import matplotlib.pyplot as plt
import pytest

from dataset import image2x2_set


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
