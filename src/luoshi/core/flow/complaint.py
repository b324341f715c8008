"""Saying that too much is asked, or the same thing twice (国办函〔2026〕12号: 投诉建议功能): anybody may, the office answers."""

from luoshi.core.flow.actor import BUSINESS_POSTS
from luoshi.core.flow.machine import Machine, Move, State

COMPLAINT = Machine(
    "意见",
    {
        "open": State("待答复", "请等综合协调组（政府办）答复。"),
        "answered": State("已答复", "如仍有意见，请另提一条。"),
    },
    (
        Move("file", "提意见", ("open",), None, BUSINESS_POSTS),
        Move("answer", "答复", ("open",), "answered", ("office",), wants_note=True),
    ),
)
