"""The addresses of this room."""

from django.urls import path

from casebound.upkeep.demo.views import door

app_name = "demo"

urlpatterns = [
    path("", door.door, name="door"),
    path("<str:worker>/", door.step_in, name="step_in"),
]
