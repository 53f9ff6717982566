"""Saying in words what somebody sees, why, and what they do not see."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.times import day_in_words, in_words
from casebound.oversight.see_as.reads import SeenAs
from casebound.people.access.reads import SeenBook
from casebound.people.access.ways_in import WayIn
from casebound.people.homes.appointments import AppointmentLine
from casebound.people.homes.consents import Party
from casebound.people.restricted.parts import BookPart
from casebound.people.restricted.why_kept import WhyKept
from casebound.people.rights.shape import Permission, Situation
from casebound.rulebook.catalogue import catalogue

_BECAUSE = {
    Situation.HOME: gettext_noop("because it is the book of {home}"),
    Situation.LIVES_HERE: gettext_noop("because {title} lives at {home}"),
    Situation.LIVED_HERE_LAST: gettext_noop("because {title} lived at {home} last"),
    Situation.LIVED_HERE_BEFORE: gettext_noop("because {title} lived at {home} before"),
}
WHY_KEPT = {
    WhyKept.ABOUT_THEM: gettext_noop("It is about them. They never read it, whatever their role."),
    WhyKept.ABOUT_MANAGERS: gettext_noop("It is about a manager, so it is for those above."),
    WhyKept.MANAGERS: gettext_noop("It is for managers who answer for the book, and its author."),
    WhyKept.NEED_TO_KNOW: gettext_noop("It is for people who need to know, and its author."),
}
A_PART = gettext_noop("They read the entry without a part that is for people who need to know.")


def whys(seen: SeenAs, book: SeenBook, *, names: Mapping[str, str]) -> list[str]:
    """Return a sentence for each appointment or grant that lets them read."""
    ways = (way for way in seen.ways.now if way.reads)
    return list(dict.fromkeys(_why(way, book, names) for way in ways))


def _why(way: WayIn, book: SeenBook, names: Mapping[str, str]) -> str:
    what = part_in_words(way.part) if way.part else gettext("the whole book")
    if way.grant is not None:
        return gettext(
            "They read {what}: {by} gave them access from {start} to {end}. Reason: {reason}"
        ).format(
            what=what,
            by=names.get(way.grant.granted_by, ""),
            start=in_words(way.grant.from_at),
            end=in_words(way.grant.to_at),
            reason=way.grant.reason,
        )
    role = way.basis.role
    because = gettext(_BECAUSE[way.basis.situation])
    if way.appointment is not None and way.appointment.home is None and way.appointment.child:
        because = gettext("because they were appointed for {title}")
    words = gettext("They read {what} as {role}, {because}.").format(
        what=what,
        role=gettext(role.words) if role else "",
        because=because.format(title=book.title, home=book.home_name),
    )
    return " ".join([words, *_times(way.appointment), *_consented(way)])


def _consented(way: WayIn) -> Iterator[str]:
    if way.basis.consented:
        yield gettext("The child and the placing authority both consent to it.")


def _times(appointment: AppointmentLine | None) -> Iterator[str]:
    if appointment is None:
        return
    yield gettext("Since {start}.").format(start=in_words(appointment.from_at))
    if appointment.to_at is not None:
        yield gettext("It ends on {end}.").format(end=in_words(appointment.to_at))


def part_in_words(part: BookPart) -> str:
    """Name the only part of a book that somebody reads."""
    if part.leaf is not None:
        return gettext("one entry")
    if part.forms is not None:
        forms = "”, “".join(catalogue.form(name).title for name in part.forms)
        return gettext("the entries on “{forms}”").format(forms=forms)
    if part.register:
        return gettext("the entries of one register")
    if part.period is not None:
        first, last = part.period
        return gettext("what happened from {first} to {last}").format(
            first=_day(first), last=_day(last)
        )
    return gettext("what the child may read")


def _day(day: date) -> str:
    return day_in_words(day)


def why_not(seen: SeenAs, book: SeenBook, *, homes: Mapping[str, str], at: datetime) -> list[str]:
    """Return why somebody sees nothing of a book: what they have, and why it does not reach it."""
    said = [_not_reached(line, book, homes, at) for line in seen.ways.others]
    said += [_reached_only(way, book) for way in seen.ways.now if not way.reads]
    said += [
        gettext("Access that was given to them ended on {end}.").format(end=in_words(grant.to_at))
        for grant in seen.ways.grants_over
    ]
    if any(
        way.basis.role is not None and way.basis.role.with_consent and not way.basis.consented
        for way in seen.ways.now
    ):
        said += _consents(seen)
    return list(dict.fromkeys(said)) or [gettext("They have no appointment and no access.")]


def _not_reached(
    line: AppointmentLine, book: SeenBook, homes: Mapping[str, str], at: datetime
) -> str:
    role, home = gettext(line.role.words), homes.get(line.home or "", "")
    where = gettext("{role} at {home}").format(role=role, home=home) if home else role
    if line.to_at is not None and line.to_at <= at:
        return gettext("They were {where} until {end}.").format(
            where=where, end=in_words(line.to_at)
        )
    if line.from_at > at:
        return gettext("They will be {where} from {start}.").format(
            where=where, start=in_words(line.from_at)
        )
    if not line.role.may.get(Permission.READ_BOOK) and not line.role.with_consent:
        return gettext("They are {where}. That role reads no book.").format(where=where)
    if line.child is not None and line.home is None:
        return gettext("They are {where} of another child.").format(where=where)
    return gettext("They are {where}. {title} does not belong to that home now.").format(
        where=where, title=book.title
    )


def _reached_only(way: WayIn, book: SeenBook) -> str:
    role = gettext(way.basis.role.words) if way.basis.role else ""
    if way.basis.is_over:
        return gettext(
            "They were {role} here. It has ended; they can finish what they began."
        ).format(role=role)
    if way.basis.role is not None and way.basis.role.with_consent and book.child:
        return gettext(
            "They are {role} here. They read the record of a child only if the child and the "
            "placing authority both consent (regulation 44)."
        ).format(role=role)
    if way.basis.role is not None and not way.basis.role.may.get(Permission.READ_BOOK):
        return gettext("They are {role}. That role reads no book.").format(role=role)
    return gettext("They are {role} at {home}, and {title} has moved on from there.").format(
        role=role, home=book.home_name, title=book.title
    )


def _consents(seen: SeenAs) -> list[str]:
    said = {
        None: gettext_noop("no answer that counts"),
        True: gettext_noop("consent given"),
        False: gettext_noop("consent refused"),
    }
    parties = {
        Party.CHILD: gettext("The child: {said}."),
        Party.PLACING_AUTHORITY: gettext("The placing authority: {said}."),
    }
    return [
        parties[party].format(said=gettext(said[answer]))
        for party, answer in seen.ways.consents.items()
    ]


def what_else(seen: SeenAs, book: SeenBook) -> list[str]:
    """Return what they may do, and how they see others, one sentence each."""
    theirs = seen.book
    if theirs is None:
        return []
    said = [_writing(theirs)]
    if theirs.may(Permission.ANSWER_FOR_BOOK):
        said.append(gettext("They answer for the book: they read what is for managers."))
    if book.child:
        said.append(
            gettext("Other children are named to them only if they may read that child’s book too.")
        )
    elif not theirs.names_children:
        said.append(gettext("They see a number in place of each child’s name, and open no file."))
    said.append(gettext("Search, print, files and lists show them the same and no more."))
    return said


def _writing(theirs: SeenBook) -> str:
    allowed = theirs.may(Permission.WRITE_ENTRY)
    if allowed is None:
        return gettext("They read, and write nothing.")
    forms = allowed.basis.role.forms if allowed.basis.role else None
    if forms is None:
        return gettext("They write in the book.")
    return gettext("They write on some forms only.")


def what_not(seen: SeenAs) -> list[str]:
    """Return what they do not see, besides the entries that are listed."""
    said = [gettext("What somebody else is still writing. Nobody sees that but its author.")]
    if seen.book is None:
        return said
    if seen.reads_as_child:
        said.append(gettext("What is withheld from the child, and what is about other people."))
    if seen.book.is_in_part:
        said.append(gettext("The rest of the book, and that it is there."))
    if not seen.book.may(Permission.ANSWER_FOR_BOOK):
        said.append(gettext("Allegations, complaints and registers that are for managers alone."))
    return said
