"""The pack as one paper: from the frozen JSON alone, so that the same pack gives the same .docx and the same PDF pages."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.files.base import ContentFile

from luoshi.core.agenda import SECTIONS, Agenda, Row, Section
from luoshi.core.writing.booklet import Booklet, Chapter, settled
from luoshi.core.writing.docx.booklet import booklet_docx
from luoshi.core.writing.names import chinese_day
from luoshi.core.writing.paper import Block, Table, Text
from luoshi.core.writing.pdf import NoPdf, Print, to_pdf
from luoshi.meetings.models import Pack

_DASH = "—"
_COLUMNS: dict[Section, tuple[tuple[str, str, float], ...]] = {
    "again": (
        ("议定事项", "title", 5),
        ("责任单位", "unit", 2.6),
        ("完成期限", "due", 2.2),
        ("落实情况", "stand", 1.9),
        ("单位反馈", "said", 4),
    ),
    "red": (
        ("事项", "title", 5),
        ("牵头单位", "unit", 3.2),
        ("分管领导", "leader", 2.1),
        ("目标", "target", 2.9),
        ("完成", "actual", 1.9),
        ("差距", "gap", 3.4),
        ("评价", "stand", 2.1),
        ("单位说明", "said", 4.6),
    ),
    "silent": (
        ("单位", "unit", 2.8),
        ("情况", "title", 3.6),
        ("截止日期", "due", 2),
        ("没有报送的任务", "said", 6),
    ),
    "blocked": (
        ("事项", "title", 3.4),
        ("提出单位", "unit", 2.4),
        ("分管领导", "leader", 2.1),
        ("卡在哪里", "said", 4),
        ("需要什么帮助", "needs", 3.3),
    ),
    "topics": (("议题", "title", 12),),
}
_COLUMNS["amber"] = _COLUMNS["red"]
LEFT = ("title", "said", "needs", "receipt", "text", "target")
LYING = ("red", "amber")
PROPOSED = 10
MOST = 30
"""Lines of a chapter: a meeting has no time for more; the annex holds all lights."""


def booklet(pack: Pack) -> Booklet:
    """The pack as cover, contents and chapters."""
    held, agenda = pack.held, pack.agenda
    as_of = dt.date.fromisoformat(held["as_of"])
    chapters = [Chapter(SECTIONS[slug], _section(held, slug, rows)) for slug, rows in agenda.sections]
    if proposals := _proposals(agenda):
        chapters.append(Chapter("拟议定事项", proposals))
    if receipts := _receipts(agenda):
        chapters.append(Chapter("亮灯事项计算凭据", receipts, annex=True))
    return Booklet(
        mark="会议材料",
        title=held["title"],
        facts=tuple(_facts(held)),
        lead=tuple(_lead(held, agenda, as_of)),
        chapters=tuple(chapters),
        creator=f"{held['government']}人民政府办公室",
    )


def _facts(held: Mapping[str, object]) -> list[tuple[str, str]]:
    day = dt.date.fromisoformat(str(held["day"]))
    units = held["units"]
    assert isinstance(units, list)
    plans = held["plans"]
    assert isinstance(plans, list)
    lines = [
        ("时间", f"{chinese_day(day)}{held['time']}"),
        ("地点", str(held["place"])),
        ("主持", str(held["chair"])),
        ("参会", "、".join(units)),
        ("范围", "".join(f"《{title}》" for title in plans) + str(held["programme"])),
    ]
    return [line for line in lines if line[1]]


def _lead(held: Mapping[str, object], agenda: Agenda, as_of: dt.date) -> list[str]:
    """The whole in a paragraph: what stands how, what the pack leaves out."""
    counted = "，".join(f"{word}{n}项" for word, n in agenda.counts if n)
    words = [f"数据截至{chinese_day(as_of)}。" + (f"纳入亮灯的事项中，{counted}。" if counted else "")]
    if not agenda.sections:
        words.append("没有逾期、亮红灯、变差、未报和需要协调的事项。")
    if agenda.elsewhere:
        words.append(f"另有{agenda.elsewhere}件需协调事项由其他领导分管，未列入本次材料。")
    return ["".join(words)]


def _section(held: Mapping[str, object], slug: Section, rows: Sequence[Row]) -> tuple[Block, ...]:
    table = _table(slug, rows)
    words = _opening(held, slug, rows)
    return (Text(words), table) if words else (table,)


def _opening(held: Mapping[str, object], slug: Section, rows: Sequence[Row]) -> str:
    n = len(rows)
    if slug == "again":
        tally: dict[str, int] = {}
        for row in rows:
            word = row.stand.partition("（")[0]
            tally[word] = tally.get(word, 0) + 1
        return f"共{n}项：" + "，".join(f"{word}{count}项" for word, count in tally.items()) + "。"
    if slug == "red":
        return f"共{n}项，按滞后程度排列，{_rest(n)}每项的计算凭据见附件。"
    if slug == "amber":
        before = dt.date.fromisoformat(str(held["compared"]))
        return f"共{n}项，与{chinese_day(before)}相比由好变差，{_rest(n)}计算凭据见附件。"
    if slug == "silent":
        return f"共{n}个单位。"
    if slug == "blocked":
        return f"共{n}件，为单位报告做不到和填报中提出需要协调的事项。"
    return ""


def _rest(n: int) -> str:
    return f"下表列前{MOST}项，" if n > MOST else ""


def _table(slug: Section, rows: Sequence[Row]) -> Table:
    columns = _COLUMNS[slug]
    lines = tuple(
        (str(at), *(getattr(row, name) or _DASH for _, name, _ in columns))
        for at, row in enumerate(rows[:MOST], 1)
    )
    return Table(
        ("序号", *(word for word, _, _ in columns)),
        lines,
        (1.1, *(width for _, _, width in columns)),
        left=tuple(at for at, (_, name, _) in enumerate(columns, 1) if name in LEFT),
        landscape=slug in LYING,
        small=True,
    )


def _proposals(agenda: Agenda) -> tuple[Block, ...]:
    """What might be decided on the heaviest lines of each section: as drafted by rule, to be changed; the day is left to be
    written in."""
    first = {row.key for _, rows in agenda.sections for row in rows[:PROPOSED]}
    wanted = [one for one in agenda.proposals if one.key in first]
    if not wanted:
        return ()
    rows = tuple((str(at), one.text, one.unit or _DASH, "") for at, one in enumerate(wanted, 1))
    table = Table(
        ("序号", "拟议定事项", "责任单位", "完成期限"), rows, (1.1, 8, 3.2, 2.6), left=(1,), small=True
    )
    return Text("按前列事项逐条拟出，供会议研究时修改，期限由会议确定。"), table


def _receipts(agenda: Agenda) -> tuple[Block, ...]:
    """How the lights of the pack came about."""
    rows = tuple(row for slug, held in agenda.sections if slug in LYING for row in held)
    if not rows:
        return ()
    lines = tuple(
        (str(at), row.title, row.unit or _DASH, row.stand, row.receipt) for at, row in enumerate(rows, 1)
    )
    head = ("序号", "事项", "牵头单位", "评价", "计算凭据")
    return (Table(head, lines, (1.1, 6, 3.2, 2.1, 10.4), left=(1, 4), landscape=True, small=True),)


# Files


def printed(pack: Pack) -> bytes:
    """The PDF, printed once and kept, with the .docx that it was printed from. Raises NoPdf."""
    if not pack.pdf:
        made, docx = print_booklet(booklet(pack))
        pack.docx.save(f"packs/{pack.sha256}.docx", ContentFile(docx), save=False)
        pack.pdf.save(f"packs/{pack.sha256}.pdf", ContentFile(made.content), save=False)
        Pack.objects.filter(pk=pack.pk).update(docx=pack.docx.name, pdf=pack.pdf.name)
    with pack.pdf.open("rb") as held:
        content: bytes = held.read()
    return content


def word(pack: Pack) -> bytes:
    """The .docx, with the page numbers of its contents where LibreOffice can tell them."""
    if not pack.docx:
        try:
            printed(pack)
        except NoPdf:
            return booklet_docx(booklet(pack), {})
    with pack.docx.open("rb") as held:
        content: bytes = held.read()
    return content


def print_booklet(it: Booklet) -> tuple[Print, bytes]:
    """Print it until the contents name the pages on which the chapters really stand."""
    made: list[tuple[Print, bytes]] = []

    def measure(pages: Mapping[str, int]) -> Mapping[str, int]:
        docx = booklet_docx(it, pages)
        made.append((to_pdf(docx), docx))
        return made[-1][0].pages

    settled(measure)
    return made[-1]
