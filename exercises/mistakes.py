"""Say which mistake it is: what one writes by accident, and what check.py then says.

A mistake is known by making it. Each row of MISTAKES has a formula that is wrong; if the
numbers of a reader's network are those of the formula, it is that mistake.
"""

import contextlib
import itertools
import linecache
import re
import traceback

import numpy as np

from activation import ACTIVATIONS

RULES = {  # what is right: functions of by_hand.py, their arguments -> results
    "forward": "x, parameters -> a0 = 2 * x.T - 1; z1 = W1 @ a0 + B1; a1 = f(z1);"
    " z2 = W2 @ a1 + B2; a2 = f(z2)",
    "from_loss": "a2, y -> loss = np.mean((a2 - y.T)**2); da2 = 2 / a2.size * (a2 - y.T)",
    "through_activation": "da, z -> dz = da * f(z, derivative=True)",
    "to_weights": "dz, a -> dW = dz @ a.T",
    "to_bias": "dz -> dB = dz.sum(axis=1, keepdims=True)",
    "to_layer_before": "W, dz -> da = W.T @ dz",
}

# What | what stands there by mistake | what to say. right is what it should be, got what it is;
# p, n and m number the layer before, this one and the next, of which z_m is the z.
MISTAKES = """
a0 | x.T | The inputs are not recoded: 0 and 1 have to become -1 and 1.
a0 | 2 * (x.T - 1) | This is 2 (x - 1); it is 2 x - 1 that makes -1 and 1 of 0 and 1.
a0 | x | The inputs are not recoded: 0 and 1 have to become -1 and 1, and rows columns.
z1 | W1 @ a0 | The bias B1 is not added.
z1 | W1 @ x.T + B1 | It is made of x; take a0, the recoded inputs.
a1 | z1 | This is z1 itself: the activation is not applied.
a1 | f(a0) | It is f(a0); it has to be f(z1).
z2 | W2 @ a1 | The bias B2 is not added.
z2 | W2 @ z1 + B2 | It is made of z1; the second layer gets a1, what the first puts out.
a2 | z2 | This is z2 itself: the activation is not applied.
loss | right**0.5 | This is the root of the loss: leave the root out.
loss | abs(a2 - y.T).mean() | These are the errors without signs; they have to be squared.
loss | (a2 - y.T).mean(); (a2 - y.T).mean()**2 | Square the errors first, then take the mean.
loss | np.reshape(right, (1, 1)) | The number is right, but an array: leave keepdims out.
loss | (a2 - y.T)**2 | The squares are not averaged: the loss is one number.
loss | (a2 - y.T)**2 / a2.size | The squares are not added up: the loss is one number.
loss | 2 / a2.size * (a2 - y.T) | This is da2: the loss comes first.
da2 | 2 * (a2 - y.T).mean() | Take no mean: each output of each sample has its own da2.
da2 | right * (a2 - y.T); right * (a2 - y.T) / 2 | The derivative of e^2 is 2 e, not e^2.
da2 | right * a2 * (1 - a2) | This is dz2: the slope of the sigmoid is a step further.
dz | da; W_m.T @ dz_m | The slope is missing: dz{n} is da{n} times f'(z{n}).
dz | slope; da + slope | The slope f'(z{n}) has to be multiplied by da{n}.
dz | da * f(z) | It is da{n} times f(z{n}); take the slope, f'(z{n}): derivative=True.
dz | da * f(f(z), derivative=True) | The slope f' is taken at a{n}; take it at z{n}.
dz | da * z * (1 - z) | The slope isn't z (1 - z) but a (1 - a), with a = f(z).
dz | da * (1 - z**2) | The slope isn't 1 - z^2 but 1 - a^2, with a = f(z).
dz | da * f(z) - f(z) | a * 1 - a lacks brackets: a * (1 - a).
dz | da * slope**2 | The slope f'(z{n}) is multiplied in once too often.
dz | da / slope | It is divided by the slope f'(z{n}); multiply.
dz | da * f(z_m, derivative=True) | The slope is taken at z{m}; take it at z{n}, its own layer.
dz | da * f(z_p, derivative=True) | The slope is taken at z{p}; take it at z{n}, its own layer.
dz | da * f(a, derivative=True) | The slope is taken at a{p}; take it at z{n}, its own layer.
dz | W_m @ dz_m * slope | W{m} is not transposed in da{n} = W{m}.T @ dz{m}.
dz | W.T @ dz_m * slope; W @ dz_m * slope | da{n} is made with W{n}, not with W{m}.T.
dz | W_m.T @ da_m * slope | da{n} is made of da{m}; what goes back through W{m} is dz{m}.
dz | dz_m * slope | W{m} is missing in da{n} = W{m}.T @ dz{m}.
dz | da_m * slope | da{n} is the same as da{m}; it has to be W{m}.T @ dz{m}.
dW | dz @ a_out.T | It is made with what goes out; a weight multiplies what comes in, a{p}.
dW | dz @ z_p.T | It is made with z{p}; a weight multiplies what comes in, a{p}.
dW | dz @ x | It is made with x as it came; a weight multiplies a0, the recoded inputs.
dW | dz[:, -1:] @ a[:, -1:].T; dz[:, :1] @ a[:, :1].T | Only one sample counts; add up all.
dW | dz_m @ a.T | It is made of dz{m}; take dz{n}, of its own layer.
dW | da @ a.T | It is made of da{n}; take dz{n}, which has the slope in it.
dW | right - np.vdot(right - got, W) / np.vdot(W, W) * W \
| It is right but for a multiple of W: the loss has W^2 in it, and its slope is 2 W.
dB | dz.sum(axis=1) | The sums are right; keepdims=True keeps them a column.
dB | dz.mean(axis=1) | This is a mean; take the sum, kept a column by keepdims=True.
dB | dz.sum(axis=0); dz.sum(axis=0)[None]; dz.sum(axis=0)[:, None] \
| It is summed over the nodes; sum over the samples, which is axis=1.
dB | dz.sum(); dz.sum(keepdims=True); dz.sum() + 0 * right | Sum over the samples only, axis=1.
dB | dz; dz[:, -1:] | It is not summed; the bias acts on every sample, so add them up.
dB | dz_m.sum(axis=1, keepdims=True) | It is made of dz{m}; take dz{n}.
dB | da.sum(axis=1, keepdims=True) | It is made of da{n}; take dz{n}, which has the slope.
da | W[-1:].T @ dz[-1:] | Only the last node counts; add up what comes back from all.
step | 0 * right | It stays as it was. Is it left out? Or is it p = p - ..., which makes a new \
array? p -= ... changes p.
step | gradient; -right | It goes uphill: the gradient points up, so subtract it, once.
step | -gradient / rate | It is divided by the learning rate; multiply.
step | -gradient | The learning rate is missing: multiply the gradient by it.
step | -8 * gradient | It is made with 8: take learning_rate.
losses | right[:0] | Nothing is collected: append the loss in every iteration.
losses | right[-1] | This is only the last; collect one in every iteration.
losses | right[:1]; right[0] | This is only the first: does return stand inside the loop?
losses | later | Each is the loss after its update; collect that from before.
losses | right[0] + 0 * right | It stays: every iteration needs back_propagate and update.
any | 0 * right | It is 0 everywhere.
any | right.T | It has to be transposed.
any | -right | The sign is wrong: an error is what is predicted minus what is desired.
any | right / 2 | It is half of what it has to be: is the 2 of the square missing?
any | right * 2 | It is twice what it has to be: is a 2 too many, or is the loss halved?
any | right * samples | It lacks a division by the number of samples: the loss is a mean.
any | right * outputs | It lacks a division by the number of outputs: the loss is a mean.
any | right * numbers | It lacks a division by samples * outputs: the loss is a mean.
any | right * numbers / 2 | The factor 2 / (samples * outputs) is missing.
any | right / samples | It is divided by the number of samples once too often: no mean here.
any | right / outputs; right / numbers | It is divided by the number of outputs too often.
any | right * outputs**2; right * samples**2 | e / m * q is (e / m) * q: write brackets.
any | k * right | It is {k:.4g} times what it has to be, everywhere.
any | np.where(got == 0, 0, right) | Some are right and the others 0: do loops reach all?
"""
for other in [*ACTIVATIONS][2:]:  # all but step and linear
    MISTAKES += f"dz | da * {other}(z, derivative=True) | The slope is that of {other}; "
    MISTAKES += "forward doesn't apply that there.\n"
MISTAKES += """dz | got | It has to be da times f'(z), number by number.
dW | got | It has to be dz{n} times what comes in, a{p}, added up over the samples.
dB | got | It has to be dz{n}, added up over the samples: a column.
da | got | It has to be W times dz, added up over the nodes that a node feeds.
step | got | It has to be - learning_rate * gradient.
z1 | got | It has to be W1 @ a0 + B1.
z2 | got | It has to be W2 @ a1 + B2.
"""
NO_FIT = "No transpose makes them fit: is one of them another layer's?"


class Wrong(Exception):  # noqa: N818
    """What is wrong, in words for the reader."""


def same(got, right, scale=None):
    """Whether they agree to a millionth of scale, or of the largest; nan agrees with all."""
    if np.shape(got) != np.shape(right) or not np.isfinite(got).all():
        return False
    scale = np.nanmax(np.abs(right), initial=0) if scale is None else scale
    return not (np.abs(got - right) > 1e-6 * scale).any()


def mistake(kind, is_it, names):
    """Return what to say of the first mistake of this kind, or of any, whose numbers is_it."""
    for name, formulas, sentence in re.findall(r"(\w+) \| (.+) \| (.+)", MISTAKES):
        for formula in formulas.split("; ") if name in (kind, "any") else ():
            with contextlib.suppress(NameError, TypeError, ValueError):  # not all here, or fit
                value = eval(formula, {"np": np, **ACTIVATIONS}, names)
                if np.isfinite(value).all() and is_it(value):
                    return sentence.format(**names)
    return None


def judge(kind, label, got, right, names, scale=None):
    """Raise Wrong unless got is right: with the mistake that it is, or how it differs."""
    if got is None:
        raise Wrong(f"{label} is None: is a return missing?")
    try:
        got, shape = np.asarray(got, dtype=float), np.shape(right)
    except (TypeError, ValueError):
        raise Wrong(f"{label} is not an array of numbers.") from None
    if same(got, right, scale):
        return
    fits = got.shape == shape and got.size > 1
    k = np.nansum(got * right) / np.nansum(right * right) if fits else np.nan
    names = names | {"right": right, "got": got, "k": k}
    known = mistake(kind, lambda value: same(got, value, scale), names)
    if got.shape != shape:
        raise Wrong(f"{label} has the shape {got.shape}, not {shape}. {known or ''}".strip())
    if not np.isfinite(got).all():
        known = "There are nan or infinite numbers in it."
    elif not np.any(right):
        known = "It has to be 0: the loss doesn't change with it. Does forward use it?"
    elif not known:
        i = tuple(np.argwhere(np.abs(got - right) > 1e-6 * np.nanmax(np.abs(right)))[0])
        digits = next(n for n in (4, 8, 17) if f"{got[i]:.{n}g}" != f"{right[i]:.{n}g}")
        is_it, has_to_be = (f"{array[i]:.{digits}g}" for array in (got, right))
        known = f"First at {[*map(int, i)]}, it is {is_it}; it has to be {has_to_be}."
    raise Wrong(f"{label}: {known}")


def layers(x, y, parameters, values, dz, last_dB):
    """Yield for each layer, the last first, its number and the arrays that MISTAKES names.

    values is what forward returns; dz of each layer may lack a factor, which last_dB shows.
    """
    W, B, a, z = parameters[::2], parameters[1::2], [*values[::2]], [*values[1::2]]
    a += z[len(a) - 1 :]  # an output without activation
    usual = len(z) == len(W) and all(same(z[i], W[i] @ a[i] + B[i]) for i in range(len(W)))
    total, names = dz[-1].sum(axis=1, keepdims=True), {}
    dz = [(last_dB * total).sum() / (total**2).sum() * array for array in dz]
    for i in reversed(range(len(W))):
        names = {f"{name}_m": names[name] for name in ("W", "z", "dz", "da") if name in names}
        names |= {"samples": len(x), "outputs": y.shape[1], "numbers": y.size}
        names |= {"x": x, "W": W[i], "p": i, "n": i + 1, "m": i + 2}
        if usual:
            names |= {"a": a[i], "z": z[i], "dz": dz[i], "a_out": a[i + 1]}
            names |= {"z_p": z[i - 1]} if i else {}
            for f in ACTIVATIONS.values():
                if same(a[i + 1], f(z[i])):
                    slope = f(z[i], derivative=True)
                    names |= {"f": f, "slope": slope, "da": dz[i] / slope}
            if i + 1 < len(W):
                names["da"] = W[i + 1].T @ dz[i + 1]
        yield i, names


def judge_layer(labels, gradients, right, names, scale):
    """Raise Wrong unless dW and dB of a layer are right."""
    dW, dB = gradients

    def is_it(dz):
        made = dz @ names["a"].T, dz.sum(axis=1, keepdims=True)
        return same(dW, made[0], scale) and same(dB, made[1], scale)

    if "dz" in names and not is_it(names["dz"]):
        known = mistake("dz", is_it, names | {"right": names["dz"]})
        pairs = zip(gradients, right)
        both = all(np.shape(g) == np.shape(r) and not same(g, r, scale) for g, r in pairs)
        if known or both:
            known = known or "It has to be da{n} times f'(z{n}).".format(**names)
            raise Wrong(f"dz{names['n']}, of which {' and '.join(labels)} are made: {known}")
    judge("dB", labels[1], dB, right[1], names, scale)
    judge("dW", labels[0], dW, right[0], names, scale)


def explain(error, module, right=None):
    """Return where in the reader's module an error arose, and what would fit there.

    right has the arrays that a function should make. Functions of by_hand.py are right when
    another one calls them: then the line of the call is to blame.
    """
    calls = traceback.walk_tb(error.__traceback__)
    calls = [call for call in calls if call[0].f_globals.get("__name__") == module]
    if not calls:
        return f"{type(error).__name__}: {error}"
    called = ""
    while len(calls) > 1 and "from_loss" in calls[0][0].f_globals:
        code = calls.pop()[0].f_code
        arguments = ", ".join(code.co_varnames[: code.co_argcount])
        called = f"\n{code.co_name} is to be called as {code.co_name}({arguments})."
    frame, number = calls[-1]
    line = linecache.getline(frame.f_code.co_filename, number).strip()
    text = f"{module}.py, line {number}: {line}\n{type(error).__name__}: {error}{called}"
    known = frame.f_globals | frame.f_locals
    names = dict.fromkeys(re.findall(r"\w+", line.split("#")[0]))
    tuples = [name for name in names if isinstance(known.get(name), tuple)]
    names = [name for name in names if isinstance(known.get(name), np.ndarray)]
    if "NoneType" in str(error):
        text = text.removesuffix(called)
        nothing = [name for name, value in frame.f_locals.items() if value is None]
        return f"{text}\n{', '.join(nothing)} is None: don't assign what update returns."
    if "sequence" in str(error) and not tuples:
        return f"{text}\nparameters and gradients are lists: take their arrays one by one."
    if "unpack" in str(error):
        return f"{text}\nCount the names: the function returns another number of values."
    if tuples:
        return f"{text}\n{tuples[0]} is not an array, but {len(known[tuples[0]])} values."
    if not isinstance(error, ValueError) or not names:
        return text
    for name in names:  # dz2 has the shape of z2
        like = np.shape(known.get(name[1:], known[name]))
        if name[0] == "d" and known[name].shape != like:
            shape = known[name].shape
            return f"{text}\n{name} is {shape}, and {name[1:]} is {like}: how is {name} made?"
    shapes = ", ".join(f"{name} is {known[name].shape}" for name in names)
    fit = " or ".join(repairs(line, known, names, right or {}))
    return f"{text}\n{shapes}. " + (f"They fit with {fit}." if fit else NO_FIT)


def repairs(line, known, names, right):
    """Return what makes a line run and its result have the right shape, in words."""

    def transpose(*names):
        words = [
            f"{name} for {name}.T" if f"{name}.T" in line else f"{name}.T" for name in names
        ]
        return " and ".join(words), line, {name: known[name].T for name in names}

    product = r"([\w.]+) @ ([\w.]+)"
    single = [
        *map(transpose, names),
        ("* for @", line.replace(" @ ", " * "), {}),
        ("@ for *", line.replace(" * ", " @ ", 1), {}),
        ("the other order", re.sub(product, r"\2 @ \1", line), {}),
    ]
    double = [transpose(*pair) for pair in itertools.combinations(names, 2)]
    for changes in single, double:
        fit = [words for words, mended, new in changes if runs(mended, known, new, right)]
        if fit:
            return fit
    return []


def runs(line, known, new, right):
    """Whether a line makes an array of the right shape: dW1 has that of W1."""
    try:
        with contextlib.redirect_stdout(None):
            exec(re.sub(r"\breturn ", "result = ", line), made := known | new)
        name = re.findall(r"(\w+) = |return", line)[-1] or "result"
        like = right.get(name, known.get(name[1:]))
        allowed = right.values() if like is None else [like]
        several = isinstance(made[name], tuple)
        return several or not allowed or np.shape(made[name]) in map(np.shape, allowed)
    except Exception:
        return False
