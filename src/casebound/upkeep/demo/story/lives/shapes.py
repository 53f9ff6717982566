"""What the files of lives may say, key by key. How to read them: see `__init__.py`."""

from datetime import date
from typing import Any

from msgspec import field

from casebound.foundation.base.data_files import Strict, Text


class Say(Strict):
    """A statement with what is withheld, or about somebody else."""

    say: Text
    withheld: str = ""
    reason: str = ""
    review: int = 0
    about: str = ""
    permission: str = ""


class Session(Strict, kw_only=True):
    """A key session: what it was about, the note taken in it, what was written of it."""

    topic: Text
    note: tuple[Text, ...]
    say: tuple[Text | Say, ...]
    language: str = ""
    interpreter: str = ""


class Regular(Strict, kw_only=True):
    """A contact that comes round again."""

    who: Text
    relation: Text
    mode: Text
    days: tuple[Text, ...]
    every: int = 1
    at: Text
    minutes: int
    where: str
    open: tuple[Text, ...]
    middle: tuple[Text, ...]
    close: tuple[Text, ...]
    views: tuple[Text, ...]
    slots: dict[str, tuple[str, ...]] = {}
    needs: str = ""
    language: str = ""
    interpreter: str = ""


class Arc(Strict, kw_only=True):
    """One entry of a running story."""

    id: Text
    week: int
    day: Text
    at: Text
    to: str
    form: Text
    by: str
    where: str
    say: tuple[Text | Say, ...]
    present: tuple[Text, ...] = ()
    also: tuple[Text, ...] = field(name="with", default=())  # children in whose books it is too
    needs: str = ""
    late: bool = False
    why: str = ""  # it is late
    origin: str = ""
    after: tuple[str, str] | None = None
    reason: str = ""
    language: str = ""
    interpreter: str = ""
    follows: tuple[str, str] | None = None  # the earlier one, and for which of several
    answers: dict[str, Any] = {}
    day_after: str = ""  # it is told on the day after that one, and not by week and day
    tells_to: str = ""  # the last moment its words tell of, if that lies after its end
    in_log: str = ""  # the sentence with which the daily log of that shift points to it
    log_day: Text = "difficult"  # how that log says the day was
    log_mood: tuple[str, ...] = ()
    log_alone: bool = False  # that log says nothing else
    log_school: str = ""  # how much of the school day there was, if not all of it
    in_night: str = ""  # all that the log of the night after says; no early one follows it


class Begun(Strict):
    """A draft: begun so many minutes ago, and not signed."""

    child: Text
    form: Text
    minutes: int
    say: tuple[Text | Say, ...]


class Life(Strict, kw_only=True):
    """Everything authored for one child, or for the house."""

    slots: dict[str, tuple[str, ...]] = {}
    pools: dict[str, tuple[Text, ...]]
    sessions: tuple[Session, ...] = field(name="session", default=())
    regulars: tuple[Regular, ...] = field(name="contact", default=())
    arcs: tuple[Arc, ...] = field(name="arc", default=())
    drafts: tuple[Begun, ...] = field(name="draft", default=())


class Round(Strict, kw_only=True):
    """Something that comes round: when, who writes it, and what."""

    key: Text
    form: Text
    dice: str = ""  # the chance it follows, if not the one of its key
    when: str = ""  # tags, as sentences have them
    weeks: tuple[int, ...] = ()  # of the story; `spread` puts books into as many different weeks
    spread: int = 1
    days_later: int = 0  # it is written so many days after the day that it is due
    of: tuple[str, ...] = ()  # the books it is for; all, if none is named
    in_a_hundred: int = 100  # days on which it happens, or else what is `otherwise`
    otherwise: dict[str, Any] = {}  # the answers of every other day
    draw: dict[str, Text | tuple[Text | dict[str, str], ...]] = {}  # slots, drawn one by one
    in_turn: dict[str, tuple[Text | dict[str, str], ...]] = {}  # slots, one week after another
    by_month: dict[str, tuple[Text, ...]] = {}  # slots, one month after another
    at: Text
    lasts: str = ""  # minutes
    by: Text
    signed_after: int = 200  # seconds
    minutes_later: int = 0  # it begins so many minutes after `at`
    answers: dict[str, Any] = {}
    say: tuple[Text, ...] = ()
    present: tuple[Text, ...] = ()
    follows: tuple[str, str] | None = None  # the one that was due the same day, and which of it


class DosedAtAge(Strict, kw_only=True):
    """How much of a medicine a label allows at an age: as it is written down, and the most."""

    from_age: int = field(name="from")
    to_age: int = field(name="to")
    dose: Text
    most: float


class Label(Strict, kw_only=True):
    """What the label of a medicine says that is given without a prescription."""

    medicine: Text
    unit: Text
    hours_between: int
    most_a_day: int
    ages: tuple[DosedAtAge, ...]


class Declined(Strict):
    """A dose of a course that was not taken: which, why, and how long it was tried."""

    number: int
    minutes: int
    why: Text


class Course(Strict, kw_only=True):
    """A course of so many doses, at the same times each day, from a day and time on."""

    week: int
    day: Text
    first: Text
    at: tuple[Text, ...]
    doses: int
    declined: tuple[Declined, ...] = ()


class Prescribed(Strict, kw_only=True):
    """What a child was prescribed."""

    child: Text
    medicine: Text
    dose: Text
    most: float
    unit: Text
    a_day: int
    course: Course | None = None
    told: dict[str, Any] = {}  # the answers of the prescription


class Medicines(Strict):
    """`medicines.toml`."""

    labels: tuple[Label, ...]
    prescribed: tuple[Prescribed, ...]


class LeftOpen(Strict):
    """Something that entries ask for and that is open, or was done late: which, and why."""

    what: Text
    why: Text


class OpenThings(Strict):
    """`open.toml`."""

    open: tuple[LeftOpen, ...]
    late: tuple[LeftOpen, ...]


class Rounds(Strict):
    """What comes round to each child, and to each home."""

    child: tuple[Round, ...]
    home: tuple[Round, ...]
    spent: tuple[Text, ...]
    expected: tuple[Text, ...]
    others: tuple[dict[str, Text], ...]


class Provider(Strict):
    """The organisation that runs the homes."""

    name: Text
    county: Text


class PlannedHome(Strict, kw_only=True):
    """A children's home. `number` says outright that it is not a real registration number."""

    key: Text
    name: Text
    address: Text
    number: Text
    manager: Text
    shifts: tuple[str, str, str]  # who share lates and weekends
    nights: Text
    weekday_lates: str = ""  # a second person on weekday lates


class OnDay(Strict):
    """A day of the story, by week and weekday."""

    week: int
    day: Text


class PlannedChild(Strict, kw_only=True):
    """A child who lives in one of the homes, or does for some of the ninety days.

    Attributes:
        came: the day of the story on which they came; None if they were there before.
        left: the day of the story on which they moved on; None if they stay.
        left_age: the birthday they had on the day before; 0 if it was on another day.
    """

    key: Text
    full_name: Text
    called: Text
    pronouns: Text
    face: int  # seeds the drawing of their face
    born_on: date
    home: Text
    admitted_on: date
    key_worker: Text
    social_worker: Text
    pocket_money: int
    notice: dict[str, str] = {}  # of the admission (reg 41), if their authority is another
    early_logs: int = 35  # in a hundred free mornings; older ones are out or asleep
    up_late: bool = False  # their bedtime is in the night's log
    by_second: bool = False  # the second person of a late writes their log
    says_meals: bool = False
    came: OnDay | None = None
    left: OnDay | None = None
    left_age: int = 0


class Worker(Strict):
    """Somebody who works for the provider. `line` is what the demo's door page says of them."""

    key: Text
    full_name: Text
    username: Text
    line: Text
    face: int  # seeds the drawing of their face
    details: dict[str, str] = {}  # as the home keeps them of its workers


class PlannedAppointment(Strict, kw_only=True):
    """What a worker is, where, and from when to when. Without a home, for the whole provider."""

    worker: Text
    role: Text
    home: str | None = None
    child: str | None = None
    from_on: date
    to_on: date | None = None


class People(Strict):
    """`people.toml`."""

    right_on: date
    provider: Provider
    pronouns: dict[str, dict[str, str]]
    words_of_roles: dict[str, Text]
    homes: tuple[PlannedHome, ...]
    children: tuple[PlannedChild, ...]
    workers: tuple[Worker, ...]
    visitors: tuple[Worker, ...]  # and who works there for a time
    appointments: tuple[PlannedAppointment, ...]
