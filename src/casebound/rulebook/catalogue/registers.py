"""The registers of a home: what each is of, and the rule that asks for it (reg 35, Schedule 4).

A register numbers the entries of one or more forms (`register` in the form's file) and holds none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from casebound.rulebook.catalogue.shape import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterKind:
    """A register in words.

    Attributes:
        title: as its page is headed.
        of: as it stands in a sentence, behind "no. 4 of".
        rule: what asks for it.
        shows: the answers it shows beside the number, by field, with a short label: what the rule
            asks a register to say.
        managers_only: whether nobody but those who answer for the home reads it, because an entry
            may be about a colleague.
    """

    title: str
    of: str
    rule: str
    shows: tuple[tuple[str, str], ...] = ()
    managers_only: bool = False


REGISTERS: Final[Mapping[Register, RegisterKind]] = {
    Register.RESTRAINT: RegisterKind(
        title="Restraint", of="the register of restraint", rule="reg 35(3)"
    ),
    Register.CONTROL: RegisterKind(
        title="Control and discipline",
        of="the register of control and discipline",
        rule="reg 35(3)",
    ),
    Register.MISSING: RegisterKind(
        title="Missing or away", of="the register of children missing", rule="Sch 3 para 14"
    ),
    Register.ADDITIONAL: RegisterKind(
        title="Additional measures", of="the register of additional measures", rule="P45"
    ),
    Register.COMPLAINT: RegisterKind(
        title="Complaints",
        of="the register of complaints",
        rule="reg 39(3)",
        managers_only=True,
    ),
    Register.ALLEGATION: RegisterKind(
        title="Allegations and concerns",
        of="the register of allegations",
        rule="reg 34(2)(d)",
        managers_only=True,
    ),
    Register.VISITOR: RegisterKind(
        title="Visitors",
        of="the register of visitors",
        rule="Sch 4 para 5",
        shows=(("visitor", "Who"), ("organisation", "From"), ("reason", "Why")),
    ),
    Register.FIRE_DRILL: RegisterKind(
        title="Fire drills",
        of="the register of fire drills",
        rule="Sch 4 para 6",
        shows=(("kind", "What"), ("deficiency", "Not as it should be"), ("remedy", "Put right")),
    ),
    Register.ADMISSION: RegisterKind(
        title="Admissions",
        of="the register of admissions",
        rule="Sch 4 para 1",
        shows=(
            ("came_on", "Came"),
            ("address_before", "From"),
            ("placed_by", "Placing authority"),
            ("placed_under", "Under"),
            ("left_on", "Left"),
            ("address_after", "To"),
        ),
    ),
}


def register_words(name: str) -> str:
    """Return a register as it stands in a sentence; one of a later form by its own name."""
    names = {register.value: kind.of for register, kind in REGISTERS.items()}
    return names.get(name, f"the register “{name}”")
