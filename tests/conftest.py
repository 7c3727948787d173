"""What all tests share: no windows, closed figures, and examples that never change."""

import os

os.environ["MPLBACKEND"] = "agg"
os.environ.setdefault("OMP_NUM_THREADS", "1")  # matrices this small are slower on more

import matplotlib.pyplot as plt
import pytest
from hypothesis import settings

settings.register_profile("fixed", deadline=None, derandomize=True, database=None)
settings.load_profile("fixed")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")
