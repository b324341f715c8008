"""One year's beginning with the calendar: the office confirms a plan's rhythms once; the watch does the rest; a unit finds its sheet, a
leader keeps a duty in time, another late; nobody else learns of it."""

import datetime as dt
import re

import pytest
from django.test import Client

from luoshi.dispatch.models import Duty
from luoshi.org.models import Post, Unit
from luoshi.reporting.models import Round
from tests.apps.dispatch.test_pages import form_of
from tests.dispatch import on, plan_of, watch
from tests.people import cast

pytestmark = pytest.mark.django_db


def page(member, address: str, **sent: object) -> str:
    client = Client()
    client.force_login(member.account)
    answer = client.post(address, sent, follow=True) if sent else client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def link(html: str, words: str) -> str:
    """Where the link with these words leads."""
    found = re.search(rf'<a[^>]*href="([^"]+)"[^>]*>(?:(?!</a>).)*{words}', html, re.S)
    assert found, words
    return found[1].replace("&amp;", "&")


def test_from_one_confirmation_to_the_end_of_a_month(liu, wang, li) -> None:
    mayor = cast("mayor", "陆怀远", "青禾县人民政府", "leader")
    deputy = cast("deputy", "沈亦舟", "青禾县人民政府", "leader")
    Post.objects.filter(person=mayor.account.person).update(title="县长")
    Post.objects.filter(person=deputy.account.person).update(title="常务副县长")
    rows = [
        {"actor": "各专班", "activity": "调度", "every": "旬", "quote": "旬调度"},
        {"actor": "县长", "activity": "调度", "every": "月", "quote": "县长每月调度一次"},
        {
            "actor": "常务副县长",
            "activity": "调度",
            "every": "月",
            "quote": "常务副县长至少每月调度一次",
            "at_least": True,
        },
        {"actor": "各部门主要负责人", "activity": "调度", "every": "定期", "quote": "定期调度"},
    ]
    with on(dt.date(2026, 1, 12)):
        plan_of(rows, Unit.objects.get(pk=wang.actor.unit_id))
        calendar = page(liu, "/calendar/")
        address = link(calendar, "去确认日程")
        confirm = page(liu, address)
        assert "其中1处要您定" in confirm
        assert "县长每月调度一次" in confirm
        assert '1月：<span class="nowrap">1月30日(周五)' in confirm
        assert "已确认4个节奏，其中3个排入日程" in page(liu, address, **form_of(confirm))
        assert "由政府办确认" not in page(wang, address)

    watch(dt.date(2026, 1, 12), dt.date(2026, 1, 15))
    with on(dt.date(2026, 1, 16)):
        assert "1月中旬填报截止" in page(wang, "/calendar/?month=2026-01")
        assert "1月中旬填报截止" not in page(li, "/calendar/?month=2026-01")  # has no share in the plan
        home = page(wang, "/")
        assert "2026年1月中旬填报，1项待填报" in home
        assert Round.objects.get().due == dt.date(2026, 1, 20)
        assert page(wang, link(home, "去填报"))

    watch(dt.date(2026, 1, 16), dt.date(2026, 1, 28))
    with on(dt.date(2026, 1, 28)):
        home = page(mayor, "/")
        duty = link(home, "2026年1月调度")
        shown = page(mayor, duty)
        assert "只有本人（本单位）和政府办看得到。" in shown
        assert "县长每月调度一次" in shown
        assert "用<a" in shown  # the numbers of the last round
        assert "已登记完成" in page(mayor, f"{duty}keep/", on="2026-01-28", note="研究三件事")
        assert "2026年1月调度" not in page(mayor, "/")

    watch(dt.date(2026, 1, 29), dt.date(2026, 2, 2))
    with on(dt.date(2026, 2, 2)):
        county = page(liu, "/calendar/?month=2026-01&view=county")
        assert "逾期未办" in county
        for member in (wang, li, mayor):
            others = page(member, "/calendar/?month=2026-01&view=county")
            assert "逾期未办" not in others
            assert "已完成" not in others
        late = page(deputy, "/calendar/duties/")
        assert "逾期未办" in late
        (key,) = re.findall(r'name="duty" value="(\d+)"', late)[:1]
        assert "已登记1项完成" in page(deputy, "/calendar/duties/keep/", duty=key, on="2026-02-02", note="")
        assert "逾期完成" in page(deputy, "/calendar/duties/")
    states = Duty.objects.filter(since=dt.date(2026, 1, 1)).order_by("person__name")
    assert [duty.word(dt.date(2026, 2, 2)) for duty in states] == ["逾期完成", "已完成"]
