"""A paper read for comparing only (0120): kept beside the uploads for some hours, for the one person who gave it, never
in the database. The address carries a signed token; what is too old cannot be opened, and is removed."""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused

HOURS = 4
MOST = 6
"""Papers one person can have lying here; a further one takes the place of the oldest."""
PREFIX = "borrowed-"
GONE = f"这份只用于对照的文件已经不在了（保留{HOURS}小时，服务器重启后也会删除）。请重新上传后再对照。"


class Gone(Refused):
    """The token is another's, too old, or its paper was removed."""

    def __init__(self) -> None:
        super().__init__(GONE)


@dataclass(frozen=True, slots=True)
class Borrowed:
    """What the token opens: the worker's reading of files that are not stored."""

    token: str
    names: tuple[str, ...]
    reading: dict[str, Any]

    @property
    def title(self) -> str:
        """As printed, else as the first file is called."""
        printed: str | None = self.reading["plan"]["document"]["title"]
        return printed or self.names[0].rsplit(".", 1)[0]


def keep(names: list[str], reading: dict[str, Any], actor: Actor) -> str:
    """Put a reading by; returns the token that opens it again, for this person."""
    sweep()
    for _, path in _lying(f"{actor.person_id}-")[MOST - 1 :]:
        path.unlink(missing_ok=True)
    key = token_hex(8)
    with NamedTemporaryFile("w", dir=_folder(), delete=False, encoding="utf-8", errors="replace") as half:
        json.dump({"names": names, "reading": reading}, half, ensure_ascii=False)
    os.replace(half.name, _place(key, actor))
    return _signer(actor).sign(key)


def fetch(token: str, actor: Actor) -> Borrowed:
    """The paper of a token. Raises Gone."""
    place = _opened(token, actor)
    try:
        kept = json.loads(place.read_text("utf-8"))
    except FileNotFoundError as error:
        raise Gone from error
    return Borrowed(token, tuple(kept["names"]), kept["reading"])


def forget(token: str, actor: Actor) -> None:
    """Remove the paper now. Raises Gone when the token opens nothing."""
    _opened(token, actor).unlink(missing_ok=True)


def sweep() -> int:
    """Remove what is older than `HOURS`; returns how many went."""
    oldest = time.time() - HOURS * 3600
    old = [path for at, path in _lying() if at < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _lying(whose: str = "") -> list[tuple[float, Path]]:
    """(time, path) of the papers lying here, the newest first."""
    with os.scandir(_folder()) as entries:
        names = [entry for entry in entries if entry.name.startswith(PREFIX + whose)]
        return sorted(((_time(entry), Path(entry.path)) for entry in names), reverse=True)


def _time(entry: "os.DirEntry[str]") -> float:
    """When it was written; what another request removes meanwhile is as old as can be."""
    try:
        return entry.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _opened(token: str, actor: Actor) -> Path:
    """Where the paper of a token lies, if the token is this person's and not too old. Raises Gone."""
    try:
        return _place(_signer(actor).unsign(token, max_age=HOURS * 3600), actor)
    except BadSignature as error:
        raise Gone from error


def _folder() -> Path:
    return Path(settings.FILE_UPLOAD_TEMP_DIR)


def _place(key: str, actor: Actor) -> Path:
    return _folder() / f"{PREFIX}{actor.person_id}-{key}.json"


def _signer(actor: Actor) -> TimestampSigner:
    """Every person has a signer of their own: a token in other hands opens nothing."""
    return TimestampSigner(salt=f"intake.borrowed.{actor.person_id}")
