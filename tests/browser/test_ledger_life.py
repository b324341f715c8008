"""Pages of the ledger's life: fit a phone, can be used by everybody, work without scripts."""

import pytest

from tests.browser.conftest import Desk, sync_api
from tests.browser.test_every_page import PHONE, first, looked_over

pytestmark = pytest.mark.browser
expect = sync_api.expect


def pages(desk: Desk) -> list[str]:
    """Every kind of page that the office meets here."""
    task = first(desk, "/ledger/", "#rows td:nth-child(2) a")
    desk.open(task)
    forms = {a.get_attribute("href") for a in desk.page.locator("main a[href^='/ledger/']").all()}
    wanted = (
        "/reassign/",
        "/account/",
        "/release/",
        "/units/",
        "/deadline/",
        "/milestones/",
        "/target/",
        "/details/",
        "/drop/",
    )
    chosen = [
        next(f for f in sorted(forms) if f.endswith(end))
        for end in wanted
        if any(f.endswith(end) for f in forms)
    ]
    lists = [f"/ledger/lists/{slug}/" for slug in ("task", "project", "policy", "problem", "duty")]
    close = first(desk, "/ledger/", ".actions a[href*='/close/']")
    return ["/ledger/claims/", task, *chosen, *lists, "/ledger/search/", "/ledger/search/?q=园区", close]


def test_every_page_fits_a_phone(sit) -> None:
    desk = sit("xuwenlan", viewport=PHONE)
    found = pages(desk)
    assert len(found) > 15
    clerk = sit("tanglixin", viewport=PHONE)
    contest = first(clerk, "/ledger/claims/", "a[href*='/contest/']")
    wide = []
    for who, address in [
        *((desk, address) for address in found),
        (clerk, "/ledger/claims/"),
        (clerk, contest),
    ]:
        who.open(address)
        if who.page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            wide.append(address)
    assert not wide


def test_every_page_can_be_used_by_everybody(sit) -> None:
    desk, clerk = sit("xuwenlan"), sit("tanglixin")
    faults = {}
    for who, addresses in ((desk, pages(desk)), (clerk, ["/ledger/claims/"])):
        for address in addresses:
            who.open(address)
            faults[address] = looked_over(who)
    assert {address: found for address, found in faults.items() if found} == {}
    assert not [line for line in desk.complaints if "stranger" in line or "Content Security" in line]


def test_without_scripts_a_unit_takes_on_all_but_one(sit) -> None:
    desk = sit("sujian", java_script_enabled=False)
    page = desk.page
    desk.open("/ledger/claims/")
    boxes = page.locator("input[name=shares]")
    count = boxes.count()
    assert count > 1
    boxes.first.uncheck()
    page.click("text=认领勾选的任务")
    expect(page.locator(".notice.success")).to_have_text(f"已认领{count - 1}项任务。")
    expect(page.locator("input[name=shares]")).to_have_count(1)


def test_the_box_in_the_rail_searches_by_enter(sit) -> None:
    desk = sit("xuwenlan")
    desk.page.fill(".find input", "园区")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/ledger/search/?q=**")
    expect(desk.page.locator(".hits mark").first).to_have_text("园区")
