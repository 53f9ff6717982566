"""Addresses of the web room."""

from django.urls import path

from casebound.foundation.web.views.gallery import gallery

app_name = "web"
urlpatterns = [path("gallery/", gallery, name="gallery")]
