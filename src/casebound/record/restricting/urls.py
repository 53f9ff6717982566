"""The addresses of this room."""

from django.urls import path

from casebound.record.restricting.views import discussed, intervals, restrict, restriction, section

app_name = "restricting"

urlpatterns = [
    path("restricted/", section.section, name="section"),
    path("restricted/print/", section.printed, name="print"),
    path("restricted/longest/", intervals.intervals, name="intervals"),
    path("restricted/<str:book>/<int:number>/", restrict.restrict, name="restrict"),
    path("restricted/<str:book>/<str:which>/", restriction.restriction, name="restriction"),
    path("restricted/<str:book>/<str:which>/talk/", discussed.discussed, name="discussed"),
]
