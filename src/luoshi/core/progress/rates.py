"""项目四率 and 四比四提高, each with its denominator stated, and the books of a project side by side (双周对账).

The denominators are the contested part: 开工率 of all that was signed is not 开工率 of what should have begun. A rate without a
denominator is no rate: it is None and says why, never 0.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from luoshi.core.progress.rounding import percent, shown


class Project(NamedTuple):
    """One project as the rates see it; amounts in one unit of money for all. A day that is None has not come; a Decimal that is
    None is not known.

    batch         the signing event (届次) it belongs to
    signed, registered, begun, producing   签约, 履约 (注册公司), 开工, 投产
    should_begin  the day by which it was to begin
    contract, arrived        合同引资额, 到位资金
    planned, invested        年度计划投资, 累计完成投资 (实物工作量)
    granted, paid            下达资金, 已支付资金
    """

    name: str
    batch: str = ""
    signed: date | None = None
    registered: date | None = None
    begun: date | None = None
    producing: date | None = None
    should_begin: date | None = None
    contract: Decimal | None = None
    arrived: Decimal | None = None
    planned: Decimal | None = None
    invested: Decimal | None = None
    granted: Decimal | None = None
    paid: Decimal | None = None


class Rate(NamedTuple):
    """`value` is a share, None where there is no denominator; `of` names the denominator, `left_out` counts the projects that
    could not be taken into it."""

    name: str
    numerator: Fraction
    denominator: Fraction
    value: Fraction | None
    of: str
    left_out: int = 0

    @property
    def sentence(self) -> str:
        """As printed on the card of the rate."""
        if self.value is None:
            return f"{self.name}：没有{self.of}，不计算。"
        words = f"{self.name} = {shown(self.numerator)} ÷ {shown(self.denominator)}（{self.of}）= {percent(self.value)}"
        return words + (f"，{self.left_out}个项目缺数，未计入。" if self.left_out else "。")


Amount = Callable[[Project], Decimal | None]
SIGNED_ALL = "签约批次累计的全部签约项目，不是当年签约数"


def four_rates(projects: Iterable[Project], day: date, batches: Sequence[str] = ()) -> tuple[Rate, ...]:
    """履约率, 开工率, 投产率, 资金到位率 of what was signed up to `day`, of all batches or of those named.

    >>> one, two = Project("甲", signed=date(2024, 1, 5), begun=date(2024, 5, 1)), Project("乙", signed=date(2024, 2, 1))
    >>> four_rates([one, two], date(2024, 6, 30))[1].sentence
    '开工率 = 1 ÷ 2（签约批次累计的全部签约项目，不是当年签约数）= 50%。'
    """
    signed = [p for p in projects if p.signed and p.signed <= day and (not batches or p.batch in batches)]
    return (
        _counted("履约率", signed, lambda p: p.registered, day, SIGNED_ALL),
        _counted("开工率", signed, lambda p: p.begun, day, SIGNED_ALL),
        _counted("投产率", signed, lambda p: p.producing, day, SIGNED_ALL),
        _summed("资金到位率", signed, lambda p: p.arrived, lambda p: p.contract, "签约项目的合同引资额"),
    )


def four_ratios(
    projects: Sequence[Project], day: date, won: Decimal | None = None, available: Decimal | None = None
) -> tuple[Rate, ...]:
    """四比四提高: 争资占比率, 项目开工率, 资金支付率, 实物完成率.

    `won` of `available`: what this county won of all that the level above handed out, in one unit. The province's own
    definitions were not found in public; these denominators are stated and may be replaced."""
    due = [p for p in projects if p.should_begin and p.should_begin <= day]
    undated = sum(p.should_begin is None for p in projects)
    begun = _counted("项目开工率", due, lambda p: p.begun, day, "到今天应开工的项目")
    return (
        _rate("争资占比率", _exact(won), _exact(available), "上级同期下达的资金总额"),
        begun._replace(left_out=undated),
        _summed("资金支付率", projects, lambda p: p.paid, lambda p: p.granted, "已下达的资金"),
        _summed("实物完成率", projects, lambda p: p.invested, lambda p: p.planned, "年度计划投资"),
    )


def _counted(
    name: str, projects: Sequence[Project], happened: Callable[[Project], date | None], day: date, of: str
) -> Rate:
    done = sum(1 for p in projects if (on := happened(p)) is not None and on <= day)
    return _rate(name, Fraction(done), Fraction(len(projects)), of)


def _summed(name: str, projects: Sequence[Project], part: Amount, whole: Amount, of: str) -> Rate:
    """Over the projects of which both numbers are known; the others are counted as left out."""
    pairs = [(part(p), whole(p)) for p in projects]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    top, bottom = (sum((Fraction(pair[i]) for pair in known), Fraction(0)) for i in (0, 1))
    return _rate(name, top, bottom, of)._replace(left_out=len(pairs) - len(known))


def _exact(value: Decimal | None) -> Fraction:
    return Fraction(0) if value is None else Fraction(value)


def _rate(name: str, top: Fraction, bottom: Fraction, of: str) -> Rate:
    return Rate(name, top, bottom, top / bottom if bottom else None, of)


class Difference(NamedTuple):
    """Two books of one project that do not agree: which measure, which book says what."""

    project: str
    measure: str
    said: tuple[tuple[str, str], ...]
    sentence: str


def reconcile(
    books: dict[str, dict[str, dict[str, Decimal | None]]], tolerance: Decimal = Decimal(0)
) -> tuple[Difference, ...]:
    """双周对账: book (发改, 财政, 项目单位) → project → measure → value; every measure on which two books differ by more than the
    tolerance, or that one book has and another lacks. Books that do not carry a measure at all are not asked.

    >>> found = reconcile({"发改": {"甲": {"支付": Decimal(5)}}, "财政": {"甲": {"支付": Decimal(3)}}})
    >>> found[0].sentence
    '甲的支付：发改5、财政3，相差2。'
    """
    found = []
    names = sorted({name for book in books.values() for name in book})
    carries = {book: {m for row in rows.values() for m in row} for book, rows in books.items()}
    for name in names:
        for measure in sorted({m for rows in books.values() for m in rows.get(name, {})}):
            asked = [book for book in books if measure in carries[book]]
            said = [(book, books[book].get(name, {}).get(measure)) for book in asked]
            values = [Fraction(v) for _, v in said if v is not None]
            apart = max(values) - min(values) if values else Fraction(0)
            if apart > Fraction(tolerance) or (values and len(values) < len(said)):
                found.append(_difference(name, measure, said, apart))
    return tuple(found)


def _difference(
    name: str, measure: str, said: Sequence[tuple[str, Decimal | None]], apart: Fraction
) -> Difference:
    shown_ = tuple((book, "没有数" if v is None else shown(Fraction(v), 6)) for book, v in said)
    words = "、".join(f"{book}{value}" for book, value in shown_)
    tail = f"，相差{shown(apart, 6)}" if apart else ""
    return Difference(name, measure, shown_, f"{name}的{measure}：{words}{tail}。")
