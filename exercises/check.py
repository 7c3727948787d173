"""Say what is right in a network that you have written, what is wrong, and how.

    python -m exercises.check my_network    a copy of by_hand.py, function by function
    python -m exercises.check my_xor        a script with back_propagate, gradient by gradient

A gradient is right if it is the slope of the loss. The slope is found by moving a weight a
little and computing the loss again.

This file says what is checked, and in which order. You can read it from top to bottom without
the others, if you know a few words:

    program        is the file that you have written. program.has("train") says whether there
                   is a function train in it, and program.show_printed() shows what your own
                   print has printed. program.known_right has the names of functions that were
                   found right. If an error arises inside one of them later, then the fault is
                   in the line that calls it, and the message names that line.
    a check        is a function check(program, nodes, n_samples). It calls a function of yours
                   with random numbers, and compares what yours returns with what is right.
                   nodes are the numbers of nodes in each layer. The functions below that
                   take only a program run several checks.
    Wrong          is the exception that a check raises if something isn't right. Its text says
                   what. wrong.mistake is the sentence that names the mistake, or empty if it
                   has no name. Wrong has two special kinds: Stopped, if a line of yours has
                   ended with an error, and NotWritten, if a function isn't written yet.

Other questions have files of their own:

    checking/rules.py      what does each function of by_hand.py have to return?
    checking/scripts.py    how are the functions of a script called?
    checking/gradients.py  are the gradients the slopes of the loss?
    checking/slopes.py     what are the slopes?
    checking/training.py   does train step against the gradients, and collect the losses?
    checking/batches.py    which samples does train pass to back_propagate?
    checking/cause.py      in which quantity is the mistake, if a gradient is wrong?
    mistakes.py            which mistakes are known, and what is said of each?
    checking/layer.py      which quantities has a layer?
    checking/compare.py    do two arrays agree, and how do they differ?
    checking/program.py    how is your code run, and where did it stop? (for the curious)
"""

import argparse

if __package__ != "exercises":  # if it is started as a file, Python doesn't find exercises
    raise SystemExit("Run it from the main folder: python -m exercises.check NAME")

import numpy as np

from exercises.checking import rules, scripts
from exercises.checking.compare import NotWritten, Stopped, Wrong
from exercises.checking.program import Program

# What is computed is checked with two networks. These are the numbers of inputs, of nodes in
# layer 1, in layer 2 and so on, and then the number of samples. A network with two layers takes
# the first three, 3, 5 and 7. In the first network all numbers differ, so a wrong product
# usually has a wrong shape. In the second they are equal, so a wrong product has the right
# shape, and the mistake is seen in its numbers.
DIFFERENT = ([3, 5, 7, 13, 17], 11)  # nodes, n_samples
EQUAL = ([4, 4, 4, 4, 4], 4)  # 4 as in xor.py: code with a 4 written into it runs here

CHECKS = {  # of the functions of by_hand.py, in the order in which one writes them
    "forward": rules.check_forward,
    "from_loss": rules.check_from_loss,
    "through_activation": rules.check_through_activation,
    "to_weights": rules.check_to_weights,
    "to_bias": rules.check_to_bias,
    "to_layer_before": rules.check_to_layer_before,
    "back_propagate": rules.check_back_propagate,
    "update": rules.check_update,
    "train": rules.check_train_by_hand,
}


def with_both_networks(check, program):
    """Run a check with both networks; raise Wrong if something isn't right with one of them.

    Return what the check returns for the first network.
    """
    try:
        result = check(program, *DIFFERENT)
    except Stopped as stopped:
        # an error message of numpy says little, and the second network may show the mistake
        more = what_equal_numbers_show(check, program)
        raise Wrong(f"{stopped}{more}") from None
    check(program, *EQUAL)
    return result


def what_equal_numbers_show(check, program):
    """Return a hint on code that has stopped with the first network, on a new line.

    It runs with the second network. The hint is the mistake by its name, or that all is right
    there. It is empty if the code is wrong there too, but the mistake has no name.
    """
    try:
        check(program, *EQUAL)
    except Wrong as wrong:
        if wrong.mistake:
            return f"\nWith 4 inputs, 4 nodes and 4 samples it runs. Then: {wrong.mistake}"
        return ""
    else:
        return (
            "\nWith 4 inputs, 4 nodes and 4 samples it is right. Is a 4 written into it, or "
            "are two arrays exchanged?"
        )


def check_by_hand(program):
    """For each function of by_hand.py, print whether it is right; raise Wrong if one isn't."""
    for number, (name, check) in enumerate(CHECKS.items(), start=1):
        # print the name first, because the function may never end
        print(f"{number}. {name:20}", end="", flush=True)
        try:
            with_both_networks(check, program)
        except NotWritten:
            print("comes next")
            raise
        except Wrong:
            print("wrong")
            raise
        print("right")
        program.show_printed()
        # from now on, an error inside it is the fault of the line that calls it
        program.known_right.add(name)
    losses = rules.check_learning(program)
    print(f"Your network has learned XOR: its loss is {losses[-1]:.6f}, as that of xor.py.")
    print("xor.py is the same in one piece. Read it next, and go on with exercises/README.md.")


def check_script(program):
    """Check the gradients of a script, and print them; raise Wrong if one isn't right.

    If one is wrong, the list of gradients stands in the text of Wrong, and main prints it.
    If all are right, then train, initialize and predict are checked.
    """
    print("back_propagate", flush=True)
    gradients = with_both_networks(scripts.check_back_propagate, program)
    program.show_printed()
    for gradient in gradients:
        print(gradient)  # as "dW1  right, off by less than 1e-9"
    program.known_right.add("back_propagate")
    print("train", flush=True)
    # one network is enough from here on, because no product of matrices is checked
    remark = scripts.check_training(program, *DIFFERENT)
    program.show_printed()
    if remark:  # train may differ from that of xor.py on purpose, for example with Adam
        print(f"All gradients are the slopes of the loss. {remark}")
    else:
        print("All gradients are the slopes of the loss, and train steps against them.")
    scripts.check_initialize(program, *DIFFERENT)
    scripts.check_predict(program, *DIFFERENT)
    print("The other functions, such as main, aren't checked.")


def check_program(program):
    """Print what is right in a program; raise Wrong if something isn't."""
    program.load()
    program.show_printed()
    if program.has("from_loss") or program.has(
        "through_activation"
    ):  # it is a copy of by_hand.py
        check_by_hand(program)
    elif program.has("back_propagate"):
        check_script(program)
    else:
        raise Wrong(
            f"{program.name} has no function back_propagate, nor those of by_hand.py. "
            "Methods of a class can't be checked."
        )


@np.errstate(all="ignore")  # numpy's warnings would stand between the lines of the check
def main(argv=None):
    """Check one program; return 0 if all is right, else 1."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", help="my_network, a copy of by_hand.py, or a script, as xor")
    program = Program(parser.parse_args(argv).name)
    try:
        check_program(program)
        return 0
    except Wrong as wrong:
        program.show_printed()
        print(wrong)
    except KeyboardInterrupt as interrupt:  # Ctrl-C; where() says in which line it came
        print(f"\nStopped in {program.where(interrupt)}")
    except Exception as error:  # an error of the check; those in your file have become Wrong
        print(f"The check can't go on. {type(error).__name__}: {error}")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
