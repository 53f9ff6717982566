"""Five decisions for every table and every sealed field, and the schema that is on file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields

import pytest
from django.db import connections

from casebound.config.routers import store_of
from casebound.foundation.base.handling import (
    FIELD_RULES,
    NOBODY,
    OWN,
    BelongsTo,
    Ends,
    FieldHandling,
    Keeping,
)
from casebound.ledger.projecting.kinds import Kind
from casebound.ledger.projecting.registry import kinds
from casebound.people.rights.rights import rights
from tests.house.schema import FILE, RENEW, decisions_of, ours, written
from tests.house.source import nothing

QUESTIONS = {
    "belongs_to": "whose its rows are",
    "keeping": "if they are sealed, derived or operational",
    "seen_by": "who may see them: permissions, OWN or NOBODY",
    "comes_out": "how they come out in a request for access",
    "ends": "how they die",
}
HOW = "inherit from a class of foundation/base/handling.py in the model's Handling, or say it there"


def test_every_table_has_decided_all_five() -> None:
    nothing(
        f"{model._meta.label}: decide {what} (`{name}`): {HOW}"
        for model in ours()
        for name, what in QUESTIONS.items()
        if not getattr(decisions_of(model), name, None)
    )


def test_a_table_is_kept_as_its_store_keeps_it() -> None:
    nothing(
        f"{model._meta.label}: is {decisions_of(model).keeping.name.lower()}, in {store}"
        for model in ours()
        for store in [store_of(model._meta.app_label)]
        if (decisions_of(model).keeping is Keeping.DERIVED) is not (store == "derived")
    )


def test_who_sees_a_table_is_a_permission_or_nobody_or_the_person() -> None:
    known = {NOBODY, OWN, *rights().permissions}

    nothing(
        f"{model._meta.label}: {seen_by} is no permission"
        for model in ours()
        for seen_by in decisions_of(model).seen_by - known
    )


def test_the_rows_of_one_book_home_or_worker_can_be_found() -> None:
    nothing(
        f"{model._meta.label}: say in `found_by` which field finds them, not {field!r}"
        for model in ours()
        for field in [decisions_of(model).found_by]
        if decisions_of(model).belongs_to is not BelongsTo.PROVIDER
        and field not in {field.name for field in model._meta.concrete_fields}
    )


def test_what_dies_by_its_schedule_names_one() -> None:
    nothing(
        f"{model._meta.label}: name its `schedule`"
        for model in ours()
        if decisions_of(model).ends is Ends.BY_SCHEDULE and not decisions_of(model).schedule
    )


def test_every_field_of_every_kind_has_decided_who_it_is_about() -> None:
    nothing(
        f"{kind.kind} v{kind.version}, {field}: named {times} times in its Handling. Name it once,"
        f" in one of {', '.join(FIELD_RULES)} (foundation/base/handling.py says what each means)"
        for kind in kinds().values()
        for field, times in _decided(kind)
        if times != 1
    )


def test_a_field_s_rule_says_its_audience_if_it_is_personal_and_how_it_comes_out() -> None:
    class Decided(FieldHandling):
        about_child = frozenset({"called"})
        operational = frozenset({"home_id"})

    assert Decided.rule_of("called").personal
    assert not Decided.rule_of("home_id").personal
    assert "the child" in Decided.rule_of("called").audience
    with pytest.raises(KeyError):
        Decided.rule_of("born_on")


@pytest.mark.policy("P58")
def test_a_column_of_a_sealed_table_says_in_the_database_what_it_is() -> None:
    nothing(
        f"{model._meta.label}.{field.name}: say in its `db_comment` what somebody who reads only"
        " the database has to know"
        for model in ours()
        if decisions_of(model).keeping is Keeping.SEALED
        for field in model._meta.concrete_fields
        if field.column and not field.db_comment
    )


@pytest.mark.django_db(databases=["default"])
def test_postgresql_keeps_the_comments() -> None:
    connection = connections["default"]
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no comments; docs/schema.txt has them")
    with connection.cursor() as cursor:
        cursor.execute("SELECT col_description('sealed_entry'::regclass, 2)")
        [(comment,)] = cursor.fetchall()

    assert comment.startswith("The signed entry, encrypted")


def test_the_schema_on_file_is_the_schema_of_the_models() -> None:
    assert FILE.read_text(encoding="utf-8") == written(), (
        f"a table changed. Decide what {HOW}; then run `{RENEW}` and read what it changed in"
        f" docs/{FILE.name}"
    )


def _decided(kind: type[Kind]) -> Iterator[tuple[str, int]]:
    handling = getattr(kind, "Handling", FieldHandling)
    times = Counter(field for rule in FIELD_RULES for field in getattr(handling, rule, ()))
    there = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # a dataclass
    yield from ((name, times[name] if name in there else -1) for name in sorted(there | set(times)))
