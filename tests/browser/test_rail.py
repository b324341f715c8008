"""The rail on a telephone."""

import pytest

from tests.browser.test_every_page import PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("address", ["/", "/board/wall/", "/people/"])
def test_the_word_of_the_page_is_in_sight_on_a_telephone(sit, address: str) -> None:
    desk = sit("xuwenlan", viewport=PHONE)
    desk.open(address)
    box = desk.page.locator(".rail nav a[aria-current]").bounding_box()
    assert box["x"] >= 0
    assert round(box["x"] + box["width"]) <= PHONE["width"]
    assert desk.complaints == []
