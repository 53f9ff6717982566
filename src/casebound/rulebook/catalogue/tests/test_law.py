"""Law that is not in force is not asked about, and law that is holds from its day."""

from datetime import UTC, date, datetime

import pytest

from casebound.rulebook.catalogue.catalogue import form
from casebound.rulebook.catalogue.completeness import missing
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.law import LawState, laws

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def test_the_report_of_abuse_is_off_because_its_law_is_not_in_force() -> None:
    assert laws()["abuse-report"].state is LawState.NOT_IN_FORCE
    assert not {"abuse_known", "abuse_reported"} & {
        field.name for field in form("allegation").fields
    }


@pytest.mark.parametrize("law", laws().values(), ids=lambda law: law.key)
def test_each_law_says_where_it_stands_and_who_can_check_it(law: object) -> None:
    assert law in laws().values()
    for known in laws().values():
        assert known.provision
        assert known.source
        assert date.fromisoformat(known.checked_on) <= date(2026, 11, 30)


@pytest.mark.parametrize(
    ("alleged_on", "counts"), [("2026-06-28", False), ("2026-06-29", True), ("", True)]
)
def test_an_offence_counts_only_for_what_happened_since_it_is_one(
    alleged_on: str, counts: object
) -> None:
    content = Content.from_json(
        {
            "happened_from": "2026-11-30T09:00:00+00:00",
            "answers": {"harm": ["neglect_16_17"], "alleged_on": alleged_on},
        }
    )

    earlier = [
        gap for gap in missing(form("allegation"), content, now=NOW) if "was earlier" in gap.words
    ]

    assert bool(earlier) is not counts
