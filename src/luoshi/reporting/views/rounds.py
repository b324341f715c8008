"""Rounds: the list, opening one, one round unit by unit, and what the office does with it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.government import GOVERNMENT
from luoshi.core.flow.machine import Move
from luoshi.core.flow.report import REPORT
from luoshi.core.flow.round import ROUND
from luoshi.journal.moves import demand
from luoshi.journal.queries import history
from luoshi.ledger.queries import plans_in_ledger
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request
from luoshi.org.views.answers import attempt, form_page, page_of, posted, told
from luoshi.reporting import forms
from luoshi.reporting.models import RHYTHMS, Round, Sheet, Snapshot
from luoshi.reporting.queries import rounds as queries
from luoshi.reporting.services import keeping, opening
from luoshi.reporting.sheets import lists
from luoshi.ui.downloads import download

PER_PAGE = 25


def round_of(request: Request, pk: int) -> Round:
    """The round of the address, if the person may see it; else 404."""
    rounds = Round.objects.visible_to(actor_of(request.user)).select_related("plan", "programme", "mechanism")
    return get_object_or_404(rounds, pk=pk)


def may_open(actor: Actor) -> bool:
    """Whether the actor opens rounds at all."""
    return actor.holds(*ROUND.moves["open"].posts)


@require_safe
def index(request: Request) -> HttpResponse:
    """All rounds, the latest period first; or those in which something is left to do, the earliest first."""
    actor = actor_of(request.user)
    demand(ROUND, Round(government_id=actor.government_id), "see", actor)
    found, left = _asked(request, actor)
    page = page_of(request, found, PER_PAGE)
    context = {
        "page": page,
        "lines": queries.tallied(list(page), actor),
        "may_open": may_open(actor),
        "may_set_rules": actor.holds(*GOVERNMENT.moves["set_rules"].posts),
        "own": actor.unit_id if actor.holds("clerk", "head") else None,
        "today": timezone.localdate(),
        "left": left,
        "left_words": queries.LEFT.get(left, ""),
    }
    return render(request, "reporting/index.html", context)


def _asked(request: Request, actor: Actor) -> tuple[QuerySet[Round], str]:
    """The rounds that the address asks for, and what is left to do in them ("" for all rounds)."""
    left = request.GET.get("left", "")
    if left in queries.LEFT:
        return queries.left(actor, left), left
    return queries.rounds(actor), ""


@require_safe
def export(request: Request) -> HttpResponse:
    """The rounds of the page as a workbook."""
    actor = actor_of(request.user)
    demand(ROUND, Round(government_id=actor.government_id), "see", actor)
    return download(lists.rounds(queries.tallied(list(_asked(request, actor)[0]), actor)), "各轮报送")


@require_safe
def export_units(request: Request, pk: int) -> HttpResponse:
    """One round unit by unit as a workbook."""
    round = round_of(request, pk)
    return download(
        lists.units(round, queries.unit_lines(round, actor_of(request.user))), f"{round.label}各单位报送情况"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: Request) -> HttpResponse:
    """Ask for a new round."""
    actor = actor_of(request.user)
    if not may_open(actor):
        demand(ROUND, Round(government_id=actor.government_id), "open", actor)
    asked = request.GET.get("rhythm", "")
    initial = forms.proposed(asked if asked in RHYTHMS else "旬")
    form = forms.OpenForm(posted(request), plans_in_ledger(actor).filter(state="adopted"), initial=initial)

    def act() -> Round:
        said = form.cleaned_data
        return opening.open_round(
            opening.Asked(said["plan"], form.period, said["due"], said["programme"]), by=actor
        )

    if request.method == "POST" and (round := attempt(form, act)):
        messages.success(request, f"已发起{round.label}填报，各单位在“待我办”中可以看到。")
        return redirect("reporting:round", round.pk)
    context = {
        "title": "发起填报",
        "lead": "每个单位收到一张表，一项任务一行；同一时段报过的数不再问第二遍。",
        "button": "发起",
        "back": "/reporting/",
        "crumb": "报送",
    }
    return form_page(request, form, context, "reporting/open.html")


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """One round, unit by unit."""
    actor, round = actor_of(request.user), round_of(request, pk)
    lines = queries.unit_lines(round, actor)
    summary = queries.summary(lines)
    round.waiting_for_office = summary["waiting_reports"]
    context: dict[str, Any] = {
        "round": round,
        "lines": lines,
        "summary": summary,
        "stands": queries.STANDS,
        "offers": {offer.move.verb: offer for offer in ROUND.offers(round, actor)},
        "postpone": forms.PostponeForm(None),
        "reason": forms.ReasonForm(None),
        "snapshots": round.snapshots.defer("text"),
        "may_download": can(round, "download", actor),
        "events": history(round, 20),
        "may_review": actor.holds(*REPORT.moves["accept"].posts),
        "late": round.is_open and timezone.localdate() > round.due,
    }
    return render(request, "reporting/round.html", context)


@require_safe
def snapshot(request: Request, pk: int, number: int) -> HttpResponse:
    """What was frozen, byte for byte: the SHA-256 of the file is the one on the page. All of a round is in it, so it
    is for those who see all of it."""
    actor, round = actor_of(request.user), round_of(request, pk)
    demand(ROUND, round, "download", actor)
    frozen = get_object_or_404(Snapshot, round=round, number=number)
    answer = HttpResponse(frozen.text.encode(), content_type="application/json; charset=utf-8")
    name = f"{round.label}锁定件第{number}份.json"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


@require_POST
def postpone(request: Request, pk: int) -> HttpResponse:
    """A later last day."""
    actor, round, form = actor_of(request.user), round_of(request, pk), forms.PostponeForm(request.POST)
    demand(ROUND, round, "postpone", actor, request.POST.get("note") or "-")

    def act() -> bool:
        keeping.postpone(round, form.cleaned_data["due"], form.cleaned_data["note"], by=actor)
        return True

    if not attempt(form, act):
        return told(request, form, "reporting:round", pk)
    messages.success(request, f"截止日期已顺延到{round.due.month}月{round.due.day}日。")
    return redirect("reporting:round", pk)


@require_POST
def extend(request: Request, pk: int) -> HttpResponse:
    """Ask for what has come into the ledger since."""
    n = opening.extend_round(round_of(request, pk), by=actor_of(request.user))
    messages.success(request, f"已补发{n}项，有关单位在“待我办”中可以看到。")
    return redirect("reporting:round", pk)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Close and freeze."""
    round = round_of(request, pk)
    frozen = keeping.close(round, by=actor_of(request.user))
    messages.success(request, f"{round.label}这一轮已锁定，锁定件校验值{frozen.sha256[:12]}。")
    return redirect("reporting:round", pk)


def _sheet_of(request: Request, round: Round, unit: int) -> Sheet:
    return get_object_or_404(Sheet.objects.select_related("unit"), round=round, unit=unit)


@require_POST
def reopen(request: Request, pk: int, unit: int) -> HttpResponse:
    """Open a closed round again for one unit."""
    round = round_of(request, pk)
    sheet = _sheet_of(request, round, unit)
    keeping.reopen_unit(round, sheet, request.POST.get("note", ""), by=actor_of(request.user))
    messages.success(request, f"已为{sheet.unit.full_name}重新打开，请把需要重填的任务退回。")
    return redirect("reporting:sheet", pk, unit)


@require_POST
def lock(request: Request, pk: int, unit: int) -> HttpResponse:
    """Lock the sheet of one unit again."""
    round = round_of(request, pk)
    sheet = _sheet_of(request, round, unit)
    keeping.lock_unit(round, sheet, by=actor_of(request.user))
    messages.success(request, f"{sheet.unit.full_name}已重新锁定。")
    return redirect("reporting:round", pk)


def can(round: Round, verb: str, actor: Actor) -> bool:
    """Whether the table lets this person do it now (apart from the reason)."""
    return isinstance(ROUND.judge(round, verb, actor, "-"), Move)
