"""The house rules of docs/architecture.md, as tests. A rule changes only with a decision record."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "luoshi"
SHARED = ROOT.parent / "shared"
MODULES = sorted(p for p in SRC.rglob("*.py") if "migrations" not in p.parts)
FILE_LINES, FUNCTION_LINES = 400, 80


def tracked(*suffixes: str) -> list[Path]:
    """Files of the checkout that git knows or would add."""
    run = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [p for name in run.stdout.splitlines() if (p := ROOT / name).suffix in suffixes and p.is_file()]


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_rooms_import_downwards_only():
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout[-3000:]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SRC)))
def test_files_and_functions_stay_small(path):
    lines = sum(1 for line in path.read_text("utf-8").splitlines() if line.strip())
    assert lines <= FILE_LINES, f"{lines} lines"
    long = {
        f.name: f.end_lineno - f.lineno + 1
        for f in functions(path)
        if f.end_lineno - f.lineno + 1 > FUNCTION_LINES
    }
    assert not long


def test_nineteen_of_twenty_functions_fit_half_a_screen():
    sizes = sorted(f.end_lineno - f.lineno + 1 for p in MODULES for f in functions(p))
    assert sizes[int(len(sizes) * 0.95)] <= 45


def test_no_imports_inside_functions():
    found = [
        f"{p.relative_to(SRC)}:{n.lineno}"
        for p in MODULES
        for f in functions(p)
        for n in ast.walk(f)
        if isinstance(n, ast.Import | ast.ImportFrom)
    ]
    assert not found


def test_no_room_for_odds_and_ends():
    assert not [p for p in MODULES if p.stem in {"utils", "helpers", "common", "misc", "util"}]


def writes_state(path: Path) -> list[str]:
    """Places that assign `.state` or update it in bulk."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(t, ast.Attribute) and t.attr == "state" for t in targets):
            found.append(f"{path.name}:{node.lineno}")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"update", "bulk_update"}
            and any(k.arg == "state" for k in node.keywords)
        ):
            found.append(f"{path.name}:{node.lineno}")
    return found


def test_state_changes_only_through_the_one_door():
    door = SRC / "journal" / "moves.py"
    assert not [w for p in MODULES if p != door for w in writes_state(p)]
    assert door.exists()


def test_core_knows_no_clock_and_no_environment():
    forbidden = re.compile(r"datetime\.now|date\.today|time\.time\(|os\.environ|os\.getenv")
    assert not [p for p in MODULES if "core" in p.parts and forbidden.search(p.read_text("utf-8"))]


def test_templates_keep_to_a_strict_content_policy():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=\"|https?://", re.I
    )
    found = {
        p.name: m.group()
        for p in SRC.rglob("templates/**/*.html")
        if (m := inline.search(p.read_text("utf-8")))
    }
    assert not found


LATIN_ALLOWED = {"luoshi", "Excel", "Word", "docx", "xlsx", "html", "WPS", "PDF", "UTF", "sha256", "SHA", "Enter", "Ctrl",
                 "OFD", "Esc"}  # fmt: skip


def test_pages_speak_chinese():
    found = {}
    for page in SRC.rglob("templates/**/*.html"):
        text = re.sub(
            r"\{% block main_class %\}\w+|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<!--.*?-->|<[^>]*>|&\w+;",
            " ",
            page.read_text("utf-8"),
            flags=re.S,
        )
        words = {w for w in re.findall(r"[A-Za-z]{3,}\d*", text) if w not in LATIN_ALLOWED and w.upper() != w}
        if words:
            found[page.name] = sorted(words)
    assert not found


def test_every_dependency_says_why_it_is_here_and_is_locked():
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["server"]]
    silent = [w for w in wanted if not any(f'"{w}"' in line and "#" in line for line in lines)]
    assert not silent
    locked = {
        re.split(r"[=\[; ]", line)[0].lower().replace("_", "-")
        for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines()
        if "==" in line
    }
    names = [re.split(r"[<>=\[]", w)[0].lower().replace("_", "-") for w in wanted]
    assert not [n for n in names if n not in locked]


def test_glossary_words_are_the_words_of_the_code():
    rows = re.findall(r"^\|[^|]+\|[^|]+\| `([^`]+)` \|", (ROOT / "docs/glossary.md").read_text("utf-8"), re.M)
    assert len(rows) > 30
    code = "\n".join(p.read_text("utf-8") for p in MODULES)
    assert not [r for r in rows if not re.search(rf"\b{re.escape(r)}\b", code)]


def test_decision_records_are_numbered_and_complete():
    for record in sorted((ROOT / "docs/decisions").glob("*.md")):
        text = record.read_text("utf-8")
        assert re.match(r"\d{4}-[a-z0-9-]+\.md", record.name), record.name
        for part in ("## Context", "## Decision", "## Consequences"):
            assert part in text, f"{record.name} lacks {part}"


HAN_RUN = re.compile(r"[\u4e00-\u9fff0-9,，、。；;:：()（）%“”]{24,}")
SHINGLE = 24  # shorter runs are set phrases that every government writes


def shingles(text: str) -> set[str]:
    """All windows of prose; lists of units (three or more 、 in a window) read alike in every county."""
    found = set()
    for run in HAN_RUN.findall(text):
        windows = (run[i : i + SHINGLE] for i in range(len(run) - SHINGLE + 1))
        found.update(w for w in windows if w.count("、") < 3)
    return found


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real plans (../shared) are not on this machine")
def test_no_sentence_of_the_real_plans_is_in_the_repository():
    real = set()
    for folder in ("corpus", "corpus_more"):
        for path in sorted((SHARED / folder).glob("*.txt")):
            real |= shingles(path.read_text("utf-8", errors="replace"))
    assert len(real) > 50_000
    found = {
        str(path.relative_to(ROOT)): sorted(copied)[:2]
        for path in tracked(".py", ".md", ".toml", ".html", ".csv", ".json", ".txt", ".js")
        if (copied := shingles(path.read_text("utf-8", errors="replace")) & real)
    }
    assert not found


@pytest.mark.parametrize("heavy", ["dataclasses", "inspect", "lxml", "hashlib", "tomllib", "django"])
def test_reading_a_plain_text_loads_nothing_heavy(heavy):
    code = f"import sys, luoshi.core.plan.reading; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(SRC.parent)}).returncode == 0
