"""What is still undone after the office was told of it, as a leader sees it: a round is one item, whoever has not reported."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import FILLABLE
from luoshi.core.periods import Period
from luoshi.ledger.models import Assignment, Milestone
from luoshi.meetings.models import Decision
from luoshi.reminders.models import Escalation
from luoshi.reminders.queries.scopes import Scope
from luoshi.reporting.models import Report, Round, Sheet
from luoshi.reporting.queries.waiting import ROUND, left_behind, series_of
from luoshi.supervision.models import Order

LATELY = dt.timedelta(days=120)
"""What the office was told longer ago is not shown; but rounds left behind are, of which it is told from the first on."""
Days = dict[tuple[str, int], dt.date]
"""(round or series, unit) → the day on which the office was told."""


class Silence(NamedTuple):
    """Something the office was told of and that is still not done: whose, what, since when, where."""

    unit: str
    what: str
    day: dt.date
    address: str


def silences(actor: Actor, within: Scope) -> list[Silence]:
    """What is still undone after the office was told, the longest first; at most eight queries."""
    today = timezone.localdate()
    piled = Q(key__startswith="report:fill:", key__contains="-")
    told = Escalation.objects.filter(
        piled | Q(day__gte=today - LATELY), government=actor.government_id, role="office"
    )
    days = dict(told.values_list("key", "day"))
    if not days:
        return []
    found = [
        *_silent_sheets(actor.government_id, days, within, today),
        *_silent_orders(days, within),
        *_silent_steps(days, within),
        *_silent_decisions(days, within),
    ]
    return sorted(found, key=lambda one: (one.day, one.unit, one.what))


def _parts(days: dict[str, dt.date], kind: str) -> list[list[str]]:
    return [key.split(":") for key in days if key.startswith(f"{kind}:")]


def _silent_sheets(
    government_id: int, days: dict[str, dt.date], within: Scope, today: dt.date
) -> list[Silence]:
    """One a round, and one a series for the rounds left behind."""
    told: Days = {
        (which, int(unit)): days[f"report:{kind}:{which}:{unit}"]
        for _, kind, which, unit in _parts(days, "report")
        if kind in ("fill", "returned")
    }
    if not told:
        return []
    words = [name.removeprefix("round__") for name in ROUND]
    rows = Round.objects.filter(government=government_id, state="open").order_by().values("pk", *words)
    rounds = {row["pk"]: {f"round__{name}": row[name] for name in words} for row in rows}
    behind = left_behind(rounds, today)
    for (which, unit), day in list(told.items()):  # of what is left behind by now, by the series
        if which.isdecimal() and int(which) in behind:
            told.setdefault((series_of(rounds[int(which)]), unit), day)
    owed = Report.objects.filter(state__in=FILLABLE)
    if within.tasks is not None:
        owed = owed.filter(task__in=within.tasks)
    return [*_current(rounds, behind, told, owed), *_behind(rounds, behind, told, owed)]


def _current(rounds: dict[int, Any], behind: frozenset[int], told: Days, owed: Any) -> Iterable[Silence]:
    live = {int(which) for which, _ in told if which.isdecimal() and int(which) in rounds} - behind
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = owed.filter(round__in=live).order_by("unit__rank", "unit").values_list("round", "unit", "unit__full_name")  # fmt: skip
    for pk, unit, name in dict.fromkeys(rows):
        if (str(pk), unit) in told:
            found[pk].append((unit, name))
    for pk, units in found.items():
        address = reverse("reporting:round", args=[pk])
        if len(units) == 1:
            address = reverse("reporting:sheet", args=[pk, units[0][0]])
        day = min(told[str(pk), unit] for unit, _ in units)
        yield Silence(_names([name for _, name in units]), f"{_label(rounds[pk])}填报没有报", day, address)


def _behind(rounds: dict[int, Any], behind: frozenset[int], told: Days, owed: Any) -> Iterable[Silence]:
    if not behind:
        return
    sheets = Sheet.objects.filter(Exists(owed.filter(sheet=OuterRef("pk"))), round__in=behind)
    rows = sheets.order_by("unit__rank", "unit").values("unit", "unit__full_name", "round__plan", "round__programme", "round__rhythm")  # fmt: skip
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows.annotate(n=Count("pk"), first=Min("round__since")):
        if (series_of(row), row["unit"]) in told:
            found[series_of(row)].append(row)
    for series, units in found.items():
        first = min(row["first"] for row in units)
        label = next(_label(one) for one in rounds.values() if series_of(one) == series and one["round__since"] == first)  # fmt: skip
        day = min(told[series, row["unit"]] for row in units)
        most = max(row["n"] for row in units)
        what = f"{label}填报没有报" if most == 1 else f"还有{most}轮填报没有报，最早的是{label}"
        if len(units) > 1:
            what = f"以前的填报没有报，最多的有{most}轮，最早的是{label}"
        address = f"{reverse('reporting:index')}?left=fill"
        yield Silence(_names([row["unit__full_name"] for row in units]), what, day, address)


def _label(row: dict[str, Any]) -> str:
    return Period(row["round__since"], row["round__until"], row["round__rhythm"]).label


def _names(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}个单位"


def _silent_orders(days: dict[str, dt.date], within: Scope) -> list[Silence]:
    keys = {int(parts[1]): ":".join(parts) for parts in _parts(days, "order")}
    rows = Order.objects.filter(pk__in=keys, state__in=("sent", "working")).select_related("unit")
    return [
        Silence(str(order.unit), order.title, days[keys[order.pk]], reverse("supervision:order", args=[order.pk]))
        for order in rows
        if within.tasks is None or within.has(order.task_id) or order.unit_id in within.units
    ]  # fmt: skip


def _silent_steps(days: dict[str, dt.date], within: Scope) -> list[Silence]:
    keys = {int(parts[1]): ":".join(parts) for parts in _parts(days, "step")}
    rows = Milestone.objects.filter(pk__in=keys, state="open").select_related("task", "unit")
    leads = Assignment.objects.filter(task__in=rows.values("task"), accountable=True)
    names = dict(leads.values_list("task", "unit__full_name"))
    return [
        Silence(str(step.unit or names.get(step.task_id, "")), f"节点“{step.title}”没有报完成", days[keys[step.pk]],
                f"{reverse('ledger:task', args=[step.task_id])}#milestones")
        for step in rows
        if within.has(step.task_id)
    ]  # fmt: skip


def _silent_decisions(days: dict[str, dt.date], within: Scope) -> list[Silence]:
    keys = {int(parts[1]): ":".join(parts) for parts in _parts(days, "decision")}
    rows = Decision.objects.filter(pk__in=keys, state="open").select_related("unit")
    return [
        Silence(str(one.unit), f"议定事项：{one}", days[keys[one.pk]], reverse("meetings:decision", args=[one.pk]))
        for one in rows
        if within.tasks is None or within.has(one.task_id) or one.unit_id in within.units
    ]  # fmt: skip
