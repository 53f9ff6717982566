"""Why something is not restricted, not released or not renewed."""

from typing import ClassVar

from casebound.foundation.base.refusals import NotAllowedError, RefusedError


class NotYoursToDecideError(NotAllowedError):
    """Somebody who does not answer for the book would decide (P42)."""

    what = "This was not sealed."
    why = "Only the managers who answer for this book decide what is restricted later."
    do = "Tell the registered manager of the home what you worry about."


class InvolvedError(NotAllowedError):
    """A manager would decide about a record of something they took part in."""

    what = "This was not sealed."
    why = "The entry is about something that you took part in."
    do = "Ask another manager or the responsible individual to decide."


class NothingChosenError(RefusedError):
    """No part was chosen, or one that the entry does not have."""

    field: ClassVar = "parts"
    what = "This was not sealed."
    why = "Nothing is chosen that could be restricted."
    do = "Choose the whole entry, or one or more parts of it."


class ForAllStaffError(RefusedError):
    """All staff act on what is written on this form, so that nothing of it is for a few."""

    field: ClassVar = "scope"
    what = "This was not sealed."
    why = "All staff act on what is written on this form, such as an allergy or a handover."
    do = "Keep it from the child only, or write what a few need to know in an entry of its own."


class RestrictedAlreadyError(RefusedError):
    """It is restricted in this way already."""

    field: ClassVar = "parts"
    what = "This was not sealed."
    why = "It is restricted in this way already."
    do = "Open the restricted section to renew it, release it or move it."


class ChangedMeanwhileError(RefusedError):
    """Somebody decided about the same thing since the page was opened."""

    what = "This was not sealed."
    why = "Another manager decided about this since you opened the page."
    do = "Open the page again and read what they decided."


class NotHeldError(RefusedError):
    """What would be reviewed is not restricted any more."""

    what = "This was not sealed."
    why = "It is not restricted any more."
    do = "Open it again: its history says who decided what."


class NoReasonError(RefusedError):
    """The reason is missing or too long."""

    field: ClassVar = "reason"
    what = "This was not sealed."
    why = "The manager who looks at it again has to know why."
    do = "Give the reason in up to 1,000 characters."


class NoGroundError(RefusedError):
    """The ground is none of the list."""

    field: ClassVar = "ground"
    what = "This was not sealed."
    why = "Something is restricted on one of the grounds of the list, and on no other."
    do = "Choose the ground."


class MissingDetailError(RefusedError):
    """The ground needs more than a reason."""

    field: ClassVar = "reference"
    what = "This was not sealed."
    why = "This ground needs a reference, so that somebody can ask again."
    do = "Give the reference of the police, the court or the lawyer, in up to 120 characters."


class MissingOfficerError(RefusedError):
    """The ground asks for the officer."""

    field: ClassVar = "officer"
    what = "This was not sealed."
    why = "This ground needs the name of the officer, so that somebody can ask them again."
    do = "Give the name."


class MissingWorkerError(RefusedError):
    """The ground asks which colleague it is about."""

    field: ClassVar = "kept_from"
    what = "This was not sealed."
    why = "This ground is about a colleague, who never reads it."
    do = "Choose who it is about."


class ReviewDayError(RefusedError):
    """The day of the review is missing, past or too far off."""

    field: ClassVar = "review_on"
    what = "This was not sealed."
    why = "Nothing stays restricted without somebody looking at it again."
    do = "Choose a day after today."


class NoSectionError(RefusedError):
    """It would be moved to where it is already, or to no section."""

    field: ClassVar = "to"
    what = "This was not sealed."
    why = "It does not say where it moves to."
    do = "Choose another section than the one it is in."


class WrongOutcomeError(RefusedError):
    """Nothing was decided."""

    field: ClassVar = "outcome"
    what = "This was not sealed."
    why = "It does not say what you decided."
    do = "Choose whether it stays, is released or moves."


class KeptFromYourselfError(RefusedError):
    """A manager would take their own right to read, and nobody else could look at it again."""

    field: ClassVar = "kept_from"
    what = "This was not sealed."
    why = "It would be kept from yourself."
    do = "Ask another manager or the responsible individual to decide."


class NotSpokenError(RefusedError):
    """What is said of a talk is not whole."""

    what = "This was not sealed."
    why = "It does not say who was asked or told, how and when."
    do = "Say who, how, and the day. It cannot be a day to come."


class IntervalError(RefusedError):
    """The longest interval is no number of days that makes sense."""

    field: ClassVar = "days"
    what = "This was not sealed."
    why = "Something restricted is looked at again after 1 to 366 days."
    do = "Give a number of days in that range."
