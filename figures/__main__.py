"""Make all of the README's pictures: `python -m figures`."""

import argparse
import importlib
import importlib.util

NAMES = (
    "network",
    "network_bias",
    "datasets",
    "activations",
    "xor",
    "xor_nodes",
    "xor_stuck",
    "descent",
    "nudge",
    "back_propagation",
    "sigmoid",
    "cubic",
    "steps",
    "recognition",
    "digits",
    "own_curve",
    "early_stopping",
    "learning",
    "playground",
)
FROM_SCIKIT_LEARN = ("digits", "early_stopping")  # whose data they show

if __name__ == "__main__":
    argparse.ArgumentParser(description="Make all of the README's pictures.").parse_args()
    names = NAMES
    if importlib.util.find_spec("sklearn") is None:
        names = [name for name in NAMES if name not in FROM_SCIKIT_LEARN]
        print("without scikit-learn, left out:", *FROM_SCIKIT_LEARN)
    for name in names:
        module = importlib.import_module(f"figures.{name}")
        module.style.main(module.PICTURES, [])
