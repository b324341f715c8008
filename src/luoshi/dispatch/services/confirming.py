"""Confirming the rhythms of a plan, and changing, stopping or taking one up again from a day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.rhythm import LIVE, RHYTHM
from luoshi.core.rhythms import LEADS
from luoshi.dispatch.models import BORNE, Bearer, Duty, Rhythm
from luoshi.journal.moves import Refused, demand, move, move_all, record
from luoshi.ledger.models import Mechanism, Plan

DAILY = "日"


class Unsound(Refused):
    """The calendar cannot be so; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a rhythm is to be: how often, what it becomes, due when (in words, "" for the end of the period), who answers."""

    every: str
    becomes: str
    due_said: str = ""
    shift: str = "within"
    lead: int = 3
    at_least: bool = False
    units: Sequence[int] = ()
    posts: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The terms for one mechanism; `also` are the other places of the plan that say the same."""

    mechanism: Mechanism
    terms: Terms
    also: Sequence[Mechanism] = field(default=())


@transaction.atomic
def confirm(plan: Plan, choices: Sequence[Choice], since: dt.date, *, by: Actor) -> list[Rhythm]:
    """确认日程: one row a rhythm, all at once, in force from `since`. Raises Unsound, Denied."""
    for choice in choices:
        _refuse_unsound(choice.terms, f"“{choice.mechanism.actor}{choice.mechanism.activity}”")
    _refuse_two_rounds(plan, sum(c.terms.becomes == "round" for c in choices))
    made = []
    for choice in choices:
        one = choice.mechanism
        rhythm = _new(choice.terms, one, plan, since, by)
        demand(RHYTHM, rhythm, "confirm", by)
        try:
            with transaction.atomic():
                rhythm.save()
        except IntegrityError as error:
            raise Unsound("这份方案的日程刚刚已由他人确认，请刷新页面后再看。") from error
        rhythm.also.set(choice.also)
        _bear(rhythm, choice.terms)
        record(rhythm, "confirm", by, _said(rhythm))
        made.append(rhythm)
    return made


def _new(terms: Terms, one: Mechanism, plan: Plan, since: dt.date, by: Actor) -> Rhythm:
    return Rhythm(
        government_id=by.government_id,
        plan=plan,
        mechanism=one,
        who=one.actor,
        activity=one.activity,
        every=terms.every,
        at_least=terms.at_least,
        becomes=terms.becomes,
        due_said=terms.due_said,
        shift=terms.shift,
        lead=terms.lead if terms.lead >= 0 else LEADS.get(terms.every, 3),  # type: ignore[call-overload]  # "" has none
        valid_from=since,
        next_on=None if terms.becomes == "none" else since,
        person_id=by.person_id,
        person_name=by.name,
    )


def _bear(rhythm: Rhythm, terms: Terms) -> None:
    if rhythm.becomes in BORNE:
        Bearer.objects.bulk_create(
            [
                *(Bearer(rhythm=rhythm, unit_id=unit) for unit in dict.fromkeys(terms.units)),
                *(Bearer(rhythm=rhythm, post_id=post) for post in dict.fromkeys(terms.posts)),
            ]
        )


def _said(rhythm: Rhythm) -> dict[str, list[str | None]]:
    names = ("every", "becomes", "due_said")
    return {name: [None, str(getattr(rhythm, name))] for name in names if getattr(rhythm, name)}


def _refuse_unsound(terms: Terms, what: str) -> None:
    if terms.becomes == "none":
        return
    if not terms.every:
        raise Unsound(f"{what}没有定周期，请选一个周期，或改为“不排”。")
    if terms.every == DAILY:
        raise Unsound(f"{what}每天一次，不逐日登记也不逐日填报，请改为“不排”，或改用较长的周期。")
    if terms.becomes in BORNE and not (terms.units or terms.posts):
        raise Unsound(f"{what}没有写明由谁办，请填写单位或领导，或改为“不排”。")


def _refuse_two_rounds(plan: Plan, more: int, besides: Rhythm | None = None) -> None:
    """One rhythm of a plan asks the units; the others draw from it."""
    others = Rhythm.objects.filter(plan=plan, becomes="round", state="running")
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if more + others.count() > 1:
        raise Unsound(
            "一份方案只能有一个节奏向单位发起填报，其他的用它的数，不让单位重复报。请只留一个“报送轮次”。"
        )


@transaction.atomic
def change(
    rhythm: Rhythm, terms: Terms, day: dt.date, reason: str, document: str = "", *, by: Actor
) -> Rhythm:
    """调整: other terms for the periods that end on `day` or later; the row until then stays. Raises Unsound, Denied."""
    demand(RHYTHM, rhythm, "change", by, reason)
    _refuse_past(day)
    _refuse_unsound(terms, f"“{rhythm.who}{rhythm.activity}”")
    _refuse_two_rounds(rhythm.plan, int(terms.becomes == "round"), besides=rhythm)
    move(rhythm, "change", by, reason, valid_to=[None, day.isoformat()], document=[None, document])
    later = _follow(rhythm, terms, day, reason, document, by)
    _end(rhythm, day, reason, by)
    record(later, "confirm", by, _said(later), reason)
    return later


@transaction.atomic
def stop(rhythm: Rhythm, day: dt.date, reason: str, document: str = "", *, by: Actor) -> None:
    """停止 for the periods that end on `day` or later. Raises Unsound, Denied."""
    demand(RHYTHM, rhythm, "stop", by, reason)
    _refuse_past(day)
    move(rhythm, "stop", by, reason, valid_to=[None, day.isoformat()], document=[None, document])
    rhythm.reason, rhythm.document = reason.strip()[:500], document
    _end(rhythm, day, reason, by)


@transaction.atomic
def resume(rhythm: Rhythm, day: dt.date, reason: str, document: str = "", *, by: Actor) -> Rhythm:
    """恢复 on the same terms, for the periods that end on `day` or later. Raises Unsound, Denied."""
    demand(RHYTHM, rhythm, "resume", by, reason)
    _refuse_past(day)
    if rhythm.valid_to and day < rhythm.valid_to:
        raise Unsound(f"这个节奏到{rhythm.valid_to}才停，恢复的日期请选这一天或以后。")
    terms = terms_of(rhythm)
    _refuse_two_rounds(rhythm.plan, int(terms.becomes == "round"))
    record(
        rhythm, "resume", by, {"valid_from": [None, day.isoformat()], "document": [None, document]}, reason
    )
    return _follow(rhythm, terms, day, reason, document, by)


def terms_of(rhythm: Rhythm) -> Terms:
    """The terms as they are."""
    bearers = list(rhythm.bearers.all())
    return Terms(
        every=rhythm.every,
        becomes=rhythm.becomes,
        due_said=rhythm.due_said,
        shift=rhythm.shift,
        lead=rhythm.lead,
        at_least=rhythm.at_least,
        units=[bearer.unit_id for bearer in bearers if bearer.unit_id],
        posts=[bearer.post_id for bearer in bearers if bearer.post_id],
    )


def _refuse_past(day: dt.date) -> None:
    if day < timezone.localdate():
        raise Unsound("起用的日期已经过去，请选今天或以后的一天；以前的记录不改。")


def _follow(rhythm: Rhythm, terms: Terms, day: dt.date, reason: str, document: str, by: Actor) -> Rhythm:
    later = _new(terms, rhythm.mechanism, rhythm.plan, day, by)
    later.follows, later.reason, later.document = rhythm, reason.strip()[:500], document
    # A period that ends on the day or later has begun before it: what is asked in advance is asked today.
    later.next_on = None if terms.becomes == "none" else timezone.localdate()
    later.save()
    later.also.set(rhythm.also.values_list("pk", flat=True))
    _bear(later, terms)
    return later


def _end(rhythm: Rhythm, day: dt.date, reason: str, by: Actor) -> None:
    """In force for periods that end before `day`; duties of later ones are no longer asked."""
    rhythm.valid_to = day
    rhythm.save(update_fields=["valid_to", "reason", "document"])
    live = Duty.objects.filter(rhythm=rhythm, until__gte=day, state__in=LIVE)
    for state in LIVE:
        move_all(list(live.filter(state=state).select_related("rhythm__plan")), "drop", by, reason)
