"""An invented county around a plan: every unit it names, a clerk and a head for each, an office; and the plan adopted."""

import re
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.post import DEFAULT_SCOPE
from luoshi.intake.models import DraftItem
from luoshi.intake.queries import items_of, live, name_lines
from luoshi.intake.reader import Received
from luoshi.intake.services.adopting import adopt
from luoshi.intake.services.editing import leave
from luoshi.intake.services.naming import choose
from luoshi.intake.services.receiving import receive
from luoshi.journal.moves import Refused
from luoshi.ledger.models import Plan
from luoshi.org.actors import actor_of
from luoshi.org.models import Account, Government, Person, Post, Unit
from luoshi.org.services import create_unit, set_members

PASSWORD = "luoshi2026"
OFFICE = "人民政府办公室"
COLLECTIVE = re.compile(r"^各|有关|相关|其他|成员单位")
TOWN = re.compile(r"(?:镇|乡|街道)(?:人民政府|办事处)?$")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = ("文", "明", "晓", "建", "丽", "志", "海", "红", "春", "平", "立", "新", "国", "秀", "永", "思")


@dataclass(frozen=True, slots=True)
class Place:
    """The county: its plan in the ledger, the office that acts, how many units and tasks; accounts to try."""

    government: Government
    plan: Plan
    office: Actor
    clerks: dict[int, Actor]
    units: int
    tasks: int
    office_login: str
    clerk_login: str


def settle(name: str, file_name: str, data: bytes) -> Place:
    """Build the county and adopt the plan. Raises Refused: the county is there already, the file cannot be read."""
    if Government.objects.filter(name=name).exists():
        raise Refused(f"“{name}”已经在这个数据目录里了，请换一个名称（--county），或换一个空的 LUOSHI_HOME。")
    government = Government.objects.create(name=name, level="county")
    password = make_password(PASSWORD)
    mark = f"d{government.pk}"
    unit = Unit.objects.create(government=government, full_name=f"{name}{OFFICE}", rank=0)
    office = _member(government, unit, f"{mark}office", ("office",), 0, password)
    try:
        plan = receive([Received(file_name, data)], office)
    except Refused:
        _undo(government)
        raise
    _name_units(plan, office)
    _adopt(plan, office)
    units = list(Unit.objects.filter(government=government).exclude(kind="collective").order_by("rank", "pk"))
    clerks = {}
    for number, one in enumerate(units):
        clerks[one.pk] = _member(government, one, f"{mark}u{number:03}", ("clerk",), 2 * number + 1, password)
        _member(government, one, f"{mark}h{number:03}", ("head",), 2 * number + 2, password)
    return Place(
        government, Plan.objects.get(pk=plan.pk), office, clerks, len(units), plan.tasks.count(), f"{mark}office", f"{mark}u001"
    )  # fmt: skip


def _undo(government: Government) -> None:
    """Leave nothing of a county whose plan cannot be read."""
    Account.objects.filter(person__government=government).delete()
    Person.objects.filter(government=government).delete()
    Unit.objects.filter(government=government).delete()
    government.delete()


def _member(
    government: Government, unit: Unit, login: str, posts: tuple[str, ...], number: int, password: str
) -> Actor:
    """Somebody with an account; the name comes from the number."""
    surname = SURNAMES[number % len(SURNAMES)]
    given = GIVEN[number // len(SURNAMES) % len(GIVEN)]
    person = Person.objects.create(government=government, name=f"{surname}{given}")
    for slug in posts:
        Post.objects.create(person=person, slug=slug, unit=unit, scope=DEFAULT_SCOPE[slug])
    return actor_of(Account.objects.create(username=login, password=password, person=person))


@transaction.atomic
def _name_units(plan: Plan, office: Actor) -> None:
    """A unit for every printed name that the register does not know; 各乡镇 and the like stand for the towns."""
    unknown = [line.name for line in name_lines(plan, items_of(plan)) if not line.match.settled]
    if not unknown:
        return
    named = {name: create_unit(name, by=office) for name in unknown if not COLLECTIVE.search(name)}
    towns = [unit for name, unit in named.items() if TOWN.search(name)]
    for name in unknown:
        if COLLECTIVE.search(name):
            named[name] = create_unit(name, by=office, collective=True)
            if towns and re.search("[镇乡]", name):
                set_members(named[name], towns, by=office)
    choose(plan, named, office, remember=False)


def _adopt(plan: Plan, office: Actor) -> None:
    """All questions are left to those who take the tasks."""
    asking: list[tuple[DraftItem, int]] = [(i, i.version) for i in live(items_of(plan)) if i.open_doubts]
    if asking:
        leave(asking, office)
    adopt(plan, office)
