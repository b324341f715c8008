"""灯规则: dated data of the county; a new set is tried out, laid down for a day to come, and never touches the past."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.core.flow.actor import BUSINESS_POSTS, POSTS
from luoshi.core.progress.rules import LEVELS, shipped
from luoshi.journal.moves import Denied
from luoshi.supervision.models import LightRule
from luoshi.supervision.queries import lights
from luoshi.supervision.queries.rules import preview
from luoshi.supervision.rule_form import RuleForm, initial_rule
from luoshi.supervision.services import ruling
from tests.apps.supervision import test_lights
from tests.apps.supervision.test_lights import DAY, line, put
from tests.people import Member, cast
from tests.reporting import Ledger

TODAY = timezone.localdate
book = test_lights.book


def filled(**more: object) -> dict[str, object]:
    """The form as it stands when it is opened, with a ground, from tomorrow on."""
    said = {name: str(value) for name, value in initial_rule(shipped()[0]).items()}
    tomorrow = (TODAY() + dt.timedelta(days=1)).isoformat()
    return (
        said | {"title": "青禾县灯规则", "basis": "县政府办通知", "valid_from": tomorrow, "do": "save"} | more
    )


def rule(liu: Member, since: dt.date, **more: object) -> LightRule:
    """A set that is in force since a day, whenever it was laid down."""
    form = RuleForm(filled(**more))
    assert form.is_valid(), form.errors
    made = ruling.lay_down(form.rule(), by=liu.actor)
    LightRule.objects.filter(pk=made.pk).update(valid_from=since)
    return LightRule.objects.get(pk=made.pk)


def test_a_set_counts_from_its_day_and_the_receipt_names_it(book: Ledger, liu: Member) -> None:
    put("新开工项目", "9")  # five points below the half year
    assert line(book, liu, "新开工项目").light.level == "behind"
    rule(liu, DAY, progress="3", **{"bad-word": "重点督办", "bad-colour": "red"})
    found = line(book, liu, "新开工项目").light
    assert (found.level, found.look.word) == ("bad", "重点督办")
    assert found.receipt.rule == f"本地1号@{DAY.isoformat()}"
    before = line(book, liu, "新开工项目", DAY - dt.timedelta(days=1)).light
    assert (before.level, before.receipt.rule) == ("behind", "default@2000-01-01")
    rule(liu, DAY + dt.timedelta(days=5), progress="30")
    assert line(book, liu, "新开工项目").light.level == "bad"  # the day in between keeps its own
    assert line(book, liu, "新开工项目", DAY + dt.timedelta(days=5)).light.level == "behind"
    assert {row.light.receipt.rule for row in lights.lines_of_task(book.tasks[0], DAY)} == {
        found.receipt.rule
    }


def test_a_preview_counts_what_would_change_and_keeps_nothing(
    book: Ledger,
    liu: Member,
    as_,
) -> None:
    put("新开工项目", "9")
    form = RuleForm(filled(progress="3"))
    assert form.is_valid()
    found = preview(liu.actor, form.rule().rules, DAY)
    changed = {c.before.name: (c.before.light.level, c.after.light.level) for c in found.changed}
    assert changed["新开工项目"] == ("behind", "bad")
    assert found.moves == [("滞后和临期", "严重滞后和逾期", len(changed))]
    assert found.judged == len(changed) < found.total
    html = (
        as_(liu)
        .post("/lights/rules/new/", filled(do="preview", **{"waiting-word": "没到期"}))
        .content.decode()
    )
    assert "会变" in html
    assert "还没有保存" in html
    assert not LightRule.objects.exists()


def test_from_the_form_to_the_lights_and_back(as_, liu: Member) -> None:
    client = as_(liu)
    assert "本地的规则" in client.get("/lights/rules/").content.decode()
    assert (
        'value="10"' in client.get("/lights/rules/new/").content.decode()
    )  # what is in force stands in the fields
    assert 'value="30"' in client.get("/lights/rules/new/?like=yinchuan@2025-03-01").content.decode()
    assert client.post("/lights/rules/new/", filled(progress="15")).status_code == 302
    made = LightRule.objects.get()
    assert (made.progress, made.basis, made.person_name) == (Decimal(15), "县政府办通知", "刘主任")
    assert "还没有起用" in client.get("/lights/rules/").content.decode()
    again = client.post("/lights/rules/new/", filled())
    assert "这一天已经有一套新规则" in again.content.decode()
    assert client.post(f"/lights/rules/{made.pk}/withdraw/", {"note": "改期再定。"}).status_code == 302
    assert lights.own_rules(liu.actor.government_id) == ()
    old = rule(liu, TODAY())
    assert client.get(f"/lights/rules/{old.pk}/withdraw/").status_code == 409
    with pytest.raises(Denied, match="会改变以前的灯"):
        ruling.withdraw(old, "想改", by=liu.actor)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("basis", "", "请写明依据"),
        ("valid_from", TODAY().isoformat(), "要从明天或以后"),
        ("valid_from", "1999-01-01", "要从明天或以后"),
        ("progress", "很多", "请填写0到100的数"),
        ("progress", "-1", "请填写0到100的数"),
        ("grace", "50", "宽限不能大于"),
        ("near_workdays", "3.5", "0到60的整数"),
        ("silent-colour", "red", "请从列出的选项中选择"),
        ("waiting-colour", "green", "请从列出的选项中选择"),
        ("bad-word", "", "每一档灯都要有名称"),
        ("ok-shape", "<b>", "请从列出的选项中选择"),
        ("title", "长" * 41, "不能超过40个字"),
        ("time", "x", "请从列出的选项中选择"),
    ],
)
def test_what_cannot_stand_is_refused_in_a_sentence(
    as_, liu: Member, field: str, value: str, says: str
) -> None:
    answer = as_(liu).post("/lights/rules/new/", filled(**{field: value}))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not LightRule.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("post", POSTS)
def test_who_sees_and_who_lays_down(post: str, liu: Member, outsider: Member) -> None:
    made = rule(liu, TODAY() + dt.timedelta(days=9))
    client = Client()
    client.force_login(cast("someone", "某人", "青禾县某局", post).account)
    seen, rules = post in BUSINESS_POSTS, post == "office"
    assert client.get("/lights/rules/").status_code == (200 if seen else 404)
    assert client.get("/lights/rules/new/").status_code == (200 if rules else 403)
    assert client.get(f"/lights/rules/{made.pk}/withdraw/").status_code == (
        200 if rules else 403 if seen else 404
    )
    client.force_login(outsider.account)
    assert "青禾县灯规则" not in client.get("/lights/rules/").content.decode()
    assert client.post(f"/lights/rules/{made.pk}/withdraw/", {"note": "x"}).status_code == 404


def test_every_level_has_its_words() -> None:
    form = RuleForm()
    assert len(form.looks) == len(LEVELS)
