"""The life of a decision of a meeting (议定事项): written down live, tracked from the end of the meeting, answered by its unit in a
sentence, confirmed by the office, put off with a reason, or handed over to supervision. Being late is no state: it is seen from the day.

Nobody confirms the work of their own unit.
"""

from luoshi.core.flow.machine import Bar, Machine, Move, Need, State
from luoshi.core.flow.meeting import FORCE, OFFICES

UNIT = ("head", "clerk")
CONFIRMERS = (*OFFICES, "leader")
OPEN = ("open", "answered")
"""States in which something is still to be done."""
TRACKED = ("open", "answered", "ordered", "done", "dropped")
_NOT_OWN_WORK = Bar("doers", "unit_id", "承办单位不能确认自己办结的事项，请由其他单位的人员确认。")

DECISION = Machine(
    "议定事项",
    {
        "noted": State("记录中", "请先结束会议。"),
        "open": State("办理中", "请等责任单位反馈。"),
        "answered": State("已反馈待确认", "请等综合协调组（政府办）或专班办公室确认。"),
        "done": State("已办结", "如有反复，请在下次会议上重新议定，或转为督办。"),
        "ordered": State("已转督办", "请在督办事项中办理。"),
        "dropped": State("不再办理", "如还要办理，请在会议上重新议定。"),
        "stated": State("只记录", "这一条只作记录，不跟踪。"),
        "struck": State("已删去", "如还要记，请重新写一条。"),
    },
    (
        Move("note", "记下", ("noted",), None, OFFICES, bound=FORCE),
        Move("strike", "删去", ("noted",), "struck", OFFICES, bound=FORCE),
        Move("track", "开始跟踪", ("noted",), "open", OFFICES, bound=FORCE),
        Move("state", "只记录", ("noted",), "stated", OFFICES, bound=FORCE),
        Move("report", "反馈进展", ("open",), None, UNIT, bound=UNIT),
        Move("answer", "报办结", ("open",), "answered", UNIT, bound=UNIT),
        Move("take_back", "撤回反馈", ("answered",), "open", UNIT, bound=UNIT),
        Move("accept", "确认办结", ("answered",), "done", CONFIRMERS, bound=FORCE, bars=(_NOT_OWN_WORK,)),
        Move(
            "send_back",
            "退回继续办",
            ("answered",),
            "open",
            CONFIRMERS,
            wants_note=True,
            bound=FORCE,
            bars=(_NOT_OWN_WORK,),
        ),
        Move("put_off", "延期", ("open",), None, CONFIRMERS, wants_note=True, bound=FORCE),
        Move(
            "supervise",
            "转督办",
            OPEN,
            "ordered",
            OFFICES,
            needs=(Need("no_owner", "这一条没有责任单位，不能转督办。"),),
            bound=FORCE,
        ),
        Move("drop", "不再办理", ("open",), "dropped", CONFIRMERS, wants_note=True, bound=FORCE),
    ),
)
