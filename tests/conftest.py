"""What every test may ask for: the cast, a client already logged in, files kept away from the real data."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from luoshi.board.queries.memory import forget
from tests.people import Member, cast

LONG = ("test_attack.py", "test_year_001.py", "test_year_003.py", "test_year.py", "test_left_behind.py", "test_killed_watch.py")  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole files go to a worker (--dist loadfile): the longest first, so that none is left alone with one at the end."""
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path_factory.mktemp("incoming")
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "luoshi.org.passwords.OneTimeHasher",
    ]
    cache.clear()  # what one test has reckoned is not so in the next


@pytest.fixture(autouse=True)
def _pictures_of_their_own() -> None:
    forget()


@pytest.fixture
def liu(db) -> Member:
    """刘主任 of the county office: adopts plans, keeps the register."""
    return cast("liu", "刘主任", "青禾县人民政府办公室", "office")


@pytest.fixture
def wang(db) -> Member:
    """王科长: head and clerk of a unit that leads."""
    return cast("wang", "王科长", "青禾县发展和改革局", "head", "clerk")


@pytest.fixture
def li(db) -> Member:
    """小李: clerk of a unit that supports."""
    return cast("li", "小李", "青禾县教育局", "clerk")


@pytest.fixture
def chen_admin(db) -> Member:
    """陈工 keeps the system and has no part in its business."""
    return cast("chengong", "陈工", "青禾县数据局", "system_admin")


@pytest.fixture
def gao(db) -> Member:
    """高安 keeps the system safe: grants the three posts of the system, suspends accounts."""
    return cast("gaoan", "高安", "中共青禾县委办公室", "security_admin")


@pytest.fixture
def auditor(db) -> Member:
    """周审计 reads the journal."""
    return cast("zhou", "周审计", "青禾县审计局", "auditor")


@pytest.fixture
def outsider(db) -> Member:
    """陈某 holds the highest post in another county, and must see nothing of this one."""
    return cast("chenmou", "陈某", "白露县人民政府办公室", "office", place="白露县")


@pytest.fixture
def as_(client: Client) -> Callable[[Member], Client]:
    """A client logged in as one of the cast: `as_(liu).get("/")`."""

    def log_in(member: Member) -> Client:
        client.force_login(member.account)
        return client

    return log_in
