"""`luoshi read FILE…`: the reading of plans on the command line."""

import json
from collections.abc import Sequence
from pathlib import Path

from luoshi.core.plan.export import as_json
from luoshi.core.plan.reading import read_plan


def main(argv: Sequence[str]) -> int:
    """Exit codes: 0 read, 2 cannot be read."""
    name = [a for a in argv if not a.startswith("-") and a != "json"][0]
    print(json.dumps(as_json(read_plan(Path(name))), ensure_ascii=False))
    return 0
