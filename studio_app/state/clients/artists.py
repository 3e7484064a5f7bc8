from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import clients
from services.clients import ArtistKind, NewArtist
from services.core.access import Permission
from studio_app.gate import requires
from studio_app.state.clients.client import ClientState
from studio_app.state.editor import by_id
from studio_app.state.form import Form, form_texts

P = Permission


class ClientArtists(ClientState):
    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def add_artist(self) -> None:
        self._open("artist", 0, {"kind": ArtistKind.PERSON})

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def edit_artist(self, artist_id: int) -> None:
        found = by_id(await self._call(clients.list_artists, self.shown.id), artist_id)
        self._open("artist", artist_id, form_texts(NewArtist, found))

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def save_artist(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        if self.dialog != "artist":
            return
        artist = Form.whole(sent).read(NewArtist)
        with self._saving():
            yield
            if self.record_id:
                await self._call(clients.update_artist, self.record_id, artist)
            else:
                await self._call(clients.add_artist, self.shown.id, artist)
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{artist.name} saved")

    @rx.event
    @requires(P.MANAGE_CLIENTS)
    async def set_active(self, artist_id: int, is_active: bool) -> Any:
        artist = await self._call(clients.set_artist_active, artist_id, is_active)
        await self._fetch()
        return rx.toast.success(f"{artist.name} is {'active again' if is_active else 'not offered any more'}")
