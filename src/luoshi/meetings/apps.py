"""Registers this room with Django."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "luoshi.meetings"
    verbose_name = "会议"
