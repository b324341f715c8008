"""What time does in this room: rounds opened on their day, duties laid out, missed, dated anew. Run as often as one likes.

Nothing is remembered but the rows themselves: a rhythm keeps the next day on which something is to be done about it
(`next_on`), and whoever moves that day on first does the work, in one transaction a rhythm. Run twice, nothing new happens;
run after a week, everything that came due is there. A round whose day is over is not opened as if nothing had been
(docs/decisions/0171).
"""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor, Principal
from luoshi.core.flow.rhythm import LIVE
from luoshi.core.occasions import Occasion as Dated
from luoshi.core.occasions import occasions_of
from luoshi.core.rhythms import ask_on, why_moved
from luoshi.core.workdays import Workdays
from luoshi.dispatch.models import Bearer, Duty, Occasion, Rhythm
from luoshi.dispatch.queries.days import workdays_of
from luoshi.journal.moves import Refused, Stale, move_all, record
from luoshi.org.models import Post
from luoshi.reporting.models import Round
from luoshi.reporting.services.opening import Asked, heirs_of, open_round

NAME = "定时值守"
AHEAD = dt.timedelta(days=2 * 366)
"""So far ahead the next period of every length has begun and ended."""
BATCH = 400
AGAIN = dt.timedelta(days=7)
"""A rhythm is looked at again at the latest after so many days: its days may move when a year's holidays are published."""
log = logging.getLogger(__name__)


class Done(NamedTuple):
    """What was done, and what could not be: Chinese lines."""

    lines: list[str]
    faults: list[str]


def tick(now: dt.datetime) -> Done:
    """Do what has come due by `now` (an aware moment; its day in the local time zone counts)."""
    today = timezone.localtime(now).date()
    done, calendars = Done([], []), _Calendars()
    due = Rhythm.objects.timed().filter(next_on__lte=today)
    for rhythm in due.select_related("plan", "mechanism").order_by("pk"):
        try:
            done.lines.extend(_serve(rhythm, today, calendars.of(rhythm.government_id)))
        except Refused as reason:
            done.faults.append(f"《{rhythm.plan}》的“{rhythm}”没有办成：{reason.sentence}")
        except Exception:  # one rhythm must not stop the others; the whole story is in the log
            log.exception("rhythm %s", rhythm.pk)
            done.faults.append(f"《{rhythm.plan}》的“{rhythm}”没有办成：系统出错，详情见日志，下次会再试。")
    for step in (_pass_on, _redate, _miss):
        try:
            done.lines.extend(step(today, calendars))
        except Exception:
            log.exception("%s", step.__name__)
            done.faults.append("核对职责期限时系统出错，详情见日志，下次会再试。")
    return done


class _Calendars:
    """The working days of each county, asked once a tick."""

    def __init__(self) -> None:
        self._known: dict[int, Workdays] = {}

    def of(self, government_id: int) -> Workdays:
        if government_id not in self._known:
            self._known[government_id] = workdays_of(government_id)
        return self._known[government_id]


def watchman(government_id: int, rhythm: Rhythm | None = None) -> Actor:
    """Who acts when time does: the watch, on behalf of the person who confirmed the rhythm."""
    principal = Principal(rhythm.person_id, rhythm.person_name) if rhythm else None
    return Actor(0, NAME, ("office",), None, "", government_id, "government", principal=principal)


def _serve(rhythm: Rhythm, today: dt.date, days: Workdays) -> list[str]:
    """All of one rhythm, or nothing: whoever moves `next_on` first does it."""
    asked = [
        (_from(rhythm, one, days), one) for one in coming(rhythm, rhythm.valid_from, today + AHEAD, days)
    ]
    ahead = [day for day, _ in asked if day > today]
    begun = [one for day, one in asked if day <= today]
    with transaction.atomic():
        mine = Rhythm.objects.filter(pk=rhythm.pk, next_on=rhythm.next_on)
        if not mine.update(
            next_on=min([*ahead, today + AGAIN]) if ahead or rhythm.valid_to is None else None
        ):
            return []
        if rhythm.becomes == "round":
            return list(_rounds(rhythm, begun, ahead, today, days))
        return list(_duties(rhythm, begun, today, days))


def coming(rhythm: Rhythm, first: dt.date, last: dt.date, days: Workdays) -> Iterator[Dated]:
    """The occasions of a row whose periods end within [first, last]: its own periods only, and none that was due before the
    rhythm was confirmed at all."""
    for one in occasions_of(rhythm.dated, max(first, rhythm.valid_from), last, days):
        if rhythm.covers(one.period) and (rhythm.follows_id or one.due >= rhythm.valid_from):
            yield one


def _from(rhythm: Rhythm, one: Dated, days: Workdays) -> dt.date:
    """The day on which something is to be done about an occasion: a round is opened, a duty laid out."""
    return ask_on(one, rhythm.lead, days) if rhythm.becomes == "round" else one.opens


# Rounds -----------------------------------------------------------------------------------------------------


def _rounds(
    rhythm: Rhythm, begun: list[Dated], ahead: list[dt.date], today: dt.date, days: Workdays
) -> Iterator[str]:
    known = set(Occasion.objects.filter(rhythm__mechanism=rhythm.mechanism_id).values_list("since", "until"))
    new = [one for one in begun if one.period[:2] not in known]
    for one in new:
        if one.due >= today:
            yield _open(rhythm, one, one.due, "")
        elif found := _held(rhythm, one):
            yield _take(rhythm, one, found, "")
        elif one is new[-1] and (late := _late(one, ahead, rhythm.lead, today, days)):
            said = f"到期没有发起，{_md(today)}补发，截止日改为{_md(late)}。"
            yield _open(rhythm, one, late, said)
        else:
            yield _skip(rhythm, one)


def _late(one: Dated, ahead: list[dt.date], lead: int, today: dt.date, days: Workdays) -> dt.date | None:
    """The due day of a round opened after its own: as many working days as it would have had, if the next one is not asked
    for by then; None when the next one comes so soon that it serves for both."""
    late = days.add(today, max(lead, 1))
    return late if late < min(ahead, default=late + AHEAD) else None


def _held(rhythm: Rhythm, one: Dated) -> Round | None:
    """The round of the occasion that somebody opened by hand."""
    rows = Round.objects.filter(
        plan=rhythm.plan_id, programme=None, rhythm=rhythm.every, since=one.period.start
    )
    return rows.first()


def _open(rhythm: Rhythm, one: Dated, due: dt.date, sentence: str) -> str:
    """A round for the occasion; one that is there is taken as it is."""
    if found := _held(rhythm, one):
        return _take(rhythm, one, found, sentence)
    by = watchman(rhythm.government_id, rhythm)
    round = open_round(Asked(rhythm.plan, one.period, due, mechanism=rhythm.mechanism), by=by)
    _occasion(rhythm, one, due, round, sentence)
    return f"《{rhythm.plan}》{one.period.label}填报已发起，{_md(due)}截止。{sentence}"


def _take(rhythm: Rhythm, one: Dated, round: Round, sentence: str) -> str:
    _occasion(rhythm, one, round.due, round, sentence)
    return f"《{rhythm.plan}》{one.period.label}填报已由人工发起，不再另发。"


def _skip(rhythm: Rhythm, one: Dated) -> str:
    sentence = f"{_md(one.due)}到期时没有发起，时间已过，不再补发；累计数并入下一轮。"
    record(
        _occasion(rhythm, one, one.due, None, sentence).rhythm,
        "skip",
        watchman(rhythm.government_id, rhythm),
        {},
        f"{one.period.label}：{sentence}",
    )
    return f"《{rhythm.plan}》{one.period.label}填报{sentence}"


def _occasion(rhythm: Rhythm, one: Dated, due: dt.date, round: Round | None, sentence: str) -> Occasion:
    return Occasion.objects.create(
        rhythm=rhythm, since=one.period.start, until=one.period.end, due=due, round=round, sentence=sentence
    )


# Duties -----------------------------------------------------------------------------------------------------


def _duties(rhythm: Rhythm, begun: list[Dated], today: dt.date, days: Workdays) -> Iterator[str]:
    """A duty for every bearer and period that has begun; a period that went by unwatched is laid out too: it may have been
    kept, and can still be said so."""
    same = Duty.objects.filter(rhythm__mechanism=rhythm.mechanism_id).exclude(state="void")
    known = set(same.values_list("unit", "person", "since", "until"))
    bearers = list(_who(rhythm, today))
    for one in begun:
        new = [
            _duty(rhythm, one, unit, person, post, days)
            for unit, person, post in bearers
            if (unit, person, *one.period[:2]) not in known
        ]
        if not new:
            continue
        Duty.objects.bulk_create(new, batch_size=BATCH)
        told = f"{one.period.label}，{len(new)}项"
        record(rhythm, "raise", watchman(rhythm.government_id, rhythm), {}, told)
        yield f"《{rhythm.plan}》{one.period.label}{rhythm.activity}：排出{len(new)}项职责，{_md(one.due)}到期。"
    if begun and not bearers:
        yield f"《{rhythm.plan}》“{rhythm}”没有在任的人和单位承担，请政府办调整由谁办。"


def _who(rhythm: Rhythm, today: dt.date) -> Iterator[tuple[int | None, int | None, int | None]]:
    """(unit, person, post) of everybody who bears it today: a unit that is gone stands for its heirs, a post for its holder."""
    bearers = list(Bearer.objects.filter(rhythm=rhythm).select_related("unit", "post"))
    gone = any(bearer.unit and bearer.unit.valid_to for bearer in bearers)
    heirs = heirs_of(rhythm.government_id) if gone else {}
    seen = set()
    for bearer in bearers:
        found: list[tuple[int | None, int | None, int | None]]
        if bearer.unit:
            units = [bearer.unit.pk] if bearer.unit.valid_to is None else heirs.get(bearer.unit.pk, [])
            found = [(unit, None, None) for unit in units]
        else:
            post = holding(bearer.post, today)
            found = [(None, post.person_id, post.pk)] if post else []
        for one in found:
            if one[:2] not in seen:
                seen.add(one[:2])
                yield one


def holding(post: Post | None, today: dt.date) -> Post | None:
    """The post itself, or the one that carries it on after it was handed over; None when nobody does."""
    while post and post.valid_to and post.valid_to <= today:
        post = Post.objects.filter(follows=post).order_by("pk").first()
    return post


def _duty(
    rhythm: Rhythm, one: Dated, unit: int | None, person: int | None, post: int | None, days: Workdays
) -> Duty:
    return Duty(
        government_id=rhythm.government_id,
        rhythm=rhythm,
        unit_id=unit,
        person_id=person,
        post_id=post,
        since=one.period.start,
        until=one.period.end,
        opens=one.opens,
        ask_on=ask_on(one, rhythm.lead, days),
        said=one.said,
        due=one.due,
        why=why_moved(one),
        changed_at=timezone.now(),
    )


def _miss(today: dt.date, calendars: _Calendars) -> Iterator[str]:
    """Duties whose day is over; they can still be kept, late."""
    over: dict[int, list[Duty]] = {}
    rows = Duty.objects.filter(state="waiting", due__lt=today, rhythm__plan__state="adopted")
    for duty in rows.select_related("rhythm__plan"):
        over.setdefault(duty.government_id, []).append(duty)
    for government_id, duties in over.items():
        with suppress(Stale):  # somebody was faster: the next tick takes what is left
            move_all(duties, "miss", watchman(government_id))
            yield f"{len(duties)}项职责到期没有登记完成，记为逾期未办（补登记后改为逾期完成）。"


def _redate(today: dt.date, calendars: _Calendars) -> Iterator[str]:
    """Duties ahead whose day is another by the calendar of today: a year's holidays were published, the county took a day off."""
    rows = Duty.objects.filter(state="waiting", due__gte=today, rhythm__plan__state="adopted")
    for duty in rows.select_related("rhythm__plan"):
        days = calendars.of(duty.government_id)
        now = next(iter(occasions_of(duty.rhythm.dated, duty.until, duty.until, days)), None)
        if now is None or now.due == duty.due:
            continue
        with transaction.atomic():
            by = watchman(duty.government_id, duty.rhythm)
            changed = Duty.objects.filter(pk=duty.pk, due=duty.due, state="waiting").update(
                due=now.due, said=now.said, why=why_moved(now), ask_on=ask_on(now, duty.rhythm.lead, days),
                opens=now.opens, moved=duty.moved + 1, changed_at=timezone.now(),
            )  # fmt: skip
            if not changed:
                continue
            record(duty, "redate", by, {"due": [duty.due.isoformat(), now.due.isoformat()]}, now.note)
        yield f"{duty.label}{duty.rhythm.activity}的期限按放假安排由{_md(duty.due)}改为{_md(now.due)}。"


def _pass_on(today: dt.date, calendars: _Calendars) -> Iterator[str]:
    """A duty goes with the post: whoever took it over bears it."""
    rows = Duty.objects.filter(state__in=LIVE, post__valid_to__lte=today, rhythm__plan__state="adopted")
    for duty in rows.select_related("rhythm__plan", "post", "person"):
        heir = holding(duty.post, today)
        if heir is None or heir.person_id == duty.person_id:
            continue
        with transaction.atomic():
            by = watchman(duty.government_id, duty.rhythm)
            record(duty, "pass_on", by, {"person": [str(duty.person), heir.person.name]})
            Duty.objects.filter(pk=duty.pk).update(
                person=heir.person_id, post=heir, changed_at=timezone.now()
            )
        yield f"{duty.label}{duty.rhythm.activity}随岗位由{duty.person}移交给{heir.person.name}。"


def _md(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"
