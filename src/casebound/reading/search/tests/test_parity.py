"""Questions that either database answers alike, in every locale: as reading everything would."""

# ruff: noqa: RUF001 (letters that look alike are its subject)
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

import pytest
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from casebound.reading.search.indexed import IndexedText, indexed
from casebound.reading.search.query import Query, SearchRefusedError, read_query
from casebound.reading.search.tests.build import all_numbers, many
from casebound.reading.search.tests.test_names import LINES, NAMES, typed_for
from tests.postgres import Cluster

pytestmark = pytest.mark.django_db
TEXTS = [
    *(f"{name} rang {other}." for name, other in zip(NAMES, NAMES[7:], strict=False)),
    "The babysitter came; the babies slept.",
    "He was settling in and used the well-being room at bed-time.",
    "Wellbeing: fine. Well being: fine. On the 3rd at 18:30, 4.5 litres, 5-6 of them.",
    "Rang mum/dad; don't know, don’t care. home@example.org, http://example.org/a_b?c=d",
    "İSTANBUL ıspanak ISPANAK Straße STRASSE ﬁne x² ½ №5 ١٢٣ 123 ＡＢＣ",
    "soft\u00adhyphen zero\u200bwidth\ufeff e\u0301te\u0301 ŉ ʼn ﷺ",
    "apology biology probably possibly happily generously relational",
    "👍🏽 tea ☕ & <b>toast</b> C++ 100% £5.00 €7",
    "ΣΊΣΥΦΟΣ Σίσυφος σισυφοσ",
    "1.2.3 v1.2.3 -5 +44 7700 900123 1e10 0x1F 2026-11-30 12:00:00",
]
ASKED = """\
baby*
babie*
babysit*
settl*
used*
using*
well-being
wellbeing
well-be*
well being
"the babies"
"well being: fine"
o hara
anne marie rang
don't
dont
mum/dad
bedtime
bed-time*
istanbul
ispanak
strasse
18:30
4.5
"""
QUESTIONS = list(
    dict.fromkeys(
        chain(
            chain.from_iterable(typed_for(*line) for line in LINES),
            (word for text in TEXTS[len(NAMES) - 7 :] for word in text.split()),
            ASKED.splitlines(),
        )
    )
)


def expected(query: Query, kept: list[IndexedText]) -> list[int]:
    """Return the numbers of the texts that hold every term, by reading all of them."""
    return [
        number
        for number, columns in reversed(list(enumerate(kept, 1)))
        if all(
            any(
                f" {' '.join(way.words)}{'' if way.begins else ' '}" in getattr(columns, way.column)
                for way in term.ways()
            )
            for term in query.terms
        )
    ]


def differing() -> list[str]:
    kept = [indexed(text) for text in TEXTS]
    wrong = []
    for typed in QUESTIONS:
        try:
            query = read_query(typed)
        except SearchRefusedError:
            continue
        if all_numbers(typed) != expected(query, kept):
            wrong.append(typed)
    return wrong


def test_every_question_is_answered_as_reading_everything_would() -> None:
    many(*TEXTS)

    assert len(QUESTIONS) > 413
    assert differing() == []


@contextmanager
def derived_in(cluster: Cluster, name: str, locale: str) -> Iterator[None]:
    """Make another derived store, with this locale, the one that is asked."""
    usual = connections["derived"]
    cluster.create(name, locale=locale)
    other = connections.create_connection("derived")
    other.settings_dict = usual.settings_dict | {"NAME": name}
    connections["derived"] = other
    try:
        executor = MigrationExecutor(other)
        # The search asks which entries its reader may not read.
        rooms = {"search", "restricted"}
        executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] in rooms])
        yield
    finally:
        other.close()
        connections["derived"] = usual


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_database_with_the_locale_c_answers_likewise(cluster: Cluster) -> None:
    with derived_in(cluster, "in_locale_c", "C"), transaction.atomic(using="derived"):
        many(*TEXTS)
        assert differing() == []
