"""Task forces against the tasks they are to push: who does the work must sit in them, and their office must be somewhere."""

from bisect import bisect_left
from collections.abc import Iterator

from luoshi.core.check.findings import Finding, Other
from luoshi.core.check.proof import Proof
from luoshi.core.check.units import owners_of, same_unit
from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.model import Task, TaskForce
from luoshi.core.source.markers import ANNEX
from luoshi.core.units.matching import stem
from luoshi.core.units.names import is_collective, is_unit_like

_BODY = r"(?:联席会议|领导小组|专班|指挥部|协调小组|协调组)"
_REPORT_TO = pattern(
    rf"[^。;,\n]{{0,12}}(?:及时|按时|定期|每[周旬月季])?(?:报|报送|上报|反馈)(?:至|到|给)?(?P<office>(?:[省市县区旗州]|{HAN}{{2,3}}[县市区])?{_BODY}办公室)"
)
_SEATED = pattern(rf"{_BODY}?办公室(?:设在?|设于|挂靠|由|主任|日常)|办公室(?:设在?|设于)")
_SHOWN = 6
_MOST_TASKS = 400


def units_outside_forces(proof: Proof) -> Iterator[Finding]:
    """Units that answer for tasks of a force's action without a seat in the force."""
    by_action: dict[str, list[Task]] = {}
    for task in proof.plan.tasks:
        by_action.setdefault(task.action or "", []).append(task)
    for force in proof.plan.task_forces:
        tasks = _tasks_of(proof, force, by_action)[:_MOST_TASKS]
        if not tasks or not force.members:
            continue
        start, end = proof.clean(force.span)
        said = proof.text[start:end].replace("\n", "")
        seated = [*force.members, *force.deputies, *((force.office,) if force.office else ())]
        leading: dict[str, Task] = {}
        helping: dict[str, Task] = {}
        leaders: set[str] = set()
        for task in tasks:
            first = {o.name for o in owners_of(task) if _named(o.name)}
            leaders |= first
            for owner in task.owners:
                if _named(owner.name) and not _sits(owner.name, seated, said):
                    (leading if owner.name in first else helping).setdefault(owner.name, task)
        helping = {name: task for name, task in helping.items() if name not in leading}
        grave = bool(leading) and len(leading) * 2 <= len(leaders)  # a force without most is of another kind
        if leading or helping:
            yield _outside(proof, force, (start, end), leading, helping, grave)


def _tasks_of(proof: Proof, force: TaskForce, by_action: dict[str, list[Task]]) -> list[Task]:
    """The tasks a force is there for: those of its annex, else of the action it is named for, else (the only force) all."""
    outline = proof.paper.outline
    at = outline.index_at(proof.clean(force.span)[0])
    top = outline.ancestors(at)[-1] if at >= 0 else None
    if top and top.rank == ANNEX:
        span = proof.paper.clean.span(top.start, top.end)
        first, last = (bisect_left(proof.starts, at) for at in span)
        if first < last:
            return list(proof.plan.tasks[first:last])
    named = [t for action, tasks in by_action.items() if action and action in force.name for t in tasks]
    return named or (list(proof.plan.tasks) if len(proof.plan.task_forces) == 1 else [])


def _named(name: str) -> bool:
    """Whether a name is one unit's."""
    return is_unit_like(name) and not is_collective(name)


def _sits(name: str, seated: list[str], said: str) -> bool:
    if name in said or any(s.startswith(name) for s in seated):
        return True
    bare = stem(name)
    return any(bare == stem(s) or bool(same_unit(name, s)) for s in seated)


def _outside(
    proof: Proof,
    force: TaskForce,
    place: tuple[int, int],
    leading: dict[str, Task],
    helping: dict[str, Task],
    grave: bool,
) -> Finding:
    others: list[Other] = []
    parts = []
    for names, words in ((leading, "牵头（或排在首位）的"), (helping, "承担任务的")):
        if names:
            parts.append(f"{words}{_listed(list(names))}")
        for name, task in list(names.items())[: _SHOWN - len(others)]:
            others.append(proof.task(task, f"{name}承担的任务"))
    ending = "（成员名单以“等”收尾）" if any(d.code == "open-ended" for d in force.doubts) else ""
    message = (
        f"{'，'.join(parts)}不在“{force.name}”的成员单位之列{ending}，请补入成员单位，或核对任务的责任单位。"
    )
    code = "leader-outside-force" if grave else "unit-outside-force"
    quoted = place[0] + len(force.quote)
    return proof.finding(code, place[0], min(quoted, place[1]), message, tuple(others))


def _listed(names: list[str]) -> str:
    shown = "、".join(f"“{n}”" for n in names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown}等{len(names)}个单位"


def offices_without_seat(proof: Proof) -> Iterator[Finding]:
    """An office that must be reported to, though nothing says where it is."""
    if _SEATED.search(proof.text):
        return
    for m in _REPORT_TO.finditer(proof.text):
        office = m["office"]
        message = f"文中要求向“{office}”报送情况，但没有交代这个办公室设在哪个单位，请写明。"
        yield proof.finding("office-unknown", m.start(), m.end(), message)
        return


def forces_without_head(proof: Proof) -> Iterator[Finding]:
    """A force with members whose head is not named."""
    for force in proof.plan.task_forces:
        if force.members and not force.conveners:
            start, end = proof.clean(force.span)
            message = f"“{force.name}”列了成员单位，但没有写明由谁任召集人（组长），请补上。"
            yield proof.finding("force-headless", start, min(start + len(force.quote), end), message)
