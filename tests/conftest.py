"""What all tests share: no windows, closed figures, and a script that is quick to run."""

import importlib
import os

os.environ["MPLBACKEND"] = "agg"
os.environ.setdefault("OMP_NUM_THREADS", "1")  # several threads slow down such small matrices

import matplotlib.pyplot as plt
import pytest

from dataset import image2x2_set


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def few_images(monkeypatch):
    """Let 2x2_image_recognition.py measure on 64 fresh images instead of 32,000."""

    def four_sets_instead_of_2000(no_of_sets, **options):
        return image2x2_set(4 if no_of_sets == 2000 else no_of_sets, **options)

    recognition = importlib.import_module("2x2_image_recognition")
    monkeypatch.setattr(recognition, "image2x2_set", four_sets_instead_of_2000)
