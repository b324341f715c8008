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
class Move:
    """One row: `verb` (`label` on the button) leads from any of `sources` to `target`; None leaves the state alone."""

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str | None
    posts: tuple[str, ...]
    needs: tuple[Need, ...] = ()
    wants_note: bool = False


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
            unknown |= set(move.posts) - POSTS.keys()
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
        if not actor.holds(*move.posts):
            posts = "、".join(POSTS[slug] for slug in move.posts)
            return Denial("not_you", f"{move.label}由{posts}办理，您目前的岗位不能办理，如有需要请与其联系。")
        if case.state not in move.sources:
            state = self.states[case.state]
            return Denial("not_now", f"{self.noun}现在是“{state.label}”，不能{move.label}。{state.advice}")
        for need in move.needs:
            if n := getattr(case, need.count):
                return Denial("not_ready", need.sentence.format(n=n))
        return None
