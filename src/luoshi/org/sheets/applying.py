"""The two sheets together: tried out for a preview, or carried out if that is still what was previewed."""

import json
from hashlib import sha256
from typing import NamedTuple

from django.db import transaction

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.person import PERSON
from luoshi.journal.moves import demand
from luoshi.org.models import Person
from luoshi.org.sheets.columns import KINDS, Fault, Rows
from luoshi.org.sheets.opening import BadSheet
from luoshi.org.sheets.people import apply_people
from luoshi.org.sheets.reading import MOST_ROWS
from luoshi.org.sheets.trial import Change, Trial
from luoshi.org.sheets.units import apply_units


class Outcome(NamedTuple):
    """What the rows do, in sentences, and what is wrong with them; `digest` stands for exactly these changes."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    digest: str
    done: bool = False


def preview(rows: Rows, *, by: Actor) -> Outcome:
    """What would happen; nothing is kept. Raises Denied."""
    with transaction.atomic():
        outcome = _try(rows, by)
        transaction.set_rollback(True)
    return outcome


def carry_out(rows: Rows, digest: str, *, by: Actor) -> Outcome:
    """Do it, all or nothing: not when a cell is faulty, nor when it would now do something else than was previewed
    (`done` says which). Raises Denied."""
    with transaction.atomic():
        outcome = _try(rows, by)
        done = not outcome.faults and outcome.digest == digest
        transaction.set_rollback(not done)
    return outcome._replace(done=done)


def ask_to_exchange(by: Actor) -> None:
    """Raises Denied for whoever may not import and export."""
    demand(PERSON, Person(government_id=by.government_id), "exchange", by)


def _try(rows: Rows, by: Actor) -> Outcome:
    ask_to_exchange(by)
    trial = Trial(by)
    broken = apply_units(rows.get("units", []), trial) if "units" in rows else frozenset()
    if "people" in rows:
        apply_people(rows["people"], trial, broken)
    faults = tuple(sorted(trial.faults, key=lambda fault: (fault.sheet != "units", fault.row)))
    changes = tuple(sorted(trial.changes, key=lambda change: (change.sheet != "units", change.row)))
    return Outcome(changes, faults, sha256(repr(changes).encode()).hexdigest())


def packed(rows: Rows) -> str:
    """Rows on their way through a form of the preview."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Rows:
    """The rows again; what a browser sends is not trusted. Raises BadSheet."""
    try:
        rows = json.loads(text)
        sound = isinstance(rows, dict) and all(
            key in {kind.key for kind in KINDS}
            and isinstance(lines, list)
            and len(lines) <= MOST_ROWS
            and all(isinstance(line, dict) and all(map(_is_text, line.values())) for line in lines)
            for key, lines in rows.items()
        )
    except (ValueError, RecursionError):
        sound = False
    if not sound or not rows:
        raise BadSheet("页面上的内容不完整，请重新上传表格。")
    checked: Rows = rows
    return checked


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value
