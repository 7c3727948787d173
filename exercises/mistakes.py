"""The mistakes that check.py knows by name, and what it says of each.

A mistake is recognized by making it. There is a table of mistakes for each kind of quantity. A
table is a function, such as in_a0 for mistakes in a0, and each yield in it gives a row. A row
is a sentence, and a formula that is wrong:

    yield "The bias is not added.", lambda: W @ a_in

If the numbers of a student's network are those of the formula, then this is probably the
mistake, and the sentence is printed. The rows are tried from the top, and the first that fits
is the one, so the simplest explanations come first. A row may have several formulas, if the
same sentence is true of all of them. With yield from, all rows of another table follow, and
return means that a table has no more rows.

The formula stands behind a lambda, so that it is computed only when its row is tried. In a
loop, lambda other=other: keeps the other of this round. Without it, every row of the loop would
use the last other if the rows were put into a list.

The argument of a table is mostly a Layer, here called this. Everything in it is right for the
student's own forward and loss, and only the formulas of the rows are wrong:

    W, B                 the parameters
    a_in, z, a           what comes in, W @ a_in + B, and what goes out
    f, slope             the activation, if it is one of activation.py, and f'(z)
    own_results          what the student's own functions return for z and a, by the call:
                         {"my_slope(z1)": array}
    da, dz, dW, dB       the derivatives of the loss
    n                    the number of the layer, as in the names W1 and z1
    output_name          the name of what goes out, as "a2"
    before, after        the neighbouring layers, and before_n and after_n, their numbers
    n_samples            the number of samples, and n_outputs, that of the network's outputs

    in the first layer:
    x                    the inputs as they came

    in the last layer:
    y, error             the desired outputs, and a - y.T
    is_mse               whether the loss is the mean of the squared errors
    is_softmax           whether the outputs of each sample add up to 1
    has_cross_entropy    whether the activation is sigmoid or softmax, and dz is a - y.T divided
                         by the number of samples, or of samples * outputs
    loss_sentence        which loss it is, if it isn't that mean: "It is half of the mean."

n is empty if a single function is checked, so that the sentence says da and not da2. What a
layer doesn't have is None: the first layer, for example, has no layer before it. A formula that
needs it is skipped, and so is a formula whose shapes don't fit.

Three functions of checking/compare.py help. same(a, b) says whether two arrays are equal but
for a millionth of the largest number in b, largest(a) is the largest absolute value in a, and
factor_of(a, b) is the factor that brings factor * b closest to a.
"""

import numpy as np

from activation import ACTIVATIONS, linear, sigmoid, softplus, step, tanh
from exercises.checking.compare import factor_of, largest, same


def spread(value, like):
    """Return value, repeated so that it has the shape of the array like."""
    return np.broadcast_to(value, like.shape)


def log(a):
    """Return the logarithm of a; nan where there is none."""
    return np.log(np.where(a > 0, a, np.nan))


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
    yield (
        "The inputs of different samples are mixed, as reshape mixes them. Transpose x.",
        lambda: 2 * x.reshape(x.T.shape) - 1,
    )
    yield (
        "The inputs of different samples are mixed, as reshape mixes them. Transpose x, and "
        "recode it: 2 x - 1.",
        lambda: x.reshape(x.T.shape),
    )


def in_z(this):
    """z = W @ a_in + B."""
    n, before_n = this.n, this.before_n
    W, B, a_in, before = this.W, this.B, this.a_in, this.before
    product = f"W{n} @ a{before_n}"
    yield f"The bias B{n} is not added.", lambda: W @ a_in
    yield f"The bias B{n} is subtracted. Add it.", lambda: W @ a_in - B
    yield f"The bias B{n} multiplies. Add it.", lambda: W @ a_in * B
    yield f"This is a{n}: the activation is applied already.", lambda: this.f(W @ a_in + B)
    yield (
        f"This is W{n}.T @ a{before_n} + B{n}. It has to be {product} + B{n}.",
        lambda: W.T @ a_in + B,
    )
    yield f"The product is the wrong way round. It has to be {product}.", lambda: a_in @ W + B
    yield f"a{before_n} is transposed here. It has to be {product}.", lambda: W @ a_in.T + B
    yield f"The bias is transposed. Add B{n} as it is, a column.", lambda: W @ a_in + B.T
    yield (
        f"A sample has to be a column: {product} + B{n}.",
        lambda: (W @ a_in + B).T,
        lambda: a_in.T @ W.T + B,
    )
    yield (
        f"The bias is added to a{before_n}. Add it to the product {product}.",
        lambda: W @ (a_in + B),
    )
    yield (
        f"W{n} * a{before_n} multiplies number by number. Take {product}.",
        lambda: W * a_in + B,
    )
    yield (
        "It is made of x. Take a0, the recoded inputs.",
        lambda: W @ this.x.T + B,
        lambda: W @ this.x + B,
    )
    yield f"It is made of z{before_n}. Take a{before_n}.", lambda: W @ before.z + B
    yield (
        f"It is made of what comes into layer {before_n}. Take a{before_n}.",
        lambda: W @ before.a_in + B,
    )
    yield (
        f"It is made with B{before_n}. Take B{n}, of its own layer.",
        lambda: W @ a_in + before.B,
    )
    yield (
        f"It is made with W{before_n}. Take W{n}, of its own layer.",
        lambda: before.W @ a_in + B,
    )


def in_a(this):
    """a = f(z)."""
    n, before_n, f, z = this.n, this.before_n, this.f, this.z
    yield f"This is z{n} itself: the activation is not applied.", lambda: z
    yield f"It is f(a{before_n}). It has to be f(z{n}).", lambda: f(this.a_in)
    yield f"It is f(-z{n}). Has a minus sign been lost, as that of exp(-z)?", lambda: f(-z)
    yield f"It is the slope f'(z{n}). It has to be f(z{n}).", lambda: f(z, derivative=True)
    yield (
        f"It is 1 + exp(-z{n}). Does 1 / (1 + exp(-z{n})) lack its brackets?",
        lambda: 1 + np.exp(-z),
    )
    yield "The activation is applied twice.", lambda: f(f(z))
    yield "A sample has to be a column. Here it is a row.", lambda: f(z).T
    yield f"It is f(z{before_n}). It has to be f(z{n}).", lambda: f(this.before.z)
    for name, other in ACTIVATIONS.items():
        if other not in (f, linear):  # linear makes z itself, which has a row above
            yield (
                f"It is what {name}(z{n}) makes. It has to be {f.__name__}(z{n}).",
                lambda other=other: other(z),
            )


# --- The loss and its derivative --------------------------------------------------------------


def in_loss(this):
    """loss = mean((a - y.T)^2), of the outputs of the last layer."""
    n, a, y, error = this.n, this.a, this.y, this.error
    squares = error**2
    outputs, samples = error.shape
    divide = "Divide by samples * outputs."
    yield "The root is taken of the mean. Leave the root out.", lambda: squares.mean() ** 0.5
    yield "It is the mean of abs(error). Square the errors instead.", lambda: abs(error).mean()
    yield (
        "The mean of 2 * error is taken. Take that of error**2.",
        lambda: 2 * error.mean(),
    )
    yield "It is the mean of the errors. Square each of them first.", lambda: error.mean()
    yield (
        "The errors are added up first, and then squared. Square each error first.",
        lambda: error.mean() ** 2,
        lambda: error.sum() ** 2 / error.size,
        lambda: error.sum() ** 2,
    )
    yield "The errors are squared twice.", lambda: (squares**2).mean()
    yield (
        "The errors are multiplied by 2 / size before they are squared.",
        lambda: ((2 / error.size * error) ** 2).mean(),
    )
    yield "It is half of the mean. Leave the 1/2 out.", lambda: squares.mean() / 2
    yield "It is minus the mean. Leave the minus sign out.", lambda: -squares.mean()
    yield f"The squares are added up, but not divided. {divide}", lambda: squares.sum()
    yield f"The squares are added up and halved. {divide}", lambda: squares.sum() / 2
    yield f"The squares are divided by samples only. {divide}", lambda: squares.sum() / samples
    yield (
        f"The squares are divided by 2 * samples. {divide}",
        lambda: squares.sum() / samples / 2,
    )
    yield f"The squares are divided by outputs only. {divide}", lambda: squares.sum() / outputs
    yield (
        "It is an array with one number, as keepdims=True makes it. It has to be a number.",
        lambda: squares.mean(keepdims=True),
    )
    yield (
        "The squares are not all added up. The loss has to be one number.",
        lambda: squares,
        lambda: squares / error.size,
        lambda: squares.mean(axis=0),
        lambda: squares.mean(axis=1),
        lambda: squares.mean(axis=0, keepdims=True),
        lambda: squares.mean(axis=1, keepdims=True),
        lambda: squares.sum(axis=0) / error.size,
        lambda: squares.sum(axis=1) / error.size,
    )
    yield (
        "y is not transposed. Take y.T. A reshape would mix the samples.",
        lambda: np.mean((a - y.reshape(a.shape)) ** 2),
    )
    yield f"This is da{n}. Return the loss first.", lambda: 2 / error.size * error
    yield from in_error(this)
    yield from in_cross_entropy(this)


def in_error(this):
    """The loss with an error other than a - y.T."""
    n, a, z, y, output = this.n, this.a, this.z, this.y, this.output_name
    yield f"It is made of z{n}. Take {output}, the output.", lambda: np.mean((z - y.T) ** 2)
    if this.n_outputs == 1:
        yield (
            f"{output} - y has the shape {(a - y).shape}: numpy subtracts every y from every "
            "output. Take y.T.",
            lambda: np.mean((a - y) ** 2),
        )
    yield f"The error is {output} + y.T. Subtract.", lambda: np.mean((a + y.T) ** 2)
    yield "The outputs are rounded in it.", lambda: np.mean(((a > 0.5) - y.T) ** 2)


def in_cross_entropy(this):
    """The loss, if it is cross-entropy, of outputs of sigmoid or of softmax."""
    a, y = this.a, this.y
    yield (
        "It is cross-entropy, and not the mean of the squared errors.",
        lambda: -(y.T * log(a) + (1 - y.T) * log(1 - a)).mean(),
        lambda: -(y.T * log(a) + (1 - y.T) * log(1 - a)).sum() / this.n_samples,
    )
    part = "It is -y ln a"
    if this.f is sigmoid:
        part = "It is -y ln a, which is one of the two parts of cross-entropy"
    yield (
        f"{part}, and not the mean of the squared errors.",
        lambda: -(y.T * log(a)).mean(),
        lambda: -(y.T * log(a)).sum() / this.n_samples,
    )


def in_last_da(this):
    """da = 2 / size * (a - y.T), in the last layer, if the loss is the mean of squares."""
    n, a, y, error, right = this.n, this.a, this.y, this.error, this.da
    output = this.output_name
    outputs, samples = error.shape
    loss = np.mean(error**2)
    predicted = "what is predicted minus what is desired"
    yield f"The sign is {how_wrong(error)}: an error is {predicted}.", lambda: -right
    yield f"Sign and factor are wrong: it is 2 / size times {predicted}.", lambda: -error
    yield (
        f"Take no mean, but divide each error by samples * outputs. Each output of each sample "
        f"has its own da{n}.",
        lambda: 2 * error.mean(),
        lambda: spread(2 * error.mean(), error),
        lambda: 2 * error.mean(axis=0),
        lambda: 2 * error.mean(axis=1, keepdims=True),
    )
    yield (
        "The derivative of error^2 is 2 error. Here it is still squared.",
        lambda: right * error,
        lambda: right * error / 2,
        lambda: error**2,
    )
    yield "It is made of errors without their signs.", lambda: abs(right)
    if outputs > 1:
        yield (
            "A product in a denominator needs brackets: 2 / (samples * outputs).",
            lambda: 2 * error / outputs * samples,
            lambda: 2 * error / samples * outputs,
        )
    yield (
        f"{output} - y.T lacks brackets: 2 * ({output} - y.T) / size.",
        lambda: 2 * a - y.T / error.size,
        lambda: 2 / error.size * a - y.T,
    )
    yield (
        "y is not transposed. Take y.T. A reshape would mix the samples.",
        lambda: 2 / error.size * (a - y.reshape(a.shape)),
    )
    yield f"{output} and y are exchanged.", lambda: 2 / error.size * (y - a.T)
    yield f"It is multiplied by {output}. Leave that out.", lambda: right * a
    yield "It is divided by the error. Multiply by it.", lambda: 2 / error.size / error
    yield "It is multiplied by the loss. Leave that out.", lambda: right * loss
    yield "The loss stands in the place of 1 / size.", lambda: 2 * loss * error
    yield (
        "It is made of the loss. Take the errors.",
        lambda: spread(2 / error.size * loss, error),
    )
    yield "y is missing: this is made of the outputs alone.", lambda: 2 / error.size * a
    yield (
        f"It is made of z{n}. Take {output}, the output.",
        lambda: 2 / error.size * (this.z - y.T),
    )
    yield "This is the loss itself. Take its derivative.", lambda: loss
    yield "It is half of what it has to be. Is the 2 of the square missing?", lambda: right / 2
    mean = "The loss is a mean: is a division missing?"
    yield (
        f"It is what it has to be times the number of samples. {mean}",
        lambda: right * samples,
    )
    yield f"It is what it has to be times samples * outputs. {mean}", lambda: 2 * error
    yield "The factor 2 / (samples * outputs) is missing.", lambda: error
    if outputs > 1:
        yield (
            f"It is what it has to be times the number of outputs. {mean}",
            lambda: right * outputs,
        )
        yield (
            "It is error / samples. It has to be 2 * error / (samples * outputs).",
            lambda: error / samples,
        )
        yield (
            "It is error / outputs. It has to be 2 * error / (samples * outputs).",
            lambda: error / outputs,
        )
        yield (
            "It is error / (2 * samples). It has to be 2 * error / (samples * outputs).",
            lambda: error / samples / 2,
        )
    yield from in_any_derivative(right, this)
    for number in range(1, 65):  # a student's own data may have up to 64 samples
        yield (
            f"It is {2 / number:.4g} times the error, which is 2 / {number}. Is a number of "
            "samples written into it? Divide 2 * error by samples * outputs.",
            lambda number=number: 2 / number * error,
        )


def how_wrong(error):
    """Return what to say of the sign of -error."""
    # if all errors are negative, then abs(error), a lost sign, can't be told from -error
    return "wrong, or lost" if (error < 0).all() else "wrong"


def in_da_of_from_loss(this):
    """da of the last layer, as from_loss returns it."""
    a, error, right = this.a, this.error, this.da
    yield from in_last_da(this)
    yield (
        f"This is dz{this.n}. The slope of the activation comes a step later.",
        lambda: right * this.slope,
    )
    yield (
        "This is da of cross-entropy, but the loss is the mean of the squared errors.",
        lambda: error / (a * (1 - a)) / error.size,
    )


# --- Back through the activation --------------------------------------------------------------


def in_dz(this):
    """dz = da * f'(z)."""
    # These two come first, because their numbers may fit a later row that names another cause.
    yield from in_slope_of_wrong_sigmoid(this)
    yield from in_slope_of_relu(this)
    yield from in_use_of_slope(this)
    yield from in_place_of_slope(this)
    yield from in_kind_of_slope(this)
    yield from in_own_slope(this)


def in_slope_of_wrong_sigmoid(this):
    """dz, if forward computes the sigmoid wrongly, and the slope is meant for a right one."""
    n, z, a, da = this.n, this.z, this.a, this.da
    if same(a, 1 + np.exp(-z)):
        yield (
            f"a{n} is 1 + exp(-z{n}). Does 1 / (1 + exp(-z{n})) lack its brackets?",
            lambda: da * sigmoid(z, derivative=True),
            lambda: da * a * (1 - a),  # the rule for the slope, with the wrong a
        )
    if same(a, sigmoid(-z)):
        yield (
            f"a{n} is f(-z{n}). Has a minus sign been lost, as that of exp(-z)?",
            lambda: da * sigmoid(z, derivative=True),
        )


def in_slope_of_relu(this):
    """dz, if f has one slope below 0 and another above it, as relu and leaky_relu."""
    n, z, da, slope = this.n, this.z, this.da, this.slope
    if slope is None or not (z < 0).any() or not (z > 0).any():
        return
    below = slope[z < 0][0]
    above = slope[z > 0][0]
    # not to a millionth, because the slope of a student's own f is measured
    has_two_slopes = np.allclose(slope, np.where(z > 0, above, below), atol=1e-4)
    if not has_two_slopes or np.isclose(below, above):  # equal ones are those of linear
        return
    yield (
        f"The slope is {below:.3g} where z{n} is above 0, and {above:.3g} where it is below 0. "
        "It has to be the other way round.",
        lambda: da * np.where(z > 0, below, above),
    )
    for other in 0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3:  # the usual slopes below 0
        # 0.1 that is multiplied in twice is 0.01
        twice = " Or is the slope multiplied in twice?" if np.isclose(other, below**2) else ""
        if not np.isclose(other, below):
            yield (
                f"Where z{n} is below 0, the slope is {below:.3g} in forward, and here it is "
                f"{other:g}.{twice}",
                lambda other=other: da * np.where(z > 0, above, other),
            )


def in_use_of_slope(this):
    """dz, if the slope is right, but used in another way than in da * f'(z)."""
    n, f, z, a, da, slope = this.n, this.f, this.z, this.a, this.da, this.slope
    yield f"It is da{n}. Is the slope f'(z{n}) missing, or 1 everywhere?", lambda: da
    yield f"It is the slope f'(z{n}) alone. Multiply it by da{n}.", lambda: slope
    yield f"The slope f'(z{n}) is added to da{n}. Multiply.", lambda: da + slope
    yield f"da{n} is divided by the slope f'(z{n}). Multiply.", lambda: da / slope
    yield f"The slope f'(z{n}) is multiplied in once too often.", lambda: da * slope**2
    yield (
        f"It is multiplied by the slope f'(z{n}), and by 1 - f'(z{n}), too. Leave 1 - f'(z{n}) "
        "out.",
        lambda: da * slope * (1 - slope),
    )
    yield "@ adds up products. Multiply da by the slope with *.", lambda: da @ slope
    if this.is_mse and f is not linear:  # after linear, dz is da, which has a table of its own
        yield (
            f"The sign is {how_wrong(this.error)}. Is it that of the error, which is what is "
            "predicted minus what is desired? Or is it that of the slope?",
            lambda: -da * slope,
        )
        yield (
            f"This is a{n} - y.T, divided, as for cross-entropy. The loss is the mean of the "
            f"squared errors, so it has to be 2 (a{n} - y.T) / size, times f'(z{n}).",
            lambda: this.error / this.error.size,
        )
    by_hand = ""
    if f is sigmoid:
        by_hand = " If you write the slope yourself, it is a (1 - a)."
    if f is tanh:
        by_hand = " If you write the slope yourself, it is 1 - a^2."
    yield (
        f"It is da{n} times f(z{n}), and not times the slope f'(z{n}). Is derivative=True "
        f"missing? If f is your own, does it use that argument?{by_hand}",
        lambda: da * f(z),
    )
    yield f"It is multiplied by z{n}. Leave z{n} out.", lambda: da * slope * z
    yield f"It is multiplied by a{n}. Leave a{n} out.", lambda: da * slope * a
    yield f"z{n} is taken for da{n}. It has to be da{n} times f'(z{n}).", lambda: z * slope
    yield f"a{n} is taken for da{n}. It has to be da{n} times f'(z{n}).", lambda: a * slope


def in_place_of_slope(this):
    """dz, if the slope is taken at another array than z."""
    n, before_n, after_n = this.n, this.before_n, this.after_n
    f, z, a, da, error = this.f, this.z, this.a, this.da, this.error
    yield f"The slope f' is taken at a{n}. Take it at z{n}.", lambda: da * f(a, derivative=True)
    yield (
        f"The slope f' is taken at da{n}. Take it at z{n}.",
        lambda: da * f(da, derivative=True),
    )
    yield f"da{n} and z{n} are exchanged.", lambda: z * f(da, derivative=True)
    yield (
        f"The slope f' is taken at da{n} * z{n}. Take it at z{n}, and multiply it by da{n}.",
        lambda: f(da * z, derivative=True),
    )
    own_layer = f"Take it at z{n}, of its own layer."
    yield (
        f"The slope f' is taken at z{after_n}. {own_layer}",
        lambda: da * f(this.after.z, derivative=True),
    )
    yield (
        f"The slope f' is taken at z{before_n}. {own_layer}",
        lambda: da * f(this.before.z, derivative=True),
    )
    yield (
        f"The slope f' is taken at a{before_n}. {own_layer}",
        lambda: da * f(this.a_in, derivative=True),
    )
    yield (  # a -= y.T turns a into the error, and then a * (1 - a) is error * (1 - error)
        f"The slope is made of the error. Has a{n} been changed, as by a{n} -= y.T?",
        lambda: da * error * (1 - error),
        lambda: da * (1 - error**2),
    )


def in_kind_of_slope(this):
    """dz, if the slope isn't that of the activation which forward applies."""
    if this.f is sigmoid:
        yield from in_slope_of_sigmoid(this)
    if this.f is tanh:
        yield from in_slope_of_tanh(this)
    yield from in_slope_of_another(this)


def in_slope_of_sigmoid(this):
    """dz = da * a (1 - a), if forward applies sigmoid."""
    z, a, da = this.z, this.a, this.da
    slope_is = f"The slope is a (1 - a), with a = f(z{this.n})"
    yield f"{slope_is}, and not z (1 - z).", lambda: da * z * (1 - z)
    yield f"{slope_is}, and not a (1 - z).", lambda: da * a * (1 - z)
    yield f"{slope_is}, and not 1 - a.", lambda: da * (1 - a)
    yield f"{slope_is}, and not (1 - a)^2.", lambda: da * (1 - a) ** 2
    yield f"{slope_is}, and not a^2.", lambda: da * a**2
    yield f"{slope_is}, and not a (1 + a).", lambda: da * a * (1 + a)
    yield "a * 1 - a lacks brackets. Write a * (1 - a).", lambda: da * a - a
    yield "a - a * a lacks brackets. Write (a - a * a).", lambda: da * a - a * a


def in_slope_of_tanh(this):
    """dz = da * (1 - a^2), if forward applies tanh."""
    z, a, da = this.z, this.a, this.da
    slope_is = f"The slope is 1 - a^2, with a = f(z{this.n})"
    yield f"{slope_is}, and not 1 - z^2.", lambda: da * (1 - z**2)
    yield f"{slope_is}, and not 1 - a.", lambda: da * (1 - a)
    yield f"{slope_is}, and not 1 + a^2.", lambda: da * (1 + a**2)
    yield f"{slope_is}, and not (1 - a)^2.", lambda: da * (1 - a) ** 2
    yield "1 - a**2 lacks brackets. Write (1 - a**2).", lambda: da * 1 - a**2
    yield (
        f"1 - tanh(a{this.n})**2 lacks brackets. Write (1 - a{this.n}**2), because "
        f"a{this.n} is tanh(z{this.n}) already.",
        lambda: da * 1 - tanh(a) ** 2,
    )


def in_slope_of_another(this):
    """dz, if the slope is that of another activation."""
    f, z, a, da = this.f, this.z, this.a, this.da
    if f is None:
        applied = "another function"
    elif f is linear:
        applied = "no activation"
    else:
        applied = f.__name__
    for name, other in ACTIVATIONS.items():
        # The slopes of step and linear are 0 and 1, which have rows of their own. That of
        # softplus is sigmoid(z), where a forgotten derivative=True is likelier.
        if other not in (f, step, linear, softplus):
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

    this.own_results has what such functions make of z and of a: {"my_slope(z1)": array}.
    """
    for call, array in this.own_results.items():
        yield (
            f"It is da{this.n} times {call}. That isn't the slope of the function that forward "
            "applies there.",
            lambda array=array: this.da * array,
        )


# --- Back through the last activation, if the loss isn't the mean of squares ------------------


def in_dz_of_cross_entropy(this):
    """dz of the last layer, if the student's loss is cross-entropy after sigmoid or softmax.

    dz has to be (a - y.T) / samples, or / size, according to the mean in the loss.
    """
    a, z, y, dz, error = this.a, this.z, this.y, this.dz, this.error
    if same(dz, error / this.n_samples):
        divided_by = this.n_samples
        divided = "divided by the number of samples"
    else:
        divided_by = y.size
        divided = "divided by samples * outputs"
    already = (
        f"With cross-entropy, {this.output_name} - y.T has the slope of the activation in it."
    )
    for name, other in ACTIVATIONS.items():
        if other not in (step, linear):
            yield (
                f"It is multiplied by the slope of {name}. {already}",
                lambda other=other: dz * other(z, derivative=True),
            )
    yield f"It is multiplied by a (1 - a). {already}", lambda: dz * a * (1 - a)
    if this.f is sigmoid:
        # The slope of -y ln a is -y / a, times a (1 - a), the slope of sigmoid: -y (1 - a).
        # That of the other part, -(1 - y) ln (1 - a), is (1 - y) a. Their sum is a - y.
        part_of_y = -y.T * (1 - a)
        other_part = (1 - y.T) * a
        yield (
            "One of the parts of cross-entropy is missing in it, that of y or that of 1 - y.",
            lambda: part_of_y / divided_by,
            lambda: other_part / divided_by,
        )
        yield (
            "The parts of cross-entropy are in it, but one has the wrong sign.",
            lambda: (part_of_y - other_part) / divided_by,
            lambda: (other_part - part_of_y) / divided_by,
        )
    if this.is_softmax:
        da = -y.T / a / divided_by
        yield (
            "This is the derivative with respect to the outputs of softmax. dz is a - y.T, "
            f"{divided}.",
            lambda: da,
        )
        yield (
            "The slope of softmax isn't only a (1 - a), because each output depends on each z. "
            f"dz is a - y.T, {divided}.",
            lambda: da * a * (1 - a),
        )


def in_dz_of_another_loss(this):
    """dz of the last layer, if the loss isn't the mean of squares. It may be cross-entropy."""
    n, f, a, z, y, error = this.n, this.f, this.a, this.z, this.y, this.error
    another_loss = f"but the loss is another one. {this.loss_sentence}".strip()
    # the loss has been changed, and dz hasn't
    yield (
        f"This is dz{n} of the mean of the squared errors, {another_loss}",
        lambda: 2 / y.size * error * this.slope,
    )
    # dz is made of a wrong array
    if f is not linear:
        yield (
            f"It is made of z{n}. Take the output, {this.output_name}.",
            lambda: (z - y.T) / len(y),
            lambda: (z - y.T) / y.size,
        )
    yield (
        "y is missing: this is made of the outputs alone.",
        lambda: a / len(y),
        lambda: a / y.size,
    )
    # dz is right but for a sign or a factor
    yield from in_any_derivative(this.dz, this)
    # The next rows come after in_any_derivative. If the loss is cross-entropy, then these
    # arrays are dz with a wrong factor, and in_any_derivative names that.
    yield (
        f"This is 2 (a - y.T) / size, as for the mean of the squared errors, {another_loss}",
        lambda: 2 / y.size * error,
    )
    yield (
        f"This is a - y.T, divided, as for cross-entropy, {another_loss}{why_another(this)}",
        lambda: error / len(y),
        lambda: error / y.size,
    )


def why_another(this):
    """Return why a loss that is meant as cross-entropy may be another one; perhaps empty."""
    if this.f is sigmoid:
        return (
            " If you mean cross-entropy, has the loss both parts, -y ln a and -(1 - y) ln (1 - "
            "a), with their minus signs?"
        )
    if len(this.a) > 1 and not this.is_softmax:
        return " The outputs of a sample don't add up to 1, as those of softmax do."
    return ""


# --- Back to the layer before -----------------------------------------------------------------


def in_hidden_da(this):
    """da = W.T @ dz, with W and dz of the layer after, so it isn't for the last layer."""
    n, after_n, after = this.n, this.after_n, this.after
    it_has_to_be = f"It has to be W{after_n}.T @ dz{after_n}."
    yield f"W{after_n} is not transposed in da{n}. {it_has_to_be}", lambda: after.W @ after.dz
    yield (
        f"The product of da{n} is the wrong way round. {it_has_to_be}",
        lambda: after.dz @ after.W,
        lambda: after.dz @ after.W.T,
    )
    yield f"da{n} has to be transposed. {it_has_to_be}", lambda: after.dz.T @ after.W
    yield (
        f"dz{after_n} is transposed in da{n}. {it_has_to_be}",
        lambda: after.W.T @ after.dz.T,
        lambda: after.W @ after.dz.T,
    )
    yield (
        f"da{n} is made with W{n}. {it_has_to_be}",
        lambda: this.W.T @ after.dz,
        lambda: this.W @ after.dz,
    )
    yield f"da{n} is made of da{after_n}. {it_has_to_be}", lambda: after.W.T @ after.da
    yield (
        f"dz{after_n} is multiplied by the slope f'(z{after_n}) in da{n}. {it_has_to_be}",
        lambda: after.W.T @ (after.dz * after.slope),
    )
    # spread: if there is a single output, numpy repeats it for all nodes of this layer
    yield (
        f"da{after_n} stands in the place of da{n}. {it_has_to_be}",
        lambda: spread(after.da, this.z),
    )
    yield (
        f"dz{after_n} stands in the place of da{n}. {it_has_to_be}",
        lambda: spread(after.dz, this.z),
    )
    yield (
        f"da{n} is made of a single node of layer {after_n}. {it_has_to_be}",
        lambda: after.W[-1:].T @ after.dz[-1:],
    )
    # with cross-entropy, the error is dz without its division, which in_any_derivative names
    if not after.has_cross_entropy:
        yield (
            f"da{n} is made of the error, {after.output_name} - y.T. {it_has_to_be}",
            lambda: after.W.T @ after.error,
        )
    yield f"da{n} is made of {after.output_name}. {it_has_to_be}", lambda: after.W.T @ after.a
    yield f"da{n} is made of z{after_n}. {it_has_to_be}", lambda: after.W.T @ after.z
    yield f"da{n} is made with dW{after_n}. {it_has_to_be}", lambda: after.dW.T @ after.dz
    yield (
        f"da{n} is made with dz{after.after_n}. {it_has_to_be}",
        lambda: after.W.T @ after.after.dz,
    )
    yield (
        f"da{n} is made with W{after.after_n}. {it_has_to_be}",
        lambda: after.after.W.T @ after.dz,
    )
    yield (
        f"W{after_n} multiplies dz{after_n} number by number in da{n}. {it_has_to_be}",
        lambda: after.W.T * after.dz,
        lambda: after.W * after.dz,
    )
    yield from in_any_derivative(this.da, this)


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
    yield from in_any_derivative(right, this)


# --- The gradients dW and dB ------------------------------------------------------------------


def in_array_taken_for_dz(this, gradient_of):
    """dW or dB, if it is made of another array than dz.

    gradient_of(array) makes dW, or dB, of an array in the place of dz. For dW it is array @
    a_in.T, and for dB it is the sum of each row.
    """
    n, before_n, after_n = this.n, this.before_n, this.after_n
    yield f"It is made of z{n}. Take dz{n}.", lambda: gradient_of(this.z)
    yield f"It is made of {this.output_name}. Take dz{n}.", lambda: gradient_of(this.a)
    yield (
        f"It is made of da{n}. Take dz{n}, which has the slope in it.",
        lambda: gradient_of(this.da),
    )
    # with cross-entropy, the error is dz without its division, which in_any_derivative names
    if not this.has_cross_entropy:
        yield (
            f"It is made of the error, {this.output_name} - y.T. Take dz{n}, with its factors.",
            lambda: gradient_of(this.error),
        )
    own_layer = f"Take dz{n}, of its own layer."
    yield f"It is made of dz{after_n}. {own_layer}", lambda: gradient_of(this.after.dz)
    yield f"It is made of dz{before_n}. {own_layer}", lambda: gradient_of(this.before.dz)
    yield f"It is made of da{before_n}. {own_layer}", lambda: gradient_of(this.before.da)


def in_dW(this):
    """dW = dz @ a_in.T. If the loss has weight decay in it, the slope of that is added."""
    n, before_n, before = this.n, this.before_n, this.before
    dz, a_in, samples = this.dz, this.a_in, this.n_samples
    comes_in = f"A weight multiplies what comes in, a{before_n}."
    yield from in_rest_of_dW(this)
    yield f"This is W{n} itself, and not its derivative.", lambda: this.W
    yield f"a{before_n} is not transposed. Take dz @ a.T.", lambda: dz @ a_in
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
    yield f"It is made with z{before_n}. {comes_in}", lambda: dz @ before.z.T
    yield f"It is made with f(a{before_n}). {comes_in}", lambda: dz @ before.f(a_in).T
    yield (
        f"It is made with what comes into layer {before_n}. {comes_in}",
        lambda: dz @ before.a_in.T,
    )
    yield (
        "Only one sample counts. Add up all.",
        lambda: dz[:, -1:] @ a_in[:, -1:].T,
        lambda: dz[:, :1] @ a_in[:, :1].T,
    )
    if this.dW.size == 1:  # a single weight, as in linear.py
        yield "The number is right. Make it an array (1, 1), as W is.", lambda: this.dW.sum()
    sums_of_dz = dz.sum(axis=1, keepdims=True)
    sums_of_a = a_in.sum(axis=1, keepdims=True)
    yield (  # adding up every dz times every a gives (sum of dz) * (sum of a)
        "dz and a are added up before they are multiplied, or each dz is multiplied by each a. "
        "Multiply them sample by sample.",
        lambda: sums_of_dz @ sums_of_a.T,
        lambda: sums_of_dz @ sums_of_a.T / samples,
        lambda: sums_of_dz @ sums_of_a.T / samples**2,
    )
    yield (
        f"The inputs a{before_n} are missing: this is the same in every column.",
        lambda: spread(sums_of_dz, this.dW),
        lambda: spread(sums_of_dz / samples, this.dW),
    )
    yield from in_array_taken_for_dz(this, lambda array: array @ a_in.T)
    yield from in_any_derivative(this.dW, this)


def in_rest_of_dW(this):
    """dW, if W is in the loss directly, as with weight decay.

    Then dW is not only dz @ a_in.T. The rest is the slope of what else is in the loss.
    """
    n, W = this.n, this.W
    from_errors = this.dz @ this.a_in.T
    rest = this.dW - from_errors
    if largest(rest) < 1e-6 * largest(this.dW):  # it is only rounding
        return
    if is_decay(rest, W):
        yield from in_decay(this, from_errors, factor_of(rest, W))
    else:
        yield (
            f"The loss has something else in it that depends on W{n}. Add its slope.",
            lambda: from_errors,
        )


def is_decay(rest, W):
    """Whether the rest of dW is a multiple of W, as it is if W^2 is in the loss."""
    # a ten-thousandth may be missing, because rest is a small difference of measured slopes
    return largest(rest - factor_of(rest, W) * W) < 1e-4 * largest(rest)


def in_decay(this, from_errors, factor):
    """dW = from_errors + factor * W."""
    n, W = this.n, this.W
    found = f"The loss has a multiple of W{n}^2 in it, whose slope is {factor:.4g} times W{n}"
    yield f"{found}. It isn't in dW{n}.", lambda: from_errors
    yield (
        f"{found}. Half of it is here: is the 2 of 2 W missing, or is there a 1/2 too many?",
        lambda: from_errors + factor / 2 * W,
    )
    yield f"{found}. It is subtracted here. Add it.", lambda: from_errors - factor * W
    yield (
        f"{found}. Take that slope, and not W{n}^2.",
        lambda: from_errors + factor * W**2,
        lambda: from_errors + factor / 2 * W**2,
    )
    yield f"{found}. W{n} is missing here.", lambda: from_errors + factor
    yield (
        f"{found}. It is divided by the number of samples here.",
        lambda: from_errors + factor * W / this.n_samples,
    )


def in_dB(this):
    """dB = dz.sum(axis=1, keepdims=True)."""
    dz, n = this.dz, this.n
    if this.dB.size == 1:  # a single node
        yield "The number is right. Make it an array (1, 1), as B is.", lambda: this.dB.sum()
    yield (
        "The sums are right. Add keepdims=True, so that they stay a column.",
        (lambda: dz.sum(axis=1)),
    )
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
    yield from in_array_taken_for_dz(this, lambda array: array.sum(axis=1, keepdims=True))
    yield "It is multiplied by B. It has to be the sum of dz alone.", lambda: this.dB * this.B
    yield f"This is B{n} itself, and not its derivative.", lambda: this.B
    yield from in_any_derivative(this.dB, this)


def in_any_derivative(right, this):
    """Any derivative, with a wrong sign or factor, or what else can happen to all of them."""
    samples, outputs = this.n_samples, this.n_outputs
    yield "It is 0 everywhere.", lambda: 0 * right
    yield "It has to be transposed.", lambda: right.T
    yield "It has the wrong sign.", lambda: -right
    yield "Only its sign is left.", lambda: np.sign(right)
    yield "It is half of what it has to be.", lambda: right / 2
    yield "It is twice what it has to be: is there a 2 too many?", lambda: right * 2
    yield (
        "It is what it has to be times the number of samples. Is a division missing?",
        lambda: right * samples,
    )
    yield "It is divided by the number of samples once too often.", lambda: right / samples
    yield (
        "It is what it has to be times samples * outputs. Is a division missing?",
        lambda: right * samples * outputs,
    )
    if outputs > 1:
        yield (
            "It is what it has to be times samples * outputs / 2. Is a division missing?",
            lambda: right * samples * outputs / 2,
        )
        yield (
            "It is what it has to be times the number of outputs. Is a division missing?",
            lambda: right * outputs,
        )
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
        # the check makes 1 iteration, and then this can't be told from a missing learning rate
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
    # if all gradients have one sign, this can't be told from rate * sign(gradient)
    if gradient.min() < 0 < gradient.max():
        yield (
            "The learning rate itself is subtracted: where is the gradient?",
            lambda: spread(-rate, gradient),
        )
    yield "The parameter is subtracted: where is the gradient?", lambda: -rate * parameter
    # p = new value changes p by new value - parameter
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
            "It is multiplied by momentum. Multiply only the old velocity by it, where the new "
            "one is computed.",
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
        "This is only the first loss: does return stand in the loop? Does break end it? Or is "
        "a loss collected only now and then, as if i % 100 == 0 does?",
        lambda: losses[:1],
        lambda: losses[0],
    )
    yield "Each is the loss after its update. Collect the one before.", lambda: later
    yield "The loss after the last update is too many.", lambda: np.append(losses, later[-1])
    yield (
        "It is the first loss each time. Is a new loss computed in every iteration, and an "
        "update made?",
        lambda: spread(losses[0], losses),
    )
    yield "The losses are added up. Append each as it is.", lambda: np.cumsum(losses)
    or_twice = ", or is it written twice" if n_parameters == 2 else ""
    yield (
        f"Each is there once for every parameter. Is the append in the inner loop{or_twice}?",
        lambda: np.repeat(losses, n_parameters),
    )
    yield "Each loss is there twice.", lambda: np.repeat(losses, 2)
    for digits in range(1, 7):
        yield (
            "The losses are rounded. Append each as it is.",
            lambda digits=digits: np.round(losses, digits),
        )
    yield "The newest loss comes first. Append each at the end.", lambda: losses[::-1]
