"""The tree of governments: who registers one below their own."""

from luoshi.core.flow.machine import Machine, Move, State

GOVERNMENT = Machine(
    "地区",
    {"current": State("在用", "")},
    (
        Move("add_below", "登记下级地区", ("current",), None, ("office",)),
        Move("set_rules", "设定报送规则", ("current",), None, ("office",)),
    ),
)
