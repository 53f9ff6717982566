"""The addresses of this room."""

from django.urls import path

from casebound.record.profile.views import profile

app_name = "profile"

urlpatterns = [path("books/<str:book>/profile/", profile.profile, name="profile")]
