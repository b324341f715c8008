"""Printed names of units in a plan, and what the register makes of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from luoshi.core.units.matching import KIND, Candidate, Entry, match
from luoshi.org.queries import RegisterRow

State = Literal["chosen", "sure", "guess", "unknown"]
TWO_SIGNS = re.compile(r"([^()]+)\(([^()]+)\)")
LEAD = 0.02
"""How far the likeliest unit must be ahead of the next to be a guess."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a printed name means: by a person's word (chosen), by the very name in the register (sure), perhaps (guess, with
    `evidence`), or nothing yet; `others` are further units it may mean."""

    state: State
    unit_id: int | None = None
    evidence: str = ""
    others: tuple[Candidate, ...] = ()

    @property
    def settled(self) -> bool:
        return self.state in ("chosen", "sure")


UNKNOWN = Match("unknown")


class Matcher:
    """Looks printed names up in one register. Only the very name is sure (or both signs of
    one body): 市财政局 and 县财政局 differ by a single character."""

    def __init__(self, register: Sequence[RegisterRow], chosen: Mapping[str, int]) -> None:
        self.chosen = chosen
        self.entries = [Entry(row.unit_id, row.names) for row in register]
        self.sure = {_folded(name): row.unit_id for row in reversed(register) for name in row.names}

    def match(self, printed: str) -> Match:
        """Chosen, sure or unknown: one look, for lists of thousands."""
        if printed in self.chosen:
            return Match("chosen", self.chosen[printed])
        name = _folded(printed)
        two = TWO_SIGNS.fullmatch(name)
        signs = (name,) if name in self.sure or not two else two.groups()
        units = {self.sure.get(sign) for sign in signs}
        return Match("sure", units.pop()) if len(units) == 1 and None not in units else UNKNOWN

    def look_up(self, printed: str) -> Match:
        """Like `match`, and for an unknown name who may be meant."""
        known = self.match(printed)
        if known.settled:
            return known
        first, *rest = [*match(printed, self.entries), None]
        others = tuple(candidate for candidate in rest if candidate)
        if first is None:
            return UNKNOWN
        if first.score < KIND or (others and first.score - others[0].score < LEAD):
            return Match("unknown", others=(first, *others))
        return Match("guess", int(str(first.key)), first.evidence, others)


def _folded(name: str) -> str:
    return "".join(name.split()).replace("（", "(").replace("）", ")")
