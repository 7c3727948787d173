"""What the pages state in numbers: pieces of their sentences, each with its measurement.

measure.py measures them, and test_measure.py looks for them in the pages.
"""

import functools
import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import measurements as m

ROOT = Path(__file__).resolve().parent.parent
NUMBER = r"([-+]?\d+(?:,\d{3})*(?:\.\d+)?(?:/\d+)?)"  # 1,000 or -0.25 or 1/8


@dataclass
class Statement:
    """A piece of a sentence in a page, with {} where a number stands, and its measurement.

    The measurement is called with the arguments, and returns a number for each {}. A sentence
    that says its numbers in words ("no seed fails") has them in stated. The room is what
    another machine may shift, as a part of the number.
    """

    page: str
    sentence: str
    measurement: callable
    arguments: dict = field(default_factory=dict)
    stated: tuple = ()
    room: float = 0.0
    takes_long: bool = False

    @property
    def task(self):
        return self.measurement, tuple(sorted(self.arguments.items()))

    def numbers_in_the_text(self):
        """Return the numbers of the sentence as texts, or None if it isn't there once."""
        words = [re.escape(words) for words in self.sentence.split("{}")]
        found = list(re.finditer(NUMBER.join(words), TEXTS[self.page]))
        if len(found) != 1:
            return None
        if self.stated:
            return [str(number) for number in self.stated]
        return list(found[0].groups())

    def agrees(self, text, measured):
        """Return whether a measured number is the one of the text, up to its rounding."""
        text = text.replace(",", "")
        number = float(Fraction(text))
        decimals = len(text.partition(".")[2])
        rounding = 0 if "/" in text else 0.5 * 10**-decimals
        return abs(measured - number) <= rounding * 1.000001 + self.room * abs(number)


def add(page, sentence, measurement, stated=(), room=0.0, takes_long=False, **arguments):
    """Add a statement of a page to the list."""
    stated = stated if isinstance(stated, tuple) else (stated,)
    statement = Statement(page, sentence, measurement, arguments, stated, room, takes_long)
    STATEMENTS.append(statement)


def one_line(text):
    """Return a text with single spaces and plain minus signs, so that sentences are found."""
    return " ".join(text.replace("\N{MINUS SIGN}", "-").split())


STATEMENTS = []
FILES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("exercises/*.md")]
TEXTS = {
    file.relative_to(ROOT).as_posix(): one_line(file.read_text(encoding="utf-8"))
    for file in FILES
}

says = functools.partial(add, "README.md")
says(
    "We tried 1,000 seeds, and the network learned XOR with every one of them",
    m.seeds_that_fail,
    stated=0,
    seeds=1000,
)
says("slope there is {}, and the slope of tanh is {}", m.slopes_at, z=4)
says(
    "the script ends at about $W$ = {} and $B$ = {}. It reports",
    m.line_after_training,
    room=0.01,
    learning_rate=0.15,
)
says(
    "promises that the loss falls by {}, and it really falls by {}",
    m.promised_and_real_fall,
    learning_rate=0.01,
)
says("With $\\eta = 0.1$ it promises {}", m.promised_fall, learning_rate=0.1)
says("No prediction is off by more than {}.", m.largest_error_of_xor)
says(
    "With 0 and 1 it would take about twice as many iterations",
    m.times_as_many_iterations_with_inputs_of_0_and_1,
    stated=2,
    room=0.1,
)
says("with {} of 1,000 seeds, training fails", m.seeds_that_fail, seeds=1000, hidden=2)
says("With four nodes no seed fails", m.seeds_that_fail, stated=0, seeds=1000)
says(
    "In this run all four outputs end at {}", m.output_of_one_hidden_node_farthest_from_one_half
)
says(
    "| OR | {} | {} | {} | {} | {} | "
    "| AND | {} | {} | {} | {} | {} | "
    "| NOR | {} | {} | {} | {} | {} | "
    "| NOR | {} | {} | {} | {} | {} | "
    "| $z_2$ | {} | {} | {} | {} |",
    m.hidden_nodes_and_sums_of_the_output_node,
)
says("adds its bias $B_2$ = {}.", m.bias_of_the_output_node)
says("without them it would be {} instead of {}", m.outputs_for_00_without_and_with_nors)
says(
    "with frozen biases all {} seeds that we tried fail",
    m.seeds_that_fail,
    seeds=1000,
    hidden_biases=False,
)
says(
    "With two nodes it gets at most about {} % of the points right",
    m.most_points_of_the_ring_that_are_right,
    room=0.02,
    hidden=2,
)
says(
    "with three nodes every point is right, with each of the seeds 0 to 9",
    m.points_of_the_ring_that_are_right,
    stated=(100, 100),
    hidden=3,
)
says("two hidden layers of eight nodes, in {} iterations", m.iterations_of_network1)
says(
    "`--learning-rate 0.5 --iterations 50` | 50 | {} | {} of {} |",
    m.batches,
    options="--learning-rate 0.5 --iterations 50",
)
says(
    "`--learning-rate 0.5 --iterations 500 --batch-size 16` | 500 | {} | {} of {} |",
    m.batches,
    options="--learning-rate 0.5 --iterations 500 --batch-size 16",
)
says(
    "`--learning-rate 1 --iterations 50` | 50 | {} | {} of {} |",
    m.batches,
    options="--learning-rate 1 --iterations 50",
)
says(
    "training already diverges with about {} of 100 seeds",
    m.seeds_that_diverge,
    room=0.5,
    seeds=100,
    learning_rate=1,
)
says("ends half-way, at a loss of {}.", m.loss_after_twelve_steps, momentum=0.0)
says("near the lowest point, at a loss of {}.", m.loss_after_twelve_steps, momentum=0.5)
says(
    "1 0 -15 0 --hidden 3` has an rms error of {} % of the curve's standard deviation",
    m.error_of_cubic,
    hidden=3,
    seeds=1,
)
says(
    "the rms error for x³ - 15x is {} % in the median of ten seeds",
    m.error_of_cubic_from_random_weights,
)
says("With our start it is {} %", m.error_of_cubic)
says(
    "in the worst case {} of the 32,000 images are wrong, and in the median {}.",
    m.most_and_median_of_fresh_images_wrong,
    sets=1,
)
says(
    "on images never seen it stops falling near {}. Trained",
    m.loss_on_new_images,
    sets=1,
    seed=1,
)
says("both fall together to {}.", m.loss_on_new_images, sets=40, seed=0)
says(
    "With 40 sets every image is right, with each of these seeds",
    m.most_fresh_images_wrong,
    stated=0,
    sets=40,
)
says("It then reads {} % of 600 new digits correctly", m.percent_of_digits_right, seed=0)
says("and below the {} of 600 that it gets wrong", m.digits_wrong)
says("The script prints {}. This", m.mse_of_xor, hidden=2, seed=27)
says(
    "two steps can follow x³ - 15x with an rms error of about {} %",
    m.error_of_two_high_steps,
    room=0.05,
    shrink=1,
    W2=(871.3, -451.35),
)
says(
    "with each of ten seeds, two nodes ended at an rms error of about {} %",
    m.error_of_cubic,
    room=0.02,
    hidden=2,
    iterations=30_000,
)

says = functools.partial(add, "docs/when-training-fails.md")
says("| {} with two nodes, 0 with three or four |", m.seeds_that_fail, seeds=1000, hidden=2)
says("With these settings no seed fails", m.seeds_that_fail, stated=0, seeds=1000)
says("two nodes, {} with three or four |", m.seeds_that_fail, seeds=1000, hidden=3)
says("| {} with weights of zero, 437", m.seeds_that_fail, seeds=1000, scale=0)
says("{} with a tenth of the usual weights |", m.seeds_that_fail, seeds=1000, scale=0.1)
says(
    "different for each node | {} with four equal nodes |",
    m.seeds_that_fail,
    seeds=1000,
    equal_nodes=True,
)
says("| {} with ten times the usual weights |", m.seeds_that_fail, seeds=1000, scale=10)
says("| {} at a rate of 0.1, 57 at 0.5", m.seeds_that_fail, seeds=1000, learning_rate=0.1)
says("| 1,000 at a rate of 0.1, {} at 0.5", m.seeds_that_fail, seeds=1000, learning_rate=0.5)
says(
    "about ten at a rate of 50",
    m.seeds_that_fail,
    stated=10,
    room=0.6,
    seeds=1000,
    learning_rate=50,
)
says("nearly {} at 100", m.seeds_that_fail, room=0.05, seeds=1000, learning_rate=100)
says("| {} with three inputs as 0 and 1", m.seeds_that_fail, seeds=1000, inputs=3, low=0)
says(
    "| {} with targets of -1 and 1", m.seeds_that_fail_with_targets_of_minus_1_and_1, seeds=1000
)
says("{} of 5,000 further seeds fail", m.seeds_that_fail_from_1000_to_5999, hidden=3)
says(
    "After 200,000 iterations {} of the 49 networks are still stuck",
    m.seeds_still_stuck,
    iterations=200_000,
)
says(
    "after 2,000 iterations, but only {} after 10,000",
    m.seeds_that_fail,
    seeds=1000,
    scale=0.1,
    iterations=10_000,
)
says("ten times the usual weights | {} | {} |", m.failures_of_both_losses, seeds=1000, scale=10)
says(
    "a tenth of the usual weights | {} | {} |", m.failures_of_both_losses, seeds=1000, scale=0.1
)
says(
    "two hidden nodes, at a rate of 8 | {} | {} |",
    m.failures_of_both_losses,
    seeds=1000,
    hidden=2,
)
says(
    "two hidden nodes, at a rate of 2 | {} | {} |",
    m.failures_of_both_losses,
    seeds=1000,
    hidden=2,
    learning_rate=2,
)
says("At rates from 2 to 30 no seed fails", m.most_failures_at_rates_from_2_to_30, stated=0)
says(
    "no seed fails with 24 nodes at XOR, AND or OR",
    m.most_failures_at_xor_and_and_or,
    stated=0,
    hidden=24,
)
says(
    "With 32 nodes about {} of 1,000 seeds fail at AND",
    m.seeds_that_fail,
    room=0.1,
    seeds=1000,
    gate="and",
    hidden=32,
)
says(
    "64 nodes about {} of 1,000 seeds fail", m.seeds_that_fail, room=0.1, seeds=1000, hidden=64
)
says(
    "At a rate of 0.5 none of {} seeds fails",
    m.seeds_that_learn,
    seeds=50,
    hidden=64,
    learning_rate=0.5,
)
says("| -1 and 1 | {} | {} |", m.iterations_and_failures, low=-1, high=1)
says(
    "| -1/2 and 1/2: centred, but small | {} | {} |",
    m.iterations_and_failures,
    low=-0.5,
    high=0.5,
)
says("| 0 and 2: large, but not centred | {} | {} |", m.iterations_and_failures, low=0, high=2)
says("| 0 and 1: neither | {} | {} |", m.iterations_and_failures, low=0, high=1)
says(
    "farther from the centre, {} seeds fail",
    m.seeds_that_fail,
    room=0.02,
    seeds=1000,
    inputs=3,
    low=1,
    high=3,
)
says(
    "with an rms error of {} % of the standard deviation, instead of",
    m.error_of_cubic_without_scaling,
)
says("standard deviation, instead of {} %", m.error_of_cubic)
says(
    "The first gradient is then about {} times as large",
    m.first_gradient_without_scaling,
    room=0.02,
)
says(
    "to 29, {} of the 120 hidden nodes end dead, and {} seeds fail",
    m.dead_nodes_and_seeds_that_fail,
    room=0.1,
    activation="relu",
)
says("on the left, {} seeds fail", m.seeds_that_fail_with_leaky_relu, room=0.1)
says("is flat from about ±12 on, at 239 and -245", m.far_outside, stated=(-245, 239))
for hidden, sentence in [
    (1, "hidden nodes: {} and 70 percent"),
    (2, "hidden nodes: 85 and {} percent with one and two nodes"),
    (3, "one and two nodes, {} percent with three"),
    (4, "percent with three, {} with four"),
    (8, "with four, {} with eight"),
    (10, "with eight and {} with ten"),
]:
    says(sentence, m.error_of_cubic, hidden=hidden, seeds=1)
says(
    "written into the network by hand come within about {} % of this curve",
    m.error_of_two_high_steps,
    room=0.05,
    shrink=1,
    W2=(871.3, -451.35),
)
says(
    "first layer is only about {} % of the last layer's",
    m.first_gradient_in_percent_of_the_last,
    room=0.2,
    hidden_layers=10,
)

says(
    "the loss of {} seeds is nearer to 1/6, and that of {} is nearer to 1/4",
    m.equal_nodes_near_one_sixth_and_one_quarter,
    room=0.02,
)
says(
    "the medians are about {}, {} and {}. The second network beats the first with {} of these "
    "seeds, and the third beats the first with all {}.",
    m.networks_that_learn_rings,
    room=0.05,
)
says(
    "the first network comes to about {} and the third to about {}, in the median",
    m.networks_that_learn_rings_for_longer,
    room=0.1,
    takes_long=True,
)

says = functools.partial(add, "docs/your-own-data.md")
says("between {} and {} % are right, and the median is {}.", m.range_and_median_of_digits)
says("and the {} that it gets wrong", m.digits_wrong)
says(
    "After 500 more iterations only {} % of the digits are right",
    m.percent_of_digits_right_after_more_training,
    room=0.1,
    iterations=500,
)
says("it gets only {} % of them right", m.percent_of_inverted_digits_right, room=0.9)
says("by 16 before you ask, it gets {} % right", m.percent_of_scaled_digits_right, room=0.05)
says("the error grows from {} to about", m.error_of_degrees, iterations_after_fit=0)
says("from 0.3 to about {} degrees", m.error_of_degrees, room=0.2, iterations_after_fit=1000)

says = functools.partial(add, "docs/questions.md")
says(
    "frozen at 0, none of {} seeds learns XOR",
    m.seeds_that_fail,
    seeds=1000,
    hidden_biases=False,
)
for layers in 2, 5, 10:
    says(
        f"| {layers} | {{}} % |", m.first_gradient_in_percent_of_the_last, hidden_layers=layers
    )
for layers, percent in [(2, "4"), (5, "0.04"), (10, "0.00002")]:
    says(
        f"| {layers} | {percent} % | {{}} % |",
        m.first_gradient_in_percent_of_the_last,
        hidden_layers=layers,
        activation="tanh",
    )
says("| nothing | {} | {} |", m.fresh_images_wrong, sets=1)
says(
    "$\\lambda = 0.001$ ([exercise 12](../exercises/README.md)) | {} | {} |",
    m.fresh_images_wrong,
    sets=1,
    decay=0.001,
)
says("$\\lambda = 0.01$ | {} | {} |", m.fresh_images_wrong, sets=1, decay=0.01)
says("| 4 sets of images | {} | {} |", m.fresh_images_wrong, sets=4)
says("| 8 sets of images | {} | {} |", m.fresh_images_wrong, sets=8)
says(
    "8 and 4 nodes instead of 16 and 8 | {} | {} |", m.fresh_images_wrong, sets=1, layers=(8, 4)
)
says("stopping after 300 iterations | {} | {} |", m.fresh_images_wrong, sets=1, iterations=300)

says = functools.partial(add, "exercises/answers.md")
FAULTS = [
    "| none | | the right network | {} | {} |",
    "the 2 of the square's derivative is missing | {} | {} |",
    "a weight multiplies a1, not z1 | {} | {} |",
    "a weight multiplies the recoded inputs, a0 | {} | {} |",
    "the sign is wrong, so each step goes uphill | {} | never |",
    "this is f(z2), not the slope f'(z2) | {} | {} |",
    "a mean instead of the sum | {} | {} |",
    "the slope is taken at a1 instead of z1 | {} | {} |",
    "what goes back through W2 is dz2, not da2 | {} | {} |",
    "the bias B1 isn't added | {} | never |",
    "the slope f'(z2) is missing | {} | {} |",
    "the slope f'(z1) is missing | {} | never |",
    "the slope is taken at a2 instead of z2 | {} | {} |",
]
for number, sentence in enumerate(FAULTS):
    if "never" in sentence:
        says(sentence, m.seeds_that_learn_with_a_fault, number=number)
    else:
        says(sentence, m.with_a_fault, room=0.02, number=number)
says("With this seed eight networks learn", m.faults_that_learn, stated=8, seeds=1)
says(
    "all of {} seeds learn with the right network",
    m.seeds_that_learn_with_a_fault,
    number=0,
    seeds=50,
    inputs=3,
)
says("{} with fault 8, and only", m.seeds_that_learn_with_a_fault, number=8, seeds=50, inputs=3)
says(
    "and only {} with fault 10", m.seeds_that_learn_with_a_fault, number=10, seeds=50, inputs=3
)
says(
    "In the median of 20 seeds they take {} to {} iterations", m.iterations_of_the_single_gates
)
says("iterations, and XOR and XNOR take about {}.", m.iterations_to_learn, seeds=20)
for n_inputs, hidden, iterations in [
    (4, 4, 2000),
    (4, 8, 2000),
    (5, 8, 10_000),
    (5, 10, 10_000),
]:
    says(
        f"| {n_inputs} | {hidden} | {iterations:,} | {{}} |",
        m.seeds_that_learn,
        seeds=20,
        inputs=n_inputs,
        hidden=hidden,
        iterations=iterations,
    )
says("{} of the first 1,000", m.seeds_that_fail, seeds=1000, hidden=2)
says(
    "With a learning rate of 0.149 the training still arrives",
    m.arrives,
    stated=1,
    learning_rate=0.149,
)
says("With 0.1492 it hasn't arrived", m.arrives, stated=0, learning_rate=0.1492)
says("the limit is $2 / c$, or about {}.", m.largest_learning_rate_of_linear)
says("After 3,000 iterations it is about {}, and", m.error_of_sine, room=0.05, iterations=3000)
says("after 30,000 about {}, in the median", m.error_of_sine, room=0.05, iterations=30_000)
says("With softsign the training ends after {} iterations", m.iterations_with_softsign)
says("and with tanh after {}.", m.iterations_of_network1)
says(
    "With tanh the loss is below 0.01 after {} iterations",
    m.iterations_to_learn,
    seeds=50,
    activation="tanh",
)
says("With the sigmoid it takes {}.", m.iterations_to_learn, seeds=50)
says(
    "the loss takes {} iterations to fall below 0.01, in the median of 50 seeds. The fastest "
    "seed takes {}, and the slowest {}.",
    m.iterations_with_two_hidden_layers,
)
says(
    "| 2 inputs, 4 hidden nodes | 20 | {} iterations to an mse of 0.01 | {} iterations |",
    m.iterations_with_both_losses,
    seeds=20,
)
says(
    "| 2 inputs, 2 hidden nodes | 200 | {} seeds fail | {} seeds fail |",
    m.failures_of_both_losses,
    seeds=200,
    hidden=2,
)
says(
    "| 3 inputs, 4 hidden nodes | 20 | {} seeds fail | {} seeds fail",
    m.failures_of_both_losses,
    seeds=20,
    inputs=3,
)
says(
    "and none at a learning rate of 2 |",
    m.failures_of_both_losses,
    stated=(0, 0),
    seeds=20,
    inputs=3,
    learning_rate=2,
)
says(
    "At a learning rate of 2, {} of 200 seeds fail with either loss",
    m.seeds_that_fail,
    seeds=200,
    hidden=2,
    learning_rate=2,
    cross_entropy=True,
)
for decay, sentence in [
    (0.0, "| 0 | about {} | {} to {} |"),
    (0.001, "| 0.001 | {} | {} to {} |"),
]:
    says(sentence, m.spread_of_fresh_images_wrong, sets=1, decay=decay)
says(
    "| 0.01 | 16,000 | 16,000 with every seed |",
    m.spread_of_fresh_images_wrong,
    stated=(16_000, 16_000, 16_000),
    sets=1,
    decay=0.01,
)
for rate, momentum in [(8, 0), (8, 0.5), (8, 0.8), (8, 0.9), (1, 0.9)]:
    says(
        f"| {rate} | {momentum} | {{}} |",
        m.iterations_to_learn,
        seeds=50,
        learning_rate=rate,
        momentum=momentum,
    )
says("{} of 200 seeds fail without momentum", m.seeds_that_fail, seeds=200, hidden=2)
says("{} fail with a momentum of 0.9", m.seeds_that_fail, seeds=200, hidden=2, momentum=0.9)
says("There are {} truth tables of two inputs", m.truth_tables_learned, seeds=20)

says = functools.partial(add, "docs/teaching.md")
says(
    "has an rms error of about {} % of the standard deviation of y",
    m.error_of_cubic,
    hidden=3,
    seeds=1,
)
says("With two nodes it gets stuck at about {} %", m.error_of_cubic, room=0.02, hidden=2)
says("the rms error is {} %. With half", m.error_of_two_high_steps, shrink=1, W2=(871, -451.2))
says(
    "W2 = 6,518 and -3,289.2, it is {} %",
    m.error_of_two_high_steps,
    shrink=0.5,
    W2=(6518, -3289.2),
)
