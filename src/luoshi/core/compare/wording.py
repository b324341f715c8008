"""How relations, verdicts and owners read: the same words in the terminal, the workbook, the page and JSON."""

from collections.abc import Sequence

from luoshi.core.compare.model import (
    SIDES,
    Duty,
    Excess,
    IndicatorPair,
    Promise,
    Relation,
    Status,
    TaskPair,
    TaskStatus,
)
from luoshi.core.compare.targets import demand
from luoshi.core.plan.model import Plan

# In the order in which a reader wants them.
STATUS_LABELS: dict[Relation, dict[Status, str]] = {
    "levels": {
        "raised": "要求高于上级", "lowered": "要求低于上级", "firmer": "措辞更硬", "softer": "措辞更松", "rebased": "口径不同",
        "unclear": "一方未定", "portion": "总量分担", "same": "与上级一致", "dropped": "下级未提", "new": "下级自加",
    },
    "years": {
        "raised": "要求提高", "lowered": "要求降低", "firmer": "措辞更硬", "softer": "措辞更松", "rebased": "口径变化",
        "unclear": "一方未定", "portion": "总量", "same": "与上年相同", "dropped": "本年不提", "new": "本年新提",
    },
    "versions": {
        "raised": "要求调高", "lowered": "要求调低", "firmer": "措辞更硬", "softer": "措辞更松", "rebased": "口径变化",
        "unclear": "一方未定", "portion": "总量", "same": "未改", "dropped": "后稿删去", "new": "后稿新增",
    },
    "papers": {
        "raised": "后一件要求更高", "lowered": "后一件要求更低", "firmer": "后一件措辞更硬", "softer": "后一件措辞更松",
        "rebased": "口径不同", "unclear": "一方未定", "portion": "总量", "same": "一致", "dropped": "仅前一件有", "new": "仅后一件有",
    },
    "peers": {
        "raised": "后者要求更高", "lowered": "后者要求更低", "firmer": "后者措辞更硬", "softer": "后者措辞更松",
        "rebased": "口径不同", "unclear": "一方未定", "portion": "规模不同", "same": "相同", "dropped": "仅前者有", "new": "仅后者有",
    },
}  # fmt: skip
_TASKS_FAR: dict[TaskStatus, str] = {
    "changed": "对应，责任或时限不同", "split": "一项拆成几项", "merged": "几项并成一项", "same": "对应，责任时限一致",
}  # fmt: skip
_TASKS_NEAR: dict[TaskStatus, str] = {
    "changed": "有改动", "split": "一项拆成几项", "merged": "几项并成一项", "same": "未变",
}  # fmt: skip
TASK_LABELS: dict[Relation, dict[TaskStatus, str]] = {
    "levels": {**_TASKS_FAR, "dropped": "下级没有对应任务", "new": "下级自加"},
    "years": {**_TASKS_NEAR, "dropped": "本年不提", "new": "本年新提"},
    "versions": {**_TASKS_NEAR, "dropped": "后稿删去", "new": "后稿新增"},
    "papers": {**_TASKS_FAR, "dropped": "仅前一件有", "new": "仅后一件有"},
    "peers": {**_TASKS_FAR, "dropped": "仅前者有", "new": "仅后者有"},
}
EXCESS_LABELS: dict[Excess, str] = {
    "target": "目标加码", "deadline": "时限提前", "promise": "自加指标", "task": "自加任务",
}  # fmt: skip

_CUT = 28  # a quote of so many signs has been cut
RULES = (
    "同一份方案里总目标、附件、表格重复写的同一项指标或任务合为一条，各处出处都保留；各处数值不一的注明“文内不一致”。",
    "指标先看名称（规范叫法、别名、用字），再看类别和计量单位；城镇与农村、新增与净增、省级与市级、签约与开工等不视为同一项。",
    "要求高低按方向判断：失业率、事故起数、浓度等越低越严。数值相同而“6%”改成“6%以上”的算措辞更硬，不算加码。",
    "增速与总量、新增与总数不能相比，标为口径不同。两地、上下级之间，随地方大小变化的总量只算比例，不比高低。",
    "任务按文字相近程度对应，低于门槛的视为没有对应；单位去掉地名和层级后再比，市发改委与县发改局视为同一单位。",
    "对照由规则得出，同样的文件结果相同；标明“请核对”的须由人判断。",
)


def names_of(pair: IndicatorPair) -> str:
    """The name, and the other plan's name where it is another."""
    a, b = pair.said_a, pair.said_b
    if a and b and a.name != b.name and pair.renamed:
        return f"{a.name}（{b.name}）"
    return pair.name


def explain(pair: IndicatorPair, relation: Relation) -> str:
    """Reason, other names and torn statements, as clauses."""
    clauses = [pair.reason]
    if pair.renamed and pair.said_a and pair.said_b:
        clauses.append(f"叫法不同，{pair.evidence}")
    torn = [torn_words(p) if p and p.torn else "" for p in (pair.a, pair.b)]
    if torn[0] and torn[0] == torn[1]:
        clauses.append(f"两份文内都不一致：{torn[0]}")
    else:
        clauses += [
            f"{side}文内不一致：{words}" for side, words in zip(SIDES[relation], torn, strict=True) if words
        ]
    return "；".join(clauses)


def torn_words(promise: Promise) -> str:
    """A torn promise's places, each other value once: 附件4/二/(一) 写新增15场、附件4/表/一/10 写新增10场."""
    said: dict[str, str] = {}
    for i in promise.statements:
        said.setdefault(demand(i), f"{i.path or '正文'}写{demand(i)}")
    return "、".join(said.values())


def places(promise: Promise | Duty | None) -> str:
    """Outline paths of all places, each once."""
    return "、".join(dict.fromkeys(s.path or "正文" for s in promise.statements)) if promise else ""


def title_of(duty: Duty) -> str:
    """What a reader calls the task: its heading where that is its own, else how it begins."""
    task = duty.first
    if task.heading and (task.form == "prose" or task.heading[:6] in task.quote):
        return task.heading
    begins = task.quote.rstrip("，,、；;：:。")
    if len(task.quote) >= _CUT:
        begins += "……"
    return f"{task.heading}：{begins}" if task.heading else begins


def owners_of(duties: Sequence[Duty]) -> str:
    """牵头：…；责任：… of all duties given."""
    owners = list(dict.fromkeys((o.role, o.name) for d in duties for o in d.owners))
    lead = [name for role, name in owners if role == "lead"]
    units = [name for role, name in owners if role == "units" and name not in lead]
    more = "等" if any(t.open_ended for d in duties for t in d.statements) else ""
    parts = [f"牵头：{'、'.join(lead)}"] if lead else []
    if units:
        parts.append(f"责任：{'、'.join(units)}{more}")
    return "；".join(parts)


def task_words(pair: TaskPair) -> str:
    """What changed, as clauses."""
    return "；".join(c.words for c in pair.changes)


def whose(plan: Plan) -> str:
    """A plan on one line: title, number, issuer, year."""
    d = plan.document
    facts = (d.number, d.issuer, d.date, f"{d.year}年度" if d.year else None)
    return "　".join([d.title or plan.source.name, *(f for f in facts if f)])
