"""Secrets of channels at rest: sealed under the server's secret key, so that neither pages, journal nor a copy of the database
show them (docs/decisions/0187).

A stream of HMAC-SHA256 blocks over a fresh nonce hides, a second key proves (encrypt, then authenticate). Nothing but the
standard library; whoever holds the secret key of the server can open what lies here, as the server must.
"""

import base64
import hashlib
import hmac
import secrets
from itertools import count

from django.utils.crypto import salted_hmac

NONCE, TAG = 16, 32
LOCKED = "这一项存的密码或密钥打不开了（服务器的密钥文件换过），请重新填写。"


class Locked(Exception):
    """What was sealed cannot be opened with the key of this server; `str` says it in a sentence."""

    def __init__(self) -> None:
        super().__init__(LOCKED)


def _key(use: str) -> bytes:
    return bytes(salted_hmac("luoshi.reminders.strongbox", use, algorithm="sha256").digest())


def _mix(data: bytes, nonce: bytes) -> bytes:
    stream = b""
    for number in count():
        if len(stream) >= len(data):
            break
        stream += hmac.new(_key("hide"), nonce + number.to_bytes(4, "big"), hashlib.sha256).digest()
    return bytes(one ^ other for one, other in zip(data, stream, strict=False))


def _tag(nonce: bytes, hidden: bytes) -> bytes:
    return hmac.new(_key("prove"), nonce + hidden, hashlib.sha256).digest()


def seal(text: str) -> str:
    """The text as it may lie in the database; "" stays ""."""
    if not text:
        return ""
    nonce = secrets.token_bytes(NONCE)
    hidden = _mix(text.encode(), nonce)
    return base64.b64encode(nonce + _tag(nonce, hidden) + hidden).decode()


def unseal(sealed: str) -> str:
    """The text again. Raises Locked."""
    if not sealed:
        return ""
    try:
        raw = base64.b64decode(sealed, validate=True)
    except ValueError as error:
        raise Locked from error
    nonce, tag, hidden = raw[:NONCE], raw[NONCE : NONCE + TAG], raw[NONCE + TAG :]
    if not hmac.compare_digest(tag, _tag(nonce, hidden)):
        raise Locked
    return _mix(hidden, nonce).decode()
