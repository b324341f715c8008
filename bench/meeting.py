"""What a meeting's pack costs on the demo county (ten rounds of its plan): gathered, written, printed with contents that name the
real pages: `python bench/meeting.py [HOME]`, HOME a data folder of `luoshi serve --demo` (without one it is made first).

Seconds differ between machines; bars are generous. The pack is gathered twice and must come out in the same bytes.
"""

import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from time import perf_counter

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
BARS = {"gather": 5.0, "docx": 1.0, "pdf": 30.0}
LOAD = "import django; django.setup(); from luoshi.site.demo import load; [None for _ in load()]"


def demo(home: str) -> None:
    """The demo county in a data folder of its own."""
    surroundings = os.environ | {"LUOSHI_HOME": home, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}  # fmt: skip
    surroundings.pop("LUOSHI_DATABASE_URL", None)
    subprocess.run([sys.executable, "-m", "luoshi", "manage", "migrate", "-v0"], env=surroundings, check=True)
    subprocess.run([sys.executable, "-c", LOAD], env=surroundings, check=True)


def measure() -> dict[str, float]:
    """Seconds of each step for the meeting whose pack is frozen."""
    models = import_module("luoshi.meetings.models")
    gathering, paper = import_module("luoshi.meetings.gathering"), import_module("luoshi.meetings.paper")
    booklet_docx = import_module("luoshi.core.writing.docx.booklet").booklet_docx
    actor_of = import_module("luoshi.org.actors").actor_of
    account = import_module("luoshi.org.models").Account.objects.get(username="wenyining")
    meeting = models.Meeting.objects.filter(state="packed").latest("pk")
    pack = meeting.packs.latest("number")
    by = actor_of(account)
    found, texts = {}, []
    for _ in range(2):
        begun = perf_counter()
        texts.append(gathering.canonical(gathering.gather(models.Meeting.objects.get(pk=meeting.pk), pack.as_of, by)))  # fmt: skip
        found["gather"] = perf_counter() - begun
    assert texts[0] == texts[1], "the same ledger gave other bytes"
    it = paper.booklet(pack)
    begun = perf_counter()
    content = booklet_docx(it, {})
    found["docx"] = perf_counter() - begun
    begun = perf_counter()
    printed, _ = paper.print_booklet(it)
    found["pdf"] = perf_counter() - begun
    tasks = sum(plan.tasks.count() for plan in meeting.plans.all())
    print(f"{tasks} tasks, {len(texts[0].encode()) // 1024} KB of JSON, {len(content) // 1024} KB of docx, {len(printed.content) // 1024} KB of PDF, {max(printed.pages.values())} the last chapter's page")  # fmt: skip
    return found


def main() -> int:
    """Print seconds and bars; 1 when one is missed."""
    with tempfile.TemporaryDirectory() as place:
        home = sys.argv[1] if len(sys.argv) > 1 else place
        if home == place:
            demo(home)
        os.environ |= {"LUOSHI_HOME": home, "DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
        django.setup()
        found = measure()
    for name, seconds in found.items():
        print(f"{name:8}{seconds:8.2f} s   bar {BARS[name]:.0f} s")
    return int(any(seconds > BARS[name] for name, seconds in found.items()))


if __name__ == "__main__":
    raise SystemExit(main())
