"""One page for a leader: what needs them, within their scope, five at a time, each one press from its receipt."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.bulletins.models import Bulletin
from luoshi.ledger.models import Indicator, Plan
from luoshi.meetings.models import Decision, Meeting
from luoshi.reminders.models import Escalation, Look
from luoshi.reminders.queries import leading
from luoshi.reminders.queries.scopes import scope
from luoshi.reporting.models import Figure, Report, Revision, Round
from luoshi.supervision.models import Order
from tests.apps.reminders.conftest import at
from tests.apps.supervision.test_lights import put
from tests.people import Member, at_work, cast
from tests.reporting import Ledger, fill_all, ledger
from tests.supervision import order_of, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lights depend on the day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(11, 27))


@pytest.fixture
def mayor() -> Member:
    return cast("lu", "陆县长", "青禾县人民政府", "leader")


@pytest.fixture
def deputy() -> Member:
    """In charge of one action only."""
    made = cast("shen", "沈县长", "青禾县人民政府", "leader")
    made.account.person.posts.update(scope="actions", covers=["产业提质行动"])
    return Member(made.account, at_work(made))


@pytest.fixture
def book(liu: Member, wang: Member, li: Member) -> Ledger:
    """This year's plan; one round behind us in which everybody is far behind."""
    made = ledger(wang, li)
    year = timezone.localdate().year
    Plan.objects.filter(pk=made.plan.pk).update(year=year, adopted_at=timezone.now())
    made.plan.refresh_from_db()
    round = made.round(liu.actor, f"{year}年6月")
    fill_all(round, made.wang, wang.actor, value="1", percent="90")
    fill_all(round, made.li, li.actor, value="1")
    Revision.objects.update(at=timezone.make_aware(dt.datetime(year, 7, 3, 10)))
    Round.objects.filter(pk=round.pk).update(
        state="closed", closed_at=timezone.make_aware(dt.datetime(year, 7, 8, 10)), due=dt.date(year, 7, 6)
    )
    return made


def paper(liu: Member, plan: Plan, state: str = "reviewed") -> Bulletin:
    return Bulletin.objects.create(
        government_id=liu.actor.government_id, plan=plan, kind="notice", title="关于加快项目建设的通知", state=state,
        as_of=timezone.localdate(),
    )  # fmt: skip


def test_home_of_a_leader(as_, book: Ledger, mayor: Member, liu: Member, li: Member) -> None:
    pending = order_of(liu, li, "pending", title="校园周边整治", number="", count=None)
    blocked = order_of(liu, li, "blocked", title="用地手续", cause="approval", help_needed="报市里")
    html = as_(mayor).get("/").content.decode()
    for words in (
        "请您看的",
        "审批立项：校园周边整治",
        "研究“做不到”：用地手续",
        "红灯",
        "做不到的原因",
        "1件",
    ):
        assert words in html, words
    assert f'href="/orders/{pending.pk}/"' in html
    assert f'href="/orders/{blocked.pk}/"' in html
    assert "/orders/?group=all&amp;cause=approval" in html


@pytest.mark.parametrize(
    ("fields", "waits"),
    [
        ({"type": "special"}, {"陆县长", "沈县长"}),
        ({"type": "daily"}, set()),
        ({"type": "daily", "leader": "沈县长"}, {"沈县长"}),
        ({"type": "daily", "origin": "instruction"}, {"陆县长", "沈县长"}),
        ({"type": "daily", "origin": "instruction", "leader": "陆县长"}, {"陆县长"}),
    ],
)
def test_an_extension_waits_for_the_leader_whose_word_it_is(
    as_, mayor: Member, deputy: Member, liu: Member, li: Member, wang: Member, fields, waits
) -> None:
    """It is among what they decide, one press from the order, where they grant it; then it waits for nobody."""
    order = order_of(liu, li, "working", title="校园周边整治", **fields)
    asked = order.extensions.create(
        unit_id=order.unit_id,
        old_deadline=order.deadline,
        wanted=at(12, 25).date(),
        reason="雨季",
        **written(li),
    )
    found = set()
    for leader in (mayor, deputy):
        html = as_(leader).get("/").content.decode()
        needs = html[html.index('id="needs"') : html.index("</section>", html.index('id="needs"'))]
        if "答复延期申请：校园周边整治" in needs:
            found.add(leader.actor.name)
            assert f'href="/orders/{order.pk}/"' in needs
            assert "1件等您定" in html
    assert found == waits
    if mayor.actor.name not in waits:
        return
    client, address = as_(mayor), f"/orders/extensions/{asked.pk}/grant/"
    assert address in client.get(f"/orders/{order.pk}/").content.decode()
    assert client.post(address, {"note": ""}).status_code == 302
    order.refresh_from_db()
    assert (order.deadline, order.moved) == (at(12, 25).date(), 1)
    assert "答复延期申请" not in client.get("/").content.decode()


def test_a_unit_does_not_extend_its_own_order(as_, liu: Member, li: Member) -> None:
    chief = cast("yin", "尹局长", "青禾县教育局", "leader")
    order = order_of(liu, li, "working", title="校园周边整治", type="special")
    asked = order.extensions.create(
        unit_id=order.unit_id,
        old_deadline=order.deadline,
        wanted=at(12, 25).date(),
        reason="雨季",
        **written(li),
    )
    assert "答复延期申请" not in as_(chief).get("/").content.decode()
    assert as_(chief).post(f"/orders/extensions/{asked.pk}/grant/", {"note": ""}).status_code == 403


def test_red_lights_have_both_words_and_lead_to_their_receipts(as_, book: Ledger, mayor: Member) -> None:
    indicator = Indicator.objects.get(name="新开工项目")
    client = as_(mayor)
    html = client.get("/").content.decode()
    assert f'href="/lights/{indicator.pk}/"' in html
    assert "完成90%" in html  # the owner's word
    assert "自报与计算不一致，请核实" in html  # the second opinion
    assert client.get(f"/lights/{indicator.pk}/").status_code == 200
    Report.objects.update(**{"state": "returned", "answer": "请写明开工证号"})
    assert "已退回：请写明开工证号" in client.get("/").content.decode()


def test_five_and_how_many_more(as_, book: Ledger, mayor: Member, liu: Member, li: Member) -> None:
    for n in range(8):
        order_of(liu, li, "blocked", title=f"难事{n}")
    html = as_(mayor).get("/").content.decode()
    needs = html[html.index('id="needs"') : html.index("</section>", html.index('id="needs"'))]
    assert needs.count('class="item"') == 5
    assert "还有3件" in needs
    assert "/reminders/leader/?all=1" in needs
    html = as_(mayor).get("/reminders/leader/?all=1").content.decode()
    assert html.count("难事") == 8
    assert "还有" not in html[html.index('id="needs"') : html.index("</section>", html.index('id="needs"'))]


def test_a_part_of_the_county(
    as_, book: Ledger, deputy: Member, mayor: Member, liu: Member, li: Member, wang: Member
) -> None:
    order_of(liu, li, "blocked", title="别处的事", task=book.tasks[1])
    order_of(liu, li, "blocked", title="点名的事", leader="沈县长")
    order_of(liu, wang, "blocked", title="本线的事", task=book.tasks[2])
    order_of(liu, li, "closed", title="别处销号", task=book.tasks[1], ended_on=timezone.localdate())
    html = as_(deputy).get("/").content.decode()
    assert "点名的事" in html
    assert "本线的事" in html
    assert "别处" not in html
    assert "净增规上企业" in html
    assert "新开工项目" not in html
    whole = as_(mayor).get("/").content.decode()
    assert "别处的事" in whole
    assert "别处销号" in whole
    assert "新开工项目" in whole


def test_whom_silence_has_reached(
    as_, book: Ledger, mayor: Member, deputy: Member, liu: Member, li: Member
) -> None:
    place = liu.actor.government_id
    year = timezone.localdate().year
    round = book.round(liu.actor, f"{year}年7月")
    working = order_of(liu, li, "working", title="迟迟未办")
    step = book.tasks[1].milestones.create(title="完成招标", due=timezone.localdate(), unit=None)
    meeting = Meeting.objects.create(
        government_id=place, title="调度会", state="closed", day=timezone.localdate(), created_by="甲"
    )
    decision = Decision.objects.create(
        meeting=meeting, token="1", text="补齐资金", unit=book.li, state="open"
    )
    for key in (
        f"decision:{decision.pk}:open",
        f"report:fill:{round.pk}:{li.actor.unit_id}",
        f"order:{working.pk}:{li.actor.unit_id}",
        f"step:{step.pk}",
    ):
        Escalation.objects.create(government_id=place, key=key, role="office", day=timezone.localdate())
    html = as_(mayor).get("/").content.decode()
    for words in (
        f"{year}年7月填报没有报",
        "迟迟未办",
        "节点“完成招标”没有报完成",
        "议定事项：补齐资金",
        "逐级提醒后仍未办",
    ):
        assert words in html, words
    assert f"/reporting/rounds/{round.pk}/units/{li.actor.unit_id}/" in html
    Report.objects.filter(round=round).update(**{"state": "submitted"})
    Order.objects.filter(pk=working.pk).update(**{"state": "replied"})
    type(step).objects.filter(pk=step.pk).update(**{"state": "done"})
    Decision.objects.filter(pk=decision.pk).update(**{"state": "answered"})
    assert "逐级提醒后仍未办" not in as_(mayor).get("/").content.decode()


def test_what_moved_since_the_leader_said_seen(
    as_, book: Ledger, mayor: Member, liu: Member, li: Member
) -> None:
    today = timezone.localdate()
    put("净增规上企业", "12")  # on plan at the day of the closed round already
    order_of(liu, li, "closed", title="办成的事", ended_on=today)
    client = as_(mayor)
    html = client.get("/").content.decode()
    assert "从上一轮填报锁定那天算起" in html
    assert "办成的事" in html
    figure = Figure.objects.get(indicator__name="新增公办学位")
    figure.revisions.create(value=1200, source="self", as_of=figure.until, by="小李", at=timezone.now())
    cache.clear()
    html = client.get("/").content.decode()
    assert "完成</span> 新增公办学位" in html
    assert client.post("/reminders/leader/seen/").status_code == 302
    assert Look.objects.get().day == today
    html = client.get("/").content.decode()
    assert "没有变化" in html
    assert "从您上次按" in html


def test_the_changes_tell_worse_before_better(book: Ledger, mayor: Member) -> None:
    day = dt.date(timezone.localdate().year, 7, 3)
    everything = scope(mayor.actor)
    plans = leading.plans_of(mayor.actor)
    before, _ = leading.glances(mayor.actor, plans, everything, day - dt.timedelta(days=1))
    after, _ = leading.glances(mayor.actor, plans, everything, timezone.localdate())
    moved = leading.changes(mayor.actor, everything, day, before, after)
    assert moved[0].word == "新变红"


@pytest.mark.parametrize("desk", ["liu", "wang", "li", "chen_admin"])
def test_only_for_leaders(as_, request, desk: str) -> None:
    member = request.getfixturevalue(desk)
    client = as_(member)
    assert client.get("/reminders/leader/").status_code == 403
    assert client.post("/reminders/leader/seen/").status_code == 403
    assert "请您看的" not in client.get("/").content.decode()


def test_nothing_yet(as_, mayor: Member) -> None:
    html = as_(mayor).get("/").content.decode()
    assert "没有等您定的事" in html
    assert "要您审批、签发、研究的事会排在这里" in html


def test_another_county_sees_nothing(as_, book: Ledger, liu: Member, li: Member) -> None:
    order_of(liu, li, "blocked", title="用地手续", cause="approval")
    other = cast("bai", "白县长", "白露县人民政府", "leader", place="白露县")
    html = as_(other).get("/").content.decode()
    for words in ("用地手续", "新开工项目", "做不到的原因"):
        assert words not in html


def test_it_asks_a_fixed_number_of_questions(
    as_, book: Ledger, mayor: Member, liu: Member, li: Member
) -> None:
    client = as_(mayor)

    def cost(cold: bool) -> int:
        if cold:
            cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    order_of(liu, li, "blocked", cause="funds")
    paper(liu, book.plan)
    cost(True)
    warm, cold = cost(False), cost(True)
    for n in range(12):
        order_of(liu, li, "blocked", title=f"难事{n}", cause="funds")
        order_of(liu, li, "closed", title=f"好事{n}", ended_on=timezone.localdate())
        paper(liu, book.plan)
        Indicator.objects.create(plan=book.plan, task=book.tasks[0], order=20 + n, name=f"指标{n}", kind="new", op=">=", value=9, unit="个", quote="x", start=0, end=1)  # fmt: skip
    assert (cost(True), cost(False)) == (cold, warm)
    assert warm <= 27, warm
    assert cold <= 48, cold
