"""What the scripts show, and a record of it: what they print, and what they draw.

The record doesn't say whether that is right. Other tests do. It only lets nothing change
unnoticed. If you mean a change, renew the record, and read what `git diff` says of it:

    python tests/shown.py
"""

import os
import sys
from pathlib import Path

os.environ["MPLBACKEND"] = "agg"

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # where the scripts are

import matplotlib.pyplot as plt
from helpers import SCRIPTS, run

from figures import drawn

RECORD = Path(__file__).parent / "shown.txt"
PROMPT = "$ python "

COMMANDS = [
    *[f"{script} --help" for script in SCRIPTS],
    "dataset.py",
    "activation.py",
    "2x2_image_predefined_1.py",
    "2x2_image_predefined_1.py --grey-range 0.3 --seed 5",
    "2x2_image_predefined_2.py --grey-range 0.3 --seed 5",
    "xor.py",
    "xor.py --iterations 60",
    "xor.py --inputs 5 --iterations 20",
    "2x2_image_recognition.py --iterations 10",
    "network1.py --iterations 20",
    "network1.py --dataset cubic --iterations 20",
    "linear.py --iterations 30",
    "cubic.py --iterations 20",
    # what is refused
    "dataset.py --seed -1",
    "2x2_image_predefined_1.py --grey-range 0",
    "2x2_image_predefined_2.py --grey-range 0",
    "xor.py --inputs 0",
    "xor.py --hidden 0",
    "xor.py --learning-rate 0",
    "xor.py --iterations 1 --save folder/figure.png",
    "2x2_image_recognition.py --sets 0",
    "2x2_image_recognition.py --iterations 0",
    "network1.py --shape 2 8 1",
    "network1.py --shape 3 0 1",
    "network1.py --activation tanh linear",
    "network1.py --batch-size 0",
    "network1.py --momentum 1",
    "linear.py --slope nan",
    "linear.py --learning-rate 0",
    "cubic.py --coefficients 1 nan 3 4",
    "cubic.py --hidden 0",
]


def described(command):
    """Return the lines that a script prints, and then those on what it draws."""
    result = run(command)
    if command.endswith("--help"):
        return usage_and_options(result.out)
    lines = [*result.out.splitlines(), *result.err[-1:]]  # before that stands the usage
    for number in plt.get_fignums():
        figure = plt.figure(number)
        for words, numbers in [*drawn.describe(figure), *details(figure)]:
            words = words.replace("\n", " ")
            lines.append(" ".join([words, *[f"{number:.3f}" for number in numbers]]))
    return [line.rstrip() for line in lines if line.strip()]


def usage_and_options(text):
    """Return these two parts of a help, each in one line, because Python's versions wrap them.

    What stands between them is the docstring of the script.
    """
    usage, _, rest = text.partition("\n\n")
    _, _, options = rest.partition("\noptions:\n")
    return [" ".join(usage.split()), " ".join(options.split())]


def details(figure):
    """Return what matters more in a script's figure than in a picture, in words and numbers."""
    yield f"layout {type(figure.get_layout_engine()).__name__}", []
    for axes in figure.axes:
        grid = axes.get_subplotspec()
        if grid is not None:
            yield "widths", grid.get_gridspec().get_width_ratios()
        frame = "on" if axes.axison else "off"
        yield f"colour behind {drawn.colours(axes.get_facecolor())}", []
        yield f"axes {frame}, aspect {axes.get_aspect()}, anchor {axes.get_anchor()}", []
        if axes.get_legend() is not None:
            yield f"frame of the legend: {axes.get_legend().get_frame_on()}", []
        for text in axes.texts:
            yield f"{text.get_text()}: {text.get_ha()}, {text.get_va()}", []
        for image in axes.images:
            yield f"interpolation {image.get_interpolation()}", []
        for axis in axes.xaxis, axes.yaxis:
            yield f"one half becomes {axis.get_major_formatter()(0.5)}", []


def read_record():
    """Return {command: lines}."""
    parts = RECORD.read_text(encoding="utf-8").split(PROMPT)
    record = {}
    for part in parts[1:]:
        command, *lines = part.splitlines()
        record[command] = lines
    return record


if __name__ == "__main__":
    texts = ["\n".join([PROMPT + command, *described(command)]) for command in COMMANDS]
    RECORD.write_text("\n".join(texts) + "\n", encoding="utf-8")
