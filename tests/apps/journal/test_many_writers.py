"""Several processes at one SQLite file: nobody fails, one of each two rivals wins, the chain is whole."""

import os
import subprocess
import sys
from pathlib import Path

PROLOGUE = """
import django; django.setup()
from luoshi.core.flow.actor import Actor
from luoshi.journal.models import Event
from luoshi.journal.moves import Refused, move, record
from luoshi.journal.sealing import seal, verify
from luoshi.ledger.models import Plan
from luoshi.org.models import Government
"""

SETTING = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
place = Government.objects.create(name="青禾县", level="county")
for number in range(20):
    Plan.objects.create(title=str(number), government=place, state="review", created_by="甲")
"""

WRITER = """
actor = Actor(1, "甲", ("office",), None, "", Government.objects.get().pk, "government")
for plan in list(Plan.objects.order_by("pk")):
    try:
        record(plan, "correct", actor, {"title": ["", "新"]})
        move(plan, "adopt", actor)
    except Refused:
        pass
"""

COUNT = """
place = Government.objects.get().pk
seal(place)
adopted = Event.objects.filter(verb="adopt").count()
places = sorted(Event.objects.values_list("position", flat=True))
print(adopted, places == list(range(1, len(places) + 1)), list(verify(place)))
"""


def python(place: Path, code: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")}
    surroundings = {**kept, "LUOSHI_HOME": str(place), "DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", PROLOGUE + code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings,
    )


def finished(process: subprocess.Popen[str]) -> str:
    said, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    return said


def test_four_writers(tmp_path: Path) -> None:
    finished(python(tmp_path, SETTING))
    for writer in [python(tmp_path, WRITER) for _ in range(4)]:
        finished(writer)
    assert finished(python(tmp_path, COUNT)) == "20 True []\n"
