"""The forms in which administrators and managers set up homes, people and children."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from casebound.foundation.web.day_field import DayField
from casebound.foundation.web.moment_field import MomentField
from casebound.people.accounts.signed_forms import KeyedForm, SignedForm
from casebound.people.events.whys import why_choices
from casebound.people.homes.actions import FACES
from casebound.people.homes.births import BirthKnown
from casebound.people.homes.consents import ways_of_saying

EVERYWHERE = "everywhere"
OLD_SHOWN = [
    ("no", gettext_lazy("No: the child does not want to meet it")),
    ("yes", gettext_lazy("Yes: the child minds neither")),
]


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared by the form)
    field.choices = choices


class WhyForm(forms.Form):
    """Why somebody reads so much."""

    why = forms.ChoiceField(
        choices=why_choices, error_messages={"required": gettext_lazy("Choose why.")}
    )


class AccountForm(KeyedForm):
    """Who the new account is for."""

    full_name = forms.CharField(max_length=120, label=gettext_lazy("Full name"))
    username = forms.CharField(max_length=60, label=gettext_lazy("User name"))
    only_one_name = forms.BooleanField(required=False)
    ends_at = MomentField(required=False)


class WorkerNameForm(SignedForm):
    """The name that a person signs with from now on. The action checks that it is whole."""

    full_name = forms.CharField(
        max_length=120,
        error_messages={"required": gettext_lazy("Give the first name and the surname in full.")},
    )
    only_one_name = forms.BooleanField(required=False)


class SignOnForm(SignedForm):
    """Who a person is at the single sign-on; empty: nobody."""

    known_as = forms.CharField(required=False, max_length=255)


class ReopenForm(SignedForm):
    """Opening a closed account again."""


class EndsForm(SignedForm):
    """When an account ends by itself, if it does."""

    ends = forms.ChoiceField(
        choices=[
            ("on", gettext_lazy("At this time")),
            ("never", gettext_lazy("When somebody closes it")),
        ],
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    ends_at = MomentField(required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the time, if the account is to end at one."""
        answers = super().clean() or {}
        given = answers.get("ends_at") or self.has_error("ends_at")
        if answers.get("ends") == "on" and not given:
            self.add_error("ends_at", gettext("Give the day and the time."))
        return answers


class HomeForm(SignedForm):
    """A home to open. The action checks its name."""

    name = forms.CharField(error_messages={"required": gettext_lazy("Give the name of the home.")})
    address = forms.CharField(
        error_messages={"required": gettext_lazy("Give the address of the home.")}
    )
    secure = forms.BooleanField(required=False)


class AppointForm(SignedForm):
    """A role for somebody, at a home or everywhere."""

    role = forms.ChoiceField(error_messages={"required": gettext_lazy("Choose a role.")})
    home = forms.ChoiceField(error_messages={"required": gettext_lazy("Choose where.")})
    from_at = MomentField()

    def __init__(
        self,
        *args: Any,  # Any: Django's own options of a form
        homes: list[tuple[str, str]],
        roles: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        """Offer these homes and roles, as pairs of key and name."""
        super().__init__(*args, **options)
        _offer(self, "role", roles)
        _offer(self, "home", [*homes, (EVERYWHERE, gettext("The whole provider"))])


class LinkForm(SignedForm):
    """A set-up link for somebody."""

    lost_second_factor = forms.BooleanField(required=False)


class AnswerForm(SignedForm):
    """What the second person says."""

    answer = forms.ChoiceField(
        choices=[("yes", gettext_lazy("Yes, I agree")), ("no", gettext_lazy("No"))],
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    reason = forms.CharField(required=False)


class HandOverForm(forms.Form):
    """The code that the second person handed over."""

    code = forms.CharField(
        max_length=20, error_messages={"required": gettext_lazy("Type the code.")}
    )


class EndForm(SignedForm):
    """When something ends."""

    to_at = MomentField()


class BirthFields(forms.Form):
    """When a child was born, and how sure that is. The action checks that they fit together."""

    birth = forms.ChoiceField(
        choices=lambda: [(known.value, known.label) for known in BirthKnown],
        error_messages={"required": gettext_lazy("Say how sure the date of birth is.")},
    )
    born_on = DayField(required=False)
    birth_by = forms.CharField(required=False)
    birth_basis = forms.CharField(required=False)


class AdmitForm(BirthFields, SignedForm):
    """A child to admit. The action checks how long the names are."""

    full_name = forms.CharField(
        error_messages={
            "required": gettext_lazy("Give the child's full name (Schedule 3, paragraph 1).")
        }
    )
    called = forms.CharField(required=False)
    same_name = forms.BooleanField(required=False)
    pronouns = forms.CharField(required=False)
    from_at = MomentField()
    field_order = ("full_name", "called", "same_name", "pronouns")


class NameForm(SignedForm):
    """How a child is named from a day on. The action checks how long the names are."""

    full_name = forms.CharField(
        error_messages={
            "required": gettext_lazy("Give the child's full name (Schedule 3, paragraph 1).")
        }
    )
    called = forms.CharField(required=False)
    same_name = forms.BooleanField(required=False)
    pronouns = forms.CharField(required=False)
    face = forms.TypedChoiceField(
        choices=[(str(face), "") for face in range(FACES + 1)],
        coerce=int,
        error_messages={"required": gettext_lazy("Choose a picture.")},
    )
    from_on = DayField(
        error_messages={"required": gettext_lazy("Give the day from which the name holds.")}
    )
    wished_by = forms.CharField(error_messages={"required": gettext_lazy("Say who wished it.")})
    old_shown = forms.TypedChoiceField(
        choices=OLD_SHOWN,
        coerce="yes".__eq__,
        error_messages={"required": gettext_lazy("Say whether the earlier name may be shown.")},
    )


class BirthForm(BirthFields, SignedForm):
    """What is held to be so of a child's birth from now on."""


class LivesAgainForm(SignedForm):
    """The home where a child who moved on lives again, and the day they came."""

    home = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Choose a home."),
            "invalid_choice": gettext_lazy("Choose a home."),
        }
    )
    from_at = MomentField()

    def __init__(self, *args: Any, homes: list[tuple[str, str]], **options: Any) -> None:
        """Offer these homes, as pairs of id and name."""
        super().__init__(*args, **options)  # Any: Django's own options of a form
        _offer(self, "home", homes)


class KeyWorkerForm(SignedForm):
    """Who becomes a child's key worker, and from when."""

    worker = forms.ChoiceField(
        error_messages={"required": gettext_lazy("Choose somebody who works here.")}
    )
    from_at = MomentField()

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **options: Any) -> None:
        """Offer these people, as pairs of id and name."""
        super().__init__(*args, **options)  # Any: Django's own options of a form
        _offer(self, "worker", workers)


class ConsentSaidForm(SignedForm):
    """Who said it, how, and when. The action checks how long the texts are."""

    said_by = forms.CharField(
        error_messages={"required": gettext_lazy("Say who spoke: the name, and the role.")}
    )
    how = forms.ChoiceField(
        choices=ways_of_saying,
        error_messages={"required": gettext_lazy("Choose how it was said.")},
    )
    said_at = MomentField()
    words = forms.CharField(required=False)


class AnswerConsentForm(ConsentSaidForm):
    """A consent that is given or refused."""

    given = forms.TypedChoiceField(
        choices=[
            ("yes", gettext_lazy("Yes, the independent person may read the records")),
            ("no", gettext_lazy("No")),
        ],
        coerce="yes".__eq__,
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )
    field_order = ("given",)


class WithdrawForm(ConsentSaidForm):
    """A consent that is withdrawn."""
