"""Measure the scripts beside the limit and PyTorch. Run by hand; not a test.

    python tests/benchmark.py          all six sections: eight minutes with PyTorch, one without
    python tests/benchmark.py 1 3      only these

What is compared runs in turn, and the fastest run of each counts: so the ratios hold even on a
busy machine. All runs on one thread, or on OMP_NUM_THREADS, in float64; PyTorch and
scikit-learn if they are there.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
import warnings
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["OMP_NUM_THREADS"] = os.environ.get("OMP_NUM_THREADS", "1")  # before numpy loads
os.environ["MPLBACKEND"] = "agg"

import numpy as np
from helpers import SCRIPTS, TRAINING

import cubic
import linear
import xor
from activation import sigmoid, tanh
from dataset import polynomial, truth_table
from network1 import NN

warnings.simplefilter("ignore")  # scikit-learn says that it was stopped, which is meant
ROOT = Path(xor.__file__).parent
ACTIVATION = [None, sigmoid, sigmoid, sigmoid]
torch = importlib.util.find_spec("torch") and importlib.import_module("torch")
if sklearn := importlib.util.find_spec("sklearn"):
    import sklearn.datasets
    import sklearn.neural_network


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
    for _ in range(iterations):
        for W, inputs, B, a in (W1, a0, B1, a1), (W2, a1, B2, a2):
            dot(W, inputs, a), add(a, B, a), multiply(a, half, a)
            tanh(a, a), add(a, one, a), multiply(a, half, a)
        subtract(a2, y, dz2), multiply(dz2, dz2, squares), multiply(dz2, factor, dz2)
        losses.append(add.reduce(squares, None) / y.size)
        multiply(dz2, a2, dz2), subtract(one, a2, a2), multiply(dz2, a2, dz2)
        dot(dz2, a1.T, dW2), add.reduce(dz2, 1, None, dB2, True), dot(W2.T, dz2, dz1)
        multiply(dz1, a1, dz1), subtract(one, a1, a1), multiply(dz1, a1, dz1)
        dot(dz1, a0.T, dW1), add.reduce(dz1, 1, None, dB1, True)
        for parameter, gradient in zip(parameters, gradients):
            multiply(gradient, step, gradient), subtract(parameter, gradient, parameter)
    return losses


def small_networks(n=200):
    print("1. One training iteration of XOR with 3 inputs and 4 hidden nodes")
    X, Y = truth_table("xor", 3)
    start = xor.initialize(3, 4, 1, np.random.default_rng(0))
    bare, hand = ([p.copy() for p in start] for _ in range(2))
    assert np.allclose(bare_loop(X, Y, bare, 100), xor.train(X, Y, hand, 100))
    runs = {"bare loop": partial(bare_loop, X, Y, bare, n)}
    runs["xor.py"] = partial(xor.train, X, Y, hand, n)
    nn = NN((3, 4, 1), ACTIVATION[:3])
    runs["network1.py"] = partial(nn.train, X, Y, n, min_error=0, verbose=False)
    if torch:
        model = (3, 4, 1), "Sigmoid", "Sigmoid", "SGD"
        runs["PyTorch"] = torch_trainer(2 * X - 1, Y, *model, 0, n, lr=8.0)
    s = fastest(runs, 150)
    rows = [[name, t / n * 1e6, t / s["bare loop"]] for name, t in s.items()]
    table(["", "microseconds", "/ bare loop"], *rows)


def large_networks():
    print("2. NN with three layers of n nodes, n samples at a time")
    rows = [["n", "ms", "its 8 products", "share", "PyTorch / NN"]]
    for n in (64, 256, 1024):
        (x, y), nn = np.random.default_rng(0).uniform(0, 1, (2, n, n)), NN(4 * [n], ACTIVATION)
        a, out, W = x.T.copy(), np.empty((n, n)), nn.weight
        pairs = [(w, a) for w in W] + [(a, a.T)] * 3 + [(w.T, a) for w in W[1:]]
        runs = {"NN": partial(nn.back_propagation, x, y)}
        runs["products"] = lambda: [np.matmul(p, q, out) for p, q in pairs]  # noqa: B023
        if torch:
            model = nn.shape, "Sigmoid", "Sigmoid", "SGD"
            runs["PyTorch"] = torch_trainer(x, y, *model, 0, 1, lr=0.05, momentum=0.5)
        s = fastest(runs, 8 + 20_000 // n)
        ours, products, peer = s["NN"], s["products"], s.get("PyTorch", np.nan)
        rows.append([str(n), ours * 1e3, products * 1e3, products / ours, peer / ours])
    table(*rows)


def time_to(goal, train, seed, most):
    """Return the seconds of the shortest training to a loss below goal, None if none is."""
    train(seed, 1)  # the first call of anything is slow
    losses = train(seed, most)
    n = next((i + 1 for i, loss in enumerate(losses) if loss < goal), None)
    return None if n is None else fastest({"": lambda: train(seed, n)}, 2)[""]


def train_script(module, sizes, X, Y, seed, n):
    return module.train(X, Y, module.initialize(*sizes, np.random.default_rng(seed)), n)


def time_to_solution(seeds=10):
    print("3. Time to a solution: median of 10 seeds, and how many of them get there")
    (X, Y), (x, y) = truth_table("xor"), polynomial((2, 3), 0, 4, 5)
    u, v = polynomial((1, 0, -15, 0), -5, 5, 50)
    u, v = u / 5, v / v.std()  # as cubic.fit scales them
    # What, its script and the sizes for initialize, x, y, mse to reach, iterations at most. For
    # Adam, tuned for each task, x, nodes, activations and rate; ours run at their defaults.
    peers = [(2 * X - 1, (2, 4, 1), "Tanh", "Sigmoid", 0.3)]
    peers += [(u, (1, 8, 1), "Sigmoid", "Identity", 0.1)]
    peers += [(x, (1, 1), "Identity", "Identity", 1.0)]
    tasks = [("XOR to mse 0.001", xor, (2, 4, 1), X, Y, 1e-3, 2000)]
    tasks += [("x^3 - 15x to 0.5 %", cubic, (8,), u, v, 0.005**2, 10000)]
    tasks += [("y = 2x + 3 to 1e-6", linear, (), x, y, 1e-12, 2000)]
    for (what, module, sizes, x, y, goal, most), (x_in, *model, rate) in zip(tasks, peers):
        runs = {"the script": partial(train_script, module, sizes, x, y)}
        if torch:
            adam = partial(torch_trainer, x_in, y, *model, "Adam", goal=goal, lr=rate)
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
        for script in SCRIPTS:
            commands[script] = [ROOT / script] + ["--save", file] * (script in TRAINING)
        run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL)
        runs = {name: partial(run, [sys.executable, *c]) for name, c in commands.items()}
        s = fastest(runs, 5)
    rows = [[name, t, t / s["empty figure"]] for name, t in s.items()]
    table(["", "seconds", "/ empty figure"], *rows)


def torch_batches(model, optimizer, loss, x, y, epochs, size=32):
    """Train a PyTorch model in shuffled mini-batches."""
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(size):
            optimizer.zero_grad()
            loss(model(x[rows]), y[rows]).backward()
            optimizer.step()


def digits(seeds=5, goal=0.96, timed=20):
    """The digits of docs/your-own-data.md; all three with tanh and batches of 32.

    The rate of each peer, of 0.001 to 0.1 for Adam, is the one that gets to 96 % soonest.
    """
    print("5. Handwritten digits, 64-32-10: a third is set aside; medians of 5 seeds")
    X, label = sklearn.datasets.load_digits(return_X_y=True)
    X, Y = X / 16, np.eye(10)[label]
    test, training = np.split(np.random.default_rng(0).permutation(len(X)), [len(X) // 3])
    batches = -(-len(training) // 32)
    right = lambda kinds: np.mean(np.asarray(kinds) == label[test])  # noqa: E731

    def ours(seed, epochs):
        rng = np.random.default_rng(seed)
        nn = NN((64, 32, 10), [tanh, sigmoid], rng)
        nn.train(X[training], Y[training], epochs * batches, 1.0, 0.9, 32, 0, False, rng)
        return right(nn.forward(X[test]).argmax(axis=1))

    def mlp(seed, epochs):
        classifier = sklearn.neural_network.MLPClassifier(
            32, activation="tanh", batch_size=32, learning_rate_init=0.01, random_state=seed,
            max_iter=epochs, n_iter_no_change=epochs,
        )  # fmt: skip
        return right(classifier.fit(X[training], label[training]).predict(X[test]))

    def pytorch(seed, epochs):
        torch.manual_seed(seed)
        hidden, output = torch.nn.Linear(64, 32), torch.nn.Linear(32, 10)
        model = torch.nn.Sequential(hidden, torch.nn.Tanh(), output).double()
        adam = torch.optim.Adam(model.parameters(), lr=0.01)
        x, y = torch.from_numpy(X[training]), torch.from_numpy(label[training])
        torch_batches(model, adam, torch.nn.CrossEntropyLoss(), x, y, epochs)
        return right(model(torch.from_numpy(X[test])).argmax(dim=1))

    runs = {"NN": ours, "MLPClassifier": mlp} | ({"PyTorch": pytorch} if torch else {})
    epoch = fastest({name: partial(run, 0, timed) for name, run in runs.items()}, 5)
    rows = [["", "ms an epoch", "/ NN", "epochs to 96 %", "s to 96 %", "right after 50"]]
    for name, run in runs.items():
        epochs = [next(n for n in range(1, 200) if run(i, n) >= goal) for i in range(seeds)]
        seconds = [fastest({"": partial(run, i, n)}, 3)[""] for i, n in enumerate(epochs)]
        after = np.median([run(i, 50) for i in range(seeds)])
        row = [epoch[name] / timed * 1e3, epoch[name] / epoch["NN"], np.median(epochs)]
        rows.append([name, *row, np.median(seconds), f"{100 * after:.1f} %"])
    table(*rows)


def diabetes(splits=20, most=1000):
    print(f"6. The table of diabetes, 10-8-1, early stopping: median error of {splits} splits")
    X, Y = sklearn.datasets.load_diabetes(return_X_y=True, scaled=False)
    Y, errors = Y.reshape(-1, 1), []
    for seed in range(splits):
        rng = np.random.default_rng(seed)
        test, validation, training = np.split(rng.permutation(len(X)), [88, 176])
        x = (X - X[training].mean(axis=0)) / X[training].std(axis=0)
        y = (Y - Y[training].mean()) / Y[training].std()

        def mse(y_hat, rows, y=y):
            return np.mean((np.reshape(y_hat, (-1, 1)) - y[rows]) ** 2)

        def stopped(step, predict, test=test, validation=validation, x=x, mse=mse):
            """Return the error of the test rows where that of the validation rows is lowest."""
            pairs = []
            for _ in range(most // 25):
                step()
                pairs.append([mse(predict(x[rows]), rows) for rows in (validation, test)])
            return min(pairs)[1]

        nn = NN((10, 8, 1), rng=rng)
        ours = partial(nn.train, x[training], y[training], 25, verbose=False)
        mlp = sklearn.neural_network.MLPRegressor(
            hidden_layer_sizes=8, activation="tanh", learning_rate_init=0.01, random_state=seed
        )
        theirs = partial(mlp.partial_fit, x[training], y[training].ravel())
        ones = np.hstack([x, np.ones((len(x), 1))])
        line, *_ = np.linalg.lstsq(ones[training], y[training], rcond=None)
        row = {"NN": stopped(ours, nn.forward), "MLPRegressor": stopped(theirs, mlp.predict)}
        if torch:
            torch.manual_seed(seed)
            hidden, output = torch.nn.Linear(10, 8), torch.nn.Linear(8, 1)
            model = torch.nn.Sequential(hidden, torch.nn.Tanh(), output).double()
            adam, loss = torch.optim.Adam(model.parameters(), lr=0.01), torch.nn.MSELoss()
            data = torch.from_numpy(x[training]), torch.from_numpy(y[training])
            step = partial(torch_batches, model, adam, loss, *data, 1)
            row["PyTorch"] = stopped(
                step, lambda x, m=model: m(torch.from_numpy(x)).detach().numpy()
            )
        row |= {"a line": mse(ones[test] @ line, test), "the mean": mse(0 * test, test)}
        errors.append([Y[training].std() * np.sqrt(e) for e in row.values()])
    table(["", "error (rms)"], *zip(row, np.median(errors, axis=0)))


SECTIONS = [small_networks, large_networks, time_to_solution, whole_scripts]
SECTIONS += [digits, diabetes] if sklearn else []

if __name__ == "__main__":
    for section in [int(i) for i in sys.argv[1:]] or range(1, len(SECTIONS) + 1):
        SECTIONS[section - 1]()
