"""挂图 in a real Chromium: the big screen through a night of refreshes, charts as canvas, picture and vector, without script too."""

import re

import pypdfium2
import pytest

from tests.browser.conftest import Desk
from tests.browser.test_every_page import PHONE, looked_over

pytestmark = pytest.mark.browser

REFRESHES = 200
REFRESH = """(n) => new Promise((done) => {
  let left = n;
  const again = () => {
    if (left-- === 0) { document.removeEventListener("wall:refreshed", again); done(); return; }
    if (window.forget) document.querySelector("#shown").dataset.hash = "old";
    document.dispatchEvent(new Event("wall:refresh"));
  };
  document.addEventListener("wall:refreshed", again);
  again();
})"""


def weight(desk: Desk) -> tuple[int, float]:
    """Nodes alive and megabytes of script, after the rubbish is gone: what the last frame still holds goes with the next."""
    session = desk.page.context.new_cdp_session(desk.page)
    for _ in range(3):
        desk.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
        session.send("HeapProfiler.collectGarbage")
    counters = session.send("Memory.getDOMCounters")
    heap = session.send("Runtime.getHeapUsage")
    session.detach()
    return counters["nodes"], heap["usedSize"] / 2**20


def narrowed(desk: Desk) -> str:
    """The address of the big screen for one unit: small, so that hundreds of refreshes take seconds."""
    desk.open("/board/wall/")
    unit = desk.page.locator("select[name=unit] option").nth(3).get_attribute("value")
    return f"/board/wall/screen/?unit={unit}"


def test_a_night_of_refreshes_leaves_nothing_behind(sit) -> None:
    desk = sit("xuwenlan")
    desk.open(narrowed(desk))
    page = desk.page
    page.evaluate("window.forget = true")  # every answer is a whole picture that replaces the one before
    page.evaluate(REFRESH, 20)
    nodes, heap = weight(desk)
    page.evaluate(REFRESH, REFRESHES)
    later, more = weight(desk)
    assert later <= nodes * 1.05 + 50, (nodes, later)
    assert more <= heap + 3, (heap, more)
    assert desk.complaints == []


def test_nothing_is_touched_while_nothing_changed(sit) -> None:
    desk = sit("xuwenlan")
    desk.open(narrowed(desk))
    page = desk.page
    page.evaluate("document.querySelector('#shown').kept = true")
    page.evaluate(REFRESH, 5)
    assert page.evaluate("document.querySelector('#shown').kept") is True
    assert re.search(r"\d\d:\d\d刷新", page.inner_text("#stamp"))


def test_it_says_when_it_could_not_ask_and_when_the_log_in_is_over(sit) -> None:
    desk = sit("xuwenlan")
    desk.open(narrowed(desk))
    page = desk.page
    page.context.set_offline(True)
    page.evaluate(REFRESH, 1)
    assert "连不上服务器" in page.inner_text("#trouble")
    assert "画面停在" in page.inner_text("#trouble")
    assert page.locator("table.wall tr.first").count() > 0
    page.context.set_offline(False)
    page.evaluate(REFRESH, 1)
    assert page.is_hidden("#trouble")
    page.route("**/wall/screen/**", lambda route: route.fulfill(status=502, body=""))
    page.evaluate(REFRESH, 1)
    assert "服务器没有办成" in page.inner_text("#trouble")
    page.unroute("**/wall/screen/**")
    page.context.clear_cookies()
    page.evaluate(REFRESH, 1)
    assert "登录已过期" in page.inner_text("#trouble")
    page.click("#trouble a")
    page.fill("#id_username", "xuwenlan")
    page.fill("#id_password", desk.served.password)
    page.click("button.primary")
    page.wait_for_selector("#stage")


def test_pages_turn_by_key_and_rest_on_demand(sit) -> None:
    desk = sit("xuwenlan", viewport={"width": 1920, "height": 1080})
    desk.open("/board/wall/screen/")
    page = desk.page
    first = page.inner_text("#band")
    assert "第1页" in first
    page.keyboard.press("ArrowRight")
    assert "第2页" in page.inner_text("#band")
    seen = page.evaluate(
        "() => {const s=document.querySelector('#stage'), h=s.querySelector('thead').offsetHeight;"
        "return [...s.querySelectorAll('tr.first, tr.group')].some(r => Math.abs(r.getBoundingClientRect().top - s.getBoundingClientRect().top - h) < 4)}"
    )
    assert seen  # a page begins with a whole row under the head
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#band") == first
    page.keyboard.press("ArrowLeft")
    assert "第1页" not in page.inner_text("#band")
    page.keyboard.press(" ")
    assert page.get_attribute("#pause", "aria-pressed") == "true"
    assert page.inner_text("#pause") == "继续"
    small = page.evaluate(
        "() => Math.min(...[...document.querySelectorAll('#stage *')].filter(e => e.childElementCount === 0 && e.textContent.trim())"
        ".map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert small >= 16


def test_whoever_asked_for_less_motion_turns_by_hand(sit) -> None:
    desk = sit("xuwenlan", reduced_motion="reduce")
    desk.open("/board/wall/screen/")
    assert desk.page.get_attribute("#pause", "aria-pressed") == "true"


@pytest.mark.parametrize("dark", [False, True])
def test_the_screen_can_be_read_by_everybody(sit, dark: bool) -> None:
    desk = sit("xuwenlan")
    desk.open(narrowed(desk))
    if dark:
        desk.page.click("#dark")
    assert looked_over(desk) == []


def test_charts_are_drawn_and_saved(sit) -> None:
    desk = sit("xuwenlan")
    desk.open("/board/")
    page = desk.page
    page.wait_for_selector("#actions canvas")
    assert page.locator(".chart canvas").count() == page.locator("[data-chart]").count() >= 5
    with page.expect_download() as png:
        page.click("#actions [data-save=png]")
    assert png.value.suggested_filename.endswith(".png")
    assert png.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as svg:
        page.click("#months [data-save=svg]")
    text = svg.value.path().read_text("utf-8")
    assert text.startswith("<svg")
    assert "达到序时" in text  # words stay words
    assert "<pattern" in text  # and colours have patterns
    assert desk.complaints == []


def test_without_script_the_sentence_and_the_table_are_there(sit) -> None:
    desk = sit("xuwenlan", java_script_enabled=False)
    desk.open("/board/")
    page = desk.page
    assert page.locator("figcaption").count() >= 5
    page.click("#actions summary")
    assert page.is_visible("#actions table")
    assert page.locator("#actions .chart").is_hidden()


@pytest.mark.parametrize(
    "address", ["/board/", "/board/?large=1", "/board/silence/", "/board/wall/?light=late"]
)
def test_a_phone_shows_it_all(sit, address: str) -> None:
    desk = sit("xuwenlan", viewport=PHONE)
    desk.open(address)
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_row_leads_to_its_task(sit) -> None:
    desk = sit("xuwenlan")
    desk.open("/board/wall/")
    page = desk.page
    page.locator("tr.first td.cell").first.click()
    page.wait_for_url(re.compile(r"/ledger/tasks/\d+/"))
    assert desk.complaints == []


def test_printed_the_tables_are_unfolded(sit) -> None:
    desk = sit("xuwenlan")
    desk.open("/board/")
    page = desk.page
    page.wait_for_selector("#actions canvas")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.is_visible("#actions table")
    assert page.is_hidden(".board-tools >> nth=0")


def test_the_chart_prints_on_a3_from_the_browser_too(sit, tmp_path) -> None:
    desk = sit("xuwenlan")
    desk.open(narrowed(desk).replace("/screen", ""))
    made = tmp_path / "wall.pdf"
    desk.page.pdf(path=made, prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(made)
    assert [round(side * 25.4 / 72) for side in document[0].get_size()] == [420, 297]
    document.close()
