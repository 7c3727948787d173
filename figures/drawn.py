"""What is drawn in a figure, in words and numbers, and the record of all pictures.

A picture in this folder must show what its script draws today. Its pixels can't tell, because
each version of matplotlib moves lines and letters a little. So tests/pictures.jsonl keeps for
each picture what was drawn when it was saved, and the SHA-256 of its file. The tests compare
both with what they find. style.main renews the record whenever it saves a picture.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.legend import Legend
from matplotlib.ticker import FixedLocator

RECORD = Path(__file__).parent.parent / "tests" / "pictures.jsonl"


def summary(*arrays):
    """Return a few numbers for each array: all, if there are up to eight.

    Of more, these are the mean, the standard deviation, and five of the numbers.
    """
    numbers = []
    for values in arrays:
        values = np.ma.filled(np.ma.asarray(values, dtype=float), np.nan).ravel()
        values = values[np.isfinite(values)]
        if len(values) > 8:
            five = np.linspace(0, len(values) - 1, 5).astype(int)
            values = [values.mean(), values.std(), *values[five]]
        numbers += [float(f"{value:.4g}") for value in values]
    return numbers


def colours(*values):
    """Return colours, of several that belong together the first, in hexadecimal digits."""
    firsts = [value[0] if np.ndim(value) == 2 and len(value) else value for value in values]
    return " ".join(to_hex(first, True) if len(first) else "none" for first in firsts)


def describe_axes(axes):
    titles = [axes.get_title(place) for place in ("left", "center", "right")]
    labels = [axes.get_xlabel(), axes.get_ylabel()]
    yield " | ".join(["axes", *titles, *labels]), []
    for axis in axes.xaxis, axes.yaxis:
        low, high = axis.get_transform().transform(np.array(axis.get_view_interval()))
        yield f"{axis.get_scale()} axis", summary([low, high])
        if isinstance(axis.get_major_locator(), FixedLocator):  # else matplotlib chooses
            ticks = [label.get_text() for label in axis.get_majorticklabels()]
            yield f"ticks {ticks}", summary(axis.get_majorticklocs())


def describe_text(text):
    if text.get_text() or hasattr(text, "xyann"):  # an arrow may have no text
        look = f"{colours(text.get_color())} {text.get_weight()}"
        place = [*getattr(text, "xy", ()), *text.get_position()]
        yield f"text {look} {text.get_text()}", summary(place, [text.get_fontsize()])


def describe_line(line):
    look = f"{colours(line.get_color())} {line.get_linestyle()} {line.get_marker()}"
    yield f"line {look}", summary([line.get_linewidth(), line.get_markersize()])
    for axis, values in zip((line.axes.xaxis, line.axes.yaxis), line.get_data()):
        # on a logarithmic axis, equal ratios are equal distances
        values = axis.get_transform().transform(np.asarray(values, dtype=float))
        yield f"{len(values)} numbers", summary(values)


def describe_patch(patch):
    box = patch.get_path().get_extents(patch.get_patch_transform())
    look = colours(patch.get_facecolor(), patch.get_edgecolor())
    yield f"patch {look} {patch.get_fill()}", summary(box.extents)


def describe_image(image):
    values = image.get_array()
    yield f"image {image.get_cmap().name} {values.shape}", summary(values)
    yield "its place and range", summary(image.get_extent(), image.get_clim())


def describe_collection(collection):
    look = colours(collection.get_facecolor(), collection.get_edgecolor())
    if hasattr(collection, "U"):  # arrows, whose paths are in pixels
        parts = [collection.XY, collection.U, collection.V]
    else:
        boxes = [path.get_extents().extents for path in collection.get_paths() if len(path)]
        levels = getattr(collection, "levels", [])  # of contour lines
        parts = [collection.get_offsets(), boxes, levels]
    yield f"collection {look}", summary(*parts)


def describe(figure):
    """Return what is drawn in a figure: a list of pairs, some words and a list of numbers."""
    parts = [["figure", summary(figure.get_size_inches())]]
    texts = []
    for part in (figure, *figure.subfigs, *figure.axes):
        texts += part.texts
    for legend in figure.findobj(Legend):
        texts += legend.get_texts()
    for text in texts:
        parts += describe_text(text)
    for axes in figure.axes:
        parts += describe_axes(axes)
        for line in axes.lines:
            parts += describe_line(line)
        for patch in axes.patches:
            parts += describe_patch(patch)
        for image in axes.images:
            parts += describe_image(image)
        for collection in axes.collections:
            parts += describe_collection(collection)
    return [list(part) for part in parts]


def close(old, new):
    """Whether two lists of numbers differ by no more than 1 % of the largest number."""
    if len(old) != len(new):
        return False
    return np.allclose(old, new, rtol=0, atol=0.01 * np.abs(old).max(initial=0))


def same(old, new):
    """Whether two descriptions have the same words, and numbers that are close."""
    if [words for words, _ in old] != [words for words, _ in new]:
        return False
    return all(close(a, b) for (_, a), (_, b) in zip(old, new))


def read_record():
    """Return {file name: {"file": name, "sha256": digest, "drawn": what describe returned}}."""
    if not RECORD.exists():
        return {}
    entries = [json.loads(line) for line in RECORD.read_text(encoding="utf-8").splitlines()]
    return {entry["file"]: entry for entry in entries}


def digest(file):
    """Return the SHA-256 of a file, or None if there is no file."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else None


def is_recorded(file, description):
    """Whether the record knows a file as it is, and it shows what is described."""
    entry = read_record().get(file.name, {"sha256": None, "drawn": []})
    return entry["sha256"] == digest(file) and same(entry["drawn"], description)


def record(file, description):
    """Write into the record which file a picture is and what it shows, a picture a line."""
    entries = read_record()
    entries[file.name] = {"file": file.name, "sha256": digest(file), "drawn": description}
    lines = [json.dumps(entries[name]) + "\n" for name in sorted(entries)]
    RECORD.write_text("".join(lines), encoding="utf-8")
