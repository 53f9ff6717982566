"""What is typed to publish a version, or to say that one has read it."""

from django import forms

from casebound.people.accounts.signed_forms import SignedForm
from casebound.rulebook.recording_policy.rules import LONGEST_CHANGED, LONGEST_TEXT


class PublishForm(SignedForm):
    """The whole text, and what changed. `before` is the version it was written on."""

    text = forms.CharField(required=False, max_length=LONGEST_TEXT * 2)
    changed = forms.CharField(required=False, max_length=LONGEST_CHANGED * 2)
    before = forms.IntegerField(min_value=0)


class AcknowledgeForm(SignedForm):
    """The version that was read."""

    version = forms.IntegerField(min_value=1)
