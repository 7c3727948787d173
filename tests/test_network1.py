"""NN refuses what can't be right, and a file brings back exactly the network that was saved."""

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
from dataset import xor_2_input
from network1 import NN

X, Y = xor_2_input()
NAMES = st.lists(st.sampled_from(sorted(ACTIVATIONS)), max_size=4)
NAN, INF = float("nan"), float("inf")
refused = pytest.raises(ValueError, match="does not hold a network: ")


@pytest.fixture
def nn():
    return NN((2, 3, 1), [None, tanh, sigmoid], np.random.default_rng(0))


@pytest.fixture
def saved(nn, tmp_path):
    nn.save(tmp_path / "nn.npz")
    return tmp_path / "nn.npz"


def everything(nn):
    """All numbers of a network, bit by bit."""
    return [(p.shape, p.tobytes()) for p in nn.weight + nn.bias + nn.velocity]


SHAPES = [(), 3, (3,), (3, 0, 1), (3, -1), (2.5, 1), (NAN, 1), (INF, 1), "31", ("a", "b"), None]
SHAPES += [(None, 1), ((2, 1), (3,)), (10_001, 1), {"a": 1}]
FUNCTIONS = [[], [None], [sigmoid], [sigmoid, sigmoid], [None, sigmoid, sigmoid], sigmoid, 5]
FUNCTIONS += ["sigmoid", [None, "sigmoid"], [None, 5]]


def test_impossible_shapes_and_activations_are_refused():
    for shape in SHAPES:
        with pytest.raises(ValueError, match="shape (must be two or more .* not|after)"):
            NN(shape)
    for functions in FUNCTIONS:
        with pytest.raises(ValueError, match="activation must be None and 1 functions, not"):
            NN((2, 1), functions)


WRONG_X = [[0, 1], [[0]], [[0, 1, 1]], X.T, X[None], 3, [], [[]], np.zeros((0, 2)), [[0, NAN]]]
WRONG_X += [[[0, -INF]], [["0", "1"]], "text", None, [[0, 1], [1]], [[1j, 0]], [[None, 1]]]
WRONG_X += [np.zeros((1, 2), "M8[D]"), [[10**400, 1]]]
WRONG_Y = [Y.ravel(), Y[:3], Y[:1], Y.T, np.hstack([Y, Y]), 0, Y * NAN, Y.astype(str), None, []]


def test_impossible_arrays_are_refused_and_change_nothing(nn):
    before = everything(nn)
    calls = nn.gradients, nn.back_propagation, nn.train
    for x in WRONG_X:
        with pytest.raises(ValueError):
            nn.forward(x)
        for call in calls:
            with pytest.raises(ValueError):
                call(x, np.zeros((len(x) if hasattr(x, "__len__") else 1, 1)))
    for y in WRONG_Y:
        for call in calls:
            with pytest.raises(
                ValueError, match=r"^y must be finite numbers in shape \(4, 1\)"
            ):
                call(X, y)
    with pytest.raises(ValueError, match=r"^x must .*shape \(samples, 2\), not \(4, 3\)"):
        nn.forward(np.zeros((4, 3)))
    assert everything(nn) == before


@pytest.mark.parametrize(
    "name, values",
    [("iterations", [-1, 1.5, "3", None, NAN]), ("batch_size", [0, -1, 5, 1.5, "2"])]
    + [("min_error", [-1e-9, NAN, -INF])]
    + [("learning_rate", [0, -1, NAN, INF, -INF]), ("momentum", [1, -0.1, 2, NAN, INF])],
)
def test_impossible_options_are_refused_and_change_nothing(nn, name, values):
    before = everything(nn)
    for value in values:
        calls = [nn.train] + [nn.back_propagation] * (name in ("learning_rate", "momentum"))
        for call in calls:
            with pytest.raises(ValueError, match=name):
                call(X, Y, **{name: value})
    assert everything(nn) == before


def test_sizes_and_numbers_may_be_of_any_type_up_to_their_limits(nn):
    expected = nn.forward(X)
    for x in (X.tolist(), X.astype(int), X.astype(bool), X.astype(np.float32), X.astype(">f8")):
        assert (nn.forward(x) == expected).all()
    for number in (int, float, np.int64, np.uint8):
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
    nn = NN((2, 4, 1), nn.activation, 0)
    nn.weight[0][:], nn.weight[1][:] = 1, 1e308
    with pytest.raises(FloatingPointError, match="too large"):
        nn.forward(X)


@settings(max_examples=200)
@given(st.lists(st.integers(1, 4), min_size=2, max_size=4), NAMES, st.data())
def test_random_use_raises_nothing_but_the_documented_errors(shape, names, data):
    numbers = st.floats() | st.integers(-9, 9) | st.sampled_from([1e308, 1e160, -1e308])
    fitting = st.tuples(st.integers(1, 4), st.just(shape[0]))
    x_shape = data.draw(fitting | array_shapes(max_dims=3, max_side=4))
    x = data.draw(arrays(float, x_shape, elements=numbers.map(float)))
    y = data.draw(arrays(float, (len(x), shape[-1]), elements=numbers.map(float)))
    options = {"learning_rate": numbers, "momentum": st.floats(0, 0.999) | numbers}
    options |= {"batch_size": st.integers(-1, 5), "min_error": numbers}
    options = data.draw(st.fixed_dictionaries({}, optional=options))
    functions = [None] + [ACTIVATIONS[name] for name in names] if names else None
    try:
        nn = NN(shape, functions, 0)
        losses = nn.train(x, y, 5, verbose=False, **options)
        assert len(losses) <= 5 and np.isfinite(losses).all()
        assert nn.forward(x).shape == (len(x), shape[-1])
    except (ValueError, FloatingPointError):
        pass


@settings(max_examples=50)
@given(NAMES.filter(len) | st.just([*ACTIVATIONS]), st.integers(0, 99), st.booleans())
def test_a_loaded_network_is_to_the_bit_the_saved_one(tmp_path_factory, names, seed, equal):
    rng = np.random.default_rng(seed)
    shape = [2] * (len(names) + 1) if equal else rng.integers(1, 6, len(names) + 1)
    nn = NN(shape, [None] + [ACTIVATIONS[name] for name in names], rng)
    for B in nn.bias:
        B += rng.normal(0, 1, B.shape)
    file = tmp_path_factory.mktemp("a folder") / "a network"
    nn.save(file)
    loaded = NN.load(str(file))
    assert loaded.shape == nn.shape and loaded.activation == nn.activation
    assert everything(loaded) == everything(nn)
    x, y = rng.normal(0, 3, (5, shape[0])), rng.normal(0, 3, (5, shape[-1]))
    assert loaded.forward(x).tobytes() == nn.forward(x).tobytes()
    assert len(loaded.train(x, y, 2, 1e-9, verbose=False)) == 2


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

    with monkeypatch.context() as patch:
        patch.setattr(np, "savez", full)
        with pytest.raises(OSError, match="No space"):
            NN((5, 1)).save(saved)
    for folder in saved.parent, saved.parent / "no folder" / "nn.npz":
        for use in nn.save, NN.load:
            with pytest.raises(OSError):
                use(folder)
    assert saved.read_bytes() == whole and os.listdir(saved.parent) == ["nn.npz"]
    NN((5, 1)).save(saved)
    assert NN.load(saved).shape == (5, 1)


def test_files_that_are_cut_or_have_a_flipped_bit_are_refused_or_load_unchanged(nn, saved):
    whole = saved.read_bytes()
    for i in range(0, len(whole), 5):
        saved.write_bytes(whole[:i])
        with refused:
            NN.load(saved)
        saved.write_bytes(whole[:i] + bytes([whole[i] ^ 1 << i % 8]) + whole[i + 1 :])
        try:
            loaded = NN.load(saved)
            assert loaded.activation == nn.activation and everything(loaded) == everything(nn)
        except ValueError:
            pass


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
    *({"activation": names} for names in ["tanh", [], ["tanh"], ["tanh"] * 3, [1, 2]]),
    {"activation": ["tanh", "system"]},
    {"weight2": np.zeros((1, 1))},
    {"weight0": np.zeros((0, 2)), "bias0": np.zeros((0, 1))},
    {"bias0": np.full((3, 1), NAN)},
    {"weight0": np.full((3, 2), "a")},
    {"weight0": np.zeros((3, 2), complex)},
    {"activation": TRAP},
    {"weight0": TRAP},
]


def test_files_that_hold_no_network_are_refused_and_nothing_in_them_is_executed(
    saved, monkeypatch
):
    executed = saved.with_name("executed")
    monkeypatch.setattr(Trap, "folder", str(executed))
    with np.load(saved) as data:
        for changes in WRONG_ARRAYS:
            changed = {name: a for name, a in {**data, **changes}.items() if a is not None}
            np.savez(saved.with_name("wrong.npz"), **changed)
            with pytest.raises(ValueError, match="wrong.npz does not hold a network: "):
                NN.load(saved.with_name("wrong.npz"))
    code, npy, zipped = pickle.dumps(Trap()), io.BytesIO(), io.BytesIO()
    np.save(npy, TRAP)
    with zipfile.ZipFile(zipped, "w") as archive:
        for name in "activation", "activation.npy", "weight0.npy":
            archive.writestr(name, code)
    foreign = [code, npy.getvalue(), zipped.getvalue(), b"", b"a", b"\x93NUMPY\x01\x00"]
    for content in [*foreign, b"PK" + code, b"PK\x03\x04" + bytes(60)]:
        saved.write_bytes(content)
        with refused:
            NN.load(saved)
    assert not executed.exists()
    pickle.loads(code)
    assert executed.exists()  # the trap does work
