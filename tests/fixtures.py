"""What tests of every room may ask for; `tests/made_up.py` tells what there is."""

from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

if TYPE_CHECKING:
    from tests.made_up import MadeUp


@pytest.fixture
def quick_passwords(settings: Settings) -> None:
    """Hash passwords with so little work that tests are quick."""
    settings.PASSWORD_HASHERS = ["tests.made_up.QuickHasher"]


@pytest.fixture
def made_up(db: None, quick_passwords: None) -> "MadeUp":  # noqa: ARG001 (both must be there)
    """Return the made-up provider, in stores of this test's own."""
    from tests.made_up import MadeUp  # noqa: PLC0415 (there may be no Django)

    return MadeUp()
