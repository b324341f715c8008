"""A plan of 青禾县 with reports, and papers about it, for tests of bulletins."""

import datetime as dt
from dataclasses import replace

from luoshi.bulletins.models import Bulletin
from luoshi.bulletins.services import issuing, writing
from luoshi.bulletins.services.writing import Asked
from luoshi.core.writing.facts import Decision, Meeting, Order
from tests.people import Member
from tests.reporting import Ledger

DAY = dt.date(2026, 7, 10)


def asked(ledger: Ledger, kind: str = "month", **more: object) -> Asked:
    """What a paper of the kind is to be about."""
    base = Asked(ledger.plan, kind, "2026年7月", DAY)
    if kind in ("urging", "reminder", "assignment"):
        base = replace(
            base,
            unit_id=ledger.wang.pk,
            unit_name=ledger.wang.full_name,
            to_governments=False,
            order=Order(
                ledger.wang.full_name, "县政府第5次常务会议", "补上差距", "2026年7月20日", "", "督查室"
            ),
        )
    if kind == "minutes":
        base = replace(
            base,
            meeting=Meeting("研究落实工作", DAY, "县政府一会议室", "周立新", "李明远、赵怀远"),
            decisions=(Decision("decision:1", "加快用地报批", "县自然资源局", (), "8月15日"),),
        )
    if kind in ("supervision", "assessment"):
        base = replace(base, approval="县长7月9日批准")
    return replace(base, **more)


def signed(bulletin: Bulletin, reviewer: Member, signer: Member) -> Bulletin:
    """The paper through review and signature."""
    issuing.review(bulletin, reviewer.actor)
    issuing.sign(bulletin, signer.actor)
    return bulletin


def issued(
    ledger: Ledger, drafter: Member, reviewer: Member, kind: str = "month", sequence: int = 1, **more
) -> Bulletin:
    """An issued paper."""
    bulletin = signed(writing.start(asked(ledger, kind, **more), by=drafter.actor), reviewer, reviewer)
    issuing.give_number(bulletin, issuing.series_of(bulletin), sequence, by=reviewer.actor)
    issuing.issue(bulletin, by=reviewer.actor)
    return Bulletin.objects.get(pk=bulletin.pk)
