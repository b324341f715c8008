"""One round through the pages: opened, filled and sent by two units, collated, accepted or returned, closed and frozen."""

import hashlib

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.reporting.models import Figure, Report, Round
from tests.people import Member
from tests.reporting import Ledger, fields, ledger


def client(member: Member) -> Client:
    """A browser of one's own."""
    own = Client()
    own.force_login(member.account)
    return own


@pytest.fixture
def county(liu: Member, wang: Member, li: Member) -> Ledger:
    return ledger(wang, li)


def test_a_round_from_opening_to_freezing(liu: Member, wang: Member, li: Member, county: Ledger) -> None:
    office, lead, support = client(liu), client(wang), client(li)
    today = timezone.localdate()
    answer = office.post(
        "/reporting/open/",
        {"plan": county.plan.pk, "rhythm": "月", "day": f"{today.year}-01-15", "due": today.isoformat()},
    )
    round = Round.objects.get()
    assert answer.headers["Location"] == f"/reporting/rounds/{round.pk}/"
    html = office.get(answer.headers["Location"]).content.decode()
    assert "2个单位，应报5项，已报0项，2个单位还没有报" in html

    # the lead unit fills two rows and sends; the third is not ready and says why
    address = f"/reporting/rounds/{round.pk}/units/{county.wang.pk}/"
    html = lead.get(address).content.decode()
    sent = fields(html)
    first, second, third = Report.objects.filter(unit=county.wang).order_by("order")
    figures = list(Figure.objects.filter(report=first).order_by("pk"))
    sent |= {f"r{first.pk}-percent": "20", f"r{first.pk}-done": "开工4个项目。", f"f{figures[0].pk}-value": "4", f"f{figures[1].pk}-value": "7.6"}  # fmt: skip
    sent |= {f"r{second.pk}-done": "配合选址。"}
    html = lead.post(address, {**sent, "do": "submit"}, follow=True).content.decode()
    assert "已提交2项。" in html
    assert "还有1项没有提交，原因写在各行里。" in html
    third.refresh_from_db()
    assert third.state == "draft"

    # the supporting unit sends its share of the first task; the lead unit collates it
    address = f"/reporting/rounds/{round.pk}/units/{county.li.pk}/"
    sent = fields(support.get(address).content.decode())
    shared = Report.objects.get(unit=county.li, task=first.task)
    support.post(address, {**sent, f"r{shared.pk}-done": "完成用地审查。", "do": "submit"})
    page = f"/reporting/rounds/{round.pk}/collate/"
    assert "完成用地审查。" in lead.get(page).content.decode()
    lead.post(page, {"do": "take", "pick": shared.pk})
    shared.refresh_from_db()
    assert shared.state == "collated"

    # the office returns one with a reason and accepts the rest in one press
    page = f"/reporting/rounds/{round.pk}/review/"
    assert "3项等您采用" in office.get(page).content.decode()
    office.post(page, {"back": second.pk, f"reason-{second.pk}": "请写明选址结果"})
    office.post(page, {"do": "rest"})
    assert [Report.objects.get(pk=r.pk).state for r in (first, second, shared)] == [
        "accepted",
        "returned",
        "accepted",
    ]
    html = lead.get(f"/reporting/rounds/{round.pk}/units/{county.wang.pk}/").content.decode()
    assert "退回理由：请写明选址结果" in html

    # closed and frozen: what is downloaded has the hash on the page; the lock says why
    html = office.post(f"/reporting/rounds/{round.pk}/close/", follow=True).content.decode()
    frozen = office.get(f"/reporting/rounds/{round.pk}/snapshots/1.json").content
    assert hashlib.sha256(frozen).hexdigest()[:12] in html
    html = lead.get(f"/reporting/rounds/{round.pk}/units/{county.wang.pk}/").content.decode()
    assert "已锁定，如需修改，请联系综合协调组（政府办）或专班办公室" in html
