"""Training a network with any number of layers, nodes and activation functions: the class NN.

What xor.py and 2x2_image_recognition.py write out layer by layer is a loop here: forward
through all layers, and back through all layers. The rest is as it was. Three things are
new: momentum, mini-batches and saving.

    inputs a0 --W, B--> z --f--> a --W, B--> z --f--> a … = output

Run it:      python network1.py
Try next:    python network1.py --learning-rate 0.05    (the spike in the loss is gone)
             python network1.py --dataset image2x2 --shape 4 6 4
             python network1.py --shape 3 4 4 1 --activation tanh tanh sigmoid
             python network1.py --dataset cubic --momentum 0    (ten times the loss)
From Python: nn = NN((3, 8, 1)); nn.train(X, Y); nn.forward(X)
"""

import argparse
import os
import signal
import sys

import matplotlib.pyplot as plt
import numpy as np

import dataset
from activation import ACTIVATIONS, sigmoid


class NN:
    """A fully connected network.

    shape       nodes per layer: (inputs, hidden 1, …, outputs)
    activation  one function of activation.py per layer, or one that works alike; the first
                entry is None, for the inputs have none. Without it: sigmoid everywhere.
    rng         numpy.random.Generator of the initial weights, None for a new one
    weight      list: weight[i] (nodes of layer i + 1, nodes of layer i)
    bias        list: bias[i] (nodes of layer i + 1, 1)

    The initial weights have a standard deviation of 1 / sqrt(inputs of the node) (LeCun and
    others, Efficient BackProp, 1998). Wrong arguments raise ValueError, numbers that grow too
    large FloatingPointError: a smaller learning rate helps.
    """

    def __init__(self, shape, activation=None, rng=None):
        nodes = np.ravel(shape).tolist()
        if len(nodes) < 2 or any(n not in range(1, 10_001) for n in nodes):
            raise ValueError(f"shape must be two or more numbers from 1 to 10000, not {shape}")
        self.shape = tuple(int(n) for n in nodes)
        layers = len(self.shape) - 1
        default = [None] + [sigmoid] * layers
        self.activation = default if activation is None else np.ravel(activation).tolist()
        if [callable(f) for f in self.activation] != [False] + [True] * layers:
            raise ValueError(
                f"activation must be None and {layers} functions, not {activation}"
            )
        rng = np.random.default_rng(rng)
        self.weight = [
            rng.normal(0, 1 / np.sqrt(n_inputs), (n_nodes, n_inputs))
            for n_inputs, n_nodes in zip(self.shape, self.shape[1:])
        ]
        self.bias = [np.zeros((n_nodes, 1)) for n_nodes in self.shape[1:]]
        self.velocity = [np.zeros_like(p) for p in self.weight + self.bias]

    def forward(self, x):
        """Return Y_hat (samples, outputs) for x (samples, inputs)."""
        x = check(x, "x", self.shape[0])
        z, a = self.layers(x)
        return a[-1].T

    @np.errstate(over="raise", invalid="raise")
    def layers(self, x):
        """Return the lists z and a, an array (nodes, samples) per layer; a[0] is the input."""
        z, a = [None], [x.T]
        for W, B, f in zip(self.weight, self.bias, self.activation[1:]):
            z.append(W @ a[-1] + B)
            a.append(f(z[-1]))
        return z, a

    @np.errstate(over="raise", invalid="raise")
    def gradients(self, x, y):
        """Return the loss and its gradients dW and dB, lists like weight and bias."""
        x = check(x, "x", self.shape[0])
        y = check(y, "y", self.shape[-1], len(x))
        z, a = self.layers(x)
        error = a.pop() - y.T  # pop, not [-1]: what has been used gives its memory back
        loss = (error**2).sum() / error.size

        dW, dB = [], []
        da = 2 / error.size * error
        for i in reversed(range(len(self.weight))):
            dz = da * self.activation[i + 1](z.pop(), derivative=True)
            dW.insert(0, dz @ a.pop().T)
            dB.insert(0, dz.sum(axis=1, keepdims=True))
            if i > 0:
                da = self.weight[i].T @ dz
        return loss, dW, dB

    @np.errstate(over="raise", invalid="raise")
    def back_propagation(self, x, y, learning_rate=0.1, momentum=0.5):
        """Update all weights and biases once; return the loss before that."""
        if not (0 < learning_rate < np.inf and 0 <= momentum < 1):
            raise ValueError("learning_rate must be above 0, momentum from 0 to below 1")
        loss, dW, dB = self.gradients(x, y)
        for p, velocity, gradient in zip(self.weight + self.bias, self.velocity, dW + dB):
            velocity *= momentum
            velocity -= learning_rate * gradient
            p += velocity
        return loss

    def train(
        self, x, y, iterations=10000, learning_rate=0.2, momentum=0.5,
        batch_size=None, min_error=1e-5, verbose=True, rng=None,
    ):  # fmt: skip
        """Update iterations times; return the loss before each update, a list.

        Every update is made from the whole dataset or, with batch_size, from the next so
        many samples of it; the dataset is shuffled by rng in every epoch, that is each time
        it has been used up. Training stops early when the mean loss of the last epoch is
        below min_error. Raises ValueError for wrong arguments and FloatingPointError when
        the training diverges.
        """
        x = check(x, "x", self.shape[0])
        y = check(y, "y", self.shape[-1], len(x))
        if not isinstance(iterations, (int, np.integer)) or iterations < 0:
            raise ValueError(f"iterations must be a whole number from 0 on, not {iterations}")
        if batch_size is not None and batch_size not in range(1, len(x) + 1):
            raise ValueError(f"batch_size must be from 1 to {len(x)}, not {batch_size}")
        batch_size = batch_size and int(batch_size)  # None, the whole dataset, stays None
        losses = []
        in_epoch = -(-len(x) // (batch_size or len(x)))  # the number of batches, rounded up
        for i, rows in zip(range(1, iterations + 1), batches(len(x), batch_size, rng)):
            losses.append(self.back_propagation(x[rows], y[rows], learning_rate, momentum))
            done = i >= in_epoch and sum(losses[-in_epoch:]) / in_epoch < min_error
            if verbose and (done or i % max(1, iterations // 10) == 0):
                print(f"iteration {i}: loss {losses[-1]:.3g}")
            if done:
                break
        return losses

    def save(self, file):
        """Write the network to a file (.npz). Its activations must be in ACTIVATIONS."""
        names = [getattr(f, "__name__", "") for f in self.activation[1:]]
        if [ACTIVATIONS.get(name) for name in names] != self.activation[1:]:
            raise ValueError(f"activations must be of activation.py to be saved, not {names}")
        arrays = {f"weight{i}": W for i, W in enumerate(self.weight)}
        arrays |= {f"bias{i}": B for i, B in enumerate(self.bias)}
        with open(file, "wb") as stream:
            np.savez(stream, activation=names, **arrays)

    @classmethod
    def load(cls, file):
        """Return the network in a file that save has written.

        Raises OSError if the file can't be read, ValueError if it holds no network.
        """
        with open(file, "rb") as stream:
            try:
                if stream.read(4) != b"PK\3\4":
                    raise ValueError("it is no .npz file")
                stream.seek(0)
                data = np.load(stream, allow_pickle=False)
                names = [str(name) for name in data["activation"]]
                weight = [data[f"weight{i}"] for i in range(len(names))]
                bias = [data[f"bias{i}"] for i in range(len(names))]
                if len(data.files) != 1 + 2 * len(names) or not set(names) <= set(ACTIVATIONS):
                    raise ValueError(f"its arrays do not fit its activations, {names}")
                shape = [weight[0].shape[1]] + [len(W) for W in weight]
                nn = cls(shape, [None] + [ACTIVATIONS[name] for name in names])
                for i, (W, B) in enumerate(zip(weight, bias)):
                    nn.weight[i] = check(W, f"weight{i}", shape[i], shape[i + 1])
                    nn.bias[i] = check(B, f"bias{i}", 1, shape[i + 1])
            except Exception as error:  # whatever is wrong with it, it is no network
                raise ValueError(f"{file} does not hold a network: {error}") from None
        return nn


def check(x, name, columns, rows=None):
    """Return x as floats; ValueError unless it is finite numbers in shape (rows, columns)."""
    x = np.asarray(x)
    if x.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be numbers, not {x.dtype}")
    if x.ndim != 2 or x.shape != (rows or max(1, len(x)), columns):
        expected = f"({rows or 'samples'}, {columns})"
        raise ValueError(f"{name} must have shape {expected}, not {x.shape}")
    if not np.isfinite(x).all():
        raise ValueError(f"{name} must be finite, but holds nan or inf")
    return x.astype(float, copy=False)


def batches(n_samples, batch_size, rng):
    """Yield the rows of one batch after the other, without end."""
    rng = np.random.default_rng(rng)
    while batch_size is None:
        yield slice(None)
    while True:
        order = rng.permutation(n_samples)
        for start in range(0, n_samples, batch_size):
            yield order[start : start + batch_size]


DATASETS = {
    "xor_2_input": lambda rng: dataset.xor_2_input(),
    "xor_3_input": lambda rng: dataset.xor_3_input(),
    **{gate: lambda rng, g=gate: dataset.truth_table(g) for gate in dataset.GATES},
    "image2x2": lambda rng: dataset.image2x2(),
    "image2x2_set": lambda rng: dataset.image2x2_set(10, rng=rng),
    "cubic": lambda rng: dataset.polynomial((4, 0, -3, 0), -1, 1, 50),
}


def plot(losses, y, y_hat):
    """Return a figure of the loss, and of the predicted against the desired outputs."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.semilogy(losses, color="tab:purple")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    right.axline((0, 0), slope=1, linestyle="--", color="black", label="predicted = desired")
    right.plot(y.ravel(), y_hat.ravel(), "o", color="tab:blue", label="outputs")
    right.set(title="What was learned", xlabel="desired", ylabel="predicted")
    right.legend()
    return figure


def main(argv=None):
    parser = argparse.ArgumentParser(description="Train a network of any shape.")
    parser.add_argument("--dataset", choices=DATASETS, default="xor_3_input")
    parser.add_argument(
        "--shape", type=int, nargs="+", help="nodes per layer, default: 3 8 8 1"
    )
    parser.add_argument(
        "--activation", choices=ACTIVATIONS, nargs="+",
        help="one per layer after the inputs, default: tanh, and linear for the outputs",
    )  # fmt: skip
    parser.add_argument("--iterations", type=int, default=10000, help="default: 10000")
    parser.add_argument("--learning-rate", type=float, default=0.2, help="default: 0.2")
    parser.add_argument("--momentum", type=float, default=0.5, help="default: 0.5")
    parser.add_argument("--seed", type=int, default=0, help="of all random numbers, default: 0")
    parser.add_argument("--save", metavar="FILE", help="write the figure: png, svg or pdf")
    args = parser.parse_args(argv)
    if not (args.iterations >= 1 and 0 <= args.momentum < 1):
        parser.error("expected --iterations 1 or more, --momentum from 0 to below 1")
    if not (0 < args.learning_rate < np.inf and args.seed >= 0):
        parser.error("expected a --learning-rate above 0 and a --seed of 0 or more")

    rng = np.random.default_rng(args.seed)
    X, Y = DATASETS[args.dataset](rng)
    ends = [X.shape[1], Y.shape[1]]
    shape = args.shape or [ends[0], 8, 8, ends[1]]
    names = args.activation or ["tanh"] * (len(shape) - 2) + ["linear"]
    if (
        len(shape) < 2
        or [shape[0], shape[-1]] != ends
        or not 1 <= min(shape) <= max(shape) <= 1000
    ):
        parser.error("expected --shape {} … {}, with 1 to 1000 nodes per layer".format(*ends))
    if len(names) != len(shape) - 1:
        parser.error(f"expected --activation with {len(shape) - 1} names for this --shape")
    nn = NN(shape, [None] + [ACTIVATIONS[name] for name in names], rng)
    try:
        losses = nn.train(X, Y, args.iterations, args.learning_rate, args.momentum)
        Y_hat = nn.forward(X)
        if np.abs(Y_hat).max() > 1e50:
            raise FloatingPointError
    except FloatingPointError:
        sys.exit("The training diverged: try a smaller --learning-rate.")
    off = np.abs(Y_hat - Y) >= 0.25
    print(f"{args.dataset}: mse {np.mean((Y_hat - Y) ** 2):.3g} after {len(losses)} iterations")
    if off.any():
        print(f"Not learned: {off.sum()} of {off.size} outputs are off by 0.25 or more.")
        print(
            "Try another --seed, --shape, --activation or --learning-rate, more --iterations."
        )

    figure = plot(losses, Y, Y_hat)
    if args.save:
        try:
            figure.savefig(args.save, format=os.path.splitext(args.save)[1][1:])
        except (OSError, ValueError, RuntimeError) as error:
            parser.error(f"--save expects a png, svg or pdf file: {error}")
    elif plt.get_backend().lower() == "agg":
        print("There is no display: --save FILE keeps the figure.")
    else:
        figure.canvas.manager.set_window_title("network1.py")
        plt.show()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a traceback
    main()
