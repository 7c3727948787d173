"""The mistakes that check.py knows by name, and what it says of each.

A mistake is recognised by making it. There is a table of mistakes for each kind of quantity:
for a0, for z, for a, and so on. A row of a table is a sentence, and a formula that is wrong:

    yield "The bias is not added.", lambda: W @ a_in

If the numbers of a student's network are those of the formula, then the student has made this
mistake, and the sentence is printed. The rows are tried from the top, and the first that fits
is the one, so the simplest explanations come first. The formula stands behind a lambda, so that
it is computed only when its row is tried. A row may have several formulas, if the same sentence
is true of all of them. Where a loop makes rows, lambda other=other: lets each row keep its own.

The argument of a table is mostly a Layer, which has all quantities of a layer as they have to
be. If a script is checked, then z and a are those of its own forward, dW and dB are the slopes
that were measured, and dz and da are what belongs to these. What comes into a layer is a_in.
In the sentences a layer has the number n, the layer before it has p, and the layer after it
has m: with n = 2, a_in is a1. In the last layer, error is a - y.T.

A formula is skipped if shapes don't fit, or if it needs something that the layer doesn't have:
the first layer, for example, has no layer before it.
"""

import numpy as np

from activation import ACTIVATIONS, linear, sigmoid, softplus, step, tanh
from exercises.checking.compare import factor_of, largest, same

MOST_SAMPLES = 64  # that a student may have written into a line as a number


def spread(value, like):
    """Return value, repeated so that it has the shape of the array like."""
    return np.broadcast_to(value, like.shape)


# --- Forward ----------------------------------------------------------------------------------


def in_a0(x):
    """a0 = 2 * x.T - 1, the recoded inputs."""
    yield "The inputs are not recoded: 0 and 1 have to become -1 and 1.", lambda: x.T
    yield "The inputs are neither recoded, as 2 x - 1, nor transposed.", lambda: x
    yield "A sample has to become a column: transpose x.", lambda: 2 * x - 1
    yield "This is 2 (x - 1). It has to be 2 x - 1.", lambda: 2 * (x.T - 1)
    yield "This makes 1 of 0, and -1 of 1. It has to be 2 x - 1.", lambda: 1 - 2 * x.T
    yield "This makes 0 and 2 of 0 and 1. Subtract 1.", lambda: 2 * x.T
    yield "This makes 1 and 3 of 0 and 1. Subtract 1.", lambda: 2 * x.T + 1
    yield "This makes -1 and 0 of 0 and 1. Double x first.", lambda: x.T - 1
    yield "This makes 1 and 0 of 0 and 1. It has to be 2 x - 1.", lambda: 1 - x.T
    yield "This makes -0.5 and 0.5 of 0 and 1. It has to be 2 x - 1.", lambda: x.T - 0.5


def in_z(this):
    """z = W @ a_in + B."""
    n, p, W, B, a_in, before = this.n, this.p, this.W, this.B, this.a_in, this.before
    yield f"The bias B{n} is not added.", lambda: W @ a_in
    yield f"The bias B{n} is subtracted. Add it.", lambda: W @ a_in - B
    yield f"The bias B{n} multiplies. Add it.", lambda: W @ a_in * B
    yield f"This is a{n}: the activation is applied already.", lambda: this.f(W @ a_in + B)
    yield f"W{n} is transposed here. It has to be W{n} @ a{p}.", lambda: W.T @ a_in + B
    yield f"The product is the wrong way round. It has to be W{n} @ a{p}.", lambda: a_in @ W + B
    yield f"a{p} is transposed here. It has to be W{n} @ a{p}.", lambda: W @ a_in.T + B
    yield f"The bias is transposed. Add B{n} as it is, a column.", lambda: W @ a_in + B.T
    yield (
        f"A sample has to be a column: W{n} @ a{p} + B{n}.",
        lambda: (W @ a_in + B).T,
        lambda: a_in.T @ W.T + B,
    )
    yield (
        f"The bias is added to a{p}. Add it to the product W{n} @ a{p}.",
        lambda: W @ (a_in + B),
    )
    yield f"W{n} * a{p} multiplies number by number. Take W{n} @ a{p}.", lambda: W * a_in + B
    yield (
        "It is made of x. Take a0, the recoded inputs.",
        lambda: W @ this.x.T + B,
        lambda: W @ this.x + B,
    )
    yield f"It is made of z{p}. Take a{p}.", lambda: W @ before.z + B
    yield f"It is made of what comes into layer {p}. Take a{p}.", lambda: W @ before.a_in + B
    yield f"It is made with B{p}. Take B{n}, of its own layer.", lambda: W @ a_in + before.B
    yield f"It is made with W{p}. Take W{n}, of its own layer.", lambda: before.W @ a_in + B


def in_a(this):
    """a = f(z)."""
    n, p, f, z = this.n, this.p, this.f, this.z
    yield f"This is z{n} itself: the activation is not applied.", lambda: z
    yield f"It is f(a{p}). It has to be f(z{n}).", lambda: f(this.a_in)
    yield f"It is f(-z{n}). Has a minus sign been lost, as that of exp(-z)?", lambda: f(-z)
    yield f"It is the slope f'(z{n}). It has to be f(z{n}).", lambda: f(z, derivative=True)
    yield "1 / 1 + exp(-z) lacks brackets: 1 / (1 + exp(-z)).", lambda: 1 + np.exp(-z)
    yield "The activation is applied twice.", lambda: f(f(z))
    yield "A sample has to be a column. Here it is a row.", lambda: f(z).T
    yield f"It is f(z{p}). It has to be f(z{n}).", lambda: f(this.before.z)
    for name, other in ACTIVATIONS.items():
        if other not in (f, linear):
            yield (
                f"It is {name}(z{n}). It has to be {f.__name__}(z{n}).",
                lambda other=other: other(z),
            )


# --- The loss and its derivative --------------------------------------------------------------


def in_loss(this):
    """loss = mean((a - y.T)^2), of the outputs of the last layer."""
    n, a, y, error = this.n, this.a, this.y, this.error
    square = error**2
    outputs, samples = error.shape
    divide = "Divide by samples * outputs."
    yield "The root is taken of the mean. Leave the root out.", lambda: square.mean() ** 0.5
    yield "It is the mean of abs(error). Square the errors instead.", lambda: abs(error).mean()
    yield "The errors are doubled. Square them: error**2.", lambda: 2 * error.mean()
    yield "It is the mean of the errors. Square each of them first.", lambda: error.mean()
    yield (
        "The errors are added up first, and then squared. Square each error first.",
        lambda: error.mean() ** 2,
        lambda: error.sum() ** 2 / error.size,
        lambda: error.sum() ** 2,
    )
    yield "The errors are squared twice.", lambda: (square**2).mean()
    yield "It is half of the mean. Leave the 1/2 out.", lambda: square.mean() / 2
    yield "It is minus the mean. Leave the minus sign out.", lambda: -square.mean()
    yield f"The squares are added up, but not divided. {divide}", lambda: square.sum()
    yield f"The squares are added up and halved. {divide}", lambda: square.sum() / 2
    yield f"The squares are divided by samples only. {divide}", lambda: square.sum() / samples
    yield (
        f"The squares are divided by 2 * samples. {divide}",
        lambda: square.sum() / samples / 2,
    )
    yield f"The squares are divided by outputs only. {divide}", lambda: square.sum() / outputs
    yield (
        "It is an array with one number. Leave keepdims out.",
        lambda: square.mean(keepdims=True),
    )
    yield (
        "The squares are not all added up. The loss has to be one number.",
        lambda: square,
        lambda: square / error.size,
        lambda: square.mean(axis=0),
        lambda: square.mean(axis=1),
        lambda: square.mean(axis=0, keepdims=True),
        lambda: square.mean(axis=1, keepdims=True),
        lambda: square.sum(axis=0) / error.size,
        lambda: square.sum(axis=1) / error.size,
    )
    yield (
        "y is not transposed. reshape is no transpose: take y.T.",
        lambda: np.mean((a - y.reshape(a.shape)) ** 2),
    )
    yield f"This is da{n}. Return the loss first.", lambda: 2 / error.size * error
    yield from in_error(this)
    yield (
        "It is cross-entropy.",
        lambda: -(y.T * log(a) + (1 - y.T) * log(1 - a)).mean(),
        lambda: -(y.T * log(a) + (1 - y.T) * log(1 - a)).sum() / samples,
        lambda: -(y.T * log(a)).mean(),
        lambda: -(y.T * log(a)).sum() / samples,
    )


def in_error(this):
    """The loss with an error other than a - y.T."""
    a, z, y, n = this.a, this.z, this.y, this.n
    yield f"It is made of z{n}. Take {this.out}, the output.", lambda: np.mean((z - y.T) ** 2)
    if len(a) == 1:
        yield (
            f"{this.out} - y has the shape {(y - a).shape}, every output minus every y. Take "
            "y.T.",
            lambda: np.mean((a - y) ** 2),
        )
    yield f"The error is {this.out} + y.T. Subtract.", lambda: np.mean((a + y.T) ** 2)
    yield "The outputs are rounded in it.", lambda: np.mean(((a > 0.5) - y.T) ** 2)


def log(a):
    """Return the logarithm of a; nan where there is none."""
    return np.log(np.where(a > 0, a, np.nan))


def in_last_da(this):
    """da = 2 / size * (a - y.T), in the last layer, if the loss is the mean of squares."""
    n, a, y, error, right = this.n, this.a, this.y, this.error, this.da
    outputs, samples = error.shape
    loss = np.mean(error**2)
    predicted = "what is predicted minus what is desired"
    if same(abs(right), -right):  # all errors are negative: the sign may be lost as well
        yield f"The sign is wrong, or lost: an error is {predicted}.", lambda: -right
    yield f"The sign is wrong: an error is {predicted}.", lambda: -right
    yield f"Sign and factor are wrong: it is 2 / size times {predicted}.", lambda: -error
    yield (
        f"Take no mean. Each output of each sample has its own da{n}.",
        lambda: 2 * error.mean(),
        lambda: spread(2 * error.mean(), error),
        lambda: 2 * error.mean(axis=0),
        lambda: 2 * error.mean(axis=1, keepdims=True),
    )
    yield (
        "The derivative of error^2 is 2 error. Here it is squared still.",
        lambda: right * error,
        lambda: right * error / 2,
        lambda: error**2,
    )
    yield "It is made of errors without their signs.", lambda: abs(right)
    yield (
        "A product in a denominator needs brackets: 2 / (samples * outputs).",
        lambda: 2 * error / outputs * samples,
        lambda: 2 * error / samples * outputs,
    )
    yield (
        "y is not transposed. reshape is no transpose: take y.T.",
        lambda: 2 / error.size * (a - y.reshape(a.shape)),
    )
    yield f"{this.out} and y are exchanged.", lambda: -right.T
    yield f"It is multiplied by {this.out} once too often.", lambda: right * a
    yield "It is divided by the error. Multiply by it.", lambda: 2 / error.size / error
    yield "It is multiplied by the loss.", lambda: 2 * loss * error
    yield (
        "It is made of the loss. Take the errors.",
        lambda: spread(2 / error.size * loss, error),
    )
    yield "y is missing: this is made of the outputs alone.", lambda: 2 / error.size * a
    yield (
        f"It is made of z{n}. Take {this.out}, the output.",
        lambda: 2 / error.size * (this.z - y.T),
    )
    yield "This is the loss itself. Take its derivative.", lambda: loss
    yield from in_factor(right, this)
    for number in range(1, MOST_SAMPLES + 1):
        yield (
            f"It is made with 2 / {number}. Is a number of samples written into it? Divide 2 "
            "by the size of the error, samples * outputs.",
            lambda number=number: 2 / number * error,
        )


def in_da_of_from_loss(this):
    """da of the last layer, as from_loss returns it."""
    a, error, right = this.a, this.error, this.da
    yield from in_last_da(this)
    yield (
        f"This is dz{this.n}. The slope of the activation comes a step later.",
        lambda: right * this.slope,
    )
    yield (
        "This is that of cross-entropy, but the loss is the mean of the squared errors.",
        lambda: error / (a * (1 - a)) / error.size,
    )


# --- Back through the activation --------------------------------------------------------------


def in_dz(this):
    """dz = da * f'(z)."""
    yield from in_use_of_slope(this)
    yield from in_place_of_slope(this)
    yield from in_kind_of_slope(this)
    yield from in_own_slope(this)


def in_use_of_slope(this):
    """dz, if the slope is right, but used in another way than in da * f'(z)."""
    n, f, z, a, da, slope = this.n, this.f, this.z, this.a, this.da, this.slope
    yield f"It is da{n}. Is the slope f'(z{n}) missing, or 1 everywhere?", lambda: da
    yield f"It is the slope f'(z{n}) alone. Multiply it by da{n}.", lambda: slope
    yield f"The slope f'(z{n}) is added to da{n}. Multiply.", lambda: da + slope
    yield f"da{n} is divided by the slope f'(z{n}). Multiply.", lambda: da / slope
    yield from in_slope_on_the_left(this)
    yield f"The slope f'(z{n}) is multiplied in once too often.", lambda: da * slope**2
    yield "@ adds up products. Multiply da by the slope with *.", lambda: da @ slope
    if this.is_mse:
        yield (
            f"This is dz{n} of cross-entropy. The loss is the mean of the squared errors, so "
            f"it has to be 2 (a{n} - y.T) / size, times f'(z{n}).",
            lambda: da / 2,
        )
    yield (
        f"It is da{n} times f(z{n}), and not times the slope f'(z{n}). Is derivative=True "
        "missing? If f is your own, does it use that argument?",
        lambda: da * f(z),
    )
    yield f"It is multiplied by z{n}. Leave it out.", lambda: da * slope * z
    yield f"It is multiplied by a{n}. Leave it out.", lambda: da * slope * a
    yield f"z{n} is taken for da{n}. It has to be da{n} times f'(z{n}).", lambda: z * slope
    yield f"a{n} is taken for da{n}. It has to be da{n} times f'(z{n}).", lambda: a * slope


def in_slope_on_the_left(this):
    """dz, if f has one slope left of 0 and another right of it, as relu and leaky_relu."""
    n, z, da, slope = this.n, this.z, this.da, this.slope
    if slope is None or len(np.unique(slope.round(4))) != 2:
        return
    left = slope.min()
    right = slope.max()
    for other in 0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3:
        if not np.isclose(other, left):
            yield (
                f"Where z{n} is below 0, its slope is {left:.3g} in forward, and here it is "
                f"{other:g}.",
                lambda other=other: da * np.where(z > 0, right, other),
            )


def in_place_of_slope(this):
    """dz, if the slope is taken at another array than z."""
    n, p, m = this.n, this.p, this.m
    f, z, a, da, error = this.f, this.z, this.a, this.da, this.error
    taken = "The slope f' is taken at"
    take = f"Take it at z{n}, of its own layer."
    yield f"{taken} a{n}. {take}", lambda: da * f(a, derivative=True)
    yield (
        f"{taken} da{n}. {take}",
        lambda: da * f(da, derivative=True),
        lambda: z * f(da, derivative=True),
    )
    yield (
        f"{taken} da{n} * z{n}. {take} Multiply it by da{n}.",
        lambda: f(da * z, derivative=True),
    )
    yield f"{taken} z{m}. {take}", lambda: da * f(this.after.z, derivative=True)
    yield f"{taken} z{p}. {take}", lambda: da * f(this.before.z, derivative=True)
    yield f"{taken} a{p}. {take}", lambda: da * f(this.a_in, derivative=True)
    yield (
        f"The slope is made of the error. Has a{n} been changed, as by a{n} -= y.T?",
        lambda: da * error * (1 - error),
        lambda: da * (1 - error**2),
    )


def in_kind_of_slope(this):
    """dz, if the slope isn't that of the activation which forward applies."""
    yield from in_slope_of_wrong_sigmoid(this)
    if this.f is sigmoid:
        yield from in_slope_of_sigmoid(this)
    if this.f is tanh:
        yield from in_slope_of_tanh(this)
    yield from in_slope_of_another(this)


def in_slope_of_wrong_sigmoid(this):
    """dz, if the slope is that of sigmoid, but forward applies sigmoid with a slip in it."""
    n, z, a, da = this.n, this.z, this.a, this.da
    if same(a, 1 + np.exp(-z)):
        yield (
            f"a{n} is 1 / 1 + exp(-z), and lacks brackets: 1 / (1 + exp(-z)).",
            lambda: da * sigmoid(z, derivative=True),
            lambda: da * a * (1 - a),
        )
    if same(a, sigmoid(-z)):
        yield (
            f"a{n} is f(-z{n}). Has a minus sign been lost, as that of exp(-z)?",
            lambda: da * sigmoid(z, derivative=True),
        )


def in_slope_of_sigmoid(this):
    """dz = da * a (1 - a), if forward applies sigmoid."""
    z, a, da = this.z, this.a, this.da
    formula = f"The slope is a (1 - a), with a = f(z{this.n})"
    yield f"{formula}, and not z (1 - z).", lambda: da * z * (1 - z)
    yield f"{formula}, and not a (1 - z).", lambda: da * a * (1 - z)
    yield f"{formula}, and not 1 - a.", lambda: da * (1 - a)
    yield f"{formula}, and not (1 - a)^2.", lambda: da * (1 - a) ** 2
    yield f"{formula}, and not a^2.", lambda: da * a**2
    yield f"{formula}, and not a (1 + a).", lambda: da * a * (1 + a)
    yield "a * 1 - a lacks brackets. Write a * (1 - a).", lambda: da * a - a
    yield "a - a * a lacks brackets. Write (a - a * a).", lambda: da * a - a * a


def in_slope_of_tanh(this):
    """dz = da * (1 - a^2), if forward applies tanh."""
    z, a, da = this.z, this.a, this.da
    formula = f"The slope is 1 - a^2, with a = f(z{this.n})"
    yield f"{formula}, and not 1 - z^2.", lambda: da * (1 - z**2)
    yield f"{formula}, and not 1 - a.", lambda: da * (1 - a)
    yield f"{formula}, and not 1 + a^2.", lambda: da * (1 + a**2)
    yield f"{formula}, and not (1 - a)^2.", lambda: da * (1 - a) ** 2
    yield (
        "1 - a**2 lacks brackets. Write (1 - a**2).",
        lambda: da * 1 - a**2,
        lambda: da * 1 - tanh(a) ** 2,
    )


def in_slope_of_another(this):
    """dz, if the slope is that of another activation."""
    f, z, a, da = this.f, this.z, this.a, this.da
    if f is None:
        applied = "another function"
    elif f is linear:
        applied = "none"
    else:
        applied = f.__name__
    for name, other in ACTIVATIONS.items():
        if other not in (f, step, linear, softplus):  # the slope of softplus is sigmoid
            yield (
                f"The slope is that of {name}, but forward applies {applied} there.",
                lambda other=other: da * other(z, derivative=True),
            )
    if f is not sigmoid:
        yield (
            f"a (1 - a) is the slope of sigmoid, but forward applies {applied} there.",
            lambda: da * a * (1 - a),
        )
    if f is not tanh:
        yield (
            f"1 - a^2 is the slope of tanh, but forward applies {applied} there.",
            lambda: da * (1 - a**2),
        )


def in_own_slope(this):
    """dz, if the slope comes from a function that the student has written.

    this.tried has what such functions make of z and of a. Its keys are the calls, as "f(z1)".
    """
    for call, array in this.tried.items():
        yield (
            f"It is da{this.n} times {call}. That isn't the slope of the function that forward "
            "applies there.",
            lambda array=array: this.da * array,
        )


# --- Back through the last activation, if the loss isn't the mean of squares ------------------


def in_dz_of_another_loss(this):
    """dz of the last layer, if the loss isn't the mean of squares.

    It may be cross-entropy. Then dz has to be a - y.T, divided by the number of samples, or by
    the number of all outputs.
    """
    a, z, y, error = this.a, this.z, this.y, this.error
    samples, outputs = y.shape
    another = f"but the loss is another one. {this.loss_name}".strip()
    if same(this.dz, error / samples) or same(this.dz, error / error.size):
        yield from in_dz_of_cross_entropy(this)
    yield (
        f"This is that of the mean of the squared errors, {another}",
        lambda: 2 / error.size * error * this.slope,
    )
    if this.has_activation:
        yield (
            f"It is made of z{this.n}. Take the output, {this.out}.",
            lambda: (z - y.T) / samples,
            lambda: (z - y.T) / error.size,
        )
    yield (
        "y is missing: this is made of the outputs alone.",
        lambda: a / samples,
        lambda: a / error.size,
    )
    yield from in_factor(this.dz, this)
    # if the loss is cross-entropy, then only the factor is wrong in these
    yield (
        f"This is 2 (a - y.T) / size, as for the mean of the squared errors, {another}",
        lambda: 2 / error.size * error,
    )
    yield (
        f"This is that of cross-entropy, but the loss is another one.{why_another(this)}",
        lambda: error / samples,
        lambda: error / error.size,
    )


def why_another(this):
    """Return why a loss that is meant as cross-entropy may be another one; perhaps empty."""
    if this.f is sigmoid:
        return " Has it both parts, -y ln a and -(1 - y) ln (1 - a), with their minus signs?"
    sums = this.a.sum(axis=0)
    if len(this.a) > 1 and not same(sums, np.ones(sums.shape)):
        return " The outputs of a sample don't add up to 1, as those of softmax do."
    return ""


def in_dz_of_cross_entropy(this):
    """dz of the last layer, if the loss is cross-entropy, with sigmoid or softmax before it."""
    a, z, y, dz, slope = this.a, this.z, this.y, this.dz, this.slope
    samples, outputs = y.shape
    already = f"With cross-entropy, {this.out} - y.T has the slope of the activation in it."
    for name, other in ACTIVATIONS.items():
        if other not in (step, linear):
            yield (
                f"It is multiplied by the slope of {name}. {already}",
                lambda other=other: dz * other(z, derivative=True),
            )
    yield f"It is multiplied by a (1 - a). {already}", lambda: dz * a * (1 - a)
    yield (
        "This is the derivative by the outputs of softmax. By z it is a - y.T, divided by the "
        "number of samples.",
        lambda: -y.T / a / samples,
    )
    if this.f is sigmoid:
        part_of_1 = -y.T / a * slope / y.size
        part_of_0 = (1 - y.T) / (1 - a) * slope / y.size
        yield (
            "One of the parts of cross-entropy is missing in it, that of y or that of 1 - y.",
            lambda: part_of_1,
            lambda: part_of_0,
        )
        yield (
            "The parts of cross-entropy are in it, but one has the wrong sign.",
            lambda: part_of_1 - part_of_0,
            lambda: part_of_0 - part_of_1,
        )


# --- Back to the layer before -----------------------------------------------------------------


def in_hidden_da(this):
    """da = W.T @ dz, with W and dz of the layer after. There has to be one."""
    n, m, after = this.n, this.m, this.after
    W, dz = after.W, after.dz
    take = f"It has to be W{m}.T @ dz{m}."
    yield f"W{m} is not transposed in da{n}. {take}", lambda: W @ dz
    yield (
        f"The product of da{n} is the wrong way round. {take}",
        lambda: dz @ W,
        lambda: dz @ W.T,
    )
    yield f"da{n} has to be transposed. {take}", lambda: dz.T @ W
    yield f"dz{m} is transposed in da{n}. {take}", lambda: W.T @ dz.T, lambda: W @ dz.T
    yield f"da{n} is made with W{n}. {take}", lambda: this.W.T @ dz, lambda: this.W @ dz
    yield f"da{n} is made of da{m}. {take}", lambda: W.T @ after.da
    yield f"The slope f'(z{m}) is in da{n} twice. {take}", lambda: W.T @ (dz * after.slope)
    yield f"da{n} is the same as da{m}. {take}", lambda: spread(after.da, this.z)
    yield f"W{m} is missing in da{n}. {take}", lambda: spread(dz, this.z)
    yield f"da{n} is made of a single node of layer {m}. {take}", lambda: W[-1:].T @ dz[-1:]
    yield f"da{n} is made of the error, {after.out} - y.T. {take}", lambda: W.T @ after.error
    yield f"da{n} is made of {after.out}. {take}", lambda: W.T @ after.a
    yield f"da{n} is made of z{m}. {take}", lambda: W.T @ after.z
    yield f"da{n} is made with dW{m}. {take}", lambda: after.dW.T @ dz
    yield f"da{n} is made with dz{m + 1}. {take}", lambda: W.T @ after.after.dz
    yield f"da{n} is made with W{m + 1}. {take}", lambda: after.after.W.T @ dz
    yield (
        f"W{m} multiplies dz{m} number by number in da{n}. {take}",
        lambda: W.T * dz,
        lambda: W * dz,
    )
    yield from in_factor(this.da, this)


def in_da_of_to_layer_before(this):
    """da of the layer before, as to_layer_before returns it: W.T @ dz."""
    W, dz = this.W, this.dz
    right = W.T @ dz
    yield "Only the last node counts. Add up those of all.", lambda: W[-1:].T @ dz[-1:]
    yield "It is a mean. Add up what comes back from all nodes.", lambda: right / len(W)
    yield "W is not transposed. It has to be W.T @ dz.", lambda: W @ dz
    yield (
        "The product is the wrong way round. It has to be W.T @ dz.",
        lambda: dz @ W,
        lambda: dz @ W.T,
    )
    yield "dz is transposed here. It has to be W.T @ dz.", lambda: W.T @ dz.T, lambda: W @ dz.T
    yield (
        "W multiplies dz number by number. It has to be W.T @ dz.",
        lambda: W.T * dz,
        lambda: W * dz,
    )
    yield from in_factor(right, this)


# --- The gradients dW and dB ------------------------------------------------------------------


def in_dW(this):
    """dW = dz @ a.T, where a comes in, plus the slope of what else in the loss depends on W."""
    n, p, dz, a_in, before = this.n, this.p, this.dz, this.a_in, this.before
    comes_in = f"A weight multiplies what comes in, a{p}."
    yield from in_other_part_of_dW(this)
    yield f"This is W{n} itself, and not its derivative.", lambda: this.W
    yield f"a{p} is not transposed. Take dz @ a.T.", lambda: dz @ a_in
    yield "dz is transposed. Take dz @ a.T.", lambda: dz.T @ a_in, lambda: dz.T @ a_in.T
    yield (
        "The product is the wrong way round. Take dz @ a.T.",
        lambda: a_in @ dz,
        lambda: a_in.T @ dz,
        lambda: a_in @ dz.T,
    )
    yield (
        "dz and a are multiplied number by number. dz @ a.T also adds up over the samples.",
        lambda: dz * a_in,
        lambda: dz * a_in.T,
    )
    yield f"It is made with a{n}, which goes out. {comes_in}", lambda: dz @ this.a.T
    yield f"It is made with x as it came. {comes_in}", lambda: dz @ this.x
    yield f"It is made with z{n}. {comes_in}", lambda: dz @ this.z.T
    yield f"It is made with z{p}. {comes_in}", lambda: dz @ before.z.T
    yield f"It is made with f(a{p}). {comes_in}", lambda: dz @ before.f(a_in).T
    yield f"It is made with what layer {p} is given. {comes_in}", lambda: dz @ before.a_in.T
    yield (
        "Only one sample counts. Add up all.",
        lambda: dz[:, -1:] @ a_in[:, -1:].T,
        lambda: dz[:, :1] @ a_in[:, :1].T,
    )
    if this.dW.size == 1:
        yield "The number is right. Make it an array (1, 1), as W is.", lambda: this.dW.sum()
        yield (
            "dz * x makes all pairs if x is a column and dz a row. Multiply dz by a, sample "
            "by sample.",
            lambda: dz.sum(keepdims=True) * a_in.sum(),
        )
    sum_of_dz = dz.sum(axis=1, keepdims=True)
    sum_of_a = a_in.sum(axis=1, keepdims=True)
    yield (
        "dz and a are added up one by one. Multiply them first, sample by sample.",
        lambda: sum_of_dz @ sum_of_a.T,
        lambda: sum_of_dz @ sum_of_a.T / this.n_samples,
        lambda: sum_of_dz @ sum_of_a.T / this.n_samples**2,
    )
    yield (
        f"The inputs a{p} are missing: this is the same in every column.",
        lambda: spread(sum_of_dz, this.dW),
        lambda: spread(sum_of_dz / this.n_samples, this.dW),
    )
    yield from in_source(this, lambda array: array @ a_in.T)
    yield from in_factor(this.dW, this)


def in_other_part_of_dW(this):
    """dW, if the loss has a part besides the errors that depends on W, as weight decay has."""
    n, W = this.n, this.W
    part_of_errors = this.dz @ this.a_in.T
    other_part = this.dW - part_of_errors
    if largest(other_part) < 1e-6 * largest(this.dW):  # there is no such part
        return
    factor = factor_of(other_part, W)
    # the slopes aren't exact, and a small difference of two of them is less so
    is_decay = same(other_part, factor * W, 100 * largest(other_part))
    if is_decay:
        yield from in_decay(this, part_of_errors, other_part, factor)
    else:
        yield (
            f"The loss has something else in it that depends on W{n}. Add its slope.",
            lambda: part_of_errors,
        )


def in_decay(this, part_of_errors, part_of_decay, factor):
    """dW = dz @ a.T + factor * W, if the loss has a multiple of W^2 in it."""
    n, W = this.n, this.W
    slope = f"The loss has a multiple of W{n}^2 in it, whose slope is {factor:.4g} times W{n}"
    yield f"{slope}: add it.", lambda: part_of_errors
    yield (
        f"{slope}. Half of it is here: where is the 2 of 2 W?",
        lambda: part_of_errors + part_of_decay / 2,
    )
    yield f"{slope}. It is subtracted here. Add it.", lambda: part_of_errors - part_of_decay
    yield (
        f"{slope}. Take that slope, and not W{n}^2.",
        lambda: part_of_errors + factor * W**2,
        lambda: part_of_errors + factor / 2 * W**2,
    )
    yield f"{slope}. W{n} is missing here.", lambda: part_of_errors + factor
    yield (
        f"{slope}. It is divided by the number of samples here.",
        lambda: part_of_errors + part_of_decay / this.n_samples,
    )


def in_dB(this):
    """dB = dz.sum(axis=1, keepdims=True)."""
    dz, n = this.dz, this.n
    yield "The sums are right, and keepdims=True keeps them a column.", lambda: dz.sum(axis=1)
    yield (
        "This is a mean. Take the sum, kept a column by keepdims=True.",
        lambda: dz.mean(axis=1),
        lambda: dz.mean(axis=1, keepdims=True),
    )
    yield (
        "It is summed over the nodes. Sum over the samples, which is axis=1.",
        lambda: dz.sum(axis=0),
        lambda: dz.sum(axis=0, keepdims=True),
        lambda: dz.sum(axis=0, keepdims=True).T,
    )
    yield (
        "It is summed over everything. Sum over the samples only, axis=1.",
        lambda: dz.sum(),
        lambda: dz.sum(keepdims=True),
        lambda: spread(dz.sum(), this.dB),
    )
    yield (
        "It is a mean of everything. Sum over the samples only, axis=1.",
        lambda: dz.mean(),
        lambda: dz.mean(keepdims=True),
        lambda: spread(dz.mean(), this.dB),
    )
    yield (
        "It is not summed. A bias acts on every sample, so add them up.",
        lambda: dz,
        lambda: dz[:, -1:],
        lambda: dz[:, :1],
    )
    yield (
        f"It is the sum of dW{n}. Take that of dz{n}.",
        lambda: this.dW.sum(axis=1, keepdims=True),
    )
    yield from in_source(this, lambda array: array.sum(axis=1, keepdims=True))
    yield "It is multiplied by B. It has to be the sum of dz alone.", lambda: this.dB * this.B
    yield f"This is B{n} itself, and not its derivative.", lambda: this.B
    yield from in_factor(this.dB, this)


def in_source(this, make):
    """dW or dB made of another array than dz; make makes dW or dB of that array."""
    n, p, m = this.n, this.p, this.m
    take = f"Take dz{n}."
    yield f"It is made of z{n}. {take}", lambda: make(this.z)
    yield f"It is made of {this.out}. {take}", lambda: make(this.a)
    yield f"It is made of da{n}. Take dz{n}, which has the slope in it.", lambda: make(this.da)
    yield f"It is made of the error, {this.out} - y.T. {take}", lambda: make(this.error)
    yield f"It is made of dz{m}. Take dz{n}, of its own layer.", lambda: make(this.after.dz)
    yield f"It is made of dz{p}. Take dz{n}, of its own layer.", lambda: make(this.before.dz)
    yield f"It is made of da{p}. Take dz{n}, of its own layer.", lambda: make(this.before.da)


def in_factor(right, this):
    """Any derivative, with a factor that doesn't belong to it."""
    samples, outputs = this.n_samples, this.n_outputs
    lacks = "It lacks a division by"
    mean = "because the loss is a mean"
    yield "It is 0 everywhere.", lambda: 0 * right
    yield "It has to be transposed.", lambda: right.T
    yield "It has the wrong sign.", lambda: -right
    yield "Only its sign is left.", lambda: np.sign(right)
    square = "" if this.y is None else " Is the 2 of the square missing?"
    yield f"It is half of what it has to be.{square}", lambda: right / 2
    yield "It is twice what it has to be: is there a 2 too many?", lambda: right * 2
    yield f"{lacks} the number of samples, {mean}.", lambda: right * samples
    yield "It is divided by the number of samples once too often.", lambda: right / samples
    yield f"{lacks} samples * outputs, {mean}.", lambda: right * samples * outputs
    yield (
        "The factor 2 / (samples * outputs) is missing.",
        lambda: right * samples * outputs / 2,
    )
    if outputs > 1:
        yield f"{lacks} the number of outputs, {mean}.", lambda: right * outputs
        yield "It is divided by the number of outputs once too often.", lambda: right / outputs
        yield (
            "It is divided by samples * outputs once too often.",
            lambda: right / samples / outputs,
        )


# --- Update and training ----------------------------------------------------------------------


def in_step(parameter, gradient, rate, samples, momentum=0, iterations=None):
    """The change of a parameter, which has to be -rate * gradient.

    momentum and iterations are what train is called with. update is called without them.
    """
    yield (
        "It stays as it was. Is it left out? Or is it p = p - ..., or p =- ..., which makes a "
        "new array? p -= ... changes p.",
        lambda: 0 * gradient,
    )
    yield (
        "It goes uphill. The gradient points up, so it needs a minus sign, and only one.",
        lambda: rate * gradient,
        lambda: gradient,
    )
    yield "The gradient is divided by the learning rate. Multiply.", lambda: -gradient / rate
    if iterations is not None:
        yield (
            "It is the gradient times the number of iterations, which is "
            f"{iterations} here. Is the learning rate missing, or iterations taken for it?",
            lambda: -iterations * gradient,
        )
    yield "The learning rate is missing: multiply the gradient by it.", lambda: -gradient
    yield (
        "It is divided by the number of samples. Leave that out.",
        lambda: -rate * gradient / samples,
    )
    yield (
        "It is multiplied by the number of samples. Leave that out.",
        lambda: -rate * gradient * samples,
    )
    if gradient.min() < 0 < gradient.max():  # else it may be the sign of the gradient
        yield (
            "The learning rate itself is subtracted: where is the gradient?",
            lambda: spread(-rate, gradient),
        )
    yield "The parameter is subtracted: where is the gradient?", lambda: -rate * parameter
    yield (
        "It becomes the step itself. Subtract the step from it, with -=.",
        lambda: -rate * gradient - parameter,
        lambda: rate * gradient - parameter,
    )
    yield (
        "The gradient is subtracted from the learning rate, or added. Multiply.",
        lambda: gradient - rate,
        lambda: -gradient - rate,
    )
    if momentum:
        yield (
            "The velocity begins with the parameter itself. Begin with zeros.",
            lambda: momentum * parameter - rate * gradient,
            lambda: -momentum * parameter - rate * gradient,
        )
        yield (
            "The momentum itself is added. Multiply the velocity by it.",
            lambda: momentum - rate * gradient,
        )
        yield (
            "It is multiplied by momentum. Multiply only the velocity by it.",
            lambda: -momentum * rate * gradient,
        )
    yield "The gradient has lost its sign.", lambda: -rate * abs(gradient)
    yield "The gradient is squared.", lambda: -rate * gradient**2
    yield "The learning rate is divided by the gradient. Multiply.", lambda: -rate / gradient
    yield "It is multiplied by the parameter.", lambda: -rate * gradient * parameter
    yield (
        "A mean of the gradient is taken. Leave it out.",
        lambda: spread(-rate * gradient.mean(), gradient),
    )
    yield "The learning rate is squared. Multiply by it once.", lambda: -(rate**2) * gradient


def in_losses(losses, later, n_parameters):
    """The losses that train returns; later has those after each update."""
    yield "Nothing is collected. Append the loss in every iteration.", lambda: losses[:0]
    yield (
        "Only the last loss is there. Does losses = [] stand in the loop, or the append below "
        "it?",
        lambda: losses[-1:],
    )
    yield "This is only the last loss. Collect one in every iteration.", lambda: losses[-1]
    yield (
        "This is only the first loss: does return stand in the loop? Or does break end it?",
        lambda: losses[:1],
        lambda: losses[0],
    )
    yield "Each is the loss after its update. Collect the one before.", lambda: later
    yield "The loss after the last update is too many.", lambda: np.append(losses, later[-1])
    yield (
        "The loss stays as it is. Call back_propagate and update in every iteration.",
        lambda: spread(losses[0], losses),
    )
    yield "The losses are added up. Append each as it is.", lambda: np.cumsum(losses)
    yield (
        "Each is there once for every parameter. Is the append in the inner loop?",
        lambda: np.repeat(losses, n_parameters),
    )
    yield "Each loss is there twice.", lambda: np.repeat(losses, 2)
    for digits in range(1, 7):
        yield (
            "The losses are rounded. Append each as it is.",
            lambda digits=digits: np.round(losses, digits),
        )
    yield "The newest loss comes first. Append each at the end.", lambda: losses[::-1]
