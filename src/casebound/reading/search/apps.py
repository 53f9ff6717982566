"""The room's place in the house."""

from collections.abc import Mapping, Sequence

from django.apps import AppConfig

from casebound.foundation.base.messages import gettext
from casebound.foundation.web.labels import label_with


class SearchConfig(AppConfig):
    """The index follows from the entries."""

    name = "casebound.reading.search"
    label = "search"
    store = "derived"

    def ready(self) -> None:
        """Say what the box of the search is called."""
        label_with(_labels_of)


def _labels_of(_: str, names: Sequence[str]) -> Mapping[str, str]:
    return {"q": gettext("Words to look for")} if "q" in names else {}
