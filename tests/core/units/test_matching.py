"""Printed names against a register: short and full, level and place, two signs, former names."""

import pytest

from luoshi.core.units.known import kinds, kinds_by_name
from luoshi.core.units.matching import Entry, match, stem

NAMES = [
    "青禾县发展和改革局",
    "青禾县财政局",
    "青禾县人力资源和社会保障局",
    "青禾县住房和城乡建设局",
    "青禾县应急管理局",
    "青禾县城市管理和综合执法局",
    "青禾县商务局",
    "国家税务总局青禾县税务局",
    "青禾县市场监督管理局",
    "青禾县文化旅游广电体育局",
    "青禾县卫生健康局",
    "中共青禾县委组织部",
    "共青团青禾县委员会",
    "青禾经济开发区管理委员会",
    "云台镇人民政府",
    "云岭市生态环境局青禾分局",
    "青禾县农业农村局",
    "青禾县科技和工业信息化局",
]
REGISTER = [Entry(i, (name,)) for i, name in enumerate(NAMES)]


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("青禾县财政局", "青禾县财政局"),
        ("县财政局", "青禾县财政局"),
        ("财政局", "青禾县财政局"),
        ("县发改局", "青禾县发展和改革局"),
        ("县人社局", "青禾县人力资源和社会保障局"),
        ("县人力资源社会保障局", "青禾县人力资源和社会保障局"),
        ("县住建局", "青禾县住房和城乡建设局"),
        ("县城管局", "青禾县城市管理和综合执法局"),
        ("县税务局", "国家税务总局青禾县税务局"),
        ("县市监局", "青禾县市场监督管理局"),
        ("县市场监管局", "青禾县市场监督管理局"),
        ("县文旅广体局", "青禾县文化旅游广电体育局"),
        ("县卫健局", "青禾县卫生健康局"),
        ("县委组织部", "中共青禾县委组织部"),
        ("团县委", "共青团青禾县委员会"),
        ("青禾经开区", "青禾经济开发区管理委员会"),
        ("云台镇", "云台镇人民政府"),
        ("市生态环境局青禾分局", "云岭市生态环境局青禾分局"),
        ("县科工局", "青禾县科技和工业信息化局"),
    ],
)
def test_a_short_name_finds_its_unit_first(printed: str, full: str) -> None:
    assert NAMES[match(printed, REGISTER)[0].key] == full  # type: ignore[call-overload]


@pytest.mark.parametrize("printed", ["县气象局", "县残联", "青禾日报社", "禾丰镇"])
def test_a_name_that_nobody_answers_to_is_not_forced(printed: str) -> None:
    assert all(candidate.score < 0.9 for candidate in match(printed, REGISTER))


def test_one_body_with_two_signs_answers_to_either() -> None:
    register = [Entry("both", ("区住建局(交通局)",)), Entry("other", ("区水利局",))]
    assert [match(name, register)[0].key for name in ("区交通局", "区住建（交通）局", "住建局")] == [
        "both"
    ] * 3


def test_a_former_name_is_said_to_be_one() -> None:
    register = [Entry("now", ("青禾县数据局",), former=("青禾县政务服务局",))]
    found = match("县政务服务局", register)[0]
    assert found.key == "now"
    assert "曾用名" in found.evidence


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("青禾县财政局", "财政局"),
        ("县财政局", "财政局"),
        ("市场监管局", "市场监管局"),
        ("市市场监管局", "市场监管局"),
        ("区发改局", "发改局"),
    ],
)
def test_place_and_level_are_set_aside(name: str, rest: str) -> None:
    assert stem(name) == rest


def test_the_shipped_table_names_every_kind_once() -> None:
    fulls = [kind.full for kind in kinds()]
    assert len(fulls) == len(set(fulls))
    assert all(name == name.strip() and name for kind in kinds() for name in (kind.full, *kind.shorts))
    assert kinds_by_name()["人社局"] == {"人力资源和社会保障局"}
