"""What units said can be found: the latest words of each, by whom they are shown to."""

from luoshi.ledger.models import SearchText
from luoshi.ledger.searching import find
from tests.people import Member
from tests.reporting import Ledger, fill_all, lines


def test_the_latest_words_are_found_and_older_ones_are_not(
    county: Ledger, liu: Member, wang: Member, outsider: Member
) -> None:
    for period in ("2026年2月", "2026年3月"):
        round = county.round(liu.actor, period)
        fill_all(round, county.wang, wang.actor)
    asked = len(lines(round, county.wang, wang.actor))
    assert SearchText.objects.filter(kind="report").count() == asked == 3
    assert find(liu.actor, "按计划推进").counts == {"report": asked}
    assert find(outsider.actor, "按计划推进").counts == {}


def test_a_sheet_is_one_press_from_what_was_found(as_, county: Ledger, liu: Member, wang: Member) -> None:
    round = county.round(liu.actor)
    fill_all(round, county.wang, wang.actor)
    html = as_(liu).get("/ledger/search/", {"q": "按计划推进"}).content.decode()
    assert f"/reporting/rounds/{round.pk}/units/{county.wang.pk}/#row" in html
