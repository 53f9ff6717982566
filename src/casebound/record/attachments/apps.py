"""The room's place in the house."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """What is not signed yet lies beside the drafts, encrypted as they are."""

    name = "casebound.record.attachments"
    label = "attachments"
    store = "default"
