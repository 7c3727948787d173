"""How NN trains; what it refuses; and a file brings back exactly the saved weights."""

import linecache
import re
import warnings
from unittest.mock import Mock

import numpy as np
import pytest

from activation import (
    ACTIVATIONS,
    elu,
    gaussian,
    leaky_relu,
    linear,
    relu,
    sigmoid,
    silu,
    softplus,
    step,
    tanh,
)
from dataset import image2x2, image2x2_set, truth_table, xor_2_input, xor_3_input
from network1 import NN, load

X, Y = xor_2_input()


@pytest.fixture
def nn():
    return NN((2, 3, 1), [tanh, sigmoid], np.random.default_rng(0))


def numbers(nn):
    """Return all numbers in a network, bit by bit."""
    return [p.tobytes() for p in nn.weight + nn.bias + nn.velocity]


# The network


def test_it_reproduces_a_published_worked_example():
    # Matt Mazur, "A step by step backpropagation example", 2015
    nn = NN((2, 2, 2), [sigmoid, sigmoid])
    nn.weight = [np.array([[0.15, 0.2], [0.25, 0.3]]), np.array([[0.4, 0.45], [0.5, 0.55]])]
    nn.bias = [np.full((2, 1), 0.35), np.full((2, 1), 0.6)]
    x = [[0.05, 0.1]]
    y = [[0.01, 0.99]]

    assert nn.forward(x)[0] == pytest.approx([0.75136507, 0.772928465], abs=5e-9)
    assert nn.back_propagation(x, y, 0.5) == pytest.approx(0.298371109, abs=5e-10)
    first_layer = [0.149780716, 0.19956143, 0.24975114, 0.29950229]
    second_layer = [0.35891648, 0.408666186, 0.511301270, 0.561370121]
    assert np.ravel(nn.weight) == pytest.approx(first_layer + second_layer, abs=5e-9)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param([tanh, sigmoid], id="a list"),
        pytest.param([None, tanh, sigmoid], id="with a None"),
        pytest.param((tanh, sigmoid), id="a tuple"),
    ],
)
def test_there_is_one_activation_a_layer_with_or_without_a_none_for_the_inputs(given):
    assert NN((2, 3, 1), given).activation == [tanh, sigmoid]


def test_a_network_with_one_layer_takes_its_activation_without_a_list():
    assert NN((2, 1), linear).activation == [linear]


def test_activations_that_are_left_out_are_tanh_and_linear_for_the_outputs():
    assert NN((2, 3, 4, 1)).activation == [tanh, tanh, linear]


def test_a_shape_may_be_an_array_and_a_layer_may_have_10000_nodes():
    assert NN(np.array([1, 10_000])).forward([[2]]).shape == (1, 10_000)


@pytest.mark.parametrize(
    "shape", [3, (3,), (3, 0, 1), (2.5, 1), "31", (10_001, 1), (2, np.nan)]
)
def test_a_shape_that_is_not_two_or_more_whole_numbers_is_refused(shape):
    with pytest.raises(ValueError, match="two or more numbers from 1 to 10000, not "):
        NN(shape)


@pytest.mark.parametrize("given", [[], [None], [tanh], [tanh] * 3, "tanh", [tanh, "tanh"]])
def test_activations_that_are_not_one_function_for_each_layer_are_refused(given):
    with pytest.raises(ValueError, match="activation must be 2 functions, such as tanh, not "):
        NN((2, 3, 1), given)


# Training


@pytest.mark.parametrize("seed", range(5))
def test_it_learns_xor_of_three_inputs_without_a_spike_in_the_loss(seed):
    losses = NN((3, 8, 8, 1), rng=seed).train(*xor_3_input(), verbose=False)
    lowest_so_far = np.minimum.accumulate(losses)
    assert losses[-1] < 1e-5
    assert (losses < 1.2 * lowest_so_far).all()


def test_a_step_is_momentum_times_the_last_minus_rate_times_the_gradient(nn):
    moves = [np.zeros_like(p) for p in nn.weight + nn.bias]
    for _ in range(3):
        before = [p.copy() for p in nn.weight + nn.bias]
        _, dW, dB = nn.gradients(X, Y)
        nn.back_propagation(X, Y, learning_rate=0.3, momentum=0.7)
        moves = [0.7 * move - 0.3 * gradient for move, gradient in zip(moves, dW + dB)]
        for p, old, move in zip(nn.weight + nn.bias, before, moves, strict=True):
            np.testing.assert_allclose(p, old + move, rtol=1e-12)


def test_back_propagation_returns_the_loss_before_its_update(nn):
    loss, _, _ = nn.gradients(X, Y)
    assert nn.back_propagation(X, Y) == loss


def test_gradients_change_nothing(nn):
    before = numbers(nn)
    nn.gradients(X, Y)
    assert numbers(nn) == before


def test_without_a_rate_and_a_momentum_they_are_0_05_and_0_5():
    without = NN((2, 3, 1), rng=0)
    given = NN((2, 3, 1), rng=0)
    trained = NN((2, 3, 1), rng=0)
    for _ in range(3):
        without.back_propagation(X, Y)
        given.back_propagation(X, Y, 0.05, 0.5)
    trained.train(X, Y, 3, verbose=False)
    assert numbers(without) == numbers(given)
    assert numbers(trained) == numbers(given)


def test_training_is_one_back_propagation_after_the_other():
    trained = NN((2, 3, 1), rng=0)
    by_steps = NN((2, 3, 1), rng=0)
    losses = trained.train(X, Y, 20, 0.1, 0.8, verbose=False)
    assert [by_steps.back_propagation(X, Y, 0.1, 0.8) for _ in range(20)] == losses
    assert numbers(by_steps) == numbers(trained)


def test_training_that_is_called_again_goes_on():
    in_one_go = NN((2, 3, 1), rng=0)
    in_pieces = NN((2, 3, 1), rng=0)
    losses = []
    for _ in range(4):
        losses += in_pieces.train(X, Y, 5, 0.1, 0.8, verbose=False)
    assert in_one_go.train(X, Y, 20, 0.1, 0.8, verbose=False) == losses
    assert numbers(in_one_go) == numbers(in_pieces)


@pytest.fixture
def batches(nn, monkeypatch):
    """The inputs of each update, which is noted, not done; the losses are 1/2, 1/4, 1/8 ..."""
    seen = []

    def note(x, y, learning_rate, momentum):
        assert np.array_equal(x[:, :1], y)  # the rows of x and y stay together
        seen.append(x[:, 0].tolist())
        return 0.5 ** len(seen)

    monkeypatch.setattr(nn, "back_propagation", note)
    return seen


SEVEN = np.repeat(np.arange(7.0).reshape(-1, 1), 2, axis=1) / 7  # seven different samples


@pytest.mark.parametrize("size, lengths", [(1, [1] * 7), (4, [4, 3]), (7, [7]), (None, [7])])
def test_each_epoch_sees_all_samples_once(nn, batches, size, lengths):
    nn.train(SEVEN, SEVEN[:, :1], 4 * len(lengths), batch_size=size, min_error=0, verbose=False)
    assert [len(batch) for batch in batches] == 4 * lengths
    epochs = np.concatenate(batches).reshape(4, 7)
    np.testing.assert_array_equal(np.sort(epochs), [SEVEN[:, 0]] * 4)


@pytest.mark.parametrize("size, updates", [(1, 28), (4, 8)])
def test_each_epoch_has_another_order(nn, batches, size, updates):
    nn.train(SEVEN, SEVEN[:, :1], updates, batch_size=size, min_error=0, verbose=False, rng=1)
    epochs = np.concatenate(batches).reshape(4, 7)
    assert len({tuple(epoch) for epoch in epochs}) == 4


def test_training_ends_after_an_epoch_with_a_mean_loss_below_the_limit(nn, batches):
    x = np.ones((4, 2))
    third_epoch = (0.5**5 + 0.5**6) / 2
    losses = nn.train(x, x[:, :1], 99, batch_size=2, min_error=third_epoch, verbose=False)
    assert losses == [0.5**i for i in range(1, 9)]  # the third is at the limit, not below


def progress(capsys):
    """Return the lines that were printed."""
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    "iterations, lines",
    [(100, range(10, 101, 10)), (25, [*range(2, 25, 2), 25]), (3, [1, 2, 3])],
)
def test_each_tenth_of_the_iterations_and_the_last_are_printed(iterations, lines, capsys):
    losses = NN((2, 8, 8, 1), rng=0).train(X, Y, iterations)
    assert progress(capsys) == [f"iteration {n}: loss {losses[n - 1]:.3g}" for n in lines]


def test_the_iteration_with_which_training_ends_early_is_printed(capsys):
    losses = NN((2, 8, 8, 1), rng=0).train(X, Y)
    assert len(losses) < 1000
    assert progress(capsys) == [f"iteration {len(losses)}: loss {losses[-1]:.3g}"]


# What training warns of

SCALE = "subtract each column's mean, and divide by its standard deviation"
FAR = np.linspace(8, 10, 50).reshape(-1, 1)
NEAR = np.linspace(-1, 1, 50).reshape(-1, 1)
DIABETES = np.random.default_rng(0).normal(0, 0.048, (442, 10))  # as load_diabetes() gives it


@pytest.fixture
def warned():
    """A function that trains a network for no iteration, and returns what it is warned of."""

    def train(x, y, activation=None):
        nn = NN((len(x[0]), 3, len(y[0])), activation, 0)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            nn.train(x, y, 0, verbose=False)
        for warning in caught:  # they point to the reader's line, not to one of network1.py
            assert "nn.train(" in linecache.getline(warning.filename, warning.lineno)
        return [str(warning.message) for warning in caught]

    return train


@pytest.mark.parametrize(
    "x",
    [
        pytest.param(FAR, id="from 8 to 10"),
        pytest.param(FAR[::7], id="eight samples from 8 to 10"),
        pytest.param(np.linspace(5, 9, 50).reshape(-1, 1), id="from 5 to 9"),
        pytest.param(-FAR, id="from -10 to -8"),
        pytest.param(np.hstack([NEAR, FAR]), id="one column of two is far from 0"),
        pytest.param(0.19 * NEAR, id="narrow"),
        pytest.param(DIABETES, id="ten narrow columns"),
        pytest.param(np.linspace(2000, 2020, 50).reshape(-1, 1), id="years"),
        pytest.param([[0.0], [12.0]], id="wide, and only two rows"),
    ],
)
def test_x_that_is_not_scaled_is_warned_of(warned, x):
    y = np.linspace(0, 1, len(x)).reshape(-1, 1)
    assert warned(x, y) == [f"scale x: {SCALE}"]


@pytest.mark.parametrize(
    "y",
    [
        pytest.param(0.5 + 0.003 * np.sin(3 * NEAR), id="narrow"),
        pytest.param(12 + NEAR, id="five and a half times its width from 0"),
        pytest.param(10 * NEAR, id="wide"),
    ],
)
def test_y_that_is_not_scaled_is_warned_of(warned, y):
    assert warned(NEAR, y) == [f"scale y: {SCALE}"]


RARE = np.zeros((100, 3))
RARE[:2, 0] = 1
RARE[2:, 1] = 1
STANDARDISED = np.full((230, 1), -1 / 15)
STANDARDISED[0] = 15

FINE = [
    pytest.param(*xor_2_input(), id="xor"),
    pytest.param(*xor_3_input(), id="xor of three inputs"),
    pytest.param(*truth_table("and", 10), id="and of ten inputs"),
    pytest.param(*image2x2(), id="images"),
    pytest.param(*image2x2_set(10, rng=np.random.default_rng(0)), id="images in grey"),
    pytest.param(RARE, RARE, id="one-hot columns of a rare kind"),
    pytest.param(1 - RARE[:, :1], RARE[:, :1], id="a column that is mostly 1"),
    pytest.param(STANDARDISED, STANDARDISED, id="a rare word, standardised, that reaches 15"),
    pytest.param(NEAR, 0.5 + 0.1 * np.sin(3 * NEAR), id="y = 0.5 +- 0.1"),
    pytest.param(NEAR, 10 + NEAR, id="y four and a half times its width from 0"),
    pytest.param(FAR[::8], FAR[::8], id="seven samples, too few to tell"),
    pytest.param([[7.0, 0.001]], [[900.0]], id="a single sample"),
    pytest.param(np.hstack([NEAR, 0 * NEAR + 3]), NEAR, id="a constant column"),
    pytest.param(0 * NEAR, 0 * NEAR, id="nothing but 0"),
]


@pytest.mark.parametrize("x, y", FINE)
def test_data_that_a_network_can_learn_is_not_warned_of(warned, x, y):
    assert warned(x, y) == []


OUT_OF_REACH = [
    pytest.param(
        tanh, [[1.0], [4.0]], "from 1 to 4, but tanh, .* only from -1 to 1", id="tanh"
    ),
    pytest.param(sigmoid, [[-1], [1]], "from -1 to 1, but sigmoid, .* 0 to 1", id="sigmoid"),
    pytest.param(relu, [[-0.5], [1]], "from -0.5 to 1, but relu, .* 0 to inf", id="relu"),
    pytest.param(
        sigmoid, [[0.0], [1.015]], "from 0 to 1.015, but sigmoid, .* 0 to 1", id="just above"
    ),
    pytest.param(
        sigmoid, [[-0.015], [1]], "from -0.015 to 1, but sigmoid, .* 0 to 1", id="just below"
    ),
    pytest.param(step, [[0], [2]], "from 0 to 2, but step, .* 0 to 1", id="step"),
    pytest.param(elu, [[-2], [2]], "from -2 to 2, but elu, .* -1 to inf", id="elu"),
    pytest.param(silu, [[-1], [2]], "from -1 to 2, but silu, .* -0.278", id="silu"),
    pytest.param(gaussian, [[-1], [1]], "from -1 to 1, but gaussian, .* 0 to 1", id="gaussian"),
]


@pytest.mark.parametrize("output, y, words", OUT_OF_REACH)
def test_targets_that_the_last_activation_cannot_reach_are_warned_of(warned, output, y, words):
    (warning,) = warned([[0.0], [1.0]], y, [tanh, output])
    assert re.match(f"y reaches {words}", warning)


@pytest.mark.parametrize("output", [linear, leaky_relu, lambda z, derivative=False: z])
def test_a_function_without_limits_or_of_your_own_is_not_warned_of(warned, output):
    assert warned([[0.0], [1.0]], [[-4.0], [4.0]], [tanh, output]) == []


@pytest.mark.parametrize("output", [sigmoid, tanh, step, relu, softplus])
def test_0_and_1_can_be_reached_nearly_enough(warned, output):
    assert warned([[0.0], [1.0]], [[0.0], [1.0]], [tanh, output]) == []


@pytest.mark.parametrize(
    "options, message",
    [
        ({"batch_size": 0}, "batch_size must be 1 or more, or None, not 0"),
        ({"batch_size": -1}, "batch_size must be 1 or more, or None, not -1"),
        ({"momentum": 2}, "momentum must be from 0 to below 1, not 2"),
        ({"momentum": 1}, "momentum must be from 0 to below 1, not 1"),
        ({"momentum": -0.1}, "momentum must be from 0 to below 1, not -0.1"),
        ({"learning_rate": -1}, "learning_rate must be above 0, not -1"),
        ({"learning_rate": 0}, "learning_rate must be above 0, not 0"),
        ({"learning_rate": np.nan}, "learning_rate must be above 0, not nan"),
        ({"iterations": -1}, "iterations must be 0 or more, not -1"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused_and_changes_nothing(nn, options, message):
    before = numbers(nn)
    with pytest.raises(ValueError, match=f"^{message}$"):
        nn.train(X, Y, **options)
    assert numbers(nn) == before


@pytest.mark.parametrize("bias", [np.zeros(3), np.zeros((1, 3)), np.zeros((2, 1))])
def test_a_bias_that_is_no_column_is_refused(nn, bias):
    nn.bias[0] = bias
    with pytest.raises(ValueError, match=r"a bias must have shape \(3, 1\), not \("):
        nn.forward(X)


@pytest.mark.parametrize("use", ["gradients", "back_propagation", "train"])
@pytest.mark.parametrize(
    "x, y, message",
    [
        ([0, 1], [[1]], r"x must have shape \(samples, 2\), not \(2,\)"),
        (X[None], Y, r"x must have shape \(samples, 2\), not \(1, 4, 2\)"),
        (X, Y[:3], r"y must have shape \(4, 1\), not \(3, 1\)"),
        (X + np.inf, Y, "x must not contain infs or NaNs"),
        (X, [[np.nan]] * 4, "y must not contain infs or NaNs"),
        (np.empty((0, 2)), np.empty((0, 1)), "x must have at least one row"),
    ],
)
def test_unfit_data_is_refused_with_what_is_wrong_and_changes_nothing(nn, use, x, y, message):
    before = numbers(nn)
    with pytest.raises(ValueError, match=message):
        getattr(nn, use)(x, y)
    assert numbers(nn) == before


TOO_LARGE = "numbers grow too large: scale the data or lower the rate"


def test_sums_may_be_huge_if_the_output_is_not():
    y_hat = NN((2, 2, 1), [linear, sigmoid], 0).forward(X * 1e300)
    assert np.isfinite(y_hat).all()


@pytest.mark.parametrize("factor", [1e300, -1.7e308])
def test_an_output_that_is_too_large_ends_in_words_without_a_warning_of_numpy(factor):
    with pytest.raises(FloatingPointError, match=TOO_LARGE):
        NN((2, 1), rng=3).forward(factor * X)


@pytest.mark.parametrize("seed", range(5))
def test_training_that_diverges_ends_in_words_without_a_warning_of_numpy(seed):
    with pytest.raises(FloatingPointError, match=TOO_LARGE):
        NN((2, 9, 1), rng=seed).train(X, Y, 999, 9, verbose=False)


# Files


@pytest.mark.parametrize("seed", range(20))
def test_a_loaded_network_is_to_the_bit_the_saved_one(seed, tmp_path):
    rng = np.random.default_rng(seed)
    n_layers = seed % 10 + 1
    functions = rng.choice([*ACTIVATIONS.values()], n_layers)
    shape = rng.integers(1, 4, n_layers + 1)
    nn = NN(shape, functions, rng)
    nn.bias = [rng.normal(size=B.shape) for B in nn.bias]
    nn.save(tmp_path / "nn.npz")
    loaded = load(tmp_path / "nn.npz")
    assert numbers(loaded) == numbers(nn)
    assert loaded.shape == nn.shape
    assert loaded.activation == nn.activation


def test_every_activation_can_be_saved(tmp_path):
    functions = [*ACTIVATIONS.values()]
    NN([1] * (len(functions) + 1), functions).save(tmp_path / "nn.npz")
    assert load(tmp_path / "nn.npz").activation == functions


def test_a_newer_file_replaces_the_older_one(nn, tmp_path):
    nn.save(tmp_path / "nn.npz")
    NN((2, 2)).save(tmp_path / "nn.npz")
    assert load(tmp_path / "nn.npz").shape == (2, 2)
    assert [file.name for file in tmp_path.iterdir()] == ["nn.npz"]


def test_a_function_of_your_own_cannot_be_saved_and_the_older_file_stays(nn, tmp_path):
    nn.save(tmp_path / "nn.npz")
    with pytest.raises(ValueError, match="all activations must come from activation.py"):
        NN((2, 1), lambda z: z).save(tmp_path / "nn.npz")
    assert load(tmp_path / "nn.npz").shape == nn.shape


def test_an_older_file_stays_if_the_new_one_cannot_be_written(nn, tmp_path, monkeypatch):
    nn.save(tmp_path / "nn.npz")
    monkeypatch.setattr(np, "savez", Mock(side_effect=OSError("no space left")))
    with pytest.raises(OSError, match="no space left"):
        NN((2, 2)).save(tmp_path / "nn.npz")
    assert load(tmp_path / "nn.npz").shape == nn.shape


def test_a_file_with_pickled_objects_which_could_run_anything_is_refused(nn, tmp_path):
    np.savez(tmp_path / "nn.npz", activation=np.array([nn, nn], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        load(tmp_path / "nn.npz")
