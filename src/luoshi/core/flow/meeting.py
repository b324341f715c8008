"""The life of a meeting (会议): prepared, its pack frozen, held with decisions written down live, closed; or cancelled with a reason.

Offices prepare and record; an office of a task force only meetings on the actions it covers. A pack may be frozen anew until the
meeting begins; the one before is kept. A leader marks the pack. After the end a forgotten decision is added by opening the record once more.
"""

from luoshi.core.flow.machine import Machine, Move, Need, State

OFFICES = ("office", "force_office")
FORCE = ("force_office",)
BEFORE = ("planned", "packed")
PACKED = ("packed", "held", "closed")
"""States in which there is a pack."""
OVER = ("held", "closed")

MEETING = Machine(
    "会议",
    {
        "planned": State("筹备中", "请先定材料。"),
        "packed": State("材料已定", "请先开会。"),
        "held": State("开会记录中", "请先结束会议。"),
        "closed": State("已结束", "如要补记议定事项，请办理“补记”。"),
        "cancelled": State("已取消", "如还要开，请重新筹备一次会议。"),
    },
    (
        Move("create", "筹备会议", ("planned",), None, OFFICES, bound=FORCE),
        Move("edit", "修改会议安排", BEFORE, None, OFFICES, bound=FORCE),
        Move("freeze", "定材料", ("planned",), "packed", OFFICES, bound=FORCE),
        Move("refreeze", "重新定材料", ("packed",), None, OFFICES, wants_note=True, bound=FORCE),
        Move("mark", "批注材料", ("packed", "held"), None, ("leader",)),
        Move("hold", "开会", ("packed",), "held", OFFICES, bound=FORCE),
        Move("write", "记议定事项", ("held",), None, OFFICES, bound=FORCE),
        Move(
            "close",
            "结束会议",
            ("held",),
            "closed",
            OFFICES,
            needs=(
                Need(
                    "loose",
                    "还有{n}条议定事项没有定下责任单位或期限，请补齐，或标为“只记录”，再结束会议。",
                ),
            ),
            bound=FORCE,
        ),
        Move("resume", "补记", ("closed",), "held", OFFICES, wants_note=True, bound=FORCE),
        Move("cancel", "取消会议", BEFORE, "cancelled", OFFICES, wants_note=True, bound=FORCE),
    ),
)
