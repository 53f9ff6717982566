"""The registered manager answers for every record of the home, and sees how each stands (P54)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.made_up import MadeUp
from tests.pages import as_shown

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P54")]


def test_the_desk_says_of_each_thing_that_is_not_as_it_should_be_who_it_waits_on(
    made_up: MadeUp,
) -> None:
    made_up.write(made_up.jay, form="contact", after=timedelta(hours=30))
    made_up.draft(made_up.jay, by=made_up.kit)
    made_up.write(made_up.jay, form="note", answers={"taken_during": "key_session"})
    made_up.write(made_up.jay, form="restraint", answers={"users": [{"id": made_up.kit.id}]})

    desk = as_shown(made_up.browser_of(made_up.dana).get(reverse("desk:desk")))

    late = desk.split('id="late"')[1]
    unsigned = desk.split('id="unsigned"')[1].split('id="asked"')[0]
    waiting = desk.split('id="due"')[1].split('id="moved"')[0]
    assert "Contact" in late
    assert "Sam Okafor" in late
    assert "Kit Adeyemi" in unsigned
    assert "for Sam Okafor" in waiting, "a note to write up waits on its author"
    assert "Speak with Kit Adeyemi" in waiting, "a measure waits on who manages the home"


def test_the_desk_of_another_home_says_nothing_of_it(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, form="contact", after=timedelta(hours=30))
    made_up.draft(made_up.jay, by=made_up.kit)

    desk = as_shown(made_up.browser_of(made_up.robin).get(reverse("desk:desk")))

    assert "Jay" not in desk
    assert "Kit Adeyemi" not in desk
