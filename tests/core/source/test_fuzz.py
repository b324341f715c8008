"""Whatever is done to a file, it is read or refused: nothing else escapes, nothing hangs, nothing eats the memory."""

import io
import random
import re
import subprocess
import sys
import zipfile
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.source.clean import clean
from luoshi.core.source.loaders import load
from luoshi.core.source.text import Unreadable
from tests.core.source import papers

SEEDS = {
    "方案.docx": papers.plan_docx(),
    "方案.doc": (papers.FILES / "plan.doc").read_bytes(),
    "方案.xls": (papers.FILES / "plan.xls").read_bytes(),
    "方案.xlsx": papers.plan_xlsx(),
    "方案.pdf": papers.plan_pdf(
        [["60,700|一、主要目标", "60,680|增长8%"]],
        [(50, 670, 300, 670), (50, 720, 300, 720), (50, 670, 50, 720)],
    ),
    "方案.ofd": papers.ofd(
        ["30,40|一、主要目标"],
        '<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 L 9 0</ofd:AbbreviatedData></ofd:PathObject>',
    ),
    "方案.rtf": papers.RTF,
    "方案.html": papers.HTML.encode(),
    "方案.txt": "一、主要目标\n增长8%。\n来源：县政府办\n".encode(),
}


ABSURD = (b'"-1"', b'"99999999999"', b'"x"', b'""')


def settles(data: bytes, name: str) -> None:
    """Load; if that works, everything the reader promises must hold."""
    source = None
    with suppress(Unreadable):
        source = load(data, name)
    if source is None:
        return
    clean(source)
    spans = [table.span for table in source.tables]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for table in source.tables:
        places = sorted(cell.span for cell in table.cells)
        assert all(table.span.start <= p.start and p.end <= table.span.end for p in places)
        assert all(a.end <= b.start for a, b in pairwise(places))
        assert all(c.row + c.rowspan <= table.rows and c.col + c.colspan <= table.cols for c in table.cells)
    assert all(a.end <= b.start for a, b in pairwise(source.furniture))
    assert source.furniture == () or source.furniture[-1].end <= len(source.text)


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Cut, doubled or with some bytes changed."""
    kind = dice.random()
    at = dice.randrange(len(data))
    upto = min(len(data), at + dice.randrange(1, 2000))
    if kind < 0.15:
        return data[:at]
    if kind < 0.25:
        return data[:at] + data[upto:]
    if kind < 0.35:
        return data[:upto] + data[at:upto] * dice.choice((1, 5, 30)) + data[upto:]
    changed = bytearray(data)
    for _ in range(dice.choice((1, 3, 10, 50))):
        changed[dice.randrange(len(data))] = dice.choice((0, 255, 127, 128, dice.randrange(256)))
    return bytes(changed)


def damaged_inside(data: bytes, dice: random.Random) -> bytes:
    """One part of a zip file damaged, the zip itself whole; numbers in attributes made absurd."""
    old = zipfile.ZipFile(io.BytesIO(data))
    chosen = dice.choice([info.filename for info in old.infolist() if info.file_size])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename == chosen and dice.random() < 0.5:
                part = damaged(part, dice)
            elif info.filename == chosen:
                part = re.sub(rb'"\d+"', lambda m: dice.choice((m[0], m[0], *ABSURD)), part)
            new.writestr(info.filename, part)
    return stream.getvalue()


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize("round_", range(4))
def test_damaged_files_are_read_or_refused(name, round_):
    dice = random.Random(f"{name}{round_}")
    for _ in range(12):
        settles(damaged(SEEDS[name], dice), name)
        if name.endswith((".docx", ".xlsx", ".ofd")):
            settles(damaged_inside(SEEDS[name], dice), name)


@given(st.binary(max_size=400), st.sampled_from(sorted(SEEDS)))
@settings(max_examples=100, deadline=None)
def test_noise_is_read_or_refused(noise, name):
    settles(noise, name)
    settles(SEEDS[name][:8] + noise, name)


@given(st.text(max_size=300), st.sampled_from(("utf-8", "gb18030", "utf-16")))
@settings(max_examples=150, deadline=None)
def test_any_writing_is_read_or_refused(text, encoding):
    settles(text.encode(encoding, "replace"), "方案.txt")
    settles(b"<html><body>" + text.encode(encoding, "replace"), "方案.html")
    settles(rb"{\rtf1 " + text.encode(encoding, "replace"), "方案.rtf")


HEAVY = {
    "two million tags": "papers.docx(papers.paragraph('目标') * 250_000)",
    "one cell a thousand columns wide, often": "('<html><table>' + '<tr>' + '<td colspan=1000 rowspan=1000>x' * 200_000).encode()",
    "six million characters in a line": "('青' * 6_000_000).encode()",
    "blanks": "('通 知  ' * 300_000).encode()",
    "a bomb": "papers.docx(' ' * (100 << 20))",
    "a bomb in a pdf": "papers.bomb_pdf(1200)",
    "nested tables": "('<html>' + '<table><tr><td>甲<td>乙<td>丙<td>丁<td>' * 2000).encode()",
}


@pytest.mark.parametrize("made", HEAVY.values(), ids=HEAVY)
def test_heavy_files_stay_within_a_gigabyte_and_end(made):
    script = f"""
import resource
from tests.core.source import papers
data = {made}
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from luoshi.core.source.clean import clean
from luoshi.core.source.loaders import load
from luoshi.core.source.text import Unreadable
try:
    clean(load(data, "方案"))
except Unreadable as error:
    assert error.code in ("too-big", "zip-bomb", "damaged", "empty"), error.code
print("settled")
"""
    root = Path(__file__).resolve().parents[3]
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        env={"PYTHONPATH": f"{root / 'src'}:{root}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.stdout.strip() == "settled", run.stderr[-600:]
