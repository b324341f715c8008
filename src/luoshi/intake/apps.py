from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "luoshi.intake"
    verbose_name = "读方案"
    default_auto_field = "django.db.models.BigAutoField"
