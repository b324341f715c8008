"""What every answer carries: the content security policy (nothing from elsewhere, nothing inline), and that no copy
is kept on the way or on the desk of a shared computer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
KEEPING = "private, no-store"


class HeadersMiddleware:
    """Puts policy and keeping on every answer that has none of its own (static files say how long they may be kept)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", KEEPING)
        return response
