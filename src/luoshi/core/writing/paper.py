"""What an official paper consists of (GB/T 9704-2012 §7, §10), and what it still lacks. No layout, no library.

A paper is written down once, here; `docx` sets it, `pdf` prints it. Headings carry no numbers of their own: 一、（一）1.
（1） come from their level, as numbering that Word keeps.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["file", "letter", "minutes", "brief"]
KINDS: dict[str, str] = {"file": "公文", "letter": "信函", "minutes": "纪要", "brief": "简报"}

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,16}〔[12]\d{3}〕[1-9]\d*号")
_ISSUE = re.compile(
    r"(?:[12]\d{3}年)?第[1-9]\d*期(?:（总第[1-9]\d*期）)?|[\u4e00-\u9fff]{0,16}〔[12]\d{3}〕[1-9]\d*号"
)
_STRAY = re.compile(r"[\[【（(]([12]\d{3})[\]】）)]")
_FULL_STOP = "。，；：！？、"
TITLE_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1–4; `rest` runs on in the same paragraph, in the type of the text."""

    level: int
    text: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph of the text."""

    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """A row that spans its table: the action whose tasks follow."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head that repeats on every page. `widths` are shares of the width; `left` the columns set
    flush left; `small` type (五号) is for wide ones with much text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...] | Group, ...]
    widths: tuple[float, ...]
    caption: str = ""
    left: tuple[int, ...] = ()
    landscape: bool = False
    small: bool = False

    @property
    def percents(self) -> tuple[int, ...]:
        """The widths in whole per cent, for a page.

        >>> Table(("序号", "指标"), (), (1, 3)).percents
        (25, 75)
        """
        whole = sum(self.widths) or 1
        return tuple(round(100 * width / whole) for width in self.widths)


Block = Heading | Text | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex, named in the 附件说明 and bound in after the text (§7.3.7)."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 (§7.4): to whom copies go, who printed it and when. For a brief `copies` holds 报、送、发, one a line.

    `overleaf`: on an even page of its own, for papers printed on both sides; it and the blank page before it bear no number (§7.5).
    """

    copies: tuple[str, ...] = ()
    printer: str = ""
    printed: date | None = None
    print_run: int = 0
    overleaf: bool = False


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """One official paper. `mark` is 发文机关标志, `number` the 发文字号 or, for minutes and briefs, the issue (期号).

    `signature` may name several bodies; `sealed` says whether a seal will be put on it. `present` are the lists of
    minutes: (出席, names). `compiler` is 编印单位 of a brief. `signer` makes it an upward paper (上行文).
    """

    kind: Kind
    mark: str
    number: str
    title: str
    body: tuple[Block, ...]
    to: str = ""
    signer: str = ""
    urgency: str = ""
    annexes: tuple[Annex, ...] = ()
    signature: str = ""
    dated: date | None = None
    sealed: bool = True
    note: str = ""
    present: tuple[tuple[str, str], ...] = ()
    compiler: str = ""
    imprint: Imprint | None = None


def lacking(paper: OfficialPaper) -> tuple[str, ...]:
    """What a paper needs before it can be issued, each a Chinese sentence with the way out; empty when nothing."""
    return tuple(_lacking(paper))


def _lacking(paper: OfficialPaper) -> Iterator[str]:
    name = KINDS[paper.kind]
    if not paper.mark.strip():
        yield f"{name}没有发文机关标志，请填写，如“青禾县人民政府文件”。"
    yield from _number(paper)
    if not paper.title.strip():
        yield f"{name}没有标题，请填写“发文机关＋事由＋文种”。"
    elif paper.title.strip()[-1] in _FULL_STOP:
        yield f"标题末尾不用标点，请去掉“{paper.title.strip()[-1]}”。"
    elif len(paper.title) > TITLE_LONGEST:
        yield f"标题有{len(paper.title)}字，超过{TITLE_LONGEST}字，请缩短。"
    if not any(block_text(block) for block in paper.body):
        yield f"{name}没有正文，请先写正文。"
    if paper.kind in ("file", "letter"):
        if not paper.to.strip():
            yield "没有主送机关，请填写，如“各乡镇人民政府，县直各单位”。"
        if not paper.signature.strip():
            yield "没有发文机关署名，请填写。"
    if paper.dated is None:
        yield (
            "没有成文日期（会议通过或签发的日期），请填写。"
            if paper.kind != "brief"
            else "没有印发日期，请填写。"
        )
    if paper.kind == "minutes" and not paper.present:
        yield "纪要没有出席人员，请填写“出席”名单。"
    if paper.kind == "brief" and not paper.compiler.strip():
        yield "简报没有编印单位，请填写全称。"
    yield from _annexes(paper)


def _number(paper: OfficialPaper) -> Iterator[str]:
    number = paper.number.strip()
    if stray := _STRAY.search(number):
        yield f"发文字号“{number}”的年份要用六角括号，请改为“〔{stray[1]}〕”。"
    elif paper.kind in ("file", "letter"):
        if not number:
            yield "没有发文字号，请编号后再印发，如“青政办发〔2026〕12号”。"
        elif not _NUMBER.fullmatch(number):
            yield f"发文字号“{number}”的写法不对，应如“青政办发〔2026〕12号”：年份写全，序号不编虚位，不加“第”。"
    elif not number:
        yield "没有期号，请填写，如“第12期”。"
    elif not _ISSUE.fullmatch(number):
        yield f"期号“{number}”的写法不对，应如“第12期”：不编虚位。"


def _annexes(paper: OfficialPaper) -> Iterator[str]:
    for at, annex in enumerate(paper.annexes, 1):
        if not annex.title.strip():
            yield f"附件{at}没有名称，请填写。"
        elif annex.title.strip()[-1] in _FULL_STOP:
            yield f"附件{at}名称后不加标点，请去掉“{annex.title.strip()[-1]}”。"
        if not any(block_text(block) for block in annex.blocks):
            yield f"附件{at}是空的，请补上内容，或删去这一附件。"
    for table in tables(paper):
        if not table.head or any(
            len(row) != len(table.head) for row in table.rows if not isinstance(row, Group)
        ):
            yield f"表“{table.caption or '（无题）'}”各行的列数与表头不一致，请核对。"


def block_text(block: Block) -> str:
    """The words of a block, as they count for the length of a paper."""
    if isinstance(block, Heading):
        return block.text + block.rest
    if isinstance(block, Text):
        return block.text
    cells = (row.text if isinstance(row, Group) else "".join(row) for row in block.rows)
    return "".join((block.caption, *block.head, *cells))


def tables(paper: OfficialPaper) -> Iterator[Table]:
    """All tables, in the text and in the annexes."""
    for blocks in (paper.body, *(annex.blocks for annex in paper.annexes)):
        yield from (block for block in blocks if isinstance(block, Table))


def length(paper: OfficialPaper) -> int:
    """How many characters the text has, without tables and annexes (as 文件字数 is counted)."""
    return sum(len(block_text(block)) for block in paper.body if not isinstance(block, Table))
