"""The only doors out of the house: one e-mail, one post to a robot. Both only to what an administrator set, with short
timeouts, following nobody elsewhere, repeating nothing of what comes back (docs/decisions/0186)."""

import http.client
import ipaddress
import smtplib
import socket
import ssl
from collections.abc import Iterable
from email.message import EmailMessage
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

TIMEOUT = 5.0
MOST = 65536
"""Bytes of an answer that are looked at."""


class CannotSend(Exception):
    """It did not go out; `str` is one Chinese sentence that says why and what to do."""


class Server(NamedTuple):
    """A mail server: `security` is ssl, starttls or none."""

    host: str
    port: int
    security: str
    username: str
    password: str
    sender: str


def reachable(host: str, port: int, internal_only: bool = False) -> list[str]:
    """The addresses of a host that may be spoken to. Raises CannotSend for one that there is not, that is no server's
    (link-local, multicast, unspecified), or lies outside where only the inside is allowed."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise CannotSend(f"找不到服务器“{host}”，请核对地址，或检查本机能否上网。") from error
    good = []
    for text in sorted(found):
        address = ipaddress.ip_address(text.partition("%")[0])
        inner = getattr(address, "ipv4_mapped", None) or address
        odd = inner.is_link_local or inner.is_multicast or inner.is_unspecified or inner.is_reserved
        if odd and not inner.is_loopback:
            continue
        if internal_only and not (inner.is_private or inner.is_loopback):
            raise CannotSend("对外网的地址请用https开头的，http只能用于内网。")
        good.append(text)
    if not good:
        raise CannotSend(f"“{host}”不是可以发送的地址，请核对。")
    return good


def post(address: str, body: bytes) -> tuple[int, bytes]:
    """Post JSON; the status and the beginning of the answer. Follows no redirect, uses no proxy. Raises CannotSend."""
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise CannotSend("机器人地址应以https开头，请重新填写。")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise CannotSend("机器人地址的端口不对，请核对。") from error
    targets = reachable(parts.hostname, port, parts.scheme == "http")
    connection = _connection(parts, port)
    try:
        connection.sock = _dial(targets, port)
        if isinstance(connection, http.client.HTTPSConnection):
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=parts.hostname)
        where = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        head = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "luoshi"}
        connection.request("POST", where, body, head)
        answer = connection.getresponse()
        return answer.status, answer.read(MOST)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise CannotSend(_why(error, parts.hostname)) from error
    finally:
        connection.close()


def _connection(parts: SplitResult, port: int) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname or "", port, timeout=TIMEOUT)


def _dial(targets: Iterable[str], port: int) -> socket.socket:
    """A connection to the first of the addresses just looked at: the name is not asked a second time."""
    last: OSError = OSError()
    for target in targets:
        try:
            return socket.create_connection((target, port), TIMEOUT)
        except OSError as error:
            last = error
    raise last


def mail(server: Server, to: str, subject: str, text: str) -> None:
    """Send one plain e-mail. Raises CannotSend."""
    reachable(server.host, server.port)
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, server.sender, to
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        with _mail_server(server) as line:
            if server.security == "starttls":
                line.starttls(context=ssl.create_default_context())
            if server.username:
                line.login(server.username, server.password)
            line.send_message(message)
    except smtplib.SMTPException as error:
        raise CannotSend(_why_not_mailed(error)) from error
    except (OSError, ValueError) as error:
        raise CannotSend(_why(error, server.host)) from error


def _mail_server(server: Server) -> smtplib.SMTP:
    if server.security == "ssl":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)


def _why_not_mailed(error: smtplib.SMTPException) -> str:
    match error:
        case smtplib.SMTPAuthenticationError():
            return "邮件服务器不认这个账号或密码，请重新填写（很多邮箱要用“授权码”代替密码）。"
        case smtplib.SMTPRecipientsRefused():
            return "邮件服务器不收这个收件地址，请核对邮箱。"
        case smtplib.SMTPSenderRefused():
            return "邮件服务器不许用这个发件地址，请改成账号自己的邮箱。"
        case smtplib.SMTPNotSupportedError():
            return "邮件服务器不支持所选的加密方式或登录，请改选加密方式，或去掉账号。"
        case smtplib.SMTPServerDisconnected():
            return "邮件服务器中途断开，请核对端口和加密方式。"
    return "邮件服务器没有接收，请核对设置，稍后自动再试。"


def _why(error: Exception, host: str) -> str:
    match error:
        case TimeoutError():
            return f"“{host}”{TIMEOUT:.0f}秒内没有答复，请检查网络，稍后自动再试。"
        case ssl.SSLError():
            return f"“{host}”的证书或加密方式没有通过检查，请核对地址和端口。"
        case ConnectionRefusedError():
            return f"连不上“{host}”，请核对地址和端口，或检查防火墙。"
    return f"与“{host}”的连接没有成功，请检查网络，稍后自动再试。"
