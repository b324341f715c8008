"""A plan of 青禾县 with June's round reported on 3 July, for tests of the board."""

import datetime as dt

from django.utils import timezone

from luoshi.reporting.models import Revision, Round
from tests.people import Member
from tests.reporting import Ledger, fill_all, ledger

DAY = dt.date(2026, 7, 10)


def reported(liu: Member, wang: Member, li: Member) -> Ledger:
    """Three tasks, two units, both have sent June's sheet."""
    made = ledger(wang, li)
    type(made.plan).objects.filter(pk=made.plan.pk).update(year=2026)
    made.plan.refresh_from_db()
    round = made.round(liu.actor, "2026年6月", days=5)
    fill_all(round, made.wang, wang.actor)
    fill_all(round, made.li, li.actor)
    Round.objects.filter(pk=round.pk).update(opens=dt.date(2026, 7, 1), due=dt.date(2026, 7, 6))
    Revision.objects.update(at=timezone.make_aware(dt.datetime(2026, 7, 3, 10)))
    return made
