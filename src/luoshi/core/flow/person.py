"""People on the list: the office keeps it, by names alone (个人信息保护法 art. 6: no more than is needed)."""

from luoshi.core.flow.machine import Machine, Move, State

KEEPERS = ("office",)

PERSON = Machine(
    "人员",
    {
        "current": State("在册", ""),
        "left": State("已离开", "如本人已回来，请先恢复在册。"),
    },
    (
        Move("create", "登记人员", ("current",), None, KEEPERS),
        Move("correct", "更正姓名", ("current",), None, KEEPERS),
        Move("leave", "登记离开", ("current",), "left", KEEPERS),
        Move("come_back", "恢复在册", ("left",), "current", KEEPERS),
        Move("exchange", "导入导出单位和人员", ("current",), None, KEEPERS),
    ),
)
