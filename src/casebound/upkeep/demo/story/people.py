"""The made-up provider: its homes, the children, the workers and their appointments.

Every name, place and number is invented. Nobody here is taken from a real child's life.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

TOLD_ON: Final = date(2026, 11, 23)  # the day on which the ages and dates below are right
LEAP_DAY: Final = (2, 29)


@dataclass(frozen=True, slots=True)
class Provider:
    """The organisation that runs the homes."""

    key: str
    name: str
    county: str


@dataclass(frozen=True, slots=True)
class Home:
    """A children's home. `number` says outright that it is not a real registration number."""

    key: str
    name: str
    address: str
    number: str


@dataclass(frozen=True, slots=True)
class Pronouns:
    """How a child is spoken of."""

    they: str
    them: str
    their: str
    theirs: str
    themself: str

    def __str__(self) -> str:
        """Return the pronouns as people write them: she/her."""
        return f"{self.they}/{self.them}"


SHE: Final = Pronouns("she", "her", "her", "hers", "herself")
HE: Final = Pronouns("he", "him", "his", "his", "himself")
THEY: Final = Pronouns("they", "them", "their", "theirs", "themself")


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child who lives in one of the homes."""

    key: str
    full_name: str
    called: str
    pronouns: Pronouns
    born_on: date
    home: str
    admitted_on: date
    key_worker: str
    languages: str
    communication: str
    likes: str


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works for the provider. `line` is what the demo's door page says of them."""

    key: str
    full_name: str
    username: str
    line: str
    face: int  # seeds the drawing of their face


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a worker is, where, and from when to when. Without a home, for the whole provider."""

    worker: str
    role: str
    home: str | None
    child: str | None
    from_on: date
    to_on: date | None = None


PROVIDER: Final = Provider("wendle", "Wendle Valley Homes for Children", "Wendleshire")

HOMES: Final = (
    Home("quince", "Quince Cottage", "4 The Green, Sallowby, Wendleshire", "DEMO-0001"),
    Home("ferry", "The Old Ferry House", "Slipway Lane, Port Ellery, Wendleshire", "DEMO-0002"),
)

CHILDREN: Final = (
    Child(
        key="maisie",
        full_name="Maisie Thorncroft",
        called="Maisie",
        pronouns=SHE,
        born_on=date(2017, 3, 14),
        home="quince",
        admitted_on=date(2025, 6, 9),
        key_worker="bethan",
        languages="English",
        communication="Talks readily. Puts a hand flat under her chin when words will not come.",
        likes="Animals, drawing them, gymnastics, the long way home past the horses",
    ),
    Child(
        key="jaydon",
        full_name="Jaydon Okoro-Bell",
        called="Jaydon",
        pronouns=HE,
        born_on=date(2013, 4, 22),
        home="quince",
        admitted_on=date(2024, 9, 17),
        key_worker="tomasz",
        languages="English",
        communication="Talks best side by side: in the car, on a walk, over a mend.",
        likes="Football, making beats, jollof, his brother Malachi",
    ),
    Child(
        key="rowan",
        full_name="Rowan Pryce",
        called="Rowan",
        pronouns=THEY,
        born_on=date(2011, 2, 2),
        home="quince",
        admitted_on=date(2023, 11, 6),
        key_worker="shanice",
        languages="English, a little Welsh",
        communication="Likes plain words and to be asked twice.",
        likes="Comics, youth theatre, thick books, the window seat",
    ),
    Child(
        key="theo",
        full_name="Theo Marchetti-Lowe",
        called="Theo",
        pronouns=HE,
        born_on=date(2015, 5, 20),
        home="quince",
        admitted_on=date(2025, 1, 20),
        key_worker="callum",
        languages="English, some Italian songs",
        communication="Some words, Makaton signs and a book of symbols. Show, say, count to ten.",
        likes="Trains, water, the level crossing, the washing machine",
    ),
    Child(
        key="diyar",
        full_name="Diyar Salar",
        called="Diyar",
        pronouns=HE,
        born_on=date(2010, 1, 9),
        home="ferry",
        admitted_on=date(2025, 10, 2),
        key_worker="oisin",
        languages="Kurdish (Sorani); English for daily life",
        communication="Interpreter for meetings, the doctor and his claim; the same one each time.",
        likes="Birds, bicycles, table tennis, bread",
    ),
    Child(
        key="keira",
        full_name="Keira-Leigh Ansell",
        called="Keira",
        pronouns=SHE,
        born_on=date(2009, 4, 27),
        home="ferry",
        admitted_on=date(2024, 2, 12),
        key_worker="leanne",
        languages="English",
        communication="Says it straight, after coffee.",
        likes="Cooking, her nephew, driving lessons, a yellow front door one day",
    ),
    Child(
        key="safiya",
        full_name="Safiya Brennan",
        called="Safiya",
        pronouns=SHE,
        born_on=date(2014, 7, 8),
        home="ferry",
        admitted_on=date(2026, 3, 3),
        key_worker="nirmala",
        languages="English, some Bengali, learning Arabic",
        communication="Wants the real words, said sitting down, in an ordinary voice.",
        likes="Space, skateboarding, baking, Grandad Joe's allotment",
    ),
)

WORKERS: Final = (
    Worker(
        "marguerite",
        "Marguerite Osei-Tandy",
        "marguerite.osei-tandy",
        "Manages Quince Cottage and knows which stair creaks.",
        11,
    ),
    Worker(
        "callum",
        "Callum Brackenridge",
        "callum.brackenridge",
        "Deputy at Quince Cottage; will miss a meeting to watch a train with Theo.",
        23,
    ),
    Worker(
        "shanice",
        "Shanice Whitlock",
        "shanice.whitlock",
        "Senior at Quince Cottage; keeps time with a tomato.",
        37,
    ),
    Worker(
        "tomasz",
        "Tomasz Wilczak",
        "tomasz.wilczak",
        "Stands on every touchline in every weather.",
        41,
    ),
    Worker(
        "bethan",
        "Bethan Colley",
        "bethan.colley",
        "Reads the bedtime chapter and does all the voices.",
        59,
    ),
    Worker(
        "doreen",
        "Doreen Falconbridge",
        "doreen.falconbridge",
        "Awake at Quince Cottage so that others can sleep.",
        61,
    ),
    Worker(
        "ruth",
        "Ruth Penhallick",
        "ruth.penhallick",
        "Manages The Old Ferry House with the door open and the kettle on.",
        73,
    ),
    Worker(
        "nirmala",
        "Nirmala Venkat-Rowe",
        "nirmala.venkat-rowe",
        "Senior at The Old Ferry House; answers hard questions in an ordinary voice.",
        83,
    ),
    Worker(
        "oisin",
        "Oisin Gallacher",
        "oisin.gallacher",
        "Loses at table tennis and is learning the birds.",
        97,
    ),
    Worker(
        "leanne",
        "Leanne Duxbury",
        "leanne.duxbury",
        "Has put herself down for soup, in writing.",
        101,
    ),
    Worker(
        "ewa",
        "Ewa Sadowska",
        "ewa.sadowska",
        "Hums on the night shift; it means that all is well.",
        113,
    ),
    Worker(
        "priscilla",
        "Priscilla Amankwah",
        "priscilla.amankwah",
        "Answers for both homes and visits them without ringing first.",
        127,
    ),
    Worker(
        "hugh",
        "Hugh Larkspur",
        "hugh.larkspur",
        "Looks after the paper: every file has its place and he knows it.",
        131,
    ),
    Worker(
        "devi",
        "Devi Rattan",
        "devi.rattan",
        "Keeps the accounts and the lights on, and sees nobody's story.",
        149,
    ),
)

APPOINTMENTS: Final = (
    Appointment("marguerite", "registered_manager", "quince", None, date(2021, 4, 12)),
    Appointment("callum", "deputy_manager", "quince", None, date(2022, 8, 1)),
    Appointment("shanice", "senior", "quince", None, date(2023, 1, 9)),
    Appointment("tomasz", "residential_worker", "quince", None, date(2024, 5, 20)),
    Appointment("bethan", "residential_worker", "quince", None, date(2023, 10, 2)),
    Appointment("doreen", "residential_worker", "quince", None, date(2019, 3, 4)),
    Appointment("ruth", "registered_manager", "ferry", None, date(2022, 2, 28)),
    Appointment(
        "nirmala", "residential_worker", "ferry", None, date(2022, 6, 13), date(2024, 3, 31)
    ),
    Appointment("nirmala", "senior", "ferry", None, date(2024, 4, 1)),
    Appointment("oisin", "residential_worker", "ferry", None, date(2024, 9, 30)),
    Appointment("leanne", "residential_worker", "ferry", None, date(2021, 11, 15)),
    Appointment("ewa", "residential_worker", "ferry", None, date(2020, 7, 6)),
    Appointment("priscilla", "responsible_individual", None, None, date(2020, 1, 6)),
    Appointment("hugh", "records_officer", None, None, date(2023, 5, 15)),
    Appointment("devi", "system_administrator", None, None, date(2024, 1, 8)),
    Appointment("bethan", "key_worker", "quince", "maisie", date(2025, 6, 9)),
    Appointment("tomasz", "key_worker", "quince", "jaydon", date(2024, 9, 17)),
    Appointment("shanice", "key_worker", "quince", "rowan", date(2023, 11, 6)),
    Appointment("callum", "key_worker", "quince", "theo", date(2025, 1, 20)),
    Appointment("leanne", "key_worker", "ferry", "diyar", date(2025, 10, 2), date(2026, 1, 31)),
    Appointment("oisin", "key_worker", "ferry", "diyar", date(2026, 2, 1)),
    Appointment("leanne", "key_worker", "ferry", "keira", date(2024, 2, 12)),
    Appointment("nirmala", "key_worker", "ferry", "safiya", date(2026, 3, 3)),
)

NIGHTS: Final = frozenset({"doreen", "ewa"})
WORDS_OF_ROLES: Final = {
    "residential_worker": "residential worker",
    "senior": "senior residential worker",
    "deputy_manager": "deputy manager",
    "registered_manager": "registered manager",
    "responsible_individual": "responsible individual",
    "records_officer": "records officer",
    "system_administrator": "system administrator",
}


def children_on(day: date) -> tuple[Child, ...]:
    """Return the children with their dates moved by whole years, so that they keep their ages."""
    years = years_since(day)
    return tuple(
        replace(
            child,
            born_on=_moved(child.born_on, years),
            admitted_on=_moved(child.admitted_on, years),
        )
        for child in CHILDREN
    )


def appointments_on(day: date) -> tuple[Appointment, ...]:
    """Return the appointments with their dates moved by the same years as the children's."""
    years = years_since(day)
    return tuple(
        replace(
            appointment,
            from_on=_moved(appointment.from_on, years),
            to_on=None if appointment.to_on is None else _moved(appointment.to_on, years),
        )
        for appointment in APPOINTMENTS
    )


def role_of(worker: str) -> str:
    """Return the role of a worker in words, for lists of who was present."""
    if worker in NIGHTS:
        return "waking night worker"
    roles = [
        appointment.role
        for appointment in APPOINTMENTS
        if appointment.worker == worker and appointment.to_on is None
    ]
    return WORDS_OF_ROLES[roles[0]]


def years_since(day: date) -> int:
    """Return how many whole years `day` is from the day the dates were written for.

    Negative before it. The nearest year: the youngest is nine and the oldest seventeen all along.
    """
    return round((day - TOLD_ON).days / 365.25)


def _moved(day: date, years: int) -> date:
    if (day.month, day.day) == LEAP_DAY:
        day = day.replace(day=28)
    return day.replace(year=day.year + years)
