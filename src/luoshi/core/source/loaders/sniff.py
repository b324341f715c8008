"""What a file really is, by its content; the extension is only a hint."""

import re

from luoshi.core.source.loaders.refusals import Refusal

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = rb"<\s*(?:!doctype\s+html|html|head|body)\b"
SCRAP = rb"<\s*(?:meta|title|table|div|p|script|span)\b"
MAGIC = (
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\0", "图片"),
    (b"MM\0*", "图片"),
    (b"RIFF", "音像文件"),
    (b"\0\0\0\x18ftyp", "音像文件"),
    (b"\0\0\0\x20ftyp", "音像文件"),
    (b"ID3", "音像文件"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"SQLite format 3", "数据库"),
)
PARTS = ((rb"word/document\d*\.xml", "docx"), (rb"xl/workbook\.xml", "xlsx"), (rb"OFD\.xml", "ofd"))
OTHER = (
    ("content.xml", "开放文档（odt、ods）", "docx 或 xlsx"),
    ("ppt/presentation.xml", "演示文稿", "docx"),
    ("xl/workbook.bin", "二进制工作簿（xlsb）", "xlsx"),
)
BELONGS = {
    "docx": {"docx", "docm", "dotx", "wps"},
    "doc": {"doc", "dot", "wps", "wpt"},
    "xlsx": {"xlsx", "xlsm", "et"},
    "xls": {"xls", "et"},
    "html": {"html", "htm", "shtml", "jsp", "asp", "aspx", "php", "mht", "mhtml", "xhtml"},
    "txt": {"txt", "md", "markdown", "text", "csv", "tsv", ""},
    "pdf": {"pdf"},
    "ofd": {"ofd"},
    "rtf": {"rtf"},
}


def extension(name: str) -> str:
    """Extension of a file name in lower case, without the dot; "" when it has none (方案.2026年 has none)."""
    last = name.rpartition(".")[2].lower() if "." in name else ""
    return last if last.isascii() and last.isalnum() and len(last) < 9 else ""


def sniff(data: bytes, name: str) -> str:
    """Format by content: docx xlsx ofd ole html mht txt pdf rtf. Raises Refusal."""
    head = data[:4096]
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(data, name)
    if head.startswith(OLE):
        return "ole"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    for magic, kind in MAGIC if b"\0" in head else ():  # a text may begin with BM or MZ, but holds no zero
        if head.startswith(magic):
            raise Refusal("wrong-extension", extension=extension(name) or "（无）", kind=kind)
    if b"multipart/related" in head and re.match(
        rb"\s*(?:From|MIME-Version|Content-Type|Subject|Date)\s*:", head, re.I
    ):
        return "mht"
    if b"<" in head and re.search(PAGE, head.replace(b"\0", b""), re.I):
        return "html"
    if extension(name) not in BELONGS["txt"] and re.search(SCRAP, data[:65536], re.I):
        return "html"
    return "txt"


def _zip_kind(data: bytes, name: str) -> str:
    # Names of parts stand in the clear in a zip file: enough to tell the kind, even of a truncated one.
    for name_of_part, kind in PARTS:
        if re.search(name_of_part, data):
            return kind
    for part, kind, wanted in OTHER:
        if part.encode() in data:
            raise Refusal("other-office", kind=kind, wanted=wanted)
    if extension(name) in ("docx", "xlsx", "ofd") and b"PK\x05\x06" not in data[-70_000:]:
        raise Refusal("truncated")
    raise Refusal("wrong-extension", extension=extension(name) or "（无）", kind="压缩包")
