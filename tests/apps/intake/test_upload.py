"""Uploading: what cannot be read is said in one sentence, and nothing of it stays."""

import io
import os
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.core.source.text import Unreadable
from luoshi.intake import reader
from luoshi.intake.models import DraftItem
from luoshi.intake.services import receiving
from luoshi.ledger.models import Plan, SourceFile
from tests.apps.intake.plans import TEXT, bundle, received

pytestmark = pytest.mark.django_db


def upload(client, *files, **headers):
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post("/plans/upload/", {"files": sent}, **headers)


def nothing_stored(settings):
    left = [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()]
    return not left and not Plan.objects.exists() and not SourceFile.objects.exists()


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * (300 << 20))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.txt", b" \n"),
        ("坏.docx", b"PK\x03\x04 not really"),
        ("假.docx", b"%PDF-1.7 not really"),
        ("散文.txt", "春天来了，青禾县的油菜花开了。\n".encode() * 20),
        ("炸弹.docx", bomb()),
        ("密.txt", f"机密★1年\n{TEXT}".encode()),
    ],
    ids=["empty", "truncated", "wrong-extension", "not-a-plan", "zip-bomb", "classified"],
)
def test_an_unreadable_file_gets_its_sentence_and_leaves_nothing(liu, as_, settings, name, data):
    answer = upload(as_(liu), (name, data))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有保存任何内容" in page
    assert "Traceback" not in page
    assert nothing_stored(settings)


def test_every_refusal_of_the_reader_is_shown_as_it_is(liu, as_, settings, monkeypatch):
    def refuse(*_):
        raise reader.UnreadableFile("encrypted", "“方案.docx”设了打开密码，请取消密码后再上传。", "方案.docx")

    monkeypatch.setattr(receiving, "read_files", refuse)
    answer = upload(as_(liu), ("方案.docx", b"x"), headers={"HX-Request": "true"})
    assert "“方案.docx”设了打开密码，请取消密码后再上传。" in answer.content.decode()
    assert nothing_stored(settings)


def test_a_failure_half_way_takes_rows_and_files_back(liu, as_, settings, monkeypatch):
    def fail(*_args):
        raise RuntimeError("disk")

    monkeypatch.setattr(receiving, "read_files", lambda *_: bundle())
    monkeypatch.setattr(receiving, "_items", fail)
    with pytest.raises(RuntimeError):
        upload(as_(liu), ("方案.txt", TEXT.encode()))
    assert nothing_stored(settings)


def test_what_a_dead_server_left_is_swept_and_nothing_else(liu, settings, monkeypatch):
    plan = received(monkeypatch, liu)
    kept = Path(plan.files.get().original.path)
    half, folder = settings.FILE_UPLOAD_TEMP_DIR / "half", settings.FILE_UPLOAD_TEMP_DIR / "reading-1"
    orphan, young = kept.with_name("0" * 64), kept.with_name("1" * 64)
    folder.mkdir()
    for path in (half, orphan, young, folder / "0"):
        path.write_bytes(b"x")
    for path in (half, folder, orphan, kept):
        os.utime(path, (0, 0))
    assert receiving.sweep() == 3
    assert [p.exists() for p in (half, folder, orphan, young, kept)] == [False, False, False, True, True]


def test_a_server_that_dies_while_writing_leaves_no_half_file(liu, settings, monkeypatch):
    def die(*_args):
        raise SystemExit

    monkeypatch.setattr(receiving.os, "replace", die)
    with pytest.raises(SystemExit):
        received(monkeypatch, liu)
    assert not [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()]
    assert not Plan.objects.exists()


def test_two_who_upload_the_same_file_at_once_get_one_plan(liu, monkeypatch):
    def meanwhile(files, _):
        monkeypatch.setattr(receiving, "read_files", lambda *_: bundle())
        receiving.receive(files, liu.actor)
        return bundle()

    monkeypatch.setattr(receiving, "read_files", meanwhile)
    with pytest.raises(receiving.AlreadyReceived):
        receiving.receive([reader.Received("方案.txt", TEXT.encode())], liu.actor)
    plan = Plan.objects.get()
    assert plan.files.get().original.read() == TEXT.encode()


def test_the_same_file_again_is_told_and_led_to_the_first(liu, as_, monkeypatch):
    monkeypatch.setattr(receiving, "read_files", lambda *_: bundle())
    upload(as_(liu), ("方案.txt", TEXT.encode()))
    answer = upload(as_(liu), ("改了名.txt", TEXT.encode()))
    assert answer.status_code == 409
    assert f"/plans/{Plan.objects.get().pk}/" in answer.content.decode()
    assert DraftItem.objects.count() == 9


def test_a_withdrawn_plan_may_be_uploaded_again(liu, as_, monkeypatch):
    monkeypatch.setattr(receiving, "read_files", lambda *_: bundle())
    upload(as_(liu), ("方案.txt", TEXT.encode()))
    as_(liu).post(f"/plans/{Plan.objects.get().pk}/withdraw/", {"note": "传错了"})
    upload(as_(liu), ("方案.txt", TEXT.encode()))
    assert [p.state for p in Plan.objects.order_by("pk")] == ["withdrawn", "review"]


def test_several_files_are_read_as_one_plan_and_all_kept(liu, as_):
    second = "附件1\n青禾县任务清单\n1.修好水渠。责任单位:县水利局。\n"
    upload(as_(liu), ("正文.txt", TEXT.encode()), ("附件.txt", second.encode()))
    plan = Plan.objects.get()
    assert [f.name for f in plan.files.all()] == ["正文.txt", "附件.txt"]
    assert "壮大园区" in plan.source.text
    assert "修好水渠" in plan.source.text
    assert as_(liu).get(f"/plans/{plan.pk}/files/1/").getvalue() == second.encode()


@pytest.mark.parametrize(("limit", "most"), [("MOST_CHARACTERS", 100), ("MOST_ITEMS", 3)])
def test_a_text_too_long_for_one_review_is_told_to_be_cut(liu, as_, settings, monkeypatch, limit, most):
    monkeypatch.setattr(receiving, limit, most)
    monkeypatch.setattr(receiving, "read_files", lambda *_: bundle())
    answer = upload(as_(liu), ("方案.txt", TEXT.encode()))
    assert answer.status_code == 422
    assert "请按章节拆成几份后分别上传" in answer.content.decode()
    assert nothing_stored(settings)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/方案.txt", "方案.txt"),
        ("青政办“1号”'<b>.txt", "青政办“1号”'<b>.txt"),
        ("🎉方案.txt", "🎉方案.txt"),
        ("长" * 300 + ".txt", "长" * 251 + ".txt"),
        ("页面.html", "页面.html"),
    ],
)
def test_the_original_comes_back_as_a_file_under_its_own_name(liu, as_, monkeypatch, sent, kept):
    monkeypatch.setattr(receiving, "read_files", lambda *_: bundle())
    client = as_(liu)
    upload(client, (sent, TEXT.encode()))
    answer = client.get(f"/plans/{Plan.objects.get().pk}/files/0/")
    assert answer.getvalue() == TEXT.encode()
    headers = answer.headers
    assert headers["Content-Disposition"].startswith("attachment; filename")
    assert unquote(headers["Content-Disposition"]).endswith(kept)
    assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "private, no-store")


def test_a_reading_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(reader, "SECONDS", 0.01)
    with pytest.raises(Unreadable, match="已停止") as error:
        reader.read_files([reader.Received("方案.txt", TEXT.encode())], [])
    assert error.value.code == "too-slow"


def test_no_file_and_no_post_are_refused_in_words(liu, wang, as_):
    assert "还没有选文件" in as_(liu).post("/plans/upload/", {}).content.decode()
    answer = upload(as_(wang), ("方案.txt", TEXT.encode()))
    assert answer.status_code == 403
    assert "综合协调组" in answer.content.decode()
