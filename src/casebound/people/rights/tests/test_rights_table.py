"""The table of rights as it is shipped, and the mistakes that stop the program."""

import re
from pathlib import Path

import pytest

from casebound.foundation.base.data_files import DataFileError
from casebound.people.rights.loading import read_rights
from casebound.people.rights.rights import rights, role_of
from casebound.people.rights.shape import Permission, Situation
from casebound.people.rights.tests.build import NIGHT_WORKER, night_worker, table_with


def test_every_permission_has_words_and_a_role() -> None:
    table = rights()

    assert set(Permission) <= set(table.permissions)
    assert {name for role in table.roles for name in role.may} == set(table.permissions)


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
    night = night_worker(tmp_path)

    where = Situation.LIVES_HERE
    assert night.gives(Permission.WRITE_ENTRY, where)
    assert night.gives(Permission.WRITE_ENTRY, where, form="daily_log")
    assert not night.gives(Permission.WRITE_ENTRY, where, form="restraint")
    assert night.gives(Permission.WRITE_ENTRY, where, form="restraint", used_it=True)
    assert night.gives(Permission.WRITE_ENTRY, where, form="handover_read")
    assert night.gives(Permission.READ_BOOK, where, form="restraint")
    assert not night.appointed_by


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'works = ["home"]',
            'works = ["here"]',
            "made_up_role, works 1: it is “here”, which is none of home",
        ),
        ("may.read_book", "may.read_books", "made_up_role: unknown permission read_books"),
        (
            '["home", "lives_here"]',
            '"home"',
            "made_up_role, may: `read_book` “home” says no situation",
        ),
        ('["home", "lives_here"]', "[]", "made_up_role, may: `read_book` “[]” says no situation"),
        ("appointed_by = []", 'appointed_by = ["x"]', "made_up_role: appointed by unknown x"),
        ("seniority = 1005", "seniority = 10", "two roles have the seniority 10"),
        ('key = "made_up_role"', 'key = "senior"', "two roles have the key senior"),
        ("made_up_role", "made-up-role", "made-up-role: `key` “made-up-role” is no key: letters"),
        ("words = ", "word = ", "made_up_role: unknown key `word`"),
        ("seniority = 1005\n", "", "made_up_role: `seniority` is missing"),
        ("forms = ", "form = ", "made_up_role: unknown key `form`"),
        ("\n[[roles]]", "\n[role]\n[[roles]]", "rights.toml: unknown key `role`"),
    ],
)
def test_a_table_with_a_mistake_says_where(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(DataFileError, match=re.escape(says)):
        read_rights(table_with(tmp_path, NIGHT_WORKER.replace(old, new)))
