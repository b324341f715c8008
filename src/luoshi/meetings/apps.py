"""Registers this room with Django, and what it shows of a task."""

from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "luoshi.meetings"
    verbose_name = "会议"

    def ready(self) -> None:
        import_module("luoshi.meetings.beside")
