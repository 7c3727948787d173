"""Make all of the README's pictures: `python -m figures`."""

import argparse
import importlib

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
    "learning",
    "playground",
)

if __name__ == "__main__":
    argparse.ArgumentParser(description="Make all of the README's pictures.").parse_args()
    for name in NAMES:
        module = importlib.import_module(f"figures.{name}")
        module.style.main(module.PICTURES, [])
