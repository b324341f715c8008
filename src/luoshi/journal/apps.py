"""Registers this room with Django."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "luoshi.journal"
    verbose_name = "日志"
