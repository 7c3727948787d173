"""Draw all pictures: `python -m figures`."""

import argparse
import importlib
import importlib.util
from pathlib import Path

SHARED = ("__init__", "__main__", "style", "draw", "drawn")
FILES = Path(__file__).parent.glob("*.py")
NAMES = sorted(file.stem for file in FILES if file.stem not in SHARED)
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
