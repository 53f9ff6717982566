from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.times import LONDON
from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.actions import Sealed
from casebound.record.book.relations import MISFILED, STRIKE, Relation
from casebound.record.profile.reads import Profile, SectionSeen, balance, profile
from tests.made_up import MadeUp
from tests.pages import as_shown

pytestmark = [pytest.mark.django_db, pytest.mark.every_clock]

TALK = {"language": "English with Makaton", "method": "Signs", "needs_interpreter": "no"}


def talks(made_up: MadeUp, *, days_ago: int = 0, **said: Any) -> Sealed:
    """Sign the section on how Jay communicates."""
    answers = {**TALK, **said}
    return made_up.write(
        made_up.jay,
        form="profile_communication",
        statements=[],
        answers={name: value for name, value in answers.items() if value},
        after=timedelta(days=days_ago, hours=1),
    )


def section(found: Profile, form: str = "profile_communication") -> SectionSeen:
    return next(section for section in found.sections if section.form == form)


def words(found: Profile) -> dict[str, str]:
    return {detail.label: str(detail.words) for detail in section(found).details}


LANGUAGE = "Which language do they prefer to talk in?"


@pytest.mark.policy("P11", "P25")
def test_the_newest_section_is_what_is_so_and_says_since_when(made_up: MadeUp) -> None:
    first = talks(made_up, days_ago=20)
    second = talks(made_up, days_ago=10, method="Signs and drawings")

    found = profile(made_up.book(made_up.jay))

    here = section(found)
    assert here.source is not None
    assert here.source.number == second.numbers[made_up.jay.book]
    language, method, *_ = here.details
    assert language.source is not None
    assert language.source.number == first.numbers[made_up.jay.book]
    assert (method.words, [detail.words for detail in method.earlier]) == (
        "Signs and drawings",
        ["Signs"],
    )


def test_the_profile_is_asked_for_as_it_stood_on_a_day(made_up: MadeUp) -> None:
    talks(made_up, days_ago=20, language="Kurdish")
    talks(made_up, days_ago=10)
    book, today = made_up.book(made_up.jay), made_up.now.astimezone(LONDON).date()

    assert words(profile(book, on=today - timedelta(days=15)))[LANGUAGE] == "Kurdish"
    assert words(profile(book))[LANGUAGE] == "English with Makaton"
    assert section(profile(book, on=today - timedelta(days=30))).source is None


def test_what_is_not_said_any_more_is_said_to_have_gone(made_up: MadeUp) -> None:
    talks(made_up, days_ago=20, words="Calls the house the burrow")
    talks(made_up, days_ago=10)

    gone = section(profile(made_up.book(made_up.jay))).details[-1]

    assert gone.words == ""
    assert [detail.words for detail in gone.earlier] == ["Calls the house the burrow"]


@pytest.mark.parametrize("how", [STRIKE, MISFILED])
def test_what_was_taken_back_does_not_count(made_up: MadeUp, how: Relation) -> None:
    talks(made_up, days_ago=20, language="Kurdish")
    wrong = talks(made_up, days_ago=10)
    assert words(profile(made_up.book(made_up.jay)))[LANGUAGE] == "English with Makaton"

    made_up.put_right(made_up.jay, wrong.numbers[made_up.jay.book], how, by=made_up.dana)

    assert words(profile(made_up.book(made_up.jay)))[LANGUAGE] == "Kurdish"


@pytest.mark.policy("P11", "P49")
def test_what_schedule_3_asks_for_is_missing_until_somebody_writes_it(made_up: MadeUp) -> None:
    def missing() -> set[int]:
        return {record.item for record in profile(made_up.book(made_up.jay)).missing}

    assert {2, 3, 4, 11, 21} <= missing()
    assert 1 not in missing(), "the admission says the name"
    made_up.write(made_up.jay, form="profile_identity", statements=[])
    assert 2 not in missing()
    assert {11, 21} <= missing()


@pytest.mark.policy("P11")
def test_what_is_written_as_it_happens_is_never_missing_and_is_counted(made_up: MadeUp) -> None:
    before = profile(made_up.book(made_up.jay))
    assert 15 not in {record.item for record in before.missing}

    done = made_up.write(made_up.jay, "Sam held Jay's arm.", form="restraint")

    kept = {record.item: record for record in profile(made_up.book(made_up.jay)).kept}
    assert (kept[15].count, kept[15].number) == (1, done.numbers[made_up.jay.book])


@pytest.mark.parametrize("sections", [1, 30])
def test_a_profile_takes_two_queries_however_long_its_history(
    made_up: MadeUp, django_assert_num_queries: DjangoAssertNumQueries, sections: int
) -> None:
    for ago in range(sections):
        talks(made_up, days_ago=ago, method=f"Way {ago}")
    book = made_up.book(made_up.jay)

    with django_assert_num_queries(2, using="derived"):
        profile(book)
    with django_assert_num_queries(1, using="derived"):
        balance(book.id, today=date(2026, 3, 29))


@pytest.mark.policy("P32")
def test_the_last_thirty_days_are_counted_from_the_daily_logs(made_up: MadeUp) -> None:
    for ago, day in enumerate(("good", "good", "difficult", "mixed")):
        made_up.write(
            made_up.jay, "We talked.", answers={"day": day}, after=timedelta(days=ago, hours=1)
        )
    made_up.write(made_up.jay, "Nobody said how it was.", after=timedelta(days=9))
    today = (made_up.now - timedelta(hours=1)).astimezone(LONDON).date()

    found = balance(made_up.jay.book, today=today)

    assert (found.good, found.mixed, found.difficult, found.not_said) == (2, 1, 1, 26)
    assert not found.only_difficult


@pytest.mark.policy("P13")
def test_the_page_is_for_who_reads_the_book_and_is_on_the_read_trail(made_up: MadeUp) -> None:
    talks(made_up)
    page = reverse("profile:profile", args=[made_up.jay.book])

    seen = made_up.browser_of(made_up.sam).get(page)

    assert "English with Makaton" in seen.text
    assert "Something has changed" in as_shown(seen)
    assert made_up.browser_of(made_up.lin).get(page).status_code == 404
    assert made_up.browser_of(made_up.alex).get(page).status_code == 404
    of_the_home = reverse("profile:profile", args=[made_up.house(made_up.oak).book])
    assert made_up.browser_of(made_up.sam).get(of_the_home).status_code == 404


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    talks(made_up, days_ago=2)
    made_up.write(made_up.jay, "We talked.", answers={"day": "good"})
    book = made_up.book(made_up.jay)
    live = profile(book), balance(book.id, today=date(2026, 3, 29))

    rebuild()

    assert (profile(book), balance(book.id, today=date(2026, 3, 29))) == live


@pytest.mark.policy("P11")
@pytest.mark.parametrize("how", [STRIKE, MISFILED])
def test_a_withdrawn_accident_does_not_meet_its_item(made_up: MadeUp, how: Relation) -> None:
    stands = made_up.write(made_up.jay, form="accident")
    wrong = made_up.write(made_up.jay, form="accident")

    made_up.withdraw(made_up.jay, wrong.numbers[made_up.jay.book], how)
    kept = {record.item: record for record in profile(made_up.book(made_up.jay)).kept}
    assert (kept[22].count, kept[22].number) == (1, stands.numbers[made_up.jay.book])

    made_up.withdraw(made_up.jay, stands.numbers[made_up.jay.book], how)
    assert 22 not in {record.item for record in profile(made_up.book(made_up.jay)).kept}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"on_date": "40", "on_month": "1", "on_year": "2026"}, "There is no such date"),
        ({"on_date": "last Tuesday"}, "Give a date"),
        ({"on_date": "1", "on_month": "1", "on_year": "2999"}, "This day is still to come"),
        ({"on": "nonsense"}, "Give a date"),
    ],
)
def test_a_day_that_cannot_be_read_is_said_and_kept(
    made_up: MadeUp, asked: dict[str, str], words: str
) -> None:
    page = made_up.browser_of(made_up.sam).get(
        reverse("profile:profile", args=[made_up.jay.book]), asked
    )

    assert words in as_shown(page)
    assert 'type="date"' not in page.text
    for typed in asked.values():
        assert f'value="{typed}"' in page.text or typed == "nonsense"


def test_a_day_is_typed_in_three_boxes(made_up: MadeUp) -> None:
    talks(made_up, days_ago=20, language="Kurdish")
    talks(made_up, days_ago=10)
    day = made_up.now.astimezone(LONDON).date() - timedelta(days=15)

    page = made_up.browser_of(made_up.sam).get(
        reverse("profile:profile", args=[made_up.jay.book]),
        {"on_date": str(day.day), "on_month": str(day.month), "on_year": str(day.year)},
    )

    assert "Kurdish" in page.text
    assert "English with Makaton" not in page.text
