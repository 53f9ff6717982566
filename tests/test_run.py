"""The launcher, without setting anything up."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "run", *words], capture_output=True, text=True, check=False
    )


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^[a-z0-9.-]+==\S+", (ROOT / "locks" / lock).read_text(), re.MULTILINE))


def test_without_a_word_it_says_what_it_can_do() -> None:
    said = run()
    assert said.returncode == 0
    assert "./run demo" in said.stdout


def test_a_word_it_does_not_know_is_answered_with_those_it_does() -> None:
    said = run("dmeo")
    assert said.returncode == 2
    assert "dmeo" in said.stderr
    assert "./run demo" in said.stderr


def test_an_old_python_can_read_far_enough_to_say_that_it_is_too_old() -> None:
    source = (ROOT / "run").read_text()
    tree = ast.parse(source, feature_version=(3, 6))
    first_imports = [node for node in tree.body if isinstance(node, ast.Import)][:2]
    assert [node.names[0].name for node in first_imports] == ["os", "sys"]
    assert source.index("if sys.version_info < OLDEST") < source.index("import contextlib")


def test_what_runs_is_what_was_tested() -> None:
    assert pins("run.txt")
    assert pins("run.txt") <= pins("test.txt")
