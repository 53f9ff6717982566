"""The addresses of this room."""

from django.urls import path

from casebound.record.profile.views import police_sheet, profile

app_name = "profile"

urlpatterns = [
    path("books/<str:book>/profile/", profile.profile, name="profile"),
    path("books/<str:book>/police-sheet/", police_sheet.police_sheet, name="police_sheet"),
]
