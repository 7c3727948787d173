"""The pictures can be drawn and read, and the committed ones are up to date."""

import importlib
import itertools

import numpy as np
import pytest
from helpers import agree
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from PIL import Image, ImageChops, ImageFilter

from figures import __main__ as all_figures
from figures import style

MODULES = {name: importlib.import_module(f"figures.{name}") for name in all_figures.NAMES}
MADE_BY = {file: name for name, module in MODULES.items() for file in module.PICTURES}


@pytest.fixture(scope="module", params=MADE_BY)
def picture(request):
    """A picture, of a film the last frame: its file, figure, pixels, and texts with extents."""
    file, texts, draw = request.param, [], Text.draw

    def note(text, renderer, *args, **kwargs):
        draw(text, renderer, *args, **kwargs)
        if text.get_visible() and text.get_text().strip():
            texts.append((text, Text.get_window_extent(text, renderer)))

    drawn = MODULES[MADE_BY[file]].PICTURES[file]()
    figure, update, frames = drawn if file.endswith(".gif") else (drawn, None, ())
    figure.canvas.draw_idle = lambda: None
    for frame in frames:  # the last may need those before it
        update(frame)
    figure.draw_without_rendering()  # it takes two passes to lay it out, as in style.settle
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", note)
        figure.canvas.draw()
    pixels = Image.fromarray(np.array(figure.canvas.buffer_rgba())).convert("RGB")
    return file, figure, pixels, texts


def difference(a, b):
    """Return how far, at the worst place, one picture is from all that is near in the other.

    In blocks of 8 x 8 pixels, as versions of matplotlib and of its fonts move lines and letters
    by a few. From 3.8 to 3.11 that makes 0.41 at most, a shift by 20 pixels 0.73 or more.
    """
    a, b, beyond = a.reduce(8), b.reduce(8), []
    for p, q in (a, b), (b, a):
        beyond.append(ImageChops.subtract(p, q.filter(ImageFilter.MaxFilter(3))))
        beyond.append(ImageChops.subtract(q.filter(ImageFilter.MinFilter(3)), p))
    return max(high for image in beyond for _, high in image.getextrema()) / 255


def test_each_picture_is_there_and_none_is_left_over():
    there = {file.name for kind in ("png", "gif") for file in style.FOLDER.glob(f"*.{kind}")}
    assert there == {*MADE_BY}


def test_committed_picture_shows_what_the_script_draws(picture):
    file, figure, pixels, _ = picture
    with Image.open(style.FOLDER / file) as image:
        old_words = image.info.get("Description")
        image.seek(image.n_frames - 1)
        old_pixels = image.convert("RGB")
    command, film = "out of date: python -m figures", file.endswith(".gif")
    assert pixels.size == old_pixels.size and difference(pixels, old_pixels) < 0.5, command
    assert film or agree(old_words, style.words(figure)), command
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
        c = np.array([to_rgb(text.get_color()), behind])
        linear = np.where(c > 0.04045, ((c + 0.055) / 1.055) ** 2.4, c / 12.92)
        dark, light = sorted(linear @ [0.2126, 0.7152, 0.0722] + 0.05)
        assert light / dark >= 4.5, text  # the contrast as WCAG 2 defines it
    for (text, one), (other_text, other) in itertools.combinations(texts, 2):
        assert not one.padded(-1).overlaps(other), f"{text} and {other_text} overlap"
