"""Which looking is out of the ordinary, and what the manager answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.foundation.base.times import clock, day_in_words, in_words
from casebound.oversight.who_looked import rules
from casebound.oversight.who_looked.models import LookingAnswer
from casebound.oversight.who_looked.rules import (
    ANSWERS,
    ASKS,
    LOOKED_BACK,
    STILL_OPEN,
    LookingQuestion,
    LookingVerdict,
    Opened,
    RosteredShift,
    WhyAsked,
)
from casebound.oversight.who_looked.scope import LooksScope
from casebound.people.access.looks import Trace, traces, traces_of
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import full_names
from casebound.people.homes.appointments import AppointmentLine, appointments_named
from casebound.people.homes.reads import Stay, stays_of
from casebound.people.rights.shape import Permission
from casebound.reading.in_house.reads import shifts_planned


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSeen:
    """A question in words, with what was answered.

    Attributes:
        asks: what is out of the ordinary.
        books: whose books, by the names that the reader knows.
        answer: what was answered, in words; empty while it is open.
        words: what the manager added.
        is_open: whether it waits for an answer.
    """

    id: str
    home: HomeId
    worker: WorkerId
    who: str
    day: str
    when: str
    asks: str
    books: Sequence[str]
    answer: str
    words: str
    answered: str
    is_open: bool


def questions_of(scope: LooksScope, *, at: datetime) -> list[LookingQuestion]:
    """Return what a manager is asked about the last two weeks, newest first. 5 queries."""
    since = at - LOOKED_BACK
    homes = scope.homes
    found = traces(scope.books, since=since)
    elsewhere = traces_of({trace.worker for trace in found}, since=since)
    every = [*found, *elsewhere]
    appointments = appointments_named({trace.under for trace in every})
    stays = stays_of({ChildId(str(book.child)) for book in scope.books.values() if book.child})
    opened = [_opened(trace, scope.books, stays, appointments) for trace in found]
    others = [_opened(trace, scope.books, stays, appointments) for trace in elsewhere]
    shifts = [
        RosteredShift(shift.home, shift.who, shift.begins_at, shift.ends_at)
        for shift in shifts_planned(homes, since=since, until=at)
    ]
    names = full_names({trace.worker for trace in found})
    asked = rules.questions(
        [look for look in opened if look.home in homes],
        others,
        shifts,
        {str(worker): name for worker, name in names.items()},
        homes=homes,
        many=int(settings.MANY_BOOKS),
    )
    return [question for question in asked if question.worker != scope.worker]


def questions_seen(scope: LooksScope, asked: Sequence[LookingQuestion]) -> list[QuestionSeen]:
    """Return questions in words, with their answers: what is open first. 2 queries."""
    answers = {row.id: row for row in _answers(question.id for question in asked)}
    names = full_names(
        {question.worker for question in asked} | {row.answered_by for row in answers.values()}
    )
    shown = [
        _seen(question, answers.get(question.id), scope.books, dict(names)) for question in asked
    ]
    return sorted(shown, key=lambda question: not question.is_open)


def count_open(scope: LooksScope, *, at: datetime) -> int:
    """Return how many questions wait for an answer. At most 7 queries."""
    asked = questions_of(scope, at=at)
    done = {row.id for row in _answers(question.id for question in asked) if not _is_open(row)}
    return sum(question.id not in done for question in asked)


def _answers(questions: Iterable[str]) -> list[LookingAnswer]:
    wanted = list(questions)
    return list(LookingAnswer.objects.filter(id__in=wanted)) if wanted else []


def _is_open(row: LookingAnswer) -> bool:
    return LookingVerdict(row.answer) in STILL_OPEN


def _opened(
    trace: Trace,
    books: Mapping[BookId, SeenBook],
    stays: Mapping[ChildId, Sequence[Stay]],
    appointments: Mapping[str, AppointmentLine],
) -> Opened:
    line = appointments.get(trace.under)
    answers = line is not None and line.role.gives_today(Permission.ANSWER_FOR_BOOK)
    return Opened(
        worker=trace.worker,
        book=trace.book,
        home=_home_then(trace, books, stays),
        at=trace.at,
        works_at=line.home or "" if line else "",
        on_roster=line is not None and not answers,
    )


def _home_then(
    trace: Trace, books: Mapping[BookId, SeenBook], stays: Mapping[ChildId, Sequence[Stay]]
) -> str:
    """Return the home that a book belonged to when it was opened; empty if nobody knows here."""
    book = books.get(trace.book)
    if book is None:
        return ""
    if book.child is None:
        return book.home
    there = [stay for stay in stays.get(book.child, []) if stay.from_at <= trace.at]
    return there[-1].home if there else book.home


def _seen(
    question: LookingQuestion,
    answer: LookingAnswer | None,
    books: Mapping[BookId, SeenBook],
    names: Mapping[WorkerId, str],
) -> QuestionSeen:
    first, last = clock(question.first_at), clock(question.last_at)
    titles = [books[BookId(book)].title for book in question.books if BookId(book) in books]
    more = len(question.books) - len(titles)
    if more:
        titles.append(gettext("{number} more at other homes").format(number=more))
    return QuestionSeen(
        id=question.id,
        home=HomeId(question.home),
        worker=WorkerId(question.worker),
        who=names.get(WorkerId(question.worker), gettext("somebody without an account")),
        day=day_in_words(question.day),
        when=first if first == last else f"{first} to {last}",
        asks=gettext(ASKS[WhyAsked(question.ground)]),
        books=titles,
        answer=gettext(ANSWERS[LookingVerdict(answer.answer)]) if answer else "",
        words=answer.words if answer else "",
        answered=_answered(answer, names) if answer else "",
        is_open=answer is None or _is_open(answer),
    )


def _answered(answer: LookingAnswer, names: Mapping[WorkerId, str]) -> str:
    return gettext("{who}, {when}").format(
        who=names.get(WorkerId(answer.answered_by), gettext("somebody without an account")),
        when=in_words(answer.answered_at),
    )
