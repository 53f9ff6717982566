"""The addresses of this room."""

from django.urls import path

from casebound.record.third_parties.views import add, change, permission, person, register

app_name = "third_parties"

urlpatterns = [
    path("other-people/<str:book>/", register.register, name="register"),
    path("other-people/<str:book>/add/", add.add, name="add"),
    path("other-people/<str:book>/<str:person>/", person.person, name="person"),
    path("other-people/<str:book>/<str:person>/change/", change.change, name="change"),
    path(
        "other-people/<str:book>/<str:person>/permission/", permission.permission, name="permission"
    ),
]
