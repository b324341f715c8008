"""The project map: towns against the stages of projects, and the four rates of what stands on each ground.

A matrix and no picture of the ground: no outside map may be fetched, and a county has its towns by heart.
"""

from collections import Counter
from collections.abc import Sequence

from django.urls import reverse

from luoshi.board import charts
from luoshi.board.tables import Chart, Head, Link, Panel, Table, Value
from luoshi.core.flow.project import PROJECT
from luoshi.core.progress.rates import FOUR_RATES, Rate, four_rates
from luoshi.core.progress.rounding import percent, rounded
from luoshi.org.models import Unit
from luoshi.projects.queries import Standing

NOWHERE = "没有写明乡镇"
SHADES = {"reserve": "#c9d3de", "signed": "#8fb4dc", "begun": "#2f6fb8", "finished": "#e8b93a", "producing": "#2f8f5b", "ended": "#7b8794"}  # fmt: skip


def grounds(standings: Sequence[Standing]) -> list[tuple[Unit | None, list[Standing]]]:
    """Projects by town, in the order of the register; those without one last."""
    found: dict[int, list[Standing]] = {}
    towns: dict[int, Unit] = {}
    for one in standings:
        key = one.project.town_id or 0
        if one.project.town:
            towns[key] = one.project.town
        found.setdefault(key, []).append(one)
    order = sorted(found, key=lambda key: (key == 0, towns[key].rank if key else 0, key))
    return [(towns.get(key), found[key]) for key in order]


def ground(standings: Sequence[Standing], size: int) -> list[Panel]:
    """Stages by town, rates by town, the projects."""
    places = grounds(standings)
    return [_stages(places, size), _rates(places, standings, size), _listed(places)]


def _name(town: Unit | None) -> str:
    return town.full_name if town else NOWHERE


def _link(town: Unit | None) -> Link | str:
    return (
        Link(town.full_name, f"{reverse('projects:index')}?town={town.pk}") if town else NOWHERE
    )  # the list narrowed to it


def _stages(places: Sequence[tuple[Unit | None, list[Standing]]], size: int) -> Panel:
    states = [state for state in PROJECT.states if any(one.state == state for _, row in places for one in row)]  # fmt: skip
    counts = [Counter(one.state for one in row) for _, row in places]
    heads = (
        Head("乡镇", 26),
        *(Head(f"{PROJECT.label(state)}(个)", 12, "number") for state in states),
        Head("共(个)", 10, "number"),
    )
    rows: list[tuple[Value, ...]] = [
        (_link(town), *(found[state] for state in states), len(row))
        for (town, row), found in zip(places, counts, strict=True)
    ]
    whole = Counter(one.state for _, row in places for one in row)
    said = "、".join(f"{PROJECT.label(state)}{whole[state]}个" for state in states)
    says = f"{len(places)}处，{sum(whole.values())}个项目：{said}。" if rows else "还没有项目。"
    option = charts.bars(says, "", [_name(town) for town, _ in places], [], size, whole=True)
    option["legend"] = charts.base(says, size)["legend"]
    option["grid"] = charts.base(says, size)["grid"]
    option["series"] = [
        {
            "name": PROJECT.label(state), "type": "bar", "stack": "stages", "barMaxWidth": 2 * size,
            "itemStyle": {"color": SHADES[state], "borderColor": "#fff", "borderWidth": 1},
            "data": [found[state] for found in counts],
        }
        for state in states
    ]  # fmt: skip
    table = Table("stages", "各乡镇的项目到了哪一步", heads, tuple(rows), "还没有项目。", wide=True)
    chart = Chart("stages", says, option, 90 + 32 * max(len(places), 2)) if rows else None
    return Panel(table, chart, more=Link("去项目清单", reverse("projects:index")))


def _rates(
    places: Sequence[tuple[Unit | None, list[Standing]]], standings: Sequence[Standing], size: int
) -> Panel:
    heads = (Head("乡镇", 26), *(Head(f"{name}（分子/分母）", 22) for name in FOUR_RATES.values()))
    found = [(town, four_rates([one.facts for one in row], row[0].day)) for town, row in places]
    rows: list[tuple[Value, ...]] = [(_link(town), *map(_words, rates)) for town, rates in found]
    says = "还没有签约的项目，不计算四率。"
    if standings:
        whole = four_rates([one.facts for one in standings], standings[0].day)
        rows.append(("全县", *map(_words, whole)))
        known = "、".join(f"{rate.name}{percent(rate.value, 1)}" for rate in whole if rate.value is not None)
        says = f"全县{known}。" if known else says
    option = charts.base(says, size) | {
        "legend": {"show": False},
        "tooltip": {**charts.base(says, size)["tooltip"], "trigger": "item"},
        "xAxis": {"type": "category", "position": "top", "data": list(FOUR_RATES.values()),
                  "axisLabel": {"fontSize": size, "color": charts.INK, "interval": 0}, "axisTick": {"show": False}},
        "yAxis": {"type": "category", "inverse": True, "data": [_name(town) for town, _ in found],
                  "axisLabel": {"fontSize": size, "color": charts.INK, "interval": 0, "width": 9 * size, "overflow": "truncate"}},
        "visualMap": {"show": False, "min": 0, "max": 100, "inRange": {"color": ["#f3f7fc", "#a9cbef"]}},
        "series": [{
            "type": "heatmap", "itemStyle": {"borderColor": "#fff", "borderWidth": 2, "decal": {"symbol": "none"}},
            "label": {"show": True, "fontSize": size, "color": charts.INK, "formatter": "{@[2]}%"},
            "data": [[x, y, float(rounded(rate.value * 100, 0))]
                     for y, (_, rates) in enumerate(found) for x, rate in enumerate(rates) if rate.value is not None],
        }],
    }  # fmt: skip
    table = Table("rates", "各乡镇的四率", heads, tuple(rows), "还没有项目。", wide=True)
    chart = Chart("rates", says, option, 70 + 32 * max(len(found), 2)) if rows else None
    note = "分母是签约批次累计的全部签约项目（资金到位率是合同引资额）；没有分母的不计算，空着。颜色深浅和数字说的是一回事。"
    return Panel(table, chart, note)


def _words(rate: Rate) -> str:
    """70%（7/10）; "" where there is no denominator."""
    if rate.value is None:
        return ""
    return f"{percent(rate.value, 1)}（{rounded(rate.numerator, 0):f}/{rounded(rate.denominator, 0):f}）"


def _listed(places: Sequence[tuple[Unit | None, list[Standing]]]) -> Panel:
    heads = (
        Head("项目", 36), Head("乡镇", 22), Head("批次", 16), Head("在哪一步", 12), Head("责任单位", 26), Head("完成年度投资(%)", 14, "number"),
        Head("过期的节点(个)", 14, "number"),
    )  # fmt: skip
    rows = tuple(
        (
            Link(one.project.name, reverse("projects:project", args=[one.project.pk])), _name(town), one.project.batch, one.label,
            str(one.project.unit or ""), None if one.share is None else float(rounded(one.share * 100, 1)), len(one.late),
        )
        for town, row in places
        for one in row
    )  # fmt: skip
    return Panel(Table("projects", "项目", heads, rows, "还没有项目。", wide=True))
