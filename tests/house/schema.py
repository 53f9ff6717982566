"""Every table of the product as one text: its columns on both databases, and what was decided.

`.venv/bin/python tools/schema.py` writes it to `docs/schema.txt`.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.db.models import Field, Model

from casebound.config.routers import store_of
from casebound.foundation.base.handling import TableHandling
from tests.house.source import ROOT

FILE = ROOT / "docs" / "schema.txt"
RENEW = "python tools/schema.py"
HEAD = f"""\
Every table of casebound, by store: what it holds, what was decided about it, and its columns, with
their types on SQLite and on PostgreSQL. Written by `{RENEW}`; do not edit. Tables of
Django and allauth are theirs, and not listed. Triggers bar the sealed tables; search adds a
full-text index.
"""


def written() -> str:
    """Return the text of the schema file."""
    tables = sorted(ours(), key=lambda model: (_store(model), model._meta.db_table))
    return "\n".join([HEAD, *("\n".join(_table(model)) for model in tables)])


def ours() -> list[type[Model]]:
    """Return the models of the rooms."""
    return [model for model in apps.get_models() if model.__module__.startswith("casebound.")]


def decisions_of(model: type[Model]) -> type[TableHandling]:
    """Return what a model says of itself. A model that says nothing fails here."""
    decided: type[TableHandling] = model.Handling  # type: ignore[attr-defined]  # that is asked
    return decided


def _store(model: type[Model]) -> str:
    return store_of(model._meta.app_label)


def _table(model: type[Model]) -> Iterator[str]:
    decided = decisions_of(model)
    name = f"{_store(model)}  {model._meta.db_table}"
    yield f"{name}\n{'-' * len(name)}"
    yield (model.__doc__ or "").split("\n")[0]
    yield f"  belongs to   {decided.belongs_to.value}"
    if decided.found_by:
        yield f"  found by     {decided.found_by}"
    yield f"  kept         {decided.keeping.value}"
    yield f"  seen by      {', '.join(sorted(decided.seen_by))}"
    yield f"  comes out    {decided.comes_out.value}"
    yield f"  ends         {decided.ends.value}"
    if decided.schedule:
        yield f"  schedule     {decided.schedule}"
    yield "  columns"
    for field in model._meta.concrete_fields:
        if field.column:
            yield from _column(field, personal=field.name in decided.personal)
    for kept in (*model._meta.constraints, *model._meta.indexes):
        yield f"  {type(kept).__name__.lower()} {kept.name}"
    yield ""


def _column(field: "Field[object, object]", *, personal: bool) -> Iterator[str]:
    types = dict.fromkeys(str(field.db_type(vendor)) for vendor in _vendors())
    marks = [
        *(["key"] if field.primary_key else []),
        *(["null"] if field.null else []),
        *(["unique"] if field.unique and not field.primary_key else []),
        *(["personal"] if personal else []),
    ]
    yield f"    {field.column:<16} {' | '.join(types):<28} {', '.join(marks)}".rstrip()
    if field.db_comment:
        yield f"      {field.db_comment}"


def _vendors() -> tuple[BaseDatabaseWrapper, BaseDatabaseWrapper]:
    """Return both databases; neither is connected to."""
    return SQLite({}), PostgreSQL({})
