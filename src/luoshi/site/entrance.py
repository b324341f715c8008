"""No page is open without log-in, nor with a one-time password until it is changed. A fragment asked for after the session has ended sends the whole page to log-in."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from luoshi.org.views.posts import SEAT

OWED = ("password", "logout")
"""Pages open to whoever still has to change a one-time password."""


class EntranceMiddleware(LoginRequiredMiddleware):
    """Django's middleware, with an answer that htmx follows as a whole page, not as a fragment."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Behind the door: seat the person at the desk they chose; lead them to a new password if they owe one."""
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None or not getattr(view_func, "login_required", True):
            return answer
        account = request.user
        account.seat = request.session.get(SEAT, "")  # type: ignore[union-attr]
        here = request.resolver_match.url_name if request.resolver_match else ""
        if account.state != "first" or here in OWED:  # type: ignore[union-attr]
            return None
        return (
            HttpResponseClientRedirect(reverse("password")) if HtmxDetails(request) else redirect("password")
        )

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
