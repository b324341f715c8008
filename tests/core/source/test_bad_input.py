"""Files that cannot be read: one clear Chinese sentence each, and nothing else."""

import re
import struct

import pytest

from luoshi.core.source.loaders import load
from luoshi.core.source.loaders.refusals import SENTENCES
from luoshi.core.source.text import Unreadable
from tests.core.source import papers
from tests.core.source.papers import docx, packed, paragraph

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    f"<w:document {papers.W}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = LAUGHS.replace('"哈哈"', 'SYSTEM "file:///etc/passwd"')
DOC = (papers.FILES / "plan.doc").read_bytes()
XLS = (papers.FILES / "plan.xls").read_bytes()


def flagged(data: bytes) -> bytes:
    """The doc with the bit set that says it is encrypted."""
    at = data.index(struct.pack("<H", 0xA5EC), 512)
    flags = struct.unpack_from("<H", data, at + 10)[0] | 0x0100
    return data[: at + 10] + struct.pack("<H", flags) + data[at + 12 :]


def renamed(data: bytes, old: str, new: str) -> bytes:
    """An OLE2 file with one stream called otherwise (names of one length)."""
    return data.replace(old.encode("utf-16-le"), new.encode("utf-16-le"))


def locked_zip() -> bytes:
    """A docx whose parts carry the bit of zip encryption."""
    data = bytearray(docx(paragraph("正文")))
    for match in re.finditer(rb"PK\x03\x04|PK\x01\x02", bytes(data)):
        data[match.start() + (6 if data[match.start() + 2] == 3 else 8)] |= 1
    return bytes(data)


def locked_office() -> bytes:
    """A new office file with a password: an OLE2 file with a stream EncryptedPackage."""
    entry = bytearray(XLS)
    at = bytes(entry).index("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le") + b"\0\0"
    entry[at : at + len(name)] = name
    entry[at + 64 : at + 66] = struct.pack("<H", len(name))
    return bytes(entry)


CASES = {
    "empty": (b"", "方案.docx", "empty"),
    "blank text": (" \n\u3000\n".encode(), "方案.txt", "empty"),
    "docx without words": (docx(paragraph("")), "方案.docx", "empty"),
    "truncated docx": (papers.plan_docx()[:-300], "方案.docx", "truncated"),
    "truncated xlsx": (papers.plan_xlsx()[:900], "方案.xlsx", "truncated"),
    "truncated doc": (DOC[:6000], "方案.doc", "truncated"),
    "truncated pdf": (papers.plan_pdf([["60,700|正文"]])[:200], "方案.pdf", "truncated"),
    "docx part damaged": (
        docx(paragraph("正文")).replace(b"word/document.xml", b"word/documemt.xml", 1),
        "方案.docx",
        "damaged",
    ),
    "broken xml": (packed({"word/document.xml": "<w:document><w:body>"}), "方案.docx", "damaged"),
    "no body": (packed({"word/document.xml": "<w:document xmlns:w='x'/>"}), "方案.docx", "damaged"),
    "docx with a password": (locked_office(), "方案.docx", "encrypted"),
    "other ole": (renamed(XLS, "Workbook", "Notebook"), "方案.xls", "unknown-format"),
    "doc with a password": (flagged(DOC), "方案.doc", "encrypted"),
    "zip with a password": (locked_zip(), "方案.docx", "encrypted"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "方案.docx", "wrong-extension"),
    "archive": (packed({"方案.txt": "正文"}), "方案.zip", "wrong-extension"),
    "program": (b"MZ" + bytes(range(256)) * 4, "方案.doc", "wrong-extension"),
    "noise": (bytes(range(256)) * 20, "方案.doc", "unknown-format"),
    "presentation": (packed({"ppt/presentation.xml": "<p/>"}), "方案.pptx", "unknown-format"),
    "open document": (packed({"content.xml": "<p/>"}), "方案.odt", "unknown-format"),
    "bomb": (docx(" " * (30 << 20)), "方案.docx", "zip-bomb"),
    "bomb of entries": (
        packed({f"{i}": "" for i in range(10_100)} | {"word/document.xml": ""}),
        "方案.docx",
        "zip-bomb",
    ),
    "bomb in a pdf": (papers.bomb_pdf(400), "方案.pdf", "zip-bomb"),
    "billion laughs": (packed({"word/document.xml": LAUGHS}), "方案.docx", "damaged"),
    "outer entity": (packed({"word/document.xml": OUTSIDE}), "方案.docx", "damaged"),
    "outer entity in utf-16": (
        packed({"word/document.xml": OUTSIDE.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")}),
        "方案.docx",
        "damaged",
    ),
    "scan": (papers.plan_pdf([[], [], []]), "扫描.pdf", "no-text"),
    "ofd of pictures": (papers.ofd([]), "方案.ofd", "no-text"),
    "sixty megabytes": (b"a" * (60 << 20), "方案.txt", "too-big"),
    "no Chinese": (b"the quick brown fox jumps over the lazy dog\n" * 9, "plan.txt", "not-a-plan"),
    "deep groups": (b"{\\rtf1 " + b"{" * 3000, "方案.rtf", "damaged"),
}


@pytest.mark.parametrize(("data", "name", "code"), CASES.values(), ids=CASES)
def test_one_sentence_says_what_and_what_to_do(data, name, code):
    with pytest.raises(Unreadable) as refused:
        load(data, name)
    sentence = str(refused.value)
    assert refused.value.code == code
    assert sentence.startswith(f"文件“{name}”")
    assert sentence.endswith("。")
    assert "请" in sentence
    assert not re.search(r"Error|Exception|Traceback|None|失败|非法", sentence)


def test_every_sentence_names_the_file_and_asks_for_something():
    for sentence in SENTENCES.values():
        assert sentence.startswith("文件“{name}”")
        assert "请" in sentence
        assert sentence.count("。") in (2, 1)


def test_deep_nesting_of_a_page_is_refused_and_not_run_into():
    with pytest.raises(Unreadable) as refused:
        load(b"<html><body>" + b"<div>" * 50_000 + "正文".encode(), "方案.html")
    assert refused.value.code in ("damaged", "empty")


def test_nested_tables_keep_every_word():
    page = (
        "<html><body>"
        + "".join(f"<table><tr><td>甲{i}</td><td>乙</td><td>丙</td><td>" for i in range(40))
        + "</table>"
    )
    text = load(page.encode(), "方案.html").text
    assert all(f"甲{i}" in text for i in range(40))


@pytest.mark.parametrize("span", ["1000000000", "-3", "0", "二", "65535"])
def test_absurd_spans_of_a_page_are_bounded(span):
    page = f'<html><body><table><tr><td colspan="{span}" rowspan="{span}">甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>'
    source = load(page.encode(), "方案.html")
    assert source.tables[0].cols < 1100
    assert source.tables[0].rows == 2
