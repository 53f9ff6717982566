"""The addresses of this room."""

from django.urls import path

from casebound.rulebook.recording_policy.views import people, policy, publish, version

app_name = "recording_policy"

urlpatterns = [
    path("recording-policy/", policy.policy, name="policy"),
    path("recording-policy/versions/<int:number>/", version.version, name="version"),
    path("recording-policy/publish/", publish.publish, name="publish"),
    path("recording-policy/people/", people.people, name="people"),
]
