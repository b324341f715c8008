"""Registers this room with Django, and what it shows of a task."""

from importlib import import_module

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "luoshi.supervision"
    verbose_name = "督办"

    def ready(self) -> None:
        import_module("luoshi.supervision.beside")
