"""Projects of the demo county (invented): three batches, five fortnights of three books, one difference open, boards alive."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib.resources import files

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import Task
from luoshi.org.actors import actor_of
from luoshi.org.models import Account, Post, Unit
from luoshi.projects.models import Bid, Board, Entry, ListRules, Project, Reconciliation, Showing
from luoshi.projects.models.projects import DAYS, KINDS
from luoshi.projects.queries.books import Line, matching
from luoshi.projects.services import contesting, listing, reconciling
from luoshi.projects.services.contesting import Grouped, Stated
from luoshi.projects.services.reconciling import Typed

OFFICE = "xuwenlan"
PLANNING, FINANCE = "青禾县发展和改革局", "青禾县财政局"
FORTNIGHTS = 5
LATE_OWNERS = ("青禾县住房和城乡建设局",)
"""Whose fortnight is still to be filled in when the demo opens; 发改 (the newcomer's own unit) has not begun either."""
APART = {("县城第二水厂", "paid"): Decimal(120), ("禾丰粮油精深加工园", "invested"): Decimal(-260)}
"""Where 财政 and 发改 say something else than the owner in the fortnights named below."""
SALES = {
    "石桥镇人民政府": ("412.5", "655.0"), "云台镇人民政府": ("388.2", "702.4"), "柳河镇人民政府": ("205.0", "318.6"), "南塘镇人民政府": ("240.8", "318.6"),
    "白沙镇人民政府": ("96.4", "188.0"), "大坪镇人民政府": ("120.1", "164.2"), "双溪乡人民政府": ("58.0", "91.5"), "桐岭乡人民政府": ("", ""),
}  # fmt: skip
DATA = files("luoshi.demo_county")


def load(county: str) -> Iterator[str]:
    """List the projects once, and let their books and boards live; yields a line to print."""
    if Project.objects.filter(government__name=county).exists():
        return
    with transaction.atomic():
        rows = {
            row["name"]: row
            for row in csv.DictReader((DATA / "projects.csv").read_text("utf-8").splitlines())
        }
        office = _actor(OFFICE)
        units = {unit.full_name: unit for unit in Unit.objects.filter(government__name=county, valid_to=None)}
        for row in rows.values():
            _project(row, units, county, office)
        listing.set_rules(
            ListRules(
                planning_unit=units[PLANNING],
                finance_unit=units[FINANCE],
                rhythm="双周",
                tolerance=Decimal(1),
            ),
            by=office,
        )
        _books(rows, office)
        _bids(office)
        _boards(units, office)
    yield f"{county}的项目：{len(rows)}个，对账{FORTNIGHTS}期，大比拼{Board.objects.filter(government__name=county).count()}榜。"


def _actor(username: str) -> Actor:
    return actor_of(Account.objects.get(username=username))


def _ago(days: str) -> dt.date | None:
    return timezone.localdate() - dt.timedelta(days=int(days)) if days else None


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _project(row: dict[str, str], units: dict[str, Unit], county: str, office: Actor) -> None:
    """One project with the days that have come; linked to the task of the plan that names its unit and speaks of projects."""
    task = Task.objects.filter(
        plan__government__name=county, list_kind="project", units=units[row["unit"]]
    ).first()
    kinds = {label: slug for slug, label in KINDS.items()}
    draft = listing.Draft(
        row["name"], units[row["unit"]], kinds[row["kind"]], row["batch"], "", row["developer"], units[row["town"]], row["place"], task,
        *(_amount(row[name]) for name in ("total", "year_plan", "contract", "asked")), row["grant"] != "0",
        *(_ago(row[name]) for name in ("should_begin", "should_finish", "should_produce")),
    )  # fmt: skip
    project = listing.take_on(draft, by=office)
    for verb, name in DAYS.items():
        if verb == "sign" and not row["signed"]:
            continue
        if day := _ago(row[name]):
            listing.lead_on(project, verb, day, by=office)
    parts = [part.split(":") for part in row["milestones"].split(";") if part]
    marks = [
        listing.MilestoneDraft(part[0], _ago(part[1]), _ago(part[2]) if len(part) > 2 else None)
        for part in parts
    ]
    listing.set_milestones(project, marks, by=office)
    if project.state == "producing":  # it was finished before the first of these fortnights
        day = project.producing or timezone.localdate()
        Entry.objects.create(
            project=project, book="list", invested=project.year_plan, stage=row["stages"], person_id=office.person_id, person_name=office.name, at=_moment(day)
        )  # fmt: skip


def _books(rows: dict[str, dict[str, str]], office: Actor) -> None:
    """Five fortnights: four closed, the last open. Each book by the people whose it is."""
    today = timezone.localdate()
    clerks = {post.unit_id: post.person.account for post in Post.objects.filter(slug__in=("head", "clerk"), person__account__isnull=False).select_related("person__account").order_by("-slug")}  # fmt: skip
    for n in range(FORTNIGHTS):
        back = FORTNIGHTS - 1 - n
        day = today - dt.timedelta(days=14 * back + 10)  # the last fortnight that is nearly over
        _, until = reconciling.period_for("双周", day)
        found = reconciling.open_books(day, reconciling.proposed_due(until), by=office)
        told = min(until, today) - dt.timedelta(days=2 if back else 0)
        lines = list(
            Project.objects.filter(government_id=office.government_id).asked().select_related("unit")
        )
        _fill(found, n, lines, rows, clerks)
        _date(found, told)
        if back:
            _settle(found, n, office)
            reconciling.close(found, by=office)
            closed = _moment(min(until + dt.timedelta(days=3), today))
            Reconciliation.objects.filter(pk=found.pk).update(
                opened_at=_moment(found.since), closed_at=closed
            )
            found.settlements.update(at=closed)


def _fill(found: Reconciliation, n: int, projects: list[Project], rows: dict[str, dict[str, str]], clerks: dict[int, Account]) -> None:  # fmt: skip
    last = n == FORTNIGHTS - 1
    for unit_id in sorted({p.unit_id for p in projects}):
        own = [p for p in projects if p.unit_id == unit_id]
        if unit_id in clerks and not (last and own[0].unit.full_name in LATE_OWNERS):
            by = _seated(clerks[unit_id], unit_id)
            reconciling.fill(found, "owner", [_said(p, "owner", n, rows[p.name]) for p in own], by=by)
    assert found.finance_unit
    assert found.planning_unit
    reconciling.fill(
        found, "finance", [_said(p, "finance", n, rows[p.name]) for p in projects if p.asks("finance")],
        by=_seated(clerks[found.finance_unit.pk], found.finance_unit.pk),
    )  # fmt: skip
    if not last:
        chosen = [_said(p, "planning", n, rows[p.name]) for p in projects if p.asks("planning")]
        reconciling.fill(
            found, "planning", chosen, by=_seated(clerks[found.planning_unit.pk], found.planning_unit.pk)
        )


def _seated(account: Account, unit_id: int) -> Actor:
    """Somebody at the desk of this unit (one clerk serves two)."""
    account = Account.objects.get(pk=account.pk)
    account.seat = f"own-{unit_id}"
    return actor_of(account)


def _said(project: Project, book: str, n: int, row: dict[str, str]) -> tuple[Line, Typed]:
    """What a book says of a project in the n-th fortnight: growing towards its pace, with a difference where one is wanted."""
    pace = Decimal(row["pace"] or 0) / 100 * (Decimal(80 + 5 * n) / 100)
    grant, contract = Decimal(row["grant"]), Decimal(row["contract"] or 0)
    known = {
        "invested": (project.year_plan or Decimal(0)) * pace if project.begun else Decimal(0),
        "granted": grant,
        "arrived": grant * min(Decimal(1), pace + Decimal("0.15"))
        if grant
        else contract * pace * Decimal("0.5"),
    }
    known["paid"] = grant * pace * Decimal("0.9") if grant else Decimal(0)
    values: dict[str, Decimal | None] = {m: known[m].quantize(Decimal("0.1")) for m in project.asks(book)}
    for (name, measure), apart in APART.items():
        other = {"paid": "finance", "invested": "planning"}[measure]
        when = range(FORTNIGHTS - 1, FORTNIGHTS) if measure == "paid" else range(1, 2)
        value = values.get(measure)
        if name == project.name and book == other and n in when and value is not None:
            values[measure] = value - apart
    stages = row["stages"].split("|")
    stage = (stages[-1] if n == FORTNIGHTS - 1 else stages[0]) if book == "owner" else ""
    return Line(project, book, None, None), Typed(values, stage, "", False)


def _settle(found: Reconciliation, n: int, office: Actor) -> None:
    for gap in matching(found).open:
        words = "入库比实际晚一期，下期补入，以项目单位的数为准。"
        reconciling.settle(found, gap, "owner", words, by=office)


def _moment(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(16, 20)))


def _date(found: Reconciliation, day: dt.date) -> None:
    """Entries of a past fortnight were made in it."""
    if day < timezone.localdate():
        Entry.objects.filter(reconciliation=found).update(at=_moment(day))


def _bids(office: Actor) -> None:
    today = timezone.localdate()
    for ago, won, available in ((75, "21800", "268000"), (12, "29400", "335000")):
        day = today - dt.timedelta(days=ago)
        made = listing.put_bid(day, Decimal(won), Decimal(available), "市财政局资金下达文件汇总", by=office)
        Bid.objects.filter(pk=made.pk).update(at=_moment(day))


def _boards(units: dict[str, Unit], office: Actor) -> None:
    today = timezone.localdate()
    first, last = today - dt.timedelta(days=330), today + dt.timedelta(days=32)
    towns = list(SALES)
    groups = [
        Grouped("乡镇一组", tuple(units[t] for t in towns[:4])),
        Grouped("乡镇二组", tuple(units[t] for t in towns[4:])),
    ]
    offices = ("商务局", "科技和工业信息化局", "农业农村局", "文化旅游广电体育局", "发展和改革局")
    direct = [Grouped("县直单位", tuple(units[f"青禾县{name}"] for name in offices))]
    minutes, sales = "县政府第11次常务会议纪要", "促消费活动工作方案"
    make: Callable[..., contesting.Draft] = contesting.Draft
    drafts = (
        make("项目建设大比拼", "building", "town", first, last, [Stated("done", minutes), Stated("due", minutes), Stated("producing", minutes)], groups),
        make("招商引资大比拼", "investment", "unit", first, last, [Stated("contract", minutes), Stated("arrived", minutes)], direct),
        make("促销活动大比拼", "sales", "town", first, last, [Stated("entered", sales, "活动销售额", "活动期间参展商户销售额合计", "万元", 1)], groups),
    )  # fmt: skip
    for draft in drafts:
        made = contesting.set_up(draft, by=office)
        contesting.step(made, "publish", by=office)
    for measure in made.measures.all():
        for n in (0, 1):
            for name, values in SALES.items():
                absent = "" if values[n] else "本期没有办活动"
                contesting.enter(measure, units[name], _amount(values[n]), absent, by=office)
            if n == 0:
                Showing.objects.filter(measure=measure).update(at=_moment(today - dt.timedelta(days=20)))
