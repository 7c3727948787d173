"""The pictures of the README can be drawn and read, and the committed ones are up to date."""

import importlib
import itertools
import re
from unittest.mock import Mock

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from PIL import Image, ImageChops, ImageFilter

from figures import __main__ as all_figures
from figures import style

MODULES = {name: importlib.import_module(f"figures.{name}") for name in all_figures.NAMES}
DRAW = {file: draw for module in MODULES.values() for file, draw in module.PICTURES.items()}
MADE_BY = {file: name for name, module in MODULES.items() for file in module.PICTURES}


def render(file):
    """Draw a picture, of a film the last frame: return the figure, its pixels and its texts."""
    picture = DRAW[file]()
    figure, update, frames = (picture, None, ()) if file.endswith("png") else picture
    figure.canvas.draw_idle = lambda: None
    for frame in frames:  # the last may need those before it
        update(frame)
    figure.draw_without_rendering()  # it takes two passes to lay it out, as in style.settle
    texts, draw = [], Text.draw

    def note(text, renderer, *args, **kwargs):
        draw(text, renderer, *args, **kwargs)
        if text.get_visible() and text.get_text().strip():
            texts.append((text, Text.get_window_extent(text, renderer)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", note)
        figure.canvas.draw()
    return figure, Image.fromarray(np.array(figure.canvas.buffer_rgba())).convert("RGB"), texts


@pytest.fixture(scope="module", params=DRAW)
def picture(request):
    """A picture, drawn once for all tests: its file, the figure, the pixels and the texts."""
    return request.param, *render(request.param)


def committed(file):
    """Return the pixels and the description of a committed picture; of a film's last frame."""
    with Image.open(style.FOLDER / file) as image:
        words = image.info.get("Description")
        image.seek(image.n_frames - 1)
        return image.convert("RGB"), words


def difference(a, b):
    """Return how far, at the worst place, one picture is from all that is near in the other.

    The unit is a block of 8 x 8 pixels, near are the blocks around it: versions of matplotlib
    and of its fonts move lines and letters by a few pixels. From 3.8 to 3.11 that makes 0.41
    at most; the changes below make 0.87 or more, if they aren't told by the words.
    """
    if a.size != b.size:
        return np.inf
    a, b, beyond = a.reduce(8), b.reduce(8), []
    for p, q in (a, b), (b, a):
        beyond.append(ImageChops.subtract(p, q.filter(ImageFilter.MaxFilter(3))))
        beyond.append(ImageChops.subtract(q.filter(ImageFilter.MinFilter(3)), p))
    return max(high for image in beyond for _, high in image.getextrema()) / 255


def same_words(a, b):
    """Whether two texts agree, numbers up to their last digit."""
    texts = (text.replace("\N{MINUS SIGN}", "-") for text in (a, b))
    a, b = (re.split(r"(-?\d+(?:\.\d+)?)", text) for text in texts)
    numbers = (np.array(pieces[1::2], float) for pieces in (a, b))
    return a[::2] == b[::2] and np.allclose(*numbers, rtol=0.05, atol=0.011)


def contrast(*colours):
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    c = np.array(colours)
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    dark, light = sorted(linear @ [0.2126, 0.7152, 0.0722] + 0.05)
    return light / dark


def test_committed_picture_shows_what_the_script_draws(picture):
    file, figure, pixels, _ = picture
    old_pixels, old_words = committed(file)
    command = f"out of date: python -m figures.{MADE_BY[file]}"
    film = file.endswith(".gif")
    assert difference(pixels, old_pixels) < 0.5, command
    assert film or same_words(style.words(figure), old_words), command
    assert (style.FOLDER / file).stat().st_size < (1.5e6 if film else 3e5)


def test_texts_can_be_read(picture):
    """On a phone, where the picture is 360 pixels wide, on what is behind them, and apart."""
    _, figure, pixels, texts = picture
    width, height = pixels.size
    assert width >= 1200 and len(texts) > 3
    for text, box in texts:
        assert round(text.get_fontsize() * figure.dpi / 72 * 360 / width, 2) >= 7, text
        assert min(*box.min, width - box.x1, height - box.y1) >= 0, text
        place = pixels.crop((box.x0, height - box.y1, box.x1, height - box.y0))
        behind = np.median(place, axis=(0, 1)) / 255  # letters cover less than half of it
        assert contrast(to_rgb(text.get_color()), behind) >= 4.5, text
    for (text, one), (other_text, other) in itertools.combinations(texts, 2):
        assert not one.padded(-1).overlaps(other), f"{text} and {other_text} overlap"


@pytest.mark.parametrize("picture", ["network.png", "network_bias.png"], indirect=True)
def test_a_weight_stands_on_no_other_edge(picture):
    _, figure, _, texts = picture
    lines = figure.axes[0].lines
    edges = [line.get_transform().transform_path(line.get_path()) for line in lines]
    boxes = [box for text, box in texts if text.get_bbox_patch()]
    assert len(boxes) > 5
    for box in boxes:
        assert sum(edge.intersects_bbox(box, filled=False) for edge in edges) == 1


first, second = MODULES["network_bias"].script, MODULES["network"].script


@pytest.mark.parametrize(
    "file, module, name, value, told_by_words",
    [
        ("network.png", second, "B1", 1.25 * second.B1, True),
        ("outside.png", MODULES["cubic"], "COEFFICIENTS", (1, 0, -12, 0), False),
        ("sigmoid.png", MODULES["sigmoid"], "sigmoid", np.tanh, False),
    ],
)
def test_a_change_is_found(file, module, name, value, told_by_words, monkeypatch):
    monkeypatch.setattr(module, name, value)
    (figure, pixels, _), (old_pixels, old_words) = render(file), committed(file)
    assert same_words(style.words(figure), old_words) != told_by_words
    assert told_by_words or difference(pixels, old_pixels) > 0.8


def test_pictures_are_written_into_their_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(style, "FOLDER", tmp_path)
    film = lambda: (plt.figure(), lambda frame: None, range(2))  # noqa: E731
    style.main({"a.png": plt.figure, "b.gif": film}, [])
    assert capsys.readouterr().out == "drawing a\ndrawing b\n" and not plt.get_fignums()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.png", "b.gif"]


@pytest.mark.parametrize(
    "words, error, code", [([], KeyboardInterrupt, 130), (["word"], None, 2)]
)
def test_ctrl_c_and_a_word_too_many_end_without_a_traceback(words, error, code):
    with pytest.raises(SystemExit) as exit:
        style.main({"x.png": Mock(side_effect=error)}, words)
    assert exit.value.code == code
