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


class Part(NamedTuple):
    """What one project adds to a rate; `why` says why it is left out, "" for one that is counted."""

    project: Project
    top: Fraction
    bottom: Fraction
    why: str = ""


Amount = Callable[[Project], Decimal | None]
SIGNED_ALL = "签约批次累计的全部签约项目，不是当年签约数"
FOUR_RATES = {"registered": "履约率", "begun": "开工率", "producing": "投产率", "arrived": "资金到位率"}
FOUR_RATIOS = {"won": "争资占比率", "due": "项目开工率", "paid": "资金支付率", "done": "实物完成率"}
OF = {
    "registered": SIGNED_ALL,
    "begun": SIGNED_ALL,
    "producing": SIGNED_ALL,
    "arrived": "签约项目的合同引资额",
    "won": "上级同期下达的资金总额",
    "due": "到今天应开工的项目",
    "paid": "已下达的资金",
    "done": "年度计划投资",
}
_AMOUNTS: dict[str, tuple[Amount, str, Amount, str]] = {
    "arrived": (lambda p: p.arrived, "到位资金", lambda p: p.contract, "合同引资额"),
    "paid": (lambda p: p.paid, "已支付资金", lambda p: p.granted, "下达资金"),
    "done": (lambda p: p.invested, "累计完成投资", lambda p: p.planned, "年度计划投资"),
}


def signed_by(projects: Iterable[Project], day: date, batches: Sequence[str] = ()) -> list[Project]:
    """What was signed up to `day`, of all batches or of those named."""
    return [p for p in projects if p.signed and p.signed <= day and (not batches or p.batch in batches)]


def four_rates(projects: Iterable[Project], day: date, batches: Sequence[str] = ()) -> tuple[Rate, ...]:
    """履约率, 开工率, 投产率, 资金到位率 of what was signed up to `day`, of all batches or of those named.

    >>> one, two = Project("甲", signed=date(2024, 1, 5), begun=date(2024, 5, 1)), Project("乙", signed=date(2024, 2, 1))
    >>> four_rates([one, two], date(2024, 6, 30))[1].sentence
    '开工率 = 1 ÷ 2（签约批次累计的全部签约项目，不是当年签约数）= 50%。'
    """
    signed = signed_by(projects, day, batches)
    return tuple(_of_parts(slug, name, parts(slug, signed, day)) for slug, name in FOUR_RATES.items())


def four_ratios(
    projects: Sequence[Project], day: date, won: Decimal | None = None, available: Decimal | None = None
) -> tuple[Rate, ...]:
    """四比四提高: 争资占比率, 项目开工率, 资金支付率, 实物完成率.

    `won` of `available`: what this county won of all that the level above handed out, in one unit. The province's own
    definitions were not found in public; these denominators are stated and may be replaced."""
    share = _rate(FOUR_RATIOS["won"], _exact(won), _exact(available), OF["won"])
    others = (
        _of_parts(slug, FOUR_RATIOS[slug], parts(slug, projects, day)) for slug in ("due", "paid", "done")
    )
    return (share, *others)


def parts(slug: str, projects: Iterable[Project], day: date) -> tuple[Part, ...]:
    """The projects behind a rate, one a project that belongs to it: counted with what it adds above and below, or left out with
    the reason. Of the four rates give only what is signed. ValueError for a slug that has no projects behind it.

    >>> [p.why for p in parts("done", [Project("甲", planned=Decimal(5))], date(2024, 6, 30))]
    ['没有累计完成投资']
    """
    if slug in _AMOUNTS:
        return tuple(_amounts(project, *_AMOUNTS[slug]) for project in projects)
    if slug in ("registered", "begun", "producing"):
        days = (
            (p, p.registered if slug == "registered" else p.begun if slug == "begun" else p.producing)
            for p in projects
        )
        return tuple(Part(p, Fraction(on is not None and on <= day), Fraction(1)) for p, on in days)
    if slug == "due":
        found = (_due(project, day) for project in projects)
        return tuple(part for part in found if part)
    raise ValueError(f"{slug} has no projects behind it")


def _due(project: Project, day: date) -> Part | None:
    """Of what should have begun by the day, whether it has; None for what is not due yet."""
    if project.should_begin is None:
        return Part(project, Fraction(0), Fraction(0), "没有计划开工日期")
    if project.should_begin > day:
        return None
    return Part(project, Fraction(project.begun is not None and project.begun <= day), Fraction(1))


def _amounts(project: Project, part: Amount, part_name: str, whole: Amount, whole_name: str) -> Part:
    """Of a project of which both numbers are known; else it is left out."""
    top, bottom = part(project), whole(project)
    lacking = [name for value, name in ((top, part_name), (bottom, whole_name)) if value is None]
    if lacking:
        return Part(project, Fraction(0), Fraction(0), f"没有{'、'.join(lacking)}")
    return Part(project, _exact(top), _exact(bottom))


def _of_parts(slug: str, name: str, found: Iterable[Part]) -> Rate:
    listed = list(found)
    counted = [part for part in listed if not part.why]
    top = sum((part.top for part in counted), Fraction(0))
    bottom = sum((part.bottom for part in counted), Fraction(0))
    return _rate(name, top, bottom, OF[slug])._replace(left_out=sum(bool(part.why) for part in listed))


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
