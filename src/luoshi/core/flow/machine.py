"""The rules of a life as a table: which verb leads from where to where, who may say it, what must be ready.

Buttons, refusals, answers to programs and tests all read the same rows. A refusal is one of three kinds, each a
full sentence with the way out: not you (another post does this), not now (the state forbids it), not ready
(something is still missing).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from luoshi.core.flow.actor import POSTS, Actor, Case

DenialKind = Literal["not_you", "not_now", "not_ready"]


@dataclass(frozen=True, slots=True)
class State:
    """One state: its name on screen, and what to do when a verb is refused because of it."""

    label: str
    advice: str


@dataclass(frozen=True, slots=True)
class Need:
    """Something that must be at zero first. `count` names an int attribute of the case; `{n}` is put into the text."""

    count: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Who may not do it, whatever their post: `of` names a collection of the case that holds the actor's `by` (unit_id or
    person_id). 谁办理谁不核验; 原人员回避."""

    of: str
    by: Literal["unit_id", "person_id"]
    sentence: str


@dataclass(frozen=True, slots=True)
class Move:
    """One row: `verb` (`label` on the button) leads from any of `sources` to `target`; None leaves the state alone.

    Who may: a holder of one of `posts`, those in `bound` only as far as their scope reaches; with `own` also the
    person whom the case belongs to, whatever their posts, and with `stands_in` whoever acts for them (代办). `of` names the attribute of the case that holds the unit a
    bound post must reach (another one where a lead unit acts on what a supporting unit wrote). `bars` keep out those who
    must not judge their own work.
    """

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str | None
    posts: tuple[str, ...]
    needs: tuple[Need, ...] = ()
    wants_note: bool = False
    own: bool = False
    stands_in: bool = False
    bound: tuple[str, ...] = ()
    of: str = "unit_id"
    bars: tuple[Bar, ...] = ()

    @property
    def keepers(self) -> str:
        """Who does this, in words."""
        return "、".join([*["本人"] * self.own, *(POSTS[slug] for slug in self.posts)])


@dataclass(frozen=True, slots=True)
class Denial:
    """Why not, in one full sentence for the person who asked."""

    kind: DenialKind
    sentence: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A button: pressable when `denial` is None, else greyed with the sentence."""

    move: Move
    denial: Denial | None


class Machine:
    """The life of one kind of thing (`noun` on screen)."""

    def __init__(self, noun: str, states: Mapping[str, State], moves: tuple[Move, ...]) -> None:
        self.noun = noun
        self.states = dict(states)
        self.moves = {move.verb: move for move in moves}
        for move in moves:
            unknown = {*move.sources, move.target or move.sources[0]} - self.states.keys()
            unknown |= (set(move.posts) - POSTS.keys()) | (set(move.bound) - set(move.posts))
            if unknown:
                raise ValueError(f"{move.verb}: unknown states or posts {sorted(unknown)}")

    def label(self, state: str) -> str:
        """What a state is called on screen."""
        return self.states[state].label

    def choices(self) -> list[tuple[str, str]]:
        """(slug, label) of every state, for a column with choices."""
        return [(slug, state.label) for slug, state in self.states.items()]

    def judge(self, case: Case, verb: str, actor: Actor, note: str = "") -> Move | Denial:
        """May this person do this now? Raises KeyError for a verb that the table does not have."""
        move = self.moves[verb]
        denial = self._denial(case, move, actor)
        if denial is None and move.wants_note and not note.strip():
            denial = Denial("not_ready", f"{move.label}需要写明理由，请填写后再提交。")
        return denial or move

    def offers(self, case: Case, actor: Actor) -> tuple[Offer, ...]:
        """The verbs to show: those of the actor's posts that this state knows, with what still stands in the way."""
        judged = ((move, self._denial(case, move, actor)) for move in self.moves.values())
        return tuple(
            Offer(move, denial) for move, denial in judged if not denial or denial.kind == "not_ready"
        )

    def _denial(self, case: Case, move: Move, actor: Actor) -> Denial | None:
        if actor.government_id != case.government_id:
            return Denial("not_you", f"这份{self.noun}不属于您所在的地区，您不能{move.label}。")
        if denial := _not_entitled(case, move, actor):
            return denial
        for bar in move.bars:
            if getattr(actor, bar.by) in getattr(case, bar.of):
                return Denial("not_you", bar.sentence)
        if lock := getattr(case, "lock", ""):
            return Denial("not_now", lock)
        if case.state not in move.sources:
            state = self.states[case.state]
            return Denial("not_now", f"{self.noun}现在是“{state.label}”，不能{move.label}。{state.advice}")
        for need in move.needs:
            if n := getattr(case, need.count):
                return Denial("not_ready", need.sentence.format(n=n))
        return None


def _not_entitled(case: Case, move: Move, actor: Actor) -> Denial | None:
    """Why neither the actor's posts nor the ownership of the case allow the verb; None when one of them does."""
    person = getattr(case, "person_id", None)
    if move.own and person == actor.person_id:
        return None
    if move.stands_in and actor.principal and person == actor.principal.person_id:
        return None
    if not move.posts:
        return Denial("not_you", f"{move.label}只能由本人办理，他人不能代办。")
    held = [slug for slug in move.posts if actor.holds(slug)]
    if not held:
        return Denial(
            "not_you", f"{move.label}由{move.keepers}办理，您目前的岗位不能办理，如有需要请与其联系。"
        )
    where = (getattr(case, move.of, None), str(getattr(case, "action", None) or ""))
    if any(slug not in move.bound or actor.reaches(slug, *where) for slug in held):
        return None
    posts = "、".join(POSTS[slug] for slug in held)
    return Denial(
        "not_you", f"{posts}只能在自己的范围内{move.label}，这一项不在您的范围内，如有需要请联系政府办。"
    )
