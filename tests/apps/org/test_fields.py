"""The fields every room's forms are made of: what each room says of emptiness and length, in its own words."""

import io

import openpyxl
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.dispatch import forms as dispatch
from luoshi.org.forms.fields import WRONG, line_field, text_field, workbook_field
from luoshi.org.sheets.opening import BadSheet, Wanted, opened, opened_sheets
from luoshi.projects import forms as projects

WANTED = Wanted("名册", 1 << 20, "请用本页导出的名册。")


def told(field: forms.Field, value: object) -> str:
    """The sentence that a value is refused with, "" for none."""
    try:
        field.clean(value)
    except forms.ValidationError as error:
        return "".join(error.messages)
    return ""


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (line_field("依据（文号）"), "", ""),
        (line_field("依据（文号）", "请写明依据。"), "", "请写明依据。"),
        (line_field("依据（文号）"), "字" * 200, ""),
        (line_field("依据（文号）"), "字" * 201, "“依据”不能超过200个字，请写得短一些。"),
        (line_field("名称", most=3), "四个字呢", "“名称”不能超过3个字，请写得短一些。"),
        (text_field("说明（可不填）", most=3), "四个字呢", "“说明”不能超过3个字，请写得精炼一些。"),
        (text_field("说明"), "字" * 4001, "“说明”不能超过4000个字，请写得精炼一些。"),
        (projects.line_field("业主"), "字" * 101, "“业主”不能超过100个字，请写得短一些。"),
        (projects.text_field("理由"), "字" * 501, "“理由”不能超过500个字，请写得精炼一些。"),
        (dispatch.line_field("期限（日）", most=3), "四个字呢", "“期限（日）”不能超过3个字，请写得短一些。"),
        (dispatch.text_field("理由"), "字" * 501, "“理由”不能超过500个字，请写得短一些。"),
        (forms.ChoiceField(choices=[("a", "甲")], error_messages=WRONG), "b", "这一栏请从列出的选项中选择。"),
        (workbook_field("清单"), None, "请选择要上传的表格。"),
        (workbook_field("清单"), SimpleUploadedFile("空.xlsx", b""), "选中的文件是空的，请重新选择。"),
    ],
)
def test_a_field_says_what_is_wrong_with_it(field, value, said):
    assert told(field, value) == said


def test_attributes_of_the_input_are_passed_on():
    attrs = line_field("手机号", inputmode="numeric").widget.attrs
    assert attrs == {"autocomplete": "off", "inputmode": "numeric", "maxlength": "200"}


def workbook(rows):
    made, kept = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("open_it", [opened, opened_sheets])
@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"x" * ((1 << 20) + 1), "大.xlsx", "文件“大.xlsx”太大，名册不超过1MB。请删去图片等无关内容后再上传。"),
        ("青禾县单位名册".encode(), "册.txt", "文件“册.txt”不是Excel表格。请用本页导出的名册。"),
        (b"", "空.xlsx", "空.xlsx"),
        (workbook([["a", "b"]]), "外.xlsx", "文件“外.xlsx”里没有找到中文内容。请用本页导出的名册。"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_the_workbook_is_refused_in_one_sentence(open_it, data, name, said):
    with pytest.raises(BadSheet) as refusal:
        open_it(data, name, WANTED)
    assert said in str(refusal.value)
