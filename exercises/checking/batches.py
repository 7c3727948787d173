"""Which samples does train pass to back_propagate?

A call of back_propagate is a list of the arguments that it was given: x, y and the parameters.
A sample is known by its row in x and y.
"""

import numpy as np

from exercises.checking.compare import Wrong


def samples_of_all(calls, x, y):
    """Return for each call of back_propagate the numbers of the samples that it was given.

    Return an empty list if one of them was given something else: samples that train has made.
    Raise Wrong if a call was given nothing, or a row of x with the wrong row of y.
    """
    samples = []
    for call in calls:
        mistake = mistake_in_rows(call)
        if mistake:
            raise Wrong(mistake)
        if len(call) < 3 or np.ndim(call[0]) != 2 or np.ndim(call[1]) != 2:
            return []
        numbers = []
        for x_row, y_row in zip(*call[:2], strict=True):
            if np.shape(x_row) != x[0].shape or np.shape(y_row) != y[0].shape:
                return []
            has_this_x = (x == x_row).all(axis=1)
            has_this_y = (y == y_row).all(axis=1)
            if not has_this_x.any() or not has_this_y.any():
                return []
            if not (has_this_x & has_this_y).any():
                number = np.flatnonzero(has_this_x)[0]
                raise Wrong(
                    f"train passes x[{number}] to back_propagate with another row of y than "
                    f"y[{number}]. Are x and y shuffled in the same way, and cut at the same "
                    "start?"
                )
            numbers.append(np.flatnonzero(has_this_x & has_this_y)[0])
        samples.append(numbers)
    return samples


def mistake_in_rows(call):
    """Return what is wrong if x and y of a call don't have equally many rows, or have none."""
    if len(call) < 3 or np.ndim(call[0]) != 2 or np.ndim(call[1]) != 2:
        return ""
    x_rows = len(call[0])
    y_rows = len(call[1])
    if x_rows == 0:
        return (
            "train passes no samples to back_propagate: its x has no rows. Does a loop "
            "overwrite x, as x = x[start : start + batch_size] does? Or does it go on after "
            "the last row?"
        )
    if x_rows != y_rows:
        return (
            f"train passes {x_rows} rows of x and {y_rows} of y to back_propagate. Are both "
            "cut at the same start and the same end?"
        )
    return ""


def between_updates(calls, samples):
    """Return the samples of all calls in groups. Between two groups the parameters change."""
    groups = []
    before = None
    for call, numbers in zip(calls, samples, strict=True):
        now = flat(call[2])
        if before is None or not np.array_equal(now, before):
            groups.append([])
        groups[-1].append(numbers)
        before = now
    return groups


def check_that_all_are_passed(calls, samples, n, after):
    """Raise Wrong if a train without an argument batch_size updates without all n samples.

    samples are those of each call. after are the parameters at the end. Without an update,
    train may pass what it likes, as for the loss of a part of the samples.
    """
    if not samples:  # train makes its own samples, or doesn't call back_propagate
        return
    groups = between_updates(calls, samples)
    if np.array_equal(flat(calls[-1][2]), flat(after)):  # no update follows on the last group
        groups.pop()
    for group in groups:
        most = max(group, key=len)
        if len(most) < n:
            raise Wrong(
                f"train passes {len(most)} of {n} samples to back_propagate. The check can "
                "follow mini-batches only if train has an argument batch_size. The check then "
                "sets it to the number of samples."
            )
        if len(set(most)) < n:
            raise Wrong(
                f"train passes some samples more than once to back_propagate, and "
                f"{n - len(set(most))} of {n} not at all. The check can follow samples that "
                "are drawn only if train has an argument batch_size."
            )


def check_batches(calls, x, y, size, iterations):
    """Raise Wrong unless train makes an update after each mini-batch, and uses all samples.

    The calls are those of a train with a batch_size of size, and so many iterations. A call
    with all samples isn't taken for a mini-batch if there are others. It may be there for its
    loss.
    """
    n = len(x)
    samples = samples_of_all(calls, x, y)
    if not samples:  # train makes its own samples, or doesn't call back_propagate
        return
    batches = []
    parameters_of_batches = []
    for call, numbers in zip(calls, samples, strict=True):
        if len(numbers) < n:
            batches.append(numbers)
            parameters_of_batches.append(flat(call[2]))
    most = max(map(len, batches), default=n)
    if most > size:
        text = (
            f"With a batch_size of {size}, train passes {most} samples to back_propagate at "
            "once."
        )
        if most < n:
            text += (
                " Does a slice end too late? Or is the number of batches rounded down? "
                f"{n} samples fill {-(-n // size)} batches, the last of them in part."
            )
        raise Wrong(text)
    used = set().union(*batches)
    if len(used) < n:
        raise Wrong(
            f"With a batch_size of {size}, train never uses {n - len(used)} of {n} samples."
        )
    if np.array_equal(parameters_of_batches[0], parameters_of_batches[1]):
        raise Wrong("Between two mini-batches nothing changes. Update after each of them.")
    check_that_batches_differ(batches, iterations)


def check_that_batches_differ(batches, iterations):
    """Raise Wrong if in all iterations each batch has samples of the one before."""
    per_iteration = len(batches) // iterations
    if per_iteration < 2 or len(batches) % iterations > 0:
        return
    pairs = []  # of batches that come one after the other in an iteration
    for i in range(1, len(batches)):
        if i % per_iteration > 0:
            pairs.append((set(batches[i - 1]), set(batches[i])))
    if not all(one & next_one for one, next_one in pairs):
        return
    has_the_same = all(one == next_one for one, next_one in pairs)
    raise Wrong(
        f"In an iteration, each mini-batch has {'the' if has_the_same else 'some'} samples of "
        "the one before again. Does each of them begin where the one before has ended? A loop "
        "over range(0, len(x), batch_size) and a slice [start : start + batch_size] do that."
    )


def flat(arrays):
    """Return the numbers of all arrays in one row."""
    return np.concatenate([np.ravel(array) for array in arrays])
