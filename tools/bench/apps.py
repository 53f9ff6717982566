"""The room's place in the house."""

from django.apps import AppConfig


class BenchConfig(AppConfig):
    """No tables: those of the comparator are made in scratch databases only."""

    name = "tools.bench"
    label = "bench"
