"""Projects through the pages alone: the county's list in by Excel, a fortnight's figures, a difference settled, rates, a board."""

import datetime as dt
import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from luoshi.journal.models import Event
from luoshi.journal.sealing import seal, verify
from luoshi.org.models import Unit
from luoshi.projects.models import Board, Entry, Project, Reconciliation
from luoshi.projects.queries import rates
from tests.people import Member, cast, desks_of, government, unit

OWN, LIST = "青禾县住房和城乡建设局", "青禾县科技和工业信息化局"
TODAY = timezone.localdate


@pytest.fixture
def desks(liu: Member) -> dict[str, Client]:
    """The office, 发改, 财政, two owner units, a leader."""
    place = government()
    unit("石桥镇人民政府", place, kind="town")
    unit("云台镇人民政府", place, kind="town")
    return desks_of(
        office=liu,
        planning=cast("tang", "唐局", "青禾县发展和改革局", "head", "clerk"),
        finance=cast("fei", "费局", "青禾县财政局", "clerk"),
        builder=cast("lou", "楼成", OWN, "clerk"),
        maker=cast("xue", "薛工", LIST, "clerk"),
        leader=cast("xian", "县长", "青禾县人民政府", "leader"),
    )


def county_list(*rows: list[object], head: tuple[str, ...] = ()) -> SimpleUploadedFile:
    """The list as the county itself keeps it: a title, a line about units, heads of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["青禾县重点项目清单"])
    sheet.merge_cells("A1:H1")
    sheet.append(list(head or HEAD))
    for row in rows:
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("清单.xlsx", stream.getvalue())


HEAD = (
    "名称", "项目类别", "届次", "牵头单位", "建设单位", "乡镇", "总投资（万元）", "年度计划（万元）", "合同引资额", "签约时间", "计划开工时间", "开工时间", "节点", "累计投资",
    "形象进度", "财政资金",
)  # fmt: skip


def day(ago: int) -> str:
    return (TODAY() - dt.timedelta(days=ago)).isoformat()


def rows() -> list[list[object]]:
    return [
        ["城东污水管网", "基础设施", "一季度", OWN, "青禾城投", "石桥镇人民政府", 8000, 3000, "", day(200), day(150), day(140), f"主管贯通 {day(60)} / {day(58)}；通水 {day(1)}", 1200, "完成主管12公里", "有"],
        ["粮油加工园", "产业发展", "一季度", LIST, "禾丰粮油", "云台镇人民政府", 12000, 5000, 12000, day(190), day(100), "", "", "", "", ""],
        ["智能家居产业园", "产业发展", "二季度", LIST, "云台家居", "云台镇人民政府", 20000, 6000, 18000, day(90), day(20), day(15), "", 500, "场平", ""],
    ]  # fmt: skip


def sent_on(html: str) -> dict[str, str]:
    """What the preview sends on."""
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', html)[1].replace("&quot;", '"')
        for name in ("rows", "digest")
    }


@pytest.fixture
def listed(desks: dict[str, Client]) -> dict[str, Project]:
    """The county's list, imported."""
    answer = desks["office"].post("/projects/sheet/", {"file": county_list(*rows())})
    html = answer.content.decode()
    assert answer.status_code == 200, html[-2000:]
    assert Project.objects.count() == 0  # only tried out
    assert "列入项目：城东污水管网" in html
    assert desks["office"].post("/projects/sheet/apply/", sent_on(html)).status_code == 302
    return {project.name: project for project in Project.objects.all()}


def press(client: Client, address: str, **sent: object) -> str:
    answer = client.post(address, sent, follow=True)
    assert answer.redirect_chain, answer.content.decode()[-3000:]
    return answer.content.decode()


def the_books(desks: dict[str, Client]) -> Reconciliation:
    units = {name: Unit.objects.get(full_name=name).pk for name in ("青禾县发展和改革局", "青禾县财政局")}
    press(
        desks["office"], "/projects/settings/", planning_unit=units["青禾县发展和改革局"], finance_unit=units["青禾县财政局"], rhythm="双周", tolerance="0",
    )  # fmt: skip
    last = Reconciliation.objects.first()
    on = last.until + dt.timedelta(days=1) if last else TODAY() - dt.timedelta(days=20)
    press(
        desks["office"],
        "/projects/books/open/",
        day=on.isoformat(),
        due=(on + dt.timedelta(days=15)).isoformat(),
    )
    return Reconciliation.objects.first()


def test_the_list_comes_in_as_the_county_keeps_it(
    desks: dict[str, Client], listed: dict[str, Project]
) -> None:
    assert [p.state for p in listed.values()] == ["begun", "signed", "begun"]
    pipes = listed["城东污水管网"]
    assert (pipes.total, pipes.town.full_name, pipes.milestones.count()) == (8000, "石桥镇人民政府", 2)
    html = desks["builder"].get("/projects/").content.decode()
    assert "城东污水管网" in html
    assert "粮油加工园" not in html  # another unit's
    assert "完成主管12公里" in html
    assert "40%" in html  # 1200 of 3000

    out = openpyxl.load_workbook(BytesIO(b"".join(desks["office"].get("/projects/export.xlsx"))))
    sheet = out.active
    head = {cell.value: cell.column - 1 for cell in sheet[2]}
    first = [cell.value for cell in sheet[3]]
    assert sheet.freeze_panes == "C3"
    assert first[head["总投资"]] == 8000
    assert isinstance(first[head["签约日期"]], dt.datetime)
    stream = BytesIO()
    out.save(stream)
    same = desks["office"].post("/projects/sheet/", {"file": SimpleUploadedFile("x.xlsx", stream.getvalue())})
    assert "没有变化" in same.content.decode()  # what goes out comes back unchanged


def test_what_is_wrong_in_the_list_comes_back_in_red(desks: dict[str, Client]) -> None:
    bad = rows()
    bad[0][6], bad[1][3], bad[2][9] = "约八千", "县科工局", "去年"
    answer = desks["office"].post("/projects/sheet/", {"file": county_list(*bad)})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "“约八千”不是金额" in html
    assert "没有叫‘县科工局’的单位" in html
    assert "“去年”不是日期" in html
    assert Project.objects.count() == 0
    red = desks["office"].post(
        "/projects/sheet/faults/",
        {"rows": re.search(r'name="rows" value="([^"]*)"', html)[1].replace("&quot;", '"')},
    )
    sheet = openpyxl.load_workbook(BytesIO(red.content)).active
    faulty = [cell for row in sheet.iter_rows() for cell in row if cell.comment and cell.row > 2]
    assert len(faulty) == 3
    yuan = county_list(rows()[0], head=(*HEAD[:6], "总投资（亿元）", *HEAD[7:]))
    assert "一律用万元" in desks["office"].post("/projects/sheet/", {"file": yuan}).content.decode()


def test_a_fortnight_from_asking_to_closing(
    desks: dict[str, Client], listed: dict[str, Project], liu: Member
) -> None:
    pipes, grain, home = (listed[name] for name in ("城东污水管网", "粮油加工园", "智能家居产业园"))
    books = the_books(desks)
    html = desks["builder"].get("/").content.decode()
    assert "填1个项目的数" in html
    assert "财政的账：填1个项目的数" in desks["finance"].get("/").content.decode()

    base = f"/projects/books/{books.pk}"
    page = desks["builder"].get(f"{base}/owner/").content.decode()
    assert "粮油加工园" not in page
    assert 'value="1200"' in page  # the last value stands in the field
    assert desks["builder"].get(f"{base}/finance/").status_code == 403
    low = desks["builder"].post(
        f"{base}/owner/", {f"p{pipes.pk}-invested": "1100", f"p{pipes.pk}-seen": "0", "do": "save"}
    )
    assert low.status_code == 422
    assert "比上期（1200" in low.content.decode()
    saved = {"invested": "1800", "arrived": "1500", "paid": "1400", "stage": "完成主管18公里", "seen": "0"}
    press(
        desks["builder"],
        f"{base}/owner/",
        do="save",
        **{f"p{pipes.pk}-{name}": value for name, value in saved.items()},
    )
    press(desks["maker"], f"{base}/owner/", do="unchanged", same=[home.pk])
    assert Entry.objects.get(project=home, book="owner").unchanged
    assert "填1个项目的数" in desks["maker"].get("/").content.decode()  # 粮油加工园 is still asked

    stale = desks["builder"].post(
        f"{base}/owner/",
        {"do": "save"} | {f"p{pipes.pk}-{n}": v for n, v in (saved | {"invested": "1900"}).items()},
    )
    assert stale.status_code == 409
    assert "楼成刚刚报过" in stale.content.decode()

    file = desks["finance"].get(f"{base}/finance/sheet.xlsx")
    book = openpyxl.load_workbook(BytesIO(file.content))
    sheet = book.active
    head = {cell.value: cell.column for cell in sheet[2]}
    for row in sheet.iter_rows(min_row=3):
        if row[head["项目名称"] - 1].value == pipes.name:
            for name, value in (("下达资金", 2000), ("到位资金", 1500), ("已支付资金", 1350)):
                row[head[name] - 1].value = value
    stream = BytesIO()
    book.save(stream)
    press(desks["finance"], f"{base}/finance/upload/", file=SimpleUploadedFile("账.xlsx", stream.getvalue()))
    press(
        desks["planning"],
        f"{base}/planning/",
        do="save",
        **{f"p{pipes.pk}-invested": "1600", f"p{pipes.pk}-seen": "0"},
    )

    html = desks["office"].get(f"{base}/").content.decode()
    assert "有2处差异没有了结" in html
    assert html.index("1800") < html.index("1600")
    answer = desks["office"].post(f"{base}/settle/{pipes.pk}/paid/", {"words": "", "stands": "owner"})
    assert answer.status_code == 422
    press(
        desks["office"],
        f"{base}/settle/{pipes.pk}/paid/",
        words="在途一笔50万元，已见付款凭证。",
        stands="owner",
    )
    assert "在途一笔50万元" in desks["leader"].get(f"{base}/").content.decode()
    assert desks["leader"].post(f"{base}/settle/{pipes.pk}/invested/", {"words": "x"}).status_code == 403
    assert desks["builder"].post(f"{base}/close/").status_code == 403
    press(desks["office"], f"{base}/close/")
    books.refresh_from_db()
    assert (books.state, len(books.left)) == ("closed", 1)
    assert "入库" not in books.text
    assert "在途一笔" in books.text
    assert desks["builder"].post(f"{base}/owner/", {"do": "save"}).status_code == 409

    found = {card.slug: card for card in rates(liu.actor.government_id).cards}
    assert (
        found["paid"].rate.sentence == "资金支付率 = 1400 ÷ 2000（已下达的资金）= 70%，2个项目缺数，未计入。"
    )
    cards = desks["leader"].get("/projects/rates/").content.decode()
    assert "1,400万元 ÷ 2,000万元" in cards
    behind = desks["leader"].get("/projects/rates/paid/").content.decode()
    assert behind.index("城东污水管网") < behind.index("没有计入的2个") < behind.index("粮油加工园")
    assert "没有已支付资金、下达资金" in behind

    following = the_books(desks)
    assert len(following.carried) == 1
    html = desks["office"].get(f"/projects/books/{following.pk}/").content.decode()
    assert "上期遗留" in html
    base = f"/projects/books/{following.pk}"
    press(
        desks["planning"],
        f"{base}/planning/",
        do="save",
        **{f"p{pipes.pk}-invested": "1800", f"p{pipes.pk}-seen": "0"},
    )
    press(desks["builder"], f"{base}/owner/", do="unchanged", same=[pipes.pk])
    assert "上期遗留，本期已一致" in desks["office"].get(f"{base}/").content.decode()
    assert grain.state == "signed"
    verbs = set(Event.objects.filter(subject_type__startswith="projects.").values_list("verb", flat=True))
    assert verbs >= {
        "create",
        "sign",
        "begin",
        "milestones",
        "open",
        "report",
        "fill_owner",
        "fill_finance",
        "settle",
        "close",
    }
    seal(liu.actor.government_id)
    assert not list(verify(liu.actor.government_id))


def test_a_project_goes_on_through_its_own_unit(desks: dict[str, Client], listed: dict[str, Project]) -> None:
    grain = listed["粮油加工园"]
    at = f"/projects/{grain.pk}/do"
    assert desks["builder"].get(f"/projects/{grain.pk}/").status_code == 404
    early = desks["maker"].post(f"{at}/begin/", {"day": (TODAY() + dt.timedelta(days=3)).isoformat()})
    assert "日期还没有到" in early.content.decode()
    press(desks["maker"], f"{at}/begin/", day=day(2))
    assert desks["maker"].post(f"{at}/finish/", {"day": day(9)}).status_code == 422  # before it began
    assert desks["maker"].post(f"{at}/end/", {"day": day(0), "note": "资金断了"}).status_code == 403
    press(desks["office"], f"{at}/unbegin_signed/", note="登记错了项目。")
    grain.refresh_from_db()
    assert (grain.state, grain.begun) == ("signed", None)
    press(desks["office"], f"{at}/end/", day=day(0), note="投资方退出。")
    html = desks["leader"].get(f"/projects/{grain.pk}/").content.decode()
    assert "投资方退出。" in html
    assert "签约批次的四率仍计入" in html
    press(desks["builder"], f"/projects/{listed['城东污水管网'].pk}/milestones/", **{
        "n0-title": "主管贯通", "n0-planned": day(60), "n0-done": day(58), "n1-title": "通水", "n1-planned": day(1), "n1-done": day(0),
    })  # fmt: skip
    assert "节点：" not in desks["builder"].get("/projects/?mark=late").content.decode()


def board_form(**more: object) -> dict[str, object]:
    return {
        "title": "重点项目建设大比拼", "theme": "building", "by": "town", "since": day(200), "until": day(-30), "groups": "乡镇组：石桥镇人民政府、云台镇人民政府",
        "m1-formula": "done", "m1-basis": "县政府第9次常务会议纪要", "m2-formula": "entered", "m2-name": "促销活动销售额", "m2-words": "活动期间参展商户销售额合计",
        "m2-unit": "万元", "m2-digits": "1", "m2-basis": "促消费工作方案", **more,
    }  # fmt: skip


def test_a_board_from_drafting_to_its_end(desks: dict[str, Client], listed: dict[str, Project]) -> None:
    office = desks["office"]
    town = cast("shi", "石小桥", "石桥镇人民政府", "clerk")
    stone = Client()
    stone.force_login(town.account)
    wrong = office.post("/projects/boards/new/", board_form(groups="乡镇组：石桥乡", **{"m1-basis": ""}))
    assert wrong.status_code == 422
    assert "没有叫‘石桥乡’的单位" in wrong.content.decode()
    assert "请写明依据" in wrong.content.decode()
    press(office, "/projects/boards/new/", **board_form())
    board = Board.objects.get()
    at = f"/projects/boards/{board.pk}"
    assert stone.get(f"{at}/").status_code == 404  # a draft
    press(office, f"{at}/do/publish/")
    html = stone.get(f"{at}/").content.decode()
    assert "云台镇人民政府" in html
    assert "没有数不等于零" in html
    measure = board.measures.get(formula="entered")
    mine, other = (Unit.objects.get(full_name=f"{name}人民政府").pk for name in ("石桥镇", "云台镇"))
    assert stone.get(f"{at}/enter/{measure.pk}/{other}/").status_code == 403
    assert stone.post(f"{at}/enter/{measure.pk}/{mine}/", {"value": "3", "absent": "没有"}).status_code == 422
    press(stone, f"{at}/enter/{measure.pk}/{mine}/", value="86.25")
    press(office, f"{at}/enter/{measure.pk}/{other}/", value="86.34")
    html = stone.get(f"{at}/").content.decode()
    assert html.count("并列</small>") == 2  # 86.25 and 86.34 print alike
    assert desks["maker"].get(f"{at}/").status_code == 404  # takes no part
    sheet = openpyxl.load_workbook(BytesIO(office.get(f"{at}/board.xlsx").content)).active
    table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert {(row[0], row[2], row[3], row[4]) for row in table} >= {
        ("年度投资完成率", 1, "石桥镇人民政府", "40%"),
        ("促销活动销售额", 1, "云台镇人民政府", "86.3万元"),
        ("促销活动销售额", 1, "石桥镇人民政府", "86.3万元"),
    }
    press(office, f"{at}/do/close/")
    assert stone.post(f"{at}/enter/{measure.pk}/{mine}/", {"value": "99"}).status_code == 409
    assert "名次不再变动" in stone.get(f"{at}/").content.decode()
