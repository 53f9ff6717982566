from typing import Any

import pytest

from casebound.record.drafting.actions import begin_draft
from casebound.record.profile.reads import fills_in
from casebound.rulebook.catalogue.shape import Fills
from tests.made_up import MadeUp

pytestmark = pytest.mark.django_db

TALK = {"language": "English with Makaton", "method": "Signs", "needs_interpreter": "no"}


def talks(made_up: MadeUp, **said: Any) -> None:
    """Sign the section on how Jay communicates."""
    made_up.write(
        made_up.jay, form="profile_communication", statements=[], answers={**TALK, **said}
    )


@pytest.mark.policy("P25")
def test_an_entry_with_the_child_begins_with_their_language_and_interpreter(
    made_up: MadeUp,
) -> None:
    talks(made_up, needs_interpreter="yes", interpreter="Rojin Dara, Wendle Languages")
    book = made_up.book(made_up.jay)

    def begun(form: str) -> tuple[str, str]:
        draft = begin_draft(book=book, form=form, by=made_up.sam.id, at=made_up.now)
        content = made_up.opened(draft).content
        return content.language, content.interpreter

    assert fills_in(made_up.jay.book)[Fills.INTERPRETER] == "Rojin Dara, Wendle Languages"
    assert begun("key_session") == ("English with Makaton", "Rojin Dara, Wendle Languages")
    assert begun("profile_health") == ("", "")


def test_a_section_begins_with_what_it_says_now_so_that_one_line_is_quickly_changed(
    made_up: MadeUp,
) -> None:
    talks(made_up)
    draft = begin_draft(
        book=made_up.book(made_up.jay),
        form="profile_communication",
        by=made_up.sam.id,
        at=made_up.now,
    )

    assert dict(made_up.opened(draft).content.answers) == {
        "language": "English with Makaton",
        "method": "Signs",
        "needs_interpreter": False,
    }
