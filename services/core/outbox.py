"""The outbox: mail is written in the transaction of what it tells of, and sent later by a worker."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import SQLColumnExpression, text
from sqlmodel import Session, col, select

from models.outbox import Delivery, DeliveryStatus, DeliveryType
from services.core import clock, search
from services.core.access import Actor, Permission, Role, require
from services.core.fields import clean, parse_word
from services.core.paging import Page, PageRequest, Sort, Sorts, fetch_page
from services.core.search import Texts

_SORTS: Sorts = {
    "created_at": Sort(col(Delivery.created_at)),
    "sent_at": Sort(col(Delivery.sent_at)),
    "to": Sort(col(Delivery.to)),
    "subject": Sort(col(Delivery.subject)),
    "status": Sort(col(Delivery.status)),
}
_TEXTS = Texts(col(Delivery.folded), col(Delivery.subject))
# Who holds a role is found where the mail is written: every statement costs.
_QUEUE = text(
    """
insert into delivery (type, "to", subject, body, status, retry_count, failure_reason, booking_id, created_at)
select mail.type, coalesce(mail."to", staff.email), subject, body, :status, 0, '', cast(:booking_id as int), :now
  from rows from (jsonb_to_recordset(cast(:mails as jsonb))
                  as (type text, "to" text, roles varchar[], but text, subject text, body text))
       with ordinality as mail (type, "to", roles, but, subject, body, position)
  left join "user" staff on staff.is_active and staff.roles && mail.roles and staff.email <> mail.but
 where coalesce(mail."to", staff.email) is not null
 order by position, staff.id
"""
)


@dataclass(frozen=True, slots=True)
class DeliveryView:
    id: int
    type: DeliveryType
    to: str
    subject: str
    body: str
    status: DeliveryStatus
    retry_count: int
    failure_reason: str
    created_at: datetime
    sent_at: datetime | None
    booking_id: int | None


Readers: TypeAlias = str | tuple[Role, ...]
"""An address, or roles: then every active user who holds one of them."""


@dataclass(frozen=True, slots=True)
class Mail:
    type: DeliveryType
    to: Readers
    subject: str
    body: str
    but: str = ""
    """The address of a holder who knows already."""


def queue(
    session: Session,
    type: DeliveryType,
    to: Readers,
    subject: str,
    body: str,
    booking_id: int | None = None,
) -> None:
    queue_all(session, [Mail(type, to, subject, body)], booking_id)


def queue_all(session: Session, mails: Sequence[Mail], booking_id: int | None = None) -> None:
    if not mails:
        return
    session.execute(
        _QUEUE,
        {
            "mails": json.dumps([_row(mail) for mail in mails]),
            "status": DeliveryStatus.PENDING.value,
            "booking_id": booking_id,
            "now": clock.now(),
        },
    )


def _row(mail: Mail) -> dict[str, Any]:
    """A subject is one line, whatever a name in it holds."""
    to = {"to": mail.to} if isinstance(mail.to, str) else {"roles": mail.to, "but": mail.but}
    return {"type": mail.type, "subject": " ".join(mail.subject.split()), "body": mail.body, **to}


def list_deliveries(
    session: Session, actor: Actor, request: PageRequest, q: str = "", status: DeliveryStatus | None = None
) -> Page[DeliveryView]:
    """The latest first, unless asked otherwise. `q` looks at address and subject."""
    require(actor, Permission.MANAGE_USERS)
    wanted: list[SQLColumnExpression[bool]] = []
    if q := clean(q)[:100]:
        wanted.append(search.every(q, _TEXTS.has))
    if status is not None:
        wanted.append(col(Delivery.status) == parse_word(DeliveryStatus, status, "status"))
    request = request if request.sort else PageRequest(request.page, request.page_size, "-created_at")
    rows = select(Delivery).where(*wanted)
    tie = col(Delivery.id).desc()
    return fetch_page(session, actor, rows, request, _SORTS, tie=tie, view=lambda row: _view(row[0]))


def _view(row: Delivery) -> DeliveryView:
    assert row.id is not None
    return DeliveryView(
        id=row.id,
        type=row.type,
        to=row.to,
        subject=row.subject,
        body=row.body,
        status=row.status,
        retry_count=row.retry_count,
        failure_reason=row.failure_reason,
        created_at=row.created_at,
        sent_at=row.sent_at,
        booking_id=row.booking_id,
    )
