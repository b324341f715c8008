"""The life of a report: filled in by a unit, signed where the county wants it, collated by the lead unit, accepted by the
office, or returned with a reason that the unit will understand.

The filler may take back what has not been accepted. Late is stamped, never blocked. A closed round locks its reports
(`lock` of the case says since when and whom to ask) unless it was re-opened for the unit.

A unit that contests its share, or whose share was given to another, owes no report on it: the row is spared until the office has
upheld the share (docs/decisions/0211).
"""

from luoshi.core.flow.actor import BUSINESS_POSTS
from luoshi.core.flow.machine import Machine, Move, Need, State

OFFICES = ("office", "force_office")
UNIT = ("clerk", "head")
SENT = ("submitted", "signed", "collated", "accepted")
"""States in which a report counts as given."""
FILLABLE = ("draft", "returned")
SPARED = "spared"
_EVERY = (*FILLABLE, *SENT, SPARED)
_REACHING = tuple(post for post in BUSINESS_POSTS if post != "office")
_UNSIGNED = Need("unsigned", "本地区要求单位负责人签字，这一份还没有签，请先由单位负责人签字。")

REPORT = Machine(
    "填报",
    {
        "draft": State("填报中", "请先填好并提交。"),
        "submitted": State("已提交", "如需修改，请先撤回。"),
        "signed": State("已签字", "如需修改，请先撤回。"),
        "collated": State("已汇总", "如需修改，请先撤回。"),
        "accepted": State("已采用", "如需更正，请联系综合协调组（政府办）或专班办公室退回。"),
        "returned": State("已退回", "请按退回的理由修改后重新提交。"),
        SPARED: State("不用报", "请等政府办答复异议，或由本单位先撤回异议。"),
    },
    (
        Move("see", "查看填报", _EVERY, None, BUSINESS_POSTS, bound=_REACHING),
        Move(
            "see_shared", "查看责任单位的填报", (*SENT, "returned"), None, UNIT, bound=UNIT, of="lead_unit_id"
        ),
        Move("fill", "填写", FILLABLE, None, UNIT, bound=UNIT),
        Move("attach", "附上佐证", FILLABLE, None, UNIT, bound=UNIT),
        Move("detach", "取下佐证", FILLABLE, None, UNIT, bound=UNIT),
        Move(
            "submit",
            "提交",
            FILLABLE,
            "submitted",
            UNIT,
            needs=(
                Need("untouched", "这一项还没有填，请填写，或确认与上期相比无变化。"),
                Need("missing", "还有{n}项指标没有填数，请填好，或写明为什么没有数。"),
                Need("unanswered", "还有{n}处数字像是有误，请改正，或确认无误后再提交。"),
            ),
            bound=UNIT,
        ),
        Move("sign", "签字", ("submitted",), "signed", ("head",), bound=("head",)),
        Move("withdraw", "撤回", ("submitted", "signed", "collated"), "draft", UNIT, bound=UNIT),
        Move(
            "collate",
            "汇总",
            ("submitted", "signed"),
            "collated",
            UNIT,
            needs=(_UNSIGNED,),
            bound=UNIT,
            of="lead_unit_id",
        ),
        Move(
            "send_back",
            "退给责任单位",
            ("submitted", "signed"),
            "returned",
            UNIT,
            wants_note=True,
            bound=UNIT,
            of="lead_unit_id",
        ),
        Move(
            "accept",
            "采用",
            ("submitted", "signed", "collated"),
            "accepted",
            OFFICES,
            needs=(_UNSIGNED,),
            bound=("force_office",),
        ),
        Move(
            "return",
            "退回",
            ("submitted", "signed", "collated", "accepted"),
            "returned",
            OFFICES,
            wants_note=True,
            bound=("force_office",),
        ),
        Move(
            "spare",
            "不再要报",
            FILLABLE,
            SPARED,
            (*UNIT, *OFFICES),
            wants_note=True,
            bound=(*UNIT, "force_office"),
        ),
        Move("settle", "恢复填报", (SPARED,), "draft", (*UNIT, *OFFICES), bound=(*UNIT, "force_office")),
    ),
)
