"""Follow one signing, from the button to the answer, and say which functions of ours it walks.

`tools/figures.py` runs this through pytest, for the made-up provider; it is no test of anything.
"""

import json
import os
import sys
import threading
from http import HTTPStatus
from pathlib import Path
from types import CodeType, FrameType

import pytest
from django.urls import reverse

from tests.made_up import PASSWORD, MadeUp

pytestmark = pytest.mark.django_db
OURS = f"{os.sep}src{os.sep}casebound{os.sep}"
COMPREHENSIONS = ("<listcomp>", "<genexpr>", "<dictcomp>", "<setcomp>", "<lambda>", "<module>")


class Walk:
    """The functions of ours that were called, each once, and those inside `sign_draft`."""

    def __init__(self) -> None:
        """Begin with none."""
        self.whole: set[CodeType] = set()
        self.action: set[CodeType] = set()
        self._inside = 0

    def note(self, frame: FrameType, event: str, _: object) -> None:
        """Note a call, as `sys.setprofile` reports it."""
        code = frame.f_code
        if OURS not in code.co_filename or code.co_name in COMPREHENSIONS:
            return
        signing = code.co_name == "sign_draft"
        if event == "call":
            self._inside += signing
            self.whole.add(code)
            if self._inside:
                self.action.add(code)
        elif event == "return":
            self._inside -= signing


def test_a_seal(made_up: MadeUp) -> None:
    """Sign once to warm up, and once followed."""
    browser = made_up.browser_of(made_up.sam)
    walk = Walk()
    for followed in (False, True):
        address = reverse("drafting:sign", args=[made_up.draft(made_up.jay, "Jay made toast.")])
        if followed:
            threading.setprofile(walk.note)
            sys.setprofile(walk.note)
        answer = browser.post(address, {"password": PASSWORD})
        sys.setprofile(None)
        threading.setprofile(None)
        if answer.status_code != HTTPStatus.FOUND:
            pytest.fail(f"not signed: {answer.status_code}")
    figures = {
        "request": [len(walk.whole), len({code.co_filename for code in walk.whole})],
        "action": [len(walk.action), len({code.co_filename for code in walk.action})],
        "functions": sorted(f"{code.co_filename}:{code.co_qualname}" for code in walk.whole),
    }
    Path(os.environ["FIGURES_TRACE"]).write_text(json.dumps(figures))
