"""Forms and clocks that were shipped stay as they were."""

import re

from casebound.rulebook.shipped import changed_in_place, not_pinned, present, shipped
from tests.house.source import ROOT, nothing

RELEASE = re.compile(r'^version = "([^"]+)"$', re.MULTILINE)


def test_no_shipped_form_version_and_no_shipped_clock_is_changed_in_place() -> None:
    nothing(changed_in_place(shipped(), present("")))


def test_everything_is_pinned_once_it_is_released() -> None:
    """Until the number of the release is raised, a new version may still change its mind."""
    release = RELEASE.findall((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[0]

    if shipped().release != release:
        nothing(
            f"{name} is not pinned: run .venv/bin/python tools/pin.py for release {release}"
            for name in ["the release", *not_pinned(shipped(), present(release))]
        )
