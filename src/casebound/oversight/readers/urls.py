"""The addresses of this room."""

from django.urls import path

from casebound.oversight.readers.views import appointing, granting, readers

app_name = "readers"

urlpatterns = [
    path("books/<str:book>/readers/", readers.readers, name="readers"),
    path("books/<str:book>/readers/give/", granting.give, name="give"),
    path("books/<str:book>/readers/given/<str:which>/end/", granting.end, name="end_grant"),
    path("books/<str:book>/readers/appoint/", appointing.appoint, name="appoint"),
    path(
        "books/<str:book>/readers/appointed/<str:which>/end/",
        appointing.end,
        name="end_appointment",
    ),
]
