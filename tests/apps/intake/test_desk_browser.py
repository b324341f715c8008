"""The desk under a clerk's hands, in a real Chromium: keyboard, both-way links, selected words, a late save."""

import shutil

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from luoshi.intake.models import DraftItem
from luoshi.intake.services import editing
from tests.apps.intake.plans import TEXT, received
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
    plan = received(monkeypatch, liu)
    page.goto(f"{live_server.url}/login/")
    page.fill("[name=username]", "liu")
    page.fill("[name=password]", PASSWORD)
    page.click("button.primary")
    page.goto(f"{live_server.url}/plans/{plan.pk}/?tab=task")
    expect(page.locator("#items .here .name")).to_have_text("壮大园区")
    return plan


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
