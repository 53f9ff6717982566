"""The room's place in the house."""

from django.apps import AppConfig

from casebound.foundation.web.labels import label_with
from casebound.people.access.unfinished import count_with


class DraftingConfig(AppConfig):
    """The room of the drafts: it keeps them as ciphertext in the ledger store."""

    name = "casebound.record.drafting"
    label = "drafting"
    store = "default"

    def ready(self) -> None:
        """Say what the boxes of the writing page are called, and who has not finished what."""
        from casebound.record.drafting.handing_on import unfinished_by  # noqa: PLC0415
        from casebound.record.drafting.labels import labels_of  # noqa: PLC0415  (models load later)

        label_with(labels_of)
        count_with(unfinished_by)
