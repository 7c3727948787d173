"""How NN trains; what it refuses; and a file brings back exactly the network that was saved."""

import io
import os
import pickle
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from activation import ACTIVATIONS, linear, sigmoid, tanh
from dataset import xor_2_input, xor_3_input
from network1 import NN

X, Y = xor_2_input()
X3, Y3 = xor_3_input()
NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize("hidden", [(8, 8), (8,)])
def test_nn_learns_xor_of_three_inputs_without_a_spike_in_the_loss(hidden):
    for seed in range(3):
        nn = NN((3, *hidden, 1), rng=seed)
        assert nn.activation == [None] + [tanh] * len(hidden) + [linear]
        losses = nn.train(X3, Y3, verbose=False)
        assert np.abs(nn.forward(X3) - Y3).max() < 0.1 and losses[-1] < 1e-5
        assert (losses < 1.2 * np.minimum.accumulate(losses)).all()


def test_nn_reproduces_the_published_worked_example():
    nn = NN((2, 2, 2), [None, sigmoid, sigmoid])
    nn.weight = [np.array([[0.15, 0.2], [0.25, 0.3]]), np.array([[0.4, 0.45], [0.5, 0.55]])]
    nn.bias = [np.full((2, 1), 0.35), np.full((2, 1), 0.6)]
    x, y = np.array([[0.05, 0.1]]), np.array([[0.01, 0.99]])
    assert nn.forward(x)[0] == pytest.approx([0.75136507, 0.772928465], abs=5e-9)
    loss = nn.back_propagation(x, y, learning_rate=0.5, momentum=0)
    assert loss == pytest.approx(0.298371109, abs=5e-10)
    weights = [0.149780716, 0.19956143, 0.24975114, 0.29950229]
    weights += [0.35891648, 0.408666186, 0.511301270, 0.561370121]
    assert np.ravel(nn.weight) == pytest.approx(weights, abs=5e-9)


def test_back_propagation_is_an_iteration_of_train():
    one, other = NN((3, 4, 1), rng=0), NN((3, 4, 1), rng=0)
    losses = [one.back_propagation(X3, Y3, 0.3, 0.9) for _ in range(4)]
    assert losses == other.train(X3, Y3, 4, 0.3, 0.9, verbose=False)


@pytest.mark.parametrize(
    "size, lengths", [(1, [1] * 7), (3, [3, 3, 1]), (7, [7]), (None, [7])]
)
def test_every_epoch_sees_every_sample_once_in_another_order(size, lengths, monkeypatch):
    nn, seen, x = NN((1, 1), rng=0), [], np.arange(7.0)[:, None]
    still = 1, [np.zeros((1, 1))], [np.zeros((1, 1))]
    monkeypatch.setattr(nn, "_gradients", lambda x, y: seen.append((x, y)) or still)
    assert nn.train(x, x, 4 * len(lengths), 0.3, 0.2, size, 0.9, False, 1) == [1] * len(seen)
    assert all((x == y).all() for x, y in seen) and [len(x) for x, _ in seen] == 4 * lengths
    epochs = np.concatenate([x for x, _ in seen]).reshape(4, 7)
    assert (np.sort(epochs) == range(7)).all()
    assert len({*map(tuple, epochs)}) == (1 if lengths == [7] else 4)


@pytest.mark.parametrize("batch_size", [None, 8, 4, 3])
def test_training_stops_after_the_first_epoch_whose_mean_loss_is_below_min_error(batch_size):
    options = {"batch_size": batch_size, "learning_rate": 0.1, "verbose": False, "rng": 0}
    all_losses = NN((3, 8, 1), rng=0).train(X3, Y3, 2400, min_error=0, **options)
    losses = NN((3, 8, 1), rng=0).train(X3, Y3, 2400, min_error=0.02, **options)
    epochs = np.reshape(all_losses, (-1, -(-8 // (batch_size or 8))))
    n = np.argmax(epochs.mean(axis=1) < 0.02) + 1
    assert 1 < n < len(epochs) - 1 and losses == epochs[:n].ravel().tolist()


def test_progress_lines_come_ten_times_and_say_how_it_ended(capsys):
    def printed(scale, *options, **more):
        losses = NN((3, 8, 8, 1), rng=0).train(X3, scale * Y3, *options, **more)
        lines = [f"iteration {i + 1}: loss {loss:.3g}" for i, loss in enumerate(losses)]
        return lines, capsys.readouterr().out.splitlines()

    NN((3, 1)).back_propagation(X3, Y3)
    assert printed(1, 100, verbose=False)[1] == []
    failed = ["No early end: for that the loss must be below 1e-05."]
    for scale, n, every in (1, 100, 10), (10, 3, 1), (1, 25, 2), (1, 0, 1):
        lines, out = printed(scale, n)
        assert out == lines[every - 1 :: every] + failed
    assert printed(-10.001, 0)[1] == [*failed, "x or y is far beyond -1 ... 1: scale it."]
    lines, out = printed(1)
    assert out == lines[-1:] and len(lines) < 1000


@pytest.fixture
def nn():
    return NN((2, 3, 1), [None, tanh, sigmoid], np.random.default_rng(0))


def everything(nn):
    """All numbers of a network, bit by bit."""
    return [(p.shape, p.tobytes()) for p in nn.weight + nn.bias + nn.velocity]


WRONG_X = [[0, 1], [[0]], [[0, 1, 1]], X.T, X[None], 3, [], [[]], np.zeros((0, 2)), [[0, NAN]]]
WRONG_X += [[[0, -INF]], [["0", "1"]], None, [[0, 1], [1]], [[1j, 0]], [[10**400, 1]]]
WRONG_Y = [Y.ravel(), Y[:3], Y[:1], Y.T, np.hstack([Y, Y]), 0, Y * NAN, Y.astype(str), None]
Y_MUST = r"^y must be finite numbers in shape \(4, 1\), not "
REFUSED = [  # the message, the call, values that it refuses
    (
        "^shape (must be two or more numbers from 1 to 10000, not |after)",
        lambda nn, shape: NN(shape),
        [(), 3, (3,), (3, 0, 1), (2.5, 1), (NAN, 1), "31", None, (None, 1), ((2, 1), (3,))]
        + [(10_001, 1)],
    ),
    (
        "^activation must be None and 1 functions, not ",
        lambda nn, functions: NN((2, 1), functions),
        [[], [None], [sigmoid], [sigmoid, sigmoid], [None, sigmoid, sigmoid], sigmoid]
        + [[None, "sigmoid"]],
    ),
    (r"^x must .* \(samples, 2\), not |inhomogeneous", lambda nn, x: nn.forward(x), WRONG_X),
    (r"^x must .* \(samples, 2\), not |inhomogeneous", lambda nn, x: nn.train(x, Y), WRONG_X),
    (Y_MUST, lambda nn, y: nn.gradients(X, y), WRONG_Y),
    (Y_MUST, lambda nn, y: nn.train(X, y), WRONG_Y),
    ("iterations", lambda nn, n: nn.train(X, Y, n), [-1, 1.5, "3", None, NAN]),
    ("learning_rate", lambda nn, a: nn.train(X, Y, 1, a), [0, -1, NAN, INF]),
    ("momentum", lambda nn, m: nn.back_propagation(X, Y, 1, m), [1, -0.1, 2, NAN, INF]),
    ("batch_size", lambda nn, n: nn.train(X, Y, batch_size=n), [0, -1, 5, 1.5, "2"]),
    ("min_error", lambda nn, e: nn.train(X, Y, min_error=e), [-1e-9, NAN, -INF]),
]


@pytest.mark.parametrize("message, call, values", REFUSED)
def test_what_is_impossible_is_refused_and_changes_nothing(nn, message, call, values):
    before = everything(nn)
    for value in values:
        with pytest.raises(ValueError, match=message):
            call(nn, value)
    assert everything(nn) == before


def test_sizes_and_numbers_may_be_of_any_type_up_to_their_limits(nn):
    expected = nn.forward(X)
    for x in X.tolist(), X.astype(int), X.astype(bool), X.astype(np.float32), X.astype(">f8"):
        assert (nn.forward(x) == expected).all()
    for number in int, float, np.int64, np.uint8:
        assert NN((number(2), number(1))).forward(X).shape == (4, 1)
        assert len(nn.train(X, Y, 3, batch_size=number(2), verbose=False)) == 3
    assert NN((1, 10_000)).forward([[2.0]]).shape == (1, 10_000)
    assert len(nn.train(X, Y, np.int64(2), momentum=0, verbose=False)) == 2


@pytest.mark.parametrize(
    "name, rate", [("relu", 1e200), ("linear", 10), ("softplus", 1e300), ("elu", 1e306)]
)
def test_divergence_raises_and_does_not_warn(name, rate):
    nn = NN((2, 4, 1), [None, ACTIVATIONS[name], linear], 0)
    with pytest.raises(FloatingPointError, match="scale x and y .*lower the learning_rate"):
        nn.train(X, Y, learning_rate=rate, verbose=False)
    with pytest.raises(FloatingPointError, match="too large"):
        nn.gradients(X * 1e308, Y - 1e308)
    nn.weight = [np.full((4, 2), 1.0), np.full((1, 4), 1e308)]
    with pytest.raises(FloatingPointError, match="too large"):
        nn.forward(X)


@settings(max_examples=150)
@given(st.data())
def test_random_use_raises_nothing_but_the_documented_errors(data):
    numbers = st.floats() | st.integers(-9, 9) | st.sampled_from([1e308, 1e160, -1e308])
    shape = data.draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    names = data.draw(st.lists(st.sampled_from([*ACTIVATIONS]), max_size=4))
    x_shapes = st.tuples(st.integers(1, 4), st.just(shape[0])) | array_shapes(max_dims=3)
    x = data.draw(arrays(float, x_shapes, elements=numbers.map(float)))
    y = data.draw(arrays(float, (len(x), shape[-1]), elements=numbers.map(float)))
    options = {"learning_rate": numbers, "momentum": st.floats(0, 0.999) | numbers}
    options |= {"batch_size": st.integers(-1, 5), "min_error": numbers}
    options = data.draw(st.fixed_dictionaries({}, optional=options))
    try:
        nn = NN(shape, [None, *(ACTIVATIONS[name] for name in names)] if names else None, 0)
        losses = nn.train(x, y, 5, verbose=False, **options)
        assert len(losses) <= 5 and np.isfinite(losses).all()
        assert nn.forward(x).shape == y.shape
    except (ValueError, FloatingPointError):
        pass


@pytest.mark.parametrize("seed", range(30))
def test_a_loaded_network_is_to_the_bit_the_saved_one(seed, tmp_path):
    rng = np.random.default_rng(seed)
    functions = [*ACTIVATIONS.values()] if not seed else rng.choice([*ACTIVATIONS.values()], 3)
    shape = rng.integers(1, 6, len(functions) + 1) if seed % 3 else [2] * (len(functions) + 1)
    nn = NN(shape, [None, *functions], rng)
    for B in nn.bias:
        B += rng.normal(0, 1, B.shape)
    nn.save(tmp_path / "a network")
    loaded = NN.load(str(tmp_path / "a network"))
    assert loaded.shape == nn.shape and loaded.activation == nn.activation
    assert everything(loaded) == everything(nn)
    x, y = np.ones((5, shape[0])), np.ones((5, shape[-1]))
    assert loaded.train(x, y, 2, 1e-9, verbose=False) == nn.train(x, y, 2, 1e-9, verbose=False)


@pytest.fixture
def saved(nn, tmp_path):
    nn.save(tmp_path / "nn.npz")
    return tmp_path / "nn.npz"


def test_a_file_is_replaced_only_when_the_new_one_is_whole(nn, saved, monkeypatch):
    whole = saved.read_bytes()
    own, broken = NN((1, 1), [None, lambda z, derivative=False: z]), NN((2, 1))
    broken.weight[0][0, 0] = NAN
    for wrong, message in (own, "activations must be of activation.py"), (broken, "finite"):
        with pytest.raises(ValueError, match=message):
            wrong.save(saved)

    def full(stream, **arrays):
        stream.write(whole[:99])
        raise OSError("No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(np, "savez", full)
        nn.save(saved)
    for folder in saved.parent, saved.parent / "no folder" / "nn.npz":
        for use in nn.save, NN.load:
            with pytest.raises(OSError):
                use(folder)
    assert saved.read_bytes() == whole and os.listdir(saved.parent) == ["nn.npz"]
    NN((5, 1)).save(saved)
    assert NN.load(saved).shape == (5, 1)


class Trap:
    """What makes a folder as soon as it is unpickled."""

    folder = ""

    def __reduce__(self):
        return os.mkdir, (self.folder,)


TRAP = np.array([Trap(), Trap()], dtype=object)
WRONG_ARRAYS = [  # None takes an array out
    *({name: None} for name in ("activation", "weight1", "bias0")),
    *({"weight0": np.zeros(shape)} for shape in [(), 6, (2, 3), (4, 2), (3, 2, 1), (0, 2)]),
    *({"bias0": np.zeros(shape)} for shape in [(), 3, (4, 1), (1, 3)]),
    *({"activation": names} for names in ["tanh", ["tanh"], ["tanh"] * 3, ["tanh", "system"]]),
    {"weight2": np.zeros((1, 1))},
    {"bias0": np.full((3, 1), NAN)},
    {"weight0": np.full((3, 2), "a")},
    {"activation": TRAP},
    {"weight0": TRAP},
]


def test_files_that_hold_no_network_are_refused_and_nothing_in_them_is_executed(
    saved, monkeypatch
):
    executed = saved.with_name("executed")
    monkeypatch.setattr(Trap, "folder", str(executed))
    whole, code, zipped = saved.read_bytes(), pickle.dumps(Trap()), io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("activation.npy", code)
    contents = [code, zipped.getvalue(), b"a", b"\x93NUMPY\x01\x00", b"PK\x03\x04" + bytes(60)]
    contents += [whole[:i] for i in range(0, len(whole), 20)]
    with np.load(saved) as data:
        for changes in WRONG_ARRAYS:
            file = io.BytesIO()
            changed = {**data, **changes}
            np.savez(file, **{name: a for name, a in changed.items() if a is not None})
            contents.append(file.getvalue())
    for content in contents:
        saved.write_bytes(content)
        with pytest.raises(ValueError, match="nn.npz does not hold a network: "):
            NN.load(saved)
    assert not executed.exists()
    pickle.loads(code)
    assert executed.exists()  # the trap does work
