"""How this room's events read as a line of the office's book."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from casebound.ledger.projecting.titles import EventWords, Title
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.rights.rights import role_of
from casebound.people.second_person.entries import AgreementAnswered, AgreementAsked, DoneAlone
from casebound.people.second_person.rules import RequestKind, RequestState

_ASKED = {
    RequestKind.LINK: gettext_noop(
        "A second person is asked to agree to a set-up link for {full_name}."
    ),
    RequestKind.LINK_AND_FACTORS: gettext_noop(
        "A second person is asked to agree to a set-up link for {full_name}, and to take off their"
        " app, passkeys and recovery codes."
    ),
    RequestKind.APPOINTMENT: gettext_noop(
        "A second person is asked to agree that {full_name} is appointed as {role}."
    ),
}
_ANSWERED = {
    RequestState.AGREED: gettext_noop("A second person agreed to what was asked for {full_name}."),
    RequestState.DECLINED: gettext_noop(
        "A second person said no to what was asked for {full_name}."
    ),
    RequestState.WITHDRAWN: gettext_noop("What was asked for {full_name} was taken back."),
}


def _asked(event: AgreementAsked, entry: ReadEntry) -> EventWords:
    role = gettext(role_of(event.role).words) if event.role else ""
    words = gettext(_ASKED[RequestKind(event.what)]).format(full_name=event.full_name, role=role)
    return EventWords(gettext("Second person asked"), entry.signed_at, words)


def _answered(event: AgreementAnswered, entry: ReadEntry) -> EventWords:
    words = gettext(_ANSWERED[RequestState(event.answer)]).format(full_name=event.full_name)
    if event.with_sheet:
        words = gettext(
            "Nobody could agree to what was asked for {full_name}. It was done on the server, with"
            " the recovery sheet."
        ).format(full_name=event.full_name)
    if event.reason:
        words += " " + gettext("Reason: {reason}").format(reason=event.reason)
    return EventWords(gettext("Second person answered"), entry.signed_at, words)


def _done_alone(event: DoneAlone, entry: ReadEntry) -> EventWords:
    words = gettext(
        "This was done for {full_name} by one person, because nobody had been appointed yet who"
        " could agree."
    ).format(full_name=event.full_name)
    return EventWords(gettext("No second person yet"), entry.signed_at, words)


TITLES: Mapping[str, Title] = {
    AgreementAsked.kind: _asked,
    AgreementAnswered.kind: _answered,
    DoneAlone.kind: _done_alone,
}
