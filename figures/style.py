"""What all pictures share: one colour and one line style per meaning, and the command line.

The scripts' own figures use the same colours. Each meaning has a line style or a marker besides
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

from figures import drawn

FOLDER = Path(__file__).parent

DESIRED = {"color": "black", "linestyle": "--"}
DESIRED_POINTS = {"color": "black", "linestyle": "", "marker": "o", "fillstyle": "none"}
PREDICTED = {"color": "tab:blue", "linestyle": "-"}
GRADIENT = {"color": "#B0103C", "linestyle": "--"}
LOSS = {"color": "#7B4FAE", "linestyle": "-"}
UNSEEN = {"color": "black", "linestyle": "-", "marker": "."}  # the loss on what is never seen
POSITIVE = {"color": "#00785A", "linestyle": "-"}
NEGATIVE = {"color": "#B84A00", "linestyle": (0, (3, 1.5))}
QUIET = "0.35"  # for notes, derivatives, and whatever else must not catch the eye

# Colour maps. OUTPUTS, for numbers from 0 to 1, ends in a blue on which black can be read.
OUTPUTS = LinearSegmentedColormap.from_list("outputs", ["white", "#A9CBE8", "#4A90CC"])
WEIGHTS = LinearSegmentedColormap.from_list(
    "weights", [NEGATIVE["color"], "white", POSITIVE["color"]]
)

# In inches. README shows pictures 640 pixels wide, and a phone 360. There the smallest text,
# which has 9 points, is 7 pixels high.
WIDTH = 6.4
sheet = plt.rc_context(  # the decorator of every function that draws
    {
        "figure.dpi": 200,
        "figure.constrained_layout.use": True,
        "figure.constrained_layout.w_pad": 0.1,  # an edge of white, for dark pages
        "figure.constrained_layout.h_pad": 0.1,
        "font.size": 10,
        "axes.titlesize": 11,
        "figure.titlesize": 11,
        "figure.labelsize": 10,
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
    samples = {label: line for label, line in samples.items() if label is not None}
    figure.legend(
        samples.values(), samples, loc="outside lower center", ncols=len(samples),
        handler_map={tuple: HandlerTuple(ndivide=None)},
    )  # fmt: skip


def minus(text):
    """Return a text, or a number as one, with real minus signs."""
    return str(text).replace("-", "\N{MINUS SIGN}")


def number(x, digits=None):
    """Return x as a text with two decimals, or with so many significant digits."""
    x = float(f"{x:.{digits}g}") if digits else round(float(x), 2) + 0.0
    return minus(np.format_float_positional(x, trim="-"))


def write_film(figure, update, frames, file):
    """Write the first frame for a second, the last one for two, the others for a tenth.

    All have the colours of the first, the middle and the last one. That makes the film smaller.
    """
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # so that nothing jumps from frame to frame
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
    if isinstance(picture, plt.Figure):
        picture.savefig(file)
    else:
        write_film(*picture, file)


def describe(picture):
    """Return what a picture shows. Of a film, this is its tenth frame."""
    if isinstance(picture, plt.Figure):
        return drawn.describe(picture)
    figure, update, frames = picture
    for frame in frames[:10]:  # a frame may need those before it
        update(frame)
    return drawn.describe(figure)


def main(pictures, argv=None):
    """Draw pictures, {file name: draw function}, and save those that show something new."""
    text = "Draw a picture, and save it in its folder if it shows anything new."
    argparse.ArgumentParser(description=text).parse_args(argv)
    try:
        for name, draw in pictures.items():
            print(f"drawing {name}", flush=True)
            description = describe(draw())
            file = FOLDER / name
            if drawn.is_recorded(file, description):
                print("it is up to date")
            else:
                write(draw(), file)
                drawn.record(file, description)
                print("it is new")
            plt.close("all")
    except KeyboardInterrupt:
        raise SystemExit(130) from None
