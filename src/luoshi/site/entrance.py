"""No page is open without log-in. A fragment asked for after the session has ended sends the whole page to log-in."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect


class EntranceMiddleware(LoginRequiredMiddleware):
    """Django's middleware, with an answer that htmx follows as a whole page, not as a fragment."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., object]
    ) -> HttpResponseBase:
        if not request.htmx:
            return super().handle_no_permission(request, view_func)
        page = urlsplit(request.htmx.current_url or "/")
        return HttpResponseClientRedirect(redirect_to_login(page.path, self.get_login_url(view_func)).url)
