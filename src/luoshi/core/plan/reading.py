"""read_plan: the line-up of the steps from a file to a Plan; reads as a table of contents."""

from os import PathLike, path

from luoshi.core.plan.actions import find_actions
from luoshi.core.plan.document import find_document
from luoshi.core.plan.indicators import find_indicators, not_listed
from luoshi.core.plan.mechanisms import find_mechanisms
from luoshi.core.plan.model import Plan, Section
from luoshi.core.plan.paper import Paper, open_paper
from luoshi.core.plan.quotas import find_quotas
from luoshi.core.plan.task_forces import find_task_forces
from luoshi.core.plan.tasks import find_tasks
from luoshi.core.source.loaders import load
from luoshi.core.source.text import SourceText, Unreadable
from luoshi.core.uncollected import uncollected

NOT_A_PLAN = (
    "从文件“{name}”里没有读出任务、指标、行动或机制，不像是一份方案。请确认选对了文件，附件也一并选上。"
)


@uncollected
def read_source(source: SourceText) -> Plan:
    """Read a text already loaded. Pure: same source, same plan. Raises Unreadable (not-a-plan) where nothing is
    promised and nobody is charged with anything."""
    paper = open_paper(source)
    document = find_document(paper)
    actions = find_actions(paper, document)
    tasks = find_tasks(paper, actions, document)
    mechanisms, quotas = find_mechanisms(paper, tasks), find_quotas(paper)
    plan = Plan(
        source=source,
        document=document,
        actions=actions,
        tasks=tasks,
        indicators=not_listed(
            find_indicators(paper), [*(m.span for m in mechanisms), *(q.span for q in quotas)]
        ),
        task_forces=find_task_forces(paper),
        mechanisms=mechanisms,
        quotas=quotas,
        outline=_sections(paper),
    )
    if not (plan.actions or plan.tasks or plan.indicators or plan.task_forces or plan.mechanisms):
        raise Unreadable("not-a-plan", NOT_A_PLAN.format(name=source.name))
    return plan


def _sections(paper: Paper) -> tuple[Section, ...]:
    span = paper.clean.span
    return tuple(Section(n.path, n.heading, span(n.start, n.end), n.level) for n in paper.outline.nodes)


def read_plan(file: str | PathLike[str] | bytes, name: str | None = None) -> Plan:
    """Read one file (path, or bytes with its name). Raises Unreadable with one Chinese sentence."""
    if isinstance(file, bytes):
        return read_source(load(file, name or "文件.txt"))
    with open(file, "rb") as opened:
        return read_source(load(opened.read(), name or path.basename(file)))
