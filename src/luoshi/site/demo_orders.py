"""Orders of the demo county (invented): one in every part of its life, some late, so that every page has something to show."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import Task
from luoshi.org.actors import actor_of
from luoshi.org.models import Account, Unit
from luoshi.supervision.models import Order
from luoshi.supervision.services import doing, judging, opening

OFFICE, INSPECTOR, LEADER = "xuwenlan", "wenduzhi", "luhuaiyuan"
HEADS = {
    "青禾县住房和城乡建设局": "qiaosongyan",
    "青禾县发展和改革局": "tanglixin",
    "青禾县教育局": "yinzhixing",
    "青禾县交通运输局": "yixiangyang",
    "青禾县应急管理局": "shidun",
}
MATTERS = (
    # title, what is asked, unit, co-unit, origin, ground, clock, how far it goes, days ago, days to the deadline
    ("城区内涝点整治", "汛期前完成12处内涝点整治，每月25日前反馈。", "青禾县住房和城乡建设局", "青禾县交通运输局", "instruction", "县长批示件", "hard", "working", 24, -3),
    ("重点项目用地手续办理", "3个项目的用地手续6月底前办完。", "青禾县发展和改革局", "", "meeting", "县政府第6次常务会议纪要", "minutes", "blocked", 12, 8),
    ("校园周边食品摊点规范", "开学前完成12所学校周边摊点规范。", "青禾县教育局", "", "public", "12345热线第208期", "13710", "sent", 0, 30),
    ("农村公路安全隐患整改", "完成急弯陡坡路段波形护栏安装46公里。", "青禾县交通运输局", "青禾县应急管理局", "inspection", "专项督查发现问题清单", "ordinary", "replied", 10, 2),
    ("烟花爆竹经营点排查", "对全县经营点逐一排查，建立台账。", "青禾县应急管理局", "", "paper", "市安委办通知", "urgent", "closed", 20, -1),
    ("老旧小区改造进度通报整改", "对通报的4个小区倒排工期。", "青禾县住房和城乡建设局", "", "warning", "8月序时进度预警", "ordinary", "pending", 0, 15),
)  # fmt: skip
STEPS = ("pending", "approved", "sent", "working", "replied", "closed")


def load(county: str) -> Iterator[str]:
    """Draw the orders up once; yields a line to print."""
    if Order.objects.filter(government__name=county).exists():
        return
    with transaction.atomic():
        for matter in MATTERS:
            _order(county, *matter)
    yield f"{county}的督办事项：{len(MATTERS)}件。"


def _actor(username: str) -> Actor:
    return actor_of(Account.objects.get(username=username))


def _order(
    county: str, title: str, asked: str, unit: str, co_unit: str, origin: str, ground: str, clock: str, until: str, ago: int, left: int
) -> None:  # fmt: skip
    units = Unit.objects.filter(government__name=county, valid_to=None)
    inspector, today = _actor(INSPECTOR), timezone.localdate()
    helpers = list(units.filter(full_name=co_unit)) if co_unit else []
    task = Task.objects.filter(plan__government__name=county, units__full_name=unit).first()
    draft = opening.Draft(
        title, asked, units.get(full_name=unit), origin, ground, clock=clock, co_units=helpers,
        task=task if origin == "warning" else None, leader="" if origin == "public" else "陆怀远",
    )  # fmt: skip
    order = opening.draw_up(draft, by=inspector, sure=True)
    steps = _steps(order, _actor(HEADS[unit]), inspector)
    for state in STEPS[: STEPS.index("working" if until == "blocked" else until) + 1]:
        steps[state]()
        order = Order.objects.get(pk=order.pk)
        steps = _steps(order, _actor(HEADS[unit]), inspector)
    if until == "blocked":
        help_needed = "请自然资源部门协助报市级审批。"
        doing.cannot(
            order, "approval", "两个项目的用地预审还在市级审批。", help_needed, by=_actor(HEADS[unit])
        )
    if order.sent_on:
        day = today - dt.timedelta(days=ago)
        Order.objects.filter(pk=order.pk).update(
            sent_on=day, signed_on=order.signed_on and day, deadline=today + dt.timedelta(days=left), first_deadline=today + dt.timedelta(days=left)
        )  # fmt: skip


def _steps(order: Order, head: Actor, inspector: Actor) -> dict[str, Callable[[], object]]:
    """What leads an order into each state, by the people of the county."""
    office, leader = _actor(OFFICE), _actor(LEADER)

    def work() -> None:
        doing.sign(order, by=head)
        doing.report(order, "已成立工作组，完成现场摸排，正在组织施工。", by=head)

    def finish() -> None:
        for share in order.shares.all():
            helper = _actor(HEADS[share.unit.full_name])
            doing.give(share, "已完成本单位负责路段的排查和警示标志安装。", by=helper)
            doing.take(share, by=head)
        doing.finish(
            Order.objects.get(pk=order.pk), f"“{order.title}”已按要求逐项办完，明细见验收记录。", by=head
        )

    def close() -> None:
        judging.verify(order, "到现场抽看三处，与报结内容相符，问了两位经营户。", {}, by=inspector)
        judging.close(order, by=office)

    return {
        "pending": lambda: opening.submit(order, by=inspector),
        "approved": lambda: opening.approve(order, by=leader),
        "sent": lambda: opening.send(order, by=office),
        "working": work,
        "replied": finish,
        "closed": close,
    }
