"""The life of a milestone (节点) of a task, or of the piece of it that one unit does: open, done, confirmed by the office, or dropped.

The accountable unit plans; whoever does the piece says that it is done (`doer_id`); the office confirms or sends back.
"""

from luoshi.core.flow.machine import Machine, Move, State

OFFICES = ("office", "force_office")
UNIT = ("clerk", "head")
_FORCE = ("force_office",)
_BOUND = (*UNIT, "force_office")

MILESTONE = Machine(
    "节点",
    {
        "open": State("未完成", "请先完成这个节点。"),
        "done": State("已完成", "如需改动，请先退回未完成。"),
        "confirmed": State("已确认", "如需改动，请由综合协调组（政府办）退回未完成。"),
        "dropped": State("已取消", "如还需要，请先恢复这个节点。"),
    },
    (
        Move("edit", "修改节点", ("open",), None, (*UNIT, *OFFICES), bound=_BOUND, of="lead_unit_id"),
        Move("finish", "完成", ("open",), "done", (*UNIT, *OFFICES), bound=_BOUND, of="doer_id"),
        Move("undo", "退回未完成", ("done",), "open", (*UNIT, *OFFICES), bound=_BOUND, of="doer_id"),
        Move("confirm", "确认完成", ("done",), "confirmed", OFFICES, bound=_FORCE),
        Move("reject", "不予确认", ("done", "confirmed"), "open", OFFICES, wants_note=True, bound=_FORCE),
        Move(
            "drop",
            "取消节点",
            ("open",),
            "dropped",
            (*UNIT, *OFFICES),
            wants_note=True,
            bound=_BOUND,
            of="lead_unit_id",
        ),
        Move("restore", "恢复节点", ("dropped",), "open", (*UNIT, *OFFICES), bound=_BOUND, of="lead_unit_id"),
    ),
)
