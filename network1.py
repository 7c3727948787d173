"""Training a network with any number of layers, nodes and activation functions: the class NN.

What xor.py and 2x2_image_recognition.py write out layer by layer is a loop here. NN.forward is
their predict, NN.gradients their back_propagate, NN.back_propagation one iteration of their
train. Inputs are taken as they are: false stays 0. New are an early end, saving, and

    momentum      each step keeps a part of the last one, so steps in one direction add up
    mini-batches  each update is made from some of the samples, picked at random

    inputs a[0] --weight[0], bias[0]--> z[0] --activation[0]--> a[1] --weight[1] ... = output
    (as W1, B1, z1 and a1 there)

Run it:       python network1.py
Try next:     python network1.py --learning-rate 0.2    (faster; the figure shows a spike)
              python network1.py --shape 3 4 4 1 --activation tanh tanh sigmoid
              python network1.py --dataset cubic --momentum 0    (far slower than with 0.5)
From Python:  nn = NN((3, 8, 1)); nn.train(X, Y); nn.forward(X)
Read next:    cubic.py, which learns a curve
"""

import argparse
import os
import warnings

import matplotlib.pyplot as plt
import numpy as np

import dataset
from activation import ACTIVATIONS, linear, tanh


class NN:
    """A fully connected network; layers, gradients and back_propagation are its mathematics.

    shape       numbers of nodes: (inputs, hidden 1, ..., outputs)
    activation  a function of activation.py, or one like them, for each layer after the inputs,
                with or without a None for these. Default: tanh, and linear for the outputs
    rng         numpy.random.Generator of the initial weights, None for a new one
    weight      list: weight[i] (nodes of layer i + 1, nodes of layer i), with a standard
                deviation of 1 / sqrt(inputs) (LeCun and others, Efficient BackProp, 1998)
    bias        list: bias[i] (nodes of layer i + 1, 1), zero

    Unfit shapes and data raise ValueError, too large numbers FloatingPointError: begin anew.
    """

    def __init__(self, shape, activation=None, rng=None):
        self.shape = tuple(np.ravel(shape).tolist())
        if len(self.shape) < 2 or any(n not in range(1, 10_001) for n in self.shape):
            raise ValueError(f"shape must be two or more numbers from 1 to 10000, not {shape}")
        n = len(self.shape) - 1
        functions = [tanh] * (n - 1) + [linear] if activation is None else np.ravel(activation)
        self.activation = [f for f in functions if f is not None]
        if len(self.activation) != n or not all(map(callable, self.activation)):
            raise ValueError(f"activation must be {n} functions, as tanh, not {activation}")
        rng, sizes = np.random.default_rng(rng), [*zip(self.shape, self.shape[1:])]
        self.weight = [rng.normal(0, 1 / np.sqrt(inputs), (n, inputs)) for inputs, n in sizes]
        self.bias = [np.zeros((n, 1)) for _, n in sizes]
        self.velocity = [np.zeros_like(p) for p in self.weight + self.bias]

    @np.errstate(all="ignore")  # numbers that grow too large are met below
    def layers(self, x):
        """Return lists z and a, arrays (nodes, samples): z[i] and a[i + 1] are made of a[i]."""
        z, a = [], [check(x, "x", self.shape[0]).T]
        for W, B, f in zip(self.weight, self.bias, self.activation):
            z.append(W @ a[-1] + B)
            a.append(f(z[-1]))
        if not np.abs(a[-1]).max() < 1e100:
            raise FloatingPointError("numbers grow too large: scale the data or lower the rate")
        return z, a

    def forward(self, x):
        """Return Y_hat (samples, outputs) for x (samples, inputs)."""
        z, a = self.layers(x)
        return a[-1].T

    def gradients(self, x, y):
        """Return the loss and its gradients dW and dB, lists like weight and bias."""
        z, a = self.layers(x)
        error = a[-1] - check(y, "y", self.shape[-1], len(x)).T
        loss = (error**2).sum() / error.size

        dW, dB = [], []
        da = 2 / error.size * error
        for i in reversed(range(len(self.weight))):  # da belongs to a[i + 1]
            dz = da * self.activation[i](z[i], derivative=True)
            dW.insert(0, dz @ a[i].T)
            dB.insert(0, dz.sum(axis=1, keepdims=True))
            if i > 0:  # the inputs need no da
                da = self.weight[i].T @ dz
        return loss, dW, dB

    def back_propagation(self, x, y, learning_rate=0.05, momentum=0.5):
        """Update all weights and biases once; return the loss before that."""
        loss, dW, dB = self.gradients(x, y)
        for p, v, gradient in zip(self.weight + self.bias, self.velocity, dW + dB, strict=True):
            v[:] = momentum * v - learning_rate * gradient
            p += v
        return loss

    def train(
        self, x, y, iterations=10000, learning_rate=0.05, momentum=0.5,
        batch_size=None, min_error=1e-5, verbose=True, rng=None,
    ):  # fmt: skip
        """Update iterations times; return the loss before each update, a list.

        Each update is made from all samples or, with batch_size, from the next batch_size of
        them. An epoch is once through all; before each, rng shuffles them. Training ends early
        after an epoch with a mean loss below min_error. Called again, it goes on, velocity
        included, with a new epoch. Warns of an x or y beyond 10, or below 0.1.
        """
        x, y = check(x, "x", self.shape[0]), check(y, "y", self.shape[-1], len(x))
        for name, values in ("x", x), ("y", y):
            largest = np.abs(values).max()
            if largest > 10 or (0 < largest < 0.1 and len(values) > 1):
                warnings.warn(f"scale {name} to -1 ... 1, not {largest:.2g}", stacklevel=2)
        size = batch_size or len(x)
        starts, losses, rng = range(0, len(x), size), [], np.random.default_rng(rng)
        for i in range(1, iterations + 1):
            start = starts[(i - 1) % len(starts)]
            if start == 0 and len(starts) > 1:  # with one batch the order is all the same
                order = rng.permutation(len(x))
                x, y = x[order], y[order]
            batch = slice(start, start + size)
            losses.append(self.back_propagation(x[batch], y[batch], learning_rate, momentum))
            done = start == starts[-1] and sum(losses[-len(starts) :]) / len(starts) < min_error
            if verbose and (done or i == iterations or i % max(1, iterations // 10) == 0):
                print(f"iteration {i}: loss {losses[-1]:.3g}")
            if done:
                break
        return losses

    def save(self, file):
        """Write the network to a file (.npz); an older one stays until the new one is whole."""
        names = [name for f in self.activation for name, g in ACTIVATIONS.items() if f is g]
        if len(names) < len(self.activation):
            raise ValueError("to be saved, all activations must be of activation.py")
        arrays = {f"weight{i}": W for i, W in enumerate(self.weight)}
        arrays |= {f"bias{i}": B for i, B in enumerate(self.bias)}
        with open(f"{file}.new", "wb") as stream:
            np.savez(stream, activation=names, **arrays)
        os.replace(f"{file}.new", file)


def load(file):
    """Return the NN in a file that save has written."""
    with np.load(file, allow_pickle=False) as data:  # so no code in it is ever run
        functions = [ACTIVATIONS[name] for name in data["activation"]]
        weight = [data[f"weight{i}"] for i in range(len(functions))]
        nn = NN([weight[0].shape[1], *map(len, weight)], functions)
        nn.weight, nn.bias = weight, [data[f"bias{i}"] for i in range(len(functions))]
    return nn


def check(x, name, columns, rows="samples"):
    """Return x as floats; ValueError unless it is finite numbers in shape (rows, columns)."""
    x = np.asarray_chkfinite(x, dtype=float)
    if x.ndim != 2 or x.shape[1] != columns or rows not in ("samples", len(x)):
        raise ValueError(f"{name} must have shape ({rows}, {columns}), not {x.shape}")
    return x


DATASETS = {  # name: a function of a random number generator that returns X and Y
    "xor_2_input": lambda rng: dataset.xor_2_input(),
    "xor_3_input": lambda rng: dataset.xor_3_input(),
    "image2x2": lambda rng: dataset.image2x2(),
    "image2x2_set": lambda rng: dataset.image2x2_set(10, rng=rng),
    "cubic": lambda rng: dataset.polynomial((4, 0, -3, 0), -1, 1, 50),
}


@plt.rc_context({"axes.spines.top": False, "axes.spines.right": False})
def plot(losses, y, y_hat):
    """Return a figure of the loss, and of the predicted beside the desired outputs."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.semilogy(losses, color="#7B4FAE")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    left.yaxis.set_major_formatter("{x:g}")
    sample = np.arange(y.size) // y.shape[1]
    right.plot(sample, y.ravel(), "o", color="black", fillstyle="none", label="desired")
    right.plot(sample, y_hat.ravel(), ".", color="tab:blue", label="predicted")
    right.set(title="What was learned", xlabel="sample", ylabel="output")
    right.xaxis.get_major_locator().set_params(integer=True)
    figure.legend(loc="outside right upper", frameon=False)
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Train a network on xor_3_input, or others.")
    parser.add_argument("--dataset", choices=DATASETS, default="xor_3_input")
    parser.add_argument("--shape", type=int, nargs="+", help="default: inputs 8 8 outputs")
    parser.add_argument("--activation", choices=ACTIVATIONS, nargs="+", help="tanh ... linear")
    parser.add_argument("--iterations", type=int, default=10000, help="default: 10000")
    parser.add_argument("--learning-rate", type=float, default=0.05, help="default: 0.05")
    parser.add_argument("--momentum", type=float, default=0.5, help="default: 0.5")
    parser.add_argument("--batch-size", type=int, help="samples per update, default: all")
    parser.add_argument("--seed", type=int, default=0, help="of all random numbers, default: 0")
    parser.add_argument("--save", metavar="FILE", help="write the figure, show no window")
    args = parser.parse_args(argv)
    if not (args.iterations >= 1 and 0 < args.learning_rate <= 1000):
        parser.error("expected --iterations from 1, --learning-rate above 0, up to 1000")
    if not (0 <= args.momentum < 1 and args.seed >= 0):
        parser.error("expected --momentum from 0 to below 1, --seed from 0")
    rng = np.random.default_rng(args.seed)
    X, Y = DATASETS[args.dataset](rng)
    first, last, size = X.shape[1], Y.shape[1], args.batch_size
    shape = args.shape or [first, 8, 8, last]
    names = args.activation or ["tanh"] * (len(shape) - 2) + ["linear"]
    if [shape[0], shape[-1], len(shape) - 1] != [first, last, len(names)] or min(shape) < 1:
        parser.error(f"expected --shape {first}...{last}, {len(shape) - 1} --activation names")
    if not (size is None or 1 <= size <= len(X)):
        parser.error(f"expected --batch-size from 1 to {len(X)}")
    nn = NN(shape, [ACTIVATIONS[name] for name in names], rng)
    options = args.iterations, args.learning_rate, args.momentum, size
    try:
        start, losses = nn.gradients(X, Y)[0], nn.train(X, Y, *options, rng=rng)
        Y_hat = nn.forward(X)
    except FloatingPointError:
        parser.exit(1, "The training diverged: try a smaller --learning-rate.\n")
    mse = np.mean((Y_hat - Y) ** 2)
    off = np.abs(Y_hat - Y) >= 0.25
    print(f"{args.dataset}: mse {mse:.3g} after {len(losses)} iterations")
    if mse > start:
        print("The loss has grown: try a smaller --learning-rate.")
    elif off.any():
        print(f"Not learned: {off.sum()} of {off.size} outputs are off by 0.25 or more.")
        print("Try other --iterations, --shape, --activation; see docs/when-training-fails.md.")
    figure = plot(losses, Y, Y_hat)
    if args.save:
        try:
            figure.savefig(args.save)
        except (OSError, ValueError, RuntimeError) as error:
            parser.error(f"--save: {error}")
    elif plt.get_backend().lower() in ("agg", "cairo", "pdf", "pgf", "ps", "svg"):  # files only
        print("No window (no display, or no tkinter or Qt): --save FILE keeps the figure.")
    else:
        plt.show()


if __name__ == "__main__":
    main()
