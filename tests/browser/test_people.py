"""Pages of people, accounts and the record: fit a phone, can be used by everybody, by keys, without scripts, on paper."""

import re

import pytest

from tests.browser.conftest import Desk, sync_api
from tests.browser.test_every_page import PHONE, first, looked_over

pytestmark = pytest.mark.browser
expect = sync_api.expect
OFFICE = ["/people/", "/people/?post=none", "/people/sheet/", "/units/?day=2012-01-01", "/units/merge/",
          "/units/governments/", "/seats/"]  # fmt: skip
KEEPERS = {
    "sysadmin": ["/accounts/"],
    "secadmin": ["/accounts/"],
    "auditor": ["/records/"],
    "youjia": ["/seats/"],
}


def pages(desk: Desk) -> list[str]:
    """Every kind of page that the office meets here."""
    person = first(desk, "/people/?q=苏简", "#people td a")
    desk.open(person)
    doings = [a.get_attribute("href") for a in desk.page.locator("a[href*='/people/posts/']").all()]
    unit = first(desk, "/units/?q=交通运输局", "#units td a")
    return [*OFFICE, person, *doings, unit, f"{unit}split/"]


def wide(desk: Desk, address: str) -> bool:
    desk.open(address)
    return desk.page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]


def test_every_page_fits_a_phone(sit) -> None:
    desk = sit("xuwenlan", viewport=PHONE)
    found = [address for address in pages(desk) if wide(desk, address)]
    for account, addresses in KEEPERS.items():
        keeper = sit(account, viewport=PHONE)
        found += [address for address in addresses if wide(keeper, address)]
    assert not found


def test_every_page_can_be_used_by_everybody(sit) -> None:
    faults = {}
    desk = sit("xuwenlan")
    for address in pages(desk):
        desk.open(address)
        faults[address] = looked_over(desk)
    for account, addresses in KEEPERS.items():
        keeper = sit(account)
        for address in addresses:
            keeper.open(address)
            faults[account + address] = looked_over(keeper)
    assert {address: found for address, found in faults.items() if found} == {}


def test_a_person_is_found_and_opened_by_keys(sit) -> None:
    desk = sit("xuwenlan")
    page = desk.page
    desk.open("/people/")
    page.keyboard.press("/")
    page.keyboard.type("苏简")
    expect(page.locator("#people tbody tr")).to_have_count(1)
    page.keyboard.press("Tab")
    page.locator("#people").click(position={"x": 5, "y": 2})
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/people/\d+/$"))
    assert page.inner_text("h1") == "苏简"
    assert desk.complaints == []


def test_without_scripts_people_are_registered_and_hand_over(sit) -> None:
    desk = sit("xuwenlan", java_script_enabled=False)
    page = desk.page
    desk.open("/people/")
    page.fill("noscript input[name=name]", "祁新")
    page.click("button:has-text('登记人员') >> nth=-1")
    assert page.inner_text("h1") == "祁新"
    desk.open("/people/?q=水清")
    page.click("#people td a")
    page.click("text=移交联络员")
    page.select_option("#id_person", label="祁新（没有岗位）")
    page.click("button.primary")
    assert "联络员已由水清移交给祁新" in page.inner_text("main")


def test_the_sheet_of_passwords_prints_ten_strips_to_a_page(sit) -> None:
    desk = sit("sysadmin")
    page = desk.page
    desk.open("/accounts/?q=镇")
    boxes = page.locator("input[name=people]")
    for number in range(boxes.count()):
        boxes.nth(number).check()
    page.click("text=为所选人员发放一次性密码")
    page.click("#confirm [value=yes]")
    page.wait_for_selector(".slips")
    page.emulate_media(media="print")
    strip = page.locator(".slips li").first
    assert strip.evaluate("li => li.scrollHeight <= li.clientHeight + 1")
    assert 170 <= strip.bounding_box()["height"] <= 176  # 46 mm: five rows of two to a page
    assert page.is_hidden(".notice")
    assert page.is_hidden(".lead span")
