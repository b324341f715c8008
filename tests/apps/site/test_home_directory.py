"""What the server takes from its surroundings."""

import stat
from pathlib import Path

import pytest

from luoshi.site import home


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://luoshi:p%40ss@db.qinghe:5433/ledger",
            {"NAME": "ledger", "USER": "luoshi", "PASSWORD": "p@ss", "HOST": "db.qinghe", "PORT": "5433"},
        ),
        ("postgres:///ledger", {"NAME": "ledger", "USER": "", "PASSWORD": "", "HOST": "", "PORT": ""}),
    ],
)
def test_postgres_by_address(monkeypatch: pytest.MonkeyPatch, url: str, expected: dict[str, str]) -> None:
    monkeypatch.setenv("LUOSHI_DATABASE_URL", url)
    monkeypatch.setattr(home, "find_spec", lambda name: object())
    found = home.database(Path("/nowhere"))
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert expected.items() <= found.items()


def test_another_kind_of_database_is_named_in_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_DATABASE_URL", "mysql://x/y")
    with pytest.raises(home.BadSurroundings, match="应以 postgresql:// 开头，现在是 mysql://。"):
        home.database(Path("/nowhere"))


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_DATABASE_URL", "postgresql:///ledger")
    monkeypatch.setattr(home, "find_spec", lambda name: None)
    with pytest.raises(home.BadSurroundings, match="需要先安装驱动"):
        home.database(Path("/nowhere"))


def test_sqlite_waits_instead_of_failing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LUOSHI_DATABASE_URL", raising=False)
    found = home.database(tmp_path)
    assert found["NAME"] == tmp_path / "luoshi.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_the_key_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    place = tmp_path / "var"
    home.ensure_home(place)
    key = home.secret_key(place)
    home.ensure_home(place)
    assert home.secret_key(place) == key
    assert len(key) > 50
    assert stat.S_IMODE((place / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_before_the_first_serve_every_process_has_its_own_key(tmp_path: Path) -> None:
    assert home.secret_key(tmp_path) != home.secret_key(tmp_path)
    assert not list(tmp_path.iterdir())


def test_names_the_server_answers_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_HOSTS", "luoshi.qinghe.gov,10.1.2.3")
    assert home.hosts() == ["localhost", "127.0.0.1", "[::1]", "luoshi.qinghe.gov", "10.1.2.3"]


@pytest.mark.parametrize(("said", "expected"), [(None, False), ("0", False), ("1", True)])
def test_cookies_travel_by_tls_alone_when_told(
    monkeypatch: pytest.MonkeyPatch, said: str | None, expected: bool
) -> None:
    monkeypatch.delenv("LUOSHI_HTTPS", raising=False)
    if said:
        monkeypatch.setenv("LUOSHI_HTTPS", said)
    assert home.behind_tls() is expected
