"""Reading and checking in a process apart, with a ceiling on time and memory (`worker`)."""

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from luoshi.core.source.text import Unreadable
from luoshi.org.queries import RegisterRow

log = logging.getLogger(__name__)
SECONDS = 30
READING = "reading-"
TOO_SLOW = f"读取超过了{SECONDS}秒，已停止。请检查文件是否异常，或拆成几个文件后分别上传。"
BROKEN = "读取时意外中断，文件没有保存。请用 WPS 或 Word 打开并另存后重新上传。"


@dataclass(frozen=True)
class Received:
    """A file as it came in."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


class UnreadableFile(Unreadable):
    """Which of the files cannot be read; `file` is "" when it is the plan as a whole."""

    def __init__(self, code: str, sentence: str, file: str = "") -> None:
        super().__init__(code, sentence)
        self.file = file


def read_files(files: Sequence[Received], register: Sequence[RegisterRow]) -> dict[str, Any]:
    """Read and check the files of one plan, in order; returns the worker's bundle. Raises UnreadableFile; keeps nothing."""
    return _read(files, {}, register)


def read_unchecked(files: Sequence[Received]) -> dict[str, Any]:
    """Read the files of one plan, in order; returns the worker's `reading`. Raises UnreadableFile; keeps nothing."""
    return _read(files, {"unchecked": True}, ())


def compare_papers(a: dict[str, Any], b: dict[str, Any], relation: str | None) -> dict[str, Any]:
    """Two papers side by side (compare_rows.compared). Raises UnreadableFile."""
    return _work({"compare": {"a": a, "b": b, "relation": relation}}, ())


def _read(files: Sequence[Received], job: dict[str, Any], register: Sequence[RegisterRow]) -> dict[str, Any]:
    """The files as files of a folder that lasts as long as the job."""
    with TemporaryDirectory(prefix=READING, dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        places: list[tuple[str, str]] = []
        for number, file in enumerate(files):
            path = Path(folder) / str(number)
            path.write_bytes(file.data)
            places.append((str(path), file.name))
        return _work({**job, "files": places}, register)


def check_again(stored: dict[str, Any], register: Sequence[RegisterRow]) -> dict[str, Any]:
    """The checks of a text read before (proofreading.restored); returns the worker's `check`. Raises UnreadableFile."""
    check: dict[str, Any] = _work({"stored": stored}, register)["check"]
    return check


def _work(job: dict[str, Any], register: Sequence[RegisterRow]) -> dict[str, Any]:
    """One job of the worker."""
    told = json.dumps({**job, "register": [[row.unit_id, row.names] for row in register]})
    command = [sys.executable, "-m", "luoshi.intake.worker"]
    try:
        done = subprocess.run(command, input=told.encode(), capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile("too-slow", TOO_SLOW) from error
    if done.stderr:
        names = [name for _, name in job.get("files", ())]
        log.warning("reading %s: %s", names, done.stderr.decode(errors="replace")[-2000:])
    return _answer(done.stdout)


def _answer(printed: bytes) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads(printed)
    except ValueError as error:
        raise UnreadableFile("damaged", BROKEN) from error
    if "code" in answer:
        raise UnreadableFile(answer["code"], answer["sentence"], answer.get("file", ""))
    return answer
