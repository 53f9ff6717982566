"""Why a fact about a home is not sealed. `field` is the part of a form that it is about."""

from typing import ClassVar

from casebound.foundation.base.refusals import RefusedError


class HomesRefusedError(RefusedError):
    """A fact about a home, a child or an appointment is not sealed."""

    field: ClassVar = ""
    what = "This was not sealed."


class NoNameError(HomesRefusedError):
    """The name is missing or too long."""

    field = "name"
    why = "It needs a name of up to 120 characters."
    do = "Type the name that people use."


class NoFullNameError(NoNameError):
    """The child's full name is missing or too long."""

    field = "full_name"
    why = "The child's name comes first in the case record (Schedule 3, paragraph 1)."
    do = "Type it in full, in up to 120 characters."


class NameTooLongError(NoNameError):
    """The name a child goes by is too long."""

    field = "called"
    why = "The name is shown on every page, so it can have up to 60 characters."
    do = "Type the name the child uses every day."


class PronounsTooLongError(NoNameError):
    """The pronouns are too long."""

    field = "pronouns"
    why = "Pronouns can have up to 40 characters, such as she, her."
    do = "Write what else matters in the child's book."


class NoAddressError(HomesRefusedError):
    """The address is missing or too long."""

    field = "address"
    why = "A home needs an address of up to 300 characters."
    do = "Type the postal address."


class HomeNameTakenError(HomesRefusedError):
    """There is a home with this name."""

    field = "name"
    why = "There is a home with this name, and people would confuse the two."
    do = "If it is another home, add its town or street to the name."


class SecondOfficeError(HomesRefusedError):
    """There is an office already."""

    why = "The provider has its office's book already."
    do = "Continue with the installation as it is."


class NoOfficeError(HomesRefusedError):
    """The provider has no office, so an entry about the whole provider has no book."""

    why = "This belongs in the book of the provider's office, and there is no office yet."
    do = "Run `casebound init` first."


class NoSuchHomeError(HomesRefusedError):
    """There is no such home."""

    field = "home"
    why = "There is no such home."
    do = "Choose a home from the list."


class UnlikelyTimeError(HomesRefusedError):
    """A time is too far ahead or too long ago."""

    field = "from_at"
    why = "The time is too far ahead, or too long ago."
    do = "Check the day, the year and the time."


class UnlikelyEndError(UnlikelyTimeError):
    """An end is too far ahead or too long ago."""

    field = "to_at"


class EndBeforeStartError(HomesRefusedError):
    """The end lies before the beginning."""

    field = "to_at"
    why = "The end is before the beginning."
    do = "Check the day and the time."


class NoEndError(HomesRefusedError):
    """A role for a time has no end."""

    field = "to_at"
    why = "This role lasts for a time, so it ends by itself."
    do = "Give the day and the time when it ends."


class OverAlreadyError(HomesRefusedError):
    """A role for a time would be over before anybody has it."""

    field = "to_at"
    why = "The end is over already."
    do = "Check the day and the time."


class LastsTooLongError(HomesRefusedError):
    """A role for a time would last longer than the table of rights allows."""

    field = "to_at"
    why = "It would last too long: a shift of an agency worker lasts 26 hours at most."
    do = "Choose an earlier end. It can be given again."


class NoAppointmentReasonError(HomesRefusedError):
    """A role for a time, or its early end, has no reason."""

    field = "reason"
    why = "The book says who may read it, and why."
    do = "Give the reason in up to 1,000 characters."


class RoleReachError(HomesRefusedError):
    """A worker cannot have this role there."""

    field = "home"
    why = "People see what they need for where they work and no more."
    do = (
        "Choose a home for somebody who works with children, the whole provider for a system "
        "administrator, and a child for a key worker."
    )


class GrantedAlreadyError(HomesRefusedError):
    """The worker has the same access already."""

    why = "This person has the same access at that time."
    do = "End that grant first, if the new one differs."


class NotOfferedError(HomesRefusedError):
    """The table of rights names nobody who may appoint somebody to the role."""

    field = "role"
    why = "Nobody may appoint people to this role."
    do = "Choose another role."


class AppointedAlreadyError(HomesRefusedError):
    """The worker has the same role there already."""

    field = "role"
    why = "This person has the role there already, or will have."
    do = "End that appointment first, if the new one differs."


class NotLivingHereError(HomesRefusedError):
    """The child does not live at the home."""

    field = "child"
    why = "The child does not live at this home."
    do = "Go back to your home's page and choose again."


class EndedAlreadyError(HomesRefusedError):
    """The thing to end has ended already, or never existed."""

    why = "It has ended already, or somebody else has just ended it."
    do = "Go back and look at the list again."


class OwnAppointmentError(HomesRefusedError):
    """A system administrator would shut themselves out, and perhaps leave nobody in."""

    why = "It is your own appointment, and you could not sign in again."
    do = "Ask another system administrator to do it."


class BirthRefusedError(HomesRefusedError):
    """What is stated of a child's birth does not hold together."""

    field = "born_on"


class UnlikelyBirthError(BirthRefusedError):
    """With this date of birth a child would be too young or too old."""

    why = "With this date of birth the child is not yet born, or over 25, on the day of admission."
    do = "Check the date of birth (Schedule 3, paragraph 2) and the day of admission."


class NoBirthDateError(BirthRefusedError):
    """There is no date, although it is said to be known, estimated or disputed."""

    why = "Give the date of birth (Schedule 3, paragraph 2), or say that it is not known."
    do = "Where the year alone is known, 1 January stands for it; say so under what it rests on."


class BirthNotKnownError(BirthRefusedError):
    """There is a date, although it is said not to be known."""

    why = "There is a date here, and it says that the date of birth is not known."
    do = "Choose how sure the date is, or remove it."


class NoSourceOfBirthError(BirthRefusedError):
    """It does not say who estimates or disputes the date of birth."""

    field = "birth_by"
    why = "Everybody who reads an age must see whose estimate it is."
    do = "Say who estimates or disputes it: name and role, with 120 letters at most."


class NoBasisError(BirthRefusedError):
    """It does not say what a date of birth rests on."""

    field = "birth_basis"
    why = "It needs what the date of birth rests on, with 500 letters at most."
    do = "Say it: a birth certificate, an assessment of age and its day, what the child says."


class SharedNameError(HomesRefusedError):
    """Another child of the home goes by this name."""

    field = "called"
    what = "This was not sealed yet."
    why = "Another child here goes by this name already."
    do = (
        "What shall we call this one? Ask the child, and type it. Or keep the name, with the tick"
        " below: then both are shown with the beginning of their surname."
    )


class NoWishError(HomesRefusedError):
    """It does not say who wished another name."""

    field = "wished_by"
    why = "Whose wish it is belongs in the record, with 500 letters at most."
    do = "Say who wished it, such as: the child themself, in a talk with their key worker."


class LaterNameError(HomesRefusedError):
    """The day from which a name holds is in the future."""

    field = "from_on"
    why = "A name shows at once wherever the child is named, so the day cannot be in the future."
    do = "Give today or an earlier day, or come back on that day."


class NothingNewError(HomesRefusedError):
    """What is stated is so already."""

    why = "This is what the record says already, so there is nothing to seal."
    do = "Change what is different, or leave it as it is."


class LivesSomewhereError(HomesRefusedError):
    """The child lives at a home already, or will come to one."""

    why = "The child lives at a home already, or is due to arrive at one."
    do = "When a child moves from one home to another, first say when they left the earlier home."


class BeforeTheyLeftError(HomesRefusedError):
    """A new time at a home would begin before the last one ended."""

    field = "from_at"
    why = "This is before the child left the home where they lived last."
    do = "Check the day and the time; the child's book says when they left."


class HasBookError(HomesRefusedError):
    """The child lived at the home before."""

    field = "full_name"
    why = "A child of this name and date of birth lived here before and has a book already."
    do = (
        "If they have come back, find them on your desk under “Children who have moved on”, and "
        "say there that they live with you again. If they are not there, ask the responsible "
        "individual."
    )


class AdmittedAlreadyError(HomesRefusedError):
    """The child was admitted a moment ago, or lives there already."""

    field = "full_name"
    what = "This was not sealed again."
    why = "A child of this name and date of birth is already admitted here, with a book."
    do = "Go back to your home's page: the child's book is there."


class NobodySaidItError(HomesRefusedError):
    """It does not say who gave, refused or withdrew a consent."""

    field = "said_by"
    why = "A consent counts only if the record says who spoke for it (regulation 44(2)(b))."
    do = "Give the name, and the role if it is not the child, in up to 120 characters."


class SaidLaterError(HomesRefusedError):
    """What was said about a consent would be said in the future."""

    field = "said_at"
    why = "This cannot have been said yet: the day and the time are in the future, or too far back."
    do = "Check the day and the time."


class ConsentWordsError(HomesRefusedError):
    """The words with a consent are too long."""

    field = "words"
    why = "There is room for 1,000 characters here."
    do = "Keep what matters for the consent, and write the rest as an entry."


class NoConsentToWithdrawError(HomesRefusedError):
    """The consent does not count any more, or never did."""

    why = "There is no consent here that still counts, so nothing was left to withdraw."
    do = "Go back to the list: it says how and when the consent ended."
