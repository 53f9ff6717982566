"""The room's place in the house."""

from django.apps import AppConfig


class RecordingPolicyConfig(AppConfig):
    """Versions and who has read them follow from the entries of the office's book."""

    name = "casebound.rulebook.recording_policy"
    label = "recording_policy"
    store = "derived"
