"""The addresses of this room."""

from django.urls import path

from casebound.reading.registers.views import register, registers

app_name = "registers"

urlpatterns = [
    path("books/<str:book>/registers/", registers.registers, name="registers"),
    path("books/<str:book>/registers/<slug:name>/", register.register, name="register"),
    path("books/<str:book>/registers/<slug:name>/print/", register.printed, name="print"),
]
