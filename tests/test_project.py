"""What surrounds the scripts: lists of packages, warnings, and the commands for beginners."""

import re
import runpy
import warnings
from pathlib import Path

import pytest

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10, where pytest brings the same module
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SHELL_BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_pip_and_uv_install_the_same_packages():
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert requirements.split() == PROJECT["dependencies"]


def test_readme_names_the_oldest_python():
    oldest = PROJECT["requires-python"].removeprefix(">=")
    assert f"Python {oldest} or newer" in README


def test_a_warning_in_a_file_of_ours_is_an_error():
    with pytest.raises(UserWarning):
        warnings.warn("as a script may do", stacklevel=1)


def test_a_warning_in_a_plugin_of_pytest_is_not_an_error(tmp_path):
    plugin = tmp_path / "plugin.py"
    plugin.write_text("import warnings\nwarnings.warn('as a plugin may do')\n")
    with warnings.catch_warnings(record=True) as warned:
        runpy.run_path(plugin, run_name="plugin")
    assert len(warned) == 1


def test_one_block_of_readme_installs_and_runs_a_script():
    (block,) = [block for block in SHELL_BLOCKS if "-r requirements.txt" in block]
    assert "cubic.py --save cubic.png" in block


def test_one_block_of_readme_installs_and_runs_the_tests():
    # .ci/run looks for this block, and runs it
    (block,) = [block for block in SHELL_BLOCKS if "pytest" in block]
    assert "-r requirements-dev.txt" in block


@pytest.mark.parametrize("block", SHELL_BLOCKS)
def test_commands_fit_a_narrow_page(block):
    assert max(len(line) for line in block.splitlines()) <= 74
