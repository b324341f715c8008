"""Evidence: told by its content, kept once, outside of static, given out as a download to whoever may see the row."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.journal.models import Event
from luoshi.journal.moves import Denied
from luoshi.reporting.models import Evidence, Report, Round
from luoshi.reporting.queries.sheets import with_tasks
from luoshi.reporting.services import evidence as service
from luoshi.reporting.services.evidence import BadEvidence, attach, detach, kind_of
from tests.people import Member
from tests.reporting import Ledger, fill_all

PDF, PNG = b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n\0"


@pytest.fixture
def march(county: Ledger, liu: Member) -> Round:
    return county.round(liu.actor)


def own(round: Round, county: Ledger, order: int = 1) -> Report:
    return with_tasks(Report.objects.all()).get(round=round, unit=county.wang, order=order)


GOOD = [("图.pdf", PDF), ("图.PNG", PNG), ("照片.jpeg", b"\xff\xd8\xff\xe0"), ("表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("文.docx", b"PK\x03\x04..word/document.xml"),
        ("表.et", b"PK\x03\x04..xl/workbook.xml"), ("版.ofd", b"PK\x03\x04..OFD.xml")]  # fmt: skip
BAD = [
    ("网页.html", b"<html><script>", "内容不是PDF、图片、Word、Excel或OFD"),
    ("程序.pdf", b"MZ\x90", "内容不是PDF"),
    ("包.zip", b"PK\x03\x04..a.txt", "内容不是PDF"),
    ("图.pdf", PNG, "的内容是图片，与扩展名不符"),
    ("无名", PDF, "与扩展名不符"),
    ("内部资料.pdf", PDF, "文件名带有密级或内部字样"),
]


@pytest.mark.parametrize(("name", "data"), GOOD)
def test_kept(march, county, wang, name, data) -> None:
    kept = attach(own(march, county), name, data, by=wang.actor)
    assert (kept.name, kept.size, kept.file.read()) == (name, len(data), data)
    place = Path(kept.file.path)
    assert place.is_relative_to(settings.MEDIA_ROOT)
    assert "static" not in place.parts
    assert Event.objects.get(verb="attach").data == {"evidence": [None, name]}


@pytest.mark.parametrize(("name", "data", "sentence"), BAD)
def test_refused(march, county, wang, name, data, sentence) -> None:
    with pytest.raises(BadEvidence, match=sentence):
        attach(own(march, county), name, data, by=wang.actor)
    assert not Evidence.objects.exists()


def test_a_path_in_the_name_goes_nowhere(march, county, wang) -> None:
    assert attach(own(march, county), "..\\..\\/etc/图.pdf", PDF, by=wang.actor).name == "图.pdf"


def test_the_same_bytes_are_kept_once_and_go_with_the_last(march, county, wang) -> None:
    one, two = (attach(own(march, county, order), f"图{order}.pdf", PDF, by=wang.actor) for order in (1, 2))
    assert one.file.name == two.file.name
    with pytest.raises(BadEvidence, match="已经附在这一项上"):
        attach(own(march, county), "又.pdf", PDF, by=wang.actor)
    place = Path(one.file.path)
    detach(Evidence.objects.select_related("report__round", "report__sheet").get(pk=one.pk), by=wang.actor)
    assert place.exists()
    detach(Evidence.objects.select_related("report__round", "report__sheet").get(pk=two.pk), by=wang.actor)
    assert not place.exists()


def test_no_more_than_a_handful_and_no_monsters(march, county, wang, monkeypatch) -> None:
    for n in range(5):
        attach(own(march, county), f"{n}.pdf", PDF + bytes([n]), by=wang.actor)
    with pytest.raises(BadEvidence, match="最多附5份"):
        attach(own(march, county), "6.pdf", PDF + b"6", by=wang.actor)
    monkeypatch.setattr(service, "LARGEST", 4)
    with pytest.raises(BadEvidence, match="请压缩"):
        attach(own(march, county), "7.pdf", PDF + b"7", by=wang.actor)


def test_given_out_as_a_download(march, county, wang, li, browser, client) -> None:
    page = f"/reporting/reports/{own(march, county, 2).pk}/evidence/"
    browser(wang).post(page, {"file": SimpleUploadedFile("图.pdf", PDF, "text/html")})
    address = f"/reporting/evidence/{Evidence.objects.get().pk}/"
    answer = browser(wang).get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (
        browser(li).get(address).status_code == 404
    )  # a draft is the unit's own, until it is sent to the lead unit
    assert client.get(address).status_code == 302
    fill_all(march, county.wang, wang.actor)
    assert browser(li).get(address).status_code == 200


def test_what_was_sent_is_not_changed(march, county, wang) -> None:
    kept = attach(own(march, county), "图.pdf", PDF, by=wang.actor)
    fill_all(march, county.wang, wang.actor)
    with pytest.raises(Denied, match="已提交"):
        attach(own(march, county), "又.pdf", PNG, by=wang.actor)
    with pytest.raises(Denied, match="已提交"):
        detach(Evidence.objects.get(pk=kept.pk), by=wang.actor)


def test_nothing_else_is_a_kind() -> None:
    assert kind_of(b"") is None
