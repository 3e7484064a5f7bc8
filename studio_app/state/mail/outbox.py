from dataclasses import dataclass
from typing import Any

import reflex as rx

from services.core import outbox
from services.core.access import Permission
from services.core.outbox import DeliveryStatus, DeliveryView
from services.core.paging import PageRequest
from services.core.studio import Studio
from studio_app.gate import requires
from studio_app.state.base import Loading
from studio_app.state.editor import EditorState, day_and_time
from studio_app.state.form import page_number

PAGE_SIZE = 25
STATUSES = {
    DeliveryStatus.PENDING: "Pending",
    DeliveryStatus.SENT: "Sent",
    DeliveryStatus.FAILED: "Failed",
    DeliveryStatus.BOUNCED: "Bounced",
    DeliveryStatus.UNSUBSCRIBED: "Unsubscribed",
}


@dataclass(frozen=True)
class Mail:
    id: int = 0
    address: str = ""
    subject: str = ""
    kind: str = ""
    status: str = ""
    failure: str = ""
    written: str = ""
    sent: str = ""


class MailState(Loading, EditorState):
    rows: list[Mail] = []
    mail: Mail = Mail()
    body: str = ""
    """Of the open mail."""
    _bodies: dict[int, str] = {}
    total: int = 0
    page_number: int = 1
    q: str = ""
    status: str = ""

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def load(self) -> None:
        self._arrive()
        asked, was = self.router.url.query_parameters, (self.q, self.status)
        self.q, self.status = asked.get("q", ""), asked.get("status", "")
        self.visit += was != (self.q, self.status)
        self.page_number = page_number(asked.get("page", ""))
        await self._fetch()

    @rx.event(supersedes=True)
    @requires(Permission.MANAGE_USERS)
    async def search(self, q: str) -> Any:
        self.q, self.page_number = q, 1
        return await self._refetch()

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def filter_status(self, status: str) -> Any:
        self.status, self.page_number = status, 1
        return await self._refetch()

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def go_to(self, page: int) -> Any:
        self.page_number = page
        return await self._refetch()

    @rx.event
    @requires(Permission.MANAGE_USERS)
    async def open_mail(self, mail_id: int) -> None:
        self.mail = next((one for one in self.rows if one.id == mail_id), Mail())
        self.body = self._bodies.get(mail_id, "")
        self._open("mail", mail_id)

    async def _refetch(self) -> Any:
        await self._fetch()
        page = self.page_number if self.page_number > 1 else ""
        return self._show_in_url(q=self.q, status=self.status, page=page)

    async def _fetch(self) -> None:
        status = DeliveryStatus(self.status) if self.status in list(DeliveryStatus) else None
        request = PageRequest(self.page_number, PAGE_SIZE)
        page, studio = await self._read(outbox.list_deliveries, request, q=self.q, status=status)
        self.rows, self.total = [_row(one, studio) for one in page.data], page.total
        self._bodies = {one.id: one.body for one in page.data}
        self.is_loading = False


def _row(delivery: DeliveryView, studio: Studio) -> Mail:
    return Mail(
        id=delivery.id,
        address=delivery.to,
        subject=delivery.subject,
        kind=delivery.type.replace("_", " ").capitalize(),
        status=delivery.status,
        failure=delivery.failure_reason,
        written=day_and_time(delivery.created_at, studio),
        sent=day_and_time(delivery.sent_at, studio, "Not yet"),
    )
