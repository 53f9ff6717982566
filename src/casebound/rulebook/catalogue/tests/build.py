"""What tests start from: an entry that lacks nothing, and the forms of this folder."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings

from casebound.rulebook.catalogue.catalogue import Catalogue, form
from casebound.rulebook.catalogue.completeness import Missing, missing
from casebound.rulebook.catalogue.content import Content, HowKnown, Person, StatementContent
from casebound.rulebook.catalogue.setting import ANYWHERE, Colleague, Setting
from casebound.rulebook.catalogue.shape import Form

# The first text of a run builds the table of Unicode, and the machine may be busy with others.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

FORMS = Path(__file__).with_name("forms")
NOW = datetime(2026, 11, 23, 22, 40, tzinfo=UTC)
EVENT_AT = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)  # as WHOLE says

WHOLE = Content(
    happened_from="2026-11-23T18:30",
    how_known=HowKnown.WAS_THERE,
    present=(Person("Sam Okafor", "residential worker"),),
    statements=(StatementContent(text="Jay came home at eight and made toast."),),
    answers={"view_missing": "not_asked"},
)

OAK = Setting(
    workers={
        "k" * 32: Colleague("Kit Adeyemi", "key worker"),
        "s" * 32: Colleague("Sam Okafor", "residential worker"),
    },
    children={"j" * 32: "Jay", "m" * 32: "Mika"},
)


@cache
def forms_of_tests() -> Catalogue:
    """Return the forms of this folder."""
    return Catalogue.load(FORMS)


def content(**changes: Any) -> Content:  # the fields of Content, checked by `replace`
    """Return a whole entry with some of it changed."""
    return replace(WHOLE, **changes)


def statement(**marks: Any) -> Content:  # the fields of StatementContent
    """Return a whole entry whose only statement has these marks."""
    return content(statements=(StatementContent(**{"text": "Jay laughed.", **marks}),))


def found(
    given: Content,
    of: Form | None = None,
    *,
    now: datetime = NOW,
    late: bool = False,
    setting: Setting = ANYWHERE,
) -> list[tuple[str, str]]:
    """Return the control and the rule of everything missing."""
    gaps = everything(given, of, now=now, late=late, setting=setting)
    return [(gap.field, gap.rule) for gap in gaps]


def everything(
    given: Content,
    of: Form | None = None,
    *,
    now: datetime = NOW,
    late: bool = False,
    setting: Setting = ANYWHERE,
) -> tuple[Missing, ...]:
    """Return everything missing, on a daily log unless another form is given."""
    return missing(of or form("daily_log"), given, now=now, late=late, setting=setting)
