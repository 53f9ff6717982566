"""What is missing from an entry before it can be signed, and which rule asks for it (P49).

One function says it all, for every form. It names and never blocks the keeping of a draft.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from casebound.foundation.base.messages import gettext
from casebound.foundation.base.times import LONDON, day_in_words
from casebound.foundation.proof.canonical import Json
from casebound.rulebook.catalogue.answers import AnswerError, answer_of, asked_of
from casebound.rulebook.catalogue.content import (
    OPINIONS,
    Content,
    HowKnown,
    Person,
    RestrictedFrom,
    Sharing,
    StatementContent,
    StatementKind,
    StatementSource,
    visible,
)
from casebound.rulebook.catalogue.law import laws
from casebound.rulebook.catalogue.restricting import gaps
from casebound.rulebook.catalogue.setting import ANYWHERE, Setting
from casebound.rulebook.catalogue.shape import (
    DRAWN,
    TIMES,
    VIEW_MISSING,
    WRITTEN,
    Field,
    FieldType,
    Form,
    has_answer,
)
from casebound.rulebook.catalogue.texts import entry_texts, too_long, unsealable_words
from casebound.rulebook.catalogue.true_times import untrue_answers, untrue_event
from casebound.rulebook.catalogue.wall_time import WallTimeError, calendar_day, local_instant
from casebound.rulebook.language.hints import held_up, leaves_alone

# The order of the screen. The template of the form follows it, so that the list of what is missing
# reads from top to bottom.
ENTRY_ORDER: Final = (
    "statements",
    "answers",
    "happened_from",
    "happened_to",
    "how_known",
    "originator",
    "present",
    "present_nobody",
    "where",
    "restrict",
    "language",
    "interpreter",
    "late_reason",
    "word_reason",
)
STATEMENT_ORDER: Final = (
    "text",
    "kind",
    "speaker",
    "whose",
    "maker",
    "basis",
    "source",
    "told_by_id",
    "told_by",
    "read_in",
    "sharing",
    "ground",
    "reason",
    "reference",
    "officer",
    "review_on",
    "third_party",
    "permission",
    "staff",
    "staff_ground",
    "staff_worker",
    "staff_reason",
    "staff_reference",
    "staff_officer",
    "staff_review_on",
)
PERSON_ORDER: Final = ("name", "role")
RESTRICTION_ORDER: Final = (
    "part", "scope", "ground", "reference", "officer", "worker", "reason", "review_on",
)  # fmt: skip
_INNER: Final = {"statements": STATEMENT_ORDER, "restrict": RESTRICTION_ORDER}
REPORTED: Final = frozenset({StatementKind.FACT, StatementKind.ACCOUNT, StatementKind.VIEW})


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing or wrong.

    Attributes:
        field: the name of the form control to go to: `happened_from`, `statements-2-speaker`
            (statements and people count from 1, as people see them), `present-1-name`,
            `answers-<field>`, in rows `answers-<field>-2-<column>`; or a whole group:
            `statements`, `present`.
        words: a sentence that says what is missing and what to do.
        rule: what asks for it: "P29", "reg 7(2)(a)(iii)", or several with commas between.
        untrue: whether it is a time that cannot be, which is said as soon as it is typed.
    """

    field: str
    words: str
    rule: str
    untrue: bool = False


def missing(
    form: Form,
    content: Content,
    *,
    now: datetime,
    late: bool = False,
    setting: Setting = ANYWHERE,
) -> tuple[Missing, ...]:
    """Name what is missing or wrong in an entry, in the order of the screen; empty if nothing is.

    Args:
        form: the version the entry is pinned to.
        content: what was collected, as it stands on the screen.
        now: the moment of asking, aware: nothing can have happened after it.
        late: whether the entry would be signed late (`late.is_late`); then it needs a reason.
        setting: the home it is written in.

    Raises:
        ValueError: `now` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("a time without a zone cannot say what is in the future")
    statements = [
        statement.stripped() for statement in content.statements
    ]  # by their numbers on the screen
    asked = asked_of(form, content, setting)
    today = now.astimezone(LONDON).date()
    lacks = [
        *(_event(form, content, setting, now) if form.asks_about_event else ()),
        *_statements(form, statements, today, setting),
        *_restrictions(content, today, setting),
        *_answers(asked, content, setting),
        *_untrue_answers(form, asked, content, setting, now),
        *_view(form, asked, content),
        *_late_reason(content, late=late),
        *_held_up(form, content, setting),
        *_unfit_texts(content, statements),
    ]
    return tuple(sorted(lacks, key=_place_on(form)))


def _event(form: Form, content: Content, setting: Setting, now: datetime) -> Iterator[Missing]:
    yield from _times(form, content, setting, now)
    yield from _where(form, content)
    yield from _how_known(content)
    yield from _present(content)


def _times(form: Form, content: Content, setting: Setting, now: datetime) -> Iterator[Missing]:
    start = end = None
    try:
        if content.happened_from.strip():
            start = local_instant(content.happened_from)
        else:
            words = gettext("You have not said when this happened. Give the date and the time.")
            yield Missing("happened_from", words, "P43")
    except WallTimeError as wrong:
        yield Missing(
            "happened_from", gettext("When this happened: {wrong}.").format(wrong=wrong), "P43"
        )
    try:
        if content.happened_to.strip():
            end = local_instant(content.happened_to)
            if start is not None and end < start:  # the hour that comes twice, see `event_times`
                end = local_instant(content.happened_to, fold=1)
    except WallTimeError as wrong:
        yield Missing(
            "happened_to", gettext("When this ended: {wrong}.").format(wrong=wrong), "P49"
        )
    yield from _untrue_times(form, start, end, setting, now)


def _untrue_times(
    form: Form, start: datetime | None, end: datetime | None, setting: Setting, now: datetime
) -> Iterator[Missing]:
    """Name a start and an end that cannot be."""
    if start is not None and start > now:
        words = gettext("This time is in the future. Check the date and the time.")
        yield Missing("happened_from", words, "P49", untrue=True)
    elif start is not None:
        for wrong in untrue_event(form, start, setting):
            yield Missing(wrong.control, wrong.words, "P49", untrue=True)
    if end is not None and end > now:
        words = gettext("The end is in the future. Check it, or leave it empty until it is over.")
        yield Missing("happened_to", words, "P49", untrue=True)
    if start is not None and end is not None and end < start:
        words = gettext("The end is before the start. Check both times.")
        yield Missing("happened_to", words, "P49", untrue=True)


def _where(form: Form, content: Content) -> Iterator[Missing]:
    if form.where is not None and not visible(content.where):
        words = gettext("You have not said where it was. {words}").format(words=form.where.words)
        yield Missing("where", words, form.where.rule)


def _how_known(content: Content) -> Iterator[Missing]:
    how = content.how_known
    if how is HowKnown.NOT_SAID:
        words = gettext(
            "You have not said how you know this: were you there, were you told, or read it?"
        )
        yield Missing("how_known", words, "P26")
    if how is HowKnown.TOLD_BY and not visible(content.originator):
        words = gettext("You have not said who told you. Give their name and role.")
        yield Missing("originator", words, "P28")
    if how is HowKnown.READ_IN and not visible(content.originator):
        words = gettext("You have not said what you read it in. Name the document and its date.")
        yield Missing("originator", words, "P28")
    if how in {HowKnown.TOLD_BY, HowKnown.READ_IN}:
        told = [
            statement
            for statement in content.statements
            if statement.kind in REPORTED and not statement.is_blank
        ]
        if told and all(statement.source is StatementSource.FIRST_HAND for statement in told):
            words = gettext(
                "You say you were not there, but every statement is marked as seen or heard by "
                "you. Mark where each comes from, or say that you were there."
            )
            yield Missing("how_known", words, "P52")


def _present(content: Content) -> Iterator[Missing]:
    anyone = False
    for number, person in enumerate(content.present, 1):
        tidy = person.stripped()
        anyone = anyone or tidy != Person()
        if tidy.role and not tidy.name:
            words = gettext("Person {number} has a role but no name. Say who it was.").format(
                number=number
            )
            yield Missing(f"present-{number}-name", words, "P04")
    if anyone and content.present_nobody:
        words = gettext(
            "You say nobody else was there, and you name someone. Remove one of the two."
        )
        yield Missing("present_nobody", words, "P04")
    if not anyone and not content.present_nobody:
        words = gettext(
            "You have not said who was there or seen. Name them, or say nobody else was there."
        )
        yield Missing("present", words, "P04, P30")


def _statements(
    form: Form, statements: Sequence[StatementContent], today: date, setting: Setting
) -> Iterator[Missing]:
    written = [
        (number, statement)
        for number, statement in enumerate(statements, 1)
        if not statement.is_blank
    ]
    if not written and not form.statements_optional:
        words = gettext("Nothing is written yet. Say what happened, in at least one statement.")
        yield Missing("statements", words, "P01")
    for number, statement in written:
        lacks = (
            *_wording(statement),
            *_origin(statement),
            *_withheld(statement, today, setting),
            *_third_party(statement),
            *_staff(statement, today, setting),
        )
        for field, words, rule in lacks:
            yield Missing(
                f"statements-{number}-{field}",
                gettext("Statement {number} {words}").format(number=number, words=words),
                rule,
            )


# What one statement lacks: the control in it, the rest of the sentence, the rule.
_Gap = tuple[str, str, str]


def _wording(statement: StatementContent) -> Iterator[_Gap]:
    if not statement.text:
        yield "text", gettext("has no words. Write it, or remove it."), "P05"
    if statement.kind is StatementKind.NOT_SAID:
        yield "kind", gettext("does not say what it is: fact, opinion, decision or another."), "P51"
    if statement.kind is StatementKind.ACCOUNT and not statement.speaker:
        yield "speaker", gettext("is what someone said. Say who."), "P05"
    if statement.kind in OPINIONS:
        what = f"{'an' if statement.kind.value[0] in 'ao' else 'a'} {statement.kind.value}"
        if not statement.basis:
            yield "basis", gettext("is {what}. Say what it rests on.").format(what=what), "P53"
    if statement.kind is StatementKind.DECISION:
        if not statement.maker:
            yield "maker", gettext("is a decision. Say who made it."), "P29"
        if not statement.basis:
            yield "basis", gettext("is a decision. Say what it was based on."), "P29"


def _origin(statement: StatementContent) -> Iterator[_Gap]:
    if statement.source is StatementSource.NOT_SAID:
        yield (
            "source",
            gettext("does not say where it comes from: you, someone else, a document."),
            "P52",
        )
    if statement.source is StatementSource.TOLD_BY and not statement.told_by:
        yield "told_by", gettext("is something you were told. Say who told you."), "P52"
    if statement.source is StatementSource.READ_IN and not statement.read_in:
        yield "read_in", gettext("is something you read. Say in which document."), "P52"


def _withheld(statement: StatementContent, today: date, setting: Setting) -> Iterator[_Gap]:
    if statement.sharing is Sharing.NOT_SAID:
        yield "sharing", gettext("does not say whether it is shared with the child."), "P36"
    if statement.sharing is not Sharing.WITHHELD:
        return
    kept = gettext("not shared with the child")
    yield from gaps(statement.from_child, today, setting.longest_review, kept=kept)


def _staff(statement: StatementContent, today: date, setting: Setting) -> Iterator[_Gap]:
    if statement.staff is None:
        return
    kept = gettext("only for staff who need to know")
    longest = setting.longest_review
    for control, words, rule in gaps(statement.staff, today, longest, kept=kept):
        yield f"staff_{control}", words, rule


def _restrictions(content: Content, today: date, setting: Setting) -> Iterator[Missing]:
    """Name what is missing of the restrictions of answers, of files and of the whole entry."""
    for number, said in enumerate(content.restrictions, 1):
        if said.is_blank:
            continue
        control = f"restrict-{number}"
        row = gettext("Restriction {number}").format(number=number)
        if not said.part:
            words = gettext("{row} does not say what it restricts. Choose it, or remove the row.")
            yield Missing(f"{control}-part", words.format(row=row), "P36")
        if said.scope is RestrictedFrom.NOT_SAID:
            words = gettext("{row} does not say who does not read it: the child, or other staff.")
            yield Missing(f"{control}-scope", words.format(row=row), "P36")
            continue
        kept = (
            gettext("of what the child does not read")
            if said.scope is RestrictedFrom.CHILD
            else gettext("of what only staff who need to know read")
        )
        for name, words, rule in gaps(said, today, setting.longest_review, kept=kept):
            yield Missing(f"{control}-{name}", f"{row} {words}", rule)


def _third_party(statement: StatementContent) -> Iterator[_Gap]:
    if statement.sharing is Sharing.THIRD_PARTY and not statement.third_party:
        yield (
            "third_party",
            gettext("is about someone else. Say who, so that they can be asked."),
            "P39",
        )


def _answers(asked: Sequence[Field], content: Content, setting: Setting) -> Iterator[Missing]:
    for field in asked:
        control = f"answers-{field.name}"
        try:
            answer = answer_of(field, content, setting)
        except AnswerError as wrong:
            rule = field.rules or ("P06" if field.type in DRAWN else "P49")
            for at, words in wrong.problems:
                yield Missing(f"{control}-{at}" if at else control, words, rule)
            continue
        if answer is None and field.required_by:
            why = " ".join(rule.words for rule in field.required_by)
            yield Missing(
                control,
                gettext("“{label}” has no answer yet. {why}").format(label=field.label, why=why),
                field.rules,
            )
        yield from _before_its_law(field, answer, control, content)
        if field.chosen_by_managers(answer) and not setting.manages:
            words = gettext("“{label}”: only a manager decides that. Choose another answer.")
            yield Missing(control, words.format(label=field.label), field.rules or "P49")
        yield from _statement_owed(field, content)


def _untrue_answers(
    form: Form, asked: Sequence[Field], content: Content, setting: Setting, now: datetime
) -> Iterator[Missing]:
    """Name days and times of answers that cannot be; what cannot be read is named already."""
    read: list[tuple[Field, Json]] = []
    for field in asked:
        if field.type in TIMES or field.type is FieldType.ROWS:
            with suppress(AnswerError):
                read.append((field, answer_of(field, content, setting)))
    if not read:
        return
    try:
        event = local_instant(content.happened_from) if content.happened_from.strip() else None
    except WallTimeError:
        event = None
    for wrong in untrue_answers(form, read, event=event, now=now, setting=setting):
        yield Missing(wrong.control, wrong.words, "P49", untrue=True)


def _before_its_law(
    field: Field, answer: Json, control: str, content: Content
) -> Iterator[Missing]:
    """Name a choice that rests on a law which did not hold yet when it happened."""
    day = _day_of(content)
    for key in field.laws_chosen(answer):
        law = laws()[key]
        if day is not None and not law.holds_on(day):
            words = gettext("“{label}”: {provision} holds from {day} on, and this was earlier.")
            since = day_in_words(date.fromisoformat(law.holds_from))
            filled = words.format(label=field.label, provision=law.provision, day=since)
            yield Missing(control, filled, "P49")


def _day_of(content: Content) -> date | None:
    """Return the day that an entry tells of: the one it names, else that of the event."""
    for typed in (content.answers.get("alleged_on"), content.happened_from):
        if isinstance(typed, str) and typed:
            try:
                return calendar_day(typed[:10])
            except WallTimeError:
                continue
    return None


def _view(form: Form, asked: Sequence[Field], content: Content) -> Iterator[Missing]:
    """Ask for the child's view, or why it is missing, on a form that faces a child (P32)."""
    answer = content.answers.get(VIEW_MISSING)
    if (
        not form.child_facing
        or all(field.name != VIEW_MISSING for field in asked)
        or (isinstance(answer, str) and visible(answer))
    ):
        return
    words = gettext(
        "The child's own view is missing. Write what they said or showed, or say why it is missing."
    )
    yield Missing(f"answers-{VIEW_MISSING}", words, "P32, reg 7(2)(a)(i)")


def _statement_owed(field: Field, content: Content) -> Iterator[Missing]:
    owed = field.statement
    if owed is None or not has_answer(content.answers.get(field.name), owed.values):
        return
    if not content.has_statement(owed.kind):
        yield Missing(f"answers-{field.name}", owed.requirement.words, owed.requirement.rule)


def _late_reason(content: Content, *, late: bool) -> Iterator[Missing]:
    if late and not visible(content.late_reason):
        words = gettext(
            "More than 24 hours have passed, so this will be marked Late Entry. Say why it is late."
        )
        yield Missing("late_reason", words, "P44")


def _held_up(form: Form, content: Content, setting: Setting) -> Iterator[Missing]:
    """Name words that offend a group of people, where nobody is quoted and no reason stands."""
    if visible(content.word_reason):
        return
    texts = [
        (
            f"statements-{number}-text",
            gettext("Statement {number}").format(number=number),
            statement.text,
        )
        for number, statement in enumerate(content.statements, 1)
        if not leaves_alone(statement.kind.value)
    ]
    texts += [
        (f"answers-{field.name}", f"“{field.label}”", answer)
        for field in form.asked(content.answers, secure=setting.secure)
        if field.type in WRITTEN and isinstance(answer := content.answers.get(field.name), str)
    ]
    for control, label, text in texts:
        if terms := held_up(text):
            words = gettext(
                "{label} says “{terms}”, which may offend. If somebody said it, put it in "
                "quotation marks; if not, change it, or say below why it has to stand."
            ).format(label=label, terms="”, “".join(terms))
            yield Missing(control, words, "P45")


def _unfit_texts(content: Content, statements: Sequence[StatementContent]) -> Iterator[Missing]:
    """Name texts that are too long (P45) or hold what no reader could see for 75 years (P65)."""
    texts = tuple(entry_texts(content, statements))
    for problem in too_long(content, texts):
        yield Missing(problem.field, problem.words, "P45")
    for typed in texts:
        if words := unsealable_words(typed):
            yield Missing(typed.field, words, "P65")


def _place_on(form: Form) -> Callable[[Missing], tuple[int, ...]]:
    """Return what sorts findings as the screen shows them; of one control, as they were found."""
    of_form = {field.name: place for place, field in enumerate(form.fields)}
    columns = {
        field.name: {column.name: place for place, column in enumerate(field.columns)}
        for field in form.fields
    }

    # Where the words are only to be added, the questions come before them.
    order = list(ENTRY_ORDER)
    if form.statements_optional:
        order[:2] = "answers", "statements"

    def place(gap: Missing) -> tuple[int, ...]:
        group, *rest = gap.field.split("-")
        at = order.index(group)
        if group == "answers":
            field, *cell = rest
            inside = (int(cell[0]), columns[field][cell[1]]) if cell else (0, 0)
            return (at, of_form[field], *inside)
        if not rest:
            return at, 0, 0, 0
        inner = _INNER.get(group, PERSON_ORDER)
        return at, int(rest[0]), inner.index(rest[1]), 0

    return place
