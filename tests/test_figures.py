"""The pictures can be read, are what their scripts draw today, and say what is true."""

import dataclasses
import functools
import importlib
import itertools
import json
from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
import pytest
from helpers import agree, run_once
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from PIL import Image

import xor
from dataset import xor_2_input
from figures import __main__ as all_figures
from figures import drawn, style

DRAW = {}  # file name: draw function
for name in all_figures.NAMES:
    DRAW |= importlib.import_module(f"figures.{name}").PICTURES

RECORD = drawn.read_record()
# What takes longest to draw: films, and pictures for which networks are trained or
# scikit-learn is imported.
LONG = {
    "digits.png",
    "early_stopping.png",
    "first_layer.png",
    "how_many_nodes.png",
    "learning_cubic.gif",
    "overfitting.png",
    "playground_cubic.gif",
    "playground_xor.gif",
}
TO_DRAW = [
    pytest.param(file, marks=pytest.mark.long) if file in LONG else file for file in DRAW
]

every_file = pytest.mark.parametrize("file", DRAW)
every_picture = pytest.mark.parametrize("file", TO_DRAW)


@dataclasses.dataclass
class Picture:
    """A picture as its script draws it today, of a film the tenth frame."""

    figure: plt.Figure
    description: list
    width: int  # in pixels
    height: int
    texts: list  # of (text, its extent in pixels, the colour behind it)


@functools.cache
def picture(file):
    """Draw a picture, once for all tests."""
    parts = DRAW[file]()
    figure = parts if isinstance(parts, plt.Figure) else parts[0]
    figure.canvas.draw_idle = lambda: None  # in a film it would draw every frame
    description = style.describe(parts)
    texts = draw_and_note_texts(figure)
    pixels = Image.fromarray(np.array(figure.canvas.buffer_rgba())).convert("RGB")
    width, height = pixels.size
    seen = []
    for text, box in texts:
        part = pixels.crop((box.x0, height - box.y1, box.x1, height - box.y0))
        behind = np.median(part, axis=(0, 1)) / 255  # letters cover less than half of it
        seen.append((text, box, behind))
    return Picture(figure, description, width, height, seen)


def draw_and_note_texts(figure):
    """Draw a figure, and return all texts that are drawn, with their extents in pixels."""
    texts = []
    draw = Text.draw

    def note(text, renderer, *args, **kwargs):
        draw(text, renderer, *args, **kwargs)
        if text.get_visible() and text.get_text().strip():
            texts.append((text, Text.get_window_extent(text, renderer)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", note)
        figure.canvas.draw()
    return texts


# The pictures in the repository


def test_each_picture_is_there_and_none_is_left_over():
    there = {file.name for file in style.FOLDER.iterdir() if file.suffix in (".png", ".gif")}
    assert there == set(DRAW)


def test_the_record_has_each_picture_and_no_other():
    assert set(RECORD) == set(DRAW)


@every_file
def test_the_file_is_the_one_that_was_recorded(file):
    assert drawn.digest(style.FOLDER / file) == RECORD[file]["sha256"], "run python -m figures"


@every_picture
def test_the_script_draws_what_was_recorded(file):
    recorded = RECORD[file]["drawn"]
    today = picture(file).description
    assert len(today) == len(recorded), "out of date: run python -m figures"
    for (old_words, old_numbers), (words, numbers) in zip(recorded, today):
        assert agree(old_words, words), "out of date: run python -m figures"
        assert drawn.close(old_numbers, numbers), f"{words}: out of date, run python -m figures"


@every_file
def test_the_file_is_not_too_large(file):
    limit = 1.5e6 if file.endswith(".gif") else 3e5
    assert (style.FOLDER / file).stat().st_size < limit


# On a phone, a picture is 360 pixels wide.


@every_picture
def test_the_picture_has_enough_pixels(file):
    assert picture(file).width >= 1200


@every_picture
def test_texts_are_at_least_seven_pixels_high_on_a_phone(file):
    shown = picture(file)
    for text, _, _ in shown.texts:
        pixels = text.get_fontsize() * shown.figure.dpi / 72
        assert round(pixels * 360 / shown.width, 2) >= 7, text


@every_picture
def test_no_text_is_cut_at_an_edge(file):
    shown = picture(file)
    for text, box, _ in shown.texts:
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= shown.width, text
        assert box.y1 <= shown.height, text


@every_picture
def test_texts_have_a_contrast_of_four_and_a_half(file):
    for text, _, behind in picture(file).texts:
        dark, light = sorted([luminance(to_rgb(text.get_color())), luminance(behind)])
        assert (light + 0.05) / (dark + 0.05) >= 4.5, text


def luminance(color):
    """Return the relative luminance of red, green and blue, as WCAG 2 defines it."""
    color = np.array(color)
    linear = np.where(color > 0.04045, ((color + 0.055) / 1.055) ** 2.4, color / 12.92)
    return linear @ [0.2126, 0.7152, 0.0722]


@every_picture
def test_no_text_covers_another(file):
    for (text, box, _), (other, other_box, _) in itertools.combinations(picture(file).texts, 2):
        assert not box.padded(-1).overlaps(other_box), f"{text} and {other} overlap"


# The record notices what changes, and nothing else.


@functools.cache
def example(width=2.0, color="red", last=3.0, note="0.5 of it", grey=0.2, log=False):
    """Return a description of a small figure."""
    figure, (left, right) = plt.subplots(1, 2)
    left.plot([1, 2, last], linewidth=width, color=color)
    left.text(0, 1, note)
    left.fill_between([0, 1, 2], [0, last, 0])
    right.imshow([[grey, 1], [0, 1]])
    if log:
        left.set_yscale("log")
    return drawn.describe(figure)


def test_the_same_figure_is_described_the_same():
    assert drawn.same(example(), example())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"width": 2.5}, id="line width"),
        pytest.param({"color": "blue"}, id="colour"),
        pytest.param({"last": 3.2}, id="a point of a line"),
        pytest.param({"note": "0.6 of it"}, id="a number in a text"),
        pytest.param({"grey": 0.3}, id="a pixel of an image"),
        pytest.param({"log": True}, id="the scale of an axis"),
    ],
)
def test_a_change_is_noticed(change):
    assert not drawn.same(example(), example(**change))


def test_what_another_machine_may_shift_is_not_noticed():
    assert drawn.same(example(), example(last=3.0001, grey=0.2001))


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """A folder, with a record, for pictures that a test draws."""
    monkeypatch.setattr(style, "FOLDER", tmp_path)
    monkeypatch.setattr(drawn, "RECORD", tmp_path / "pictures.jsonl")
    return tmp_path


def words(text):
    """Return a draw function."""

    def draw():
        figure = plt.figure()
        figure.text(0, 0, text)
        return figure

    return draw


def test_a_new_picture_is_saved_and_recorded(own_folder):
    style.main({"a.png": words("one")}, [])
    entry = json.loads((own_folder / "pictures.jsonl").read_text())
    assert entry["file"] == "a.png"
    assert entry["sha256"] == drawn.digest(own_folder / "a.png")


def test_a_picture_that_shows_nothing_new_is_not_saved_again(own_folder):
    style.main({"a.png": words("one")}, [])
    before = (own_folder / "a.png").stat().st_mtime_ns
    style.main({"a.png": words("one")}, [])
    assert (own_folder / "a.png").stat().st_mtime_ns == before


def test_a_picture_that_shows_something_new_is_saved_again(own_folder):
    style.main({"a.png": words("one")}, [])
    before = drawn.digest(own_folder / "a.png")
    style.main({"a.png": words("two")}, [])
    after = drawn.digest(own_folder / "a.png")
    assert after != before
    assert drawn.read_record()["a.png"]["sha256"] == after


def test_a_file_that_somebody_has_changed_is_saved_again(own_folder):
    style.main({"a.png": words("one")}, [])
    (own_folder / "a.png").write_bytes(b"something else")
    style.main({"a.png": words("one")}, [])
    assert (own_folder / "a.png").read_bytes().startswith(b"\x89PNG")


def test_other_pictures_stay_in_the_record(own_folder):
    style.main({"b.png": words("one")}, [])
    style.main({"a.png": words("two")}, [])
    assert list(drawn.read_record()) == ["a.png", "b.png"]


# What the pictures claim in numbers, computed in another way


def words_of(file):
    """Return all texts of a picture, titles included, as one text with plain minus signs."""
    texts = [text.get_text() for text, _, _ in picture(file).texts]
    return "\n".join(texts).replace("\N{MINUS SIGN}", "-")


def lines_of(file, panel=0):
    """Return the lines of a panel, as arrays (points, 2)."""
    return [line.get_xydata() for line in picture(file).figure.axes[panel].lines]


def line_loss(w, b):
    """Return the loss of the line w x + b on the five points of 2x + 3, from 0 to 4."""
    x = np.arange(5)
    return np.mean((w * x + b - (2 * x + 3)) ** 2)


@pytest.mark.parametrize(
    "panel, line, errors",
    [
        pytest.param(0, [0, 0, 0, 0, 0], [-3, -5, -7, -9, -11], id="start"),
        pytest.param(1, [1.4, 5, 8.6, 12.2, 15.8], [-1.6, 0, 1.6, 3.2, 4.8], id="one step"),
    ],
)
def test_one_step_shows_the_line_and_the_errors(panel, line, errors):
    axes = picture("one_step.png").figure.axes[panel]
    assert axes.lines[0].get_ydata() == pytest.approx(line)
    (bars,) = axes.collections
    lengths = [bar[1, 1] - bar[0, 1] for bar in bars.get_segments()]
    assert lengths == pytest.approx(errors)
    texts = [text.get_text().replace("\N{MINUS SIGN}", "-") for text in axes.texts[:5]]
    assert [float(text) for text in texts] == errors


def test_one_step_says_the_losses():
    assert line_loss(0, 0) == 57
    assert line_loss(3.6, 1.4) == pytest.approx(7.68)
    assert "Start, loss 57:\nW = 0, B = 0" in words_of("one_step.png")
    assert "One step, loss 7.68:\nW = 3.6, B = 1.4" in words_of("one_step.png")


def test_learning_rates_shows_three_steps_and_the_losses_after_them():
    step = 36  # the slope of the loss at W = 0 is -36
    points = [line[0] for line in lines_of("learning_rates.png") if len(line) == 1]
    w = [0, 0.01 * step, 0.1 * step, 0.2 * step]
    assert points == [pytest.approx([x, line_loss(x, 0)]) for x in w]
    assert f"loss {line_loss(0.2 * step, 0):.0f}:" in words_of("learning_rates.png")


@pytest.mark.parametrize(
    "panel, momentum, loss",
    [
        pytest.param(0, 0, "0.81", id="plain"),
        pytest.param(1, 0.5, "0.037", id="momentum"),
    ],
)
def test_momentum_shows_the_path_of_the_rule_in_chapter_8(panel, momentum, loss):
    x = np.arange(5)
    place = np.array([4.0, -1.0])  # w, b
    velocity = np.zeros(2)
    path = [place]
    for _ in range(12):
        errors = place[0] * x + place[1] - (2 * x + 3)
        gradient = np.array([np.mean(2 * errors * x), np.mean(2 * errors)])
        velocity = momentum * velocity - 0.14 * gradient
        place = place + velocity
        path.append(place)
    drawn_path = next(line for line in lines_of("momentum.png", panel) if len(line) == 13)
    assert drawn_path == pytest.approx(np.array(path))
    assert f"{line_loss(*place):.2g}" == loss
    assert f"loss {loss} after 12 steps" in words_of("momentum.png")
    assert "Momentum keeps half of the step before." in words_of("momentum.png")


def test_back_propagation_shows_the_fractions_of_the_chain_rule():
    half = Fraction(1, 2)  # the sigmoid at 0, where both z are
    slope = half * (1 - half)
    da2 = 2 * (half - 1)
    dz2 = da2 * slope
    da1 = 2 * dz2  # W2 is 2
    dz1 = da1 * slope
    numbers = {"da2": da2, "dz2": dz2, "da1": da1, "dz1": dz1}
    numbers |= {"dW2": dz2 * half, "dB2": dz2, "dW1": dz1, "dB1": dz1}
    words = words_of("back_propagation.png")
    for name, number in numbers.items():
        assert f"\n{name}\n{number}\n" in words


def test_sum_over_samples_shows_products_and_a_sum_that_are_right():
    words = words_of("sum_over_samples.png")
    assert pytest.approx(-0.15) == 0.1 * 0.5 + -0.2 * 1
    assert "0.1 × 0.5 = 0.05\n" in words
    assert "-0.2 × 1 = -0.2\n" in words
    assert "sum: dW2[0, 0] = -0.15\n" in words


def test_sum_over_edges_shows_products_and_a_sum_that_are_right():
    words = words_of("sum_over_edges.png")
    assert pytest.approx(1) == 1 * 0.1 + 3 * 0.3
    assert "1 × 0.1 = 0.1\n" in words
    assert "3 × 0.3 = 0.9\n" in words
    assert "sum: da1[0, 0] = 1\n" in words


def test_nudge_says_the_slope_of_the_loss():
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))
    xor.train(X, Y, parameters, 44)
    for h, words in (1e-6, "tangent, dashed: slope dW = "), (0.8, "W + h: slope "):
        losses = []
        for nudge in h, -h:
            parameters[2][0, 3] += nudge
            losses.append(np.mean((xor.predict(X, parameters) - Y) ** 2))
            parameters[2][0, 3] -= nudge
        slope = (losses[0] - losses[1]) / (2 * h)
        assert f"{words}{slope:.4f}" in words_of("nudge.png")


@pytest.mark.parametrize("gate", ["NOR", "AND", "OR", "XOR"])
def test_xor_gates_names_the_gates_that_readme_names(gate):
    assert f"\n{gate}\n" in words_of("xor_gates.png")


def test_xor_gates_raises_the_output_most_by_or_and_lowers_it_most_by_and():
    assert "OR,\nbut not AND" in words_of("xor_gates.png")
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 4, 1, np.random.default_rng(0))
    xor.train(X, Y, parameters)
    _, _, a1, _, _ = xor.forward(X, parameters)
    W2 = parameters[2][0]
    assert np.round(a1[W2.argmax()]).tolist() == [0, 1, 1, 1]
    assert np.round(a1[W2.argmin()]).tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize("name", ["00", "01", "10", "11"])
def test_xor_gates_has_no_edge_through_the_name_of_a_sample(name):
    shown = picture("xor_gates.png")
    (box,) = [box for text, box, _ in shown.texts if text.get_text() == name]
    for line in shown.figure.axes[0].lines:
        path = line.get_transform().transform_path(line.get_path())
        assert not path.intersects_bbox(box, filled=False)


def test_separable_has_10_at_the_right_and_01_at_the_top_in_both_panels():
    for axes in picture("separable.png").figure.axes:
        places = {text.get_text(): text.get_position() for text in axes.texts}
        assert places["10"] == pytest.approx((1, -0.17))
        assert places["01"] == pytest.approx((0, 1.17))
    discs = [line[0] for line in lines_of("separable.png", 1) if len(line) == 1]
    assert np.round(discs).tolist() == [[0, 0], [0, 1], [1, 0]]  # of 00, 01 and 10


def test_stuck_shows_two_samples_in_one_place_that_are_wrong_by_a_half():
    _, out, _, _ = run_once("xor.py --hidden 2 --seed 27")
    assert "10  1  0.5" in out
    assert "11  0  0.5" in out
    assert "10 and 11" in words_of("stuck.png")
    assert "output: 0.50 for both\nerrors: -0.50 and +0.50" in words_of("stuck.png")


def test_stuck_says_that_the_weights_of_the_output_node_hardly_change():
    assert "output node\nhardly change" in words_of("stuck.png")
    X, Y = xor_2_input()
    parameters = xor.initialize(2, 2, 1, np.random.default_rng(27))
    xor.train(X, Y, parameters)
    W2 = parameters[2]
    h = 1e-4
    for node in 0, 1:
        slopes = []  # of each sample's squared error, as this weight grows
        for nudge in h, -h:
            W2[0, node] += nudge
            slopes.append((xor.predict(X, parameters) - Y) ** 2 / (2 * nudge))
            W2[0, node] -= nudge
        slopes = np.ravel(sum(slopes))
        assert np.abs(slopes[2:]).min() > 0.1  # 10 and 11 pull the weight
        assert np.abs(slopes.sum()) < 0.001  # but in opposite directions


def test_two_valleys_says_the_losses_of_both_seeds():
    for seed, words in (28, "learned:\nloss "), (27, "stuck:\nloss "):
        X, Y = xor_2_input()
        parameters = xor.initialize(2, 2, 1, np.random.default_rng(seed))
        xor.train(X, Y, parameters)
        loss = np.mean((xor.predict(X, parameters) - Y) ** 2)
        said = words_of("two_valleys.png").split(words)[1].split()[0]
        assert agree(said, f"{loss:.4f}")


def test_approximation_shows_the_error_that_the_script_prints():
    _, out, _, _ = run_once("cubic.py")
    _, error = lines_of("approximation.png", 1)
    largest = np.abs(error[:, 1]).max()
    assert float(out.split("largest error ")[1].split()[0]) == pytest.approx(largest, rel=0.01)


def test_approximation_enlarges_the_error_as_often_as_it_says():
    above, below = picture("approximation.png").figure.axes
    sizes = [np.ptp(axes.get_ylim()) / axes.bbox.height for axes in (above, below)]
    assert sizes[0] / sizes[1] == pytest.approx(110, rel=0.01)
    assert "drawn 110 times larger" in words_of("approximation.png")


def test_steps_adds_up_to_the_curve_at_two():
    text = next(text for text in words_of("steps.png").splitlines() if " = -22" in text)
    a, _, b, _, c, _, total = text.split()
    assert int(a) - int(b) - int(c) == int(total)
    assert int(total) == pytest.approx(2**3 - 15 * 2, abs=0.5)


@pytest.mark.long
def test_how_many_nodes_has_the_error_that_the_script_prints():
    _, out, _, _ = run_once("cubic.py --coefficients 1 0 -15 0 --hidden 3")
    (dots,) = lines_of("how_many_nodes.png")
    printed = out.split("rms error ")[1].split()[0]
    assert agree(printed, f"{dict(dots)[3]:.2f}")


@pytest.mark.long
def test_how_many_nodes_writes_its_error_above_each_dot():
    axes = picture("how_many_nodes.png").figure.axes[0]
    (dots,) = lines_of("how_many_nodes.png")
    labels = [text.get_text() for text in axes.texts if text.get_text().endswith(" %")]
    assert len(labels) == len(dots)
    for label, (_, error) in zip(labels, dots):
        assert float(label.removesuffix(" %")) == pytest.approx(error, rel=0.05)


@pytest.mark.long
def test_how_many_nodes_has_the_curve_in_its_inset():
    (inset,) = picture("how_many_nodes.png").figure.axes[0].child_axes
    x, y = inset.lines[0].get_xydata().T
    assert y == pytest.approx(x**3 - 15 * x)


@pytest.mark.long
@pytest.mark.parametrize(
    "panel, options",
    [
        pytest.param(0, " --sets 1 --seed 1", id="16 images"),
        pytest.param(1, "", id="640 images"),
    ],
)
def test_overfitting_goes_through_the_losses_that_the_script_prints(panel, options):
    _, out, _, _ = run_once(f"2x2_image_recognition.py{options}")
    known, unseen = (dict(line) for line in lines_of("overfitting.png", panel))
    assert known[1000] == pytest.approx(mse(out, "trained on"), abs=1e-6)
    # the script takes ten times as many images
    assert unseen[1000] == pytest.approx(mse(out, "never seen"), rel=0.1)


@pytest.mark.long
@pytest.mark.parametrize("panel", [0, 1])
def test_overfitting_says_how_its_curves_end(panel):
    texts = [text.get_text() for text in picture("overfitting.png").figure.axes[panel].texts]
    known, unseen = (line[-1, 1] for line in lines_of("overfitting.png", panel))
    assert texts == [f"never seen: {unseen:.2g}", f"trained on: {known:.1g}"]


def mse(printed, images):
    """Return what 2x2_image_recognition.py prints as the mse of some images."""
    line = next(line for line in printed.splitlines() if line.startswith(images))
    return float(line.split()[-1])


def test_learning_cubic_has_the_loss_of_its_curve():
    figure = picture("learning_cubic.gif").figure
    left, right = figure.axes
    desired, predicted = (np.ravel(line.get_ydata()) for line in left.lines)
    scaled = np.mean((predicted - desired) ** 2) / np.var(desired)
    dot = right.lines[-1]
    assert dot.get_ydata()[0] == pytest.approx(scaled, rel=1e-6)


@pytest.mark.long
def test_digits_shows_every_wrong_answer():
    texts = [text.get_text() for text in picture("digits.png").figure.axes[0].texts]
    wrong = [text.split() for text in texts if "\nis " in text]
    assert all(answer != label for _, answer, _, label in wrong)
    assert f"The {len(wrong)} that are read wrong:" in texts
    assert f"{600 - len(wrong)} of 600 new digits are read right, for example:" in texts


@pytest.mark.parametrize("panel", [0, 1])
def test_images_are_all_sixteen_patterns(panel):
    axes = picture("images.png").figure.axes[panel]
    patterns = {tuple(np.ravel(image.get_array() > 0.5)) for image in axes.images}
    assert len(axes.images) == len(patterns) == 16


@pytest.mark.long
@pytest.mark.parametrize("row", [0, 1])
def test_first_layer_shows_the_images_for_which_sum_and_bias_are_above_0(row):
    axes = picture("first_layer.png").figure.axes[0]
    texts = [text.get_text().replace("\N{MINUS SIGN}", "-") for text in axes.texts]
    weights = [float(text.split()[1]) for text in texts if text[0] == "p" and "\n" in text]
    biases = [float(text.split()[1]) for text in texts if text.startswith("bias")]
    weights = weights[4 * row : 4 * row + 4]
    images = [image.get_array() for image in axes.images]  # a row: the weights, four images
    shown = {tuple(np.ravel(image).astype(int)) for image in images[5 * row + 1 : 5 * row + 5]}
    on = set()
    for pixels in itertools.product([0, 1], repeat=4):
        counts = [1 if black else -1 for black in pixels]
        if np.dot(weights, counts) + biases[row] > 0:
            on.add(pixels)
    assert shown == on


def test_vertical_line_writes_sums_that_are_right():
    words = words_of("vertical_line.png")
    for line in words.splitlines():
        if " = " in line:
            left, right = line.split(" = ")
            total, _, output = right.split()
            assert float(total) == pytest.approx(sum_of(left))
            assert output == ("1" if sum_of(left) > 0 else "0")
    assert words.count(" = ") == 3


def sum_of(text):
    """Return the value of a text such as "1 + 1 - 1.2"."""
    return sum(float(term) for term in text.replace("- ", "-").replace("+ ", "").split())
