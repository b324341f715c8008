"""Who takes a promise up: goals no task speaks of, and promises that two tasks make."""

from collections.abc import Iterator

from luoshi.core.check.findings import Finding
from luoshi.core.check.proof import Proof
from luoshi.core.check.statements import Statement, telling
from luoshi.core.check.units import owners_of
from luoshi.core.indicators.folding import fold
from luoshi.core.indicators.names import canonical, likely_pairs
from luoshi.core.pattern import pattern
from luoshi.core.plan.model import Task
from luoshi.core.plan.wording import target_words

_TAKEN = 0.75  # likeness from which on a task's indicator takes a goal up
_SPOKEN = 0.55  # share of a name's pairs of signs from which on a task takes the goal up in words
_TOUCHED = 0.34  # from which on it speaks of the goal at all
_FEWEST_TASKS = 3
_MANY, _SHOWN = 4, 5
_SLOGAN = pattern(r"底线$")

# Outcomes that a whole plan works for: taken up where its tasks speak of the subject at all.
_SUBJECTS = {
    "地区生产总值": ".",
    "规模以上工业增加值": "工业|企业|制造",
    "工业增加值": "工业|企业|制造",
    "第一产业增加值": "农业|种植|养殖|粮食",
    "第二产业增加值": "工业|建筑",
    "第三产业增加值": "服务业|消费|商贸|旅游",
    "固定资产投资": "投资|项目",
    "社会消费品零售总额": "消费|商贸",
    "地方一般公共预算收入": "财源|税|财政|收入",
    "进出口总额": "外贸|进出口|出口",
    "实际使用外资": "外资",
    "全社会研发经费投入": "研发|科技",
}


def goals_without_task(proof: Proof) -> Iterator[Finding]:
    """Indicators of the sections of goals that no task makes its own. Goals of the paper itself may be taken up anywhere,
    those of an annex in the annex; a goal said in both is reported once."""
    tasks = [p for p in proof.statements if p.task]
    if len(proof.plan.tasks) < _FEWEST_TASKS:
        return
    goals = [p for p in proof.statements if p.goal and telling(p.name)]
    pairs = likely_pairs([g.name for g in goals], [t.name for t in tasks], _TAKEN)
    taken = {i for i, j, _ in pairs if goals[i].annex in ("", tasks[j].annex)}
    left: dict[str, list[Statement]] = {}
    for i, goal in enumerate(goals):
        left.setdefault(fold(goal.name), []).append(goal)
        if i in taken:
            left[fold(goal.name)].append(goal._replace(goal=False))
    untaken: dict[str, list[Goal]] = {}
    undivided: dict[str, list[Goal]] = {}
    for same in left.values():
        if all(goal.goal for goal in same) and not _SLOGAN.search(same[-1].indicator.quote):
            said = _spoken_of(proof, same[-1])
            if said < _SPOKEN:
                (untaken if said < _TOUCHED else undivided).setdefault(same[-1].annex, []).append(same)
    for goals_of in untaken.values():
        yield from _told(
            proof,
            "goal-untaken",
            goals_of,
            "没有任务承接，各项任务和分解表都没有提到，请落实到任务和责任单位",
        )
    for goals_of in undivided.values():
        yield from _told(
            proof, "goal-undivided", goals_of, "在任务和分解表中没有对应的数字，请分解到具体任务和责任单位"
        )


Goal = list[Statement]
"""One goal at all its places, the last in its annex."""


def _told(proof: Proof, code: str, goals: list[Goal], fault: str) -> Iterator[Finding]:
    """One finding a goal; where a section has many such goals, one for all of them."""
    if len(goals) < _MANY:
        for same in goals:
            others = tuple(proof.other(p.start, p.end, "同一目标") for p in same[:-1])
            place = same[-1].start, same[-1].end
            yield proof.finding(code, *place, f"目标“{_words(same[-1])}”{fault}。", others)
        return
    listed = "、".join(f"“{_words(same[-1])}”" for same in goals[:_SHOWN])
    more = "等" if len(goals) > _SHOWN else ""
    others = tuple(proof.other(same[-1].start, same[-1].end) for same in goals[1:])
    first = goals[0][-1]
    yield proof.finding(
        code, first.start, first.end, f"有{len(goals)}个目标（{listed}{more}）{fault}。", others
    )


def _words(goal: Statement) -> str:
    i = goal.indicator
    if i.kind == "zero":
        return i.quote
    return f"{i.name}{target_words(i.kind, i.op, i.value, i.unit, i.value_high, i.base, i.reference, i.name)}"


def _spoken_of(proof: Proof, goal: Statement) -> float:
    """How far some task that could take the goal up speaks of it: the share of the pairs of signs of its name (0 to 1)."""
    known = canonical(goal.name, goal.indicator.kind)
    subject = pattern(_SUBJECTS[known.name]) if known and known.name in _SUBJECTS else None
    name = fold(goal.name)
    pairs = {name[k : k + 2] for k in range(len(name) - 1)}
    best = 0.0
    for words in proof.words_by_annex.get(goal.annex, ()):
        if subject and subject.search(words):
            return 1.0
        best = max(best, sum(1 for pair in pairs if pair in words) / max(len(pairs), 1))
    return min(best, _TOUCHED / 2) if subject else best


def promises_made_twice(proof: Proof) -> Iterator[Finding]:
    """Promises with one target in two tasks: reported at the task that is not their home (the annex whose goals they are),
    once for each pair of tasks. A row of a table is not set against the prose it was made from."""
    homes = {fold(p.name): p.annex for p in proof.statements if p.goal and p.annex}
    twice: dict[tuple[Task, Task], list[tuple[Statement, Statement]]] = {}
    for a, b, _ in proof.same_statements:
        if a.task and b.task and a.task is not b.task and _one_target(a, b) and _apart(a, b):
            home = homes.get(fold(a.name), a.annex)
            stray, other = (a, b) if b.annex == home != a.annex else (b, a)
            if stray.task and other.task:
                twice.setdefault((stray.task, other.task), []).append((stray, other))
    for (task, rival), pairs in twice.items():
        strays = sorted((stray for stray, _ in pairs), key=lambda s: s.start)
        stray = strays[0]
        more = f"等{len(pairs)}个目标" if len(pairs) > 1 else ""
        mine, theirs = ("、".join(o.name for o in owners_of(t)) or "（未写明）" for t in (task, rival))
        message = f"“{stray.indicator.quote}”{more}与“{rival.path}”重复，" + (
            f"这里由{mine}负责，那里由{theirs}负责，请合并或明确以谁为准。"
            if mine != theirs
            else "协同的单位不同，请合并，避免同一个数报两次。"
        )
        code = "promise-rival" if mine != theirs else "promise-twice"
        start = proof.ranges[task.span][0] if task.form == "table" else stray.start
        yield proof.finding(code, start, strays[-1].end, message, (proof.task(rival, "重复的任务"),))


def _one_target(a: Statement, b: Statement) -> bool:
    return a.indicator.kind == b.indicator.kind and a.amount == b.amount and a.indicator.value is not None


def _apart(a: Statement, b: Statement) -> bool:
    """Whether two tasks are worth setting against each other: both rows or both prose, and not sisters."""
    if a.task is None or b.task is None or a.task.form != b.task.form:
        return False
    sisters = a.task.path.rpartition("/")[0] == b.task.path.rpartition("/")[0]
    return not sisters and (
        a.annex == b.annex or {o.name for o in a.task.owners} != {o.name for o in b.task.owners}
    )
