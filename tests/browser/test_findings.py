"""The planted defects of the demo plan in a real browser: pressed, seen in the paper, let stand; also without scripts."""

import re

import pytest

from tests.browser.conftest import Desk, sync_api
from tests.browser.plans import OVERALL, altered
from tests.browser.test_clerk_walk import IN_VIEW, here

pytestmark = pytest.mark.browser
expect = sync_api.expect


def lit(desk: Desk, look: str = "") -> str:
    """The words that glow."""
    return "".join(desk.page.locator(f"#sheet .glow{look}").all_inner_texts())


def test_a_pressed_finding_shows_both_places_in_the_paper(sit, tmp_path) -> None:
    desk = sit("jixiaoman")
    page = desk.page
    desk.upload(altered(OVERALL, tmp_path, old="县气象局", new="县气象服务局"))
    page.click("#tally [data-tab=check]")
    page.select_option("#severity", "error")
    errors = page.locator("#items > li.error:visible")
    assert errors.count() > 10

    wrong = errors.filter(has_text="外贸实绩企业达到45家").first
    wrong.locator(".name").click()
    assert lit(desk, ":not(.second)") == "外贸实绩企业达到45家"
    assert lit(desk, ".second") == "外贸实绩企业达到48家"
    main = page.locator("#sheet .glow:not(.second)")
    assert main.evaluate(IN_VIEW)
    assert "错误：表与正文数字不一" in main.get_attribute("title")
    assert "错误" in main.evaluate("piece => getComputedStyle(piece, '::before').content")
    wrong.locator("[data-place]").first.click()
    assert page.locator("#sheet .glow.second").first.evaluate(IN_VIEW)
    page.keyboard.press("o")
    page.keyboard.press("j")
    assert lit(desk)
    assert page.locator("#sheet .glow").first.evaluate(IN_VIEW)

    stood = here(desk)
    page.keyboard.press("n")
    page.fill("form.edit [name=reason]", "以附表为准")
    page.click("form.edit button.primary")
    expect(page.locator(f"#i{stood}")).to_contain_text("季小满")
    expect(page.locator(f"#i{stood}")).to_contain_text("写明不改：以附表为准")

    page.goto(page.url.partition("?")[0] + "health/")
    assert re.search(r"有\d+处错误要改.*另有1处已写明不改。", page.inner_text(".lead"))
    page.locator("table.findings a").first.click()
    page.wait_for_url(re.compile(r"tab=check"))
    assert lit(desk)
    assert desk.complaints == []


def test_without_scripts_findings_are_read_filtered_and_let_stand(sit, tmp_path) -> None:
    desk = sit("jixiaoman", java_script_enabled=False)
    page = desk.page
    desk.upload(altered(OVERALL, tmp_path, old="县统计局", new="县统计调查局"))
    page.click("#tally [data-tab=check]")
    page.wait_for_url(re.compile("tab=check"))
    everything = page.locator("#items > li.finding:visible").count()
    page.select_option("#severity", "error")
    page.click("#sift button")
    page.wait_for_url(re.compile("severity=error"))
    assert 0 < page.locator("#items > li.finding:visible").count() < everything
    page.locator("#items > li.error [data-act=waive]").first.click()
    page.fill("[name=reason]", "以附表为准")
    page.click("form.edit button.primary")
    waived = page.locator("#items > li.waived")
    expect(waived).to_contain_text("写明不改：以附表为准")
    waived.locator("button", has_text="取消不改").click()
    page.wait_for_url(re.compile(r"at=f\d+"))
    expect(waived).to_have_count(0)
    for n in range(3):
        page.locator("#items > li.warning input[name=findings]").nth(n).check()
    page.fill("#reason", "已请示")
    page.click("#waive [value=waive]")
    expect(waived).to_have_count(3)
    page.click("text=重新检查")
    expect(page.locator(".notice")).to_contain_text("已重新检查")
    expect(waived).to_have_count(3)
