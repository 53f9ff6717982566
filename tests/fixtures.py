"""What tests of every room may ask for; `tests/made_up.py` tells what there is."""

from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from tests.stores import WORLDS

if TYPE_CHECKING:
    from tests.made_up import MadeUp


@pytest.fixture
def quick_passwords(settings: Settings) -> None:
    """Hash passwords with so little work that tests are quick."""
    settings.PASSWORD_HASHERS = ["tests.made_up.QuickHasher"]


@pytest.fixture
def made_up(
    db: None,  # noqa: ARG001 (must be there)
    quick_passwords: None,  # noqa: ARG001 (as above)
    request: pytest.FixtureRequest,
) -> "MadeUp":
    """Return the made-up provider, which stands in the stores of this test."""
    return request.config.stash[WORLDS].made_up()
