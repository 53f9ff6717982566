"""What a person types to add a word, or to withdraw one."""

from django import forms

from casebound.people.accounts.signed_forms import SignedForm


class TermForm(SignedForm):
    """A term of the provider's own, or one to withdraw."""

    term = forms.CharField(required=False)
    instead = forms.CharField(required=False)
    why = forms.CharField(required=False)
    withdraw = forms.CharField(required=False)
