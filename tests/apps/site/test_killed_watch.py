"""`keep-watch` killed in the middle (SIGKILL, before any of its statements) and started again: everything is as if it had not been
disturbed, and no message has gone out twice."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from luoshi.site.home import ensure_home
from tests.apps.site.test_keep_watch import PROLOGUE, ROOT, python
from tests.apps.site.test_serve import surroundings
from tests.receivers import Heard, listening

SETTING = """
import datetime as dt
from django.core.management import call_command
from luoshi.reminders.models import Channel, Wish
from luoshi.reminders.strongbox import seal
from tests.dispatch import on
call_command("migrate", verbosity=0)
office = cast("liu", "刘主任", "青禾县人民政府办公室", "office")
head = cast("wang", "王科长", "青禾县发展和改革局", "head")
clerk = cast("li", "小李", "青禾县发展和改革局", "clerk")
home = Unit.objects.get(full_name="青禾县发展和改革局")
rows = [{"actor": "各专班", "activity": "调度", "every": "周"}, {"actor": "县发展和改革局", "activity": "对账", "every": "月"},
        {"actor": "县发展和改革局", "activity": "会商", "every": "季度"}]
with on(dt.date(2026, 3, 2)):
    confirmed(plan_of(rows, home), dt.date(2026, 3, 2), office.actor)
    Rhythm.objects.filter(becomes="round").update(lead=30)
from luoshi.site import watching
for day in (2, 9):
    with on(dt.date(2026, 3, day), 7) as now:  # before anybody is told anything
        assert not watching.run(now).faults
place = office.actor.government_id
Wish.objects.create(person=clerk.account.person, mail=True, address="xiaoli@example.cn")
Channel.objects.create(government_id=place, kind="mail", name="邮箱", host="127.0.0.1", port=MAIL, security="none", sender="luoshi@example.cn")
Channel.objects.create(government_id=place, kind="wecom", name="群", hook=seal("http://127.0.0.1:ROBOT/send?key=K"), shown="127.0.0.1")
"""
KEEP = """
import datetime as dt, os, signal, sys
from django.db import connection
from luoshi.site import watching
from tests.dispatch import on
at, seen, first = KILL_AT, [0], [0]

def wrapped(execute, sql, params, many, context):
    seen[0] += 1
    if not first[0] and sql.startswith("UPDATE") and "reminders_delivery" in sql:
        first[0] = seen[0]
    if seen[0] == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

watching.close_old_connections = lambda: None
with on(dt.date(2026, 3, 17), 10) as now, connection.execute_wrapper(wrapped):
    done = watching.run(now)
assert not done.faults, done
print(done.lines, file=sys.stderr)
print(first[0], seen[0])
"""
STATE = """
import json
from luoshi.reminders.models import Digest, Escalation
from luoshi.journal.models import Event
from luoshi.reporting.models import Sheet
def rows(model, *names):
    return sorted(str(row) for row in model.objects.values_list(*names))
place = Government.objects.get()
print(json.dumps([
    rows(Round, "since", "due", "opens", "state"), rows(Report, "round__since", "unit", "task", "state"), rows(Sheet, "round__since", "unit"),
    rows(Occasion, "rhythm", "since", "due"), rows(Duty, "rhythm", "since", "due", "state", "unit"), rows(Rhythm, "pk", "next_on"),
    rows(Digest, "person", "day", "lines"), rows(Escalation, "key", "role", "day"), rows(Event, "verb", "subject_type", "to_state"),
    [str(one) for one in verify(place.pk)],
], ensure_ascii=False))
"""


DELIVERIES = """
from luoshi.reminders.models import Delivery
for one in Delivery.objects.order_by("pk"):
    print(one.sent_at is not None, one.reason)
"""


def kept(place: Path, kill_at: int = 0) -> subprocess.CompletedProcess[str]:
    told = surroundings(place) | {
        "DJANGO_SETTINGS_MODULE": "luoshi.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    code = PROLOGUE + KEEP.replace("KILL_AT", str(kill_at))
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=told, timeout=120)  # fmt: skip


class Morning(NamedTuple):
    """The county before it, everything after it where nobody disturbs, and after how many statements."""

    county: Path
    after: str
    statements: int
    mailbox: Heard
    robot: Heard

    def again(self, place: Path) -> Path:
        """The county as it was before, elsewhere; nobody has heard anything."""
        self.mailbox.letters.clear()
        self.robot.posts.clear()
        shutil.copytree(self.county, place)
        return place


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    """A morning on which a round is opened, duties are missed, people are told, a letter and a post go out."""
    place = tmp_path_factory.mktemp("killed") / "county"
    ensure_home(place)
    with listening("mail") as mailbox, listening("robot") as robot:
        python(place, SETTING.replace("MAIL,", f"{mailbox.port},").replace("ROBOT", str(robot.port)))
        made = Morning(place, "", 0, mailbox, robot)
        whole = made.again(place.with_name("whole"))
        before = python(whole, STATE)
        run = kept(whole)
        assert run.returncode == 0, run.stderr
        assert (len(mailbox.letters), len(robot.posts)) == (1, 1), run.stderr
        after = python(whole, STATE)
        counts = [len(rows) for rows in json.loads(after)]
        assert counts[-1] == 0
        assert min(counts[:-1]) >= 1, counts
        assert before != after
        yield made._replace(after=after, statements=int(run.stdout.split()[-1]))


@pytest.mark.parametrize("part", range(1, 6))
def test_killed_anywhere_it_ends_as_if_undisturbed(morning: Morning, tmp_path: Path, part: int) -> None:
    place = morning.again(tmp_path / "county")
    assert kept(place, morning.statements * part // 6).returncode == -signal.SIGKILL
    run = kept(place)
    assert run.returncode == 0, run.stderr
    assert python(place, STATE) == morning.after
    assert len(morning.mailbox.letters) <= 1
    assert len(morning.robot.posts) <= 1


def test_killed_between_the_message_and_the_word_that_it_went_out(morning: Morning, tmp_path: Path) -> None:
    """Before every statement of the sending: the second run sends nothing a second time, and says what became of it."""
    sending = int(kept(morning.again(tmp_path / "whole"), -1).stdout.split()[-2])
    broken = 0
    for n in range(5):
        place = morning.again(tmp_path / str(n))
        assert kept(place, sending + n).returncode == -signal.SIGKILL
        heard = len(morning.mailbox.letters), len(morning.robot.posts)
        assert kept(place).returncode == 0
        assert len(morning.mailbox.letters) <= 1, n
        assert len(morning.robot.posts) <= 1, n
        told = python(place, DELIVERIES).splitlines()
        assert len(told) == 2
        assert all(
            line.startswith("True ") or (line.startswith("False ") and "不再重发" in line) for line in told
        ), told
        broken += any("不再重发" in line for line in told) and heard != (0, 0)
        assert python(place, STATE) == morning.after
    assert broken
