"""The room of the ledger."""

from importlib import import_module

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """台账"""

    name = "luoshi.ledger"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let search find plans and tasks (its sources need the tables, which are there only now)."""
        import_module(f"{self.name}.found")
