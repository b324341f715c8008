"""Papers of the demo county: last month's 月通报 issued, this month's 旬简报 and the 考核结果通报 of the third quarter being drafted,
one 督办函 waiting for its signature."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from luoshi.bulletins.forms import period_of
from luoshi.bulletins.gathering import gather
from luoshi.bulletins.models import Bulletin
from luoshi.bulletins.scores import try_out
from luoshi.bulletins.services import issuing, writing
from luoshi.bulletins.services.writing import Asked
from luoshi.core.flow.actor import Actor
from luoshi.core.writing.facts import Order
from luoshi.ledger.models import Plan
from luoshi.org.actors import actor_of
from luoshi.org.models import Account
from luoshi.org.queries.units import saying
from luoshi.ui.excel import single

POINTS = (97.5, 96.25, 95, 94.5, 93, 92.75, 91, 90.25, 89.5, 88, 86.5, 86.5)
DRAFTER, OFFICE, LEADER = "wenyining", "xuwenlan", "luhuaiyuan"


def load(county: str) -> Iterator[str]:
    """Write the papers when there are none yet; yields a line that says so."""
    plan = Plan.objects.filter(government__name=county, state="adopted").select_related("government").first()
    if plan is None or Bulletin.objects.filter(government=plan.government).exists():
        return
    today = timezone.localdate()
    last = today.replace(day=1) - dt.timedelta(days=1)
    with transaction.atomic():
        month = _start(plan, "month", last)
        issuing.review(month, _actor(OFFICE))
        issuing.sign(month, _actor(LEADER))
        issuing.give_number(month, issuing.series_of(month), 1, by=_actor(OFFICE))
        issuing.issue(month, by=_actor(OFFICE))
        _start(plan, "ten_days", today)
        _results(plan, last)
        letter = _letter(plan, today)
        if not letter.stops:
            issuing.review(letter, _actor(OFFICE))
    yield f"公文：{month.number}《{month.title}》已印发，另有旬简报、考核结果通报、督办函在办。"


def _actor(login: str) -> Actor:
    return actor_of(Account.objects.get(username=login))


def _start(plan: Plan, kind: str, as_of: dt.date, **more: object) -> Bulletin:
    asked = Asked(plan, kind, period_of(kind, as_of), as_of, **more)  # type: ignore[arg-type]
    return writing.start(asked, by=_actor(DRAFTER))


def _results(plan: Plan, last: dt.date) -> Bulletin:
    """From a score sheet as a county keeps one: departments and townships apart, the last two departments equal."""
    units = [unit.full_name for unit in plan.government.units.order_by("pk")]
    departments = [name for name in units if name.startswith(plan.government.name) and name.endswith("局")][
        :12
    ]
    towns = [name for name in units if name.endswith(("镇人民政府", "乡人民政府"))][:8]
    rows = [
        (name, group, POINTS[at], "优秀" if at < 2 else "良好", "")
        for group, names in (("县直部门组", departments), ("乡镇组", towns))
        for at, name in enumerate(names)
    ]
    head = tuple((word, 20) for word in ("单位", "组别", "得分", "等次", "备注"))
    data = single("得分表", f"{plan.government.name}前三季度考核得分表", head, rows)
    scored = try_out(data, "前三季度考核得分表.xlsx", {"优秀": 4}, plan.government.name, _actor(DRAFTER))
    approval = f"县长{last.month}月{last.day}日批准"
    asked = Asked(plan, "assessment", f"{last.year}年前三季度", last, approval=approval, scored=scored)
    return writing.start(asked, by=_actor(DRAFTER))


def _letter(plan: Plan, today: dt.date) -> Bulletin:
    """To the unit with the most that is late."""
    facts = gather(plan, "", today)
    late = [task.lead for task in facts.standing("lagging", "not_started") if task.lead]
    named = max(set(late or [facts.tasks[0].lead]), key=lambda name: (late.count(name), name))
    say = saying(plan.government)
    unit = next(unit for unit in plan.government.units.all() if say(unit) == named)
    due = today + dt.timedelta(days=15)
    order = Order(
        unit.full_name,
        "县政府常务会议关于抓好“八大行动”的要求",
        "查明原因，提出补救措施，明确责任人",
        f"{due.year}年{due.month}月{due.day}日",
        "",
        "县政府督查室",
    )
    return _start(
        plan, "urging", today, unit_id=unit.pk, unit_name=unit.full_name, to_governments=False, order=order
    )
