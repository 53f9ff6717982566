"""What a new draft begins with: only content that nobody could have meant differently."""

from dataclasses import replace
from datetime import datetime

from casebound.people.access.reads import SeenBook
from casebound.record.profile import reads as profile
from casebound.rulebook.catalogue.content import Content, HowKnown
from casebound.rulebook.catalogue.event_time import first_event_time
from casebound.rulebook.catalogue.shape import Fills, Form, Group


def first_content(book: SeenBook, form: Form, at: datetime) -> Content:
    """Return what a new draft on a form says.

    A question can have an answer that is usual, or stricter than the others (`begins_with`); and a
    section of the profile begins with its present answers, so that changing one line is quick.
    An entry with a child takes language and interpreter from the profile (P25). 1 query for either.
    """
    start, end = first_event_time(form, now=at)
    content = Content(happened_from=start, happened_to=end, answers=dict(form.begins_with))
    if form.live_log and form.sealed_at_once and form.follows:
        # A line is written by the one who did it, at once. Both can be changed.
        content = replace(content, how_known=HowKnown.WAS_THERE, present_nobody=True)
    if form.group is Group.PROFILE:
        return replace(content, answers=profile.current_answers(book.id, form))
    if not form.child_facing:
        return content
    filled = profile.fills_in(book.id)
    return replace(
        content,
        language=filled.get(Fills.LANGUAGE, ""),
        interpreter=filled.get(Fills.INTERPRETER, ""),
    )
