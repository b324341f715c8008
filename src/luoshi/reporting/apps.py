"""Registers this room with Django."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "luoshi.reporting"
    verbose_name = "报送"
