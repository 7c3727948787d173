"""How NN trains; what it refuses; and a file brings back exactly the saved weights."""

from unittest.mock import Mock

import numpy as np
import pytest

from activation import ACTIVATIONS, linear, sigmoid, tanh
from dataset import xor_2_input, xor_3_input
from network1 import NN, load

X, Y = xor_2_input()


@pytest.fixture
def nn():
    return NN((2, 3, 1), [tanh, sigmoid], np.random.default_rng(0))


def numbers(nn):
    """All numbers in a network, bit by bit."""
    return [p.tobytes() for p in nn.weight + nn.bias + nn.velocity]


def test_it_reproduces_a_published_worked_example():  # Matt Mazur's, 2015
    nn, x, y = NN((2, 2, 2), [sigmoid, sigmoid]), [[0.05, 0.1]], [[0.01, 0.99]]
    nn.weight = [np.array([[0.15, 0.2], [0.25, 0.3]]), np.array([[0.4, 0.45], [0.5, 0.55]])]
    nn.bias = [np.full((2, 1), 0.35), np.full((2, 1), 0.6)]
    assert nn.forward(x)[0] == pytest.approx([0.75136507, 0.772928465], abs=5e-9)
    assert nn.back_propagation(x, y, 0.5) == pytest.approx(0.298371109, abs=5e-10)
    published = [0.149780716, 0.19956143, 0.24975114, 0.29950229]
    published += [0.35891648, 0.408666186, 0.511301270, 0.561370121]
    assert np.ravel(nn.weight) == pytest.approx(published, abs=5e-9)


def test_activations_are_one_a_layer_with_or_without_a_none_for_the_inputs():
    for given in [tanh, sigmoid], [None, tanh, sigmoid], (tanh, sigmoid):
        assert NN((2, 3, 1), given).activation == [tanh, sigmoid]
    assert NN((2, 1), linear).activation == [linear]
    assert NN((2, 3, 4, 1)).activation == [tanh, tanh, linear]


def test_it_learns_xor_of_three_inputs_from_five_seeds_without_a_spike_in_the_loss():
    for seed in range(5):
        losses = NN((3, 8, 8, 1), rng=seed).train(*xor_3_input(), verbose=False)
        assert losses[-1] < 1e-5 and (losses < 1.2 * np.minimum.accumulate(losses)).all()


def test_a_step_is_momentum_times_the_last_minus_rate_times_the_gradient(nn):
    steps = [np.zeros_like(p) for p in nn.weight + nn.bias]
    for _ in range(3):
        before = [p.copy() for p in nn.weight + nn.bias]
        loss, dW, dB = nn.gradients(X, Y)
        assert nn.back_propagation(X, Y) == loss
        steps = [0.5 * step - 0.05 * g for step, g in zip(steps, dW + dB)]
        for p, old, step in zip(nn.weight + nn.bias, before, steps, strict=True):
            np.testing.assert_allclose(p, old + step, rtol=1e-12)


def test_training_is_one_back_propagation_after_the_other_in_one_go_or_in_pieces():
    whole, pieces, steps = (NN((2, 3, 1), rng=0) for _ in range(3))
    losses = whole.train(X, Y, 20, 0.1, 0.8, verbose=False)
    in_pieces = [pieces.train(X, Y, 5, 0.1, 0.8, verbose=False) for _ in range(4)]
    assert sum(in_pieces, []) == losses
    assert [steps.back_propagation(X, Y, 0.1, 0.8) for _ in range(20)] == losses
    assert numbers(whole) == numbers(pieces) == numbers(steps)


@pytest.fixture
def batches(nn, monkeypatch):
    """The inputs of each update, which is noted, not done; the losses are 1/2, 1/4, 1/8 ..."""
    seen = []

    def note(x, y, learning_rate, momentum):
        assert np.array_equal(x[:, :1], y)
        seen.append(x[:, 0].tolist())
        return 0.5 ** len(seen)

    monkeypatch.setattr(nn, "back_propagation", note)
    return seen


@pytest.mark.parametrize("size, lengths", [(1, [1] * 7), (4, [4, 3]), (7, [7]), (None, [7])])
def test_each_epoch_sees_all_samples_once_in_another_order(nn, batches, size, lengths):
    x = np.repeat(np.arange(7.0)[:, None], 2, axis=1)
    nn.train(x, x[:, :1], 4 * len(lengths), batch_size=size, min_error=0, verbose=False, rng=1)
    assert [len(batch) for batch in batches] == 4 * lengths
    epochs = np.reshape(sum(batches, []), (4, 7))
    assert (np.sort(epochs) == range(7)).all()
    if len(lengths) > 1:
        assert len({*map(tuple, epochs)}) == 4


def test_training_ends_after_an_epoch_with_a_mean_loss_below_the_limit(nn, batches):
    x = np.ones((4, 2))
    third_epoch = (0.5**5 + 0.5**6) / 2
    losses = nn.train(x, x[:, :1], 99, batch_size=2, min_error=third_epoch, verbose=False)
    assert losses == [0.5**i for i in range(1, 9)]  # the third is at the limit, not below


PROGRESS = [(100, range(10, 101, 10)), (25, [*range(2, 25, 2), 25]), (10_000, None)]


@pytest.mark.parametrize("iterations, lines", PROGRESS)
def test_each_tenth_of_the_iterations_and_the_last_are_printed(iterations, lines, capsys):
    losses = NN((2, 8, 8, 1), rng=0).train(X, Y, iterations)
    lines = lines or [len(losses)]  # learned before the first of the ten
    expected = [f"iteration {n}: loss {losses[n - 1]:.3g}" for n in lines]
    assert capsys.readouterr().out.splitlines() == expected


@pytest.mark.parametrize("factor", [-10.01, 10.01, 0.099, -0.0001])
def test_data_too_large_or_too_small_is_warned_of(nn, factor):
    for name, x, y in ("x", factor * X, Y), ("y", X, factor * Y):
        with pytest.warns(UserWarning, match=rf"^scale {name} to -1 ... 1, not ") as warned:
            nn.train(x, y, 0, verbose=False)
        assert warned[0].filename == __file__  # the reader's line, not network1.py


def test_data_near_enough_or_all_zero_or_of_one_sample_is_not_warned_of(nn):
    for x, y in (10 * X, -10 * Y), (0.1 * X, 0.1 * Y), (0 * X, 0 * Y), ([[0.05, 0]], [[0.01]]):
        nn.train(x, y, 1, verbose=False)  # a warning would end the test


UNFIT = [  # the message, and an x and y that get it
    (r"x must have shape \(samples, 2\), not \(2,\)", [0, 1], [[1]]),
    (r"x must have shape \(samples, 2\), not \(1, 4, 2\)", X[None], Y),
    (r"y must have shape \(4, 1\), not \(3, 1\)", X, Y[:3]),
    ("must not contain infs or NaNs", X, [[np.nan]] * 4),
]


@pytest.mark.parametrize("message, x, y", UNFIT)
def test_unfit_data_is_refused_with_what_is_wrong_and_changes_nothing(nn, message, x, y):
    before = numbers(nn)
    for use in nn.gradients, nn.back_propagation, nn.train:
        with pytest.raises(ValueError, match=message):
            use(x, y)
    assert numbers(nn) == before


def test_a_shape_is_two_or_more_whole_numbers_and_has_a_function_for_each_layer():
    assert NN(np.array([1, 10_000])).forward([[2]]).shape == (1, 10_000)
    for shape in 3, (3,), (3, 0, 1), (2.5, 1), "31", (10_001, 1), (2, np.nan):
        with pytest.raises(ValueError, match="two or more numbers from 1 to 10000, not "):
            NN(shape)
    for given in [], [None], [tanh], [tanh] * 3, "tanh", [tanh, "tanh"]:
        with pytest.raises(ValueError, match="activation must be 2 functions, as tanh, not "):
            NN((2, 3, 1), given)


def test_numbers_that_grow_too_large_end_in_words_and_not_in_a_warning_of_numpy():
    NN((2, 2, 1), [linear, sigmoid], 0).forward(X * 1e300)  # its output isn't large
    for factor in 1e300, -1.7e308:
        with pytest.raises(FloatingPointError, match="scale the data or lower the rate"):
            NN((2, 1), rng=3).forward(factor * X)
    for seed in range(5):
        with pytest.raises(FloatingPointError, match="scale the data or lower the rate"):
            NN((2, 9, 1), rng=seed).train(X, Y, 999, 9, verbose=False)


def test_a_loaded_network_has_to_the_bit_the_saved_weights(tmp_path):
    rng, functions = np.random.default_rng(0), [*ACTIVATIONS.values()]
    for activation in [functions, *rng.choice(functions, (20, 3))]:
        nn = NN(rng.integers(1, 4, len(activation) + 1), activation, rng)
        nn.bias = [rng.normal(size=B.shape) for B in nn.bias]
        nn.save(tmp_path / "nn.npz")
        loaded = load(tmp_path / "nn.npz")
        assert numbers(loaded) == numbers(nn)
        assert (loaded.shape, loaded.activation) == (nn.shape, nn.activation)


def test_an_older_file_stays_until_the_new_one_is_whole(nn, tmp_path, monkeypatch):
    for network in nn, NN((2, 2)):
        network.save(tmp_path / "nn.npz")
    with pytest.raises(ValueError, match="all activations must be of activation.py"):
        NN((2, 1), lambda z: z).save(tmp_path / "nn.npz")
    monkeypatch.setattr(np, "savez", Mock(side_effect=OSError("no space left")))
    with pytest.raises(OSError, match="no space left"):
        nn.save(tmp_path / "nn.npz")
    assert load(tmp_path / "nn.npz").shape == (2, 2)


def test_a_file_with_pickled_objects_which_could_run_anything_is_refused(nn, tmp_path):
    np.savez(tmp_path / "nn.npz", activation=np.array([nn, nn], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        load(tmp_path / "nn.npz")
