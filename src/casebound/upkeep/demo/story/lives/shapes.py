"""What the files of lives may say, key by key. How to read them: see `__init__.py`."""

from typing import Any

from msgspec import field

from casebound.foundation.base.data_files import Strict, Text


class SayFile(Strict, kw_only=True):
    """A statement with what is withheld, or about somebody else."""

    say: Text
    withheld: str = ""
    reason: str = ""
    review: int = 0
    about: str = ""
    permission: str = ""


class SessionFile(Strict, kw_only=True):
    """`[[session]]`."""

    topic: Text
    note: tuple[Text, ...]
    say: tuple[Text | SayFile, ...]
    language: str = ""
    interpreter: str = ""


class RegularFile(Strict, kw_only=True):
    """`[[contact]]`."""

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


class ArcFile(Strict, kw_only=True):
    """`[[arc]]`, and each event."""

    id: Text
    week: int
    day: Text
    at: Text
    to: str
    form: Text
    by: str
    where: str
    say: tuple[Text | SayFile, ...]
    present: tuple[Text, ...] = ()
    also: tuple[Text, ...] = field(name="with", default=())
    needs: str = ""
    late: bool = False
    why: str = ""
    origin: str = ""
    after: tuple[str, str] | None = None
    reason: str = ""
    language: str = ""
    interpreter: str = ""
    follows: tuple[str, str] | None = None
    answers: dict[str, Any] = {}
    day_was: str | None = None
    shift: str | None = None
    mood: Any = None
    sleep: str | None = None
    who: str | None = None
    relation: str | None = None
    mode: str | None = None


class DraftFile(Strict, kw_only=True):
    """`[[draft]]`: begun, so many minutes ago, and not signed."""

    child: Text
    form: Text
    minutes: int
    say: tuple[Text | SayFile, ...]


class LifeFile(Strict, kw_only=True):
    """The file of a child, or of the house."""

    slots: dict[str, tuple[str, ...]] = {}
    pools: dict[str, tuple[Text, ...]]
    session: tuple[SessionFile, ...] = ()
    contact: tuple[RegularFile, ...] = ()
    arc: tuple[ArcFile, ...] = ()
    draft: tuple[DraftFile, ...] = ()


class RoundsFile(Strict, kw_only=True):
    """What comes round."""

    visits: dict[str, Text]
    texts: dict[str, tuple[Text, ...]]
