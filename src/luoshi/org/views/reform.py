"""Merging and splitting units: a page each, because much hangs on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from luoshi.core.flow.unit import UNIT
from luoshi.journal.moves import demand
from luoshi.org.actors import actor_of
from luoshi.org.forms.units import MergeForm, SplitForm
from luoshi.org.models import Unit
from luoshi.org.queries.units import concrete_units, visible_units
from luoshi.org.requests import Request, whole
from luoshi.org.services.reform import merge_units, split_unit
from luoshi.org.views.answers import attempt, form_page, posted


@require_http_methods(["GET", "POST"])
def merge(request: Request) -> HttpResponse:
    """Several units become one."""
    actor = actor_of(request.user)
    demand(UNIT, Unit(government_id=actor.government_id), "merge", actor, note="。")
    first = whole(request.GET.get("unit", ""))
    form = MergeForm(
        posted(request),
        candidates=concrete_units(actor),
        initial={"before": [first] if first else []},
    )

    def act() -> Unit:
        said = form.cleaned_data
        whither = said["into"] or said["name"]
        return merge_units(list(said["before"]), whither, by=actor, note=said["note"], day=said["day"])

    if request.method == "POST" and (heir := attempt(form, act)):
        messages.success(request, f"已合并为{heir.full_name}。原来的名称以后都认作它，岗位随之转入。")
        return redirect("org:unit", heir.pk)
    chosen = {str(pk) for pk in form["before"].value() or []}
    return form_page(request, form, {"chosen": chosen}, "org/merge.html")


@require_http_methods(["GET", "POST"])
def split(request: Request, pk: int) -> HttpResponse:
    """One unit becomes several, or gives a part away."""
    actor = actor_of(request.user)
    unit = get_object_or_404(visible_units(actor), pk=pk)
    demand(UNIT, unit, "split", actor, note="。")
    others = concrete_units(actor).exclude(pk=pk)
    form = SplitForm(posted(request))

    def act() -> list[Unit]:
        said: dict[str, Any] = form.cleaned_data
        existing = {other.full_name: other for other in others}
        into = [existing.get(name, name) for name in said.pop("names")]
        return split_unit(unit, into, by=actor, **said)

    if request.method == "POST" and (heirs := attempt(form, act)):
        messages.success(request, f"{unit.full_name}已分设为{'、'.join(heir.full_name for heir in heirs)}。")
        return redirect("org:unit", pk)
    return form_page(
        request,
        form,
        {
            "title": f"分设{unit.full_name}",
            "lead": "把一个单位分成几个，或从中划出一部分职能。已有的台账不变，沿革两边都有记录。",
            "button": "分设",
            "back": reverse("org:unit", args=[pk]),
            "crumb": unit.full_name,
        },
    )
