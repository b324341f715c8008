"""What stands between a draft and its signature: wrong totals, changed numbers without a reason, length, one end unnamed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from luoshi.core.writing.draft import Draft, Listing, Piece, Ref
from luoshi.core.writing.facts import WORDS, Facts, shares
from luoshi.core.writing.kinds import KINDS
from luoshi.core.writing.listings import SCORE
from luoshi.core.writing.names import STATES
from luoshi.core.writing.paper import Group
from luoshi.core.writing.scores import ends, groups, mean

Weight = Literal["stop", "warn"]
SCORED = ("scored", "mean", "groups")
"""Rules of totals of an assessment."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with a draft: it stops the signing, or only warns. `passage` is where, -1 for the whole paper."""

    weight: Weight
    sentence: str
    passage: int = -1


def flaws(draft: Draft, facts: Facts) -> tuple[Flaw, ...]:
    """Everything to put right or to know before signing."""
    return (
        *_numbers(draft, facts),
        *_parts(draft, facts),
        *_length(draft),
        *_both_ends(draft),
        *_tied(draft, facts),
        *(Flaw("warn", note) for note in facts.sheet.notes if facts.scores),
        *_signs(draft),
    )


def _numbers(draft: Draft, facts: Facts) -> Iterator[Flaw]:
    counted = _Counted(draft, facts)
    for at, _, piece in draft.numbers():
        assert piece.ref is not None
        wanted = counted.again(piece)
        if wanted is not None and wanted != piece.text:
            yield Flaw(
                "stop",
                f"“{piece.ref.name}”写的是{piece.text}，按{counted.source(piece.ref)}复算是{wanted}，请改正后再签发。",
                at,
            )
        elif piece.changed and not piece.reason.strip():
            yield Flaw("stop", f"“{piece.ref.name}”由{piece.drafted}改成了{piece.text}，请写明理由。", at)
        elif piece.changed:
            yield Flaw(
                "warn", f"“{piece.ref.name}”由{piece.drafted}改成了{piece.text}，理由：{piece.reason}。", at
            )


class _Counted:
    """Counts from the annex where the paper has one, else from the facts. The annex may have been edited; the text must agree."""

    def __init__(self, draft: Draft, facts: Facts) -> None:
        annex = draft.listing("任务责任分解表")
        self._ledger = "附件" if annex else "台账"
        self._states = _by_key(annex) if annex else {task.key: str(task.state) for task in facts.tasks}
        self._shares = dict(
            zip(STATES, shares([list(self._states.values()).count(s) for s in STATES]), strict=True)
        )
        self._whole = len(self._states)
        scores = draft.listing("考核结果")
        self._scores = (
            _scores(scores) if scores else {row.key: (row.points, row.grade) for row in facts.scores}
        )
        self._of = {row.key: row.group for row in facts.scores}
        self._sheet = "附件" if scores else "得分表"

    def source(self, ref: Ref) -> str:
        """What a number is counted from."""
        return self._sheet if ref.rule.split(" ")[0] in SCORED else self._ledger

    def again(self, piece: Piece) -> str | None:
        """The number counted once more; None for one that is not a total of tasks."""
        ref = piece.ref
        if ref is None or "indicators" in ref.rule:
            return None
        word, _, rule = ref.rule.partition(" ")
        if word in SCORED:
            return self._scored(ref, word, rule)
        if word == "count":
            keys = [key for key in ref.rows if key in self._states]
            if rule == "all":
                return str(self._whole) if ref.name == "任务总数" else str(len(keys))
            states = rule.split("+")
            if ref.name == f"{WORDS.get(rule, '')}数":
                return str(sum(state == rule for state in self._states.values()))
            return str(sum(self._states[key] in states for key in keys))
        if word == "share" and "：" not in ref.name:
            return f"{self._shares[rule]}%"  # type: ignore[index]
        return None

    def _scored(self, ref: Ref, word: str, rule: str) -> str:
        """A total of an assessment, from the lines of its table: a whole one counts every line, a group's those of the group."""
        if word == "groups":
            return str(len({self._of.get(key, "") for key in self._scores}))
        mine = self._scores
        if "：" in ref.name:
            group = {self._of[key] for key in ref.rows if key in self._of}
            mine = {key: value for key, value in mine.items() if self._of.get(key) in group}
        if word == "mean":
            return mean([points for points, _ in mine.values()])
        return str(sum(not rule or grade == rule for _, grade in mine.values()))


def _scores(listing: Listing) -> dict[str, tuple[Decimal, str]]:
    """Key → score and grade, as the lines of the table say."""
    at = listing.table.head.index(SCORE)
    rows = zip(listing.keys, listing.table.rows, listing.states, strict=True)
    return {key: (Decimal(row[at]), grade) for key, row, grade in rows if not isinstance(row, Group)}


def _tied(draft: Draft, facts: Facts) -> Iterator[Flaw]:
    """Whoever shares a place is named with the others or not at all, and one end of a group is not named without the other."""
    text = "".join(part.text for part in draft.passages())
    for _, rows in groups(facts.scores):
        named = []
        for end in ends(rows):
            said = [row for row in end if row.unit in text]
            named.append(bool(said))
            if len({row.points for row in end if row not in said} & {row.points for row in said}):
                both = "、".join(row.unit for row in end if row.points in {one.points for one in said})
                yield Flaw("warn", f"{both}中有得分相同的，文中只点了一部分，请并列的一并点名。")
        if any(named) and not all(named):
            which = "先进" if named[0] else "后进"
            yield Flaw("warn", f"“{rows[0].group or '考核结果'}”只点了{which}的单位，请先进后进一并点名。")


def _by_key(listing: Listing) -> dict[str, str]:
    return {key: state for key, state in zip(listing.keys, listing.states, strict=True) if key}


def _parts(draft: Draft, facts: Facts) -> Iterator[Flaw]:
    """The parts named in the text must make up the whole that is named."""
    shown = {
        piece.ref.name: piece.text
        for _, _, piece in draft.numbers()
        if piece.ref and "：" not in piece.ref.name
    }
    parts = {f"{WORDS[state]}数" for state in STATES} & shown.keys()
    if "任务总数" not in shown or not parts:
        return
    silent = [s for s in STATES if f"{WORDS[s]}数" not in parts and facts.standing(s)]
    if silent:
        left = "、".join(f"{WORDS[state]}{len(facts.standing(state))}项" for state in silent)
        yield Flaw("warn", f"各类任务之和与总数不等，文中没有写：{left}。")
    elif all(text.isdigit() for name, text in shown.items() if name in parts | {"任务总数"}):
        total = sum(int(shown[name]) for name in parts)
        if total != int(shown["任务总数"]):
            yield Flaw("stop", f"各类任务之和是{total}，与任务总数{shown['任务总数']}不等，请改正后再签发。")


def _length(draft: Draft) -> Iterator[Flaw]:
    kind = KINDS[draft.kind]
    length = sum(len(part.text) for part in draft.passages())
    if length > kind.limit:
        yield Flaw(
            "stop", f"正文有{length}字，超过{kind.name}的上限{kind.limit}字（减负规定），请精简后再签发。"
        )
    elif length > kind.limit * Decimal("0.9"):
        yield Flaw("warn", f"正文有{length}字，接近{kind.name}的上限{kind.limit}字，请注意精简。")


def _both_ends(draft: Draft) -> Iterator[Flaw]:
    rules = [piece.ref for _, _, piece in draft.numbers() if piece.ref and "：" in piece.ref.name]
    behind = any(ref.rule == "count lagging+not_started" for ref in rules)
    ahead = any(ref.rule == "count done+on_time" for ref in rules)
    text = "".join(part.text for part in draft.passages())
    if behind and not ahead and "没有全部达序时的" not in text:
        yield Flaw("warn", "文中点了滞后单位，没有点先进单位，请两头都点，或写明没有。")
    if ahead and not behind and "没有滞后的" not in text:
        yield Flaw("warn", "文中点了先进单位，没有点滞后单位，请两头都点，或写明没有。")


def _signs(draft: Draft) -> Iterator[Flaw]:
    for at, part in enumerate(draft.passages()):
        if re.search(r"[，。；：]{2,}|、[，。；]|（）", part.text):
            yield Flaw("warn", f"第{at + 1}段有重复或多余的标点，请核对。", at)
