"""Registers this room with Django."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "luoshi.reminders"
    verbose_name = "提醒"
