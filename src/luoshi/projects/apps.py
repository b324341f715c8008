"""Registers this room with Django, and what it shows of a task."""

from importlib import import_module

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "luoshi.projects"
    verbose_name = "项目"

    def ready(self) -> None:
        import_module("luoshi.projects.beside")
