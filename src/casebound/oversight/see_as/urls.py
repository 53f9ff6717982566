"""The addresses of this room."""

from django.urls import path

from casebound.oversight.see_as.views import see_as

app_name = "see_as"

urlpatterns = [path("who-sees-what/", see_as.see_as, name="see_as")]
