"""The score tool of ../shared, called in this process: one reading of the five plans serves every figure."""

import json
from collections import defaultdict
from hashlib import sha1
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from luoshi import read_plan
from luoshi.core.check.checking import check_plan
from luoshi.core.check.export import as_defects
from luoshi.core.plan.export import as_json

SHARED = Path(__file__).resolve().parents[3] / "shared"


def score_tool() -> ModuleType:
    """`score_extraction.py` as a module."""
    spec = spec_from_file_location("score_extraction", SHARED / "tools" / "score_extraction.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_folder(gold: Path, corpus: Path) -> tuple[dict[str, float], dict[str, list[str]]]:
    """(figure -> F1 or share, figure -> what was missed or is too much) over all plans of a folder."""
    tool = score_tool()
    total, misses = tool.Tally(), defaultdict(list)
    for path in sorted(gold.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        plan = read_plan(corpus / truth["source"])
        total.add(tool.score(truth, as_json(plan, as_defects(check_plan(plan))), plan.source.text, misses))
    return {k: total.figures(k)[2] for k in tool.FIGURES}, dict(misses)


def fingerprint(figure: str, row: str) -> str:
    """A miss without its words: the plans' sentences may not enter the repository."""
    return sha1(f"{figure}|{row}".encode()).hexdigest()[:12]
