"""工作专班, 领导小组, 联席会议: sentences and name lists as they are printed."""

import pytest

from luoshi.core.plan.paper import open_paper
from luoshi.core.plan.task_forces import find_task_forces
from luoshi.core.source.text import SourceText


def forces(text):
    return find_task_forces(open_paper(SourceText("方案.txt", "txt", text)))


def seats(force):
    """Only the seats that are filled, in one glance."""
    named = {
        "召集人": force.conveners,
        "第一副": force.first_deputies,
        "副": force.deputies,
        "成员": force.members,
    }
    filled = {role: "、".join(names) for role, names in named.items() if names}
    return {**filled, "办公室": force.office} if force.office else filled


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            "成立青禾县招商引资工作专班,由分管副县长任召集人,县商务局主要负责人任副召集人,成员单位包括县发改局、县财政局等,专班办公室设在县商务局,负责日常工作。",
            "青禾县招商引资工作专班",
            {
                "召集人": "分管副县长",
                "副": "县商务局主要负责人",
                "成员": "县发改局、县财政局",
                "办公室": "县商务局",
            },
        ),
        (
            "组建夏粮收购工作专班，由县委常委、副县长王小明任召集人，县政府办副主任李大海任第一副召集人，县粮食局局长赵某、县财政局局长钱某某任副召集人。",
            "夏粮收购工作专班",
            {"召集人": "王小明", "第一副": "李大海", "副": "赵某、钱某某"},
        ),
        (
            "成立青禾县实施“五大行动”领导小组,由县委书记、县长任组长,县委常委、常务副县长任常务副组长,分管副县长任副组长,成员为县政府办主任、县直各单位主要负责人。领导小组办公室设县政府办。",
            "青禾县实施“五大行动”领导小组",
            {
                "召集人": "县委书记、县长",
                "第一副": "县委常委、常务副县长",
                "副": "分管副县长",
                "成员": "县政府办主任、县直各单位主要负责人",
                "办公室": "县政府办",
            },
        ),
        (
            "建立县级联席会议制度,总召集人由分管副县长担任,副总召集人由县政府办副主任、县发改局局长担任,成员单位由县发改局、县审计局等单位组成。联席会议办公室设在县发改局。",
            "县级联席会议",
            {
                "召集人": "分管副县长",
                "副": "县政府办副主任、县发改局局长",
                "成员": "县发改局、县审计局",
                "办公室": "县发改局",
            },
        ),
        (
            "成立县项目建设指挥部,县长任指挥长,副县长任副指挥长。",
            "县项目建设指挥部",
            {"召集人": "县长", "副": "副县长"},
        ),
        (
            "成立综合协调组,由县政府办主任任组长。",
            "综合协调组",
            {"召集人": "县政府办主任"},
        ),
        (
            "建立各部门协同的“五大行动”工作推进机制,由县长总牵头。",
            "“五大行动”工作推进机制",
            {"召集人": "县长"},
        ),
        (
            "每个行动建立工作专班,由分管副县长作为牵头人。",
            "每个行动工作专班",
            {"召集人": "分管副县长"},
        ),
        (
            "成立由县长任组长、分管副县长任副组长,县财政局、县水利局为成员单位的青禾县防汛抗旱工作领导小组,办公室设在县应急局(防汛办)。",
            "青禾县防汛抗旱工作领导小组",
            {
                "召集人": "县长",
                "副": "分管副县长",
                "成员": "县财政局、县水利局",
                "办公室": "县应急局(防汛办)",
            },
        ),
        (
            "成立县重点项目工作专班,县长、常务副县长分别任组长、副组长。",
            "县重点项目工作专班",
            {"召集人": "县长", "副": "常务副县长"},
        ),
        (
            "组建民生实事工作专班,召集人:副县长李四;成员单位:县教育局、各乡镇人民政府。专班下设办公室在县民政局,负责日常工作。",
            "民生实事工作专班",
            {"召集人": "李四", "成员": "县教育局、各乡镇人民政府", "办公室": "县民政局"},
        ),
        (
            "成立营商环境工作专班,由县长任召集人,县教育局、县财政局、县税务局等分管负责人为成员,每个单位确定一名联络员,办公室设县行政审批局。",
            "营商环境工作专班",
            {"召集人": "县长", "成员": "县教育局、县财政局、县税务局", "办公室": "县行政审批局"},
        ),
        (
            "成立外贸工作专班,由副县长任召集人,成员单位包括县商务局县税务局、县科工局等,各乡镇人民政府,专班办公室设在县商务局。",
            "外贸工作专班",
            {
                "召集人": "副县长",
                "成员": "县商务局、县税务局、县科工局、各乡镇人民政府",
                "办公室": "县商务局",
            },
        ),
        (
            "成立安全工作专班,由副县长任召集人,专班办公室设县应急局,负责协调。成员单位包括:县公安局、县消防救援大队。",
            "安全工作专班",
            {"召集人": "副县长", "成员": "县公安局、县消防救援大队", "办公室": "县应急局"},
        ),
        (
            "成立数据共享工作专班,由县政府党组成员、副县长任召集人,县公安局局长和县数据局局长任副召集人。",
            "数据共享工作专班",
            {"召集人": "县政府党组成员、副县长", "副": "县公安局局长、县数据局局长"},
        ),
    ],
)
def test_a_sentence(text, name, expected):
    (force,) = forces(text)
    assert (force.name, seats(force)) == (name, expected)


ROSTER = """附件1
青禾县秋粮收购工作领导小组人员名单

组  长:张某某  县委副书记、县长

常务副组长:李 某  县委常委、常务副县长

副 组 长:王小明  县政府副县长
            县政府副县长
          赵大海  县政府副县长、县公安局局长
成    员:钱某  县发改局局长
          孙某某  县财政局局长
领导小组办公室设在县粮食局,由周某同志兼任办公室主任。

附件2
"""


def test_a_name_list_keeps_the_persons_and_leaves_out_lines_without_one():
    (force,) = forces(ROSTER)
    assert force.name == "青禾县秋粮收购工作领导小组"
    assert seats(force) == {
        "召集人": "张某某",
        "第一副": "李某",
        "副": "王小明、赵大海",
        "成员": "钱某、孙某某",
        "办公室": "县粮食局",
    }


def test_persons_of_the_list_stand_in_for_the_posts_of_the_sentence():
    sentence = "成立青禾县秋粮收购工作领导小组,由县长任组长,分管副县长任副组长,成员为县直各单位主要负责人。\n"
    (force,) = forces(sentence + ROSTER)
    assert force.conveners == ("张某某",)
    assert force.deputies == ("王小明", "赵大海")
    assert force.members == ("县直各单位主要负责人", "钱某", "孙某某")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "组长：李某（副县长）\n副组长：张某（县政府办副主任）、王某某（县市监局局长）\n",
            {"召集人": "李某", "副": "张某、王某某"},
        ),
        (
            "组长:县长\n成员:县发改局、县公安局\n    县卫健局\n",
            {"召集人": "县长", "成员": "县发改局、县公安局、县卫健局"},
        ),
        ("召集人:李某  副县长\n副召集人:\n    王某某  县政府办副主任\n", {"召集人": "李某", "副": "王某某"}),
        ("总指挥:张某  县长\n副总指挥:李某  副县长\n", {"召集人": "张某", "副": "李某"}),
        ("组 长:买买提·艾力  县长\n", {"召集人": "买买提·艾力"}),
    ],
)
def test_layouts_of_name_lists(lines, expected):
    (force,) = forces(f"青禾县食品安全工作专班组成人员名单\n\n{lines}")
    assert seats(force) == expected


def test_a_list_right_under_the_sentence_belongs_to_it():
    text = "成立县抗旱工作指挥部,人员如下。\n指挥长:张某  县长\n副指挥长:李某  副县长\n指挥部办公室设在县水利局。\n二、工作要求\n"
    (force,) = forces(text)
    assert seats(force) == {"召集人": "张某", "副": "李某", "办公室": "县水利局"}
    assert text[force.span.end :].startswith("\n二、")


def test_one_sentence_may_set_up_two():
    text = "建立各部门协同的“五大行动”推进机制,由县长总牵头,每个行动建立工作专班,由分管副县长作为牵头人。"
    assert [(f.name, f.conveners) for f in forces(text)] == [
        ("“五大行动”推进机制", ("县长",)),
        ("每个行动工作专班", ("分管副县长",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "各区县要组建工作专班,稳妥推进改革。",
        "建立“链主+专班”推进机制,做强优势产业链。",
        "各乡镇要建立工作推进机制,研究具体措施。",
        "落实“一项目一专班”制度,实行销号管理。",
        "完善“联席会议”机制。",
        "成立养殖专业合作社。",
        "由县发改局牵头,建立协调机制。",
    ],
)
def test_what_sets_up_no_body_of_its_own(text):
    assert forces(text) == ()


def test_names_are_cut_as_printed_and_the_span_holds_the_quote():
    text = "一、推进机制\n成立民政工作专班，由分管副县长任召集人，办公室设在县住建局（人防办）。\n"
    (force,) = forces(text)
    assert force.office == "县住建局（人防办）"
    assert force.quote == "成立民政工作专班"
    assert text[force.span.start : force.span.end] == text.split("\n")[1]


def test_doubts_of_a_force():
    (force,) = forces("成立外贸工作专班,由副县长任召集人,成员单位包括县商务局县税务局、县科工局等。")
    assert [d.code for d in force.doubts] == ["open-ended", "split-guessed"]
    (sure,) = forces("成立外贸工作专班,由副县长任召集人,成员单位包括县商务局、县税务局。")
    assert sure.doubts == ()


def test_a_sentence_wrapped_over_lines_is_read_as_one():
    text = "成立青禾县招商引资工作专班,由分管副县长任召集人,成员单位包括县发改局、县财\n政局、县商务局,办公室设在县商\n务局。\n"
    (force,) = forces(text)
    assert seats(force) == {
        "召集人": "分管副县长",
        "成员": "县发改局、县财政局、县商务局",
        "办公室": "县商务局",
    }
