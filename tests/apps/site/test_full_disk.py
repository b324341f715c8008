"""A disk that takes no more: one sentence that says so, no traceback; other faults stay faults."""

import errno

import pytest
from django.db import IntegrityError, OperationalError

from luoshi.site.refusals import NO_ROOM

ROWS = [
    (OperationalError("disk I/O error"), 507),
    (OperationalError("database or disk is full"), 507),
    (OperationalError('could not extend file "base/1/2": No space left on device'), 507),
    (OSError(errno.ENOSPC, "No space left on device"), 507),
    (OSError(errno.EFBIG, "File too large"), 507),
    (OSError(errno.EACCES, "Permission denied"), 500),
    (OperationalError("database is locked"), 500),
    (IntegrityError("UNIQUE constraint failed"), 500),
]


@pytest.mark.parametrize(("fault", "status"), ROWS, ids=str)
@pytest.mark.parametrize("part", [False, True])
def test_what_a_person_reads(as_, liu, monkeypatch, fault, status, part):
    def fail(actor):
        raise fault

    monkeypatch.setattr("luoshi.site.views.waiting", fail)
    client = as_(liu)
    client.raise_request_exception = False
    answer = client.get("/", headers={"HX-Request": "true"} if part else {})
    assert answer.status_code == status
    assert (NO_ROOM in answer.content.decode()) is (status == 507)
    assert answer.headers.get("HX-Retarget") == ("#toasts" if part and status == 507 else None)
