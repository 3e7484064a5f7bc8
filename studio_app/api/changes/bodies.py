"""What may be asked of a booking that was sold."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from services.bookings import BookingDetails, Referral
from services.changes import Change, Exchange
from services.core.fields import MAX_ID
from studio_app.api.bodies import Body, Id, Line, Minutes, Text, When, Word
from studio_app.api.bookings.bodies import ReferralBody

Version = Annotated[int, Field(strict=True, ge=1, le=MAX_ID, description="As it was read; another one now is refused.")]
Reason = Annotated[Text, Field(max_length=500)]


class VersionBody(Body):
    version: Version | None = None


class ChangeBody(VersionBody):
    reason: Reason = ""

    def _change(self, **asked: Any) -> Change:
        return Change(**asked, reason=self.reason, expected_version=self.version)


class ExtendBody(ChangeBody):
    minutes: Annotated[Minutes, Field(description="What is put on the length.")]

    def to_change(self) -> Change:
        return self._change(extra_minutes=self.minutes)


class TimeBody(ChangeBody):
    """What is left out stays. Of online work the start picks the day and the period."""

    start: When | None = None
    minutes: Minutes | None = None

    def to_change(self) -> Change:
        return self._change(start=self.start, minutes=self.minutes)


class RoomBody(ChangeBody):
    from_room: Annotated[Id, Field(alias="from")]
    to: Id

    def to_change(self) -> Change:
        return self._change(swap_room=(self.from_room, self.to))


class RoomsBody(ChangeBody):
    """The whole new set."""

    rooms: Annotated[list[Id], Field(min_length=1, max_length=50)]

    def to_change(self) -> Change:
        return self._change(room_ids=tuple(self.rooms))


class ExchangeBody(ChangeBody):
    """A room is left out where its session has but one."""

    with_number: Annotated[Word, Field(alias="with", description="The number of a session of the same time.")]
    room: Annotated[Id | None, Field(description="That this session gives.")] = None
    other_room: Annotated[Id | None, Field(description="That it gets.")] = None
    with_version: Version | None = None

    def to_exchange(self) -> Exchange:
        return Exchange(
            other=self.with_number,
            room_id=self.room,
            other_room_id=self.other_room,
            reason=self.reason,
            expected_version=self.version,
            other_version=self.with_version,
        )


class EngineerBody(ChangeBody):
    to: Annotated[int, Field(strict=True, ge=0, le=MAX_ID, description="Null or 0: nobody.")]

    @model_validator(mode="before")
    @classmethod
    def _nobody(cls, given: Any) -> Any:
        is_nobody = isinstance(given, dict) and given.get("to", 0) is None
        return given | {"to": 0} if is_nobody else given

    def to_change(self) -> Change:
        return self._change(engineer_id=self.to) if self.to else self._change(without_engineer=True)


class DetailsBody(VersionBody):
    """What is left out stays; an empty text is taken off."""

    artist: Line | None = None
    notes: Text | None = None
    referral: ReferralBody | None = None
    without_referral: Annotated[bool, Field(strict=True)] = False

    def to_details(self) -> BookingDetails:
        referral = self.referral and Referral(self.referral.type, self.referral.name)
        return BookingDetails(
            artist=self.artist, notes=self.notes, referral=referral, without_referral=self.without_referral
        )
