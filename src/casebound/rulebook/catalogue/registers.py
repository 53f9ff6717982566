"""The registers of a home: what each is of, and the rule that asks for it (reg 35, Schedule 4).

A register numbers the entries of one or more forms (`register` in the form's file) and holds none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import ANY_FORM, Form, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterKind:
    """A register in words.

    Attributes:
        called: as its page is headed.
        in_sentence: as it stands in a sentence, behind "no. 4 of".
        rule: what asks for it.
        shows: the answers it shows beside the number, by field, with a short label: what the rule
            asks a register to say.
        managers_only: whether nobody but those who answer for the home reads it, because an entry
            may be about a colleague.
    """

    called: str
    in_sentence: str
    rule: str
    shows: tuple[tuple[str, str], ...] = ()
    managers_only: bool = False

    @property
    def title(self) -> str:
        """What its page is headed, in the language of the reader."""
        return gettext(self.called)

    @property
    def of(self) -> str:
        """How it stands in a sentence, in the language of the reader."""
        return gettext(self.in_sentence)


REGISTERS: Final[Mapping[Register, RegisterKind]] = {
    Register.RESTRAINT: RegisterKind(
        called=gettext_noop("Restraint"),
        in_sentence=gettext_noop("the register of restraint"),
        rule="reg 35(3)",
    ),
    Register.CONTROL: RegisterKind(
        called=gettext_noop("Control and discipline"),
        in_sentence=gettext_noop("the register of control and discipline"),
        rule="reg 35(3)",
    ),
    Register.MISSING: RegisterKind(
        called=gettext_noop("Missing or away"),
        in_sentence=gettext_noop("the register of children missing"),
        rule="Sch 3 para 14",
    ),
    Register.ADDITIONAL: RegisterKind(
        called=gettext_noop("Additional measures"),
        in_sentence=gettext_noop("the register of additional measures"),
        rule="P60",
    ),
    Register.COMPLAINT: RegisterKind(
        called=gettext_noop("Complaints"),
        in_sentence=gettext_noop("the register of complaints"),
        rule="reg 39(3)",
        managers_only=True,
    ),
    Register.ALLEGATION: RegisterKind(
        called=gettext_noop("Allegations and concerns"),
        in_sentence=gettext_noop("the register of allegations"),
        rule="reg 34(2)(d)",
        managers_only=True,
    ),
    Register.VISITOR: RegisterKind(
        called=gettext_noop("Visitors"),
        in_sentence=gettext_noop("the register of visitors"),
        rule="Sch 4 para 5",
        shows=(
            ("visitor", gettext_noop("Who")),
            ("organisation", gettext_noop("From")),
            ("reason", gettext_noop("Why")),
        ),
    ),
    Register.FIRE_DRILL: RegisterKind(
        called=gettext_noop("Fire drills"),
        in_sentence=gettext_noop("the register of fire drills"),
        rule="Sch 4 para 6",
        shows=(
            ("kind", gettext_noop("What")),
            ("deficiency", gettext_noop("Not as it should be")),
            ("remedy", gettext_noop("Put right")),
        ),
    ),
    Register.ADMISSION: RegisterKind(
        called=gettext_noop("Admissions"),
        in_sentence=gettext_noop("the register of admissions"),
        rule="Sch 4 para 1",
        shows=(
            ("came_on", gettext_noop("Came")),
            ("address_before", gettext_noop("From")),
            ("placed_by", gettext_noop("Placing authority")),
            ("placed_under", gettext_noop("Under")),
            ("left_on", gettext_noop("Left")),
            ("address_after", "To"),
        ),
    ),
}


def is_for_managers(form: Form) -> bool:
    """Say whether only those who answer for the home may be pointed to an entry on a form.

    It may be about a colleague. So may an entry that follows it.
    """
    if form.register is not None:
        return REGISTERS[form.register].managers_only
    others = (name for name in form.follows if name not in {ANY_FORM, form.name})
    followed = [catalogue.form(name) for name in others]
    return bool(followed) and all(is_for_managers(earlier) for earlier in followed)


def names_parties(form: Form) -> bool:
    """Say whether somebody who is picked in a draft as party is kept from all of its matter.

    Of a draft that was opened: its form has no question that is not asked of it (`of_matter`).
    """
    return is_for_managers(form) or any(field.of_matter for field in form.fields)


@cache
def forms_for_managers() -> frozenset[str]:
    """Return the names of the forms whose entries are for those who answer for the home."""
    return frozenset(
        form.name for form in catalogue.shipped().forms.values() if is_for_managers(form)
    )


def register_words(name: str) -> str:
    """Return a register as it stands in a sentence; one of a later form by its own name."""
    names = {register.value: kind.of for register, kind in REGISTERS.items()}
    return names.get(name, f"the register “{name}”")
