import pytest
from sqlmodel import Session, col, delete, select

from models.outbox import Delivery, DeliveryStatus, DeliveryType
from services import identity
from services.core import outbox
from services.core.access import SYSTEM, Role
from services.core.errors import Invalid
from services.core.outbox import Mail
from services.core.paging import PageRequest
from tests import cast


def test_the_latest_mail_comes_first_and_is_found_by_address_or_subject(session: Session) -> None:
    for n in range(3):
        outbox.queue(session, DeliveryType.BOOKING_CREATED, f"p{n}@platinum.studio", f"Booking {n}", "…")
        session.flush()
    page = outbox.list_deliveries(session, SYSTEM, PageRequest())
    assert [mail.subject for mail in page.data] == ["Booking 2", "Booking 1", "Booking 0"]
    assert {mail.status for mail in page.data} == {DeliveryStatus.PENDING}
    assert outbox.list_deliveries(session, SYSTEM, PageRequest(), q="P1@").data[0].subject == "Booking 1"
    assert outbox.list_deliveries(session, SYSTEM, PageRequest(), q="booking 2").total == 1
    assert outbox.list_deliveries(session, SYSTEM, PageRequest(), status=DeliveryStatus.SENT).total == 0


def test_a_subject_stays_one_line_whatever_a_name_holds(session: Session) -> None:
    outbox.queue(session, DeliveryType.BOOKING_CREATED, "p@platinum.studio", "For Nova\r\nBcc: all@x.com", "…")
    session.flush()
    (mail,) = outbox.list_deliveries(session, SYSTEM, PageRequest()).data
    assert mail.subject == "For Nova Bcc: all@x.com"


def test_a_mail_to_roles_goes_to_every_active_user_who_holds_one(session: Session) -> None:
    ivo, dana = cast.ivo(session), cast.dana(session)
    cast.maya(session)
    gone = cast.hire(session, "Gone", Role.MANAGER)
    both = cast.hire(session, "Both", Role.ADMIN, Role.MANAGER)
    identity.set_user_active(session, ivo, gone.id, False)
    assert _told(session, (Role.ADMIN, Role.MANAGER)) == [ivo.email, dana.email, both.email]
    assert _told(session, (Role.ADMIN, Role.MANAGER), but=dana.email) == [ivo.email, both.email]
    assert _told(session, (Role.FINANCE,)) == []


def test_mails_are_written_in_the_order_given(session: Session) -> None:
    ivo, dana = cast.ivo(session), cast.dana(session)
    staff, client = (Role.ADMIN, Role.MANAGER), "nova@example.com"
    mails = [Mail(DeliveryType.BOOKING_CREATED, to, "New", "…") for to in (client, staff, client)]
    outbox.queue_all(session, mails)
    assert _addresses(session) == [client, ivo.email, dana.email, client]


def _told(session: Session, roles: tuple[Role, ...], but: str = "") -> list[str]:
    session.execute(delete(Delivery))
    outbox.queue_all(session, [Mail(DeliveryType.BOOKING_CREATED, roles, "New", "…", but)])
    return _addresses(session)


def _addresses(session: Session) -> list[str]:
    return list(session.exec(select(Delivery.to).order_by(col(Delivery.id))))


def test_an_unknown_status_is_refused(session: Session) -> None:
    with pytest.raises(Invalid):
        outbox.list_deliveries(session, SYSTEM, PageRequest(), status="LOST")  # type: ignore[arg-type]
