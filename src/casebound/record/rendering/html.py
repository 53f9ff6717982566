"""An entry as HTML for one reader.

Who asks for HTML states who reads it: what is not for that reader is gone before a word is
rendered (`seen.seen_by`). The builder escapes whatever is put into our own markup.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext, gettext_noop
from markupsafe import Markup

from casebound.foundation.base.markup import NOTHING, html, name, prose, together
from casebound.record.rendering.answers import answer_html
from casebound.record.rendering.audience import Reader, is_staff
from casebound.record.rendering.entry_view import (
    DAMAGED,
    AnswerView,
    EntryView,
    LinkView,
    MatterView,
    StatementView,
)
from casebound.record.rendering.files import files_html, pages_html
from casebound.record.rendering.marks import (
    LEFT_OUT_ANSWER,
    LEFT_OUT_STATEMENT,
    NEED_TO_KNOW,
    answer_marks,
    held_html,
    mark,
    marks_html,
)
from casebound.record.rendering.old_names import OldNames, without_old_names
from casebound.record.rendering.other_names import Shows, with_other_names
from casebound.record.rendering.seen import seen_by


def entry_html(
    view: EntryView,
    *,
    reader: Reader,
    old_names: OldNames | None = None,
    other_names: Shows | None = None,
) -> Markup:
    """Return an entry as one reader may see it, as an article with the anchor `no-<number>`.

    A struck entry is struck through with its reason first and stays readable. Of one in the wrong
    book only those who answer for the book see more than that it is barred, and why.

    Names of other children are shown as `other_names` says; staff may read them as written.

    Raises:
        ValueError: the child reads, and the caller did not say which names not to show them; or
            somebody reads who is not staff, and the caller did not say how to name other children.
    """
    if other_names is None and not is_staff(reader):
        raise ValueError("say how other children are named (`other_names`)")
    if old_names is None and reader is Reader.CHILD:
        raise ValueError("say which names are not shown to the child (`old_names`)")
    seen = seen_by(view, reader)
    if seen is None:
        return NOTHING
    # Only now: that a name was replaced must not tell of words that are not for this reader.
    if other_names is not None:
        seen = with_other_names(seen, other_names)
    if old_names is not None and reader is Reader.CHILD:
        seen = without_old_names(seen, old_names)
    at = seen.anchor or f"no-{seen.number}"
    return html(
        '<article class="app-entry%s" id="%s" aria-labelledby="%s-number %s-heading">'
        '<p class="app-entry__margin" id="%s-number">%s</p><div class="app-entry__inside">'
        '<h2 class="app-entry__heading" id="%s-heading">%s <span class="app-entry__when">%s</span>'
        "</h2>%s</div></article>",
        f" app-entry--{seen.state}" if seen.state in _STATES else "",
        at,
        at,
        at,
        at,
        _number(seen),
        at,
        seen.form,
        seen.happened,
        _inside_of(seen, at, reader),
    )


def statement_html(statement: StatementView, anchor: str = "") -> Markup:
    """Return one statement that the reader may see: its words, and its marks as words.

    One without words is about another child: it is left out here, and keeps its place (P40).
    """
    at = html(' id="%s"', anchor) if anchor else NOTHING
    if not statement.text:
        return html(
            '<div class="app-statement app-statement--left-out"%s>'
            '<p class="app-statement__text">%s</p></div>',
            at,
            mark("left-out", gettext(LEFT_OUT_STATEMENT)),
        )
    kind = "" if statement.kind == "fact" else f" app-statement--{statement.kind}"
    withheld = " app-statement--withheld" if statement.sharing == "withheld" else ""
    return html(
        '<div class="app-statement%s"%s><p class="app-statement__text" dir="auto">%s</p>%s%s</div>',
        kind + withheld,
        at,
        prose(statement.text),
        marks_html(statement),
        _standing(statement.told),
    )


def _inside_of(entry: EntryView, at: str, reader: Reader) -> Markup:
    if entry.state == "misfiled":
        return _misfiled(entry, at, reader)
    return _damaged(entry) if entry.state == DAMAGED else _inside(entry, at)


def _damaged(entry: EntryView) -> Markup:
    """Return what is wrong with an entry that cannot be read, and when it was sealed."""
    sealed = gettext("It was sealed on {sealed}, and keeps its number.").format(sealed=entry.signed)
    return html('%s<p class="app-entry__line">%s</p>', _state(entry), sealed)


def _inside(entry: EntryView, at: str) -> Markup:
    return html(
        '%s%s%s%s<div class="app-entry__lines">%s%s</div>%s%s',
        _state(entry),
        _held(entry),
        _late(entry),
        _words(entry, at),
        _circumstances(entry),
        _signature(entry),
        _standing(entry.standing),
        _links(entry.links),
    )


def _misfiled(entry: EntryView, at: str, reader: Reader) -> Markup:
    """Return why an entry is barred in this book, and its words to who answers for the book."""
    words = NOTHING
    if reader is Reader.ANSWERS_FOR_BOOK:
        words = html(
            '<details class="app-details"><summary class="app-details__open">%s</summary>'
            '<div class="app-details__inside">%s%s</div></details>',
            gettext("Words of this entry, for managers only"),
            _words(entry, at),
            _circumstances(entry),
        )
    return html(
        '%s%s%s<div class="app-entry__lines">%s</div>',
        _state(entry),
        _links(entry.links),
        words,
        _signature(entry),
    )


def _words(entry: EntryView, at: str) -> Markup:
    statements = together(
        statement_html(statement, f"{at}-{place}" if place else "")
        for place, statement in _placed(entry.statements)
    )
    return html(
        '<div class="app-entry__struck">%s%s%s</div>',
        pages_html(statements, entry.files),
        _answers(entry.answers),
        files_html(entry.files),
    )


def _placed(statements: Sequence[StatementView]) -> Iterator[tuple[int, StatementView]]:
    """Yield the statements with their places; 0 for one that not all staff read.

    So a place is the same for every reader, and shows nobody that there is one more.
    """
    place = 0
    for statement in statements:
        restricted = any(why.scope == NEED_TO_KNOW for why in statement.held)
        place += not restricted
        yield (0 if restricted else place), statement


def _number(entry: EntryView) -> Markup:
    if not entry.number:
        return html('<span class="app-entry__number">%s</span>', gettext("No number yet"))
    href = entry.href or f"#no-{entry.number}"
    return html('<a class="app-entry__number" href="%s">No.&nbsp;%s</a>', href, entry.number)


_STATES: Final = {
    "struck": (gettext_noop("Struck through"), gettext_noop("It can still be read. Reason:")),
    "misfiled": (
        gettext_noop("Misfiled"),
        gettext_noop("This entry was written in the wrong book and is hidden here. Reason:"),
    ),
    DAMAGED: (gettext_noop("Damaged"), gettext_noop("This entry cannot be read.")),
}


def _state(entry: EntryView) -> Markup:
    if entry.state not in _STATES:
        return NOTHING
    tag, words = (gettext(part) for part in _STATES[entry.state])
    reason = " ".join(reason.text for reason in entry.state_reason)
    return _tagged(entry.state, tag, html("%s %s", words, name(reason)))


def _held(entry: EntryView) -> Markup:
    """Return why the whole entry is restricted, to those who read it."""
    if not entry.held:
        return NOTHING
    return html('<p class="app-entry__reason">%s</p>', held_html(entry.held))


def _late(entry: EntryView) -> Markup:
    if not entry.late:
        return NOTHING
    reason = html(" Reason: %s", name(entry.late_reason)) if entry.late_reason else NOTHING
    how_late = entry.late[:1].upper() + entry.late[1:]
    return _tagged("late", gettext("Late Entry"), html("%s.%s", how_late, reason))


def _tagged(kind: str, tag: str, words: Markup) -> Markup:
    return html(
        '<p class="app-entry__reason">'
        '<span class="app-entry__tag app-tag app-tag--%s">%s</span> %s</p>',
        kind,
        tag,
        words,
    )


def _answers(answers: Sequence[AnswerView]) -> Markup:
    if not answers:
        return NOTHING
    return html('<dl class="app-entry__answers">%s</dl>', together(map(_answer, answers)))


def _answer(answer: AnswerView) -> Markup:
    return html(
        '<div class="app-entry__answer%s"><dt class="app-entry__label">%s</dt>'
        '<dd class="app-entry__value" dir="auto">%s</dd></div>',
        "" if isinstance(answer.value, str) else " app-entry__answer--wide",
        answer.label,
        mark("left-out", gettext(LEFT_OUT_ANSWER))
        if answer.left_out
        else html(
            "%s%s%s",
            answer_html(answer.label, answer.value),
            answer_marks(answer),
            held_html(answer.held),
        ),
    )


def _circumstances(entry: EntryView) -> Markup:
    circumstances = [
        html("%s: %s", label, name(words))
        for label, words in (
            (gettext("Where"), entry.where),
            (gettext("Present"), entry.present),
            (gettext("Also about"), entry.also_about),
            (gettext("Language"), entry.language),
            (gettext("Interpreter"), entry.interpreter),
        )
        if words
    ]
    lines = [html("%s.", Markup(". ").join(circumstances))] if circumstances else []
    if entry.word_reason:
        why = name(entry.word_reason)
        lines.append(html(gettext("Reason for using a word that may offend: %s"), why))
    if entry.numbered:
        lines.append(html(gettext("Also %s."), ", ".join(entry.numbered)))
    if entry.replaced:
        lines.append(html("%s", entry.replaced))
    if entry.moved:
        words = gettext("Begun in another book, and moved here before it was signed: %s.")
        lines.append(html(words, entry.moved))
    return together(html('<p class="app-entry__line">%s</p>', line) for line in lines)


def _signature(entry: EntryView) -> Markup:
    role = f", {entry.role}" if entry.role else ""
    how_known = html(gettext(", who %s"), name(entry.how_known)) if entry.how_known else NOTHING
    return html(
        '<p class="app-entry__line">%s <bdi class="app-entry__author">%s</bdi>%s%s.%s</p>',
        gettext("Signed by") if entry.signed else gettext("To be signed by"),
        entry.author,
        role,
        how_known,
        f" {entry.signed}." if entry.signed else "",
    )


_DISPUTED: Final = ("correction", gettext_noop("Disputed"))
_TAGS: Final = {True: ("done", gettext_noop("Done")), False: ("waiting", gettext_noop("Waiting"))}


def _standing(matters: Sequence[MatterView]) -> Markup:
    """Return how the entry stands, each matter with its tag."""
    if not matters:
        return NOTHING
    return html('<ul class="app-entry__standing">%s</ul>', together(map(_matter, matters)))


def _matter(matter: MatterView) -> Markup:
    words = name(matter.words)
    if matter.href:
        words = html('<a class="app-entry__note-link" href="%s">%s</a>', matter.href, words)
    return html('<li class="app-entry__stands">%s%s</li>', _tag(matter), words)


def _tag(matter: MatterView) -> Markup:
    if matter.settled is None:
        return NOTHING
    kind, words = _DISPUTED if matter.disputed else _TAGS[matter.settled]
    return html('<span class="app-entry__tag app-tag app-tag--%s">%s</span> ', kind, gettext(words))


def _links(links: Sequence[LinkView]) -> Markup:
    return together(html('<p class="app-entry__note">%s</p>', _link(link)) for link in links)


def _link(link: LinkView) -> Markup | str:
    if not link.href:
        return link.words
    return html('<a class="app-entry__note-link" href="%s">%s</a>', link.href, link.words)
