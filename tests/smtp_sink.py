"""A real mail server on a loopback address that keeps what it is sent, or refuses it as a test says."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller


class Sink:
    """`answer` is what the server says to each recipient, `at_the_end` to the whole letter."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer = "250 OK"
        self.at_the_end = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.at_the_end.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=default))
        return self.at_the_end


class OnAnyPort(Controller):
    """Port 0 lets the system choose; the controller's own first call must then go to the port it chose."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(settings) -> Iterator[Sink]:
    """The server, and the settings pointed at it."""
    sink = Sink()
    controller = OnAnyPort(sink, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        use(settings, controller.port)
        yield sink
    finally:
        controller.stop()


def use(settings, port: int) -> None:
    settings.HINDCAST_MAIL_URL = f"smtp://127.0.0.1:{port}"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
