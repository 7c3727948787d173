"""The mistakes that check.py knows by name, and what it says of each.

A mistake is recognised by making it. Each row of the tables below is a sentence and a formula
that is wrong. If the numbers of a student's network are those of the formula, then the student
has made this mistake. The rows are tried from the top, and the first that fits is the one. A
formula whose shapes don't go together is skipped.

There is one table for each kind of quantity. A table is a generator, a function that yields
one row after the other, so that nothing is computed once a row has fitted. Its argument is
mostly a Layer, which has all quantities of a layer as they have to be. A row about the layer
after this one is only there if there is such a layer.

    yield "The bias is not added.", lambda: W @ a

is a row. The formula stands behind a lambda, so that it is computed only when its row is tried.
A row may have several formulas, if the same sentence is true of all of them.
"""

import numpy as np

from activation import ACTIVATIONS, linear, sigmoid, step, tanh
from exercises.checking.compare import factor_of, largest, same


def spread(value, like):
    """Return value, repeated so that it has the shape of the array like."""
    return np.broadcast_to(value, like.shape)


# --- Forward ----------------------------------------------------------------------------------


def wrong_a0(x):
    """The inputs x (samples, inputs), which have to be recoded as 2 * x.T - 1."""
    sentence = "The inputs are not recoded: 0 and 1 have to become -1 and 1"
    yield f"{sentence}.", lambda: x.T
    yield f"{sentence}, and a sample has to become a column.", lambda: x
    yield "A sample has to become a column: transpose x.", lambda: 2 * x - 1
    yield (
        "This is 2 (x - 1). It is 2 x - 1 that makes -1 and 1 of 0 and 1.",
        lambda: 2 * (x.T - 1),
    )
    yield (
        "This makes 1 of 0, and -1 of 1. It has to be the other way round.",
        lambda: 1 - 2 * x.T,
    )
    yield "This makes 0 and 2 of 0 and 1. Subtract 1.", lambda: 2 * x.T
    yield "This makes -1 and 0 of 0 and 1. Double x first.", lambda: x.T - 1
    yield "This makes -0.5 and 0.5 of 0 and 1. Double x, and subtract 1.", lambda: x.T - 0.5


def wrong_z(this):
    """The weighted sums of a layer."""
    W, B, a, n, p = this.W, this.B, this.a_in, this.n, this.p
    yield f"The bias B{n} is not added.", lambda: W @ a
    yield f"The bias B{n} is subtracted. Add it.", lambda: W @ a - B
    yield f"This is a{n}: the activation is applied already.", lambda: this.a
    yield f"W{n} is transposed here. It has to be W{n} @ a{p}.", lambda: W.T @ a + B
    yield f"The bias is added to a{p}. Add it to the product W{n} @ a{p}.", lambda: W @ (a + B)
    if this.before is None:
        yield "It is made of x. Take a0, the recoded inputs.", lambda: W @ this.x.T + B
    else:
        yield (
            f"It is made of z{p}. Take a{p}, what layer {p} puts out.",
            lambda: W @ this.before.z + B,
        )
        yield (
            f"It is made with B{p}, the bias of layer {p}. Take B{n}.",
            lambda: W @ a + this.before.B,
        )


def wrong_a(this):
    """The outputs of a layer of sigmoids."""
    f, z, n = this.f, this.z, this.n
    yield f"This is z{n} itself: the activation is not applied.", lambda: z
    yield f"It is f(a{this.p}). It has to be f(z{n}).", lambda: f(this.a_in)
    yield f"It is f(-z{n}). Has a minus sign been lost, as that of exp(-z)?", lambda: f(-z)
    yield f"It is the slope f'(z{n}). It has to be f(z{n}).", lambda: f(z, derivative=True)
    yield "The activation is applied twice.", lambda: f(f(z))
    if this.before is not None:
        yield f"It is f(z{this.p}). It has to be f(z{n}).", lambda: f(this.before.z)
    for name, other in ACTIVATIONS.items():
        if other not in (f, linear):
            yield (
                f"It is {name}(z{n}). It has to be {f.__name__}(z{n}).",
                lambda other=other: other(z),  # other=other makes each row keep its own
            )


# --- The loss and its derivative --------------------------------------------------------------


def wrong_loss(this):
    """The loss, which has to be the mean of the squared errors of the last layer."""
    n, a, y = this.n, this.a, this.y.T
    error = a - y
    square = error**2
    outputs, samples = error.shape
    yield "It is the root of the mean. Leave the root out.", lambda: square.mean() ** 0.5
    yield (
        "It is the mean of the errors without their signs. Square them instead.",
        lambda: abs(error).mean(),
    )
    yield "It is the mean of the errors. Square each of them first.", lambda: error.mean()
    yield (
        "The errors are added up first, and then squared. Square each error first.",
        lambda: error.mean() ** 2,
        lambda: error.sum() ** 2 / error.size,
        lambda: error.sum() ** 2,
    )
    yield "It is half of the mean. Leave the 1/2 out.", lambda: square.mean() / 2
    yield "The squares are added up, but not divided by their number.", lambda: square.sum()
    yield (
        "The squares are added up and halved. Divide by their number instead of 2.",
        lambda: square.sum() / 2,
    )
    yield (
        "The sum of the squares is divided by the number of samples only. Divide it by the "
        "number of outputs, too.",
        lambda: square.sum() / samples,
    )
    yield (
        "The sum of the squares is divided by twice the number of samples.",
        lambda: square.sum() / samples / 2,
    )
    yield (
        "The sum of the squares is divided by the number of outputs only. Divide it by the "
        "number of samples, too.",
        lambda: square.sum() / outputs,
    )
    yield (
        "The number is right, but it is in an array. Leave keepdims out.",
        lambda: square.mean(keepdims=True),
    )
    yield (
        "The squares are not averaged over everything: the loss is one number.",
        lambda: square,
        lambda: square.T,
        lambda: square.mean(axis=0),
        lambda: square.mean(axis=1),
        lambda: square.mean(axis=0, keepdims=True),
        lambda: square.mean(axis=1, keepdims=True),
    )
    yield (
        "The squares are not all added up: the loss is one number.",
        lambda: square / error.size,
        lambda: square.T / error.size,
        lambda: square.sum(axis=0) / error.size,
        lambda: square.sum(axis=1) / error.size,
    )
    yield (
        "y is reshaped, and reshape is no transpose: take y.T.",
        lambda: np.mean((a - this.y.reshape(a.shape)) ** 2),
    )
    yield f"This is da{n}. Return the loss first.", lambda: 2 / error.size * error
    yield f"It is made of z{n}. Take a{n}, the output.", lambda: ((this.z - y) ** 2).mean()
    yield (
        "It is cross-entropy.",
        lambda: -(y * log(a) + (1 - y) * log(1 - a)).mean(),
        lambda: -(y * log(a) + (1 - y) * log(1 - a)).sum() / samples,
        lambda: -(y * log(a)).mean(),
        lambda: -(y * log(a)).sum() / samples,
    )


def log(a):
    """Return the logarithm of a; nan where there is none."""
    return np.log(np.where(a > 0, a, np.nan))


def wrong_last_da(this):
    """da of the last layer, which has to be 2 / size * (a - y.T), the derivative of squares."""
    n, right = this.n, this.da
    error = this.a - this.y.T
    outputs, samples = error.shape
    yield (
        "The sign is wrong: an error is what is predicted minus what is desired.",
        lambda: -right,
    )
    yield (
        "The sign is wrong, and so is the factor: it has to be 2 / (samples * outputs) times "
        "what is predicted minus what is desired.",
        lambda: -error,
    )
    yield (
        f"Take no mean. Each output of each sample has its own da{n}.",
        lambda: 2 * error.mean(),
        lambda: spread(2 * error.mean(), error),
    )
    yield (
        "The derivative of e^2 is 2 e. Here e is squared still.",
        lambda: right * error,
        lambda: right * error / 2,
        lambda: error**2,
    )
    yield "It is made of errors without their signs.", lambda: abs(right)
    yield "The factor 2 / (samples * outputs) is missing.", lambda: error
    yield (
        "It lacks a division by samples * outputs, because the loss is a mean.",
        lambda: 2 * error,
    )
    yield (
        "e / m * q is (e / m) * q. Write brackets: e / (m * q).",
        lambda: right * outputs**2,
        lambda: right * samples**2,
    )
    yield (
        "y is reshaped, and reshape is no transpose: take y.T.",
        lambda: 2 / error.size * (this.a - this.y.reshape(error.shape)),
    )


def wrong_da_of_from_loss(this):
    """da of the last layer, as from_loss returns it, before the activation has its turn."""
    right, slope = this.da, this.slope
    error = this.a - this.y.T
    yield from wrong_last_da(this)
    yield from missing_2(right)
    yield from wrong_factor(right, this)
    yield from written_size(right, this)
    yield (
        f"This is dz{this.n}. The slope of the activation comes a step later.",
        lambda: right * slope,
    )
    yield (
        "This is that of cross-entropy, but the loss is the mean of the squared errors.",
        lambda: error / (this.a * (1 - this.a)) / error.size,
    )


def missing_2(right):
    """The derivative of a square, which is 2 times what is squared."""
    yield "It is half of what it has to be: is the 2 of the square missing?", lambda: right / 2


def written_size(right, this):
    """The derivative of a mean, with the number of one's own samples in the place of size."""
    for number in range(1, 65):
        yield (
            f"It is made with 2 / {number}. Is a number of samples written into it? Divide 2 "
            "by the size of the error, samples * outputs.",
            lambda number=number: right * this.y.size / number,
        )


# --- Back through a layer ---------------------------------------------------------------------


def wrong_dz(this):
    """dz of a layer, which has to be da * f'(z)."""
    is_other_loss = this.y is not None and not this.is_mse
    yield from wrong_use_of_slope(this)
    yield from wrong_place_of_slope(this)
    yield from wrong_slope_formula(this)
    if this.after is not None:
        yield from times_slope(wrong_hidden_da(this), this)
    if this.is_mse:
        yield from times_slope(wrong_last_da(this), this)
        yield from missing_2(this.dz)
    if is_other_loss:
        yield from wrong_for_another_loss(this)
    yield from wrong_factor(this.dz, this)
    if this.is_mse:
        yield from written_size(this.dz, this)
    if is_other_loss:
        yield from wrong_cross_entropy(this)


def times_slope(rows, this):
    """Rows about dz, made of rows about da: with the slope as it has to be, and without it."""
    if this.slope is None:
        return
    for sentence, *formulas in rows:
        yield sentence, *[product_of(formula, this.slope) for formula in formulas]
        if this.slope_matters:
            yield f"{sentence} The slope f'(z{this.n}) is missing, too.", *formulas


def product_of(formula, slope):
    """Return a formula for what another formula makes, times the slope."""
    return lambda: formula() * slope


def wrong_use_of_slope(this):
    """dz with the right slope f'(z), but not multiplied by it once."""
    n, da, slope = this.n, this.da, this.slope
    if this.is_mirrored:
        yield (
            f"a{n} is f(-z{n}), and its slope is that of f(z{n}). Has a minus sign been lost, "
            "as that of exp(-z)?",
            lambda: -this.dz,
        )
    if this.is_alone:  # in a script the sign of da may be wrong as well
        yield "The sign is wrong. The slope is a (1 - a), not a (a - 1).", lambda: -this.dz
    if da is None or not this.slope_matters:
        return
    yield f"The slope is missing: dz{n} is da{n} times f'(z{n}).", lambda: da
    yield f"It is the slope f'(z{n}) alone. Multiply it by da{n}.", lambda: slope
    yield f"The slope f'(z{n}) is added to da{n}. Multiply.", lambda: da + slope
    yield f"da{n} is divided by the slope f'(z{n}). Multiply.", lambda: da / slope
    yield f"The slope f'(z{n}) is multiplied in once too often.", lambda: da * slope**2
    if this.is_mse:
        yield (
            f"This is dz{n} of cross-entropy, (a{n} - y.T) / size. The loss is the mean of the "
            f"squared errors: take 2 (a{n} - y.T) / size, times f'(z{n}).",
            lambda: da / 2,
        )


def wrong_place_of_slope(this):
    """dz with the right function f', but taken at something else than z."""
    f, z, da, n, p = this.f, this.z, this.da, this.n, this.p
    if f is None or da is None or not this.slope_matters:
        return
    taken = "The slope f' is taken at"
    yield (
        f"It is da{n} times f(z{n}). Take the slope, f'(z{n}): derivative=True.",
        lambda: da * f(z),
    )
    yield f"{taken} a{n}. Take it at z{n}.", lambda: da * f(f(z), derivative=True)
    yield f"{taken} da{n}. Take it at z{n}.", lambda: z * f(da, derivative=True)
    yield (
        f"{taken} da{n} * z{n}. Take it at z{n}, and multiply it by da{n}.",
        lambda: f(da * z, derivative=True),
    )
    own = f"Take it at z{n}, of its own layer."
    if this.after is not None:
        after = this.after
        yield f"{taken} z{after.n}. {own}", lambda: da * f(after.z, derivative=True)
    if this.before is not None:
        yield f"{taken} z{p}. {own}", lambda: da * f(this.before.z, derivative=True)
    if not this.is_alone:
        yield f"{taken} a{p}. {own}", lambda: da * f(this.a_in, derivative=True)


def wrong_slope_formula(this):
    """dz with a slope that is not that of the activation which forward applies."""
    f, z, da, n = this.f, this.z, this.da, this.n
    if f is None or da is None:
        return
    a = f(z)
    if f is sigmoid:
        formula = f"The slope is a (1 - a), with a = f(z{n})"
        yield f"{formula}, and not z (1 - z).", lambda: da * z * (1 - z)
        yield f"{formula}, and not 1 - a.", lambda: da * (1 - a)
        yield "a * 1 - a lacks brackets. Write a * (1 - a).", lambda: da * a - a
        yield "a - a * a lacks brackets. Write (a - a * a).", lambda: da * a - a * a
    if f is tanh:
        formula = f"The slope is 1 - a^2, with a = f(z{n})"
        yield f"{formula}, and not 1 - z^2.", lambda: da * (1 - z**2)
        yield f"{formula}, and not 1 - a.", lambda: da * (1 - a)
        yield "1 - a**2 lacks brackets. Write (1 - a**2).", lambda: da * 1 - a**2
    applied = "none" if f is linear else f.__name__
    for name, other in ACTIVATIONS.items():
        if other not in (f, step, linear):
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


def wrong_for_another_loss(this):
    """dz of the last layer where the loss isn't the mean of squares: cross-entropy, perhaps."""
    n, a, slope = this.n, this.a, this.slope
    error = a - this.y.T
    yield (
        f"It is multiplied by a{n} (1 - a{n}). With this loss, a{n} - y.T has that slope in it "
        "already.",
        lambda: this.dz * a * (1 - a),
    )
    if slope is not None:
        yield (
            "This is that of the mean of the squared errors, but the loss is another one.",
            lambda: 2 / error.size * error * slope,
        )


def wrong_cross_entropy(this):
    """dz of the last layer, as it would be for cross-entropy, where the loss is another one."""
    error = this.a - this.y.T
    yield (
        "This is 2 (a - y.T) / size, as for the mean of the squared errors, but the loss is "
        "another one.",
        lambda: 2 / error.size * error,
    )
    yield (
        "This is that of cross-entropy, a - y.T divided by a number, but the loss is "
        "another one. Does it have both parts, y ln a and (1 - y) ln (1 - a)?",
        lambda: error / error.size,
        lambda: error / this.n_samples,
    )


def wrong_hidden_da(this):
    """da of a hidden layer, which has to be made with W and dz of the layer after it."""
    n, after = this.n, this.after
    m = after.n
    advice = f"It has to be W{m}.T @ dz{m}."
    yield f"W{m} is not transposed in da{n}. {advice}", lambda: after.W @ after.dz
    yield (
        f"da{n} is made with W{n}. {advice}",
        lambda: this.W.T @ after.dz,
        lambda: this.W @ after.dz,
    )
    if after.da is not None and after.slope_matters:
        yield f"da{n} is made of da{m}. {advice}", lambda: after.W.T @ after.da
    if after.da is not None:
        made = "" if after.after is None else f", W{m + 1}.T @ dz{m + 1}"
        yield f"da{n} is the same as da{m}{made}. {advice}", lambda: spread(after.da, this.z)
    yield f"W{m} is missing in da{n}. {advice}", lambda: spread(after.dz, this.z)
    yield (
        f"da{n} is made of a single node of layer {m}. {advice}",
        lambda: after.W[-1:].T @ after.dz[-1:],
    )
    if after.y is not None:
        yield (
            f"da{n} is made of the error, a{m} - y.T. {advice}",
            lambda: after.W.T @ (after.a - after.y.T),
        )
    if after.after is not None:
        beyond = after.after
        yield f"da{n} is made with dz{beyond.n}. {advice}", lambda: after.W.T @ beyond.dz
        yield f"da{n} is made with W{beyond.n}. {advice}", lambda: beyond.W.T @ after.dz


def wrong_dW(this):
    """dW of a layer, which has to be dz @ a_in.T."""
    n, p, dz, a = this.n, this.p, this.dz, this.a_in
    comes_in = f"A weight multiplies what comes in, a{p}."
    yield from wrong_decay(this)
    yield f"This is W{n} itself, and not its derivative.", lambda: this.W
    if this.a is not None:
        yield f"It is made with a{n}, which goes out. {comes_in}", lambda: dz @ this.a.T
    if this.x is not None:
        yield (
            "It is made with x as it came. A weight multiplies a0, the recoded inputs.",
            lambda: dz @ this.x,
        )
    if this.before is not None:
        before = this.before
        yield f"It is made with z{p}. {comes_in}", lambda: dz @ before.z.T
        yield f"It is made with a{before.p}. {comes_in}", lambda: dz @ before.a_in.T
    yield (
        "Only one sample counts. Add up all.",
        lambda: dz[:, -1:] @ a[:, -1:].T,
        lambda: dz[:, :1] @ a[:, :1].T,
    )
    if this.dW.size == 1:
        yield (
            "This is the sum of dz times the sum of the inputs. Multiply sample by sample "
            "first. If x is a column and dz a row, then dz * x makes all pairs: transpose x.",
            lambda: dz.sum(keepdims=True) * a.sum(),
        )
    yield (
        "dz and a are added up one by one. Multiply them first, sample by sample.",
        lambda: dz.sum(axis=1, keepdims=True) @ a.sum(axis=1, keepdims=True).T,
    )
    yield (
        "dz and a are averaged one by one. Multiply them first, sample by sample, and add up.",
        lambda: dz.mean(axis=1, keepdims=True) @ a.mean(axis=1, keepdims=True).T,
    )
    yield (
        "dz and a are multiplied number by number. dz @ a.T also adds up over the samples.",
        lambda: dz * a,
    )
    yield (
        f"The inputs a{p} are missing: this is the same in every column.",
        lambda: spread(dz.sum(axis=1, keepdims=True), this.dW),
    )
    yield from from_another_array(this, lambda array: array @ a.T)
    yield from wrong_factor(this.dW, this)


def wrong_decay(this):
    """dW where the loss has another part, which depends on W: weight decay."""
    n, W = this.n, this.W
    product = this.dz @ this.a_in.T
    part = this.dW - product
    if largest(part) < 1e-6 * largest(this.dW):
        return
    factor = factor_of(part, W)
    if not same(part, factor * W, 100 * largest(part)):
        yield (
            f"The loss has something else in it that depends on W{n}. Add its slope.",
            lambda: product,
        )
        return
    sentence = (
        f"The loss has a multiple of W{n}^2 in it, whose slope is {factor:.4g} times W{n}"
    )
    yield f"{sentence}: add it.", lambda: product
    yield (
        f"{sentence}. Half of it is here: where is the 2 of 2 W?",
        lambda: product + part / 2,
    )
    yield f"{sentence}. It is subtracted here. Add it.", lambda: product - part
    yield (
        f"{sentence}. It is divided by the number of samples here.",
        lambda: product + part / this.n_samples,
    )


def wrong_dB(this):
    """dB of a layer, which has to be dz.sum(axis=1, keepdims=True)."""
    dz = this.dz
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
        "It is not summed. A bias acts on every sample, so add them up.",
        lambda: dz,
        lambda: dz[:, -1:],
        lambda: dz[:, :1],
    )
    yield from from_another_array(this, lambda array: array.sum(axis=1, keepdims=True))
    yield (
        "It is multiplied by B. A bias is multiplied by 1, so dB is the sum of dz.",
        lambda: this.dB * this.B,
    )
    yield from wrong_factor(this.dB, this)


def from_another_array(this, make):
    """Rows about dW or dB made of z, da or another layer's dz; make makes dW or dB of dz."""
    n, before, after = this.n, this.before, this.after
    if this.z is not None:
        yield f"It is made of z{n}. Take dz{n}.", lambda: make(this.z)
    if this.da is not None and this.slope_matters:
        yield (
            f"It is made of da{n}. Take dz{n}, which has the slope in it.",
            lambda: make(this.da),
        )
    own = f"Take dz{n}, of its own layer."
    if after is not None:
        yield f"It is made of dz{after.n}. {own}", lambda: make(after.dz)
    if before is not None:
        yield f"It is made of dz{before.n}. {own}", lambda: make(before.dz)


def wrong_da_of_to_layer_before(this):
    """da of the layer before, as to_layer_before returns it, which has to be W.T @ dz."""
    W, dz = this.W, this.dz
    right = W.T @ dz
    yield (
        "Only the last node counts. Add up what comes back from all.",
        lambda: W[-1:].T @ dz[-1:],
    )
    yield "It is a mean. Add up what comes back from all nodes.", lambda: right / len(W)
    yield "W is not transposed.", lambda: W @ dz
    yield from wrong_factor(right, this)


def wrong_factor(right, this):
    """Any derivative, with a factor that doesn't belong to it."""
    samples, outputs = this.n_samples, this.n_outputs
    mean = "because the loss is a mean"
    yield "It is 0 everywhere.", lambda: 0 * right
    yield "It has to be transposed.", lambda: right.T
    yield "It has the wrong sign.", lambda: -right
    yield "It is half of what it has to be.", lambda: right / 2
    yield "It is twice what it has to be: is there a 2 too many?", lambda: right * 2
    yield f"It lacks a division by the number of samples, {mean}.", lambda: right * samples
    yield "It is divided by the number of samples once too often.", lambda: right / samples
    if outputs > 1:
        yield f"It lacks a division by the number of outputs, {mean}.", lambda: right * outputs
        yield (
            f"It lacks a division by samples * outputs, {mean}.",
            lambda: right * samples * outputs,
        )
        yield "It is divided by the number of outputs once too often.", lambda: right / outputs
        yield (
            "It is divided by samples * outputs once too often.",
            lambda: right / samples / outputs,
        )
    yield (
        "The factor 2 / (samples * outputs) is missing.",
        lambda: right * samples * outputs / 2,
    )


# --- Update and training ----------------------------------------------------------------------


def wrong_step(gradient, rate, n_samples):
    """The change of a parameter, which has to be -rate * gradient."""
    yield (
        "It stays as it was. Is it left out? Or is it p = p - ..., which makes a new array? "
        "p -= ... changes p.",
        lambda: 0 * gradient,
    )
    yield (
        "It goes uphill. The gradient points up, so subtract it, once.",
        lambda: rate * gradient,
        lambda: gradient,
    )
    yield "The gradient is divided by the learning rate. Multiply.", lambda: -gradient / rate
    yield "The learning rate is missing: multiply the gradient by it.", lambda: -gradient
    yield (
        "It is divided by the number of samples. The gradient is that of a mean already.",
        lambda: -rate * gradient / n_samples,
    )
    yield (
        "Each parameter is changed by the learning rate itself: where is the gradient?",
        lambda: spread(-rate, gradient),
    )


def wrong_losses(losses, later):
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
    yield (
        "The loss after the last update is one too many.",
        lambda: np.append(losses, later[-1]),
    )
    yield (
        "The loss stays as it is. Every iteration needs back_propagate and an update.",
        lambda: spread(losses[0], losses),
    )
    yield "The losses are added up. Append each as it is.", lambda: np.cumsum(losses)
