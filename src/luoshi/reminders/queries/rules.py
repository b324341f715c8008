"""The rules by which a government reminds on a day."""

import datetime as dt

from luoshi.core.reminding.rules import Rules, default_rules
from luoshi.reminders.models import ReminderRules


def rules_of(government_id: int, day: dt.date) -> Rules:
    """Its own, else the default of that day."""
    own = ReminderRules.objects.filter(government=government_id).first()
    return own.rules if own else default_rules(day)


def all_rules() -> dict[int, Rules]:
    """Government → its own rules; one query."""
    return {row.government_id: row.rules for row in ReminderRules.objects.all()}
