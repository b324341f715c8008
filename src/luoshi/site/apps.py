"""Registers this room with Django, and what it ties together."""

from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "luoshi.site"
    verbose_name = "网站"

    def ready(self) -> None:
        """Once all rooms are there: whose days stand on the calendar."""
        import_module("luoshi.site.calendar_days").put()
