"""What the scripts' figures show: the loss on the left, and what was learned on the right."""

import importlib

import matplotlib.pyplot as plt
import numpy as np
import pytest
from helpers import TRAINING, run
from matplotlib.colors import to_rgb

import cubic
import dataset
import linear
import xor
from activation import elu, sigmoid, tanh
from network1 import NN
from network1 import plot as plot_network

recognition = importlib.import_module("2x2_image_recognition")


@pytest.fixture(scope="module", params=TRAINING)
def saved(request, tmp_path_factory):
    """The figure that a script draws and saves for a reader whose style is dark; the file."""
    file = tmp_path_factory.mktemp("saved") / "figure.png"
    with plt.style.context("dark_background"):
        code, _, err = run([request.param, "--iterations", "12", "--save", str(file)])
    assert (code, err) == (0, [])
    return plt.gcf(), file


@pytest.fixture
def figure(saved):
    return saved[0]


def drawn(line):
    """Return what a line shows: an array (points, 2)."""
    return line.get_xydata()


# every script


def test_a_figure_has_the_size_of_a_wide_page(figure):
    assert figure.get_size_inches().tolist() == [10, 4]


def test_the_left_half_shows_one_loss_per_iteration_on_a_logarithmic_axis(figure):
    left = figure.axes[0]
    losses = left.get_lines()[0]
    assert left.get_title() == "Training"
    assert left.get_xlabel() == "iteration"
    assert left.get_ylabel().startswith("loss (mse")
    assert left.get_yscale() == "log"
    assert len(drawn(losses)) == 12
    assert losses.get_color() == "#7B4FAE"


def test_both_halves_have_a_title_and_no_line_at_the_top_and_at_the_right(figure):
    for axes in figure.axes[:2]:
        assert axes.get_title()
        assert not axes.spines["top"].get_visible()
        assert not axes.spines["right"].get_visible()


@pytest.mark.parametrize("command", ["linear.py", "cubic.py", "network1.py --dataset cubic"])
def test_a_legend_without_a_frame_names_the_lines_on_the_right(command):
    run(f"{command} --iterations 12")
    right = plt.gcf().axes[1]
    labels = [line.get_label() for line in right.get_lines()]
    legend = right.get_legend()
    named = [text.get_text() for text in legend.get_texts()]
    assert len(named) >= 2
    # matplotlib gives a line without a label a name that begins with _
    assert named == [label for label in labels if not label.startswith("_")]
    assert not legend.get_frame_on()


def test_a_saved_figure_is_white_whatever_style_the_reader_uses(saved):
    _, file = saved
    image = plt.imread(file)[..., :3]
    edge = np.vstack([image[0], image[-1], image[:, 0], image[:, -1]])
    assert (edge == 1).all()


def test_a_figure_writes_in_black_whatever_style_the_reader_uses(figure):
    for axes in figure.axes:
        for text in [axes.title, axes.xaxis.label, axes.yaxis.label, *axes.get_xticklabels()]:
            assert to_rgb(text.get_color()) == (0, 0, 0)


# xor.py


def plot_xor(n_inputs, n_hidden, losses=(0.5, 0.1)):
    """Return X, Y, the parameters, and both halves of the figure."""
    X, Y = dataset.truth_table("xor", n_inputs)
    parameters = xor.initialize(n_inputs, n_hidden, 1, np.random.default_rng(1))
    left, right = xor.plot(losses, X, Y, parameters).axes
    return X, Y, parameters, left, right


def test_xor_shows_inputs_hidden_nodes_predicted_and_desired_with_gaps_between():
    X, Y, parameters, _, right = plot_xor(3, 5)
    W1, B1, W2, B2 = parameters
    (image,) = right.get_images()
    table = image.get_array().filled(np.nan)
    hidden = sigmoid((2 * X - 1) @ W1.T + B1.T)
    predicted = sigmoid(hidden @ W2.T + B2.T)
    np.testing.assert_allclose(table[:, :3], X)
    np.testing.assert_allclose(table[:, 4:9], hidden)
    np.testing.assert_allclose(table[:, 10:11], predicted)
    np.testing.assert_allclose(table[:, 12:], Y)
    assert np.isnan(table[:, [3, 9, 11]]).all()


def test_xor_writes_every_number_into_its_cell():
    _, _, _, _, right = plot_xor(2, 4)
    table = right.get_images()[0].get_array().filled(np.nan)
    assert len(right.texts) == 4 * (2 + 4 + 1 + 1)
    for text in right.texts:
        column, row = text.get_position()
        assert text.get_text() == f"{table[row, column]:.2f}"


def test_xor_writes_no_numbers_where_there_is_no_room():
    _, _, _, _, right = plot_xor(5, 4)
    assert not right.texts


def test_xor_names_each_row_by_its_inputs():
    _, _, _, _, right = plot_xor(2, 4)
    labels = [label.get_text() for label in right.get_yticklabels()]
    assert labels == ["00", "01", "10", "11"]


def test_xor_names_each_of_sixteen_rows():
    _, _, _, _, right = plot_xor(4, 2)
    assert len(right.get_yticklabels()) == 16


def test_xor_names_only_the_first_and_the_last_of_many_rows():
    _, _, _, _, right = plot_xor(10, 2)
    labels = [label.get_text() for label in right.get_yticklabels()]
    assert labels == ["0000000000", "1111111111"]
    assert right.get_yticks().tolist() == [0, 1023]


def test_xor_puts_the_names_of_the_parts_below_their_columns():
    _, _, _, _, right = plot_xor(3, 5)
    labels = [label.get_text().strip() for label in right.get_xticklabels()]
    assert labels == ["inputs", "hidden nodes", "predicted", "desired"]
    assert right.get_xticks().tolist() == [1, 6, 10, 12]


def test_the_shade_of_xor_goes_from_white_to_a_blue_on_which_black_can_be_read():
    _, _, _, _, right = plot_xor(2, 4)
    (image,) = right.get_images()
    red, green, blue, _ = image.cmap(image.norm(1))
    linear_light = [((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    luminance = np.dot([0.2126, 0.7152, 0.0722], linear_light)
    contrast = (luminance + 0.05) / 0.05
    assert contrast > 4.5
    assert blue > red
    assert min(image.cmap(image.norm(0))) > 0.96


@pytest.mark.parametrize("last, bottom", [(0.25, 1e-4), (1e-6, 1e-6), (0, 1e-30)])
def test_a_loss_that_stays_high_looks_high_in_the_figure_of_xor(last, bottom):
    _, _, _, left, _ = plot_xor(2, 4, losses=[0.5, last])
    assert left.get_ylim() == (bottom, 1)


# 2x2_image_recognition.py


@pytest.fixture(scope="module")
def answers():
    """The figure of twelve images, two of them answered wrongly; and what was drawn."""
    X, Y = dataset.image2x2_set(1, rng=np.random.default_rng(0))
    X = X[:12]
    Y = Y[:12]
    Y_hat = np.where(Y == 1, 0.8, 0.2)
    Y_hat[0] = [0.2, 0.2, 0.6, 0.7]  # solid, called vertical and diagonal
    Y_hat[2] = 0.1  # horizontal, called nothing
    unseen = [(0, 0.4), (2, 0.2)]
    figure = recognition.plot([0.4, 0.3], unseen, X, Y, Y_hat)
    figure.draw_without_rendering()  # lays it out
    return figure, X


def test_recognition_shows_the_loss_on_images_never_seen_beside_the_other(answers):
    left = answers[0].axes[0]
    trained_on, never_seen = left.get_lines()
    assert drawn(trained_on).tolist() == [[0, 0.4], [1, 0.3]]
    assert drawn(never_seen).tolist() == [[0, 0.4], [2, 0.2]]
    labels = [text.get_text() for text in left.get_legend().get_texts()]
    assert labels == ["images trained on", "never seen"]


def test_recognition_shows_every_image_in_its_shades(answers):
    figure, X = answers
    images = figure.axes[1].collections
    for image, x in zip(images, X, strict=True):
        assert image.get_array().ravel().tolist() == x.tolist()
        assert image.cmap.name == "Greys"
        assert image.get_clim() == (0, 1)


def test_recognition_names_every_answer_and_marks_the_wrong_ones(answers):
    texts = [text.get_text() for text in answers[0].axes[1].texts]
    assert texts[0] == "\N{BALLOT X} says vertical\ndiagonal\nis solid"
    assert texts[1] == "solid"
    assert texts[2] == "\N{BALLOT X} says no name\nis horizontal"
    assert texts[8:] == ["no name"] * 4


def test_recognition_puts_rows_of_pixels_below_each_other_and_words_beside(answers):
    figure, _ = answers
    right = figure.axes[1]
    for image, text in zip(right.collections, right.texts, strict=True):
        pixels = image.get_window_extent()
        words = text.get_window_extent()
        assert pixels.y1 < pixels.y0  # the first row is above the second
        assert pixels.width == pytest.approx(-pixels.height)
        assert words.x0 > pixels.x1
        assert abs(pixels.y0 + pixels.y1 - words.y0 - words.y1) < 8


def test_nothing_in_the_figure_of_recognition_overlaps_or_is_cut(answers):
    figure, _ = answers
    right = figure.axes[1]
    frame = right.get_window_extent().padded(1)
    boxes = [part.get_window_extent() for part in [*right.collections, *right.texts]]
    for box in boxes:
        assert sum(box.overlaps(other) for other in boxes) == 1  # itself
    for image in right.collections:
        for corner in image.get_window_extent().corners():
            assert frame.contains(*corner)


# network1.py


def test_network1_shows_a_curve_for_a_single_input():
    X, Y = dataset.polynomial((1, 0, 0), -1, 1, 9)
    nn = NN((1, 3, 1), rng=0)
    _, right = plot_network([1, 0.5], X, Y, nn).axes
    desired, predicted = right.get_lines()
    assert desired.get_label() == "desired"
    assert predicted.get_label() == "predicted"
    np.testing.assert_allclose(drawn(desired), np.hstack([X, Y]))
    np.testing.assert_allclose(drawn(predicted), np.hstack([X, nn.forward(X)]))


@pytest.mark.parametrize("last, bottom", [(0.25, 1e-3), (1e-6, 1e-6)])
def test_a_loss_that_stays_high_looks_high_in_the_figure_of_network1(last, bottom):
    left, *_ = plot_network([0.5, last], *dataset.xor_3_input(), NN((3, 4, 1), rng=0)).axes
    assert left.get_ylim()[0] == bottom


def test_network1_shows_every_layer_of_every_sample():
    X, Y = dataset.xor_3_input()
    X = X / 2  # so that no number is as large as the ends of the colours, -1 and 1
    Y = Y / 2
    nn = NN((3, 4, 2, 1), [tanh, elu, sigmoid], 0)
    _, right, _ = plot_network([1, 0.5], X, Y, nn).axes
    (image,) = right.get_images()
    table = image.get_array().filled(np.nan)
    first = tanh(X @ nn.weight[0].T)
    second = elu(first @ nn.weight[1].T)
    np.testing.assert_allclose(table[:, :3], X)
    np.testing.assert_allclose(table[:, 4:8], first)
    np.testing.assert_allclose(table[:, 9:11], second)
    np.testing.assert_allclose(table[:, 12:13], nn.forward(X))
    np.testing.assert_allclose(table[:, 14:], Y)
    assert np.isnan(table[:, [3, 8, 11, 13]]).all()
    assert image.get_clim() == (-1, 1)


def test_network1_names_layers_and_rows():
    X, Y = dataset.xor_3_input()
    _, right, _ = plot_network([1, 0.5], X, Y, NN((3, 4, 2, 1))).axes
    layers = [label.get_text().strip() for label in right.get_xticklabels()]
    rows = [label.get_text() for label in right.get_yticklabels()]
    assert layers == ["inputs", "layer 1", "layer 2", "predicted", "desired"]
    assert right.get_xticks().tolist() == [1, 5.5, 9.5, 12, 14]
    assert rows == ["000", "001", "010", "011", "100", "101", "110", "111"]


def test_network1_puts_samples_of_the_same_kind_together_if_there_are_many():
    X, Y = dataset.image2x2_set(10, rng=np.random.default_rng(0))
    _, right, _ = plot_network([1, 0.5], X, Y, NN((4, 4))).axes
    table = right.get_images()[0].get_array().filled(np.nan)
    drawn_x = table[:, :4]
    drawn_y = table[:, 10:]
    kinds = drawn_y @ [1, 2, 3, 4]
    changes = (np.diff(kinds) != 0).sum()
    assert changes == 4  # five groups: no name, and the four kinds
    pairs = {tuple(pair) for pair in np.hstack([X, Y])}
    assert {tuple(pair) for pair in np.hstack([drawn_x, drawn_y])} == pairs
    assert "160 samples, sorted" in right.get_ylabel()
    assert len(right.get_yticks()) == 0


# linear.py


def plot_line(final_line, losses=(8.0, 4.0, 2.0)):
    """Return the right half of the figure, with lines after 0, 1 and 3 iterations."""
    X, Y = dataset.polynomial((2, 3), 0, 4, 5)
    lines = {0: 0 * X, 1: X, 3: final_line(X)}
    return linear.plot(losses, X, Y, lines).axes


def test_linear_shows_the_points_and_the_line_at_each_stop():
    _, right = plot_line(lambda x: 2 * x + 2.5)
    points, *lines = right.get_lines()
    assert drawn(points).tolist() == [[0, 3], [1, 5], [2, 7], [3, 9], [4, 11]]
    assert [line.get_label() for line in lines] == [
        "predicted after 0 iterations",
        "predicted after 1 iteration",
        "predicted after 3 iterations",
    ]
    assert drawn(lines[2])[0].tolist() == [0, 2.5]


def test_linear_gives_each_line_a_style_of_its_own_and_the_last_a_solid_one():
    _, right = plot_line(lambda x: 2 * x + 2.5)
    styles = [line.get_linestyle() for line in right.get_lines()[1:]]
    assert len({*styles}) == 3
    assert styles[-1] == "-"


def test_linear_keeps_the_first_lines_apart_when_the_last_one_is_far_away():
    _, right = plot_line(lambda x: -500 * x - 200)
    low, high = right.get_ylim()
    assert -5 < low < 0
    assert 11 < high < 15
    assert right.get_lines()[-1].get_label() == "predicted after 3 iterations (far outside)"


def test_linear_shows_all_of_the_last_line_when_it_is_near():
    _, right = plot_line(lambda x: 5 * x + 5)
    assert right.get_ylim()[1] > 25
    assert right.get_lines()[-1].get_label() == "predicted after 3 iterations"


def test_linear_shows_no_loss_that_is_only_rounding():
    left, _ = plot_line(lambda x: 2 * x + 3, losses=[8.0, 1e-20, 1e-30, 0.0])
    shown = drawn(left.get_lines()[0])[:, 1]
    np.testing.assert_array_equal(shown, [8.0, 1e-20, np.nan, np.nan])


# cubic.py


@pytest.fixture(scope="module")
def curve():
    """The figure of a fitted cubic whose samples are in no order; and its data."""
    x, y = dataset.polynomial((1, 0, -15, 40), -5, 5, 50)
    order = np.random.default_rng(0).permutation(50)
    x = x[order]
    y = y[order]
    parameters, losses = cubic.fit(x, y, 3, 0, 200)
    figure = cubic.plot(losses, x, y, parameters)
    return figure, x, y, cubic.predict(x, parameters), losses


def test_cubic_shows_the_loss_over_a_logarithmic_axis_of_iterations(curve):
    figure, _, _, _, losses = curve
    left = figure.axes[0]
    assert left.get_xscale() == "log"
    np.testing.assert_allclose(drawn(left.get_lines()[0])[:, 0], range(200))
    np.testing.assert_allclose(drawn(left.get_lines()[0])[:, 1], losses)


def test_cubic_shows_the_desired_over_the_predicted_curve_from_left_to_right(curve):
    figure, x, y, y_hat, _ = curve
    lines = {line.get_label(): line for line in figure.axes[1].get_lines()}
    order = np.argsort(x[:, 0])
    predicted = lines["predicted: their sum"]
    desired = lines["desired"]
    np.testing.assert_allclose(drawn(predicted), np.hstack([x, y_hat])[order])
    np.testing.assert_allclose(drawn(desired), np.hstack([x, y])[order])
    assert desired.get_zorder() == predicted.get_zorder()
    assert desired.get_linestyle() == "--"


def test_the_steps_that_cubic_shows_add_up_to_the_predicted_curve(curve):
    figure, x, y, y_hat, _ = curve
    grey = [line for line in figure.axes[1].get_lines() if line.get_color() == "0.6"]
    steps = [drawn(line)[:, 1] for line in grey if len(drawn(line)) > 0]
    assert len(steps) == 3
    total = sum(step - y.mean() for step in steps)
    order = np.argsort(x[:, 0])
    np.testing.assert_allclose(total, y_hat[order, 0] - y_hat.mean(), atol=1e-9)


def test_the_legend_of_cubic_shows_the_steps_in_the_grey_in_which_they_are_drawn(curve):
    figure, *_ = curve
    handles, labels = figure.axes[1].get_legend_handles_labels()
    step = handles[labels.index("a step of each hidden node, shifted")]
    assert step.get_color() == "0.6"


def test_each_step_that_cubic_shows_rises_or_falls(curve):
    figure, *_ = curve
    grey = [line for line in figure.axes[1].get_lines() if line.get_color() == "0.6"]
    for line in grey:
        rises = np.diff(drawn(line)[:, 1])
        assert (rises >= 0).all() or (rises <= 0).all()
