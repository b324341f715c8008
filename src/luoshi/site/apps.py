"""Registers this room with Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "luoshi.site"
    verbose_name = "网站"
