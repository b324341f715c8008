"""Acting for somebody from day to day (代办): the holder of a post lets another act in it, or the office does so for them."""

from luoshi.core.flow.machine import Machine, Move, State

KEEPERS = ("office",)
LONGEST_DAYS = 183
"""Half a year; whoever is away longer hands the post over."""

DELEGATION = Machine(
    "代办",
    {
        "planned": State("未开始", ""),
        "current": State("代办中", ""),
        "ended": State("已结束", "如还需要代办，请重新委托。"),
    },
    (
        Move("delegate", "委托代办", ("planned", "current"), None, KEEPERS, wants_note=True, own=True),
        Move("recall", "收回委托", ("planned", "current"), None, KEEPERS, own=True),
    ),
)
