"""Training a network with any number of layers and nodes: the class NN.

xor.py and 2x2_image_recognition.py write out each layer. Here a loop goes
through the layers. The class has their functions as methods:

    forward           their predict
    gradients         their back_propagate
    back_propagation  one iteration of their train

NN takes any data, so it uses the inputs as they are, and false stays 0. Four
things are new:

    momentum      each step keeps a part of the step before
    mini-batches  each update uses only some samples, picked at random
    early end     training ends when the loss is small enough
    saving        NN.save writes a network to a file, and load reads it

    inputs a[0] --weight[0], bias[0]--> z[0] --activation[0]--> a[1]
    then   a[1] --weight[1], bias[1]--> z[1] --activation[1]--> a[2], and so on

The last a holds the outputs. The figure shows the output of every node for
every sample. For a dataset with a single input, it shows the curve instead.

Run it:     python network1.py
Try next:   python network1.py --learning-rate 0.2  (faster, but with a spike)
            python network1.py --shape 3 4 4 1 --activation tanh tanh sigmoid
            python network1.py --dataset cubic --momentum 0  (far slower)
In Python:  nn = NN((3, 8, 1)); nn.train(X, Y); nn.forward(X)
Read next:  cubic.py, which learns a curve
"""

import argparse
import os
import warnings

import matplotlib.pyplot as plt
import numpy as np

import dataset
from activation import ACTIVATIONS, linear, tanh


class NN:
    """A fully connected network.

    The mathematics is in the methods layers, gradients and back_propagation.

    shape       numbers of nodes: (inputs, hidden 1, ..., outputs)
    activation  one function for each layer after the inputs, from activation.py or your own.
                By default, tanh for the hidden layers and linear for the outputs. You may put
                None in front, for the inputs, which have no function
    rng         numpy.random.Generator of the initial weights, a seed, or None
    weight      list: weight[i] (nodes of layer i + 1, nodes of layer i). The weights start with
                a standard deviation of 1 / sqrt(inputs of the layer), as in Efficient BackProp
                (LeCun and others, 1998)
    bias        list: bias[i] (nodes of layer i + 1, 1). The biases start at zero
    velocity    list: the last step of each weight, and then of each bias

    A shape or data that don't fit raise ValueError. Numbers that grow too large raise
    FloatingPointError; the weights are useless then, so begin again with a new NN.
    """

    def __init__(self, shape, activation=None, rng=None):
        sizes = np.ravel(shape).tolist()  # plain numbers
        if len(sizes) < 2 or any(n not in range(1, 10_001) for n in sizes):
            raise ValueError(f"shape must be two or more numbers from 1 to 10000, not {shape}")
        self.shape = tuple(int(n) for n in sizes)  # 3.0 is 3

        n_layers = len(self.shape) - 1  # the inputs aren't counted
        if activation is None:
            activation = [tanh] * (n_layers - 1) + [linear]
        self.activation = [f for f in np.ravel(activation) if f is not None]
        if len(self.activation) != n_layers or not all(map(callable, self.activation)):
            raise ValueError(
                f"activation must be {n_layers} functions, such as tanh, not {activation}"
            )

        rng = np.random.default_rng(rng)
        self.weight = []
        self.bias = []
        for n_inputs, n_nodes in zip(self.shape, self.shape[1:]):
            self.weight.append(rng.normal(0, 1 / np.sqrt(n_inputs), (n_nodes, n_inputs)))
            self.bias.append(np.zeros((n_nodes, 1)))
        self.velocity = [np.zeros_like(p) for p in [*self.weight, *self.bias]]

    @np.errstate(all="ignore")  # numbers that grow too large raise an error below
    def layers(self, x):
        """Return lists z and a of arrays (nodes, samples).

        a[0] has the inputs. z[i] is computed from a[i], and a[i + 1] from z[i].
        """
        z = []
        a = [check(x, "x", self.shape[0]).T]
        for W, B, f in zip(self.weight, self.bias, self.activation):
            if B.shape != (len(W), 1):  # numpy might add a row to the samples, not the nodes
                raise ValueError(f"a bias must have shape ({len(W)}, 1), not {B.shape}")
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
        """Return the loss and its gradients dW and dB, which are lists like weight and bias."""
        z, a = self.layers(x)
        y = check(y, "y", self.shape[-1], len(x))
        error = a[-1] - y.T
        loss = (error**2).sum() / error.size

        dW = []
        dB = []
        da = 2 / error.size * error
        for i in reversed(range(len(self.weight))):  # da belongs to a[i + 1]
            dz = da * self.activation[i](z[i], derivative=True)
            dW.insert(0, dz @ a[i].T)
            dB.insert(0, dz.sum(axis=1, keepdims=True))
            if i > 0:  # the inputs need no da
                da = self.weight[i].T @ dz
        return loss, dW, dB

    def back_propagation(self, x, y, learning_rate=0.05, momentum=0.5):
        """Update all weights and biases once, and return the loss before the update."""
        loss, dW, dB = self.gradients(x, y)
        parameters = [*self.weight, *self.bias]
        for p, v, gradient in zip(parameters, self.velocity, [*dW, *dB], strict=True):
            v[:] = momentum * v - learning_rate * gradient  # [:] changes the array itself
            p += v
        return loss

    def train(
        self,
        x,
        y,
        iterations=10000,
        learning_rate=0.05,
        momentum=0.5,
        batch_size=None,
        min_error=1e-5,
        verbose=True,
        rng=None,
    ):
        """Update the network iterations times. Return a list of the loss before each update.

        Without batch_size, each update uses all samples. With batch_size, each update uses the
        next batch_size samples. An epoch goes once through all samples, and rng shuffles them
        before each epoch. Training ends early after an epoch with a mean loss below min_error.
        If you call train again, it begins a new epoch, and keeps the velocity. It warns of data
        that the network can't learn well.
        """
        x = check(x, "x", self.shape[0])
        y = check(y, "y", self.shape[-1], len(x))
        if batch_size is None:
            batch_size = len(x)
        if not iterations >= 0:
            raise ValueError(f"iterations must be 0 or more, not {iterations}")
        if not learning_rate > 0:
            raise ValueError(f"learning_rate must be above 0, not {learning_rate}")
        if not 0 <= momentum < 1:
            raise ValueError(f"momentum must be from 0 to below 1, not {momentum}")
        if not batch_size >= 1:
            raise ValueError(f"batch_size must be 1 or more, or None, not {batch_size}")
        for doubt in doubts(x, y, self.activation[-1]):
            warnings.warn(doubt, stacklevel=2)

        rng = np.random.default_rng(rng)
        starts = range(0, len(x), batch_size)  # the first row of each batch
        report_every = max(1, iterations // 10)
        losses = []
        for i in range(1, iterations + 1):
            start = starts[(i - 1) % len(starts)]
            if start == 0 and len(starts) > 1:  # a single batch needs no shuffling
                order = rng.permutation(len(x))
                x = x[order]
                y = y[order]
            batch = slice(start, start + batch_size)
            loss = self.back_propagation(x[batch], y[batch], learning_rate, momentum)
            losses.append(loss)

            done = i == iterations
            if start == starts[-1]:  # the epoch is complete
                epoch = losses[-len(starts) :]
                done = done or sum(epoch) / len(epoch) < min_error
            if verbose and (done or i % report_every == 0):
                print(f"iteration {i}: loss {loss:.3g}")
            if done:
                break
        return losses

    def save(self, file):
        """Write the network to an .npz file. An older file stays until the new one is whole."""
        name_of = {f: name for name, f in ACTIVATIONS.items()}
        if not all(f in name_of for f in self.activation):
            raise ValueError("to be saved, all activations must come from activation.py")
        arrays = {"activation": [name_of[f] for f in self.activation]}
        for i, (W, B) in enumerate(zip(self.weight, self.bias)):
            arrays[f"weight{i}"] = W
            arrays[f"bias{i}"] = B
        with open(f"{file}.new", "wb") as stream:
            np.savez(stream, **arrays)
        os.replace(f"{file}.new", file)


def load(file):
    """Return the NN in a file that save has written."""
    with np.load(file, allow_pickle=False) as data:  # a pickle could run any code
        functions = [ACTIVATIONS[name] for name in data["activation"]]
        weight = [data[f"weight{i}"] for i in range(len(functions))]
        bias = [data[f"bias{i}"] for i in range(len(functions))]
    n_inputs = weight[0].shape[1]
    n_nodes = [len(W) for W in weight]
    nn = NN([n_inputs, *n_nodes], functions)
    nn.weight = weight
    nn.bias = bias
    return nn


def check(x, name, n_columns, n_rows=None):
    """Return x as floats. Raise ValueError unless it is finite numbers of the right shape.

    The shape is (n_rows, n_columns). Without n_rows, there may be any number of rows.
    """
    x = np.asarray(x, dtype=float)
    if not np.isfinite(x).all():
        raise ValueError(f"{name} must not contain infs or NaNs")
    rows = "samples" if n_rows is None else n_rows
    if x.ndim != 2 or x.shape[1] != n_columns or rows not in ("samples", len(x)):
        raise ValueError(f"{name} must have shape ({rows}, {n_columns}), not {x.shape}")
    if len(x) == 0:
        raise ValueError(f"{name} must have at least one row")
    return x


def doubts(x, y, output):
    """Yield, in words, each reason why a network can't learn y from x well.

    output is the activation function of the last layer.
    """
    advice = "subtract each column's mean, and divide by its standard deviation"
    # The limits were found by trying. The bias of the last layer can follow a y that is far
    # from 0, so y may be farther away than x.
    if badly_scaled(x, farthest=1, narrowest=0.4):
        yield f"scale x: {advice}"
    if badly_scaled(y, farthest=5, narrowest=0.1):
        yield f"scale y: {advice}"
    low, high = value_range(output)
    if y.min() < low - 0.01 or y.max() > high + 0.01:  # 0.01 too far does no harm
        yield (
            f"y reaches from {y.min():g} to {y.max():g}, but {output.__name__}, "
            f"the last activation, only from {low:g} to {high:g}"
        )


def badly_scaled(values, farthest, narrowest):
    """Return whether a column is too wide or too far from 0, or all columns are too narrow.

    farthest is the largest distance from 0, as a multiple of a column's width. narrowest is
    the smallest width of the widest column.
    """
    if values.std(axis=0).max() > 5:
        return True
    if len(values) < 8:  # too few to tell
        return False
    width = np.ptp(values, axis=0)
    distance = np.abs(values).min(axis=0)
    far_columns = (width > 0) & (distance > farthest * width)
    is_narrow = 0 < width.max() < narrowest
    return far_columns.any() or is_narrow


def value_range(f):
    """Return the least and the largest value of an activation function of activation.py."""
    if f not in ACTIVATIONS.values():
        return -np.inf, np.inf  # the range of your own function isn't known
    z = [-np.inf, *np.linspace(-20, 20, 4001), np.inf]  # a bell is highest in the middle
    values = f(z)
    return values.min(), values.max()


DATASETS = {  # name: a function of a random number generator that returns X and Y
    "xor_2_input": lambda rng: dataset.xor_2_input(),
    "xor_3_input": lambda rng: dataset.xor_3_input(),
    "image2x2": lambda rng: dataset.image2x2(),
    "image2x2_set": lambda rng: dataset.image2x2_set(10, rng=rng),
    "cubic": lambda rng: dataset.polynomial((4, 0, -3, 0), -1, 1, 50),
}


@plt.style.context(["default", {"axes.spines.top": False, "axes.spines.right": False}])
def plot(losses, x, y, nn):
    """Return a figure of the loss, and of what was learned: a curve, or a table of layers."""
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(10, 4), width_ratios=[2, 3], layout="constrained"
    )
    left.semilogy(losses, color="#7B4FAE")
    left.set(title="Training", xlabel="iteration", ylabel="loss (mse)")
    left.set_ylim(bottom=min(losses[-1], 1e-3))  # so that a loss that stays high looks high
    left.yaxis.set_major_formatter("{x:g}")
    if x.shape[1] == 1:
        draw_curve(right, x, y, nn.forward(x))
    else:
        draw_layers(right, x, y, nn)
    return figure


def draw_curve(axes, x, y, y_hat):
    """Draw the desired and the predicted outputs over a single input."""
    axes.plot(x, y, "o", color="black", fillstyle="none", label="desired")
    axes.plot(x, y_hat, color="tab:blue", label="predicted")
    axes.set(title="What was learned", xlabel="input", ylabel="output")
    axes.legend(frameon=False)


def draw_layers(axes, x, y, nn):
    """Draw a table of shades. A row is a sample, and each layer has a column for each node."""
    has_room = len(x) <= 16  # for a name beside each row
    if not has_room:
        # Samples of the same kind come together, and among them similar inputs. The last key
        # of lexsort counts most.
        order = np.lexsort([*np.round(x.T), *y.T])
        x = x[order]
        y = y[order]

    _, a = nn.layers(x)
    hidden = [f"layer {i}" for i in range(1, len(a) - 1)]
    labels = ["inputs", *hidden, "predicted", "desired"]
    gap = np.full((len(x), 1), np.nan)  # imshow leaves nan blank
    parts = []
    centres = []
    width = 0
    for values in [*a, y.T]:
        parts += [values.T, gap]
        centres.append(width + (len(values) - 1) / 2)
        width += len(values) + 1
    table = np.hstack(parts[:-1])  # no gap behind the last part

    image = axes.imshow(table, "RdBu", vmin=-1, vmax=1, aspect="auto", interpolation="nearest")
    has_larger = np.nanmax(np.abs(table)) > 1.05  # a little more than 1 looks the same
    tips = "both" if has_larger else "neither"
    axes.figure.colorbar(image, label="output of the node", ticks=[-1, 0, 1], extend=tips)
    axes.set_facecolor("0.85")  # seen in the gaps
    axes.set_title("The output of every node: predicted should equal desired")
    # every second label is one line lower, so that none touches the next
    labels[1::2] = [f"\n{label}" for label in labels[1::2]]
    axes.set_xticks(centres, labels)
    if has_room:
        names = ["".join(f"{value:.0f}" for value in row) for row in x]
        axes.set_yticks(range(len(x)), names)
        axes.set_ylabel("sample")
    else:
        axes.set_yticks([])
        axes.set_ylabel(f"{len(x)} samples, sorted by what is desired")


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    option = parser.add_argument
    what = "what to learn, one of %(choices)s (%(default)s)"
    option("--dataset", choices=DATASETS, default="xor_3_input", metavar="NAME", help=what)
    layers = "number of nodes per layer, from the inputs to the outputs (inputs 8 8 outputs)"
    option("--shape", type=int, nargs="+", metavar="N", help=layers)
    names = "one name for each layer after the inputs, of %(choices)s (tanh, linear last)"
    option("--activation", choices=ACTIVATIONS, nargs="+", metavar="NAME", help=names)
    option("--iterations", type=int, default=10000, help="updates, at most (%(default)s)")
    option("--learning-rate", type=float, default=0.05, help="size of the steps (%(default)s)")
    option("--momentum", type=float, default=0.5, help="share of a step kept (%(default)s)")
    option("--batch-size", type=int, help="samples per update (all)")
    option("--seed", type=int, default=0, help="picks all random numbers (%(default)s)")
    option("--save", metavar="FILE", help="write the figure to this file, open no window")
    args = parser.parse_args(argv)
    if not (args.iterations >= 1 and 0 < args.learning_rate <= 1000):
        parser.error("expected --iterations from 1, --learning-rate above 0, up to 1000")
    if not (0 <= args.momentum < 1 and args.seed >= 0):
        parser.error("expected --momentum from 0 to below 1, --seed from 0")

    rng = np.random.default_rng(args.seed)
    X, Y = DATASETS[args.dataset](rng)
    if args.batch_size is not None and not 1 <= args.batch_size <= len(X):
        parser.error(f"--batch-size must be from 1 to {len(X)}, the number of samples")
    n_inputs = X.shape[1]
    n_outputs = Y.shape[1]
    shape = args.shape or [n_inputs, 8, 8, n_outputs]
    if shape[0] != n_inputs or shape[-1] != n_outputs:
        parser.error(
            f"--shape must begin with {n_inputs}, the inputs, "
            f"and end with {n_outputs}, the outputs"
        )
    activation = None
    if args.activation:
        activation = [ACTIVATIONS[name] for name in args.activation]
        if len(activation) != len(shape) - 1:
            parser.error(
                "--activation needs one name for each layer after the inputs, "
                f"{len(shape) - 1} in all"
            )
    try:
        nn = NN(shape, activation, rng)
    except ValueError as error:  # NN refuses a layer without nodes, and one with too many
        parser.error(f"--shape: {error}")

    try:
        first_loss, _, _ = nn.gradients(X, Y)
        losses = nn.train(
            X, Y, args.iterations, args.learning_rate, args.momentum, args.batch_size, rng=rng
        )
        Y_hat = nn.forward(X)
    except FloatingPointError:
        parser.exit(1, "The training diverged: try a smaller --learning-rate.\n")

    mse = np.mean((Y_hat - Y) ** 2)
    off = np.abs(Y_hat - Y) >= 0.25
    print(f"{args.dataset}: mse {mse:.3g} after {len(losses)} iterations")
    if mse > first_loss:
        print("The loss has grown: try a smaller --learning-rate.")
    elif off.any():
        print(f"Not learned: {off.sum()} of {off.size} outputs are off by 0.25 or more.")
        print("Try other --iterations, --learning-rate, --momentum or --batch-size,")
        print("or other --shape, --activation or --seed.")
        print("docs/when-training-fails.md says which of them helps.")

    figure = plot(losses, X, Y, nn)
    if args.save:
        try:
            figure.savefig(args.save, facecolor="auto")
        except (OSError, ValueError, RuntimeError) as error:
            parser.error(f"--save: {error}")
    elif plt.get_backend().lower() == "agg":  # matplotlib's choice if no window can open
        print("No window (no display, or no tkinter or Qt): --save FILE keeps the figure.")
    else:
        plt.show()


if __name__ == "__main__":
    main()
