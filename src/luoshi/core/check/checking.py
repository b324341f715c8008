"""check_plan: the line-up of the checks, and the order of what they find."""

from collections.abc import Sequence

from luoshi.core.check import (
    burden,
    cells,
    copies,
    damage,
    forces,
    measuring,
    numbering,
    owners,
    takers,
    targets,
    units,
    wording,
)
from luoshi.core.check.findings import Finding
from luoshi.core.check.proof import Proof
from luoshi.core.plan.model import Plan
from luoshi.core.plan.paper import open_paper
from luoshi.core.uncollected import uncollected
from luoshi.core.units.matching import Entry

CHECKS = (
    units.run_on_units,
    units.units_twice,
    units.unit_variants,
    units.damaged_units,
    units.unknown_units,
    numbering.numbers,
    numbering.broken_marks,
    numbering.repeated_rows,
    forces.units_outside_forces,
    forces.offices_without_seat,
    forces.forces_without_head,
    owners.tasks_without_owner,
    owners.tasks_without_lead,
    owners.names_for_many,
    owners.empty_leaders,
    owners.damaged_leaders,
    owners.pending_targets,
    damage.damaged_numbers,
    damage.open_brackets,
    damage.colliding_marks,
    damage.lookalikes,
    damage.cut_off,
    wording.bounds,
    wording.repeated_items,
    wording.set_phrases,
    wording.joined_sentences,
    wording.unlike_headings,
    cells.missing_names,
    cells.stray_cells,
    wording.empty_items,
    targets.conflicting_targets,
    targets.parts_of_wholes,
    targets.days_and_shares,
    takers.goals_without_task,
    takers.promises_made_twice,
    copies.near_copies,
    copies.rows_beside_prose,
    measuring.unmeasured_tasks,
    measuring.deadlines,
    measuring.last_year_deadlines,
    measuring.impossible_dates,
    burden.long_papers,
    burden.reports_back,
    burden.scored_papers,
    burden.traces,
    burden.many_reports,
)


@uncollected
def check_plan(plan: Plan, register: Sequence[Entry] = ()) -> tuple[Finding, ...]:
    """Everything a sharp reader would say about the plan, in the order of the text; with a register of units also which
    names are not in it. Pure: same plan, same findings."""
    proof = Proof(open_paper(plan.source), plan, register)
    found = [finding for check in CHECKS for finding in check(proof)]
    return tuple(sorted(found, key=lambda f: (f.span, f.code)))
