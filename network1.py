"""Training a network with any number of layers, nodes and activation functions: the class NN.

What xor.py and 2x2_image_recognition.py write out layer by layer is a loop here: forward
through all layers, and back through all layers. NN.forward is their predict, NN.gradients
their back_propagate, and NN.back_propagation one iteration of their train. Inputs are taken
as they are: false stays 0. New are an early end, saving, and

    momentum      each step keeps a part of the last one, so steps in one direction add up
    mini-batches  each update is made from some of the samples, picked at random

    inputs a[0] --weight[0], bias[0]--> z[1] --activation[1]--> a[1] --weight[1] ... = output

Run it:       python network1.py
Try next:     python network1.py --learning-rate 0.2    (faster; the figure shows a spike)
              python network1.py --dataset image2x2
              python network1.py --shape 3 4 4 1 --activation tanh tanh sigmoid
              python network1.py --dataset cubic --momentum 0    (far slower than with 0.5)
From Python:  nn = NN((3, 8, 1)); nn.train(X, Y); nn.forward(X)
Read next:    cubic.py, which learns a curve
"""

import argparse
import os
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import dataset
from activation import ACTIVATIONS, linear, tanh

TOO_LARGE = "numbers grow too large: scale x and y to -1 ... 1, or lower the learning_rate"
quiet = np.errstate(over="ignore", invalid="ignore")  # where TOO_LARGE is raised instead


class NN:
    """A fully connected network. _forward, _gradients and train are its mathematics.

    shape       numbers of nodes: (inputs, hidden 1, ..., outputs)
    activation  one function of activation.py per layer, or one that works alike; the first
                is None, for the inputs have none. Default: tanh, and linear for the outputs.
    rng         numpy.random.Generator of the initial weights, None for a new one
    weight      list: weight[i] (nodes of layer i + 1, nodes of layer i)
    bias        list: bias[i] (nodes of layer i + 1, 1)

    The initial weights have a standard deviation of 1 / sqrt(inputs of the node) (LeCun and
    others, Efficient BackProp, 1998). Impossible values raise ValueError and change nothing;
    numbers that grow too large raise FloatingPointError.
    """

    def __init__(self, shape, activation=None, rng=None):
        nodes = np.ravel(shape).tolist()
        if len(nodes) < 2 or any(n not in range(1, 10_001) for n in nodes):
            raise ValueError(f"shape must be two or more numbers from 1 to 10000, not {shape}")
        self.shape = tuple(int(n) for n in nodes)
        hidden = len(self.shape) - 2
        functions = [None] + [tanh] * hidden + [linear] if activation is None else activation
        self.activation = np.ravel(functions).tolist()
        if [callable(f) for f in self.activation] != [False] + [True] * (hidden + 1):
            expected = f"None and {hidden + 1} functions"
            raise ValueError(f"activation must be {expected}, not {activation}")
        rng = np.random.default_rng(rng)
        self.weight = [
            rng.normal(0, 1 / np.sqrt(n_inputs), (n_nodes, n_inputs))
            for n_inputs, n_nodes in zip(self.shape, self.shape[1:])
        ]
        self.bias = [np.zeros((n_nodes, 1)) for n_nodes in self.shape[1:]]
        self.velocity = [np.zeros_like(p) for p in self.weight + self.bias]

    def _forward(self, x):
        """Return the lists z and a, an array (nodes, samples) per layer; a[0] is the input."""
        z, a = [None], [x.T]
        for W, B, f in zip(self.weight, self.bias, self.activation[1:]):
            z.append(W @ a[-1] + B)
            a.append(f(z[-1]))
        return z, a

    def _gradients(self, x, y):
        z, a = self._forward(x)
        error = a[-1] - y.T
        loss = (error**2).sum() / error.size
        if not loss < np.inf:
            raise FloatingPointError(TOO_LARGE)

        dW, dB = [], []
        da = 2 / error.size * error
        for i in reversed(range(len(self.weight))):
            dz = da * self.activation[i + 1](z[i + 1], derivative=True)
            dW.insert(0, dz @ a[i].T)
            dB.insert(0, dz.sum(axis=1, keepdims=True))
            if i > 0:
                da = self.weight[i].T @ dz
        return loss, dW, dB

    @quiet
    def forward(self, x):
        """Return Y_hat (samples, outputs) for x (samples, inputs)."""
        z, a = self._forward(check(x, "x", self.shape[0]))
        if not np.abs(a[-1]).max() < 1e100:
            raise FloatingPointError(TOO_LARGE)
        return a[-1].T

    @quiet
    def gradients(self, x, y):
        """Return the loss and its gradients dW and dB, lists like weight and bias."""
        return self._gradients(*self._check(x, y))

    def back_propagation(self, x, y, learning_rate=0.05, momentum=0.5):
        """Update all weights and biases once; return the loss before that."""
        return self.train(x, y, 1, learning_rate, momentum, verbose=False)[0]

    @quiet
    def train(
        self, x, y, iterations=10000, learning_rate=0.05, momentum=0.5,
        batch_size=None, min_error=1e-5, verbose=True, rng=None,
    ):  # fmt: skip
        """Update iterations times; return the loss before each update, a list.

        Every update is made from the whole dataset or, with batch_size, from its next
        batch_size samples. An epoch is once through the dataset; before each, rng shuffles
        it. Training ends early after an epoch with a mean loss below min_error.
        """
        x, y = self._check(x, y)
        if not (0 < learning_rate < np.inf and 0 <= momentum < 1):
            raise ValueError("learning_rate must be above 0, momentum from 0 to below 1")
        if not isinstance(iterations, (int, np.integer)) or iterations < 0:
            raise ValueError(f"iterations must be a whole number from 0 on, not {iterations}")
        if batch_size is not None and batch_size not in range(1, len(x) + 1):
            raise ValueError(f"batch_size must be from 1 to {len(x)}, not {batch_size}")
        if not min_error >= 0:
            raise ValueError(f"min_error must be 0 or more, not {min_error}")
        size = len(x) if batch_size is None else int(batch_size)
        starts = range(0, len(x), size)  # of the batches of an epoch
        if size < len(x):
            rng = np.random.default_rng(rng)
        losses, done = [], False
        for i in range(iterations):
            start = starts[i % len(starts)]
            if start == 0 and size < len(x):
                order = rng.permutation(len(x))
                x, y = x[order], y[order]
            rows = slice(start, start + size)
            loss, dW, dB = self._gradients(x[rows], y[rows])
            for p, v, g in zip(self.weight + self.bias, self.velocity, dW + dB, strict=True):
                v *= momentum
                v -= learning_rate * g
                p += v
            losses.append(loss)
            if start == starts[-1]:
                done = sum(losses[-len(starts) :]) / len(starts) < min_error
            if verbose and (done or (i + 1) % max(1, iterations // 10) == 0):
                print(f"iteration {i + 1}: loss {loss:.3g}")
            if done:
                return losses
        if verbose:
            print(f"No early end: for that the loss must be below {min_error:g}.")
            if max(np.abs(x).max(), np.abs(y).max()) > 10:
                print("x or y is far beyond -1 ... 1: scale it.")
        return losses

    def save(self, file):
        """Write the network to a file (.npz). An older one stays until the new one is whole.

        Raises OSError if the file can't be written, ValueError for what load would refuse.
        """
        names = [name for f in self.activation[1:] for name, g in ACTIVATIONS.items() if f is g]
        if len(names) < len(self.weight):
            raise ValueError("to be saved, all activations must be of activation.py")
        arrays = {f"weight{i}": W for i, W in enumerate(self.weight)}
        arrays |= {f"bias{i}": B for i, B in enumerate(self.bias)}
        new = Path(f"{file}.new")
        try:
            with open(new, "wb") as stream:
                np.savez(stream, activation=names, **arrays)
            NN.load(new)
            os.replace(new, file)
        finally:
            new.unlink(missing_ok=True)

    @classmethod
    def load(cls, file):
        """Return the network in a file that save has written; no code in it is ever run.

        Raises OSError if the file can't be read, ValueError if it holds no network.
        """
        with open(file, "rb") as stream:
            try:
                data = np.load(stream, allow_pickle=False)
                names = [str(name) for name in data["activation"]]
                if len(data.files) != 1 + 2 * len(names) or not set(names) <= set(ACTIVATIONS):
                    raise ValueError(f"its arrays do not fit its activations, {names}")
                weight = [data[f"weight{i}"] for i in range(len(names))]
                shape = [weight[0].shape[1]] + [len(W) for W in weight]
                nn = cls(shape, [None] + [ACTIVATIONS[name] for name in names])
                for i, W in enumerate(weight):
                    nn.weight[i] = check(W, f"weight{i}", shape[i], shape[i + 1])
                    nn.bias[i] = check(data[f"bias{i}"], f"bias{i}", 1, shape[i + 1])
            except Exception as error:  # whatever is wrong with it, it is no network
                raise ValueError(f"{file} does not hold a network: {error}") from None
        return nn

    def _check(self, x, y):
        x = check(x, "x", self.shape[0])
        return x, check(y, "y", self.shape[-1], len(x))


def check(x, name, columns, rows=None):
    """Return x as floats; ValueError unless it is finite numbers in shape (rows, columns)."""
    x = np.asarray(x)
    numbers = x.dtype.kind in "biuf" and np.isfinite(x).all()
    if not numbers or x.ndim != 2 or x.shape != (rows or max(1, len(x)), columns):
        shape = f"({rows or 'samples'}, {columns})"
        raise ValueError(f"{name} must be finite numbers in shape {shape}, not {x.shape}")
    return x.astype(float, copy=False)


DATASETS = {  # name: a function of a random number generator that returns X and Y
    "xor_2_input": lambda rng: dataset.xor_2_input(),
    "xor_3_input": lambda rng: dataset.xor_3_input(),
    "image2x2": lambda rng: dataset.image2x2(),
    "image2x2_set": lambda rng: dataset.image2x2_set(10, rng=rng),
    "cubic": lambda rng: dataset.polynomial((4, 0, -3, 0), -1, 1, 50),
}


def plot(losses, y, y_hat):
    """Return a figure of the loss, and of the predicted beside the desired outputs."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.semilogy(np.maximum(losses, 1e-30), color="tab:purple")  # a logarithm has no 0
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    sample = np.arange(y.size) // y.shape[1]
    right.plot(sample, y.ravel(), "o", color="black", fillstyle="none", label="desired")
    right.plot(sample, y_hat.ravel(), ".", color="tab:blue", label="predicted")
    right.set(title="What was learned", xlabel="sample", ylabel="output")
    right.xaxis.get_major_locator().set_params(integer=True)
    figure.legend(loc="outside right upper")
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Train a network of any shape.")
    parser.add_argument("--dataset", choices=DATASETS, default="xor_3_input")
    parser.add_argument("--shape", type=int, nargs="+", help="default: inputs 8 8 outputs")
    parser.add_argument("--activation", choices=ACTIVATIONS, nargs="+",
        help="per layer after the inputs, default: tanh, linear for the outputs")  # fmt: skip
    parser.add_argument("--iterations", type=int, default=10000, help="default: 10000")
    parser.add_argument("--learning-rate", type=float, default=0.05, help="default: 0.05")
    parser.add_argument("--momentum", type=float, default=0.5, help="default: 0.5")
    parser.add_argument("--batch-size", type=int, help="samples per update, default: all")
    parser.add_argument("--seed", type=int, default=0, help="of all random numbers, default: 0")
    parser.add_argument("--save", metavar="FILE", type=Path, help="png, svg or pdf; no window")
    args = parser.parse_args(argv)
    if not (1 <= args.iterations <= 10**6 and 0 < args.learning_rate <= 1000):
        parser.error("expected 1 <= --iterations <= 1000000, 0 < --learning-rate <= 1000")
    if not (0 <= args.momentum < 1 and args.seed >= 0):
        parser.error("expected 0 <= --momentum < 1, --seed >= 0")
    if args.save:
        known = args.save.suffix.lower() in (".png", ".svg", ".pdf") and not args.save.is_dir()
        place = args.save if args.save.exists() else f"{args.save.parent}/"
        if not (known and os.access(place, os.W_OK)):
            parser.error("expected --save FILE.png, .svg or .pdf, in a folder to write to")

    rng = np.random.default_rng(args.seed)
    X, Y = DATASETS[args.dataset](rng)
    first, last = X.shape[1], Y.shape[1]
    shape = args.shape or [first, 8, 8, last]
    names = args.activation or ["tanh"] * (len(shape) - 2) + ["linear"]
    fits = len(shape) > 1 and (shape[0], shape[-1]) == (first, last)
    if not (fits and 1 <= min(shape) <= max(shape) <= 1000):
        parser.error(f"expected --shape {first} ... {last}, with 1 to 1000 nodes per layer")
    if len(names) != len(shape) - 1:
        parser.error(f"expected --activation with {len(shape) - 1} names for this --shape")
    if args.batch_size is not None and not 1 <= args.batch_size <= len(X):
        parser.error(f"expected 1 <= --batch-size <= {len(X)} for this --dataset")

    nn = NN(shape, [None] + [ACTIVATIONS[name] for name in names], rng)
    before = np.mean((nn.forward(X) - Y) ** 2)
    smaller = f"try a smaller --learning-rate, near {min(0.05, args.learning_rate / 5):g}."
    options = args.iterations, args.learning_rate, args.momentum, args.batch_size
    try:
        losses = nn.train(X, Y, *options, rng=rng)
        Y_hat = nn.forward(X)
    except FloatingPointError:
        parser.exit(1, f"The training diverged: {smaller}\n")
    mse = np.mean((Y_hat - Y) ** 2)
    off = np.abs(Y_hat - Y) >= 0.25
    print(f"{args.dataset}: mse {mse:.3g} after {len(losses)} iterations")
    if off.any():
        print(f"Not learned: {off.sum()} of {off.size} outputs are off by 0.25 or more.")
        n = len(losses) // 4
        falling = sum(losses[-n:]) < 0.99 * sum(losses[-2 * n : -n])
        if mse > before:
            print(f"The loss has grown: {smaller}")
        elif falling or len(losses) * args.learning_rate < 200 * (1 - args.momentum):
            print("Try more --iterations, at a --learning-rate near 0.05.")
        else:
            print("It is stuck: try more nodes or layers in --shape, or another --activation,")
            print("at a --learning-rate near 0.05.")

    figure = plot(losses, Y, Y_hat)
    if args.save:
        figure.savefig(args.save)
    elif figure.canvas.required_interactive_framework is None:
        print("No window (no display, or no tkinter or Qt): --save FILE keeps the figure.")
    else:
        plt.show()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
