"""A real mail server for tests, that takes, refuses or keeps its client waiting."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from tests.analytics.faults_kit import free_port


class Handler:
    """Answers each recipient and each mail as told; keeps what it took."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.recipient = "250 OK"
        self.data = "250 OK"
        self.asked = 0
        self.reached = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        self.asked += 1
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server, session, envelope) -> str:
        self.reached.set()
        while not self.may_answer.is_set():
            await asyncio.sleep(0.02)
        if self.data.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.data


@contextmanager
def mail_server() -> Iterator[tuple[Handler, int]]:
    """A server on a free port of this machine."""
    handler = Handler()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield handler, port
    finally:
        handler.may_answer.set()
        controller.stop()
