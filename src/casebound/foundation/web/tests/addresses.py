"""The room's own addresses, so that its browser tests stand without any other room."""

from django.urls import include, path

urlpatterns = [path("", include("casebound.foundation.web.urls"))]
