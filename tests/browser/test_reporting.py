"""A sheet in a real browser: saved while typing without moving the caret, by keyboard alone, without scripts, on a phone."""

import datetime as dt
import re

import pytest

from tests.browser.conftest import Desk
from tests.browser.test_every_page import PHONE, looked_over

pytestmark = pytest.mark.browser
CLERK, OFFICE = "sujian", "xuwenlan"


@pytest.fixture
def sheet(sit) -> str:
    """The address of 苏简's sheet; the office opens the round through the page the first time."""
    office = sit(OFFICE)
    office.open("/reporting/")
    if not office.page.locator("td a").count():
        office.page.click("text=发起填报 >> nth=0")
        office.page.select_option("#id_rhythm", "月")
        office.page.fill("#id_day", "2026-03-15")
        office.page.fill("#id_due", (dt.date.today() + dt.timedelta(days=9)).isoformat())
        office.page.click("button.primary")
        office.page.wait_for_selector("text=已发起2026年3月填报")
        assert not office.complaints
    clerk = sit(CLERK)
    clerk.page.click("text=去填报")
    clerk.page.wait_for_selector("ol.sheet-rows")
    return re.sub(r"https?://[^/]+", "", clerk.page.url)


def fresh(desk: Desk, address: str, n: int = 0):
    """A row that nobody has filled in."""
    desk.open(address)
    row = desk.page.locator("li.row.fresh").nth(n)
    return desk.page.locator(f"#{row.get_attribute('id')}")


def test_saved_while_typing_and_the_caret_stays(sit, sheet: str) -> None:
    desk = sit(CLERK)
    row = fresh(desk, sheet)
    done, then = row.locator("textarea").nth(0), row.locator("textarea").nth(1)
    done.fill("已完成前期")
    then.fill("")  # last month's words are there already
    then.type("加快")
    row.locator(".state", has_text="已存").wait_for()
    then.type("审批")
    assert then.input_value() == "加快审批"
    assert desk.page.evaluate("document.activeElement.name").endswith("next_step")
    row.locator(".state", has_text="已存").wait_for()
    desk.page.wait_for_timeout(1500)
    desk.page.reload()
    assert row.locator("textarea").nth(1).input_value() == "加快审批"
    assert desk.complaints == []


def test_an_odd_figure_is_asked_about_beside_the_field(sit, sheet: str) -> None:
    desk = sit(CLERK)
    desk.open(sheet)
    field = desk.page.locator(".measure > input").first
    field.fill("-5")
    field.press("Tab")
    desk.page.locator(".question", has_text="请核对").first.wait_for()
    field.fill("约五")
    field.press("Tab")
    desk.page.locator(".error", has_text="应为数字").first.wait_for()
    assert field.input_value() == "约五"
    desk.complaints.clear()  # the browser itself notes the answer 422


def test_of_two_clerks_the_second_sees_both_versions(sit, sheet: str) -> None:
    one, two = sit(CLERK), sit("tanglixin")
    mine, theirs = fresh(one, sheet, 2), None
    two.open(sheet)
    theirs = two.page.locator(f"#{mine.get_attribute('id')}")
    mine.locator("textarea").first.fill("甲写的")
    mine.locator(".state", has_text="已存").wait_for()
    theirs.locator("textarea").first.fill("乙写的")
    theirs.locator("td", has_text="甲写的").wait_for()
    assert theirs.locator("textarea").first.input_value() == "乙写的"
    theirs.locator("textarea").first.fill("甲乙商定的")
    theirs.locator(".state", has_text="已存").wait_for()
    mine.page.reload()
    assert mine.locator("textarea").first.input_value() == "甲乙商定的"


def test_filled_and_sent_by_keyboard(sit, sheet: str) -> None:
    desk = sit(CLERK)
    row = fresh(desk, sheet, 3)
    row.locator("a").first.focus()
    for _ in range(40):
        desk.page.keyboard.press("Tab")
        if desk.page.evaluate("document.activeElement.name || ''").endswith("-done"):
            break
    desk.page.keyboard.type("键盘填写")
    desk.page.locator("button[value=submit]").focus()
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector("text=/已提交\\d+项/")


def test_without_scripts(sit, sheet: str) -> None:
    desk = sit(CLERK, java_script_enabled=False)
    row = fresh(desk, sheet, 4)
    row.locator("textarea").first.fill("不用脚本也能填")
    desk.page.click("button[value=save]")
    desk.page.wait_for_selector("text=/已保存\\d+行/")
    assert row.locator("textarea").first.input_value() == "不用脚本也能填"


@pytest.mark.parametrize("account", [OFFICE, CLERK])
def test_every_page_fits_a_phone_and_can_be_used_by_everybody(sit, sheet: str, account: str) -> None:
    desk = sit(account, viewport=PHONE)
    round = sheet.split("units/")[0]
    own = [sheet, "/reporting/", "/reporting/burden/", round, "/"]
    more = {OFFICE: ["/reporting/open/", "/reporting/rules/", f"{round}review/"], CLERK: [f"{round}collate/"]}
    faults, wide = {}, {}
    for address in [*own, *more[account]]:
        desk.open(address)
        if (width := desk.page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
            wide[address] = width
        if found := looked_over(desk):
            faults[address] = found
    assert wide == {}
    assert faults == {}
