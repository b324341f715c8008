"""`luoshi manage …`: Django's management commands for the keeper of the system."""

import os
from collections.abc import Sequence

from django.core.management import ManagementUtility


def main(argv: Sequence[str]) -> int:
    """Pass the arguments on; returns 0 (commands leave by SystemExit when they fail)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    ManagementUtility(["luoshi manage", *argv]).execute()
    return 0
