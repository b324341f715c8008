"""The record of a meeting in a real browser: by keyboard alone, nothing lost on reload, two clerks at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def live(sit) -> Desk:
    """A meeting of today, held, its record open."""
    desk = sit("xuwenlan")
    desk.open("/meetings/new/?kind=topic")
    page = desk.page
    page.evaluate(
        "document.querySelector('#id_day').value = new Date().toLocaleDateString('sv', {timeZone: 'Asia/Shanghai'})"
    )
    page.check("input[name=plans]")
    page.click("main form button.primary")
    number = re.search(r"/meetings/(\d+)/", page.url)[1]
    for address in (f"/meetings/{number}/freeze/", f"/meetings/{number}/do/hold/"):
        desk.open(address)
        page.click("main form button.primary")
    page.wait_for_url(f"**/meetings/{number}/live/")
    return desk


def stored(desk: Desk) -> None:
    expect(desk.page.locator("#going")).to_have_text("都已保存", timeout=15_000)


def said(desk: Desk, name: str = "text") -> list[str]:
    return [field.input_value() for field in desk.page.locator(f".slips input[name={name}]").all()]


def test_by_keyboard_alone(live: Desk) -> None:
    keys = live.page.keyboard
    for what, who, when in (("补齐用地手续", "县发改局", "两周内"), ("列出资金缺口", "县财政局", "尽快")):
        for words in (what, who, when):
            keys.type(words)
            keys.press("Enter")
        stored(live)
        expect(live.page.locator("input:focus")).to_have_value("")
    keys.type("第三件")  # never sent by a button
    expect(live.page.locator(".slip-row")).to_have_count(4)
    stored(live)
    assert live.page.locator(".ask").first.inner_text().startswith("青禾县发展和改革局")
    assert "“尽快”没有说到哪一天" in live.page.locator(".ask").nth(1).inner_text()
    assert live.page.evaluate("document.activeElement.value") == "第三件"  # the caret was not moved
    live.page.reload()
    assert said(live) == ["补齐用地手续", "列出资金缺口", "第三件", ""]
    assert said(live, "due_said") == ["两周内", "尽快", "", ""]
    assert not live.complaints


def test_two_clerks_at_once(live: Desk, sit) -> None:
    live.page.keyboard.type("加快用地报批")
    stored(live)
    other = sit("wenyining")
    other.open(live.page.url.removeprefix(live.served.url))
    other.page.fill(".slips input[name=due_said] >> nth=0", "月底前")
    stored(other)
    live.page.fill(".slips input[name=text] >> nth=0", "抓紧用地报批")
    live.page.wait_for_selector(".slip-row.stuck")
    told = live.page.locator(".ask").first.inner_text()
    assert "温以宁" in told
    assert "加快用地报批" in told
    live.page.fill(".slips input[name=due_said] >> nth=0", "月底前")
    stored(live)
    other.page.reload()
    assert said(other)[0] == "抓紧用地报批"
    assert said(other, "due_said")[0] == "月底前"


def test_a_line_of_the_agenda_begins_a_row(live: Desk) -> None:
    address = live.page.url
    link = live.page.locator(".agenda-side a[href^='?from=']").first
    link.evaluate("a => a.closest('details').open = true")
    link.click()
    stored(live)
    expect(live.page.locator(".slip-row")).to_have_count(2)
    assert live.page.url == address
    live.page.reload()
    assert len(said(live)) == 2  # once, whatever is reloaded
    assert said(live)[0]
    assert not live.complaints
