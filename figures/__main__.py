"""Draw all pictures: `python -m figures`."""

import argparse
import importlib
import importlib.util

NAMES = (
    "images",
    "vertical_line",
    "bias_as_weight",
    "activations",
    "one_step",
    "learning_rates",
    "back_propagation",
    "sums",
    "nudge",
    "xor_gates",
    "separable",
    "two_valleys",
    "stuck",
    "momentum",
    "approximation",
    "sigmoid",
    "steps",
    "how_many_nodes",
    "outside",
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
