"""What exercises/check.py says of train and of predict in what a student has written.

A student's file is a script, or by_hand.py filled in, with something written otherwise.
"""

import pytest
from students import (
    ALL_RIGHT,
    CALL,
    IMAGES,
    OTHER_LOSSES,
    THE_REST,
    UPDATE,
    replaced,
    script_with,
    solved_by_hand,
    solved_with,
)

FINE = "This is fine if it is meant so.\n"


@pytest.fixture
def check_script(check_text):
    """Return a function: the exit code of check for a script with replacements, and its text.

    Whatever happens, what is printed ends as a sentence.
    """

    def checked(script, *replacements):
        code, printed = check_text(script_with(script, *replacements))
        assert printed.rstrip()[-1] in ".?"
        return code, printed

    return checked


# --- Pieces of a script, and what students write in their place -------------------------------

APPEND = "losses.append(loss)"
PREDICT = "return forward(x, parameters)[-1].T"
AS_ARRAY = "x = np.asarray(x)"
BATCH_SIZE = "learning_rate=8.0):", "learning_rate=8.0, batch_size=2):"
LOOP_OF_XOR = """\
        loss, gradients = back_propagate(x, y, parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            # -= changes the array itself. parameter = parameter - ... would make a new one.
            parameter -= learning_rate * gradient  # 8 is fine: XOR's loss bends little
        losses.append(loss)
"""
LOOP_OF_BATCHES = """\
        order = np.random.default_rng(len(losses)).permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            loss, gradients = back_propagate(x[batch], y[batch], parameters)
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter -= learning_rate * gradient
        losses.append(loss)
"""
_, *CROSS_ENTROPY = OTHER_LOSSES["xor with cross-entropy"]  # without the name of the script
VELOCITY = "losses = []\n", "losses = []\n    velocity = 0\n"


def in_batches(*replacements):
    """Return replacements that give xor.py mini-batches, with replacements in their loop."""
    return [BATCH_SIZE, (LOOP_OF_XOR, replaced(LOOP_OF_BATCHES, *replacements))]


# --- The losses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "appended, said",
    [
        ("loss / len(x)", "Is the loss divided by the number of samples? Append the loss as"),
        ("loss * len(x)", "Is the loss multiplied by the number of samples? Append the loss"),
        ("loss / 2", "a loss of 0.43. It collects 0.5 times each loss. Append the loss as it"),
        ("gradients[0].mean()", "back_propagate returns a loss of 0.43. Append the loss as it"),
    ],
)
def test_what_is_collected_in_place_of_the_loss_is_told_from_what_is_passed(
    check_script, appended, said
):
    code, printed = check_script("xor", (APPEND, f"losses.append({appended})"))
    assert said in printed
    assert "train collects " in printed
    assert "batch_size" not in printed
    assert code == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(script_with("cubic"), id="momentum"),
        pytest.param(script_with("xor", *in_batches()), id="mini-batches"),
        pytest.param(solved_by_hand(), id="by hand"),
    ],
)
def test_a_loss_that_is_divided_by_the_samples_is_named_in_every_kind_of_train(
    check_text, text
):
    divided = APPEND, "losses.append(loss / len(x))"
    code, printed = check_text(replaced(text, divided))
    assert "Is the loss divided by the number of samples?" in printed
    assert code == 1


def test_losses_that_are_there_twice_may_have_two_causes(check_script):
    twice = "losses.append(loss)\n        losses.append(loss)"
    code, printed = check_script("linear", (APPEND, twice))
    assert "Is the append in the inner loop, or is it written twice?" in printed
    assert code == 1


def test_a_loss_that_is_collected_now_and_then_is_asked_for(check_script):
    loop = "for _ in range(iterations):", "for i in range(iterations):"
    now_and_then = "if i % 100 == 0:\n            losses.append(loss)"
    code, printed = check_script("xor", loop, (APPEND, now_and_then))
    assert "Or is a loss collected only now and then, as if i % 100 == 0 does?" in printed
    assert code == 1


@pytest.mark.parametrize(
    "line",
    ["losses.append(str(loss))", "losses.append(print(loss))", "losses.append([loss])"],
)
def test_a_loss_that_is_no_number_is_named(check_script, line):
    code, printed = check_script("xor", (APPEND, line))
    assert "A loss is one number, and there is a " in printed
    assert code == 1


def test_a_dictionary_of_losses_is_named(check_script):
    code, printed = check_script("xor", ("return losses\n", 'return {"loss": losses}\n'))
    assert "train has to return a list of losses alone, and it returns a dict." in printed
    assert code == 1


MSE_OF_PREDICT = "losses.append(np.mean((predict(x, parameters) - y) ** 2))"
ACCURACY = "losses.append(np.mean((predict(x, parameters) > 0.5) == y))"


@pytest.mark.parametrize(
    "replacements, remark",
    [
        pytest.param(
            [
                *CROSS_ENTROPY,
                (CALL, f"{MSE_OF_PREDICT}\n        {CALL}"),
                (APPEND, "pass"),
            ],
            "train collects the mse of predict, and not the loss that back_propagate returns.",
            id="as in the answer of exercise 11",
        ),
        pytest.param(
            [
                *CROSS_ENTROPY,
                (
                    CALL,
                    f"mse = np.mean((predict(x, parameters) - y) ** 2)\n        {CALL}",
                ),
                (APPEND, "losses.append(np.sqrt(mse))"),
            ],
            "train collects the root of the mse of predict, and not the loss that",
            id="the root of the mse",
        ),
        pytest.param(
            [*CROSS_ENTROPY, (APPEND, MSE_OF_PREDICT)],
            "train collects the mse of predict after each update, and not the loss that",
            id="the mse after the update",
        ),
        pytest.param(
            [(APPEND, "losses.append(np.sqrt(loss))")],
            "train collects the root of each loss, and not the loss that back_propagate",
            id="the root of the loss",
        ),
        pytest.param(
            [(APPEND, "losses.append(abs(forward(x, parameters)[-1].T - y).mean())")],
            "where back_propagate returns a loss of 0.43.",
            id="the mean of the distances",
        ),
        pytest.param(
            [(APPEND, ACCURACY)],
            "where back_propagate returns a loss of 0.43.",
            id="how many outputs are right",
        ),
        pytest.param(
            [*in_batches((APPEND, "losses.append(back_propagate(x, y, parameters)[0])"))],
            "train collects the loss after each iteration, and xor.py the one before.",
            id="the loss of all samples after the mini-batches",
        ),
    ],
)
def test_something_else_that_makes_sense_may_be_collected(check_script, replacements, remark):
    code, printed = check_script("xor", *replacements)
    start = "All gradients are the slopes of the loss. train steps against the gradients. train"
    assert start in printed
    assert remark in printed
    assert FINE in printed
    assert THE_REST in printed
    assert code == 0


# --- The steps --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "replacements",
    [
        pytest.param(
            [
                VELOCITY,
                (
                    UPDATE,
                    "velocity = momentum * velocity - learning_rate * gradient\n"
                    "            parameter += velocity",
                ),
            ],
            id="one number for all",
        ),
        pytest.param(
            [
                (VELOCITY[0], "losses = []\n    velocity = [np.zeros((1, 1))] * 2\n"),
                ("for parameter, gradient in zip(", "for parameter, v, gradient in zip("),
                ("(parameters, gradients, strict", "(parameters, velocity, gradients, strict"),
                (
                    UPDATE,
                    "v[:] = momentum * v + gradient\n"
                    "            parameter -= learning_rate * v",
                ),
            ],
            id="the same array twice",
        ),
    ],
)
def test_a_velocity_that_parameters_share_is_named(check_script, replacements):
    momentum = "learning_rate=0.1):", "learning_rate=0.1, momentum=0.9):"
    code, printed = check_script("linear", momentum, *replacements)
    said = "The first step of B has 0.6 times that of W in it. Does every parameter have a vel"
    assert said in printed
    assert code == 1


def test_a_shared_velocity_whose_shape_does_not_fit_is_asked_for(check_script):
    momentum = "learning_rate=8.0):", "learning_rate=8.0, momentum=0.9):"
    lines = (
        "velocity = momentum * velocity - learning_rate * gradient\n"
        "            parameter += velocity"
    )
    code, printed = check_script("xor", momentum, VELOCITY, (UPDATE, lines))
    assert "Does every parameter have a velocity of its own, with its own shape?" in printed
    assert code == 1


@pytest.mark.parametrize("count, in_words", [(2, "twice"), (4, "4 times")])
def test_an_update_that_is_made_several_times_is_asked_for(check_text, count, in_words):
    update = "        update(parameters, gradients, learning_rate)\n"
    code, printed = check_text(solved_with("train", (update, update * count)))
    assert f"Is the update made {in_words} in each iteration?\n" in printed
    assert "fine" not in printed
    assert code == 1


# --- Mini-batches -----------------------------------------------------------------------------

WHOLE_LOSS = "losses.append(back_propagate(x, y, parameters)[0])"
ORDER = "        order = np.random.default_rng(len(losses)).permutation(len(x))\n"
WITH_REPLACEMENT = """\
        batch = generator.integers(len(x), size=batch_size)
        loss, gradients = back_propagate(x[batch], y[batch], parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter -= learning_rate * gradient
        losses.append(loss)
"""


@pytest.mark.parametrize(
    "replacements",
    [
        pytest.param(in_batches(), id="shuffled"),
        pytest.param(
            in_batches((ORDER, ORDER.replace("len(losses)", ""))), id="shuffled without a seed"
        ),
        pytest.param(
            in_batches((ORDER, f"        {WHOLE_LOSS}\n{ORDER}"), (APPEND, "")),
            id="and the loss of all samples before them",
        ),
        pytest.param(
            in_batches(
                (
                    "            for parameter",
                    "            whole_loss, _ = back_propagate(x, y, parameters)\n"
                    "            for parameter",
                ),
                (APPEND, "losses.append(whole_loss)"),
            ),
            id="and the loss of all samples above an update",
        ),
        pytest.param(
            [
                BATCH_SIZE,
                (LOOP_OF_XOR, WITH_REPLACEMENT),
                ("losses = []\n", "losses = []\n    generator = np.random.default_rng(0)\n"),
            ],
            id="drawn with replacement",
        ),
        pytest.param(
            [
                ("parameters, iterations=2000", "parameters, generator, iterations=2000"),
                BATCH_SIZE,
                (LOOP_OF_XOR, WITH_REPLACEMENT),
            ],
            id="drawn from a generator that is an argument",
        ),
    ],
)
def test_right_mini_batches_pass(check_script, replacements):
    code, printed = check_script("xor", *replacements)
    assert ALL_RIGHT in printed
    assert THE_REST in printed
    assert code == 0


@pytest.mark.parametrize(
    "replacements, said",
    [
        pytest.param(
            [("order[start : start + batch_size]", "order[:batch_size]")],
            "each mini-batch has the samples of the one before again.",
            id="always the first samples of a shuffled order",
        ),
        pytest.param(
            [("range(0, len(x), batch_size)", "range(len(x))")],
            "each mini-batch has some samples of the one before again.",
            id="a range without a step",
        ),
        pytest.param(
            [("[start : start + batch_size]", "[start : start + batch_size + 1]")],
            "train passes 4 samples to back_propagate at once. Does a slice end too late?",
            id="a slice that is too long",
        ),
        pytest.param(
            [
                (ORDER, f"        {WHOLE_LOSS}\n        order = np.arange(9)\n"),
                ("range(0, len(x)", "range(0, 9"),
                (APPEND, "pass"),
            ],
            "With a batch_size of 3, train never uses 2 of 11 samples",
            id="two samples left out but for the loss",
        ),
        pytest.param(
            [("y[batch]", "y[start : start + batch_size]")],
            "to back_propagate with another row of y than y[",
            id="only x is shuffled",
        ),
        pytest.param(
            [("x[batch], y[batch]", "x[start : start + batch_size], y[: len(batch)]")],
            "train passes x[4] to back_propagate with another row of y than y[4]. Are x and y",
            id="y is always cut at 0",
        ),
        pytest.param(
            [("y[batch]", "y[:batch_size]")],
            "\ntrain passes 2 rows of x and 3 of y to back_propagate. Are both cut at the same",
            id="y is always cut at 0, and the last batch is smaller",
        ),
        pytest.param(
            [("y[batch]", "y")],
            "\ntrain passes 3 rows of x and 11 of y to back_propagate. Are both cut",
            id="all of y",
        ),
        pytest.param(
            [
                ("batch = order[", "x = x["),
                ("x[batch], y[batch]", "x, y"),
                (
                    "            loss,",
                    "            y = y[start : start + batch_size]\n            loss,",
                ),
            ],
            "train passes no samples to back_propagate: its x has no rows. Does a loop overwri",
            id="x and y are overwritten",
        ),
        pytest.param(
            [("range(0, len(x), batch_size)", "range(0, 2 * len(x), batch_size)")],
            "train passes no samples to back_propagate: its x has no rows.",
            id="a loop that goes on after the last row",
        ),
        pytest.param(
            [("x[batch], y[batch]", "x, y")],
            "With a batch_size of 3, train passes 11 samples to back_propagate at once.\n",
            id="all samples in every batch",
        ),
    ],
)
def test_a_mistake_in_mini_batches_is_named(check_script, replacements, said):
    code, printed = check_script("xor", *in_batches(*replacements))
    assert said in printed
    assert code == 1


def test_a_loop_that_leaves_out_the_last_batch_is_asked_for(check_script):
    all_but_the_last = (
        "range(0, len(x), batch_size)",
        "range(0, len(x) - batch_size, batch_size)",
    )
    code, printed = check_script("xor", *in_batches(all_but_the_last))
    assert "losses is an empty list.\n" in printed
    assert "Does the loop over the batches leave out the last batch" in printed
    assert code == 1


def test_mini_batches_without_an_argument_are_noticed_below_the_loss_of_all(check_script):
    _, (old, new) = in_batches((ORDER, f"        {WHOLE_LOSS}\n{ORDER}"), (APPEND, ""))
    code, printed = check_script("xor", (old, new.replace("batch_size", "2")))
    assert "train passes 2 of 11 samples to back_propagate. The check can follow" in printed
    assert code == 1


def test_a_part_of_the_samples_may_be_passed_for_its_loss(check_script):
    part = "part_loss, _ = back_propagate(x[:2], y[:2], parameters)"
    code, printed = check_script("xor", (APPEND, f"{APPEND}\n        {part}"))
    assert ALL_RIGHT + THE_REST in printed
    assert code == 0


def test_samples_that_are_drawn_twice_without_an_argument_are_named(check_script):
    draw = "i = np.random.default_rng(0).integers(len(x), size=len(x))\n        "
    drawn = CALL.replace("x, y", "x[i], y[i]")
    code, printed = check_script("xor", (CALL, draw + drawn))
    assert "train passes some samples more than once to back_propagate, and " in printed
    assert code == 1


def test_a_train_with_batch_size_is_not_told_to_have_one(check_script):
    unseeded = "losses = []\n", "losses = []\n    generator = np.random.default_rng()\n"
    code, printed = check_script("xor", BATCH_SIZE, (LOOP_OF_XOR, WITH_REPLACEMENT), unseeded)
    assert "train does something else when it is called again with the same numbers" in printed
    assert "The check can follow train if its generator starts with a number" in printed
    assert "give train an argument" not in printed
    assert code == 1


@pytest.mark.parametrize("argument", ["", ", batch_size=2"])
def test_samples_that_train_changes_are_refused_as_before(check_script, argument):
    has_argument = "learning_rate=8.0):", f"learning_rate=8.0{argument}):"
    scaled = "losses = []\n", "losses = []\n    x = (x - x.mean(axis=0)) / x.std(axis=0)\n"
    code, printed = check_script("xor", has_argument, scaled)
    assert "The check can follow train only if it passes all of x and y" in printed
    assert ("give train an argument batch_size" in printed) == (argument == "")
    assert code == 1


# --- predict ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "script, replacement, said",
    [
        pytest.param(
            "xor",
            (AS_ARRAY, "x = 2.0 * np.asarray(x) - 1"),
            "But predict passes other numbers to forward than back_propagate does",
            id="x recoded twice",
        ),
        pytest.param(
            "linear",
            (AS_ARRAY, "x = 2.0 * np.asarray(x) - 1"),
            "But predict passes other numbers to forward than back_propagate does",
            id="x recoded where it isn't recoded at all",
        ),
        pytest.param(
            "cubic",
            (PREDICT, "return forward(x / 5, parameters)[-1].T"),
            "But predict passes other numbers to forward than back_propagate does",
            id="x scaled",
        ),
        pytest.param(
            "xor",
            (AS_ARRAY, "x *= 2.0"),
            "predict changes the x that it is given.",
            id="x changed in place",
        ),
        pytest.param(
            "xor",
            (PREDICT, "return forward(x, parameters)[-1].reshape(len(x), -1)"),
            "But predict reshapes the outputs. Only .T makes columns into rows.",
            id="reshaped",
        ),
        pytest.param(
            IMAGES,
            (PREDICT, "return forward(x, parameters)[-1].reshape(-1, len(parameters[-1]))"),
            "But predict reshapes the outputs. Only .T makes columns into rows.",
            id="reshaped in a network with a linear output",
        ),
        pytest.param(
            "xor",
            (PREDICT, "return sigmoid(forward(x, parameters)[-1].T)"),
            "But predict applies the activation once more to the outputs.",
            id="the sigmoid of a sigmoid",
        ),
        pytest.param(
            "xor",
            (PREDICT, "return forward(x, parameters)[2].T"),
            "But predict returns [2] of what forward returns. Take the last.",
            id="the hidden nodes",
        ),
        pytest.param(
            "xor",
            (PREDICT, "return forward(x, [-p for p in parameters])[-1].T"),
            "But predict returns other numbers than forward puts out for x.",
            id="other parameters",
        ),
        pytest.param(
            "xor",
            (PREDICT, "return 1 - forward(x, parameters)[-1].T"),
            "But predict returns other numbers than forward puts out for x.",
            id="the opposite",
        ),
        pytest.param(
            "linear",
            (PREDICT, "return abs(forward(x, parameters)[-1].T - 1)"),
            "But predict returns other numbers than forward puts out for x.",
            id="the distance from 1 of a single output",
        ),
        pytest.param(
            "xor",
            ("def predict(x, parameters)", "def predict(parameters, x)"),
            "The check calls predict(x, parameters), in this order. Here the arguments are "
            "parameters, x.",
            id="arguments in another order",
        ),
    ],
)
def test_a_mistake_in_predict_is_named(check_script, script, replacement, said):
    code, printed = check_script(script, replacement)
    assert said in printed
    assert code == 1


@pytest.mark.parametrize(
    "returned",
    [
        pytest.param("out.T", id="the output"),
        pytest.param("np.round(out.T)", id="rounded to 0 and 1"),
        pytest.param("np.round(out.T, 2)", id="rounded to two digits"),
        pytest.param("out.T > 0.5", id="true and false"),
        pytest.param("(out.T > 0.3).astype(int)", id="0 and 1"),
        pytest.param("100 * out.T", id="percent"),
        pytest.param("np.clip(out.T, 0.4, 0.6)", id="between limits"),
        pytest.param("out.argmax(axis=0)", id="the kind"),
        pytest.param("out.argmax(axis=0)[:, None]", id="the kind in a column"),
        pytest.param("1 + out.T.argmax(axis=1)", id="the kind counted from 1"),
        pytest.param("'no'", id="a text"),
        pytest.param("out.max(axis=0)", id="the largest output"),
        pytest.param("np.eye(len(out))[out.argmax(axis=0)]", id="a 1 for the kind"),
        pytest.param("(np.exp(out) / np.exp(out).sum(axis=0)).T", id="softmax"),
        pytest.param(
            "np.array([forward(r[None], parameters)[-1][:, 0] for r in x])", id="rows"
        ),
    ],
)
@pytest.mark.parametrize("script", ["xor", IMAGES])
def test_a_predict_that_is_made_of_the_outputs_passes(check_script, script, returned):
    lines = f"out = forward(x, parameters)[-1]\n    return {returned}"
    code, printed = check_script(script, (PREDICT, lines))
    assert ALL_RIGHT + THE_REST in printed
    assert code == 0


@pytest.mark.parametrize(
    "replacements",
    [
        pytest.param(
            [
                ("    return a0, z1, a1, z2, a2", "    return a0, z1, a1, z2"),
                (
                    "a0, z1, a1, z2, a2 = forward(x, parameters)\n    assert",
                    "a0, z1, a1, z2 = forward(x, parameters)\n    a2 = sigmoid(z2)\n    assert",
                ),
                (PREDICT, "return sigmoid(forward(x, parameters)[-1].T)"),
            ],
            id="the sigmoid outside of forward",
        ),
        pytest.param(
            [
                ("a0 = 2.0 * x.T - 1", "a0 = x.T"),
                (
                    "a0, z1, a1, z2, a2 = forward(x, parameters)\n    assert",
                    "a0, z1, a1, z2, a2 = forward(2 * x - 1, parameters)\n    assert",
                ),
                (PREDICT, "return forward(2 * x - 1, parameters)[-1].T"),
            ],
            id="x recoded outside of forward",
        ),
    ],
)
def test_what_both_back_propagate_and_predict_do_is_right(check_script, replacements):
    code, printed = check_script("xor", *replacements)
    assert ALL_RIGHT + THE_REST in printed
    assert code == 0


# --- The order of the arguments ---------------------------------------------------------------


@pytest.mark.parametrize("function", ["back_propagate", "train"])
def test_arguments_in_another_order_are_named(check_script, function):
    definition = f"def {function}(x, y, parameters"
    other_definition = f"def {function}(parameters, x, y"
    calls = [(CALL, CALL.replace("x, y, parameters", "parameters, x, y"))]
    if function == "train":
        calls = []
    code, printed = check_script("xor", (definition, other_definition), *calls)
    said = (
        f"The check calls {function}(x, y, parameters), in this order. Here the arguments are"
    )
    assert f"{said} parameters, x, y" in printed
    assert code == 1
