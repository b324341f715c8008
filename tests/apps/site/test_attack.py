"""Strangers to good manners: garbage in every field of every address, by everybody; who gets to see what."""

import datetime as dt
import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.bulletins.services.writing import Asked as PaperAsked
from luoshi.bulletins.services.writing import start
from luoshi.core.periods import parse
from luoshi.core.progress.rules import shipped
from luoshi.core.writing.pdf import Print
from luoshi.intake.models import DraftItem, PlanFinding
from luoshi.intake.services.adopting import adopt
from luoshi.intake.services.editing import leave_open_lists
from luoshi.intake.services.naming import create_units
from luoshi.ledger.models import Action, Assignment, Indicator, Milestone, Plan, Task
from luoshi.org.models import Account, Unit
from luoshi.org.services import add_alias
from luoshi.org.services.delegations import delegate
from luoshi.reminders.models import Channel, Digest
from luoshi.reporting.models import Figure, Report
from luoshi.reporting.queries.sheets import with_tasks
from luoshi.reporting.services.complaining import complain
from luoshi.reporting.services.evidence import attach
from luoshi.reporting.services.opening import Asked, open_round
from luoshi.supervision.models import LightRule
from tests.apps.intake.plans import finding, received
from tests.apps.site.addresses import addresses
from tests.dispatch import on_the_calendar
from tests.meetings import met
from tests.people import Member, cast
from tests.projects import staged
from tests.supervision import supervised

CAST = ["liu", "wang", "li", "chen_admin", "gao", "auditor", "outsider"]
NAMES = ["县发展和改革局", "县教育局", "县林业局", "县农业农村局"]
FIELDS = [
    "text",
    "reason",
    "series",
    "sequence",
    "as_of",
    "period",
    "issuer",
    "next_steps",
    "title",
    "mark",
    "dated",
    "copies",
    "print_run",
    "corrects",
    "preview",
    "version",
    "at",
    "answer",
    "verb",
    "items",
    "kind",
    "start",
    "end",
    "quote",
    "names",
    "units",
    "called",
    "remember",
    "note",
    "about",
    "tab",
    "full_name",
    "name",
    "members",
    "successor",
    "username",
    "password",
    "next",
    "old_password",
    "new_password1",
    "new_password2",
    "heading",
    "action",
    "lead",
    "leaders",
    "deadline",
    "open_ended",
    "number",
    "date",
    "year",
    "op",
    "value",
    "value_high",
    "unit",
    "base",
    "reference",
    "conveners",
    "office",
    "activity",
    "every",
    "who",
    "what",
    "at_least",
    "per",
    "files",
    "q",
    "view",
    "plan",
    "plans",
    "role",
    "leader",
    "due",
    "page",
    "collective",
    "findings",
    "severity",
    "health",
    "a",
    "b",
    "relation",
    "result",
    "pa",
    "pb",
    "key",
    "day",
    "before",
    "into",
    "keeper",
    "stays",
    "parent",
    "valid_from",
    "valid_to",
    "slug",
    "scope",
    "covers",
    "person",
    "first",
    "last",
    "people",
    "all",
    "seat",
    "level",
    "state",
    "post",
    "since",
    "until",
    "file",
    "rows",
    "digest",
    "matter",
    "co_units",
    "origin",
    "ground",
    "clock",
    "type",
    "authority",
    "authority_ground",
    "methods",
    "sure",
    "proof1",
    "proof1_day",
    "words",
    "flag0",
    "cause",
    "help_needed",
    "wanted",
    "colour",
    "planned",
    "group",
    "look",
    "why",
    "p1",
    "do",
    "same",
    "withdraw",
    "pick",
    "back",
    "rhythm",
    "programme",
    "head_signs",
    "finish",
    "fields",
    "month",
    "shares",
    "tasks",
    "claim",
    "as",
    "row",
    "on",
    "duty",
    "works",
    "publishes",
    "becomes",
    "every",
    "who",
    "due_said",
    "shift",
    "document",
    "weight",
    "total",
    "year_plan",
    "contract",
    "asked",
    "fiscal",
    "batch",
    "town",
    "developer",
    "place",
    "content",
    "task",
    "should_begin",
    "planning_unit",
    "finance_unit",
    "tolerance",
    "on",
    "won",
    "available",
    "absent",
    "groups",
    "m1-formula",
    "m1-basis",
    "m1-name",
    "m1-digits",
    "n0-title",
    "n0-planned",
    "basis",
    "progress",
    "near_workdays",
    "time",
    "ok-word",
    "bad-colour",
    "stands",
    "mark",
    "like",
    "theme",
    "by",
    "light",
    "hash",
    "large",
    "xlsx",
    "ahead",
    "gap",
    "again",
    "head_after",
    "office_after",
    "on_day",
    "days_off",
    "opens",
    "closes",
    "host",
    "port",
    "security",
    "sender",
    "secret",
    "hook",
    "where",
    "to",
    "mail",
    "address",
    "mention",
    "mobile",
]
GARBAGE = {
    "missing": None,
    "empty": "",
    "zero": "a\0b",
    "digits": "9" * 5000,
    "beyond": "9" * 19,
    "superscript": "²",
    "arabic": "\u0663",
    "markup": "\"'><script>alert(1)</script>",
    "sql": "1' OR '1'='1",
    "emoji": "💥" * 400,
    "surrogate": "\udcff",
    "path": "../../../etc/passwd",
    "brackets": "http://[",
}
SENT = "application/x-www-form-urlencoded"
ANSWERS = {302, 400, 403, 404, 405, 409, 422}
SHOWN_AGAIN = {
    "/login/",
    "/password/",
    "/bulletins/wordings/month/",
}  # forms of Django show themselves again, a preview shows itself, 200
SHEET_OF_PASSWORDS = (
    "/accounts/issue/"  # the answer is the sheet itself; an Arabic figure is a number like any other
)


@pytest.fixture
def places(liu, wang, li, monkeypatch):
    """Addresses of real things: a plan in review with a finding, one in the ledger, a task, a unit with a name, orders."""
    monkeypatch.setattr("luoshi.board.views.walls.print_sheets", lambda fods: Print(b"%PDF-", ()))
    orders = supervised(liu, wang, li)
    projects = staged(liu, wang, li)
    LightRule.objects.create(
        government_id=liu.actor.government_id, number=1, title="灯规则", valid_from=timezone.localdate() + dt.timedelta(days=9), basis="纪要",
        time="half-month", grace=0, progress=10, points=1, ratio=5, places=1, about=0, near_workdays=3, red=30, yellow=30,
        looks={level: list(look) for level, look in shipped()[0].looks.items()}, person_id=liu.actor.person_id, person_name="刘主任",
    )  # fmt: skip
    adopted = received(monkeypatch, liu, "已建账.txt")
    leave_open_lists(adopted, liu.actor)
    create_units(adopted, NAMES, liu.actor)
    adopt(Plan.objects.get(pk=adopted.pk), liu.actor)
    Milestone.objects.create(task=Task.objects.first(), title="开工")
    plan = received(monkeypatch, liu, "在核对.txt", findings=[finding("园区产值增长8%以上", "no-measure")])
    item = DraftItem.objects.filter(plan=plan, kind="task").last()
    found = PlanFinding.objects.get(plan=plan)
    unit = Unit.objects.get(full_name="县教育局")
    alias = add_alias(unit, "教育局", by=liu.actor)
    person, today = cast("sujian", "苏简", "县教育局", "clerk").account.person, timezone.localdate()
    post = person.posts.get()
    acting = delegate(post, liu.account.person, today, today, by=liu.actor, reason="出差")

    round = open_round(Asked(Plan.objects.get(pk=adopted.pk), parse("2026年3月"), today), by=liu.actor)
    report = Report.objects.filter(unit=unit, round=round).first()
    figure = report.figures.first() or Figure.objects.filter(report__round=round).first()
    kept = attach(with_tasks(Report.objects.all()).get(pk=report.pk), "图.pdf", b"%PDF-", by=_clerk(unit))
    objection = complain("much", "太多", by=_clerk(unit))
    asked = {
        "rounds": {"pk": round.pk, "unit": unit.pk, "number": 1},
        "reports": {"pk": report.pk},
        "figures": {"pk": figure.pk},
        "evidence": {"pk": kept.pk},
        "complaints": {"pk": objection.pk},
    }
    about = PaperAsked(Plan.objects.get(pk=adopted.pk), "month", "2026年3月", today)
    bulletin = start(about, by=liu.actor)
    at, piece, _ = next(bulletin.words.numbers())

    channel = Channel.objects.create(government_id=liu.actor.government_id, kind="wecom", name="群")
    told = Digest.objects.create(government_id=liu.actor.government_id, person_id=liu.actor.person_id, day=today, made_at=timezone.now())  # fmt: skip
    timed = on_the_calendar(liu.actor, wang.actor)
    meetings = met(liu, wang, Plan.objects.get(pk=adopted.pk))

    def known(address, name):
        if address.startswith("/units/governments/"):
            return unit.government_id
        if address.startswith("/units/"):
            return {"pk": unit.pk, "name_pk": alias.pk}[name]
        if address.startswith("/people/posts/"):
            return post.pk
        if address.startswith("/people/delegations/"):
            return acting.pk
        if address.startswith(("/people/", "/accounts/")):
            return person.pk
        if address.startswith("/bulletins/"):
            return {"pk": bulletin.pk, "kind": "month", "verb": "review", "at": at, "piece": piece}[name]
        if address.startswith("/reminders/"):
            return {"channels": channel.pk, "rounds": round.pk}.get(address.split("/")[2], told.pk)
        if address.startswith("/board/wall/"):
            return "a3"
        if address.startswith("/board/"):
            kinds = {"actions": Action, "indicators": Indicator}
            kind = kinds.get(address.split("/")[2])
            return kind.objects.filter(plan=adopted).first().pk if kind else unit.pk
        if address.startswith("/meetings/"):
            return meetings(address, name)
        if address.startswith("/projects/"):
            return projects(address, name)
        if address.startswith("/lights/rules/"):
            return LightRule.objects.get().pk
        if address.startswith("/lights/"):
            return Indicator.objects.filter(plan=adopted).first().pk
        if address.startswith("/calendar/"):
            return timed.get(address.split("/")[2], {}).get(name, adopted.pk)
        if address.startswith("/orders/"):
            return orders[name if name == "verb" else "", address]
        if address.startswith("/reporting/"):
            return asked.get(address.split("/")[2], {}).get(name)
        if address.startswith("/ledger/"):
            kinds = {"tasks": Task, "shares": Assignment, "indicators": Indicator, "milestones": Milestone}
            kind = kinds.get(address.split("/")[2])
            return kind.objects.first().pk if kind else adopted.pk
        return {"pk": plan.pk, "item": item.pk, "finding": found.pk, "number": 0, "order": 0}.get(name)

    return list(addresses(known))


def _clerk(unit):
    """Somebody who speaks for a unit."""
    return cast(f"clerk{Account.objects.count()}", "联络", unit.full_name, "clerk").actor


def last_things_last(address):
    return (address.endswith(("/withdraw/", "/abolish/", "/leave/", "/logout/")), address)


# Whoever may most meets all of it; the others, most of whom are turned away at the door, two kinds.
MET = [("liu", garbage) for garbage in GARBAGE] + [
    (member, garbage) for member in CAST if member != "liu" for garbage in ("beyond", "surrogate")
]


@pytest.mark.parametrize(("member", "garbage"), MET)
def test_no_garbage_breaks_a_form(request, places, member, garbage):
    client, value = Client(raise_request_exception=False), GARBAGE[garbage]
    client.force_login(request.getfixturevalue(member).account)
    body = "" if value is None else urlencode(dict.fromkeys(FIELDS, value.encode("utf-8", "surrogateescape")))
    answers = {
        address: client.post(address, body, content_type=SENT).status_code
        for address in sorted(places, key=last_things_last)
    }
    odd = {
        a: s
        for a, s in answers.items()
        if s not in ANSWERS and not (a in {*SHOWN_AGAIN, SHEET_OF_PASSWORDS} and s == 200)
    }
    assert not odd


EVERYBODY = set(CAST)
BUSINESS = {"liu", "wang", "li"}
HERE = EVERYBODY - {"outsider"}
ASK_THE_TABLE: set[str] = set()
"""Pages of one verb: who gets in is in core/flow, and held against it by tests/apps/ledger/test_rights.py."""
SEEN_BY = [
    (
        r"/(units/(units|governments)|people/people|plans/plans|ledger/claims|reminders/waiting)\.xlsx",
        EVERYBODY,
    ),
    (
        r"/calendar/(month|days|duties/duties)\.xlsx|/meetings/(meetings|decisions)\.xlsx",
        BUSINESS | {"outsider"},
    ),
    (r"/projects/(books|boards|rates/[a-z]+)\.xlsx", BUSINESS | {"outsider"}),
    (r"/projects/(books/)?\d+/(gaps|entries)\.xlsx|/lights/\d+/figures\.xlsx", BUSINESS),
    (r"/accounts/accounts\.xlsx", {"chen_admin", "gao"}),
    (r"/records/records\.xlsx", {"auditor"}),
    (r"/(login|logout|health|password)?/?", EVERYBODY),
    (r"/(plans|ledger|orders|lights|units|units/governments|people|seats)/", EVERYBODY),
    (r"/board/((wall|silence|projects)/|wall/screen/)?", EVERYBODY),
    (r"/board/.+", BUSINESS),
    (r"/lights/export\.xlsx", BUSINESS),
    (r"/orders/export\.xlsx", EVERYBODY),
    (r"/(reporting|bulletins)/export\.xlsx|/reporting/burden\.xlsx", BUSINESS | {"outsider"}),
    (r"/lights/rules/", BUSINESS | {"outsider"}),
    (r"/lights/rules/new/", {"liu", "outsider"}),
    (r"/lights/rules/\d+/withdraw/", {"liu"}),
    (r"/projects/(export\.xlsx|books/|rates/([a-z]+/)?|boards/)?", BUSINESS | {"outsider"}),
    (r"/projects/(new|settings|sheet|books/open|boards/new)/.*", {"liu", "outsider"}),
    (r"/projects/(books/)?\d+/", BUSINESS),
    (r"/projects/\d+/edit/|/projects/books/\d+/settle/.*|/projects/boards/\d+/(edit|do/\w+)/", {"liu"}),
    (r"/projects/books/\d+/owner/.*", {"wang", "li"}),
    (r"/projects/.+", {"liu", "wang"}),
    (r"/lights/\d+/pace/", ASK_THE_TABLE),
    (r"/calendar/(days/|duties/|feed/)?", BUSINESS | {"outsider"}),
    (r"/calendar/(days/\d+/withdraw|rhythms/\d+/(change|stop))/|/calendar/plans/\d+/dates/", {"liu"}),
    (r"/calendar/rhythms/\d+/resume/|/calendar/duties/.+|/calendar/feed/(open|renew|revoke)/", ASK_THE_TABLE),
    (r"/calendar/feed/.+", set()),
    (r"/calendar/.+", BUSINESS),
    (r"/orders/(new|plan)/", {"liu", "outsider"}),
    (r"/(orders|lights)/\d+/", BUSINESS),
    (r"/orders/(\d+/edit|(extensions|reviews)/\d+/\w+)/", {"liu"}),
    (r"/orders/shares/.*", {"li"}),
    (r"/orders/.*", {"wang"}),
    (r"/meetings/(decisions/)?", BUSINESS | {"outsider"}),
    (r"/meetings/new/", {"liu", "outsider"}),
    (r"/meetings/decisions/\d+/", {"liu", "wang"}),
    (r"/meetings/decisions/\d+/answer/", {"wang"}),
    (r"/meetings/\d+/", {"liu", "wang"}),
    (r"/meetings/\d+/pack\.\w+", ASK_THE_TABLE),
    (r"/meetings/\d+/mark/", set()),
    (r"/meetings/.+", {"liu"}),
    (r"/people/sheet/.*|/people/export.xlsx|/units/merge/", {"liu", "outsider"}),
    (r"/(people/posts|people/delegations|units/\d+/split)/.*|/units/\d+/split/", {"liu"}),
    (r"/people/\d+/.*", HERE),
    (r"/accounts/(issue/)?", {"chen_admin", "gao"}),
    (r"/accounts/\d+/.*", {"chen_admin", "gao"}),
    (r"/records/", {"auditor"}),
    (r"/ledger/export\.xlsx", BUSINESS),
    (r"/ledger/claims/|/ledger/search/|/ledger/lists/[a-z]+/", EVERYBODY),
    (r"/ledger/plans/\d+/source/", BUSINESS),
    (r"/ledger/(shares|milestones|indicators)/.*|/ledger/(tasks|plans)/\d+/[a-z_]+/", ASK_THE_TABLE),
    (r"/plans/upload/", {"liu", "outsider"}),
    (r"/plans/compare/.*", BUSINESS | {"outsider"}),
    (r"/plans/\d+/.*", BUSINESS),
    (r"/ledger/.+", BUSINESS),
    (r"/bulletins/", BUSINESS | {"outsider"}),
    (r"/bulletins/(new|wordings)/.*", {"liu", "outsider"}),
    (r"/bulletins/\d+/scores/", set()),  # of this circular there is no score sheet
    (r"/bulletins/.+", {"liu"}),
    (r"/reporting/", BUSINESS | {"outsider"}),
    (r"/reporting/burden/", BUSINESS | {"outsider"}),
    (r"/reporting/(open|rules)/", {"liu", "outsider"}),
    (r"/reporting/burden/complain/|/reporting/complaints/.+", set()),
    (r"/reporting/rounds/\d+/snapshots/.+", set()),
    (r"/reporting/rounds/\d+/review/", {"liu"}),
    (r"/reporting/rounds/\d+/collate/", {"wang", "li"}),
    (r"/reporting/rounds/\d+/units/\d+/sheet\.xlsx", set()),
    (r"/reporting/rounds/\d+/units/\d+/.*|/reporting/(reports|evidence|figures)/.*", {"liu"}),
    (r"/reporting/rounds/.+", BUSINESS),
    (r"/reminders/(mine/|waiting/|read/)?", EVERYBODY),
    (r"/reminders/\d+/", {"liu"}),
    (r"/reminders/rules/", BUSINESS | {"outsider"}),
    (r"/reminders/rules/set/", {"liu", "outsider"}),
    (r"/reminders/channels/\d+/start/", ASK_THE_TABLE),
    (r"/reminders/channels/(mail/|robot/|\d+/.*)?", {"chen_admin"}),
    (r"/reminders/(leader|rounds)/.*", set()),
    (r"/units/.+", HERE),
]
"""Who finds a page at an address (the first row that fits). Lists are open to all and show each what is theirs."""


@pytest.mark.parametrize("member", CAST)
def test_who_sees_which_page(request, places, member):
    client = Client()
    client.force_login(request.getfixturevalue(member).account)
    for address in places:
        seen_by = next(who for form, who in SEEN_BY if re.fullmatch(form, address))
        answer = client.get(address)
        expected = {200, 302, 405} if member in seen_by else {403, 404, 405}
        if seen_by is ASK_THE_TABLE:
            expected |= {200, 409}
        assert answer.status_code in expected, address
        if member not in BUSINESS and not answer.streaming:
            assert "壮大园区" not in answer.content.decode(errors="replace")


class TestTheDoor:
    """Log-in: nobody is sent elsewhere, no session is carried in, none survives."""

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
    )
    def test_after_log_in_one_stays_here(self, client: Client, liu: Member, elsewhere: str) -> None:
        sent = {"username": "liu", "password": "qinghe-2026", "next": elsewhere}
        assert client.post("/login/", sent).headers["Location"] == "/"

    def test_a_session_planted_before_is_not_the_session_after(self, client: Client, liu: Member) -> None:
        client.get("/login/")
        session = client.session
        session["planted"] = True
        session.save()
        client.cookies["luoshi_session"] = before = session.session_key
        client.post("/login/", {"username": "liu", "password": "qinghe-2026"})
        assert client.cookies["luoshi_session"].value != before

    def test_what_a_logged_in_page_showed_is_not_kept(self, client: Client, liu: Member) -> None:
        client.force_login(liu.account)
        assert client.get("/ledger/").headers["Cache-Control"] == "private, no-store"
        assert "no-store" not in client.get("/static/ui/luoshi.css").headers["Cache-Control"]

    def test_a_body_over_all_limits_is_not_even_read(self, client: Client, liu: Member, settings) -> None:
        settings.UPLOAD_LIMIT = 1000
        client.force_login(liu.account)
        assert client.post("/plans/upload/", {"files": "x" * 5000}).status_code == 400
