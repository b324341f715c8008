"""The office's Monday afternoon: draft the 月通报 from the ledger, put a number right, have it reviewed and signed, number it, issue it."""

import io
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.bulletins.models import Bulletin
from luoshi.bulletins.queries.lists import altered
from luoshi.bulletins.services import issuing, writing
from luoshi.core.writing.pdf import office as libreoffice
from luoshi.site.bulletin import main
from tests.bulletins import asked
from tests.people import cast, government, unit
from tests.reporting import ledger
from tests.scores import changed, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(wang, li):
    return ledger(wang, li)


@pytest.fixture
def sun(db):
    """孙副主任, another of the office, who reviews what 刘主任 drafts."""
    return cast("sun", "孙副主任", "青禾县人民政府办公室", "office")


@pytest.fixture
def zhou(db):
    """周县长 signs."""
    return cast("zhoulx", "周立新", "青禾县人民政府", "leader")


def html(answer):
    return answer.content.decode()


def test_a_circular_from_draft_to_issue(county, liu, sun, zhou, li, as_):
    clerk = as_(liu)
    assert "还没有公文" in html(clerk.get("/bulletins/"))
    assert "月通报" in html(clerk.get("/bulletins/new/"))
    form = {
        "plan": county.plan.pk,
        "as_of": "2026-07-10",
        "issuer": "office",
        "to_governments": "on",
        "next_steps": "抓紧补上差距",
    }
    page = clerk.post("/bulletins/new/month/", form, follow=True)
    bulletin = Bulletin.objects.get()
    assert page.redirect_chain[-1][0] == f"/bulletins/{bulletin.pk}/"
    text = html(page)
    assert "关于2026年7月青禾县高质量发展行动方案任务落实情况的通报" in text.replace("<br>", "")

    link = re.search(rf'href="(/bulletins/{bulletin.pk}/passages/\d+/numbers/\d+/)"', text)[1]
    receipt = html(clerk.get(link))
    assert "/ledger/tasks/" in receipt
    assert "在方案原文中看" in receipt

    at, passage = next((at, p) for at, p in enumerate(bulletin.words.passages()) if "3项任务中" in p.text)
    address = f"/bulletins/{bulletin.pk}/passages/{at}/"
    assert passage.text in html(clerk.get(address))
    clerk.post(
        address,
        {
            "version": bulletin.version,
            "text": passage.text.replace("3项任务中", "4项任务中"),
            "reason": "笔误",
        },
    )
    page = html(clerk.get(f"/bulletins/{bulletin.pk}/"))
    assert "“任务总数”写的是4，按附件复算是3" in page
    refused = as_(sun).post(f"/bulletins/{bulletin.pk}/steps/review/")
    assert refused.status_code == 409
    assert "处问题没有改正" in html(refused)

    clerk = as_(liu)
    assert clerk.post(address, {"version": bulletin.version, "text": "旧页面"}).status_code == 409
    bulletin.refresh_from_db()
    clerk.post(address, {"version": bulletin.version, "text": passage.text})
    own = clerk.post(f"/bulletins/{bulletin.pk}/steps/review/")
    assert own.status_code == 403
    assert "起草和审核不能由同一人办理" in html(own)

    as_(sun).post(f"/bulletins/{bulletin.pk}/steps/review/")
    assert "签发" in html(as_(zhou).get(f"/bulletins/{bulletin.pk}/"))
    as_(zhou).post(f"/bulletins/{bulletin.pk}/steps/sign/")
    office = as_(liu)
    assert "青政办发" in html(office.get(f"/bulletins/{bulletin.pk}/"))
    office.post(f"/bulletins/{bulletin.pk}/number/", {"series": "青政办发", "sequence": "12"})
    page = html(office.post(f"/bulletins/{bulletin.pk}/steps/issue/", follow=True))
    assert "已印发" in page
    bulletin.refresh_from_db()
    assert re.fullmatch(r"青政办发〔\d{4}〕12号", bulletin.number)
    assert altered(bulletin) == ""

    served = as_(li).get(f"/bulletins/{bulletin.pk}/paper.docx")
    paper = docx.Document(io.BytesIO(served.content))
    words = "\n".join(p.text for p in paper.paragraphs)
    assert bulletin.number in words
    assert "3项任务中" in words
    if libreoffice():
        printed = as_(li).get(f"/bulletins/{bulletin.pk}/paper.pdf")
        assert printed.content.startswith(b"%PDF")
        assert printed.headers["Content-Type"] == "application/pdf"
    assert "1件" in html(as_(li).get("/bulletins/"))
    assert as_(li).get(f"/bulletins/{bulletin.pk}/passages/0/").status_code == 403


def test_a_wrong_paper_is_corrected_by_a_later_number(county, liu, sun, as_):
    clerk = as_(liu)
    for sequence, query in ((1, ""), (2, "?corrects={pk}")):
        pk = Bulletin.objects.first().pk if query else 0
        form = {
            "plan": county.plan.pk,
            "as_of": "2026-07-10",
            "issuer": "office",
            "to_governments": "on",
            "next_steps": "",
        }
        as_(liu).post(f"/bulletins/new/month/{query.format(pk=pk)}", form)
        made = Bulletin.objects.first()
        as_(sun).post(f"/bulletins/{made.pk}/steps/review/")
        as_(sun).post(f"/bulletins/{made.pk}/steps/sign/")
        as_(sun).post(f"/bulletins/{made.pk}/number/", {"series": "青政办发", "sequence": str(sequence)})
        as_(sun).post(f"/bulletins/{made.pk}/steps/issue/")
    later, first = Bulletin.objects.all()
    assert (first.state, later.state) == ("corrected", "issued")
    assert later.number in html(clerk.get(f"/bulletins/{first.pk}/"))
    assert altered(first) == altered(later) == ""


def test_a_county_words_its_papers_itself(county, liu, as_):
    clerk = as_(liu)
    address = "/bulletins/wordings/month/"
    assert "{任务总数}" in html(clerk.get(address))
    wrong = clerk.post(address, {"version": "0", "text": "共{任务总书}项"})
    assert wrong.status_code == 422
    assert "是否想写“任务总数”" in html(wrong)
    preview = html(
        clerk.post(address, {"version": "0", "text": "标题：试\n全县共{任务总数}项。", "preview": "1"})
    )
    assert "全县共2项。" in preview
    clerk.post(address, {"version": "0", "text": "标题：关于{时期}的通报\n全县共{任务总数}项。"})
    form = {"plan": county.plan.pk, "as_of": "2026-07-10", "issuer": "office", "next_steps": ""}
    page = html(clerk.post("/bulletins/new/month/", form, follow=True))
    assert "关于2026年7月的通报" in page
    assert "县里的模板，第1版" in html(clerk.get("/bulletins/wordings/"))


def test_a_task_force_is_told_where_its_papers_leave(county, as_):
    force = cast("ma", "马主任", "青禾县工业专班办公室", "force_office")
    form = {"plan": county.plan.pk, "as_of": "2026-07-10", "issuer": "task_force", "next_steps": ""}
    page = html(as_(force).post("/bulletins/new/month/", form, follow=True))
    assert "请由县政府办公室印发，并计入发文数" in page


def test_what_waits_stands_on_the_first_page(county, liu, sun, zhou, as_):
    bulletin = writing.start(asked(county), by=liu.actor)
    issuing.review(bulletin, sun.actor)
    page = html(as_(zhou).get("/"))
    assert "去签发" in page
    assert f"/bulletins/{bulletin.pk}/" in page


def test_results_of_an_assessment_from_the_countys_sheet_to_issue(county, liu, sun, zhou, li, as_, capsys):
    for name in ("青禾县统计局", "河口镇人民政府", "新田铺镇人民政府"):
        unit(name, government())
    clerk, address = as_(liu), "/bulletins/new/assessment/"
    form = {"plan": county.plan.pk, "as_of": "2026-07-10", "issuer": "office", "to_governments": "on"}
    form |= {"next_steps": "", "approval": "县长7月9日批准", "quota": "优秀1"}
    assert "上传并核对" in html(clerk.get(address))
    wrong = clerk.post(address, {**form, "file": SimpleUploadedFile("得分表.xlsx", changed((2, 4, 3)))})
    assert wrong.status_code == 422
    assert "按得分在“部门组”里应是第2名" in html(wrong)
    tried = html(clerk.post(address, {**form, "file": SimpleUploadedFile("得分表.xlsx", workbook())}))
    assert "没有错处，还没有存" in tried
    assert not Bulletin.objects.exists()
    held = re.search(r'name="held" value="([^"]+)"', tried)[1]
    clerk.post(address, {**form, "held": held, "held_name": "得分表.xlsx"})
    bulletin = Bulletin.objects.get()
    page = f"/bulletins/{bulletin.pk}/"
    assert "得分表校验值" in html(clerk.get(page))

    at, passage = next((n, p) for n, p in enumerate(bulletin.words.passages()) if "95.5分" in p.text)
    typed = {"version": 1, "text": passage.text.replace("95.5分", "95.6分")}
    clerk.post(f"{page}passages/{at}/", typed)
    assert "由95.5改成了95.6，请写明理由" in html(clerk.get(page))
    assert as_(sun).post(f"{page}steps/review/").status_code == 409
    typed = {"version": 2, "text": passage.text, "reason": ""}
    as_(liu).post(f"{page}passages/{at}/", typed)
    typed = {"version": 3, "text": passage.text.replace("95.5分", "95.6分"), "reason": "复核后更正"}
    as_(liu).post(f"{page}passages/{at}/", typed)
    assert "理由：复核后更正" in html(as_(liu).get(page))

    as_(sun).post(f"{page}steps/review/")
    as_(zhou).post(f"{page}steps/sign/")
    as_(liu).post(f"{page}number/", {"series": "青政办发", "sequence": "21"})
    assert "已印发" in html(as_(liu).post(f"{page}steps/issue/", follow=True))
    bulletin.refresh_from_db()
    assert altered(bulletin) == ""
    assert main(["verify"]) == 0
    assert "1件已印发的公文与印发时一致" in capsys.readouterr().out
    paper = docx.Document(io.BytesIO(as_(li).get(f"{page}paper.docx").content))
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert ["2", "县统计局", "93", "良好", "报数迟1次"] in rows
