"""A printed name against a register of units: who may be meant, how surely, and by what evidence.

Short ↔ full: level and place are set aside (县财政局 = 财政局 = 青禾县财政局), kinds of offices are known by their short
names (人社局 = 人力资源和社会保障局), else the short name's signs must stand in the full one in order.
"""

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import NamedTuple

from luoshi.core.pattern import HAN, pattern
from luoshi.core.source.clean import FOLD
from luoshi.core.units.known import kinds_by_name

EXACT, LEVEL, TWO_SIGNS, KIND, ORDERED, NEAR = 1.0, 0.97, 0.95, 0.92, 0.8, 0.6

_BLANK = pattern(r"\s+")
_PREFIX = pattern(
    rf"(?:{HAN}{{2,5}}?(?:自治[县州区]|[省市县区旗州盟](?!场|政|容|民|委|级|域)))?"
    r"(?:[省县区旗州盟]|市(?!场|政|容|民))?"
)
_YOUTH_LEAGUE = pattern(r"(?:共青团|团)[^()]{0,8}委(?:员会)?$")
_SAME = (
    (pattern(r"(?<=[镇乡道])(?:人民政府|办事处)$|(?<=区)(?:管理委员会|管委会)$"), ""),
    (pattern(r"经济(?:技术)?开发区"), "经开区"),
    (pattern(r"高新(?:技术)?(?:产业)?(?:开发)?区"), "高新区"),
)
_SIGNS = pattern(r"(?P<first>[^()]+)\((?P<second>[^()]+)\)(?P<tail>[^()]*)$")
_MOST = 5


class Entry(NamedTuple):
    """A unit of the register: its key, and every name it answers to, the full one first; `former` names are out of use."""

    key: Hashable
    names: tuple[str, ...]
    former: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """A unit that may be meant: `score` from 0 to 1 (1 is the very name), `evidence` a Chinese clause for the clerk."""

    key: Hashable
    score: float
    evidence: str


def match(name: str, register: Sequence[Entry]) -> list[Candidate]:
    """The units that `name` may stand for, likeliest first; at most five, none below 0.6."""
    printed = _plain(name)
    found: list[tuple[float, int, Candidate]] = []
    for entry in register:
        best = max((_judge(printed, known, entry) for known in (*entry.names, *entry.former)), default=None)
        if best and best[0] >= NEAR:
            score, length, evidence = best
            found.append((-score, -length, Candidate(entry.key, score, evidence)))
    found.sort(key=lambda row: row[:2])
    return [candidate for _, _, candidate in found[:_MOST]]


def _judge(printed: str, known: str, entry: Entry) -> tuple[float, int, str]:
    """(score, -length of the known name, evidence): among equals the shorter full name is likelier."""
    plain = _plain(known)
    score, evidence = _compare(printed, plain)
    if known in entry.former:
        evidence = f"{evidence}，“{known}”是曾用名"
    return score, -len(plain), evidence


def _compare(printed: str, known: str) -> tuple[float, str]:
    if printed == known:
        return EXACT, "名称相同"
    bare, bare_known = stem(printed), stem(known)
    if bare == bare_known:
        return LEVEL, f"去掉地名和层级后都是“{bare}”"
    signs, known_signs = _two_signs(printed), _two_signs(known)
    if len(signs) > 1 or len(known_signs) > 1:
        shared = {stem(s) for s in signs} & {stem(s) for s in known_signs}
        if shared:
            return TWO_SIGNS, f"合署挂牌，都有“{min(shared)}”"
    kinds = kinds_by_name()
    common = kinds.get(bare, frozenset()) & kinds.get(bare_known, frozenset())
    if common:
        return KIND, f"都是“{min(common)}”的简称或全称"
    if not bare or not bare_known or bare[-1] != bare_known[-1]:
        return 0.0, ""
    short, full = sorted((bare, bare_known), key=len)
    part = _in_order(short, full) / len(short)
    if part == 1 and len(short) >= 2:
        return ORDERED, f"“{short}”的字依次出现在“{full}”中"
    return (NEAR, f"与“{full}”多数字相同") if part >= 0.75 and len(short) >= 4 else (0.0, "")


@lru_cache(maxsize=2048)  # a paper's units are compared with one another over and over
def stem(name: str) -> str:
    """The name without place and level: 青禾县财政局, 县财政局 -> 财政局. 市场监管局 keeps its 市, 云台镇人民政府 is 云台镇."""
    if _YOUTH_LEAGUE.match(name):
        return "团委"
    for long, short in _SAME:
        name = long.sub(short, name)
    m = _PREFIX.match(name)
    rest = name[m.end() :] if m else name
    return rest if len(rest) >= 2 else name


def _plain(name: str) -> str:
    return _BLANK.sub("", name.translate(FOLD))


def _two_signs(name: str) -> tuple[str, ...]:
    """住建局(交通局) -> both; 住建(交通)局 shares its last sign."""
    m = _SIGNS.match(name)
    return (m["first"] + m["tail"], m["second"] + m["tail"]) if m else (name,)


def _in_order(short: str, full: str) -> int:
    """How many signs of `short` stand in `full` in the same order (longest common subsequence)."""
    row = [0] * (len(full) + 1)
    for a in short:
        before = 0
        for j, b in enumerate(full, 1):
            above = row[j]
            row[j] = before + 1 if a == b else max(row[j], row[j - 1])
            before = above
    return row[-1]
