"""A paper as PDF: LibreOffice prints the .docx, in a profile and with a table of types of its own.

LibreOffice ignores `w:overflowPunct`, lets commas hang over the edge, and then loses about one in seven of those that hang
from a justified line (7.4; docs/decisions/0161). So a macro in the profile forbids hanging before it prints.
One profile per call: with a shared one the second of two parallel runs silently prints nothing (reference: stack.md §6).
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from luoshi.core.writing.fonts import Choice, choose, installed, said, substitution

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Save(source As String, target As String)
  Dim load(0) As New com.sun.star.beans.PropertyValue
  Dim store(1) As New com.sun.star.beans.PropertyValue
  Dim given(0) As New com.sun.star.beans.PropertyValue
  load(0).Name = "Hidden" : load(0).Value = True
  store(0).Name = "FilterName" : store(0).Value = "writer_pdf_Export"
  given(0).Name = "IsSkipEmptyPages" : given(0).Value = False ' the blank back of a page before 版记 is a page
  store(1).Name = "FilterData" : store(1).Value = given()
  paper = StarDesktop.loadComponentFromURL(source, "_blank", 0, load())
  styles = paper.StyleFamilies.getByName("ParagraphStyles")
  For at = 0 To styles.Count - 1
    styles.getByIndex(at).ParaIsHangingPunctuation = False
  Next
  Overleaf paper
  Settle paper
  paper.TextFields.refresh()
  Leaf paper, target
  paper.storeToURL(target, store())
  paper.close(True)
End Sub

Sub Overleaf(paper)
  ' A page that only stands on the left comes without the room between text and foot: as on all others, 35 less 25.1 mm.
  Dim pages, one, at
  pages = paper.StyleFamilies.getByName("PageStyles")
  For at = 0 To pages.Count - 1
    one = pages.getByIndex(at)
    If one.isInUse() And one.PageStyleLayout = com.sun.star.style.PageStyleLayout.LEFT And one.FooterIsOn Then
      one.FooterDynamicSpacing = True
      one.FooterBodyDistance = 891
      one.FooterHeight = 990
    End If
  Next
End Sub

Sub Leaf(paper, target As String)
  ' On which page every bookmark stands, beside the PDF: a name and a number a line.
  Dim marks, cursor, at, file
  On Error Resume Next
  marks = paper.getBookmarks()
  If marks.getCount() = 0 Then Exit Sub
  cursor = paper.CurrentController.ViewCursor
  file = FreeFile
  Open ConvertFromURL(target) &amp; ".pages" For Output As #file
  For at = 0 To marks.getCount() - 1
    cursor.gotoRange(marks.getByIndex(at).Anchor.Start, False)
    Print #file, marks.getByIndex(at).Name &amp; " " &amp; cursor.getPage()
  Next
  Close #file
End Sub

Sub Settle(paper)
  ' A long last paragraph held to the signature would move as a whole: let it go; if the signature then stands alone on its
  ' page, set fewer lines to the page, which brings text to it (GB/T 9704-2012 7.3.5: by the distance of the lines).
  Dim words, one, ended, signed, cursor, spread, at, before, after
  On Error Resume Next
  words = paper.Text.createEnumeration()
  Do While words.hasMoreElements()
    one = words.nextElement()
    If one.supportsService("com.sun.star.text.Paragraph") Then
      If one.ParaStyleName = "署名和成文日期" Then
        signed = one
        Exit Do
      End If
      If Len(one.String) &gt; 0 Then ended = one
    End If
  Loop
  If IsEmpty(signed) Or IsEmpty(ended) Then Exit Sub
  If Len(ended.String) &gt; 140 Then ended.ParaKeepTogether = False
  cursor = paper.CurrentController.ViewCursor
  before = 1021 ' hundredths of a millimetre: 28.95 pt, then 21, 20, 19 lines to the page
  For Each after In Array(1070, 1124, 1184)
    cursor.gotoRange(signed.Start, False)
    at = cursor.getPage()
    cursor.gotoRange(ended.End, False)
    If cursor.getPage() = at Then Exit Sub
    words = paper.Text.createEnumeration()
    Do While words.hasMoreElements()
      one = words.nextElement()
      If one.supportsService("com.sun.star.text.Paragraph") Then
        spread = one.ParaLineSpacing
        If Abs(spread.Height - before) &lt; 6 Then
          spread.Height = after
          one.ParaLineSpacing = spread
        End If
      End If
    Loop
    before = after
  Next
End Sub
</script:module>
"""
PATIENCE = 90  # seconds; a paper of 265 tasks takes about six


class NoPdf(Exception):
    """A PDF cannot be made here; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Print:
    """A printed paper: the PDF, the types used in it, and on which page each bookmark of the .docx came to stand."""

    content: bytes
    fonts: tuple[Choice, ...]
    pages: Mapping[str, int] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """Which types were used, in words."""
        return said(self.fonts)


def office() -> str:
    """Where LibreOffice is; "" where it is not installed."""
    return next((path for name in ("soffice", "libreoffice") if (path := shutil.which(name))), "")


def to_pdf(docx: bytes, patience: float = PATIENCE) -> Print:
    """Print a .docx. Raises NoPdf, with a sentence, where LibreOffice is missing, slow or unwilling."""
    with _Room("请下载 Word 文件，用 Word 或 WPS 打开后另存为 PDF", "下载 Word 文件", patience) as room:
        (room.folder / "paper.docx").write_bytes(docx)
        room.run("--terminate_after_init")  # lays out the profile, over whatever is in it
        module = room.folder / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
        module.parent.mkdir(parents=True, exist_ok=True)
        module.write_text(_MACRO, "utf-8")
        room.run(_call(room.folder))
        return Print(room.made("paper.pdf"), room.choices, _leaves(room.folder / "paper.pdf.pages"))


def print_sheets(fods: bytes, patience: float = PATIENCE) -> Print:
    """Print a flat spreadsheet (core/writing/flat.py). Raises NoPdf, with a sentence, as `to_pdf` does."""
    with _Room("请系统管理员安装后再试，或在浏览器中直接打印这一页", "在浏览器中直接打印", patience) as room:
        (room.folder / "chart.fods").write_bytes(fods)
        room.run(
            "--convert-to",
            "pdf:calc_pdf_Export",
            "--outdir",
            str(room.folder),
            str(room.folder / "chart.fods"),
        )
        return Print(room.made("chart.pdf"), room.choices)


class _Room:
    """A folder of its own in which LibreOffice runs with a profile and types of its own; gone afterwards.

    `without`: what to do where there is no LibreOffice; `instead`: what else can be done when it fails.
    """

    def __init__(self, without: str, instead: str, patience: float) -> None:
        self.command = office()
        if not self.command:
            raise NoPdf(f"本服务器没有安装 LibreOffice，不能直接生成 PDF。{without}。")
        self.instead, self.patience, self.choices = instead, patience, choose(installed())

    def __enter__(self) -> "_Room":
        self._held = tempfile.TemporaryDirectory(prefix="luoshi-pdf-")
        self.folder = Path(self._held.name)
        (self.folder / "fonts.conf").write_text(substitution(self.choices), "utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self._held.cleanup()

    def run(self, *order: str) -> None:
        """One run to its end. Raises NoPdf where that takes longer than there is patience for."""
        settings = {
            "HOME": str(self.folder),
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "FONTCONFIG_FILE": str(self.folder / "fonts.conf"),
        }
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        start = (self.command, profile, "--headless", "--norestore")
        try:
            subprocess.run(
                (*start, *order), env=settings, capture_output=True, check=False, timeout=self.patience
            )
        except subprocess.TimeoutExpired:
            raise NoPdf(
                f"生成 PDF 用了{self.patience:.0f}秒还没有完成，已停止。请稍后再试，或{self.instead}。"
            ) from None

    def made(self, name: str) -> bytes:
        """What came out. Raises NoPdf where nothing did."""
        made = self.folder / name
        if not made.is_file() or not made.stat().st_size:
            raise NoPdf(
                f"LibreOffice 没有生成 PDF。请稍后再试，或{self.instead}；如多次不成，请系统管理员检查 LibreOffice。"
            )
        return made.read_bytes()


def _leaves(told: Path) -> dict[str, int]:
    """Page by bookmark, as the macro wrote it down."""
    if not told.is_file():
        return {}
    lines = (line.rpartition(" ") for line in told.read_text("utf-8").splitlines())
    return {name: int(page) for name, _, page in lines if name and page.isdecimal()}


def _call(room: Path) -> str:
    source, target = ((room / name).as_uri() for name in ("paper.docx", "paper.pdf"))
    return f'macro:///Standard.Module1.Save("{source}","{target}")'
