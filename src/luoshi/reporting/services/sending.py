"""Sending what was filled in: submit, sign, take back. What was sent is kept as it was, and every figure's revisions."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Move
from luoshi.core.flow.report import REPORT
from luoshi.journal.moves import move_all
from luoshi.reporting.content import of_figure, of_report
from luoshi.reporting.found import index_sent
from luoshi.reporting.models import Figure, Report, Revision
from luoshi.reporting.queries.sheets import Line
from luoshi.reporting.services.counting import count_filled


def ready(lines: Sequence[Line], actor: Actor) -> list[Line]:
    """The rows that can be sent now."""
    return [line for line in lines if isinstance(REPORT.judge(line.report, "submit", actor), Move)]


@transaction.atomic
def submit(lines: Sequence[Line], *, by: Actor) -> int:
    """Send rows, all or none: late ones are stamped, figures get a revision, the meter counts the first sending.

    Raises Denied for a row that is not ready (ask `ready` first), Stale when somebody was faster.
    """
    now = timezone.now()
    day = timezone.localtime(now).date()
    events = {line.report.pk: _changes(line) for line in lines}
    move_all([line.report for line in lines], "submit", by, data=events)
    first = []
    for line in lines:
        report = line.report
        if report.sent_at is None:
            first.append(report)
            _weigh(line)
        report.late = report.late or (day > report.round.due and report.sent_at is None)
        report.sent_at, report.sent, report.answer = report.sent_at or now, _said(line), ""
    fields = ["sent_at", "sent", "late", "answer", "carried", "typed"]
    Report.objects.bulk_update([line.report for line in lines], fields, batch_size=100)
    Revision.objects.bulk_create(_revisions(lines, by.name, now), batch_size=200)
    index_sent([line.report for line in lines])
    if first:
        count_filled(first[0].round.opens, first)
    return len(lines)


def _said(line: Line) -> dict[str, Any]:
    """The content of a row as it is sent: words as they are, figures by indicator."""
    figures = {str(cell.figure.indicator_id): of_figure(cell.figure) for cell in line.cells}
    return {**of_report(line.report), "figures": figures}


def _changes(line: Line) -> dict[str, Any]:
    """What becomes what by this sending: {field: [old, new]}, figures by the name of their indicator."""
    before, after = line.report.sent, _said(line)
    changes = {
        name: [before.get(name, ""), text]
        for name, text in after.items()
        if name != "figures" and text != before.get(name, "")
    }
    for cell in line.cells:
        key = str(cell.figure.indicator_id)
        old = before.get("figures", {}).get(key, {}).get("value", "")
        new = after["figures"][key]["value"]
        if old != new:
            changes[cell.figure.indicator.name] = [old, new]
    return changes


def _weigh(line: Line) -> None:
    """Count what was taken over and what was typed, against what the fields offered."""
    last = of_report(line.last) if line.last else {}
    pairs = [(text, last.get(name, "")) for name, text in of_report(line.report).items()]
    pairs += [
        (
            of_figure(cell.figure)["value"],
            of_figure(cell.figure)["value"] if cell.last == cell.figure.value else "",
        )
        for cell in line.cells
    ]
    filled = [(text, offered) for text, offered in pairs if text]
    line.report.carried = sum(text == offered for text, offered in filled)
    line.report.typed = len(filled) - line.report.carried


def _revisions(lines: Sequence[Line], by: str, now: Any) -> list[Revision]:
    """A revision for every figure that says something else than its latest one."""
    figures = [cell.figure for line in lines for cell in line.cells]
    latest: dict[int, Revision] = {}
    for at in range(0, len(figures), 400):
        rows = Revision.objects.filter(figure__in=figures[at : at + 400]).order_by("pk")
        latest |= {revision.figure_id: revision for revision in rows}
    return [revision_of(f, by, now) for f in figures if _moved(f, latest.get(f.pk))]


def _moved(figure: Figure, latest: Revision | None) -> bool:
    if latest is None:
        return True
    names = ("value", "absent", "source", "as_of")
    return any(getattr(figure, name) != getattr(latest, name) for name in names)


def revision_of(figure: Figure, by: str, now: Any, reason: str = "") -> Revision:
    """A figure as it stands, with who put it there."""
    return Revision(
        figure=figure,
        value=figure.value,
        absent=figure.absent,
        source=figure.source,
        as_of=figure.as_of,
        reason=reason,
        by=by,
        at=now,
    )


def sign(reports: Sequence[Report], *, by: Actor) -> int:
    """The head of the unit signs. Raises Denied, Stale."""
    return len(move_all(reports, "sign", by))


def withdraw(reports: Sequence[Report], *, by: Actor) -> int:
    """The unit takes back what has not been accepted. Raises Denied, Stale."""
    return len(move_all(reports, "withdraw", by))
