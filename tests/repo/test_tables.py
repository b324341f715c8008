"""Every table of facts goes to Excel (docs/decisions/0210): a template with a table has the link, or stands in a page that has, or
says here why not."""

import re

from tests.repo.test_house import SRC

LINK = re.compile(r"""\{% excel |xlsx=|_export|:export|export_list|:workbook|:breakdown""")
TABLE = re.compile(r"<table\b")
FORM = "a form: what is filled in, chosen or to be put right there"
ONE = "one thing's own page: the rows stand in the workbook of its list"
SETTING = "settings of a few lines, read where they are made"
WITHOUT = {
    "board/_screen.html": "the wall chart on the big screen, whose page has the link",
    "bulletins/_part.html": "a table of a paper, which leaves as docx and PDF",
    "bulletins/_scores.html": FORM,
    "bulletins/kinds.html": SETTING,
    "bulletins/wordings.html": SETTING,
    "dispatch/rhythm.html": ONE,
    "intake/_edit_form.html": FORM,
    "intake/adopt.html": FORM,
    "intake/units.html": FORM,
    "ledger/carry.html": FORM,
    "meetings/_ask.html": FORM,
    "org/person.html": ONE,
    "org/preview.html": FORM,
    "org/seats.html": FORM,
    "org/unit.html": ONE,
    "projects/preview.html": FORM,
    "reminders/channels.html": SETTING,
    "reporting/_fields.html": FORM,
    "reporting/_notice.html": FORM,
    "supervision/index.html": "counts of causes: the rows stand in the workbook of the list below",
    "supervision/rule_form.html": FORM,
    "supervision/rules.html": SETTING,
}
WITHIN = {
    "intake/_compare_rows.html": "intake/compare.html",
    "intake/_shares.html": "intake/health.html",
    "ledger/_forces.html": "ledger/_rows.html",
    "ledger/_indicators.html": "ledger/_rows.html",
    "ledger/_paper.html": "ledger/_rows.html",
    "ledger/_tasks.html": "ledger/_rows.html",
    "meetings/_list.html": "meetings/_decisions.html",
    "projects/_gaps.html": "projects/book.html",
}
"""Part of a page → the page that has the link."""


def test_every_table_of_facts_goes_to_excel() -> None:
    templates = {
        str(path).partition("/templates/")[2]: path.read_text("utf-8")
        for path in SRC.rglob("templates/**/*.html")
    }
    tables = {name for name, text in templates.items() if TABLE.search(text)}
    silent = {name for name in tables if not LINK.search(templates[name])}
    assert silent == {*WITHOUT, *WITHIN}, silent ^ {*WITHOUT, *WITHIN}
    assert not {page for page in WITHIN.values() if not LINK.search(templates[page])}
