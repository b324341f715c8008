"""What robots are sent, against vectors computed apart with openssl; what leaves the house says no more than counts and days."""

import datetime as dt
import json

import pytest

from luoshi.core.reminding.deciding import Item, Line
from luoshi.core.reminding.robots import dingtalk_sign, feishu_sign, post_for, refusal
from luoshi.core.reminding.words import for_group, personal

WHERE = "http://10.1.1.5:8000"


def test_signatures() -> None:
    # printf '1732862400000\nSECabc' | openssl dgst -sha256 -hmac SECabc -binary | base64
    assert dingtalk_sign(1732862400000, "SECabc") == DING
    # printf '' | openssl dgst -sha256 -hmac "$(printf '1732862400\nabc')" -binary | base64
    assert feishu_sign(1732862400, "abc") == FEI


def test_bodies() -> None:
    wecom = post_for("wecom", "https://q/send?key=1", "", "您好", ["13800000000"], 1.0)
    assert json.loads(wecom.body) == {
        "msgtype": "text",
        "text": {"content": "您好", "mentioned_mobile_list": ["13800000000"]},
    }
    assert wecom.address == "https://q/send?key=1"
    assert "mentioned_mobile_list" not in json.loads(post_for("wecom", "https://q", "", "您好", [], 1.0).body)["text"]  # fmt: skip
    ding = post_for(
        "dingtalk", "https://d/send?access_token=1", "SECabc", "您好", ["13800000000"], 1732862400
    )
    assert json.loads(ding.body) == {
        "msgtype": "text", "text": {"content": "您好 @13800000000"}, "at": {"atMobiles": ["13800000000"], "isAtAll": False}
    }  # fmt: skip
    assert ding.address == f"https://d/send?access_token=1&timestamp=1732862400000&sign={DING}"
    fei = post_for("feishu", "https://f/hook/1", "abc", "您好", [], 1732862400.7)
    assert json.loads(fei.body) == {
        "timestamp": "1732862400", "sign": FEI, "msg_type": "text", "content": {"text": "您好"}
    }  # fmt: skip
    with pytest.raises(KeyError):
        post_for("sms", "", "", "", [], 0)


@pytest.mark.parametrize(
    ("robot", "status", "answer", "says"),
    [
        ("wecom", 200, b'{"errcode":0,"errmsg":"ok"}', ""),
        ("dingtalk", 200, b'{"errcode":0}', ""),
        ("feishu", 200, b'{"code":0,"msg":"success"}', ""),
        ("feishu", 200, b'{"StatusCode":0}', ""),
        ("wecom", 200, b'{"errcode":93000,"errmsg":"<script>"}', "移出群"),
        ("dingtalk", 200, b'{"errcode":310000}', "加签密钥"),
        ("feishu", 200, b'{"code":19021}', "签名没有通过"),
        ("feishu", 200, b'{"code":77777,"msg":"secret"}', "代码77777"),
        ("wecom", 302, b"", "转到别的地址"),
        ("wecom", 404, b"", "答复404"),
        ("wecom", 200, b"<html>", "不是机器人的格式"),
        ("wecom", 200, b"[1]", "不是机器人的格式"),
        ("wecom", 200, b'{"errcode":"x"}', "不是机器人的格式"),
        ("wecom", 200, b"\xff\xfe", "不是机器人的格式"),
    ],
)
def test_answers(robot: str, status: int, answer: bytes, says: str) -> None:
    said = refusal(robot, status, answer)
    assert says in said
    assert bool(said) is bool(says)
    assert "secret" not in said
    assert "script" not in said


def test_words_that_leave_the_house() -> None:
    late = Line(Item("order:7:雨污分流", dt.date(2026, 3, 2)), "late", 3)
    soon = Line(Item("report:2", dt.date(2026, 3, 10)), "soon", 2)
    head = Line(Item("order:7:雨污分流", dt.date(2026, 3, 2), "head"), "head", 3)
    mail = personal([late, soon], WHERE)
    assert (
        mail
        == f"您有2件事项需要办理：1件已逾期；1件快到期，最近3月10日。请登录{WHERE} 查看“待我办”。本邮件由系统发送，不用回复；办完后不再提醒。"
    )
    group = for_group([[late, soon], [late], [head]], "")
    assert (
        group
        == "【落实】今天提醒3人：已逾期1件、快到期1件、已告知单位负责人1件。请登录“落实”查看“待我办”。已办结的不在其中。"
    )
    assert "雨污" not in mail + group


DING = "AanGXJgHzWdAvXZOfYHbBx%2FWT9pwg2Cp%2BhLbMMh%2F2kU%3D"
FEI = "o/8KzuyPFMMFYjcckjuguhtfjmyWLXOQLsP4dfA4gOA="
