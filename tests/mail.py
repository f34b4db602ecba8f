"""A mail server that keeps what it gets: just enough of RFC 5321 for a test, from the standard library."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from tests import servers


class Receiver(socketserver.ThreadingTCPServer):
    """Listens on a private port; ``messages`` are those accepted, oldest first."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((servers.HOST, 0), Conversation)
        self.messages: list[EmailMessage] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def subjects(self, address: str) -> list[str]:
        """What the messages for an address are about, oldest first."""
        return [str(message["Subject"]) for message in self.messages if message["To"] == address]


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    server: Receiver

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 test")
        while line := self.rfile.readline():
            verb = line.strip().upper().split(b" ")[0].decode()
            if verb == "DATA":
                self.say("354 go on")
                self.server.messages.append(self.message())
            self.say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        found = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A running mail server."""
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
