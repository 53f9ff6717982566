"""The table of rights as it is shipped, and the mistakes that stop the program."""

import re
from pathlib import Path

import pytest

from casebound.people.rights.loading import RightsFileError, read_rights
from casebound.people.rights.rights import TABLE, rights, role_of
from casebound.people.rights.shape import Permission, Situation

ROW = """
[[roles]]
key = "night_worker"
words = "night worker"
seniority = 15
works = ["home"]
appointed_by = []
may.read_book = ["home", "lives_here"]
may.write_entry = ["home", "lives_here"]
forms = ["daily_log", "note"]
"""


def table_with(tmp_path: Path, *, row: str = ROW) -> Path:
    file = tmp_path / "rights.toml"
    file.write_text(TABLE.read_text(encoding="utf-8") + row, encoding="utf-8")
    return file


def test_every_permission_has_words_and_a_role() -> None:
    table = rights()

    assert set(table.permissions) == set(Permission)
    assert {name for role in table.roles for name in role.may} == set(Permission)


@pytest.mark.policy("P63")
def test_what_a_role_may_do_follows_from_where_the_child_lives() -> None:
    worker, manager = role_of("residential_worker"), role_of("registered_manager")

    assert [worker.gives(Permission.WRITE_ENTRY, where) for where in Situation] == [
        True, True, False, False,
    ]  # fmt: skip
    assert [manager.gives(Permission.WRITE_ENTRY, where) for where in Situation] == [
        True, True, True, False,
    ]  # fmt: skip
    assert all(worker.gives(Permission.FINISH_OWN_DRAFT, where) for where in Situation)
    assert not worker.gives_today(Permission.ANSWER_FOR_BOOK)


@pytest.mark.policy("P63")
def test_a_new_role_is_one_row_and_can_name_its_forms(tmp_path: Path) -> None:
    *_, night = read_rights(table_with(tmp_path)).roles

    where = Situation.LIVES_HERE
    assert night.gives(Permission.WRITE_ENTRY, where)
    assert night.gives(Permission.WRITE_ENTRY, where, form="daily_log")
    assert not night.gives(Permission.WRITE_ENTRY, where, form="restraint")
    assert night.gives(Permission.READ_BOOK, where, form="restraint")
    assert not night.appointed_by


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('works = ["home"]', 'works = ["here"]', "night_worker: 'here' is not a valid Works"),
        ("may.read_book", "may.read_books", "night_worker: unknown permission read_books"),
        ('["home", "lives_here"]', '"home"', "night_worker: 'home' says no situation"),
        ('["home", "lives_here"]', "[]", "night_worker: [] says no situation"),
        ("appointed_by = []", 'appointed_by = ["x"]', "night_worker: appointed by unknown x"),
        ("seniority = 15", "seniority = 10", "two roles have the seniority 10"),
        ('key = "night_worker"', 'key = "senior"', "two roles have the key senior"),
        ("night_worker", "night-worker", "night-worker: the key has letters and _"),
        ("words = ", "word = ", "night_worker: 'words'"),
        ("forms = ", "form = ", "night_worker: unknown key form"),
        ("\n[[roles]]", "\n[role]\n[[roles]]", "unknown table role"),
    ],
)
def test_a_table_with_a_mistake_says_where(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(RightsFileError, match=re.escape(says)):
        read_rights(table_with(tmp_path, row=ROW.replace(old, new)))
