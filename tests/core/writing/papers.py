"""Papers of the invented 青禾县, one of each format, and the ruler that measures their PDF in millimetres."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pypdfium2

from luoshi.core.writing.docx.write import to_docx
from luoshi.core.writing.paper import Annex, Group, Heading, Imprint, OfficialPaper, Table, Text
from luoshi.core.writing.pdf import to_pdf

LONG = "各牵头单位要对照责任分解表逐项核对进度，能提前的提前，不能按期的说明原因并提出补救措施，由专班办公室汇总后报县政府办公室。"
PLAIN = "县直各单位要认真对照任务逐条逐项抓好落实确保全年目标如期完成" * 50
ROWS = tuple(
    (str(at), f"第{at}项任务，{LONG[:30]}", "县发展改革局、县财政局", "李明远", "已完成62%")
    for at in range(1, 19)
)
TASKS = Table(
    ("序号", "内容", "主要责任单位", "县政府分管领导", "工作进度"),
    (Group("一、工业攻坚行动"), *ROWS),
    (1, 6, 4, 2, 4),
    left=(1,),
    landscape=True,
)
FIGURES = Table(
    ("序号", "指标", "年度目标", "本期完成", "评价"),
    (("1", "工业增加值增速", "8%", "8.6%", "达序时"), ("2", "固定资产投资增速", "10%", "6.2%", "滞后")),
    (1, 4, 2, 2, 2),
    caption="表1　主要指标完成情况",
    left=(1,),
)
FILE = OfficialPaper(
    "file",
    "青禾县人民政府办公室文件",
    "青政办发〔2026〕12号",
    "青禾县人民政府办公室关于2026年上半年重点任务落实情况的通报",
    (
        Text("现将上半年重点任务落实情况通报如下。"),
        Heading(1, "总体情况"),
        Text(PLAIN),
        Heading(1, "主要指标"),
        Heading(2, "指标完成。", LONG),
        Heading(3, "开工项目。", LONG),
        Heading(4, "竣工项目。", LONG),
        FIGURES,
        Text(LONG),
    ),
    to="各乡镇人民政府，县直各单位",
    annexes=(
        Annex("2026年重点任务责任分解表", (TASKS,)),
        Annex("滞后任务清单", (Heading(1, "工业"), Text(LONG))),
    ),
    signature="青禾县人民政府办公室",
    dated=date(2026, 7, 5),
    note="此件公开发布",
    imprint=Imprint(
        ("县委各部门，县人大常委会办公室，县政协办公室，县人武部，县监委，县法院，县检察院。",),
        "青禾县人民政府办公室",
        date(2026, 7, 6),
    ),
)
UPWARD = OfficialPaper(
    "file",
    "青禾县人民政府文件",
    "青政〔2026〕3号",
    "青禾县人民政府关于上半年工作的报告",
    (Text(LONG * 2), Text(LONG)),
    to="云州市人民政府",
    signer="周立新",
    urgency="特急",
    signature="青禾县人民政府",
    dated=date(2026, 7, 5),
    sealed=False,
)
LETTER = OfficialPaper(
    "letter",
    "青禾县人民政府督查室",
    "青政督函〔2026〕7号",
    "关于限期落实滞后任务的督办函",
    (Text(LONG), Text(LONG * 10)),
    to="县住房城乡建设局",
    signature="青禾县人民政府督查室",
    dated=date(2026, 7, 5),
    imprint=Imprint(("县纪委监委。",)),
)
MINUTES = OfficialPaper(
    "minutes",
    "青禾县人民政府专题会议纪要",
    "第5期",
    "研究工业攻坚行动推进工作",
    (Text(LONG * 3), Heading(1, "议定事项"), Text(LONG)),
    dated=date(2026, 7, 5),
    present=(("出席", "周立新、李明远"), ("列席", "赵怀远")),
    imprint=Imprint(("县委办公室。",), "青禾县人民政府办公室", date(2026, 7, 6)),
)
BRIEF = OfficialPaper(
    "brief",
    "八大行动工作简报",
    "第12期",
    "7月上旬任务推进情况",
    (Text(LONG * 2),),
    compiler="青禾县人民政府办公室",
    dated=date(2026, 7, 10),
    imprint=Imprint(
        ("报：县委、县政府领导", "送：县人大常委会办公室", "发：各乡镇人民政府，县直各单位"), print_run=80
    ),
)
ALL = {"file": FILE, "upward": UPWARD, "letter": LETTER, "minutes": MINUTES, "brief": BRIEF}


@dataclass(frozen=True)
class Line:
    """A line of a printed page: its text, and in mm its left and right edges (of the cells) and the top and foot of its ink."""

    text: str
    left: float
    right: float
    top: float
    foot: float


@functools.cache
def printed(name: str) -> pypdfium2.PdfDocument:
    """The PDF of one of the papers; printed once in a run."""
    return pypdfium2.PdfDocument(to_pdf(to_docx(ALL[name])).content)


def lines(page: pypdfium2.PdfPage) -> list[Line]:
    """The lines of an upright page, from the top."""
    rows: list[list[tuple[str, float, float, float, float]]] = []
    for sign in sorted(_signs(page), key=lambda s: s[4]):
        if rows and abs(rows[-1][0][4] - sign[4]) < 3.5:
            rows[-1].append(sign)
        else:
            rows.append([sign])
    return [
        Line(
            "".join(s[0] for s in sorted(row, key=lambda s: s[1])),
            min(s[1] for s in row),
            max(s[2] for s in row),
            min(s[3] for s in row),
            max(s[4] for s in row),
        )
        for row in rows
    ]


def _signs(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float, float, float]]:
    words, height, mm = page.get_textpage(), page.get_height(), 25.4 / 72
    for at in range(words.count_chars()):
        sign = words.get_text_range(at, 1)
        if sign.strip():
            left, _, right, _ = words.get_charbox(at, loose=True)
            _, foot, _, top = words.get_charbox(at)
            yield sign, left * mm, right * mm, (height - top) * mm, (height - foot) * mm


def rules(page: pypdfium2.PdfPage, x: float, red: bool = False) -> list[tuple[float, float]]:
    """The dark (or red) stretches met going down the page at `x` mm, as (top, foot) in mm."""
    dots = 600 / 25.4
    image = page.render(scale=600 / 72).to_pil().convert("RGB")
    column = [image.getpixel((round(x * dots), y)) for y in range(image.height)]
    found: list[tuple[float, float]] = []
    begun = None
    for y, (r, g, _) in enumerate([*column, (255, 255, 255)]):
        dark = g < 128 and (r > 200 if red else r < 128)
        if dark and begun is None:
            begun = y
        elif not dark and begun is not None:
            found.append((begun / dots, y / dots))
            begun = None
    return found
