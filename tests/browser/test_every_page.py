"""Every page: fits a phone, can be used by everybody (axe-core), shows where the focus is, prints without the rail."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser

AXE = Path(__file__).with_name("axe.min.js").read_text("utf-8")
RUN_AXE = """async () => {
  const found = await axe.run(document, {
    resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
  });
  return found.violations.filter((v) => ["serious", "critical"].includes(v.impact))
    .map((v) => `${v.id}: ${v.help} — ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")} (${v.nodes.length})`);
}"""
PHONE = {"width": 390, "height": 844}
STRANGER = "/login/"
IN_REVIEW, ADOPTED = "/plans/1/", "/plans/2/"  # the demo county's two papers, in the order of their names

BOTH = "/plans/compare/?a=1&b=2"


def first(desk: Desk, address: str, selector: str) -> str:
    """Where the first link of a page leads, as a path."""
    desk.open(address)
    return desk.page.locator(selector).first.get_attribute("href")


def pages(desk: Desk) -> Iterator[str]:
    """The address of every kind of page, with the demo county's plans in them (the ledger narrowed: axe is slow)."""
    yield from ("/", "/plans/", "/plans/upload/", IN_REVIEW, ADOPTED)
    yield from (f"{IN_REVIEW}units/", f"{IN_REVIEW}adopt/", f"{IN_REVIEW}units/?collective=各乡镇")
    yield from ("/plans/compare/", f"{BOTH}&tab=task", f"{BOTH}&relation=levels&tab=unanswered")
    yield first(desk, f"{BOTH}&tab=task", ".said a")
    yield from (f"{ADOPTED}?tab=check&severity=error", f"{ADOPTED}health/")
    yield ADOPTED + first(desk, ADOPTED, "#items .finding .foot a")
    yield IN_REVIEW + first(desk, IN_REVIEW, "#items .name")
    yield from (f"/ledger/?q=产业&view={view}" for view in ("action", "unit", "leader", "indicator", "force"))
    yield "/ledger/?q=没有这样的词"
    yield first(desk, "/ledger/", "#rows td:nth-child(2) a")
    yield first(desk, "/ledger/", "#rows td:last-child a")
    yield from ("/bulletins/", "/bulletins/new/", "/bulletins/new/minutes/", "/bulletins/wordings/month/")
    yield from ("/bulletins/1/", "/bulletins/2/", "/bulletins/3/")  # issued, in draft, to be signed
    yield "/units/"
    yield first(desk, "/units/", "#units td a")
    yield first(desk, "/units/?q=各乡镇", "#units td a")
    yield from (
        "/orders/?group=all",
        "/orders/1/",
        "/orders/1/do/escalate/",
        "/orders/new/",
        "/orders/6/edit/",
        "/lights/",
    )
    yield first(desk, "/lights/?tab=silent", "table.data td a")
    yield from (
        "/board/",
        "/board/?large=1",
        "/board/silence/",
        "/board/projects/",
        "/board/wall/?light=silent",
        "/board/wall/screen/?light=silent",
    )
    yield first(desk, "/board/?plan=2", "#actions tbody a")
    yield first(desk, "/board/?plan=2", "#gaps tbody a")
    yield first(desk, "/board/silence/?plan=2", "#silence tbody a")
    yield from (
        "/calendar/",
        "/calendar/?view=mine&as=list",
        "/calendar/days/?year=2027",
        "/calendar/feed/",
        "/calendar/duties/",
    )
    yield from ("/calendar/plans/2/", "/calendar/rhythms/3/", "/calendar/rhythms/3/change/")
    yield first(desk, "/calendar/rhythms/3/", "td a[href*=duties]")
    yield from ("/meetings/", "/meetings/1/", "/meetings/2/", "/meetings/new/", "/meetings/2/freeze/")
    yield from ("/meetings/decisions/?tab=all", "/meetings/decisions/2/", "/meetings/decisions/2/put_off/")
    yield "/no-such-page/"


def test_every_page_fits_a_phone(sit) -> None:
    desk = sit("xuwenlan", viewport=PHONE)
    wide = {}
    for address in list(pages(desk)):
        desk.open(address)
        width = desk.page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide[address] = width
    assert not wide


def test_every_page_can_be_used_by_everybody(sit) -> None:
    desk = sit("xuwenlan")
    faults = {}
    for address in list(pages(desk)):
        desk.open(address)
        faults[address] = looked_over(desk)
    desk.page.click("text=退出登录")
    faults[STRANGER] = looked_over(desk)
    assert {address: found for address, found in faults.items() if found} == {}


def looked_over(desk: Desk) -> list[str]:
    """What axe-core finds of weight, and pages without exactly one first heading."""
    desk.page.evaluate(AXE)
    found = desk.page.evaluate(RUN_AXE)
    headings = desk.page.locator("h1").count()
    return found if headings == 1 else [*found, f"{headings} h1"]


def test_the_open_form_and_the_dialogs_too(sit) -> None:
    desk = sit("xuwenlan")
    page = desk.page
    desk.open(IN_REVIEW)
    page.locator("#items > li.asks .name").first.dblclick()
    page.wait_for_selector("form.edit")
    assert looked_over(desk) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("form.edit", state="detached")
    page.click("[data-open='#help']")
    assert looked_over(desk) == []
    page.keyboard.press("Escape")
    page.click("#tally [data-tab=check]")
    page.locator("#items > li.finding [data-act=waive]").first.click()
    page.wait_for_selector("form.waiver-form")
    assert looked_over(desk) == []


def test_the_focus_is_seen_wherever_tab_leads(sit) -> None:
    desk = sit("xuwenlan")
    unseen = set()
    for address in ("/", "/ledger/", IN_REVIEW):
        desk.open(address)
        for _ in range(30):
            desk.page.keyboard.press("Tab")
            unseen |= set(desk.page.evaluate(UNSEEN))
    assert not unseen


UNSEEN = """() => {
  const now = document.activeElement;
  if (!now || now === document.body) return [];
  const style = getComputedStyle(now);
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  return ring ? [] : [now.outerHTML.slice(0, 120)];
}"""


def test_on_paper_there_is_no_rail_and_no_button(sit) -> None:
    desk = sit("xuwenlan")
    page = desk.page
    desk.open("/ledger/")
    page.emulate_media(media="print")
    assert page.is_hidden(".rail")
    assert page.is_hidden("form.filters")
    assert page.locator("main .button:visible").count() == 0
    assert re.search(r"截至\d{4}年", page.inner_text(".stamp"))
