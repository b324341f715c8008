from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "luoshi.bulletins"
    verbose_name = "公文"
    default_auto_field = "django.db.models.BigAutoField"
