"""What a manager types to answer a question."""

from django import forms
from django.utils.translation import gettext, gettext_lazy

from casebound.oversight.who_looked.rules import ANSWERS, LONGEST
from casebound.people.accounts.signed_forms import SignedForm


def answer_choices() -> list[tuple[str, str]]:
    """Return the answers with their words, in the order of the page."""
    return [(answer.value, gettext(words)) for answer, words in ANSWERS.items()]


class LookingAnswerForm(SignedForm):
    """What it was, and a sentence on it."""

    answer = forms.ChoiceField(
        choices=answer_choices,
        error_messages={
            "required": gettext_lazy("Choose what it was."),
            "invalid_choice": gettext_lazy("Choose what it was."),
        },
    )
    words = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": gettext_lazy("Say it in at most 500 characters.")},
    )
