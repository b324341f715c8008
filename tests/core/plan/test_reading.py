"""The line-up: what a file must say to be taken for a plan."""

import pytest

from luoshi import read_plan
from luoshi.core.source.text import Unreadable

STORY = "清晨的青禾河上起了薄雾。老人把船靠到岸边,同往常一样去镇上卖鱼。\n他想起许多年前的那个秋天,河水也是这样静静地流着。\n"


@pytest.mark.parametrize("text", [STORY, STORY * 40, "会议通知\n请各位同事于下午三点到二楼会议室开会。\n"])
def test_a_text_that_promises_nothing_is_no_plan(text):
    with pytest.raises(Unreadable) as refusal:
        read_plan(text.encode(), "文章.txt")
    assert refusal.value.code == "not-a-plan"
    assert "文章.txt" in str(refusal.value)


def test_one_promise_makes_a_plan():
    plan = read_plan("青禾县2026年工作安排\n全年新建农村公路20公里。\n".encode(), "安排.txt")
    assert [(i.name, i.value) for i in plan.indicators] == [("农村公路", 20.0)]


def test_the_same_bytes_give_the_same_plan():
    data = "一、目标\n粮食产量稳定在30万吨以上。\n".encode()
    assert read_plan(data, "甲.txt") == read_plan(data, "甲.txt")
