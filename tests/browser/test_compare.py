"""Two plans side by side in a real browser: pressed down to both sentences, by keys, while typing, without scripts."""

import re

import pytest

from tests.apps.intake.compared import LOWER, UPPER
from tests.browser.conftest import Desk, sync_api
from tests.browser.test_clerk_walk import IN_VIEW
from tests.browser.test_every_page import PHONE, looked_over

pytestmark = pytest.mark.browser
expect = sync_api.expect
IN_PANE = """(piece) => {
  const box = piece.getBoundingClientRect(), pane = piece.closest(".pane").getBoundingClientRect();
  return box.height > 0 && box.bottom > pane.top && box.top < pane.bottom && box.top < innerHeight;
}"""


def compare(desk: Desk, place, year: str) -> None:
    """The county's plan given in (a file of its own by its `year`), the city's lent for the comparison."""
    lower, upper = place / "县方案.txt", place / "市方案.txt"
    lower.write_text(LOWER.replace("2026", year), "utf-8")
    upper.write_text(UPPER.replace("2026", year), "utf-8")
    desk.upload(lower)
    desk.page.get_by_text("与另一份对照").click()
    desk.page.set_input_files("#id_a_files", upper)
    desk.page.get_by_role("button", name="开始对照").click()
    desk.page.wait_for_selector("table.comparison")


def lit(desk: Desk, pane: str) -> str:
    return "".join(desk.page.locator(f"#{pane} .here").all_inner_texts())


def test_a_pressed_row_shows_both_sentences(sit, tmp_path) -> None:
    desk = sit("jixiaoman")
    page = desk.page
    compare(desk, tmp_path, "2027")
    assert "下级加码4项" in page.inner_text(".lead")
    expect(page.locator(".lent")).to_contain_text("市方案.txt，只用于这次对照，没有存入方案。")

    page.click("nav.tabs >> text=加码")
    row = page.locator(".comparison tbody tr", has_text="时限提前")
    address = page.url
    row.locator(".said a").last.click()
    page.wait_for_selector("#drawer:not([hidden]) .here")
    assert "11月底前建成油茶交易大厅" in lit(desk, "pa")
    assert "8月底前建成油茶交易大厅" in lit(desk, "pb")
    for pane in ("pa", "pb"):
        assert page.locator(f"#{pane} .here").first.evaluate(IN_PANE)
    assert row.evaluate(IN_VIEW)
    assert page.url == address
    assert looked_over(desk) == []

    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    assert row.locator("a").last.evaluate("link => link === document.activeElement")
    row.locator("summary").click()
    expect(row).to_contain_text("文字相近度")

    row.locator("a").last.click()
    page.locator("#pb >> text=在全文中看").click()
    page.wait_for_url(re.compile(r"/source/\?at="))
    assert page.locator(".sheet .here").first.evaluate(IN_VIEW)
    assert desk.complaints == []


def test_by_keys_and_while_typing(sit, tmp_path) -> None:
    desk = sit("jixiaoman")
    page = desk.page
    compare(desk, tmp_path, "2028")
    for wanted in ("全市林业总产值增长9%", "森林火灾受害率控制在0.9‰以内"):
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.locator("#pa .here").first).to_have_text(wanted)
        assert page.evaluate("document.activeElement.closest('#drawer') !== null")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("竹材")
    expect(page.locator(".comparison tbody tr")).to_have_count(1)
    assert "q=%E7%AB%B9%E6%9D%90" in page.url
    page.select_option("[name=result]", "dropped")
    expect(page.locator("#rows")).to_contain_text("没有符合条件的内容")
    page.reload()
    expect(page.locator("[name=result]")).to_have_value("dropped")
    page.fill("main [name=q]", "")
    expect(page.locator(".comparison tbody tr")).to_have_count(2)
    page.select_option("#relation", "years")
    page.wait_for_url(re.compile("relation=years"))
    expect(page.locator(".lead")).to_contain_text("关系由您选定")
    page.get_by_role("button", name="现在删除").click()
    page.click("#confirm [value=yes]")
    expect(page.locator(".notice")).to_contain_text("已删除这份临时文件。")
    assert desk.complaints == []


def test_without_scripts_and_on_a_phone(sit, tmp_path) -> None:
    desk = sit("jixiaoman", java_script_enabled=False, viewport=PHONE)
    page = desk.page
    lower, upper = tmp_path / "县.txt", tmp_path / "市.txt"
    lower.write_text(LOWER.replace("2026", "2029"), "utf-8")
    upper.write_text(UPPER.replace("2026", "2029"), "utf-8")
    desk.open("/plans/compare/")
    page.set_input_files("#id_a_files", upper)
    page.set_input_files("#id_b_files", lower)
    page.get_by_role("button", name="开始对照").click()
    page.wait_for_url(re.compile("/compare/.a="))
    page.select_option("[name=result]", "raised")
    page.get_by_role("button", name="查找").click()
    page.wait_for_url(re.compile("result=raised"))
    expect(page.locator(".comparison tbody tr")).to_have_count(1)
    page.locator(".said a").first.click()
    page.wait_for_url(re.compile("/places/"))
    assert (lit(desk, "pa"), lit(desk, "pb")) == ("全市林业总产值增长9%", "全县林业总产值增长11%")


def test_a_phone_and_a_sheet_of_paper(sit, tmp_path) -> None:
    desk = sit("jixiaoman", viewport=PHONE)
    page = desk.page
    compare(desk, tmp_path, "2030")
    for tab in ("指标", "任务", "加码", "未承接"):
        page.click(f"nav.tabs >> text={tab}")
        page.locator(".said a").first.click()
        page.wait_for_selector("#drawer:not([hidden]) .here")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert page.locator("#drawer .here").first.evaluate(IN_PANE)
        page.keyboard.press("Escape")
    page.emulate_media(media="print")
    for gone in (".rail", "nav.tabs", "form.filters", ".comparison details", ".rules"):
        assert page.locator(gone).first.is_hidden(), gone
    assert page.locator(".comparison .mark").first.is_visible()
