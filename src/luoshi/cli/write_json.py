"""JSON: one object for one file, one object a line for several (JSON Lines); always UTF-8."""

import json
from collections.abc import Iterable, Iterator

from luoshi.core.check.checking import check_plan
from luoshi.core.check.export import as_defects
from luoshi.core.plan.export import as_json, bundle
from luoshi.core.plan.model import Plan


def chunks(plans: Iterable[Plan], form: str, kinds: tuple[str, ...], width: int) -> Iterator[bytes]:
    """One line a plan; `form` is json or bundle."""
    shape = bundle if form == "bundle" else as_json
    for plan in plans:
        yield (
            json.dumps(
                shape(plan, as_defects(check_plan(plan))), ensure_ascii=False, separators=(",", ":")
            ).encode()
            + b"\n"
        )
