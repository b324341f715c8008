"""What the tables of core/flow say, what `visible_to` finds, and what every address answers: the same, for every post,
state and verb. What a post may do is never typed here: it is asked of the tables."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from luoshi.core.flow.actor import BUSINESS_POSTS, POSTS, Actor
from luoshi.core.flow.complaint import COMPLAINT
from luoshi.core.flow.government import GOVERNMENT
from luoshi.core.flow.machine import Machine, Move
from luoshi.core.flow.report import REPORT
from luoshi.core.flow.round import ROUND
from luoshi.journal.models import Event
from luoshi.org.models import Account, Post, Unit
from luoshi.reporting.models import Complaint, Evidence, Figure, Report, Round, Sheet, Snapshot
from luoshi.reporting.queries.sheets import with_tasks
from luoshi.reporting.services.complaining import complain
from luoshi.reporting.services.evidence import attach
from luoshi.reporting.services.keeping import freeze
from luoshi.reporting.urls import urlpatterns
from tests.apps.site.addresses import addresses
from tests.people import Member, at_work, cast, unit
from tests.reporting import Ledger

SEATS = [
    (slug, scope)
    for slug in POSTS
    for scope in (
        ("system",)
        if slug not in BUSINESS_POSTS
        else ("government", "actions", "subtree", "unit")
        if slug != "office"
        else ("government",)
    )
]
"""Every post with every scope it can have."""


@pytest.fixture
def march(county: Ledger, liu: Member) -> Round:
    """Five reports, one in every state and one more."""
    round = county.round(liu.actor)
    for state, report in zip(REPORT.states, Report.objects.order_by("order", "unit"), strict=False):
        Report.objects.filter(pk=report.pk).update(state=state)
    return round


def seat(slug: str, scope: str, home: Unit) -> Actor:
    """Somebody holding one post there, with that scope, covering one of the two actions."""
    member = cast("holder", "任职人", home.full_name, slug)
    Post.objects.filter(person=member.account.person).update(
        scope=scope, covers=["项目攻坚行动"] * (scope == "actions")
    )
    return at_work(member)


class TestVisibleToAgreesWithTheTable:
    @pytest.mark.parametrize(("slug", "scope"), SEATS)
    @pytest.mark.parametrize("where", ["wang", "li", "parent", "other"])
    def test_for_every_post_scope_state_and_unit(self, march, county, slug, scope, where) -> None:
        parent = unit("青禾县教育工委", county.plan.government)
        Unit.objects.filter(pk=county.li.pk).update(parent=parent)
        homes = {
            "wang": county.wang,
            "li": county.li,
            "parent": parent,
            "other": unit("青禾县某局", county.plan.government),
        }
        actor = seat(slug, scope, homes[where])
        for state in REPORT.states:
            Report.objects.update(state=state)
            seen = set(Report.objects.visible_to(actor).values_list("pk", flat=True))
            judged = {
                report.pk
                for report in with_tasks(Report.objects.all())
                if any(isinstance(REPORT.judge(report, verb, actor), Move) for verb in ("see", "see_shared"))
            }
            assert seen == judged, state

    @pytest.mark.parametrize("slug", POSTS)
    def test_rounds(self, march, county, slug) -> None:
        actor = seat(slug, "government" if slug in BUSINESS_POSTS else "system", county.wang)
        assert Round.objects.visible_to(actor).exists() is isinstance(ROUND.judge(march, "see", actor), Move)

    def test_another_county_sees_nothing(self, march, county, outsider) -> None:
        complain("much", "太多", by=seat("clerk", "unit", county.wang))
        for model in (Round, Report, Complaint):
            assert not model.objects.visible_to(outsider.actor).exists()


class Door(NamedTuple):
    """What an address lets whom do: for its page and for its form a row of a table, judged on which thing; None is open to
    every business post that finds the thing at all."""

    life: Machine | None = None
    shows: str | None = None
    does: str | None = None
    sent: dict[str, Any] = {}
    on: str = "round"


DOORS: dict[str, Door] = {
    "index": Door(ROUND, "see", None),
    "export": Door(ROUND, "see", None),
    "units_export": Door(ROUND, "see", None),
    "burden_export": Door(COMPLAINT, "file", None, {}, "complaint"),
    "open": Door(
        ROUND, "open", "open", {"plan": "plan", "rhythm": "月", "day": "2026-04-15", "due": "today"}
    ),
    "rules": Door(GOVERNMENT, "set_rules", "set_rules", {"head_signs": "on"}, "government"),
    "burden": Door(COMPLAINT, "file", None, {}, "complaint"),
    "complain": Door(COMPLAINT, None, "file", {"kind": "much", "words": "太多"}, "complaint"),
    "answer": Door(COMPLAINT, None, "answer", {"note": "已并入月报"}, "complaint"),
    "round": Door(ROUND, "see", None),
    "postpone": Door(ROUND, None, "postpone", {"due": "2099-01-01", "note": "材料多"}),
    "extend": Door(ROUND, None, "extend", {}, "short"),
    "close": Door(ROUND, None, "close", {}, "silent"),
    "review": Door(REPORT, "accept", "accept", {"do": "take", "pick": "sent"}, "sent"),
    "collate": Door(REPORT, "collate", "collate", {"do": "take", "pick": "shared"}, "shared"),
    "snapshot": Door(ROUND, "download", None),
    "sheet": Door(REPORT, "see", "fill", {"row": "draft"}, "draft"),
    "workbook": Door(REPORT, "fill", None, {}, "draft"),
    "upload": Door(REPORT, None, "fill", {}, "draft"),
    "faults": Door(REPORT, None, "fill", {"fields": "{}"}, "draft"),
    "reopen": Door(ROUND, None, "reopen_unit", {"note": "口径有误"}, "closed"),
    "lock": Door(ROUND, None, "lock_unit", {}, "closed"),
    "return": Door(REPORT, None, "return", {"note": "请补充"}, "sent"),
    "figure": Door(REPORT, "see", None, {}, "draft"),
    "figure_export": Door(REPORT, "see", None, {}, "draft"),
    "count_by": Door(ROUND, None, "count_by", {"basis": "period"}, "round"),
    "save": Door(REPORT, None, "fill", {"row": "draft"}, "draft"),
    "attach": Door(REPORT, None, "attach", {"file": "pdf"}, "draft"),
    "evidence": Door(REPORT, "see", None, {}, "draft"),
    "detach": Door(REPORT, None, "detach", {}, "draft"),
}
"""Of reports: `draft` and `sent` are of 小李's unit on a task it leads, `shared` of 小李's on a task of 王科长's."""


class Stage:
    """One thing of every kind, and how the addresses name it."""

    def __init__(self, county: Ledger, office: Actor) -> None:
        self.county = county
        self.round = county.round(office)
        self.waiting = county.round(office, "2026年5月")
        self.silent = county.round(office, "2026年7月")
        self.closed = county.round(office, "2026年6月")
        self.short = county.round(office, "2026年8月")
        Report.objects.filter(round=self.short, order=3).delete()
        Round.objects.filter(pk=self.closed.pk).update(state="closed", closed_at=timezone.now())
        Sheet.objects.filter(round=self.closed).update(reopened=True)
        reports = Report.objects.filter(unit=county.li)
        self.draft = reports.get(round=self.round, order=2)
        self.sent = reports.get(round=self.waiting, order=2)
        self.shared = reports.get(round=self.round, order=1)
        Report.objects.filter(pk__in=[self.sent.pk, self.shared.pk]).update(
            state="submitted", filled_at=timezone.now()
        )
        self.complaint = complain("much", "太多", by=at_work(cast("someone", "某人", "青禾县另局", "clerk")))
        self.evidence = attach(
            with_tasks(Report.objects.all()).get(pk=self.draft.pk),
            "图.pdf",
            b"%PDF-1",
            by=_clerk_of(county.li),
        )
        freeze(self.round, "", office)

    def address(self, name: str) -> str:
        pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
        return next(addresses(lambda _, argument: self.key(name, argument), [pattern], "/reporting/"))

    def key(self, name: str, argument: str) -> int:
        if argument == "unit":
            return self.county.li.pk
        if argument == "number":
            return 1
        things = {
            "answer": self.complaint, "extend": self.short, "close": self.silent, "reopen": self.closed, "lock": self.closed, "return": self.sent,
            "review": self.waiting, "figure": self.draft.figures.get(), "figure_export": self.draft.figures.get(), "count_by": self.draft.figures.get(), "save": self.draft, "attach": self.draft,
            "evidence": self.evidence, "detach": self.evidence,
        }  # fmt: skip
        return things.get(name, self.round).pk

    def case(self, door: Door) -> Any:
        """What the table judges."""
        if door.on in ("draft", "sent", "shared"):
            return with_tasks(Report.objects.all()).get(pk=getattr(self, door.on).pk)
        case = {"government": self.county.plan.government, "complaint": self.complaint}.get(door.on)
        return case or Round.objects.get(pk=getattr(self, door.on).pk)

    def fields(self, door: Door) -> dict[str, Any]:
        draft = self.draft.pk
        said = {"plan": self.county.plan.pk, "today": timezone.localdate().isoformat(), "li": self.county.li.pk, "sent": self.sent.pk, "shared": self.shared.pk}  # fmt: skip
        sent = {name: said.get(value, value) for name, value in door.sent.items()}
        if "row" in sent:
            sent = {f"r{draft}-version": 1, f"r{draft}-done": "办妥"}
        if "file" in sent:
            sent = {"file": SimpleUploadedFile("新图.pdf", b"%PDF-2")}
        return sent


def _clerk_of(home: Unit) -> Actor:
    return at_work(cast(f"c{home.pk}", "某人", home.full_name, "clerk"))


def stored() -> tuple[int, ...]:
    return (
        Event.objects.count(),
        *(m.objects.count() for m in (Round, Complaint, Evidence, Snapshot)),
        *_words(),
    )


def _words() -> Iterator[int]:
    yield from Report.objects.order_by("pk").values_list("version", flat=True)
    yield from Figure.objects.filter(value__isnull=False).values_list("pk", flat=True)


def finds(door: Door, stage: Stage, actor: Actor) -> bool:
    """Whether the thing of the address is visible at all (else 404, whatever is asked of it)."""
    if not actor.holds(*BUSINESS_POSTS):
        return False
    if door.on in ("draft", "sent"):
        return Report.objects.visible_to(actor).filter(pk=getattr(stage, door.on).pk).exists()
    return True


@pytest.fixture
def stage(county: Ledger, liu: Member) -> Stage:
    return Stage(county, liu.actor)


def test_every_route_has_its_door() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(DOORS)


PLACES = list(product(POSTS, ("li", "other")))


@pytest.fixture
def holder(request, county: Ledger) -> Callable[[], tuple[Client, Actor]]:
    """Somebody with one post in 小李's unit or elsewhere."""
    slug, where = request.param
    member = cast("holder", "任职人", county.li.full_name if where == "li" else "青禾县某局", slug)
    client = Client()
    client.force_login(Account.objects.get(pk=member.account.pk))
    return client, at_work(member)


@pytest.mark.parametrize("holder", PLACES, indirect=True, ids="-".join)
def test_pages(stage: Stage, holder: tuple[Client, Actor]) -> None:
    client, actor = holder
    for name, door in DOORS.items():
        answer = client.get(stage.address(name))
        if answer.status_code == 405:
            assert door.shows is None, name
            continue
        assert door.life is not None
        allowed = isinstance(door.life.judge(stage.case(door), door.shows, actor, "-"), Move)
        if name in ("review", "collate", "open"):  # the page is open to the post, its rows are not
            allowed = actor.post in door.life.moves[door.shows].posts
        if name == "sheet":
            allowed = finds(door, stage, actor)
        expected = 200 if allowed and finds(door, stage, actor) else (403, 404)
        assert answer.status_code in (expected if isinstance(expected, tuple) else (expected,)), name


@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.does])
@pytest.mark.parametrize("holder", PLACES, indirect=True, ids="-".join)
def test_forms(stage: Stage, holder: tuple[Client, Actor], name: str) -> None:
    client, actor = holder
    door, before = DOORS[name], stored()
    allowed = isinstance(door.life.judge(stage.case(door), door.does, actor, "-"), Move)
    answer = client.post(stage.address(name), stage.fields(door))
    if allowed and finds(door, stage, actor):
        assert answer.status_code in (200, 302, 409 if name in ("upload",) else 302), answer.content.decode()[
            -1500:
        ]
        if name not in ("upload", "faults"):
            assert stored() != before, answer.content.decode()
    else:
        assert answer.status_code in (403, 404, 409) or (name == "sheet" and answer.status_code == 302)
        assert stored() == before


@pytest.mark.parametrize("name", DOORS)
def test_the_highest_post_of_another_county_gets_nowhere(stage: Stage, outsider: Member, name: str) -> None:
    client, door, before = Client(), DOORS[name], stored()
    client.force_login(outsider.account)
    address = stage.address(name)
    own = name in ("index", "export", "open", "rules", "burden", "burden_export", "complain")
    for answer in (client.get(address), client.post(address, stage.fields(door))):
        assert own or answer.status_code in (403, 404, 405)
        assert county_words(answer.content.decode(errors="replace")) == set()
    assert own or stored() == before


def county_words(html: str) -> set[str]:
    return {word for word in ("青禾县教育局", "新开工亿元项目", "青禾县高质量发展行动方案") if word in html}
