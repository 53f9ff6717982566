"""What a person types to add a word, or to withdraw one."""

from django import forms


class TermForm(forms.Form):
    """A term of the provider's own, or one to withdraw, and the proof who signs."""

    term = forms.CharField(required=False)
    instead = forms.CharField(required=False)
    why = forms.CharField(required=False)
    withdraw = forms.CharField(required=False)
    password = forms.CharField(required=False, strip=False)
