"""Plans to upload: the demo county's own papers, changed in a word, so that each is a file of its own."""

import zipfile
from importlib.resources import files
from pathlib import Path

OVERALL = "总体方案"
BREAKDOWN = "分解方案"
BODY = "word/document.xml"


def altered(which: str, place: Path, *, old: str, new: str) -> Path:
    """The demo paper whose name contains `which`, with a word of its text replaced everywhere; written into `place`."""
    paper = next(file for file in files("luoshi.demo_county").iterdir() if which in file.name)
    target = place / paper.name
    with paper.open("rb") as stream, zipfile.ZipFile(stream) as before, zipfile.ZipFile(target, "w") as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename == BODY:
                assert old.encode() in data, f"{old} is not in {paper.name}"
                data = data.replace(old.encode(), new.encode())
            after.writestr(entry, data)
    return target
