"""Draw all pictures: `python -m figures`."""

import argparse
import importlib

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
    "learning_cubic",
    "playground",
)

if __name__ == "__main__":
    argparse.ArgumentParser(description="Draw all pictures.").parse_args()
    for name in NAMES:
        module = importlib.import_module(f"figures.{name}")
        module.style.main(module.PICTURES, [])
