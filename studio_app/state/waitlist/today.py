"""What of the waitlist concerns staff today: a card of its own."""

import reflex as rx

from services import waitlist
from services.core.access import Permission
from studio_app.gate import requires
from studio_app.live import follow
from studio_app.state.editor import EditorState
from studio_app.state.waitlist.presenter import WishLine, wish_line


class WaitlistToday(EditorState):
    offered: list[WishLine] = []
    newest: list[WishLine] = []
    waiting: int = 0

    @rx.event
    @requires()
    async def load_waitlist(self) -> None:
        await self._show()

    @rx.event(background=True)
    @requires()
    async def watch_waitlist(self) -> None:
        await follow(self, ("waitlist",), WaitlistToday._show)

    async def _show(self) -> None:
        if Permission.MANAGE_CLIENTS.name not in self.permissions:
            return
        desk, studio = await self._read(waitlist.desk)
        self.offered = [wish_line(wish, studio) for wish in desk.offered]
        self.newest = [wish_line(wish, studio) for wish in desk.newest]
        self.waiting = desk.waiting
