"""When a digest goes out and what is in it: the rules as properties, and a timeline of one late sheet."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.reminding.deciding import Digest, Duty, Item, Told, decide, items_of, quiet_until
from luoshi.core.reminding.rules import Rules, default_rules, read_rules, unsound
from luoshi.core.workdays import national

DAYS = national()
START = dt.date(2026, 1, 5)
TEN = dt.time(10)


def at(day: dt.date, hour: dt.time = TEN) -> dt.datetime:
    return dt.datetime.combine(day, hour)


def told(digest: Digest) -> Told:
    return Told(digest.day, frozenset((line.item.key, line.stage) for line in digest.lines))


def run(duties: list[Duty], ends: dict[str, dt.date], rules: Rules, days: int) -> dict[int, list[Digest]]:
    """Daily ticks; a duty is gone from the day it is done."""
    found: dict[int, list[Digest]] = {}
    for n in range(days):
        day = START + dt.timedelta(days=n)
        open_ = [duty for duty in duties if ends.get(duty.key, dt.date.max) > day]
        for person, items in items_of(open_).items():
            past = found.setdefault(person, [])
            if digest := decide(items, [told(d) for d in past], at(day), rules, DAYS):
                past.append(digest)
    return found


some_rules = st.builds(
    Rules,
    ahead=st.integers(1, 8),
    gap=st.integers(1, 8),
    again=st.integers(1, 10),
    head_after=st.integers(1, 4),
    office_after=st.integers(2, 9),
    on_day=st.booleans(),
    days_off=st.booleans(),
).filter(lambda rules: not list(unsound(rules)))
people = st.frozensets(st.integers(1, 6), max_size=3)
some_days = st.integers(0, 60).map(lambda n: START + dt.timedelta(days=n))
duties = st.lists(
    st.builds(
        Duty,
        st.sampled_from("abcdefghij"),
        some_days,
        people,
        people,
        people,
        st.sampled_from(["", "G", "H"]),
    ),
    max_size=8,
    unique_by=lambda duty: duty.key,
)
ends = st.dictionaries(st.sampled_from("abcdefghij"), some_days)


@settings(max_examples=150, deadline=None)
@given(duties, ends, some_rules)
def test_never_a_flood_and_never_of_what_is_done(
    duties: list[Duty], ends: dict[str, dt.date], rules: Rules
) -> None:
    for person, digests in run(duties, ends, rules, 80).items():
        for before, after in itertools.pairwise(digests):
            assert before.day < after.day  # never two on one day
            assert DAYS.between(before.day, after.day) >= rules.gap
        for digest in digests:
            assert rules.days_off or DAYS.is_workday(digest.day)
            assert digest.lines  # nothing to say, nothing sent
            for line in digest.lines:
                assert ends.get(line.item.key, dt.date.max) > digest.day
                if line.stage == "head":
                    assert DAYS.between(line.item.due, digest.day) >= rules.head_after
                if line.stage == "office":
                    assert DAYS.between(line.item.due, digest.day) >= rules.office_after
            assert len({line.item.key for line in digest.lines}) == len(digest.lines)
        concerned = {d.key for d in duties if person in d.doers | d.heads}
        concerned |= {d.group or d.key for d in duties if person in d.offices}
        assert {line.item.key for digest in digests for line in digest.lines} <= concerned


@settings(max_examples=100, deadline=None)
@given(duties, some_rules)
def test_what_was_known_in_time_is_told_before_its_day_is_over(duties: list[Duty], rules: Rules) -> None:
    """Because `ahead` is never shorter than the gap, nothing falls due unheard in a silence."""
    digests = run(duties, {}, rules, 80)
    for duty in duties:
        first = DAYS.add(START, rules.ahead + rules.gap)
        if duty.due < first:
            continue
        for person in duty.doers or duty.heads:
            heard = [d.day for d in digests[person] for line in d.lines if line.item.key == duty.key]
            assert min(heard) <= DAYS.on_or_before(duty.due) or rules.days_off


@given(duties, st.randoms(use_true_random=False), some_rules, some_days)
def test_the_order_of_lines_does_not_matter(duties, random, rules, day) -> None:
    for items in items_of(duties).values():
        mixed = list(items)
        random.shuffle(mixed)
        assert decide(items, [], at(day), rules, DAYS) == decide(mixed, [], at(day), rules, DAYS)


@given(duties, some_rules, some_days)
def test_asked_twice_it_says_nothing_more(duties, rules, day) -> None:
    for items in items_of(duties).values():
        if digest := decide(items, [], at(day), rules, DAYS):
            assert decide(items, [told(digest)], at(day, dt.time(16)), rules, DAYS) is None


def test_one_late_sheet_from_first_to_last() -> None:
    """Due on Friday 20 March, done on the 31st: clerk before, on the day, after; head after two working days, office after
    five; silence from then on."""
    sheet = Duty("sheet", dt.date(2026, 3, 20), frozenset({1}), frozenset({2}), frozenset({3}))
    found = run([sheet], {"sheet": dt.date(2026, 3, 31)}, default_rules(START), 120)
    said = {
        person: [(d.day.day, d.lines[0].stage, d.lines[0].days) for d in digests]
        for person, digests in found.items()
    }
    assert said == {
        1: [(17, "soon", 3), (20, "today", 0), (25, "late", 3)],
        2: [(24, "head", 2)],
        3: [(27, "office", 5)],
    }


def test_what_many_have_left_undone_is_one_line_for_the_office() -> None:
    """Eighty sheets of one round and one order: each is told to whoever does it and to their head by itself, to the office
    as two lines; the day of the round is the first of its sheets, and it is told until the last of them is done."""
    due, everybody = dt.date(2026, 3, 20), range(100, 180)
    sheets = [
        Duty(f"sheet{n}", due + dt.timedelta(days=n % 2), frozenset({n}), frozenset({n + 100}), frozenset({3}), "round")
        for n in everybody
    ]  # fmt: skip
    order = Duty("order", due, frozenset({1}), frozenset({2}), frozenset({3}))
    items = items_of([*sheets, order])
    assert items[3] == [Item("order", due, "office"), Item("round", due, "office")]
    assert all(items[n] == [Item(f"sheet{n}", due + dt.timedelta(days=n % 2))] for n in everybody)
    assert all(len(items[n + 100]) == 1 for n in everybody)
    late = items_of([sheet for sheet in sheets if sheet.due > due])
    assert late[3] == [Item("round", due + dt.timedelta(days=1), "office")]
    ends = {sheet.key: dt.date(2026, 3, 31) for sheet in sheets[1:]} | {"order": dt.date(2026, 3, 23)}
    found = run([*sheets, order], ends, default_rules(START), 100)[3]
    assert [(d.day, len(d.lines)) for d in found] == [(dt.date(2026, 3, 27), 1), (dt.date(2026, 4, 3), 1), (dt.date(2026, 4, 13), 1)]  # fmt: skip


def test_what_is_long_overdue_is_told_rarely() -> None:
    old = Duty("old", dt.date(2026, 1, 5), frozenset({1}))
    days = [digest.day for digest in run([old], {}, default_rules(START), 160)[1]]
    gaps = [DAYS.between(a, b) for a, b in itertools.pairwise(days)]
    assert gaps == [3, 5, 5, 5, 20, 20, 20, 20]


def test_a_missed_week_is_caught_up_with_one_digest() -> None:
    items = [Item("a", dt.date(2026, 3, 4)), Item("b", dt.date(2026, 3, 6)), Item("c", dt.date(2026, 3, 10))]
    past = [Told(dt.date(2026, 3, 2), frozenset({("a", "soon")}))]
    digest = decide(items, past, at(dt.date(2026, 3, 9)), default_rules(START), DAYS)
    assert [(line.item.key, line.stage, line.days) for line in digest.lines] == [
        ("a", "late", 3),
        ("b", "late", 1),
        ("c", "soon", 1),
    ]


@pytest.mark.parametrize(
    ("day", "hour", "sent"),
    [
        ((2026, 3, 20), (8, 29), False),
        ((2026, 3, 20), (8, 30), True),
        ((2026, 3, 20), (17, 29), True),
        ((2026, 3, 20), (17, 30), False),
        ((2026, 3, 21), (10, 0), False),  # Saturday
        ((2026, 2, 17), (10, 0), False),  # 春节
        ((2026, 2, 14), (10, 0), True),  # a worked Saturday
    ],
)
def test_hours_and_days_off(day, hour, sent) -> None:
    item = Item("a", dt.date(2026, 1, 9))
    found = decide([item], [], dt.datetime(*day, *hour), default_rules(START), DAYS)
    assert bool(found) is sent


def test_pressed_for_by_the_office_it_is_told_at_once_but_not_within_the_gap() -> None:
    item, rules = Item("a", dt.date(2026, 3, 30)), default_rules(START)
    day = dt.date(2026, 3, 16)
    assert decide([item], [], at(day), rules, DAYS) is None
    digest = decide([item], [], at(day), rules, DAYS, frozenset({"a"}))
    assert [line.stage for line in digest.lines] == ["asked"]
    past = [told(digest)]
    assert decide([item], past, at(dt.date(2026, 3, 18)), rules, DAYS, frozenset({"a"})) is None
    assert quiet_until(past, rules, DAYS) == dt.date(2026, 3, 19)
    assert decide([item], past, at(dt.date(2026, 3, 19)), rules, DAYS, frozenset({"a"}))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ahead": 2}, "不能少于静默期"),
        ({"again": 2}, "不能短于静默期"),
        ({"office_after": 2}, "先由本单位"),
        ({"gap": 0}, "1到30"),
        ({"opens": dt.time(18)}, "早于结束"),
    ],
)
def test_unsound_rules_say_why(change, says) -> None:
    assert any(says in sentence for sentence in unsound(replace(Rules(), **change)))


def test_the_default_is_sound_and_dated() -> None:
    assert not list(unsound(default_rules(dt.date(1999, 1, 1))))
    assert "若干规定" in default_rules(START).basis
    with pytest.raises(ValueError, match="静默期"):
        read_rules('[[rules]]\nsince=2026-01-01\nversion="x"\nahead=1\ngap=3')
