"""Rows of the derived store, as a projection writes them: plain SQL, sent in batches."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

from casebound.ledger.sealing.connection import StoreConnection

# Rows that one statement adds. Before each statement inside a transaction
# FTS5 writes out what it holds, so row by row every statement of an entry became a part of the
# index on its own. PostgreSQL prepares each number of rows, so they are few.
AT_ONCE: Final = {"sqlite": 64, "postgresql": 8}


class Rows:
    """What one run of projections adds, changes and looks up, in order.

    Additions are collected and sent as one statement a table. A change or a look-up first sends
    the collected rows, so that a projection sees everything that came before.
    """

    def __init__(self, store: StoreConnection | None = None) -> None:
        """Prepare to write in the derived store. The caller holds the transaction."""
        self._connection = connections["derived"]
        self._store = store or StoreConnection("derived")
        self._added: dict[tuple[type[Model], tuple[str, ...], bool], list[list[Any]]] = {}

    def add(self, model: type[Model], **values: Any) -> None:
        """Add a row. A column that is not named gets the database's default, or stays empty."""
        names = tuple(values)
        row = [self._kept(model, name, value) for name, value in values.items()]
        self._added.setdefault((model, names, False), []).append(row)

    def add_missing(self, model: type[Model], **values: Any) -> None:
        """Add a row, unless a row with this key exists. The existing row stays as it is."""
        names = tuple(values)
        row = [self._kept(model, name, value) for name, value in values.items()]
        self._added.setdefault((model, names, True), []).append(row)

    def change(self, model: type[Model], where: Mapping[str, Any], **values: Any) -> None:
        """Change the rows that match all of `where`. A `range` matches the values in it."""
        self.send()
        columns = _columns(model)
        changes = ", ".join(f"{_quoted(columns[name])} = %s" for name in values)
        matches, params = self._matches(model, where)
        self._store.execute(
            f"UPDATE {_table(model)} SET {changes} WHERE {matches}",  # noqa: S608 (our own names)
            [self._kept(model, name, value) for name, value in values.items()] + params,
        )

    def remove(self, model: type[Model], **where: Any) -> None:
        """Remove the rows that match all of `where`."""
        self.send()
        matches, params = self._matches(model, where)
        self._store.execute(f"DELETE FROM {_table(model)} WHERE {matches}", params)  # noqa: S608

    def find(self, model: type[Model], **where: Any) -> list[Any]:
        """Return the rows that match all of `where`, as model instances ordered by key. 1 query."""
        self.send()
        matches, params = self._matches(model, where)
        readers = _readers(model)
        into = ", ".join(_quoted(field) for field in model._meta.concrete_fields)
        keys = ", ".join(_quoted(field) for field in model._meta.pk_fields)
        answer = self._store.execute(
            f"SELECT {into} FROM {_table(model)} WHERE {matches} ORDER BY {keys}",  # noqa: S608
            params,
        ).fetchall()
        names = [field.attname for field in model._meta.concrete_fields]
        return [
            model.from_db(
                "derived", names, [read(value) for read, value in zip(readers, row, strict=True)]
            )
            for row in answer
        ]

    def send(self) -> None:
        """Send the collected rows."""
        added, self._added = self._added, {}
        with self._store.batch():
            for (model, names, missing), rows in added.items():
                if names[0] == model._meta.pk.attname:
                    rows.sort(key=itemgetter(0))
                most = AT_ONCE[self._connection.vendor]
                for first in range(0, len(rows), most):
                    some = rows[first : first + most]
                    self._store.execute(
                        _insert(model, names, len(some), missing=missing), [*chain(*some)]
                    )

    def _matches(self, model: type[Model], where: Mapping[str, Any]) -> tuple[str, list[Any]]:
        columns = _columns(model)
        terms, params = [], []
        for name, value in where.items():
            if value is None:
                terms.append(f"{_quoted(columns[name])} IS NULL")
            elif isinstance(value, range):
                terms.append(f"{_quoted(columns[name])} >= %s AND {_quoted(columns[name])} < %s")
                params += [value.start, value.stop]
            else:
                terms.append(f"{_quoted(columns[name])} = %s")
                params.append(self._kept(model, name, value))
        return " AND ".join(terms), params

    def _kept(self, model: type[Model], name: str, value: Any) -> Any:  # noqa: ANN401 (a cell)
        # Text and numbers are kept as they are; only dates and times differ between databases.
        if value is None or type(value) in _AS_THEY_ARE:
            return value
        if type(value) is datetime and value.tzinfo is UTC:
            return value if self._store.is_postgres else str(value.replace(tzinfo=None))
        return _columns(model)[name].get_db_prep_save(value, self._connection)


_AS_THEY_ARE = frozenset({str, int, bool})


@cache
def _columns(model: type[Model]) -> dict[str, "Field[Any, Any]"]:
    return {field.attname: field for field in model._meta.concrete_fields}


@cache
def _insert(model: type[Model], names: Sequence[str], rows: int, *, missing: bool) -> str:
    columns = _columns(model)
    into = ", ".join(_quoted(columns[name]) for name in names)
    row = f"({', '.join(['%s'] * len(names))})"
    marks = ", ".join([row] * rows)
    unless = " ON CONFLICT DO NOTHING" if missing else ""
    return f"INSERT INTO {_table(model)} ({into}) VALUES {marks}{unless}"  # noqa: S608 (own names)


@cache
def _readers(model: type[Model]) -> tuple[Callable[[Any], Any], ...]:
    """Return, for each column, the function that converts the driver's value."""
    connection = connections["derived"]
    return tuple(_reader(field, connection) for field in model._meta.concrete_fields)


def _reader(field: "Field[Any, Any]", connection: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    column = field.get_col(field.model._meta.db_table)
    converters = [
        *connection.ops.get_db_converters(column),
        *field.get_db_converters(connection),
    ]

    def read(value: Any) -> Any:  # noqa: ANN401 (a cell)
        for convert in converters:
            value = convert(value, column, connection)
        return value

    return read


def _table(model: type[Model]) -> str:
    return f'"{model._meta.db_table}"'


def _quoted(field: "Field[Any, Any]") -> str:
    return f'"{field.column}"'
