"""The addresses of this room."""

from django.urls import path

from casebound.oversight.desk.views import desk, moved_on, shift

app_name = "desk"

urlpatterns = [
    path("", shift.shift, name="shift"),
    path("desk/", desk.desk, name="desk"),
    path("desk/moved-on/", moved_on.moved_on, name="moved_on"),
    path("nothing-here/", shift.nothing, name="nothing"),
]
