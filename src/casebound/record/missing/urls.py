"""The addresses of this room."""

from django.urls import path

from casebound.record.missing.views import episode, lines

app_name = "missing"

urlpatterns = [
    path("missing/<str:book>/<int:number>/", episode.episode, name="episode"),
    path("missing/<str:book>/<int:number>/lines/", lines.lines, name="lines"),
]
