"""The gallery for anybody, so that its browser tests need no account."""

from django.urls import include, path

from casebound.upkeep.gallery.views.gallery import components

urlpatterns = [
    path("", include(([path("gallery/", components, name="gallery")], "gallery"))),
    path("", include("casebound.upkeep.help.urls")),  # every page leads there
    path("", include("casebound.upkeep.policy.urls")),  # so does each rule that is named
]
