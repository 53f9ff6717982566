"""The addresses of this room."""

from django.urls import path

from casebound.reading.chronology.views import book, entry, join, names, printed

app_name = "chronology"

urlpatterns = [
    path("books/<str:book>/", book.book, name="book"),
    path("books/<str:book>/print/", printed.printed, name="print"),
    path("books/<str:book>/names/", names.names, name="names"),
    path("books/<str:book>/<int:number>/", entry.entry, name="entry"),
    path("books/<str:book>/<int:number>/event/link/", join.join, name="join"),
]
