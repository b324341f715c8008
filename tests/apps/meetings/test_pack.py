"""The pack: the same ledger gives the same bytes, what was decided is read again first, the contents name the real pages."""

import datetime as dt
import hashlib
import io
import json
import re
import zipfile

import pypdfium2
import pytest
from django.utils import timezone

from luoshi.core.writing.docx.booklet import booklet_docx
from luoshi.core.writing.pdf import office
from luoshi.journal.models import Event
from luoshi.journal.moves import Denied, Refused
from luoshi.ledger.models import Indicator
from luoshi.meetings import paper
from luoshi.meetings.gathering import canonical, gather
from luoshi.meetings.models import Decision, Pack
from luoshi.meetings.services import following, preparing
from luoshi.reporting.models import Figure, Report, Revision
from tests.meetings import meeting_of, note, tracked
from tests.people import Member, cast
from tests.reporting import Ledger, ledger
from tests.supervision import order_of


def keys(pack: Pack) -> dict[str, list[str]]:
    return {slug: [row.key.partition(":")[0] for row in rows] for slug, rows in pack.agenda.sections}


def freeze(liu: Member, book: Ledger, **more: object) -> Pack:
    meeting = meeting_of(liu, book.plan, "packed", **more)
    return meeting.packs.get()


def test_the_same_ledger_gives_the_same_bytes(liu: Member, book: Ledger, wang: Member, li: Member) -> None:
    tracked(liu, wang, book.plan)
    order_of(liu, li, "blocked", help_needed="请县长协调", cause="land")
    one = meeting_of(liu, book.plan, "packed", units=(wang, li))
    other = preparing.freeze(one, timezone.localdate(), "核对一遍", by=liu.actor)
    first = one.packs.order_by("number").first()
    assert first.number + 1 == other.number
    assert first.text.encode() == other.text.encode()
    assert first.sha256 == other.sha256 == hashlib.sha256(first.text.encode()).hexdigest()
    assert canonical(json.loads(first.text)) == first.text  # canonical: there and back gives the same
    pages = {"chapter1": 2, "chapter2": 2}
    made = [booklet_docx(paper.booklet(pack), pages) for pack in (first, other)]
    assert made[0] == made[1]


def test_another_ledger_gives_another_pack(liu: Member, book: Ledger, wang: Member) -> None:
    before = freeze(liu, book)
    Report.objects.filter(unit=book.wang).update(done="情况变了。")
    Indicator.objects.filter(name="新开工项目").update(value=900)
    after = preparing.freeze(before.meeting, timezone.localdate(), "数据更正", by=liu.actor)
    assert after.sha256 != before.sha256
    before.refresh_from_db()
    assert hashlib.sha256(before.text.encode()).hexdigest() == before.sha256  # what was frozen stays
    told = Event.objects.filter(subject_type="meetings.meeting", verb="refreeze").get()
    assert told.data["校验值"] == [before.sha256, after.sha256]
    assert told.note == "数据更正"


def test_who_prepares_makes_no_difference(liu: Member, book: Ledger, lu: Member) -> None:
    meeting = meeting_of(liu, book.plan)
    other = cast("fang", "方主任", "青禾县人民政府办公室", "office")
    day = timezone.localdate()
    assert canonical(gather(meeting, day, liu.actor)) == canonical(gather(meeting, day, other.actor))


def test_what_was_decided_is_read_again_first(liu: Member, book: Ledger, wang: Member, li: Member) -> None:
    today = timezone.localdate()
    held = meeting_of(liu, book.plan, "held", day=today - dt.timedelta(days=30))
    late = note(held, liu, "办理用地手续", wang.actor.unit_name, "一周内")
    done = note(held, liu, "补齐结算材料", li.actor.unit_name, "一个月内")
    opened = note(held, liu, "列出资金缺口", wang.actor.unit_name, f"{today.year + 1}年3月底前")
    note(held, liu, "原则同意工作方案", only_record=True)
    preparing.close(held, by=liu.actor)
    done = Decision.objects.select_related("meeting__programme").get(pk=done.pk)
    boss = cast("head", "教育局长", li.actor.unit_name, "head")
    following.answer(done, "材料已送审。", by=boss.actor)
    following.accept(done, by=liu.actor)
    pack = freeze(liu, book)
    slug, rows = pack.agenda.sections[0]
    assert slug == "again"
    assert [(row.key, row.level) for row in rows] == [
        (f"decision:{late.pk}", "late"), (f"decision:{opened.pk}", "open"), (f"decision:{done.pk}", "done"),
    ]  # fmt: skip
    assert rows[0].stand == "逾期未办"
    assert rows[0].gap.startswith("超期")
    assert rows[2].said == "材料已送审。"


def test_open_ones_are_read_until_they_are_done(liu: Member, book: Ledger, wang: Member) -> None:
    today = timezone.localdate()
    one = tracked(liu, wang, book.plan, day=today - dt.timedelta(days=60))
    special = tracked(liu, wang, book.plan, day=today - dt.timedelta(days=50), kind="topic")
    meeting_of(liu, book.plan, "closed", day=today - dt.timedelta(days=20))
    rows = dict(freeze(liu, book).agenda.sections)["again"]
    assert {row.key for row in rows} == {f"decision:{one.pk}", f"decision:{special.pk}"}


def test_red_silent_and_what_needs_the_chair(
    liu: Member, book: Ledger, wang: Member, li: Member, lu: Member
) -> None:
    indicator = Indicator.objects.get(name="新开工项目")
    Figure.objects.filter(indicator=indicator).update(value=1)
    Revision.objects.filter(figure__indicator=indicator).update(value=1)
    report = Report.objects.filter(unit=book.wang, lead_unit=book.wang).first()
    Report.objects.filter(pk=report.pk).update(blocker="用地指标没有下来", needs="市自然资源局")
    report.task.leaders.create(name="别的县长", order=1)
    order_of(liu, wang, "blocked", help_needed="请协调市级审批", cause="approval", title="用地预审")
    pack = freeze(liu, book, chair=lu)  # in charge of everything
    found = keys(pack)
    assert list(found)[:1] == ["red"]
    assert found["silent"] == ["sheet"]
    assert found["blocked"] == ["order", "report"]
    assert pack.agenda.elsewhere == 0
    red = dict(pack.agenda.sections)["red"]
    assert red[0].title == "新开工项目"
    assert red[0].receipt.startswith("完成率 = ")
    part = cast("fu", "副县长", "青禾县人民政府", "leader")
    part.account.person.posts.update(scope="actions", covers=["项目攻坚行动"])
    other = freeze(liu, book, chair=part)
    assert keys(other)["blocked"] == ["order"]  # what names another leader is counted, not listed
    assert other.agenda.elsewhere == 1


def test_on_one_action_only(liu: Member, book: Ledger) -> None:
    whole, part = freeze(liu, book), freeze(liu, book, programme=book.tasks[2].action)
    lit = [sum(n for _, n in pack.agenda.counts) for pack in (whole, part)]
    assert lit == [4, 1]


def test_not_before_the_day_nor_without_a_plan(liu: Member, book: Ledger, wang: Member) -> None:
    meeting = meeting_of(liu, book.plan)
    with pytest.raises(Refused, match="还没有到"):
        preparing.freeze(meeting, timezone.localdate() + dt.timedelta(days=1), by=liu.actor)
    with pytest.raises(Denied, match="专班办公室"):
        preparing.freeze(meeting, timezone.localdate(), by=wang.actor)
    meeting.plans.clear()
    with pytest.raises(Refused, match="还没有选方案"):
        preparing.freeze(meeting, timezone.localdate(), by=liu.actor)


def test_a_meeting_does_not_begin_before_its_day(liu: Member, book: Ledger) -> None:
    meeting = meeting_of(liu, book.plan, "packed", day=timezone.localdate() + dt.timedelta(days=3))
    with pytest.raises(Refused, match="还没有到"):
        preparing.hold(meeting, by=liu.actor)


def text_of(page: pypdfium2.PdfPage) -> str:
    return re.sub(r"\s", "", page.get_textpage().get_text_bounded())


def test_one_pdf_with_contents_that_name_the_real_pages(
    liu: Member, book: Ledger, wang: Member, lu: Member
) -> None:
    """Fifty decisions to read again and every light of the ledger: chapters of several pages, upright and lying."""
    if not office():
        pytest.skip("LibreOffice is not installed: nothing prints here")
    held = meeting_of(liu, book.plan, "held", day=timezone.localdate() - dt.timedelta(days=30))
    for n in range(50):
        note(
            held,
            liu,
            f"第{n + 1}件事要在期限内办完并报送结果，逐项列出责任人和完成时间",
            wang.actor.unit_name,
            "两周内",
        )
    preparing.close(held, by=liu.actor)
    Revision.objects.update(value=1)
    order_of(liu, wang, "blocked", help_needed="请协调市级审批", cause="approval", title="用地预审")
    pack = freeze(liu, book, chair=lu)
    document = pypdfium2.PdfDocument(paper.printed(pack))
    texts = [text_of(page) for page in document]
    entries = paper.booklet(pack).entries
    assert len(entries) >= 4
    said = {
        entry: int(page) for entry in entries for page in re.findall(re.escape(entry) + r"\.+(\d+)", texts[0])
    }
    assert set(said) == set(entries)
    for entry, page in said.items():
        assert entry in texts[page - 1], (entry, page)
        if page > 2:
            assert all(entry not in text for text in texts[1 : page - 1]), entry
    assert max(said.values()) > 3
    assert [f"—{n}—" in text for n, text in enumerate(texts, 1)] == [True] * len(texts)
    outline = {
        item.get_title().replace(" ", ""): item.get_dest().get_index() + 1 for item in document.get_toc()
    }
    assert {entry: outline[entry] for entry in entries} == said  # bookmarks lead to the same pages
    sizes = {(round(page.get_width()), round(page.get_height())) for page in document}
    assert sizes == {(595, 842), (842, 595)}  # A4 upright, wide tables lying
    # kept: printed once, the same file from then on, and its .docx holds the same numbers
    again = Pack.objects.get(pk=pack.pk)
    assert paper.printed(again) == paper.printed(pack)
    xml = zipfile.ZipFile(io.BytesIO(paper.word(again))).read("word/document.xml").decode()
    fields = re.findall(r"PAGEREF chapter(\d+).*?<w:t[^>]*>(\d+)</w:t>", xml)
    assert [int(page) for _, page in fields] == [said[entry] for entry in entries]


def test_without_libreoffice_word_still_has_it(
    liu: Member, book: Ledger, as_, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luoshi.core.writing.pdf.office", lambda: "")
    pack = freeze(liu, book)
    client = as_(liu)
    answer = client.get(f"/meetings/{pack.meeting_id}/pack.pdf")
    assert answer.status_code == 409
    assert "没有安装 LibreOffice" in answer.content.decode()
    content = client.get(f"/meetings/{pack.meeting_id}/pack.docx").content
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert "PAGEREF chapter1" in xml  # Word fills the numbers in when its fields are updated
    assert not Pack.objects.get(pk=pack.pk).docx  # nothing half known is kept


def test_two_offices_freeze_at_once(liu: Member, book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = meeting_of(liu, book.plan, "packed")
    moved = preparing.move

    def late(*asked: object, **told: object) -> object:
        Pack.objects.create(
            meeting=meeting, number=2, as_of=timezone.localdate(), text="{}", sha256="0", made_by="方主任"
        )
        return moved(*asked, **told)

    monkeypatch.setattr(preparing, "move", late)
    with pytest.raises(Refused, match="由他人重新定过"):
        preparing.freeze(meeting, timezone.localdate(), "补报了数", by=liu.actor)


def test_another_plan_has_a_series_of_its_own(liu: Member, book: Ledger, wang: Member, li: Member) -> None:
    """Two plans are dispatched side by side; what a plan left that does not run any more is taken up by its successor."""
    day = timezone.localdate() - dt.timedelta(days=9)
    other = ledger(wang, li, "青禾县城市更新行动方案")
    there = tracked(liu, wang, other.plan, day=day)
    mine = tracked(liu, wang, book.plan, day=day)
    rows = dict(freeze(liu, book).agenda.sections)["again"]
    assert [row.key for row in rows] == [f"decision:{mine.pk}"]
    type(other.plan)._base_manager.filter(pk=other.plan.pk).update(**{"state": "closed"})
    rows = dict(freeze(liu, book).agenda.sections)["again"]
    assert {row.key for row in rows} == {f"decision:{mine.pk}", f"decision:{there.pk}"}
