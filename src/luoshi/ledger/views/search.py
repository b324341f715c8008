"""查找: one box for plans, tasks and whatever else registered."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.ledger import searching
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request

PER_PAGE = 20


@require_safe
def search(request: Request) -> HttpResponse:
    """What has the words asked for, best first."""
    actor = actor_of(request.user)
    question = request.GET.get("q", "").strip()
    kinds = searching.sources()
    kind = request.GET.get("kind", "")
    found = searching.find(actor, question, kind if kind in kinds else "")
    page = Paginator(found.keys, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "question": question,
        "kind": kind,
        "found": found,
        "page": page,
        "hits": searching.hits(actor, found, list(page.object_list)),
        "kinds": [(slug, label, found.counts.get(slug, 0)) for slug, label in kinds.items()],
        "total": sum(found.counts.values()),
    }
    return render(request, "ledger/search.html", context)
