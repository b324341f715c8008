"""Lists of units cut into names, with and without their separators."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.units.names import is_collective, read_list, split_units

ROWS = [
    ("县发改局、县科工局", ["县发改局", "县科工局"]),
    ("县发改局县科工局", ["县发改局", "县科工局"]),
    ("县自然资源局市生态环境局青禾分局县住建局", ["县自然资源局", "市生态环境局青禾分局", "县住建局"]),
    ("县人社局县科协青禾经开区", ["县人社局", "县科协", "青禾经开区"]),
    ("青禾经开区禾丰集团公司", ["青禾经开区", "禾丰集团公司"]),
    ("县林业局团县委县妇联县红十字会", ["县林业局", "团县委", "县妇联", "县红十字会"]),
    ("县机关事务中心县行政审批局", ["县机关事务中心", "县行政审批局"]),
    ("县文化和旅游局县应急管理局", ["县文化和旅游局", "县应急管理局"]),
    ("县文旅局和县财政局及各乡镇人民政府", ["县文旅局", "县财政局", "各乡镇人民政府"]),
    ("农业农村局财政局水利局", ["农业农村局", "财政局", "水利局"]),
    ("水利林业", ["水利", "林业"]),
    ("青禾县财政局青禾县审计局", ["青禾县财政局", "青禾县审计局"]),
    ("区住建局(交通局)、区商务局(招商中心、驻外办)", ["区住建局(交通局)", "区商务局(招商中心、驻外办)"]),
    ("县科技和工业信息化局、县住房和城乡建设局", ["县科技和工业信息化局", "县住房和城乡建设局"]),
    ("市发展改革委 市财政局 市住房城乡建设局", ["市发展改革委", "市财政局", "市住房城乡建设局"]),
    ("各负有监管\n职责的行业部门、县公路建设养护\n中心", ["各负有监管职责的行业部门", "县公路建设养护中心"]),
    ("县发改局、青禾经开区\n管委会、县委\n宣传部", ["县发改局", "青禾经开区管委会", "县委宣传部"]),
    ("高新园(白沙镇)\n各街道\n县属国有公司", ["高新园(白沙镇)", "各街道", "县属国有公司"]),
    ("组织部\n宣传部\n县政府办公室\n经开区", ["组织部", "宣传部", "县政府办公室", "经开区"]),
    ("各县(区)、各开发区", ["各县(区)", "各开发区"]),
    ("各乡镇、县属国有企业、各园区", ["各乡镇", "县属国有企业", "各园区"]),
    ("各乡镇、县级相关部门", ["各乡镇", "县级相关部门"]),
    ("各乡镇、街道", ["各乡镇", "街道"]),
    ("各区、县(市)政府,市直有关单位", ["各区、县(市)政府", "市直有关单位"]),
    ("自然资源和规划", ["自然资源和规划"]),
    ("县财政局、各乡镇党委、政府", ["县财政局", "各乡镇党委、政府"]),
    ("市市场监管局、区市场监管局", ["市市场监管局", "区市场监管局"]),
    ("国家税务总局青禾县税务局", ["国家税务总局青禾县税务局"]),
    ("县公安局交警大队、县税务局稽查局", ["县公安局交警大队", "县税务局稽查局"]),
    ("市委市政府督查室", ["市委市政府督查室"]),
    ("市政府各部门", ["市政府各部门"]),
    ("青禾金控公司青禾产投集团", ["青禾金控公司", "青禾产投集团"]),
    ("镇社会事务办、各村〔社区〕红白理事会", ["镇社会事务办", "各村〔社区〕红白理事会"]),
    ("市住房公积金中心青禾管理部", ["市住房公积金中心青禾管理部"]),
]


@pytest.mark.parametrize(("text", "names"), ROWS)
def test_a_list_is_cut_into_its_names(text: str, names: list[str]) -> None:
    assert [u.name for u in split_units(text)] == names


@pytest.mark.parametrize(
    ("text", "open_ended"),
    [
        ("县发改局等", True),
        ("县发改局、县财政局等有关部门", True),
        ("县发改局等单位", True),
        ("县发改局", False),
        ("平等村", False),
    ],
)
def test_a_list_that_ends_in_deng_is_open(text: str, open_ended: bool) -> None:
    assert read_list(text).open_ended is open_ended


def test_only_a_cut_without_a_separator_is_a_guess() -> None:
    assert [u.guessed for u in split_units("县发改局县科工局、县住建局")] == [True, True, False]


@pytest.mark.parametrize(
    ("name", "collective"),
    [
        ("各乡镇人民政府", True),
        ("县直有关单位", True),
        ("各成员单位", True),
        ("县安委会相关成员单位", True),
        ("各区、县(市)政府", True),
        ("县发改局", False),
        ("青禾镇人民政府", False),
    ],
)
def test_a_name_for_many_is_collective(name: str, collective: bool) -> None:
    assert is_collective(name) is collective


@given(st.text(alphabet="县区市局委办中心财政发改、,和及等()（各 \n政府镇乡", max_size=60))
def test_names_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    at = 0
    for unit in split_units(text):
        assert at <= unit.start < unit.end <= len(text)
        assert unit.name == "".join(text[unit.start : unit.end].split())
        at = unit.end
