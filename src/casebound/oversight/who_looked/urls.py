"""The addresses of this room."""

from django.urls import path

from casebound.oversight.who_looked.views import answer, looks, of_book, printed, questions

app_name = "who_looked"

urlpatterns = [
    path("who-looked/", looks.looks, name="looks"),
    path("who-looked/print/", printed.printed, name="print"),
    path("who-looked/questions/", questions.questions, name="questions"),
    path("who-looked/questions/<str:question>/", answer.answer, name="answer"),
    path("books/<str:book>/who-looked/", of_book.of_book, name="of_book"),
]
