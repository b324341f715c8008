"""Rows of the sheet of units → the register. Units that are not in the sheet stay as they are; columns that are not, too."""

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch
from django.utils import timezone

from luoshi.org.models import Unit, UnitName, on
from luoshi.org.queries.units import visible_units
from luoshi.org.services.units import (
    add_alias,
    correct_unit,
    create_unit,
    drop_name,
    rename_unit,
    set_members,
)
from luoshi.org.sheets.columns import FIRST_ROW, NUMBER, Row
from luoshi.org.sheets.rows import KINDS_OF_NAMES
from luoshi.org.sheets.trial import BadCell, Names, Trial, day, parts

SHEET = "units"
KINDS = {label: slug for slug, label in Unit.KINDS}


def apply_units(rows: Sequence[Row], trial: Trial) -> frozenset[str]:
    """Do what the rows ask. Returns the names of rows that failed, for whoever refers to them."""
    names = UnitName.objects.filter(on(timezone.localdate()))
    current = visible_units(trial.by).filter(on(timezone.localdate()))
    units = list(current.select_related("parent").prefetch_related(Prefetch("names", names), "members"))
    before = {unit.pk: list(unit.names.all()) for unit in units}
    placed = _placed(rows, units, trial)
    for number, unit in placed.items():
        _drop_names(number, rows[number], unit, before.get(unit.pk, []), trial)
    for number, unit in placed.items():
        _add_names(number, rows[number], unit, before.get(unit.pk, []), trial)
    known = Names(trial.by)
    for number, unit in placed.items():
        _correct(number, rows[number], unit, known, trial)
        _set_members(number, rows[number], unit, known, trial)
    failed = {fault.row for fault in trial.faults if fault.sheet == SHEET} | (
        set(range(len(rows))) - set(placed)
    )
    return frozenset(name for number in failed for name in _all_names(rows[number]))


def _placed(rows: Sequence[Row], units: Iterable[Unit], trial: Trial) -> dict[int, Unit]:
    """Row → its unit, renamed or made where the row says so; faulty rows are left out."""
    by_number = {str(unit.pk): unit for unit in units}
    by_name = {unit.full_name: unit for unit in by_number.values()}
    placed: dict[int, Unit] = {}
    seen: dict[int, int] = {}
    for number, row in enumerate(rows):
        full_name = "".join(row.get("全称", "").split())
        said = row.get(NUMBER, "")
        unit = by_number.get(said) if said else by_name.get(full_name)
        with trial.at(SHEET, number, NUMBER if said and not unit else "全称"):
            if said and not unit:
                raise BadCell(f"没有编号为{said}的单位。新增的单位请把编号空着。")
            if unit and unit.pk in seen:
                raise BadCell(f"与第{seen[unit.pk] + FIRST_ROW}行是同一个单位，请只留一行。")
            placed[number] = _named(number, row, unit, full_name, trial)
            seen[placed[number].pk] = number
    return placed


def _named(number: int, row: Row, unit: Unit | None, full_name: str, trial: Trial) -> Unit:
    """The unit with the full name of its row."""
    if unit is None:
        label = row.get("类别", "")
        if label not in KINDS:
            raise BadCell("新增的单位要有类别，请在“类别”列从下拉列表中选。")
        made = create_unit(full_name, KINDS[label], by=trial.by, day=day(row.get("设立日期", "")))
        trial.did(SHEET, number, f"新增单位：{made.full_name}（{label}）")
        return made
    if full_name != unit.full_name:
        old = unit.full_name
        rename_unit(unit, full_name, by=trial.by, note="按上传的单位表更名")
        trial.did(SHEET, number, f"更名：{old} → {unit.full_name}，原名留作曾用名")
    return unit


def _drop_names(number: int, row: Row, unit: Unit, before: Iterable[UnitName], trial: Trial) -> None:
    """Let go of the names that the unit had before and the row no longer has."""
    for column, kind in KINDS_OF_NAMES.items():
        if column not in row:
            continue
        wanted = parts(row[column])
        for name in before:
            if name.kind == kind and name.name not in wanted:
                with trial.at(SHEET, number, column):
                    drop_name(name, by=trial.by)
                    trial.did(SHEET, number, f"{unit.full_name}：停用{column}“{name.name}”")


def _add_names(number: int, row: Row, unit: Unit, before: Iterable[UnitName], trial: Trial) -> None:
    """Register the names that the row has and the unit has not; most rows ask for none, and cost nothing."""
    asked = {name for column in KINDS_OF_NAMES for name in parts(row.get(column, ""))}
    if asked <= {name.name for name in before}:
        return
    had = {*unit.names.filter(valid_to=None).values_list("name", flat=True), unit.full_name}
    for column, kind in KINDS_OF_NAMES.items():
        for name in parts(row.get(column, "")):
            if name in had:
                continue
            with trial.at(SHEET, number, column):
                add_alias(unit, name, kind, by=trial.by)
                trial.did(SHEET, number, f"{unit.full_name}：增加{column}“{name}”")


def _correct(number: int, row: Row, unit: Unit, known: Names, trial: Trial) -> None:
    """Kind, founding day and superior unit, each judged at its own cell."""
    kind, founded, parent = unit.kind, unit.valid_from, unit.parent
    with trial.at(SHEET, number, "类别"):
        if row.get("类别"):
            kind = _kind(row["类别"])
            if (kind == "collective") != (unit.kind == "collective"):
                raise BadCell("统称与具体单位不能互改类别，请到单位页设置所含单位。")
    with trial.at(SHEET, number, "设立日期"):
        founded = day(row.get("设立日期", "")) or unit.valid_from
    with trial.at(SHEET, number, "上级单位"):
        if "上级单位" in row:
            parent = known.unit(row["上级单位"]) if row["上级单位"] else None
        before = {"类别": unit.get_kind_display(), "设立日期": unit.valid_from, "上级单位": unit.parent}
        if any(fault.row == number and fault.column in before for fault in trial.faults):
            return
        if correct_unit(unit, by=trial.by, kind=kind, valid_from=founded, parent=parent):
            after = {"类别": unit.get_kind_display(), "设立日期": unit.valid_from, "上级单位": unit.parent}
            for column, old in before.items():
                if old != after[column]:
                    trial.did(
                        SHEET,
                        number,
                        f"{unit.full_name}：{column}：{old or '（空）'} → {after[column] or '（空）'}",
                    )


def _kind(label: str) -> str:
    if label not in KINDS:
        raise BadCell(f"没有‘{label}’这个类别，请从下拉列表中选：{'、'.join(KINDS)}。")
    return KINDS[label]


def _set_members(number: int, row: Row, unit: Unit, known: Names, trial: Trial) -> None:
    if "所含单位" not in row:
        return
    with trial.at(SHEET, number, "所含单位"):
        wanted = [known.unit(name) for name in parts(row["所含单位"])]
        if {member.pk for member in wanted} == {member.pk for member in unit.members.all()}:
            return
        if not unit.is_collective:
            raise BadCell("只有类别是“统称”的单位才填所含单位。")
        set_members(unit, wanted, by=trial.by)
        trial.did(SHEET, number, f"{unit.full_name}：所含单位改为{'、'.join(map(str, wanted)) or '（空）'}")


def _all_names(row: Row) -> list[str]:
    columns = ("全称", *KINDS_OF_NAMES)
    return [name for column in columns for name in parts(row.get(column, ""))]
