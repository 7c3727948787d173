"""What all pictures share: one colour and one line style per meaning, and the command line.

The scripts' own plots use the same colours. Each meaning has a line style or a mark besides
its colour, so that a picture can be read in grey and by colour-blind eyes.
"""

import argparse
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from PIL import Image

FOLDER = Path(__file__).parent

DESIRED = {"color": "black", "linestyle": "--"}
DESIRED_POINTS = {"color": "black", "linestyle": "", "marker": "o", "fillstyle": "none"}
PREDICTED = {"color": "tab:blue", "linestyle": "-"}
GRADIENT = {"color": "#B0103C", "linestyle": "--"}
LOSS = {"color": "#7B4FAE", "linestyle": "-"}
POSITIVE = {"color": "#00785A", "linestyle": "-"}
NEGATIVE = {"color": "#B84A00", "linestyle": (0, (3, 1.5))}
QUIET = "0.35"  # what is beside the point: notes, derivatives

# Colour maps. Outputs from 0 to 1 end in a blue on which black can be read; then weights.
OUTPUTS = LinearSegmentedColormap.from_list("outputs", ["white", "#A9CBE8", "#4A90CC"])
WEIGHTS = LinearSegmentedColormap.from_list(
    "weights", [NEGATIVE["color"], "white", POSITIVE["color"]]
)

# 640 pixels wide in the README, 360 on a phone: there the smallest text, 9 points, is 7 pixels.
WIDTH = 6.4
sheet = plt.rc_context(  # the decorator of every function that draws
    {
        "figure.dpi": 200,
        "figure.constrained_layout.use": True,
        "figure.constrained_layout.w_pad": 0.1,  # an edge of white, for dark pages
        "figure.constrained_layout.h_pad": 0.1,
        "font.size": 10,
        "axes.titlesize": 11,
        "xtick.labelsize": 9,
        "ytick.labelsize": 9,
        "legend.fontsize": 9,
        "legend.frameon": False,
        "legend.handlelength": 3,  # room for two dashes
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
)


def weight_line(weight, largest, widest=3.5, narrowest=0.6):
    """Return the line style of a weight: its sign, and its size as the width."""
    line_width = narrowest + (widest - narrowest) * min(abs(weight) / (largest or 1), 1)
    return (POSITIVE if weight >= 0 else NEGATIVE) | {"linewidth": line_width}


def key(figure, positive="positive weight", negative="negative weight", wider="wider: larger"):
    """Explain the lines of weights below the picture."""
    samples = {
        positive: Line2D([], [], **weight_line(1, 2)),
        negative: Line2D([], [], **weight_line(-1, 2)),
        wider: tuple(Line2D([], [], color=QUIET, linewidth=width) for width in (0.8, 3.5)),
    }
    samples.pop(None, None)
    figure.legend(
        samples.values(), samples, loc="outside lower center", ncols=len(samples),
        handler_map={tuple: HandlerTuple(ndivide=None)},
    )  # fmt: skip


def minus(text):
    """Return a text, or a number as one, with real minus signs."""
    return str(text).replace("-", "\N{MINUS SIGN}")


def number(x, digits=None):
    """Return x in two decimals or in so many digits."""
    x = float(f"{x:.{digits}g}") if digits else round(float(x), 2) + 0.0
    return minus(np.format_float_positional(x, trim="-"))


def percent(x):
    """Return x, which is in percent, with two digits."""
    return f"{x:#.2g}".rstrip(".") + " %"


def words(figure):
    """Return titles, labels and texts in one line: they tell when a picture is out of date."""
    texts = [text.get_text() for part in (figure, *figure.subfigs) for text in part.texts]
    for axes in figure.axes:
        texts += [axes.get_title(place) for place in ("left", "center")]
        texts += [axes.get_xlabel(), axes.get_ylabel(), *(t.get_text() for t in axes.texts)]
    return " | ".join(text.replace("\n", " ") for text in texts if text)


def settle(figure):
    """Lay out the figure for good: what is saved and what is tested is the same."""
    for _ in range(2):
        figure.draw_without_rendering()
    figure.set_layout_engine("none")


def write_film(figure, update, frames, file):
    """Write the first frame for a second, the last for two, the others for a tenth.

    All have the same colours, those of the first, the middle and the last one together: a film
    is smaller then, and sooner written.
    """
    settle(figure)
    images = []
    for frame in frames:
        update(frame)
        figure.canvas.draw()
        images.append(np.asarray(figure.canvas.buffer_rgba())[..., :3].copy())
    some = np.vstack([images[0], images[len(images) // 2], images[-1]])
    # an octree keeps the colours of thin lines, too
    palette = Image.fromarray(some).quantize(64, Image.Quantize.FASTOCTREE)
    palette.putpalette([255 if c > 249 else c for c in palette.getpalette()])  # clean white
    options = {"palette": palette, "dither": Image.Dither.NONE}
    first, *others = [Image.fromarray(image).quantize(**options) for image in images]
    durations = [1000] + [100] * (len(others) - 1) + [2000]
    first.save(file, save_all=True, append_images=others, duration=durations, loop=0)


def write(picture, file):
    """Write what a draw function returns: a figure, or a figure, an update and its frames."""
    if not isinstance(picture, plt.Figure):
        return write_film(*picture, file)
    settle(picture)
    metadata = {"Description": words(picture)} if Path(file).suffix == ".png" else None
    picture.savefig(file, metadata=metadata)


def main(pictures, argv=None):
    """Write pictures, {name with its suffix: draw function}, into the folder of this file."""
    argparse.ArgumentParser(description="Draw a picture into its folder.").parse_args(argv)
    try:
        for file, draw in pictures.items():
            print(f"drawing {Path(file).stem}", flush=True)
            write(draw(), FOLDER / file)
            plt.close("all")
    except KeyboardInterrupt:
        raise SystemExit(130) from None
