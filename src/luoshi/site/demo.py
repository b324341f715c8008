"""The demo county 青禾县 (all of it invented): units, people with accounts, two plans. Loaded once."""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import POSTS, Actor
from luoshi.core.flow.plan import PLAN
from luoshi.intake.queries import items_of, live, name_lines
from luoshi.intake.reader import Received
from luoshi.intake.services.adopting import adopt
from luoshi.intake.services.editing import leave
from luoshi.intake.services.naming import choose
from luoshi.intake.services.receiving import receive
from luoshi.journal.moves import Refused
from luoshi.ledger.models import Plan
from luoshi.org.actors import actor_of
from luoshi.org.models import Account, Government, Person, Post, Succession, Unit, UnitName
from luoshi.org.services import create_unit
from luoshi.org.services.delegations import delegate
from luoshi.reporting.models import Round
from luoshi.site import (
    demo_board,
    demo_calendar,
    demo_ledger,
    demo_meetings,
    demo_orders,
    demo_papers,
    demo_projects,
    demo_reminders,
)
from luoshi.site.seeded_county import Place
from luoshi.site.seeded_year import report

COUNTY, CITY, PROVINCE = "青禾县", "云岭市", "江口省"
PASSWORD = "qinghe2026"
ADOPTED = "总体方案"
MONTHS, SEED = 10, 1
TRIED = "sujian"  # the clerk a newcomer logs in as: the open round is not filled in yet
COVERS = {"全县": "government", "本单位及下属单位": "subtree", "本单位": "unit", "系统": "system"}
AWAY = ("moxiaolan", "youjia")
SHOWN = ("office", "head", "clerk", "leader", "system_admin", "security_admin", "auditor")
DATA = files("luoshi.demo_county")
KINDS = {label: slug for slug, label in Unit.KINDS} | {"集合称谓": "collective"}


def load() -> Iterator[str]:
    """Load what is not there yet; yields lines to print: the accounts to log in with, and what was loaded."""
    if not Government.objects.filter(name=COUNTY).exists():
        with transaction.atomic():
            county = _county()
            _units(county)
            _people(county)
        yield f"已装入演示县{COUNTY}（内容均为虚构）。"
    if not Plan.objects.filter(government__name=COUNTY).exists():
        yield from _plans()
    yield from demo_ledger.load(COUNTY, _office())
    yield from _rounds()
    yield from demo_calendar.load(COUNTY, _office())
    yield from demo_orders.load(COUNTY)
    yield from demo_meetings.load(COUNTY)
    yield from demo_papers.load(COUNTY)
    yield from demo_projects.load(COUNTY)
    yield from demo_board.load(COUNTY)
    yield from demo_reminders.load(COUNTY)
    yield "演示账号（仅供演示，密码都是 " + PASSWORD + "）："
    yield from _accounts()


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text("utf-8").splitlines()))


def _parts(text: str) -> list[str]:
    return [part for part in text.split(";") if part]


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _county() -> Government:
    province, _ = Government.objects.get_or_create(name=PROVINCE, defaults={"level": "province"})
    city, _ = Government.objects.get_or_create(name=CITY, defaults={"level": "city", "parent": province})
    return Government.objects.create(name=COUNTY, level="county", parent=city)


def _units(county: Government) -> None:
    rows = _rows("units.csv")
    units = [
        Unit(
            government=county,
            full_name=row["name"],
            kind=KINDS[row["kind"]],
            rank=rank,
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
        )
        for rank, row in enumerate(rows, 1)
    ]
    Unit.objects.bulk_create(units)
    by_name = {unit.full_name: unit for unit in units}
    names = [name for unit, row in zip(units, rows, strict=True) for name in _names(unit, row, by_name)]
    UnitName.objects.bulk_create(names)
    by_name |= {name.name: name.unit for name in names if name.kind in ("short", "full")}
    for unit, row in zip(units, rows, strict=True):
        if row["members"]:
            unit.members.set([_named(by_name, name) for name in _parts(row["members"])])
        if row["parent"]:
            unit.parent = by_name[row["parent"]]
            unit.save()
        if row["successor"]:
            Succession.objects.create(before=unit, after=by_name[row["successor"]], day=_day(row["valid_to"]))


def _names(unit: Unit, row: dict[str, str], by_name: dict[str, Unit]) -> Iterator[UnitName]:
    """What a unit answers to besides its full name; the names of one that is gone go to whoever carries on."""
    for column, kind in (("short_names", "short"), ("second_name", "full")):
        for name in _parts(row[column]):
            yield UnitName(unit=unit, name=name, kind=kind)
    if row["former"]:
        name, day = row["former"].split("@")
        yield UnitName(unit=unit, name=name, kind="former", valid_from=_day(day))
    if row["successor"]:
        for name in (row["name"], *_parts(row["short_names"])):
            heir = by_name[row["successor"]]
            yield UnitName(unit=heir, name=name, kind="taken", valid_from=_day(row["valid_to"]))


def _named(by_name: dict[str, Unit], name: str) -> Unit:
    """A member as listed; towns stand there by their place alone (石桥镇 for 石桥镇人民政府)."""
    if name in by_name:
        return by_name[name]
    return next(unit for full, unit in by_name.items() if full.startswith(name))


def _people(county: Government) -> None:
    """People with their posts and accounts; one of them is away, and lets another act."""
    units = {unit.full_name: unit for unit in county.units.all()}
    password = make_password(PASSWORD)
    people: dict[str, Person] = {}
    for row in _rows("people.csv"):
        if row["login"] not in people:
            people[row["login"]] = Person.objects.create(name=row["name"], government=county)
            Account.objects.create(username=row["login"], password=password, person=people[row["login"]])
        scope = COVERS.get(row["scope"], "actions")
        Post.objects.create(
            person=people[row["login"]],
            slug=row["post"],
            title=row["title"],
            unit=units[row["unit"]],
            scope=scope,
            covers=_parts(row["scope"]) if scope == "actions" else [],
            valid_from=_day(row["valid_from"]),
        )
    away, acting = people[AWAY[0]], people[AWAY[1]]
    today = timezone.localdate()
    last = today + dt.timedelta(days=10)
    delegate(away.posts.get(), acting, today, last, by=actor_of(away.account), reason="外出培训")


def _office() -> Actor:
    account = Account.objects.filter(person__government__name=COUNTY, person__posts__slug="office").order_by(
        "pk"
    )
    return actor_of(account[0])


def _plans() -> Iterator[str]:
    """Read the county's plans; the overall one is adopted (its questions left to those who take the tasks), the
    others wait for a check."""
    office = _office()
    for file in sorted(DATA.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".docx"):
            continue
        plan = receive([Received(file.name, file.read_bytes())], office)
        if ADOPTED in file.name:
            try:
                _adopt(plan, office)
            except Refused as reason:
                yield f"《{plan.title}》没有自动建账：{reason.sentence}"
        yield f"《{plan.title}》：{PLAN.label(plan.state)}。"


def _rounds() -> Iterator[str]:
    """Months of believable reports for the adopted plan, the last round still open."""
    plan = Plan.objects.filter(government__name=COUNTY, state="adopted").first()
    if plan is None or Round.objects.filter(plan=plan).exists():
        return
    office = _office()
    clerks = defaultdict(lambda: office)  # a unit without a clerk of its own is reported for by the office
    for account in Account.objects.filter(person__government=plan.government, person__posts__slug="clerk"):
        actor = actor_of(account)
        clerks[actor.unit_id] = actor
    tried = Post.objects.filter(person__account__username=TRIED).values_list("unit", flat=True)
    place = Place(plan.government, plan, office, clerks, len(clerks), plan.tasks.count(), "", "")
    yield from report(place, "月", MONTHS, None, SEED, left=tried)


@transaction.atomic
def _adopt(plan: Plan, office: Actor) -> None:
    """What the register of this county does not know are collective names; their members are still to be filled in."""
    items = items_of(plan)
    unknown = [line.name for line in name_lines(plan, items) if not line.match.settled]
    if unknown:
        choose(plan, {name: create_unit(name, by=office, collective=True) for name in unknown}, office)
    asking = [(item, item.version) for item in live(items) if item.open_doubts]
    if asking:
        leave(asking, office)
    adopt(plan, office)


def _accounts() -> Iterator[str]:
    for slug in SHOWN:
        account = Account.objects.filter(person__government__name=COUNTY, person__posts__slug=slug).first()
        if account:
            yield f"  {account.username:<14}{account.person.name}　{POSTS[slug]}"
