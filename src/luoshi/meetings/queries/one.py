"""One meeting and one decision with what their pages show, and where a line of an agenda leads."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse

from luoshi.core.agenda import SECTIONS, Row
from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import Indicator, Task
from luoshi.meetings.models import Answer, Decision, DecisionQuerySet, Mark, Meeting, Pack
from luoshi.reporting.models import Report
from luoshi.supervision.models import Order


def meeting_for(actor: Actor, pk: int) -> Meeting:
    """One meeting as this person may see it; 404 else."""
    rows = Meeting.objects.visible_to(actor).select_related("government", "programme", "chair")
    return get_object_or_404(rows, pk=pk)


def sees_whole(actor: Actor, meeting: Meeting) -> bool:
    """Whether the actor sees all of it, pack and all decisions."""
    return Meeting.objects.whole_to(actor).filter(pk=meeting.pk).exists()


def whole_meeting(actor: Actor, pk: int) -> Meeting:
    """One meeting that the actor sees whole; 404 else."""
    rows = Meeting.objects.whole_to(actor).select_related("government", "programme", "chair")
    return get_object_or_404(rows, pk=pk)


def decisions_of(actor: Actor, meeting: Meeting) -> DecisionQuerySet:
    """The decisions of a meeting that may be seen, without those struck out."""
    rows = Decision.objects.visible_to(actor).filter(meeting=meeting).exclude(state="struck")
    return rows.select_related("unit", "order", "meeting__programme").prefetch_related("answers", "helpers")


def decision_for(actor: Actor, pk: int) -> Decision:
    """One tracked decision; 404 else."""
    rows = Decision.objects.visible_to(actor).tracked()
    answers = Prefetch("answers", Answer.objects.order_by("-at", "-pk"))
    rows = rows.select_related("unit", "order", "task", "meeting__programme", "meeting__government")
    return get_object_or_404(rows.prefetch_related(answers, "helpers"), pk=pk)


SHOWN = 15
"""Lines of a section that a page shows before it folds the rest."""


class Line(NamedTuple):
    """A line of the agenda on a page: the row, where one press leads, what leaders noted on it, its number."""

    row: Row
    address: str
    marks: tuple[Mark, ...]
    at: int


class Part(NamedTuple):
    """A section of the agenda on a page."""

    slug: str
    title: str
    lines: tuple[Line, ...]

    @property
    def first(self) -> tuple[Line, ...]:
        """The heaviest, shown at once."""
        return self.lines[:SHOWN]

    @property
    def rest(self) -> tuple[Line, ...]:
        """The others, folded."""
        return self.lines[SHOWN:]


def parts_of(pack: Pack, actor: Actor, unit_ids: Iterable[int] | None = None) -> list[Part]:
    """The agenda as lines; with `unit_ids` only those that concern these units, without what leaders noted."""
    units = None if unit_ids is None else set(unit_ids)
    marks: dict[str, list[Mark]] = {}
    if units is None:
        for mark in Mark.objects.filter(meeting=pack.meeting_id):
            marks.setdefault(mark.key, []).append(mark)
    rounds = _addresses(pack)
    found = []
    for slug, rows in pack.agenda.sections:
        lines = tuple(
            Line(row, rounds.get(row.key, ""), tuple(marks.get(row.key, ())), at)
            for at, row in enumerate(rows, 1)
            if units is None or (row.unit_id in units and row.unit_id)
        )
        if lines:
            found.append(Part(slug, SECTIONS[slug], lines))
    return found


def _addresses(pack: Pack) -> dict[str, str]:
    """Where each row of the pack leads: the receipt of its light as of the day, its task, order, sheet, decision."""
    found = {}
    reports = [int(row.key.partition(":")[2]) for row in pack.agenda.rows() if row.key.startswith("report:")]
    tasks = dict(Report.objects.filter(pk__in=reports).values_list("pk", "task")) if reports else {}
    for row in pack.agenda.rows():
        kind, _, rest = row.key.partition(":")
        if kind == "indicator":
            found[row.key] = f"{reverse('lights:receipt', args=[int(rest)])}?day={pack.as_of.isoformat()}"
        elif kind == "task":
            found[row.key] = reverse("ledger:task", args=[int(rest)])
        elif kind == "order":
            found[row.key] = reverse("supervision:order", args=[int(rest)])
        elif kind == "decision":
            found[row.key] = reverse("meetings:decision", args=[int(rest)])
        elif kind == "sheet":
            round_id, _, unit = rest.partition("-")
            found[row.key] = reverse("reporting:sheet", args=[int(round_id), int(unit)])
        elif kind == "report" and int(rest) in tasks:
            found[row.key] = reverse("ledger:task", args=[tasks[int(rest)]])
    return found


def tasks_behind(pack: Pack | None) -> dict[str, int]:
    """Line of the agenda → the task of the ledger behind it (0 for none): what a decision may be tied to."""
    if pack is None:
        return {}
    keys = [row.key for row in pack.agenda.rows()]
    found = dict.fromkeys(keys, 0)
    by_kind: dict[str, list[int]] = {}
    for key in keys:
        kind, _, rest = key.partition(":")
        if rest.isdecimal():
            by_kind.setdefault(kind, []).append(int(rest))
    found |= {f"task:{pk}": pk for pk in Task._base_manager.filter(pk__in=by_kind.get("task", ())).values_list("pk", flat=True)}  # fmt: skip
    for kind, model in (
        ("indicator", Indicator),
        ("order", Order),
        ("report", Report),
        ("decision", Decision),
    ):
        rows = model._base_manager.filter(pk__in=by_kind.get(kind, ()), task__isnull=False)
        found |= {f"{kind}:{pk}": task for pk, task in rows.values_list("pk", "task")}
    return found
