from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import reflex as rx

from services import identity
from services.core.access import Permission
from services.core.fields import parse_word
from services.core.studio import Studio
from services.identity import ProfileChange, SessionView, Theme
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState, day_and_time
from studio_app.state.form import Form
from studio_app.state.identity.roles import role_names


@dataclass(frozen=True)
class SignInRow:
    id: int
    device: str
    ip: str
    last_seen: str
    since: str
    is_current: bool


class ProfileState(Loading, EditorState):
    profile: dict[str, str] = {}
    roles: str = ""
    sign_ins: list[SignInRow] = []
    saved_passwords: int = 0
    """Counts up with each change, so that the form empties itself."""
    _preferences: dict[str, Any] = {}

    @rx.event
    @requires(Permission.VIEW_PROFILE)
    async def load(self) -> None:
        self._arrive()
        await self._fetch()
        self.is_loading = False

    @rx.event
    @requires(Permission.VIEW_PROFILE)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        form = Form.whole(sent)
        with self._saving():
            yield
            texts = (form.text(name) for name in ("name", "phone", "bio", "avatar"))
            await self._call(identity.update_my_profile, ProfileChange(*texts, preferences=self._preferences))
            await self._fetch()
        yield rx.toast.success("Profile saved")

    @rx.event
    @requires(Permission.VIEW_PROFILE)
    async def choose_theme(self, word: str) -> None:
        user = await self._call(identity.choose_theme, parse_word(Theme, word, "theme"))
        self._preferences = user.preferences

    @rx.event
    @requires(Permission.VIEW_PROFILE)
    async def change_password(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        form = Form.whole(sent)
        with self._saving():
            yield
            await self._call(identity.change_my_password, form.secret("current"), form.secret("new"))
            self.saved_passwords += 1
            await self._fetch()
        yield rx.toast.success("Password changed. You are signed out everywhere else.")

    @rx.event
    @requires(Permission.VIEW_PROFILE)
    async def end(self, session_id: int) -> Any:
        await self._call(identity.end_session, session_id)
        await self._fetch()
        return rx.toast.success("Signed out there")

    async def _fetch(self) -> None:
        user, studio = await self._read(identity.my_profile)
        sessions = await self._call(identity.my_sessions)
        self.profile = {
            "name": user.name,
            "email": user.email,
            "phone": user.phone or "",
            "bio": user.bio,
            "avatar": user.avatar,
            "discount": "" if user.discount_limit_pct is None else f"up to {user.discount_limit_pct}%",
        }
        self._preferences = user.preferences
        self.roles = role_names(user.roles)
        self.sign_ins = [_row(one, studio) for one in sessions]


def _row(session: SessionView, studio: Studio) -> SignInRow:
    return SignInRow(
        id=session.id,
        device=_device(session.user_agent),
        ip=session.ip,
        last_seen=day_and_time(session.last_seen_at, studio),
        since=day_and_time(session.created_at, studio),
        is_current=session.is_current,
    )


def _device(user_agent: str) -> str:
    """`Firefox on Windows`, as far as a user agent can be believed."""
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"))
    systems += (("Mac OS", "Mac"), ("Linux", "Linux"))
    browser = next((name for mark, name in browsers if mark in user_agent), "Another program")
    system = next((name for mark, name in systems if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
