"""Measure the scripts beside the limit and PyTorch. Run by hand; not a test.

    python tests/benchmark.py          all four sections, some five minutes
    python tests/benchmark.py 1 3      only these

What is compared runs in turn, several times over, and the fastest run of each counts: so the
ratios hold even on a busy machine. PyTorch is left out where it isn't installed. Everything
runs on one thread, or on OMP_NUM_THREADS of them, in float64.
"""

import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["OMP_NUM_THREADS"] = os.environ.get("OMP_NUM_THREADS", "1")  # before numpy loads
os.environ["MPLBACKEND"] = "agg"

import numpy as np

import cubic
import linear
import xor
from activation import sigmoid
from dataset import polynomial, truth_table
from network1 import NN

ROOT = Path(xor.__file__).parent
torch = find_spec("torch") and import_module("torch")


def fastest(functions, repeats):
    """Return the seconds of the fastest run of each {name: function}, all run in turn."""
    seconds = {name: [] for name in functions}
    for _ in range(repeats):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            seconds[name].append(time.perf_counter() - start)
    return {name: min(runs) for name, runs in seconds.items()}


def table(*rows):
    """Print rows in columns: the first to the left, numbers, three digits of them, right."""
    rows = [[c if isinstance(c, str) else f"{c:.3g}" for c in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*rows)]
    for first, *rest in rows:
        cells = (cell.rjust(width) for cell, width in zip(rest, widths[1:]))
        print("  " + first.ljust(widths[0]), *cells, sep="   ")
    print(flush=True)


def torch_trainer(x, y, shape, hidden, output, optimizer, seed, n, goal=0, **settings):
    """Return a function that trains a network in PyTorch's eager loop, as NN.train does."""
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    torch.manual_seed(seed)
    layers = []
    for n_inputs, n_nodes in zip(shape, shape[1:]):
        layers += [torch.nn.Linear(n_inputs, n_nodes), getattr(torch.nn, hidden)()]
    model = torch.nn.Sequential(*layers[:-1], getattr(torch.nn, output)()).double()
    optimizer = getattr(torch.optim, optimizer)(model.parameters(), **settings)
    x, y, mse = torch.from_numpy(x), torch.from_numpy(y), torch.nn.MSELoss()

    def train():
        losses = [np.inf]
        while len(losses) <= n and losses[-1] >= goal:
            optimizer.zero_grad()
            loss = mse(model(x), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        return losses[1:]

    return train


def bare_loop(x, y, parameters, iterations, learning_rate=8.0):
    """What xor.train computes, in preallocated arrays and with nothing else around it."""
    W1, B1, W2, B2 = parameters
    a0, y = np.ascontiguousarray(2 * x.T - 1), np.ascontiguousarray(y.T)
    a1, dz1, a2, dz2, squares = (np.empty((len(b), len(x))) for b in (B1, B1, B2, B2, B2))
    gradients = dW1, dB1, dW2, dB2 = [np.empty_like(p) for p in parameters]
    dot, add, subtract, multiply, tanh = np.dot, np.add, np.subtract, np.multiply, np.tanh
    half, one, step = np.array(0.5), np.array(1.0), np.array(learning_rate)
    factor, losses = np.array(2 / y.size), []
    layers = [(W1, a0, B1, a1), (W2, a1, B2, a2)]
    for _ in range(iterations):
        for W, inputs, B, a in layers:
            dot(W, inputs, a), add(a, B, a), multiply(a, half, a)
            tanh(a, a), add(a, one, a), multiply(a, half, a)
        subtract(a2, y, dz2), multiply(dz2, dz2, squares)
        losses.append(add.reduce(squares, None) / y.size)
        multiply(dz2, factor, dz2), multiply(dz2, a2, dz2)
        subtract(one, a2, a2), multiply(dz2, a2, dz2)
        dot(dz2, a1.T, dW2), add.reduce(dz2, 1, None, dB2, True)
        dot(W2.T, dz2, dz1), multiply(dz1, a1, dz1)
        subtract(one, a1, a1), multiply(dz1, a1, dz1)
        dot(dz1, a0.T, dW1), add.reduce(dz1, 1, None, dB1, True)
        for parameter, gradient in zip(parameters, gradients):
            multiply(gradient, step, gradient), subtract(parameter, gradient, parameter)
    return losses


def sigmoids(*shape):
    return NN(shape, [None] + [sigmoid] * (len(shape) - 1), 0)


def small_networks(n=200):
    print("1. One training iteration of XOR with 3 inputs and 4 hidden nodes")
    X, Y = truth_table("xor", 3)
    start = xor.initialize(3, 4, 1, np.random.default_rng(0))
    bare, hand = ([p.copy() for p in start] for _ in range(2))
    assert np.allclose(bare_loop(X, Y, bare, 100), xor.train(X, Y, hand, 100))
    options = {"min_error": 0, "verbose": False}
    runs = {
        "bare loop": lambda: bare_loop(X, Y, bare, n),
        "xor.py": lambda: xor.train(X, Y, hand, n),
        "network1.py": partial(sigmoids(3, 4, 1).train, X, Y, n, **options),
    }
    if torch:
        model = (3, 4, 1), "Sigmoid", "Sigmoid", "SGD"
        runs["PyTorch"] = torch_trainer(2 * X - 1, Y, *model, 0, n, lr=8.0)
    s = fastest(runs, 150)
    peer = s.get("PyTorch", np.nan)
    rows = [[name, t / n * 1e6, t / s["bare loop"], peer / t] for name, t in s.items()]
    table(["", "microseconds", "/ bare loop", "PyTorch / it"], *rows)


def large_networks():
    """256 again: until it has freed a larger array, or PyTorch is loaded, malloc hands all
    memory back after every iteration, and the system must clear it anew.
    """
    print("2. NN with three layers of n nodes, n samples at a time")
    rows = [["n", "ms", "its 8 products", "share", "PyTorch / NN", "peak / needed memory"]]
    for n in (64, 256, 1024, 256):
        rng = np.random.default_rng(0)
        x, y, nn = rng.uniform(-1, 1, (n, n)), rng.uniform(0, 1, (n, n)), sigmoids(n, n, n, n)
        a, out, W = x.T.copy(), np.empty((n, n)), nn.weight
        pairs = [(w, a) for w in W] + [(a, a.T)] * 3 + [(w.T, a) for w in W[1:]]
        runs = {"NN": partial(nn.back_propagation, x, y)}
        runs["products"] = lambda: [np.matmul(p, q, out) for p, q in pairs]  # noqa: B023
        if torch:
            model = nn.shape, "Sigmoid", "Sigmoid", "SGD"
            runs["PyTorch"] = torch_trainer(x, y, *model, 0, 1, lr=0.05, momentum=0.5)
        s = fastest(runs, 8 + 20_000 // n)
        tracemalloc.start()
        nn.back_propagation(x, y)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        needed = 8 * n * n * (3 + 3 + 3 + 2)  # z, a and dW of all layers, da and dz of one
        times = [s["NN"] * 1e3, s["products"] * 1e3, s["products"] / s["NN"]]
        peer = s.get("PyTorch", np.nan) / s["NN"]
        rows.append([str(n), *times, peer, peak / needed])
    table(*rows)


def time_to(goal, train, seed, most):
    """Return the seconds of the shortest training to a loss below goal, None if none is."""
    train(seed, 1)  # the first call of anything is slow
    losses = train(seed, most)
    n = next((i + 1 for i, loss in enumerate(losses) if loss < goal), None)
    return None if n is None else fastest({"": lambda: train(seed, n)}, 2)[""]


def time_to_solution(seeds=10):
    print("3. Time to a solution: median of 10 seeds, and how many of them get there")
    X, Y = truth_table("xor")
    x, y = polynomial((2, 3), 0, 4, 5)
    up, down = (polynomial((1, 0, c, 0), -5, 5, 50) for c in (15, -15))
    (u, v), (p, q) = ((a / 5, (b - b.mean()) / b.std()) for a, b in (up, down))
    # What, its script and the sizes for initialize, X, Y, mse to reach, iterations at most. For
    # Adam, tuned for each task, activation and learning rate; ours run at their defaults.
    tasks = [
        ("XOR to mse 0.001", xor, (2, 4, 1), X, Y, 1e-3, 2000, "Tanh", 0.3),
        ("x^3 + 15x to 0.5 %", cubic, (8,), u, v, 0.005**2, 10000, "Tanh", 0.03),
        ("x^3 - 15x to 0.5 %", cubic, (8,), p, q, 0.005**2, 10000, "Sigmoid", 0.1),
        ("y = 2x + 3 to 1e-6", linear, (), x, y, 1e-12, 2000, "Identity", 1.0),
    ]
    for what, module, sizes, X, Y, goal, most, hidden, rate in tasks:

        def ours(seed, n, module=module, sizes=sizes, X=X, Y=Y):
            parameters = module.initialize(*sizes, np.random.default_rng(seed))
            return module.train(X, Y, parameters, n)

        runs = {"the script": ours}
        if torch:
            nodes = {xor: (2, 4, 1), cubic: (1, 8, 1), linear: (1, 1)}[module]
            x_in, out = (2 * X - 1, "Sigmoid") if module is xor else (X, "Identity")
            options = x_in, Y, nodes, hidden, out, "Adam"
            adam = partial(torch_trainer, *options, goal=goal, lr=rate)
            runs["PyTorch Adam"] = lambda seed, n, adam=adam: adam(seed, n)()
        rows = [[what, "ms", "seeds"]]
        for name, train in runs.items():
            there = [t for i in range(seeds) if (t := time_to(goal, train, i, most))]
            median = np.median(there) * 1e3 if there else np.inf
            rows.append([name, median, f"{len(there)} of {seeds}"])
        table(*rows)


def whole_scripts():
    print("4. Whole scripts from the shell, against an empty figure")
    empty = "import sys, matplotlib.pyplot as plt; plt.figure().savefig(sys.argv[1])"
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "figure.png"))
        commands = {"empty figure": ["-c", empty, file]}
        for path in sorted(ROOT.glob("*.py")):
            save = ["--save", file] if '"--save"' in path.read_text("utf-8") else []
            commands[path.name] = [str(path), *save]
        run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL)
        runs = {name: partial(run, [sys.executable, *c]) for name, c in commands.items()}
        s = fastest(runs, 5)
    rows = [[name, t, t / s["empty figure"]] for name, t in s.items()]
    table(["", "seconds", "/ empty figure"], *rows)


SECTIONS = [small_networks, large_networks, time_to_solution, whole_scripts]

if __name__ == "__main__":
    for section in [int(i) for i in sys.argv[1:]] or range(1, 5):
        SECTIONS[section - 1]()
