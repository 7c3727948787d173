"""The scripts show what was recorded. shown.py says what that is good for."""

import pytest
import shown
from helpers import agree

RECORD = shown.read_record()


def test_the_record_has_each_command_and_no_other():
    assert list(RECORD) == shown.COMMANDS


@pytest.mark.parametrize("command", shown.COMMANDS)
def test_a_script_shows_what_was_recorded(command):
    lines = shown.described(command)
    assert len(lines) == len(RECORD[command]), "if it is meant, run python tests/shown.py"
    for old, new in zip(RECORD[command], lines):
        assert agree(old, new), "if it is meant, run python tests/shown.py"
