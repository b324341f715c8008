"""The life of a plan: read by the machine, checked by a person, adopted into the ledger, closed at its end."""

from luoshi.core.flow.machine import Machine, Move, Need, State

OFFICES = ("office", "force_office")

PLAN = Machine(
    "方案",
    {
        "reading": State("正在读取", "请等读取完成后再试。"),
        "review": State("待核对", "请先核对并建账。"),
        "adopted": State("已建账", "如需改动，请到台账中办理变更。"),
        "closed": State("已结账", "方案已经结账，内容只供查阅；没有办完的任务可以结转到下一年的方案。"),
        "withdrawn": State("已撤回", "如仍需使用，请重新上传文件。"),
    },
    (
        Move("read", "完成读取", ("reading",), "review", OFFICES),
        Move("reread", "重新读取", ("review",), "reading", OFFICES),
        Move("correct", "修改读出的内容", ("review",), None, OFFICES),
        Move("waive", "标为不改", ("review", "adopted"), None, OFFICES, wants_note=True),
        Move("unwaive", "取消不改", ("review", "adopted"), None, OFFICES),
        Move("recheck", "重新检查", ("review", "adopted"), None, OFFICES),
        Move(
            "adopt",
            "建账",
            ("review",),
            "adopted",
            OFFICES,
            needs=(
                Need("open_questions", "还有{n}处疑问没有处理，请逐条确认或修改后再建账。"),
                Need("unmatched_units", "还有{n}个单位名称没有对应到单位，请先到“单位对应”中处理后再建账。"),
            ),
        ),
        Move(
            "close",
            "结账",
            ("adopted",),
            "closed",
            OFFICES,
            needs=(Need("contested", "还有{n}项责任分工有异议没有答复，请先答复再结账。"),),
            wants_note=True,
        ),
        Move("carry_over", "结转", ("closed",), None, OFFICES),
        Move("withdraw", "撤回", ("reading", "review", "adopted"), "withdrawn", OFFICES, wants_note=True),
    ),
)
