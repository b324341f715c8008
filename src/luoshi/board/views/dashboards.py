"""The dashboards: county, action, unit, indicator, silence. Each table goes to Excel by ?xlsx=its key."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_safe

from luoshi.board import charts, excel
from luoshi.board.panels import county, shared
from luoshi.board.panels.ground import ground
from luoshi.board.panels.promise import promise
from luoshi.board.queries.books import Book, counted, in_words
from luoshi.board.queries.courses import calendar
from luoshi.board.queries.last_year import last_year
from luoshi.board.queries.silence import STATES, silence
from luoshi.board.tables import Link, Panel
from luoshi.board.views.asked import Asked
from luoshi.core.flow.actor import BUSINESS_POSTS
from luoshi.ledger.models import Action, Indicator, Plan
from luoshi.org.models import Unit
from luoshi.projects.queries import projects_of
from luoshi.projects.queries.lists import visible
from luoshi.supervision.queries import lights
from luoshi.ui.downloads import download


def _page(
    request: HttpRequest,
    asked: Asked,
    here: str,
    title: str,
    panels: Sequence[Panel],
    context: dict[str, Any],
) -> HttpResponse:
    """The page, or the workbook of one of its tables."""
    wanted = request.GET.get("xlsx", "")
    for panel in panels:
        if panel.table.key == wanted:
            name = get_valid_filename(f"{title[:40]}{panel.table.title}")
            day = f"{asked.day.year}年{asked.day.month}月{asked.day.day}日"
            return download(
                excel.book(panel.table, f"{title}　{panel.table.title}（截至{day}）"), f"{name}截至"
            )
    query = request.GET.copy()
    query.pop("xlsx", None)
    turned = query.copy()
    turned.pop("large", None)
    if not asked.large:
        turned["large"] = "1"
    shown = {
        "asked": asked,
        "here": here,
        "title": title,
        "panels": panels,
        "query": query.urlencode(),
        "turned": turned.urlencode(),
        **context,
    }
    return render(request, "board/dashboard.html", shown)


def _size(asked: Asked) -> int:
    return charts.LARGE if asked.large else charts.SIZE


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The county on one page."""
    asked = Asked.of(request)
    if asked.plan is None:
        return _page(request, asked, "index", "挂图", (), {})
    book = Book.of(asked.actor, asked.plan, asked.day)
    found = silence(asked.actor, asked.plan, asked.day)
    head = county.top(book)
    panels = county.county(book, found, asked.query, _size(asked))
    context = {"lamps": head.lamps, "says": head.says, "rules": book.rules}
    return _page(request, asked, "index", f"{asked.plan.government.name}总览", panels, context)


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action."""
    asked = Asked.of(request)
    row = get_object_or_404(
        Action._base_manager.select_related("plan__government"), pk=pk, plan__in=asked.plans
    )
    asked = _of_plan(asked, row.plan)

    def mine(line: lights.Line) -> bool:
        held = line.task.action_id if line.task else line.indicator.action_id if line.indicator else None
        return held == row.pk

    book = Book.of(asked.actor, row.plan, asked.day).only(mine)
    return _part(request, asked, "action", row.name, book, f"action={row.pk}", [])


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """What one unit answers for, how it reported, its lights."""
    asked = Asked.of(request)
    row = get_object_or_404(Unit, pk=pk, government=asked.actor.government_id)
    if asked.plan is None:
        raise Http404
    book = Book.of(asked.actor, asked.plan, asked.day).only(
        lambda line: bool(line.unit and line.unit.unit_id == row.pk)
    )
    found = silence(asked.actor, asked.plan, asked.day, row.pk)
    table = shared.silence_table(found)._replace(title="各轮报送", none="没有您能看到的填报。")
    return _part(request, asked, "unit", row.full_name, book, f"unit={row.pk}", [Panel(table)])


def _of_plan(asked: Asked, plan: Plan) -> Asked:
    return Asked(asked.actor, asked.plans, plan, asked.day, asked.large)


def _part(
    request: HttpRequest, asked: Asked, here: str, title: str, book: Book, narrowed: str, more: list[Panel]
) -> HttpResponse:
    """A part of the plan: its lights, done against planned, its tasks."""
    levels = counted(line.light.level for line in book.lines)
    size = _size(asked)
    panels = [
        shared.progress(book, size),
        shared.lights_by_month(book, size),
        shared.changed(book),
        shared.tasks(book),
        *more,
    ]
    wall = f"{reverse('board:wall')}?{asked.query}&{narrowed}"
    context = {
        "lamps": shared.lamps_of(levels, book),
        "says": f"{len(book.lines)}项指标和任务：{in_words(levels, book)}。",
        "rules": book.rules,
        "links": [Link("看这一部分的挂图", wall)],
    }
    return _page(request, asked, here, title, panels, context)


@require_safe
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Planned against actual for one indicator."""
    asked = Asked.of(request)
    row = get_object_or_404(Indicator._base_manager, pk=pk, plan__in=asked.plans)
    plan = next(plan for plan in asked.plans if plan.pk == row.plan_id)
    asked, reckoning = _of_plan(asked, plan), lights.Reckoning(plan, asked.day)
    row = lights.indicators(plan).get(pk=pk)
    row.plan = plan
    line = lights.line_of(row, reckoning, lights.told(plan, pk).get(pk, ()))
    coming, needed = lights.outlook(line, asked.day)
    panel = promise(line, calendar(reckoning, "月"), last_year(line, reckoning.year), coming, _size(asked))
    looks = reckoning.rules.looks
    lamp = shared.lamps_of(counted([line.light.level]), Book(asked.actor, plan, asked.day, [line], calendar(reckoning, "月")))  # fmt: skip
    on = f"?day={asked.day.isoformat()}" if asked.past else ""
    links = [Link("这盏灯怎么来的", reverse("lights:receipt", args=[pk]) + on)]
    if row.task_id:
        links.append(Link("台账任务", reverse("ledger:task", args=[row.task_id])))
    said = [f"目标：{row.words}。", needed.sentence if needed else ""]
    context = {"lamps": [(found, 0) for found, _ in lamp], "says": "".join(said), "links": links, "looks": looks, "rules": reckoning.rules}  # fmt: skip
    return _page(request, asked, "indicator", row.name, [panel], context)


@require_safe
def silent(request: HttpRequest) -> HttpResponse:
    """The silence map."""
    asked = Asked.of(request)
    if asked.plan is None:
        return _page(request, asked, "silence", "谁没有报", (), {})
    found = silence(asked.actor, asked.plan, asked.day)
    note = "按单位名册的顺序排列，不排名；未到截止日的不算未报。" + "　".join(
        f"{lamp.shape}{lamp.word}" for lamp in STATES.values()
    )
    panel = Panel(shared.silence_table(found), note=note)
    says = f"最近到期的一轮：{shared.silence_words(found.last)}。"
    return _page(request, asked, "silence", "谁没有报", [panel], {"says": says})


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The project map."""
    asked = Asked.of(request)
    standings = projects_of(asked.actor.government_id, asked.day, visible(asked.actor))
    says = f"{len(standings)}个项目，按所在乡镇列出到了哪一步和四率。" if standings else ""
    panels = ground(standings, _size(asked)) if asked.actor.holds(*BUSINESS_POSTS) else []
    return _page(request, asked, "projects", "项目一图", panels, {"says": says})
