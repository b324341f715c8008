"""The desk under a clerk's hands, in a real Chromium: keyboard, both-way links, selected words, a late save."""

import shutil

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from luoshi.intake.models import DraftItem, PlanFinding
from luoshi.intake.services import checking, editing
from tests.apps.intake.plans import TEXT, finding, received
from tests.people import PASSWORD, cast

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: the desk is not driven by hand and keyboard"),
]


@pytest.fixture
def page(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the driver runs a loop in this thread
    with sync_playwright() as driver:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser.new_page(viewport={"width": 1440, "height": 900})
        browser.close()


@pytest.fixture
def desk(liu, monkeypatch, live_server, page):
    findings = [finding(PARK, "row-number", COLD), finding(COLD, "no-measure")]
    plan = received(monkeypatch, liu, findings=findings)
    page.goto(f"{live_server.url}/login/")
    page.fill("[name=username]", "liu")
    page.fill("[name=password]", PASSWORD)
    page.click("button.primary")
    page.goto(f"{live_server.url}/plans/{plan.pk}/?tab=task")
    expect(page.locator("#items .here .name")).to_have_text("壮大园区")
    return plan


PARK, COLD = "园区产值增长8%以上", "全年新建冷库3座"


def here(page: Page):
    return page.locator("#items .here .name")


def test_the_keyboard_walks_settles_takes_back_and_edits(desk, page):
    page.keyboard.press("j")
    expect(here(page)).to_have_text("补齐短板")
    expect(page.locator("#sheet .glow").first).to_contain_text("2.补齐短板")
    page.keyboard.press("y")
    expect(page.locator("#tally")).to_contain_text("1/1 已定")
    page.keyboard.press("u")
    expect(page.locator("#tally")).to_contain_text("0/1 已定")
    page.keyboard.press("Enter")
    page.fill("form.edit [name=heading]", "建好冷库")
    page.click("form.edit button.primary")
    expect(page.locator("#items")).to_contain_text("建好冷库")
    page.reload()
    expect(page.locator("#items")).to_contain_text("建好冷库")


def test_a_pressed_sentence_shows_its_item_and_selected_words_become_one(desk, page):
    page.locator("#sheet .indicator", has_text="园区产值增长8%以上").click()
    expect(here(page)).to_have_text("园区产值")
    start = TEXT.index("全年新建冷库3座")
    page.evaluate(
        """() => {
            const piece = [...document.querySelectorAll('#sheet .m')].find((p) => p.textContent.includes('冷库'));
            const at = piece.firstChild.data.indexOf('全年');
            getSelection().setBaseAndExtent(piece.firstChild, at, piece.firstChild, at + 8);
            document.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
        }"""
    )
    page.click("#pick [data-kind=indicator]")
    expect(page.locator("form.edit .quote, .item.editing .quote")).to_contain_text("全年新建冷库3座")
    added = DraftItem.objects.get(plan=desk, kind="indicator", start=start)
    assert TEXT[added.start : added.end] == "全年新建冷库3座"


def test_a_late_press_is_told_who_was_first_and_shows_what_stands_now(desk, page):
    zhao = cast("zhao", "赵科员", "青禾县人民政府办公室", "office")
    item = DraftItem.objects.get(plan=desk, kind="task", data__heading="壮大园区")
    editing.edit_item(item, {"heading": "赵科员的写法"}, 1, zhao.actor)
    page.keyboard.press("d")
    expect(page.locator("#toasts")).to_contain_text("赵科员")
    expect(page.locator(f"#i{item.pk} .name")).to_have_text("赵科员的写法")


@pytest.fixture
def checks(desk, page):
    """The tab of the checks, standing on the first finding."""
    page.click("#tally [data-tab=check]")
    page.keyboard.press("j")
    expect(here(page)).to_have_text("表与正文数字不一")
    return desk


def glowing(page: Page, look: str = ""):
    return page.locator(f"#sheet .glow{look}")


def test_a_pressed_finding_lights_its_sentence_and_the_other_place(checks, page):
    expect(glowing(page, ":not(.second)")).to_have_text([PARK])
    expect(glowing(page, ".second")).to_have_text([COLD])
    page.click("#items .here [data-place]")
    expect(glowing(page, ".second")).to_be_in_viewport()
    page.locator("#items .finding .name", has_text="没有数量也没有时限").click()
    expect(glowing(page)).to_have_text([COLD])


def test_a_pressed_mark_shows_its_finding_in_turn_and_leads_to_the_item(checks, page):
    page.locator("#sheet .finding", has_text=COLD).click()
    expect(here(page)).to_have_text("没有数量也没有时限")
    page.locator("#sheet .finding", has_text=COLD).click()
    expect(here(page)).to_have_text("表与正文数字不一")
    page.click("#items .here .tie")
    expect(here(page)).to_have_text("园区产值")
    page.click("#items .here .flag")
    expect(here(page)).to_have_text("表与正文数字不一")


def test_by_keys_a_finding_is_waived_with_a_reason_and_taken_back(checks, page):
    page.keyboard.press("n")
    page.wait_for_selector("form.edit")
    page.keyboard.type("以正文为准")
    page.keyboard.press("Enter")
    expect(page.locator("#items .finding.waived")).to_contain_text("刘主任")
    expect(page.locator("#items .finding.waived")).to_contain_text("写明不改：以正文为准")
    expect(page.locator("#tally [data-tab=check]")).to_contain_text("1")
    expect(here(page)).to_have_text("没有数量也没有时限")
    page.keyboard.press("k")
    page.keyboard.press("u")
    expect(page.locator("#items .finding.waived")).to_have_count(0)
    page.keyboard.press("w")
    expect(page.locator("#items .here .why p")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_selector("form.edit")
    page.keyboard.press("Escape")
    expect(page.locator("form.edit")).to_have_count(0)
    assert not PlanFinding.objects.exclude(waived_at=None).exists()


def test_filters_hold_over_a_bulk_and_a_reload(checks, page):
    page.select_option("#severity", "error")
    expect(page.locator("#items .finding:visible")).to_have_count(1)
    page.check("[data-tick=findings]")
    page.fill("#reason", "已请示")
    page.click("#waive [value=waive]")
    expect(page.locator("#items .finding:visible")).to_contain_text("写明不改：已请示")
    expect(page.locator("#severity option[value=waived]")).to_have_text("已写明不改（1）")
    page.reload()
    expect(page.locator("#items .finding:visible")).to_have_count(1)
    page.select_option("#severity", "hint")
    expect(page.locator("#items .finding:visible .name")).to_have_text(["没有数量也没有时限"])
    assert "severity=hint" in page.get_attribute("#findings-export", "href")


def test_a_waiver_that_comes_too_late_is_told_and_shows_what_stands(checks, page):
    zhao = cast("zhao", "赵科员", "青禾县人民政府办公室", "office")
    page.keyboard.press("n")
    page.wait_for_selector("form.edit")
    found = PlanFinding.objects.get(plan=checks, code="row-number")
    checking.waive(checks, [found.pk], "以附表为准", zhao.actor)
    page.keyboard.type("以正文为准")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("赵科员")
    expect(page.locator(f"#i{found.key}")).to_contain_text("写明不改：以附表为准")
