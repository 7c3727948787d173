"""What students write: by_hand.py filled in, or a copy of a script with something replaced."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
BY_HAND = (ROOT / "exercises" / "by_hand.py").read_text(encoding="utf-8")
IMAGES = "2x2_image_recognition"

ALL_RIGHT = "All gradients are the slopes of the loss, and train steps against them.\n"
THE_REST = "The other functions, such as main, aren't checked.\n"

# The body of each function of by_hand.py. It takes the place of an indented line, "raise
# NotImplementedError", so the first line of a body isn't indented itself.
SOLUTION = {
    "forward": """a0 = 2 * x.T - 1
    z1 = W1 @ a0 + B1
    a1 = sigmoid(z1)
    z2 = W2 @ a1 + B2
    a2 = sigmoid(z2)
    return a0, z1, a1, z2, a2""",
    "from_loss": """error = a2 - y.T
    loss = (error**2).mean()
    da2 = 2 / error.size * error
    return loss, da2""",
    "through_activation": "return da * sigmoid(z, derivative=True)",
    "to_weights": "return dz @ a.T",
    "to_bias": "return dz.sum(axis=1, keepdims=True)",
    "to_layer_before": "return W.T @ dz",
    "back_propagate": """a0, z1, a1, z2, a2 = forward(x, parameters)
    loss, da2 = from_loss(a2, y)
    dz2 = through_activation(da2, z2)
    dW2 = to_weights(dz2, a1)
    dB2 = to_bias(dz2)
    da1 = to_layer_before(W2, dz2)
    dz1 = through_activation(da1, z1)
    dW1 = to_weights(dz1, a0)
    dB1 = to_bias(dz1)
    return loss, [dW1, dB1, dW2, dB2]""",
    "update": """for p, g in zip(parameters, gradients):
        p -= learning_rate * g""",
    "train": """losses = []
    for _ in range(iterations):
        loss, gradients = back_propagate(x, y, parameters)
        update(parameters, gradients, learning_rate)
        losses.append(loss)
    return losses""",
}


def replaced(text, *replacements):
    """Return the text after replacements, which are pairs (old, new).

    Every occurrence of old is replaced, and there has to be one. A later pair is applied to
    what the earlier ones have made.
    """
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text


def solved_by_hand(**bodies):
    """Return by_hand.py with all functions written. Those that aren't in bodies are right."""
    text = BY_HAND
    for name, body in {**SOLUTION, **bodies}.items():
        before, start, after = text.partition(f"def {name}(")
        assert start
        assert "raise NotImplementedError" in after
        text = before + start + after.replace("raise NotImplementedError", body, 1)
    return text


def solved_with(function, *replacements):
    """Return by_hand.py with all functions written, after replacements in one of them."""
    return solved_by_hand(**{function: replaced(SOLUTION[function], *replacements)})


# Lines of xor.py. Those of the loss, the update and the call are in other scripts as well.
LOSS = "loss = (error**2).sum() / error.size"
UPDATE = "parameter -= learning_rate * gradient"
CALL = "loss, gradients = back_propagate(x, y, parameters)"
DA2 = "da2 = 2 / error.size * error"
DZ2 = "dz2 = da2 * sigmoid(z2, derivative=True)"
DZ1 = "dz1 = da1 * sigmoid(z1, derivative=True)"

# The losses of other networks, as lines of code
CROSS_ENTROPY = "loss = -(y.T * np.log(a2) + (1 - y.T) * np.log(1 - a2)).mean()"
CROSS_ENTROPY_OF_SOFTMAX = "loss = -np.sum(y.T * np.log(a3)) / len(y)"
WEIGHT_DECAY = f"{LOSS} + 0.001 * ((W1**2).sum() + (W2**2).sum() + (W3**2).sum())"

OTHER_LOSSES = {  # name: script, replacements that give it another loss
    "xor with cross-entropy": (
        "xor",
        (LOSS, CROSS_ENTROPY),
        (DZ2, "dz2 = error / error.size"),
    ),
    "images with softmax": (
        IMAGES,
        (
            "    z3 = W3 @ a2 + B3\n",
            "    z3 = W3 @ a2 + B3\n    a3 = np.exp(z3) / np.exp(z3).sum(axis=0)\n",
        ),
        ("return a0, z1, a1, z2, a2, z3", "return a0, z1, a1, z2, a2, z3, a3"),
        ("a0, z1, a1, z2, a2, z3 = forward", "a0, z1, a1, z2, a2, z3, a3 = forward"),
        ("y.T.shape == z3.shape", "y.T.shape == a3.shape"),
        ("error = z3 - y.T", "error = a3 - y.T"),
        (LOSS, CROSS_ENTROPY_OF_SOFTMAX),
        ("dz3 = 2 / error.size * error", "dz3 = error / len(y)"),
    ),
    "images with weight decay": (
        IMAGES,
        (LOSS, WEIGHT_DECAY),
        ("dW1 = dz1 @ a0.T", "dW1 = dz1 @ a0.T + 0.002 * W1"),
        ("dW2 = dz2 @ a1.T", "dW2 = dz2 @ a1.T + 0.002 * W2"),
        ("dW3 = dz3 @ a2.T", "dW3 = dz3 @ a2.T + 0.002 * W3"),
    ),
}


def script_with(script, *replacements):
    """Return the text of a script, or of one of OTHER_LOSSES, after replacements."""
    if script in OTHER_LOSSES:
        script, *first_replacements = OTHER_LOSSES[script]
        replacements = [*first_replacements, *replacements]
    return replaced((ROOT / f"{script}.py").read_text(encoding="utf-8"), *replacements)
