"""The pictures of the README can be drawn and read, and the committed ones are up to date."""

import importlib
import itertools
import re
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from PIL import Image

from figures import __main__ as all_figures
from figures import style

MODULES = {name: importlib.import_module(f"figures.{name}") for name in all_figures.NAMES}
DRAW = {file: draw for module in MODULES.values() for file, draw in module.PICTURES.items()}
MADE_BY = {file: name for name, module in MODULES.items() for file in module.PICTURES}
PICTURES = [file for file in DRAW if file.endswith(".png")]
DPI = 200
FILMS = [file for file in DRAW if file.endswith(".gif")]


def render(figure):
    """Return the pixels of a figure, and its texts: (text, size, contrast, extent)."""
    noted = []

    def note_only(self, renderer, *args, **kwargs):
        if self.get_visible() and self.get_text().strip():
            noted.append((self, Text.get_window_extent(self, renderer)))

    style.settle(figure)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", note_only)
        figure.canvas.draw()
    ground = np.asarray(figure.canvas.buffer_rgba())[..., :3] / 255  # without any text
    texts = []
    for text, extent in noted:
        x0, y0, x1, y1 = np.maximum(extent.extents, 0).astype(int)
        behind = np.median(ground[len(ground) - y1 : len(ground) - y0, x0:x1], axis=(0, 1))
        contrast = contrast_of(to_rgb(text.get_color()), behind)
        texts.append((text.get_text(), text.get_fontsize(), contrast, extent))
    figure.canvas.draw()
    return np.asarray(figure.canvas.buffer_rgba())[..., :3] / 255, texts


def contrast_of(a, b):
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    c = np.array([a, b])
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    dark, light = sorted(linear @ [0.2126, 0.7152, 0.0722] + 0.05)
    return light / dark


@cache
def drawn(file):
    """Draw a picture, once for all tests: return pixels, texts, words; a film's last frame."""
    picture = DRAW[file]()
    figure = picture if file in PICTURES else picture[0]
    if file in FILMS:
        figure.canvas.draw_idle = lambda: None
        for frame in picture[2]:  # the last may need those before it
            picture[1](frame)
    result = *render(figure), style.words(figure)
    plt.close(figure)
    return result


def committed(file):
    """Return the pixels and the description of a committed picture; of a film's last frame."""
    with Image.open(style.FOLDER / file) as image:
        words = getattr(image, "text", {}).get("Description")
        image.seek(getattr(image, "n_frames", 1) - 1)
        return np.asarray(image.convert("RGB")) / 255, words


def difference(p, q, size=8):
    """Return how far, at the worst place, one picture is from all that is near in the other.

    The unit is a block of size x size pixels, near are the blocks around it: versions of
    matplotlib and of its fonts move lines and letters by a few pixels. From 3.8 to 3.11 that
    makes 0.41 at most; the changes below make 0.87 or more, if they aren't told by the words.
    """
    if p.shape != q.shape:
        return np.inf
    rows, columns = p.shape[0] // size, p.shape[1] // size
    p, q = (
        x[: rows * size, : columns * size].reshape(rows, size, columns, size, 3).mean((1, 3))
        for x in (p, q)
    )

    def outside(p, q):
        q = np.pad(q, ((1, 1), (1, 1), (0, 0)), mode="edge")
        shifts = itertools.product(range(3), range(3))
        near = np.array([q[i : i + rows, j : j + columns] for i, j in shifts])
        return max(np.max(p - near.max(axis=0)), np.max(near.min(axis=0) - p))

    return max(outside(p, q), outside(q, p))


def same_words(a, b):
    """Whether two texts agree, numbers up to their last digit."""
    pattern = r"[-\N{MINUS SIGN}]?\d+(?:\.\d+)?"
    if re.sub(pattern, "#", a) != re.sub(pattern, "#", b):
        return False
    a, b = (re.findall(pattern, text.replace("\N{MINUS SIGN}", "-")) for text in (a, b))
    return np.allclose(np.array(a, float), np.array(b, float), rtol=0.05, atol=0.011)


@pytest.mark.parametrize("file", DRAW)
def test_committed_picture_shows_what_the_script_draws(file):
    pixels, _, words = drawn(file)
    old_pixels, old_words = committed(file)
    command = f"out of date: python -m figures.{MADE_BY[file]}"
    assert difference(pixels, old_pixels) < 0.5, command
    assert file in FILMS or same_words(words, old_words), command
    assert (style.FOLDER / file).stat().st_size < (1.5e6 if file in FILMS else 3e5)


@pytest.mark.parametrize("file", DRAW)
def test_texts_can_be_read(file):
    """On a phone, where the picture is 360 pixels wide, on what is behind them, and apart."""
    pixels, texts, _ = drawn(file)
    height, width, _ = pixels.shape
    assert width >= 1200 and len(texts) > 3
    for text, size, contrast, extent in texts:
        assert round(size * DPI / 72 * 360 / width, 2) >= 7, text
        assert contrast >= 4.5, text
        assert extent.x0 >= 0 and extent.y0 >= 0, text
        assert extent.x1 <= width and extent.y1 <= height, text
    for (a, *_, one), (b, *_, other) in itertools.combinations(texts, 2):
        inner = one.padded(-1)
        assert not inner.overlaps(other), f"{a!r} and {b!r} overlap"


@pytest.mark.parametrize("file", ["network.png", "network_bias.png"])
def test_a_weight_stands_on_no_other_edge(file):
    figure = DRAW[file]()
    style.settle(figure)
    (axes,) = figure.axes
    edges = [line.get_transform().transform_path(line.get_path()) for line in axes.lines]
    for text in axes.texts:
        if text.get_bbox_patch():
            extent = text.get_window_extent()
            assert sum(edge.intersects_bbox(extent, filled=False) for edge in edges) == 1


activations, cubic = MODULES["activations"], MODULES["cubic"]
descent, xor = MODULES["descent"].linear, MODULES["xor"].xor
back_propagation = MODULES["back_propagation"]
first, second = MODULES["network_bias"].script, MODULES["network"].script


def reseeded(initialize):
    return lambda *args: initialize(*args[:-1], np.random.default_rng(5))


@pytest.mark.parametrize(
    "file, script, name, value",
    [
        ("network_bias.png", first, "W1", 1.5 * first.W1),
        ("network.png", second, "B1", 1.25 * second.B1),
        ("xor_nodes.png", xor, "initialize", reseeded(xor.initialize)),
        ("xor_stuck.png", xor, "initialize", reseeded(xor.initialize)),
        ("xor.png", xor, "initialize", reseeded(xor.initialize)),
        ("xor.png", MODULES["xor"], "MOMENTS", (0, 90, 2000)),
        ("descent.png", descent, "initialize", reseeded(descent.initialize)),
        ("activations.png", activations.ACTIVATIONS, "relu", activations.ACTIVATIONS["elu"]),
        ("approximation.png", cubic.cubic, "initialize", reseeded(cubic.cubic.initialize)),
        ("outside.png", cubic, "COEFFICIENTS", (1, 0, -12, 0)),
        ("nodes.png", cubic, "SEEDS", (4,)),
        ("steps.png", MODULES["steps"], "COEFFICIENTS", (1, 0, -12, 0)),
        ("eight_steps.png", cubic.cubic, "initialize", reseeded(cubic.cubic.initialize)),
        ("back_propagation.png", back_propagation, "PARAMETERS", [*np.ones((4, 1, 1))]),
        ("nudge.png", MODULES["nudge"], "MOMENT", 47),
        ("sigmoid.png", MODULES["sigmoid"], "sigmoid", np.tanh),
    ],
)
def test_a_change_is_found(file, script, name, value, monkeypatch):
    patch = monkeypatch.setitem if isinstance(script, dict) else monkeypatch.setattr
    patch(script, name, value)
    figure = DRAW[file]()
    old_pixels, old_words = committed(file)
    if same_words(style.words(figure), old_words):  # else it is found already
        assert difference(render(figure)[0], old_pixels) > 0.5


def test_pictures_are_written_into_their_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(style, "FOLDER", tmp_path)
    film = lambda: (plt.figure(), lambda frame: None, range(2))  # noqa: E731
    style.main({"a.png": plt.figure, "b.gif": film}, [])
    assert capsys.readouterr().out == "drawing a\ndrawing b\n" and not plt.get_fignums()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.png", "b.gif"]
    with pytest.raises(SystemExit) as exit:
        style.main({}, ["word"])
    assert exit.value.code == 2


def test_ctrl_c_ends_without_a_traceback(monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(SystemExit) as exit:
        style.main({"x.png": interrupted}, [])
    assert exit.value.code == 130
