"""The addresses of this room."""

from django.urls import path

from casebound.upkeep.help.views import pages

app_name = "help"

urlpatterns = [
    path("help/", pages.contents, name="contents"),
    path("help/for/<str:name>/", pages.about, name="about"),
    path("help/picture/<slug:picture>.png", pages.picture, name="picture"),
    path("help/<slug:page>/", pages.page, name="page"),
]
