"""A refusal anywhere becomes a page (or, for htmx, a notice) with its sentence: 403 not you, 507 no room on the disk, 409 otherwise."""

import errno
import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.journal.moves import Denied, Refused

log = logging.getLogger(__name__)
NO_ROOM = "服务器的磁盘写不进去，多半是满了。这一步没有保存，以前保存的都在。请联系系统管理员腾出空间，然后再办一次。"
FULL = ("database or disk is full", "disk i/o error", "no space left on device")
"""What SQLite and PostgreSQL say when they cannot write; of a file it is the number of the error."""


def is_full(exception: Exception) -> bool:
    """Whether a disk took no more: nothing is wrong with what was asked, and nothing of it was kept."""
    if isinstance(exception, OSError):
        return exception.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return isinstance(exception, DatabaseError) and any(word in str(exception).lower() for word in FULL)


class RefusalMiddleware:
    """Turns journal.moves.Refused, wherever a view let it through, into an answer; so with a disk that is full."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_full(exception):
            log.error("no room on the disk: %s: %s", request.path, exception)
            return _answer(request, NO_ROOM, 507)
        if not isinstance(exception, Refused):
            return None
        status = 403 if isinstance(exception, Denied) and exception.kind == "not_you" else 409
        return _answer(request, exception.sentence, status)


def _answer(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    template = "ui/_refusal.html" if getattr(request, "htmx", False) else "ui/refusal.html"
    response = render(request, template, {"sentence": sentence}, status=status)
    if getattr(request, "htmx", False):
        response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
    return response
