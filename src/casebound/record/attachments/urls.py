"""The addresses of this room: ids and numbers alone, never what a file is called."""

from django.urls import path

from casebound.record.attachments.views import file

app_name = "attachments"

urlpatterns = [
    path("books/<str:book>/<int:number>/files/<int:place>/<str:which>/", file.file, name="file")
]
