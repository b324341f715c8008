"""Tasks told in prose: the items of the outline with their words, owners, deadlines and questions."""

from collections.abc import Callable

from luoshi.core.pattern import pattern, places
from luoshi.core.plan.actions import actions_by_place
from luoshi.core.plan.deadlines import Deadline, find_deadline, read_due
from luoshi.core.plan.model import Action, Doubt, Owner, Task
from luoshi.core.plan.owners import NO_OWNERS, Owners, as_owners
from luoshi.core.plan.paper import Paper
from luoshi.core.plan.prose_items import Item, find_items, find_unowned_items
from luoshi.core.source.table_cells import with_figures
from luoshi.core.units.names import read_list

_FIRST_LEADS = pattern(
    r"(?:(?:列|排)[在名于]?(?:第一位|首位|第一|最前面?)|首个|首位|第一个?)[的者]?(?:责任)?(?:单位|部门)?(?:为|是|作为|即为?)(?:工作|该项|本项|任务)*牵头"
)
_FIRST, _LEADS_REACH = ("第一", "首位", "首个", "最前"), 18
_STANDING = pattern(r"以下(?:各项)?均?[需由应]([^。;,]{3,60}?)(?:负责|落实|参与|配合)")
# What stands below the owners: 进度安排:3月底前完成选址,12月底前竣工.
_STEPS = pattern(
    r"\s*(?:(?:工作|实施|推进|建设)?(?:进度|时间|计划|推进)(?:安排|计划|要求|进度)|实施步骤):\s*(?P<said>[^\n]+)"
)
_STOP = pattern(r"[,;:。!?]")
_HEADING_LIMIT = 40
QUOTE_LIMIT = 30


def find_prose_tasks(paper: Paper, actions: tuple[Action, ...], year: int | None) -> tuple[Task, ...]:
    """Items with owners (or missing theirs), in the order of the paper."""
    action_at = actions_by_place(paper, actions)
    tasks = [_task(paper, action_at, year, item) for item in find_items(paper)]
    return tuple(_with_standing_notes(paper, tasks))


def find_bare_tasks(
    paper: Paper, actions: tuple[Action, ...], year: int | None, title: str
) -> tuple[Task, ...]:
    """For a paper that names no owner anywhere: the items of its chapters of tasks, or of its list of deeds."""
    action_at = actions_by_place(paper, actions)
    return tuple([_task(paper, action_at, year, item) for item in find_unowned_items(paper, title)])


def _task(paper: Paper, action_at: Callable[[int], str | None], year: int | None, item: Item) -> Task:
    """The item with its words, owners, deadline and questions."""
    clean, text = paper.clean, paper.clean.text
    end = item.end
    while end > item.start and text[end - 1] in " \n\r":
        end -= 1
    place = item.place
    owners = as_owners(clean, place.clause) if place else NO_OWNERS
    said_to = place.start if place and item.start <= place.start < end else end
    due = read_due(text, *owners.due, year) if owners.due else None
    due = due or _due_in(text, item.start, end, year)
    if due is None and (steps := _STEPS.match(text, end, item.node.end)):
        due = read_due(text, *steps.span("said"), year)
    line = clean.printed[item.start : end].split("\n", 1)[0]
    return Task(
        path=item.node.path if item.nth == 0 else f"{item.node.path}#{item.nth + 1}",
        action=action_at(item.start),
        form="prose",
        heading=_heading(paper, item, said_to),
        quote=line[:QUOTE_LIMIT].strip(),
        span=clean.span(item.start, end),
        owners=owners.owners,
        open_ended=owners.open_ended,
        leaders=owners.leaders,
        deadline=due.value if due else None,
        doubts=_doubts(item, owners),
    )


def _due_in(text: str, start: int, end: int, year: int | None) -> Deadline | None:
    """The deadline an item tells itself; letters that a scan made of its figures (l0月底) are read as these."""
    said = text[start:end]
    if "l" in said or "I" in said or "O" in said:
        return find_deadline(with_figures(said), 0, len(said), year)
    return find_deadline(text, start, end, year)


def _doubts(item: Item, owners: Owners) -> tuple[Doubt, ...]:
    if not owners.owners and not owners.leaders:
        return (*owners.doubts, Doubt("no-owner", "这一项没有写责任单位，由谁负责？"))
    if item.inherited:
        names = "、".join(owner.name for owner in owners.owners)
        return (*owners.doubts, Doubt("inherited-owner", f"责任单位“{names}”写在别处，由这一项沿用，对吗？"))
    return owners.doubts


def _heading(paper: Paper, item: Item, said_to: int) -> str | None:
    """The run-in heading: the first sentence when it is short and more follows, or the heading's own line."""
    node = item.node
    if item.place and item.place.start <= item.start + len(node.marker) + 1:
        return None
    heading = node.heading
    if item.start > node.start or not heading:
        heading = _first_words(paper, item.start, said_to) or ("" if _parted(paper, item) else heading)
    short, colon, _ = heading.replace(":", "：").partition("：")
    if colon and len(short) <= 16:
        return short
    if item.place and item.start == node.start < item.place.start < node.body:
        heading = heading[: item.place.start - node.start - len(node.marker)]
    heading = heading.strip("。:： ")
    if not heading or len(heading) > _HEADING_LIMIT:
        return None
    after = paper.clean.text[node.body : said_to].strip() if item.start == node.start else "…"
    return heading if after or ("," not in heading.replace("，", ",") and len(heading) <= 25) else None


def _parted(paper: Paper, item: Item) -> bool:
    """Whether the item is a part of a chapter (工作任务, on a line of its own), whose heading is not the item's."""
    chapter = paper.clean.text[max(item.node.body - 1, 0)] == "\n"
    return chapter and item.nth > 0


def _first_words(paper: Paper, start: int, stop: int) -> str | None:
    """A line without a stop above more text, else a short first sentence."""
    line = paper.clean.text.find("\n", start, stop)
    if 0 <= line - start <= _HEADING_LIMIT // 2 and not _STOP.search(paper.clean.text, start, line):
        return paper.clean.printed[start:line].strip()
    end = paper.clean.text.find("。", start, stop)
    return paper.clean.printed[start:end] if 0 <= end - start <= _HEADING_LIMIT // 2 else None


def _with_standing_notes(paper: Paper, tasks: list[Task]) -> list[Task]:
    """列第一位的为牵头单位: the first named leads. 以下均需各区政府落实: it answers for the tasks that follow."""
    text = paper.clean.text
    first = (at for word in _FIRST for at in places(text, word))
    if any(_FIRST_LEADS.search(text, max(0, at - 2), at + _LEADS_REACH) for at in first):
        tasks = [_first_leads(task) for task in tasks]
    note = next((m for at in places(text, "以下") if (m := _STANDING.match(text, at))), None)
    if note is None:
        return tasks
    names = [paper.clean.printed[u.start : u.end] for u in read_list(text, note.start(1), note.end(1)).units]
    at = paper.clean.span(note.start(), note.end()).end
    return [_with_names(task, names) if task.span.start >= at else task for task in tasks]


def _first_leads(task: Task) -> Task:
    if task.lead or not task.owners:
        return task
    owners = (task.owners[0]._replace(role="lead"), *task.owners[1:])
    return task._replace(owners=owners, doubts=tuple(d for d in task.doubts if d.code != "lead-guessed"))


def _with_names(task: Task, names: list[str]) -> Task:
    missing = [name for name in names if name not in task.lead + task.units]
    if not missing:
        return task
    question = f"前文写明以下各项均由“{'、'.join(missing)}”落实，已补入这一项，对吗？"
    return task._replace(
        owners=(*task.owners, *(Owner(name, "units") for name in missing)),
        doubts=(*task.doubts, Doubt("inherited-owner", question)),
    )
