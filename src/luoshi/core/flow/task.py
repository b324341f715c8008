"""The life of a task in the ledger, and who may change what it promises; the table of a target stands beside it.

Whatever changes an owner, a deadline or a target is the office's, with a reason. Splitting the work is the accountable unit's.
"""

from luoshi.core.flow.machine import Machine, Move, Need, State

OFFICES = ("office", "force_office")
UNIT = ("clerk", "head")
_FORCE = ("force_office",)
_LEAD = (*UNIT, "force_office")
_OPEN = Need("open_milestones", "还有{n}个节点没有完成，请先完成或取消这些节点。")

TASK = Machine(
    "任务",
    {
        "running": State("办理中", "请先办理完成。"),
        "done": State("已完成", "如需改动，请先由综合协调组（政府办）恢复办理。"),
        "dropped": State("已取消", "如需改动，请先由综合协调组（政府办）恢复办理。"),
    },
    (
        Move(
            "finish",
            "标为完成",
            ("running",),
            "done",
            (*UNIT, *OFFICES),
            needs=(_OPEN,),
            bound=_LEAD,
            of="lead_unit_id",
        ),
        Move("resume", "恢复办理", ("done", "dropped"), "running", OFFICES, wants_note=True, bound=_FORCE),
        Move("drop", "取消任务", ("running",), "dropped", OFFICES, wants_note=True, bound=_FORCE),
        Move("defer", "变更时限", ("running",), None, OFFICES, wants_note=True, bound=_FORCE),
        Move(
            "add_unit", "补充责任单位", ("running",), None, (*UNIT, *OFFICES), bound=_LEAD, of="lead_unit_id"
        ),
        Move("split", "拆分任务", ("running",), None, (*UNIT, *OFFICES), bound=_LEAD, of="lead_unit_id"),
        Move("classify", "改列清单", ("running", "done", "dropped"), None, OFFICES, bound=_FORCE),
        Move(
            "describe",
            "填写清单信息",
            ("running",),
            None,
            (*UNIT, *OFFICES),
            bound=_LEAD,
            of="lead_unit_id",
        ),
        Move("carry", "从上年结转", ("running",), None, OFFICES, bound=_FORCE),
    ),
)

TARGET = Machine(
    "指标",
    {
        "pending": State("待下达", "请先填写下达的目标。"),
        "set": State("已定", "如需改动，请办理变更目标。"),
    },
    (
        Move("issue", "下达目标", ("pending",), None, OFFICES, bound=_FORCE),
        Move("change", "变更目标", ("set",), None, OFFICES, wants_note=True, bound=_FORCE),
    ),
)
