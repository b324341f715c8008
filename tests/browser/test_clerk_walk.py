"""The clerk's morning in a real browser: from the issued file to a ledger row that glows in its sentence."""

import re

import pytest

from tests.browser.conftest import Desk, sync_api
from tests.browser.plans import OVERALL, altered

pytestmark = pytest.mark.browser
expect = sync_api.expect

IN_VIEW = """(piece) => {
  const box = piece.getBoundingClientRect(), pane = (piece.closest(".sheet") || document.body).getBoundingClientRect();
  return box.height > 0 && box.bottom > Math.max(0, pane.top) && box.top < Math.min(innerHeight, pane.bottom);
}"""


def here(desk: Desk) -> str:
    """The id of the item stood on."""
    return desk.page.locator("#items > li.here").get_attribute("id").removeprefix("i")


def settled(desk: Desk) -> tuple[int, int]:
    """(questions answered, questions asked), as the tab says."""
    words = desk.page.inner_text("#tally a[data-tab=doubt] b")
    done, asked = re.fullmatch(r"(\d+)/(\d+) 已定", words).groups()
    return int(done), int(asked)


def glowing(desk: Desk, item: str) -> None:
    """The sentence of the item glows, no other does, and its beginning is in view."""
    pieces = desk.page.locator("#sheet .glow")
    claimed = pieces.evaluate_all("pieces => pieces.map(piece => piece.dataset.i.split(' '))")
    assert claimed
    assert all(item in ids for ids in claimed)
    assert pieces.first.evaluate(IN_VIEW)


def test_from_the_issued_file_to_the_ledger(sit, tmp_path) -> None:
    desk = sit("jixiaoman")
    page = desk.page
    desk.upload(altered(OVERALL, tmp_path, old="县气象局", new="县雷达观测站"))

    both_ways(desk)
    by_keys(desk)
    in_bulk(desk)

    page.click("nav.steps >> text=单位对应")
    strange = page.locator("tr", has_text="县雷达观测站")
    assert "名录里没有" in strange.inner_text()
    assert "还有1个要由您说明" in page.inner_text(".lead")
    strange.locator("input[type=checkbox][form=names]").check()
    page.click("button[value=create]")
    page.wait_for_selector("text=都已对应到名录")

    page.click("text=下一步：建账")
    page.click("main button.primary")
    page.click("#confirm [value=yes]")
    page.wait_for_url(re.compile(r"/ledger/"))
    to_the_sentence(desk)
    assert desk.complaints == []


def both_ways(desk: Desk) -> None:
    """Press an item: its sentence glows. Press a sentence: its item is stood on, on a tab that shows it."""
    page = desk.page
    page.click("#tally a[data-tab=task]")
    for item in (page.locator("#items > li.task").nth(n) for n in (40, 3)):
        item.locator(".kind").click()
        assert item.get_attribute("id") == f"i{here(desk)}"
        glowing(desk, here(desk))
    marked = page.locator("#sheet .m.indicator").nth(30)
    marked.scroll_into_view_if_needed()
    marked.click()
    assert here(desk) in marked.get_attribute("data-i").split()
    stood_on = page.locator("#items > li.here")
    expect(stood_on).to_be_in_viewport()
    assert stood_on.evaluate("item => item.classList.contains('indicator')")
    glowing(desk, here(desk))


def by_keys(desk: Desk) -> None:
    """J and K walk, Y settles and walks on, U takes it back."""
    page = desk.page
    page.click("#tally a[data-tab=doubt]")
    page.locator("#items > li.asks .kind").first.click()
    first, (done, asked) = here(desk), settled(desk)
    page.keyboard.press("j")
    second = here(desk)
    assert second != first
    glowing(desk, second)
    page.keyboard.press("k")
    assert here(desk) == first
    page.keyboard.press("y")
    expect(page.locator(f"#i{first}")).to_have_class(re.compile("done"))
    expect(page.locator("#items > li.here")).to_have_id(f"i{second}")
    assert settled(desk)[0] > done
    page.keyboard.press("u")
    expect(page.locator(f"#i{first}")).to_have_class(re.compile("asks"))
    assert settled(desk) == (done, asked)


def in_bulk(desk: Desk) -> None:
    """All lists that end in 等 in one press, then one kind of question, then all that are left."""
    page = desk.page
    done, _ = settled(desk)
    page.click("#lists button")
    expect(page.locator("#lists")).to_be_hidden()
    assert settled(desk)[0] > done
    expect(page.locator("#about")).to_be_visible()
    kind = page.locator("#about option:not([disabled])").nth(1).get_attribute("value")
    page.select_option("#about", kind)
    done, asked = settled(desk)
    page.check("#tick-all")
    page.click("#bulk button[value=leave]")
    expect(page.locator(f"#about option[value='{kind}']")).to_be_disabled()
    assert done < settled(desk)[0] < asked
    page.check("#tick-all")
    page.click("#bulk button[value=confirm]")
    expect(page.get_by_text("疑问都定完了")).to_be_visible()
    assert settled(desk) == (asked, asked)


def to_the_sentence(desk: Desk) -> None:
    """A row of the ledger is one press away from its glowing sentence."""
    page = desk.page
    row = page.locator("#rows tbody tr:not(.group)").nth(60)
    words = row.locator("td").nth(1).locator("a").inner_text().rstrip("…")
    row.locator("td:last-child a").click()
    page.wait_for_url(re.compile("/source/"))
    lit = page.locator(".sheet .here")
    assert words in "".join(lit.all_inner_texts())
    assert lit.first.evaluate(IN_VIEW)
