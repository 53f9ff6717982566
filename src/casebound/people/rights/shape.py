"""What the table of rights is made of: permissions, situations and roles, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
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
    OPEN_FOR_A_TIME = "open_for_a_time"
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
    ONE_CHILD = "one_child"


class ReadsAs(StrEnum):
    """As who somebody reads an entry: staff, or only what the child may read."""

    STAFF = "staff"
    CHILD = "child"


# Permissions that a role has form by form: its `forms` narrow these and nothing else.
ON_FORMS: Final = frozenset({Permission.WRITE_ENTRY, Permission.FINISH_OWN_DRAFT})
ALWAYS: Final = frozenset(Situation)
# The situations of today: what somebody may do in general, before they open any book.
TODAY: Final = frozenset({Situation.HOME, Situation.LIVES_HERE})
IN_HOURS: Final = timedelta(days=4)  # a shorter span is said in hours
# What is left of an appointment for a short time after its end (`Role.after_end`).
AFTER_END: Final = frozenset({Permission.FINISH_OWN_DRAFT})


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
        is_visitor: whether they do not work here. No list of colleagues names them.
        longest: how long an appointment lasts at most; None if it needs no end.
        after_end: how long after its end they still finish what they had begun to write.
        with_consent: as `may`, while the child and the placing authority consent.
        reads: names of the only forms whose entries it reads; None means every form.
        reads_as: as who it reads an entry.
        names_children: whether it is told the names of children without that consent.
    """

    key: str
    words: str
    seniority: int
    works: frozenset[Works]
    appointed_by: frozenset[str]
    may: Mapping[str, frozenset[Situation]]
    forms: frozenset[str] | None = None
    forms_of_users: frozenset[str] = frozenset()
    is_visitor: bool = False
    longest: timedelta | None = None
    after_end: timedelta = timedelta(0)
    with_consent: Mapping[str, frozenset[Situation]] = field(default_factory=dict)
    reads: frozenset[str] | None = None
    reads_as: ReadsAs = ReadsAs.STAFF
    names_children: bool = True

    def gives(
        self,
        permission: StrEnum,
        situation: Situation,
        *,
        form: str = "",
        used_it: bool = False,
        consented: bool = False,
    ) -> bool:
        """Say whether the role has a permission in a situation, and (if named) on a form.

        A role that reads in part does not read the book: it reads a form, if that is named.

        Args:
            permission: what somebody would do.
            situation: how the book belongs to the home of the role.
            form: the form they would do it on, or whose entries they would read.
            used_it: the worker used the measure that the form records.
            consented: the child and the placing authority consent to it.
        """
        where = self.may.get(permission.value, frozenset())
        if consented:
            where |= self.with_consent.get(permission.value, frozenset())
        if situation not in where:
            return False
        if permission == Permission.READ_BOOK and self.reads_in_part:
            return bool(form) and (self.reads is None or form in self.reads)
        if self.forms is None or not form or permission not in ON_FORMS:
            return True
        return form in self.forms or (used_it and form in self.forms_of_users)

    @property
    def is_of_one_child(self) -> bool:
        """Whether the role is held for one child."""
        return not self.works.isdisjoint({Works.CHILD, Works.ONE_CHILD})

    @property
    def reads_in_part(self) -> bool:
        """Whether it reads some forms alone, or only what the child may read."""
        return self.reads is not None or self.reads_as is ReadsAs.CHILD

    @property
    def is_for_a_time(self) -> bool:
        """Whether an appointment to the role has an end from its beginning."""
        return self.longest is not None

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
