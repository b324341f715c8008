"""Changing the register of units: who may, as long as the unit exists. Every verb leaves a dated record."""

from luoshi.core.flow.machine import Machine, Move, State

KEEPERS = ("office", "force_office")

UNIT = Machine(
    "单位",
    {
        "current": State("在用", ""),
        "abolished": State("已撤销", "请改为在承接其职能的单位上办理。"),
    },
    (
        Move("create", "新增单位", ("current",), None, KEEPERS),
        Move("rename", "更改单位名称", ("current",), None, KEEPERS),
        Move("correct", "更正单位信息", ("current",), None, KEEPERS),
        Move("add_name", "登记别名", ("current",), None, KEEPERS),
        Move("drop_name", "停用别名", ("current",), None, KEEPERS),
        Move("set_members", "设置所含单位", ("current",), None, KEEPERS),
        Move("merge", "并入其他单位", ("current",), None, KEEPERS, wants_note=True),
        Move("split", "分设单位", ("current",), None, KEEPERS, wants_note=True),
        Move("take_over", "承接单位职能", ("current",), None, KEEPERS, wants_note=True),
        Move("abolish", "撤销单位", ("current",), None, KEEPERS, wants_note=True),
    ),
)
