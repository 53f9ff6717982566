"""An entry as data to be shown: typed parts, each with its audience.

Projections keep it as JSON (`to_row`, `from_row`), and `html.entry_html` renders it for one
reader. Times are in words already, in London's clock. An empty text means: not stated.
"""

from typing import Final, TypeAlias

import msgspec

from casebound.record.rendering.audience import STAFF, STAFF_AND_CHILD, Audience

DAMAGED: Final = "damaged"  # the state of an entry whose words cannot be read


class MatterView(msgspec.Struct, frozen=True, omit_defaults=True):
    """How an entry or a statement stands in one matter: `1 of 2 users spoken to`.

    `href` leads to where that was settled.

    `settled` is None where nothing waits and nothing can be done; `disputed` where the person who
    was asked says that it is not what they said.
    """

    words: str
    settled: bool | None
    href: str = ""
    disputed: bool = False
    leaf: int = 0  # of the entry that settled it, if that is restricted
    audience: Audience = STAFF


class HeldView(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a part, or the whole entry, is restricted: from the child, or among staff (`scope`)."""

    scope: str
    ground: str = ""
    reason: str = ""
    reference: str = ""
    officer: str = ""
    review_on: str = ""


class StatementView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A statement with its marks. Without words it is about another child and is left out (P40)."""

    text: str
    kind: str = "fact"
    source: str = "first_hand"
    speaker: str = ""
    told_by: str = ""
    read_in: str = ""
    whose: str = ""
    maker: str = ""
    basis: str = ""
    sharing: str = "shared"
    ground: str = ""
    reason: str = ""
    review_on: str = ""
    third_party: str = ""
    permission: str = ""
    about: str = ""  # which of the entry's children, by name; empty: all of them
    told: tuple[MatterView, ...] = ()  # whether the person who told it confirmed it
    part: str = ""  # what the part is called, if not all staff read it
    held: tuple[HeldView, ...] = ()
    audience: Audience = STAFF_AND_CHILD


class AnswerTable(msgspec.Struct, frozen=True, tag="table"):
    """The rows of an answer: the heads of the columns, and the cells of each row in words."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class DrawingView(msgspec.Struct, frozen=True, tag="drawing"):
    """A drawing and the same in words. `svg` is a picture that `foundation.drawing` made."""

    svg: str
    heading: str
    lines: tuple[str, ...]
    description: str


AnswerValue: TypeAlias = str | AnswerTable | DrawingView


class AnswerView(msgspec.Struct, frozen=True, omit_defaults=True):
    """An answer of the form. `to_others` is how it reads to anybody but staff, if not alike."""

    label: str
    value: AnswerValue
    to_others: str = ""
    about: str = ""  # which of the entry's children, by name; empty: all of them
    left_out: bool = False  # it is about another child, and keeps its place (P40)
    third_party: str = ""
    permission: str = ""
    part: str = ""  # what the part is called, if not all staff read it
    held: tuple[HeldView, ...] = ()
    audience: Audience = STAFF_AND_CHILD


class FileView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of the entry; one about another child is `left_out` and keeps its place (P40).

    Of a picture `shown` and `thumb` are where its copies are.
    """

    kind: str  # "Photograph"
    href: str = ""
    name: str = ""
    size: str = ""  # "1.2 MB"
    alt: str = ""
    scale: str = ""  # "150 mm wide in real life"
    shown: str = ""
    thumb: str = ""
    note: str = ""  # how the file was read, in words
    plays: bool = False  # sound that browsers play
    is_page: bool = False
    about: str = ""  # which of the entry's children, by name; empty: all of them
    left_out: bool = False
    third_party: str = ""
    permission: str = ""
    part: str = ""  # what the part is called, if not all staff read it
    held: tuple[HeldView, ...] = ()
    audience: Audience = STAFF_AND_CHILD


class LinkView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line under an entry that leads to another: `Corrected by no. 14`.

    `leaf` is the leaf of the other entry, if it is restricted.
    """

    words: str
    href: str = ""
    leaf: int = 0
    audience: Audience = STAFF


class ReasonView(msgspec.Struct, frozen=True, omit_defaults=True):
    """A statement of the later entry that struck this one or told it to be in the wrong book."""

    text: str
    audience: Audience = STAFF_AND_CHILD


class EntryView(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """An entry as data. `seen.FIELDS` says who reads the fields without an audience."""

    number: int  # 0: it has none yet (read through before signing)
    form: str
    happened: str  # "Monday 23 November 2026, 18:30 to 19:00"
    signed: str  # "Monday 23 November 2026, 22:41"; empty: not signed yet
    author: str
    role: str
    statements: tuple[StatementView, ...] = ()
    answers: tuple[AnswerView, ...] = ()
    files: tuple[FileView, ...] = ()
    standing: tuple[MatterView, ...] = ()
    links: tuple[LinkView, ...] = ()
    href: str = ""  # the entry's own page
    where: str = ""
    how_known: str = ""  # "was there", "was told by Ruth Abara, teacher"
    present: str = ""  # "nobody else", or names with their roles
    present_to_others: str = ""  # the same without the names of other children
    also_about: str = ""  # the other children an entry is about, by name
    late: str = ""  # by how much: "signed 31 hours after it happened"; empty: not late
    late_reason: str = ""
    word_reason: str = ""  # why a word that may offend stands
    language: str = ""
    interpreter: str = ""
    numbered: tuple[str, ...] = ()  # "no. 4 of the register of restraint"
    moved: str = ""  # when its draft was moved here from another book; empty: begun here
    state: str = ""  # "", "struck", "misfiled" or "damaged"
    state_reason: tuple[ReasonView, ...] = ()
    replaced: str = ""  # says that names of other children were; never kept in a row
    held: tuple[HeldView, ...] = ()  # why the whole entry is restricted
    anchor: str = ""  # in place of no-<number>, where a page shows an entry twice


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(EntryView)


def to_row(view: EntryView) -> str:
    """Return the entry as a row keeps it."""
    return _encoder.encode(view).decode()


def holds_parts(body: str) -> bool:
    """Say whether a row keeps parts that not all staff read. Quotes in words are escaped there."""
    return '"part":' in body


def from_row(body: str) -> EntryView:
    """Return the entry that a row keeps."""
    return _decoder.decode(body)
