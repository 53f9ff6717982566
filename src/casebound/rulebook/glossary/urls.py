"""The addresses of this room."""

from django.urls import path

from casebound.rulebook.glossary.views import change, words

app_name = "glossary"

urlpatterns = [
    path("words/", words.words, name="words"),
    path("words/ours/", change.change, name="change"),
]
