"""Drawing the planned curve of an indicator: the unit that answers for it, or the office; always with a reason, never for the past."""

from luoshi.core.flow.machine import Machine, Move, Need, State

OFFICES = ("office", "force_office")

PACE = Machine(
    "计划进度",
    {"set": State("已定", "")},
    (
        Move(
            "draw",
            "自定计划进度",
            ("set",),
            None,
            ("head", *OFFICES),
            needs=(
                Need("never_prorated", "这类指标不按进度折算，直接与目标同口径比较，不需要自定计划进度。"),
                Need("not_issued", "目标还没有下达，请等下达后再定计划进度。"),
            ),
            wants_note=True,
            bound=("head", "force_office"),
        ),
    ),
)
