"""A plan's duties: a task told in prose and repeated as a row of a table is one duty with two places."""

from luoshi.core.compare.model import Duty
from luoshi.core.compare.texts import Wording, alike_pairs, read_wording, weigh
from luoshi.core.plan.model import Plan

_REPEATED = 0.5  # so alike are prose and row of one task
_HELD = 0.75  # or so much of the shorter one stands in the longer
_TITLED, _ECHO = 0.7, 0.12  # or their titles are the same and the texts share something
_SHORT = 20  # signs a text must have to be recognised inside another


def fold_duties(plan: Plan) -> tuple[tuple[Duty, ...], tuple[Wording, ...]]:
    """The duties of one plan in the order of their first places, and the wording of each first place.

    Only a task in prose and one in a table are joined, best matches first, within one line of action: two rows that
    read alike (散居孤儿, 集中养育孤儿) are two tasks.
    """
    words = [read_wording(plan, task) for task in plan.tasks]
    prose = [i for i, t in enumerate(plan.tasks) if t.form == "prose"]
    table = [i for i, t in enumerate(plan.tasks) if t.form == "table"]
    partner: dict[int, int] = {}
    found = []
    if prose and table:
        left, right = [words[i] for i in prose], [words[i] for i in table]
        for i, j, alike in alike_pairs(left, right, weigh(left, right), _ECHO):
            held = (
                max(alike.within, alike.around) if min(len(left[i].runs), len(right[j].runs)) >= _SHORT else 0
            )
            titled = alike.titled >= _TITLED and alike.body >= _ECHO
            one_line = plan.tasks[prose[i]].action == plan.tasks[table[j]].action
            if one_line and (alike.body >= _REPEATED or held >= _HELD or titled):
                found.append((-alike.body, prose[i], table[j]))
    for _, i, j in sorted(found):
        if i not in partner and j not in partner:
            partner[i], partner[j] = j, i
    firsts = [i for i in range(len(plan.tasks)) if partner.get(i, i) >= i]
    return (
        tuple(
            Duty((plan.tasks[i], plan.tasks[partner[i]]) if i in partner else (plan.tasks[i],))
            for i in firsts
        ),
        tuple(words[i] for i in firsts),
    )
