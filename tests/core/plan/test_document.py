"""Title, number, issuer, date and year of papers, whole and damaged."""

import pytest

from luoshi.core.plan.document import find_document
from luoshi.core.plan.model import Document
from luoshi.core.plan.paper import open_paper
from luoshi.core.source.text import SourceText

BODY = "\n为推动发展，制定本方案。\n一、总体要求\n稳中求进。\n"


def document(head: str, body: str = BODY) -> Document:
    return find_document(open_paper(SourceText("plan.txt", "txt", head + body)))


NOTICE = """青禾县人民政府办公室
关于印发《青禾县消费提振行动方案》的
通  知
青政办发〔2026〕12号

各乡镇人民政府，县直有关单位：
现将《青禾县消费提振行动方案》印发给你们，请认真组织实施。

      青禾县人民政府办公室
        2026年3月18日

青禾县消费提振行动方案
"""


def test_a_notice_that_issues_a_plan() -> None:
    assert document(NOTICE) == Document(
        "青禾县消费提振行动方案", "青政办发〔2026〕12号", "青禾县人民政府办公室", "2026-03-18", 2026
    )


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("打好经济增长主动仗工作方案\n", "打好经济增长主动仗工作方案"),
        ("青禾县关于加快\n工业发展的若干措施\n", "青禾县关于加快工业发展的若干措施"),
        ("青禾县2026年重点工作\n任务分解方案\n", "青禾县2026年重点工作任务分解方案"),
        (
            "青禾县人民政府办公室关于印发青禾县河长制工作方案的通知\n现印发给你们。\n青禾县河长制工作方案\n",
            "青禾县河长制工作方案",
        ),
        (
            "关于印发《青禾县推动\n改革方案（2026—2028年）》的通知\n正文。\n青禾县推动\n改革方案\n（2026—2028年）\n",
            "青禾县推动改革方案（2026—2028年）",
        ),
        (
            "2026年青禾县政府工作报告\n——2026年1月8日在青禾县第十八届人民代表大会上\n",
            "2026年青禾县政府工作报告",
        ),
        ("青禾县2026年工作方案（青政办发〔2026〕9号）\n", "青禾县2026年工作方案"),
        (
            "青禾县人民政府办公室关于印发《政府工作报告》重点任务分工的通知\n现将分工印发给你们。\n",
            "《政府工作报告》重点任务分工",
        ),
        (
            "县人民政府办公室关于印发2026年县《政府工作报告》确定的\n主要任务分解方案的通知\n正文。\n",
            "2026年县《政府工作报告》确定的主要任务分解方案",
        ),
        ("索引号 | 00012/2026-1 | 公开方式 | 主动公开 |\n青禾县工作方案\n", "青禾县工作方案"),
        ("标题：青禾县工作方案\n青政办发〔2026〕9号\n", "青禾县工作方案"),
        ("青禾县人民政府办公室关于印发\n青禾县2026年招商方案的通知\n", "青禾县2026年招商方案"),
        ("政策解读\n青禾县\n青禾县低空经济行动计划（征求意见稿）\n", "青禾县低空经济行动计划（征求意见稿）"),
    ],
)
def test_the_title_is_the_plan_s_own_with_its_wraps_joined(head: str, title: str) -> None:
    assert document(head).title == title


@pytest.mark.parametrize(
    ("line", "number", "codes"),
    [
        ("青政办发〔2026〕12号", "青政办发〔2026〕12号", []),
        ("青政发[2026] 3号", "青政发〔2026〕3号", []),
        ("青发改函（2026）7号", "青发改函〔2026〕7号", []),
        ("青政办发〔20262", "青政办发〔2026〕2号", ["damaged-number"]),
        ("青政办发2026〕15号", "青政办发〔2026〕15号", ["damaged-number"]),
        ("（青政办发〔2026〕12号）", "青政办发〔2026〕12号", []),
        ("青政发〔2026〕2号    签发人：沈亦舟", "青政发〔2026〕2号", []),
        ("青营商组〔2026〕2号", "青营商组〔2026〕2号", []),
        ("青办发〔2O26〕l6 号", "青办发〔2026〕16号", ["damaged-number"]),
        ("文    号：青政发〔2026〕9号", "青政发〔2026〕9号", []),
        ("【发文字号】青政发〔2026〕9号", "青政发〔2026〕9号", []),
        ("2026年第3期", None, []),
    ],
)
def test_the_number_is_repaired_and_asked_about(line: str, number: str | None, codes: list[str]) -> None:
    found = document(f"青禾县工业方案\n{line}\n")
    assert found.number == number
    assert [d.code for d in found.doubts] == codes


@pytest.mark.parametrize(
    ("line", "day", "codes"),
    [
        ("2026年3月18日", "2026-03-18", []),
        ("二〇二六年三月十八日", "2026-03-18", []),
        ("二○二六年十二月三十一日", "2026-12-31", []),
        ("2O26年3月l8日", "2026-03-18", ["damaged-date"]),
        ("2026318", "2026-03-18", ["damaged-date"]),
        ("20261231", "2026-12-31", ["damaged-date"]),
        ("2026年13月18日", None, []),
    ],
)
def test_the_date_stands_under_the_signature(line: str, day: str | None, codes: list[str]) -> None:
    found = document(f"青禾县工业方案\n现印发给你们。\n青禾县人民政府\n{line}\n")
    assert found.date == day
    assert [d.code for d in found.doubts] == codes


def test_a_signature_at_the_end_counts_and_an_imprint_does_not() -> None:
    end = "请认真落实。\n      青禾县人民政府\n     2026年5月6日\n\n青禾县人民政府办公室       2026年5月9日印发\n"
    found = document("青禾县人民政府关于加快工业发展的通知\n", BODY + end)
    assert (found.issuer, found.date) == ("青禾县人民政府", "2026-05-06")


@pytest.mark.parametrize(
    ("signature", "issuer"),
    [
        ("青禾县人民政府    2026年3月18日", "青禾县人民政府"),
        (
            "中共青禾县委办公室   青禾县人民政府办公室\n2026年3月18日",
            "中共青禾县委办公室、青禾县人民政府办公室",
        ),
        ("青 禾 县 人 民 政 府\n2026年3月18日", "青禾县人民政府"),
    ],
)
def test_signatures_on_one_line_side_by_side_or_spaced_out(signature: str, issuer: str) -> None:
    found = document(f"青禾县工业方案\n现印发给你们。\n{signature}\n")
    assert (found.issuer, found.date) == (issuer, "2026-03-18")


def test_a_date_in_brackets_under_the_title_stands_in_for_a_signature() -> None:
    assert document("青禾县2026年工作要点\n（2026年1月18日）\n").date == "2026-01-18"


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("（青营商组〔2026〕2号　2026年2月25日）", ("青营商组〔2026〕2号", None, "2026-02-25")),
        ("青政办发〔2026〕2号  2026 年 2 月 25 日", ("青政办发〔2026〕2号", None, "2026-02-25")),
        (
            "2026年2月25日，青禾县营商环境工作领导小组印发。",
            (None, "青禾县营商环境工作领导小组", "2026-02-25"),
        ),
        (
            "发布单位：青禾县发展和改革局  文号：青发改〔2026〕8号",
            ("青发改〔2026〕8号", "青禾县发展和改革局", None),
        ),
        (
            "发文机关 青禾县人民政府办公室\n发文字号 青政办发〔2026〕6号 成文日期 2026-03-02",
            ("青政办发〔2026〕6号", "青禾县人民政府办公室", "2026-03-02"),
        ),
        ("发文日期：2026年2月25日", (None, None, "2026-02-25")),
        ("2026年2月25日，全县大会召开。", (None, None, None)),
    ],
)
def test_facts_stated_on_a_line_under_the_title(line: str, facts: tuple[str | None, ...]) -> None:
    found = document(f"青禾县2026年重点任务清单\n{line}\n")
    assert (found.number, found.issuer, found.date) == facts


def test_a_letterhead_names_who_issues() -> None:
    assert (
        document("云岭市人民政府文件\n云政发〔2026〕3号\n云岭市工业稳增长方案\n").issuer == "云岭市人民政府"
    )


def test_several_issuers_are_all_named() -> None:
    head = "关于印发《青禾县助企方案》的通知\n现印发。\n青禾县科技和工业信息化局\n青禾县财政局\n2026年3月19日\n青禾县助企方案\n"
    assert document(head).issuer == "青禾县科技和工业信息化局、青禾县财政局"


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("助企工作方案\n来源：青禾县政府   2026-09-26 15:14\n", "青禾县政府"),
        ("助企工作方案\n来源：青禾日报\n", None),
        ("青禾县人民政府办公室关于支持低空经济的若干意见\n", "青禾县人民政府办公室"),
        ("中共青禾县委  青禾县人民政府\n关于推进乡村振兴的意见\n", "中共青禾县委、青禾县人民政府"),
        (
            "中共青禾县委办公室\n青禾县人民政府办公室\n印发《关于数字青禾的意见》的通知\n",
            "中共青禾县委办公室、青禾县人民政府办公室",
        ),
        ("青禾县人民政府\n2026年政府工作要点\n", "青禾县人民政府"),
        ("青禾县发展和改革局 青禾县财政局 关于印发养老设施方案的通知\n", "青禾县发展和改革局、青禾县财政局"),
        ("青政办〔2026〕2号 青禾县人民政府办公室关于印发分工的通知\n", "青禾县人民政府办公室"),
        ("政府工作报告\n现在，我代表青禾县人民政府，向大会报告工作。\n", "青禾县人民政府"),
    ],
)
def test_without_a_signature_the_issuer_is_who_else_speaks(head: str, issuer: str | None) -> None:
    assert document(head).issuer == issuer


@pytest.mark.parametrize(
    ("head", "body", "year"),
    [
        ("青禾县2026年重点工作方案\n2025年12月30日\n", BODY, 2026),
        ("政府工作报告\n", "一、2025年工作回顾\n好。\n二、2026年工作安排\n稳。\n", 2026),
        ("助企工作方案\n青政办发〔2026〕3号\n", BODY, 2026),
        ("助企工作方案\n", "一、目标\n2026年内完成，2026年见效，巩固2025年成果。\n", 2026),
        ("青禾县行动计划（2026—2028年）\n", BODY, 2026),
    ],
)
def test_the_plan_year(head: str, body: str, year: int) -> None:
    assert document(head, body).year == year
