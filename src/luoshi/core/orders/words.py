"""The fields of an order as the regulations name them: where it comes from, what kind of inspection it is, who allowed it, how it
is done, why something cannot be done. 《政府督查工作条例》（国务院令第733号）: 第七、十一、十二、十四条."""

ORIGINS: dict[str, str] = {
    "warning": "灯号预警",
    "meeting": "会议议定",
    "instruction": "领导批示",
    "paper": "上级文件",
    "inspection": "督查发现",
    "public": "群众和企业反映",
    "ledger": "台账任务",
}
TYPES: dict[str, str] = {
    "daily": "日常督办",
    "general": "综合督查",
    "special": "专项督查",
    "event": "事件调查",
    "clue": "线索核查",
}
"""Art. 14. All but the daily kind are approved by the head of the government (art. 11) and counted against the year's plan (art. 15)."""
DAILY = "daily"
AUTHORITIES: dict[str, str] = {
    "decision": "本级政府决定",
    "head": "行政首长指令",
    "proposal": "督查机构建议并经行政首长批准",
    "designated": "本级政府指定的部门承担",
}
"""Art. 11 and, for departments that the government designates, art. 7."""
METHODS: dict[str, str] = {
    "self": "要求自查、说明情况",
    "hear": "听取汇报",
    "visit": "检查、访谈、暗访",
    "forum": "座谈、听证、统计、评估",
    "files": "调阅、复制资料",
    "clues": "收集线索",
    "talk": "约谈",
    "online": "“互联网+督查”",
}
"""Art. 12."""
CAUSES: dict[str, str] = {
    "money": "资金没有落实",
    "land": "用地、规划、环评等要素缺",
    "approval": "上级审批没有下来",
    "policy": "政策不允许或有冲突",
    "power": "超出本单位职权",
    "partner": "其他单位或企业不配合",
    "people": "人手、技术力量不够",
    "nature": "天气、灾害等客观原因",
    "target": "任务本身定得不实",
    "other": "其他",
}
"""Why something cannot be done; tallied for the leader."""
COLOURS: dict[str, tuple[str, str]] = {
    "blue": ("蓝单", "提醒"),
    "orange": ("橙单", "警示"),
    "red": ("红单", "督促追责"),
}
"""三色督查单: slug → (name, what it means). Which colour means what differs by place, so the word always stands beside it."""
NEXT_COLOUR: dict[str, str] = {"": "blue", "blue": "orange", "orange": "red"}


def number_of(prefix: str, year: int, count: int) -> str:
    """The number of an order: one row of numbers per government and year, no empty places.

    >>> number_of("青督", 2024, 7)
    '青督〔2024〕7号'
    """
    return f"{prefix}〔{year}〕{count}号"
