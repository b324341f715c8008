"""核对: the source on the left, the items on the right."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from luoshi.core.flow.machine import Move
from luoshi.intake import queries
from luoshi.intake.doubts import KINDS, OTHER
from luoshi.intake.findings import (
    Sift,
    check_of,
    count,
    finding_lines,
    finding_marks,
    findings_of,
    kinds_in,
    reasons,
)
from luoshi.intake.models import DraftItem
from luoshi.intake.services import editing
from luoshi.journal.moves import Refused
from luoshi.ledger.models import Plan
from luoshi.ledger.paper import lay_out
from luoshi.org.actors import actor_of
from luoshi.org.requests import whole

ANSWER = {"confirm": editing.confirm, "leave": editing.leave}
BULK = {
    "delete": editing.delete,
    "restore": editing.restore,
    "merge": editing.merge_items,
}


def plan_of(request: HttpRequest, pk: int) -> Plan:
    """A plan the person may see, with its source; else 404."""
    visible = Plan.objects.visible_to(actor_of(request.user)).exclude(state="withdrawn")
    return get_object_or_404(visible.select_related("source"), pk=pk)


def may_correct(request: HttpRequest, plan: Plan) -> bool:
    """Whether the table lets this person correct the plan now."""
    return isinstance(plan.life.judge(plan, "correct", actor_of(request.user)), Move)


def may_waive(request: HttpRequest, plan: Plan) -> bool:
    """Whether the table lets this person check the plan again, and say what stays as it is."""
    return isinstance(plan.life.judge(plan, "unwaive", actor_of(request.user)), Move)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole desk; `?tab=` chooses what the list shows."""
    plan = plan_of(request, pk)
    items = queries.items_of(plan)
    found = queries.matcher(plan)
    findings, sift = findings_of(plan), Sift.of(request.GET)
    tally = queries.tally(plan, items, found, findings, actor_of(request.user).person_id)
    tab = request.GET.get("tab") or ("doubt" if tally.asked > tally.answered else "task")
    context: dict[str, Any] = {
        "plan": plan,
        "tab": tab,
        "tally": tally,
        "lines": queries.lines(items, found, findings),
        "findings": finding_lines(plan.source, findings, items, sift),
        "found": count(findings),
        "kinds": kinds_in(findings),
        "sift": sift,
        "check": check_of(plan),
        "reasons": reasons(findings),
        "blocks": lay_out(plan.source, [*queries.marks(items), *finding_marks(findings)]),
        "may_correct": may_correct(request, plan),
        "may_waive": may_waive(request, plan),
        "files": plan.files.all(),
        "abouts": list(dict.fromkeys([*KINDS.values(), OTHER])),
    }
    return render(request, "intake/review.html", context)


def back(plan: Plan, request: HttpRequest, item: DraftItem | None = None, tab: str = "") -> HttpResponse:
    """To the desk, on `tab` or the one it was on; the address names the item to stand on."""
    tab = tab or request.POST.get("tab") or request.GET.get("tab") or (item.kind if item else "")
    return to_desk(plan, tab, str(item.pk) if item else "")


def to_desk(plan: Plan, tab: str, key: str = "", **more: str) -> HttpResponse:
    """To the desk on a tab, standing on the item or finding with this key."""
    query = {"tab": tab, "at": key, **more}
    words = urlencode({name: value for name, value in query.items() if value})
    place = f"#i{key}" if key else ""
    return redirect(f"{reverse('intake:review', args=[plan.pk])}?{words}{place}")


def chosen(request: HttpRequest, plan: Plan) -> list[tuple[DraftItem, int]]:
    """The ticked items with the versions seen: items=pk:version…"""
    pairs = [value.partition(":")[::2] for value in request.POST.getlist("items")]
    seen = {whole(pk): whole(version) or 0 for pk, version in pairs}
    items = plan.draft_items.filter(pk__in=seen.keys() - {None}).select_related("plan__source")
    return [(item, seen[item.pk]) for item in items]


@require_POST
def bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """One verb on all ticked items; answers may be meant for one kind of question only (`about`)."""
    plan, actor = plan_of(request, pk), actor_of(request.user)
    name, items = request.POST.get("verb", ""), chosen(request, plan)
    merged = None
    if name in ANSWER:
        ANSWER[name](items, actor, request.POST.get("about", ""))
    elif name in BULK:
        merged = BULK[name](items, actor)
    else:
        raise Refused("不知道要做什么，请用列表上方的按钮。")
    return back(plan, request, merged)


@require_POST
def leave_open_lists(request: HttpRequest, pk: int) -> HttpResponse:
    """All lists that close with 等, in one press."""
    plan = plan_of(request, pk)
    editing.leave_open_lists(plan, actor_of(request.user))
    return back(plan, request)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new item from selected text (start, end), or from words copied out of it (quote)."""
    plan = plan_of(request, pk)
    kind, quote = request.POST.get("kind", ""), request.POST.get("quote", "").strip()
    if kind not in queries.TABS or kind == "document":
        raise Refused("请选择要添加成哪一类条目。")
    if quote:
        start = plan.source.text.find(quote)
        if start < 0:
            raise Refused(f"原文里没有找到“{quote[:20]}”，请从左侧原文中照抄一段后再试。")
        end = start + len(quote)
    else:
        numbers = (request.POST.get("start", ""), request.POST.get("end", ""))
        start, end = (whole(n) or 0 for n in numbers)
    return back(plan, request, editing.add_item(plan, kind, start, end, actor_of(request.user)), kind)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back this person's last step."""
    plan = plan_of(request, pk)
    editing.undo(plan, actor_of(request.user))
    return back(plan, request)
