"""What of a draft can be restricted, and what is: the rows of the writing page."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from casebound.foundation.base.messages import gettext
from casebound.record.attachments.reads import UploadSeen
from casebound.record.drafting.children_concerned import OF_THE_EVENT
from casebound.record.drafting.prepared import PreparedDraft
from casebound.rulebook.catalogue.all_staff import is_for_all_staff
from casebound.rulebook.catalogue.completeness import Missing
from casebound.rulebook.catalogue.content import Content, RestrictedFrom, Restricting
from casebound.rulebook.catalogue.marks import Ground
from casebound.rulebook.catalogue.restricting import ENTRY

ANSWER: Final = "a_"  # then the field, as the sealed part is called
_FILE: Final = "f_"  # then the id of the upload: its number is settled when it is signed


def restrict_shown(prepared: PreparedDraft, errors: Mapping[str, str]) -> dict[str, Any]:
    """Return the rows of restrictions, what they can be of, and who a part can be about."""
    restrictions = prepared.draft.content.restrictions or (Restricting(),)
    rows = [
        {"n": number, "of": said.to_json(), "errors": _errors_of(number, errors)}
        for number, said in enumerate(restrictions, 1)
    ]
    added = restrictions[-1].is_blank and len(restrictions) > 1
    return {
        "restrict": {
            "rows": rows,
            "count": sum(not said.is_blank for said in restrictions),
            "open": added or any(row["errors"] for row in rows),
            "parts": list(parts_of(prepared)),
            "scopes": [(scope.value, scope.label) for scope in _scopes(prepared)],
            "grounds": [(ground.value, ground.label) for ground in Ground.offered()],
        },
        "about_colleagues": [
            (key, f"{colleague.name}, {colleague.role}" if colleague.role else colleague.name)
            for key, colleague in prepared.home.workers.items()
            if key != prepared.book.worker
        ],
    }


def parts_of(prepared: PreparedDraft) -> Iterator[tuple[str, str]]:
    """Yield what can be restricted: the entry, its answers by question, its files by number."""
    yield ENTRY, gettext("The whole entry")
    for field in prepared.draft.form.fields:
        if field.name not in OF_THE_EVENT:
            yield f"{ANSWER}{field.name}", str(field.label)
    for number, upload in enumerate(prepared.files, 1):
        yield f"{_FILE}{upload.id}", gettext("File {number}").format(number=number)


def _scopes(prepared: PreparedDraft) -> Sequence[RestrictedFrom]:
    of_child = (RestrictedFrom.CHILD,) if prepared.book.child else ()
    among_staff = () if is_for_all_staff(prepared.draft.form) else (RestrictedFrom.NEED_TO_KNOW,)
    return (*of_child, *among_staff)


def restriction_gaps(prepared: PreparedDraft) -> Iterator[Missing]:
    """Name what cannot be restricted so: every worker needs it, or it is not there any more."""
    yield from _statement_gaps(prepared)
    parts = dict(parts_of(prepared))
    for number, said in enumerate(prepared.draft.content.restrictions, 1):
        if said.part and said.part not in parts:
            words = gettext("Restriction {number} is of something that is not here any more.")
            yield Missing(f"restrict-{number}-part", words.format(number=number), "P36")
        elif said.scope is RestrictedFrom.NEED_TO_KNOW and is_for_all_staff(prepared.draft.form):
            words = gettext(
                "Restriction {number}: everybody who works here needs what this form says. Write"
                " what is not for them in an entry of its own."
            )
            yield Missing(f"restrict-{number}-scope", words.format(number=number), "P63")


def _statement_gaps(prepared: PreparedDraft) -> Iterator[Missing]:
    for number, statement in enumerate(prepared.draft.content.statements, 1):
        if statement.staff and not statement.is_blank and is_for_all_staff(prepared.draft.form):
            words = gettext(
                "Statement {number}: everybody who works here needs what this form says."
            )
            yield Missing(f"statements-{number}-staff", words.format(number=number), "P63")


def restrictions_as_sealed(
    content: Content, answers: Collection[str], files: Sequence[UploadSeen]
) -> Content:
    """Return the content with each restricted part called as it is sealed: `a_name`, `f2`.

    An answer that nobody gave cannot be restricted.
    """
    names = {ENTRY: ""}
    names |= {f"{ANSWER}{answer}": f"{ANSWER}{answer}" for answer in answers}
    names |= {f"{_FILE}{upload.id}": f"f{number}" for number, upload in enumerate(files, 1)}
    restrictions = (
        replace(said, part=names[said.part]) for said in content.restrictions if said.part in names
    )
    return replace(content, restrictions=tuple(restrictions))


def _errors_of(number: int, errors: Mapping[str, str]) -> dict[str, str]:
    begins = f"restrict-{number}-"
    return {
        name.removeprefix(begins): words
        for name, words in errors.items()
        if name.startswith(begins)
    }
