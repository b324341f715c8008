"""Group robots of 企业微信, 钉钉 and 飞书: where to post, the body in the shape each wants, its signature, what its answer says.

Sources (vendors' pages, read 2026-11): 企业微信 developer.work.weixin.qq.com/document/path/91770 (no signature; the key is in the
address); 钉钉 open.dingtalk.com “自定义机器人安全设置” (加签: HMAC-SHA256 of timestamp in ms + "\\n" + secret, keyed with the
secret); 飞书 open.feishu.cn “自定义机器人使用指南” (签名校验: HMAC-SHA256 of nothing, keyed with timestamp in s + "\\n" + secret).
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple
from urllib.parse import quote_plus

Robot = Literal["wecom", "dingtalk", "feishu"]
ROBOTS: dict[str, str] = {"wecom": "企业微信群机器人", "dingtalk": "钉钉群机器人", "feishu": "飞书群机器人"}
SIGNED = ("dingtalk", "feishu")
"""Those that know a signature."""
MENTIONING = ("wecom", "dingtalk")
"""Those that can name members by telephone number."""
REASONS: dict[tuple[str, int], str] = {
    ("wecom", 93000): "机器人地址不对，或机器人已被移出群，请重新复制地址。",
    ("wecom", 45009): "发得太频繁，对方暂时不收，稍后自动再试。",
    ("dingtalk", 310000): "安全设置没有通过：请核对加签密钥、关键词或服务器的出口地址。",
    ("dingtalk", 300001): "机器人地址不对，或机器人已被停用，请重新复制地址。",
    ("dingtalk", 130101): "发得太频繁，对方暂时不收，稍后自动再试。",
    ("feishu", 19001): "机器人地址不对，或机器人已被移出群，请重新复制地址。",
    ("feishu", 19021): "签名没有通过：请核对签名密钥，并检查服务器的时间是否准确。",
    ("feishu", 19022): "服务器的出口地址不在机器人允许的范围内，请在机器人的安全设置中加上。",
    ("feishu", 19024): "消息里没有机器人要求的关键词，请在机器人的安全设置中把关键词设为“落实”。",
    ("feishu", 11232): "发得太频繁，对方暂时不收，稍后自动再试。",
}


class Post(NamedTuple):
    """What is sent: to which address, which body (UTF-8 JSON)."""

    address: str
    body: bytes


def dingtalk_sign(milliseconds: int, secret: str) -> str:
    """The value of `sign`, already safe for an address."""
    digest = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    return quote_plus(base64.b64encode(digest))


def feishu_sign(seconds: int, secret: str) -> str:
    """The value of `sign` in the body."""
    digest = hmac.new(f"{seconds}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def post_for(
    robot: str, address: str, secret: str, text: str, mobiles: Sequence[str], seconds: float
) -> Post:
    """One text for a group, at the moment `seconds` (since 1970). `secret` "" means unsigned. Raises KeyError for a robot
    that there is not."""
    body: dict[str, Any]
    if robot == "wecom":
        said: dict[str, Any] = {"content": text}
        if mobiles:
            said["mentioned_mobile_list"] = list(mobiles)
        body = {"msgtype": "text", "text": said}
    elif robot == "dingtalk":
        at = {"atMobiles": list(mobiles), "isAtAll": False}
        tail = "".join(f" @{mobile}" for mobile in mobiles)  # 钉钉 names only who stands in the text
        body = {"msgtype": "text", "text": {"content": text + tail}, "at": at}
        if secret:
            stamp = round(seconds * 1000)
            address += (
                f"{'&' if '?' in address else '?'}timestamp={stamp}&sign={dingtalk_sign(stamp, secret)}"
            )
    elif robot == "feishu":
        body = {"msg_type": "text", "content": {"text": text}}
        if secret:
            stamp = int(seconds)
            body = {"timestamp": str(stamp), "sign": feishu_sign(stamp, secret), **body}
    else:
        raise KeyError(robot)
    return Post(address, json.dumps(body, ensure_ascii=False).encode())


def refusal(robot: str, status: int, answer: bytes) -> str:
    """Why the robot did not take it, in one sentence; "" when it did. Nothing of the answer but its number is repeated."""
    if 300 <= status < 400:
        return "对方要求转到别的地址，为安全起见没有转。请填写机器人最终的地址。"
    if status != 200:
        return f"对方没有接收（答复{status}），请核对机器人地址。"
    try:
        said = json.loads(answer)
    except ValueError:
        said = None
    if not isinstance(said, Mapping):
        return "对方的答复不是机器人的格式，请核对地址是不是群机器人的地址。"
    code = said.get("errcode", said.get("code", said.get("StatusCode")))
    if code in (0, "0"):
        return ""
    if not isinstance(code, int):
        return "对方的答复不是机器人的格式，请核对地址是不是群机器人的地址。"
    return REASONS.get((robot, code), f"{ROBOTS[robot]}没有接收（代码{code}），请核对机器人的设置。")
