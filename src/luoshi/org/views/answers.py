"""What all pages here do alike: try what a form asks for, tell what was wrong in it, show a page of one form."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from luoshi.journal.moves import Denied, Refused
from luoshi.org.requests import Request

Done = TypeVar("Done")


def posted(request: Request) -> QueryDict | None:
    """What a form page was sent; None while it is only shown."""
    return request.POST if request.method == "POST" else None


def attempt(form: forms.Form, act: Callable[[], Done]) -> Done | None:
    """Do it if the form is sound. What is refused for the data becomes an error of the form (None); Denied goes on."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Denied:
        raise
    except Refused as reason:
        form.add_error(None, reason.sentence)
        return None


def told(request: Request, form: forms.Form, address: str, *arguments: int) -> HttpResponse:
    """Back to the page, with what was wrong in the form as notices."""
    for errors in form.errors.values():
        for sentence in errors:
            messages.error(request, str(sentence))
    return redirect(address, *arguments)


def form_page(
    request: Request, form: forms.Form, context: dict[str, Any], template: str = "org/form.html"
) -> HttpResponse:
    """A page of one form: 422 when it came back with something wrong.

    `context` for org/form.html: title, lead, button, back (an address), crumb.
    """
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def page_of(request: Request, rows: Any, per_page: int) -> Page[Any]:
    """The page that the address asks for; the nearest one for a number that there is not."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
