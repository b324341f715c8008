"""A county's own rules of lights: laid down for a day to come, withdrawn before it; the past is never touched."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.light_rule import LIGHT_RULE
from luoshi.journal.moves import Refused, demand, move, record
from luoshi.supervision.models import LightRule

SAID = (
    "title",
    "basis",
    "grace",
    "progress",
    "points",
    "ratio",
    "places",
    "about",
    "near_workdays",
    "red",
    "yellow",
)


def ask_to_rule(by: Actor) -> None:
    """Raises Denied for whoever does not lay down rules."""
    demand(LIGHT_RULE, LightRule(government_id=by.government_id), "draw", by)


def check(rule: LightRule) -> None:
    """Raises Refused with one sentence when the set does not hold, or would reach into the past."""
    if rule.valid_from <= timezone.localdate():
        raise Refused("新规则要从明天或以后的某一天起用，以前和今天的灯不变。请改起用日期。")
    if rule.yellow > 100 or rule.red > 100:
        raise Refused("汇总的比例不能超过100%，请改正。")
    if rule.grace > rule.progress:
        raise Refused("达到序时的宽限不能大于黄灯的范围，请改正。")
    try:
        assert rule.rules
    except ValueError as reason:
        raise Refused(str(reason).replace(f"本地{rule.number}号", rule.title)) from reason


@transaction.atomic
def lay_down(rule: LightRule, *, by: Actor) -> LightRule:
    """A new set from a day to come. Raises Denied, Refused."""
    rule.government_id = by.government_id
    demand(LIGHT_RULE, rule, "draw", by)
    rows = LightRule.objects.filter(government_id=by.government_id)
    rule.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    check(rule)
    if rows.filter(state="set", valid_from=rule.valid_from).exists():
        raise Refused("这一天已经有一套新规则，请先撤回它，或改起用日期。")
    rule.person_id, rule.person_name, rule.unit_name = by.person_id, by.name, by.unit_name
    rule.save()
    said = {name: [None, str(getattr(rule, name))] for name in SAID}
    record(rule, "draw", by, {**said, "valid_from": [None, rule.valid_from.isoformat()]}, rule.basis[:200])
    return rule


def withdraw(rule: LightRule, note: str, *, by: Actor) -> None:
    """Before its day only. Raises Denied."""
    move(rule, "withdraw", by, note)
