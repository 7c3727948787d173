"""In which quantity is the mistake, if a gradient is wrong?

The student's dz and da are hidden in back_propagate. But if the network is one of layers as in
xor.py, then we can compute what each dz and da should be. We can also compute which dW and dB a
wrong dz would lead to, and see whether the student has those.

This is how dz is found. z is W @ a_in + B, so the loss of a single sample changes with z as it
does with B. The slope of this loss along B is the sample's column of dz.

A mistake is carried back to all layers before it, so the last layer with a wrong gradient is
the one to look at.
"""

import numpy as np

from activation import ACTIVATIONS
from exercises.checking.compare import (
    Wrong,
    difference_in_numbers,
    difference_of,
    factor_of,
    first_match,
    mistake_of,
    same,
)
from exercises.checking.layer import Layer
from exercises.checking.slopes import slopes_of
from exercises.mistakes import wrong_dB, wrong_dW, wrong_dz, wrong_loss


class Unusual(Exception):
    """Why a network isn't one of layers as in xor.py, in words."""


def cause_of(program, x, y, parameters, loss, gradients):
    """Return in words what is wrong with gradients, and whether the mistake has a name."""
    wrong = [gradient for gradient in gradients if not gradient.is_right()]
    last = max(gradient.layer for gradient in wrong)
    mistake = mistake_of_samples(program, x, parameters)
    if mistake:
        return mistake, True
    try:
        layers = layers_of(program, x, y, parameters, loss, gradients)
        mistake = mistake_of_loss(layers, loss, gradients)
        if mistake:
            return mistake, True
        add_derivatives(program, x, y, parameters, layers, gradients)
    except Unusual as why:
        return cause_without_layers(wrong, last, why)
    layer = layers[last - 1]
    mistake = mistake_in_layer(layer, gradients)
    if mistake:
        return mistake, True
    return difference_in_layer(layer, wrong), False


def cause_without_layers(wrong, last, why):
    """Return the same as cause_of, for a network in which dz can't be found."""
    for gradient in wrong:
        if not np.any(gradient.slope):
            difference = difference_in_numbers(gradient.got, gradient.slope)
            return f"{gradient.label}: {difference}", True
    difference = first_difference(wrong, last)
    return f"{difference}\nThe check can't say which line it is: {why}", False


def first_difference(wrong, number):
    """Return how the first wrong gradient of a layer differs from its slope."""
    first = next(gradient for gradient in wrong if gradient.layer == number)
    return difference_of(first.label, first.got, first.slope)


def mistake_of_samples(program, x, parameters):
    """Return that the output of the first sample is another one if it is alone, or None."""
    together = program.forward_values(x, parameters)
    alone = program.forward_values(x[:1], parameters)
    if not together or not alone or together[-1].ndim != 2:
        return None
    outputs = together[-1]
    first_samples = outputs[:, 0], outputs[0]  # whether samples are columns or rows
    if any(same(alone[-1].ravel(), first) for first in first_samples):
        return None
    return (
        "What forward puts out for a sample changes with the other samples. Does it add up "
        "over the samples, or over everything? axis=0 adds up over the nodes of a sample."
    )


# --- What every quantity has to be ------------------------------------------------------------


def layers_of(program, x, y, parameters, loss, gradients):
    """Return the student's network as a list of Layer, with all that forward computes.

    Raise Unusual unless forward returns a0, z1, a1 ... as it does in xor.py.
    """
    layers = []
    for array, gradient in zip(parameters, gradients):
        if gradient.letter == "W":
            layers.append(Layer(W=array, n=gradient.layer, n_outputs=y.shape[1]))
        else:
            layers[gradient.layer - 1].B = array
    values = program.forward_values(x, parameters)
    if values is None or len(values) not in (2 * len(layers), 2 * len(layers) + 1):
        raise Unusual("there is no forward that returns a0, z1, a1 and so on.")
    for i, layer in enumerate(layers):
        layer.a_in = values[2 * i]
        layer.z = values[2 * i + 1]
        # the last layer may have no activation: then z is what goes out
        layer.a = values[2 * i + 2] if 2 * i + 2 < len(values) else layer.z
        check_weighted_sum(layer)
        find_activation(layer)
    for before, after in zip(layers, layers[1:]):
        before.after = after
        after.before = before
    layers[0].x = x
    last = layers[-1]
    last.y = y
    if last.a.shape != y.T.shape:
        raise Unusual("the last array that forward returns doesn't have the shape of y.T.")
    last.is_mse = same(loss, np.mean((last.a - y.T) ** 2))
    return layers


def check_weighted_sum(layer):
    """Raise Unusual unless z of a layer is W @ a_in + B."""
    n, p, B = layer.n, layer.p, layer.B
    try:
        z = layer.W @ layer.a_in + (0 if B is None else B)
    except ValueError:  # the shapes don't go together
        z = None
    if z is None or not same(layer.z, z):
        bias = "" if B is None else f" + B{n}"
        raise Unusual(
            f"forward should return a0, z1, a1 and so on, and its z{n} isn't W{n} @ a{p}{bias}."
        )


def find_activation(layer):
    """Set f and slope of a layer, if its activation is one of activation.py."""
    a = layer.a[: len(layer.z)]  # below it may stand a row of ones, for the biases
    for f in ACTIVATIONS.values():
        if same(a, f(layer.z)):
            layer.f = f
            layer.slope = f(layer.z, derivative=True)
            return
    for f in ACTIVATIONS.values():
        if same(a, f(-layer.z)):
            layer.is_mirrored = True
            layer.slope = -f(-layer.z, derivative=True)
            return


def add_derivatives(program, x, y, parameters, layers, gradients):
    """Set da, dz, dW and dB of each layer; raise Unusual if dz can't be found."""
    for gradient in gradients:
        layer = layers[gradient.layer - 1]
        if gradient.letter == "W":
            layer.dW = gradient.slope
        else:
            layer.dB = gradient.slope
    columns = []
    for s in range(len(x)):
        columns.append(dz_of_one_sample(program, x[[s]], y[[s]], parameters, layers, s))
    for layer, columns_of_layer in zip(layers, zip(*columns)):
        layer.dz = np.hstack(columns_of_layer)
    scale_as_the_loss(layers, gradients[0].scale)
    for layer in layers:
        add_da(layer)


def dz_of_one_sample(program, x, y, parameters, layers, s):
    """Return a column of dz for each layer: how the loss of one sample changes with each z.

    It is the slope along B. In a layer without biases, dz is found from dW = dz @ a_in.T.
    """
    arrays = [layer.W if layer.B is None else layer.B for layer in layers]
    try:
        slopes = slopes_of(program, x, y, parameters, arrays)
    except Wrong:
        raise Unusual("the loss of a single sample can't be computed.") from None
    columns = []
    for layer, slope in zip(layers, slopes):
        if layer.B is None:
            a = layer.a_in[:, [s]]
            slope = slope @ a / (a * a).sum()
        columns.append(slope.reshape(-1, 1))
    return columns


def scale_as_the_loss(layers, scale):
    """Multiply each dz by what a sample counts in the loss: 1 / samples if that is a mean.

    Raise Unusual if the loss isn't made of its samples' losses in this way.
    """
    last = layers[-1]
    if last.B is None:
        factor = factor_of(last.dW, last.dz @ last.a_in.T)
    else:
        factor = factor_of(last.dB, sum_of(last.dz, last.dB))
    for layer in layers:
        layer.dz = factor * layer.dz
        if layer.B is not None and not same(sum_of(layer.dz, layer.dB), layer.dB, scale):
            raise Unusual("the loss isn't the mean of what it is for each sample.")


def sum_of(dz, dB):
    """Return dz summed over the samples, in the shape of dB."""
    return dz.sum(axis=1).reshape(dB.shape)


def add_da(layer):
    """Set da of a layer, and its slope if that can be found from dz."""
    if layer.after is not None:
        layer.da = (layer.after.W.T @ layer.after.dz)[: len(layer.z)]
    elif layer.is_mse:
        layer.da = 2 / layer.y.size * (layer.a - layer.y.T)
    elif layer.slope is not None and np.abs(layer.slope).min() > 1e-9:
        layer.da = layer.dz / layer.slope
    da_is_known = layer.da is not None and np.abs(layer.da).min() > 1e-9
    if layer.slope is None and da_is_known:
        layer.slope = layer.dz / layer.da


# --- A mistake in the loss --------------------------------------------------------------------


def mistake_of_loss(layers, loss, gradients):
    """Return what is wrong with the loss, if it rather than the gradients is; or None."""
    last = layers[-1]
    if last.is_mse:
        return None
    a = f"a{last.n}" if last.a is not last.z else f"z{last.n}"
    if len(last.a) == 1 and same(loss, np.mean((last.a - last.y) ** 2)):
        pairs = (last.a - last.y).shape
        return f"{a} - y has the shape {pairs}, every output minus every y. Transpose y: y.T."
    if last.slope_matters and same(loss, np.mean((last.z - last.y.T) ** 2)):
        return f"The loss is made of z{last.n}, and forward returns {a} after it. Take {a}."
    if loss < 0 and all(same(each.got, -each.slope) for each in gradients):
        return f"The loss is below 0, {loss:.4g}. Has its minus sign been lost?"
    if not are_of_squares(layers, gradients):
        return None
    text = (
        f"The gradients are those of the mean of ({a} - y.T)^2, and the loss that "
        "back_propagate returns is another one."
    )
    sentence = first_match(wrong_loss(last), lambda value: same(loss, value))
    return f"{text} {sentence}" if sentence else text


def are_of_squares(layers, gradients):
    """Whether all gradients are what they would be if the loss were the mean of squares.

    With weight decay each dB is right. Then only a part of the loss is missing in the
    gradients, and this is False.
    """
    if any(layer.slope is None for layer in layers):
        return False
    if any(gradient.letter == "B" and gradient.is_right() for gradient in gradients):
        return False
    right = {}
    last = layers[-1]
    da = 2 / last.y.size * (last.a - last.y.T)
    for layer in reversed(layers):
        dz = da[: len(layer.z)] * layer.slope
        right["W", layer.n] = dz @ layer.a_in.T
        right["B", layer.n] = dz.sum(axis=1, keepdims=True)
        da = layer.W.T @ dz
    return all(same(each.got, right[each.letter, each.layer]) for each in gradients)


# --- A mistake in a layer ---------------------------------------------------------------------


def mistake_in_layer(layer, gradients):
    """Return which mistake it is in dz, dW or dB of a layer; None if it has no name."""
    of_layer = [gradient for gradient in gradients if gradient.layer == layer.n]
    wrong = [gradient for gradient in of_layer if not gradient.is_right()]
    for gradient in wrong:
        for other in gradients:
            if np.any(other.slope) and same(gradient.got, other.slope, gradient.scale):
                return f"{gradient.label}: This is {other.label}."
    if len(wrong) == len(
        of_layer
    ):  # dW and dB are wrong, so it may be dz, of which they are made
        sentence = first_match(wrong_dz(layer), lambda dz: makes(dz, layer, of_layer))
        if sentence:
            made = " and ".join(gradient.label for gradient in of_layer)
            verb = "are" if len(of_layer) > 1 else "is"
            return f"dz{layer.n}, of which {made} {verb} made: {sentence}"
    mistakes = [mistake_of_gradient(gradient, layer) for gradient in wrong]
    # dB first, because it is made more simply than dW
    return "\n".join(mistake for mistake in reversed(mistakes) if mistake) or None


def makes(dz, layer, of_layer):
    """Whether the student's gradients of a layer are what would be made of this dz."""
    if np.shape(dz) != layer.dz.shape:
        return False
    for gradient in of_layer:
        if gradient.letter == "W":
            decay = layer.dW - layer.dz @ layer.a_in.T  # 0 unless there is weight decay
            made = dz @ layer.a_in.T + decay
        else:
            made = sum_of(dz, layer.dB)
        if not same(gradient.got, made, gradient.scale):
            return False
    return True


def mistake_of_gradient(gradient, layer):
    """Return which mistake it is in dW or dB alone; None if it has no name."""
    label, got, slope, scale = gradient.label, gradient.got, gradient.slope, gradient.scale
    if gradient.letter == "B":
        return mistake_of(label, got, slope, wrong_dB(layer), scale)
    mistake = mistake_of(label, got, slope, wrong_dW(layer), scale)
    return mistake or decay_in_gradient(label, got, layer)


def decay_in_gradient(label, got, layer):
    """Return that a multiple of W is in dW, and not in the loss; None if it isn't so."""
    W = layer.W
    if W.size == 1 or np.shape(got) != W.shape:
        return None
    part = got - layer.dW
    factor = factor_of(part, W)
    if not same(part, factor * W):
        return None
    return (
        f"{label}: {factor:.4g} times W{layer.n} is added to what is right. Is that weight "
        "decay, which is not in the loss that back_propagate returns?"
    )


def difference_in_layer(layer, wrong):
    """Return what is wrong with a layer in numbers or shapes."""
    n = layer.n
    text = first_difference(wrong, n)
    labels = [gradient.label for gradient in wrong if gradient.layer == n]
    if len(labels) < 2:
        return text
    text = f"{' and '.join(labels)} are wrong. Both are made of dz{n}, so look there. {text}"
    if layer.after is not None and layer.slope is not None:
        m = layer.after.n
        text += f"\ndz{n} has to be da{n} times f'(z{n}), and da{n} has to be W{m}.T @ dz{m}."
    return text
