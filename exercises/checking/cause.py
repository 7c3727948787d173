"""In which quantity is the mistake, if a gradient is wrong?

The student's dz and da are hidden in back_propagate. But if the network is one of layers as in
xor.py, then we can find what each dz and da has to be. We can also compute which dW and dB a
wrong dz would lead to, and see whether the student has those.

A mistake is carried back to all layers before it. So the last layer with a wrong gradient is
the one to look at.
"""

import numpy as np

from activation import ACTIVATIONS
from exercises import mistakes
from exercises.checking.compare import Wrong, described, factor_of, first_match, same
from exercises.checking.layer import Layer
from exercises.checking.slopes import slopes_of


class Unusual(Wrong):
    """Why the check can't say which line is wrong."""


def raise_cause(program, x, y, parameters, loss, gradients):
    """Raise a Wrong that says why gradients are wrong. At least one of them has to be wrong."""
    # what shows without knowing the layers
    raise_if(mistake_in_all(gradients))
    raise_if(mistake_in_forward(program, x, parameters))
    # what every quantity has to be
    try:
        layers = layers_of(parameters, gradients, x, y)
        add_forward(program, x, y, parameters, layers)
        add_loss(layers[-1], loss)
        raise_if(mistake_without_slope(program, x, parameters, gradients))
        raise_if(mistake_in_loss(layers[-1], loss, gradients))
        add_derivatives(program, x, y, parameters, layers)
    except Unusual as why:
        if not why.mistake:  # it may have come before this was asked
            raise_if(mistake_without_slope(program, x, parameters, gradients))
        text = difference_in_gradient(last_wrong(gradients), y)
        raise Wrong(f"{text}\n{why}", why.mistake) from None
    # what is wrong in the last layer that has a wrong gradient
    layer = layers[last_wrong(gradients).layer - 1]
    raise_if(mistake_in_layer(layer, gradients))
    raise Wrong(difference_in_layer(layer, gradients))


def raise_if(mistake):
    """Raise a Wrong that says the mistake, unless it is None."""
    if mistake:
        raise Wrong(mistake, mistake)


def last_wrong(gradients):
    """Return the first wrong gradient of the last layer that has one."""
    wrong = [gradient for gradient in gradients if not gradient.is_right()]
    return max(wrong, key=lambda gradient: gradient.layer)  # of equal ones, max takes the first


# --- Mistakes that show without knowing the layers --------------------------------------------


def mistake_in_all(gradients):
    """Return a mistake that shows in all gradients, or None."""
    if any(np.any(gradient.got) for gradient in gradients):
        return None
    return (
        "All gradients are 0. If a loop adds them up, then it has to say gradient += part. "
        "gradient = gradient + part makes a new array, and the old one stays 0."
    )


def mistake_in_forward(program, x, parameters):
    """Return a mistake in forward, or None."""
    together = program.forward_values(x, parameters)
    alone = program.forward_values(x[:1], parameters)
    if together and alone and together[-1].ndim == 2:
        first_samples = together[-1][:, 0], together[-1][0]  # samples are columns, or rows
        if not any(same(alone[-1].ravel(), first) for first in first_samples):
            return (
                "What forward puts out for a sample changes with the other samples. Does it "
                "add up over the samples, or over everything? axis=0 adds up over the nodes of "
                "a sample. Or is something reshaped that should be transposed?"
            )
    return None


def mistake_without_slope(program, x, parameters, gradients):
    """Return which array with a wrong gradient doesn't change the loss at all, or None."""
    before = program.forward_values(x, parameters)
    for i, gradient in enumerate(gradients):
        if gradient.is_right() or np.any(gradient.slope):
            continue
        array = gradient.label[1:]
        text = f"{gradient.label} has to be 0, because the loss doesn't change with {array}."
        moved = list(parameters)
        moved[i] = moved[i] + 10  # so far that rounding and steps change, too
        after = program.forward_values(x, moved)
        if before and after and same(before[-1], after[-1]):
            return f"{text} forward doesn't use {array}. Is another array in its place?"
        return f"{text} Is there something without a slope behind it, as round or step?"
    return None


def mistake_in_loss(last, loss, gradients):
    """Return a mistake in the loss that makes right gradients look wrong, or None."""
    if last.is_mse:
        return None
    sentence = first_match(mistakes.in_error(last), lambda value: same(loss, value))
    if sentence:
        return f"The loss: {sentence}"
    if loss < 0 and all(same(each.got, -each.slope) for each in gradients):
        return f"The loss is below 0, {loss:.4g}. Has its minus sign been lost?"
    return None


# --- What every quantity has to be ------------------------------------------------------------


def layers_of(parameters, gradients, x, y):
    """Return the layers of a student's network as a list of Layer, with their parameters."""
    layers = []
    for array, gradient in zip(parameters, gradients, strict=True):
        if gradient.letter == "W":
            layer = Layer(n=gradient.layer, W=array, dW=gradient.slope)
            layer.n_samples, layer.n_outputs = y.shape
            layers.append(layer)
        else:
            layer = layers[gradient.layer - 1]
            layer.B = array
            layer.dB = gradient.slope
    for before, after in zip(layers, layers[1:]):
        before.after = after
        after.before = before
    layers[0].x = x
    layers[-1].y = y
    if any(layer.B is None for layer in layers):
        raise Unusual(
            "The check can't say which line it is, because it finds dz by moving the biases, "
            "and a layer has none."
        )
    return layers


def add_forward(program, x, y, parameters, layers):
    """Set a_in, z, a, f and slope of each layer.

    Raise Unusual unless forward returns a0, z1, a1 ... as it does in xor.py.
    """
    values = program.forward_values(x, parameters)
    if values is None or len(values) not in (2 * len(layers), 2 * len(layers) + 1):
        raise Unusual(
            "The check can't say which line it is, because there is no forward that returns "
            "a0, z1, a1 and so on."
        )
    if len(values) == 2 * len(layers):  # no activation in the last layer: z is what goes out
        values = [*values, values[-1]]
    all_z = values[1::2]
    all_a = values[2::2]
    all_a_in = [values[0], *all_a]  # what goes out of a layer comes into the next one
    for layer, a_in, z, a in zip(layers, all_a_in, all_z, all_a):
        layer.a_in = a_in
        layer.z = z
        layer.a = a
        check_weighted_sum(layer)
        for f in ACTIVATIONS.values():
            if same(layer.a, f(layer.z)):
                layer.f = f
                layer.slope = f(layer.z, derivative=True)
        layer.own_results = {
            **program.what_functions_make(f"z{layer.n}", layer.z),
            **program.what_functions_make(f"a{layer.n}", layer.a),
        }
    if layers[-1].a.shape != y.T.shape:
        raise Unusual(
            "The check can't say which line it is, because the last array that forward returns "
            "doesn't have the shape of y.T."
        )


def check_weighted_sum(layer):
    """Raise Unusual unless z of a layer is W @ a_in + B."""
    n, before_n = layer.n, layer.before_n
    if layer.before is None and len(layer.a_in) != len(layer.W[0]):
        raise Unusual(
            "The check can't say which line it is, because W1 doesn't have the shape (nodes, "
            "inputs), or because samples aren't columns in forward."
        )
    try:
        if same(layer.z, layer.W @ layer.a_in + layer.B):
            return
    except ValueError:  # the shapes don't go together
        pass
    sentence = first_match(mistakes.in_z(layer), lambda value: same(layer.z, value))
    raise Unusual(
        f"forward should return a0, z1, a1 and so on, and its z{n} isn't W{n} @ a{before_n} + "
        f"B{n}. {sentence or ''}".strip(),
        mistake=f"z{n}: {sentence}" if sentence else "",
    )


def add_loss(last, loss):
    """Note in the last layer which loss it is, if that can be found."""
    last.is_mse = same(loss, np.mean(last.error**2))
    sentence = first_match(mistakes.in_loss(last), lambda value: same(loss, value))
    # its first sentence, because the next one says what by_hand.py asks for
    last.loss_sentence = sentence.split(". ")[0].removesuffix(".") + "." if sentence else ""


def add_derivatives(program, x, y, parameters, layers):
    """Set dz and da of each layer; raise Unusual if dz can't be found."""
    try:
        columns = slopes_of_wide_biases(program, x, y, parameters, layers)
    except Wrong:  # as where code with a loop takes one sample after the other
        columns = slopes_of_single_samples(program, x, y, parameters, layers)
    for layer, dz in zip(layers, columns, strict=True):
        layer.dz = dz
        if not same(dz.sum(axis=1, keepdims=True), layer.dB):
            raise Unusual(
                "The check can't say which line it is, because the loss has something else in "
                f"it that depends on B{layer.n}."
            )
    for layer in layers:
        if layer.after is not None:
            layer.da = layer.after.W.T @ layer.after.dz
        elif layer.is_mse:
            layer.da = 2 / y.size * layer.error
        elif layer.slope is not None:  # of another loss
            layer.da = layer.dz / layer.slope
        # dz is da * slope, so a slope that isn't known follows from both
        if layer.slope is None and layer.da is not None:
            layer.slope = layer.dz / layer.da


def slopes_of_wide_biases(program, x, y, parameters, layers):
    """Return dz of each layer.

    z is W @ a_in + B. Let B have a column for each sample, instead of one column for all. Then
    the loss changes with such a column exactly as it does with the sample's z. So the slope of
    the loss along this wide B is dz.
    """
    wide_parameters = []
    wide_biases = []
    for array in parameters:
        if any(array is layer.B for layer in layers):
            array = np.repeat(array, len(x), axis=1)
            wide_biases.append(array)
        wide_parameters.append(array)
    return slopes_of(program, x, y, wide_parameters, wide_biases)


def slopes_of_single_samples(program, x, y, parameters, layers):
    """Return dz of each layer, if the loss is the mean or the sum of the samples' losses.

    The loss of a single sample changes with z as it does with B.
    """
    biases = [layer.B for layer in layers]
    columns = []
    try:
        for s in range(len(x)):
            columns.append(slopes_of(program, x[[s]], y[[s]], parameters, biases))
    except Wrong:
        raise Unusual(
            "The check can't say which line it is, because the loss of a single sample can't "
            "be computed."
        ) from None
    arrays = [np.hstack(of_layer) for of_layer in zip(*columns, strict=True)]
    # in a mean, each sample counts 1 / samples
    factor = factor_of(layers[-1].dB, arrays[-1].sum(axis=1, keepdims=True))
    return [factor * array for array in arrays]


# --- A mistake in a layer ---------------------------------------------------------------------


def mistake_in_layer(layer, gradients):
    """Return which mistake it is in dz, dW or dB of a layer; None if it has no name."""
    of_layer = [gradient for gradient in gradients if gradient.layer == layer.n]
    wrong = [gradient for gradient in of_layer if not gradient.is_right()]
    for gradient in wrong:
        other = gradient_with_the_same_numbers(gradient, gradients)
        if other:
            return f"{gradient.label}: These are the numbers of {other.label}."
    if len(wrong) == len(of_layer):  # so it may be dz, of which both are made
        sentence = mistake_in_dz(layer, of_layer)
        if sentence:
            made = " and ".join(gradient.label for gradient in of_layer)
            return f"dz{layer.n}, of which {made} are made: {sentence}"
    texts = []
    for gradient in reversed(wrong):  # dB first, because it is made more simply than dW
        sentence = mistake_in_gradient(gradient, layer)
        if sentence:
            texts.append(described(gradient.label, gradient.got, gradient.slope, sentence))
    return "\n".join(texts) or None


def gradient_with_the_same_numbers(wrong, gradients):
    """Return the gradient whose right numbers a wrong one has, or None."""
    for gradient in gradients:
        if np.any(gradient.slope) and same(wrong.got, gradient.slope, wrong.scale):
            return gradient
    return None


def mistake_in_dz(layer, of_layer):
    """Return which mistake in dz explains the wrong dW and dB of a layer, or None."""
    decay = layer.dW - layer.dz @ layer.a_in.T  # 0 unless there is weight decay

    def follow_from_dz(dz):
        """Whether dW and dB of the student are what would be made of this dz."""
        if np.shape(dz) != layer.dz.shape:
            return False
        made = {"W": dz @ layer.a_in.T + decay, "B": dz.sum(axis=1, keepdims=True)}
        return all(same(each.got, made[each.letter], each.scale) for each in of_layer)

    def follow_from_da(da):
        """Whether dW and dB of the student are what would be made of this da."""
        return np.shape(da) == layer.dz.shape and follow_from_dz(da * layer.slope)

    # 1. a mistake in dz
    for table in tables_of_dz(layer):
        sentence = first_match(table(layer), follow_from_dz)
        if sentence:
            return sentence
    table = table_of_da(layer)
    if table is None or layer.slope is None:
        return None
    # 2. a mistake in da
    sentence = first_match(table(layer), follow_from_da)
    if sentence:
        return sentence
    # 3. the same, and dz is da, without the slope
    sentence = first_match(table(layer), follow_from_dz)
    if sentence:
        return f"{sentence} The slope f'(z{layer.n}) is missing, too."
    return None


def tables_of_dz(layer):
    """Return the tables of mistakes in dz, in the order in which they are tried."""
    if layer.after is not None or layer.is_mse:
        return [mistakes.in_dz]
    if layer.has_cross_entropy:
        tables = [mistakes.in_dz_of_cross_entropy, mistakes.in_dz]
    else:
        tables = [mistakes.in_dz]
    return [*tables, mistakes.in_dz_of_another_loss]


def table_of_da(layer):
    """Return the table of mistakes in da; None if it isn't known how da is computed."""
    if layer.after is not None:
        return mistakes.in_hidden_da
    return mistakes.in_last_da if layer.is_mse else None


def mistake_in_gradient(gradient, layer):
    """Return which mistake it is in dW or dB alone; None if it has no name."""
    got, scale = gradient.got, gradient.scale
    table = mistakes.in_dB if gradient.letter == "B" else mistakes.in_dW
    sentence = first_match(table(layer), lambda value: same(got, value, scale))
    array = layer.B if gradient.letter == "B" else layer.W
    if sentence or np.shape(got) != array.shape or array.size == 1:
        return sentence
    added = got - gradient.slope
    if not same(added, factor_of(added, array) * array):
        return None
    return mistake_in_decay(gradient, layer, factor_of(added, array))


def mistake_in_decay(gradient, layer, factor):
    """Return what to say if factor * W, or factor * B, is added to what is right."""
    name = f"{gradient.letter}{layer.n}"
    decay = layer.dW - layer.dz @ layer.a_in.T
    if gradient.letter == "W" and mistakes.is_decay(decay, layer.W):
        in_loss = factor_of(decay, layer.W)
        return (
            f"The loss has a multiple of {name}^2 in it, whose slope is {in_loss:.4g} times "
            f"{name}, and here {in_loss + factor:.4g} times {name} is added. Are brackets "
            "missing in the loss? Or is it a mean in one place, and a sum in the other?"
        )
    return (
        f"{factor:.4g} times {name} is added to what is right. Is that weight decay, which is "
        "not in the loss that back_propagate returns?"
    )


# --- How the numbers differ, if the mistake has no name ---------------------------------------


def difference_in_gradient(wrong, y):
    """Return what is wrong with a gradient, if the layers of the network aren't known."""
    sizes = Layer(n_samples=len(y), n_outputs=y.shape[1])
    rows = mistakes.in_any_derivative(wrong.slope, sizes)
    sentence = first_match(rows, lambda value: same(wrong.got, value, wrong.scale))
    return described(wrong.label, wrong.got, wrong.slope, sentence)


def difference_in_layer(layer, gradients):
    """Return what is wrong with a layer in numbers or shapes, and what it has to be."""
    n, before_n, after_n = layer.n, layer.before_n, layer.after_n
    of_layer = [each for each in gradients if each.layer == n and not each.is_right()]
    first = of_layer[0]
    text = described(first.label, first.got, first.slope)
    if len(of_layer) == 1 and first.letter == "W":
        formula = f"dz{n} @ a{before_n}.T"
        if not same(layer.dz @ layer.a_in.T, first.slope, first.scale):
            formula += f", plus the slope of what else in the loss depends on W{n}"
        return f"{text} It has to be {formula}."
    if len(of_layer) == 1:
        return f"{text} It has to be the sum of each row of dz{n}."
    text = f"dW{n} and dB{n} are wrong. Both are made of dz{n}, so look there. {text}"
    if layer.after is not None:
        return (
            f"{text}\ndz{n} has to be da{n} times f'(z{n}), where f is what forward applies, "
            f"and da{n} has to be W{after_n}.T @ dz{after_n}."
        )
    if layer.is_mse:
        return (
            f"{text}\ndz{n} has to be 2 / (samples * outputs) times ({layer.output_name} - "
            f"y.T), times f'(z{n}) if forward applies f there."
        )
    return f"{text}\ndz{n} has to be the slope of the loss along z{n}."
