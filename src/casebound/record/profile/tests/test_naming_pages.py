"""The pages that say how a child is named and when they were born."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from casebound.people.duties.reads import duties_in
from casebound.people.homes.births import BirthKnown
from casebound.people.homes.reads import child_details, children_at, names_of
from tests.made_up import PASSWORD, MadeUp
from tests.pages import as_shown
from tests.readers import MANAGER

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(made_up: MadeUp) -> Client:
    """The browser of the registered manager of Oak House."""
    return made_up.browser_of(made_up.dana)


def admitting(made_up: MadeUp, **said: str) -> tuple[str, dict[str, str]]:
    came = made_up.now.date().isoformat()
    return reverse("access:admit", args=[made_up.oak]), {
        "full_name": "Jay Larkspur", "called": "", "pronouns": "", "birth": "exact",
        "born_on": "9 4 2013", "from_at_date": came, "from_at_time": "00:01",
        "password": PASSWORD, **said,
    }  # fmt: skip


def naming(made_up: MadeUp, **said: str) -> tuple[str, dict[str, str]]:
    return reverse("access:name", args=[made_up.jay.book]), {
        "full_name": "Robin Quillfeather", "called": "Robin", "pronouns": "he, him", "face": "4",
        "from_on": (made_up.now.date() - timedelta(days=1)).isoformat(), "wished_by": "Robin",
        "old_shown": "no", "password": PASSWORD, **said,
    }  # fmt: skip


def stating(made_up: MadeUp, **said: str) -> tuple[str, dict[str, str]]:
    return reverse("access:birth", args=[made_up.jay.book]), {
        "birth": "exact", "born_on": "3 5 2011", "birth_basis": "The certificate",
        "password": PASSWORD, **said,
    }  # fmt: skip


def test_a_second_child_of_a_name_is_asked_about_at_admission(
    made_up: MadeUp, dana: Client
) -> None:
    asked = dana.post(*admitting(made_up))
    kept = dana.post(*admitting(made_up, same_name="on"))

    assert asked.status_code == 422
    assert "Already called so here: <bdi>Jay Quillfeather</bdi>" in as_shown(asked)
    assert "What shall we call this one?" in as_shown(asked)
    assert kept.status_code == 302
    names = [child.short_name for child in children_at([made_up.oak], at=made_up.now)]
    assert names == ["Jay L.", "Jay Q."]


def test_another_name_may_be_typed_instead(made_up: MadeUp, dana: Client) -> None:
    assert dana.post(*admitting(made_up, called="JJ")).status_code == 302

    names = [child.short_name for child in children_at([made_up.oak], at=made_up.now)]
    assert names == ["Jay", "JJ"]


def test_a_name_is_signed_and_the_profile_shows_it_with_who_wished_it(
    made_up: MadeUp, dana: Client
) -> None:
    answer = dana.post(*naming(made_up))
    page = as_shown(dana.get(answer.headers["Location"]))

    assert "<bdi>Robin</bdi>" in page
    assert "Wished by: <bdi>Robin</bdi>" in page
    assert "Not shown to the child: do not use it" in page
    assert names_of(made_up.jay.id)[-1].old_shown is False


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"wished_by": ""}, "Say who wished it."),
        ({"from_on": "40 1 2026"}, "no such date"),
        ({"from_on": "2999-01-01"}, "cannot be in the future"),
        ({"old_shown": ""}, "Say whether the earlier name may be shown."),
        ({"password": "not it"}, "password"),
    ],
)
def test_what_is_missing_of_a_name_is_said_and_nothing_is_lost(
    made_up: MadeUp, dana: Client, said: dict[str, str], words: str
) -> None:
    answer = dana.post(*naming(made_up, **said))

    assert answer.status_code == 422
    assert words in answer.text
    assert "Robin Quillfeather" in answer.text
    assert len(names_of(made_up.jay.id)) == 1


@pytest.mark.parametrize(
    ("said", "known", "born_on"),
    [
        ({"birth": "estimated", "born_on": "1 1 2011", "birth_by": "Jo Tamblyn"},
         BirthKnown.ESTIMATED, date(2011, 1, 1)),
        ({"birth": "disputed", "born_on": "1 1 2011", "birth_by": "Jo Tamblyn"},
         BirthKnown.DISPUTED, date(2011, 1, 1)),
        ({"birth": "unknown", "born_on": ""}, BirthKnown.UNKNOWN, None),
    ],
)  # fmt: skip
def test_a_birth_that_is_not_sure_is_admitted_shown_so_and_followed_up(
    made_up: MadeUp, dana: Client, said: dict[str, str], known: BirthKnown, born_on: date | None
) -> None:
    sent = admitting(made_up, called="Lark", birth_basis="What they say", **said)
    assert dana.post(*sent).status_code == 302
    [child] = [
        child for child in children_at([made_up.oak], at=made_up.now) if child.called == "Lark"
    ]
    details = child_details(child.id)
    assert details is not None
    assert (details.birth.known, details.birth.born_on) == (known, born_on)

    page = as_shown(dana.get(reverse("profile:profile", args=[child.id])))
    due = duties_in([child.book], reader=MANAGER, at=made_up.now)

    assert details.birth.age_words(made_up.now.date()) in page
    assert "birth/establish" in {duty.key for duty in due}
    assert ("no end can be worked out" in page) is (born_on is None)


def test_a_birth_that_is_established_ends_the_wait(made_up: MadeUp, dana: Client) -> None:
    def waits() -> bool:
        return "birth/establish" in {
            duty.key for duty in duties_in([made_up.jay.book], reader=MANAGER, at=made_up.now)
        }

    dana.post(*stating(made_up, birth="estimated", birth_by="Jo Tamblyn"))
    assert waits()

    assert dana.post(*stating(made_up)).status_code == 302

    assert not waits()
    page = as_shown(dana.get(reverse("profile:profile", args=[made_up.jay.book])))
    assert "3 May 2011" in page
    assert "about 3 May 2011, estimated by Jo Tamblyn" in page, "the history keeps it"


def test_a_day_that_does_not_fit_is_refused_beside_its_box(made_up: MadeUp, dana: Client) -> None:
    answer = dana.post(*stating(made_up, birth="unknown"))

    assert answer.status_code == 422
    assert "it says that the date of birth is not known" in answer.text


@pytest.mark.policy("P13", "P63")
def test_only_who_manages_the_home_names_a_child(made_up: MadeUp) -> None:
    for worker in (made_up.sam, made_up.lin, made_up.robin, made_up.alex):
        for page in ("access:name", "access:birth"):
            address = reverse(page, args=[made_up.jay.book])
            assert made_up.browser_of(worker).get(address).status_code == 404
