"""The room's addresses."""

from django.urls import path

from casebound.people.access.views import people

app_name = "access"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/new/", people.new, name="new_account"),
    path("people/<str:account>/", people.person, name="person"),
    path("people/<str:account>/link/", people.link, name="link"),
    path("people/<str:account>/close/", people.close, name="close_account"),
]
