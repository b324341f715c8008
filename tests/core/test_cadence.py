"""The grammar of 每旬, 一月一小结, 定期 …."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.cadence import Cadence, find_cadences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每周召开例会", ["周"]),
        ("每个季度调度", ["季度"]),
        ("每半个月", ["双周"]),
        ("每两个月", ["两月"]),
        ("每半年", ["半年"]),
        ("一周一调度,一月一小结,两月一讲评", ["周", "月", "两月"]),
        ("两周一调度", ["双周"]),
        ("一月调度一次", ["月"]),
        ("半年调度1次", ["半年"]),
        ("“旬调度、月通报、季讲评”", ["旬", "月", "季度"]),
        ("每周调度、双周通报、双周对账", ["周", "双周", "双周"]),
        ("实行周调度、旬通报", ["周", "旬"]),
        ("按季度归集", ["季度"]),
        ("按月调度、按季通报", ["月", "季度"]),
        ("月月有活动", ["月"]),
        ("周周有督查", ["周"]),
        ("全年一考核", ["年"]),
        ("“月调度、季观摩、年终总评”", ["月", "季度", "年"]),
        ("月初安排、月底通报", ["月"]),
        ("一周一碰头、半月一调度", ["周", "双周"]),
        ("双月调度", ["两月"]),
        ("定期开展", ["定期"]),
        ("不定期抽查", ["不定期"]),
        ("适时督查", ["适时"]),
        ("一项目一考评", ["每个项目"]),
        ("一代理一评价", ["每次代理"]),
        ("一季度一通报", ["季度"]),
        ("7x24小时巡查", ["7x24小时"]),
        ("24小时值班", ["24小时"]),
        ("计划年度备案制度", ["年"]),
        # no cadence
        ("每万人拥有量", []),
        ("每个行动建立专班", []),
        ("一季度末完成签约,一月底前开工", []),
        ("半年来成效明显", []),
        ("上半年总结,本月通报", []),
        ("固定期限合同、特定期间", []),
        ("定期存款", []),
        ("一企一策、一项目一专班", []),
        ("2024年3月20日报告", []),
        ("按年度计划推进", []),
        ("3个月通报", []),
    ],
)
def test_wordings(text, found):
    assert [f.cadence.every for f in find_cadences(text)] == found


@pytest.mark.parametrize(
    ("text", "activity"),
    [
        ("一周一调度", "调度"),
        ("一项目一考评", "考评"),
        ("全年一考核", "考核"),
        ("旬调度", None),
        ("每月调度", None),
    ],
)
def test_the_wording_may_hold_the_activity(text, activity):
    assert [f.activity for f in find_cadences(text)] == [activity]


@pytest.mark.parametrize(
    ("text", "at_least", "day"),
    [
        ("至少半年调度一次", True, None),
        ("至少每季度召开", True, None),
        ("每月25日前报送", False, 25),
        ("每月5日、20日前报送", False, 5),
        ("每月25日报送", False, None),
        ("每周召开", False, None),
    ],
)
def test_lower_bound_and_latest_day(text, at_least, day):
    (found,) = find_cadences(text)
    assert (found.cadence.at_least, found.cadence.day) == (at_least, day)


def test_places_are_offsets_into_the_text():
    text = "县政府督查室不定期开展督查,每月25日前通报"
    assert [text[f.start : f.end] for f in find_cadences(text)] == ["不定期", "每月25日前"]
    assert [text[f.start : f.end] for f in find_cadences(text, 14)] == ["每月25日前"]


@pytest.mark.parametrize(
    ("every", "labels"),
    [
        ("旬", ["2024年2月上旬", "2024年2月中旬", "2024年2月下旬"]),
        ("月", ["2024年2月"]),
        ("季度", []),
        ("定期", []),
        (None, []),
    ],
)
def test_periods_due_in_a_february(every, labels):
    due = Cadence(every).due(date(2024, 2, 1), date(2024, 2, 29))
    assert [p.label for p in due] == labels


def test_every_two_years_sets_no_date():
    (found,) = find_cadences("两年评选一次")
    assert found.cadence.every == "两年"
    assert found.cadence.due(date(2024, 1, 1), date(2027, 1, 1)) == ()


@given(
    st.lists(
        st.sampled_from([*"每按逐一两双半2全周旬月季年日定期适时度调通报评选次、,", "季度", "调度"]),
        max_size=12,
    ).map("".join)
)
def test_any_row_of_its_signs_is_read(text):
    for found in find_cadences(text):
        assert 0 <= found.start < found.end <= len(text)
