import pytest
from sqlmodel import Session

from models.outbox import DeliveryStatus, DeliveryType
from services import outbox
from services.access import SYSTEM
from services.errors import Invalid
from services.paging import PageRequest


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


def test_an_unknown_status_is_refused(session: Session) -> None:
    with pytest.raises(Invalid):
        outbox.list_deliveries(session, SYSTEM, PageRequest(), status="LOST")  # type: ignore[arg-type]
