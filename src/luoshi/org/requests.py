"""The request as views meet it behind the entrance: somebody is logged in, htmx says what it wants."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from luoshi.org.models import Account


class Request(HttpRequest):
    """For annotations only; the middleware puts these on."""

    user: Account
    htmx: HtmxDetails
