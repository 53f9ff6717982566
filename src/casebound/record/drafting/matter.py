"""What a draft for managers is about, for those who hand it on without reading a word of it.

A person it names is not offered it, and sees nothing of it on a desk. A draft that adds to such an
entry, corrects, follows or withdraws it is of the same matter.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casebound.foundation.base.ids import BookId, DraftId, HomeId, WorkerId
from casebound.foundation.base.refusals import RefusedError
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import every_full_name
from casebound.people.homes.appointments import heads_of
from casebound.people.restricted.reads import is_of_managers, kept_from, restricted_among
from casebound.people.rights.shape import Permission
from casebound.record.book.rules import OF_MANAGERS
from casebound.record.drafting.body import DecryptedBody, decrypted_body
from casebound.record.drafting.drafts import DraftLine
from casebound.record.drafting.fields.people import tables
from casebound.record.drafting.models import Draft
from casebound.record.followups.told import picked_as_party
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Answer
from casebound.rulebook.catalogue.registers import is_for_managers, names_parties
from casebound.rulebook.catalogue.setting import ANYWHERE, Setting
from casebound.rulebook.catalogue.shape import Form, has_answer


@dataclass(frozen=True, slots=True)
class DraftMatter:
    """Who takes no part in a draft for managers.

    Attributes:
        named: the workers it names, or that its matter has named before.
        of_managers: it is about one of them, so it is for those above the managers.
    """

    named: frozenset[WorkerId] = frozenset()
    of_managers: bool = False

    def is_open_to(self, book: SeenBook) -> bool:
        """Say whether who sees the book answers for such a matter there."""
        above = Permission.ANSWER_ABOVE if self.of_managers else Permission.ANSWER_FOR_BOOK
        return book.worker not in self.named and book.may(above) is not None

    def may_be_with(self, book: SeenBook) -> bool:
        """Say whether a colleague who writes in the book may write it: not who it is about."""
        if book.worker in self.named:
            return False
        manages = book.may(Permission.ANSWER_FOR_BOOK) is not None
        return not (self.of_managers and manages) or book.may(Permission.ANSWER_ABOVE) is not None


def named_in(form: Form, answers: Mapping[str, Answer], setting: Setting) -> set[str]:
    """Return the ids of those a draft for managers is about, picked or named in words."""
    if not names_parties(form):
        return set()
    typed = (
        worker
        for question in form.fields
        if question.party
        for person in tables(answers.get(question.name))
        for worker in setting.accounts_called(str(person.get("name", "")))
    )
    return picked_as_party(form, answers) | set(typed)


def matters_of(
    drafts: Sequence[DraftLine], homes: Mapping[BookId, HomeId], *, at: datetime
) -> dict[DraftId, DraftMatter]:
    """Return what those drafts are about that are for managers. No query if none may be.

    `homes` says which home answers for a book.

    1 query for all that may be, 1 for the entries they are about and 1 for everybody's name; for
    each that is for managers up to 3.
    """
    asked = {draft.id for draft in drafts if _may_be_restricted(catalogue.form(draft.form))}
    rows = Draft.objects.filter(id__in=asked) if asked else Draft.objects.none()
    bodies: dict[Draft, DecryptedBody] = {}
    damaged: dict[DraftId, DraftMatter] = {}
    for row in rows:
        try:
            bodies[row] = decrypted_body(DraftId(row.id), BookId(row.book_id), bytes(row.body))
        except (ValueError, KeyError, TypeError, RefusedError):
            # Nobody can read who it is about.
            damaged[DraftId(row.id)] = DraftMatter(of_managers=True)
    about = [body.about.index for body in bodies.values() if body.about]
    restricted = restricted_among(about)
    kept = {
        row: body
        for row, body in bodies.items()
        if is_for_managers(catalogue.form(row.form))
        or (body.about is not None and body.about.index in restricted)
    }
    setting = Setting(accounts=every_full_name()) if kept else ANYWHERE
    return damaged | {
        DraftId(row.id): _matter(row, body, setting, heads_of(homes[BookId(row.book_id)], at=at))
        for row, body in kept.items()
    }


def _may_be_restricted(form: Form) -> bool:
    return is_for_managers(form) or not form.is_listed


def _matter(
    row: Draft, body: DecryptedBody, setting: Setting, heads: Collection[WorkerId]
) -> DraftMatter:
    form = catalogue.form(row.form, body.form_version)
    answers = body.content.answers
    named = {WorkerId(worker) for worker in named_in(form, answers, setting)}
    of_managers = has_answer(answers.get(OF_MANAGERS), ("yes",)) or not named.isdisjoint(heads)
    if body.about is not None:
        named |= kept_from(body.about.index)
        of_managers = of_managers or is_of_managers(body.about.index)
    return DraftMatter(frozenset(named), of_managers)
