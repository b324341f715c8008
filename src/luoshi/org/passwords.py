"""Passwords: what one must be made of, the lock after five wrong ones in a row, and those that are used once."""

import datetime as dt
import re
import secrets

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone

from luoshi.org.models import Account

ALLOWED_FAILURES = 5
LOCKED_FOR = dt.timedelta(seconds=300)
ONE_TIME_FOR = dt.timedelta(days=7)
LETTERS, DIGITS = "abcdefghjkmnpqrstuvwxyz", "23456789"
"""Without i, l, o, 0 and 1: a strip of paper is read by eye."""


class PasswordStrength:
    """At least eight characters of three kinds (domain practice under GB/T 22239 身份鉴别)."""

    KINDS = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raises ValidationError with one sentence."""
        if len(password) < 8 or sum(bool(re.search(kind, password)) for kind in self.KINDS) < 3:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """The rule as a sentence."""
        return "密码至少8位，并含大写字母、小写字母、数字、符号中的三种。"


class OneTimeHasher(PBKDF2PasswordHasher):
    """For random passwords of 48 bits that live some days: stretching them a million times would add nothing but
    minutes to the opening of sixty accounts. The owner's own password is hashed in full."""

    algorithm = "pbkdf2_sha256_once"
    iterations = 20_000


def one_time_password() -> str:
    """Random, 12 signs as abcd-2345-efgh: letters, digits and strokes, 48 bits."""
    parts = ((LETTERS, 4), (DIGITS, 4), (LETTERS, 4))
    return "-".join("".join(secrets.choice(signs) for _ in range(n)) for signs, n in parts)


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
