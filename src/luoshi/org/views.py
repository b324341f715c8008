"""The register of units on screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from luoshi.org.actors import actor_of
from luoshi.org.models import Unit
from luoshi.org.queries import find_units, visible_units


def units(request: HttpRequest) -> HttpResponse:
    """All units, found by any of their names."""
    words, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    found = find_units(actor_of(request.user), words, kind)
    return render(request, "org/units.html", {"units": found, "q": words, "kind": kind, "kinds": Unit.KINDS})


def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: names, members, history."""
    return render(
        request, "org/unit.html", {"unit": get_object_or_404(visible_units(actor_of(request.user)), pk=pk)}
    )
