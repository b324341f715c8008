"""Registers this room with Django, what of it can be found with search, and what it shows of a task."""

from importlib import import_module

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "luoshi.reporting"
    verbose_name = "报送"

    def ready(self) -> None:
        import_module("luoshi.reporting.found")
        import_module("luoshi.reporting.beside")
