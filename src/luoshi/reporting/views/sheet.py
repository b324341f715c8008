"""The unit's sheet: all its rows of one round on one page, saved while typing, sent in one press."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused
from luoshi.ledger.models import Milestone
from luoshi.ledger.services.milestones import step_on
from luoshi.org.actors import actor_of
from luoshi.org.models import Unit, on
from luoshi.org.requests import Request, whole
from luoshi.reporting.content import Content, posted
from luoshi.reporting.models import CAUSES, Figure, Report, Round, Sheet
from luoshi.reporting.queries.sheets import Line, head_signs, lines_of, may, shares, sheet_reports
from luoshi.reporting.services import filling, sending
from luoshi.reporting.views.rounds import can, round_of


@dataclass
class Desk:
    """A sheet as somebody looks at it."""

    round: Round
    unit: Unit
    actor: Actor
    lines: list[Line]

    @property
    def sheet(self) -> Sheet:
        """The sheet's own row."""
        return self.lines[0].report.sheet

    def line(self, pk: int) -> Line | None:
        """A row by its report."""
        return next((line for line in self.lines if line.report.pk == pk), None)


def desk_of(request: Request, pk: int, unit: int) -> Desk:
    """The sheet of the address, if the person may see any of it; else 404."""
    actor, round = actor_of(request.user), round_of(request, pk)
    lines = lines_of(sheet_reports(round, unit, actor), actor, head_signs(actor.government_id))
    if not lines:
        raise Http404
    return Desk(round, lines[0].report.unit, actor, lines)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, pk: int, unit: int) -> HttpResponse:
    """Show it; or do what the pressed button says with what was typed."""
    desk = desk_of(request, pk, unit)
    if request.method != "POST":
        return page(request, desk)
    do = next((do for do in ("withdraw", "finish") if do in request.POST), request.POST.get("do", "save"))
    return DEEDS.get(do, save)(request, desk)


def page(request: Request, desk: Desk, status: int = 200) -> HttpResponse:
    """The whole page. Rows of other units' drafts are not on it: they are not visible."""
    today = timezone.localdate()
    states = [line.report for line in desk.lines]
    context: dict[str, Any] = {
        "round": desk.round,
        "unit": desk.unit,
        "sheet": desk.sheet,
        "lines": desk.lines,
        "count": shares(desk.lines),
        "causes": CAUSES,
        "sources": Figure.SOURCES,
        "units": Unit.objects.filter(on(today), government=desk.round.government_id).only("full_name"),
        "fillable": any(line.open for line in desk.lines),
        "may_sign": any(may(report, "sign", desk.actor) for report in states),
        "signs": states[0].head_signs,
        "may_withdraw": {report.pk for report in states if may(report, "withdraw", desk.actor)},
        "may_return": {report.pk for report in states if may(report, "return", desk.actor)},
        "office": {
            "reopen_unit": not desk.sheet.reopened and can(desk.round, "reopen_unit", desk.actor),
            "lock_unit": desk.sheet.reopened and can(desk.round, "lock_unit", desk.actor),
        },
        "lock": states[0].lock,
        "overdue": today > desk.round.due,
    }
    return render(request, "reporting/sheet.html", context, status=status)


def save(request: Request, desk: Desk) -> HttpResponse:
    """Keep what was typed as a draft."""
    saved, wrong = keep(request.POST, desk)
    if wrong:
        return page(request, desk, status=wrong)
    messages.success(request, f"已保存{saved}行。" if saved else "没有新的改动。")
    return _back(desk)


def keep(data: Mapping[str, Any], desk: Desk) -> tuple[int, int]:
    """Save every row that was touched; returns how many, and the status of the answer when some could not be (409 a
    conflict, 422 something wrong in a field): these rows then show what was typed and why."""
    saved = status = 0
    for line in desk.lines:
        if not line.open or f"r{line.report.pk}-version" not in data:
            continue
        outcome = keep_line(data, line, desk.actor)
        saved += outcome == 200
        status = max(status, outcome if outcome > 400 else 0)
    return saved, status


def keep_line(data: Mapping[str, Any], line: Line, actor: Actor) -> int:
    """Save one row: 200 saved, 204 nothing to save, 409 written by somebody else, 422 something wrong in it."""
    report, pk = line.report, line.report.pk
    figures = [cell.figure for cell in line.cells]
    said = posted(data, report, figures)
    if said.digest == data.get(f"r{pk}-shown") and not said.errors:
        return 204
    if said.errors:
        _show_typed(line, said)
        line.notice = "这一行有填得不对的地方，还没有保存。"
        return 422
    try:
        return (
            200
            if filling.fill(report, said, whole(str(data.get(f"r{pk}-version", ""))) or 0, by=actor)
            else 204
        )
    except filling.Conflict as conflict:
        names = {cell.figure.pk: cell.figure.indicator.name for cell in line.cells}
        line.differences = conflict.differences(names)
        line.notice = conflict.sentence
        report.version = conflict.report.version
        _show_typed(line, said)
        return 409


def _show_typed(line: Line, said: Content) -> None:
    """Show what was typed. The hidden digest stays another one, so that sending it again saves it."""
    line.shown.words = said.words
    line.shown.errors = said.errors
    errors = dict(said.errors)
    cells = []
    for cell in line.cells:
        pk = cell.figure.pk
        own = tuple(errors.pop(key) for key in list(errors) if key.startswith(f"f{pk}-"))
        cells.append(cell._replace(shown=said.numbers[pk], errors=own))
    line.cells, line.wrong = cells, list(errors.values())


def unchanged(request: Request, desk: Desk) -> HttpResponse:
    """无变化 for the ticked rows."""
    _, wrong = keep(request.POST, desk)
    if wrong:
        return page(request, desk, status=wrong)
    ticked = {whole(text) for text in request.POST.getlist("same")}
    fresh = desk_of(request, desk.round.pk, desk.unit.pk)
    chosen = [line for line in fresh.lines if line.report.pk in ticked and line.open and line.fresh]
    if not chosen:
        raise Refused("请先勾选没有变化的任务，再确认。")
    n = filling.confirm_unchanged(chosen, by=desk.actor)
    messages.success(request, f"已确认{n}项无变化。")
    return _back(desk)


def submit(request: Request, desk: Desk) -> HttpResponse:
    """Keep what was typed, then send every row that is ready; say what is not."""
    _, wrong = keep(request.POST, desk)
    if wrong:
        return page(request, desk, status=wrong)
    fresh = desk_of(request, desk.round.pk, desk.unit.pk)
    ready = sending.ready(fresh.lines, desk.actor)
    left = [line for line in fresh.lines if line.unready]
    if not ready:
        raise Refused(_nothing_to_send(fresh))
    n = sending.submit(ready, by=desk.actor)
    late = "（已超过截止日期，记为迟报）" if any(line.report.late for line in ready) else ""
    messages.success(request, f"已提交{n}项{late}。")
    if left:
        messages.warning(request, f"还有{len(left)}项没有提交，原因写在各行里。")
    return _back(desk, anchor=f"#row{left[0].report.pk}" if left else "")


def _nothing_to_send(desk: Desk) -> str:
    left = [line for line in desk.lines if line.unready]
    if left:
        return f"还没有可以提交的：{left[0].unready}（共{len(left)}项，原因写在各行里）"
    denials = [line.denial.sentence for line in desk.lines if line.denial]
    return denials[0] if denials else "没有可以提交的填报。"


def sign(request: Request, desk: Desk) -> HttpResponse:
    """The head signs all that was sent."""
    reports = [line.report for line in desk.lines if line.report.state == "submitted"]
    if not reports:
        raise Refused("没有等签字的填报。")
    messages.success(request, f"已签字{sending.sign(reports, by=desk.actor)}项。")
    return _back(desk)


def withdraw(request: Request, desk: Desk) -> HttpResponse:
    """Take back one row, or all that can be."""
    which = whole(request.POST.get("withdraw", ""))
    reports = [
        line.report
        for line in desk.lines
        if line.report.pk == which or (which is None and may(line.report, "withdraw", desk.actor))
    ]
    if not reports:
        raise Refused("没有可以撤回的填报；已采用的请联系综合协调组（政府办）或专班办公室退回。")
    messages.success(request, f"已撤回{sending.withdraw(reports, by=desk.actor)}项，改好后请重新提交。")
    return _back(desk)


def finish(request: Request, desk: Desk) -> HttpResponse:
    """Keep what was typed, and say that a milestone is done."""
    _, wrong = keep(request.POST, desk)
    if wrong:
        return page(request, desk, status=wrong)
    which = whole(request.POST.get("finish", ""))
    own = [one.pk for line in desk.lines if line.open for one in line.milestones]
    if which not in own:
        raise Refused("这个节点不在本单位这一轮的填报里，请刷新页面后再看。")
    milestone = Milestone.objects.select_related("task__plan", "task__action").get(pk=which)
    step_on(milestone, "finish", by=desk.actor)
    messages.success(request, f"节点“{milestone.title[:30]}”已标为完成。")
    return _back(desk)


DEEDS: dict[str, Callable[[Request, Desk], HttpResponse]] = {
    "save": save,
    "unchanged": unchanged,
    "submit": submit,
    "sign": sign,
    "withdraw": withdraw,
    "finish": finish,
}


def _back(desk: Desk, anchor: str = "") -> HttpResponse:
    answer = redirect("reporting:sheet", desk.round.pk, desk.unit.pk)
    answer["Location"] += anchor
    return answer


@require_POST
def save_row(request: Request, pk: int) -> HttpResponse:
    """One row, saved while typing: the small parts of it that changed, for htmx to put in their places."""
    actor = actor_of(request.user)
    report = get_object_or_404(Report.objects.visible_to(actor).select_related("round"), pk=pk)
    signs = head_signs(actor.government_id)
    rows = Report.objects.filter(pk=report.pk)
    line = lines_of(rows, actor, signs)[0]
    if line.denial:
        raise Refused(line.denial.sentence)
    status = keep_line(request.POST, line, actor)
    if status < 400:
        line = lines_of(rows, actor, signs)[0]
    context = {"line": line, "round": report.round}
    return render(request, "reporting/_saved.html", context, status=status if status > 400 else 200)
