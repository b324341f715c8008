"""Accepting and returning (the office), collating and sending back (the lead unit): many at once, exceptions apart."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Denial, Machine
from luoshi.core.flow.report import REPORT
from luoshi.journal.moves import Denied, Refused
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request, whole
from luoshi.org.views.answers import page_of
from luoshi.reporting.models import Report, Round
from luoshi.reporting.queries import reviews
from luoshi.reporting.queries.sheets import with_tasks
from luoshi.reporting.services import reviewing
from luoshi.reporting.views.rounds import round_of

PER_PAGE = 50


class Work(NamedTuple):
    """The same page for the office and for a lead unit."""

    take: str
    back: str
    template: str
    address: str


OFFICE = Work("accept", "return", "reporting/review.html", "reporting:review")
LEAD = Work("collate", "send_back", "reporting/review.html", "reporting:collate")


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request, pk: int) -> HttpResponse:
    """What waits for the office in one round."""
    return _work(request, pk, OFFICE)


@require_http_methods(["GET", "HEAD", "POST"])
def collate(request: Request, pk: int) -> HttpResponse:
    """What waits for the lead unit in one round."""
    return _work(request, pk, LEAD)


def _work(request: Request, pk: int, work: Work) -> HttpResponse:
    actor, round = actor_of(request.user), round_of(request, pk)
    _entitled(work, actor)
    queue = reviews.waiting(round, actor) if work is OFFICE else reviews.to_collate(round, actor)
    if request.method == "POST":
        return _do(request, round, work, queue, actor)
    page = page_of(request, queue, PER_PAGE)
    rows = reviews.weighed(list(page), actor)
    context: dict[str, Any] = {
        "round": round,
        "work": work,
        "page": page,
        "rows": rows,
        "out": sum(row.stands_out for row in rows),
        "take": REPORT.moves[work.take].label,
        "back": REPORT.moves[work.back].label,
        "unsigned": sum(row.line.report.unsigned for row in rows),
    }
    return render(request, work.template, context)


def _entitled(work: Work, actor: Actor) -> None:
    """Raises Denied for somebody whose posts never do this."""
    if not actor.holds(*REPORT.moves[work.take].posts):
        case = Report(government_id=actor.government_id, state="submitted")
        verdict = _bare(REPORT, work.take, actor, case)
        raise Denied(verdict.kind, verdict.sentence)


def _bare(life: Machine, verb: str, actor: Actor, case: Report) -> Denial:
    verdict = life.judge(case, verb, actor)
    assert isinstance(verdict, Denial)
    return verdict


def _do(request: Request, round: Round, work: Work, queue: QuerySet[Report], actor: Actor) -> HttpResponse:
    """take: the ticked ones; rest: all that do not stand out; back: one or more, with a reason."""
    do, keys = request.POST.get("do", ""), _keys(request)
    one = whole(request.POST.get("back", ""))
    if one is not None:
        reason = request.POST.get(f"reason-{one}", "")
        n = reviewing.give_back(_chosen(queue, [one], work.back, actor), work.back, reason, by=actor)
        messages.success(request, f"已退回{n}项，对方会看到理由。")
    elif do == "rest":
        reports = reviews.chosen(reviews.plain_ones(queue) if work is OFFICE else queue, None, actor)
        ready = reviews.judged(reports, work.take, actor)
        _take(request, ready, work, actor)
    else:
        if not keys:
            raise Refused("请先勾选要办理的填报。")
        _take(request, _chosen(queue, keys, work.take, actor), work, actor)
    return redirect(work.address, round.pk)


def _keys(request: Request) -> list[int]:
    return [key for text in request.POST.getlist("pick") if (key := whole(text)) is not None]


def _chosen(queue: QuerySet[Report], keys: list[int], verb: str, actor: Actor) -> list[Report]:
    """The reports named; raises Refused when somebody else has dealt with them meanwhile."""
    found = reviews.chosen(queue, keys, actor)
    if not found:
        raise Refused("选中的填报刚刚已被他人处理，请刷新页面后再看。")
    return found


def _take(request: Request, reports: list[Report], work: Work, actor: Actor) -> None:
    if not reports:
        raise Refused("没有可以办理的填报：可能还没有签字，或刚刚已被他人处理，请刷新页面后再看。")
    take = reviewing.accept if work is OFFICE else reviewing.collate
    n = take(reports, by=actor)
    messages.success(request, f"已{REPORT.moves[work.take].label}{n}项。")


@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    """Return one report from the unit's sheet, also an accepted one."""
    actor = actor_of(request.user)
    report = get_object_or_404(with_tasks(Report.objects.visible_to(actor)), pk=pk)
    reviewing.give_back([report], "return", request.POST.get("note", ""), by=actor)
    messages.success(request, "已退回，对方会看到理由。")
    answer = redirect("reporting:sheet", report.round_id, report.unit_id)
    answer["Location"] += f"#row{pk}"
    return answer
