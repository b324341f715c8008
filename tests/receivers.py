"""A mail server and a robot on this machine, real sockets, for tests of what goes out."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


@dataclass
class Heard:
    """What came in: `refuse` makes the next messages fail."""

    port: int = 0
    letters: list[Any] = field(default_factory=list)
    posts: list[tuple[str, Any]] = field(default_factory=list)
    refuse: str = ""
    answer: tuple[int, bytes, dict[str, str]] = (200, b'{"errcode":0,"code":0}', {})
    logins: list[str] = field(default_factory=list)


class _Smtp(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        heard: Heard = self.server.heard
        self._say(220, "here")
        while line := self.rfile.readline():
            words = line.decode().strip()
            verb = words[:4].upper()
            if verb in ("EHLO", "HELO"):
                self.wfile.write(b"250-here\r\n250 AUTH PLAIN\r\n")
            elif verb == "AUTH":
                heard.logins.append(words)
                self._say(535 if heard.refuse == "login" else 235, "done")
            elif verb == "RCPT" and heard.refuse == "to":
                self._say(550, "nobody")
            elif verb == "DATA":
                self._say(354, "go on")
                data = b""
                while not data.endswith(b"\r\n.\r\n"):
                    data += self.rfile.readline()
                heard.letters.append(message_from_bytes(data[:-3], policy=policy.default))
                self._say(250, "kept")
            elif verb == "QUIT":
                self._say(221, "bye")
                return
            else:
                self._say(250, "ok")

    def _say(self, code: int, text: str) -> None:
        self.wfile.write(f"{code} {text}\r\n".encode())


class _Robot(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        heard: Heard = self.server.heard
        body = self.rfile.read(int(self.headers["Content-Length"]))
        heard.posts.append((self.path, json.loads(body)))
        status, answer, headers = heard.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def listening(kind: str) -> Iterator[Heard]:
    """A receiver ("mail" or "robot") on a free port of 127.0.0.1."""
    heard = Heard()
    made = socketserver.ThreadingTCPServer if kind == "mail" else HTTPServer
    with made(("127.0.0.1", 0), _Smtp if kind == "mail" else _Robot) as server:
        server.heard = heard
        server.daemon_threads = True
        heard.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield heard
        finally:
            server.shutdown()
