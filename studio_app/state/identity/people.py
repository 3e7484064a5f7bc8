from collections.abc import AsyncIterator
from typing import Any

import reflex as rx

from services import identity
from services.core import clock
from services.core.access import Permission, Role
from services.core.paging import PageRequest
from services.identity import NewUser, UserChange
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState
from studio_app.state.form import Form, page_number
from studio_app.state.identity.presenter import Person, person

PAGE_SIZE = 25


class PeopleState(Loading, EditorState):
    rows: list[Person] = []
    person: Person = Person()
    """Whom the open dialog is about."""
    total: int = 0
    page_number: int = 1
    q: str = ""
    role: str = ""
    active: str = ""
    order: str = "name"

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def load(self) -> None:
        self._arrive()
        asked, was = self.router.url.query_parameters, (self.q, self.role, self.active)
        self.q, self.role, self.active = (asked.get(name, "") for name in ("q", "role", "active"))
        self.visit += was != (self.q, self.role, self.active)
        self.order, self.page_number = asked.get("sort", "") or "name", page_number(asked.get("page", ""))
        await self._fetch()

    @rx.event(supersedes=True)
    @requires(Permission.MANAGE_USERS)
    async def narrow(self, name: str, value: str) -> Any:
        if name in ("q", "role", "active"):
            setattr(self, name, value)
        self.page_number = 1
        return await self._refetch()

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def clear(self) -> Any:
        self.q = self.role = self.active = ""
        self.page_number = 1
        return await self._refetch()

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def sort_by(self, order: str) -> Any:
        self.order = order
        return await self._refetch()

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def go_to(self, page: int) -> Any:
        self.page_number = page
        return await self._refetch()

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def open_person(self, dialog: str, user_id: int) -> None:
        """`user_id` 0 is somebody new."""
        if user_id:
            user, studio = await self._read(identity.get_user, user_id)
            self.person = person(user, studio, clock.now())
        else:
            self.person = Person()
        self._open(dialog, user_id)

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def save(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        form = Form.whole(sent)
        with self._saving():
            yield
            change = _change(form)
            if self.record_id:
                await self._call(identity.update_user, self.record_id, change)
            else:
                await self._call(identity.create_user, _new(form, change))
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{change.name} saved")

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def set_password(self, sent: dict[str, Any]) -> AsyncIterator[Any]:
        with self._saving():
            yield
            await self._call(identity.set_user_password, self.record_id, Form.whole(sent).secret("password"))
            await self._fetch()
        self._close()
        yield rx.toast.success(f"{self.person.name} signs in with the new password from now on")

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def unlock(self, user_id: int) -> Any:
        user = await self._call(identity.unlock_user, user_id)
        await self._fetch()
        return rx.toast.success(f"{user.name} can sign in again")

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def set_active(self, user_id: int, active: bool) -> Any:
        user = await self._call(identity.set_user_active, user_id, active)
        await self._fetch()
        self._close()
        return rx.toast.success(f"{user.name} is {'active again' if active else 'deactivated and signed out'}")

    async def _refetch(self) -> Any:
        await self._fetch()
        page = self.page_number if self.page_number > 1 else ""
        order = "" if self.order == "name" else self.order
        return self._show_in_url(q=self.q, role=self.role, active=self.active, sort=order, page=page)

    async def _fetch(self) -> None:
        request = PageRequest(self.page_number, PAGE_SIZE, self.order)
        role = Role(self.role) if self.role in list(Role) else None
        active = {"yes": True, "no": False}.get(self.active)
        page, studio = await self._read(identity.list_users, request, q=self.q, role=role, active=active)
        now = clock.now()
        self.rows, self.total = [person(user, studio, now) for user in page.data], page.total
        self.is_loading = False


def _change(form: Form) -> UserChange:
    return UserChange(
        name=form.text("name"),
        email=form.text("email"),
        roles=frozenset(role for role in Role if form.checked(f"role-{role}")),
        phone=form.text("phone") or None,
        discount_limit_pct=form.maybe_number("discount_limit_pct"),
        bio=form.text("bio"),
    )


def _new(form: Form, change: UserChange) -> NewUser:
    return NewUser(
        change.name,
        change.email,
        form.secret("password"),
        change.roles,
        phone=change.phone,
        discount_limit_pct=change.discount_limit_pct,
        bio=change.bio,
    )
