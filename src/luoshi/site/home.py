"""The data directory and what the environment says: everything the settings take from outside."""

import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class BadSurroundings(Exception):
    """The environment asks for something that cannot be; the text is one sentence."""


SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"


def data_dir() -> Path:
    """Where everything that must be kept lies: LUOSHI_HOME, else ./var."""
    return Path(os.environ.get("LUOSHI_HOME", "var")).absolute()


def secret_key(home: Path) -> str:
    """The key written by `ensure_home`; before the first serve, one that lasts as long as this process."""
    file = home / "secret_key"
    return file.read_text() if file.exists() else secrets.token_urlsafe(50)


def ensure_home(home: Path) -> None:
    """Make the data directory, readable by its owner only, and its key. Raises BadSurroundings."""
    file = home / "secret_key"
    try:
        for folder in ("files", "incoming"):
            (home / folder).mkdir(parents=True, exist_ok=True)
        home.chmod(0o700)
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(50))
    except OSError as error:
        raise BadSurroundings(
            f"数据目录 {home} 不能写入（{error.strerror}）。请检查权限，或用环境变量 LUOSHI_HOME 指定另一个目录。"
        ) from error


def database(home: Path) -> dict[str, Any]:
    """Django's description of the database: postgresql://user:password@host:port/name from LUOSHI_DATABASE_URL,
    else SQLite in the data directory, set so that concurrent writers wait instead of failing. Raises
    BadSurroundings."""
    url = os.environ.get("LUOSHI_DATABASE_URL")
    if not url:
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": home / "luoshi.sqlite3", "OPTIONS": options}
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadSurroundings(f"LUOSHI_DATABASE_URL 应以 postgresql:// 开头，现在是 {parts.scheme}://。")
    if find_spec("psycopg") is None:
        raise BadSurroundings("使用 PostgreSQL 需要先安装驱动，请运行：pip install 'luoshi[postgres]'")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def behind_tls() -> bool:
    """Whether a server in front of this one speaks TLS (LUOSHI_HTTPS=1): cookies then travel by it alone."""
    return os.environ.get("LUOSHI_HTTPS") == "1"


def hosts() -> list[str]:
    """Names this server answers to: LUOSHI_HOSTS, comma-separated, besides this machine itself."""
    named = os.environ.get("LUOSHI_HOSTS", "")
    return ["localhost", "127.0.0.1", "[::1]", *filter(None, named.split(","))]
