"""大比拼: the boards, one board live, a board drafted and changed, a unit's own figure."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Move
from luoshi.core.flow.project import BOARD
from luoshi.core.progress.competing import ENTERED, THEMES
from luoshi.journal.moves import demand
from luoshi.journal.queries import history
from luoshi.org.actors import actor_of
from luoshi.org.forms.units import DayQuery
from luoshi.org.models import Unit
from luoshi.org.requests import Request
from luoshi.org.sheets.trial import Names
from luoshi.org.views.answers import attempt, form_page, page_of, posted
from luoshi.projects.forms import BoardForm, ShowingForm, StepForm, initial_board
from luoshi.projects.models import Board, Measure, Showing
from luoshi.projects.queries import boards as queries
from luoshi.projects.queries import lists
from luoshi.projects.services import contesting
from luoshi.projects.sheets import lists as tables
from luoshi.projects.sheets.boards import workbook
from luoshi.ui.downloads import download

PER_PAGE = 30
UNSAID = "（待填）"
STEPS = ("publish", "recall", "close")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All boards this person may see, by theme."""
    actor = lists.let_in(actor_of(request.user))
    rows = queries.whole(queries.boards_of(actor))
    context = {
        "page": page_of(request, rows, PER_PAGE),  # type: ignore[arg-type]
        "may_create": isinstance(
            BOARD.judge(Board(government_id=actor.government_id), "create", actor), Move
        ),
        "themes": THEMES,
    }
    return render(request, "projects/boards.html", context)


@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    """All boards this person may see as a workbook."""
    actor = lists.let_in(actor_of(request.user))
    return download(tables.boards(queries.whole(queries.boards_of(actor))), "大比拼")


def board_for(actor: Actor, pk: int) -> Board:
    """A board this person may see; else 404."""
    return get_object_or_404(queries.whole(queries.boards_of(actor)), pk=pk)


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """One board as it stands on a day: each measure with its rule, each group with its places."""
    actor = actor_of(request.user)
    found = board_for(actor, pk)
    day = _day(request)
    context: dict[str, Any] = {
        "board": found,
        "day": min(day, found.until),
        "past": day < timezone.localdate(),
        "tables": [] if found.state == "closed" else queries.tables(found, day),
        "offers": [o for o in BOARD.offers(found, actor) if o.move.verb in STEPS],
        "may_edit": isinstance(BOARD.judge(found, "edit", actor), Move),
        "entries": _entries(found, actor),
        "events": history(found, 20),
    }
    return render(request, "projects/board.html", context)


def _day(request: HttpRequest) -> dt.date:
    """The day that the address asks for, today at the latest."""
    today = timezone.localdate()
    return min(DayQuery.said(request.GET.get("day", "")) or today, today)


def _entries(found: Board, actor: Actor) -> list[tuple[Measure, Unit]]:
    """What this person may report here."""
    if found.state != "open":
        return []
    return [
        (measure, unit)
        for measure in found.measures.all()
        if measure.formula == ENTERED
        for group in found.groups.all()
        for unit in group.units.all()
        if isinstance(BOARD.judge(Showing(measure=_with(measure, found), unit=unit), "enter", actor), Move)
    ]


def _with(measure: Measure, found: Board) -> Measure:
    """The measure knows its board, with groups at hand."""
    measure.board = found
    return measure


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """设榜."""
    actor = actor_of(request.user)
    demand(BOARD, Board(government_id=actor.government_id), "create", actor)
    today = timezone.localdate()
    initial = {"since": today.replace(month=1, day=1), "until": today.replace(month=12, day=31)}
    form = BoardForm(posted(request), names=Names(actor), initial=initial)
    if request.method == "POST" and (
        made := attempt(form, lambda: contesting.set_up(form.draft(), by=actor))
    ):
        return redirect("projects:board", made.pk)
    context = {"title": "设榜", "back": reverse("projects:boards"), "crumb": "大比拼"}
    return form_page(request, form, context, "projects/board_form.html")


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a board that is not published."""
    actor = actor_of(request.user)
    found = board_for(actor, pk)
    demand(BOARD, found, "edit", actor)
    form = BoardForm(posted(request), names=Names(actor), initial=initial_board(found))

    def act() -> bool:
        contesting.rewrite(found, form.draft(), by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        return redirect("projects:board", pk)
    context = {"title": "修改榜", "back": reverse("projects:board", args=[pk]), "crumb": found.title}
    return form_page(request, form, context, "projects/board_form.html")


@require_http_methods(["GET", "POST"])
def step(request: Request, pk: int, verb: str) -> HttpResponse:
    """Publish, take back, end."""
    actor = actor_of(request.user)
    found = board_for(actor, pk)
    if verb not in STEPS:
        raise Http404
    move = demand(BOARD, found, verb, actor, UNSAID)
    form = StepForm(posted(request), dated=False, reasoned=move.wants_note)

    def act() -> bool:
        if verb == "close":
            contesting.close(found, by=actor)
        else:
            contesting.step(found, verb, by=actor, note=form.cleaned_data.get("note", ""))
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, f"已{move.label}。")
        return redirect("projects:board", pk)
    lead = {"publish": "发布后各参加单位都能看到。", "close": "结束后名次定下来，不再变动。"}.get(verb, "")
    context = {
        "title": f"{move.label}：{found.title}", "lead": lead, "button": move.label, "back": reverse("projects:board", args=[pk]),
        "crumb": found.title,
    }  # fmt: skip
    return form_page(request, form, context)


@require_http_methods(["GET", "POST"])
def enter(request: Request, pk: int, measure: int, unit: int) -> HttpResponse:
    """What a unit has to show for a measure."""
    actor = actor_of(request.user)
    found = board_for(actor, pk)
    asked = next((m for m in found.measures.all() if m.pk == measure and m.formula == ENTERED), None)
    who = next((u for g in found.groups.all() for u in g.units.all() if u.pk == unit), None)
    if asked is None or who is None:
        raise Http404
    demand(BOARD, Showing(measure=_with(asked, found), unit=who), "enter", actor)
    last = Showing.objects.filter(measure=asked, unit=who).order_by("pk").last()
    initial: dict[str, Any] = {"value": _plain(last.value), "absent": last.absent} if last else {}
    form = ShowingForm(posted(request), initial=initial)

    def act() -> bool:
        contesting.enter(asked, who, form.cleaned_data["value"], form.cleaned_data["absent"], by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, f"{who.full_name}的{asked.name}已报。")
        return redirect("projects:board", pk)
    context = {
        "title": f"{who.full_name}：{asked.name}", "lead": f"单位{asked.unit or '（无）'}。算法：{asked.words}。依据：{asked.basis}。",
        "button": "报数", "back": reverse("projects:board", args=[pk]), "crumb": found.title,
    }  # fmt: skip
    return form_page(request, form, context)


def _plain(value: Decimal | None) -> str:
    return (
        "" if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    )


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The board as it stands on that day as a workbook."""
    found = board_for(actor_of(request.user), pk)
    tables = [] if found.state == "closed" else queries.tables(found, _day(request))
    return download(workbook(found, tables), found.title)
