"""Measure how fast the scripts are, beside PyTorch and scikit-learn if these are installed.

    python tests/benchmark.py                  all sections, in a few minutes
    python tests/benchmark.py small digits     only these

    small    one iteration of xor.py, of NN and of PyTorch   (docs/frameworks.md)
    large    one iteration of layers with up to 1,024 nodes  (docs/frameworks.md)
    scripts  each script from the shell                      (README.md)
    digits   handwritten digits to 96 %                      (README.md, docs/your-own-data.md)

What is compared runs in turn, and the fastest run of each counts. So the ratios hold even on a
busy computer. All runs use one thread, or OMP_NUM_THREADS, and numbers of 64 bits.
"""

import importlib.util
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # has to be set before numpy is imported
os.environ["MPLBACKEND"] = "agg"

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from helpers import SCRIPTS, TRAINING

import xor
from activation import sigmoid, tanh
from dataset import truth_table
from network1 import NN

ROOT = Path(__file__).resolve().parent.parent
HAS_TORCH = importlib.util.find_spec("torch") is not None
HAS_SKLEARN = importlib.util.find_spec("sklearn") is not None
if HAS_TORCH:
    import torch

    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))


def fastest(functions, repeats):
    """Return the seconds of the fastest run of each in {name: function}, all run in turn."""
    seconds = {name: [] for name in functions}
    for _ in range(repeats):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            seconds[name].append(time.perf_counter() - start)
    return {name: min(runs) for name, runs in seconds.items()}


def torch_network(shape, hidden, output):
    """Return a network of PyTorch. hidden and output are its classes of activations."""
    layers = []
    for n_inputs, n_nodes in zip(shape, shape[1:]):
        layers.append(torch.nn.Linear(n_inputs, n_nodes))
        layers.append(hidden())
    layers[-1] = output()
    return torch.nn.Sequential(*layers).double()


def train_torch(model, optimizer, loss_function, x, y, iterations):
    """Train a network of PyTorch in the usual loop, with all samples in each update."""
    for _ in range(iterations):
        optimizer.zero_grad()
        loss = loss_function(model(x), y)
        loss.backward()
        optimizer.step()
        loss.item()  # xor.train and NN.train keep the loss, too


def small(iterations=200):
    print("One iteration of XOR with 3 inputs and 4 hidden nodes")
    X, Y = truth_table("xor", 3)
    parameters = xor.initialize(3, 4, 1, np.random.default_rng(0))
    nn = NN((3, 4, 1), [sigmoid, sigmoid])
    functions = {
        "xor.py": lambda: xor.train(X, Y, parameters, iterations),
        "NN": lambda: nn.train(X, Y, iterations, min_error=0, verbose=False),
    }
    if HAS_TORCH:
        model = torch_network((3, 4, 1), torch.nn.Sigmoid, torch.nn.Sigmoid)
        optimizer = torch.optim.SGD(model.parameters(), lr=8.0)
        mse = torch.nn.MSELoss()
        x = torch.from_numpy(2 * X - 1)
        y = torch.from_numpy(Y)
        functions["PyTorch"] = lambda: train_torch(model, optimizer, mse, x, y, iterations)
    seconds = fastest(functions, 100)
    for name, value in seconds.items():
        microseconds = value / iterations * 1e6
        ratio = value / seconds["xor.py"]
        print(f"  {name:8} {microseconds:6.0f} microseconds, {ratio:.1f} times xor.py")


def large():
    print("One iteration of NN with three layers of n nodes, and n samples")
    for n in (64, 256, 1024):
        x, y = np.random.default_rng(0).uniform(0, 1, (2, n, n))
        nn = NN((n, n, n, n), [sigmoid, sigmoid, sigmoid])
        functions = {"NN": lambda nn=nn, x=x, y=y: nn.back_propagation(x, y)}
        if HAS_TORCH:
            model = torch_network((n, n, n, n), torch.nn.Sigmoid, torch.nn.Sigmoid)
            optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.5)
            data = [torch.from_numpy(array) for array in (x, y)]
            loop = (model, optimizer, torch.nn.MSELoss(), *data, 1)
            functions["PyTorch"] = lambda loop=loop: train_torch(*loop)
        seconds = fastest(functions, 8 + 20_000 // n)
        for name, value in seconds.items():
            ratio = value / seconds["NN"]
            print(f"  n = {n:4}  {name:8} {value * 1e3:8.2f} ms, {ratio:.1f} times NN")


def scripts():
    print("Each script from the shell; those that train save their figure")
    with tempfile.TemporaryDirectory() as folder:
        functions = {}
        for script in SCRIPTS:
            command = [sys.executable, script]
            if script in TRAINING:
                command += ["--save", str(Path(folder, "figure.png"))]
            functions[script] = lambda command=command: subprocess.run(
                command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
            )
        for script, seconds in fastest(functions, 5).items():
            print(f"  {script:26} {seconds:.2f} s")


def digits(seeds=5, goal=0.96, hidden=32, batch=32):
    print(f"Handwritten digits, 64-{hidden}-10, to {goal:.0%} of 600 set aside")
    if not HAS_SKLEARN:
        print("  needs scikit-learn")
        return
    from sklearn.datasets import load_digits
    from sklearn.neural_network import MLPClassifier

    X, label = load_digits(return_X_y=True)
    X = X / 16
    Y = label.reshape(-1, 1) == range(10)
    test, training = np.split(np.random.default_rng(0).permutation(len(X)), [600])
    updates = -(-len(training) // batch)  # in an epoch

    # Each trains a new network for one epoch after the other, and yields its answers. The rates
    # of the others are those, of 0.001 to 0.1, that come to 96 % in the fewest epochs.
    def with_nn(seed):
        rng = np.random.default_rng(seed)
        nn = NN((64, hidden, 10), [tanh, sigmoid], rng)
        while True:
            nn.train(X[training], Y[training], updates, 0.5, 0.9, batch, 0, False, rng)
            yield nn.forward(X[test]).argmax(axis=1)

    def with_sklearn(seed):
        network = MLPClassifier(
            hidden,
            activation="tanh",
            batch_size=batch,
            learning_rate_init=0.01,
            random_state=seed,
        )
        while True:
            network.partial_fit(X[training], label[training], classes=range(10))
            yield network.predict(X[test])

    def with_torch(seed):
        torch.manual_seed(seed)
        model = torch_network((64, hidden, 10), torch.nn.Tanh, torch.nn.Identity)
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        loss = torch.nn.CrossEntropyLoss()
        x = torch.from_numpy(X)
        y = torch.from_numpy(label)
        while True:
            for rows in torch.from_numpy(training)[torch.randperm(len(training))].split(batch):
                train_torch(model, optimizer, loss, x[rows], y[rows], 1)
            yield model(x[test]).argmax(dim=1).numpy()

    networks = {"NN": with_nn, "scikit-learn": with_sklearn}
    if HAS_TORCH:
        networks["PyTorch"] = with_torch
    for name, network in networks.items():
        epochs = []
        seconds = []
        for seed in range(seeds):
            start = time.perf_counter()
            shares = (np.mean(answers == label[test]) for answers in network(seed))
            epochs.append(next(epoch for epoch, share in enumerate(shares, 1) if share >= goal))
            seconds.append(time.perf_counter() - start)
        print(
            f"  {name:12} {np.median(epochs):.0f} epochs, {np.median(seconds):.2f} s, "
            f"medians of {seeds} seeds"
        )


SECTIONS = {"small": small, "large": large, "scripts": scripts, "digits": digits}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sections", nargs="*", metavar="SECTION", help="all, if none is named")
    args = parser.parse_args()
    for name in args.sections or SECTIONS:
        if name not in SECTIONS:
            parser.error(f"there is no section {name}; expected some of {', '.join(SECTIONS)}")
    for name in args.sections or SECTIONS:
        SECTIONS[name]()


if __name__ == "__main__":
    main()
