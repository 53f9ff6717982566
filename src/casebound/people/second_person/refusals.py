"""Why something that takes two people is not done."""

from typing import ClassVar

from casebound.foundation.base.refusals import NotAllowedError, RefusedError


class NotYourAnswerError(NotAllowedError):
    """Somebody would answer who asked, who it is for, or who may not agree (P13)."""

    what = "This was not answered."
    why = "The second person is somebody else than who asked and who it is for."
    do = "Ask the registered manager of the home or the responsible individual."


class AnsweredAlreadyError(RefusedError):
    """The request was answered, taken back, or is too old."""

    what = "This was not done."
    why = "It was answered or taken back already, or nobody answered for seven days."
    do = "Go back and look at the list again. Who asked can ask again."


class WhyNotError(RefusedError):
    """Somebody says no, and not why."""

    field: ClassVar = "reason"
    what = "This was not sealed."
    why = "Who asked needs to know what is wrong."
    do = "Say why, in up to 500 characters."


class ManagerFirstError(RefusedError):
    """Somebody would be appointed before there is anybody who could agree."""

    field: ClassVar = "role"
    what = "This was not done."
    why = "Nobody can agree yet, because there is no registered manager."
    do = "Appoint the registered manager of the home first."


class AskedAlreadyError(RefusedError):
    """The same is asked already, and waits."""

    what = "This was not asked again."
    why = "It is asked already, and waits for a second person."
    do = "Ask them to look at “Agree to access” in casebound."


class NotAgreedError(RefusedError):
    """A link would be made to which nobody agreed, or too long after."""

    what = "The link was not made."
    why = "A second person has to agree first, and the link is made within two days after."
    do = "Ask for it on the page of this person."


class WrongHandOverCodeError(RefusedError):
    """The code that the second person handed over is not right."""

    field: ClassVar = "code"
    what = "You are not in yet."
    why = "The code is not right."
    do = "Check it, or ask who gave it to you to read it out again."
