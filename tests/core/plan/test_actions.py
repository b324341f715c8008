"""Programme lines: headings, annexes, chapters of a report, the plan's own subject."""

import pytest

from luoshi.core.plan.actions import actions_by_place, find_actions
from luoshi.core.plan.document import find_document
from luoshi.core.plan.model import Action
from luoshi.core.plan.paper import Paper, open_paper
from luoshi.core.source.text import SourceText


def paper(text: str) -> Paper:
    return open_paper(SourceText("plan.txt", "txt", text))


def actions_of(opened: Paper) -> tuple[Action, ...]:
    return find_actions(opened, find_document(opened))


def names(text: str) -> list[str]:
    return [action.name for action in actions_of(paper(text))]


ROWS = [
    (
        "青禾县“三大行动”方案\n一、目标\n稳。\n二、重点任务\n（一）大力实施产业培塑行动，加快发展。做。\n"
        "（二）打好污染防治攻坚战。做。\n（三）民生暖心行动。做。\n三、组织实施\n（一）加强领导。抓。\n",
        ["产业培塑行动", "污染防治攻坚战", "民生暖心行动"],
    ),
    (
        "青禾县方案\n一、重点任务\n1.聚焦产业强县，大力实施产业培塑行动。做。\n2.聚焦民生，开展“暖心”行动。做。\n3.聚焦安全，打好除险硬仗。做。\n",
        ["产业培塑行动", "“暖心”行动", "除险硬仗"],
    ),
    (
        "青禾县方案\n一、任务\n（一）加强产业。做。\n附件1\n青禾县实施消费提振行动工作方案\n一、任务\n附件2\n青禾县实施投资攻坚行动工作方案\n",
        ["消费提振行动", "投资攻坚行动"],
    ),
    (
        "政府工作报告\n一、2025年工作回顾\n（一）经济好。\n二、2026年工作安排\n（一）坚持项目为王，扩大内需\n开工。\n（二）坚持改革\n深化。\n",
        ["坚持项目为王，扩大内需", "坚持改革"],
    ),
    (
        "打好经济增长主动仗工作方案\n一、工作任务\n（一）强化产业发展。做。\n（二）强化内需。做。\n",
        ["经济增长主动仗"],
    ),
    ("青禾县开展森林防火专项整治行动实施方案\n一、任务\n抓。\n", ["森林防火专项整治行动"]),
    ("关于2026年政府工作报告重点任务分解的通知\n一、2026年重点任务\n1.扩大投资。抓。\n2.促消费。办。\n", []),
    ("青禾县2026年城市更新行动实施方案\n一、任务\n抓。\n", []),
    ("江口省推动林下经济高质量发展行动方案\n一、任务\n抓。\n", []),
    (
        "青禾县2026年招商引资“百日攻坚”行动方案\n一、任务\n（一）专班招商\n1.机电招商专班。请。\n2.食品招商专班。谈。\n",
        [],
    ),
    ("青禾县方案\n一、任务\n1.实施老旧小区改造工程。做。\n2.实施管网更新工程。做。\n", []),
    (
        "青禾县方案\n1 目标\n2 攻坚任务\n2.1 数字经济攻坚\n2.1.1 算力。做。\n2.1.2 数据。做。\n2.2 营商服务攻坚\n2.2.1 审批。做。\n",
        ["数字经济攻坚", "营商服务攻坚"],
    ),
    ("青禾县低空经济若干措施\n一、支持项目\n给予补助。\n二、支持人才\n给予补贴。\n", []),
    ("青禾县实施“八大行动”总体方案\n一、任务\n抓。\n", []),
    (
        "青禾县“两大攻坚、两项提升”方案\n一、任务\n（一）项目攻坚\n1.抓。\n（二）招商攻坚\n1.抓。\n（三）城市品质提升\n1.抓。\n",
        ["项目攻坚", "招商攻坚", "城市品质提升"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_programme_lines_are_named_without_their_verbs(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_quote_is_the_heading_as_printed_and_its_span_covers_it() -> None:
    text = ROWS[0][0]
    action = actions_of(paper(text))[0]
    assert action.quote == "（一）大力实施产业培塑行动，加快发展。"
    assert text[action.span.start : action.span.end] == action.quote


def test_a_place_belongs_to_the_heading_it_stands_under_or_the_annex_named_after_it() -> None:
    text = (
        "青禾县“两大行动”方案\n二、任务\n（一）实施消费提振行动。促消费。\n（二）实施投资攻坚行动。抓投资。\n三、保障\n加强。\n"
        "附件1\n青禾县投资攻坚行动方案\n一、任务\n1.开工。\n附件2\n领导小组名单\n"
    )
    opened = paper(text)
    actions = actions_of(opened)
    spots = ("促消费", "抓投资", "加强", "1.开工", "领导小组")
    action_at = actions_by_place(opened, actions)
    found = [action_at(opened.clean.text.index(spot)) for spot in spots]
    assert found == ["消费提振行动", "投资攻坚行动", None, "投资攻坚行动", None]
