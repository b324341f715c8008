"""The life of a project (储备/签约 → 开工 → 竣工 → 投产, 终止 with a reason), of one 对账 of its books, and of a 大比拼 board.

The office keeps the list; the owner unit reports its figures, its milestones and the days on which it went on. 发改 and 财政 each write
their own book and no other (their units are designated by the office: `planning_unit_id`, `finance_unit_id`).
"""

from luoshi.core.flow.machine import Machine, Move, Need, State

OFFICE = ("office",)
UNIT = ("clerk", "head")
_BOTH = (*UNIT, *OFFICE)
GOING = ("reserve", "signed", "begun", "finished")
ASKED = ("signed", "begun", "finished")
"""States in which figures are asked: what is in reserve has none, what produces has its last."""
LISTED = (*GOING, "producing")

PROJECT = Machine(
    "项目",
    {
        "reserve": State("储备", "请先签约或开工。"),
        "signed": State("已签约", "请先登记开工。"),
        "begun": State("在建", "请先登记竣工。"),
        "finished": State("已竣工", "请先登记投产。"),
        "producing": State("已投产", "如登记有误，请由综合协调组（政府办）撤回投产。"),
        "ended": State("已终止", "如重新启动，请由综合协调组（政府办）另列一个项目。"),
    },
    (
        Move("create", "列入项目清单", ("reserve",), None, OFFICE),
        Move("edit", "修改项目", LISTED, None, OFFICE),
        Move("sign", "登记签约", ("reserve",), "signed", OFFICE),
        Move("register", "登记履约", ("signed", "begun", "finished"), None, _BOTH, bound=UNIT),
        Move("begin", "登记开工", ("reserve", "signed"), "begun", _BOTH, bound=UNIT),
        Move("finish", "登记竣工", ("begun",), "finished", _BOTH, bound=UNIT),
        Move("produce", "登记投产", ("finished",), "producing", _BOTH, bound=UNIT),
        Move("report", "报送数据", ASKED, None, UNIT, bound=UNIT),
        Move("milestones", "修改节点", LISTED, None, _BOTH, bound=UNIT),
        Move("unproduce", "撤回投产", ("producing",), "finished", OFFICE, wants_note=True),
        Move("unfinish", "撤回竣工", ("finished",), "begun", OFFICE, wants_note=True),
        Move(
            "unbegin",
            "撤回开工",
            ("begun",),
            "reserve",
            OFFICE,
            needs=(Need("was_signed", "这个项目登记过签约，请用“退回已签约”。"),),
            wants_note=True,
        ),
        Move(
            "unbegin_signed",
            "退回已签约",
            ("begun",),
            "signed",
            OFFICE,
            needs=(Need("never_signed", "这个项目没有登记过签约，请用“撤回开工”。"),),
            wants_note=True,
        ),
        Move("unsign", "撤回签约", ("signed",), "reserve", OFFICE, wants_note=True),
        Move("end", "终止项目", GOING, "ended", OFFICE, wants_note=True),
    ),
)
STEPS = ("sign", "begin", "finish", "produce")
"""Verbs that lead a project on, in their order; each with a day."""

RECONCILIATION = Machine(
    "对账",
    {
        "open": State("对账中", "请等这一期关账后再看结果。"),
        "closed": State("已关账", "如数据有误，请在下一期更正。"),
    },
    (
        Move("open", "发起对账", ("open",), None, OFFICE),
        Move("fill_owner", "填报项目单位的账", ("open",), None, UNIT),
        Move("fill_planning", "填报发改的账", ("open",), None, UNIT, bound=UNIT, of="planning_unit_id"),
        Move("fill_finance", "填报财政的账", ("open",), None, UNIT, bound=UNIT, of="finance_unit_id"),
        Move("settle", "了结差异", ("open",), None, OFFICE, wants_note=True),
        Move(
            "close",
            "关账",
            ("open",),
            "closed",
            OFFICE,
            needs=(Need("empty", "这一期还没有任何一方报数，不能关账。"),),
        ),
    ),
)

BOARD = Machine(
    "大比拼榜",
    {
        "draft": State("拟定中", "请先发布。"),
        "open": State("进行中", "请等这一榜结束后再看结果。"),
        "closed": State("已结束", "如需再比，请另设一榜。"),
    },
    (
        Move("create", "设榜", ("draft",), None, OFFICE),
        Move("edit", "修改榜", ("draft",), None, OFFICE),
        Move(
            "publish",
            "发布",
            ("draft",),
            "open",
            OFFICE,
            needs=(
                Need("no_measures", "还没有写明按什么比，请先加一项指标。"),
                Need("no_groups", "还没有分组，请先设一个可比的组。"),
            ),
        ),
        Move("recall", "撤回拟定", ("open",), "draft", OFFICE, wants_note=True),
        Move("enter", "报数", ("open",), None, (*UNIT, *OFFICE), bound=UNIT),
        Move("close", "结束本榜", ("open",), "closed", OFFICE),
    ),
)
