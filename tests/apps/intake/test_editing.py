"""Corrections on the desk: every one is a step, can be taken back, and never overwrites somebody else's."""

import pytest

from luoshi.intake.models import DraftItem
from luoshi.intake.queries import items_of, live
from luoshi.intake.services import editing
from luoshi.journal.models import Event
from luoshi.journal.moves import Denied, Refused
from tests.apps.intake.plans import TEXT, received, task
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(liu, monkeypatch):
    return received(monkeypatch, liu)


@pytest.fixture
def zhao(db):
    return cast("zhao", "赵科员", "青禾县人民政府办公室", "office")


def item(plan, kind, name):
    return next(i for i in items_of(plan) if i.kind == kind and i.name == name)


def fresh(found):
    return DraftItem.objects.get(pk=found.pk)


def seen(*items):
    return [(i, i.version) for i in items]


def test_an_edit_is_kept_counted_settled_and_told_to_the_journal(plan, liu):
    task = item(plan, "task", "补齐短板")
    editing.edit_item(task, {"heading": "建好冷库"}, task.version, liu.actor)
    now = fresh(task)
    assert (now.name, now.version, now.status, now.edited_by) == ("建好冷库", 2, "confirmed", "刘主任")
    assert now.open_doubts == []
    assert Event.objects.filter(verb="correct", note="修改任务“补齐短板”").count() == 1


def test_a_late_save_says_who_was_first_and_loses_neither_version(plan, liu, zhao):
    mine, theirs = item(plan, "task", "壮大园区"), item(plan, "task", "壮大园区")
    editing.edit_item(theirs, {"heading": "赵科员的写法"}, theirs.version, zhao.actor)
    with pytest.raises(editing.Conflict) as conflict:
        editing.edit_item(mine, {"heading": "刘主任的写法"}, 1, liu.actor)
    assert "赵科员" in conflict.value.sentence
    assert conflict.value.yours == {"heading": "刘主任的写法"}
    assert conflict.value.item.name == "赵科员的写法" == fresh(mine).name


def test_the_page_of_a_late_save_shows_both_and_saves_on_the_second_word(plan, liu, zhao, as_):
    task = item(plan, "indicator", "规模企业")
    address = f"/plans/{plan.pk}/items/{task.pk}/edit/"
    mine = {"name": "规上企业", "kind": "new", "op": ">=", "value": "15", "unit": "家", "version": "1"}
    editing.edit_item(item(plan, "indicator", "规模企业"), {"value": 14.0}, 1, zhao.actor)
    answer = as_(liu).post(address, mine, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<td>目标值</td><td>15</td><td>14</td>" in page
    assert 'name="version" value="2"' in page
    again = as_(liu).post(address, {**mine, "version": "2"}, headers={"HX-Request": "true"})
    assert again.status_code == 200
    assert (fresh(task).data["value"], fresh(task).name) == (15.0, "规上企业")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"value": "约120"}, "这里应为数字"),
        ({"kind": "nonsense"}, "nonsense"),
        ({"value": "1e300"}, "这个数太大了"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_the_field(plan, liu, as_, sent, sentence):
    task = item(plan, "indicator", "规模企业")
    data = {"name": "规模企业", "kind": "new", "op": ">=", "value": "12", "version": "1", **sent}
    answer = as_(liu).post(f"/plans/{plan.pk}/items/{task.pk}/edit/", data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert fresh(task).version == 1


def test_owners_are_written_with_the_sign_of_the_paper_and_keep_their_places(plan, liu, as_):
    task = item(plan, "task", "壮大园区")
    data = {
        "heading": "壮大园区",
        "action": "产业提升行动",
        "lead": "县教育局",
        "units": "县发展和改革局、县林业局、县水利局",
        "version": 1,
    }
    as_(liu).post(f"/plans/{plan.pk}/items/{task.pk}/edit/", data)
    owners = fresh(task).data["owners"]
    assert [(o["name"], o["role"]) for o in owners] == [
        ("县教育局", "lead"), ("县发展和改革局", "units"), ("县林业局", "units"), ("县水利局", "units"),
    ]  # fmt: skip
    assert TEXT[owners[2]["start"] : owners[2]["end"]] == "县林业局"


def test_steps_are_taken_back_one_by_one(plan, liu):
    before = [editing.snapshot(i) for i in items_of(plan)]
    task, second = item(plan, "task", "壮大园区"), item(plan, "task", "补齐短板")
    editing.edit_item(task, {"heading": "甲"}, 1, liu.actor)
    editing.edit_item(fresh(task), {"heading": "乙"}, 2, liu.actor)
    editing.delete(seen(fresh(second)), liu.actor)
    start = TEXT.index("全年新建冷库3座")
    editing.add_item(plan, "indicator", start, start + 8, liu.actor)
    for _ in range(4):
        editing.undo(plan, liu.actor)
    assert [editing.snapshot(i) for i in items_of(plan)] == before
    with pytest.raises(Refused, match="没有可以撤销"):
        editing.undo(plan, liu.actor)


def test_undo_takes_back_ones_own_step_and_never_somebody_elses(plan, liu, zhao):
    task, other = item(plan, "task", "壮大园区"), item(plan, "task", "补齐短板")
    editing.edit_item(task, {"heading": "刘"}, 1, liu.actor)
    editing.edit_item(other, {"heading": "赵"}, 1, zhao.actor)
    editing.undo(plan, liu.actor)
    assert (fresh(task).name, fresh(other).name) == ("壮大园区", "赵")
    editing.edit_item(fresh(task), {"heading": "刘二"}, fresh(task).version, liu.actor)
    editing.edit_item(fresh(task), {"heading": "赵二"}, fresh(task).version, zhao.actor)
    with pytest.raises(Refused, match="又被赵科员改过"):
        editing.undo(plan, liu.actor)
    assert fresh(task).name == "赵二"


def test_split_gives_each_half_its_words(plan, liu):
    task = item(plan, "task", "壮大园区")
    at = TEXT.index("牵头单位")
    first, second = editing.split_item(task, at, 1, liu.actor)
    assert (first.end, second.start, second.end) == (at, at, task.start + len(TEXT[task.start : second.end]))
    assert second.data["quote"].startswith("牵头单位")
    assert first.data["owners"]
    assert first.data["action"] == second.data["action"] == "产业提升行动"


@pytest.mark.parametrize("offset", [0, -1, 10_000])
def test_split_outside_the_item_is_refused(plan, liu, offset):
    task = item(plan, "task", "壮大园区")
    with pytest.raises(Refused, match="拆分的位置"):
        editing.split_item(task, task.start + offset, 1, liu.actor)


def test_merge_unites_places_units_and_questions(plan, liu):
    first, second = item(plan, "task", "壮大园区"), item(plan, "task", "补齐短板")
    end = second.end
    merged = editing.merge_items(seen(second, first), liu.actor)
    assert (merged.pk, merged.end) == (first.pk, end)
    assert merged.owners("units") == ["县教育局", "县林业局", "县农业农村局"]
    assert [d["code"] for d in merged.doubts] == ["open-ended"]
    assert fresh(second).status == "deleted"


def test_different_kinds_do_not_merge(plan, liu):
    with pytest.raises(Refused, match="同一类"):
        editing.merge_items(
            seen(item(plan, "task", "壮大园区"), item(plan, "indicator", "园区产值")), liu.actor
        )


def test_selected_words_become_an_item_with_its_place(plan, liu, as_):
    start = TEXT.index("全年新建冷库3座")
    form = {"kind": "task", "start": start, "end": start + 8}
    as_(liu).post(f"/plans/{plan.pk}/add/", form)
    added = DraftItem.objects.get(plan=plan, kind="task", start=start)
    assert (TEXT[added.start : added.end], added.data["path"]) == ("全年新建冷库3座", "一")
    answer = as_(liu).post(f"/plans/{plan.pk}/add/", {"kind": "task", "quote": "原文里没有的话"})
    assert answer.status_code == 409
    assert "原文里没有找到" in answer.content.decode()


def test_deleted_items_come_back(plan, liu):
    task = item(plan, "task", "补齐短板")
    editing.delete(seen(task), liu.actor)
    assert fresh(task).open_doubts == []
    assert task.pk not in {i.pk for i in live(items_of(plan))}
    editing.restore(seen(fresh(task)), liu.actor)
    assert len(fresh(task).open_doubts) == 1


def test_one_stale_item_stops_the_whole_step(plan, liu, zhao):
    first, second = item(plan, "task", "壮大园区"), item(plan, "task", "补齐短板")
    editing.edit_item(fresh(second), {"heading": "赵"}, 1, zhao.actor)
    with pytest.raises(editing.Conflict):
        editing.confirm(seen(first, second), liu.actor)
    assert fresh(first).status == "open"


def test_a_question_is_answered_or_expressly_left(plan, liu):
    task = item(plan, "task", "补齐短板")
    editing.answer_doubt(task, 0, "left", 1, liu.actor)
    assert fresh(task).doubts[0]["answer"] == "left"
    assert fresh(task).doubts[0]["by"] == "刘主任"
    with pytest.raises(Refused):
        editing.answer_doubt(fresh(task), 0, "maybe", 2, liu.actor)


def test_all_open_lists_are_left_in_one_press_and_other_questions_stay(liu, as_, monkeypatch):
    words = "全年新建冷库3座"
    more = {"code": "open-ended", "question": "还有哪些单位？"}
    split = {"code": "split-guessed", "question": "拆得对吗？"}
    tasks = [task(words, name, [], open_ended=True, doubts=[more, split]) for name in ("甲", "乙")]
    plan = received(monkeypatch, liu, tasks=tasks)
    page = as_(liu).get(f"/plans/{plan.pk}/").content.decode()
    assert "有<b>3</b>条名单以“等”结尾" in page
    as_(liu).post(f"/plans/{plan.pk}/open-lists/")
    codes = {d["code"] for i in items_of(plan) for d in i.open_doubts}
    assert codes == {"split-guessed", "no-owner"}
    editing.undo(plan, liu.actor)
    assert sum(i.asks_for_more for i in items_of(plan)) == 3


def test_who_holds_no_office_post_corrects_nothing(plan, wang):
    task = item(plan, "task", "壮大园区")
    with pytest.raises(Denied, match="综合协调组"):
        editing.edit_item(task, {"heading": "甲"}, 1, wang.actor)
    assert fresh(task).version == 1


def test_correcting_the_document_corrects_the_plan(plan, liu):
    document = next(i for i in items_of(plan) if i.kind == "document")
    editing.edit_item(document, {"title": "新标题", "number": "青政办发〔2026〕2号"}, 1, liu.actor)
    plan.refresh_from_db()
    assert (plan.title, plan.number) == ("新标题", "青政办发〔2026〕2号")
    editing.undo(plan, liu.actor)
    plan.refresh_from_db()
    assert plan.title == "青禾县实施“三大行动”工作方案"
