"""The slope of a loss along each weight, found by moving the weight a little."""

import numpy as np

from exercises.checking.compare import Wrong, largest

NUDGE = 1e-5  # smaller, and rounding would spoil the slope; larger, and the loss would bend


def slopes_of(program, x, y, parameters, arrays):
    """Return the slopes of the loss of x and y, one array for each of arrays.

    arrays are some of the parameters. A slope is nan in a corner, as relu has at 0, because
    there the slopes to both sides differ.
    """
    here = loss_of(program, x, y, parameters)
    slopes = []
    bends = []
    for array in arrays:
        below = np.empty(array.shape)
        above = np.empty(array.shape)
        for i in np.ndindex(array.shape):
            value = array[i]
            array[i] = value - NUDGE
            below[i] = loss_of(program, x, y, parameters)
            array[i] = value + NUDGE
            above[i] = loss_of(program, x, y, parameters)
            array[i] = value
        slopes.append((above - below) / (2 * NUDGE))
        # the slope to the right minus the slope to the left
        bends.append(np.abs(above - 2 * here + below) / NUDGE)
    # Without a corner the bend is about NUDGE times the curvature, far below this limit.
    limit = 1e-3 * max(largest(slope) for slope in slopes)
    for slope, bend in zip(slopes, bends, strict=True):
        slope[bend > limit] = np.nan
    return slopes


def loss_of(program, x, y, parameters):
    """Return the loss; raise Wrong if it isn't a finite number."""
    loss, _ = program.call("back_propagate", x, y, parameters)
    if not np.isfinite(loss):
        raise Wrong(f"The loss is {loss} if a weight is moved by {NUDGE}.")
    return loss
