"""Evidence: told by its content what it is, kept once under its hash outside of everything the server gives away."""

import hashlib
import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import IntegrityError, transaction

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import REPORT
from luoshi.journal.moves import Refused, demand, record
from luoshi.reporting.models import Evidence, Report
from luoshi.reporting.models.reports import attachments

LARGEST = 20 << 20
MOST = 5
"""Files on one report; nobody is asked for any."""
KINDS = {
    "pdf": ("PDF", ("pdf",)),
    "png": ("图片", ("png",)),
    "jpg": ("图片", ("jpg", "jpeg")),
    "docx": ("Word", ("docx", "wps")),
    "xlsx": ("Excel", ("xlsx", "et")),
    "ole": ("Word或Excel", ("doc", "xls", "wps", "et")),
    "ofd": ("OFD", ("ofd",)),
}
"""What may be kept: what it is called, and the extensions that go with it."""
MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
)
PARTS = ((b"word/document", "docx"), (b"xl/workbook.xml", "xlsx"), (b"OFD.xml", "ofd"))
SECRET = re.compile(r"秘密|机密|绝密|内部|特提")


class BadEvidence(Refused):
    """The file cannot be kept; the sentence says why."""


def kind_of(data: bytes) -> str | None:
    """A key of KINDS by content; None for anything else.

    >>> kind_of(b"%PDF-1.7 ..."), kind_of(b"<html>"), kind_of(b"MZ...")
    ('pdf', None, None)
    """
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return next((kind for part, kind in PARTS if part in data), None)
    return None


def checked(name: str, data: bytes) -> str:
    """The kind of a file that may be kept. Raises BadEvidence."""
    if SECRET.search(name):
        raise BadEvidence(f"“{name[:40]}”的文件名带有密级或内部字样，不得上传。")
    if len(data) > LARGEST:
        raise BadEvidence(f"“{name[:40]}”超过{LARGEST >> 20}MB，请压缩或只留有关的几页后再上传。")
    kind = kind_of(data)
    suffix = name.rpartition(".")[2].lower()
    if kind is None:
        raise BadEvidence(f"“{name[:40]}”的内容不是PDF、图片、Word、Excel或OFD，不能作为佐证上传。")
    if suffix not in KINDS[kind][1]:
        raise BadEvidence(f"“{name[:40]}”的内容是{KINDS[kind][0]}，与扩展名不符，请改正文件名后再上传。")
    return kind


def attach(report: Report, name: str, data: bytes, *, by: Actor) -> Evidence:
    """Keep a file with a report. Raises BadEvidence, Denied."""
    demand(REPORT, report, "attach", by)
    name = name.replace("\\", "/").rpartition("/")[2][-255:]
    kind = checked(name, data)
    sha256 = hashlib.sha256(data).hexdigest()
    path = f"evidence/{sha256[:2]}/{sha256}"
    _keep(Path(attachments().path(path)), data)
    try:
        with transaction.atomic():
            if Evidence.objects.filter(report=report).count() >= MOST:
                raise BadEvidence(f"一项最多附{MOST}份佐证，请先删去不需要的。")
            record(report, "attach", by, {"evidence": [None, name]})
            return Evidence.objects.create(
                report=report,
                name=name,
                kind=kind,
                sha256=sha256,
                size=len(data),
                file=path,
                added_by=by.name,
            )
    except IntegrityError as error:
        raise BadEvidence(f"“{name[:40]}”已经附在这一项上了，不必重复上传。") from error


def detach(evidence: Evidence, *, by: Actor) -> None:
    """Take a file off a report; its bytes go when nothing else has them. Raises Denied."""
    path, sha256 = str(evidence.file.name), evidence.sha256
    with transaction.atomic():
        record(evidence.report, "detach", by, {"evidence": [evidence.name, None]})
        evidence.delete()
    if not Evidence.objects.filter(sha256=sha256).exists():
        attachments().delete(path)


def _keep(place: Path, data: bytes) -> None:
    """The whole file or none; what is there already is the same."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR, delete=False) as half:
        half.write(data)
    os.replace(half.name, place)
