"""The clerk's Monday in a real browser: open a round, fill, collate, accept, draft the 月通报, sign, issue, print, look at the wall."""

import datetime as dt
import re

import pytest

from luoshi.core.writing.pdf import office as libreoffice
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
CLERK, OFFICE, SECOND, LEADER = "sujian", "xuwenlan", "luoyiming", "luhuaiyuan"
PLAN = "2"  # the one with ten months of reports; other tests adopt it once more
DONE = "周一填的进展：首批厂房主体封顶"


def sure(desk: Desk, button: str) -> None:
    """Press a button that asks whether one is sure, and be sure."""
    desk.page.click(f"main >> button:has-text('{button}')")
    confirm = desk.page.locator("dialog#confirm")
    if confirm.is_visible():
        confirm.locator("button[value=yes]").click()


def test_from_an_opened_round_to_an_issued_circular(sit) -> None:
    office, clerk = sit(OFFICE), sit(CLERK)
    page = office.page
    office.open("/reporting/open/")
    if page.locator("select#id_plan").count():
        page.select_option("#id_plan", PLAN)
    page.select_option("#id_rhythm", "周")
    page.fill("#id_due", (dt.date.today() + dt.timedelta(days=3)).isoformat())
    page.click("main >> button.primary")
    page.wait_for_selector("text=/已发起.*填报/")
    round = re.search(r"/reporting/rounds/\d+/", page.url).group()

    clerk.open("/")
    clerk.page.locator(f"a[href^='{round}units/']").first.click()
    clerk.page.wait_for_selector("ol.sheet-rows")
    row = clerk.page.locator("li.row.fresh").first
    row = clerk.page.locator(f"#{row.get_attribute('id')}")
    task = row.locator("h2 a").get_attribute("href")
    row.locator("textarea").first.fill(DONE)
    row.locator(".state", has_text="已存").wait_for()
    clerk.page.check("#tick-all")
    clerk.page.click("button[value=unchanged]")
    clerk.page.click("button[value=submit]")
    clerk.page.wait_for_selector("text=/已提交\\d+项/")
    clerk.open(f"{round}collate/")
    if clerk.page.locator("#review").count():
        clerk.page.locator("#review input[name=pick]").first.check()
        clerk.page.click("#review button[value=take]")
        clerk.page.wait_for_selector("text=/已汇总\\d+项/")

    office.open(f"{round}review/")
    for box in page.locator("#review input[name=pick]").all():
        box.check()
    page.click("#review button[value=take]")
    page.wait_for_selector("text=/已采用\\d+项/")
    office.open(task)
    page.wait_for_selector(f"text={DONE}")

    office.open("/bulletins/new/month/")
    page.select_option("#id_plan", PLAN)
    page.fill("#id_next_steps", "各牵头单位逐项补上差距。")
    page.click("main >> button:has-text('起草')")
    page.wait_for_url(re.compile(r"/bulletins/\d+/$"))
    bulletin = re.search(r"/bulletins/\d+/", page.url).group()
    number = page.locator("a[href*='/numbers/']").first.get_attribute("href")
    office.open(number)
    page.wait_for_selector("a[href^='/ledger/tasks/']")  # a number of the paper leads to its rows

    for account, step in ((SECOND, "审核"), (LEADER, "签发")):
        desk = sit(account)
        desk.open(bulletin)
        sure(desk, step)
        desk.page.wait_for_selector("main >> text=/已审核|已签发/ >> nth=0")
    office.open(bulletin)
    page.locator("form[action$='/number/'] input[name=sequence]").fill("77")
    page.click("form[action$='/number/'] button")
    page.wait_for_selector("text=/〔20\\d\\d〕77号/ >> nth=0")
    sure(office, "印发")
    page.wait_for_selector(".badge:has-text('已印发')")
    asked = page.context.request
    docx = asked.get(f"{office.served.url}{bulletin}paper.docx")
    assert docx.body()[:2] == b"PK"
    if libreoffice():
        pdf = asked.get(f"{office.served.url}{bulletin}paper.pdf", timeout=120_000)
        assert pdf.body()[:5] == b"%PDF-"
    office.open(f"/board/wall/?plan={PLAN}")
    page.locator(f"a[href='{task}']").first.click()
    page.wait_for_selector(f"text={DONE}")  # from the wall to the task, and to what was said this morning
    assert office.complaints == []
    assert clerk.complaints == []
