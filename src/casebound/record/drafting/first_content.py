"""What a new draft begins with: only content that nobody could have meant differently."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext

from casebound.foundation.base.calendar import day_of
from casebound.people.access.reads import SeenBook
from casebound.record.drafting.kept_marks import with_restricted
from casebound.record.profile import reads as profile
from casebound.rulebook.catalogue.content import Content, HowKnown, RestrictedFrom, Restricting
from casebound.rulebook.catalogue.event_time import first_event_time
from casebound.rulebook.catalogue.shape import Fills, Form, Group


def first_content(book: SeenBook, form: Form, at: datetime) -> Content:
    """Return what a new draft on a form says.

    A question can have an answer that is usual, or stricter than the others (`begins_with`); and a
    section of the profile begins with its present answers, so that changing one line is quick.
    An entry with a child takes language and interpreter from the profile (P25). 1 query, or 2 to 4
    for a section.
    """
    start, end = first_event_time(form, now=at)
    content = Content(
        happened_from=start,
        happened_to=end,
        answers=dict(form.begins_with),
        restrictions=tuple(_restrictions(form, at)),
    )
    if form.live_log and form.sealed_at_once and form.follows:
        # A line is written by the one who did it, at once. Both can be changed.
        content = replace(content, how_known=HowKnown.WAS_THERE, present_nobody=True)
    if form.group is Group.PROFILE:
        newest = profile.newest_section(book.id, form)
        if newest is None:
            return replace(content, answers={})
        leaf, answers = newest
        content = replace(content, answers=answers)
        return with_restricted(content, form, leaf, book, answers={name: name for name in answers})
    if not form.child_facing:
        return content
    filled = profile.fills_in(book.id)
    return replace(
        content,
        language=filled.get(Fills.LANGUAGE, ""),
        interpreter=filled.get(Fills.INTERPRETER, ""),
    )


def _restrictions(form: Form, at: datetime) -> Iterator[Restricting]:
    """Yield what the form says is at first for those alone who need to know."""
    said = form.need_to_know
    if said is None:
        return
    review_on = day_of(at) + timedelta(days=said.days)
    for name in said.answers:
        yield Restricting.from_json(
            {
                "part": f"a_{name}",
                "scope": RestrictedFrom.NEED_TO_KNOW.value,
                "ground": said.ground,
                "reason": gettext(said.reason),
                "review_on": review_on.isoformat(),
            }
        )
