"""Every output, gradient and step is right; every seed of a sample learns what is promised."""

import importlib
import itertools

import numpy as np
import pytest
from many import initial_parameters, train_many

import cubic
import linear
import xor
from activation import ACTIVATIONS, sigmoid, tanh
from activation import linear as identity
from dataset import GATES, image2x2_set, polynomial, truth_table
from network1 import NN

recognition = importlib.import_module("2x2_image_recognition")

# Each script that is written by hand: the activation functions of its layers
FUNCTIONS = {
    linear: [identity],
    cubic: [sigmoid, identity],
    xor: [sigmoid, sigmoid],
    recognition: [tanh, tanh, identity],
}
each_script = pytest.mark.parametrize("script", FUNCTIONS, ids=lambda script: script.__name__)
twenty_seeds = pytest.mark.parametrize("seed", range(20))


def sizes(script, n_hidden):
    """Return the arguments of a script's initialize, without rng."""
    return {
        linear: (),
        cubic: (n_hidden,),
        xor: (3, n_hidden, 2),
        recognition: (4, n_hidden, n_hidden + 1, 3),
    }[script]


def random_case(script, seed):
    """Return parameters away from their start, where biases are zero, and x and y that fit."""
    rng = np.random.default_rng(seed)
    parameters = script.initialize(*sizes(script, seed % 6 + 1), rng)
    for parameter in parameters:
        parameter += rng.normal(0, 0.5, parameter.shape)
    n_samples = seed % 7 + 2
    n_inputs = parameters[0].shape[1]
    n_outputs = len(parameters[-1])
    x = rng.uniform(-1, 1, (n_samples, n_inputs))
    y = rng.normal(0, 1, (n_samples, n_outputs))
    return parameters, x, y


# An independent forward pass, and gradients from differences


def inputs(script, x):
    """Return what becomes of the inputs: a0."""
    return 2 * x.T - 1 if script in (xor, recognition) else x.T


def all_values(parameters, functions, a0):
    """Return a0, z1, a1, z2, a2 ... of a network with the parameters [W1, B1, W2, B2 ...].

    A layer without an activation has only its z.
    """
    values = [a0]
    for W, B, f in zip(parameters[::2], parameters[1::2], functions, strict=True):
        values.append(W @ values[-1] + B)
        if f is not identity:
            values.append(f(values[-1]))
    return values


def small_differences(parameters, functions, a0, y, h=1e-5):
    """Return how fast the loss grows with each parameter, found by moving one at a time."""

    def loss():
        return np.mean((all_values(parameters, functions, a0)[-1] - y.T) ** 2)

    slopes = [np.empty_like(parameter) for parameter in parameters]
    for parameter, slope in zip(parameters, slopes):
        for place in np.ndindex(parameter.shape):
            value = parameter[place]
            parameter[place] = value + h
            above = loss()
            parameter[place] = value - h
            below = loss()
            parameter[place] = value
            slope[place] = (above - below) / (2 * h)
    return slopes


def assert_same(arrays, expected, tolerance):
    """The arrays have the expected shapes, and the expected numbers up to rounding."""
    for array, right in zip(arrays, expected, strict=True):
        assert np.shape(array) == np.shape(right)
        assert np.linalg.norm(array - right) <= tolerance * (1 + np.linalg.norm(right))


# The scripts that are written by hand


@twenty_seeds
@each_script
def test_forward_computes_every_z_and_a(script, seed):
    parameters, x, _ = random_case(script, seed)
    expected = all_values(parameters, FUNCTIONS[script], inputs(script, x))
    assert_same(script.forward(x, parameters), expected, 1e-14)


@twenty_seeds
@each_script
def test_predict_gives_the_output_with_a_row_for_each_sample(script, seed):
    parameters, x, _ = random_case(script, seed)
    output = all_values(parameters, FUNCTIONS[script], inputs(script, x))[-1]
    assert_same([script.predict(x, parameters)], [output.T], 1e-14)


@twenty_seeds
@each_script
def test_the_loss_is_the_mean_squared_error(script, seed):
    parameters, x, y = random_case(script, seed)
    output = all_values(parameters, FUNCTIONS[script], inputs(script, x))[-1]
    loss, _ = script.back_propagate(x, y, parameters)
    assert loss == pytest.approx(np.mean((output.T - y) ** 2), rel=1e-14)


@twenty_seeds
@each_script
def test_the_gradients_are_the_slopes_of_the_loss(script, seed):
    parameters, x, y = random_case(script, seed)
    _, gradients = script.back_propagate(x, y, parameters)
    slopes = small_differences(parameters, FUNCTIONS[script], inputs(script, x), y)
    assert_same(gradients, slopes, 1e-8)


@each_script
def test_training_moves_the_arrays_it_is_given_against_the_gradient(script):
    momentum = 0.95 if script is cubic else 0
    parameters, x, y = random_case(script, seed=3)
    trained = [parameter.copy() for parameter in parameters]
    losses = script.train(x, y, trained, 3, 0.1)

    expected_losses = []
    steps = [np.zeros_like(parameter) for parameter in parameters]
    for _ in range(3):
        loss, gradients = script.back_propagate(x, y, parameters)
        expected_losses.append(loss)
        steps = [momentum * step - 0.1 * g for step, g in zip(steps, gradients)]
        parameters = [parameter + step for parameter, step in zip(parameters, steps)]
    assert losses == pytest.approx(expected_losses, rel=1e-12)
    assert_same(trained, parameters, 1e-12)


@each_script
def test_predict_takes_lists(script):
    parameters, x, _ = random_case(script, seed=1)
    from_list = script.predict(x.tolist(), parameters)
    np.testing.assert_array_equal(from_list, script.predict(x, parameters))


@each_script
def test_x_of_a_wrong_shape_is_refused_in_words(script):
    parameters, x, _ = random_case(script, seed=1)
    with pytest.raises(AssertionError, match=r"x must have shape .*, not \(3,\)"):
        script.predict(x[:, 0], parameters)


@each_script
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda y: y[:, 0], id="one dimension"),
        pytest.param(lambda y: y[:1], id="one row"),
        pytest.param(lambda y: np.hstack([y, y]), id="too many columns"),
    ],
)
def test_y_of_a_wrong_shape_is_refused_in_words(script, wrong):
    parameters, x, y = random_case(script, seed=1)
    with pytest.raises(AssertionError, match=r"y must have shape \(3, .\), not"):
        script.back_propagate(x, wrong(y), parameters)


@pytest.mark.parametrize("script", ["2x2_image_predefined_1", "2x2_image_predefined_2"])
@pytest.mark.parametrize("pixels", [[1.1, 0, 1, 0], [-0.1, 1, 0, 1], [0, 1, np.nan, 0]])
def test_the_predefined_networks_refuse_pixels_that_are_not_from_0_to_1(script, pixels):
    module = importlib.import_module(script)
    with pytest.raises(
        AssertionError, match=r"^pixels must be from 0 \(white\) to 1 \(black\)$"
    ):
        module.predict([pixels])


# The class NN


def random_network(last, n_hidden, rng):
    """Return an NN of any shape, with n_hidden layers of any activations before the last."""
    functions = [*rng.choice([*ACTIVATIONS.values()], n_hidden), last]
    nn = NN(rng.integers(1, 5, len(functions) + 1), functions, rng)
    nn.bias = [rng.normal(0, 0.5, B.shape) for B in nn.bias]
    return nn


def in_layer_order(nn):
    """Return the parameters of an NN as the scripts have them: [W1, B1, W2, B2 ...]."""
    return list(itertools.chain.from_iterable(zip(nn.weight, nn.bias, strict=True)))


@pytest.mark.parametrize("n_hidden", range(4))
@pytest.mark.parametrize("last", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_nn_computes_outputs_loss_and_gradients_for_any_shape_and_activations(last, n_hidden):
    rng = np.random.default_rng(n_hidden)
    nn = random_network(last, n_hidden, rng)
    x = rng.normal(0, 1, (n_hidden + 1, nn.shape[0]))
    y = rng.normal(0, 1, (n_hidden + 1, nn.shape[-1]))

    y_hat = all_values(in_layer_order(nn), nn.activation, x.T)[-1].T
    assert_same([nn.forward(x)], [y_hat], 1e-14)

    loss, dW, dB = nn.gradients(x, y)
    assert loss == pytest.approx(np.mean((y_hat - y) ** 2), rel=1e-14)

    slopes = small_differences(in_layer_order(nn), nn.activation, x.T, y)
    assert_same(dW, slopes[::2], 1e-8)
    assert_same(dB, slopes[1::2], 1e-8)


# The initial weights


def assert_normal(numbers, spread):
    """Mean, standard deviation and shape are those of a normal distribution around 0."""
    if spread == 0:
        assert (numbers == 0).all()
        return
    margin = 4 / np.sqrt(numbers.size)  # four standard errors
    within_one_spread = (np.abs(numbers) < spread).mean()
    assert abs(numbers.mean()) <= margin * spread
    assert abs(numbers.std() - spread) <= margin * spread
    assert abs(within_one_spread - 0.6827) < margin / 2


def initialize_nn(*shape_and_rng):
    *shape, rng = shape_and_rng
    return in_layer_order(NN(shape, rng=rng))


@pytest.mark.parametrize(
    "initialize, shape, spreads",
    [
        pytest.param(
            lambda n_inputs, n_outputs, rng: linear.initialize(rng),
            (1, 1),
            [1, 1],
            id="linear",
        ),
        pytest.param(xor.initialize, (3, 16, 2), [0.4, 0, 2 / np.sqrt(16), 0], id="xor"),
        pytest.param(
            recognition.initialize,
            (4, 16, 9, 5),
            [1 / np.sqrt(4), 0, 1 / np.sqrt(16), 0, 1 / np.sqrt(9), 0],
            id="recognition",
        ),
        pytest.param(
            initialize_nn,
            (4, 16, 9, 5),
            [1 / np.sqrt(4), 0, 1 / np.sqrt(16), 0, 1 / np.sqrt(9), 0],
            id="NN",
        ),
    ],
)
def test_initial_weights_are_normal_with_the_documented_spread(initialize, shape, spreads):
    parameters = initial_parameters(range(1000), initialize, *shape)
    layers = zip(shape, shape[1:], parameters[::2], parameters[1::2], strict=False)
    for n_inputs, n_nodes, W, B in layers:
        assert W.shape == (1000, n_nodes, n_inputs)
        assert B.shape == (1000, n_nodes, 1)
    for parameter, spread in zip(parameters, spreads, strict=True):
        assert_normal(parameter, spread)


def test_initial_steps_of_a_curve_are_equally_steep_and_every_second_one_falls():
    W1, B1, W2, B2 = initial_parameters(range(1000), cubic.initialize, 8)
    assert (W1[:, ::2] == 4).all()
    assert (W1[:, 1::2] == -4).all()
    assert (B2 == 0).all()
    assert_normal(W2, 0.01)


def test_initial_steps_of_a_curve_stand_side_by_side_each_moved_at_random():
    W1, B1, _, _ = initial_parameters(range(1000), cubic.initialize, 8)
    middle = -B1 / W1
    own_place = np.linspace(-0.6, 0.6, 8).reshape(-1, 1)
    moved = (middle - own_place) / (0.4 / 8)  # evenly distributed from -1 to 1
    assert np.abs(moved).max() <= 1 + 1e-12
    assert abs(moved.mean()) < 4 / np.sqrt(3 * moved.size)
    assert moved.std() == pytest.approx(1 / np.sqrt(3), rel=3 / np.sqrt(moved.size))


# Every seed learns what is promised


@pytest.mark.parametrize(
    "gate, n_inputs, n_hidden", [("xor", 2, 4), ("and", 3, 1), ("nor", 2, 32)]
)
def test_training_many_at_once_is_training_one_after_the_other(gate, n_inputs, n_hidden):
    X, Y = truth_table(gate, n_inputs)
    errors, _ = train_many(3, gate, n_inputs, n_hidden, iterations=20)
    for seed in range(3):
        parameters = xor.initialize(n_inputs, n_hidden, 1, np.random.default_rng(seed))
        xor.train(X, Y, parameters, 20)
        error = np.abs(xor.predict(X, parameters) - Y).max()
        assert errors[seed] == pytest.approx(error)


def test_training_many_at_once_counts_iterations_as_xor_does():
    X, Y = truth_table("xor")
    _, reached = train_many(3, iterations=200)
    for seed in range(3):
        parameters = xor.initialize(2, 4, 1, np.random.default_rng(seed))
        losses = xor.train(X, Y, parameters, 200)
        assert reached[seed] == np.argmax(np.less(losses, 0.01))


# measure.py trains from 1,000 seeds, and with other settings


# with 32 nodes a fifth would fail if their W2 were as large as that of 4
@pytest.mark.parametrize("n_hidden", [3, 4, 8, 32])
def test_xor_is_learned_from_every_seed(n_hidden):
    errors, _ = train_many(100, hidden=n_hidden)
    assert errors.max() < 0.1


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("n_inputs", [2, 3])
def test_every_gate_is_learned_from_every_seed(gate, n_inputs):
    errors, _ = train_many(50, gate, n_inputs)
    assert errors.max() < 0.1


def test_with_two_hidden_nodes_xor_fails_from_17_seeds_of_200():
    errors, _ = train_many(200, hidden=2)
    assert np.sum(errors >= 0.1) == 17


def test_judge_returns_answers_which_images_are_wrong_and_the_mse():
    rng = np.random.default_rng(0)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    recognition.train(*image2x2_set(1, rng=rng), parameters, 200)
    X, Y = image2x2_set(200, rng=rng)
    y_hat, wrong, mse = recognition.judge(X, Y, parameters)
    assert np.array_equal(y_hat, recognition.predict(X, parameters))
    expected = [list(outputs > 0.5) != list(desired == 1) for outputs, desired in zip(y_hat, Y)]
    assert wrong.tolist() == expected
    assert 0 < wrong.sum() < len(X)
    assert mse == np.mean((y_hat - Y) ** 2)


# Curves

x5 = np.linspace(-5, 5, 50).reshape(-1, 1)


def rms(x, y, parameters):
    """Return the rms error, in parts of the standard deviation of y, if y has one."""
    spread = y.std() if np.ptp(y) > 0 else 1
    return np.sqrt(np.mean((cubic.predict(x, parameters) - y) ** 2)) / spread


@pytest.mark.parametrize(
    "coefficients, n_hidden, worst_percent",
    [
        ((1, 0, -15, 0), 4, 1.4),
        ((1, 0, -15, 0), 64, 3.1),
        ((-2, 0, 20, 0), 8, 0.5),
    ],
)
def test_fit_learns_cubics_with_4_to_64_nodes(coefficients, n_hidden, worst_percent):
    x, y = polynomial(coefficients, -5, 5, 50)
    parameters, _ = cubic.fit(x, y, n_hidden, rng=n_hidden)
    assert 100 * rms(x, y, parameters) < worst_percent


def test_fit_trains_for_3000_iterations_unless_told_otherwise():
    _, losses = cubic.fit(x5, x5**3, 1, rng=0)
    assert len(losses) == 3000


@pytest.mark.parametrize("height", [0.5, 1.0, np.sqrt(8), 1000.0])  # of sqrt(8) it is 2
def test_the_losses_of_fit_do_not_depend_on_the_unit_of_y(height):
    jumps = np.array([[1.0], [-1.0], [0.0], [0.0]] * 2)  # their standard deviation is sqrt(0.5)
    x = np.arange(8.0).reshape(-1, 1)
    _, losses = cubic.fit(x, height * jumps, 3, 0, iterations=20)
    _, of_jumps_by_3 = cubic.fit(x, 3 * jumps, 3, 0, iterations=20)
    np.testing.assert_allclose(losses, of_jumps_by_3)


YEARS = np.random.default_rng(0).uniform(2000, 2000.2, (80, 1))  # in no order, far from zero
BYTES = np.arange(100, 250, 10, dtype=np.uint8).reshape(-1, 1)  # in bytes, 240 + 100 is 84


@pytest.mark.parametrize(
    "x, y, limit",
    [
        pytest.param(YEARS, 5e-6 + 1e-9 * np.sin((YEARS - 2000) * 25), 0.02, id="tiny wave"),
        pytest.param(BYTES, BYTES, 0.02, id="small whole numbers"),
        pytest.param(x5, (x5 > 0).astype(float), 0.2, id="a jump, which is hard"),
        pytest.param(x5, 0 * x5 + 1e-300, 0.01, id="all almost zero"),
        pytest.param(x5, 0 * x5 - 1e9, 0.01, id="all the same"),
    ],
)
def test_fit_learns_data_of_any_scale_place_and_order(x, y, limit):
    parameters, losses = cubic.fit(x, y, 8, 0, iterations=1000)
    error = rms(x, y, parameters)
    assert error < limit
    # the losses are those of y with a standard deviation of one
    assert np.sqrt(losses[-1]) == pytest.approx(error, abs=1e-3)


def test_fit_takes_truth_values_as_0_and_1():
    parameters, _ = cubic.fit(x5, x5 > 0, 8, 0, iterations=9)
    expected, _ = cubic.fit(x5, (x5 > 0).astype(float), 8, 0, iterations=9)
    assert_same(parameters, expected, 1e-14)


@pytest.mark.parametrize("n_hidden, rate", [(1, 0.3), (8, 0.3), (16, 0.9 / 5), (64, 0.9 / 17)])
def test_more_nodes_than_eight_get_a_smaller_learning_rate(n_hidden, rate):
    _, chosen = cubic.fit(x5, x5**3, n_hidden, 0, iterations=9)
    _, given = cubic.fit(x5, x5**3, n_hidden, 0, iterations=9, learning_rate=rate)
    assert chosen == pytest.approx(given, rel=1e-12)


@pytest.mark.parametrize("n_hidden", [8, 16])
def test_a_learning_rate_that_is_given_is_used(n_hidden):
    _, chosen = cubic.fit(x5, x5**3, n_hidden, 0, iterations=9)
    _, given = cubic.fit(x5, x5**3, n_hidden, 0, iterations=9, learning_rate=0.1)
    assert given[-1] != pytest.approx(chosen[-1])


@pytest.mark.parametrize(
    "x, y, message",
    [
        (x5[:, 0], x5, r"^x must have shape \(samples, 1\), not \(50,\)$"),
        (x5, x5[:, 0], r"^y must have shape \(samples, 1\), not \(50,\)$"),
        (x5.T, x5, r"^x must have shape \(samples, 1\), not \(1, 50\)$"),
        (x5, np.empty((0, 1)), r"^y must have shape \(samples, 1\), not \(0, 1\)$"),
        (x5, x5[:2], "^x and y must have equally many rows, not 50 and 2$"),
        (0 * x5, x5, "^x must not be constant$"),
        (x5, np.inf + x5, "^y must not contain infs or NaNs$"),
        (np.nan * x5, x5, "^x must not contain infs or NaNs$"),
    ],
)
def test_fit_refuses_data_that_it_cannot_fit_and_names_it(x, y, message):
    with pytest.raises(ValueError, match=message):
        cubic.fit(x, y)


DIVERGED = "^The training diverged: try a smaller learning rate.$"


@pytest.mark.parametrize("n_hidden, rate", [(24, 0.3), (8, 0.9), (8, 1000.0), (1, 1e308)])
def test_fit_that_diverges_raises_without_a_warning_of_numpy(n_hidden, rate):
    with pytest.raises(FloatingPointError, match=DIVERGED):
        cubic.fit(x5, x5**3 - 15 * x5, n_hidden, 0, iterations=300, learning_rate=rate)


@pytest.mark.parametrize("rate", [30.0, 1000.0, np.inf, np.nan])
def test_fit_that_diverges_in_its_only_update_raises(rate):
    with pytest.raises(FloatingPointError, match=DIVERGED):
        cubic.fit(x5, x5**3 - 15 * x5, 8, 0, iterations=1, learning_rate=rate)


def test_fit_takes_numbers_whose_squares_are_too_small():
    parameters, losses = cubic.fit(x5, 1e-300 * x5, 8, 0, iterations=5)
    assert np.isfinite(losses).all()
