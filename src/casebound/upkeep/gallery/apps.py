"""The room's place in the house. It keeps nothing in any store."""

from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """One page that shows the components of all rooms."""

    name = "casebound.upkeep.gallery"
    label = "gallery"
    store = "default"
