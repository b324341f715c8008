"""The lists of this room that are not brought back, as workbooks: rates, differences between books, fortnights, boards."""

from collections.abc import Iterable, Sequence

from luoshi.projects.models import Bid, Board, Entry, Project, Reconciliation
from luoshi.projects.models.books import BOOKS
from luoshi.projects.queries.books import Gap, Matching
from luoshi.projects.queries.rates import Behind, Card
from luoshi.ui.excel import single

RATE = (
    ("项目", 40), ("批次", 18), ("责任单位", 28), ("状态", 12), ("计入分子", 14), ("计入分母", 14), ("为什么没有计入", 40),
)  # fmt: skip
BIDS = (
    ("截至", 13),
    ("争取到的资金(万元)", 20),
    ("上级下达总额(万元)", 20),
    ("依据", 40),
    ("谁登记的", 26),
    ("登记时间", 18),
)
GAPS = (
    ("项目", 40), ("责任单位", 28), ("数据", 16), *((f"{name}(万元)", 16) for name in BOOKS.values()), ("相差(万元)", 14), ("情况", 14), ("从哪一期起", 24),
    ("怎么回事", 50), ("以谁为准", 14), ("谁了结的", 14), ("了结时间", 18),
)  # fmt: skip
BOOKLIST = (("哪一期", 26), ("从", 13), ("到", 13), ("截止", 13), ("状态", 12), ("带入下一期的差异(处)", 20))
BOARDS = (("榜", 40), ("主题", 14), ("谁来比", 40), ("按什么比", 50), ("从", 13), ("到", 13), ("状态", 12))
ENTRIES = (
    ("哪一期", 26), ("账", 12), ("累计完成(万元)", 16), ("下达(万元)", 14), ("到位(万元)", 14), ("支付(万元)", 14), ("形象进度", 40), ("说明", 30), ("谁报的", 14),
    ("什么时候", 18),
)  # fmt: skip


def rate(card: Card, day: str, found: Sequence[Behind]) -> bytes:
    """The projects behind a rate, those left out below with the reason."""
    rows = (
        [
            row.standing.project.name, row.standing.project.batch, str(row.standing.project.unit), row.standing.label,
            _number(row.top), _number(row.bottom), row.why,
        ]
        for row in sorted(found, key=lambda row: bool(row.why))
    )  # fmt: skip
    return single("项目", f"{card.rate.name}{card.percent or '不计算'}（{day}）", RATE, rows)


def bids(found: Iterable[Bid]) -> bytes:
    """What was won of what was handed out, the newest first."""
    rows = (
        [one.on, one.won, one.available, one.ground, f"{one.unit_name} {one.person_name}", one.at]
        for one in found
    )
    return single("争资", "争资情况", BIDS, rows)


def gaps(found: Reconciliation, matching: Matching) -> bytes:
    """The differences of a fortnight: those open first, then those settled, each with the person's word."""
    rows = (
        _gap(gap, word)
        for word, some in (("没有了结", matching.open), ("已了结", matching.settled))
        for gap in some
    )
    return single("差异", f"{found.label}对账差异", GAPS, rows)


def _gap(gap: Gap, word: str) -> list[object]:
    settled = gap.settlement
    stands = "" if settled is None else settled.get_stands_display() if settled.stands else "都不准，下期更正"
    return [
        gap.project.name, str(gap.project.unit), gap.label, *map(_number, gap.columns), _number(gap.apart), word, gap.since,
        settled.words if settled else gap.sentence, stands, settled.person_name if settled else "", settled.at if settled else None,
    ]  # fmt: skip


def _number(shown: str) -> float | str:
    """A number printed with separators as a number, anything else as it stands."""
    bare = shown.replace(",", "")
    return float(bare) if bare.removeprefix("-").replace(".", "", 1).isdecimal() else shown


def books(found: Iterable[Reconciliation]) -> bytes:
    """The fortnights, the newest first."""
    rows = (
        [
            one.label, one.since, one.until, one.due, one.get_state_display(),
            len(one.left) if one.state == "closed" else None,
        ]
        for one in found
    )  # fmt: skip
    return single("对账", "双周对账", BOOKLIST, rows)


def boards(found: Iterable[Board]) -> bytes:
    """The boards as listed; the places of each are in its own workbook."""
    rows = (
        [
            one.title, one.get_theme_display(), "、".join(g.name for g in one.groups.all()), "、".join(m.name for m in one.measures.all()),
            one.since, one.until, one.get_state_display(),
        ]
        for one in found
    )  # fmt: skip
    return single("大比拼", "大比拼", BOARDS, rows)


def entries(project: Project, found: Iterable[Entry]) -> bytes:
    """What every book said of a project, the newest first."""
    rows = (
        [
            one.reconciliation.label if one.reconciliation else "随清单带入", one.get_book_display(), one.invested, one.granted, one.arrived,
            one.paid, one.stage, "无变化" if one.unchanged else one.note, one.person_name, one.at,
        ]
        for one in found
    )  # fmt: skip
    return single("各期报的数", f"{project.name}各期报的数", ENTRIES, rows)
