"""Whole invented papers in files/, each in a layout that was read wrongly once: what a careful clerk takes from them."""

from pathlib import Path

from luoshi.core.plan.model import Plan
from luoshi.core.plan.reading import read_plan

FILES = Path(__file__).parent / "files"

Row = tuple[str, str, str, str, str]


def read(name: str) -> Plan:
    return read_plan(FILES / f"{name}.txt")


def tasks(plan: Plan) -> list[Row]:
    """(path, lead, units, leaders, deadline) of every task."""
    return [
        (t.path, "、".join(t.lead), "、".join(t.units), "、".join(t.leaders), t.deadline or "")
        for t in plan.tasks
    ]


def figures(plan: Plan) -> list[str]:
    """“name kind op value unit” of every indicator."""
    return [
        " ".join((i.name, i.kind, i.op, "" if i.value is None else f"{i.value:g}", i.unit or "")).strip()
        for i in plan.indicators
    ]


def test_items_parted_into_goal_steps_term_and_owners() -> None:
    plan = read("parted_items")
    assert tasks(plan) == [
        ("二/(一)", "县农业农村局", "县卫健局、县财政局、各乡镇", "", "2026-11-30"),
        ("二/(二)", "市生态环境局青禾分局", "县水利局、县住建局、各乡镇", "", "2026-11-30"),
        ("二/(三)", "县农业农村局、县妇联", "县林业局", "", "2026"),
    ]
    assert [task.heading for task in plan.tasks] == ["农村厕所革命", "农村生活污水治理", "村容村貌提升"]
    assert "和美乡村示范村 new = 15 个" in figures(plan)
    (force,) = plan.task_forces
    assert (force.conveners, force.deputies, force.office) == (
        ("县委副书记",),
        ("分管副县长",),
        "县农业农村局",
    )


def test_a_campaign_with_groups_and_rules() -> None:
    plan = read("hundred_days")
    assert [(path, lead) for path, lead, *_ in tasks(plan)] == [
        ("三/(一)", "市发改委"),
        ("三/(二)", "市发改委"),
        ("三/(三)", "市商务局"),
        ("三/(四)", "市自然资源和规划局"),
    ]
    assert [(force.name, force.conveners) for force in plan.task_forces] == [
        ("石泉市“百日攻坚”指挥部", ("陈国栋", "林海峰")),
        ("项目推进组", ("黄志刚",)),
        ("招商引资组", ("何建军",)),
        ("要素保障组", ("黄志刚",)),
        ("宣传报道组", ("苏梅",)),
        ("督查考核组", ("陈国栋",)),
    ]
    assert plan.task_forces[0].office == "市发改委"
    assert figures(plan)[:2] == ["重点项目投资 new = 120 亿元", "重点项目投资占年度计划 share >= 95 %"]
    assert [(m.actor, m.activity, m.every) for m in plan.mechanisms] == [
        ("各县区", "向指挥部办公室报送项目进度", "日"),
        ("专项工作组", "调度", "周"),
        ("指挥部", "推进会", "双周"),
        (None, "对各县区进行排名通报", "月"),
    ]


def test_lines_wrapped_between_labels() -> None:
    plan = read("wrapped_labels")
    assert tasks(plan) == [
        ("一/1", "县发改局", "县统计局、县工信局、县农业农村局、县商务局", "张宏伟", ""),
        ("一/2", "县财政局", "县税务局", "张宏伟", ""),
        ("一/3", "县发改局", "县市场监管局", "张宏伟", ""),
        ("二/4", "县农业农村局、县工信局", "县市场监管局、县供销社", "马春生", "2026-12-31"),
        ("二/5", "县文旅局", "各乡镇", "韩雪", "2026-11-30"),
        ("二/6", "经开区管委会", "", "马春生", "2026-09-30"),
        ("三/7", "县民政局", "县财政局", "韩雪", "2026-07-01"),
        ("三/8", "县教育局", "县住建局、县自然资源局", "韩雪", "2026-08-31"),
    ]
    said = figures(plan)
    for figure in ("税收收入占比 share >= 65 %", "接待游客 new = 320 万人次", "城市低保 level = 760 元"):
        assert figure in said


def test_a_list_handed_in_as_cells_without_its_notice() -> None:
    plan = read("checklist_cells")
    assert plan.document.title == "青禾县2026年重点工作任务清单"
    assert [(path.rpartition("/")[2], lead, units, due) for path, lead, units, _, due in tasks(plan)] == [
        ("1", "市生态环境局青禾分局", "县住建局、县城管局", "2026-12-31"),
        ("2", "县住建局", "市生态环境局青禾分局", "2026-10-31"),
        ("3", "县农业农村局", "各乡镇", "2026-11-30"),
        ("4", "县农业农村局", "县自然资源局、各乡镇", "2026-05-31"),
        ("5", "县卫健局", "县医保局", "2026-12-31"),
        ("6", "县财政局", "各乡镇、县属国有企业", "2026-12-31"),
    ]
