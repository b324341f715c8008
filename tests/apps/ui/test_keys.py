"""Keyboard, live filter, confirmation and refusals in a real browser, under the content policy."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from luoshi.org.models import Unit
from tests.people import PASSWORD, Member, government, unit

CHROMIUM = Path("/usr/bin/chromium")
sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason=f"NO BROWSER: {CHROMIUM} is missing, keys are not tested"
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_api.sync_playwright() as play:
        # The synchronous driver keeps a loop running in this thread, which Django would take for asynchronous code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield chromium
        chromium.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser, live_server, liu: Member) -> Iterator[object]:
    """刘主任, logged in, on the page of units; whatever the browser complains about fails the test."""
    for name in ("青禾县水利局", "青禾县林业局", "青禾县教育局"):
        unit(name, government(), kind="department")
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    tab.goto(f"{live_server.url}/units/")
    tab.fill("#id_username", "liu")
    tab.fill("#id_password", PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("table.data")
    yield tab
    context.close()
    assert complaints == []


def test_keys(page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.inner_text("tr.here td:first-child") == "青禾县水利局"
    page.keyboard.press("k")
    assert page.inner_text("tr.here td:first-child") == "青禾县人民政府办公室"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("j")
    assert page.input_value("#q") == "j"


def test_typing_filters_without_a_button(page) -> None:
    page.fill("#q", "林业")
    sync_api.expect(page.locator("#units tbody tr")).to_have_count(1)
    assert "q=%E6%9E%97%E4%B8%9A" in page.url
    page.reload()
    assert page.input_value("#q") == "林业"
    assert page.inner_text("#units tbody").startswith("青禾县林业局")


def test_enter_opens_and_a_question_is_asked_first(page) -> None:
    water = Unit.objects.get(full_name="青禾县水利局")
    water.names.create(name="县水利局", kind="short")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/units/{water.pk}/")
    page.click("text=停用")
    assert "不再认作青禾县水利局" in page.inner_text("#confirm-text")
    page.keyboard.press("Escape")
    assert water.names.get().valid_to is None
    page.click("text=停用")
    page.click("#confirm [value=yes]")
    page.wait_for_selector("text=“县水利局”已停用。")


def test_a_dialog_opens_and_closes(page) -> None:
    page.click("text=新增单位")
    assert page.is_visible("#new-unit")
    page.click("#new-unit [data-close]")
    assert not page.is_visible("#new-unit")


def test_without_network_it_says_so(page) -> None:
    page.context.set_offline(True)
    page.fill("#q", "水利")
    page.wait_for_selector(".toast.bad")
    assert "网络不通，这次操作没有完成。" in page.inner_text(".toast")
    page.click(".toast [data-close]")
    assert not page.query_selector(".toast")


def test_narrow_screens_do_not_scroll_sideways(page, live_server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/", "/units/", f"/units/{Unit.objects.first().pk}/"):
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
