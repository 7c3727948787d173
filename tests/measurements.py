"""What measure.py measures: functions that return a number, or a few, which the pages state.

A function takes the numbers that differ between sentences as its arguments. Unless it says
otherwise, it counts from the seed 0 on, and gives the median.
"""

import functools
import importlib
import importlib.util
import re
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
from many import train_many

import cubic
import linear
import xor
from activation import ACTIVATIONS, sigmoid, tanh
from dataset import image2x2, image2x2_set, polynomial, truth_table, xor_2_input, xor_3_input
from exercises.find_the_fault import FAULTS, plant
from network1 import NN

recognition = importlib.import_module("2x2_image_recognition")
ROOT = Path(xor.__file__).parent
XOR_FAILS = 0.1  # a seed fails if an output ends this much off, or more


def printed(command, pattern):
    """Return the numbers in what a script prints, in the groups of a pattern."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, *command.split(), "--save", f"{folder}/figure.png"]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(float(number) for number in re.search(pattern, done.stdout).groups())


# XOR


def seeds_that_fail(seeds, **changes):
    """Return how many seeds fail. changes are arguments of train_many."""
    errors, _ = train_many(seeds, **changes)
    return np.sum(errors >= XOR_FAILS)


def seeds_that_fail_from_1000_to_5999(**changes):
    """Return how many of 5,000 further seeds fail."""
    return seeds_that_fail(range(1000, 6000), **changes)


def seeds_still_stuck(iterations):
    """Return how many seeds of 1,000 with two hidden nodes fail after so many iterations."""
    errors, _ = train_many(1000, hidden=2)
    stuck = np.flatnonzero(errors >= XOR_FAILS)
    return seeds_that_fail(stuck, hidden=2, iterations=iterations)


def most_failures_at_rates_from_2_to_30():
    """Return the largest number of 200 seeds that fail at any learning rate from 2 to 30."""
    return max(seeds_that_fail(200, learning_rate=rate) for rate in range(2, 31, 2))


def most_failures_at_xor_and_and_or(hidden):
    """Return the largest number of 1,000 seeds that fail at one of these gates."""
    return max(seeds_that_fail(1000, gate=gate, hidden=hidden) for gate in ("xor", "and", "or"))


def equal_nodes_near_one_sixth_and_one_quarter():
    """Return how many of 1,000 seeds end nearer to either loss if all nodes start equal.

    The largest error is 2/3 where the loss is 1/6, and 1/2 where the loss is 1/4.
    """
    errors, _ = train_many(1000, equal_nodes=True)
    nearer_to_one_sixth = np.abs(errors - 2 / 3) < np.abs(errors - 1 / 2)
    return np.sum(nearer_to_one_sixth), np.sum(~nearer_to_one_sixth)


def iterations_to_learn(seeds, **changes):
    """Return the median number of iterations after which the mse is below 0.01."""
    _, reached = train_many(seeds, **changes)
    return np.median(reached)


def times_as_many_iterations_with_inputs_of_0_and_1():
    """Return the median iterations with inputs of 0 and 1, divided by those with -1 and 1."""
    return iterations_to_learn(1000, low=0) / iterations_to_learn(1000)


def xor_parameters(hidden=4, seed=0):
    """Return the parameters of xor.py after its training."""
    parameters = xor.initialize(2, hidden, 1, np.random.default_rng(seed))
    xor.train(*xor_2_input(), parameters)
    return parameters


def hidden_nodes_and_sums_of_the_output_node():
    """Return the numbers of README's table of the trained xor.py, row by row.

    A hidden node, in the table's order, has its outputs for 00, 01, 10 and 11, and its weight.
    The last row is z2 for 00, 01, 10 and 11.
    """
    X, _ = xor_2_input()
    parameters = xor_parameters()
    _, _, a1, z2, _ = xor.forward(X, parameters)
    _, _, W2, _ = parameters
    numbers = []
    for node in 3, 1, 0, 2:
        numbers += [*a1[node], W2[0, node]]
    return *numbers, *z2[0]


def bias_of_the_output_node():
    """Return B2 of xor.py."""
    return xor_parameters()[3].item()


def outputs_for_00_without_and_with_nors():
    """Return the output of xor.py for 00 if the two NOR nodes are left out, and if not."""
    _, _, a1, z2, a2 = xor.forward(xor_2_input()[0], xor_parameters())
    W2 = xor_parameters()[2]
    nors = [i for i in range(4) if a1[i, 0] > 0.5]
    assert len(nors) == 2
    return sigmoid(z2[0, 0] - W2[0, nors] @ a1[nors, 0]), a2[0, 0]


def largest_error_of_xor():
    """Return how far the worst output of xor.py is off."""
    X, Y = xor_2_input()
    return np.abs(xor.predict(X, xor_parameters()) - Y).max()


def output_of_one_hidden_node_farthest_from_one_half():
    """Return the output of xor.py --hidden 1 that is farthest from one half."""
    outputs = xor.predict(xor_2_input()[0], xor_parameters(hidden=1)).ravel()
    return outputs[np.abs(outputs - 0.5).argmax()]


def mse_of_xor(hidden, seed):
    """Return the mse of xor.py after its training."""
    X, Y = xor_2_input()
    return np.mean((xor.predict(X, xor_parameters(hidden, seed)) - Y) ** 2)


def seeds_that_fail_with_targets_of_minus_1_and_1(seeds):
    """Return how many seeds fail if the desired outputs of XOR are -1 and 1."""
    _, Y = xor_2_input()
    return seeds_that_fail(seeds, desired=2 * Y - 1)


def iterations_and_failures(low, high):
    """Return the median iterations for XOR of three inputs, and how many of 1,000 fail."""
    errors, reached = train_many(1000, inputs=3, low=low, high=high)
    return np.median(reached), np.sum(errors >= XOR_FAILS)


def iterations_of_the_single_gates(seeds=20):
    """Return the least and the largest median of the gates that one line separates."""
    medians = [iterations_to_learn(seeds, gate=gate) for gate in ("and", "or", "nand", "nor")]
    return min(medians), max(medians)


def seeds_that_learn(seeds, **changes):
    """Return how many seeds don't fail."""
    return seeds - seeds_that_fail(seeds, **changes)


def failures_of_both_losses(seeds, **changes):
    """Return how many seeds fail with the mse as the loss, and how many with cross-entropy."""
    with_mse = seeds_that_fail(seeds, **changes)
    return with_mse, seeds_that_fail(seeds, cross_entropy=True, **changes)


def iterations_with_both_losses(seeds):
    """Return the median iterations to an mse of 0.01 with the mse and with cross-entropy."""
    with_mse = iterations_to_learn(seeds)
    return with_mse, iterations_to_learn(seeds, cross_entropy=True)


def xor_with_a_fault(number):
    """Return a module: xor.py with a fault of find_the_fault, or as it is for the number 0."""
    text = Path(xor.__file__).read_text(encoding="utf-8")
    if number > 0:
        text = plant(text, *FAULTS[number - 1])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "faulty.py"
        file.write_text(text, encoding="utf-8")
        spec = importlib.util.spec_from_file_location("faulty", file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


def with_a_fault(number, seeds=100, inputs=2):
    """Return how many seeds learn with a fault of find_the_fault, and in how many iterations.

    The iterations are the median of the seeds that learn.
    """
    faulty = xor_with_a_fault(number)
    X, Y = truth_table("xor", inputs)
    iterations = []
    for seed in range(seeds):
        parameters = xor.initialize(inputs, 4, 1, np.random.default_rng(seed))
        losses = faulty.train(X, Y, parameters)
        error = np.abs(faulty.predict(X, parameters) - Y).max()
        if error < XOR_FAILS:
            iterations.append(np.argmax(np.less(losses, 0.01)))
    median = np.median(iterations) if iterations else np.inf
    return len(iterations), median


def seeds_that_learn_with_a_fault(number, seeds=100, inputs=2):
    """Return how many seeds learn with a fault."""
    return with_a_fault(number, seeds, inputs)[0]


def faults_that_learn(seeds):
    """Return with how many faults the network learns with each of the seeds from 0 on."""
    numbers = range(1, len(FAULTS) + 1)
    return sum(seeds_that_learn_with_a_fault(number, seeds) == seeds for number in numbers)


def truth_tables_learned(seeds):
    """Return how many of the 16 truth tables of two inputs are learned from all seeds."""
    tables = [np.array([[float(bit)] for bit in f"{number:04b}"]) for number in range(16)]
    return sum(seeds_that_fail(seeds, desired=table) == 0 for table in tables)


def iterations_with_two_hidden_layers(seeds=50):
    """Return the median, the least and the largest number of iterations to an mse of 0.01.

    The network is xor.py's with two hidden layers of four nodes, as in exercise 10.
    """
    X, Y = xor_2_input()
    counts = []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        nn = NN((2, 4, 4, 1), [sigmoid] * 3, rng)
        rng = np.random.default_rng(seed)
        spreads = [0.4, 2 / np.sqrt(4), 2 / np.sqrt(4)]
        nn.weight = [rng.normal(0, s, W.shape) for s, W in zip(spreads, nn.weight)]
        losses = nn.train(2 * X - 1, Y, 2000, 8.0, 0.0, min_error=0.01, verbose=False)
        assert losses[-1] < 0.01
        counts.append(len(losses) - 1)
    return np.median(counts), min(counts), max(counts)


def points_of_the_ring_that_are_right(hidden, seeds=10, iterations=2000):
    """Return the least and the largest percentage of points that are right, over the seeds."""
    from figures.playground import ring

    X, Y = ring()
    right = []
    for seed in range(seeds):
        parameters = xor.initialize(2, hidden, 1, np.random.default_rng(seed))
        xor.train(X, Y, parameters, iterations)
        right.append(100 * np.mean((xor.predict(X, parameters) > 0.5) == Y))
    return min(right), max(right)


def most_points_of_the_ring_that_are_right(hidden):
    """Return the largest percentage of points that are right."""
    return points_of_the_ring_that_are_right(hidden)[1]


# One node


def slopes_at(z):
    """Return the slope of the sigmoid and that of tanh."""
    return sigmoid(z, derivative=True), tanh(z, derivative=True)


def line_after_training(learning_rate):
    """Return W and B of linear.py after its training at a learning rate."""
    parameters = linear.initialize(np.random.default_rng(0))
    linear.train(*polynomial((2, 3), 0, 4, 5), parameters, learning_rate=learning_rate)
    return tuple(parameter.item() for parameter in parameters)


def promised_and_real_fall(learning_rate):
    """Return by how much the loss of linear.py falls from W = B = 0: promised, and really."""
    X, Y = polynomial((2, 3), 0, 4, 5)
    parameters = [np.zeros((1, 1)), np.zeros((1, 1))]
    before, gradients = linear.back_propagate(X, Y, parameters)
    promised = learning_rate * sum(gradient.item() ** 2 for gradient in gradients)
    linear.train(X, Y, parameters, 1, learning_rate)
    after, _ = linear.back_propagate(X, Y, parameters)
    return promised, before - after


def promised_fall(learning_rate):
    """Return by how much the loss should fall, if its slope stayed the same."""
    return promised_and_real_fall(learning_rate)[0]


def loss_after_twelve_steps(momentum):
    """Return the loss of the picture of momentum after twelve steps."""
    X, Y = polynomial((2, 3), 0, 4, 5)
    nn = NN((1, 1))
    nn.weight[0][:] = 4
    nn.bias[0][:] = -1
    for _ in range(12):
        nn.back_propagation(X, Y, 0.14, momentum)
    loss, _, _ = nn.gradients(X, Y)
    return loss


def largest_learning_rate_of_linear():
    """Return 2 divided by the largest curvature of the loss of linear.py."""
    X, _ = polynomial((2, 3), 0, 4, 5)
    x1 = np.hstack([X, np.ones_like(X)])
    return 2 / np.linalg.eigvalsh(2 / len(x1) * x1.T @ x1).max()


def arrives(learning_rate):
    """Return 1 if linear.py --iterations 20000 finds the line at a learning rate, or else 0."""
    parameters = linear.initialize(np.random.default_rng(0))
    with np.errstate(all="ignore"):
        linear.train(*polynomial((2, 3), 0, 4, 5), parameters, 20000, learning_rate)
    return int(np.allclose(np.ravel(parameters), [2, 3], rtol=0, atol=1e-6))


# The class NN


def iterations_of_network1(activation=None):
    """Return how many iterations network1.py takes for XOR of three inputs."""
    nn = NN((3, 8, 8, 1), activation, np.random.default_rng(0))
    return len(nn.train(*xor_3_input(), verbose=False))


def dead_nodes_and_seeds_that_fail(activation, seeds=30):
    """Return how many hidden nodes are 0 for all inputs after learning XOR, and failed seeds.

    The networks have four hidden nodes, and are trained without momentum at a rate of 0.5.
    """
    X, Y = xor_2_input()
    X = 2 * X - 1
    dead = 0
    failed = 0
    for seed in range(seeds):
        functions = [ACTIVATIONS[activation], ACTIVATIONS["linear"]]
        nn = NN((2, 4, 1), functions, np.random.default_rng(seed))
        nn.train(X, Y, 1000, learning_rate=0.5, momentum=0, verbose=False)
        z1 = nn.weight[0] @ X.T + nn.bias[0]
        dead += np.sum((z1 <= 0).all(axis=1))
        failed += (np.abs(nn.forward(X) - Y) >= XOR_FAILS).any()
    return dead, failed


def seeds_that_fail_with_leaky_relu():
    """Return how many seeds of 30 fail with leaky_relu in place of relu."""
    return dead_nodes_and_seeds_that_fail("leaky_relu")[1]


def softsign(z, derivative=False):
    """Return z / (1 + |z|) or its derivative: the function of exercise 8."""
    z = np.asarray(z, dtype=float)
    return 1 / (1 + np.abs(z)) ** 2 if derivative else z / (1 + np.abs(z))


def iterations_with_softsign():
    """Return how many iterations network1.py takes with softsign in both hidden layers."""
    return iterations_of_network1([softsign, softsign, ACTIVATIONS["linear"]])


def batches(options):
    """Return the mse of network1.py for image2x2_set, and how many of its outputs are off."""
    command = f"network1.py --dataset image2x2_set {options}"
    return printed(command, r"mse (\S+) after[\s\S]*?(\d+) of (\d+) outputs")


def seeds_that_diverge(learning_rate, seeds):
    """Return with how many seeds network1.py --dataset image2x2_set diverges."""
    count = 0
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        X, Y = image2x2_set(10, rng=rng)
        nn = NN((4, 8, 8, 4), rng=rng)
        try:
            losses = nn.train(X, Y, 50, learning_rate, verbose=False, rng=rng)
        except FloatingPointError:
            count += 1
        else:
            count += losses[-1] > 1000
    return count


def first_gradient_in_percent_of_the_last(hidden_layers, activation="sigmoid", seeds=200):
    """Return how large the first layer's gradient is, for the images, in an untrained NN."""
    activations = [ACTIVATIONS[activation]] * hidden_layers + [ACTIVATIONS["linear"]]
    X, Y = image2x2()
    shares = []
    for seed in range(seeds):
        shape = (4, *[8] * hidden_layers, 4)
        nn = NN(shape, activations, np.random.default_rng(seed))
        _, dW, _ = nn.gradients(X, Y)
        shares.append(100 * np.linalg.norm(dW[0]) / np.linalg.norm(dW[-1]))
    return np.median(shares)


def errors_of_rings(shape, seeds, iterations):
    """Return the errors on new points of a network that learns rings, in parts of y.std()."""
    errors = []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        x = rng.uniform(-1, 1, (2400, 2))
        y = np.cos(8 * np.hypot(x[:, :1], x[:, 1:]))
        nn = NN(shape, [tanh] * (len(shape) - 2) + [ACTIVATIONS["linear"]], rng)
        nn.train(x[:400], y[:400], iterations, learning_rate=0.1, momentum=0.9, verbose=False)
        errors.append(rms(nn.forward(x[400:]), y[400:]) / np.std(y[400:]))
    return np.array(errors)


def networks_that_learn_rings(seeds=20, iterations=5000):
    """Return the median errors of three networks, and how often two of them beat the first."""
    one = errors_of_rings((2, 64, 1), seeds, iterations)
    two = errors_of_rings((2, 14, 14, 1), seeds, iterations)
    three = errors_of_rings((2, 10, 10, 10, 1), seeds, iterations)
    medians = [np.median(errors) for errors in (one, two, three)]
    return *medians, np.sum(two < one), np.sum(three < one)


def networks_that_learn_rings_for_longer(seeds=10, iterations=40_000):
    """Return the median errors of the first and the third network after more iterations."""
    one = errors_of_rings((2, 64, 1), seeds, iterations)
    three = errors_of_rings((2, 10, 10, 10, 1), seeds, iterations)
    return np.median(one), np.median(three)


# Curves


def rms_percent(x, y, parameters):
    """Return the rms error of cubic.py's network, in percent of the standard deviation of y."""
    return 100 * np.sqrt(np.mean((cubic.predict(x, parameters) - y) ** 2)) / y.std()


def error_of_cubic(hidden=8, seeds=10, iterations=3000, coefficients=(1, 0, -15, 0)):
    """Return the median rms error of cubic.fit, in percent."""
    x, y = polynomial(coefficients, -5, 5, 50)
    errors = []
    for seed in range(seeds):
        parameters, _ = cubic.fit(x, y, hidden, seed, iterations)
        errors.append(rms_percent(x, y, parameters))
    return np.median(errors)


def error_of_cubic_from_random_weights(seeds=10):
    """Return the median rms error if W1 and B1 start with spreads of 4 and 2, in percent."""
    x, y = polynomial((1, 0, -15, 0), -5, 5, 50)
    scaled_y = y / y.std()
    errors = []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        parameters = cubic.initialize(8, rng)
        parameters[0] = rng.normal(0, 4, (8, 1))
        parameters[1] = rng.normal(0, 2, (8, 1))
        cubic.train(x / 5, scaled_y, parameters)
        errors.append(rms_percent(x / 5, scaled_y, parameters))
    return np.median(errors)


def error_of_cubic_without_scaling(seeds=10):
    """Return the median rms error if x and y are taken as they are, in percent."""
    x, y = polynomial((1, 0, -15, 0), -5, 5, 50)
    errors = []
    for seed in range(seeds):
        parameters = cubic.initialize(8, np.random.default_rng(seed))
        cubic.train(x, y, parameters)
        errors.append(rms_percent(x, y, parameters))
    return np.median(errors)


def first_gradient_without_scaling(seeds=100):
    """Return how many times as large the first gradient is if x and y aren't scaled."""
    x, y = polynomial((1, 0, -15, 0), -5, 5, 50)
    ratios = []
    for seed in range(seeds):
        parameters = cubic.initialize(8, np.random.default_rng(seed))
        _, raw = cubic.back_propagate(x, y, parameters)
        _, scaled = cubic.back_propagate(x / 5, y / y.std(), parameters)
        sizes = [np.sqrt(sum((g**2).sum() for g in gradients)) for gradients in (raw, scaled)]
        ratios.append(sizes[0] / sizes[1])
    return np.median(ratios)


def error_of_two_high_steps(shrink, W2):
    """Return the rms error of two steps that are written into cubic.py's network, in percent.

    They have W1 = 1/2 and 1, both times shrink, B1 = 0, and the B2 that is best.
    """
    x, y = polynomial((1, 0, -15, 0), -5, 5, 50)
    x = x / 5
    y = y / y.std()
    W1 = np.array([[0.5], [1.0]]) * shrink
    parameters = [W1, np.zeros((2, 1)), np.array([W2]), np.zeros((1, 1))]
    parameters[3] += np.mean(y - cubic.predict(x, parameters))
    return rms_percent(x, y, parameters)


def far_outside():
    """Return what the network for x^3 - 15x predicts far to the left and to the right."""
    x, y = polynomial((1, 0, -15, 0), -5, 5, 50)
    parameters, _ = cubic.fit(x, y, rng=np.random.default_rng(0))
    return tuple(cubic.predict(np.array([[-14.0], [14.0]]), parameters)[:, 0])


def error_of_sine(iterations, seeds=10):
    """Return the median rms error of cubic.fit for sin x from -5 to 5."""
    x = np.linspace(-5, 5, 50).reshape(-1, 1)
    errors = []
    for seed in range(seeds):
        parameters, _ = cubic.fit(x, np.sin(x), rng=seed, iterations=iterations)
        errors.append(np.sqrt(np.mean((cubic.predict(x, parameters) - np.sin(x)) ** 2)))
    return np.median(errors)


# Images


@functools.cache
def trained_on_images(sets, seed, iterations=1000, decay=0.0, layers=(16, 8)):
    """Train as the script does. Return how many of 32,000 fresh images are wrong, and the mse.

    decay is the factor of the weight decay of exercise 12.
    """
    rng = np.random.default_rng(seed)
    X, Y = image2x2_set(sets, rng=rng)
    parameters = recognition.initialize(4, *layers, 4, rng)
    X_new, Y_new = image2x2_set(2000, rng=rng)
    for _ in range(iterations):
        _, gradients = recognition.back_propagate(X, Y, parameters)
        for i, (parameter, gradient) in enumerate(zip(parameters, gradients)):
            is_weight = i % 2 == 0
            parameter -= 0.5 * (gradient + is_weight * 2 * decay * parameter)
    _, wrong, mse = recognition.judge(X_new, Y_new, parameters)
    return wrong.sum(), mse


def fresh_images_wrong(sets, seeds=20, **changes):
    """Return the median and the largest number of 32,000 fresh images that are wrong.

    changes are arguments of trained_on_images.
    """
    wrong = [trained_on_images(sets, seed, **changes)[0] for seed in range(seeds)]
    return np.median(wrong), max(wrong)


def most_and_median_of_fresh_images_wrong(sets):
    """Return the largest and the median number of fresh images that are wrong."""
    median, most = fresh_images_wrong(sets)
    return most, median


def spread_of_fresh_images_wrong(sets, decay):
    """Return the median, the least and the largest number of fresh images that are wrong."""
    wrong = [trained_on_images(sets, seed, decay=decay)[0] for seed in range(20)]
    return np.median(wrong), min(wrong), max(wrong)


def most_fresh_images_wrong(sets):
    """Return the largest number of fresh images that are wrong, of the seeds 0 to 19."""
    return fresh_images_wrong(sets)[1]


def loss_on_new_images(sets, seed):
    """Return the mse on images never seen, after the training."""
    return trained_on_images(sets, seed)[1]


# A reader's own data


def error_of_degrees(iterations_after_fit):
    """Return the rms error on the degrees of docs/your-own-data.md, if training goes on."""
    rng = np.random.default_rng(0)
    hours = np.arange(0, 24, 0.5)
    degrees = [15 - 6 * np.cos(2 * np.pi * (h - 3) / 24) + rng.normal(0, 0.5) for h in hours]
    x = hours.reshape(-1, 1)
    y = np.round(degrees, 1).reshape(-1, 1)
    parameters, _ = cubic.fit(x, y, rng=0)
    cubic.train(x, y, parameters, iterations_after_fit)
    return rms(cubic.predict(x, parameters), y)


class Digits:
    """The handwritten digits of docs/your-own-data.md, and the network that learns them."""

    def __init__(self, seed):
        from sklearn.datasets import load_digits

        self.pixels, self.label = load_digits(return_X_y=True)
        self.rng = np.random.default_rng(seed)
        self.test, self.training = np.split(self.rng.permutation(len(self.label)), [600])
        self.nn = NN((64, 32, 10), [tanh, sigmoid], self.rng)
        self.train(2000, self.pixels / 16)
        self.nn.weight[0] = self.nn.weight[0] / 16

    def train(self, iterations, x):
        rows = self.training
        y = self.label.reshape(-1, 1) == range(10)
        options = {"learning_rate": 0.5, "momentum": 0.9, "batch_size": 32}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # NN warns of pixels that aren't scaled
            self.nn.train(x[rows], y[rows], iterations, **options, verbose=False, rng=self.rng)

    def percent_right(self, x):
        answers = self.nn.forward(x[self.test]).argmax(axis=1)
        return 100 * np.mean(answers == self.label[self.test])


@functools.cache
def percent_of_digits_right(seed):
    """Return the percentage of the 600 test digits that are right."""
    digits = Digits(seed)
    return digits.percent_right(digits.pixels)


def range_and_median_of_digits(seeds=20):
    """Return the least, the largest and the median percentage of digits that are right."""
    percentages = [percent_of_digits_right(seed) for seed in range(seeds)]
    return min(percentages), max(percentages), np.median(percentages)


def digits_wrong():
    """Return how many of the 600 digits are wrong with the seed 0."""
    return round(6 * (100 - percent_of_digits_right(0)))


def percent_of_digits_right_after_more_training(iterations):
    """Return the percentage that is right if training goes on with pixels from 0 to 16."""
    digits = Digits(seed=0)
    digits.train(iterations, digits.pixels)
    return digits.percent_right(digits.pixels)


def percent_of_inverted_digits_right():
    """Return the percentage that is right if paper and ink are exchanged."""
    digits = Digits(seed=0)
    return digits.percent_right(16 - digits.pixels)


def percent_of_scaled_digits_right():
    """Return the percentage that is right if the pixels are divided by 16 once more."""
    digits = Digits(seed=0)
    return digits.percent_right(digits.pixels / 16)


def rms(y_hat, y):
    """Return the root of the mean squared error."""
    return np.sqrt(np.mean((y_hat - y) ** 2))
