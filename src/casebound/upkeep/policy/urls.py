"""The addresses of this room."""

from django.urls import path

from casebound.upkeep.policy.views.clauses import clauses

app_name = "policy"

urlpatterns = [path("rules/", clauses, name="clauses")]
