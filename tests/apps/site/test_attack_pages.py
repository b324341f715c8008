"""Garbage in the address of every page, by whoever may see most; strangers are sent to the door."""

import pytest
from django.test import Client

from tests.apps.site import test_attack
from tests.apps.site.test_attack import ANSWERS, FIELDS, GARBAGE

places = test_attack.places
PARTS = ("markup", "surrogate", "brackets")
PART = {"HX-Request": "true", "HX-Current-URL": "http://["}


@pytest.mark.parametrize(
    ("garbage", "headers"),
    [(garbage, {}) for garbage in GARBAGE] + [(garbage, PART) for garbage in PARTS],
    ids=[*GARBAGE, *(f"part-{garbage}" for garbage in PARTS)],
)
def test_no_garbage_breaks_a_page(places, liu, garbage, headers):
    client, value = Client(raise_request_exception=False), GARBAGE[garbage] or ""
    query = dict.fromkeys(FIELDS, value.encode("utf-8", "surrogateescape"))
    asked = [
        a for a in places if garbage == "markup" or not a.endswith(".pdf")
    ]  # printing takes seconds: once
    for stranger in (
        (True, False) if garbage == "markup" else (False,)
    ):  # all strangers are sent to the door alike
        if not stranger:
            client.force_login(liu.account)
        answers = {a: client.get(a, query, headers=headers).status_code for a in asked}
        assert not {a: s for a, s in answers.items() if s not in ANSWERS | {200}}
