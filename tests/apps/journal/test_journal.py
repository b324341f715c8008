"""The one door for state, and the chain behind it."""

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from luoshi.journal.models import ChainHead, Event, Frozen
from luoshi.journal.moves import Denied, Stale, move, record
from luoshi.journal.queries import history
from luoshi.journal.sealing import GENESIS, seal, verify
from luoshi.ledger.models import Plan
from luoshi.org.models import Unit
from luoshi.site.journal import main as journal
from tests.people import Member


@pytest.fixture
def plan(liu: Member) -> Plan:
    return Plan.objects.create(
        title="青禾县实施方案", government_id=liu.actor.government_id, state="review", created_by="刘主任"
    )


def tamper(sql: str, *values: object) -> None:
    """Go behind the back of the program, as somebody with the database at hand could."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def faults(plan: Plan) -> list[tuple[int, str]]:
    return [(fault.position, fault.sentence) for fault in verify(plan.government_id)]


class TestMove:
    def test_writes_state_and_one_event(self, plan: Plan, liu: Member) -> None:
        event = move(plan, "adopt", liu.actor, tasks=270)
        assert plan.state == Plan.objects.get().state == "adopted"
        assert Event.objects.get() == event
        assert (event.person_name, event.post, event.verb) == ("刘主任", "office", "adopt")
        assert (event.subject_type, event.subject_id) == ("ledger.plan", plan.pk)
        assert (event.from_state, event.to_state, event.data) == ("review", "adopted", {"tasks": 270})

    def test_denied_leaves_everything(self, plan: Plan, wang: Member) -> None:
        with pytest.raises(Denied) as refusal:
            move(plan, "adopt", wang.actor)
        assert refusal.value.kind == "not_you"
        assert refusal.value.sentence.startswith("建账由综合协调组（政府办）")
        assert Plan.objects.get().state == "review"
        assert not Event.objects.exists()

    def test_of_two_stale_copies_one_wins(self, plan: Plan, liu: Member) -> None:
        late = Plan.objects.get()
        move(plan, "adopt", liu.actor)
        with pytest.raises(Stale) as refusal:
            move(late, "withdraw", liu.actor, note="有误")
        assert refusal.value.sentence == "这件事刚刚已被他人处理，请刷新页面后再看。"
        assert Plan.objects.get().state == "adopted"
        assert Event.objects.count() == 1
        assert late.state == "review"

    def test_event_goes_with_the_transaction(self, plan: Plan, liu: Member) -> None:
        with transaction.atomic():
            move(plan, "adopt", liu.actor)
            transaction.set_rollback(True)
        assert Plan.objects.get().state == "review"
        assert not Event.objects.exists()


class TestRecord:
    def test_keeps_old_and_new(self, plan: Plan, liu: Member) -> None:
        record(plan, "correct", liu.actor, {"title": ["旧题", "新题"]}, note="照文件改")
        event = Event.objects.get()
        assert event.data == {"title": ["旧题", "新题"]}
        assert event.from_state == event.to_state == "review"

    def test_is_judged_too(self, plan: Plan, liu: Member) -> None:
        move(plan, "adopt", liu.actor)
        with pytest.raises(Denied, match="如需改动，请到台账中办理变更"):
            record(plan, "correct", liu.actor, {"title": ["旧题", "新题"]})

    def test_sees_that_the_plan_moved_on(self, plan: Plan, liu: Member) -> None:
        late = Plan.objects.get()
        move(plan, "adopt", liu.actor)
        with pytest.raises(Stale):
            record(late, "correct", liu.actor, {"title": ["旧题", "新题"]})

    def test_cannot_change_a_state(self, plan: Plan, liu: Member) -> None:
        with pytest.raises(ValueError, match="use move"):
            record(plan, "adopt", liu.actor, {})

    def test_things_without_a_state_column(self, liu: Member) -> None:
        unit = Unit.objects.get()
        record(unit, "add_name", liu.actor, {"name": [None, "县政府办"]})
        assert Event.objects.get().from_state == "current"


class TestFrozen:
    def test_an_event_is_never_changed_or_removed(self, plan: Plan, liu: Member) -> None:
        event = move(plan, "adopt", liu.actor)
        for attempt in (
            event.save,
            event.delete,
            Event.objects.all().delete,
            lambda: Event.objects.update(note="x"),
            lambda: Event.objects.bulk_update([event], ["note"]),
        ):
            with pytest.raises(Frozen):
                attempt()
        assert Event.objects.get().note == ""


class TestChain:
    @pytest.fixture
    def chain(self, plan: Plan, liu: Member) -> list[Event]:
        """Four sealed events."""
        for title in ("甲", "乙", "丙"):
            record(plan, "correct", liu.actor, {"title": [plan.title, title]})
        move(plan, "adopt", liu.actor)
        assert seal(plan.government_id) == 4
        return list(Event.objects.order_by("position"))

    def test_links(self, chain: list[Event], plan: Plan) -> None:
        assert [event.position for event in chain] == [1, 2, 3, 4]
        assert [event.prev_hash for event in chain] == [GENESIS, *(event.hash for event in chain[:-1])]
        assert ChainHead.objects.get().hash == chain[-1].hash
        assert faults(plan) == []

    def test_goes_on_where_it_ended(self, chain: list[Event], plan: Plan, liu: Member) -> None:
        move(plan, "close", liu.actor, note="年度结束")
        assert seal(plan.government_id) == 1
        assert seal(plan.government_id) == 0
        assert Event.objects.get(position=5).prev_hash == chain[-1].hash
        assert faults(plan) == []

    @pytest.mark.parametrize(
        "change",
        [
            "note = '改过'",
            "person_name = '别人'",
            "person_id = 99",
            "post = 'leader'",
            "data = '{}'",
            "at = '2020-01-01 00:00:00'",
            "to_state = 'closed'",
            "subject_id = 99",
            "verb = 'adopt'",
        ],
    )
    def test_a_changed_word_is_found_where_it_is(self, chain: list[Event], plan: Plan, change: str) -> None:
        tamper(f"UPDATE journal_event SET {change} WHERE id = %s", chain[1].pk)
        assert faults(plan) == [(2, "内容被改动过。")]

    def test_a_changed_event_with_a_new_hash_breaks_the_next(self, chain: list[Event], plan: Plan) -> None:
        tamper("UPDATE journal_event SET hash = %s WHERE id = %s", "f" * 64, chain[1].pk)
        assert faults(plan) == [(2, "内容被改动过。"), (3, "与上一条记录接不上。")]

    def test_a_removed_event_leaves_a_gap(self, chain: list[Event], plan: Plan) -> None:
        tamper("DELETE FROM journal_event WHERE id = %s", chain[2].pk)
        assert faults(plan) == [(3, "这一条记录不见了。")]

    def test_a_removed_end_is_missed(self, chain: list[Event], plan: Plan) -> None:
        tamper("DELETE FROM journal_event WHERE id >= %s", chain[2].pk)
        assert faults(plan) == [(3, "这一条记录不见了。"), (4, "这一条记录不见了。")]

    def test_all_removed_is_missed(self, chain: list[Event], plan: Plan) -> None:
        tamper("DELETE FROM journal_event")
        assert [position for position, _ in faults(plan)] == [1, 2, 3, 4]

    def test_a_moved_head_is_noticed(self, chain: list[Event], plan: Plan) -> None:
        tamper("UPDATE journal_chainhead SET hash = %s", "f" * 64)
        assert faults(plan) == [(4, "链尾与登记的不一致。")]

    def test_the_loser_of_the_race_seals_nothing(
        self, chain: list[Event], plan: Plan, liu: Member, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Between reading the head and writing it, another process seals the same events."""
        move(plan, "close", liu.actor, note="年度结束")
        monkeypatch.setattr(QuerySet, "update", lambda self, **values: 0)
        assert seal(plan.government_id) == 0
        monkeypatch.undo()
        assert Event.objects.filter(position__isnull=True).count() == 1
        assert seal(plan.government_id) == 1
        assert faults(plan) == []

    def test_each_government_has_its_own(self, chain: list[Event], outsider: Member) -> None:
        other = Plan.objects.create(
            title="白露县方案", government_id=outsider.actor.government_id, state="review", created_by="陈某"
        )
        move(other, "adopt", outsider.actor)
        assert seal(other.government_id) == 1
        assert Event.objects.get(government_id=other.government_id).position == 1

    def test_sealed_after_commit(self, plan: Plan, liu: Member, django_capture_on_commit_callbacks) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            move(plan, "adopt", liu.actor)
            assert Event.objects.get().position is None
        assert Event.objects.get().position == 1


class TestCommand:
    """`luoshi journal verify`."""

    def test_says_that_all_holds(self, plan: Plan, liu: Member, capsys) -> None:
        move(plan, "adopt", liu.actor)
        assert journal(["verify"]) == 0
        told = capsys.readouterr().out
        assert "青禾县：共1条" in told
        assert told.endswith("办理记录完整，没有发现改动。\n")

    def test_names_the_place(self, plan: Plan, liu: Member, capsys) -> None:
        event = move(plan, "adopt", liu.actor)
        seal(plan.government_id)
        tamper("UPDATE journal_event SET note = '改过'")
        assert journal(["verify"]) == 1
        told = capsys.readouterr()
        assert f"第1条（记录号{event.pk}）：内容被改动过。" in told.out
        assert told.err == "办理记录有1处不符，请保护现场并联系安全审计员。\n"

    def test_finds_a_chain_written_anew_by_what_was_kept(
        self, plan: Plan, liu: Member, capsys, tmp_path
    ) -> None:
        kept = str(tmp_path / "校验值.json")
        move(plan, "adopt", liu.actor)
        assert journal(["verify", "--save", kept]) == 0
        assert journal(["verify", "--against", kept]) == 0
        tamper("UPDATE journal_event SET note = '改过', position = NULL, prev_hash = '', hash = ''")
        tamper("DELETE FROM journal_chainhead")
        assert journal(["verify"]) == 0
        assert journal(["verify", "--against", kept]) == 1
        assert "第1条的校验值与现在不同" in capsys.readouterr().out
        tamper("DELETE FROM journal_event")
        tamper("DELETE FROM journal_chainhead")
        assert journal(["verify", "--against", kept]) == 1
        assert "上次留存时有记录，现在一条也没有。" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "text", ["", "[]", "{", '{"青禾县": 3}', '{"青禾县": {"position": "x", "hash": ""}}']
    )
    def test_rubbish_is_no_kept_file(self, liu: Member, capsys, tmp_path, text: str) -> None:
        kept = tmp_path / "乱.json"
        kept.write_text(text, "utf-8")
        assert journal(["verify", "--against", str(kept)]) == 2
        assert "不是“luoshi journal verify --save”留存的文件。" in capsys.readouterr().err

    def test_says_what_cannot_be_opened(self, liu: Member, capsys, tmp_path) -> None:
        assert journal(["verify", "--against", str(tmp_path / "无")]) == 2
        assert journal(["verify", "--save", str(tmp_path / "无" / "无")]) == 2
        first, second = capsys.readouterr().err.splitlines()
        assert first.startswith("打不开留存文件")
        assert second.startswith("留存文件写不进去")


def test_history_speaks(plan: Plan, liu: Member, django_assert_num_queries) -> None:
    record(plan, "correct", liu.actor, {"title": ["旧题", "新题"], "year": [None, 2026]})
    move(plan, "withdraw", liu.actor, note="传错了文件")
    with django_assert_num_queries(1):
        newest, oldest = history(plan)
    assert (newest.deed, newest.note, newest.person_name) == ("撤回", "传错了文件", "刘主任")
    assert oldest.deed == "修改读出的内容"
    assert oldest.changes == ("标题：旧题 → 新题", "年度：2026")
