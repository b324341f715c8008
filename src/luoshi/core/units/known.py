"""Kinds of offices that every county has, by their full and short names (known_units.csv)."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Printed right after another name's ending, one of these begins a new name (县发改局财政局).
_SHORT = (
    "发改局 发改委 发展改革局 发展改革委 教育局 教体局 科技局 科工局 工信局 工信委 经信局 民政局 司法局 财政局 人社局 "
    "自然资源局 自规局 住建局 城管局 交通局 交通运输局 水利局 水务局 农业农村局 商务局 文旅局 文化旅游局 卫健局 卫健委 "
    "退役军人局 应急局 应急管理局 审计局 市监局 市场监管局 市场监督管理局 统计局 医保局 林业局 信访局 金融办 国资委 国资局 "
    "行政审批局 数据局 乡村振兴局 生态环境局 体育局 外事办 人防办 机关事务局 人民法院 人民检察院 总工会 团县委 团区委 团市委 妇联 "
    "残联 科协 工商联 红十字会"
)
SHORT_NAMES: tuple[str, ...] = tuple(_SHORT.split())


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of office: full name without place and level, short names, system (政府部门, 党委部门, 垂管 …)."""

    full: str
    shorts: tuple[str, ...]
    system: str


@cache
def kinds() -> tuple[Kind, ...]:
    """The shipped table, read once."""
    lines = (files(__package__) / "known_units.csv").read_text("utf-8").splitlines()
    return tuple(
        Kind(row["full"], tuple(row["short"].split(";")), row["system"]) for row in csv.DictReader(lines)
    )


@cache
def kinds_by_name() -> dict[str, frozenset[str]]:
    """Every full and short name -> full names of the kinds it may stand for (金融办 stands for two)."""
    found: dict[str, set[str]] = {}
    for kind in kinds():
        for name in (kind.full, *kind.shorts):
            found.setdefault(name, set()).add(kind.full)
    return {name: frozenset(fulls) for name, fulls in found.items()}
