"""日程: a month for a person or for the county; the working days of a year."""

import calendar
import datetime as dt
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.rhythm import HOLIDAY, KEEPERS, RHYTHM
from luoshi.core.workdays import STATUSES, Workdays
from luoshi.dispatch import excel
from luoshi.dispatch.forms import DaysForm, ReasonForm
from luoshi.dispatch.models import LocalDays, Rhythm
from luoshi.dispatch.queries.calendar import calendar_of
from luoshi.dispatch.queries.days import runs_of, workdays_of
from luoshi.dispatch.queries.proposals import plans_to_confirm
from luoshi.dispatch.queries.rhythms import plans_with_rhythms
from luoshi.dispatch.services import days as services
from luoshi.dispatch.sources import Entry
from luoshi.journal.moves import demand
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request, whole
from luoshi.org.views.answers import attempt, form_page, posted
from luoshi.ui.downloads import download

FIRST_YEAR, LAST_YEAR = 2000, 2098
MOST = 5
"""Entries shown in one cell of a month."""


class Cell(NamedTuple):
    """One day of the month's sheet."""

    day: dt.date
    inside: bool
    works: bool
    name: str
    entries: list[Entry]

    @property
    def shown(self) -> list[Entry]:
        """As many as a cell holds."""
        return self.entries[:MOST]

    @property
    def more(self) -> int:
        """How many it does not hold."""
        return max(0, len(self.entries) - MOST)


def seen(actor: Actor) -> None:
    """The calendar is for everybody at work on the plans."""
    demand(RHYTHM, Rhythm(government_id=actor.government_id), "see", actor)


@require_safe
def index(request: Request) -> HttpResponse:
    """What falls due in a month: `?month=2026-11`, `?view=county` for the whole county, `?as=list` as a list."""
    actor = actor_of(request.user)
    seen(actor)
    today = timezone.localdate()
    first, mine = _asked(request, actor)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    last = weeks[-1][-1]
    found = calendar_of(actor, weeks[0][0], last, mine)
    by_day: dict[dt.date, list[Entry]] = {}
    for entry in found.entries:
        by_day.setdefault(entry.day, []).append(entry)
    cells = [[_cell(day, first, found.days, by_day) for day in week] for week in weeks]
    inside = [
        entry for entry in found.entries if entry.day.month == first.month and entry.day.year == first.year
    ]
    context: dict[str, Any] = {
        "first": first,
        "before": f"{first - dt.timedelta(days=1):%Y-%m}",
        "after": f"{first + dt.timedelta(days=31):%Y-%m}",
        "this": f"{today:%Y-%m}",
        "today": today,
        "mine": mine,
        "as_list": request.GET.get("as") == "list",
        "weeks": cells,
        "list": [(day, by_day[day]) for day in sorted(by_day) if day.month == first.month],
        "count": len(inside),
        "caveat": found.caveat,
        "plans": [] if mine else plans_with_rhythms(actor),
        "to_confirm": plans_to_confirm(actor) if actor.holds(*KEEPERS) else [],
        "keeps": actor.holds(*KEEPERS),
    }
    return render(request, "dispatch/index.html", context)


def _asked(request: Request, actor: Actor) -> tuple[dt.date, bool]:
    """The month that the address asks for, and whether the person's own days or the county's."""
    view = request.GET.get("view", "county" if actor.holds(*KEEPERS) else "mine")
    return _month(request.GET.get("month", ""), timezone.localdate()), view != "county"


@require_safe
def export(request: Request) -> HttpResponse:
    """The days of the month as a workbook."""
    actor = actor_of(request.user)
    seen(actor)
    first, mine = _asked(request, actor)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    entries = calendar_of(actor, first, last, mine).entries
    return download(excel.month(first, mine, entries), f"{first.year}年{first.month}月日程")


def _month(said: str, today: dt.date) -> dt.date:
    """The first day of the month asked for; of this month when none (or nothing sound) was asked."""
    year, month = (whole(part) for part in said.partition("-")[::2])
    if year is None or month is None or not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return today.replace(day=1)
    return dt.date(year, month, 1)


def _cell(day: dt.date, first: dt.date, days: Workdays, by_day: dict[dt.date, list[Entry]]) -> Cell:
    return Cell(day, day.month == first.month, days.is_workday(day), days.name(day), by_day.get(day, []))


@require_http_methods(["GET", "HEAD", "POST"])
def days(request: Request) -> HttpResponse:
    """放假安排 of a year (`?year=2027`): the country's, and what the county has laid over it."""
    actor = actor_of(request.user)
    case = LocalDays(government_id=actor.government_id)
    demand(HOLIDAY, case, "see", actor)
    if request.method == "POST":
        demand(HOLIDAY, case, "enter", actor)
    form = DaysForm(posted(request))
    if request.method == "POST" and (row := attempt(form, lambda: services.enter(form.entered(), by=actor))):
        messages.success(request, f"已登记“{row.name}”，日程会按新的安排改期。")
        return redirect(f"{request.path}?year={row.first.year}")
    today, year = timezone.localdate(), _year(request)
    known = workdays_of(actor.government_id)
    local = LocalDays.objects.filter(government=actor.government_id, first__year=year).order_by("first", "pk")
    context = {
        "year": year,
        "years": range(today.year - 1, today.year + 3),
        "status": STATUSES[known.status(year)],
        "published": known.status(year) == "published",
        "source": known.source(year),
        "caveat": known.caveat(dt.date(year, 1, 1)),
        "runs": runs_of(year, known),
        "local": local,
        "form": form,
        "keeps": actor.holds(*HOLIDAY.moves["enter"].posts),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "dispatch/days.html", context, status=status)


def _year(request: Request) -> int:
    """The year that the address asks for; this one when none (or nothing sound) is asked."""
    asked = whole(request.GET.get("year", ""))
    sound = asked is not None and FIRST_YEAR <= asked <= LAST_YEAR
    return asked if asked is not None and sound else timezone.localdate().year


@require_safe
def export_days(request: Request) -> HttpResponse:
    """放假安排 of a year as a workbook."""
    actor = actor_of(request.user)
    demand(HOLIDAY, LocalDays(government_id=actor.government_id), "see", actor)
    known, year = workdays_of(actor.government_id), _year(request)
    return download(excel.days(year, STATUSES[known.status(year)], runs_of(year, known)), f"{year}年放假安排")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take an entry of the county back."""
    actor = actor_of(request.user)
    row = get_object_or_404(LocalDays, pk=pk, government=actor.government_id)
    demand(HOLIDAY, row, "withdraw", actor, "。")
    form = ReasonForm(posted(request))

    def act() -> bool:
        services.withdraw(row, form.cleaned_data["reason"], by=actor)
        return True

    back = f"/calendar/days/?year={row.first.year}"
    if request.method == "POST" and attempt(form, act):
        messages.success(request, f"已撤销“{row.name}”，日程会按撤销后的安排改期。")
        return redirect(back)
    context = {
        "title": "撤销放假安排",
        "lead": f"{row.first}至{row.last}，{row.name}。依据：{row.ground}。",
        "button": "撤销",
        "back": back,
        "crumb": "放假安排",
    }
    return form_page(request, form, context)
