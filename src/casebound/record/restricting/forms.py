"""The forms in which a manager restricts, looks again, and says who was asked and told."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from casebound.foundation.web.day_field import DayField
from casebound.people.accounts.signed_forms import SignedForm
from casebound.people.restricted.holding import Scope
from casebound.record.restricting.sections import (
    CONSULTED,
    HOW,
    SECTIONS,
    DecisionStep,
    ReviewOutcome,
    Section,
    others_than,
)
from casebound.rulebook.catalogue.marks import Ground

OUTCOMES = [
    (
        ReviewOutcome.RENEWED.value,
        gettext_lazy("The reason still holds: it stays, and is looked at again"),
    ),
    (ReviewOutcome.RELEASED.value, gettext_lazy("The reason no longer holds: release it")),
    (ReviewOutcome.MOVED.value, gettext_lazy("It belongs in another section: move it")),
]
SCOPES = [
    (
        Scope.CHILD.value,
        gettext_lazy("The child"),
        gettext_lazy("Staff go on reading it. The child does not."),
    ),
    (
        Scope.NEED_TO_KNOW.value,
        gettext_lazy("Staff who do not need to know"),
        gettext_lazy(
            "Read by managers, the key worker, its author and the colleague who told it. This alone"
            " does not keep it from the child."
        ),
    ),
]


def ground_choices() -> list[tuple[str, str]]:
    """Return the closed list of grounds, as a form offers it."""
    return [(ground.value, ground.label) for ground in Ground.offered()]


class GroundForm(SignedForm):
    """On which ground, why, who asks for it, who it is about, and the day of the next look.

    The action checks what each ground asks for.
    """

    ground = forms.ChoiceField(
        choices=ground_choices, error_messages={"required": gettext_lazy("Choose the ground.")}
    )
    reason = forms.CharField(
        error_messages={"required": gettext_lazy("Give the reason in up to 1,000 characters.")}
    )
    reference = forms.CharField(required=False)
    officer = forms.CharField(required=False)
    kept_from = forms.MultipleChoiceField(required=False)
    review_on = DayField(
        error_messages={"required": gettext_lazy("Say on which day it is looked at again.")}
    )

    def __init__(
        self,
        *args: Any,  # Any: Django's own options of a form
        colleagues: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        """Offer these colleagues, as pairs of id and name, as those it may be about."""
        super().__init__(*args, **options)
        offer(self, "kept_from", colleagues)


class RestrictForm(GroundForm):
    """What to restrict of an entry, and who it is kept from."""

    parts = forms.MultipleChoiceField(
        error_messages={
            "required": gettext_lazy("Choose what to restrict."),
            "invalid_choice": gettext_lazy("Choose what to restrict."),
        }
    )
    scope = forms.ChoiceField(
        choices=[(value, words) for value, words, _ in SCOPES],
        error_messages={"required": gettext_lazy("Choose who it is kept from.")},
    )
    decided_by = forms.ChoiceField(required=False)
    seen = forms.IntegerField(min_value=0)
    field_order = ("parts", "scope", "ground", "reason", "reference", "officer", "kept_from")

    def __init__(
        self,
        *args: Any,  # Any: Django's own options of a form
        parts: list[tuple[str, str]],
        managers: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        """Offer these parts, and these managers as those who decided."""
        super().__init__(*args, **options)
        offer(self, "parts", parts)
        offer(self, "decided_by", managers)


class ReviewForm(GroundForm):
    """What a manager decides who looks again. The action checks what each outcome asks for."""

    outcome = forms.ChoiceField(
        choices=OUTCOMES,
        error_messages={"required": gettext_lazy("Choose what you decided.")},
    )
    to = forms.ChoiceField(required=False)
    seen = forms.IntegerField(min_value=0)
    field_order = ("outcome", "reason", "review_on", "to", "ground", "reference", "officer")

    def __init__(self, *args: Any, section: Section, is_whole: bool, **options: Any) -> None:
        """Offer the sections that it can move to from its own."""
        super().__init__(*args, **options)  # Any: Django's own options of a form
        others = others_than(section, is_whole=is_whole)
        self.fields["ground"].required = False
        self.fields["review_on"].required = False
        offer(self, "to", [(to.value, gettext(SECTIONS[to])) for to in others])


class DiscussedForm(SignedForm):
    """Who was asked what they think, or told what was decided."""

    what = forms.ChoiceField(
        choices=[
            (DecisionStep.ASKED.value, gettext_lazy("I asked what they think")),
            (DecisionStep.TOLD.value, gettext_lazy("I told them what was decided")),
        ],
        error_messages={"required": gettext_lazy("Say if you asked or told them.")},
    )
    who = forms.ChoiceField(
        choices=lambda: [(who.value, gettext(words)) for who, words in CONSULTED.items()],
        error_messages={"required": gettext_lazy("Say who.")},
    )
    name = forms.CharField(error_messages={"required": gettext_lazy("Give their name.")})
    how = forms.ChoiceField(
        choices=lambda: [(how, gettext(words)) for how, words in HOW.items()],
        error_messages={"required": gettext_lazy("Say how.")},
    )
    on = DayField(error_messages={"required": gettext_lazy("Say on which day.")})
    said = forms.CharField(required=False)


class IntervalForm(SignedForm):
    """How many days a ground allows at most."""

    ground = forms.ChoiceField(
        choices=ground_choices, error_messages={"required": gettext_lazy("Choose the ground.")}
    )
    days = forms.IntegerField(
        error_messages={
            "required": gettext_lazy("Give a number of days from 1 to 366."),
            "invalid": gettext_lazy("Give a number of days from 1 to 366."),
        }
    )


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Offer these choices in a field of a form."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared by the form)
    field.choices = choices
