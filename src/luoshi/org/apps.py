"""Registers this room with Django."""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "luoshi.org"
    verbose_name = "单位与人员"
