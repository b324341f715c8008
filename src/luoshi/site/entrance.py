"""No page is open without log-in. A fragment asked for after the session has ended sends the whole page to log-in."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails


class EntranceMiddleware(LoginRequiredMiddleware):
    """Django's middleware, with an answer that htmx follows as a whole page, not as a fragment."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """Send a stranger to the door, and back to where they were afterwards."""
        htmx = HtmxDetails(request)
        if not htmx:
            return super().handle_no_permission(request, view_func)
        door = self.get_login_url(view_func)
        return HttpResponseClientRedirect(redirect_to_login(_path(htmx.current_url), door).url)


def _path(address: str | None) -> str:
    """The page that the person was on, without the server's name; the first page when the browser said nothing sound."""
    try:
        return urlsplit(address or "/").path
    except ValueError:
        return "/"
