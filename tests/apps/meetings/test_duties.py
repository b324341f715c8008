"""A meeting held keeps the duty of its chair for the period it falls in; seen by the leader and the office alone."""

import datetime as dt

import pytest
from django.utils import timezone

from luoshi.core.periods import Period, period_on
from luoshi.core.workdays import national
from luoshi.dispatch.models import Duty, Rhythm
from luoshi.ledger.models import Mechanism
from luoshi.meetings.models import Meeting
from luoshi.meetings.services import preparing
from tests.meetings import meeting_of
from tests.people import Member, cast
from tests.reporting import Ledger


def rhythm_of(book: Ledger, liu: Member, activity: str, every: str = "月") -> Rhythm:
    mechanism = Mechanism.objects.create(plan=book.plan, order=Mechanism.objects.count(), quote=activity, start=0, end=2, activity=activity, every=every)  # fmt: skip
    return Rhythm.objects.create(
        government=book.plan.government, plan=book.plan, mechanism=mechanism, activity=activity, every=every, becomes="duty",
        valid_from=dt.date(2020, 1, 1), person_id=liu.actor.person_id, person_name=liu.actor.name,
    )  # fmt: skip


def duty_of(rhythm: Rhythm, bearer: Member, period: Period, **more: object) -> Duty:
    due = national().on_or_before(period.end)
    return Duty.objects.create(
        government=rhythm.government, rhythm=rhythm, person=bearer.account.person, since=period.start, until=period.end, opens=period.start,
        ask_on=period.start, said=period.end, **{"due": due, **more},
    )  # fmt: skip


def hold(liu: Member, book: Ledger, lu: Member, day: dt.date, **more: object) -> Meeting:
    meeting = meeting_of(liu, book.plan, "held", chair=lu, day=day, **more)
    preparing.close(meeting, by=liu.actor)
    return meeting


@pytest.fixture
def month(db) -> Period:
    return period_on("月", timezone.localdate())


def states(*duties: Duty) -> list[str]:
    return [Duty.objects.get(pk=one.pk).state for one in duties]


def test_the_period_it_falls_in(
    liu: Member, book: Ledger, lu: Member, month: Period, as_, wang: Member
) -> None:
    rhythm = rhythm_of(book, liu, "县长每月调度一次")
    before = duty_of(rhythm, lu, period_on("月", month.start - dt.timedelta(days=1)))
    mine, after = duty_of(rhythm, lu, month), duty_of(rhythm, lu, month.next())
    other = duty_of(rhythm_of(book, liu, "每月讲评一次"), lu, month)
    colleague = duty_of(rhythm, cast("fu", "副县长", "青禾县人民政府", "leader"), month)
    meeting = hold(liu, book, lu, timezone.localdate(), units=(wang,))
    assert states(before, mine, after, other, colleague) == [
        "waiting",
        "kept",
        "waiting",
        "waiting",
        "waiting",
    ]
    mine.refresh_from_db()
    assert (mine.kept_on, mine.note) == (timezone.localdate(), "重点任务调度会")
    words = "这次会议计入陆县长"
    assert words in as_(liu).get(f"/meetings/{meeting.pk}/").content.decode()
    assert words in as_(lu).get(f"/meetings/{meeting.pk}/").content.decode()
    for stranger in (wang, cast("shen", "沈县长", "青禾县人民政府", "leader"), cast("du", "杜公", "青禾县督查室", "inspector")):  # fmt: skip
        assert words not in as_(stranger).get(f"/meetings/{meeting.pk}/").content.decode()


def test_up_to_the_moved_day_it_answers_for_the_one_before(liu: Member, book: Ledger, lu: Member, month: Period) -> None:  # fmt: skip
    rhythm = rhythm_of(book, liu, "县长每月调度一次")
    today = timezone.localdate()
    before = duty_of(rhythm, lu, period_on("月", month.start - dt.timedelta(days=1)), due=today)
    hold(liu, book, lu, today)
    assert states(before) == ["kept"]  # nothing else was due
    later = duty_of(rhythm, lu, month)
    Duty.objects.filter(pk=before.pk).update(**{"state": "waiting"})
    hold(liu, book, lu, today)
    assert states(before, later) == ["waiting", "kept"]  # the period it falls in goes first


def test_another_kind_keeps_nothing(liu: Member, book: Ledger, lu: Member, month: Period) -> None:
    duty = duty_of(rhythm_of(book, liu, "县长每月调度一次"), lu, month)
    hold(liu, book, lu, timezone.localdate(), kind="reconcile")
    assert states(duty) == ["waiting"]


def test_a_second_meeting_is_welcome(liu: Member, book: Ledger, lu: Member, month: Period) -> None:
    duty = duty_of(rhythm_of(book, liu, "县长每月调度一次"), lu, month)
    for _ in range(2):
        hold(liu, book, lu, timezone.localdate())
    assert states(duty) == ["kept"]


def test_without_a_chair_nobody_keeps_anything(liu: Member, book: Ledger, lu: Member, month: Period) -> None:
    duty = duty_of(rhythm_of(book, liu, "县长每月调度一次"), lu, month)
    meeting = meeting_of(liu, book.plan, "held")
    preparing.close(meeting, by=liu.actor)
    assert states(duty) == ["waiting"]
