"""Say what is right in a network that you have written, what is wrong, and how.

    python -m exercises.check my_network    a copy of by_hand.py, function by function
    python -m exercises.check my_xor        a script with back_propagate, gradient by gradient

A gradient is right if it is the slope of the loss. The slope is found by moving a weight a
little and computing the loss again.

This file says what is checked, in which order. Other questions have files of their own, which
are best read in this order:

    checking/compare.py    do two arrays agree, and how do they differ?
    checking/slopes.py     what are the slopes?
    checking/sizes.py      how many nodes and samples has the network that is checked?
    checking/layer.py      which quantities has a layer?
    checking/rules.py      what has each function of by_hand.py to return?
    checking/scripts.py    how are the functions of a script called?
    checking/training.py   does train step against the gradients, and collect the losses?
    checking/gradients.py  are the gradients the slopes of the loss?
    mistakes.py            which mistakes are known, and what is said of each?
    checking/cause.py      in which quantity is the mistake, if a gradient is wrong?

The last three are for you only if you are curious about Python itself:

    checking/program.py    how is the student's code run?
    checking/stopped.py    why has a line of it stopped with an error?
    checking/shapes.py     what would fit where shapes don't?
"""

import argparse

if __package__ != "exercises":  # as with an editor's Run button
    raise SystemExit("Run it from the main folder so: python -m exercises.check NAME")

import numpy as np

from exercises.checking import rules, scripts
from exercises.checking.compare import Wrong
from exercises.checking.program import NotWritten, Program
from exercises.checking.sizes import check_with_both_sizes

STEPS = [*rules.CHECKS, "train"]


def check_by_hand(program):
    """Print of each function of by_hand.py whether it is right, up to the first that isn't.

    Return whether all are right.
    """
    for number, name in enumerate(STEPS, start=1):
        print(f"{number}. {name:20}", end="", flush=True)  # before it runs: it may never end
        try:
            check_step(program, name)
        except NotWritten as place:
            print(f"comes next: it isn't written yet ({place})")
            program.show_printed()
            return False
        except Wrong as wrong:
            print("wrong")
            program.show_printed()
            print(wrong)
            return False
        print("right")
        program.show_printed()
        program.known_right.add(name)
    loss = rules.losses_of_xor()[-1]
    print(f"Your network has learned XOR: its loss is {loss:.6f}, as xor.py's.")
    print("xor.py is the same in one piece. Read it next, and go on with exercises/README.md.")
    return True


def check_step(program, name):
    """Raise Wrong unless one function of by_hand.py does what it has to."""
    if name == "train":
        rules.check_learning(program)
    else:
        check_with_both_sizes(rules.CHECKS[name], program, name)


def check_script(program):
    """Print of each gradient of a script whether it is right, and whether train is.

    Return whether all are right.
    """
    try:
        print("back_propagate", flush=True)  # before it runs: it may never end
        gradients = check_with_both_sizes(scripts.check_back_propagate, program)
        program.show_printed()
        for gradient in gradients:
            print(gradient.line())
        program.known_right.add("back_propagate")
        print("train", flush=True)
        note = scripts.check_training(program)
    except Wrong as wrong:
        program.show_printed()
        print(wrong)
        return False
    program.show_printed()
    print("All gradients are the slopes of the loss, and train steps against them.")
    if note:
        print(note)
    return True


def check_program(program):
    """Print what is right and what is wrong; return whether all is right."""
    program.load()
    program.show_printed()
    if program.has("from_loss") or program.has("through_activation"):
        return check_by_hand(program)
    if program.has("back_propagate"):
        return check_script(program)
    print(f"{program.name} has no function back_propagate, nor those of by_hand.py.")
    return False


@np.errstate(all="ignore")
def main(argv=None):
    """Check one module; return 0 if all is right, else 1."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", help="my_network, a copy of by_hand.py, or a script, as xor")
    name = parser.parse_args(argv).name
    try:
        program = Program(name)
        return 0 if check_program(program) else 1
    except Wrong as wrong:  # the file isn't there, or stops while it is imported
        print(wrong)
    except KeyboardInterrupt as stop:
        lines = [program.line(frame) for frame in program.frames(stop)]
        inner_first = lines[::-1] or [program.name]
        print("\nStopped in " + ",\ncalled from ".join(inner_first))
    except Exception as error:  # not of the student's code: these become Wrong
        print(f"The check can't go on. {type(error).__name__}: {error}")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
