"""Papers uploaded for one comparison only: read apart, never stored, opened by one person, gone after some hours."""

import os
import re
import time
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core import signing

from luoshi.intake import borrowed
from luoshi.intake.services.receiving import MOST_CHARACTERS, sweep
from luoshi.journal.models import Event
from luoshi.ledger.models import Plan, SourceFile
from tests.apps.intake.compared import GUESSED, LOWER, NO_PLAN, UPPER, file, stored

pytestmark = pytest.mark.django_db
HERE = "/plans/compare/"


@pytest.fixture
def clerk(liu, as_):
    return as_(liu)


def lying(settings):
    """The papers that lie in the folder of uploads."""
    return sorted(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())


def lend(client, **sides):
    """Choose and upload; the address that the answer leads to."""
    answer = client.post(HERE, sides)
    assert answer.status_code == 302, unescape(answer.content.decode())
    return answer.headers["Location"]


def said(client, data, status=422):
    """The sentences beside the fields."""
    answer = client.post(HERE, data)
    assert answer.status_code == status
    shown = unescape(answer.content.decode())
    return re.findall(r'role="alert">(.*?)</', shown)


class TestOnePaperIsUploaded:
    def test_it_is_compared_with_a_stored_plan(self, liu, clerk):
        lower = stored(liu, LOWER)
        address = lend(clerk, a_files=file(UPPER, "市方案.txt"), b=lower.pk)
        shown = unescape(clerk.get(address).content.decode())
        assert "下级加码4项" in shown
        assert GUESSED in shown
        assert "市方案.txt，只用于这次对照，没有存入方案。" in shown

    def test_nothing_of_it_is_stored(self, liu, clerk, settings):
        lower = stored(liu, LOWER)
        before = Event.objects.count()
        clerk.get(lend(clerk, a_files=file(UPPER, "市方案.txt"), b=lower.pk))
        assert Plan.objects.get() == lower
        assert SourceFile.objects.count() == 1
        assert Event.objects.count() == before
        assert len(list(Path(settings.MEDIA_ROOT).rglob("*.*"))) == 0
        assert [path.name.startswith("borrowed-") for path in lying(settings)] == [True]

    def test_its_sentences_are_shown_though_it_has_no_page_of_its_own(self, liu, clerk):
        lower = stored(liu, LOWER)
        shown = clerk.get(lend(clerk, a_files=file(UPPER), b=lower.pk)).content.decode()
        link = unescape(re.search(r'href="(/plans/compare/places/[^"#]+)', shown)[1])
        places = clerk.get(link).content.decode()
        assert re.search(r'class="m here"[^>]*>全市林业总产值增长9%<', places)
        assert re.findall(r"/ledger/plans/(\d+)/source/", places) == [str(lower.pk)]

    def test_its_workbook_names_file_and_hash(self, liu, clerk):
        from_address = lend(clerk, a_files=file(UPPER, "市方案.txt"), b=stored(liu, LOWER).pk)
        answer = clerk.get(from_address.replace(HERE, f"{HERE}export.xlsx"))
        notes = [row[1] for row in openpyxl.load_workbook(BytesIO(answer.content))["说明"].values]
        assert any(re.fullmatch(r"市方案\.txt　SHA256 [0-9a-f]{64}", str(words)) for words in notes)

    def test_it_can_be_chosen_again_for_another_comparison(self, liu, clerk):
        address = lend(clerk, a_files=file(UPPER), b=stored(liu, LOWER).pk)
        key = unescape(re.search(r'name="key" value="([^"]+)"', clerk.get(address).content.decode())[1])
        other = stored(liu, LOWER.replace("11%", "10%"), "又一份.txt")
        assert "下级加码4项" in unescape(clerk.get(lend(clerk, a=key, b=other.pk)).content.decode())
        assert "临时文件：云岭市2026年兴林富民行动方案" in clerk.get(HERE, {"a": key}).content.decode()


def test_both_can_be_uploaded_and_a_paper_may_have_several_files(clerk):
    body, annex = UPPER.split("二、重点任务")
    files = [file(body, "正文.txt"), file("二、重点任务" + annex, "任务.txt")]
    shown = unescape(clerk.get(lend(clerk, a_files=files, b_files=file(LOWER))).content.decode())
    assert "下级加码4项" in shown
    assert "正文.txt、任务.txt" in shown


class TestItIsNotForLong:
    @pytest.fixture
    def address(self, liu, clerk):
        return lend(clerk, a_files=file(UPPER), b=stored(liu, LOWER).pk)

    def gone(self, client, address):
        answer = client.get(address)
        assert answer.status_code == 422
        assert "这份只用于对照的文件已经不在了" in answer.content.decode()
        assert 'name="a_files"' in answer.content.decode()  # and can be uploaded again on the spot

    def test_nobody_else_can_open_it(self, address, wang, as_):
        self.gone(as_(wang), address)

    def test_after_some_hours_the_address_opens_nothing(self, clerk, address, monkeypatch):
        now = time.time()
        monkeypatch.setattr(signing.time, "time", lambda: now + borrowed.HOURS * 3600 + 60)
        self.gone(clerk, address)

    def test_and_the_file_is_removed_when_anybody_uploads(self, clerk, address, settings):
        old = time.time() - borrowed.HOURS * 3600 - 60
        [path] = lying(settings)
        os.utime(path, (old, old))
        lend(clerk, a_files=file(UPPER, "又一份.txt"), b_files=file(LOWER))
        assert path not in lying(settings)
        self.gone(clerk, address)

    def test_a_server_that_starts_anew_removes_it(self, clerk, address, settings):
        [path] = lying(settings)
        os.utime(path, (time.time() - 600,) * 2)
        assert sweep() == 1
        self.gone(clerk, address)

    def test_it_is_removed_at_a_press(self, clerk, address, settings):
        key = unescape(re.search(r'name="key" value="([^"]+)"', clerk.get(address).content.decode())[1])
        answer = clerk.post(f"{HERE}forget/", {"key": key}, follow=True)
        assert "已删除这份临时文件。" in answer.content.decode()
        assert lying(settings) == []
        self.gone(clerk, address)
        assert clerk.post(f"{HERE}forget/", {"key": key}).status_code == 302  # pressed twice

    def test_nobody_removes_anothers(self, clerk, address, settings, wang, as_):
        key = unescape(re.search(r'name="key" value="([^"]+)"', clerk.get(address).content.decode())[1])
        assert as_(wang).post(f"{HERE}forget/", {"key": key}).status_code == 409
        assert len(lying(settings)) == 1

    @pytest.mark.parametrize("token", ["x", "ab:cd:ef", "../../luoshi", "a" * 3000, "\x01", "1²"])
    def test_a_token_of_ones_own_making_opens_nothing(self, clerk, address, token):
        b = address.partition("&b=")[2].partition("&")[0]
        answer = clerk.get(HERE, {"a": token, "b": b})
        assert answer.status_code == 422
        assert "已经不在了" in answer.content.decode()

    def test_one_person_has_only_so_many(self, liu, settings):
        reading = {"plan": {"document": {"title": "方案"}}}
        tokens = []
        for n in range(borrowed.MOST + 2):
            tokens.append(borrowed.keep([f"{n}.txt"], reading, liu.actor))
            newest = max(lying(settings), key=lambda path: path.stat().st_mtime)
            os.utime(newest, (time.time() - 100 + n,) * 2)
        assert len(lying(settings)) == borrowed.MOST
        assert borrowed.fetch(tokens[-1], liu.actor).names == (f"{borrowed.MOST + 1}.txt",)
        with pytest.raises(borrowed.Gone):
            borrowed.fetch(tokens[0], liu.actor)


class TestWhatIsWrongIsSaid:
    @pytest.mark.parametrize(
        ("text", "name", "words"),
        [
            ("", "空.txt", "选的文件是空的，没有内容可读。"),
            (NO_PLAN, "菜单.txt", "不像是一份方案"),
            ("机密★1年\n" + UPPER, "密件.txt", "没有保存任何内容"),
            ("\x7fELF" + "\0" * 400, "程序.docx", "没有保存任何内容"),
            ("一、目标\n" + "全市新建凉亭3座。\n" * (MOST_CHARACTERS // 9 + 1), "太长.txt", "请按章节拆成几份后分别上传。"),
        ],
        ids=["empty", "no plan", "classified", "no document", "endless"],
    )  # fmt: skip
    def test_a_file_that_cannot_be_read(self, liu, clerk, settings, text, name, words):
        lower = stored(liu, LOWER)
        [sentence] = said(clerk, {"a_files": file(text, name), "b": lower.pk})
        assert words in sentence
        assert lying(settings) == []

    def test_when_one_of_two_cannot_be_read_neither_is_kept(self, clerk, settings):
        [sentence] = said(clerk, {"a_files": file(UPPER), "b_files": file(NO_PLAN, "菜单.txt")})
        assert "不像是一份方案" in sentence
        assert lying(settings) == []

    def test_what_was_chosen_besides_stays_chosen(self, liu, clerk):
        lower = stored(liu, LOWER)
        answer = clerk.post(HERE, {"a_files": file(NO_PLAN), "b": lower.pk, "relation": "years"})
        shown = answer.content.decode()
        assert f'<option value="{lower.pk}" selected>' in shown
        assert re.search(r'value="years"[^>]*checked', shown)

    @pytest.mark.parametrize(
        ("data", "sentences"),
        [
            ({}, ["还没有前一份。请选一份方案，或上传一个文件。", "还没有后一份。请选一份方案，或上传一个文件。"]),
            ({"a": "here"}, ["还没有后一份。请选一份方案，或上传一个文件。"]),
            ({"a": "here", "b": "here"}, ["前一份和后一份是同一份方案，没有可比的。请换一份。"]),
            ({"a": "here", "a_files": "file", "b": "here"}, ["前一份既选了方案又上传了文件，请只留一个。"]),
            ({"a": "999", "b": "here"}, ["选的前一份不在方案列表里，可能已被撤回或过期。请重新选择。"]),
            ({"a_files": "file", "b": "here", "relation": "cousins"}, ["没有这种关系，请在列出的几种里选一种。"]),
        ],
    )  # fmt: skip
    def test_a_choice_that_is_none(self, liu, clerk, settings, data, sentences):
        lower = stored(liu, LOWER)
        stand = {"here": lower.pk, "file": file(UPPER)}
        assert said(clerk, {name: stand.get(value, value) for name, value in data.items()}) == sentences
        assert lying(settings) == []

    def test_files_that_are_too_large_together(self, liu, clerk, settings):
        settings.UPLOAD_LIMIT = 2**20
        half = "全市新建凉亭3座。\n" * 25_000
        [sentence] = said(clerk, {"a_files": file(half), "b_files": file(half)})
        assert sentence.startswith("文件共1MB，超过了1MB的上限。")

    def test_the_same_plan_twice_in_the_address(self, liu, clerk):
        lower = stored(liu, LOWER)
        answer = clerk.get(HERE, {"a": lower.pk, "b": lower.pk})
        assert answer.status_code == 422
        assert "前一份和后一份是同一份方案，没有可比的。请换一份。" in answer.content.decode()


BAD = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }}"


class TestWordsThatWouldBeMore:
    def test_markup_in_a_paper_stays_words(self, liu, clerk):
        text = (
            UPPER.replace("油茶大厅", BAD)
            .replace("林下经济产值", f"林下{BAD}产值")
            .replace("兴林富民", f"兴林{BAD[:28]}")
        )
        address = lend(clerk, a_files=file(text, f"{BAD[2:30]}.txt"), b=stored(liu, LOWER).pk)
        shown = [
            clerk.get(address + f"&tab={tab}&q={q}").content.decode()
            for tab in ("indicator", "task", "unanswered")
            for q in ("", BAD)
        ]
        shown += [
            clerk.get(unescape(link)).content.decode()
            for page in list(shown)
            for link in re.findall(r'href="(/plans/compare/places/[^"#]+)', page)
        ]
        shown.append(clerk.get(HERE, {"a": address.partition("a=")[2].partition("&")[0]}).content.decode())
        assert sum("&lt;script&gt;" in page for page in shown) > 5
        for page in shown:
            assert "<script>alert" not in page
            assert "<img src=x" not in page

    @pytest.mark.parametrize("words", ["=1+1", "+1", "@SUM(A1)", '=HYPERLINK("http://evil.example","x")'])
    def test_no_cell_is_a_formula_or_a_link(self, liu, clerk, words):
        text = UPPER.replace("3.养好古树名木", f"3.{words}养好古树名木").replace(
            "云岭市2026年兴林", f"{words}兴林"
        )
        address = lend(clerk, a_files=file(text, f"{words[:4]}.txt"), b=stored(liu, LOWER).pk)
        book = openpyxl.load_workbook(BytesIO(clerk.get(address.replace(HERE, f"{HERE}export.xlsx")).content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert any(words in str(cell.value) for cell in cells)
        assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
