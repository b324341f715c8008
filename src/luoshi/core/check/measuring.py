"""Whether a promise can be measured: tasks without number and date, dates that have passed, lie outside the plan or do not exist."""

from calendar import monthrange
from collections.abc import Iterator

from luoshi.core.check.findings import Finding
from luoshi.core.check.proof import Proof
from luoshi.core.pattern import pattern
from luoshi.core.plan.model import Task

_MEASURED = pattern(
    r"\d|百分之|[一二两三四五六七八九十百千]+(?:个|家|名|项|座|条|所|处|万|亿|场|次|户|人)|全覆盖|清零|破零|零发生|不发生"
)
_MARK = pattern(r"^\s*\(?\d+[).、]*")
_YEARS = pattern(r"(?P<first>20\d\d)(?:年)?[-—–~～至到](?P<last>20\d\d)年?")
_TERM = pattern(
    r"(?P<year>20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日|底|末|年底)?(?:之前|以前|前)(?!建|形|开工|的|已)"
)
_DAY = pattern(r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_MONTH = pattern(r"(?<!\d)(?P<month>1[3-9]|[2-9]\d|0)月(?:份|底|末|\d{1,2}日)")


def unmeasured_tasks(proof: Proof) -> Iterator[Finding]:
    """Tasks that name no number and no date; all of them are one finding."""
    vague = [t for t in proof.plan.tasks if not t.deadline and not _MEASURED.search(_said(proof, t))]
    if not vague:
        return
    start, end = proof.ranges[vague[0].span]
    count = f"{len(proof.plan.tasks)}项任务中有{len(vague)}项"
    message = f"{count}既没有数量也没有时限，无法判断做没做完，请补上可以核对的结果或完成时间。"
    others = tuple(proof.task(t) for t in vague[1:])
    yield proof.finding("no-measure", start, min(end, start + len(vague[0].quote)), message, others)


def _said(proof: Proof, task: Task) -> str:
    """The words of a task without the mark it begins with."""
    return _MARK.sub("", proof.words(task))


def deadlines(proof: Proof) -> Iterator[Finding]:
    """Deadlines before the paper's own date or its year, or after the last year it is for."""
    document = proof.plan.document
    if not document.year:
        return
    said = _YEARS.search(document.title or "")
    last = int(said["last"]) if said else document.year
    for task in proof.plan.tasks:
        due = task.deadline
        if not due:
            continue
        start, end = proof.ranges[task.span]
        place = start, min(end, start + len(task.quote))
        if len(due) == 10 and document.date and due < document.date:
            message = f"完成时限{due}早于成文日期{document.date}，一印发就逾期，请核对。"
            yield proof.finding("deadline-past", *place, message)
        elif int(due[:4]) > last:
            message = f"完成时限{due}超出了本方案的年度（{last}年），年内无法办结，请写明本年的阶段目标。"
            yield proof.finding("deadline-late", *place, message)


def last_year_deadlines(proof: Proof) -> Iterator[Finding]:
    """2025年9月底前 in a plan for 2026: last year's date was not changed."""
    year = proof.plan.document.year
    for task in proof.plan.tasks if year else ():
        start, end = proof.ranges[task.span]
        for m in _TERM.finditer(proof.text, start, end):
            if int(m["year"]) + 1 == year:
                message = f"“{m.group()}”早于本方案的年度（{year}年），像是沿用了上一年的时限，请核对年份。"
                yield proof.finding("deadline-past", m.start(), m.end(), message)


def impossible_dates(proof: Proof) -> Iterator[Finding]:
    """2月30日, 13月底."""
    year = proof.plan.document.year or 2024
    for m in _DAY.finditer(proof.text):
        month, day = int(m["month"]), int(m["day"])
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(int(m["year"] or year), month)[1]:
            yield proof.finding(
                "date-impossible", m.start(), m.end(), f"没有“{m.group()}”这一天，请核对日期。"
            )
    for m in _MONTH.finditer(proof.text):
        if not _DAY.match(proof.text, m.start()):
            yield proof.finding("date-impossible", m.start(), m.end(), f"没有“{m['month']}月”，请核对日期。")
