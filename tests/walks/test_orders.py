"""An order from 立项 to 回头看 through the pages alone: drawn up, approved, numbered, handed over, signed, gathered, done, sent
back, verified by somebody else, struck off, looked at again and re-opened."""

import datetime as dt
from itertools import count

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.journal.models import Event
from luoshi.journal.sealing import seal, verify
from luoshi.org.models import Unit
from luoshi.supervision.models import Order
from tests.people import Member, cast, desks_of


@pytest.fixture
def desks(liu: Member, wang: Member, li: Member) -> dict[str, Client]:
    """刘主任 of the office, 王科长 head of the unit that answers, 小李 of the unit that helps, an inspector and a leader."""
    return desks_of(
        office=liu,
        head=wang,
        helper=li,
        inspector=cast("dugong", "杜公", "青禾县人民政府督查室", "inspector"),
        leader=cast("xian", "县长", "青禾县人民政府", "leader"),
    )


def the_unit(name: str) -> int:
    return Unit.objects.get(full_name=name).pk


CLOSING = "已组织三个工作组对全县26处隐患点逐一排查，全部整改完毕，并建立每周巡查制度。"
numbers = count(1)


def draft(**more: object) -> dict[str, object]:
    return {
        "title": f"城区雨污分流改造第{next(numbers)}段",
        "matter": "6月底前完成改造，每月25日前反馈进度。",
        "unit": the_unit("青禾县发展和改革局"),
        "co_units": [the_unit("青禾县教育局")],
        "origin": "instruction",
        "ground": "县长3月4日批示",
        "clock": "minutes",
        "type": "daily",
        **more,
    }


def do(client: Client, order: Order, verb: str, **sent: object) -> str:
    """Press the button and fill in its page; the order's page after it."""
    address = f"/orders/{order.pk}/do/{verb}/"
    assert client.get(address).status_code == 200, client.get(address).content.decode()
    answer = client.post(address, sent, follow=True)
    assert answer.redirect_chain, answer.content.decode()[-3000:]
    order.refresh_from_db()
    return answer.content.decode()


def test_from_the_first_word_to_looking_back(desks: dict[str, Client], liu: Member) -> None:
    office, head, helper = desks["office"], desks["head"], desks["helper"]
    inspector, leader = desks["inspector"], desks["leader"]

    assert inspector.post("/orders/new/", draft()).status_code == 302
    order = Order.objects.get()
    assert order.number == ""
    assert "没有符合条件" not in head.get("/orders/?group=all").content.decode()
    assert order.title not in head.get("/orders/?group=all").content.decode()  # not handed over yet
    do(inspector, order, "submit")
    assert order.title in leader.get("/").content.decode()  # it waits for the leader
    do(leader, order, "approve")
    year = timezone.localdate().year
    assert order.number == f"青督〔{year}〕1号"
    do(office, order, "send")
    assert order.deadline > timezone.localdate()

    html = head.get("/").content.decode()
    assert order.title in html
    assert "签收" in html
    do(head, order, "sign")
    do(head, order, "report", text="已进场施工，完成工程量三成。")
    assert head.get(f"/orders/{order.pk}/do/finish/").status_code == 409  # the co-unit has not said its part
    assert "1个配合单位没有报送" in head.get(f"/orders/{order.pk}/").content.decode()

    share = order.shares.get()
    assert order.title in helper.get("/").content.decode()
    helper.post(f"/orders/shares/{share.pk}/give/", {"note": "已完成校园周边两处改造。"})
    head.post(f"/orders/shares/{share.pk}/take/", {})
    do(head, order, "finish", text=CLOSING, proof1="验收单", proof1_day="2020-01-01")
    assert order.state == "replied"

    assert head.get(f"/orders/{order.pk}/do/verify/").status_code == 403
    page = inspector.get(f"/orders/{order.pk}/do/verify/").content.decode()
    assert "早于交办日" in page
    for words, says in (("同意", "太短"), (CLOSING, "自己的话")):
        answer = inspector.post(
            f"/orders/{order.pk}/do/verify/", {"words": words, "flag0": "另有新的验收单。"}
        )
        assert answer.status_code == 422
        assert says in answer.content.decode()
    answer = inspector.post(f"/orders/{order.pk}/do/verify/", {"words": "5月8日到现场看了六处，均已改造完。"})
    assert "请对这处提示作出说明" in answer.content.decode()
    do(inspector, order, "send_back", note="还有两处没有恢复路面，请继续。")
    do(head, order, "finish", text="两处路面已恢复，全线验收合格，移交市政养护。", proof1="竣工验收单", proof1_day=timezone.localdate().isoformat())  # fmt: skip
    do(inspector, order, "verify", words="5月20日到现场看了六处，路面均已恢复，问了三户商户。", flag0="旧单是分段验收，已看到全线验收单。")  # fmt: skip
    do(office, order, "close")
    assert (order.state, order.ended_on) == ("closed", timezone.localdate())

    do(inspector, order, "look_back", note="6月3日雨后去看，没有积水。")
    new_day = (timezone.localdate() + dt.timedelta(days=20)).isoformat()
    do(inspector, order, "reopen", note="7月2日雨后去看，两处又积水。", deadline=new_day)
    assert (order.state, order.deadline.isoformat()) == ("working", new_day)
    assert order.title in head.get("/").content.decode()

    verbs = list(
        Event.objects.filter(subject_type="supervision.order").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == [
        "create",
        "submit",
        "approve",
        "send",
        "sign",
        "report",
        "finish",
        "send_back",
        "finish",
        "verify",
        "close",
        "look_back",
        "reopen",
    ]
    seal(liu.actor.government_id)
    assert not list(verify(liu.actor.government_id))


def handed_over(desks: dict[str, Client], **more: object) -> Order:
    desks["inspector"].post("/orders/new/", draft(**more))
    order = Order.objects.latest("pk")
    for desk, verb in (
        ("inspector", "submit"),
        ("office", "approve_daily"),
        ("office", "send"),
        ("head", "sign"),
    ):
        do(desks[desk], order, verb)
    return order


def test_more_time_is_asked_before_the_deadline(desks: dict[str, Client]) -> None:
    order = handed_over(desks)
    wanted = order.deadline + dt.timedelta(days=10)
    early = desks["head"].post(
        f"/orders/{order.pk}/extend/", {"wanted": order.deadline.isoformat(), "reason": "雨季"}
    )
    assert "要晚于这一天" in early.content.decode()
    asked = {"wanted": wanted.isoformat(), "reason": "连续降雨，预计顺延十天完成。"}
    assert desks["head"].post(f"/orders/{order.pk}/extend/", asked).status_code == 302
    extension = order.extensions.get()
    assert "答复延期申请" in desks["office"].get("/").content.decode()
    assert desks["head"].post(f"/orders/extensions/{extension.pk}/grant/", {}).status_code == 403
    desks["office"].post(f"/orders/extensions/{extension.pk}/grant/", {"note": "同意"})
    order.refresh_from_db()
    assert (order.deadline, order.moved) == (wanted, 1)
    assert "已改1次" in desks["head"].get(f"/orders/{order.pk}/").content.decode()
    Order.objects.filter(pk=order.pk).update(deadline=timezone.localdate() - dt.timedelta(days=2))
    late = desks["head"].post(f"/orders/{order.pk}/extend/", asked)
    assert late.status_code == 409
    assert "已过办理时限2天" in late.content.decode()


def test_what_cannot_be_done_says_why_and_is_decided(desks: dict[str, Client]) -> None:
    order = handed_over(desks)
    said = {"cause": "land", "text": "两处用地没有批下来。", "help_needed": "请自然资源部门6月底前批复。"}
    do(desks["head"], order, "cannot", **said)
    html = desks["leader"].get("/").content.decode()
    assert "研究“做不到”" in html
    assert "用地、规划、环评等要素缺" in desks["leader"].get("/orders/").content.decode()
    do(desks["leader"], order, "carry_on", note="由自然资源局6月20日前批复。", deadline="")
    assert order.state == "working"
    assert order.cause == "land"


def test_a_refusal_leads_to_another_unit(desks: dict[str, Client]) -> None:
    desks["inspector"].post("/orders/new/", draft())
    order = Order.objects.latest("pk")
    for desk, verb in (("inspector", "submit"), ("office", "approve_daily"), ("office", "send")):
        do(desks[desk], order, verb)
    do(desks["head"], order, "refuse", note="这是教育局的职责。")
    do(desks["inspector"], order, "reassign", unit=the_unit("青禾县教育局"), note="经核实由教育局承办。")
    assert order.state == "sent"
    assert not order.shares.exists()
    assert order.title not in desks["head"].get("/orders/?group=all").content.decode()
    assert order.title in desks["helper"].get("/").content.decode()


def test_government_inspections_are_approved_by_a_leader_and_may_be_reviewed(
    desks: dict[str, Client], liu: Member
) -> None:
    bare = desks["inspector"].post("/orders/new/", draft(type="special"))
    assert "授权来源" in bare.content.decode()
    special = draft(
        type="special",
        authority="head",
        authority_ground="县长2月1日指令",
        co_units=[],
        methods=["visit", "files"],
    )
    desks["inspector"].post("/orders/new/", special)
    order = Order.objects.latest("pk")
    do(desks["inspector"], order, "submit")
    assert desks["office"].get(f"/orders/{order.pk}/do/approve_daily/").status_code == 409
    do(desks["leader"], order, "approve")
    do(desks["office"], order, "send")
    do(desks["head"], order, "sign")
    do(desks["head"], order, "report", text="已按要求自查。")
    do(desks["head"], order, "finish", text="自查的四个问题已全部整改到位，并修订两项制度。")
    do(desks["inspector"], order, "verify", words="3月8日查阅了四份整改材料，并走访了两家企业核实。")
    do(desks["inspector"], order, "conclude", note="整改总体到位，一项制度执行不够。")
    conclusion = order.conclusions.get()
    assert (
        desks["head"]
        .post(f"/orders/conclusions/{conclusion.pk}/review/", {"note": "对第二点有异议。"})
        .status_code
        == 302
    )
    again = desks["head"].post(f"/orders/conclusions/{conclusion.pk}/review/", {"note": "再申请。"})
    assert "已经申请过复核" in again.content.decode()
    review = order.reviews.get()
    assert "复核督查结论" in desks["office"].get("/").content.decode()
    assert (
        desks["inspector"].post(f"/orders/reviews/{review.pk}/uphold/", {"note": "维持"}).status_code == 403
    )
    desks["office"].post(f"/orders/reviews/{review.pk}/change/", {"note": "第二点表述不准，予以变更。"})
    review.refresh_from_db()
    assert review.state == "changed"
    assert "予以变更" in desks["head"].get(f"/orders/{order.pk}/").content.decode()


def test_the_same_asked_twice_is_warned(desks: dict[str, Client]) -> None:
    first = draft(title="老旧小区改造进度")
    desks["inspector"].post("/orders/new/", first)
    answer = desks["inspector"].post("/orders/new/", draft(title="老旧小区改造进度"))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "本年已对青禾县发展和改革局立项督办相近事项1件" in html
    assert Order.objects.count() == 1
    assert (
        desks["inspector"].post("/orders/new/", draft(title="老旧小区改造进度", sure="on")).status_code == 302
    )
    assert Order.objects.count() == 2


def test_the_years_plan_of_inspections(desks: dict[str, Client]) -> None:
    assert desks["inspector"].post("/orders/plan/", {"planned": 1}).status_code == 403
    desks["office"].post("/orders/plan/", {"planned": 1})
    special = {"type": "special", "authority": "head", "authority_ground": "县长指令", "co_units": []}
    desks["inspector"].post("/orders/new/", draft(**special))
    do(desks["inspector"], Order.objects.get(), "submit")
    other = draft(**special, unit=the_unit("青禾县教育局"))
    assert "超出计划" in desks["inspector"].post("/orders/new/", other).content.decode()


def test_slips_and_plates(desks: dict[str, Client]) -> None:
    order = handed_over(desks)
    do(desks["inspector"], order, "escalate", colour="", note="进展慢。")
    assert order.colour == "blue"
    do(desks["inspector"], order, "escalate", colour="red", note="重大事项。")
    again = desks["inspector"].post(f"/orders/{order.pk}/do/escalate/", {"colour": "blue", "note": "再发"})
    assert "不能再发这一级" in again.content.decode()
    do(desks["leader"], order, "hang", note="安委会会议")
    html = desks["head"].get("/orders/?mark=hung").content.decode()
    assert "红单（督促追责）" in html
    assert "挂牌督办" in html
