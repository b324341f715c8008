"""A refusal anywhere becomes a page (or, for htmx, a notice) with its sentence: 403 not you, 409 otherwise."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.journal.moves import Denied, Refused


class RefusalMiddleware:
    """Turns journal.moves.Refused, wherever a view let it through, into an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = 403 if isinstance(exception, Denied) and exception.kind == "not_you" else 409
        template = "ui/_refusal.html" if getattr(request, "htmx", False) else "ui/refusal.html"
        response = render(request, template, {"sentence": exception.sentence}, status=status)
        if getattr(request, "htmx", False):
            response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
        return response
