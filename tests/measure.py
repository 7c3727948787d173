"""Measure again what the pages state in numbers, and compare.

    python tests/measure.py                     all pages, in some minutes
    python tests/measure.py README.md           one page, or several
    python tests/measure.py --long              also what takes a quarter of an hour

Each number is printed beside the one in the text. The program ends with 1 if a number differs,
or if a sentence isn't in the text any more. statements.py lists the sentences. Numbers that are
printed by a snippet or a command in a page are left to test_text.py. How fast something is,
benchmark.py measures.
"""

import os

os.environ["MPLBACKEND"] = "agg"
os.environ["OMP_NUM_THREADS"] = "1"  # there is a process for each core

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # where the scripts are

import numpy as np
from statements import STATEMENTS, TEXTS


def measure(task):
    """Return what a measurement returns, as a tuple of numbers."""
    measurement, arguments = task
    with np.errstate(all="ignore"):
        result = measurement(**dict(arguments))
    return result if isinstance(result, tuple) else (result,)


def report(statement, measured):
    """Print a statement's numbers beside those that were measured. Return whether all agree."""
    print(f"{statement.page}: {statement.sentence}")
    stated = statement.numbers_in_the_text()
    if stated is None:
        print("    NOT FOUND: this sentence must be in the page, exactly once", flush=True)
        return False
    all_agree = True
    for text, number in zip(stated, measured, strict=True):
        agrees = statement.agrees(text, number)
        remark = "" if agrees else "   DIFFERS"
        print(f"    text {text}, measured {number:.6g}{remark}", flush=True)
        all_agree = all_agree and agrees
    return all_agree


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="all, if none is named")
    parser.add_argument("--long", action="store_true", help="also what takes long")
    args = parser.parse_args()
    for page in args.pages:
        if page not in TEXTS:
            parser.error(f"there is no page {page}; expected some of {', '.join(TEXTS)}")
    pages = args.pages or TEXTS
    statements = [statement for statement in STATEMENTS if statement.page in pages]
    chosen = [statement for statement in statements if args.long or not statement.takes_long]

    wrong = 0
    with ProcessPoolExecutor() as pool:
        # several sentences may state the same measurement, which then is done once
        tasks = dict.fromkeys(statement.task for statement in chosen)
        measurements = {task: pool.submit(measure, task) for task in tasks}
        for statement in chosen:
            measured = measurements[statement.task].result()
            wrong += not report(statement, measured)

    print(f"{len(chosen)} statements, {wrong} wrong")
    left_out = len(statements) - len(chosen)
    if left_out:
        print(f"{left_out} more with --long")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
