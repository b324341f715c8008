"""Two people at one plan, a reload in the middle, a browser without scripts: nothing is lost."""

import re

import pytest

from tests.browser.conftest import sync_api
from tests.browser.plans import BREAKDOWN, altered

pytestmark = pytest.mark.browser
expect = sync_api.expect


def test_the_slower_of_two_is_told_and_keeps_the_words(sit, tmp_path) -> None:
    ji, wen = sit("jixiaoman"), sit("wenyining")
    ji.upload(altered(BREAKDOWN, tmp_path, old="县发改局", new="县发展改革局"))
    address = re.search(r"/plans/\d+/", ji.page.url).group()
    wen.open(f"{address}?tab=task")
    ji.open(f"{address}?tab=task")
    for desk in (ji, wen):
        desk.page.locator("#items > li.task .name").first.dblclick()
        desk.page.wait_for_selector("form.edit")
    ji.page.fill("form.edit [name=leaders]", "沈亦舟")
    wen.page.fill("form.edit [name=leaders]", "顾青岚、何劲松")

    ji.page.click("form.edit button.primary")
    ji.page.wait_for_selector("form.edit", state="detached")
    wen.page.click("form.edit button.primary")
    told = wen.page.locator("#items .notice[role=alert]")
    expect(told).to_contain_text("季小满")
    expect(told.locator("tr", has_text="分管领导")).to_contain_text("顾青岚、何劲松")
    expect(told.locator("tr", has_text="分管领导")).to_contain_text("沈亦舟")
    assert wen.page.input_value("form.edit [name=leaders]") == "顾青岚、何劲松"
    wen.page.click("form.edit button.primary")
    wen.page.wait_for_selector("form.edit", state="detached")

    ji.page.reload()
    expect(ji.page.locator("#items > li.task").first).to_contain_text("领导 顾青岚、何劲松")


def test_a_key_pressed_too_late_is_told_too(sit, tmp_path) -> None:
    ji, wen = sit("jixiaoman"), sit("wenyining")
    ji.upload(altered(BREAKDOWN, tmp_path, old="县财政局", new="青禾县财政局"))
    wen.open(re.search(r"/plans/\d+/", ji.page.url).group())
    for desk in (ji, wen):
        desk.page.locator("#items > li.asks .kind").first.click()
    asked = wen.page.locator("#items > li.here")
    item = asked.get_attribute("id")
    ji.page.keyboard.press("y")
    expect(ji.page.locator(f"#{item}")).to_have_class(re.compile("done"))
    wen.page.keyboard.press("d")
    expect(wen.page.locator(".toast.bad")).to_contain_text("季小满")
    expect(wen.page.locator(f"#{item}")).to_have_class(re.compile("done"))


def test_a_reload_in_the_middle_loses_nothing(sit, tmp_path) -> None:
    desk = sit("jixiaoman")
    page = desk.page
    desk.upload(altered(BREAKDOWN, tmp_path, old="县教育局", new="青禾县教育局"))
    page.click("#tally a[data-tab=indicator]")
    page.locator("#items > li.indicator .kind").nth(5).click()
    item = page.locator("#items > li.here").get_attribute("id")
    page.keyboard.press("Enter")
    page.fill("form.edit [name=name]", "改过的指标名称")
    page.click("form.edit button.primary")
    page.wait_for_selector("form.edit", state="detached")
    page.locator(f"#{item} .kind").click()

    page.reload()
    assert page.locator("#items").get_attribute("data-tab") == "indicator"
    expect(page.locator("#items > li.here")).to_have_id(item)
    expect(page.locator("#items > li.here")).to_contain_text("改过的指标名称")
    page.keyboard.press("u")
    expect(page.locator(f"#{item}")).not_to_contain_text("改过的指标名称")
    assert desk.complaints == []


def test_without_scripts_a_plan_still_becomes_a_ledger(sit, tmp_path) -> None:
    desk = sit("jixiaoman", java_script_enabled=False)
    page = desk.page
    desk.upload(altered(BREAKDOWN, tmp_path, old="县公安局", new="青禾县公安局"))
    review = page.url
    page.locator("#items > li.task.asks .name").first.click()
    page.fill("form.edit [name=leaders]", "陆怀远")
    page.click("form.edit button.primary")
    assert page.locator("#items > li", has_text="领导 陆怀远").count() == 1
    page.goto(review)
    for box in page.locator("#items > li.asks input[name=items]").all():
        box.check()
    page.click("#bulk button[value=leave]")
    page.goto(review)
    page.click("nav.steps >> text=建账")
    page.click("main button.primary")
    assert "/ledger/" in page.url
    assert "陆怀远" in page.inner_text("#rows")
