"""The steps of a paper after it is written: reviewed, signed, numbered, issued and frozen, withdrawn or corrected."""

import hashlib
from dataclasses import replace
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from luoshi.bulletins.models import Bulletin
from luoshi.core.flow.actor import Actor
from luoshi.core.writing.docx.write import to_docx
from luoshi.journal.moves import Refused, demand, move


@transaction.atomic
def review(bulletin: Bulletin, by: Actor) -> None:
    """Somebody who did not draft it finds it in order."""
    move(bulletin, "review", by)
    _keep(bulletin, reviewed_by=by.name)


@transaction.atomic
def sign(bulletin: Bulletin, by: Actor, note: str = "") -> None:
    """Signed; the day of signing is its date (成文日期: 会议通过或签发的日期)."""
    move(bulletin, "sign", by, note)
    today = timezone.localdate()
    given = bulletin.given
    dated = replace(given, dated=given.dated or today, number="")
    _keep(bulletin, signed_by=by.holder_name, signed_on=today, particulars=dated.as_json())


@transaction.atomic
def send_back(bulletin: Bulletin, by: Actor, note: str) -> None:
    """Back to the drafters with a reason; a number it had is free again."""
    move(bulletin, "send_back", by, note)
    given = bulletin.given
    if given.dated == bulletin.signed_on:
        given = replace(given, dated=None)
    particulars = replace(given, number="").as_json()
    _keep(
        bulletin,
        particulars=particulars,
        reviewed_by="",
        signed_by="",
        signed_on=None,
        number="",
        sequence=None,
        year=None,
        series="",
    )


def next_in(bulletin: Bulletin, series: str, year: int) -> int:
    """The number after the last one given in a series that year."""
    rows = Bulletin.objects.filter(government_id=bulletin.government_id, series=series, year=year)
    return (rows.aggregate(last=Max("sequence"))["last"] or 0) + 1


def series_of(bulletin: Bulletin) -> str:
    """The series a paper usually goes into: that of the last one of its kind, else what is usual for its layout."""
    same = Bulletin.objects.filter(government_id=bulletin.government_id, kind=bulletin.kind).exclude(
        series=""
    )
    if last := same.order_by("-pk").values_list("series", flat=True).first():
        return str(last)
    layout = bulletin.about.layout
    first = bulletin.plan.government.name[:1]
    return {"file": f"{first}政办发", "letter": f"{first}政办函"}.get(layout, bulletin.given.mark)[:60]


def number_of(bulletin: Bulletin, series: str, year: int, sequence: int) -> str:
    """As it is printed: 青政办发〔2026〕12号, or 第12期."""
    if bulletin.about.layout in ("file", "letter"):
        return f"{series}〔{year}〕{sequence}号"
    return f"第{sequence}期"


@transaction.atomic
def give_number(bulletin: Bulletin, series: str, sequence: int, by: Actor) -> None:
    """Number it in the year of its date. Raises Refused for a number that is taken."""
    demand(bulletin.life, bulletin, "number", by)
    dated = bulletin.given.dated or timezone.localdate()
    text = number_of(bulletin, series, dated.year, sequence)
    try:
        with transaction.atomic():
            _keep(bulletin, series=series, year=dated.year, sequence=sequence, number=text)
    except IntegrityError:
        free = next_in(bulletin, series, dated.year)
        raise Refused(f"{text}已经用过，下一个可用的序号是{free}，请改用后再编号。") from None
    move(bulletin, "number", by, number=["", text])


@transaction.atomic
def issue(bulletin: Bulletin, by: Actor) -> None:
    """Issue and freeze: the file is made once and kept with the hash of facts, draft, particulars and itself."""
    demand(bulletin.life, bulletin, "issue", by)
    content = to_docx(bulletin.paper)
    file_hash = hashlib.sha256(content).hexdigest()
    digest = bulletin.sealed(file_hash)
    move(bulletin, "issue", by, digest=["", digest])
    bulletin.file.save(f"bulletins/{file_hash}.docx", ContentFile(content), save=False)
    _keep(bulletin, file=bulletin.file.name, file_hash=file_hash, digest=digest, issued_at=timezone.now())
    if bulletin.corrects:
        move(bulletin.corrects, "correct", by, f"由{bulletin.number}更正")


@transaction.atomic
def withdraw(bulletin: Bulletin, by: Actor, note: str) -> None:
    """Take it back with a reason. What was issued stays kept as it was."""
    move(bulletin, "withdraw", by, note)


def _keep(bulletin: Bulletin, **columns: Any) -> None:
    Bulletin.objects.filter(pk=bulletin.pk).update(**columns)
    for name, value in columns.items():
        setattr(bulletin, name, value)
