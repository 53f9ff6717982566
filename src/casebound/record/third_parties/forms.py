"""What a worker types of the other people in a child's book."""

from django import forms
from django.utils.translation import gettext_lazy

from casebound.foundation.web.day_field import DayField
from casebound.people.accounts.signed_forms import SignedForm
from casebound.record.third_parties.actions import LONGEST_NAME, LONGEST_RELATION
from casebound.record.third_parties.wording import ANSWERS, KNOWN, STANDINGS


class PersonForm(SignedForm):
    """Who somebody is to the child."""

    name = forms.CharField(
        max_length=LONGEST_NAME, error_messages={"required": gettext_lazy("Give their name.")}
    )
    also = forms.CharField(max_length=400, required=False)
    relation = forms.CharField(
        max_length=LONGEST_RELATION,
        error_messages={"required": gettext_lazy("Say who they are to the child.")},
    )
    standing = forms.ChoiceField(
        choices=[(value, words) for value, words, _ in STANDINGS],
        error_messages={"required": gettext_lazy("Choose private or professional.")},
    )
    known = forms.ChoiceField(
        choices=KNOWN,
        error_messages={"required": gettext_lazy("Say whether the child knows of them.")},
    )
    child_knows = forms.CharField(max_length=1000, required=False)


class PermissionForm(SignedForm):
    """What somebody answered, when, how and for what."""

    answer = forms.ChoiceField(
        choices=ANSWERS, error_messages={"required": gettext_lazy("Choose what they answered.")}
    )
    on = DayField(error_messages={"required": gettext_lazy("Give the day.")})
    how = forms.CharField(
        max_length=500,
        error_messages={"required": gettext_lazy("Say how they were asked, or answered.")},
    )
    number = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=999_999_999,
        error_messages={"invalid": gettext_lazy("Give the number of the entry, such as 14.")},
    )
    for_what = forms.CharField(max_length=500, required=False)
