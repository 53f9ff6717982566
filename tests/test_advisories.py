"""The scan for known weaknesses says what it found, and what it could not ask (ASVS 15.1.1)."""

import importlib.util
import json
from collections.abc import Mapping
from types import ModuleType

import pytest

from tests.house.source import ROOT


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("advisories", ROOT / "tools" / "advisories.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def python(*packages: Mapping[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


SOUND = {"name": "argon2-cffi", "version": "25.1.0", "vulns": []}
WEAK = {
    "name": "pillow",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-2020-1", "fix_versions": ["1.1"], "aliases": [], "description": ""}],
}
NOT_FOUND = {"name": "django", "skip_reason": "not found"}
NPM = {"metadata": {"dependencies": {"total": 4}}, "vulnerabilities": {}}


def test_when_all_are_sound_it_says_so(tool: ModuleType) -> None:
    answer = tool.Answer()
    tool.read_python("run.txt", python(SOUND), answer)
    tool.read_npm(json.dumps(NPM), answer)

    assert answer.exit_code == 0
    assert list(tool.words(answer)) == ["5 packages were asked about, 0 weaknesses are known."]


def test_a_weak_package_is_named_with_what_mends_it(tool: ModuleType) -> None:
    answer = tool.Answer()
    tool.read_python("run.txt", python(SOUND, WEAK, NOT_FOUND), answer)

    assert answer.exit_code == 1
    assert "run.txt: pillow 1.0: PYSEC-2020-1, mended in 1.1" in tool.words(answer)


@pytest.mark.parametrize("told", ["", "no network", "{}", python(NOT_FOUND)])
def test_what_could_not_be_asked_is_no_good_news(tool: ModuleType, told: str) -> None:
    answer = tool.Answer()
    tool.read_python("run.txt", told, answer)
    tool.read_npm("", answer)

    assert answer.exit_code == 2
    assert len(answer.unasked) == 2
    assert any("could not be asked" in line for line in tool.words(answer))
