"""A change as the API shows it, before it is made and afterwards."""

from zoneinfo import ZoneInfo

from typing_extensions import TypedDict

from services.changes import ChangeKind, ChangeView, Preview, SessionSummary
from services.scheduling import Answer
from studio_app.api.answers import Instant, ListAnswer, Problem, Refusal, iso, iso_or_none
from studio_app.api.bookings.shapes import BookingAnswer, BookingJson, LineJson, NamedJson
from studio_app.api.bookings.views import line_json
from studio_app.api.scheduling.schemas import AlternativeJson, ReasonJson, SlotRefusal, alternatives_json, reasons_json


class SideJson(TypedDict):
    start: Instant
    end: Instant
    minutes: int
    rooms: list[NamedJson]
    engineer: NamedJson | None
    mics: list[str]


class ToldJson(TypedDict):
    name: str
    who: str
    address: str


class PreviewJson(TypedDict):
    number: str
    version: int
    kind: str
    before: SideJson
    after: SideJson
    lines: list[LineJson]
    price_difference_cents: int | None
    total_cents: int | None
    balance_cents: int | None
    effects: list[str]
    told: list[ToldJson]
    note: str
    bookable: bool
    reasons: list[ReasonJson]
    alternatives: list[AlternativeJson]
    exchange: str
    """The number of the session that has the room, where the two could exchange theirs; else empty."""


class PreviewAnswer(TypedDict):
    """With `?preview=true`; nothing is stored."""

    preview: PreviewJson


class MaybePreviewAnswer(TypedDict):
    preview: PreviewJson | None


class ChangeJson(TypedDict):
    id: int
    kind: ChangeKind
    at: Instant
    who: str
    reason: str
    before: SideJson
    after: SideJson
    price_difference_cents: int | None
    undone_at: Instant | None
    undone_by: str


class ChangesAnswer(ListAnswer):
    """The newest first."""

    data: list[ChangeJson]


class ChangeSinceJson(TypedDict):
    at: Instant
    who: str
    what: str


class VersionProblem(Problem):
    version: int
    changes: list[ChangeSinceJson]


class VersionRefusal(TypedDict):
    """With `version_conflict`."""

    error: VersionProblem


VERSION_CHANGED = {409: {"model": VersionRefusal | Refusal, "description": "It has changed since; what, and by whom"}}
CHANGE_REFUSED = {
    409: {
        "model": SlotRefusal | VersionRefusal | Refusal,
        "description": "Taken: what is in the way, and what is free instead; or changed since: what, and by whom",
    }
}
BookingOrPreview = BookingAnswer | PreviewAnswer


class ExchangeAnswer(TypedDict):
    """This session and the other."""

    bookings: list[BookingJson]


class ExchangePreviewAnswer(TypedDict):
    """With `?preview=true`; nothing is stored."""

    previews: list[PreviewJson]


ExchangedOrPreview = ExchangeAnswer | ExchangePreviewAnswer


def preview_answer(preview: Preview, zone: ZoneInfo) -> PreviewAnswer:
    return {"preview": preview_json(preview, zone)}


def preview_json(preview: Preview, zone: ZoneInfo) -> PreviewJson:
    answer = Answer(preview.bookable, preview.reasons, preview.alternatives)
    return {
        "number": preview.number,
        "version": preview.version,
        "kind": preview.kind,
        "before": _side(preview.before, zone),
        "after": _side(preview.after, zone),
        "lines": [line_json(line) for line in preview.lines],
        "price_difference_cents": preview.price_difference_cents,
        "total_cents": preview.total_cents,
        "balance_cents": preview.balance_cents,
        "effects": list(preview.effects),
        "told": [{"name": told.name, "who": told.who, "address": told.address} for told in preview.told],
        "note": preview.note,
        "bookable": preview.bookable,
        "reasons": reasons_json(answer, zone),
        "alternatives": alternatives_json(answer, zone),
        "exchange": preview.exchange,
    }


def change_json(change: ChangeView, zone: ZoneInfo) -> ChangeJson:
    return {
        "id": change.id,
        "kind": change.kind,
        "at": iso(change.at, zone),
        "who": change.who,
        "reason": change.reason,
        "before": _side(change.before, zone),
        "after": _side(change.after, zone),
        "price_difference_cents": change.price_difference_cents,
        "undone_at": iso_or_none(change.undone_at, zone),
        "undone_by": change.undone_by,
    }


def _side(side: SessionSummary, zone: ZoneInfo) -> SideJson:
    return {
        "start": iso(side.start, zone),
        "end": iso(side.end, zone),
        "minutes": side.minutes,
        "rooms": [{"id": room.id, "name": room.name} for room in side.rooms],
        "engineer": {"id": side.engineer.id, "name": side.engineer.name} if side.engineer else None,
        "mics": list(side.mics),
    }
