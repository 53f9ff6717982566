"""Days and times of day as people type them: one reading of them for every box of the house.

What can mean two things is asked about, and each refusal advises something that is accepted.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.foundation.base.times import LONDON, day_in_words

YEARS: Final = range(1900, 3000)  # a slip of the finger, not something that happened
NOT_A_DAY: Final = gettext_noop("give a date, such as 23 November 2026")
NOT_A_TIME: Final = gettext_noop("give a time of day, such as 18:30")
MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
SHORTEST: Final = 3  # letters of a month or a weekday: "Nov"
NOON: Final = 12
ZONES: Final = ("BST", "GMT")  # of the hour that comes twice, the first and the second

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_PARTS: Final = re.compile(r"[0-9]+|[^\W\d_]+")
_BETWEEN: Final = re.compile(r"[\s,./\u2010-\u2015\u2212-]*")
_CLOCK: Final = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:\s*[:.]\s*(?P<minute>[0-9]{1,2})"
    r"(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,6})?)?)?\s*(?P<half>[ap]\.?\s*m\.?)?",
    re.IGNORECASE,
)
_FOUR: Final = re.compile(r"([0-9]{2})([0-9]{2})(?:\s*(?:h|hrs|hours))?", re.IGNORECASE)
_ZONE: Final = re.compile(r"\s*\(?\b(BST|GMT)\)?$|\s*(Z|[+-][0-9]{2}:[0-9]{2})$", re.IGNORECASE)
_WORDS: Final = {"noon": "12:00", "midday": "12:00"}
_SUFFIXES: Final = frozenset({"st", "nd", "rd", "th"})


class TypedTimeError(ValueError):
    """What was typed means no day or no time; the message says why and what to do."""


def typed_day(text: str) -> date:
    """Return the day that was typed: `23 November 2026`, `23/11/2026`, `29 2 2012`, `2026-11-23`.

    The day comes before the month, as people in England write it, unless the month is a word.

    Raises:
        TypedTimeError: it is no day of the calendar, or could be several.
    """
    text = text.strip()
    if iso := _ISO.fullmatch(text):
        return _on_calendar(int(iso[3]), int(iso[2]), iso[1])
    parts = _parts(text)
    weekday = _place(parts[0], WEEKDAYS) if parts else None
    if weekday is not None:
        parts = parts[1:]
    found = _in_order(parts)
    if weekday is not None and found.weekday() != weekday:
        raise TypedTimeError(
            gettext(
                "{day} {found:%B %Y} is a {found_2:%A}. Check the day, and write it as {found_3} "
                "if that is right"
            ).format(day=found.day, found=found, found_2=found, found_3=day_in_words(found))
        )
    return found


def _parts(text: str) -> list[str]:
    """Return the numbers and words of a day, without `th` and `of`."""
    if _BETWEEN.fullmatch(_PARTS.sub("", text)) is None:
        raise TypedTimeError(gettext(NOT_A_DAY))
    parts = [part.lower() for part in _PARTS.findall(text)]
    return [
        part
        for before, part in zip(["", *parts], parts, strict=False)
        if part != "of" and not (part in _SUFFIXES and before.isdigit())
    ]


def _in_order(parts: list[str]) -> date:
    if len(parts) != 3:  # noqa: PLR2004 (day, month, year)
        raise TypedTimeError(_what_is_missing(parts))
    day, month, year = parts
    if _place(day, MONTHS) is not None and month.isdigit():  # "November 23 2026"
        day, month = month, day
    place = _place(month, MONTHS)
    number = place + 1 if place is not None else int(month) if month.isdigit() else 0
    if not (day.isdigit() and number and year.isdigit()):
        raise TypedTimeError(gettext(NOT_A_DAY))
    return _on_calendar(int(day), number, year)


def _what_is_missing(parts: list[str]) -> str:
    """Say what a day lacks, if it is the year."""
    if len(parts) == 2 and parts[0].isdigit():  # noqa: PLR2004 (day and month)
        return gettext("give the year too, such as 23 November 2026")
    return gettext(NOT_A_DAY)


def _on_calendar(day: int, month: int, year: str) -> date:
    if len(year) != 4:  # noqa: PLR2004 (a year in full)
        raise TypedTimeError(gettext("give the year with four digits, such as 23 November 2026"))
    if month > 12 >= day:  # noqa: PLR2004 (months of a year)
        raise TypedTimeError(
            gettext("there is no month {month}. Write the day first, then the month").format(
                month=month
            )
        )
    if int(year) not in YEARS:
        raise TypedTimeError(
            gettext("the year {year} cannot be right. Check it").format(year=int(year))
        )
    try:
        return date(int(year), month, day)
    except ValueError:
        raise TypedTimeError(gettext("there is no such date or time in the calendar")) from None


def _place(word: str, words: tuple[str, ...]) -> int | None:
    """Return which of these a word is or begins: `nov`, `Sept`."""
    if len(word) < SHORTEST:
        return None
    return next((place for place, full in enumerate(words) if full.startswith(word)), None)


def typed_time(text: str) -> str:
    """Return the time of day that was typed, as `HH:MM`, or `HH:MM:SS` if seconds were.

    `9:05`, `9.05`, `0905`, `9.05 pm`, `9pm` and `noon` are times. `9` could be any of two, and
    `21:5` too: they are asked about.

    Raises:
        TypedTimeError: it is no time of day, or could be several.
    """
    text = _WORDS.get(text.strip().lower(), text.strip())
    if four := _FOUR.fullmatch(text):
        return _of_day(int(four[1]), four[2], "", "")
    found = _CLOCK.fullmatch(text)
    if found is None:
        if text.lower() == "midnight":
            raise TypedTimeError("give 00:00 if the day begins with it, or 23:59 if it ends")
        raise TypedTimeError(gettext(NOT_A_TIME))
    half = (found["half"] or "").lower()[:1]
    return _of_day(int(found["hour"]), found["minute"] or "", found["second"] or "", half)


def _of_day(hour: int, minute: str, second: str, half: str) -> str:
    if not minute and not half:
        raise TypedTimeError(
            gettext("give the minutes too, such as {value:02d}:00").format(value=hour % 24)
        )
    if len(minute) == 1:
        raise TypedTimeError(
            gettext(
                "give the minutes with two digits: {value:02d}:0{minute}, or "
                "{value_2:02d}:{minute_2}0"
            ).format(value=hour % 24, minute=minute, value_2=hour % 24, minute_2=minute)
            if int(minute) < 6  # noqa: PLR2004 (tens of minutes)
            else gettext("give the minutes with two digits: {value:02d}:0{minute}").format(
                value=hour % 24, minute=minute
            )
        )
    if half:
        if not 1 <= hour <= NOON:
            raise TypedTimeError(gettext("give a time such as 6.30 pm, or 18:30"))
        hour = hour % NOON + (NOON if half == "p" else 0)
    if hour > 23 or int(minute or 0) > 59 or int(second or 0) > 59:  # noqa: PLR2004 (a clock's)
        raise TypedTimeError(
            gettext("give 00:00 and the day that begins then")
            if hour == 24  # noqa: PLR2004
            else gettext(NOT_A_TIME)
        )
    return f"{hour:02d}:{int(minute or 0):02d}" + (f":{second}" if second else "")


def typed_moment(text: str, *, fold: int = 0) -> datetime:
    """Return the instant in UTC that a typed day and time mean.

    It is wall time in Europe/London, unless it ends with an offset (`+01:00`, `Z`). In the hour
    that comes twice in October, `BST` or `GMT` after the time says which one is meant; without it
    the first one is, unless `fold` is 1 (decision 0009).

    Raises:
        TypedTimeError: it is no day and time, or names an hour that did not exist.
    """
    text, zone = without_zone(text.strip())
    day, time = _halves(text)
    wall = datetime.fromisoformat(f"{typed_day(day).isoformat()}T{typed_time(time)}")
    if zone and zone not in {"BST", "GMT"}:
        return _with_offset(wall, zone)
    meant = wall.replace(tzinfo=LONDON, fold=int(zone == "GMT") if zone else fold)
    if meant.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None, fold=0) != wall:
        raise TypedTimeError(
            gettext(
                "the clocks went forward that night, so this hour did not exist. Give the time "
                "it was by the new clock"
            )
        )
    if zone and meant.tzname() != zone:
        raise TypedTimeError(
            gettext("the clocks showed {tzname} then, not {zone}").format(
                tzname=meant.tzname(), zone=zone
            )
        )
    return meant.astimezone(UTC)


def _with_offset(wall: datetime, offset: str) -> datetime:
    try:
        return datetime.fromisoformat(f"{wall.isoformat()}{offset}").astimezone(UTC)
    except (ValueError, OverflowError):
        raise TypedTimeError(
            gettext("there is no time {offset} from that of Greenwich").format(offset=offset)
        ) from None


def without_zone(text: str) -> tuple[str, str]:
    """Return a text without the offset, or the BST or GMT, that it ends with; and that."""
    found = _ZONE.search(text)
    if found is None:
        return text, ""
    return text[: found.start()].rstrip(), (found[1] or found[2]).upper()


def joined_day(day: str, month: str, year: str) -> str:
    """Join what stands in the boxes for day, month and year, without losing any of it.

    A whole date in the first box is that date: it was pasted there, or typed by habit.
    """
    if not (month or year) or _is_day(day):
        return day
    return "/".join((day, month, year))


def boxed_day(posted: Mapping[str, str], name: str) -> str:
    """Return the day that a page sent as `<name>`, or as `<name>_date`, `_month` and `_year`."""
    day, month, year = (posted.get(f"{name}_{part}", "") for part in ("date", "month", "year"))
    return joined_day(day, month, year) or posted.get(name, "")


def comes_twice(day: str, time: str) -> bool:
    """Say whether a typed time is in the hour that comes twice in October."""
    time, _ = without_zone(time.strip())
    try:
        wall = datetime.fromisoformat(f"{typed_day(day).isoformat()}T{typed_time(time)}")
    except TypedTimeError:
        return False
    first, second = (wall.replace(tzinfo=LONDON, fold=fold).utcoffset() for fold in (0, 1))
    return first is not None and second is not None and first > second


def boxed_time(posted: Mapping[str, str], name: str) -> str:
    """Return the time that a page sent as `<name>_time`, with the BST or GMT chosen for it.

    What was chosen counts only in the hour that comes twice, and never against what was typed.
    """
    time, zone = posted.get(f"{name}_time", ""), posted.get(f"{name}_zone", "")
    _, typed = without_zone(time.strip())
    if zone in ZONES and not typed and comes_twice(boxed_day(posted, name), time):
        return f"{time.strip()} {zone}"
    return time


def day_asked(asked: Mapping[str, str], name: str) -> tuple[date | None, str]:
    """Return the day that a page asks for, and a sentence on what is wrong with it.

    Neither if nothing was typed.
    """
    typed = boxed_day(asked, name)
    try:
        return (typed_day(typed) if typed else None), ""
    except TypedTimeError as refused:
        words = str(refused)
        return None, f"{words[:1].upper()}{words[1:]}."


def parts_of_day(text: str) -> tuple[str, str, str]:
    """Return what stands in the boxes for day, month and year: the reverse of `joined_day`."""
    if iso := _ISO.fullmatch(text):
        return str(int(iso[3])), str(int(iso[2])), iso[1]
    if text.count("/") == len("//"):
        day, month, year = text.split("/")
        return day, month, year
    return text, "", ""


def day_and_time(text: str) -> tuple[str, str]:
    """Return the two halves of a moment as it was typed, each as it stands."""
    day, _, time = re.sub(r"(?<=[0-9/])T(?=[0-9])|T$|^T", "\x00", text, count=1).partition("\x00")
    return day, time


def _halves(text: str) -> tuple[str, str]:
    """Return the day and the time of day, which stand apart by a `T` or a space."""
    if joined := re.fullmatch(r"(.*[0-9/])T(.*)", text):
        return joined[1], joined[2]
    for found in re.finditer(r"\s+", text):
        day, time = text[: found.start()], text[found.end() :]
        if _is_day(day) and time:
            return day, time
    raise TypedTimeError("give a date and a time, such as 23 November 2026 and 18:30")


def _is_day(text: str) -> bool:
    try:
        typed_day(text)
    except TypedTimeError:
        return False
    return True
