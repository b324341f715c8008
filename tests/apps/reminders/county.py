"""A seeded county with something of everything waiting: rounds, orders in every state, milestones, people of every post."""

import datetime as dt
from random import Random

from django.utils import timezone

from luoshi.core.flow.decision import DECISION
from luoshi.core.flow.meeting import MEETING
from luoshi.core.flow.milestone import MILESTONE
from luoshi.core.flow.order import ORDER
from luoshi.core.flow.post import DEFAULT_SCOPE
from luoshi.dispatch.models import Duty, Rhythm
from luoshi.ledger.models import Action, Mechanism, Milestone, Task
from luoshi.meetings.models import Decision, Meeting
from luoshi.org.models import Account, Delegation, Government, Person, Post, Unit
from luoshi.projects.models import Entry, Project, Reconciliation
from luoshi.reporting.models import Report, Round
from luoshi.site.seeded_county import Place, settle
from luoshi.site.seeded_year import report
from luoshi.supervision.models import Conclusion, Extension, Order, Review, Share

PLAN = """青禾县2026年重点工作实施方案
一、主要任务
(一)项目攻坚行动
1.抓好项目建设。全年新开工亿元以上项目20个，固定资产投资增长8%以上。(县发展和改革局牵头，县财政局、县自然资源局配合)
2.建设公办学校。新增公办学位1200个，完成学校改造6所。(县教育局牵头，县住房和城乡建设局、县发展和改革局配合)
(二)乡村振兴行动
3.整治农村环境。完成改厕2000户，建成美丽村庄12个。(县农业农村局牵头，各乡镇人民政府、石桥镇人民政府、柳河镇人民政府配合)
4.修复农村水利。完成山塘清淤30座。(县水利局牵头，县农业农村局配合)
""".encode()


def settled(rounds: int = 2, until: dt.date | None = None) -> Place:
    """The county with some months of reports, the last round open."""
    place = settle("测试县", "方案.txt", PLAN)
    list(report(place, "月", rounds, until or timezone.localdate(), 1))
    return place


def member(place: Government, name: str, unit: Unit | None, *posts: tuple[str, str, list[str]]) -> Person:
    """Somebody with an account and posts (slug, scope, actions)."""
    person = Person.objects.create(government=place, name=name)
    for slug, scope, covers in posts:
        Post.objects.create(
            person=person, slug=slug, unit=unit, scope=scope or DEFAULT_SCOPE[slug], covers=covers
        )
    Account.objects.create(username=f"t{person.pk}", password="x", person=person)
    return person


def peopled(place: Place) -> dict[str, Person]:
    """Every other post, at odd desks: a parent unit's head, two desks, a force office, somebody acting for another."""
    gov = place.government
    units = list(Unit.objects.filter(government=gov, valid_to=None).exclude(kind="collective").order_by("pk"))
    actions = sorted({name for name in Task.objects.filter(plan=place.plan).values_list("action__name", flat=True) if name})  # fmt: skip
    Unit.objects.filter(pk__in=[u.pk for u in units[3:5]]).update(parent=units[2])
    Unit.objects.filter(pk=units[5].pk).update(parent=units[4])
    found = {
        "force": member(gov, "田专班", units[1], ("force_office", "actions", actions[:1])),
        "force2": member(
            gov, "田联络", units[2], ("force_office", "actions", actions[1:]), ("clerk", "unit", [])
        ),
        "leader": member(gov, "县长", units[0], ("leader", "government", [])),
        "leader2": member(gov, "副县长", units[0], ("leader", "actions", actions[:1])),
        "inspector": member(gov, "督查", units[0], ("inspector", "", [])),
        "assessor": member(gov, "考核", units[0], ("assessor", "", [])),
        "parent": member(gov, "上级局长", units[2], ("head", "subtree", [])),
        "both": member(gov, "兼任", units[1], ("head", "unit", []), ("clerk", "unit", [])),
        "officeclerk": member(gov, "办公室联络员", units[0], ("office", "", []), ("clerk", "unit", [])),
        "admin": member(gov, "管理员", units[0], ("system_admin", "", [])),
        "idle": member(gov, "无岗位", None),
    }
    Post.objects.create(person=found["both"], slug="clerk", unit=units[3], scope="unit")
    today = timezone.localdate()
    for post, who in (
        (Post.objects.filter(unit=units[1], slug="clerk").first(), "idle"),
        (found["leader"].posts.get(), "assessor"),
    ):
        Delegation.objects.create(
            post=post, delegate=found[who], reason="出差", valid_from=today, valid_to=today + dt.timedelta(days=5)
        )  # fmt: skip
    return found


def laden(place: Place, seed: int) -> None:
    """Orders in every state with what can hang on them, milestones, reports in every state, a sheet opened again."""
    random, today = Random(seed), timezone.localdate()
    gov = place.government
    units = list(Unit.objects.filter(government=gov, valid_to=None).exclude(kind="collective").order_by("pk"))
    tasks = list(Task.objects.filter(plan=place.plan))
    people = list(Person.objects.filter(government=gov))
    for n, state in enumerate([*ORDER.states, *ORDER.states, *ORDER.states]):
        order = Order.objects.create(
            government=gov, year=today.year, count=Order.objects.count() + 1, title=f"事项{n}", matter="x", state=state, unit=random.choice(units),
            task=random.choice([None, *tasks]), drafter=random.choice(people), type=random.choice(("daily", "special")),
            origin=random.choice(("inspection", "instruction")), leader=random.choice(("", "县长", "副县长")),
            deadline=random.choice((None, today + dt.timedelta(days=random.randint(-9, 9)))), sent_on=today,
        )  # fmt: skip
        for unit in random.sample(units, 2):
            if unit != order.unit:
                Share.objects.create(
                    order=order, unit=unit, state=random.choice(("waiting", "given", "taken", "returned"))
                )
        written = {"person": people[0], "person_name": "甲"}
        if random.random() < 0.4:
            Extension.objects.create(order=order, unit=order.unit, wanted=today, reason="x", **written)
        if random.random() < 0.3:
            ending = Conclusion.objects.create(order=order, words="x", given_on=today, **written)
            Review.objects.create(order=order, conclusion=ending, unit=order.unit, reason="x", **written)
    for n in range(40):
        Milestone.objects.create(
            task=random.choice(tasks), unit=random.choice([None, *units]), title=f"节点{n}", state=random.choice(list(MILESTONE.states)),
            due=random.choice((None, today + dt.timedelta(days=random.randint(-10, 20)))),
        )  # fmt: skip
    _convened(place, random)
    reports = list(Report.objects.filter(government=gov))
    for one in reports:
        state = random.choice(["draft", "returned", "submitted", "signed", "collated", "accepted"])
        Report.objects.filter(pk=one.pk).update(**{"state": state})
    closed = Round.objects.filter(government=gov, state="closed").first()
    if closed:
        closed.sheets.filter(pk__in=[s.pk for s in closed.sheets.all()[:2]]).update(reopened=True)


def _convened(place: Place, random: Random) -> None:
    """Meetings and decisions in every state, duties of units and people, two fortnights of open books."""
    gov, today = place.government, timezone.localdate()
    units = list(Unit.objects.filter(government=gov, valid_to=None).exclude(kind="collective").order_by("pk"))
    people = list(Person.objects.filter(government=gov))
    leaders = list(Person.objects.filter(government=gov, posts__slug="leader"))
    actions = list(Action.objects.filter(plan=place.plan))
    for state in MEETING.states:
        for _ in range(2):
            meeting = Meeting.objects.create(
                government=gov, title=f"{state}会", state=state, day=today + dt.timedelta(days=random.randint(-3, 9)),
                chair=random.choice([None, *leaders]), programme=random.choice([None, *actions]), created_by="甲",
            )  # fmt: skip
            for n, stage in enumerate(DECISION.states):
                Decision.objects.create(
                    meeting=meeting, token=f"{n}", text=f"议定{n}", unit=random.choice([None, *units]), state=stage,
                    due=random.choice([None, today + dt.timedelta(days=random.randint(-9, 9))]),
                )  # fmt: skip
    for n in range(3):
        mechanism = Mechanism.objects.create(
            plan=place.plan, order=90 + n, activity="调度", every="月", quote="x", start=0, end=1
        )
        rhythm = Rhythm.objects.create(
            government=gov, plan=place.plan, mechanism=mechanism, activity="调度", every="月", becomes="duty",
            valid_from=today, person_id=1, person_name="甲",
        )  # fmt: skip
        for unit in random.sample(units, min(len(units), 4)):
            _duty(rhythm, random, unit=unit)
        for person in random.sample(people, 8):
            _duty(rhythm, random, person=person)
    for unit in units:
        Project.objects.create(
            government=gov, number=Project.objects.count() + 1, name=f"项目{Project.objects.count()}", unit=unit, state=random.choice(["reserve", "signed", "begun", "ended"])
        )  # fmt: skip
    for n in (0, 20):
        row, _ = Reconciliation.objects.get_or_create(
            government=gov, until=today - dt.timedelta(days=n), state="open",
            defaults={
                "since": today - dt.timedelta(days=14 + n), "due": today + dt.timedelta(days=5 - n),
                "planning_unit": units[1], "finance_unit": units[2],
            },
        )  # fmt: skip
        for project in random.sample(list(Project.objects.filter(government=gov)), 3):
            book = random.choice(["owner", "planning", "finance"])
            Entry.objects.create(
                project=project, reconciliation=row, book=book, person=people[0], person_name="甲"
            )


def _duty(rhythm: Rhythm, random: Random, **whose: object) -> None:
    today = timezone.localdate()
    due = today + dt.timedelta(days=random.randint(-9, 20))
    Duty.objects.create(
        government=rhythm.government, rhythm=rhythm, since=due.replace(day=1), until=due, opens=due, said=due, due=due,
        ask_on=today + dt.timedelta(days=random.randint(-9, 3)), state=random.choice(["waiting", "missed", "kept", "void"]), **whose,
    )  # fmt: skip
