"""`luoshi manage …`: Django's management commands for the keeper of the system."""

import os
import sys
from collections.abc import Sequence

from django.core.management import ManagementUtility

from luoshi.site import home


def main(argv: Sequence[str]) -> int:
    """Pass the arguments on; returns 0, or 2 with one sentence (commands leave by SystemExit when they fail)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    try:
        home.ensure_home(home.data_dir())
        ManagementUtility(["luoshi manage", *argv]).execute()
    except home.BadSurroundings as reason:
        print(reason, file=sys.stderr)
        return 2
    return 0
