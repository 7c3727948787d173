"""Write a copy of xor.py with one wrong line in it, for you to find.

Choose a number from 1 to 12 and run, in the folder of xor.py:

    python -m exercises.find_the_fault 3

This writes my_fault_3.py. Don't compare it with xor.py yet. First predict whether the
network will learn. Then run the copy, find the wrong line by reading, and mend it. The
check says whether you have:

    python -m exercises.check my_fault_3

The wrong lines are below, so read on only when you have found them all.
"""

import argparse
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent  # the one with xor.py

# The lines are given without their comments. None of the faults ends in an error, because an
# error would tell you where to look. The check names every one of them.
FAULTS = [  # (right line, wrong line); number 1 is the first
    ("da2 = 2 / error.size * error", "da2 = 1 / error.size * error"),
    ("dW2 = dz2 @ a1.T", "dW2 = dz2 @ z1.T"),
    ("dW1 = dz1 @ a0.T", "dW1 = dz1 @ x"),
    ("error = a2 - y.T", "error = y.T - a2"),
    ("dz2 = da2 * sigmoid(z2, derivative=True)", "dz2 = da2 * sigmoid(z2)"),
    ("dB1 = dz1.sum(axis=1, keepdims=True)", "dB1 = dz1.mean(axis=1, keepdims=True)"),
    ("dz1 = da1 * sigmoid(z1, derivative=True)", "dz1 = da1 * sigmoid(a1, derivative=True)"),
    ("da1 = W2.T @ dz2", "da1 = W2.T @ da2"),
    ("z1 = W1 @ a0 + B1", "z1 = W1 @ a0"),
    ("dz2 = da2 * sigmoid(z2, derivative=True)", "dz2 = da2"),
    ("dz1 = da1 * sigmoid(z1, derivative=True)", "dz1 = da1"),
    ("dz2 = da2 * sigmoid(z2, derivative=True)", "dz2 = da2 * sigmoid(a2, derivative=True)"),
]


def without_comment(line):
    """Return the code of a line, without its indentation and its comment."""
    return line.split("#")[0].strip()


def plant(text, right, wrong):
    """Return text with the wrong line in the place of the right one. Comments stay.

    Raises ValueError unless the right line stands exactly once in text.
    """
    lines = text.splitlines(keepends=True)
    places = [i for i, line in enumerate(lines) if without_comment(line) == right]
    if len(places) != 1:
        raise ValueError(f"xor.py should have one line '{right}', but it has {len(places)}.")
    place = places[0]
    lines[place] = lines[place].replace(right, wrong)
    return "".join(lines)


def main(argv=None):
    """Write the copy whose number is in argv, or else on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m exercises.find_the_fault",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("number", type=int, help=f"which fault, from 1 to {len(FAULTS)}")
    number = parser.parse_args(argv).number
    if not 1 <= number <= len(FAULTS):
        parser.error(f"expected a number from 1 to {len(FAULTS)}")
    file = FOLDER / f"my_fault_{number}.py"
    if file.exists():
        raise SystemExit(
            f"{file.name} is there already. To begin again, rename it or delete it."
        )
    right, wrong = FAULTS[number - 1]
    text = (FOLDER / "xor.py").read_text(encoding="utf-8")
    try:
        copy = plant(text, right, wrong)
    except ValueError as error:
        raise SystemExit(f"{error} Has your xor.py been changed?") from None
    file.write_text(copy, encoding="utf-8")
    print(f"{file.name} is a copy of xor.py with one wrong line.")
    print("Will it learn? Write down your prediction before you run it:")
    print(f"    python {file.name}")
    print("Find the wrong line and mend it. Then see whether it is right:")
    print(f"    python -m exercises.check {file.stem}")


if __name__ == "__main__":
    main()
