"""The addresses of this room."""

from django.urls import path

from casebound.reading.in_house.views import in_house

app_name = "in_house"

urlpatterns = [
    path("books/<str:book>/in-the-house/", in_house.in_house, name="in-house"),
    path("books/<str:book>/in-the-house/roll-call/", in_house.roll_call, name="roll-call"),
]
