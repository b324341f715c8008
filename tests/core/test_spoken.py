"""Days as spoken in a meeting: what they mean, and what has to be asked."""

from datetime import date

import pytest

from luoshi.core.spoken import day_of
from luoshi.core.workdays import national

ON = date(2026, 11, 12)  # a Thursday
CLEAR = {
    "两周内": "2026-11-26",
    "一个月内": "2026-12-14",  # the 12th is a Saturday: a counted term ends on the next working day (民法典 art. 203)
    "十五日内": "2026-11-27",
    "15天内": "2026-11-27",
    "3个工作日内": "2026-11-17",
    "月底前": "2026-11-30",
    "本月底": "2026-11-30",
    "下月底前": "2026-12-31",
    "年底前": "2026-12-31",
    "12月底前": "2026-12-31",
    "四季度末": "2026-12-31",
    "明年3月底前": "2027-03-31",
    "12月15日前": "2026-12-15",
    "12.15": "2026-12-15",
    "2026-12-15": "2026-12-15",
    "2027年1月8日前": "2027-01-08",
    "周五前": "2026-11-13",
    "下周一": "2026-11-16",
    "明天": "2026-11-13",
    "30日前": "2026-11-30",
    "12月 15日前。": "2026-12-15",
}
ASKED = {
    "1月8日": ("2027-01-08", "今年已经过去"),
    "一季度前": ("2027-03-31", "今年第一季度已经过去"),
    "12月5日": ("2026-12-05", "是周六，要不要改为12月4日或12月7日"),
    "次月5日前": ("2026-12-05", "是周六"),
    "2026年11月1日": ("2026-11-01", "在开会之前"),
    "12月中旬": ("2026-12-20", "是周日"),
    "尽快": (None, "没有说到哪一天"),
    "下次会议前": (None, "没有说到哪一天"),
    "每月25日前": (None, "没有说到哪一天"),
    "2月30日": (None, "没有说到哪一天"),
    "13月1日": (None, "没有说到哪一天"),
    "": (None, "还没有写期限"),
    "\x00<script>" * 5: (None, "没有说到哪一天"),
}


@pytest.mark.parametrize(("words", "day"), CLEAR.items())
def test_clear(words: str, day: str) -> None:
    said = day_of(words, ON, national())
    assert (str(said.day), said.question) == (day, "")


@pytest.mark.parametrize(("words", "expected"), ASKED.items())
def test_doubt_is_a_question(words: str, expected: tuple[str | None, str]) -> None:
    said = day_of(words, ON, national())
    assert (said.day.isoformat() if said.day else None) == expected[0]
    assert expected[1] in said.question
    assert said.question.endswith(("。", "？"))


def test_the_end_that_is_tomorrow_may_be_the_next() -> None:
    said = day_of("月底前", date(2026, 11, 29), national())
    assert said.day == date(2026, 11, 30)
    assert said.question == "11月30日只剩1天，是指这一天，还是12月31日？"
