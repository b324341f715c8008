"""Classified papers are refused; papers that only speak of secrets are read."""

import pytest

from luoshi.core.source.loaders import load
from luoshi.core.source.text import Unreadable
from tests.core.source.papers import docx, paragraph

BODY = "青禾县2026年重点任务方案\n各乡镇人民政府：\n为做好全年工作，制定本方案。\n"


@pytest.mark.parametrize(
    "marking",
    [
        "机密★1年",
        "秘密★",
        "绝密★长期",
        "000012\n机密 ★ 10年\n特急",
        "秘密",
        "机 密",
        "密级：秘密",
        "机密·特急",
        "内部资料",
        "内部资料　注意保存",
        "内部文件，不得外传",
        "【内部资料】",
        "仅供内部使用",
        "仅限内部参考",
        "（内部材料 注意保管）",
    ],
)
def test_a_marked_paper_is_refused(marking):
    with pytest.raises(Unreadable) as refused:
        load(f"{marking}\n{BODY}".encode(), "方案.txt")
    assert refused.value.code == "classified"
    assert str(refused.value).startswith("文件“方案.txt”标有“")
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize(
    "line",
    [
        "保守国家秘密是每个公民的义务。",
        "一、加强商业秘密保护",
        "内部控制建设方案",
        "（三）秘密",
        "严守工作秘密，涉密文件按机密级管理。",
        "内部资料要按规定清退。",
        "内部审计",
        "区直各部门要加强内部管理",
        "★★★",
    ],
)
def test_a_paper_that_speaks_of_secrets_is_read(line):
    assert line in load(f"{line}\n{BODY}{line}\n".encode(), "方案.txt").text


def test_an_annex_with_its_own_star_is_found():
    with pytest.raises(Unreadable, match="涉密"):
        load((BODY * 40 + "附件2\n秘密★5年\n名单").encode(), "方案.txt")


def test_a_bare_word_far_down_is_no_marking():
    assert load((BODY * 40 + "秘密\n").encode(), "方案.txt").text


def test_a_marking_in_the_page_header_counts():
    with pytest.raises(Unreadable, match="内部资料"):
        load(docx(paragraph("青禾县重点任务方案"), header1=paragraph("内部资料 注意保存")), "方案.docx")


def test_a_marking_under_a_long_menu_is_still_at_the_head():
    menu = "".join(f"<li><a href='/{i}'>栏目{i}</a></li>" for i in range(40))
    page = f"<html><body><div class='nav'><ul>{menu}</ul></div><div><p>内部资料 注意保存</p><p>{BODY * 3}</p></div></body></html>"
    with pytest.raises(Unreadable, match="内部资料"):
        load(page.encode(), "方案.html")
