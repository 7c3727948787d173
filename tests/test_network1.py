"""How NN trains; what it refuses; and a file brings back exactly the network that was saved."""

import io
import os
import pickle
from pathlib import Path

import numpy as np
import pytest

from activation import ACTIVATIONS, linear, sigmoid, tanh
from dataset import xor_2_input, xor_3_input
from network1 import NN

X, Y = xor_2_input()
NAN, INF = float("nan"), float("inf")
FUNCTIONS = [*ACTIVATIONS.values()]


def test_nn_learns_xor_of_three_inputs_without_a_spike_in_the_loss():
    for seed in range(5):
        nn = NN((3, 8, 8, 1), rng=seed)
        losses = nn.train(*xor_3_input(), verbose=False)
        assert losses[-1] < 1e-5 and (losses < 1.2 * np.minimum.accumulate(losses)).all()
        assert nn.activation == [None, tanh, tanh, linear]


def test_nn_reproduces_the_published_worked_example():
    nn, x, y = NN((2, 2, 2), [None, sigmoid, sigmoid]), [[0.05, 0.1]], [[0.01, 0.99]]
    nn.weight = [np.array([[0.15, 0.2], [0.25, 0.3]]), np.array([[0.4, 0.45], [0.5, 0.55]])]
    nn.bias = [np.full((2, 1), 0.35), np.full((2, 1), 0.6)]
    assert nn.forward(x)[0] == pytest.approx([0.75136507, 0.772928465], abs=5e-9)
    assert nn.back_propagation(x, y, 0.5) == pytest.approx(0.298371109, abs=5e-10)
    published = [0.149780716, 0.19956143, 0.24975114, 0.29950229]
    published += [0.35891648, 0.408666186, 0.511301270, 0.561370121]
    assert np.ravel(nn.weight) == pytest.approx(published, abs=5e-9)


@pytest.mark.parametrize("size, lengths", [(1, [1] * 7), (3, [3, 3, 1]), (7, [7]), (None, [7])])
def test_an_epoch_sees_all_samples_once_until_the_mean_loss_is_low(size, lengths, monkeypatch):
    nn, seen, x = NN((1, 1), rng=0), [], np.arange(7.0)[:, None]
    halves, still = 0.5 ** np.arange(1, 99), ([np.zeros((1, 1))], [np.zeros((1, 1))])
    monkeypatch.setattr(
        nn, "_gradients", lambda x, y: seen.append((x, y)) or (halves[len(seen) - 1], *still)
    )
    n = len(lengths)  # the third epoch's loss is not below the limit but at it
    losses = nn.train(x, x, 99, 0.3, 0.2, size, halves[2 * n : 3 * n].mean(), False, 1)
    assert losses == [*halves[: 4 * n]]
    assert all((x == y).all() for x, y in seen) and [len(x) for x, _ in seen] == 4 * lengths
    epochs = np.concatenate([x for x, _ in seen]).reshape(4, 7)
    assert (np.sort(epochs) == range(7)).all()
    assert len({*map(tuple, epochs)}) == (1 if n == 1 else 4)  # each in another order


def test_progress_lines_come_ten_times_and_say_how_it_ended(capsys):
    def printed(x, y, *options):
        losses = NN((2, 8, 8, 1), rng=0).train(x, y, *options)
        lines = [f"iteration {i + 1}: loss {loss:.3g}" for i, loss in enumerate(losses)]
        return lines, capsys.readouterr().out.splitlines()

    failed = ["No early end: for that the loss must be below 1e-05."]
    for x, y, n, every in (X, Y, 100, 10), (10 * X, Y, 3, 1), (X, Y, 25, 2), (X, 10 * Y, 0, 1):
        lines, out = printed(x, y, n)
        assert out == lines[every - 1 :: every] + failed
    for x, y in (-10.001 * X, Y), (X, -10.001 * Y):
        assert printed(x, y, 0)[1] == [*failed, "x or y is far beyond -1 ... 1: scale it."]
    NN((2, 1)).back_propagation(X, Y)  # prints nothing
    lines, out = printed(X, Y)
    assert out == lines[-1:] and len(lines) < 1000


@pytest.fixture
def nn():
    return NN((2, 3, 1), [None, tanh, sigmoid], np.random.default_rng(0))


def everything(nn):
    """All there is in a network, the numbers bit by bit."""
    return nn.shape, nn.activation, [p.tobytes() for p in nn.weight + nn.bias + nn.velocity]


WRONG_X = [[0, 1], [[0, 1, 1]], X.T, X[None], 3, [], [[]], np.zeros((0, 2)), [[0, NAN]]]
WRONG_X += [[[0, -INF]], [["0", "1"]], None, [[0, 1], [1]], [[1j, 0]], [[10**400, 1]]]
WRONG_Y = [Y.ravel(), Y[:3], Y[:1], Y.T, np.hstack([Y, Y]), 0, Y * NAN, Y.astype(str), None]
REFUSED = [  # the message, the call, values that it refuses
    ("^shape must be two", lambda nn, v: NN(v), [3, (3, 0, 1), (2.5, 1), "31", (10_001, 1)]),
    ("^activation must be None and 1 ", lambda nn, v: NN((2, 1), v), [[None], [tanh] * 2, 5]),
    (r"^x must .* \(samples, 2\), not |inhomog", lambda nn, v: nn.forward(v), WRONG_X),
    (r"^x must .* \(samples, 2\), not |inhomog", lambda nn, v: nn.train(v, Y), WRONG_X),
    (r"^y must be finite .* \(4, 1\)", lambda nn, v: nn.gradients(X, v), WRONG_Y),
    (r"^y must be finite .* \(4, 1\)", lambda nn, v: nn.train(X, v), WRONG_Y),
    ("iterations", lambda nn, v: nn.train(X, Y, v), [-1, 1.5, "3", None, NAN]),
    ("learning_rate", lambda nn, v: nn.train(X, Y, 1, v), [0, -1, NAN, INF]),
    ("momentum", lambda nn, v: nn.back_propagation(X, Y, 1, v), [1, -0.1, NAN]),
    ("batch_size", lambda nn, v: nn.train(X, Y, batch_size=v), [0, -1, 5, 1.5, "2"]),
    ("min_error", lambda nn, v: nn.train(X, Y, min_error=v), [-1e-9, NAN, -INF]),
    ("too large: scale x", lambda nn, v: NN((2, 1)).forward(v), [X * 1e300, X * -1e300]),
    ("too large: scale x", lambda nn, v: NN((2, 9, 1), rng=v).train(X, Y, 999, 9), range(5)),
]


@pytest.mark.parametrize("message, call, values", REFUSED)
def test_what_is_impossible_is_refused_and_changes_nothing(nn, message, call, values):
    before = everything(nn)
    for value in values:
        with pytest.raises((ValueError, FloatingPointError), match=message):
            call(nn, value)
    assert everything(nn) == before


def test_sizes_and_numbers_may_be_of_any_type_up_to_their_limits(nn):
    for x in X.tolist(), X.astype(bool), X.astype(np.float32), X.astype(">f8"):
        assert (nn.forward(x) == nn.forward(X)).all()
    assert NN((np.uint8(1), 10_000.0)).forward([[2]]).shape == (1, 10_000)
    assert (NN((2, 2, 1), [None, linear, sigmoid]).forward(X * 1e300) >= 0).all()
    assert len(nn.train(X, Y, np.int64(3), 1, 0, 2.0, 0, verbose=False)) == 3


def test_a_loaded_network_is_to_the_bit_the_saved_one(tmp_path):
    rng, file = np.random.default_rng(0), tmp_path / "a network"
    for functions in [FUNCTIONS, *rng.choice(FUNCTIONS, (20, 3))]:
        nn = NN(rng.integers(1, 4, len(functions) + 1), [None, *functions], rng)
        nn.bias = [rng.normal(size=B.shape) for B in nn.bias]
        nn.save(file)
        assert everything(NN.load(str(file))) == everything(nn)


def test_a_file_is_replaced_only_when_the_new_one_is_whole(nn, tmp_path, monkeypatch):
    file, own, broken = tmp_path / "nn.npz", NN((1, 1), [None, lambda z: z]), NN((2, 1))
    nn.save(file)
    whole = file.read_bytes()
    broken.weight[0][:] = NAN
    for wrong, message in (own, "activations must be of activation.py"), (broken, "finite"):
        with pytest.raises(ValueError, match=message):
            wrong.save(file)
    with monkeypatch.context() as patch, pytest.raises(ValueError, match="hold a network"):
        patch.setattr(np, "savez", lambda stream, **arrays: stream.write(whole[:99]))
        nn.save(file)
    for use in nn.save, NN.load:
        with pytest.raises(OSError):
            use(tmp_path)  # a folder
    assert file.read_bytes() == whole and os.listdir(tmp_path) == ["nn.npz"]


class Trap:
    """What makes a folder as soon as it is unpickled."""

    def __reduce__(self):
        return os.mkdir, ("executed",)


TRAP = np.array([Trap(), Trap()], dtype=object)
WRONG_ARRAYS = [("activation", v) for v in ("tanh", ["tanh"], ["tanh", "system"], TRAP)]
WRONG_ARRAYS += [("weight0", v) for v in (0, [[0] * 3] * 2, [[0, 0]] * 4, [["", ""]] * 3, TRAP)]
WRONG_ARRAYS += [("bias0", v) for v in (0, [0] * 3, [[0]] * 2, [[0] * 3], [[0], [0], [NAN]])]
WRONG_ARRAYS += [("weight2", [[0]])]


def test_no_other_file_is_loaded_and_nothing_in_it_is_executed(nn, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    nn.save("nn.npz")
    whole, code = Path("nn.npz").read_bytes(), pickle.dumps(Trap())
    contents = [whole[:i] for i in range(0, len(whole), 20)]
    contents += [code, b"a", b"\x93NUMPY\x01\x00", b"PK\x03\x04" + bytes(60)]
    arrays = dict(np.load(io.BytesIO(whole)))
    for name, value in WRONG_ARRAYS:
        np.savez(file := io.BytesIO(), **arrays | {name: value})
        contents.append(file.getvalue())
    for content in contents:
        Path("nn.npz").write_bytes(content)
        with pytest.raises(ValueError, match="nn.npz does not hold a network: "):
            NN.load("nn.npz")
    assert os.listdir() == ["nn.npz"]
    pickle.loads(code)
    assert len(os.listdir()) == 2  # the trap does work
