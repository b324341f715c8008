"""Keeping a round: remind, postpone, close and freeze, open again for one unit, correct what was frozen."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import SENT
from luoshi.core.plan.wording import number
from luoshi.journal.moves import Refused, move, record
from luoshi.reporting.models import BASES, Counting, Figure, Report, Revision, Round, Sheet, Snapshot
from luoshi.reporting.services.sending import revision_of

WAITING = ("submitted", "signed", "collated")
"""States in which a report waits for the office."""


@transaction.atomic
def remind(round: Round, units: Sequence[int], *, by: Actor) -> int:
    """Say to these units once more that their sheet is due; they see it where they see what waits for them. Returns how
    many were reminded: only those with something unsent. Raises Denied."""
    owing = Sheet.objects.filter(round=round, unit__in=units, reports__state__in=("draft", "returned"))
    sheets = list(owing.distinct().select_related("unit"))
    if not sheets:
        raise Refused("选中的单位都已报送，不需要催报。")
    record(round, "remind", by, {"units": [sheet.unit.full_name for sheet in sheets]})
    Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(reminded=F("reminded") + 1)
    return len(sheets)


@transaction.atomic
def postpone(round: Round, due: dt.date, reason: str, *, by: Actor) -> None:
    """Move the last day back. Raises Refused for a day that is not later, Denied."""
    if due <= round.due:
        raise Refused("顺延后的截止日期应晚于原来的截止日期，请重新选择。")
    old = round.due
    record(round, "postpone", by, {"due": [old.isoformat(), due.isoformat()]}, note=reason)
    Round.objects.filter(pk=round.pk).update(due=due)
    round.due = due
    Report.objects.filter(round=round, late=True, sent_at__date__lte=due).update(late=False)


@transaction.atomic
def close(round: Round, *, by: Actor) -> Snapshot:
    """Close a round: nobody changes it any more, and it is frozen as it stands. Silent units stay silent.

    Raises Denied while something still waits for the office.
    """
    round.waiting_for_office = Report.objects.filter(round=round, state__in=WAITING).count()
    move(round, "close", by)
    Round.objects.filter(pk=round.pk).update(closed_at=timezone.now())
    return freeze(round, "", by)


def freeze(round: Round, reason: str, by: Actor) -> Snapshot:
    """Put the round away as it stands now, as canonical JSON with its hash; earlier ones are kept."""
    text = frozen(round)
    last = Snapshot.objects.filter(round=round).order_by("-number").values_list("number", flat=True).first()
    return Snapshot.objects.create(
        round=round,
        number=(last or 0) + 1,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        reason=reason[:200],
        made_by=by.name,
    )


def frozen(round: Round) -> str:
    """All that a round says, as canonical JSON: keys sorted, no spaces, numbers as text."""
    reports = (
        Report.objects.filter(round=round).select_related("unit", "task").order_by("order", "unit_id", "pk")
    )
    figures: dict[int, list[dict[str, Any]]] = {}
    for figure in Figure.objects.filter(report__round=round).select_related("indicator").order_by("pk"):
        figures.setdefault(figure.report_id, []).append(
            {
                "indicator": figure.indicator.name,
                "value": number(figure.value) if figure.value is not None else None,
                "unit": figure.indicator.unit,
                "absent": figure.absent,
                "source": figure.source,
                "as_of": figure.as_of.isoformat(),
                "since": figure.since.isoformat(),
            }
        )
    said = {
        "round": round.label,
        "plan": round.plan.title,
        "since": round.since.isoformat(),
        "until": round.until.isoformat(),
        "due": round.due.isoformat(),
        "reports": [
            {
                "task": str(report.task),
                "unit": report.unit.full_name,
                "state": report.state,
                "late": report.late,
                "said": _words(report) if report.state in SENT else {},
                "figures": figures.get(report.pk, []) if report.state in SENT else [],
            }
            for report in reports
        ],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _words(report: Report) -> dict[str, Any]:
    return {name: text for name, text in report.sent.items() if name != "figures"}


@transaction.atomic
def reopen_unit(round: Round, sheet: Sheet, reason: str, *, by: Actor) -> None:
    """Lift the lock for one unit; its accepted reports come back to it by being returned. Raises Denied."""
    record(round, "reopen_unit", by, {"unit": sheet.unit.full_name}, note=reason)
    Sheet.objects.filter(pk=sheet.pk).update(reopened=True, reason=reason.strip()[:200])


@transaction.atomic
def lock_unit(round: Round, sheet: Sheet, *, by: Actor) -> Snapshot:
    """The unit is done: locked again, and the round frozen anew. Raises Refused while something waits, Denied."""
    waiting = Report.objects.filter(sheet=sheet, state__in=WAITING).count()
    if waiting:
        raise Refused(f"{sheet.unit.full_name}还有{waiting}份填报没有审核，请先采用或退回，再重新锁定。")
    record(round, "lock_unit", by, {"unit": sheet.unit.full_name})
    Sheet.objects.filter(pk=sheet.pk).update(reopened=False)
    return freeze(round, f"{sheet.unit.full_name}重新填报后", by)


@transaction.atomic
def correct(figure: Figure, value: Decimal | None, reason: str, *, by: Actor) -> Snapshot:
    """Set a figure of a closed round right, with a reason; the old one is kept, the round frozen anew. Raises Denied."""
    round = figure.report.round
    old = figure.value
    if value == old:
        raise Refused("更正前后的数相同，没有需要更正的。")
    words = [number(one) if one is not None else "" for one in (old, value)]
    record(round, "correct", by, {figure.indicator.name: words}, note=reason)
    if not Figure.objects.filter(pk=figure.pk, value=old).update(value=value, absent=""):
        raise Refused("这个数刚刚已被他人更正，请刷新页面后再看。")
    figure.value = value
    revision: Revision = revision_of(figure, by.name, timezone.now(), reason.strip()[:200])
    revision.save()
    return freeze(round, f"更正{figure.indicator.name}：{reason.strip()}", by)


@transaction.atomic
def count_by(figure: Figure, basis: str, *, by: Actor) -> None:
    """From the next round on ask for this figure's indicator as the total of the year, or as what a period alone brought.

    Raises Refused when that is so already, Denied.
    """
    indicator, words = figure.indicator, dict(BASES)
    old = Counting.objects.filter(indicator=indicator).values_list("basis", flat=True).first() or "cumulative"
    if basis == old or basis not in words:
        raise Refused("填报口径没有变化，不用修改。")
    record(figure.report.round, "count_by", by, {indicator.name: [words[old], words[basis]]})
    Counting.objects.update_or_create(indicator=indicator, defaults={"basis": basis})
