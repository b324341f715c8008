"""What a template may name: counts, shares and lists made from the facts, each number with the rows behind it."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from luoshi.core.plan.wording import number
from luoshi.core.writing.draft import Ref
from luoshi.core.writing.facts import WORDS, Facts, IndicatorFact, Score, State, TaskFact, shares
from luoshi.core.writing.scores import ends, graded, groups, mean
from luoshi.core.writing.template import Names, Number, Value

STATES: tuple[State, ...] = ("done", "on_time", "lagging", "not_started", "not_due", "unknown", "pending")
LAGGING: tuple[State, ...] = ("lagging", "not_started")
_OPS = {">=": "以上", "<=": "以内", "≥": "以上", "≤": "以内", "ge": "以上", "le": "以内"}


def count(name: str, rule: str, rows: Sequence[TaskFact | IndicatorFact], of: str = "") -> Number:
    """How many rows, tied to their keys."""
    return Number(str(len(rows)), Ref(of + name, f"count {rule}", tuple(row.key for row in rows)))


def chinese_day(day: date) -> str:
    """2026年7月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def called(unit: str, county: str) -> str:
    """A unit as a paper of its own county calls it.

    >>> called("青禾县发展和改革局", "青禾县"), called("云岭市生态环境局青禾分局", "青禾县")
    ('县发展和改革局', '云岭市生态环境局青禾分局')
    """
    return (
        county[-1] + unit.removeprefix(county)
        if county and unit.startswith(county) and unit != county
        else unit
    )


def figure(value: Decimal | None, unit: str) -> str:
    """A figure with its unit; "—" where there is none."""
    return "—" if value is None else f"{number(value)}{unit}"


def wanted(row: IndicatorFact) -> str:
    """The target of an indicator in words; "—" where it has none."""
    return row.wanted or figure(row.target, row.unit) + _OPS.get(row.op, "") * (row.target is not None)


def reached(row: IndicatorFact) -> str:
    """What an indicator has reached, in words; "—" where nothing was reported."""
    return row.reached or figure(row.actual, row.unit)


def names(facts: Facts) -> Names:
    """Everything a template may name, from these facts."""
    units_ahead, units_behind = _units(facts)
    made: dict[str, Value] = {
        "县名": facts.government,
        "方案": facts.plan,
        "时期": facts.period,
        "年份": str(facts.year),
        "截至": chinese_day(facts.as_of),
        **_task_counts(facts.tasks, ""),
        **_indicator_counts(facts),
        "行动": [_action(facts, action) for action in facts.actions],
        "滞后任务": [_task(task) for task in facts.standing(*LAGGING)],
        "完成任务": [_task(task) for task in facts.standing("done")],
        "任务": [_task(task) for task in facts.tasks],
        "主要指标": [_indicator(row) for row in facts.indicators],
        "滞后指标": [_indicator(row) for row in facts.indicators if row.state == "lagging"],
        "先进单位": units_ahead,
        "后进单位": units_behind,
        "需协调事项": [
            {"事项": row.text, "提出单位": row.raised_by, "请谁协调": row.asked_of} for row in facts.blockers
        ],
        "议定事项": [
            {"事项": row.text, "牵头单位": row.lead, "责任单位": "、".join(row.units), "时限": row.deadline}
            for row in facts.decisions
        ],
        "下步打算": [{"打算": step} for step in facts.next_steps],
        "得分": [_score(row) for row in facts.scores],
        **_scored(facts.scores),
        "得分表": facts.sheet.name,
        **_meeting(facts),
        **_order(facts),
    }
    return made


def _task_counts(tasks: Sequence[TaskFact], of: str) -> dict[str, Value]:
    groups = [tuple(task for task in tasks if task.state == state) for state in STATES]
    made: dict[str, Value] = {"任务总数": count("任务总数", "all", tasks, of)}
    for state, rows, share in zip(STATES, groups, shares(map(len, groups)), strict=True):
        word = WORDS[state]
        made[f"{word}数"] = count(f"{word}数", state, rows, of)
        keys = tuple(row.key for row in rows)
        made[f"{word}占比"] = Number(f"{share}%", Ref(f"{of}{word}占比", f"share {state}", keys))
    return made


def _indicator_counts(facts: Facts) -> dict[str, Value]:
    made: dict[str, Value] = {"指标总数": count("指标总数", "indicators all", facts.indicators)}
    for word, states in (
        ("指标达标数", ("done", "on_time")),
        ("指标滞后数", ("lagging",)),
        ("指标待报数", ("unknown", "not_due")),
        ("指标待定数", ("pending",)),
    ):
        rows = tuple(row for row in facts.indicators if row.state in states)
        made[word] = count(word, f"indicators {'+'.join(states)}", rows)
    return made


def _action(facts: Facts, action: str) -> Names:
    tasks = facts.standing(*STATES, action=action)
    return {
        "行动名称": action,
        **_task_counts(tasks, f"{action}："),
        "行动滞后任务": [_task(task) for task in tasks if task.state in LAGGING],
        "行动完成任务": [_task(task) for task in tasks if task.state == "done"],
        "行动进展": [_task(task) for task in tasks if task.progress],
    }


def _task(task: TaskFact) -> Names:
    return {
        "编号": task.number,
        "任务": task.text.rstrip("。；"),
        "牵头单位": task.lead or "（未明确）",
        "责任单位": "、".join(task.units) or task.lead or "（未明确）",
        "分管领导": task.leader,
        "进展": task.progress.rstrip("。；"),
        "差距": _cell(task.key, "gap", task.gap),
        "原因": task.reason.rstrip("。；") or "责任单位未说明",
        "措施": task.remedy.rstrip("。；"),
        "时限": task.deadline or "未明确",
        "评价": WORDS[task.state],
    }


def _cell(key: str, field: str, text: str) -> Value:
    """A text of a row: tied to it where it holds a number."""
    if any(sign.isdigit() for sign in text):
        return Number(text, Ref(field, f"cell {field}", (key,)))
    return text or "未填报"


def _indicator(row: IndicatorFact) -> Names:
    def cell(field: str, text: str) -> Number:
        return Number(text, Ref(f"{row.name}：{field}", f"cell {field}", (row.key,)))

    return {
        "指标": row.name,
        "目标": cell("target", wanted(row)),
        "完成": cell("actual", reached(row)),
        "应完成": cell("expected", figure(row.expected, row.unit)),
        "评价": WORDS[row.state],
        "位次": row.place or "—",
        "牵头单位": row.owner or "（未明确）",
        "来源": row.source,
    }


def _units(facts: Facts) -> tuple[list[Names], list[Names]]:
    """Lead units ahead (all of theirs done or on time, most first) and behind (most lagging first): one measure, both ends."""
    by: dict[str, list[TaskFact]] = {}
    for task in facts.tasks:
        if task.lead:
            by.setdefault(task.lead, []).append(task)
    ahead, behind = [], []
    for unit, tasks in by.items():
        good = [task for task in tasks if task.state in ("done", "on_time")]
        late = [task for task in tasks if task.state in LAGGING]
        if late:
            behind.append((unit, tasks, late))
        elif good and len(good) == len([t for t in tasks if t.state not in ("not_due", "pending")]):
            ahead.append((unit, tasks, good))
    return _ranked(ahead, "达序时数"), _ranked(behind, "滞后数")


def _ranked(rows: Iterable[tuple[str, list[TaskFact], list[TaskFact]]], word: str) -> list[Names]:
    ordered = sorted(rows, key=lambda row: (-len(row[2]), -len(row[2]) / len(row[1]), row[0]))
    rule = "lagging+not_started" if word == "滞后数" else "done+on_time"
    return [
        {
            "单位": unit,
            "任务数": count("任务数", "all", tasks, f"{unit}："),
            word: count(word, rule, those, f"{unit}："),
        }
        for unit, tasks, those in ordered
    ]


def _scored(scores: Sequence[Score]) -> dict[str, Value]:
    """Totals of an assessment, and its groups with whom they name."""
    found = groups(scores)
    return {
        "考核单位数": _tally("考核单位数", "scored", scores),
        "考核平均分": _tally("考核平均分", "mean", scores),
        "考核组数": Number(str(len(found)), Ref("考核组数", "groups", tuple(row.key for row in scores))),
        "分组": [{"组别": name} for name, _ in found if len(found) > 1],
        "考核等次": [
            {
                "等次": grade,
                "等次单位数": _tally(
                    f"{grade}单位数", f"scored {grade}", [r for r in scores if r.grade == grade]
                ),
            }
            for grade in graded(row.grade for row in scores)
        ],
        "考核组": [_group(name, rows) for name, rows in found],
    }


def _group(name: str, rows: Sequence[Score]) -> Names:
    ahead, behind = ends(rows)
    of = f"{name or '参加考核的单位'}："
    return {
        "组名": name or "参加考核的单位",
        "组单位数": _tally(f"{of}单位数", "scored", rows),
        "组平均分": _tally(f"{of}平均分", "mean", rows),
        "组先进": [_score(row) for row in ahead],
        "组后进": [_score(row) for row in behind],
    }


def _tally(name: str, rule: str, rows: Sequence[Score]) -> Number:
    text = mean([row.points for row in rows]) if rule == "mean" else str(len(rows))
    return Number(text, Ref(name, rule, tuple(row.key for row in rows)))


def _score(row: Score) -> Names:
    return {
        "单位": row.unit,
        "组别": row.group,
        "得分": Number(number(row.points), Ref(f"{row.unit}：得分", "cell points", (row.key,))),
        "位次": Number(str(row.place), Ref(f"{row.unit}：位次", "cell place", (row.key,))),
        "等次": row.grade,
        "说明": row.note,
    }


def _meeting(facts: Facts) -> dict[str, Value]:
    it = facts.meeting
    return {
        "会议名称": it.name,
        "会议时间": chinese_day(it.held) if it.held else "",
        "会议地点": it.place,
        "主持人": it.chair,
    }


def _order(facts: Facts) -> dict[str, Value]:
    it = facts.order
    return {
        "受文单位": it.to,
        "依据": it.basis.rstrip("，。"),
        "要求": it.asked.rstrip("。"),
        "办理时限": it.deadline,
        "反馈方式": it.answer.rstrip("。"),
        "联系人": it.contact,
    }
