"""Names of units: run together, said twice in one list, spelt in two ways, cut off."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise

from luoshi.core.check.findings import Finding
from luoshi.core.check.proof import Proof
from luoshi.core.indicators.names import in_order
from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.force_people import looks_like_seat
from luoshi.core.plan.model import Owner, Task
from luoshi.core.units.known import kinds_by_name
from luoshi.core.units.matching import ORDERED, match, stem
from luoshi.core.units.names import is_collective, is_unit_like

_DUTY = pattern(r"(?:牵头|负责|配合|协助|参与)(?:负责)?")
_COMPANY = pattern(r"(?:集团|有限|责任|股份|建设|投资|发展|控股|开发|总)*公司$|集团$")
_PLACED = pattern(rf"(?:{HAN}{{2,3}}?)?[市县区州]?(?=生态环境局|自然资源局|税务局|公安局)")
_BUCKET = 60
_KNOWN = ORDERED  # the least score at which a name counts as known to the register
_SEAT_END = pattern(r"(?:党政)?(?:主要|分管|有关|相关)?(?:负责人|负责同志|领导)$")
_GOVERNMENT = pattern(r"人民政府$")
_PLACE_ENDING = pattern(r"[省市县区旗州盟镇乡道](?:级|直|属)?人民政府$")


class Name:
    """A name of a unit as spelt in the plan, with the clean places where it stands."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: list[tuple[int, int]] = []


def names_of(proof: Proof) -> dict[str, Name]:
    """Every spelling of a unit that answers for a task or sits in a force, in the order of the text."""
    found: dict[str, Name] = {}
    for task in proof.plan.tasks:
        for owner in task.owners:
            if owner.span:
                found.setdefault(owner.name, Name(owner.name)).places.append(proof.clean(owner.span))
    for force in proof.plan.task_forces:
        start, end = proof.clean(force.span)
        for seat in (*force.members, *((force.office,) if force.office else ())):
            name = _SEAT_END.sub("", seat)
            if looks_like_seat(name):
                continue
            at = proof.text.find(name, start, end)
            if at >= 0:
                found.setdefault(name, Name(name)).places.append((at, at + len(name)))
    for known in found.values():
        known.places.sort()
    return found


def run_on_units(proof: Proof) -> Iterator[Finding]:
    """Names without a separator between them, in lists of owners and of members."""
    seen: set[tuple[int, int]] = set()
    for task in proof.plan.tasks:
        for chain in _chains(proof, task):
            place = chain[0][1], chain[-1][2]
            if place not in seen:
                seen.add(place)
                yield _run_on(proof, place, [name for name, _, _ in chain])
        yield from _duty_glued(proof, task)
    for force in proof.plan.task_forces:
        start, end = proof.clean(force.span)
        names = [*force.members]
        at = 0
        while at + 1 < len(names):
            stop = at + 1
            while stop < len(names) and "".join(names[at : stop + 1]) in proof.text[start:end]:
                stop += 1
            if stop - at > 1:
                found = proof.text.index("".join(names[at:stop]), start, end)
                yield _run_on(proof, (found, found + len("".join(names[at:stop]))), names[at:stop])
            at = stop


def _chains(proof: Proof, task: Task) -> Iterator[list[tuple[str, int, int]]]:
    """Runs of two and more owners that touch each other."""
    placed = sorted((*proof.clean(o.span), o.name) for o in task.owners if o.span)
    chain: list[tuple[str, int, int]] = []
    for start, end, name in placed:
        if chain and chain[-1][2] == start:
            chain.append((name, start, end))
            continue
        if len(chain) > 1:
            yield chain
        chain = [(name, start, end)]
    if len(chain) > 1:
        yield chain


def _run_on(proof: Proof, place: tuple[int, int], names: list[str]) -> Finding:
    said = "".join(names)
    message = f"“{said}”是{len(names)}个单位连在一起写的，中间缺少顿号，请分开。"
    return proof.finding("run-on-units", *place, message, mend="、".join(names))


def _duty_glued(proof: Proof, task: Task) -> Iterator[Finding]:
    """经开区牵头县科工局: a duty word with the next name right behind it."""
    placed = sorted((*proof.clean(o.span), o.name) for o in task.owners if o.span)
    for (_, end, _), (start, stop, name) in pairwise(placed):
        between = proof.text[end:start]
        if _DUTY.fullmatch(between):
            message = f"“{between}”和“{name}”之间缺少逗号，请断开。"
            yield proof.finding("run-on-units", end, stop, message, mend=f"{between}，{name}")


def units_twice(proof: Proof) -> Iterator[Finding]:
    """A unit that stands twice in one list of owners."""
    for task in proof.plan.tasks:
        placed = [proof.clean(o.span) for o in task.owners if o.span]
        if not placed:
            continue
        start, stop = min(placed)[0], max(end for _, end in placed)
        stop = _list_end(proof.text, stop)
        region = proof.text[start:stop]
        for owner in task.owners:
            again = [
                m.start()
                for m in re.finditer(rf"(?<![^、,(:;。\s]){re.escape(owner.name)}(?=[、,)等;。\s]|$)", region)
            ]
            if len(again) > 1 and owner.role == next(o.role for o in task.owners if o.name == owner.name):
                at = start + again[1]
                first = start + again[0]
                yield proof.finding(
                    "unit-twice",
                    first,
                    at + len(owner.name),
                    f"同一项任务的责任单位中“{owner.name}”写了{len(again)}次，请删去重复的，或核对是否应为另一个单位。",
                )


def _list_end(text: str, at: int) -> int:
    """Where the list of names that reaches to `at` ends: its bracket, its sentence, its line."""
    m = re.compile(r"[)。;\n]").search(text, at)
    return m.start() if m else len(text)


def unit_variants(proof: Proof) -> Iterator[Finding]:
    """One unit under several spellings: the rarer one is reported where it first stands."""
    names = [n for n in names_of(proof).values() if not is_collective(n.name)]
    counts = {n.name: len(n.places) for n in names}
    reported: set[str] = set()
    for a, b in _alike(names):
        reason = same_unit(a.name, b.name)
        if not reason:
            continue
        rare, usual = sorted((a, b), key=lambda n: (counts[n.name], -n.places[0][0]))
        if rare.name in reported:
            continue
        reported.add(rare.name)
        others = (proof.other(*usual.places[0], "另一种写法"),)
        message = f"“{rare.name}”在文中别处写作“{usual.name}”，{reason}，请统一写法。"
        yield proof.finding("unit-variant", *rare.places[0], message, others, usual.name)


def _alike(names: list[Name]) -> list[tuple[Name, Name]]:
    """Pairs that could be one unit, in the order of the text: only those with a beginning, an ending or a kind in common."""
    order = {n.name: k for k, n in enumerate(names)}
    buckets: dict[object, list[Name]] = {}
    for name in names:
        bare = _bare(name.name)
        kinds = kinds_by_name().get(bare, frozenset())
        company = _COMPANY.search(name.name)
        keys: set[object] = {bare, *kinds, *_signs(name.name), bare[-3:], (bare[:1], bare[-1:])}
        for key in keys | ({name.name[: company.start()]} if company else set()):
            buckets.setdefault(key, []).append(name)
    pairs = {
        (order[a.name], order[b.name])
        for bucket in buckets.values()
        for a, b in combinations(bucket[:_BUCKET], 2)
    }
    return [(names[a], names[b]) for a, b in sorted(pairs)]


# A place has several of these, told apart by the very word that would be the difference: 青禾学院, 青禾技师学院.
_MANY_OF_A_KIND = ("学院", "中学", "小学", "学校", "医院", "银行")


@lru_cache(maxsize=65_536)  # every force asks about the same few hundred names
def same_unit(a: str, b: str) -> str:
    """Why two spellings mean one unit ("" when they do not, or differ only by a level word left out)."""
    stem_a, stem_b = _bare(a), _bare(b)
    if a == b or (stem_a[0] != stem_b[0] and stem_a[-3:] != stem_b[-3:] and "(" not in a + b):
        return ""
    if stem_a == stem_b:
        return "" if a.endswith(b) or b.endswith(a) else "去掉地名和层级后相同"
    signs_a, signs_b = _signs(a), _signs(b)
    if (len(signs_a) > 1 or len(signs_b) > 1) and set(signs_a) & set(signs_b):
        return "看来是同一个单位"
    kinds = kinds_by_name()
    if kinds.get(stem_a, frozenset()) & kinds.get(stem_b, frozenset()):
        return "是同一个单位的全称和简称"
    if _same_company(a, b):
        return "看来是同一家企业"
    short, long = sorted((stem_a, stem_b), key=len)
    if (
        len(short) == 3
        and short[0] == long[0]
        and short[-1] == long[-1]
        and in_order(short, long)
        and len(long) > 5
    ):
        return "看来是同一个单位的全称和简称"
    if (
        len(short) >= 4
        and not short.endswith(_MANY_OF_A_KIND)
        and short[-2:] == long[-2:]
        and 0 < len(long) - len(short) <= 3
        and _is_cut_of(short, long)
    ):
        return "看来是同一个单位"
    return ""


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    placed = _PLACED.match(name)
    return name[placed.end() :] if placed and placed.end() else stem(name)


@lru_cache(maxsize=4096)
def _signs(name: str) -> tuple[str, ...]:
    """住建局(交通局) -> 住建局, 交通局; 住建(交通)局 -> 住建局, 交通局."""
    m = re.fullmatch(r"([^()]+)\(([^()]+)\)([^()]*)", name)
    return (stem(m[1] + m[3]), stem(m[2] + m[3])) if m else (stem(name),)


def _same_company(a: str, b: str) -> bool:
    ends = _COMPANY.search(a), _COMPANY.search(b)
    if not all(ends):
        return False
    core_a, core_b = (n[: e.start()] for n, e in zip((a, b), ends, strict=True) if e)
    return len(core_a) >= 3 and core_a == core_b


def _is_cut_of(short: str, long: str) -> bool:
    """Whether `short` is `long` with one run of signs taken out of its beginning (公安局交警大队, 交警大队)."""
    return any(long[:k] + long[k + len(long) - len(short) :] == short for k in range(len(short) + 1))


def damaged_units(proof: Proof) -> Iterator[Finding]:
    """A name without its ending, or a town's government without 镇 or 乡, where the plan knows the whole name."""
    names = names_of(proof)
    counted = Counter({name: len(n.places) for name, n in names.items()})
    for name, spelt in names.items():
        if is_collective(name):
            continue
        whole = _whole_of(name, counted)
        if whole:
            message = f"单位名称“{name}”写得不完整，文中有“{whole}”，请核对后补全。"
            yield proof.finding("unit-damaged", *spelt.places[0], message, mend=whole)
        elif _GOVERNMENT.search(name) and len(name) > 5 and not _PLACE_ENDING.search(name):
            message = f"“{name}”没有写明是乡、镇还是街道，请补全名称。"
            yield proof.finding("unit-damaged", *spelt.places[0], message)
        elif not is_unit_like(name) and _stem_of_office(name):
            message = f"单位名称“{name}”像是漏了末尾的“局”等字，请补全名称。"
            yield proof.finding("unit-damaged", *spelt.places[0], message)


def unknown_units(proof: Proof) -> Iterator[Finding]:
    """Names that no unit of the register answers to, where there is a register."""
    if not proof.register:
        return
    for name, spelt in names_of(proof).items():
        if is_collective(name):
            continue
        candidates = match(name, proof.register)
        if not candidates or candidates[0].score < _KNOWN:
            message = f"单位名录中没有“{name}”，请核对名称，或先在名录中登记。"
            yield proof.finding("unit-unknown", *spelt.places[0], message)


def _whole_of(name: str, counted: Counter[str]) -> str:
    """县林业 -> 县林业局, when that stands in the plan and the short form is no unit by itself."""
    if is_unit_like(name):
        return ""
    longer = [n for n in counted if n.startswith(name) and 0 < len(n) - len(name) <= 2 and is_unit_like(n)]
    return max(longer, key=lambda n: counted[n], default="")


def _stem_of_office(name: str) -> bool:
    bare = stem(name)
    return any(bare + ending in kinds_by_name() for ending in ("局", "委", "办"))


def owners_of(task: Task) -> tuple[Owner, ...]:
    """The units that answer first: the leads, else the first named."""
    leads = tuple(o for o in task.owners if o.role == "lead")
    return leads or task.owners[:1]
