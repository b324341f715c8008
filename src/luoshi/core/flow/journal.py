"""Reading the record of who did what: the auditor reads all of it, and changes nothing anywhere."""

from luoshi.core.flow.machine import Machine, Move, State

JOURNAL = Machine(
    "办理记录",
    {"kept": State("留存", "")},
    (Move("read", "查看办理记录", ("kept",), None, ("auditor",)),),
)
