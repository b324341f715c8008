"""One item: shown, edited, asked about, split. Fragments for the list; whole pages without scripts."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.plan.wording import number
from luoshi.intake import queries
from luoshi.intake.drafting import sentence_starts
from luoshi.intake.findings import findings_of, flags
from luoshi.intake.forms import FORMS, ItemForm
from luoshi.intake.models import DraftItem
from luoshi.intake.services import editing
from luoshi.intake.views.review import back, may_correct, plan_of
from luoshi.ledger.models import Plan
from luoshi.org.actors import actor_of
from luoshi.org.requests import whole


def _item(request: HttpRequest, pk: int, item: int) -> DraftItem:
    plan = plan_of(request, pk)
    found = get_object_or_404(DraftItem, plan=plan, pk=item)
    found.plan = plan
    return found


def _version(request: HttpRequest) -> int:
    return whole(request.POST.get("version", "")) or 0


def reply(request: HttpRequest, item: DraftItem) -> HttpResponse:
    """The item as it now stands, and the counts; without scripts, the desk."""
    if not request.htmx:
        return back(item.plan, request, item)
    items = queries.items_of(item.plan)
    found, findings = queries.matcher(item.plan), findings_of(item.plan)
    flagged = flags(findings, items)
    context = {
        "plan": item.plan,
        "line": queries.Line(item, queries.chips(item, found), flagged.get(item.pk)),
        "tally": queries.tally(item.plan, items, found, findings, actor_of(request.user).person_id),
        "tab": request.GET.get("tab") or request.POST.get("tab"),
        "may_correct": may_correct(request, item.plan),
    }
    return render(request, "intake/_item_reply.html", context)


@require_safe
def show(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The item on the list again (cancel), or its own page."""
    found = _item(request, pk, item)
    return reply(request, found) if request.htmx else _edit_page(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The item as a form in its place; a save that comes too late shows both versions."""
    found = _item(request, pk, item)
    if request.method != "POST":
        return _edit_page(request, found)
    form = FORMS[found.kind](request.POST, item=found, actions=_actions(found.plan))
    if not form.is_valid():
        return _edit_page(request, found, form, status=422)
    try:
        editing.edit_item(found, form.changes(), form.cleaned_data["version"], actor_of(request.user))
    except editing.Conflict as conflict:
        return _edit_page(request, conflict.item, form, conflict, status=409)
    return reply(request, found)


def _actions(plan: Plan) -> list[str]:
    return [str(i.data.get("name")) for i in plan.draft_items.filter(kind="action").exclude(status="deleted")]


def _edit_page(
    request: HttpRequest,
    item: DraftItem,
    form: ItemForm | None = None,
    conflict: editing.Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    plan = plan_of(request, item.plan_id)
    form = form or FORMS[item.kind](item=item, actions=_actions(plan))
    context = {
        "plan": plan,
        "item": item,
        "form": form,
        "conflict": conflict,
        "differences": _differences(form, item, conflict.yours or {}) if conflict else [],
        "sentences": sentence_starts(plan.source.text, item.start, item.end),
        "words": plan.source.text[item.start : item.end].strip(),
        "may_correct": may_correct(request, plan),
        "tab": request.GET.get("tab") or request.POST.get("tab"),
    }
    template = "intake/_edit.html" if request.htmx else "intake/item.html"
    return render(request, template, context, status=status)


def _differences(form: ItemForm, item: DraftItem, yours: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(field, yours, theirs) where the two versions differ; owners by their names."""
    now = FORMS[item.kind](item=item).initial
    sent = {**yours}
    if "owners" in sent:
        sent["lead"] = [o["name"] for o in sent["owners"] if o["role"] == "lead"]
        sent["units"] = [o["name"] for o in sent.pop("owners") if o["role"] == "units"]
    pairs = (
        (name, _words(value), _words(now.get(name))) for name, value in sent.items() if name in form.fields
    )
    return [(str(form.fields[name].label), mine, theirs) for name, mine, theirs in pairs if mine != theirs]


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value)) or "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return number(value)
    return "（空）" if value in (None, "") else str(value)


@require_POST
def mark(request: HttpRequest, pk: int, item: int, verb: str) -> HttpResponse:
    """confirm, leave, delete or restore this one."""
    found = _item(request, pk, item)
    verbs = {
        "confirm": editing.confirm, "leave": editing.leave, "delete": editing.delete, "restore": editing.restore,
    }  # fmt: skip
    verbs[verb]([(found, _version(request))], actor_of(request.user))
    return reply(request, found)


@require_POST
def doubt(request: HttpRequest, pk: int, item: int, number: int) -> HttpResponse:
    """Answer one question: answer=settled|left."""
    found = _item(request, pk, item)
    editing.answer_doubt(
        found, number, request.POST.get("answer", ""), _version(request), actor_of(request.user)
    )
    return reply(request, found)


@require_POST
def split(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Cut in two where the chosen sentence begins."""
    found = _item(request, pk, item)
    at = whole(request.POST.get("at", "")) or 0
    first, _ = editing.split_item(found, at, _version(request), actor_of(request.user))
    return back(found.plan, request, first)
