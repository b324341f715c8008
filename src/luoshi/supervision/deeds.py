"""What may be done to an order, a share, an extension, a review: for each verb of core/flow/order.py its form, what the page says,
and the service behind it. Pages, buttons and this list read the same tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import move
from luoshi.supervision.forms import (
    CannotForm,
    CarryOnForm,
    EscalateForm,
    NoForm,
    NoteForm,
    ReassignForm,
    ReopenForm,
    ReplyForm,
    VerifyForm,
)
from luoshi.supervision.models import Extension, Order, Review, Share
from luoshi.supervision.services import doing, judging, opening

Act = Callable[[Any, Any, Actor], object]


@dataclass(frozen=True, slots=True)
class Deed:
    """One verb: `act(thing, form, actor)`; `lead` on its page, `told` when it is done; extra arguments of the form."""

    act: Act
    lead: str
    told: str
    form: type[django_forms.Form] = NoForm
    arguments: Mapping[str, Any] | None = None
    danger: bool = False


def with_note(label: str, required: str) -> dict[str, Any]:
    """The rest of a Deed that asks for words, under this label; `required` says so where they are missing."""
    return {"form": NoteForm, "arguments": {"label": label, "required": required}}


def _moved(verb: str) -> Act:
    def act(thing: Any, form: Any, by: Actor) -> object:
        return move(thing, verb, by, form.cleaned_data.get("note", ""))

    return act


def _said(form: Any, name: str = "note") -> str:
    return str(form.cleaned_data[name])


ORDER_DEEDS: dict[str, Deed] = {
    "submit": Deed(_moved("submit"), "报审后由领导或政府办审批，审批人不能是立项人。", "已报审。"),
    "approve": Deed(lambda o, f, a: opening.approve(o, by=a), "批准后编号，可以交办。", "已批准立项。"),
    "approve_daily": Deed(lambda o, f, a: opening.approve(o, by=a), "批准后编号，可以交办。", "已批准立项。"),
    "turn_down": Deed(
        _moved("turn_down"), "退回立项人修改，或不再立项。", "已退回立项人。", **with_note("理由", "请写明不予立项的理由。")
    ),
    "send": Deed(lambda o, f, a: opening.send(o, by=a), "交办后承办单位就能看到，从今天起计时。", "已交办。"),
    "sign": Deed(lambda o, f, a: doing.sign(o, by=a), "签收后开始办理。", "已签收，请按时限办理和反馈。"),
    "refuse": Deed(
        _moved("refuse"), "确不属于本单位职责的可以拒收，由交办方改派或说明。", "已拒收，等交办方处理。",
        **with_note("拒收理由", "拒收要写明理由，最好写明应由哪个单位办理。"), danger=True,
    ),
    "reassign": Deed(
        lambda o, f, a: opening.reassign(o, f.cleaned_data["unit"], by=a, note=_said(f)),
        "改派后由新的承办单位签收，时限不变。", "已改派。", ReassignForm,
    ),
    "resend": Deed(
        _moved("resend"), "仍由原单位承办的，写明为什么。", "已重新交办。", **with_note("说明", "请回应拒收的理由。")
    ),
    "report": Deed(
        lambda o, f, a: doing.report(o, _said(f, "text"), f.proofs(), by=a),
        "写清进展就行，佐证有就填、没有不要求。", "已反馈。", ReplyForm,
    ),
    "finish": Deed(
        lambda o, f, a: doing.finish(o, _said(f, "text"), f.proofs(), by=a),
        "写明怎样办成的，由其他单位的督查人员核验。", "已报结，等核验。", ReplyForm,
    ),
    "take_back": Deed(_moved("take_back"), "撤回后可以继续反馈，再重新报结。", "已撤回报结。"),
    "verify": Deed(
        lambda o, f, a: judging.verify(o, _said(f, "words"), f.answers(), by=a),
        "核验意见要用自己的话写，有提示的逐条说明。", "核验通过，等销号。", VerifyForm,
    ),
    "send_back": Deed(
        lambda o, f, a: judging.send_back(o, _said(f), by=a), "退回后承办单位继续办理，时限不变。", "已退回重办。",
        **with_note("退回理由", "请写明哪里没有办好、还要做什么。"),
    ),
    "close": Deed(lambda o, f, a: judging.close(o, by=a), "销号后进入回头看范围。", "已销号。"),
    "look_back": Deed(
        lambda o, f, a: judging.look_back(o, _said(f), by=a), "没有反弹的记下情况；反弹的请办理“恢复挂号”。", "已记下回头看情况。",
        **with_note("回头看情况", "请写明什么时候、看了什么、结果如何。"),
    ),
    "reopen": Deed(
        lambda o, f, a: judging.reopen(o, _said(f), f.cleaned_data["deadline"], by=a),
        "问题反弹的恢复挂号，由原承办单位重新办理。", "已恢复挂号。", ReopenForm, danger=True,
    ),
    "cannot": Deed(
        lambda o, f, a: doing.cannot(o, f.cleaned_data["cause"], _said(f, "text"), _said(f, "help_needed"), by=a),
        "办不成的如实报告，写明原因和需要的帮助，由政府办或领导研究。", "已报告，等研究。", CannotForm,
    ),
    "carry_on": Deed(
        lambda o, f, a: judging.carry_on(o, _said(f), f.cleaned_data["deadline"], by=a),
        "给予帮助或调整时限后继续办理。", "已答复，继续办理。", CarryOnForm,
    ),
    "drop": Deed(
        lambda o, f, a: judging.drop(o, _said(f), by=a), "确实办不成的同意终止，不再计时。", "已终止。",
        **with_note("研究意见", "请写明为什么同意终止。"), danger=True,
    ),
    "escalate": Deed(
        lambda o, f, a: judging.escalate(o, _said(f), f.cleaned_data["colour"], by=a),
        "一般按蓝单、橙单、红单依次升级；重大、紧急的可以直接发橙单、红单。", "已发督查单。", EscalateForm,
    ),
    "hang": Deed(
        lambda o, f, a: judging.hang(o, True, _said(f), by=a), "挂牌后在列表中单独标出。", "已挂牌督办。", **with_note("依据", "请写明挂牌的依据。")
    ),
    "unhang": Deed(
        lambda o, f, a: judging.hang(o, False, _said(f), by=a), "整改到位后摘牌。", "已摘牌。", **with_note("依据", "请写明摘牌的依据。")
    ),
    "conclude": Deed(
        lambda o, f, a: judging.conclude(o, _said(f), by=a),
        "督查结论反馈承办单位，单位可在30日内申请复核（政府督查工作条例第十六条、第十七条）。", "已作出督查结论。",
        **with_note("督查结论", "请写明督查结论。"),
    ),
    "cancel": Deed(
        _moved("cancel"), "撤销后不再计时，记录留存。", "已撤销立项。", **with_note("理由", "请写明撤销的理由。"), danger=True
    ),
}  # fmt: skip

SHARE_DEEDS: dict[str, Deed] = {
    "give": Deed(
        lambda s, f, a: doing.give(s, _said(f), by=a), "写明本单位做了什么，由牵头单位汇总。", "已报送牵头单位。",
        **with_note("配合情况", "请写明本单位做了什么。"),
    ),
    "recall": Deed(_moved("recall"), "撤回后可以修改再报。", "已撤回。"),
    "take": Deed(_moved("take"), "采用后计入本单位的汇总。", "已汇总。"),
    "give_back": Deed(
        lambda s, f, a: doing.give_back(s, _said(f), by=a), "退回配合单位补充。", "已退回。", **with_note("退回理由", "请写明要补充什么。")
    ),
}  # fmt: skip

EXTENSION_DEEDS: dict[str, Deed] = {
    "grant": Deed(
        lambda e, f, a: judging.grant(e, f.cleaned_data["note"], by=a), "同意后时限改为申请的日期，延期次数记在事项上。", "已同意延期。",
        form=NoteForm, arguments={"label": "答复（可不填）", "required": ""},
    ),
    "deny": Deed(
        lambda e, f, a: judging.deny(e, _said(f), by=a), "不同意的按原时限办理。", "已答复不同意延期。", **with_note("理由", "请写明不同意的理由。")
    ),
    "withdraw": Deed(_moved("withdraw"), "撤回后按原时限办理。", "已撤回延期申请。"),
}  # fmt: skip


def _decided(verb: str) -> Act:
    return lambda r, f, a: judging.decide_review(r, verb, _said(f), by=a)


REVIEW_DEEDS: dict[str, Deed] = {
    verb: Deed(
        _decided(verb), "申请后30日内作出决定，作出原结论的人员回避（政府督查工作条例第十七条）。", "已作出复核决定。",
        **with_note("复核决定", "请写明复核决定和理由。"),
    )
    for verb in ("uphold", "change")
}  # fmt: skip

DEEDS: dict[type, dict[str, Deed]] = {
    Order: ORDER_DEEDS,
    Share: SHARE_DEEDS,
    Extension: EXTENSION_DEEDS,
    Review: REVIEW_DEEDS,
}
