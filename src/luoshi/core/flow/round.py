"""A round of reporting: opened for a rhythm and a period, due on a day, closed and frozen, re-opened for one unit with a reason."""

from luoshi.core.flow.actor import BUSINESS_POSTS
from luoshi.core.flow.machine import Machine, Move, Need, State

OFFICES = ("office", "force_office")
BOUND = ("force_office",)
"""An office of a task force opens and keeps rounds of the actions it covers."""

ROUND = Machine(
    "轮次",
    {
        "open": State("填报中", "请等这一轮锁定后再看结果。"),
        "closed": State("已锁定", "如需修改，请联系综合协调组（政府办）或专班办公室为本单位重新打开。"),
    },
    (
        Move("see", "查看轮次", ("open", "closed"), None, BUSINESS_POSTS),
        Move(
            "download",
            "下载锁定件",
            ("open", "closed"),
            None,
            (*OFFICES, "inspector", "assessor"),
            bound=BOUND,
        ),
        Move("open", "发起填报", ("open",), None, OFFICES, bound=BOUND),
        Move("postpone", "顺延截止日", ("open",), None, OFFICES, wants_note=True, bound=BOUND),
        Move("extend", "补发", ("open",), None, OFFICES, bound=BOUND),
        Move("remind", "催报", ("open",), None, OFFICES, bound=BOUND),
        Move(
            "close",
            "锁定本轮",
            ("open",),
            "closed",
            OFFICES,
            needs=(Need("waiting_for_office", "还有{n}份已提交的填报没有审核，请先采用或退回，再锁定。"),),
            bound=BOUND,
        ),
        Move("reopen_unit", "为一个单位重新打开", ("closed",), None, OFFICES, wants_note=True, bound=BOUND),
        Move("lock_unit", "重新锁定", ("closed",), None, OFFICES, bound=BOUND),
        Move("correct", "更正已锁定的数", ("closed",), None, OFFICES, wants_note=True, bound=BOUND),
    ),
)
