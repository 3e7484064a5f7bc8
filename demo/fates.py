"""What became of a session: when it was booked, where it stands, who signed and what was paid."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from demo.types import Paying, PlannedSession, Signature
from models.bookings import BookingStatus
from models.payments import PaymentMethod

S = BookingStatus
_METHODS = tuple(PaymentMethod)
_METHOD_WEIGHTS = (10, 12, 24, 16, 28, 9, 1)
_PENDING_FOR_HOURS = 20
"""Less than the deadline of the deposit: what is pending now is not overdue."""


class Fates:
    def __init__(self, rng: Random, now: datetime) -> None:
        self._rng = rng
        self._now = now

    def settle(self, session: PlannedSession) -> PlannedSession:
        """The session with its fate; `status` and all that hangs on it is decided here."""
        end = session.start + timedelta(minutes=session.minutes)
        if end <= self._now:
            session = self._past(session)
        elif session.start <= self._now:
            session = self._running(session)
        else:
            session = self._ahead(session)
        methods = tuple(self._rng.choices(_METHODS, _METHOD_WEIGHTS, k=1 if self._rng.random() < 0.85 else 2))
        discount = Decimal(self._rng.choice((5, 10, 10, 15))) if self._rng.random() < 0.08 else None
        if not session.is_public:
            return replace(session, methods=methods, discount_percent=discount)
        return replace(
            session, methods=methods, signature=_signed_online(session.signature), is_public=_is_sold(session)
        )

    def arriving(self, session: PlannedSession, signature: Signature) -> PlannedSession:
        """Confirmed on the phone a while ago, and nothing paid yet."""
        booked_at = self._now - timedelta(hours=self._rng.uniform(3, 60))
        session = replace(session, status=S.CONFIRMED, booked_at=booked_at, ended_at=None)
        return replace(session, signature=signature, paying=Paying.NOTHING, is_public=False)

    def held(self, session: PlannedSession) -> PlannedSession:
        booked_at = self._now - timedelta(hours=self._rng.uniform(1, 100))
        return replace(session, status=S.HOLD, booked_at=booked_at, signature=Signature.NONE)

    def _past(self, session: PlannedSession) -> PlannedSession:
        is_recent = self._now - session.start < timedelta(days=21)
        status = self._rng.choices((S.COMPLETED, S.CANCELLED, S.NO_SHOW), (89, 8, 3))[0]
        booked_at = self._booked_at(session)
        ended_at = None
        if status is S.CANCELLED:
            ended_at = booked_at + (session.start - booked_at) * self._rng.uniform(0.2, 0.98)
        owing = (4, 10, 43, 43) if is_recent else (0, 2, 45, 53)
        paying = self._rng.choices(tuple(Paying), owing)[0]
        if status is not S.COMPLETED:
            paying = self._rng.choice((Paying.NOTHING, Paying.DEPOSIT, Paying.DEPOSIT))
        return replace(
            session,
            status=status,
            booked_at=booked_at,
            ended_at=ended_at,
            paying=paying,
            signature=self._signature(unsigned=0.0),
        )

    def _running(self, session: PlannedSession) -> PlannedSession:
        return self._open(session, S.CHECKED_IN, self._booked_at(session), owing=(1, 6, 3, 0))

    def _ahead(self, session: PlannedSession) -> PlannedSession:
        status = self._rng.choices((S.CONFIRMED, S.PENDING, S.CANCELLED), (78, 18, 4))[0]
        if status is S.PENDING:
            hours = self._rng.uniform(0.2, _PENDING_FOR_HOURS)
            session = replace(session, booked_at=self._now - timedelta(hours=hours), status=status)
            return replace(session, signature=self._signature(unsigned=0.45))
        booked_at = self._booked_at(session)
        if status is S.CANCELLED:
            ended_at = booked_at + (self._now - booked_at) * self._rng.random()
            paying = self._rng.choice((Paying.NOTHING, Paying.DEPOSIT))
            signature = self._signature(unsigned=0.0)
            return replace(
                session, status=status, booked_at=booked_at, ended_at=ended_at, paying=paying, signature=signature
            )
        return self._open(session, status, booked_at, owing=(14, 76, 10, 0))

    def _open(
        self, session: PlannedSession, status: BookingStatus, booked_at: datetime, owing: tuple[int, int, int, int]
    ) -> PlannedSession:
        """Unsigned means unpaid: no payment is taken without a signature."""
        paying = self._rng.choices(tuple(Paying), owing)[0]
        unsigned = 0.5 if paying is Paying.NOTHING else 0.0
        signature = self._signature(unsigned=unsigned)
        return replace(session, status=status, booked_at=booked_at, paying=paying, signature=signature)

    def _booked_at(self, session: PlannedSession) -> datetime:
        """Two hours to five weeks before, and before now."""
        lead = timedelta(hours=min(2 + self._rng.expovariate(1 / 150), 35 * 24))
        latest = self._now - timedelta(minutes=self._rng.uniform(5, 4 * 24 * 60))
        at = min(session.start - lead, latest if session.start > self._now else self._now)
        return at.replace(second=0, microsecond=0)

    def _signature(self, *, unsigned: float) -> Signature:
        if self._rng.random() < unsigned:
            return Signature.NONE
        return Signature.DRAWN if self._rng.random() < 0.3 else Signature.TICKED


def _signed_online(signature: Signature) -> Signature:
    """The public page books nothing unsigned."""
    return Signature.TICKED if signature is Signature.NONE else signature


def _is_sold(session: PlannedSession) -> bool:
    """Whether the public page sold it: not at the last moment, and no more than half a day."""
    return session.start - session.booked_at >= timedelta(hours=1) and 60 <= session.minutes <= 720
