"""What leaves the house, in words: how much, of which kinds, by when, where to look. Never what a matter is about, whose it
is, or anything reported: e-mail and group robots may go over the internet."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from luoshi.core.reminding.deciding import STAGES, Line, Stage

_ORDER: tuple[Stage, ...] = ("late", "today", "soon", "asked", "head", "office")
FOR_GROUP: dict[Stage, str] = {**STAGES, "head": "已告知单位负责人", "office": "已告知政府办"}


def summary(lines: Sequence[Line]) -> str:
    """3件快到期，最近3月5日；1件已逾期 — the counts of a digest, stage by stage."""
    counts = Counter(line.stage for line in lines)
    said = []
    for stage in _ORDER:
        if n := counts[stage]:
            nearest = min(line.item.due for line in lines if line.stage == stage)
            when = f"，最近{_day(nearest)}" if stage in ("soon", "asked") else ""
            said.append(f"{n}件{STAGES[stage]}{when}")
    return "；".join(said)


def personal(lines: Sequence[Line], where: str) -> str:
    """The text of an e-mail to one person; `where` is the address to open, "" when the county has not named one."""
    return f"您有{len(lines)}件事项需要办理：{summary(lines)}。{_look(where)}本邮件由系统发送，不用回复；办完后不再提醒。"


def for_group(digests: Sequence[Sequence[Line]], where: str) -> str:
    """The one text of a day for a group: of how many people's digests it speaks, and how much is in them. A thing that
    stands in several digests counts once a stage."""
    seen = {(line.stage, line.item.key) for lines in digests for line in lines}
    counts = Counter(stage for stage, _ in seen)
    said = "、".join(f"{FOR_GROUP[stage]}{counts[stage]}件" for stage in _ORDER if counts[stage])
    return f"【落实】今天提醒{len(digests)}人：{said}。{_look(where)}已办结的不在其中。"


def _look(where: str) -> str:
    return f"请登录{where} 查看“待我办”。" if where else "请登录“落实”查看“待我办”。"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
