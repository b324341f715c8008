"""Facts and a template into a draft, a draft and its particulars into a paper."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from luoshi.core.writing.draft import Draft
from luoshi.core.writing.facts import (
    Blocker,
    Decision,
    Facts,
    IndicatorFact,
    Meeting,
    Order,
    Score,
    ScoreSheet,
    TaskFact,
)
from luoshi.core.writing.kinds import KINDS
from luoshi.core.writing.listings import TABLES, listings
from luoshi.core.writing.names import names
from luoshi.core.writing.paper import Imprint, OfficialPaper
from luoshi.core.writing.template import Names, Template, TemplateError

SAMPLE = Facts(
    "县",
    "方案",
    "时期",
    date(2026, 1, 1),
    2026,
    tasks=(
        TaskFact("task:1", "1", "行动", "任务", "lagging", "单位", progress="进展"),
        TaskFact("task:2", "2", "行动", "任务", "done", "另一单位", progress="进展"),
    ),
    indicators=(IndicatorFact("indicator:1", "指标", state="lagging"),),
    blockers=(Blocker("blocker:1", "事项"),),
    decisions=(Decision("decision:1", "事项"),),
    scores=(
        Score("score:1", "单位", "组", Decimal(2), 1, "说明", "优秀"),
        Score("score:2", "另一单位", "组", Decimal(1), 2),
        Score("score:3", "单位", "另一组", Decimal(1), 1),
    ),
    next_steps=("打算",),
    meeting=Meeting(),
    order=Order(),
    sheet=ScoreSheet("得分表.xlsx"),
)
"""One of everything, against which the names in a template are checked."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a paper has besides its words: head, number, receivers, signature, imprint."""

    mark: str
    number: str = ""
    to: str = ""
    signer: str = ""
    urgency: str = ""
    signature: str = ""
    dated: date | None = None
    sealed: bool = True
    note: str = ""
    compiler: str = ""
    copies: tuple[str, ...] = ()
    printer: str = ""
    print_run: int = 0
    overleaf: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept."""
        held = asdict(self)
        return {**held, "dated": self.dated.isoformat() if self.dated else None, "copies": list(self.copies)}

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> Self:
        """Back from what `as_json` gave."""
        dated = date.fromisoformat(held["dated"]) if held["dated"] else None
        return cls(**{**held, "dated": dated, "copies": tuple(held["copies"])})


def check_template(text: str) -> None:
    """Raise TemplateError when a template has a mistake of form or names what does not exist."""
    template = Template(text.partition("\n")[2] if text.startswith("标题：") else text)
    template.check(names(SAMPLE), TABLES)


def draft(slug: str, facts: Facts, template: str = "") -> Draft:
    """The first draft of a paper. The first line of a template, 标题：…, words its title. Raises TemplateError."""
    text = template or KINDS[slug].template
    known, tables = names(facts), listings(facts)
    title = KINDS[slug].name
    first, _, rest = text.partition("\n")
    if first.startswith("标题："):
        title, text = _title(first.removeprefix("标题："), known), rest
    parts, attachments = Template(text).write(known, tables)
    return Draft(slug, title, parts, attachments)


def _title(line: str, known: Names) -> str:
    parts, attachments = Template(line).write(known, {})
    words = [part.text for part in parts if hasattr(part, "text")]
    if len(words) != 1 or attachments:
        raise TemplateError("模板第1行的标题应是一行文字，请写成“标题：…”。")
    return words[0].strip()


def paper(it: Draft, facts: Facts, given: Particulars) -> OfficialPaper:
    """The paper as it will be laid out."""
    layout = KINDS[it.kind].layout
    meeting = facts.meeting
    present = (("出席", meeting.present), ("请假", meeting.absent), ("列席", meeting.attending))
    imprint = Imprint(given.copies, given.printer, given.dated, given.print_run, given.overleaf)
    return OfficialPaper(
        layout,
        given.mark,
        given.number,
        it.title,
        it.blocks(),
        to=given.to if layout in ("file", "letter") else "",
        signer=given.signer,
        urgency=given.urgency,
        annexes=it.annexes(),
        signature=given.signature,
        dated=given.dated,
        sealed=given.sealed,
        note=given.note,
        present=tuple(row for row in present if row[1]) if layout == "minutes" else (),
        compiler=given.compiler,
        imprint=imprint if given.copies or given.printer else None,
    )
