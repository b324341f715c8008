"""The calendar of one plan: what the rules propose, one confirmation for all, and what was confirmed."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.rhythm import RHYTHM
from luoshi.core.rhythms import in_days
from luoshi.core.workdays import Workdays
from luoshi.dispatch import excel
from luoshi.dispatch.forms import SinceForm, TermsForm, initial_of
from luoshi.dispatch.models import BORNE, Rhythm
from luoshi.dispatch.queries import rhythms as queries
from luoshi.dispatch.queries.days import workdays_of
from luoshi.dispatch.queries.naming import Register
from luoshi.dispatch.queries.proposals import Dates, Line, dates, to_confirm
from luoshi.dispatch.services import confirming
from luoshi.journal.moves import demand
from luoshi.ledger.models import Plan
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request, whole
from luoshi.org.views.answers import attempt
from luoshi.ui.downloads import download

DUES = ("每月25日前", "次月5日前", "月底前", "期后3个工作日内", "每周五", "下周一前", "次季度首月10日前")
"""Ways of saying when that a clerk may choose from."""


A_YEAR = {"周": 52, "双周": 26, "旬": 36, "月": 12, "两月": 6, "季度": 4, "半年": 2, "年": 1}
"""How many periods of each length end in a year."""


class Row(NamedTuple):
    """A rhythm to confirm as its row of the page."""

    line: Line
    form: TermsForm
    dates: Dates | None


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request, pk: int) -> HttpResponse:
    """日程 of a plan. POST confirms everything on the page at once."""
    actor = actor_of(request.user)
    found = get_object_or_404(Plan.objects.visible_to(actor), pk=pk)
    demand(RHYTHM, Rhythm(government_id=actor.government_id, plan=found), "see", actor)
    keeps = actor.holds(*RHYTHM.moves["confirm"].posts)
    if request.method == "POST":
        demand(RHYTHM, Rhythm(government_id=actor.government_id, plan=found), "confirm", actor)
    days, today = workdays_of(actor.government_id), timezone.localdate()
    names = Register(actor.government_id, found)
    lines = to_confirm(found, names) if found.state == "adopted" else []
    sent = request.POST if request.method == "POST" else None
    rows = [_row(line, names, days, today, sent) for line in lines]
    since = SinceForm(sent, initial={"since": today})
    if sent is not None and rows and _confirm(request, found, rows, since, actor):
        return redirect("dispatch:plan", found.pk)
    confirmed = queries.of_plan(actor, found)
    year_end = today.replace(month=12, day=31)
    context: dict[str, Any] = {
        "plan": found,
        "rows": rows,
        "since": since,
        "keeps": keeps,
        "questions": sum(bool(row.line.question) for row in rows),
        "asking": _asking(rows, confirmed),
        "choices": names.choices() if keeps and rows else [],
        "dues": DUES,
        "confirmed": [(one, _next(one, today, days), dates(one.dated, today, days)) for one in confirmed],
        "caveat": days.caveat(today, year_end, today.replace(year=today.year + 1, month=1, day=1)),
    }
    status = 422 if sent is not None else 200
    return render(request, "dispatch/plan.html", context, status=status)


@require_safe
def export(request: Request, pk: int) -> HttpResponse:
    """The confirmed rhythms of a plan as a workbook."""
    actor = actor_of(request.user)
    found = get_object_or_404(Plan.objects.visible_to(actor), pk=pk)
    demand(RHYTHM, Rhythm(government_id=actor.government_id, plan=found), "see", actor)
    days, today = workdays_of(actor.government_id), timezone.localdate()
    rows = [
        (one, ahead.due if (ahead := _next(one, today, days)) else None)
        for one in queries.of_plan(actor, found)
    ]
    return download(excel.rhythms(found.title, rows), f"{found.title}已确认的节奏")


def _row(line: Line, names: Register, days: Workdays, today: dt.date, sent: Any) -> Row:
    office = names.office
    terms = line.terms(office.pk if office else None)
    who = line.named.words if line.named.unknown else line.proposal.rhythm.actor
    if not line.named.words and terms.becomes in BORNE and office:
        who = office.full_name
    form = TermsForm(
        sent, prefix=f"r{line.mechanism.pk}", names=names, within=line.within, initial=initial_of(terms, who)
    )
    rhythm = line.proposal.rhythm
    shown = dates(rhythm, today, days) if line.proposal.becomes != "none" else None
    return Row(line, form, shown)


def _confirm(request: Request, plan: Plan, rows: Iterable[Row], since: SinceForm, actor: Actor) -> bool:
    """Try to confirm all; what is wrong stands in the forms."""
    sound = [
        form.is_valid() for form in (since, *(row.form for row in rows))
    ]  # all of them, to show every fault
    if not all(sound):
        messages.error(request, "有些行还要改，请看标红的地方；改好后再确认，一次全部生效。")
        return False
    choices = [confirming.Choice(row.line.mechanism, row.form.terms(), row.line.also) for row in rows]

    def act() -> list[Rhythm]:
        return confirming.confirm(plan, choices, since.cleaned_data["since"], by=actor)

    made = attempt(since, act)
    if made is None:
        return False
    timed = sum(rhythm.becomes != "none" for rhythm in made)
    messages.success(
        request, f"已确认{len(made)}个节奏，其中{timed}个排入日程。到日子由系统发起填报、排出职责，不用再管。"
    )
    return True


def _asking(rows: Iterable[Row], confirmed: Iterable[Rhythm]) -> str:
    """Which rhythm asks the units, in words, and how often that is in a year; "" when none does."""
    for row in rows:
        if row.line.proposal.becomes == "round":
            rhythm = row.line.proposal.rhythm
            return f"每{rhythm.every}{rhythm.activity}，全年{A_YEAR[rhythm.every or '年']}轮"
    return next((f"每{one.every}{one.activity}" for one in confirmed if one.becomes == "round"), "")


def _next(rhythm: Rhythm, today: dt.date, days: Workdays) -> Any:
    """The next occasion of a confirmed row; None when nothing more comes."""
    if rhythm.becomes == "none":
        return None
    ahead = in_days(rhythm.dated, today, today + dt.timedelta(days=800), days)
    return next((one for one in ahead if rhythm.covers(one.period)), None)


@require_safe
def preview(request: Request, pk: int) -> HttpResponse:
    """The dates of one row as it is being filled in: `?row=` names it, the fields follow."""
    actor = actor_of(request.user)
    found = get_object_or_404(Plan.objects.visible_to(actor), pk=pk)
    demand(RHYTHM, Rhythm(government_id=actor.government_id, plan=found), "confirm", actor)
    row = whole(request.GET.get("row", "")) or 0
    form = TermsForm(request.GET, prefix=f"r{row}", names=Register(actor.government_id, found))
    form.is_valid()
    rhythm = form.dated()
    shown = dates(rhythm, timezone.localdate(), workdays_of(actor.government_id)) if rhythm else None
    return render(request, "dispatch/_dates.html", {"dates": shown})
