"""What the scripts promise for every seed, on a sample of seeds; and how NN trains."""

import importlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cubic
import linear
import xor
from activation import linear as identity
from activation import sigmoid, tanh
from dataset import GATES, image2x2_set, polynomial, truth_table, xor_3_input
from network1 import NN

recognition = importlib.import_module("2x2_image_recognition")


@pytest.mark.parametrize("n_inputs", [2, 3])
@pytest.mark.parametrize("gate", GATES)
def test_xor_learns_every_gate(gate, n_inputs):
    X, Y = truth_table(gate, n_inputs)
    iterations = []
    for seed in range(8 if "x" in gate else 3):
        parameters = xor.initialize(n_inputs, 4, 1, np.random.default_rng(seed))
        losses = xor.train(X, Y, parameters)
        assert np.abs(xor.predict(X, parameters) - Y).max() < 0.1, f"seed {seed}"
        iterations.append(np.argmax(np.array(losses) < 0.01))
    assert 0 < np.median(iterations) <= 300


@pytest.mark.parametrize("n_hidden", [3, 8, 32])
def test_xor_learns_with_other_numbers_of_hidden_nodes(n_hidden):
    X, Y = truth_table("xor")
    for seed in range(13, 21):  # five of these fail if 32 nodes have W2 of the size for 4
        parameters = xor.initialize(2, n_hidden, 1, np.random.default_rng(seed))
        xor.train(X, Y, parameters)
        assert np.abs(xor.predict(X, parameters) - Y).max() < 0.1, f"seed {seed}"


def test_xor_does_not_learn_with_one_hidden_node():
    X, Y = truth_table("xor")
    for seed in range(5):
        parameters = xor.initialize(2, 1, 1, np.random.default_rng(seed))
        xor.train(X, Y, parameters)
        assert np.abs(xor.predict(X, parameters) - Y).max() > 0.3


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_recognition_makes_no_error_on_fresh_images(seed):
    rng = np.random.default_rng(seed)
    X, Y = image2x2_set(40, grey_range=0.25, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    recognition.train(X, Y, parameters)
    X, Y = image2x2_set(2000, rng=rng)
    wrong = np.any((recognition.predict(X, parameters) > 0.5) != Y, axis=1)
    assert len(wrong) == 32000 and wrong.sum() == 0


@settings(max_examples=25)
@given(st.floats(-100, 100), st.floats(-100, 100), st.integers(0, 2**32))
def test_linear_finds_every_line(a, b, seed):
    X, Y = polynomial((a, b), 0, 4, 5)
    W, B = parameters = linear.initialize(np.random.default_rng(seed))
    linear.train(X, Y, parameters)
    assert abs(W.item() - a) < 1e-6 and abs(B.item() - b) < 1e-6


@pytest.mark.parametrize("coefficients", [(1, 0, 15, 0), (1, 0, -15, 0), (-2, 3, 20, -7)])
def test_cubic_approximates_its_functions(coefficients):
    errors = []
    for seed in range(4):
        X, Y, Y_hat, _ = cubic.fit(coefficients, rng=np.random.default_rng(seed))
        a, b, c, d = coefficients
        exact = a * X**3 + b * X**2 + c * X + d
        assert X[0] == -5 and X[-1] == 5 and np.allclose(Y, exact, rtol=1e-12)
        errors.append(np.sqrt(np.mean((Y_hat - exact) ** 2)) / exact.std())
    assert max(errors) <= 0.01 and np.median(errors) <= 0.005


@pytest.mark.parametrize("n_hidden", [4, 6, 12, 30])
def test_cubic_learns_with_other_numbers_of_hidden_nodes(n_hidden):
    _, Y, Y_hat, _ = cubic.fit((1, 0, -15, 0), n_hidden, np.random.default_rng(0))
    assert np.sqrt(np.mean((Y_hat - Y) ** 2)) <= 0.01 * Y.std()


def test_cubic_learns_a_constant():
    _, _, Y_hat, _ = cubic.fit((0, 0, 0, 7), rng=np.random.default_rng(0), iterations=2000)
    assert np.abs(Y_hat - 7).max() < 0.01


def train_linear(rng):
    parameters = linear.initialize(rng)
    return linear.train(*polynomial((2, 3), 0, 4, 5), parameters, 20), parameters


def train_xor(rng):
    parameters = xor.initialize(2, 4, 1, rng)
    return xor.train(*truth_table("xor"), parameters, 20), parameters


def train_recognition(rng):
    data = image2x2_set(1, rng=rng)
    parameters = recognition.initialize(4, 16, 8, 4, rng)
    return recognition.train(*data, parameters, 20), parameters


def train_cubic(rng):
    parameters = cubic.initialize(8, rng)
    return cubic.train(*polynomial((1, 0, 0), -1, 1, 9), parameters, 20), parameters


def train_network(rng):
    nn = NN((3, 4, 1), rng=rng)
    losses = nn.train(*xor_3_input(), 20, batch_size=3, verbose=False, rng=rng)
    return losses, nn.weight + nn.bias


@pytest.mark.parametrize(
    "train", [train_linear, train_xor, train_recognition, train_cubic, train_network]
)
def test_the_same_seed_gives_the_same_training_and_another_seed_another(train):
    (losses, parameters), (again, parameters_again), (other, _) = (
        train(np.random.default_rng(seed)) for seed in (3, 3, 4)
    )
    assert losses == again and losses != other and len(losses) == 20
    assert all((p == q).all() for p, q in zip(parameters, parameters_again, strict=True))


def test_default_results_do_not_hang_on_the_last_bit_of_the_arithmetic():
    """Else what the README prints would hold on this machine only."""
    X, Y = polynomial((1, 0, -15, 0), -5, 5, 50)
    xor_data, curve = truth_table("xor"), (X / 5, Y / Y.std())
    for script, data, shape in (
        (xor, lambda rng: xor_data, (2, 4, 1)),
        (cubic, lambda rng: curve, (8,)),
        (recognition, lambda rng: image2x2_set(40, grey_range=0.25, rng=rng), (4, 16, 8, 4)),
    ):
        trained = []
        for factor in 1, 1 + 1e-15:
            rng = np.random.default_rng(0)
            X, Y = data(rng)
            parameters = script.initialize(*shape, rng)
            parameters[0] *= factor
            script.train(X, Y, parameters)
            trained.append(parameters)
        for p, q in zip(*trained):
            np.testing.assert_allclose(p, q, atol=1e-9)


def test_training_updates_in_place_and_reports_the_loss_before_each_update():
    X, Y = truth_table("xor")
    parameters, at_once = (xor.initialize(2, 4, 1, np.random.default_rng(0)) for _ in "ab")
    losses = []
    for _ in range(5):
        losses.append(np.mean((xor.predict(X, parameters) - Y) ** 2))
        xor.train(X, Y, parameters, 1)
    assert xor.train(X, Y, at_once, 5) == pytest.approx(losses, rel=1e-12)
    assert all((p == q).all() for p, q in zip(parameters, at_once))


@pytest.mark.parametrize("hidden", [(8, 8), (8,)])
def test_nn_learns_xor_of_three_inputs(hidden):
    X, Y = xor_3_input()
    for seed in range(3):
        functions = [None] + [tanh] * len(hidden) + [identity]
        nn = NN((3, *hidden, 1), functions, np.random.default_rng(seed))
        nn.train(X, Y, verbose=False)
        assert np.abs(nn.forward(X) - Y).max() < 0.1, f"seed {seed}"


def worked_example():
    """The 2-2-2 network whose numbers are published, with its input and its target."""
    nn = NN((2, 2, 2))
    nn.weight = [np.array([[0.15, 0.2], [0.25, 0.3]]), np.array([[0.4, 0.45], [0.5, 0.55]])]
    nn.bias = [np.full((2, 1), 0.35), np.full((2, 1), 0.6)]
    return nn, np.array([[0.05, 0.1]]), np.array([[0.01, 0.99]])


def test_nn_reproduces_the_published_worked_example():
    nn, x, y = worked_example()
    assert nn.forward(x)[0] == pytest.approx([0.75136507, 0.772928465], abs=5e-9)
    loss = nn.back_propagation(x, y, learning_rate=0.5, momentum=0)
    assert loss == pytest.approx(0.298371109, abs=5e-10)
    assert nn.weight[1][0, 0] == pytest.approx(0.35891648, abs=5e-9)
    # w6, w7, w8 and w1 … w4 of the same source
    assert nn.weight[1].ravel()[1:] == pytest.approx(
        [0.408666186, 0.511301270, 0.561370121], abs=5e-9
    )
    assert nn.weight[0].ravel() == pytest.approx(
        [0.149780716, 0.19956143, 0.24975114, 0.29950229], abs=5e-9
    )


def test_momentum_keeps_a_part_of_the_last_step():
    nn, x, y = worked_example()
    velocity = [np.zeros_like(p) for p in nn.weight + nn.bias]
    for _ in range(4):
        _, dW, dB = nn.gradients(x, y)
        velocity = [0.9 * v - 0.3 * g for v, g in zip(velocity, dW + dB)]
        expected = [p + v for p, v in zip(nn.weight + nn.bias, velocity)]
        nn.back_propagation(x, y, learning_rate=0.3, momentum=0.9)
        for p, e in zip(nn.weight + nn.bias, expected):
            np.testing.assert_allclose(p, e, rtol=1e-13)


def recorded_batches(batch_size, iterations, n=7):
    """The rows that each update of a training saw."""
    nn, seen = NN((1, 1), rng=0), []
    update = nn.back_propagation

    def record(x, y, *options):
        assert (x == y).all()
        seen.append(x[:, 0].tolist())
        return update(x, y, *options)

    nn.back_propagation = record
    x = np.arange(n)[:, None] / n
    nn.train(x, x, iterations, batch_size=batch_size, verbose=False, min_error=0, rng=1)
    return [[round(value * n) for value in rows] for rows in seen]


@pytest.mark.parametrize("batch_size", [1, 2, 3, 7])
def test_every_epoch_of_mini_batches_sees_every_sample_once_in_another_order(batch_size):
    per_epoch = -(-7 // batch_size)
    seen = recorded_batches(batch_size, 4 * per_epoch)
    assert len(seen) == 4 * per_epoch
    epochs = [sum(seen[i : i + per_epoch], []) for i in range(0, len(seen), per_epoch)]
    assert all(sorted(epoch) == list(range(7)) for epoch in epochs)
    assert len(set(map(tuple, epochs))) > 1
    assert max(map(len, seen)) == batch_size


def test_without_a_batch_size_every_update_sees_the_whole_dataset():
    assert [sorted(rows) for rows in recorded_batches(None, 3)] == [list(range(7))] * 3


def test_a_batch_of_all_samples_is_the_whole_dataset():
    X, Y = xor_3_input()
    trained = []
    for batch_size in None, 8:
        nn = NN((3, 4, 1), rng=0)
        nn.train(X, Y, 30, batch_size=batch_size, verbose=False, rng=0)
        trained.append(nn.forward(X))
    np.testing.assert_allclose(*trained, rtol=1e-10)


def test_training_stops_early_only_below_min_error():
    X, Y = xor_3_input()
    for min_error in 0.2, 0.05:
        nn = NN((3, 8, 1), [None, tanh, sigmoid], rng=0)
        losses = nn.train(X, Y, min_error=min_error, learning_rate=1, verbose=False)
        assert losses[-1] < min_error <= min(losses[:-1])
    assert len(NN((3, 2, 1), rng=0).train(X, Y, 7, verbose=False)) == 7
    assert NN((3, 2, 1), rng=0).train(X, Y, 0) == []


def test_progress_lines_come_only_when_wanted(capsys):
    X, Y = xor_3_input()
    NN((3, 2, 1), rng=0).train(X, Y, 100, verbose=False)
    assert capsys.readouterr().out == ""
    losses = NN((3, 2, 1), rng=0).train(X, Y, 100)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert lines[-1] == f"iteration 100: loss {losses[-1]:.3g}"
