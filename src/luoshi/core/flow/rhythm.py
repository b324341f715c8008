"""The lives of the calendar: a rhythm confirmed, changed or stopped from a day; a duty kept or missed; days of the county; a feed.

The office confirms, and keeps the calendar. A duty is seen by who bears it and by the office, and by nobody else (履职情况只给本人看).
"""

from luoshi.core.flow.actor import BUSINESS_POSTS
from luoshi.core.flow.machine import Machine, Move, Need, State

KEEPERS = ("office",)
UNIT = ("head", "clerk")
BEARERS = (*KEEPERS, *UNIT)
"""Besides the person who bears a duty: the office, and the unit for its own duties."""
LIVE = ("waiting", "missed")
"""States of a duty that is still to be kept, in time or late."""
_FOLLOWED = Need("followed", "这个节奏已有调整后的一条，请在后一条上办理。")

RHYTHM = Machine(
    "节奏",
    {
        "running": State("执行中", "如需改动，请写明理由和依据后调整或停止。"),
        "changed": State("已调整", "请看调整后的那一条。"),
        "stopped": State("已停止", "如还要执行，请恢复这个节奏。"),
    },
    (
        Move("see", "查看日程", ("running", "changed", "stopped"), None, BUSINESS_POSTS),
        Move("confirm", "确认日程", ("running",), None, KEEPERS),
        Move("change", "调整节奏", ("running",), "changed", KEEPERS, needs=(_FOLLOWED,), wants_note=True),
        Move("stop", "停止节奏", ("running",), "stopped", KEEPERS, wants_note=True),
        Move("resume", "恢复节奏", ("stopped",), None, KEEPERS, needs=(_FOLLOWED,), wants_note=True),
        Move("raise", "排出职责", ("running", "changed", "stopped"), None, KEEPERS),
        Move("skip", "记为未发起", ("running", "changed", "stopped"), None, KEEPERS),
    ),
)

DUTY = Machine(
    "职责",
    {
        "waiting": State("待完成", "请先登记完成。"),
        "missed": State("逾期未办", "仍可登记完成，记为逾期完成。"),
        "kept": State("已完成", "如登记有误，请撤销登记。"),
        "void": State("不再要求", "这一项已随节奏停止或调整取消。"),
    },
    (
        Move(
            "see",
            "查看职责",
            ("waiting", "missed", "kept", "void"),
            None,
            BEARERS,
            own=True,
            stands_in=True,
            bound=UNIT,
        ),
        Move("keep", "登记完成", LIVE, "kept", BEARERS, own=True, stands_in=True, bound=UNIT),
        Move(
            "undo",
            "撤销登记",
            ("kept",),
            "waiting",
            BEARERS,
            wants_note=True,
            own=True,
            stands_in=True,
            bound=UNIT,
        ),
        Move("miss", "记为逾期未办", ("waiting",), "missed", KEEPERS),
        Move("drop", "取消职责", LIVE, "void", KEEPERS, wants_note=True),
        Move("redate", "按放假安排改期", ("waiting",), None, KEEPERS),
        Move("pass_on", "随岗位移交", LIVE, None, KEEPERS),
    ),
)

HOLIDAY = Machine(
    "放假安排",
    {
        "in_force": State("有效", ""),
        "withdrawn": State("已撤销", "如仍要执行，请重新登记。"),
    },
    (
        Move("see", "查看放假安排", ("in_force", "withdrawn"), None, BUSINESS_POSTS),
        Move("enter", "登记放假安排", ("in_force",), None, KEEPERS),
        Move("withdraw", "撤销放假安排", ("in_force",), "withdrawn", KEEPERS, wants_note=True),
    ),
)

FEED = Machine(
    "日历订阅",
    {
        "on": State("使用中", ""),
        "off": State("已停用", "如还要用，请重新开通。"),
    },
    (
        Move("open", "开通日历订阅", ("off",), "on", (), own=True),
        Move("renew", "更换订阅地址", ("on",), None, (), own=True),
        Move("revoke", "停用日历订阅", ("on",), "off", (), own=True),
    ),
)
