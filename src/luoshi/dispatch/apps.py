"""Registers this room with Django."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "luoshi.dispatch"
    verbose_name = "日程"
