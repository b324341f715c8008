"""Reminding: the office sets the thresholds with their ground; the system administrator keeps the channels; each person their
own wishes. Those who keep the system see no business, and the office no passwords."""

from luoshi.core.flow.actor import BUSINESS_POSTS
from luoshi.core.flow.machine import Machine, Move, State

REMINDER_RULES = Machine(
    "提醒规则",
    {"current": State("在用", "")},
    (
        Move("see", "查看提醒规则", ("current",), None, BUSINESS_POSTS),
        Move("set", "修改提醒规则", ("current",), None, ("office",), wants_note=True),
    ),
)

CHANNEL = Machine(
    "提醒渠道",
    {
        "on": State("在用", "如不再使用，请停用。"),
        "off": State("停用", "如要使用，请先启用。"),
        "removed": State("已删除", "如要使用，请重新添加。"),
    },
    (
        Move("see", "查看提醒渠道", ("on", "off"), None, ("system_admin",)),
        Move("add", "添加提醒渠道", ("on",), None, ("system_admin",)),
        Move("edit", "修改提醒渠道", ("on", "off"), None, ("system_admin",)),
        Move("try", "发一条试试", ("on", "off"), None, ("system_admin",)),
        Move("stop", "停用", ("on",), "off", ("system_admin",)),
        Move("start", "启用", ("off",), "on", ("system_admin",)),
        Move("remove", "删除", ("on", "off"), "removed", ("system_admin",)),
    ),
)

WISH = Machine(
    "接收方式",
    {"current": State("在用", "")},
    (Move("set", "修改接收方式", ("current",), None, (), own=True),),
)
"""How a person wants to be reminded beside the inbox: theirs alone, nobody sets it for them."""

LOOK = Machine(
    "领导页",
    {"current": State("在用", "")},
    (Move("look", "查看领导页", ("current",), None, ("leader",)),),
)
"""The page of a leader, and the day up to which they have seen the changes."""
