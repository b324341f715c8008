"""Registers this room with Django."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "luoshi.board"
    verbose_name = "挂图"
