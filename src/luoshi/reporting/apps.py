"""Registers this room with Django: what of it can be found with search, what it shows of a task, what it does when a share is contested."""

from importlib import import_module

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "luoshi.reporting"
    verbose_name = "报送"

    def ready(self) -> None:
        import_module("luoshi.reporting.found")
        import_module("luoshi.reporting.beside")
        import_module("luoshi.reporting.sparing")
