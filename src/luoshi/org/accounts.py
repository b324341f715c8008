"""Wrong passwords: five in a row lock an account for five minutes."""

import datetime as dt

from django.db.models import F
from django.utils import timezone

from luoshi.org.models import Account

ALLOWED_FAILURES = 5
LOCKED_FOR = dt.timedelta(seconds=300)


def locked_minutes(username: str) -> int:
    """How many minutes the account is still locked, rounded up; 0 when it is not, or does not exist."""
    until = Account.objects.filter(username=username).values_list("locked_until", flat=True).first()
    left = (until - timezone.now()).total_seconds() if until else 0
    return max(0, -(-int(left) // 60))


def count_failure(username: str) -> None:
    """One more wrong password; the fifth in a row locks."""
    account = Account.objects.filter(username=username)
    account.update(failures=F("failures") + 1)
    account.filter(failures__gte=ALLOWED_FAILURES).update(
        failures=0, locked_until=timezone.now() + LOCKED_FOR
    )


def forgive(username: str) -> None:
    """The right password came: count from nought again."""
    Account.objects.filter(username=username).exclude(failures=0).update(failures=0)
