"""What the table of rights is made of: permissions, situations and roles, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """Something that a role may do. A room may declare an enum of its own as well."""

    READ_BOOK = "read_book"
    WRITE_ENTRY = "write_entry"
    FINISH_OWN_DRAFT = "finish_own_draft"
    ANSWER_FOR_BOOK = "answer_for_book"
    ANSWER_ABOVE = "answer_above"
    GRANT_ACCESS = "grant_access"
    MANAGE_HOME = "manage_home"
    CHANGE_VOCABULARY = "change_vocabulary"
    VERIFY_LEDGER = "verify_ledger"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_SECURITY = "see_security"
    AGREE_ACCESS = "agree_access"


class Situation(StrEnum):
    """How a book belongs to the home where somebody has a role."""

    HOME = "home"
    LIVES_HERE = "lives_here"
    LIVED_HERE_LAST = "lived_here_last"
    LIVED_HERE_BEFORE = "lived_here_before"


class Works(StrEnum):
    """Where somebody can have a role."""

    HOME = "home"
    PROVIDER = "provider"
    CHILD = "child"


# Permissions that a role has form by form: its `forms` narrow these and nothing else.
ON_FORMS: Final = frozenset({Permission.WRITE_ENTRY, Permission.FINISH_OWN_DRAFT})
ALWAYS: Final = frozenset(Situation)
# The situations of today: what somebody may do in general, before they open any book.
TODAY: Final = frozenset({Situation.HOME, Situation.LIVES_HERE})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # one of each: the row itself
class Role:
    """A row of the table: what a worker is appointed to do.

    Attributes:
        key: the name that is sealed with an appointment.
        words: the role as people say it.
        seniority: a worker with two roles is shown, and signs, in the one with the higher number.
        works: where somebody can have the role.
        appointed_by: keys of the roles that may appoint somebody to it.
        may: for each permission, in which situations it holds.
        forms: names of the only forms it may write on; None means every form.
        forms_of_users: names of the forms it may write on if the record says that they used the
            measure themselves.
    """

    key: str
    words: str
    seniority: int
    works: frozenset[Works]
    appointed_by: frozenset[str]
    may: Mapping[str, frozenset[Situation]]
    forms: frozenset[str] | None = None
    forms_of_users: frozenset[str] = frozenset()

    def gives(
        self, permission: StrEnum, situation: Situation, *, form: str = "", used_it: bool = False
    ) -> bool:
        """Say whether the role has a permission in a situation, and (if named) on a form.

        `used_it`: the worker used the measure that the form records.
        """
        if situation not in self.may.get(permission.value, ()):
            return False
        if self.forms is None or not form or permission not in ON_FORMS:
            return True
        return form in self.forms or (used_it and form in self.forms_of_users)

    @property
    def is_of_one_child(self) -> bool:
        """Whether the role is held for one child, at the home where the child lives."""
        return Works.CHILD in self.works

    def gives_today(self, permission: StrEnum, *, form: str = "") -> bool:
        """Say whether the role has a permission in its home, or with a child who lives there."""
        return any(self.gives(permission, situation, form=form) for situation in TODAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsTable:
    """The whole table.

    Attributes:
        permissions: what each permission is called.
        roles: the roles, in their order.
        asked_by_name: forms that a duty asks one named person for, whatever forms their role has.
        used_the_measure: forms of measures that every worker who used the measure may write on.
        grantable: permissions that can be granted to a named person.
        longest_grant_days: for how many days at most such a grant lasts.
    """

    permissions: Mapping[str, str]
    roles: tuple[Role, ...]
    asked_by_name: frozenset[str]
    used_the_measure: frozenset[str]
    grantable: frozenset[str]
    longest_grant_days: int
