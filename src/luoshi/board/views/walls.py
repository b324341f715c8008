"""挂图: the chart as a page, as a big screen that refreshes itself, as sheets of paper; one snapshot for all three."""

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from luoshi.board import excel
from luoshi.board.drawing import bands
from luoshi.board.paper import SIZES, sheets
from luoshi.board.queries.memory import remembered
from luoshi.board.queries.walls import Choices, Filters, wall_of
from luoshi.board.views.asked import Asked
from luoshi.board.wall import DUE, MARKS, Wall
from luoshi.core.writing.pdf import NoPdf, print_sheets
from luoshi.journal.moves import Refused
from luoshi.ui.downloads import download

SCREEN_HOURS = 16
"""How long a big screen keeps its log-in alive: a night, no longer (docs/decisions/0192)."""
PDF = "application/pdf"


class _Picture(NamedTuple):
    """A snapshot, what its filters offer, its rows as HTML, its hash."""

    wall: Wall
    choices: Choices
    drawn: SafeString
    sha256: str


def _picture(asked: Asked, filters: Filters) -> _Picture:
    plan, day = asked.plan, asked.day
    assert plan is not None

    def make() -> _Picture:
        wall, choices = wall_of(asked.actor, plan, day, filters, plan.government.name)
        return _Picture(wall, choices, bands(wall), wall.sha256)

    return remembered(asked.actor, ("wall", plan.pk, day, filters), make)


def _context(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What both pages show; nothing but the empty state without a plan."""
    filters = Filters.of(request.GET)
    if asked.plan is None:
        return {"asked": asked, "wall": None}
    wall, choices, drawn, sha256 = _picture(asked, filters)
    query = request.GET.copy()
    for name in ("hash", "large"):
        query.pop(name, None)
    return {
        "asked": asked,
        "filters": filters,
        "wall": wall,
        "choices": choices,
        "query": query.urlencode(),
        "mine": asked.actor.holder_name if asked.actor.holder_name in choices.leaders else "",
        "marks": MARKS.values(),
        "due": DUE,
        "drawn": drawn,
        "sha256": sha256,
        "at": timezone.localtime(),
        "sizes": SIZES,
    }


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The chart as a table."""
    return render(request, "board/wall.html", _context(request, Asked.of(request)))


@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    """The big screen. With `hash` only what changed is answered: 204 where the snapshot is still the one shown."""
    known = request.GET.get("hash")
    context = _context(request, Asked.of(request))
    _stay_awake(request)
    if known is None:
        return render(request, "board/screen.html", context)
    if known == context.get("sha256"):
        return HttpResponse(status=204)
    return render(request, "board/_screen.html", context)


def _stay_awake(request: HttpRequest) -> None:
    """The log-in lasts as long as the screen asks, up to a night."""
    now = int(timezone.now().timestamp())
    since = request.session.setdefault("screen_since", now)
    if now - since < SCREEN_HOURS * 3600:
        request.session.modified = True


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The chart as a workbook."""
    asked = Asked.of(request)
    if asked.plan is None:
        raise Http404
    wall = _picture(asked, Filters.of(request.GET)).wall
    return download(excel.chart(wall), f"{wall.title[:40]}挂图截至")


@require_safe
def paper(request: HttpRequest, size: str) -> HttpResponse:
    """The chart as a PDF of that size."""
    asked = Asked.of(request)
    if asked.plan is None or size not in SIZES:
        raise Http404
    wall = _picture(asked, Filters.of(request.GET)).wall
    if not wall.tasks:
        raise Refused("按现在的条件没有任务，没有可以打印的内容。请放宽条件后再打印。")
    try:
        made = print_sheets(sheets(wall, size))
    except NoPdf as reason:
        raise Refused(reason.sentence) from reason
    response = HttpResponse(made.content, content_type=PDF)
    name = f"{wall.title}挂图{size.upper()}（截至{wall.day:%Y%m%d}）.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
