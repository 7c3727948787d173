"""Draw all pictures: `python -m figures`."""

import argparse
import importlib
import importlib.util

NAMES = (
    "truth_tables",
    "images",
    "vertical_line",
    "bias_as_weight",
    "activations",
    "learning_rates",
    "descent",
    "back_propagation",
    "sums",
    "nudge",
    "xor_gates",
    "separable",
    "xor_lines",
    "two_valleys",
    "stuck",
    "approximation",
    "sigmoid",
    "steps",
    "how_many_nodes",
    "outside",
    "answers",
    "first_layer",
    "overfitting",
    "digits",
    "own_curve",
    "early_stopping",
    "learning_cubic",
    "playground",
)
FROM_SCIKIT_LEARN = ("digits", "early_stopping")  # whose data they show

if __name__ == "__main__":
    argparse.ArgumentParser(description="Draw all pictures.").parse_args()
    names = NAMES
    if importlib.util.find_spec("sklearn") is None:
        names = [name for name in NAMES if name not in FROM_SCIKIT_LEARN]
        print("without scikit-learn, left out:", *FROM_SCIKIT_LEARN)
    for name in names:
        module = importlib.import_module(f"figures.{name}")
        module.style.main(module.PICTURES, [])
