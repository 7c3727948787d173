"""NN refuses what can't be right, and a file brings back exactly the network that was saved."""

import io
import os
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from activation import ACTIVATIONS, sigmoid, tanh
from dataset import xor_2_input
from network1 import NN

X, Y = xor_2_input()
NAMES = st.lists(st.sampled_from(sorted(ACTIVATIONS)), max_size=4)
DOCUMENTED = ValueError, FloatingPointError, OSError


@pytest.fixture
def nn():
    return NN((2, 3, 1), [None, tanh, sigmoid], np.random.default_rng(0))


@pytest.fixture
def saved(nn, tmp_path):
    nn.save(tmp_path / "nn.npz")
    return tmp_path / "nn.npz"


def everything(nn):
    """A copy of all numbers of a network."""
    return [p.copy() for p in nn.weight + nn.bias + nn.velocity]


def test_the_layers_have_the_shapes_that_are_documented():
    nn = NN((2, 5, 3))
    assert [W.shape for W in nn.weight] == [(5, 2), (3, 5)]
    assert [B.shape for B in nn.bias] == [(5, 1), (3, 1)]
    assert nn.activation == [None, sigmoid, sigmoid]
    assert nn.forward(np.zeros((7, 2))).shape == (7, 3)


@pytest.mark.parametrize(
    "shape",
    [
        (),
        3,
        (3,),
        (3, 0, 1),
        (3, -1),
        (2.5, 1),
        (np.nan, 1),
        (np.inf, 1),
        "31",
        ("a", "b"),
        None,
    ]
    + [(None, 1), ((2, 1), (3,)), (10**30, 1), {"a": 1}],
    ids=str,
)
def test_impossible_shapes_are_refused(shape):
    with pytest.raises(ValueError):
        NN(shape)


@pytest.mark.parametrize("shape", [(3,), (3, 0, 1), (2, -1), (2.5, 1)], ids=str)
def test_the_refusal_of_a_shape_says_what_was_expected_and_what_came(shape):
    with pytest.raises(
        ValueError, match="shape must be two or more .*numbers from 1"
    ) as refusal:
        NN(shape)
    assert str(shape) in str(refusal.value)


@pytest.mark.parametrize(
    "activation",
    [[], [None], [sigmoid], [sigmoid, sigmoid], [None, sigmoid, sigmoid], sigmoid, "sigmoid"]
    + [[None, "sigmoid"], [None, 5], 5],
    ids=lambda a: str(a)[:30],
)
def test_activations_that_do_not_fit_the_shape_are_refused(activation):
    with pytest.raises(ValueError, match="activation must be None and 1 functions, not"):
        NN((2, 1), activation)


WRONG_INPUTS = {
    "one-dimensional": [0, 1],
    "one column too few": [[0]],
    "one column too many": [[0, 1, 1]],
    "transposed": X.T,
    "three-dimensional": X[None],
    "a number": 3,
    "empty": [],
    "no columns": [[]],
    "no rows": np.zeros((0, 2)),
    "nan": [[0, np.nan]],
    "inf": [[0, -np.inf]],
    "text": [["0", "1"]],
    "a word": "text",
    "None": None,
    "ragged": [[0, 1], [1]],
    "complex": [[1j, 0]],
    "objects": [[None, 1]],
    "dates": np.zeros((1, 2), "M8[D]"),
    "beyond float": [[10**400, 1]],
}


@pytest.mark.parametrize("x", WRONG_INPUTS.values(), ids=WRONG_INPUTS)
def test_impossible_inputs_are_refused_and_change_nothing(nn, x):
    before = everything(nn)
    with pytest.raises(ValueError):
        nn.forward(x)
    y = np.zeros((len(x) if hasattr(x, "__len__") else 1, 1))
    for call in nn.gradients, nn.back_propagation, nn.train:
        with pytest.raises(ValueError):
            call(x, y)
    assert all((p == b).all() for p, b in zip(everything(nn), before))


@pytest.mark.parametrize(
    "y",
    [Y.ravel(), Y[:3], Y[:1], Y.T, np.hstack([Y, Y]), 0, Y * np.nan, Y.astype(str), None, []],
    ids=lambda y: f"{np.shape(y)} {np.asarray(y).dtype}",
)
def test_impossible_outputs_are_refused_and_never_broadcast(nn, y):
    before = everything(nn)
    for call in nn.gradients, nn.back_propagation, nn.train:
        with pytest.raises(ValueError, match="^y must"):
            call(X, y)
    assert all((p == b).all() for p, b in zip(everything(nn), before))


def test_the_refusal_of_an_array_says_what_was_expected_and_what_came(nn):
    with pytest.raises(ValueError, match=r"x must have shape \(samples, 2\), not \(4, 3\)"):
        nn.forward(np.zeros((4, 3)))
    with pytest.raises(ValueError, match=r"y must have shape \(4, 1\), not \(3, 1\)"):
        nn.gradients(X, Y[:3])
    with pytest.raises(ValueError, match="x must be finite"):
        nn.forward([[np.nan, 0]])
    with pytest.raises(ValueError, match="x must be numbers, not <U1"):
        nn.forward([["a", "b"]])


@pytest.mark.parametrize(
    "options",
    [{"iterations": n} for n in (-1, 1.5, "3", None, np.nan)]
    + [{"batch_size": n} for n in (0, -1, 5, 1.5, "2")]
    + [{"learning_rate": r} for r in (0, -1, np.nan, np.inf, -np.inf)]
    + [{"momentum": m} for m in (1, -0.1, 2, np.nan, np.inf)],
    ids=str,
)
def test_impossible_options_are_refused_and_change_nothing(nn, options):
    before = everything(nn)
    with pytest.raises(ValueError, match=next(iter(options))):
        nn.train(X, Y, **options)
    assert all((p == b).all() for p, b in zip(everything(nn), before))


def test_lists_integers_and_booleans_are_good_inputs(nn):
    expected = nn.forward(X)
    for x in (X.tolist(), X.astype(int), X.astype(bool), X.astype(np.float32), X.astype(">f8")):
        assert (nn.forward(x) == expected).all()


def test_whole_numbers_of_any_type_are_good_sizes(nn):
    for number in (int, float, np.int64, np.uint8):
        assert NN((number(2), number(1))).forward(X).shape == (4, 1)
        assert len(nn.train(X, Y, 3, batch_size=number(2), verbose=False)) == 3


def test_divergence_raises_and_does_not_warn():
    for name, rate in ("relu", 1e200), ("linear", 10), ("softplus", 1e300), ("elu", 1e306):
        nn = NN((2, 4, 1), [None, ACTIVATIONS[name], ACTIVATIONS["linear"]], 0)
        with pytest.raises(FloatingPointError):
            nn.train(X, Y, learning_rate=rate, verbose=False)
    relu = [None] + [ACTIVATIONS["relu"]] * 2
    with pytest.raises(FloatingPointError):
        NN((2, 4, 1), relu, 0).gradients(X * 1e308, Y - 1e308)


@settings(max_examples=200)
@given(
    st.lists(st.one_of(st.integers(-1, 5), st.floats(), st.text(max_size=2)), max_size=4)
    | st.lists(st.integers(1, 4), min_size=2, max_size=4),
    st.data(),
)
def test_random_use_raises_nothing_but_the_documented_errors(shape, data):
    names = data.draw(st.none() | NAMES | st.just(["softplus"] * (len(shape) - 1)))
    numbers = st.floats() | st.integers(-9, 9) | st.sampled_from([1e308, 1e160, -1e308])
    shapes = array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)
    fitting = st.tuples(st.integers(1, 4), *[st.just(s) for s in shape[:1] if type(s) is int])
    shapes |= fitting.filter(lambda s: len(s) == 2 and min(s) > 0)
    x = data.draw(arrays(float, data.draw(shapes), elements=numbers.map(float)))
    y = data.draw(arrays(float, (len(x), 1) if x.ndim else (), elements=numbers.map(float)))
    options = data.draw(
        st.fixed_dictionaries(
            {"iterations": st.integers(-1, 5)},
            optional={
                "learning_rate": numbers,
                "momentum": st.floats(0, 0.999) | numbers,
                "batch_size": st.integers(-1, 5),
                "min_error": numbers,
            },
        )
    )
    functions = names and [None] + [ACTIVATIONS[name] for name in names]
    try:
        nn = NN(shape, functions, 0)
        losses = nn.train(x, y, verbose=False, **options)
        assert len(losses) <= options["iterations"] and np.isfinite(losses).all()
        assert nn.forward(x).shape == (len(x), shape[-1])
    except DOCUMENTED:
        pass


@settings(max_examples=50)
@given(
    st.lists(st.sampled_from(sorted(ACTIVATIONS)), min_size=1, max_size=4), st.integers(0, 99)
)
def test_a_loaded_network_predicts_to_the_bit_what_the_saved_one_did(
    tmp_path_factory, names, seed
):
    rng = np.random.default_rng(seed)
    shape = [2, *rng.integers(1, 6, len(names) - 1), 1]
    nn = NN(shape, [None] + [ACTIVATIONS[name] for name in names], rng)
    try:
        nn.train(X, Y, 20, verbose=False)
    except FloatingPointError:
        return
    file = tmp_path_factory.mktemp("a folder") / "a network"
    nn.save(file)
    loaded = NN.load(file)
    assert loaded.shape == nn.shape and loaded.activation == nn.activation
    x = rng.normal(0, 3, (20, 2))
    assert loaded.forward(x).tobytes() == nn.forward(x).tobytes()
    for p, q in zip(nn.weight + nn.bias, loaded.weight + loaded.bias, strict=True):
        assert p.tobytes() == q.tobytes()


def test_a_loaded_network_can_be_trained_on(saved):
    nn = NN.load(str(saved))
    losses = nn.train(X, Y, 50, verbose=False)
    assert losses[-1] < losses[0]


def test_saving_keeps_the_name_that_was_given_and_needs_known_activations(nn, tmp_path):
    nn.save(tmp_path / "plain name")
    assert [path.name for path in tmp_path.iterdir()] == ["plain name"]
    with pytest.raises(ValueError, match="activations must be of activation.py"):
        NN((1, 1), [None, lambda z, derivative=False: z]).save(tmp_path / "other")
    with pytest.raises(OSError):
        nn.save(tmp_path)
    with pytest.raises(OSError):
        nn.save(tmp_path / "no folder" / "nn.npz")


def test_missing_files_and_folders_are_an_oserror(tmp_path):
    with pytest.raises(FileNotFoundError):
        NN.load(tmp_path / "missing.npz")
    with pytest.raises(OSError):
        NN.load(tmp_path)


def test_files_that_are_cut_anywhere_are_refused(saved):
    whole = saved.read_bytes()
    for length in range(0, len(whole), 7):
        saved.write_bytes(whole[:length])
        with pytest.raises(ValueError, match="does not hold a network"):
            NN.load(saved)


def test_files_with_a_flipped_bit_are_refused_or_load_unchanged(nn, saved):
    whole = saved.read_bytes()
    for i in range(0, len(whole), 5):
        saved.write_bytes(whole[:i] + bytes([whole[i] ^ 1 << i % 8]) + whole[i + 1 :])
        try:
            loaded = NN.load(saved)
        except ValueError:
            continue
        assert loaded.activation == nn.activation
        for p, q in zip(nn.weight + nn.bias, loaded.weight + loaded.bias, strict=True):
            assert p.tobytes() == q.tobytes()


@settings(max_examples=60)
@given(st.binary(max_size=60))
def test_foreign_files_are_refused(tmp_path_factory, content):
    file = tmp_path_factory.getbasetemp() / "foreign"
    for start in (b"", b"PK", b"PK\x03\x04", b"\x93NUMPY\x01\x00"):
        file.write_bytes(start + content)
        with pytest.raises(ValueError, match="does not hold a network"):
            NN.load(file)


def replace(file, **changes):
    """Write the arrays of a saved network again, changed; None takes an array out."""
    with np.load(file) as data:
        arrays = {**data, **changes}
    np.savez(file, **{name: array for name, array in arrays.items() if array is not None})


WRONG_ARRAYS = {
    "no activation": {"activation": None},
    "no weight": {"weight1": None},
    "no bias": {"bias0": None},
    "weights that don't chain": {"weight1": np.zeros((1, 4))},
    "a bias of another length": {"bias0": np.zeros((4, 1))},
    "a flat bias": {"bias0": np.zeros(3)},
    "a flat weight": {"weight0": np.zeros(6)},
    "a weight that is a number": {"weight0": np.float64(1)},
    "a weight of three dimensions": {"weight0": np.zeros((3, 2, 1))},
    "no nodes": {"weight0": np.zeros((0, 2)), "bias0": np.zeros((0, 1))},
    "nan": {"bias0": np.full((3, 1), np.nan)},
    "text": {"weight0": np.full((3, 2), "a")},
    "complex numbers": {"weight0": np.zeros((3, 2), complex)},
    "an unknown activation": {"activation": np.array(["tanh", "system"])},
    "an activation too many": {"activation": np.array(["tanh", "tanh", "tanh"])},
    "an activation too few": {"activation": np.array(["tanh"])},
    "no list of activations": {"activation": np.array("tanh")},
    "no activation at all": {"activation": np.array([])},
    "numbers for activations": {"activation": np.array([1, 2])},
}


@pytest.mark.parametrize("changes", WRONG_ARRAYS.values(), ids=WRONG_ARRAYS)
def test_files_whose_arrays_do_not_fit_together_are_refused(saved, changes):
    replace(saved, **changes)
    with pytest.raises(ValueError, match="nn.npz does not hold a network: "):
        NN.load(saved)


def test_nothing_in_a_file_is_ever_executed(saved, tmp_path):
    class Trap:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "executed"),)

    trap = np.array([Trap(), Trap()], dtype=object)
    npy = io.BytesIO()
    np.save(npy, trap)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        for name in "activation", "activation.npy", "weight0.npy":
            archive.writestr(name, pickle.dumps(Trap()))
    replace(saved, activation=trap)
    files = [saved.read_bytes(), pickle.dumps(Trap()), npy.getvalue(), zipped.getvalue()]
    for content in [*files, b"PK" + pickle.dumps(Trap())]:
        saved.write_bytes(content)
        with pytest.raises(ValueError, match="does not hold a network"):
            NN.load(saved)
    replace_weight = {"weight0": trap, "activation": np.array(["tanh", "sigmoid"])}
    NN((2, 3, 1)).save(saved)
    replace(saved, **replace_weight)
    with pytest.raises(ValueError, match="does not hold a network"):
        NN.load(saved)
    assert not Path(tmp_path / "executed").exists()
    pickle.loads(pickle.dumps(Trap()))
    assert Path(tmp_path / "executed").exists()  # the trap does work
