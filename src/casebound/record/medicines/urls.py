"""The addresses of this room."""

from django.urls import path

from casebound.record.medicines.views import medicines, month

app_name = "medicines"

urlpatterns = [
    path("books/<str:book>/medicines/", medicines.medicines, name="medicines"),
    path("books/<str:book>/medicines/<str:month>/", month.month, name="month"),
]
