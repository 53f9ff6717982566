"""The addresses of this room."""

from django.urls import path

from casebound.oversight.desk.views import desk, shift

app_name = "desk"

urlpatterns = [
    path("", shift.shift, name="shift"),
    path("desk/", desk.desk, name="desk"),
    path("nothing-here/", shift.nothing, name="nothing"),
]
