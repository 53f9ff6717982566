"""The address of the gallery."""

from django.urls import path

from casebound.upkeep.gallery.views.gallery import gallery

app_name = "gallery"
urlpatterns = [path("gallery/", gallery, name="gallery")]
