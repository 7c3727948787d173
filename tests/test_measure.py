"""measure.py finds each of its sentences in the pages, and notices a number that is wrong."""

import pytest
from statements import STATEMENTS, Statement


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: f"{s.page}: {s.sentence}")
def test_a_sentence_with_measured_numbers_is_in_its_page_exactly_once(statement):
    assert statement.numbers_in_the_text() is not None


def statement(**options):
    return Statement("README.md", "{} of 1,000", print, **options)


@pytest.mark.parametrize(
    "text, measured",
    [("49", 49), ("1,034", 1034), ("0.25", 0.2533), ("-10.2", -10.223), ("1/8", 0.125)],
)
def test_a_number_agrees_with_what_was_measured_up_to_its_rounding(text, measured):
    assert statement().agrees(text, measured)


@pytest.mark.parametrize(
    "text, measured",
    [("94", 49), ("984", 884), ("0.25", 0.2449), ("10.2", -10.223), ("1/6", 0.125)],
)
def test_another_number_does_not_agree(text, measured):
    assert not statement().agrees(text, measured)


def test_room_is_a_part_of_the_number():
    assert statement(room=0.1).agrees("50", 55)
    assert not statement(room=0.1).agrees("50", 56)
