"""The manual's pictures, taken anew with LUOSHI_PICTURES=1, so that they show the product as it is.

LUOSHI_PICTURES=1 .venv/bin/pytest tests/browser/test_pictures.py     (alone: other tests leave plans behind)
"""

import io
import os
import re
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, Desk
from tests.browser.plans import BREAKDOWN, altered

Image = pytest.importorskip("PIL.Image", reason="the manual's pictures are made small with pillow")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("LUOSHI_PICTURES"), reason="LUOSHI_PICTURES=1 takes them anew"),
]
PICTURES = ROOT / "docs" / "manual" / "pictures"
LARGEST = 200_000


def take(desk: Desk, name: str) -> None:
    """The window as a PNG of 128 colours."""
    desk.page.evaluate("document.fonts.ready")
    image = Image.open(io.BytesIO(desk.page.screenshot(animations="disabled")))
    image.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)
    assert (PICTURES / f"{name}.png").stat().st_size < LARGEST


def unknown_unit(place: Path) -> Path:
    """A plan that names a unit which the register does not know."""
    return altered(BREAKDOWN, place, old="县公安局", new="县数据资源中心")


def test_pictures(sit, tmp_path) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    desk = sit("jixiaoman", viewport={"width": 1440, "height": 810})
    page = desk.page
    take(desk, "待我办")
    desk.open("/plans/upload/")
    file = unknown_unit(tmp_path)
    page.set_input_files("#files", file)
    take(desk, "上传")
    page.click("#send")
    page.wait_for_url(re.compile(r"/plans/\d+/"), timeout=60_000)
    page.wait_for_selector("#sheet .glow")
    page.mouse.move(5, 400)
    take(desk, "核对")
    review = re.search(r"/plans/\d+/", page.url).group()

    page.locator("#items > li.task:visible .name").nth(1).dblclick()
    page.wait_for_selector("form.edit")
    take(desk, "修改")
    page.keyboard.press("Escape")
    page.wait_for_selector("form.edit", state="detached")

    desk.open(f"{review}units/")
    page.locator("tr", has_text="县数据资源中心").locator("summary").click()
    take(desk, "单位对应")
    page.get_by_text("新建“县数据资源中心”").click()
    desk.open(review)
    page.check("#tick-all")
    page.click("#bulk button[value=leave]")
    page.wait_for_selector("text=疑问都定完了", state="visible")
    desk.open(f"{review}adopt/")
    take(desk, "建账")

    desk.open("/ledger/")
    take(desk, "台账")
    page.locator("#rows tbody tr:not(.group)").nth(30).locator("td:last-child a").click()
    page.wait_for_url(re.compile("/source/"))
    take(desk, "原文")
    phone = sit("sujian", viewport={"width": 390, "height": 844})
    phone.open("/ledger/")
    take(phone, "手机上的台账")


def test_pictures_of_what_follows(sit) -> None:
    desk = sit("xuwenlan", viewport={"width": 1440, "height": 810})
    desk.open("/people/")
    take(desk, "人员")
    desk.open("/plans/")
    desk.page.get_by_text("对照两份方案").first.click()
    desk.page.select_option("main select >> nth=0", index=1)
    desk.page.select_option("main select >> nth=1", index=2)
    desk.page.get_by_text("开始对照").click()
    desk.page.wait_for_selector(".comparison tbody tr")
    take(desk, "对照")
    desk.open("/reporting/")
    desk.page.locator("main td a").first.click()
    desk.page.wait_for_load_state("networkidle")
    take(desk, "一轮")
    desk.open("/lights/")
    take(desk, "预警")
    desk.open("/orders/")
    take(desk, "督办")
    desk.open("/board/wall/")
    take(desk, "挂图")
    desk.open("/board/")
    desk.page.wait_for_selector("#actions canvas")
    take(desk, "总览")
    desk.open("/bulletins/")
    desk.page.locator("main td a").first.click()
    desk.page.wait_for_load_state("networkidle")
    take(desk, "公文")
    clerk = sit("sujian", viewport={"width": 1440, "height": 810})
    clerk.open("/")
    clerk.page.get_by_text("去填报").first.click()
    clerk.page.wait_for_selector("ol.sheet-rows")
    take(clerk, "填报")
