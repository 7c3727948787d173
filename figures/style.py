"""What all pictures share: one colour and one line style per meaning, and the command line.

The scripts' own plots use the same colours. Each meaning has a line style or a mark besides
its colour, so that a picture can be read in grey and by colour-blind eyes.
"""

import argparse
import signal
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation, PillowWriter
from matplotlib.colors import LinearSegmentedColormap

FOLDER = Path(__file__).parent

DESIRED = {"color": "black", "linestyle": "--"}
DESIRED_POINTS = {"color": "black", "linestyle": "", "marker": "o", "fillstyle": "none"}
PREDICTED = {"color": "tab:blue", "linestyle": "-"}
LOSS = {"color": "#7B4FAE", "linestyle": "-"}
POSITIVE = {"color": "#00785A", "linestyle": "-"}
NEGATIVE = {"color": "#B84A00", "linestyle": "--"}
QUIET = "0.35"  # what is beside the point: notes, derivatives

OUTPUTS = "Blues"  # colour maps: an output from 0 to 1, the loss, a weight
LOSSES = "Purples"
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
        "axes.labelsize": 10,
        "xtick.labelsize": 9,
        "ytick.labelsize": 9,
        "legend.fontsize": 9,
        "legend.frameon": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
)


def weight_line(weight, largest, widest=3.5):
    """Return the line style of a weight: its sign, and its size as the width."""
    line_width = 0.6 + (widest - 0.6) * min(abs(weight) / largest, 1)
    return (POSITIVE if weight >= 0 else NEGATIVE) | {"linewidth": line_width}


def number(x):
    """Return x in at most two decimals, with a real minus sign."""
    return f"{round(float(x), 2) + 0.0:g}".replace("-", "\N{MINUS SIGN}")


def show_image(axes, pixels, **options):
    """Draw four numbers as a 2x2 image in a frame, 0 white; options are those of imshow."""
    options = {"cmap": "gray_r", "vmin": 0, "vmax": 1} | options
    axes.imshow(pixels.reshape(2, 2), **options)
    axes.spines[:].set_visible(True)
    axes.set(xticks=[], yticks=[])


def words(figure):
    """Return all titles and texts in one line: the numbers in it tell when a picture is old."""
    texts = [t for axes in figure.axes for t in (axes.title, *axes.texts)]
    return " | ".join(t.get_text().replace("\n", " ") for t in texts if t.get_text())


def animate(picture):
    """Return the animation of a figure, an update and its frames."""
    return FuncAnimation(*picture, init_func=lambda: None)


def write(picture, file):
    """Write what a draw function returns: a figure, or a figure, an update and its frames."""
    if isinstance(picture, plt.Figure):
        picture.draw_without_rendering()  # the layout settles: what is saved is what is shown
        kind = Path(file).suffix[1:]
        metadata = {"Description": words(picture)} if kind == "png" else None
        picture.savefig(file, format=kind, metadata=metadata)
    else:
        if Path(file).suffix != ".gif":
            raise ValueError("an animation is written as gif")
        animate(picture).save(file, PillowWriter(fps=10))


def main(pictures, argv=None):
    """Write or show pictures, {name with its suffix: draw function}."""
    names = [Path(file).stem for file in pictures]
    parser = argparse.ArgumentParser(description="Draw a picture of the README.")
    parser.add_argument(
        "picture", nargs="?", choices=names, help=f"default: {' and '.join(names)}"
    )
    parser.add_argument("--save", metavar="FILE", help="default: its own file in figures/")
    parser.add_argument("--show", action="store_true", help="open a window instead")
    args = parser.parse_args(argv)
    chosen = {f: draw for f, draw in pictures.items() if args.picture in (None, Path(f).stem)}
    if args.save and len(chosen) > 1:
        parser.error(f"--save expects one picture: say which, {' or '.join(names)}")
    if args.show and not args.save and plt.get_backend().lower() == "agg":
        print("There is no display: --save FILE keeps the figure.")
        return
    animations = []  # they stop when nothing refers to them any more
    for file, draw in chosen.items():
        picture = draw()
        try:
            if args.save or not args.show:
                write(picture, args.save or FOLDER / file)
        except (OSError, ValueError) as error:
            kinds = "gif" if file.endswith("gif") else "png, svg or pdf"
            parser.error(f"--save expects a {kinds} file in an existing folder: {error}")
        figure = picture if isinstance(picture, plt.Figure) else picture[0]
        if args.show:
            figure.canvas.manager.set_window_title(Path(file).stem)
            if figure is not picture:
                animations.append(animate(picture))
        else:
            plt.close(figure)
    if args.show:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C closes the window
        plt.show()
