"""The life of a unit's share in a task: it waits to be taken on, is accepted, or contested with a reason that the office answers.

An answer either upholds the share (it then counts as accepted) or gives it to another unit, which may accept or contest
in its turn. Only the unit itself speaks for itself, within the scope of the post.
"""

from luoshi.core.flow.machine import Machine, Move, Need, State

OFFICES = ("office", "force_office")
UNIT = ("clerk", "head")
_FORCE = ("force_office",)
_ANY = ("waiting", "accepted", "contested")

ASSIGNMENT = Machine(
    "责任分工",
    {
        "waiting": State("待认领", "请先由责任单位认领或提出异议。"),
        "accepted": State("已认领", "如需调整，请由综合协调组（政府办）办理改派。"),
        "contested": State("有异议", "请等综合协调组（政府办）答复，或先撤回异议。"),
    },
    (
        Move("accept", "认领", ("waiting",), "accepted", UNIT, bound=UNIT),
        Move("contest", "提出异议", ("waiting",), "contested", UNIT, wants_note=True, bound=UNIT),
        Move("retract", "撤回异议", ("contested",), "waiting", UNIT, bound=UNIT),
        Move("uphold", "维持原分工", ("contested",), "accepted", OFFICES, wants_note=True, bound=_FORCE),
        Move("reassign", "改派", _ANY, "waiting", OFFICES, wants_note=True, bound=_FORCE),
        Move("account", "指定负总责单位", _ANY, None, OFFICES, wants_note=True, bound=_FORCE),
        Move(
            "release",
            "免除责任",
            _ANY,
            None,
            OFFICES,
            needs=(Need("accountable", "这个单位对任务负总责，请先指定另一个单位负总责，再免除。"),),
            wants_note=True,
            bound=_FORCE,
        ),
        Move(
            "expand",
            "展开统称",
            _ANY,
            None,
            OFFICES,
            needs=(
                Need("single", "这是一个具体单位，不是统称，不用展开。"),
                Need("memberless", "这个统称还没有登记包含哪些单位，请先到“单位”中登记所含单位，再展开。"),
            ),
            bound=_FORCE,
        ),
    ),
)
