"""The addresses of this room."""

from django.urls import path

from casebound.reading.handover.views import handover

app_name = "handover"

urlpatterns = [
    path("books/<str:book>/handover/", handover.handover, name="handover"),
    path("books/<str:book>/handover/write/", handover.write, name="write"),
]
