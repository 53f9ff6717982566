"""The room's place in the house."""

from django.apps import AppConfig


class BenchConfig(AppConfig):
    """The room's tables are the comparators', made only while measuring."""

    name = "casebound.upkeep.bench"
    label = "bench"
    store = "derived"
