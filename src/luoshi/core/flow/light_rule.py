"""A county's own rules of lights (灯规则): laid down by the office from a day on, withdrawn only before that day.

What was in force on a past day is never changed: a light of that day must come out the same for ever.
"""

from luoshi.core.flow.machine import Machine, Move, Need, State

OFFICE = ("office",)

LIGHT_RULE = Machine(
    "灯规则",
    {"set": State("已定", "请先撤回再改。"), "withdrawn": State("已撤回", "请另立一套规则。")},
    (
        Move("draw", "另立灯规则", ("set",), None, OFFICE),
        Move(
            "withdraw",
            "撤回灯规则",
            ("set",),
            "withdrawn",
            OFFICE,
            needs=(Need("in_force", "这套规则已经生效，撤回会改变以前的灯。请另立一套从以后某天起的规则。"),),
            wants_note=True,
        ),
    ),
)
