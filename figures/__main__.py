"""Make all of the README's pictures: `python -m figures`."""

import importlib

NAMES = (
    "network",
    "datasets",
    "activations",
    "xor",
    "descent",
    "cubic",
    "recognition",
    "learning",
)

if __name__ == "__main__":
    for name in NAMES:
        module = importlib.import_module(f"figures.{name}")
        print(*module.PICTURES)
        module.style.main(module.PICTURES, [])
