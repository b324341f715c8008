"""What no form of ours sends is refused at the door: bodies far over every limit, and signs no database can store."""

from collections.abc import Callable
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from luoshi.org.requests import whole

NUL = "\0"


class SentMiddleware:
    """Stands before the first middleware that reads the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A body that is merely too long is read and answered in a sentence; one four times as long is not read."""
        if (whole(request.META.get("CONTENT_LENGTH") or "") or 0) > 4 * settings.UPLOAD_LIMIT:
            raise BadRequest("body over all limits")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Raises BadRequest for a zero character in the address or the form."""
        said = chain(request.GET.lists(), request.POST.lists())
        if NUL in request.path or any(NUL in word for name, values in said for word in (name, *values)):
            raise BadRequest("zero character")
