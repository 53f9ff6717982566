"""The content of an entry as a form collects it: the JSON that the product's own screens send."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal, TypeAlias

from casebound.rulebook.catalogue.late import LATE_AFTER
from casebound.upkeep.demo.story.lives import Say
from casebound.upkeep.demo.story.people import CHILDREN, HOMES, WORKERS, role_of

Content: TypeAlias = dict[str, object]
Afterwards: TypeAlias = Literal["addendum", "correction", "strike", "misfiled"]

NAMES: Final = {worker.key: worker.full_name for worker in WORKERS}
KIDS: Final = {child.key: child for child in CHILDREN}
HOME_NAMES: Final = {home.key: home.name for home in HOMES}
FACE_A_CHILD: Final = frozenset({"daily_log", "key_session", "contact"})
REASONS: Final = ("shown_otherwise", "not_asked", "shown_otherwise", "asked_later")


@dataclass(frozen=True, slots=True)
class Written:
    """One thing that a worker wrote and signed.

    Attributes:
        key: the same on every run; `drew_on` and `after` name other entries by it.
        children: the keys of the children in whose books it stands, the one it is about first;
            none: the home's own book.
        signed_at: aware, UTC.
        content: what the form collected. A strike and a misfiling have no statements.
        after: what it does to an earlier entry: the kind, that entry's key, and the reason.
        follows: the key of the entry it follows, and for which of several: a worker, an action.
    """

    key: str
    form: str
    children: tuple[str, ...]
    home: str
    author: str
    signed_at: datetime
    content: Content
    after: tuple[Afterwards, str, str] | None = None
    follows: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """Whose book is written in: a child's, or the home's own where there is no child."""

    home: str
    child: str = ""

    def written(
        self,
        key: str,
        form: str,
        author: str,
        begins: datetime,
        answers: Mapping[str, object],
        *,
        after: int = 200,
        ends: datetime | None = None,
        statements: Sequence[Content] = (),
        present: Iterable[tuple[str, str]] = (),
        follows: tuple[str, str] | None = None,
    ) -> Written:
        """Return one entry of the book, signed so many seconds after it was over."""
        return Written(
            key=f"{self.child or self.home}-{key}",
            form=form,
            children=(self.child,) if self.child else (),
            home=self.home,
            author=author,
            signed_at=utc(ends or begins, timedelta(seconds=after)),
            content=entry(
                begins=begins,
                ends=ends,
                where=HOME_NAMES[self.home],
                statements=statements,
                present=present,
                answers=dict(answers),
            ),
            follows=follows,
        )


def entry(
    *,
    begins: datetime | None,
    ends: datetime | None = None,
    where: str = "",
    statements: Sequence[Content],
    present: Iterable[tuple[str, str]] = (),
    answers: Content | None = None,
    originator: str = "",
    drew_on: Iterable[str] = (),
    language: str = "",
    interpreter: str = "",
    late_reason: str = "",
) -> Content:
    """Return the content of an entry. Nobody in `present` means: nobody else, said outright."""
    people = [{"name": name, "role": role} for name, role in present]
    return {
        "happened_from": begins.isoformat(timespec="minutes") if begins else "",
        "happened_to": ends.isoformat(timespec="minutes") if ends else "",
        "where": where,
        "how_known": "told_by" if originator else "was_there",
        "originator": originator,
        "present_nobody": not people,
        "present": people,
        "statements": list(statements),
        "answers": answers or {},
        "drew_on": list(drew_on),
        "language": language,
        "interpreter": interpreter,
        "late_reason": late_reason,
    }


def with_view(one: Written) -> Written:
    """Return what was written with a reason where the child's own view is not in it (P32)."""
    statements, answers = one.content["statements"], one.content["answers"]
    assert isinstance(statements, list) and isinstance(answers, dict)  # noqa: S101, PT018 (`entry`)
    if one.form not in FACE_A_CHILD or any(said["kind"] == "view" for said in statements):
        return one
    night = answers.get("shift") in {"waking_night", "sleeping_night"}
    why = "asleep" if night else REASONS[sum(one.key.encode()) % len(REASONS)]
    return replace(one, content={**one.content, "answers": {"view_missing": why, **answers}})


def statement(text: str, kind: str = "fact", **marks: str) -> Content:
    """Return one statement, every mark present."""
    blank = {
        "source": "first_hand",
        "speaker": "",
        "told_by": "",
        "read_in": "",
        "whose": "",
        "basis": "",
        "maker": "",
        "sharing": "shared",
        "ground": "",
        "reason": "",
        "review_on": "",
        "third_party": "",
        "permission": "not_asked",
    }
    return {"text": text, "kind": kind, **blank, **marks}


def said_as(say: Say, text: str, *, author: str, on: date) -> Content:
    """Return an authored statement as its author wrote it on that day, with its text filled in."""
    marks = {
        "source": say.source,
        "speaker": say.speaker,
        "told_by": say.told_by,
        "read_in": say.read_in,
        "maker": say.maker,
        "basis": say.basis,
    }
    if say.kind in {"opinion", "assessment", "judgement"}:
        marks["whose"] = titled(author)
    if say.ground:
        review = (on + timedelta(days=say.review_in)).isoformat()
        marks |= {"sharing": "withheld", "ground": say.ground, "reason": say.reason}
        marks |= {"review_on": review}
    if say.third_party:
        marks |= {"sharing": "third_party", "third_party": say.third_party}
        marks |= {"permission": say.permission}
    return statement(text, say.kind, **marks)


def titled(worker: str) -> str:
    """Return a worker's full name and role."""
    return f"{NAMES[worker]}, {role_of(worker)}"


def person(worker: str) -> tuple[str, str]:
    """Return a worker as somebody who was present."""
    return NAMES[worker], role_of(worker)


def housemates(child: str) -> list[tuple[str, str]]:
    """Return the other young people of the child's home as people who were present."""
    home = KIDS[child].home
    return [
        (one.full_name, f"lives at {HOME_NAMES[home]}")
        for one in CHILDREN
        if one.home == home and one.key != child
    ]


def is_late(ends: datetime, signed_at: datetime) -> bool:
    """Say whether it was signed more than 24 hours after it was over."""
    return signed_at - ends.astimezone(UTC) > LATE_AFTER


def utc(moment: datetime, plus: timedelta = timedelta(0)) -> datetime:
    """Return a moment of London time, and so much after it, in UTC."""
    return moment.astimezone(UTC) + plus
