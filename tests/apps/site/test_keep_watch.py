"""`luoshi keep-watch` as a server runs it: several at once, again, in a loop, inside `luoshi serve`; what it says when something fails."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.apps.site.test_serve import command, serving, surroundings

ROOT = Path(__file__).resolve().parents[3]
PROLOGUE = """
import django; django.setup()
from django.utils import timezone
from luoshi.dispatch.models import Duty, Occasion, Rhythm
from luoshi.journal.sealing import verify
from luoshi.org.models import Government, Unit
from luoshi.reporting.models import Report, Round
from tests.dispatch import confirmed, plan_of
from tests.people import cast
"""
SETTING = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
office = cast("liu", "刘主任", "青禾县人民政府办公室", "office")
cast("wang", "王科长", "青禾县发展和改革局", "head")
home = Unit.objects.get(full_name="青禾县发展和改革局")
rows = [{"actor": "各专班", "activity": "调度", "every": "周"}, {"actor": "县发展和改革局", "activity": "对账", "every": "月"},
        {"actor": "县发展和改革局", "activity": "会商", "every": "季度"}]
plan = plan_of(rows, home)
confirmed(plan, timezone.localdate(), office.actor)
Rhythm.objects.filter(becomes="round").update(lead=30)  # asked for on the first day of its week
"""
BROKEN = "plan.tasks.get().assignments.all().delete()\n"
COUNT = """
place = Government.objects.get()
print(Round.objects.count(), Occasion.objects.count(), Report.objects.count(), Duty.objects.count(), list(verify(place.pk)))
"""


def python(place: Path, code: str) -> str:
    kept = surroundings(place) | {
        "DJANGO_SETTINGS_MODULE": "luoshi.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    run = subprocess.run([sys.executable, "-c", PROLOGUE + code], capture_output=True, text=True, env=kept, timeout=120)  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout


def watching(place: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("keep-watch", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings(place),
    )


def test_three_at_once_do_it_once_and_a_fourth_finds_nothing(tmp_path: Path) -> None:
    python(tmp_path, SETTING)
    runs = [watching(tmp_path) for _ in range(3)]
    told = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], told
    said = "".join(out for out, _ in told)
    assert said.count("填报已发起") == 1
    assert said.count("排出1项职责") == 2
    counted = python(tmp_path, COUNT)
    assert counted == "1 1 1 2 []\n"
    again = watching(tmp_path)
    assert again.communicate(timeout=120) == ("没有到期要办的事。\n", "")
    assert python(tmp_path, COUNT) == counted


def test_what_fails_is_said_and_tried_again(tmp_path: Path) -> None:
    python(tmp_path, SETTING + BROKEN)
    for n in range(2):
        run = watching(tmp_path)
        out, errors = run.communicate(timeout=120)
        assert run.returncode == 1
        assert "的“周调度”没有办成：这份方案的任务还没有对应到具体单位" in errors
        assert out.count("排出1项职责") == (0 if n else 2)


def test_a_loop_stays_until_it_is_stopped(tmp_path: Path) -> None:
    python(tmp_path, SETTING)
    run = watching(tmp_path, "--loop", "10")
    assert run.stdout is not None
    told = run.stdout.readline()
    assert told == "值守已开始，每10秒办一次（按 Ctrl+C 停止）。\n"
    while "对账" not in told and run.poll() is None:
        told += run.stdout.readline()
    run.send_signal(signal.SIGTERM)
    rest, errors = run.communicate(timeout=30)
    assert (run.returncode, errors) == (0, "")
    assert rest.endswith("值守已停止。\n")


@pytest.mark.parametrize("seconds", ["0", "abc", "5", "-1"])
def test_a_loop_too_short_is_refused(tmp_path: Path, seconds: str) -> None:
    run = watching(tmp_path, "--loop", seconds)
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 2
    assert "间隔应是10以上的整数（秒）" in errors or "expected one argument" in errors


def test_no_database_is_one_sentence(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("")
    run = watching(place)
    out, errors = run.communicate(timeout=60)
    assert (run.returncode, out) == (2, "")
    assert errors.endswith("。\n")
    assert errors.count("\n") == 1


def test_the_server_keeps_watch_itself(tmp_path: Path) -> None:
    python(tmp_path, SETTING)
    with serving(tmp_path) as (_, process):
        end = time.monotonic() + 60
        while python(tmp_path, COUNT) != "1 1 1 2 []\n" and time.monotonic() < end:
            time.sleep(0.5)
    assert python(tmp_path, COUNT) == "1 1 1 2 []\n"
    assert "填报已发起" in process.communicate()[0]


def test_a_server_can_be_told_not_to(tmp_path: Path) -> None:
    python(tmp_path, SETTING)
    with serving(tmp_path, "--no-watch"):
        time.sleep(3)
    assert python(tmp_path, COUNT) == "0 0 0 0 []\n"
