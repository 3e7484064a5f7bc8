"""Open pages without a browser: websockets that greet the studio as a real page did, and stay."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from threading import Event, Thread
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from playwright.sync_api import Page, WebSocket
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, Message, Ping, Request, TextMessage

_ANSWERED = "42/_event,"
"""The first event of the server: the session's state is made."""
_PING, _PONG = "2", "3"


class Greeting:
    """What a real page says first, to be said again by others."""

    def __init__(self, page: Page) -> None:
        self.url = ""
        self.words: list[str] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        self.url = socket.url
        socket.on("framesent", lambda frame: self.words.append(str(frame)))

    @property
    def hello(self) -> str:
        return next(words for words in self.words if words.startswith("40"))


@contextmanager
def visitors(greeting: Greeting, count: int, cookie: str = "") -> Iterator[None]:
    """`cookie`: of the person whose pages they are."""
    arrived, gone = Event(), Event()
    thread = Thread(target=lambda: asyncio.run(_stay(greeting, count, cookie, arrived, gone)))
    thread.start()
    if not arrived.wait(timeout=90):
        print("  not every session could be connected")
    try:
        yield
    finally:
        gone.set()
        thread.join()


async def _stay(greeting: Greeting, count: int, cookie: str, arrived: Event, gone: Event) -> None:
    ready = [asyncio.Event() for _ in range(count)]
    tasks = [asyncio.create_task(_visit(greeting.url, greeting.hello, cookie, each)) for each in ready]
    for each in ready:
        await each.wait()
    arrived.set()
    while not gone.is_set():
        await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()


async def _visit(url: str, hello: str, cookie: str, ready: asyncio.Event) -> None:
    parts = urlsplit(url)
    query = f"EIO=4&transport=websocket&token={uuid4()}"
    target = urlunsplit(("", "", parts.path, query, ""))
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    connection = WSConnection(ConnectionType.CLIENT)
    extra = [(b"Origin", f"http://{parts.netloc}".encode()), (b"Cookie", cookie.encode())]
    request = Request(host=parts.netloc, target=target, subprotocols=[version("reflex")], extra_headers=extra)
    writer.write(connection.send(request))
    heard = ""
    while data := await reader.read(65536):
        connection.receive_data(data)
        for event in connection.events():
            if isinstance(event, AcceptConnection):
                writer.write(connection.send(Message(data=hello)))
            elif isinstance(event, Ping):
                writer.write(connection.send(event.response()))
            elif isinstance(event, TextMessage):
                heard += event.data
                if event.message_finished:
                    if heard == _PING:
                        writer.write(connection.send(Message(data=_PONG)))
                    elif heard.startswith(_ANSWERED):
                        ready.set()
                    heard = ""
