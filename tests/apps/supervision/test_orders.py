"""Lists, counts, numbers, what waits, and how many questions a page asks the database."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.core.workdays import national
from luoshi.journal.moves import Denied, Refused, Stale
from luoshi.ledger.models import Plan
from luoshi.org.models import Unit
from luoshi.supervision.models import Order
from luoshi.supervision.queries import waiting
from luoshi.supervision.services import doing, judging, opening
from luoshi.supervision.services.opening import Draft
from tests.people import Member, cast
from tests.supervision import laden, order_of


@pytest.fixture
def inspector(db) -> Member:
    return cast("dugong", "杜公", "青禾县人民政府督查室", "inspector")


@pytest.fixture
def leader(db) -> Member:
    return cast("xian", "县长", "青禾县人民政府", "leader")


def the_unit(member: Member) -> Unit:
    return Unit.objects.get(pk=member.actor.unit_id)


def approved(inspector: Member, wang: Member, leader: Member, title: str) -> Order:
    order = opening.draw_up(
        Draft(title, "办好。", the_unit(wang), clock="ordinary"), by=inspector.actor, sure=True
    )
    opening.submit(order, by=inspector.actor)
    opening.approve(order, by=leader.actor)
    return order


def test_numbers_run_without_a_gap_by_government_and_year(
    inspector: Member, wang: Member, leader: Member
) -> None:
    drafts = [opening.draw_up(Draft(t, "办好。", the_unit(wang), clock="ordinary"), by=inspector.actor, sure=True) for t in "甲乙丙"]  # fmt: skip
    for order in (drafts[2], drafts[0]):  # what is never approved takes no number
        opening.submit(order, by=inspector.actor)
        opening.approve(order, by=leader.actor)
    assert [drafts[2].count, drafts[0].count] == [1, 2]
    far = cast("yuanfang", "远方", "白露县人民政府督查室", "inspector", place="白露县")
    boss = cast("bailu", "白露县长", "白露县人民政府", "leader", place="白露县")
    other = opening.draw_up(Draft("丁", "办好。", the_unit(far), clock="ordinary"), by=far.actor)
    opening.submit(other, by=far.actor)
    opening.approve(other, by=boss.actor)
    assert other.number == f"白督〔{other.year}〕1号"


def test_a_number_taken_meanwhile_is_not_given_twice(
    inspector: Member, wang: Member, leader: Member, monkeypatch
) -> None:
    first = approved(inspector, wang, leader, "甲")
    asked: list[int] = []
    honest = opening.Order.objects.none().__class__.aggregate

    def late(self, **what):  # the first time the number is asked, somebody else has just taken it
        answer = honest(self, **what)
        if "last" in what and not asked:
            asked.append(1)
            return {"last": (answer["last"] or 0) - 1}
        return answer

    monkeypatch.setattr(opening.Order.objects.none().__class__, "aggregate", late)
    second = approved(inspector, wang, leader, "乙")
    assert (first.count, second.count) == (1, 2)


def test_the_deadline_is_the_last_step_of_the_clock(inspector: Member, wang: Member, leader: Member) -> None:
    order = approved(inspector, wang, leader, "甲")
    opening.send(order, by=inspector.actor)
    said = timezone.localdate() + dt.timedelta(days=15)
    assert order.deadline == order.first_deadline == national().on_or_after(said)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"deadline": dt.date(2020, 1, 1)}, "已经过去"),
        ({"type": "special"}, "授权来源"),
        ({"type": "special", "authority": "head"}, "授权来源"),
    ],
)
def test_what_cannot_stand(inspector: Member, wang: Member, more, says) -> None:
    with pytest.raises(Refused, match=says):
        opening.draw_up(Draft("甲", "办好。", the_unit(wang), **more), by=inspector.actor)


def test_units_that_are_no_units_are_refused(inspector: Member, wang: Member, outsider: Member) -> None:
    wrong = [
        (Draft("甲", "乙", the_unit(outsider)), "不是本地区"),
        (Draft("甲", "乙", the_unit(wang), co_units=[the_unit(wang)]), "不必再列"),
    ]
    for draft, says in wrong:
        with pytest.raises(Refused, match=says):
            opening.draw_up(draft, by=inspector.actor)


def test_of_two_who_press_at_once_one_is_told(liu: Member, wang: Member, inspector: Member) -> None:
    order = order_of(inspector, wang, "verified")
    same = Order.objects.get(pk=order.pk)
    judging.close(order, by=liu.actor)
    with pytest.raises(Stale):
        judging.close(same, by=liu.actor)


def test_editing_tells_what_changed(liu: Member, inspector: Member, wang: Member, li: Member) -> None:
    order = opening.draw_up(Draft("甲", "办好。", the_unit(wang), clock="ordinary"), by=inspector.actor)
    changed = Draft("甲", "限期办好。", the_unit(wang), clock="urgent", co_units=[the_unit(li)])
    assert opening.edit(order, changed, by=inspector.actor)
    assert not opening.edit(Order.objects.get(pk=order.pk), changed, by=inspector.actor)
    assert order.shares.get().unit == the_unit(li)
    with pytest.raises(Denied):
        opening.edit(order, changed, by=wang.actor)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"超", "临", "远", "卡"}),
        ("group=late", {"超"}),
        ("group=near", {"临"}),
        ("group=closed", {"销", "看"}),
        ("group=closed&look=none", {"销"}),
        ("group=ended", {"终"}),
        ("group=before", {"拟"}),
        ("group=all&q=超", {"超"}),
        ("group=all&q=没有", set()),
        ("group=all&mark=hung", {"远"}),
        ("group=all&mark=red", {"临"}),
        ("group=all&mark=moved", {"超"}),
        ("group=all&cause=land", {"卡"}),
        ("group=all&origin=public", {"远"}),
        ("group=nonsense&mark=x&origin=y&unit=99999999999999999999", {"超", "临", "远", "卡"}),
    ],
)
def test_tabs_and_filters(
    as_, liu: Member, wang: Member, inspector: Member, query: str, titles: set[str]
) -> None:
    today = timezone.localdate()
    order_of(inspector, wang, title="超", deadline=today - dt.timedelta(days=2), moved=1)
    order_of(inspector, wang, title="临", deadline=national().on_or_after(today), colour="red")
    order_of(
        inspector,
        wang,
        "sent",
        title="远",
        deadline=today + dt.timedelta(days=60),
        hung=True,
        origin="public",
    )
    order_of(inspector, wang, "blocked", title="卡", deadline=today - dt.timedelta(days=9), cause="land")
    order_of(inspector, wang, "closed", title="销", ended_on=today)
    seen = order_of(inspector, wang, "closed", title="看", ended_on=today)
    judging.look_back(seen, "雨后看过，没有反弹。", by=inspector.actor)
    order_of(inspector, wang, "dropped", title="终")
    order_of(inspector, wang, "draft", title="拟")
    page = as_(liu).get(f"/orders/?{query}")
    assert {line.order.title for line in page.context["lines"]} == titles


def test_a_fifth_of_last_years_closed_orders_is_drawn_each_quarter(
    as_, liu: Member, wang: Member, inspector: Member
) -> None:
    before = timezone.localdate() - dt.timedelta(days=120)
    for n in range(10):
        order_of(inspector, wang, "closed", title=f"旧{n}", ended_on=before)
    order_of(inspector, wang, "closed", title="新", ended_on=timezone.localdate())
    first = [line.order.title for line in as_(liu).get("/orders/?group=closed&look=drawn").context["lines"]]
    assert len(first) == 2
    assert "新" not in first
    again = [
        line.order.title for line in as_(inspector).get("/orders/?group=closed&look=drawn").context["lines"]
    ]
    assert again == first


def test_the_office_is_told_what_waits_and_the_doers_office_is_not(
    liu: Member, wang: Member, li: Member, inspector: Member
) -> None:
    order_of(inspector, wang, "replied", title="甲")
    own = order_of(
        inspector, liu, "replied", title="乙"
    )  # the office's own work waits for somebody else to verify
    assert [t.what for t in waiting.turns(liu.actor)] == ["核验"]
    assert {t.order.title for t in waiting.turns(inspector.actor)} == {"甲", "乙"}
    laden(order_of(inspector, wang, title="丙"), wang, li)
    assert [t.what for t in waiting.turns(li.actor)] == ["报送配合情况"]
    assert [t.what for t in waiting.turns(wang.actor)] == ["办理"]
    assert {t.order.title: t.what for t in waiting.turns(liu.actor)}["丙"] == "答复延期申请、复核督查结论"
    with pytest.raises(Denied):
        judging.send_back(own, "再核。", by=liu.actor)


def test_copied_closings_are_asked_about(inspector: Member, wang: Member) -> None:
    text = "已组织三个工作组对全县26处隐患点逐一排查，全部整改完毕。"
    for title in "甲乙":
        order = order_of(inspector, wang, title=title)
        doing.report(order, "已进场。", by=wang.actor)
        doing.finish(Order.objects.get(pk=order.pk), text.replace("26", str(len(title) + 30)), by=wang.actor)
    with pytest.raises(Denied, match="1处提示"):
        judging.verify(
            Order.objects.get(title="乙"), "到现场看过三处，与所报相符，问了两户。", {}, by=inspector.actor
        )


class TestCost:
    """Pages ask the database a fixed number of questions, however many orders there are."""

    @pytest.fixture
    def many(self, inspector: Member, wang: Member, li: Member) -> Order:
        for n in range(8):
            laden(order_of(inspector, wang, title=f"第{n}件"), wang, li)
        return Order.objects.latest("pk")

    @pytest.mark.parametrize("address", ["/orders/", "/orders/?group=all&q=件", "/"])
    def test_lists(self, as_, liu, wang, li, inspector, many: Order, address: str) -> None:
        client = as_(liu)
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for n in range(8, 20):
            laden(order_of(inspector, wang, title=f"第{n}件"), wang, li)
        with CaptureQueriesContext(connection) as more:
            client.get(address)
        assert len(more) == len(few) <= 30, len(few)

    @pytest.mark.parametrize("desk", ["liu", "wang", "li"])
    def test_one_order(self, as_, request, many: Order, desk: str) -> None:
        client = as_(request.getfixturevalue(desk))
        with CaptureQueriesContext(connection) as before:
            client.get(f"/orders/{many.pk}/")
        doer = request.getfixturevalue("wang")
        for n in range(5):
            many.replies.create(
                kind="progress", text=f"第{n}次。", person_id=doer.actor.person_id, person_name="王科长"
            )
            helper = cast(f"more{n}", f"更多{n}", f"青禾县第{n}局", "clerk")
            many.shares.create(unit_id=helper.actor.unit_id)
        with CaptureQueriesContext(connection) as after:
            client.get(f"/orders/{many.pk}/")
        assert len(after) == len(before) <= 32, len(before)


def test_an_order_from_a_task_takes_along_what_the_ledger_knows(
    as_, liu: Member, wang: Member, li: Member
) -> None:
    plan = Plan.objects.create(
        title="青禾县实施方案", number="青政发〔2026〕2号", government_id=liu.actor.government_id, state="adopted", created_by="刘主任"
    )  # fmt: skip
    task = plan.tasks.create(
        order=0, heading="改造小区", text="改造小区19个。", quote="改造小区", start=0, end=2
    )
    task.assignments.create(
        unit_id=wang.actor.unit_id, role="lead", printed="县发改局", order=0, accountable=True
    )
    task.assignments.create(unit_id=li.actor.unit_id, role="support", printed="县教育局", order=1)
    page = as_(liu).get(f"/orders/new/?task={task.pk}")
    assert page.context["form"].initial["unit"] == the_unit(wang)
    assert page.context["form"].initial["co_units"] == [li.actor.unit_id]
    assert as_(liu).get("/orders/new/?task=999").status_code == 404
