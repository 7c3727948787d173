"""Check with two sizes of a network, because some mistakes show only with one of them."""

from exercises.checking.compare import Wrong

# First the numbers of inputs and of the nodes of each layer, and then the number of samples. If
# all of them differ, then no wrong product or sum fits by chance. If all are equal, then wrong
# shapes stop no line, and the mistake is seen in the numbers.
DIFFERENT = [3, 5, 7, 13, 17], 11
EQUAL = [4, 4, 4, 4, 4], 4


def check_with_both_sizes(check, *args):
    """Call check with args and each of the sizes; return what it returns for the first."""
    try:
        result = check(*args, *DIFFERENT)
    except Wrong as wrong:
        if not wrong.is_misfit:
            raise
        raise with_cause(wrong, check, *args) from None
    check(*args, *EQUAL)
    return result


def with_cause(wrong, check, *args):
    """Return a Wrong with more words, if with equal sizes the mistake is known by name."""
    try:
        check(*args, *EQUAL)
    except Wrong as of_equal_sizes:
        if of_equal_sizes.is_named:
            cause = str(of_equal_sizes).splitlines()[-1]
            return Wrong(f"{wrong}\nWith 4 of everything it runs. {cause}")
    return wrong
