"""A leader's forty seconds, on a phone: five items before a scroll, each one press from where it comes from."""

import pytest

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("who", ["luhuaiyuan", "shenyizhou", "guqinglan"])
def test_five_items_before_a_scroll(sit, who: str) -> None:
    desk = sit(who)
    desk.page.set_viewport_size(PHONE)
    desk.open("/")
    tops = desk.page.eval_on_selector_all(".item", "all => all.map(one => one.getBoundingClientRect().top)")
    assert 1 <= sum(top < PHONE["height"] for top in tops) <= 5
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for section in ("needs", "red", "moved"):
        items = desk.page.locator(f"#{section} .item")
        assert items.count() <= 5
    addresses = desk.page.eval_on_selector_all(
        ".item a, .more a", "all => all.map(one => one.getAttribute('href'))"
    )
    for address in dict.fromkeys(addresses):
        assert desk.page.request.get(desk.served.url + address).status == 200, address
    assert desk.complaints == []
