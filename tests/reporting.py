"""A plan of 青禾县 in the ledger for tests of rounds: three tasks, two units, a leader's name, four indicators."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.periods import Period, parse, period_on
from luoshi.ledger.models import Action, Indicator, Plan, Task
from luoshi.org.models import Unit
from luoshi.reporting.models import Report, Round
from luoshi.reporting.queries.sheets import Line, head_signs, lines_of
from luoshi.reporting.services import filling, sending
from luoshi.reporting.services.opening import Asked, open_round
from tests.people import Member, government, unit

TASKS = (
    ("项目攻坚行动", "新开工亿元项目", "wang", ("li",), (("新开工项目", "new", "个", 20), ("固定资产投资增长", "growth", "%", 8))),
    ("项目攻坚行动", "建成公办幼儿园", "li", ("wang",), (("新增公办学位", "new", "个", 1200),)),
    ("产业提质行动", "培育规上企业", "wang", (), (("净增规上企业", "new", "家", 12),)),
)  # fmt: skip


@dataclass
class Ledger:
    """The plan, its tasks in order, and the two units."""

    plan: Plan
    tasks: list[Task]
    wang: Unit
    li: Unit

    def round(self, by: Actor, period: str = "2026年3月", days: int = 5, **asked: object) -> Round:
        """A round of the plan, due in `days`."""
        due = timezone.localdate() + dt.timedelta(days=days)
        return open_round(Asked(self.plan, parse(period), due, **asked), by=by)


def ledger(wang: Member, li: Member, plan_title: str = "青禾县高质量发展行动方案") -> Ledger:
    """Write the plan straight into the ledger: 王科长's unit leads two tasks, 小李's one, each supports another."""
    place = government()
    plan = Plan.objects.create(government=place, title=plan_title, state="adopted", created_by="刘主任")
    units = {"wang": Unit.objects.get(pk=wang.actor.unit_id), "li": Unit.objects.get(pk=li.actor.unit_id)}
    actions: dict[str, Action] = {}
    tasks, n = [], 0
    for order, (action, heading, lead, others, indicators) in enumerate(TASKS, 1):
        if action not in actions:
            actions[action] = Action.objects.create(
                plan=plan, name=action, order=order, quote=action, start=0, end=4
            )
        task = Task.objects.create(
            plan=plan, action=actions[action], order=order, form="prose", heading=heading, text=heading, quote=heading, start=0, end=4
        )  # fmt: skip
        for at, key in enumerate((lead, *others)):
            role = "support" if at else "lead"
            task.assignments.create(
                unit=units[key], role=role, accountable=not at, printed=units[key].full_name, order=at
            )
        for name, kind, measure, target in indicators:
            n += 1
            Indicator.objects.create(
                plan=plan, task=task, order=n, name=name, kind=kind, op=">=", value=target, unit=measure, quote=name, start=0, end=4
            )  # fmt: skip
        tasks.append(task)
    return Ledger(plan, tasks, units["wang"], units["li"])


def lines(round: Round, unit: Unit, actor: Actor) -> list[Line]:
    """The sheet of a unit as the page has it."""
    return lines_of(Report.objects.filter(round=round, unit=unit), actor, head_signs(actor.government_id))


def fill_all(round: Round, home: Unit, actor: Actor, value: str = "5", percent: str = "30") -> None:
    """Fill every row of a unit that may be filled, and send it."""
    for line in filter(lambda line: line.open, lines(round, home, actor)):
        said = line.shown
        said.words |= {"percent": percent, "done": "已按计划推进。"}
        for cell in line.cells:
            said.numbers[cell.figure.pk]["value"] = value
        filling.fill(line.report, said, line.report.version, by=actor)
    sending.submit(sending.ready(lines(round, home, actor), actor), by=actor)


def last_month(liu: Member, wang: Member, li: Member) -> Ledger:
    """Three tasks; in the round of last month, which is over, 王科长's unit reported, 小李's did not."""
    made, today = ledger(wang, li), timezone.localdate()
    type(made.plan).objects.filter(pk=made.plan.pk).update(year=today.year)
    made.plan.refresh_from_db()
    last = today.replace(day=1) - dt.timedelta(days=1)
    round = made.round(liu.actor, f"{last.year}年{last.month}月", days=5)
    fill_all(round, made.wang, wang.actor)
    Round.objects.filter(pk=round.pk).update(due=today - dt.timedelta(days=1))
    return made


def fields(html: str) -> dict[str, str]:
    """What the browser would send of the sheet's fields as they stand."""
    sent = {}
    for tag in re.findall(r"<input[^>]*form=\"sheet\"[^>]*>", html):
        said = dict(re.findall(r"([\w-]+)=\"([^\"]*)\"", tag))
        if said.get("type") != "checkbox" or " checked" in tag:
            sent[said["name"]] = said.get("value", "")
    for name, text in re.findall(r"<textarea[^>]*name=\"([^\"]+)\"[^>]*>([^<]*)</textarea>", html):
        sent[name] = text
    for name, inner in re.findall(r"<select[^>]*name=\"([^\"]+)\"[^>]*>(.*?)</select>", html, re.S):
        chosen = re.search(r"value=\"([^\"]*)\" selected", inner)
        sent[name] = chosen[1] if chosen else re.search(r"value=\"([^\"]*)\"", inner)[1]
    return sent


def month(n: int) -> Period:
    """A month of 2026."""
    return period_on("月", dt.date(2026, n, 1))


__all__ = ["Ledger", "fields", "fill_all", "last_month", "ledger", "lines", "month", "unit"]
