"""The room's place in the house."""

from django.apps import AppConfig


class MedicinesConfig(AppConfig):
    """What a child has, had and must not have follows from the entries."""

    name = "casebound.record.medicines"
    label = "medicines"
    store = "derived"
