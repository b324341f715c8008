"""The tree of governments."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.journal.queries import history
from luoshi.org.actors import actor_of
from luoshi.org.forms.units import GovernmentForm
from luoshi.org.models import Government
from luoshi.org.queries.governments import lineage, may_add
from luoshi.org.requests import Request
from luoshi.org.services.governments import add_below
from luoshi.org.sheets import lists
from luoshi.org.views.answers import posted, told
from luoshi.ui.downloads import download


@require_http_methods(["GET", "POST"])
def governments(request: Request) -> HttpResponse:
    """Above, own, below; a post registers one below the own."""
    actor = actor_of(request.user)
    own = get_object_or_404(Government, pk=actor.government_id)
    form = GovernmentForm(posted(request), above=own)
    if request.method == "POST":
        if form.is_valid():
            made = add_below(own, **form.cleaned_data, by=actor)
            messages.success(request, f"已登记{made.name}，属于{own.name}。")
        return told(request, form, "org:governments")
    context = {"branches": lineage(actor), "own": own, "form": form if may_add(actor, own) else None}
    return render(request, "org/governments.html", context)


@require_GET
def export(request: Request) -> HttpResponse:
    """The tree as a workbook."""
    return download(lists.governments(lineage(actor_of(request.user))), "地区")


@require_GET
def government(request: Request, pk: int) -> HttpResponse:
    """One government of the lineage."""
    actor = actor_of(request.user)
    branches = {branch.government.pk: branch for branch in lineage(actor)}
    one = get_object_or_404(Government.objects.select_related("parent"), pk=pk if pk in branches else None)
    context = {
        "one": branches[one.pk].government,
        "own": branches[one.pk].own,
        "parent": one.parent,
        "children": one.children.order_by("pk"),
        "deeds": history(one),
    }
    return render(request, "org/government.html", context)
