"""The register of units on screen. Refusals of the services become pages in luoshi.site.refusals."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.journal.queries import history
from luoshi.org.actors import actor_of
from luoshi.org.forms.units import (
    AbolishForm,
    CorrectForm,
    DayQuery,
    MembersForm,
    NameForm,
    RenameForm,
    UnitForm,
)
from luoshi.org.models import Unit
from luoshi.org.queries.people import staff
from luoshi.org.queries.timeline import called_on, timeline
from luoshi.org.queries.units import ABOLISHED, concrete_units, find_units, may, visible_units
from luoshi.org.requests import Request
from luoshi.org.services import reform
from luoshi.org.services import units as services
from luoshi.org.sheets import lists
from luoshi.org.views.answers import page_of, posted, told
from luoshi.ui.downloads import download

PER_PAGE = 100


@require_http_methods(["GET", "POST"])
def units(request: Request) -> HttpResponse:
    """All units, found by any of their names, today or on a day gone by; a post adds one."""
    actor = actor_of(request.user)
    form = UnitForm(posted(request))
    if request.method == "POST":
        if form.is_valid():
            made = services.create_unit(**form.cleaned_data, by=actor)
            messages.success(request, f"已新增{made.full_name}，请在下面登记它的简称。")
            return redirect("org:unit", made.pk)
        return told(request, form, "org:units")
    found, then = _found(request, actor)
    page = page_of(request, found, PER_PAGE)
    if then:
        for unit in page.object_list:
            unit.called = called_on(unit, then)
    context: dict[str, Any] = {
        "page": page,
        "units": page.object_list,
        "q": request.GET.get("q", ""),
        "kind": request.GET.get("kind", ""),
        "day": then,
        "kinds": [*Unit.KINDS, (ABOLISHED, "已撤销")],
    }
    if request.htmx:
        return render(request, "org/_units.html", context)
    context["create"] = form if may(actor, "create") else None
    return render(request, "org/units.html", context)


def _found(request: Request, actor: Actor) -> tuple[QuerySet[Unit], dt.date | None]:
    """The units that the address asks for, and the day gone by if it names one."""
    words, kind, day = (request.GET.get(name, "") for name in ("q", "kind", "day"))
    then = DayQuery.said(day)
    return find_units(actor, words, kind, then), then


@require_safe
def export(request: Request) -> HttpResponse:
    """The units as filtered, as a workbook."""
    return download(lists.units(*_found(request, actor_of(request.user))), "单位")


@require_GET
def unit(request: Request, pk: int) -> HttpResponse:
    """One unit: its names, its history, who works in it, what it stands for, and what was done to it."""
    actor, unit = _asked(request, pk)
    prefetch_related_objects([unit], "names")
    may_edit = may(actor, "add_name", unit)
    others = concrete_units(actor).exclude(pk=unit.pk)
    fixed = {"kind": unit.kind, "valid_from": unit.valid_from, "parent": unit.parent_id}
    context = {
        "unit": unit,
        "names": unit.names.all(),
        "turns": timeline(unit),
        "staff": staff(unit.pk),
        "children": unit.children.filter(valid_to=None),
        "members": list(unit.members.all()),
        "candidates": others if may_edit else [],
        "deeds": history(unit),
        "may_edit": may_edit,
        "name_form": NameForm(),
        "rename_form": RenameForm(auto_id="rename_%s"),
        "correct_form": CorrectForm(initial=fixed, candidates=others, auto_id="correct_%s"),
        "abolish_form": AbolishForm(candidates=others, auto_id="abolish_%s"),
    }
    return render(request, "org/unit.html", context)


@require_POST
def names(request: Request, pk: int) -> HttpResponse:
    """Register one more name."""
    actor, unit = _asked(request, pk)
    form = NameForm(request.POST)
    if form.is_valid():
        row = services.add_alias(unit, **form.cleaned_data, by=actor)
        messages.success(request, f"以后方案里的“{row.name}”都认作{unit.full_name}。")
    return told(request, form, "org:unit", pk)


@require_POST
def drop(request: Request, pk: int, name_pk: int) -> HttpResponse:
    """Let a name go out of use."""
    actor, unit = _asked(request, pk)
    row = get_object_or_404(unit.names, pk=name_pk)
    services.drop_name(row, by=actor)
    messages.success(request, f"“{row.name}”已停用。")
    return redirect("org:unit", pk)


@require_POST
def members(request: Request, pk: int) -> HttpResponse:
    """Say what a collective name stands for."""
    actor, unit = _asked(request, pk)
    form = MembersForm(request.POST, candidates=_candidates(actor, unit))
    if form.is_valid():
        services.set_members(unit, form.cleaned_data["members"], by=actor)
        messages.success(request, f"{unit.full_name}现在包括{len(form.cleaned_data['members'])}个单位。")
    return told(request, form, "org:unit", pk)


@require_POST
def rename(request: Request, pk: int) -> HttpResponse:
    """Give a unit its new full name."""
    actor, unit = _asked(request, pk)
    form = RenameForm(request.POST)
    if form.is_valid():
        services.rename_unit(unit, **form.cleaned_data, by=actor)
        messages.success(request, f"已更名为{unit.full_name}，原名留作曾用名。")
    return told(request, form, "org:unit", pk)


@require_POST
def correct(request: Request, pk: int) -> HttpResponse:
    """Set kind, founding day and superior unit right."""
    actor, unit = _asked(request, pk)
    form = CorrectForm(request.POST, candidates=_candidates(actor, unit))
    if form.is_valid():
        changed = services.correct_unit(unit, **form.cleaned_data, by=actor)
        messages.success(request, f"{unit.full_name}的信息{'已更正' if changed else '没有变化'}。")
    return told(request, form, "org:unit", pk)


@require_POST
def abolish(request: Request, pk: int) -> HttpResponse:
    """End a unit."""
    actor, unit = _asked(request, pk)
    form = AbolishForm(request.POST, candidates=_candidates(actor, unit))
    if form.is_valid():
        reform.abolish_unit(unit, **form.cleaned_data, by=actor)
        messages.success(request, f"{unit.full_name}已撤销，已有的台账不变。")
    return told(request, form, "org:unit", pk)


def _asked(request: Request, pk: int) -> tuple[Actor, Unit]:
    actor = actor_of(request.user)
    return actor, get_object_or_404(visible_units(actor).select_related("parent"), pk=pk)


def _candidates(actor: Actor, unit: Unit) -> QuerySet[Unit]:
    return concrete_units(actor).exclude(pk=unit.pk)
