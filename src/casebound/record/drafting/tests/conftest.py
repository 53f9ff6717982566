"""A browser for the tests of the pages."""

import pytest
from django.test import Client

from tests.made_up import MadeUp


@pytest.fixture
def sam(made_up: MadeUp) -> Client:
    return made_up.browser_of(made_up.sam)
