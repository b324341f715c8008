"""The small pieces of every page."""

import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from luoshi.ui.templatetags.ui import day, moment

THIS_YEAR = timezone.localdate().year


def written(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (dt.date(2024, 3, 25), "2024年3月25日(周一)"),
        (dt.date(2019, 12, 1), "2019年12月1日(周日)"),
        (dt.datetime(2024, 3, 24, 17, 30, tzinfo=dt.UTC), "2024年3月25日(周一)"),
        (None, ""),
    ],
)
def test_day(value: dt.date | None, printed: str) -> None:
    assert day(value) == printed


def test_the_year_is_left_out_when_it_is_this_one() -> None:
    assert day(dt.date(THIS_YEAR, 3, 25)).startswith("3月25日(周")


def test_moment_is_told_in_local_time() -> None:
    assert moment(dt.datetime(2024, 3, 24, 17, 5, tzinfo=dt.UTC)) == "2024年3月25日(周一) 01:05"
    assert moment(None) == ""


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{% doubt 3 %}", '<span class="doubt">3处疑问</span>'),
        ("{% doubt 0 %}", ""),
        ("{% doubt 2 '个待确认' %}", '<span class="doubt">2个待确认</span>'),
    ],
)
def test_doubt(text: str, printed: str) -> None:
    assert written(text) == printed


def test_empty_says_what_to_do_next() -> None:
    html = written("{% empty '还没有方案' '请上传。' '/plans/upload/' '上传' %}")
    assert "还没有方案" in html
    assert '<a class="button primary" href="/plans/upload/">上传</a>' in html
    assert "<a" not in written("{% empty '没有' %}")


def test_pages_keep_the_filters() -> None:
    request = RequestFactory().get("/units/?q=交通&page=2")
    page = Paginator(range(250), 100).get_page(2)
    html = written("{% pages page %}", page=page, request=request)
    assert "第2页，共3页、250条" in html
    assert 'href="?q=%E4%BA%A4%E9%80%9A&amp;page=1"' in html
    single = written("{% pages page %}", page=Paginator(range(5), 100).get_page(1), request=request)
    assert not single.strip()


def test_what_people_write_is_never_markup() -> None:
    assert "<script" not in written("{% empty title %}", title="<script>alert(1)</script>")
    assert "<b" not in written("{% doubt 1 word %}", word="<b>")
