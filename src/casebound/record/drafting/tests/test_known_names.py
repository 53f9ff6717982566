"""Names offered while one types: of which people, to which worker, and by which letters (P40)."""

from collections.abc import Mapping
from typing import Any

import pytest

from casebound.foundation.base.folding import fold
from casebound.foundation.base.ids import DraftId
from casebound.ledger.projecting.actions import rebuild
from casebound.record.book.relations import MISFILED, STRIKE, Relation
from casebound.record.drafting.known_names import known_names, letters
from casebound.record.drafting.tests.pages import url
from tests.made_up import Child, MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P40"), pytest.mark.policy("P63")]
FAMILY: Mapping[str, Any] = {
    "parents": [{"name": "Ola Quillfeather", "relation": "mother", "address": "not known",
                 "telephone": "not known"}],
    "others": [{"name": "Michał Łukaszewicz", "relation": "uncle"}],
    "contact_plan": [{"with_whom": "Michał", "how": "on Sundays"}],
}  # fmt: skip


def offered(made_up: MadeUp, child: Child | None = None) -> dict[str, str]:
    draft = made_up.draft(child or made_up.jay)
    return {name.words: name.kind for name in known_names(made_up.prepared(draft))}


def test_the_people_of_the_home_and_of_the_book_are_offered(made_up: MadeUp) -> None:
    made_up.admit("Ada Brightwater", "Ada", made_up.oak)
    made_up.write(made_up.jay, form="profile_family", statements=[], answers=FAMILY)
    made_up.write(
        made_up.jay, "We walked.", where="The boating lake", present_nobody=False,
        present=[{"name": "Ruth Abara", "role": "teacher"}, {"name": "Bo Larsson", "role": ""},
                 {"name": "Kit Adeyemi", "role": "key worker"}],
        answers={"actions": []},
    )  # fmt: skip
    made_up.write(made_up.jay, form="medicine_error", answers={"medicine": "Paracetamol 500 mg"})

    names = offered(made_up)

    assert names["Kit Adeyemi"] == "worker"
    assert "Sam Okafor" not in names  # the writer
    assert (names["Jay"], names["Ada"]) == ("own", "child")
    assert names["Michał Łukaszewicz"] == "third_party"
    assert names["Ola Quillfeather"] == "family"
    assert (names["Ruth Abara"], names["Bo Larsson"]) == ("person", "third_party")
    assert names["The boating lake"] == "place"
    assert names["Paracetamol 500 mg"] == "medicine"
    rebuild()
    assert offered(made_up) == names


def test_another_book_s_names_are_not_offered(made_up: MadeUp) -> None:
    ada = made_up.admit("Ada Brightwater", "Ada", made_up.oak)
    made_up.write(made_up.jay, form="profile_family", statements=[], answers=FAMILY)

    assert "Michał Łukaszewicz" in offered(made_up)
    assert "Michał Łukaszewicz" not in offered(made_up, ada)


@pytest.mark.parametrize("how", [STRIKE, MISFILED])
def test_the_names_of_an_entry_that_does_not_stand_are_not_offered(
    made_up: MadeUp, how: Relation
) -> None:
    made_up.write(made_up.jay, "We walked.", where="The boating lake")
    assert "The boating lake" in offered(made_up)

    made_up.put_right(made_up.jay, 2, how, by=made_up.dana)

    assert "The boating lake" not in offered(made_up)


def test_the_names_of_a_concern_and_of_another_child_s_part_are_not_offered(
    made_up: MadeUp,
) -> None:
    ada = made_up.admit("Ada Brightwater", "Ada", made_up.oak)
    made_up.write(
        made_up.jay, "Somebody said something.", form="allegation", present_nobody=False,
        present=[{"name": "Greta Hollins", "role": ""}],
    )  # fmt: skip
    made_up.write(
        made_up.jay, form="access_limit", also_about=[ada.id],
        statements=[{"text": "The pantry is locked."},
                    {"text": "Ada hid it.", "about": [ada.id], "sharing": "third_party",
                     "third_party": "Tove Nyberg"}],
    )  # fmt: skip

    assert "Greta Hollins" not in offered(made_up)
    assert "Tove Nyberg" not in offered(made_up)
    assert offered(made_up, ada)["Tove Nyberg"] == "third_party"


def test_the_list_is_the_author_s_alone_and_in_no_cache(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay)

    answer = made_up.browser_of(made_up.sam).post(url("names", draft))
    assert "no-store" in answer.headers["Cache-Control"]
    assert {"words": "Kit Adeyemi", "what": "key worker", "kind": "worker",
            "keys": ["kit adeyemi"], "also": [], "ordinary": False,
            } in answer.json()["names"]  # fmt: skip
    assert made_up.browser_of(made_up.sam).get(url("names", draft)).status_code == 405
    assert made_up.browser_of(made_up.dana).post(url("names", draft)).status_code == 404


def test_nothing_is_offered_once_the_child_has_moved_on(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, "We walked.", where="The boating lake")
    draft = made_up.draft(made_up.jay)
    browser = made_up.browser_of(made_up.sam)
    assert browser.post(url("names", draft)).json()["names"]

    made_up.leave(made_up.jay)

    assert browser.post(url("names", draft)).json()["names"] == []


def test_signs_in_a_name_do_not_hide_it(made_up: MadeUp) -> None:
    made_up.write(
        made_up.jay, "We walked.", present_nobody=False,
        present=[{"name": "Orla O’Hara", "role": "aunt"}, {"name": "Николай", "role": ""}],
    )  # fmt: skip

    listed = known_names(made_up.prepared(DraftId(made_up.draft(made_up.jay))))

    keys = {name.words: list(name.keys) for name in listed}
    assert keys["Orla O’Hara"] == ["orla ohara", "orla o hara"]
    assert keys["Николай"] == [fold("Николай")]
    assert letters()["ł"] == "l"
    assert "é" not in letters()  # the browser takes it apart itself
