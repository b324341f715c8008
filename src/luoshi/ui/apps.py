"""Registers this room with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "luoshi.ui"
    verbose_name = "界面"
