"""The addresses of this room."""

from django.urls import path

from casebound.reading.search.views import search

app_name = "search"

urlpatterns = [path("", search.search, name="search")]
