"""The marks of a statement as HTML: kind, source, sharing, and which child it is about."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext, gettext_noop
from markupsafe import Markup

from casebound.foundation.base.markup import NOTHING, html, name, together
from casebound.foundation.base.times import date_in_words
from casebound.record.rendering.entry_view import (
    AnswerView,
    FileView,
    HeldView,
    StatementView,
)

PERMISSIONS: Final = {
    "not_asked": gettext_noop("permission not asked yet"),
    "asked": gettext_noop("permission asked, no answer yet"),
    "given": gettext_noop("permission given"),
    "refused": gettext_noop("permission refused"),
    "withdrawn": gettext_noop("permission withdrawn"),
}
LEFT_OUT_STATEMENT: Final = gettext_noop("A part about another child is left out here")
LEFT_OUT_ANSWER: Final = gettext_noop("An answer about another child is left out here")
LEFT_OUT_FILE: Final = gettext_noop("A file about another child is left out here")


def mark(kind: str, words: object, more: object = "") -> Markup:
    """Return one mark: a drawing (by class) and its words; `more` follows in ordinary weight."""
    if not more:
        return html('<span class="app-mark app-mark--%s">%s</span>', kind, words)
    return html(
        '<span class="app-mark app-mark--%s">%s <span class="app-mark__more">%s</span></span>',
        kind,
        words,
        more,
    )


def marks_html(statement: StatementView) -> Markup:
    """Return all marks of a statement."""
    kind = _KINDS.get(statement.kind, _other_kind)(statement)
    return html(
        '<p class="app-statement__marks">%s %s%s%s%s</p>',
        kind,
        _source(statement),
        _SHARING.get(statement.sharing, third_html)(statement),
        about_html(statement.about),
        held_html(statement.held),
    )


def _account(statement: StatementView) -> Markup:
    if not statement.speaker:
        return mark("account", gettext("Account"))
    return mark(
        "account", gettext("Account"), html(gettext("in the words of %s"), name(statement.speaker))
    )


def _view(statement: StatementView) -> Markup:
    return mark("view", gettext("Child's view"), name(statement.speaker or statement.whose))


def _decision(statement: StatementView) -> Markup:
    return mark("decision", gettext("Decision"), _by(statement.maker, statement.basis))


def _thought(kind: str, word: str) -> Callable[[StatementView], Markup]:
    def write(statement: StatementView) -> Markup:
        return mark(kind, gettext(word), _by(statement.whose, statement.basis))

    return write


def _by(who: str, basis: str) -> Markup:
    if who and basis:
        return html(gettext("of %s, resting on: %s"), name(who), name(basis))
    if who:
        return html(gettext("of %s"), name(who))
    return html(gettext("resting on: %s"), name(basis)) if basis else NOTHING


def _other_kind(statement: StatementView) -> Markup:
    # A kind of a later form version: shown by its own name rather than lost.
    return mark("fact", statement.kind)


_KINDS: Final[Mapping[str, Callable[[StatementView], Markup]]] = {
    "fact": lambda _: mark("fact", gettext("Fact")),
    "account": _account,
    "view": _view,
    "opinion": _thought("opinion", gettext_noop("Opinion")),
    "assessment": _thought("assessment", gettext_noop("Assessment")),
    "judgement": _thought("judgement", gettext_noop("Judgement")),
    "decision": _decision,
}


def _source(statement: StatementView) -> Markup:
    if statement.source == "first_hand":
        return mark("seen", gettext("First hand"))
    if statement.source == "told_by":
        return mark(
            "told",
            html(gettext("Told by %s"), name(statement.told_by) or gettext("another person")),
        )
    return mark(
        "read", html(gettext("Read in %s"), name(statement.read_in) or gettext("a document"))
    )


def _withheld(statement: StatementView) -> Markup:
    more = [text for text in (statement.ground, statement.reason) if text]
    if statement.review_on:
        more.append(
            gettext("look again on {review_on}").format(review_on=_day(statement.review_on))
        )
    return html(" %s", mark("withheld", gettext("Withheld from the child"), "; ".join(more)))


NEED_TO_KNOW: Final = "need_to_know"


def held_html(held: Sequence[HeldView]) -> Markup:
    """Return the marks of what is restricted: who does not read it, why, and until when."""
    return together(html(" %s", mark("withheld", _kept(why), _why(why))) for why in held)


def _kept(why: HeldView) -> str:
    if why.scope == NEED_TO_KNOW:
        return gettext("Only for staff who need to know")
    return gettext("Withheld from the child")


def _why(why: HeldView) -> str:
    more = [why.ground, why.reason, why.reference, why.officer]
    if why.review_on:
        more.append(gettext("look again on {review_on}").format(review_on=_day(why.review_on)))
    return "; ".join(words for words in more if words)


def third_html(about: StatementView | AnswerView | FileView) -> Markup:
    """Return the mark of what is about somebody else, and their permission."""
    who = name(about.third_party)
    permission = gettext(PERMISSIONS[about.permission]) if about.permission in PERMISSIONS else ""
    more = html("%s, %s", who, permission) if who and permission else who or permission
    return html(" %s", mark("third", gettext("About a third party"), more))


def answer_marks(about: AnswerView | FileView) -> Markup:
    """Return the marks of an answer or a file: one child's alone, about somebody else."""
    third = third_html(about) if about.third_party else NOTHING
    return about_html(about.about) + third


_SHARING: Final[Mapping[str, Callable[[StatementView], Markup]]] = {
    "shared": lambda _: NOTHING,
    "withheld": _withheld,
}


def about_html(about: str) -> Markup:
    """Return the mark of what is about one child alone; nothing if it is about all of them."""
    if not about:
        return NOTHING
    return html(" %s", mark("about", html(gettext("About %s only"), name(about))))


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return date_in_words(day)
