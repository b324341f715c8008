"""Printed names of units in a plan, and what the register makes of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from luoshi.org.queries import RegisterRow

State = Literal["chosen", "sure", "guess", "unknown"]
LEVEL_WORDS = "省市州县区镇乡"
TWO_SIGNS = re.compile(r"([^()]+)\(([^()]+)\)")  # one body, two signs: 县商务局(县招商服务中心)


@dataclass(frozen=True, slots=True)
class Match:
    """What a printed name means: by a person's word (chosen), by the register (sure), perhaps (guess), or nothing yet."""

    state: State
    unit_id: int | None = None

    @property
    def settled(self) -> bool:
        return self.state in ("chosen", "sure")


UNKNOWN = Match("unknown")


class Matcher:
    """Looks printed names up in one register."""

    def __init__(self, register: Sequence[RegisterRow], chosen: Mapping[str, int]) -> None:
        self.chosen = chosen
        self.sure: dict[str, int] = {}
        self.loose: dict[str, set[int]] = {}
        for row in register:
            for name in row.names:
                self.sure.setdefault(_folded(name), row.unit_id)
                self.loose.setdefault(_bare(name), set()).add(row.unit_id)

    def match(self, printed: str) -> Match:
        """What this name means in this plan."""
        if printed in self.chosen:
            return Match("chosen", self.chosen[printed])
        if unit := self.sure.get(_folded(printed)):
            return Match("sure", unit)
        if signs := TWO_SIGNS.fullmatch(_folded(printed)):
            first, second = (self.match(sign) for sign in signs.groups())
            same = first.settled and first.unit_id == second.unit_id
            return Match("sure" if same else "guess", first.unit_id) if first.unit_id else UNKNOWN
        near = self.loose.get(_bare(printed), set())
        return Match("guess", next(iter(near))) if len(near) == 1 else UNKNOWN

    def match_all(self, names: Iterable[str]) -> dict[str, Match]:
        return {name: self.match(name) for name in names}


def _folded(name: str) -> str:
    return "".join(name.split()).replace("（", "(").replace("）", ")")


def _bare(name: str) -> str:
    """The name without a leading level word: 县林业局 → 林业局."""
    folded = _folded(name)
    return folded[1:] if len(folded) > 3 and folded[0] in LEVEL_WORDS else folded
